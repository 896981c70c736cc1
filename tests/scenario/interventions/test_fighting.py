"""Acts under a what-if: what they share with the forecast, and what the daily model would say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.interventions.worlds import BOTH, drawn, outlook

from foreshock.core.errors import EnsembleError
from foreshock.core.outlook import Outlook
from foreshock.scenario.interventions.fighting import suppose_fighting

MEMBERS, DAYS = 400, 28
WAR = outlook(MEMBERS, DAYS)


def path(factor: float, *, war: Outlook = WAR, since: int = 0) -> dict[str, np.ndarray]:
    found = np.ones(war.ensembles["events"].shape[:2])
    found[:, since:] = factor
    return dict.fromkeys(BOTH, found)


def acts(war: Outlook) -> np.ndarray:
    return war.ensembles["events"].values


def dead(war: Outlook) -> np.ndarray:
    return war.ensembles["deaths"].values


def same(one: Outlook, other: Outlook, members: slice = slice(None)) -> bool:
    pairs = [(acts(one), acts(other)), (dead(one), dead(other))]
    pairs += [(one.ensembles["deaths"].largest, other.ensembles["deaths"].largest)]
    return all(a[members].tobytes() == b[members].tobytes() for a, b in pairs)


@pytest.mark.parametrize("carried_on", [True, False])
def test_where_nothing_is_supposed_futures_are_the_same_to_the_last_bit(carried_on: bool):
    assert same(suppose_fighting(WAR, {}, 7, carried_on=carried_on).outlook, WAR)
    assert same(suppose_fighting(WAR, path(1.0), 7, carried_on=carried_on).outlook, WAR)
    some = {name: each.copy() for name, each in path(0.3).items()}
    for each in some.values():
        each[100:] = 1.0
    supposed = suppose_fighting(WAR, some, 7, carried_on=carried_on).outlook
    assert same(supposed, WAR, slice(100, None))
    assert not same(supposed, WAR, slice(0, 100))


def test_days_before_it_sets_in_are_those_of_the_forecast():
    supposed = suppose_fighting(WAR, path(0.2, since=9), 7).outlook
    assert (acts(supposed)[:, :9] == acts(WAR)[:, :9]).all()
    assert (dead(supposed)[:, :9] == dead(WAR)[:, :9]).all()


@settings(max_examples=25)
@given(st.floats(0, 1.6), st.floats(0, 1.6), st.booleans(), st.integers(0, 2**20))
def test_more_of_a_factor_never_means_fewer_acts(one: float, other: float, on: bool, seed: int):
    small = outlook(60, 14)
    low, high = (
        suppose_fighting(small, path(each, war=small), seed, carried_on=on).outlook
        for each in sorted([one, other])
    )
    assert (acts(low) <= acts(high)).all()
    assert (dead(low) <= dead(high)).all()


def test_a_factor_of_nothing_leaves_nothing():
    supposed = suppose_fighting(WAR, path(0.0), 7).outlook
    assert not acts(supposed).any()
    assert not dead(supposed).any()


@pytest.mark.parametrize("factor", [0.5, 1.3])
def test_futures_are_those_of_the_daily_model_under_the_supposed_rate(factor: float):
    members = 6_000
    war = outlook(members, DAYS)
    supposed = acts(suppose_fighting(war, path(factor, war=war), 7).outlook).sum(axis=1)
    model = drawn(members, DAYS, seed=99, factor=factor).sum(axis=1)
    for column in range(2):
        error = np.hypot(supposed[:, column].std(), model[:, column].std()) / np.sqrt(members)
        assert abs(supposed[:, column].mean() - model[:, column].mean()) < 4 * error
        assert supposed[:, column].std() == pytest.approx(model[:, column].std(), rel=0.1)


@pytest.mark.parametrize(
    ("factor", "since", "carried_on"), [(0.5, 5, True), (1.3, 5, False), (0.6, 0, False)]
)
def test_what_is_expected_is_the_mean_over_all_draws(factor: float, since: int, carried_on: bool):
    factors, runs = path(factor, since=since), 40
    found = [suppose_fighting(WAR, factors, seed, carried_on=carried_on) for seed in range(runs)]
    for measure in ("events", "deaths"):
        drawn = np.array([each.outlook.ensembles[measure].values.sum(axis=1) for each in found])
        known = found[0].expected[measure].sum(axis=1)
        assert (known == found[-1].expected[measure].sum(axis=1)).all()  # no luck is left in it
        apart, error = drawn.mean(axis=0) - known, drawn.std(axis=0) / np.sqrt(runs)
        assert abs(apart.mean()) < 4 * np.hypot.reduce(error).mean() / len(apart) + 1e-9
        assert (abs(apart) > 4.5 * error + 0.1).mean() < 0.02
        before = WAR.ensembles[measure].values
        assert (found[0].expected[measure][:, :since] == before[:, :since]).all()


def test_where_some_draws_reach_the_ceiling_the_mean_is_not_of_growth_without_one():
    factors, runs = path(2.3, since=5), 20
    found = [suppose_fighting(WAR, factors, seed) for seed in range(runs)]
    assert 0 < np.mean([each.capped for each in found]) < MEMBERS / 4
    drawn = np.mean([acts(each.outlook).sum(axis=(1, 2)) for each in found], axis=0)
    apart = found[0].expected["events"].sum(axis=(1, 2)) - drawn
    assert abs(apart.mean()) < 3 * apart.std() / np.sqrt(MEMBERS)


def test_where_added_acts_are_carried_on_it_is_what_was_drawn():
    mixed = {BOTH[0]: path(0.4)[BOTH[0]], BOTH[1]: path(1.5)[BOTH[1]]}
    more = suppose_fighting(WAR, path(1.3), 7)
    assert (more.expected["events"] == acts(more.outlook)).all()
    drawn = suppose_fighting(WAR, mixed, 7)
    assert (drawn.expected["events"] == acts(drawn.outlook)).all()
    known = suppose_fighting(WAR, mixed, 7, carried_on=False)
    assert (known.expected["events"] != acts(known.outlook)).any()


def test_followed_on_a_pair_that_is_not_named_answers_less():
    named = {BOTH[0]: path(0.2)[BOTH[0]]}
    followed = acts(suppose_fighting(WAR, named, 7).outlook)
    alone = acts(suppose_fighting(WAR, named, 7, carried_on=False).outlook)
    assert (alone[:, :, 1] == acts(WAR)[:, :, 1]).all()
    assert followed[:, :, 1].sum() < acts(WAR)[:, :, 1].sum()
    assert followed[:, :, 0].sum() < alone[:, :, 0].sum()


def test_all_told_a_factor_is_what_it_says():
    supposed = acts(suppose_fighting(WAR, path(0.6), 7, carried_on=False).outlook)
    assert supposed.mean() == pytest.approx(0.6 * acts(WAR).mean(), rel=0.03)


@pytest.mark.parametrize("factor", [0.4, 1.4])
def test_the_dead_fit_the_acts(factor: float):
    supposed = suppose_fighting(WAR, path(factor), 7).outlook
    largest = supposed.ensembles["deaths"].largest
    assert not dead(supposed)[acts(supposed) == 0].any()
    assert (largest <= dead(supposed)).all()
    alone = acts(supposed) == 1
    assert (largest[alone] == dead(supposed)[alone]).all()
    each = dead(supposed).sum() / acts(supposed).sum()
    assert each == pytest.approx(dead(WAR).sum() / acts(WAR).sum(), rel=0.1)


@pytest.mark.parametrize("factor", [0.85, 1.15])
def test_paired_differences_vary_by_at_most_a_tenth_of_unpaired_ones(factor: float):
    supposed = suppose_fighting(WAR, path(factor), 7, carried_on=False).outlook
    for measured in (acts, dead):
        one, other = (measured(war).sum(axis=(1, 2)) for war in (WAR, supposed))
        assert (other - one).var() <= 0.1 * (other.var() + one.var())


def test_what_grows_without_end_is_held_and_counted():
    found = suppose_fighting(WAR, path(20.0), 7)
    assert found.capped == MEMBERS
    assert acts(found.outlook).max() < 1_000


@pytest.mark.parametrize(
    ("war", "factors", "what"),
    [
        (WAR, {"gondal>angria": np.ones((MEMBERS, DAYS))}, "no series is called"),
        (WAR, {BOTH[0]: np.ones((MEMBERS, 3))}, "factors of shape"),
        (WAR, path(-0.1), "factors of shape"),
        (replace(WAR, following=()), path(0.5), "how acts follow acts"),
    ],
)
def test_what_cannot_be_supposed_is_refused(war: Outlook, factors: dict, what: str):
    with pytest.raises(EnsembleError, match=what):
        suppose_fighting(war, factors, 7)
