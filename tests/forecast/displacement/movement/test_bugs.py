"""What is known to be wrong in Flee: done as there in compat, put right in fixed and cohort."""

from dataclasses import replace

import numpy as np
import pytest
from tests.forecast.displacement.movement.made import CALM, moved, network, site

from foreshock.core.errors import MovementError
from foreshock.core.network import Road
from foreshock.forecast.displacement.movement.modes import Mode

RIGHT = [Mode.FIXED, Mode.COHORT]
STAY = replace(CALM, camp_movechance=0.0)


def fork(*more: object, **also: object):
    """Angora, from where a camp each is reached by roads of equal length."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0)]
    sites += [site("regina", "camp"), site("zedora", "camp")]
    return network(sites, [(0, 1, 50.0), (0, 2, 50.0)], days=4, **also)  # type: ignore[arg-type]


def test_a_road_that_is_closed_stays_open_in_flee():
    """It tells names apart by identity, and those of two files are never identical."""
    over = fork(closures=[("link", "angora", "regina", 0, 2)])
    assert moved(over, STAY, mode=Mode.COMPAT, daily=[100, 0, 0, 0]).people[0, 1] > 20


@pytest.mark.parametrize("mode", RIGHT)
def test_a_road_that_is_closed_is_closed(mode: Mode):
    """In both directions, from the day it shuts until the day it opens."""
    over = fork(closures=[("link", "angora", "regina", 0, 2)])
    at = moved(over, STAY, mode=mode, daily=[100, 100, 100, 0])
    assert at.people[:2, 1].tolist() == [0, 0]
    assert at.people[2, 1] > 20


def test_single_letters_are_identical_in_flee():
    """Python keeps one copy of each, so that one direction of such a road does shut there."""
    sites = [site("a", "conflict_zone", 100, conflict_day=0), site("b", "camp"), site("c", "camp")]
    roads = [(0, 1, 50.0), (0, 2, 50.0)]
    toward = network(sites, roads, days=2, closures=[("link", "b", "a", 0, None)])
    assert moved(toward, STAY, mode=Mode.COMPAT, daily=[100, 0]).people[1].tolist() == [0, 0, 100]
    away = network(sites, roads, days=2, closures=[("link", "a", "b", 0, None)])
    assert moved(away, STAY, mode=Mode.COMPAT, daily=[100, 0]).people[1, 1] > 20


def decreed(redirection: int, **more: object):
    """As `fork`, with people sent along the road to regina (1), or from there (2)."""
    over = fork(**more)
    first = Road(first=0, second=1, km=50.0, redirection=redirection)
    return replace(over, roads=(first, over.roads[1]))


def test_flee_sends_nobody_along_a_road_but_weighs_it_twice():
    """A decree at the first end enters the road twice, one at the second once."""
    people = moved(decreed(1), STAY, mode=Mode.COMPAT, daily=[9_000, 0, 0, 0]).people[0]
    assert abs(people[1] - 6_000) < 4 * np.sqrt(2_000)
    people = moved(decreed(2), STAY, mode=Mode.COMPAT, daily=[9_000, 0, 0, 0]).people[0]
    assert abs(people[1] - 4_500) < 4 * np.sqrt(2_250)


@pytest.mark.parametrize("mode", RIGHT)
def test_people_are_sent_along_a_road_by_decree(mode: Mode):
    """All of them from that end, until the decree ends; from the other end it says nothing."""
    at = moved(decreed(1), STAY, mode=mode, daily=[100, 0, 0, 0])
    assert at.people[0].tolist() == [0, 100, 0]
    ended = decreed(1, closures=[("remove_forced_redirection", "angora", "regina", 1, None)])
    at = moved(ended, STAY, mode=mode, daily=[100, 100, 0, 0])
    assert at.people[0].tolist() == [0, 100, 0]
    assert at.people[1, 2] > 20
    assert moved(decreed(2), STAY, mode=mode, daily=[100, 0, 0, 0]).people[0, 2] > 20


@pytest.mark.parametrize("mode", RIGHT)
def test_a_decree_ends_where_the_camp_is_full(mode: Mode):
    """Whoever cannot be taken in goes elsewhere."""
    over = decreed(1)
    full = replace(
        over, sites=(over.sites[0], replace(over.sites[1], population=30), over.sites[2])
    )
    at = moved(full, STAY, mode=mode, daily=[0, 50, 0, 0], present=[0, 30, 0])
    assert at.people[1].tolist() == [0, 30, 50]


def test_camps_are_never_sinks_in_flee():
    """It reads the switch under another name than the one that is documented."""
    people = _settled(Mode.COMPAT)
    assert people[-1, 1] < 600


@pytest.mark.parametrize("mode", RIGHT)
def test_camps_are_sinks(mode: Mode):
    """Who has settled stays, and still counts in the camp."""
    people = _settled(mode)
    assert people[-1, 1] > 900


def _settled(mode: Mode):
    settles = site("regina", "camp", attributes={"deactivation_probability": "0.9"})
    over = network([settles, settles_not := site("elbe")], [(0, 1, 50.0)], days=12)
    over = replace(over, sites=(replace(settles_not, name="elbe"), replace(settles, name="regina")))
    rules = replace(CALM, camp_movechance=0.5, camps_are_sinks=True)
    return moved(over, rules, mode=mode, daily=[0] * 12, present=[0, 1_000]).people


@pytest.mark.parametrize(("mode", "expected"), [(Mode.COMPAT, 0.5), (Mode.FIXED, 0.1)])
def test_fighting_that_grows_less_counts_less(mode: Mode, expected: float):
    """In Flee a place keeps the intensity with which fighting came there."""
    sites = [site("angora", "town", 900), site("elbe", "town", 900), site("regina", "camp")]
    conflict = np.array([[1.0, 1.0, 0.0], [1 / 9, 1.0, 0.0], [1 / 9, 1.0, 0.0]])
    over = network(sites, [(0, 2, 300.0), (1, 2, 900.0)], conflict=conflict)
    at = moved(over, STAY, mode=mode, daily=[0, 0, 9_000])
    share = at.people[2, 2] / 9_000
    assert abs(share - expected) < 4 * np.sqrt(expected * (1 - expected) / 9_000)


@pytest.mark.parametrize(("mode", "starts"), [(Mode.COMPAT, 0.5), (Mode.FIXED, 0.0)])
def test_the_table_of_days_says_where_there_is_no_fighting_yet(mode: Mode, starts: float):
    """In Flee a place of fighting is one until the table first takes fighting from it."""
    sites = [site("angora", "conflict_zone", 900, conflict_day=0)]
    sites += [site("elbe", "conflict_zone", 900, conflict_day=0), site("regina", "camp")]
    conflict = np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
    over = network(sites, [(0, 2, 300.0), (1, 2, 900.0)], conflict=conflict)
    share = moved(over, STAY, mode=mode, daily=[0, 1_000, 0]).people[1, 2] / 1_000
    assert abs(share - starts) < 0.07


@pytest.mark.parametrize(("mode", "nearer"), [(Mode.COMPAT, True), (Mode.FIXED, False)])
def test_of_two_roads_the_one_chosen_is_taken(mode: Mode, nearer: bool):
    """In Flee both are weighed, and whichever is chosen the first one listed is travelled."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0), site("regina", "camp")]
    over = network(sites, [(0, 1, 50.0), (0, 1, 900.0)], days=1)
    arrived = moved(over, STAY, mode=mode, daily=[1_000]).people[0, 1]
    assert bool(arrived == 1_000) is nearer
    assert arrived > 900


