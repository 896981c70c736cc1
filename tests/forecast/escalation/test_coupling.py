"""Totals on the days of a template: exact, in rank, unbiased, and empty where nothing may be."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import EnsembleError
from foreshock.core.random import stream
from foreshock.forecast.escalation.coupling import couple, spread

HORIZONS = (3, 5, 8)


@st.composite
def cases(draw: st.DrawFn) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """A template, and totals that rise with members and with horizons."""
    members, days = draw(st.integers(1, 12)), draw(st.integers(8, 10))
    random = stream(draw(st.integers(0, 2**20)), "case")
    busy, growth = draw(st.sampled_from([0.05, 0.7, 9.0])), draw(st.sampled_from([0.3, 5, 400]))
    template = random.poisson(busy * random.gamma(0.5, 2.0, (members, 1)), (members, days))
    so_far, totals = np.zeros(members), {}
    for horizon in HORIZONS:
        so_far = so_far + np.sort(random.poisson(growth * random.gamma(0.5, 2.0, members)))
        totals[horizon] = so_far
    return template, totals


@given(cases())
def test_members_hold_exactly_the_totals_at_every_horizon(case):
    """Where no total of more days is below one of fewer that a member already holds."""
    template, totals = case
    found = couple(template, totals, stream(7, "exact"))
    assert (found >= 0).all()
    first = HORIZONS[0]
    np.testing.assert_array_equal(np.sort(found[:, :first].sum(axis=1)), totals[first])
    so_far = found[:, :first].sum(axis=1)
    for shorter, horizon in pairwise(HORIZONS):
        held = found[:, :horizon].sum(axis=1)
        assert (held >= found[:, :shorter].sum(axis=1)).all()
        # A member's total is the one of its rank, or what it already had where that is more.
        assert (np.sort(held) >= totals[horizon]).all()
        expected = np.sort(np.maximum(_by_rank(template, horizon, totals[horizon]), so_far))
        np.testing.assert_array_equal(np.sort(held), expected)
        so_far = held
    np.testing.assert_array_equal(found[:, HORIZONS[-1] :], template[:, HORIZONS[-1] :])


def _by_rank(template: np.ndarray, horizon: int, asked: np.ndarray) -> np.ndarray:
    """Give each member the total of its rank; ties are broken as in the stream of the test."""
    ties = stream(7, "exact").random(len(template))
    order = sorted(range(len(template)), key=lambda m: (template[m, :horizon].sum(), ties[m]))
    given_ = np.empty(len(template))
    for rank, member in enumerate(order):
        given_[member] = asked[rank]
    return given_


@given(cases())
def test_the_template_s_ranks_are_kept(case):
    template, totals = case
    found = couple(template, {5: totals[5]}, stream(7, "ranks"))
    before, after = template[:, :5].sum(axis=1), found[:, :5].sum(axis=1)
    for one in range(len(template)):
        for other in range(len(template)):
            if before[one] < before[other]:
                assert after[one] <= after[other]


@given(cases())
def test_larger_totals_make_no_member_smaller(case):
    template, totals = case
    small = couple(template, totals, stream(7, "monotone"))
    large = couple(template, {h: t + 3 for h, t in totals.items()}, stream(7, "monotone"))
    for horizon in HORIZONS:
        assert (large[:, :horizon].sum(axis=1) >= small[:, :horizon].sum(axis=1)).all()


@given(cases(), st.integers(0, 1000))
def test_nothing_falls_on_days_on_which_nothing_may(case, seed):
    template, totals = case
    open_days = stream(seed, "open").random(template.shape) < 0.4
    found = couple(template, totals, stream(seed, "deaths"), most=open_days)
    last = HORIZONS[-1]
    assert not found[:, :last][~open_days[:, :last]].any()


@given(cases())
def test_the_same_stream_gives_the_same_days(case):
    one, other = (couple(*case, stream(7, "same")) for _ in range(2))
    np.testing.assert_array_equal(one, other)


def test_members_that_tie_are_told_apart_by_the_stream_and_by_nothing_else():
    template, totals = np.ones((200, 3)), {3: np.arange(200.0)}
    one, other = (couple(template, totals, stream(seed, "ties")).sum(axis=1) for seed in (7, 8))
    assert (one != other).any()
    np.testing.assert_array_equal(np.sort(one), np.sort(other))
    assert abs(np.corrcoef(np.arange(200), one)[0, 1]) < 0.25


def test_an_empty_template_can_be_filled():
    template = np.zeros((50, 7), dtype=int)
    found = couple(template, {7: np.full(50, 4.0)}, stream(7, "empty"))
    assert (found.sum(axis=1) == 4).all()
    assert (found.sum(axis=0) > 0).all()


@pytest.mark.parametrize(
    "totals",
    [{3: np.zeros(4)}, {9: np.zeros(2)}, {0: np.zeros(2)}, {2: np.zeros(2), 9: np.zeros(2)}],
)
def test_totals_that_do_not_fit_the_template_are_refused(totals):
    with pytest.raises(EnsembleError, match="totals of"):
        couple(np.ones((2, 5)), totals, stream(7, "refused"))


weights = st.lists(st.floats(0.0, 10.0), min_size=5, max_size=5)


@given(st.lists(st.tuples(st.integers(0, 10_000), weights), min_size=1, max_size=8))
def test_each_day_gets_its_share_rounded_up_or_down(rows):
    total = np.array([t for t, _ in rows])
    weight = np.array([w for _, w in rows])
    found = spread(total, weight, stream(7, "shares"))
    sums = weight.sum(axis=1)
    np.testing.assert_array_equal(found.sum(axis=1), np.where(sums > 0, total, 0))
    share = np.divide(weight, sums[:, None], out=np.zeros_like(weight), where=sums[:, None] > 0)
    assert (np.abs(found - total[:, None] * share) < 1 + 1e-6).all()
    assert not found[weight == 0].any()


def test_the_shares_are_met_on_average():
    weight = np.tile([1.0, 0.0, 2.5, 0.2, 6.3], (40_000, 1))
    found = spread(np.full(40_000, 3), weight, stream(7, "average"))
    np.testing.assert_allclose(found.mean(axis=0), 3 * weight[0] / 10.0, atol=0.01)


class _LastBefore1:
    """Draws the largest number that a generator can: one step below 1."""

    def random(self, shape: object) -> np.ndarray:
        return np.full(shape, 1 - 2.0**-53)


def test_even_the_largest_draw_leaves_empty_days_empty():
    found = spread(np.array([1]), np.array([[0.0, 1.0]]), _LastBefore1())
    assert found.tolist() == [[0, 1]]
