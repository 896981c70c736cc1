"""A daily series has every day of its window, and no day outside it."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from foreshock.core.errors import LexiconError, QuantityError, TimeError
from foreshock.core.series import DailySeries

FIRST = date(2031, 5, 1)


@st.composite
def series(draw: st.DrawFn) -> DailySeries:
    days, width = draw(st.integers(1, 30)), draw(st.integers(0, 4))
    shape = (days, width)
    counts = draw(arrays.arrays(np.int64, shape, elements=st.integers(0, 50)))
    deaths = draw(arrays.arrays(np.float64, shape, elements=st.floats(0, 1e6)))
    names = tuple(f"series {index}" for index in range(width))
    return DailySeries(FIRST, names, counts, deaths)


def made(counts: list[int]) -> DailySeries:
    return DailySeries(FIRST, ("a",), [[c] for c in counts], [[2.0 * c] for c in counts])


@given(series(), st.data())
def test_what_happened_until_a_day_and_since_the_next_is_everything(s: DailySeries, data):
    day = s.first + timedelta(days=data.draw(st.integers(0, s.days - 1)))
    before = s.until(day)
    assert before.last == day and before.first == s.first
    if day < s.last:
        after = s.since(day + timedelta(days=1))
        assert np.array_equal(np.vstack([before.counts, after.counts]), s.counts)
        assert np.array_equal(np.vstack([before.deaths, after.deaths]), s.deaths)
    else:
        assert before == s and hash(before) == hash(s)


@given(series(), st.data())
def test_the_total_of_a_window_is_the_sum_of_its_days(s: DailySeries, data):
    start = data.draw(st.integers(0, s.days - 1))
    stop = data.draw(st.integers(start, s.days - 1))
    total = s.total(s.day(start), s.day(stop))
    by_day = [s.total(s.day(i), s.day(i)) for i in range(start, stop + 1)]
    assert total.counts.tolist() == sum(each.counts for each in by_day).tolist()
    assert total.deaths == pytest.approx(sum(each.deaths for each in by_day), abs=1e-6)


@given(series(), st.data())
def test_the_future_cannot_be_seen_from_a_cut(s: DailySeries, data):
    """Whatever is changed after a day, the series until that day is the same to the bit."""
    row = data.draw(st.integers(0, s.days - 1))
    counts, deaths = s.counts.copy(), s.deaths.copy()
    counts[row + 1 :], deaths[row + 1 :] = 999, 999.0
    other = DailySeries(s.first, s.names, counts, deaths)
    assert other.until(s.day(row)).digest == s.until(s.day(row)).digest


@pytest.mark.parametrize("ask", ["until", "since"])
@pytest.mark.parametrize("off", [-1, 3])
def test_a_day_that_was_not_observed_is_an_error(ask: str, off: int):
    with pytest.raises(TimeError, match="not observed"):
        getattr(made([1, 2, 3]), ask)(FIRST + timedelta(days=off))


def test_windows():
    s = made([1, 2, 3])
    assert s.window(2).first == date(2031, 5, 2)
    assert s.window(2).counts[:, 0].tolist() == [2, 3]
    with pytest.raises(TimeError):
        s.window(4)
    with pytest.raises(TimeError, match="at least one day"):
        s.window(0)
    with pytest.raises(TimeError, match="before it starts"):
        s.total(s.last, s.first)


def test_a_cut_holds_no_reference_to_what_follows():
    s = made([1, 2, 3])
    assert s.until(FIRST).counts.base is None


def test_its_numbers_cannot_be_changed():
    counts = np.array([[1]])
    s = DailySeries(FIRST, ("a",), counts, np.array([[1.0]]))
    counts[0, 0] = 7
    assert s.counts[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        s.counts[0, 0] = 7
    with pytest.raises(ValueError, match="read-only"):
        s.deaths[0, 0] = 7


def test_series_are_found_by_name():
    s = DailySeries(FIRST, ("a", "b"), [[1, 2]], [[0, 4]])
    assert s.select(["b"]).counts.tolist() == [[2]]
    assert s.select(["b", "a"]).deaths.tolist() == [[4.0, 0.0]]
    with pytest.raises(LexiconError, match="no series"):
        s.select(["c"])


@pytest.mark.parametrize(
    ("counts", "deaths"),
    [
        ([[1.5]], [[1]]),
        ([[None]], [[1]]),
        ([[float("nan")]], [[1]]),
        ([[-1]], [[1]]),
        ([[1]], [[float("nan")]]),
        ([[1]], [[float("inf")]]),
        ([[1]], [[-0.5]]),
        ([[1, 2]], [[1]]),
        ([[1]], [[1], [2]]),
        ([1], [1]),
        (np.zeros((0, 1)), np.zeros((0, 1))),
    ],
)
def test_what_no_observation_can_be_is_refused(counts, deaths):
    with pytest.raises(QuantityError):
        DailySeries(FIRST, ("a",), counts, deaths)


def test_names_differ():
    with pytest.raises(QuantityError, match="one name"):
        DailySeries(FIRST, ("a", "a"), [[1, 2]], [[0, 0]])


def test_whole_numbers_as_floats_are_counts():
    s = DailySeries(FIRST, ("a",), [[2.0]], [[1]])
    assert s.counts.dtype == np.int64 and s.counts[0, 0] == 2
