"""The penalised regression: exact gradient, parameters found again, priors that pull, bursts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.forecast.escalation.regression import (
    SPREAD_PRIOR,
    Fitted,
    Prior,
    fit,
    log_likelihood,
    spread_names,
)

TRUTH = {
    1: np.array([0.4, -0.5, 0.3, -0.7, -1.2]),
    2: np.array([0.8, -0.4, 0.5, 0.5, -1.0, -1.2, -0.3, -0.5]),
}
"""Three coefficients each, then the spread."""


def prior_of(components: int, width: int = 3, *, wide: float = 3.0) -> Prior:
    spread = SPREAD_PRIOR[components]
    return Prior(
        np.concatenate([np.zeros(width), spread.mean]),
        np.concatenate([np.full(width, wide), spread.deviation]),
    )


def simulated(
    random: np.random.Generator, truth: np.ndarray, components: int, rows: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Totals, design and offset of windows that follow the regression."""
    design = np.column_stack([np.ones(rows), random.normal(0, 1, (rows, 2))])
    offset = random.normal(1.5, 0.5, rows)
    made = Fitted(truth, np.ones_like(truth), components, rows).predict(design, offset)
    which = (random.random(rows) > made.weight[:, 0]).astype(int)
    mean, size = made.mean[np.arange(rows), which], made.size[np.arange(rows), which]
    return random.poisson(mean * random.gamma(size, 1 / size)).astype(float), design, offset


def differences(theta: np.ndarray, *data: object) -> np.ndarray:
    """Central differences of the log likelihood."""
    step, out = 1e-5, np.empty_like(theta)
    for k in range(len(theta)):
        up, down = theta.copy(), theta.copy()
        up[k] += step
        down[k] -= step
        out[k] = (log_likelihood(up, *data)[0] - log_likelihood(down, *data)[0]) / (2 * step)
    return out


@pytest.mark.parametrize("components", [1, 2])
@settings(max_examples=30)
@given(data=st.data())
def test_the_gradient_is_that_of_finite_differences(components, data):
    width = 3 + len(spread_names(components))
    theta = np.array(data.draw(st.lists(st.floats(-1.5, 1.0), min_size=width, max_size=width)))
    random = stream(data.draw(st.integers(0, 50)), "gradient")
    design = np.column_stack([np.ones(12), random.normal(0, 1, (12, 2))])
    totals, offset = random.poisson(4.0, 12).astype(float), random.normal(0, 1, 12)
    given_ = (totals, design, offset, components)
    exact = log_likelihood(theta, *given_)[1]
    np.testing.assert_allclose(exact, differences(theta, *given_), rtol=2e-4, atol=2e-4)


def test_the_log_likelihood_is_that_of_scipy():
    totals, design, offset = simulated(stream(7, "scipy"), TRUTH[2], 2, 50)
    made = Fitted(TRUTH[2], np.ones(8), 2, 50.0).predict(design, offset)
    chance = made.weight * nbinom.pmf(
        totals[:, None], made.size, made.size / (made.size + made.mean)
    )
    value, _ = log_likelihood(TRUTH[2], totals, design, offset, 2)
    assert value == pytest.approx(np.log(chance.sum(axis=1)).sum(), rel=1e-10)


@pytest.mark.parametrize(("components", "within"), [(1, 0.08), (2, 0.12)])
def test_parameters_of_simulated_data_are_found_again(components, within):
    data = simulated(stream(7, "recovery", components), TRUTH[components], components, 4000)
    found = fit(*data, prior_of(components), components=components)
    np.testing.assert_allclose(found.parameters[:3], TRUTH[components][:3], atol=within)
    spread = found.parameters[3:] - TRUTH[components][3:]
    assert (np.abs(spread) < 4 * found.deviation[3:] + 0.1).all()


def test_intervals_of_coefficients_cover_nine_in_ten():
    """Of features that do not go together; of others see the test that is expected to fail."""
    held = []
    for replicate in range(120):
        data = simulated(stream(11, "coverage", replicate), TRUTH[1], 1, 150)
        found = fit(*data, prior_of(1))
        held.append(np.abs(found.parameters[1:3] - TRUTH[1][1:3]) < 1.6449 * found.deviation[1:3])
    assert 0.85 <= np.mean(held) <= 0.95


