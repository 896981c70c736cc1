"""Scores of cases: the library's numbers, and forecasts that are right look right."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foreshock.core.random import stream
from foreshock.evaluate.scoring import scores, transform_share
from foreshock.forecast.baselines.windows import levels

counts = st.lists(st.integers(0, 40), min_size=20, max_size=60)


@given(counts, st.integers(0, 60), st.integers(1, 20))
def test_they_are_what_the_library_says(members, came, last):
    held, value = np.sort([members]).astype(float), np.array([float(came)])
    found = scores(held, value, np.array([2.5]), np.array([last]))
    exact = scoringrules.crps_ensemble(value, held, estimator="nrg")
    np.testing.assert_allclose(found["crps"], exact, atol=1e-9)
    np.testing.assert_allclose(found["scaled"], exact / 2.5, atol=1e-9)
    logs = scoringrules.crps_ensemble(np.log1p(value), np.log1p(held), estimator="nrg")
    np.testing.assert_allclose(found["log"], logs, atol=1e-9)
    rise = np.mean([each >= 1.5 * last for each in members])
    assert found["rise"][0] == pytest.approx((rise - (came >= 1.5 * last)) ** 2)
    some = np.mean([each >= 1 for each in members])
    assert found["any"][0] == pytest.approx((some - (came >= 1)) ** 2)


@given(counts, st.integers(0, 60))
def test_the_interval_is_that_of_the_quantiles_and_promises_what_it_holds(members, came):
    held = np.sort([members]).astype(float)
    found = scores(held, np.array([float(came)]), np.ones(1), np.ones(1, np.int64))
    low, high = np.quantile(members, [0.05, 0.95], method="inverted_cdf")
    assert found["within"][0] == (low <= came <= high)
    assert found["promised"][0] == np.mean([low <= each <= high for each in members]) >= 0.9


@pytest.mark.parametrize("mean", [0.2, 3.0, 40.0])
def test_of_right_forecasts_nine_tenths_of_the_transform_lie_between(mean):
    came = stream(7, "transform").poisson(mean, 20_000).astype(float)
    members = np.tile(stats.poisson.ppf(levels(2000), mean), (1, 1))
    share = {value: transform_share(members, np.array([value]))[0] for value in np.unique(came)}
    assert np.mean([share[value] for value in came]) == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(("width", "low", "high"), [(0.3, 0.0, 0.85), (3.0, 0.95, 1.0)])
def test_too_narrow_and_too_wide_show(width, low, high):
    came = np.rint(stream(7, "widths").normal(200, 20, 4000))
    members = np.rint(stats.norm.ppf(levels(500), 200, 20 * width))[None]
    share = transform_share(np.repeat(members, len(came), axis=0), came).mean()
    assert low <= share <= high
