"""Calibration: a test that a good forecaster passes and a bad one fails."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from tests.assess.relations.made import act, drawn, series

from foreshock.assess.relations.calibration import LEAST_WEEKS, pit, skill, uniformity
from foreshock.assess.relations.discount import GRID, Foretold, foretell, learned


def _used(own: Foretold) -> np.ndarray:
    return learned(own, [], own.weeks.tolist())


def _drifting(random: np.random.Generator, weeks: int = 160) -> np.ndarray:
    """Draw a share that wanders about 0.4."""
    level = np.zeros(weeks)
    for week in range(1, weeks):
        level[week] = 0.98 * level[week - 1] + random.normal(0, 0.18)
    return 1 / (1 + np.exp(-(level - 0.4)))


@pytest.fixture(scope="module")
def drifting() -> list[Foretold]:
    random = np.random.default_rng(5)
    return [foretell(drawn(_drifting(random), 2.0, random)) for _ in range(25)]


@pytest.mark.parametrize("number", [20, 21, 35, 60, 150, 400])
def test_the_p_value_is_nearly_exact_and_most_so_where_it_matters(number):
    random = np.random.default_rng(number)
    rows = random.random((60, number))
    rows[30:] **= np.linspace(0.6, 1.6, 30)[:, None]
    exact = np.array([stats.kstest(row, "uniform", method="exact").pvalue for row in rows])
    error = np.abs(uniformity(rows) - exact)
    assert error.max() < 0.02
    assert error[exact < 0.2].max() < 0.004


def test_a_share_that_drifts_is_foretold_with_calibration(drifting):
    found = [skill(own, _used(own)) for own in drifting]
    told = [each.pit for each in found if each is not None and each.pit is not None]
    assert len(told) == len(drifting)
    assert min(told) > 0.001
    assert np.mean(np.array(told) < 0.05) <= 0.2
    assert np.median(told) > 0.2
    assert sum(each.gained for each in found if each) > 0


@pytest.mark.parametrize("how", ["overconfident", "turned round", "shifted"])
def test_a_bad_forecaster_is_caught(drifting, how):
    bad = {
        "overconfident": lambda a, b: (a**3, b**3),
        "turned round": lambda a, b: (b, a),
        "shifted": lambda a, b: (3 * a, b),
    }[how]
    worse = []
    for own in drifting:
        a, b = bad(own.a_conflictual, own.a_cooperative)
        found = skill(replace(own, a_conflictual=a, a_cooperative=b), _used(own))
        assert found is not None
        assert found.pit is not None
        worse.append(found.pit)
    assert np.median(worse) < 0.01


def test_transforms_of_known_predictions_are_worked_out_by_hand():
    # One act a week, foretold to be conflictual with 3/4: the transform is uniform on [0, 1/4]
    # where it was cooperative, on [1/4, 1] where it was not.
    own = foretell([act(week, "-" if week % 4 else "+") for week in range(40)])
    at = np.full((40, len(GRID)), 1.0)
    own = replace(own, a_conflictual=3 * at, a_cooperative=at)
    transforms = pit(own, np.zeros(40, np.int64), draws=500)
    assert transforms.shape == (500, 40)
    cooperative = own.cooperative > 0
    assert transforms[:, cooperative].min() >= 0
    assert transforms[:, cooperative].max() <= 0.25 <= transforms[:, ~cooperative].min()
    assert transforms[:, cooperative].mean() == pytest.approx(0.125, abs=0.01)
    assert transforms[:, ~cooperative].mean() == pytest.approx(0.625, abs=0.01)


def test_weeks_with_several_acts_are_beta_binomial():
    own = foretell(series([2], [3]))
    own = replace(
        own,
        a_conflictual=np.full((1, len(GRID)), 1.5),
        a_cooperative=np.full((1, len(GRID)), 4.0),
    )
    transforms = pit(own, np.zeros(1, np.int64), draws=4000)[:, 0]
    law = stats.betabinom(5, 1.5, 4.0)
    assert law.cdf(1) <= transforms.min() <= law.cdf(1) + 0.01
    assert law.cdf(2) - 0.01 <= transforms.max() <= law.cdf(2)


def test_the_score_is_the_log_likelihood_of_the_signs():
    own = foretell(series([1, 2], [0, 1]))
    # Week 2 of three acts: F, F, C after one conflictual act, faded.
    for place, discount in enumerate(GRID):
        f, c = 0.5 + discount, 0.5
        by_hand = np.log(f / (f + c) * (f + 1) / (f + c + 1) * c / (f + c + 2))
        assert own.scores[1, place] == pytest.approx(by_hand)
    assert own.scores[0] == pytest.approx(np.log(0.5))
    found = skill(own, np.array([0, 4]))
    assert found is not None
    assert (found.weeks, found.acts) == (2, 4.0)
    assert found.gained == pytest.approx(own.scores[1, 4] - own.scores[1, -1])
    assert found.pit is None


def test_a_constant_share_gains_nothing_over_itself():
    own = foretell(series([1, 0, 2, 1], [1, 1, 0, 3]))
    found = skill(own, np.full(4, len(GRID) - 1))
    assert found is not None
    assert found.gained == 0


def test_few_weeks_are_not_tested():
    assert skill(foretell([]), np.array([], np.int64)) is None
    assert skill(foretell([act(0, "-"), act(0, "+")]), np.array([0])) is None
    for weeks in (LEAST_WEEKS - 1, LEAST_WEEKS):
        own = foretell([act(week, "-+"[week % 2]) for week in range(weeks)])
        found = skill(own, _used(own))
        assert found is not None
        assert (found.pit is not None) is (weeks == LEAST_WEEKS)


def test_many_weeks_of_light_acts_alone_cannot_be_tested():
    own = foretell([act(week, "-+"[week % 2], weight=0.25) for week in range(60)])
    found = skill(own, _used(own))
    assert found is not None
    assert (found.weeks, found.acts, found.pit) == (60, 15.0, None)


def test_a_thousand_acts_in_a_week_have_a_finite_score():
    own = foretell(series([900, 1200], [900, 1200]))
    found = skill(own, _used(own))
    assert found is not None
    assert np.isfinite(found.gained)