def test_intervals_cover_where_features_go_together():
    held = []
    for replicate in range(60):
        random = stream(13, "together", replicate)
        common = random.normal(0, 1, 150)
        design = np.column_stack(
            [np.ones(150), common, 0.9 * common + np.sqrt(0.19) * random.normal(0, 1, 150)]
        )
        made = Fitted(TRUTH[1], np.ones(5), 1, 150.0).predict(design, np.full(150, 1.5))
        mean, size = made.mean[:, 0], made.size[:, 0]
        totals = random.poisson(mean * random.gamma(size, 1 / size)).astype(float)
        found = fit(totals, design, np.full(150, 1.5), prior_of(1))
        held.append(np.abs(found.parameters[1:3] - TRUTH[1][1:3]) < 1.6449 * found.deviation[1:3])
    assert np.mean(held) >= 0.85


def test_the_prior_pulls_where_data_are_few_and_hardly_where_they_are_many():
    at = np.array([0.0, 1.0, 1.0])
    tight = prior_of(1)
    tight = Prior(np.concatenate([at, tight.mean[3:]]), np.full(5, 0.2))
    apart = {}
    for rows in (4, 4000):
        found = fit(*simulated(stream(7, "pull", rows), TRUTH[1], 1, rows), tight)
        apart[rows] = np.abs(found.parameters[1:3] - at[1:3])
        assert (found.deviation <= tight.deviation).all()
    assert (apart[4] < 0.6 * np.abs(TRUTH[1][1:3] - at[1:3])).all()
    np.testing.assert_allclose(apart[4000], np.abs(TRUTH[1][1:3] - at[1:3]), atol=0.1)


def test_windows_that_overlap_weigh_less_and_leave_more_to_the_prior():
    data = simulated(stream(7, "overlap"), TRUTH[1], 1, 300)
    full, tenth = fit(*data, prior_of(1)), fit(*data, prior_of(1), weight=0.1)
    assert (full.rows, tenth.rows) == (300.0, pytest.approx(30.0))
    ratio = tenth.deviation[:3] / full.deviation[:3]
    np.testing.assert_allclose(ratio, np.sqrt(10), rtol=0.15)


def test_the_burst_component_keeps_the_mean():
    random = stream(7, "mean")
    design = np.column_stack([np.ones(20), random.normal(0, 1, (20, 2))])
    offset = random.normal(1, 1, 20)
    expected = np.exp(design @ TRUTH[2][:3] + offset)
    for logit, depth in ((-4.0, -4.0), (-2.0, 0.0), (0.0, 1.0)):
        theta = TRUTH[2].copy()
        theta[5:7] = logit, depth
        made = Fitted(theta, np.ones(8), 2, 1.0).predict(design, offset)
        np.testing.assert_allclose(made.expected, expected, rtol=1e-10)
        assert (made.mean[:, 0] < expected).all() and (made.mean[:, 1] > expected).all()


def test_one_burst_bends_the_mean_less_where_bursts_are_told_apart():
    totals = np.full(60, 2.0)
    totals[30] = 400.0
    design, offset = np.ones((60, 1)), np.zeros(60)
    quiet = {c: fit(totals, design, offset, prior_of(c, 1), components=c) for c in (1, 2)}
    median = {c: f.predict(design[:1], offset[:1]).quantiles([0.5])[0, 0] for c, f in quiet.items()}
    assert abs(median[2] - 2.0) <= 1.0
    assert median[2] <= median[1] + 1
    assert quiet[2].predict(design[:1], offset[:1]).quantiles([0.995])[0, 0] > 20


def test_the_variance_is_linear_and_quadratic_in_the_mean():
    made = Fitted(TRUTH[1], np.ones(5), 1, 1.0).predict(
        np.array([[1.0, 0.0, 0.0]]), np.array([2.0])
    )
    mean, size = made.mean[0, 0], made.size[0, 0]
    linear, quadratic = np.exp(TRUTH[1][3:])
    assert mean + mean**2 / size == pytest.approx(mean * (1 + linear) + quadratic * mean**2)


def test_extrapolation_is_held_and_nothing_to_learn_from_is_refused():
    far = Fitted(TRUTH[1], np.ones(5), 1, 1.0).predict(np.array([[500.0, 0.0, 0.0]]), np.zeros(1))
    assert far.expected[0] == pytest.approx(np.exp(12.0))
    with pytest.raises(ForecastRefused, match="no completed window"):
        fit(np.zeros(0), np.zeros((0, 3)), np.zeros(0), prior_of(1))


def test_the_order_of_windows_does_not_matter():
    totals, design, offset = simulated(stream(7, "order"), TRUTH[1], 1, 200)
    turned = fit(totals[::-1], design[::-1], offset[::-1], prior_of(1))
    np.testing.assert_allclose(
        fit(totals, design, offset, prior_of(1)).parameters, turned.parameters, atol=1e-3
    )
