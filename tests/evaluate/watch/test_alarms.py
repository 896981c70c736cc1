"""Events and alarms: who is asked what, and how often the wolf was cried."""

import numpy as np
import pytest
from tests.evaluate.watch import wars

from foreshock.evaluate.watch import report
from foreshock.evaluate.watch.alarms import brier_difference, record
from foreshock.evaluate.watch.events import EVENTS

BY_COLUMN = {event.column: event for event in EVENTS}
QUIET, FOUGHT = np.zeros(12), np.r_[np.zeros(11), 240.0]


def came(column: str, deaths: float, *last_years: np.ndarray) -> list[float]:
    """Tell whether one event came after some last years."""
    counted = np.full((len(last_years), 1), deaths)
    return BY_COLUMN[column].came(counted, np.stack(last_years)).ravel().tolist()


def test_escalation_is_twice_the_mean_and_twenty_five_or_more():
    few = np.full(12, 3.0)
    assert came("doubled", 39, FOUGHT, few) == [0, 1]
    assert came("doubled", 40, FOUGHT, few) == [1, 1]
    assert came("doubled", 24, FOUGHT, few) == [0, 0]


def test_onset_is_asked_of_the_quiet_and_escalation_of_the_others():
    unknown = np.full(12, np.nan)
    nan = pytest.approx(np.nan, nan_ok=True)
    for column in ("onset", "deadly_onset"):
        assert came(column, 30, QUIET, FOUGHT, unknown) == [1, nan, nan]
    assert came("deadly_onset", 24, QUIET) == [0]
    assert came("doubled", 30, QUIET, FOUGHT, unknown) == [nan, 0, nan]
    assert came("deadly", 30, QUIET, FOUGHT, unknown) == [1, 1, nan]
    assert came("war", np.nan, QUIET, FOUGHT) == [nan, nan]


def chance(share: dict[int, float]):
    """Forecast 30 deaths with a chance that is each country's own, else none."""

    def method(known, horizons, draws, seed):
        found = np.zeros((len(known), len(horizons), 100))
        for row, part in share.items():
            found[row, :, : round(100 * part)] = 30
        return found

    return method


@pytest.fixture(scope="module")
def found():
    values = np.zeros((12, 36))
    values[0, 24:36] = 40  # said 60 %, came in all twelve months
    values[1, 24:27] = 26  # said 30 %, came in three
    values[2, 30] = 24  # said 30 %, not quite
    methods = {"ours": chance({0: 0.6, 1: 0.3, 2: 0.3}), "mute": chance({})}
    return wars.study(methods, values, years=[2032])


def test_a_record_by_hand(found):
    told = record(found, "ours", BY_COLUMN["deadly_onset"])
    assert (told.cells, told.came) == (144, 15)
    assert told.base_rate == pytest.approx(15 / 144)
    assert told.said == pytest.approx((12 * 0.6 + 24 * 0.3) / 144)
    assert told.brier == pytest.approx((12 * 0.16 + 3 * 0.49 + 21 * 0.09) / 144)
    assert told.constant == pytest.approx(15 / 144 * 129 / 144)
    *_, quarter, half = told.alarms
    assert (quarter.level, quarter.raised, quarter.right, quarter.false) == (0.25, 36, 15, 21)
    assert (half.raised, half.right, half.false) == (12, 12, 0)
    assert [(one.low, one.count, one.happened) for one in told.bins] == [
        (0.0, 108, 0), (0.2, 24, 3), (0.6, 12, 12),
    ]  # fmt: skip


def test_no_alarm_has_no_false_share(found):
    (row, *_) = report.alarms(found, "mute").rows
    assert row[2:] == ("0", "0", "–", "15", "0.0 %")


def test_an_event_that_nobody_could_be_asked_has_no_record(found):
    assert record(found, "ours", BY_COLUMN["doubled"]) is None
    assert brier_difference(found, "ours", "mute", BY_COLUMN["doubled"]) is None


def test_the_difference_of_brier_scores(found):
    event = BY_COLUMN["deadly_onset"]
    less = brier_difference(found, "ours", "mute", event)
    ours, mute = (record(found, name, event).brier for name in ("ours", "mute"))
    assert less.value == pytest.approx(ours - mute)
    assert less.units == 12


def test_alarms_and_reliability_on_paper(found):
    table = report.alarms(found, "ours")
    assert [row[1] for row in table.rows[:5]] == ["1 %", "5 %", "10 %", "25 %", "50 %"]
    assert ("", "50 %", "12", "12", "0.0 %", "3", "80.0 %") in table.rows
    table = report.reliabilities(found, "ours")
    assert ("", "60 to 80 %", "12", "60.0 %", "100.0 % (12)", "33.3 to 83.3 %") in table.rows
