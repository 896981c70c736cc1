"""Levels of alarm: chosen by hindcasts where there are enough, the usual ones elsewhere."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.watch import LEVELS, Warning
from foreshock.verify.alarm_levels import FEWEST, USUAL, alarm_levels
from foreshock.verify.watch_record import warning_record


def record(said, came, ahead=0, warning=Warning.DOUBLED):
    return warning_record(warning, ahead, np.array(said, float), np.array(came, float))


def graded(sure=FEWEST):
    """Say 0.2 of what comes every second time, and 0.1 of what hardly ever does."""
    said = [0.2] * 2 * sure + [0.1] * 10 * sure
    return said, [1, 0] * sure + [1, *[0] * 9] * sure


def test_the_level_has_fewest_false_alarms_and_misses_for_each_that_was_right():
    told = record(*graded())
    level = alarm_levels([told])[Warning.DOUBLED]
    assert level == 0.2
    assert (told.at(level).raised, told.at(level).right) == (2 * FEWEST, FEWEST)
    wrong = {
        each.level: (each.false + told.came_about - each.right) / each.right
        for each in told.alarms
        if each.right
    }
    assert wrong[level] == min(wrong.values())


def test_where_too_few_came_the_usual_level_holds():
    few = record([0.7] * (FEWEST - 1), [1] * (FEWEST - 1))
    assert alarm_levels([few]) == USUAL
    enough = record([0.7] * FEWEST, [1] * FEWEST)
    assert alarm_levels([enough]) == USUAL | {Warning.DOUBLED: 0.7}


def test_all_months_ahead_together_choose():
    told = record(*graded(), ahead=3)
    assert alarm_levels([told]) == USUAL


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_alarms_are_fewer_at_higher_levels_and_never_more_right_than_raised(cases):
    told = record(*zip(*cases, strict=True))
    assert [each.level for each in told.alarms] == list(LEVELS)
    for lower, higher in zip(told.alarms, told.alarms[1:], strict=False):
        assert lower.raised >= higher.raised
        assert lower.right >= higher.right
    assert all(0 <= each.right <= each.raised <= told.asked for each in told.alarms)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=20))
def test_no_other_level_would_have_been_wrong_less_often_for_each_time_it_was_right(cases):
    cases = [*cases, (0.3, True)] * FEWEST
    told = record(*zip(*cases, strict=True))
    chosen = alarm_levels([told])[Warning.DOUBLED]
    said, came = (np.array(each) for each in zip(*cases, strict=True))
    right = np.array([np.sum(came & (said >= level)) for level in LEVELS])
    wrong = np.array([np.sum(came != (said >= level)) for level in LEVELS])
    at = LEVELS.index(chosen)
    assert right[at] > 0
    assert np.all(wrong[at] * right <= wrong * right[at])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=20))
def test_no_constant_scores_better_than_the_base_rate_that_is_told(cases):
    told = record(*zip(*cases, strict=True))
    assert told.base_brier == pytest.approx(told.base_rate * (1 - told.base_rate))


@pytest.mark.parametrize("warning", Warning)
def test_usual_levels_are_levels(warning):
    assert USUAL[warning] in LEVELS
