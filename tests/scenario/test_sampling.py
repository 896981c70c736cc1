"""Draws keep to their intervals and orders, and indices come out as theory has them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import sobol_indices, triang, uniform

from foreshock.scenario.results import Robustness
from foreshock.scenario.sampling import PRIORS, Input, Points, robustness, values_of

INTERVALS = [Input("a", 0, 1), Input("b", 0, 1), Input("c", 0, 1)]


def points(inputs=INTERVALS, draws=8192, seed=1) -> Points:
    return Points.draw(inputs, draws, seed, "test")


@pytest.mark.parametrize("prior", PRIORS)
@given(low=st.floats(-5, 5), width=st.floats(0, 5), ranks=st.integers(1, 6))
def test_values_keep_to_what_was_entered(prior, low, width, ranks):
    inputs = [Input("x", low, low + width), Input("order", 0, 1, ranks)]
    drawn = points(inputs, 64).values(prior)
    assert (drawn["x"] >= low).all() and (drawn["x"] <= low + width + 1e-12).all()
    worths = drawn["order"]
    assert worths.shape == (64, ranks)
    assert (worths[:, 0] == 1).all() and (np.diff(worths, axis=1) <= 0).all()
    assert ranks == 1 or (worths[:, -1] == 0).all()


def test_priors_are_what_their_names_say():
    unit = np.linspace(0.001, 0.999, 999)[:, None]
    middle = values_of([Input("x", 2, 6)], unit, "mid-weighted")["x"]
    assert middle == pytest.approx(triang(0.5, loc=2, scale=4).ppf(unit[:, 0]))
    ends = values_of([Input("x", 0, 1)], unit, "ends-weighted")["x"]
    assert ((ends < 0.1) | (ends > 0.9)).mean() == pytest.approx(0.41, abs=0.01)  # Beta(1/2, 1/2)


def test_what_is_certain_takes_no_random_number():
    inputs = [Input("sure", 3, 3), Input("x", 0, 1)]
    assert points(inputs).all.shape == (8192, 1)
    found = robustness(points(inputs), lambda v: v["x"] > v["sure"] - 2.5, "")
    assert [each.name for each in found.influences] == ["x"]


def test_a_verdict_that_hangs_on_two_inputs():
    # Both over a half: p = 1/4, variance 3/16; knowing one leaves a variance of 1/16 of means, so a
    # first-order index of 1/3 for each and a total of 2/3.
    found = robustness(points(), lambda v: (v["a"] > 0.5) & (v["b"] > 0.5), "both")
    assert found.share.value == pytest.approx(0.25, abs=0.01)
    assert [each.name for each in found.influences] == ["a", "b"]
    for each in found.influences:
        assert each.first.low <= 1 / 3 <= each.first.high
        assert each.first.value == pytest.approx(1 / 3, abs=0.05)
        assert each.total.value == pytest.approx(2 / 3, abs=0.05)
        assert each.at_low == 0 and each.at_high == pytest.approx(0.5, abs=0.03)


def test_indices_are_those_of_scipy():
    def holds(a, b, c):
        return a + 0.5 * b + 0.1 * c > 0.9

    found = robustness(points(draws=2**14), lambda v: holds(v["a"], v["b"], v["c"]), "")
    theirs = sobol_indices(
        func=lambda x: holds(*x).astype(float), n=2**13, dists=[uniform(0, 1)] * 3,
        rng=np.random.default_rng(1),
    )  # fmt: skip
    ours = {each.name: each for each in found.influences}
    for at, name in enumerate("abc"):
        assert ours[name].first.value == pytest.approx(theirs.first_order[at], abs=0.03)
        assert ours[name].total.value == pytest.approx(theirs.total_order[at], abs=0.03)


def test_an_order_is_exchanged_as_one_input():
    inputs = [Input("order", 0, 1, 4), Input("x", 0, 1)]
    found = robustness(points(inputs), lambda v: v["order"][:, 1] > 0.7, "")
    (only,) = found.influences
    assert only.name == "order" and only.flips
    assert only.at_low < 0.1 and only.at_high > 0.9
    assert only.first.value == pytest.approx(1, abs=0.03)
    assert only.total.value == pytest.approx(1, abs=0.03)


def test_what_flips_a_verdict_is_named():
    found = robustness(points(), lambda v: v["a"] + 0.05 * v["b"] > 0.5, "")
    assert [each.name for each in found.flipped_by] == ["a"]
    assert [each.name for each in found.rests_on] == ["a"]


def test_where_priors_disagree_nothing_is_said():
    found = robustness(points(), lambda v: abs(v["a"] - 0.5) < 0.25, "in the middle")
    assert found.by_prior["uniform"] == pytest.approx(0.5, abs=0.01)
    assert found.by_prior["mid-weighted"] == pytest.approx(0.75, abs=0.01)
    assert found.by_prior["ends-weighted"] == pytest.approx(1 / 3, abs=0.01)
    assert found.indeterminate
    assert not robustness(points(), lambda v: v["a"] > 0.5, "").indeterminate


def test_a_verdict_without_doubt_rests_on_nothing():
    found = robustness(points(), lambda v: v["a"] >= 0, "always")
    assert found.share.value == 1 and found.influences == ()


def test_the_same_seed_gives_the_same_bits():
    def told(seed: int) -> Robustness:
        return robustness(points(draws=512, seed=seed), lambda v: v["a"] > v["b"], "")

    assert told(1) == told(1)
    assert told(1) != told(2)
