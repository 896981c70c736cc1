"""Do the intervals hold? A share jumps, the discount is learned from the acts as in real use."""

import numpy as np
import pytest
from tests.assess.relations.made import WEEK0, drawn

from foreshock.assess.relations.discount import GRID, foretell, learned
from foreshock.assess.relations.strain import share_by_week

SIMULATIONS = 500
JUMP = 100
BEFORE, AFTER = (40, 70, 99), (150, 165, 180)
LOW, HIGH, RATE = 0.2, 0.5, 1.5


@pytest.fixture(scope="module")
def simulated() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give, for each simulation and week, whether the truth lay within, the width, the discount."""
    random = np.random.default_rng(2020)
    truth = np.where(np.arange(AFTER[-1] + 1) < JUMP, LOW, HIGH)
    at = [WEEK0 + week for week in (*BEFORE, *AFTER)]
    inside = np.zeros((SIMULATIONS, len(at)), bool)
    width, discount = np.zeros((2, SIMULATIONS, len(at)))
    for simulation in range(SIMULATIONS):
        acts = drawn(truth, RATE, random)
        used = learned(foretell(acts), [], [week + 1 for week in at])
        for place, week in enumerate(at):
            (share,) = share_by_week(acts, used[place : place + 1], week)
            span = share.span
            inside[simulation, place] = span.low <= truth[week - WEEK0] <= span.high
            width[simulation, place] = span.width
        discount[simulation] = GRID[used]
    return inside, width, discount


@pytest.mark.parametrize("week", BEFORE)
def test_nine_in_ten_intervals_hold_a_steady_share(simulated, week):
    inside, width, _ = simulated
    place = BEFORE.index(week)
    assert 0.85 <= inside[:, place].mean() <= 0.95
    assert np.median(width[:, place]) < 0.35


@pytest.mark.parametrize("week", AFTER)
def test_nine_in_ten_hold_once_the_memory_has_turned_over(simulated, week):
    inside, width, discount = simulated
    place = len(BEFORE) + AFTER.index(week)
    turned = week - JUMP >= 3 / (1 - np.minimum(discount[:, place], 0.999))
    assert turned.sum() >= 400
    assert 0.85 <= inside[turned, place].mean() <= 0.95
    assert np.median(width[turned, place]) < 0.5


def test_a_jump_makes_the_memory_shorter(simulated):
    _, _, discount = simulated
    before, after = discount[:, BEFORE.index(99)], discount[:, len(BEFORE)]
    assert after.mean() < before.mean() - 0.02
