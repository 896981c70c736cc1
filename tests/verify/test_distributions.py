"""Scores of draws: equal to the library's, proper, and blind to what does not matter."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from foreshock.core.errors import EnsembleError
from foreshock.core.random import stream
from foreshock.verify import distributions
from foreshock.verify.distributions import (
    brier_at_least,
    central_interval,
    crps_of_draws,
    crps_of_logarithms,
    interval_score_of_draws,
    randomised_transform,
    share_at_least,
)

COUNTS = st.floats(0, 50_000).map(lambda number: round(number, 2))
DRAWS = arrays(float, st.tuples(st.integers(1, 4), st.integers(2, 15)), elements=COUNTS)
VALUES = arrays(float, 4, elements=COUNTS)
SCORES = {
    "qd": crps_of_draws,
    "fair": lambda draws, values: crps_of_draws(draws, values, fair=True),
    "logarithms": crps_of_logarithms,
    "interval": interval_score_of_draws,
    "25 or more": lambda draws, values: brier_at_least(draws, values, 25),
}


def heavy(number: int, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Make draws as of wars: most are zero, a few in the thousands."""
    random = stream(3, "heavy draws")
    fought = random.random((number, draws)) < 0.3
    some = np.where(fought, random.pareto(1.1, (number, draws)) * 20, 0).round()
    return some, np.where(random.random(number) < 0.3, random.pareto(1.1, number) * 20, 0).round()


# ---------------------------------------------------------------------- the library's numbers


