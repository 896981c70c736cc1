"""Fighting by month and place, and the slope that arrivals have in it."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from tests.evaluate.arrivals import monthly

from foreshock.core.errors import TableError
from foreshock.core.months import MonthlyCounts
from foreshock.core.random import stream
from foreshock.evidence.datasets import Dataset
from foreshock.evidence.published import SCHEMA, PublishedEvents
from foreshock.forecast.displacement.arrivals.coupling import couple, misses
from foreshock.forecast.displacement.arrivals.violence import Violence, violence


def published(
    *rows: dict, first=date(2031, 1, 1), last=date(2031, 4, 30), gaps=()
) -> PublishedEvents:
    plain = dict.fromkeys(SCHEMA) | {
        "adm1": "Gondal", "lat": 10.2, "lon": 20.2, "deaths": 2, "date_precision": "day",
    }  # fmt: skip
    said = dict.fromkeys(Dataset.__struct_fields__, "") | {
        "first": first,
        "last": last,
        "gaps": gaps,
    }
    return PublishedEvents(
        Dataset(**said), pl.LazyFrame([plain | row for row in rows], schema=SCHEMA)
    )


def arrivals(months: int = 4, places=("Gondal", "glasstown")) -> MonthlyCounts:
    return MonthlyCounts(date(2031, 1, 1), places, np.full((months, len(places)), 100.0))


def fought(events: np.ndarray) -> Violence:
    """Give events and nothing else."""
    nothing = dict.fromkeys(Violence.__dataclass_fields__, np.zeros(events.shape))
    return Violence(**nothing | {"events": events})


EVENTS = (
    {"end": date(2031, 1, 3)},
    {"end": date(2031, 1, 31), "deaths": 5, "deaths_civilians": 4},
    {"end": date(2031, 2, 1), "lat": 11.2},
    {"end": date(2031, 2, 1), "adm1": "Glasstown Province", "deaths": None},
    {"end": date(2031, 3, 1), "date_precision": "year"},
    {"end": date(2031, 5, 1)},
    {"end": date(2031, 2, 2), "adm1": "Elsewhere"},
)
NAMED = {"glasstown": "Glasstown Province"}


def test_events_are_counted_in_the_month_of_their_last_day():
    found = violence(published(*EVENTS), arrivals(), NAMED)
    assert found.events.tolist() == [[2, 0], [1, 1], [0, 0], [0, 0]]
    assert found.deaths[:, 0].tolist() == [7, 2, 0, 0]
    assert found.civilians[0, 0] == 4
    assert found.cells[:, 0].tolist() == [1, 1, 0, 0]
    assert found.fresh_cells[:, 0].tolist() == [1, 1, 0, 0]
    assert found.recent[0, 0] > 2 > found.recent[1, 0] > found.recent[2, 0] > 0
    assert found.moved[1, 0] == pytest.approx(111.2, rel=0.01)


@pytest.mark.parametrize(("last", "months"), [(30, 4), (29, 3)])
def test_a_month_that_was_not_covered_to_its_end_is_left_out(last, months):
    events = published(*EVENTS, last=date(2031, 4, last))
    assert len(violence(events, arrivals(), NAMED)) == months


def test_months_after_a_gap_are_left_out():
    events = published(*EVENTS, gaps=[(date(2031, 3, 5), date(2031, 3, 6))])
    assert len(violence(events, arrivals(), NAMED)) == 2


def test_events_that_do_not_fit_the_table_are_refused():
    with pytest.raises(TableError, match=r"glasstown.*--provinces"):
        violence(published(*EVENTS), arrivals(), {})
    with pytest.raises(TableError, match="do not cover"):
        violence(published(*EVENTS, first=date(2031, 2, 1)), arrivals(), NAMED)


def test_the_slope_is_found_again():
    random = stream(7, "slope")
    months, places = 40, 10
    events = np.round(np.exp(random.normal(3, 1, (months, places))))
    logarithms = 8 + 0.5 * np.log1p(events) + random.normal(0, 0.2, (months, places))
    counts = MonthlyCounts(date(2031, 1, 1), tuple(map(str, range(places))), np.expm1(logarithms))
    found = couple(misses(counts, 1), fought(events))
    # The filter has taken part of last month's fighting for the level, so less than all is left.
    assert 0.2 < found.slope < 0.5
    assert 0 < found.deviation < 0.1


def test_errors_are_of_forecasts_that_knew_nothing_later():
    counts = monthly.counts(months=20)
    early = misses(counts.until(date(2032, 2, 1)), 2)
    assert early == [each for each in misses(counts, 2) if each.origin + each.ahead <= 13]


def test_too_few_months_teach_no_slope():
    counts = monthly.counts(months=12)
    zero = np.zeros((12, 5))
    with pytest.raises(TableError, match="at least 10"):
        couple(misses(counts, 1), fought(zero))
