"""Whether acts slow after some days: hand-worked counts, size and power on made series."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import QuantityError
from foreshock.scenario.restraint.event_study import event_study

SPAN = 7


def test_acts_before_and_after_are_counted_without_the_day_itself() -> None:
    counts = np.zeros(30, int)
    counts[[8, 9, 15, 16, 22, 23]] = 1, 2, 9, 4, 5, 50
    found = event_study(counts, [15], SPAN)
    # 8 to 14 before, 16 to 22 after; the nine of the day itself stand in neither.
    assert (found.before, found.after) == (3, 9)
    assert found.ratio == pytest.approx(9.5 / 3.5)
    assert found.low < found.ratio < found.high


def test_days_close_to_one_another_are_one_episode_and_unobserved_ones_are_left_out() -> None:
    found = event_study(np.ones(60, int), [3, 20, 24, 27, 28, 55], SPAN)
    # 3 and 55 are too near the ends; 24 and 27 follow on 20; 28 is more than a week after it.
    assert found.days == (20, 28)
    assert found.left_out == (3, 24, 27, 55)


def test_a_single_day_is_ranked_among_all_others() -> None:
    counts = np.tile([3, 0], 60)
    counts[61:68] = 0
    found = event_study(counts, [60], SPAN)
    assert found.rank == pytest.approx(1 / (1 + found.placebos))
    assert "1 of the 3 episodes" in found.thin


@pytest.mark.parametrize(
    ("counts", "days", "why"),
    [
        (np.ones(400, int), [100, 200], "episodes"),
        (np.zeros(400, int), [100, 200, 300], "acts"),
        (np.ones(100, int), [20, 40, 60], "stretches"),
        (np.ones(400, int), [], "episodes"),
        (np.zeros(0, int), [], "episodes"),
    ],
)
def test_too_little_is_called_thin(counts: np.ndarray, days: list[int], why: str) -> None:
    assert why in event_study(counts, days, SPAN, placebos=50).thin


def test_without_days_nothing_is_compared() -> None:
    found = event_study(np.ones(200, int), [], SPAN)
    assert (found.ratio, found.low, found.high, found.rank, found.usual) == (None,) * 5


def test_a_span_of_no_days_is_refused() -> None:
    with pytest.raises(QuantityError, match="span of 1 day"):
        event_study([1, 2, 3], [1], 0)


def _drawn(seed: int, effect: float, clustered: bool) -> tuple[np.ndarray, list[int]]:
    random = np.random.default_rng(seed)
    rate = np.full(400, 1.5)
    if clustered:
        rate *= np.repeat(random.gamma(2, 0.5, 40), 10)
    days = sorted(random.choice(np.arange(20, 380), 6, replace=False).tolist())
    for day in days:
        rate[day + 1 : day + 1 + SPAN] *= effect
    return random.poisson(rate), days


@pytest.mark.parametrize("clustered", [False, True])
def test_size_and_power(clustered: bool) -> None:
    def slowed(effect: float) -> float:
        found = [
            event_study(*_drawn(seed, effect, clustered), SPAN, placebos=299) for seed in range(100)
        ]
        return float(np.mean([each.rank is not None and each.rank <= 0.05 for each in found]))

    # 100 series of which a share of 0.05 is wanted: beyond 0.11 with a probability of 1 in 100.
    assert slowed(1.0) <= 0.11
    assert slowed(0.3) >= 0.85


@given(st.integers(0, 10_000), st.permutations([40, 90, 150, 155]))
def test_the_order_of_days_changes_nothing_and_one_seed_gives_one_result(
    seed: int, days: list[int]
) -> None:
    counts = np.random.default_rng(seed).poisson(1.0, 200)
    found = event_study(counts, days, SPAN, seed=seed, placebos=99)
    assert found == event_study(counts, sorted(days), SPAN, seed=seed, placebos=99)
    assert found.rank is None or 0 < found.rank <= 1


@given(st.integers(0, 1000))
def test_fewer_acts_afterwards_never_look_like_less_slowing(seed: int) -> None:
    counts = np.random.default_rng(seed).poisson(2.0, 200)
    fewer = counts.copy()
    fewer[91:98] = 0
    found, slower = (event_study(each, [90], SPAN, placebos=9) for each in (counts, fewer))
    assert slower.ratio <= found.ratio
    assert slower.rank <= found.rank
