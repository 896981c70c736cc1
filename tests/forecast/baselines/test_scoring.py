"""Scores on which baselines are tuned: the same as the library that keeps the record."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foreshock.forecast.baselines.scoring import (
    TAIL,
    members_crps,
    negative_binomial_crps,
    weighted_windows_crps,
)
from foreshock.verify.scores import crps


@given(
    st.integers(0, 3000),
    st.floats(0.02, 500.0),
    st.floats(0.001, 500.0),
)
def test_negative_binomial_scores_are_the_sum_over_counts(came, mean, size):
    share, grid = size / (size + mean), np.arange(came + 1)
    below = stats.nbinom.cdf(grid[:-1], size, share)
    beyond = stats.nbinom.sf(np.arange(came, came + 200_000), size, share)
    found = negative_binomial_crps(np.array([came], float), np.array([mean]), np.array([size]))
    deviation = np.sqrt(mean + mean**2 / size)
    exact = (below**2).sum() + (beyond**2).sum()
    assert abs(found[0] - exact) <= 1e-6 + 4 * TAIL * (1 + deviation + mean / size)


@pytest.mark.parametrize("came", [0, 1, 7, 60])
@pytest.mark.parametrize(("mean", "size"), [(0.1, 0.3), (2.0, 3.5), (10.0, 1.2), (30.0, 17.3)])
def test_negative_binomial_scores_are_the_closed_form(came, mean, size):
    """Of the library, which near whole sizes fails for want of precision: so at given ones."""
    exact = scoringrules.crps_negbinom(np.array([came]), size, size / (size + mean))
    found = negative_binomial_crps(np.array([came], float), np.array([mean]), np.array([size]))
    np.testing.assert_allclose(found, exact, rtol=1e-3, atol=1e-3)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(0, 60))
def test_scores_of_members_are_those_of_the_record(members, came):
    held = np.array([members], float)
    np.testing.assert_allclose(
        members_crps(held, np.array([float(came)])), crps(held, [came]), atol=1e-9
    )


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=15),
    st.integers(0, 40),
    st.floats(0.5, 1.0),
)
def test_scores_of_weighted_windows_are_the_formula(totals, came, keep):
    values = np.array(totals, float)
    weight = keep ** np.arange(len(values))[::-1]
    weight /= weight.sum()
    by_hand = weight @ np.abs(values - came)
    by_hand -= 0.5 * weight @ np.abs(values[:, None] - values) @ weight
    found = weighted_windows_crps(
        values[:, None], np.array([len(values) - 1]), np.array([0]), np.array([float(came)]),
        np.array([keep]),
    )  # fmt: skip
    np.testing.assert_allclose(found[0, 0], by_hand, atol=1e-9)
