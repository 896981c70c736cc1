"""Monthly arrivals: the filter is the one that is written down, and its forecasts hold."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student
from tests.evaluate.arrivals import monthly

from foreshock.core.errors import ForecastRefused
from foreshock.core.months import MonthlyCounts, month_after
from foreshock.core.random import stream
from foreshock.forecast.displacement.arrivals.fitting import fit
from foreshock.forecast.displacement.arrivals.levels import (
    Levels,
    filtered,
    forecast,
    log_likelihood,
)

LEVELS = Levels(
    drift=0.02, swing=0.6, kept=0.75, noise=0.25, usual=7.0, apart=2.5, freedom=5.0, patience=6.0
)
PACKED = np.array([0.02, 0.6, 0.75, 0.25, 7.0, 2.5, 5.0, 6.0])
NEVER = 1e12
"""Patience with which no place is more restless than another."""


def joint(months: int) -> tuple[np.ndarray, np.ndarray]:
    """Give mean and covariance of the logarithms of one place, from the model as it is written."""
    row = np.arange(months)
    level = LEVELS.apart + LEVELS.drift * np.minimum.outer(row, row)
    deviation = LEVELS.swing * LEVELS.kept ** np.abs(np.subtract.outer(row, row))
    return np.full(months, LEVELS.usual), level + deviation + LEVELS.noise * np.eye(months)


def test_the_filter_is_the_conditional_of_the_joint_normal():
    """With all places as restless as each other, mean and variance follow from one covariance."""
    values = stream(7, "filter").normal(7, 1, (20, 1))
    values[[3, 4, 11]] = np.nan
    packed = PACKED.copy()
    packed[-1] = NEVER
    _, middle, variance = filtered(values, packed, 3)
    mean, covariance = joint(23)
    known = np.flatnonzero(np.isfinite(values[:, 0]))
    cross = covariance[20:, known]
    solved = np.linalg.solve(covariance[np.ix_(known, known)], cross.T).T
    np.testing.assert_allclose(middle[:, 0], mean[20:] + solved @ (values[known, 0] - mean[known]))
    np.testing.assert_allclose(variance[:, 0], np.diag(covariance[20:, 20:] - solved @ cross.T))


def test_the_likelihood_is_the_density_of_each_month_given_those_before():
    values = stream(8, "filter").normal(7, 1, (12, 2))
    values[5, 1] = np.nan
    total = 0.0
    for row in range(12):
        _, middle, variance = filtered(values[:row], PACKED, 1)
        scale = np.sqrt(variance[0])
        density = student.logpdf((values[row] - middle[0]) / scale, LEVELS.freedom) - np.log(scale)
        total += float(np.nansum(density))
    assert log_likelihood(values, PACKED) == pytest.approx(total)


def test_compiled_and_plain_agree():
    values = stream(9, "filter").normal(7, 1, (15, 3))
    values[2, 1] = np.nan
    for ours, plain in zip(
        filtered(values, PACKED, 3), filtered.py_func(values, PACKED, 3), strict=True
    ):
        np.testing.assert_allclose(ours, plain, rtol=1e-12)


def test_a_restless_place_is_forecast_more_widely():
    random = stream(7, "restless")
    calm, wild = 1000 * np.exp(random.normal(0, 0.2, 30)), 1000 * np.exp(random.normal(0, 2.0, 30))
    past = MonthlyCounts(date(2031, 1, 1), ("calm", "wild"), np.stack([calm, wild], axis=1))
    scale = forecast(past, LEVELS, 1).scale[0]
    assert scale[1] > 2 * scale[0]


def test_a_place_never_listed_is_forecast_as_places_are():
    past = MonthlyCounts(date(2031, 1, 1), ("gondal",), np.full((4, 1), np.nan))
    ahead = forecast(past, LEVELS, 2)
    assert ahead.middle[:, 0].tolist() == [7.0, 7.0]
    assert (ahead.scale[:, 0] > np.sqrt(LEVELS.apart)).all()


@given(
    people=st.lists(st.one_of(st.just(float("nan")), st.floats(0, 1e7)), min_size=1, max_size=30)
)
def test_quantiles_rise_and_chances_agree_with_them(people):
    past = MonthlyCounts(date(2031, 1, 1), ("gondal",), np.array(people)[:, None])
    ahead = forecast(past, LEVELS, 3)
    found = ahead.people([0.1, 0.5, 0.9])[:, 0]
    assert (np.diff(found, axis=1) >= 0).all()
    assert (found >= 0).all()
    for month in range(3):
        if 0 < found[month, 2] < 1e8:
            assert ahead.chance_over(found[month, 2])[month, 0] == pytest.approx(0.1, abs=1e-6)


def test_intervals_hold_on_what_the_model_makes():
    made = monthly.counts(months=60, places=5, seed=3, listed=1.0)
    inside = []
    for row in range(20, 57, 3):
        known = made.until(month_after(made.first, row))
        ahead = forecast(known, fit(known), 3, wider=1.0)
        low, high = np.moveaxis(ahead.people([0.05, 0.95]), -1, 0)
        came = made.people[row + 1 : row + 4]
        inside.append((low <= came) & (came <= high))
    assert 0.82 <= np.mean(inside) <= 0.97


def test_more_months_teach_how_much_is_kept():
    random = stream(11, "kept")
    rows = [random.normal(0, 1, 20)]
    for _ in range(200):
        rows.append(0.9 * rows[-1] + random.normal(0, 0.3, 20))
    past = MonthlyCounts(date(2031, 1, 1), tuple(map(str, range(20))), np.expm1(8 + np.array(rows)))
    found = fit(past)
    assert found.kept == pytest.approx(0.9, abs=0.05)
    assert found.usual == pytest.approx(8.0, abs=0.5)


def test_too_little_is_refused():
    with pytest.raises(ForecastRefused, match="6 cells"):
        fit(MonthlyCounts(date(2031, 1, 1), ("a", "b"), np.full((3, 2), 100.0)))


@pytest.mark.parametrize("wrong", [{"kept": 1.0}, {"noise": 0.0}, {"freedom": 2.0}])
def test_parameters_that_cannot_be_are_refused(wrong):
    with pytest.raises(ForecastRefused, match="no such movement"):
        replace(LEVELS, **wrong)
