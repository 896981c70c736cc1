"""Forecast and what-if beside each other: weeks, people across a border, chances."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.scenario.interventions.worlds import AS_OF, BOTH, outlook

from foreshock.core.control import NOBODY, ControlOutlook, Held
from foreshock.core.displacement import Displacement, Ground
from foreshock.core.ensemble import Ensemble
from foreshock.scenario.interventions.comparing import (
    compare_control,
    compare_fighting,
    compare_flight,
)
from foreshock.scenario.interventions.fighting import suppose_fighting
from foreshock.scenario.interventions.results import compare

MEMBERS = 300


def test_weeks_add_up_to_the_whole():
    war = outlook(MEMBERS, 28)
    half = dict.fromkeys(BOTH, np.full((MEMBERS, 28), 0.5))
    found = list(compare_fighting(war, suppose_fighting(war, half, 7).outlook))
    for measure in ("events", "deaths"):
        mine = [each for each in found if each.measure == measure and each.of == BOTH[0]]
        whole, weeks = mine[0], mine[1:]
        assert [(each.last - each.first).days for each in mine] == [27, 6, 6, 6, 6]
        assert sum(each.difference for each in weeks) == pytest.approx(whole.difference)
        assert whole.difference == pytest.approx(whole.supposed.mean - whole.forecast.mean)
        assert whole.low <= whole.high <= 0


def flight(factor: float) -> Displacement:
    random = np.random.default_rng(7)
    leaving = random.gamma(2.0, 500.0, (MEMBERS, 12, 1))
    leaving[:, 2:] *= factor  # two days had passed since the last count
    mill = Ground(place="mill", people=None, threat=0.0)
    return Displacement(
        as_of=AS_OF, model="demo", config="c", seed=1, area="angria", counter="aid-office",
        since=date(2031, 4, 1), totals=(), start=np.full(MEMBERS, 1e5),
        leaving=Ensemble(leaving, date(2031, 4, 30), ("angria",), "leaving"), origins=(mill,),
        destinations=(mill, replace(mill, place="ford")),
        shares=np.tile(np.array([[0.25, 0.75]]), (MEMBERS, 1, 1)),
    )  # fmt: skip


def test_people_who_cross_a_border_reach_no_place_within():
    across = {"gondal": np.full((MEMBERS, 10), 0.4)}
    found = {
        (e.measure, e.of, e.last.day): e for e in compare_flight(flight(1), flight(1), across, 10)
    }
    crossed = found["crossed", "gondal", 11]
    assert crossed.forecast.mean == 0
    assert crossed.paired is None
    ford = found["arrivals", "ford", 11]
    assert ford.supposed.mean == pytest.approx(0.6 * ford.forecast.mean)
    assert found["displaced", "angria", 11].unmoved == 1
    assert crossed.difference == pytest.approx(
        sum(-found["arrivals", place, 11].difference for place in ("mill", "ford"))
    )


def test_fewer_who_leave_are_fewer_displaced_and_vary_together():
    found = list(compare_flight(flight(1), flight(0.8), {}, 10))
    assert [(each.measure, each.last.day) for each in found[:2]] == [
        ("displaced", 8), ("displaced", 11)
    ]  # fmt: skip
    assert found[1].high < 0
    assert found[1].paired < 0.1
    assert found[1].least <= found[1].paired


def test_places_change_hands_by_chance():
    first, second = np.zeros((MEMBERS, 4, 2), np.int8), np.zeros((MEMBERS, 4, 2), np.int8)
    first[:150, 2:, 0] = 1
    second[:60, 2:, 0] = 1

    def control(holder: np.ndarray) -> ControlOutlook:
        ahead = Held(first=AS_OF, holder=holder, rival=np.full_like(holder, NOBODY))
        return ControlOutlook(
            as_of=AS_OF, model="demo", config="c", seed=1, places=("ford", "mill"),
            sides=("gondal", "ruritania"), known=ahead.until(date(2031, 4, 30)), ahead=ahead,
        )  # fmt: skip

    taken, ford, mill = compare_control(control(first), control(second), 3)
    assert (taken.measure, taken.of, taken.difference) == ("taken", "", pytest.approx(-0.3))
    assert (ford.chance, ford.forecast.mean, ford.supposed.mean) == (True, 0.5, 0.2)
    assert ford.low < -0.3 < ford.high < 0
    assert (mill.difference, mill.unmoved) == (0, 1)


def test_no_pairing_varies_less_than_the_most_alike_one():
    random = np.random.default_rng(7)
    one, other = random.gamma(1.0, 5.0, MEMBERS), random.gamma(2.0, 4.0, MEMBERS)
    found = compare("flight", "displaced", "mill", (AS_OF, AS_OF), one, other)
    assert 0 < found.least < found.paired == pytest.approx(1, abs=0.2)


def test_futures_that_are_touched_are_told_apart():
    one = np.arange(MEMBERS, dtype=float)
    touched = np.arange(MEMBERS) % 4 == 0
    found = compare("flight", "displaced", "mill", (AS_OF, AS_OF), one, one - 8 * touched, touched)
    assert (found.difference, found.where, found.unmoved) == (-2, -8, 0.75)
    none = compare("flight", "displaced", "mill", (AS_OF, AS_OF), one, one, touched & False)
    assert none.where is None
