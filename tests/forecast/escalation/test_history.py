"""The past of many series: levels by hand, what caps and roots do, and nothing seen ahead."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.escalation.histories import broken, from_counts, wandering

from foreshock.core.errors import ForeshockError, QuantityError, TimeError
from foreshock.forecast.escalation.history import (
    CAP_TIMES,
    HALF_LIVES,
    LEAST_CAP,
    History,
    averages,
    capped,
)

KINDS = ("counts", "deaths", "capped", "roots", "active", "breadth")
days_of = st.lists(st.integers(0, 60), min_size=1, max_size=30)


def weighted(values: list[float], half_life: float) -> float:
    """An exponentially weighted mean as one would write it on paper."""
    weights = [0.5 ** (age / half_life) for age in range(len(values))][::-1]
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)


@given(days_of)
def test_levels_are_the_weighted_means_of_the_days_so_far(counts):
    found = averages(np.array(counts)[:, None])
    for place, half_life in enumerate(HALF_LIVES):
        by_hand = [weighted(counts[: day + 1], half_life) for day in range(len(counts))]
        np.testing.assert_allclose(found[place, :, 0], by_hand, rtol=1e-9, atol=1e-12)


def test_a_steady_series_has_its_own_level_from_the_first_day_on():
    steady = History(from_counts([[3]] * 40, [[7.0]] * 40))
    for half_life in HALF_LIVES:
        np.testing.assert_allclose(steady.level("counts", half_life), 3.0)
        np.testing.assert_allclose(steady.level("roots", half_life), 7.0)
        np.testing.assert_allclose(steady.level("capped", half_life), 7.0)
        np.testing.assert_allclose(steady.level("active", half_life), 1.0)


def test_one_massacre_moves_the_capped_level_and_the_roots_little():
    deaths = np.full((60, 1), 4.0)
    calm = History(from_counts(np.ones((60, 1)), deaths))
    deaths[-1] = 8000.0
    struck = History(from_counts(np.ones((60, 1)), deaths))

    def jump(kind: str) -> float:
        return float(struck.level(kind, 14.0)[-1, 0] - calm.level(kind, 14.0)[-1, 0])

    assert 0 < jump("capped") < 0.01 * jump("deaths")
    assert 0 < jump("roots") < 0.15 * jump("deaths")
    assert struck.level("capped", 14.0)[-1, 0] <= LEAST_CAP


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=40))
def test_caps_take_nothing_from_small_days_and_never_add(deaths):
    told = np.array(deaths)[:, None]
    held = capped(told)
    assert (held <= told).all()
    small = told <= LEAST_CAP
    np.testing.assert_array_equal(held[small], told[small])


def test_the_cap_follows_the_scale_of_a_war():
    war = np.full((200, 1), 100.0)
    war[150] = 2000.0
    held = capped(war)
    assert held[0, 0] == LEAST_CAP
    assert held[149, 0] == 100.0
    assert 100.0 < held[150, 0] <= CAP_TIMES * 100.0


@pytest.mark.parametrize("kind", KINDS)
def test_no_level_looks_past_its_day(kind):
    whole = wandering(90)
    for other in (broken(whole, 59), whole.until(whole.day(59))):
        for half_life in (2.0, 180.0):
            np.testing.assert_array_equal(
                History(whole).level(kind, half_life)[:60],
                History(other).level(kind, half_life)[:60],
            )


@given(days_of)
def test_quiet_days_and_events_so_far_by_hand(counts):
    history = History(from_counts([[count] for count in counts]))
    quiet = 0
    for day, count in enumerate(counts):
        quiet = 0 if count else quiet + 1
        assert history.quiet_days[day, 0] == quiet
        assert history.so_far[day, 0] == sum(counts[: day + 1])


def test_breadth_is_whether_anything_happened_where_it_is_not_told():
    history = History(from_counts([[0], [4], [2]]))
    np.testing.assert_array_equal(history.level("breadth", 5.0), history.level("active", 5.0))
    told = History(history.series, np.array([[0.0], [3.0], [1.0]]))
    assert told.level("breadth", 5.0)[-1, 0] > history.level("breadth", 5.0)[-1, 0]


def test_parts_of_a_history_keep_their_breadth():
    series = wandering(30)
    breadth = np.minimum(series.counts, 2).astype(float)
    history = History(series, breadth)
    part = history.until(series.day(9)).select(["ruritania>gondal"])
    assert (part.days, part.names, part.last) == (10, ("ruritania>gondal",), series.day(9))
    np.testing.assert_array_equal(part.breadth, breadth[:10, [1]])
    np.testing.assert_array_equal(part.counts, series.counts[:10, [1]])
    np.testing.assert_array_equal(part.deaths, series.deaths[:10, [1]])


@pytest.mark.parametrize(
    "breadth", [[[0.0], [2.0]], [[-1.0], [0.0]], [[np.nan], [0.0]], [[0.0]], [[0.0, 0.0]] * 2]
)
def test_impossible_breadth_is_refused(breadth):
    with pytest.raises(QuantityError):
        History(from_counts([[1], [1]]), np.array(breadth))


def test_what_is_not_there_is_refused():
    history = History(from_counts([[1], [0]]))
    with pytest.raises(QuantityError, match="rumours"):
        history.level("rumours", 7.0)
    with pytest.raises(TimeError):
        history.until(history.last.replace(year=2032))


def test_a_half_life_that_is_not_kept_is_refused_in_words():
    with pytest.raises(ForeshockError):
        History(from_counts([[1], [0]])).level("counts", 6.0)
