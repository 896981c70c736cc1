"""Forecast and what-if beside each other: weeks, people across a border, chances."""

from collections.abc import Iterable
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
from foreshock.scenario.interventions.results import Difference, Turn, compare

MEMBERS = 300
ALL = np.ones(MEMBERS, bool)


def single(turns: Iterable[Turn]) -> list[Difference]:
    """Compare what is supposed once."""
    return [compare([each]) for each in turns]


def turn(one: np.ndarray, other: np.ndarray, **told: np.ndarray) -> Turn:
    given = {"touched": np.ones(len(one), bool)} | told
    return Turn("flight", "displaced", "mill", AS_OF, AS_OF, one, other, **given)


def test_weeks_add_up_to_the_whole():
    war = outlook(MEMBERS, 28)
    half = dict.fromkeys(BOTH, np.full((MEMBERS, 28), 0.5))
    found = single(compare_fighting(war, suppose_fighting(war, half, 7), ALL))
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
        (e.measure, e.of, e.last.day): e
        for e in single(compare_flight(flight(1), flight(1), across, 10, ALL))
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
    found = single(compare_flight(flight(1), flight(0.8), {}, 10, ALL))
    assert [(each.measure, each.last.day) for each in found[:2]] == [
        ("displaced", 8), ("displaced", 11)
    ]  # fmt: skip
    assert found[1].high < 0
    assert found[1].paired < 0.1
    assert found[1].told == pytest.approx(found[1].paired)


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

    taken, ford, mill = single(compare_control(control(first), control(second), 3, ALL))
    assert (taken.measure, taken.of, taken.difference) == ("taken", "", pytest.approx(-0.3))
    assert (ford.chance, ford.forecast.mean, ford.supposed.mean) == (True, 0.5, 0.2)
    assert ford.low < -0.3 < ford.high < 0
    assert (mill.difference, mill.unmoved) == (0, 1)


def test_futures_that_are_touched_are_told_apart():
    one = np.arange(MEMBERS, dtype=float)
    touched = np.arange(MEMBERS) % 4 == 0
    found = compare([turn(one, one - 8 * touched, touched=touched)])
    assert (found.difference, found.where, found.unmoved) == (-2, -8, 0.75)
    assert compare([turn(one, one, touched=touched & False)]).where is None


def test_several_turns_and_what_is_expected_tell_the_same_mean_more_surely():
    random = np.random.default_rng(7)
    before = random.gamma(50.0, 0.2, 20_000)
    share = random.random((4, len(before)))  # what is entered, drawn anew in each turn
    drawn = [np.floor(each * before + random.random(len(before))) for each in share]
    turns = [
        turn(before, some, expected=each * before) for each, some in zip(share, drawn, strict=True)
    ]
    once, more = compare([turn(before, drawn[0])]), compare(turns)
    assert once.told == pytest.approx(once.paired)
    assert more.told < once.told / 3
    assert more.error == pytest.approx(once.error * np.sqrt(more.told / once.told), rel=0.05)
    assert abs(more.difference - once.difference) < 4 * once.error
    # Between futures differences are told as they lie, whatever is known of their mean.
    assert more.paired == pytest.approx(once.paired, rel=0.05)
    assert more.supposed.mean == pytest.approx(more.forecast.mean + more.difference)


@pytest.mark.parametrize("certain", [False, True])
def test_a_chance_that_the_forecast_alone_misses_is_never_below_nothing_or_over_one(certain: bool):
    never, sometimes = np.zeros(MEMBERS, bool), np.arange(MEMBERS) < 3
    end, near = (each != certain for each in (never, sometimes))
    found = compare([turn(end, end), turn(near, end)])
    assert (found.forecast.mean, found.supposed.mean) == (certain, certain)
    # What is told fits: the forecast's own futures leave no room for a difference.
    assert found.difference == 0
    assert 0 <= found.forecast.mean + found.low <= found.forecast.mean + found.high <= 1
    half = compare([turn(near, end), turn(np.arange(MEMBERS) < 150, end)])
    assert half.supposed.mean == certain
    assert half.difference == half.supposed.mean - half.forecast.mean
    assert 0 <= half.forecast.mean + half.low <= half.forecast.mean + half.high <= 1


def test_levels_are_of_the_same_futures():
    one, later = np.arange(MEMBERS, dtype=float), np.arange(MEMBERS) + 50.0
    unmoved = compare([turn(one, one), turn(later, later)])
    assert unmoved.forecast == unmoved.supposed
