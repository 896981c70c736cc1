"""What was known at an origin, which cases there are, and how they are scaled."""

from datetime import date

import numpy as np
import pytest
from tests.evaluate.studies import DAYS, day, history, plan
from tests.forecast.escalation.histories import from_counts

from foreshock.core.errors import TimeError
from foreshock.evaluate.cases import LEAST_SCALE, Plan, known_at, outcomes, scored_origins
from foreshock.forecast.escalation.history import History


def test_known_is_what_is_dated_before_the_origin():
    known = known_at(history(), day(160), plan())
    assert known.history.last == day(159)


def test_a_delay_holds_back_so_many_days_more():
    known = known_at(history(), day(160), plan(delay=4))
    assert known.history.last == day(155)
    assert (
        outcomes(history(), known, "events", 7).tolist()
        == outcomes(history(), known_at(history(), day(160), plan()), "events", 7).tolist()
    )


def test_a_series_enters_once_it_has_events_enough_and_is_unseen_before():
    counts = np.zeros((100, 3), np.int64)
    counts[::2, 0] = 1  # 25 by day 50
    counts[40:, 1] = 1  # 10 by day 50
    counts[90:, 2] = 9  # none by day 50
    known = known_at(History(from_counts(counts)), day(50), plan())
    assert known.history.names == ("gondal>ruritania", "ruritania>gondal")
    assert known.names == ["gondal>ruritania"]
    assert known_at(History(from_counts(counts)), day(5), plan()) is None


def test_outcomes_are_the_days_from_the_origin_on():
    past = history()
    known = known_at(past, day(160), plan())
    assert outcomes(past, known, "events", 7).tolist() == past.counts[160:167].sum(0).tolist()
    assert outcomes(past, known_at(past, day(254), plan()), "events", 7) is None


def test_origins_whose_windows_were_not_observed_to_the_end_are_not_scored():
    found = list(scored_origins(history(), plan(last=400)))
    assert found[-1] <= day(DAYS - 7) < found[-1].replace() + (day(14) - day(0))


def test_active_busy_and_scale_by_hand():
    counts = np.zeros((200, 2), np.int64)
    counts[:60, 0] = 1
    counts[100:200, 1] = [k % 4 for k in range(100)]
    past = History(from_counts(counts))
    known = known_at(past, day(180), plan())
    assert known.active().tolist() == [False, True]
    assert known.last_window(7).tolist() == [0, int(counts[173:180, 1].sum())]
    sums = [counts[180 - 7 * (k + 1) : 180 - 7 * k].sum(axis=0) for k in range(25)][::-1]
    expected = np.maximum(np.abs(np.diff(sums, axis=0)).mean(axis=0), LEAST_SCALE)
    np.testing.assert_allclose(known.scale("events", 7), expected)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"last": date(2030, 1, 1)}, "before the first"),
        ({"every": 0}, "0 days between origins"),
        ({"delay": -1}, "-1 days of delay"),
        ({"members": 3}, "3 members"),
        ({"least_events": 1}, "1 events"),
        ({"horizons": (7, 0)}, "0 days of a window"),
    ],
)
def test_what_cannot_be_planned_is_refused(changed, says):
    with pytest.raises(TimeError, match=says):
        Plan(**{"first": day(0), "last": day(9)} | changed)
