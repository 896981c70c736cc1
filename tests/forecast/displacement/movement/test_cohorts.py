"""Cohorts: the same distribution as people one by one, at a cost that hangs on states."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from tests.forecast.displacement.movement.made import CALM, gondal

from foreshock.core.network import Network
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.draws import binomial
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.pushing import Arrivals, given
from foreshock.forecast.displacement.movement.run import move, plan
from foreshock.observe.readers.flee.folder import read_folder

SHORT = replace(CALM, avoid_short_stints=True, start_on_foot=True, max_walk_speed=70.0)


@pytest.mark.parametrize(
    ("trials", "chance"), [(7, 0.3), (40, 0.1), (100, 0.2), (100, 0.9), (10**6, 0.4)]
)
def test_binomial_draws_follow_the_distribution(trials: int, chance: float):
    """All three ways of drawing, by a test of fit over 20,000 draws."""
    state = np.array([trials], np.uint64)
    drawn = np.array([binomial(state, trials, chance) for _ in range(20_000)])
    edges = np.unique(stats.binom.ppf(np.linspace(0.05, 0.95, 15), trials, chance))
    expected = np.diff([0.0, *stats.binom.cdf(edges, trials, chance), 1.0]) * len(drawn)
    found = np.bincount(np.searchsorted(edges, drawn, side="left"), minlength=len(expected))
    assert (
        stats.chisquare(found[expected > 5], expected[expected > 5], sum_check=False).pvalue > 1e-4
    )


def runs(over: Network, rules: MovementRules, mode: Mode, by: Arrivals, number: int):
    """Give people by member, day and site."""
    planned = plan(over, rules, mode, by)
    return np.array([move(planned, seed=seed).people for seed in range(number)], np.float64)


def standardised(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give differences of means in their standard errors, where there is any spread."""
    error = np.sqrt((one.var(0, ddof=1) + other.var(0, ddof=1)) / len(one))
    return ((one.mean(0) - other.mean(0)) / np.where(error > 0, error, np.inf))[error > 0]


RULES = [CALM, SHORT, replace(SHORT, awareness_level=2)]


@pytest.mark.parametrize("rules", RULES)
def test_means_and_variances_are_those_of_people_one_by_one(rules: MovementRules):
    """On a small network whose camps take in everybody, over 300 members."""
    over = gondal()
    wide = tuple(replace(each, population=0) if each.is_camp else each for each in over.sites)
    over = replace(over, sites=wide)
    by = given(over, np.full(20, 25))
    one = runs(over, rules, Mode.FIXED, by, 300)
    many = runs(over, rules, Mode.COHORT, by, 300)
    apart = standardised(one, many)
    assert np.sqrt(np.mean(apart**2)) < 1.7
    assert np.mean(np.abs(apart) > 3) < 0.05
    assert 0.85 < _ratio_of_variances(one, many) < 1.18


@pytest.mark.parametrize("rules", RULES)
def test_where_camps_are_full_it_matters_who_comes_first(rules: MovementRules):
    """There means differ, by less than 3 % of all people on a network made to show it."""
    over = gondal()
    by = given(over, np.full(20, 25))
    one = runs(over, rules, Mode.FIXED, by, 100)
    many = runs(over, rules, Mode.COHORT, by, 100)
    assert np.abs(one.mean(0) - many.mean(0)).max() < 0.03 * 500
    assert 0.75 < _ratio_of_variances(one, many) < 1.35


def _ratio_of_variances(one: NDArray[np.float64], many: NDArray[np.float64]) -> float:
    """Give the geometric mean of ratios, over the cells where there is some spread."""
    spread = one.var(0, ddof=1)
    ratio = many.var(0, ddof=1)[spread > 2] / spread[spread > 2]
    return float(np.exp(np.log(np.maximum(ratio, 1e-9)).mean()))


@pytest.mark.parametrize("case", ["burundi2015", "tigray2020"])
def test_means_and_variances_on_the_fields_cases(case: str, shared: Path):
    """At a hundredth of the people, over 40 members; camps of the first fill and shut."""
    read = read_folder(shared / "data/flee" / case, shared / "data/flee/simsetting.yml")
    assert read.settings is not None
    rules = replace(read.settings, hasten=100)
    members = [
        np.array(
            [move(planned, seed=seed).people[:, read.network.camps] for seed in range(40)],
            np.float64,
        )
        for planned in (
            plan(read.network, rules, mode, read.counted) for mode in (Mode.FIXED, Mode.COHORT)
        )
    ]
    apart = standardised(*members)
    assert np.sqrt(np.mean(apart**2)) < 2.0
    assert np.mean(np.abs(apart) > 3) < 0.1
    total = members[0][:, -1].sum(axis=1).mean()
    assert np.abs(members[0].mean(0) - members[1].mean(0)).max() < 0.01 * total
    assert 0.6 < _ratio_of_variances(*members) < 1.6


def test_ten_million_people_cost_what_ten_thousand_do():
    """Not in time, which no test measures, but in states: all of them arrive."""
    over = gondal()
    at = move(plan(over, CALM, Mode.COHORT, given(over, np.full(20, 500_000))))
    assert at.so_far[-1] == at.people[-1].sum() + at.under_way[-1] == 10_000_000
