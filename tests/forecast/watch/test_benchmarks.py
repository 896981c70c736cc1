"""Benchmarks of the watch: what each says, with gaps, and never more than the past tells."""

import numpy as np
import pytest
from scipy import stats

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.watch.benchmarks import (
    BENCHMARKS,
    bootstrap,
    conflictology,
    last_poisson,
    mixture,
    zero,
)

RANDOM = np.random.default_rng(0)
HORIZONS = range(3, 15)


def made(benchmark, values, draws=1000):
    return benchmark(np.asarray(values, float), HORIZONS, draws, RANDOM)


def past(units: int = 7, months: int = 300) -> np.ndarray:
    random = np.random.default_rng(5)
    fought = random.random((units, months)) < np.linspace(0, 0.9, units)[:, None]
    return np.where(fought, random.pareto(1.2, (units, months)) * 30, 0).round()


@pytest.mark.parametrize("benchmark", BENCHMARKS.values(), ids=BENCHMARKS)
def test_shape_and_sameness(benchmark):
    values = past()
    found = made(benchmark, values)
    assert found.shape[:2] == (7, 12)
    assert (found >= 0).all()
    np.testing.assert_array_equal(found, np.repeat(found[:, :1], 12, axis=1))
    np.testing.assert_array_equal(found, made(benchmark, values))


@pytest.mark.parametrize("benchmark", BENCHMARKS.values(), ids=BENCHMARKS)
def test_the_order_of_units_does_not_matter(benchmark):
    values = past()
    np.testing.assert_array_equal(made(benchmark, values[::-1]), made(benchmark, values)[::-1])


def test_a_young_unit_is_forecast_from_the_months_it_has():
    values = [[np.nan] * 21 + [1, 2, 3], [np.nan] * 24, [4] * 24]
    found = made(conflictology, values)
    assert sorted(found[0, 0]) == [1] * 4 + [2] * 4 + [3] * 4
    assert np.isnan(found[1]).all()
    assert (found[2] == 4).all()
    assert set(made(mixture, values)[0, 0]) == {1, 2, 3}
    assert np.isnan(made(last_poisson, values)[1]).all()


def test_a_short_history_is_no_history_of_zeros():
    assert (made(conflictology, [[5, 5, 5]]) == 5).all()
    assert (made(mixture, [[5, 5, 5]]) == 5).all()


def test_the_spans_of_the_mixture_weigh_alike():
    values = np.r_[np.full(12, 1.0), np.full(6, 10.0), np.full(6, 100.0)][None]
    found = made(mixture, values)[0, 0]
    shares = {number: (found == number).mean() for number in (1, 10, 100)}
    assert shares == pytest.approx(
        {1: 1 / 6, 10: (1 / 2 + 1 / 4) / 3, 100: (1 + 1 / 2 + 1 / 4) / 3}
    )


def test_the_last_known_month_is_the_mean_of_the_poisson():
    means = np.array([0.0, 0.3, 4, 80, 2_500, 40_000])
    values = np.c_[means, np.full(6, np.nan)]
    found = made(last_poisson, values, 999)[:, 0]
    levels = (np.arange(999) + 0.5) / 999
    np.testing.assert_array_equal(found, stats.poisson.ppf(levels, means[:, None]))


def test_the_bootstrap_is_the_same_for_all_and_has_the_pool_as_its_draws():
    values = past()
    found = made(bootstrap, values, 7 * 240)
    np.testing.assert_array_equal(found[0, 0], np.sort(values[:, -240:], axis=None))
    assert (found == found[:1]).all()
    with pytest.raises(ForecastRefused):
        made(bootstrap, np.full((2, 5), np.nan))


def test_zero():
    assert not made(zero, past()).any()
