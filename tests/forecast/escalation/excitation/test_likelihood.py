"""The kernel against its twin, against scipy, and against differences."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from foreshock.core.errors import EnsembleError
from foreshock.forecast.escalation.excitation.likelihood import (
    evaluate,
    evaluate_plainly,
    observations,
    pasts,
)
from foreshock.forecast.escalation.excitation.model import MovingLevel


def problem(seed: int, series: int, edges: int, *, damped: bool, days: int = 40):
    """Counts, edges and parameters of any size; several edges may lead the same way."""
    random = np.random.default_rng(seed)
    rate = random.uniform(0.01, 6, series) * np.where(random.random((days, 1)) < 0.1, 9, 1)
    seen = observations(
        random.poisson(rate, (days, series)),
        random.integers(0, series, edges),
        random.integers(0, series, edges),
        columns=MovingLevel(knots=9).laid(days).columns,
        exposure=random.uniform(0.2, 2, (days, series)),
        start=int(random.integers(1, 5)),
    )
    return seen, (
        random.normal(-0.5, 1, (seen.columns.shape[1], series)),
        random.uniform(0, 2, (days, series)) if damped else None,
        random.uniform(0, 0.8, edges) * (random.random(edges) < 0.8),
        random.uniform(0, 0.98, edges),
        np.exp(random.uniform(-4, 2, series)),
    )


@given(
    seed=st.integers(0, 2**32),
    series=st.integers(1, 4),
    edges=st.integers(0, 7),
    damped=st.booleans(),
)
def test_kernel_and_twin_agree_to_rounding(seed, series, edges, damped):
    seen, parameters = problem(seed, series, edges, damped=damped)
    kernel, twin = evaluate(seen, *parameters), evaluate_plainly(seen, *parameters)
    for name, one, other in zip(kernel._fields, kernel, twin, strict=True):
        size = np.abs(other).max(initial=1.0)
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9 * size, err_msg=name)
    without = evaluate(seen, *parameters, gradient=False)
    assert without.value.tolist() == kernel.value.tolist()


@pytest.mark.parametrize("seed", range(4))
def test_the_gradient_is_the_slope_of_the_value(seed):
    seen, parameters = problem(seed, 3, 5, damped=True)
    found = evaluate(seen, *parameters)
    slopes = (found.endemic, found.damping, found.weight, found.decay, found.dispersion)
    random = np.random.default_rng(seed)
    for k, slope in enumerate(slopes):
        toward = random.standard_normal(np.shape(parameters[k]))
        moved = []
        for step in (1e-6, -1e-6):
            changed = list(parameters)
            changed[k] = parameters[k] + step * toward
            moved.append(evaluate(seen, *changed).value.sum())
        by_difference = (moved[0] - moved[1]) / 2e-6
        assert by_difference == pytest.approx((slope * toward).sum(), rel=1e-4, abs=1e-4)


def test_the_value_is_that_of_the_distribution():
    counts = np.array([[3], [0], [7], [2]])
    seen = observations(counts, [0], [0], initial=np.array([1.0]))
    value = evaluate(
        seen, np.log([[2.0]]), None, np.array([0.4]), np.array([0.25]), np.array([0.5])
    ).value[0]
    # by hand: r = .75·3 + .25·1 = 2.5, then .25·2.5 = .625, then .75·7 + .25·.625 = 5.40625
    means = 2 + 0.4 * np.array([2.5, 0.625, 5.40625])
    assert value == pytest.approx(nbinom.logpmf(counts[1:, 0], 2, 2 / (2 + means)).sum(), rel=1e-12)


def test_hardly_any_dispersion_is_poisson():
    seen, (endemic, _, weight, decay, _) = problem(1, 2, 3, damped=False)
    values = [
        evaluate(seen, endemic, None, weight, decay, np.full(2, psi)).value.sum()
        for psi in (1e-13, 1e-9, 1e-6)
    ]
    assert values[0] == pytest.approx(values[1], abs=1e-4)
    assert values[1] == pytest.approx(values[2], abs=1e-1)
    slope = evaluate(seen, endemic, None, weight, decay, np.full(2, 1e-9)).dispersion.sum()
    assert slope == pytest.approx((values[2] - values[1]) / (1e-6 - 1e-9), rel=1e-2)


def test_a_point_without_a_density_has_no_number_and_raises_nothing():
    seen, (endemic, _, weight, decay, _) = problem(1, 2, 3, damped=False)
    for psi in (0.0, np.inf):
        found = evaluate(seen, endemic, None, weight, decay, np.full(2, psi))
        assert not np.isfinite(found.value).any()


def test_what_the_first_days_cannot_know_is_their_mean():
    counts = np.concatenate([np.full((28, 1), 2), np.zeros((300, 1), dtype=int)])
    seen = observations(counts, [0], [0])
    past, _ = pasts(seen, np.array([0.9]))
    assert past[:29, 0] == pytest.approx(np.full(29, 2.0))  # stationary from the first day on
    assert past[28 + 7, 0] == pytest.approx(2 * 0.9**7)


def test_series_that_lead_nowhere_do_not_matter():
    """Metamorphic: a series more, without an edge, changes no other value; nor does order."""
    seen, (endemic, _, weight, decay, psi) = problem(5, 3, 4, damped=False)
    whole = evaluate(seen, endemic, None, weight, decay, psi)
    order = np.array([2, 0, 1])
    place = np.argsort(order)
    turned = observations(
        seen.counts[:, order], place[seen.source], place[seen.target], columns=seen.columns,
        exposure=seen.exposure[:, order], start=seen.start,
    )  # fmt: skip
    again = evaluate(turned, endemic[:, order], None, weight, decay, psi[order])
    np.testing.assert_allclose(again.value, whole.value[order], rtol=1e-12)
    np.testing.assert_allclose(again.weight, whole.weight, rtol=1e-10)


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        (np.zeros((0, 1)), "shape"),
        (np.array([[1.5], [0]]), "whole number"),
        (np.array([[-1], [0]]), "negative"),
        (np.array([[np.nan], [0]]), "missing"),
        (np.array([1, 2]), "shape"),
    ],
)
def test_what_cannot_be_counts_is_refused(counts, message):
    with pytest.raises(EnsembleError, match=message):
        observations(counts, [], [])


def test_other_bad_input_is_refused():
    counts = np.ones((3, 1), dtype=int)
    with pytest.raises(EnsembleError, match="not there"):
        observations(counts, [1], [0])
    with pytest.raises(EnsembleError, match="sources for"):
        observations(counts, [0], [])
    with pytest.raises(EnsembleError, match="exposure"):
        observations(counts, [], [], exposure=np.zeros((3, 1)))
    with pytest.raises(EnsembleError, match="design"):
        observations(counts, [], [], columns=np.ones((2, 1)))


def test_loading_compiles_nothing():
    code = (
        "import foreshock.forecast.escalation.excitation.likelihood as l,"
        "foreshock.forecast.escalation.excitation.simulate as s;"
        "print([len(f.signatures) for f in (l._kernel, s._futures, s.count_at)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[0, 0, 0]"