def test_flee_makes_camps_of_towns_that_are_seldom_left():
    """Below a chance of 0.005; compat refuses what would be counted as a camp without counts."""
    rules = replace(CALM, default_movechance=0.001)
    with pytest.raises(MovementError, match="would make a camp of 'elbe'"):
        moved(network([site("angora", "camp"), site("elbe")], [], days=2), rules, mode=Mode.COMPAT)
    over = network([site("angora", "camp"), site("elbe")], [], days=2)
    assert moved(over, rules, daily=[0, 0]).so_far[-1] == 0


def test_a_camp_closes_to_a_town_and_opens_again():
    """This much Flee does as it says, in every mode."""
    sites = [site("regina", "camp"), site("zedora", "camp")]
    over = network(
        sites, [(0, 1, 50.0)], days=4, closures=[("camp", "regina", "", 1, 2)]
    )  # fmt: skip
    rules = replace(CALM, default_movechance=1.0, camp_movechance=0.0)
    for mode in Mode:
        at = moved(over, rules, mode=mode, daily=[0] * 4, present=[50, 0])
        assert at.people[:, 0].tolist() == [50, 0, 0, 0]


@pytest.mark.parametrize("kind", ["location", "camp", "remove_forced_redirection"])
def test_a_closure_of_what_is_not_there_is_an_error(kind: str):
    """It names the name and where to correct it."""
    over = fork(closures=[(kind, "atlantis", "", 0, None)])
    with pytest.raises(MovementError, match="'atlantis'"):
        moved(over)
