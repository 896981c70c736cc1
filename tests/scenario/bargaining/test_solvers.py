"""Solutions that are known exactly come out exactly, and keep the axioms that define them."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foreshock.core.errors import QuantityError
from foreshock.scenario.bargaining.solvers import (
    kalai_smorodinsky,
    nash_barter,
    nash_on_hull,
    rubinstein,
    rubinstein_limit,
)

# Nash 1950: what each good is worth to Bill and to Jack; the first five are Bill's.
BILL = [2, 2, 2, 2, 4, 10, 4, 6, 2]
JACK = [4, 2, 1, 2, 1, 1, 1, 2, 2]
GOODS = ["book", "whip", "ball", "bat", "box", "pen", "toy", "knife", "hat"]
BILLS = [True] * 5 + [False] * 4

WORTH = st.integers(0, 20).map(lambda tenth: tenth / 10)
OUTCOMES = arrays(float, (4, 2), elements=WORTH)
SCALE = st.tuples(st.floats(0.25, 4), st.floats(0.25, 4)).map(np.array)


def gains(outcomes: np.ndarray) -> np.ndarray:
    """Outcomes of which one at least is better for both than none."""
    assume((outcomes > 0).all(axis=1).any())
    return outcomes


def test_nash_lets_bill_and_jack_barter_as_nash_did():
    found = nash_barter(BILL, JACK, BILLS)
    assert found.before == (12, 6) and found.after == (24, 11)
    assert found.product == 60
    assert {GOODS[good] for good in found.gets} == {"box", "pen", "toy", "knife"}


def test_goods_that_do_not_fit_are_refused():
    with pytest.raises(QuantityError, match="every list"):
        nash_barter([1], [1, 2], [True])
    with pytest.raises(QuantityError, match="21 goods"):
        nash_barter([1] * 21, [1] * 21, [True] * 21)


@pytest.mark.parametrize("solve", [nash_on_hull, kalai_smorodinsky])
class TestAxioms:
    @settings(max_examples=30)
    @given(outcomes=OUTCOMES, scale=SCALE, shift=SCALE)
    def test_the_units_of_either_do_not_matter(self, solve, outcomes, scale, shift):
        found = solve(gains(outcomes), np.zeros(2))
        again = solve(outcomes * scale + shift, shift)
        assert again == pytest.approx(found * scale + shift, abs=1e-6)

    @settings(max_examples=30)
    @given(outcomes=OUTCOMES)
    def test_who_is_named_first_does_not_matter(self, solve, outcomes):
        found = solve(gains(outcomes), np.zeros(2))
        assert solve(outcomes[:, ::-1], np.zeros(2)) == pytest.approx(found[::-1], abs=1e-6)

    @settings(max_examples=30)
    @given(outcomes=OUTCOMES)
    def test_equals_gain_as_much(self, solve, outcomes):
        both = np.vstack([gains(outcomes), outcomes[:, ::-1]])
        first, second = solve(both, np.zeros(2))
        assert first == pytest.approx(second, abs=1e-6)

    @settings(max_examples=30)
    @given(outcomes=OUTCOMES)
    def test_nobody_is_left_with_less_and_not_both_could_have_more(self, solve, outcomes):
        found = solve(gains(outcomes), np.zeros(2))
        assert (found >= -1e-9).all()
        share = np.linspace(0, 1, 21)[:, None, None, None]
        mixed = share * outcomes[:, None, :] + (1 - share) * outcomes[None, :, :]
        assert not (mixed > found + 1e-6).all(axis=-1).any()

    def test_where_nothing_is_better_for_both_it_is_refused(self, solve):
        with pytest.raises(QuantityError, match="as well off"):
            solve(np.array([[1.0, -0.2], [-0.2, 1.0], [-0.1, -0.1]]), np.array([0.6, 0.6]))


@given(outcomes=OUTCOMES, kept=st.sets(st.integers(0, 3), max_size=3))
def test_nash_does_not_mind_what_is_not_chosen(outcomes, kept):
    found = nash_on_hull(gains(outcomes), np.zeros(2))
    fewer = np.vstack([found, *(outcomes[at] for at in sorted(kept))])
    assert nash_on_hull(fewer, np.zeros(2)) == pytest.approx(found, abs=1e-6)


@settings(max_examples=30)
@given(outcomes=OUTCOMES, more=arrays(float, (2, 2), elements=WORTH))
def test_kalai_smorodinsky_gives_nobody_less_when_more_is_to_be_had(outcomes, more):
    most = gains(outcomes)[:, 1].max()
    more[:, 1] = np.minimum(more[:, 1], most)  # the second's best stays what it was
    before = kalai_smorodinsky(outcomes, np.zeros(2))
    after = kalai_smorodinsky(np.vstack([outcomes, more]), np.zeros(2))
    assert after[0] >= before[0] - 1e-6


@given(outcomes=OUTCOMES)
def test_nash_beats_every_mixture_of_two(outcomes):
    found = nash_on_hull(gains(outcomes), np.zeros(2))
    share = np.linspace(0, 1, 101)[:, None, None, None]
    mixed = share * outcomes[:, None, :] + (1 - share) * outcomes[None, :, :]
    assert found.prod() >= mixed.prod(axis=-1).max() - 1e-9


def test_kalai_smorodinsky_by_hand():
    # Ideal gains 2 and 1; the frontier from (2, 0) to (0, 1): equal shares are halves.
    assert kalai_smorodinsky(np.array([[2.0, 0], [0, 1]]), np.zeros(2)) == pytest.approx([1, 0.5])
    # Three players share one pie.
    assert kalai_smorodinsky(np.eye(3), np.zeros(3)) == pytest.approx([1 / 3] * 3)


@given(first=st.floats(0.05, 0.95), second=st.floats(0.05, 0.95))
def test_rubinstein_offers_what_the_other_would_wait_for(first, second):
    # Each is offered exactly what waiting for its own offer is worth.
    mine, yours = rubinstein(first, second), rubinstein(second, first)
    assert 1 - mine == pytest.approx(second * yours)
    assert 1 - yours == pytest.approx(first * mine)


@given(first=st.floats(0.1, 2), second=st.floats(0.1, 2))
def test_rubinstein_tends_to_nash_weighted_by_patience(first, second):
    step = 1e-6
    limit = rubinstein_limit(exp(-first), exp(-second))
    assert rubinstein(exp(-first * step), exp(-second * step)) == pytest.approx(limit, abs=1e-5)
    weight = log(exp(-second)) / (log(exp(-first)) + log(exp(-second)))
    shares = np.linspace(0, 1, 10_001)[1:-1]
    weighted = weight * np.log(shares) + (1 - weight) * np.log(1 - shares)
    assert limit == pytest.approx(shares[weighted.argmax()], abs=2e-4)


@pytest.mark.parametrize(("first", "second"), [(1, 1), (-0.1, 0.5), (0.5, 1.1)])
def test_discounts_that_are_none_are_refused(first, second):
    with pytest.raises(QuantityError, match="discounts"):
        rubinstein(first, second)
    with pytest.raises(QuantityError):
        rubinstein_limit(first, second)
