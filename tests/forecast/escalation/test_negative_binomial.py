"""Negative binomial mixtures: exact quantiles and probabilities, and pools of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from foreshock.forecast.escalation.negative_binomial import (
    LARGEST,
    Mixture,
    log_pmf,
    pooled,
    quantile_kernel,
    quantile_twin,
)

MOST = 1500
LEVELS = np.array([0.0, 0.012, 0.1, 0.333, 0.5, 0.77, 0.9, 0.991, 0.9997])

means = st.floats(1e-6, 150.0)
sizes = st.floats(1e-3, 1e7)


def cumulative(value: float, weight: np.ndarray, mean: np.ndarray, size: np.ndarray) -> float:
    return float((weight * nbinom.cdf(value, size, size / (size + mean))).sum())


@st.composite
def mixtures(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    parts = draw(st.integers(1, 4))
    raw = np.array(draw(st.lists(st.floats(0.0, 1.0), min_size=parts, max_size=parts)))
    weight = raw / raw.sum() if raw.sum() > 1e-3 else np.full(parts, 1 / parts)
    mean = np.array(draw(st.lists(means, min_size=parts, max_size=parts)))
    size = np.array(draw(st.lists(sizes, min_size=parts, max_size=parts)))
    return weight[None], mean[None], size[None]


@given(mixtures())
def test_the_kernel_gives_the_quantiles_of_its_twin(mixture):
    kernel = quantile_kernel(*mixture, LEVELS, MOST)
    twin = quantile_twin(*mixture, LEVELS, MOST)
    # Where a level is hit to within rounding, either neighbour is its quantile.
    for level, ours, theirs in zip(LEVELS, kernel[0], twin[0], strict=True):
        if ours != theirs:
            between = cumulative(min(ours, theirs), *(part[0] for part in mixture))
            assert between == pytest.approx(level, abs=1e-8)


@pytest.mark.parametrize(
    ("mean", "size"),
    [(1e-6, 1e-3), (1e-6, 1e6), (0.003, 0.01), (2500.0, 1e7), (2500.0, 0.05), (900.0, 900.0)],
)
def test_corners_of_the_quantile_kernel(mean, size):
    """Means of almost nothing, sizes of nearly Poisson, first terms that underflow."""
    one = (np.ones((1, 1)), np.array([[mean]]), np.array([[size]]))
    np.testing.assert_array_equal(
        quantile_kernel(*one, LEVELS, 20_000), quantile_twin(*one, LEVELS, 20_000)
    )


@given(mixtures())
def test_quantiles_rise_with_their_levels_in_whatever_order_they_are_asked(mixture):
    held = Mixture(*mixture)
    members = held.members(50)
    assert (np.diff(members) >= 0).all()
    shuffled = held.quantiles([0.9, 0.1, 0.5])[0]
    assert shuffled[1] <= shuffled[2] <= shuffled[0]
    np.testing.assert_array_equal(shuffled, held.quantiles([0.1, 0.5, 0.9])[0][[2, 0, 1]])


def test_members_stand_for_the_distribution():
    held = Mixture(np.array([[0.3, 0.7]]), np.array([[2.0, 15.0]]), np.array([[1.5, 4.0]]))
    members = held.members(20_000)
    assert members.mean() == pytest.approx(float(held.expected[0]), rel=0.002)
    assert (members == 0).mean() == pytest.approx(
        cumulative(0, held.weight[0], held.mean[0], held.size[0]), abs=1e-4
    )


def test_a_component_without_weight_changes_nothing():
    alone = Mixture(np.ones((1, 1)), np.array([[4.0]]), np.array([[2.0]]))
    beside = Mixture(np.array([[1.0, 0.0]]), np.array([[4.0, 900.0]]), np.array([[2.0, 0.1]]))
    np.testing.assert_array_equal(alone.members(200), beside.members(200))


def test_quantiles_stop_at_the_largest_total():
    endless = Mixture(np.ones((1, 1)), np.array([[1e5]]), np.array([[0.01]]))
    assert endless.quantiles([0.9999])[0, 0] == LARGEST


@given(st.integers(0, 5000), means, st.floats(1e-3, 1e5))
def test_log_probabilities_are_those_of_scipy(value, mean, size):
    ours = log_pmf(np.array(float(value)), np.array(mean), np.array(size))
    theirs = nbinom.logpmf(value, size, size / (size + mean))
    if np.isfinite(theirs) and theirs > -600:
        assert float(ours) == pytest.approx(float(theirs), rel=1e-6, abs=1e-6)
    else:
        assert float(ours) < -500


def test_probabilities_add_up_and_have_the_variance_that_is_said():
    mean, linear, quadratic = 6.0, 0.8, 0.3
    size = mean / (linear + quadratic * mean)
    grid = np.arange(2000.0)
    chance = np.exp(log_pmf(grid, np.array(mean), np.array(size)))
    assert chance.sum() == pytest.approx(1.0, abs=1e-9)
    assert (chance * grid).sum() == pytest.approx(mean)
    variance = (chance * (grid - mean) ** 2).sum()
    assert variance == pytest.approx(mean * (1 + linear) + quadratic * mean**2)


def test_a_pool_lies_between_its_members_and_keeps_their_spread():
    low = Mixture(np.ones((2, 1)), np.array([[1.0], [2.0]]), np.array([[5.0], [5.0]]))
    high = Mixture(np.ones((2, 1)), np.array([[20.0], [30.0]]), np.array([[5.0], [5.0]]))
    both = pooled([low, high], [3.0, 1.0])
    np.testing.assert_allclose(both.weight.sum(axis=1), 1.0)
    np.testing.assert_allclose(both.expected, 0.75 * low.expected + 0.25 * high.expected)
    assert both.quantiles([0.99])[0, 0] > low.quantiles([0.99])[0, 0]
    np.testing.assert_allclose(
        both.quantiles([0.02]), pooled([high, low], [1.0, 3.0]).quantiles([0.02])
    )


def test_selected_cases_are_the_same_cases():
    three = Mixture(np.ones((3, 1)), np.array([[1.0], [5.0], [9.0]]), np.ones((3, 1)))
    chosen = three.select(np.array([2, 0]))
    assert (three.cases, chosen.cases) == (3, 2)
    np.testing.assert_array_equal(chosen.members(20), three.members(20)[[2, 0]])
