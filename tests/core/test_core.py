"""Days and intervals, quantities, places and random streams."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import ForeshockError, QuantityError, TimeError
from foreshock.core.places import Gazetteer, Place, distance_km
from foreshock.core.quantities import Quantity
from foreshock.core.random import stream
from foreshock.core.time import Interval, Precision, parse_day, parse_period
from foreshock.evidence.figures import parse_quantities, write_quantities
from foreshock.lexicon import bounds_in_words

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS, st.sampled_from(list(Precision)))
def test_an_interval_never_runs_backwards(start, end, precision):
    if end < start:
        with pytest.raises(TimeError):
            Interval(start, end, precision)
    else:
        assert Interval(start, end, precision).days >= 1


@given(DAYS, DAYS, DAYS, DAYS)
def test_agreement_is_mutual_and_of_everything_with_itself(a, b, c, d):
    first, second = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    assert first.agrees(second) == second.agrees(first)
    assert first.agrees(first) and first.mostly(first)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-02-05", "2020-02-05", "2020-02-05"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-W06", "2020-02-03", "2020-02-09"),
    ],
)
def test_periods(text, first, last):
    assert parse_period(text)[0] == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["2020-02-30", "2020-13", "20-02-05", "", "tomorrow", "9999-W99"])
def test_what_is_no_date_is_refused_with_a_reason(text):
    with pytest.raises(TimeError) as error:
        parse_day(text) if len(text) == 10 else parse_period(text)
    assert error.value.mend or error.value.expected


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("scores", (40, None, None)),
        ("dozens", (24, None, None)),
        ("as many as half a million", (None, None, 500_000)),
        ("upward of a million", (1_000_000, None, None)),
        ("1,000s", (1_000, None, None)),
        ("more than 800,000", (800_000, None, None)),
        ("seven", (None, 7, None)),
    ],
)
def test_amounts_in_words_have_the_documented_bounds(words, bounds):
    assert bounds_in_words(words) == bounds


_COUNTS = st.floats(0, 1e9).map(lambda value: round(value, 2))


@given(
    st.lists(_COUNTS, min_size=3, max_size=3).map(sorted),
    st.lists(st.booleans(), min_size=3, max_size=3).filter(any),
    st.sampled_from(["", "soldiers", "ruritania/soldiers"]),
    st.sampled_from(["", "moves"]),
)
def test_quantities_are_written_and_read_back_the_same(values, said, group, unit):
    low, best, high = (value if keep else None for value, keep in zip(values, said, strict=True))
    quantity = Quantity("killed", group, low, best, high, unit)
    assert parse_quantities(write_quantities([quantity])) == (quantity,)


@pytest.mark.parametrize(
    "values", [(5, 3, None), (None, -1, None), (None, None, None), (None, 1e13, None)]
)
def test_what_no_count_can_be_is_refused(values):
    with pytest.raises(QuantityError):
        Quantity("killed", "", *values)


def test_missing_is_not_zero():
    assert Quantity("killed", low=0).bounds == (0, None)
    assert Quantity("killed", best=0).bounds == (0, 0)


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(-89, 89), st.floats(-179, 179))
def test_distance_is_mutual_and_bounded(lat, lon, lat2, lon2):
    a, b = Place(id="a", name="A", lat=lat, lon=lon), Place(id="b", name="B", lat=lat2, lon=lon2)
    there, back = distance_km(a, b), distance_km(b, a)
    assert there is not None and back is not None
    assert abs(there - back) < 1e-6 and 0 <= there <= 20_016


def test_a_place_without_position_is_near_nothing():
    a, b = Place(id="a", name="A"), Place(id="b", name="B", lat=0.0, lon=0.0)
    assert distance_km(a, b) is None
    assert not Gazetteer({"a": a, "b": b}).same("a", "b", within_km=1e9)


def test_streams_are_named_and_independent():
    first = stream(7, "arrivals", 1).random(1000)
    assert np.array_equal(first, stream(7, "arrivals", 1).random(1000))
    for other in (stream(8, "arrivals", 1), stream(7, "arrivals", 2), stream(7, "fights", 1)):
        assert abs(np.corrcoef(first, other.random(1000))[0, 1]) < 0.15


def test_every_error_says_what_where_and_how_to_mend_it():
    def tree(kind):
        yield kind
        for child in kind.__subclasses__():
            yield from tree(child)

    for kind in tree(ForeshockError):
        text = str(kind("it broke", "a.csv:3", "a number", "write digits"))
        assert text == "a.csv:3: it broke. Expected: a number. Mend: write digits."
        assert kind.exit_code in {1, 2}