@pytest.mark.parametrize("number", [2, 12, 1000])
def test_equal_to_the_library(number):
    draws, values = heavy(4000 // number, number)
    close = pytest.approx
    told = scoringrules.crps_ensemble(values, draws, estimator="qd")
    assert crps_of_draws(draws, values) == close(told, abs=1e-10, rel=1e-10)
    told = scoringrules.crps_ensemble(values, draws, estimator="fair")
    assert crps_of_draws(draws, values, fair=True) == close(told, abs=1e-10, rel=1e-10)
    told = scoringrules.crps_ensemble(np.log1p(values), np.log1p(draws), estimator="qd")
    assert crps_of_logarithms(draws, values) == close(told, abs=1e-10, rel=1e-10)
    low, high = np.quantile(draws, [0.05, 0.95], axis=1)
    told = scoringrules.interval_score(values, low, high, 0.1)
    assert interval_score_of_draws(draws, values) == close(told, abs=1e-10, rel=1e-10)
    told = scoringrules.brier_score((values >= 25).astype(float), (draws >= 25).mean(axis=1))
    assert brier_at_least(draws, values, 25) == close(told, abs=1e-10)


@given(DRAWS, VALUES)
def test_crps_is_the_energy_form_over_all_pairs(draws, values):
    values = values[: len(draws)]
    near = np.abs(draws - values[:, None]).mean(axis=1)
    pairs = np.abs(draws[:, :, None] - draws[:, None, :]).sum(axis=(1, 2))
    number = draws.shape[1]
    told = pytest.approx(near - pairs / (2 * number**2), abs=1e-7)
    assert crps_of_draws(draws, values) == told
    told = pytest.approx(near - pairs / (2 * number * (number - 1)), abs=1e-7)
    assert crps_of_draws(draws, values, fair=True) == told


# ---------------------------------------------------------------------- what matters and what not


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
@given(draws=DRAWS, values=VALUES, seed=st.integers(0, 99))
def test_the_order_of_draws_does_not_matter(score, draws, values, seed):
    values = values[: len(draws)]
    mixed = np.random.default_rng(seed).permuted(draws, axis=1)
    assert score(mixed, values) == pytest.approx(score(draws, values), abs=1e-7)


@given(draws=DRAWS, values=VALUES, by=st.integers(1, 100_000), times=st.sampled_from([2, 10]))
def test_moved_and_stretched(draws, values, by, times):
    values = values[: len(draws)]
    for fair in (False, True):
        told = pytest.approx(crps_of_draws(draws, values, fair=fair), abs=1e-6)
        assert crps_of_draws(draws + by, values + by, fair=fair) == told
        assert crps_of_draws(draws * times, values * times, fair=fair) / times == told


@given(draws=DRAWS, values=VALUES, times=st.integers(2, 5))
def test_repeating_all_draws_changes_the_forecast_in_nothing(draws, values, times):
    values = values[: len(draws)]
    told = pytest.approx(crps_of_draws(draws, values), abs=1e-7)
    assert crps_of_draws(np.repeat(draws, times, axis=1), values) == told


@given(DRAWS, VALUES)
def test_the_fair_score_takes_off_what_few_draws_cost(draws, values):
    values = values[: len(draws)]
    number = draws.shape[1]
    spread = np.abs(draws[:, :, None] - draws[:, None, :]).mean(axis=(1, 2))
    less = crps_of_draws(draws, values) - crps_of_draws(draws, values, fair=True)
    assert less == pytest.approx(spread / 2 / (number - 1), abs=1e-7)


def test_the_fair_score_does_not_depend_on_the_number_of_draws_and_the_other_does():
    random = stream(5, "fair")
    values = random.gamma(1.0, 10.0, 40_000)
    mean = {
        (number, fair): crps_of_draws(random.gamma(1.0, 10.0, (40_000, number)), values, fair=fair)
        .mean()
        .item()
        for number in (3, 30)
        for fair in (False, True)
    }
    exact = 5.0  # of an exponential with mean 10 forecast by itself: half its mean difference
    assert mean[3, True] == pytest.approx(exact, abs=0.15)
    assert mean[30, True] == pytest.approx(exact, abs=0.15)
    assert mean[3, False] == pytest.approx(exact * (1 + 1 / 3), abs=0.15)


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_nobody_scores_better_than_by_drawing_from_what_he_believes(score):
    random = stream(11, "proper")
    values = random.negative_binomial(0.4, 0.02, 20_000).astype(float)

    def mean(size: float, chance: float) -> float:
        levels = (np.arange(200) + 0.5) / 200
        draws = stats.nbinom.ppf(levels, size, chance)
        return float(score(np.broadcast_to(draws, (len(values), 200)), values).mean())

    right = mean(0.4, 0.02)
    assert all(
        right < mean(size, chance)
        for size, chance in [(0.4, 0.01), (0.4, 0.04), (1.2, 0.06), (0.1, 0.005), (0.9, 0.02)]
    )


# ---------------------------------------------------------------------- chances and intervals


def test_by_hand():
    draws = np.array([0.0, 0, 0, 10, 30])
    assert float(crps_of_draws(draws, 10)) == pytest.approx(50 / 5 - 280 / 50)
    assert float(share_at_least(draws, 10)) == pytest.approx(0.4)
    assert float(brier_at_least(draws, 9, 10)) == pytest.approx(0.16)
    low, high = central_interval(draws)
    assert (float(low), float(high)) == (0.0, pytest.approx(26.0))
    assert float(interval_score_of_draws(draws, 31)) == pytest.approx(26 + 20 * 5)


def test_thresholds_may_differ_by_forecast():
    draws = np.array([[1.0, 2, 3, 4]] * 2)
    assert share_at_least(draws, [2, 4]).tolist() == [0.75, 0.25]
    assert brier_at_least(draws, [5, 3], [2, 4]).tolist() == [0.0625, 0.0625]


@pytest.mark.parametrize("number", [12, 500])
def test_the_transform_of_another_draw_is_uniform_however_many_are_zero(number):
    random = stream(17, "transform", number)
    every = random.poisson(0.4, (20_000, number + 1)).astype(float)
    found = randomised_transform(every[:, 1:], every[:, 0], random.random(20_000))
    assert stats.kstest(found, "uniform").pvalue > 0.01


# ---------------------------------------------------------------------- shapes, blocks, gaps


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_blocks_change_nothing(monkeypatch, score):
    draws, values = heavy(24, 40)
    whole = score(draws.reshape(2, 3, 4, 40), values.reshape(2, 3, 4))
    monkeypatch.setattr(distributions, "AT_ONCE", 100)
    assert whole.shape == (2, 3, 4)
    assert score(draws, values) == pytest.approx(whole.ravel(), abs=1e-9)


@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_what_is_missing_has_no_score(score):
    draws, values = heavy(3, 10)
    draws[1, 4], values[2] = np.nan, np.nan
    assert np.isnan(score(draws, values)).tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("draws", "values"), [(np.zeros((3, 5)), np.zeros(4)), (np.zeros((3, 0)), np.zeros(3))]
)
@pytest.mark.parametrize("score", SCORES.values(), ids=SCORES)
def test_what_does_not_fit_is_refused(score, draws, values):
    with pytest.raises(EnsembleError):
        score(draws, values)


def test_no_fair_score_of_a_single_draw():
    with pytest.raises(EnsembleError, match="single draw"):
        crps_of_draws([[3.0]], [2.0], fair=True)
