"""People one by one: bookkeeping, chance and shortcuts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forecast.displacement.movement.made import (
    CALM,
    everybody,
    gondal,
    moved,
    network,
    site,
)

from foreshock.core.errors import MovementError
from foreshock.core.network import Network, Road
from foreshock.core.random import stream
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement import run as running
from foreshock.forecast.displacement.movement.agents import walk
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.plain import walk_plainly
from foreshock.forecast.displacement.movement.pushing import given as arriving
from foreshock.forecast.displacement.movement.pushing import in_order, origins

MODES = list(Mode)

rules_of_movement = st.builds(
    MovementRules,
    max_move_speed=st.sampled_from([100.0, 360.0]),
    start_on_foot=st.booleans(),
    avoid_short_stints=st.booleans(),
    default_movechance=st.sampled_from([0.1, 0.5, 1.0]),
    conflict_movechance=st.sampled_from([0.5, 1.0]),
    camp_movechance=st.sampled_from([0.0, 0.001, 0.3]),
    weight_power=st.sampled_from([0.5, 1.0, 2.0]),
    awareness_level=st.integers(1, 3),
    conflict_spawn_decay=st.sampled_from([None, (1.0, 0.5, 0.1)]),
    conflict_spawn_decay_interval=st.just(3),
    camps_are_sinks=st.booleans(),
)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a connected network with closures, decrees and fighting that comes and goes."""
    towns, camps = draw(st.integers(1, 4)), draw(st.integers(1, 2))
    sites = [site("angora", "conflict_zone", 5_000, conflict_day=0)]
    sites += [site(f"town {n}", population=300) for n in range(towns)]
    sites += [
        site(
            f"camp {n}", "camp", draw(st.sampled_from([0, 40, 200])), country="gaaldine",
            attributes={"deactivation_probability": "0.2"},
        )
        for n in range(camps)
    ]  # fmt: skip
    km = st.sampled_from([0.0, 15.0, 60.0, 250.0, 700.0])
    roads = [
        Road(
            first=draw(st.integers(0, at - 1)),
            second=at,
            km=draw(km),
            redirection=draw(st.sampled_from([0, 0, 0, 1, 2])),
            attributes={"walk_probability": draw(st.sampled_from(["", "0.4"]))},
        )
        for at in range(1, len(sites))
    ]
    days = 12
    conflict = np.zeros((days, len(sites)))
    conflict[:, 0] = 1.0
    conflict[draw(st.integers(0, days - 1)) :, 1] = draw(st.sampled_from([0.0, 0.4, 1.0]))
    closures = draw(
        st.lists(
            st.sampled_from(
                [
                    ("location", "camp 0", "", 2, 6),
                    ("country", "gondal", "gaaldine", 3, 7),
                    ("link", "angora", "town 0", 4, None),
                    ("camp", "camp 0", "", 1, 8),
                ]
            ),
            max_size=3,
        )
    )
    return network(sites, roads, closures=closures, conflict=conflict)


@settings(max_examples=40)
@given(networks(), rules_of_movement, st.sampled_from(MODES), st.integers(0, 99))
def test_nobody_is_lost_or_made(over: Network, rules: MovementRules, mode: Mode, seed: int):
    """Whatever shuts, fills or turns people back, as many are somewhere as have set out."""
    daily = [seed % 7 * 5] * over.days
    present = [3 if each.is_camp else 0 for each in over.sites]
    try:
        at = moved(over, rules, mode=mode, daily=daily, present=present, seed=seed)
    except MovementError as error:
        assert "for ever" in str(error)
        return
    assert np.array_equal(everybody(at), sum(present) + np.cumsum(daily))
    assert np.array_equal(at.so_far, everybody(at))
    assert at.people.min() >= 0


@settings(max_examples=25)
@given(networks(), rules_of_movement, st.sampled_from([Mode.COMPAT, Mode.FIXED]))
def test_the_plain_twin_has_the_same_bits(over: Network, rules: MovementRules, mode: Mode):
    """Waiting times, sums that are kept and idle days at once are no short cuts in the outcome."""
    planned = running.plan(over, rules, mode, arriving(over, np.full(over.days, 6)))
    at, born = in_order(
        origins(over, rules, planned.arrivals, planned.schedule.fought, stream(0, "origins")),
        planned.arrivals.present,
        stream(0, "order"),
    )
    people = np.zeros((over.days, len(over.sites)), np.int32)
    under_way = np.zeros(over.days, np.int64)
    given_to_both = (planned.routes.lanes, planned.routes.ways, planned.schedule.changes)
    state = running.ground(planned, np.array([77], np.uint64))
    made = walk(
        *given_to_both, planned.limits, state, running.persons(at.copy()), born, people, under_way
    )
    if made < 0:
        with pytest.raises(RecursionError):
            walk_plainly(*given_to_both, planned.limits, 77, at, born, len(over.sites))
        return
    plain = walk_plainly(*given_to_both, planned.limits, 77, at, born, len(over.sites))
    assert np.array_equal(people, plain[0])
    assert np.array_equal(under_way, plain[1])


@pytest.mark.parametrize("mode", MODES)
def test_the_same_seed_gives_the_same_people_and_another_others(mode: Mode):
    """Each member has random numbers of its own."""
    planned = running.plan(gondal(), CALM, mode, arriving(gondal(), np.full(20, 50)))
    first = running.move(planned, seed=3, member=1)
    assert np.array_equal(first.people, running.move(planned, seed=3, member=1).people)
    assert not np.array_equal(first.people, running.move(planned, seed=4, member=1).people)
    assert not np.array_equal(first.people, running.move(planned, seed=3, member=2).people)


@pytest.mark.parametrize("mode", MODES)
def test_a_day_brings_people_as_far_as_they_travel(mode: Mode):
    """Two roads of 200 km a day are made, the third of 360 is not; 400 km take two days."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0), site("elbe", "forwarding_hub")]
    sites += [site("regina", "camp")]
    over = network(sites, [(0, 1, 200.0), (1, 2, 400.0)], days=4)
    rules = replace(CALM, camp_movechance=0.0)
    at = moved(over, rules, mode=mode, daily=[0, 5, 0, 0], present=[0, 0, 0])
    # From the hub people go on to the camp or back, so that only sums over ways are certain.
    assert at.under_way[0] == 0
    assert everybody(at).tolist() == [0, 5, 5, 5]
    direct = network([sites[0], sites[2]], [(0, 1, 400.0)], days=4)
    at = moved(direct, rules, mode=mode, daily=[0, 5, 0, 0])
    assert at.under_way.tolist() == [0, 5, 0, 0]
    assert at.people[:, 1].tolist() == [0, 0, 5, 5]


@pytest.mark.parametrize("mode", MODES)
def test_people_choose_by_weight(mode: Mode):
    """Camps at 90 and 190 km draw as 100 to 200, softened by 10 km."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0), site("r", "camp")]
    over = network([*sites, site("z", "camp")], [(0, 1, 90.0), (0, 2, 190.0)], days=1)
    at = moved(over, replace(CALM, camp_movechance=0.0), mode=mode, daily=[9_000])
    near = int(at.people[0, 1])
    assert abs(near - 6_000) < 4 * np.sqrt(9_000 * 2 / 9)
    assert near + at.people[0, 2] == 9_000


@pytest.mark.parametrize("mode", MODES)
def test_full_camps_draw_nobody(mode: Mode):
    """A camp with no place left takes nobody in; people go where there is room."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0)]
    sites += [site("r", "camp", 50), site("z", "camp")]
    over = network(sites, [(0, 1, 10.0), (0, 2, 200.0)], days=3)
    rules = replace(CALM, camp_movechance=0.0)
    at = moved(over, rules, mode=mode, daily=[0, 30, 30], present=[0, 50, 0])
    assert at.people[-1].tolist() == [0, 50, 60]


@pytest.mark.parametrize("mode", MODES)
def test_nowhere_to_go_keeps_people_where_they_are(mode: Mode):
    """A disconnected camp, no open road and no road at all are no reason to fail."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0), site("r", "camp")]
    assert moved(network(sites, [], days=3), mode=mode).people[-1].tolist() == [60, 0]
    closed = network(sites, [(0, 1, 10.0)], days=3, closures=[("location", "r", "", 0, None)])
    assert moved(closed, mode=mode).people[-1].tolist() == [60, 0]


@pytest.mark.parametrize("mode", MODES)
def test_all_weights_zero_is_an_even_choice(mode: Mode):
    """Flee lets people choose evenly among full camps, and then does not let them in."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0), site("r", "camp", 5)]
    over = network(sites, [(0, 1, 10.0)], days=3)
    at = moved(over, replace(CALM, camp_movechance=0.0), mode=mode, present=[0, 5])
    assert at.people[-1].tolist() == [60, 5]


@pytest.mark.parametrize("mode", MODES)
def test_going_round_for_ever_is_an_error(mode: Mode):
    """Between two places of fighting that are one place nobody comes to rest."""
    sites = [site(name, "conflict_zone", 100, conflict_day=0) for name in ("angora", "elbe")]
    with pytest.raises(MovementError, match="round for ever"):
        moved(network(sites, [(0, 1, 0.0)], days=3), mode=mode)


@pytest.mark.parametrize("mode", MODES)
def test_fifty_thousand_sites_end(mode: Mode):
    """A large network takes memory in proportion to its roads."""
    number = 50_000
    sites = [site("angora", "conflict_zone", 100, conflict_day=0)]
    sites += [site(str(at), "camp" if at % 100 == 0 else "town") for at in range(1, number)]
    roads = [(at // 3, at, 40.0) for at in range(1, number)]
    at = moved(network(sites, roads, days=3), mode=mode, daily=[500, 0, 0])
    assert everybody(at)[-1] == 500


@pytest.mark.parametrize("mode", MODES)
def test_who_is_on_a_road_that_shuts_comes_back(mode: Mode):
    """He is turned back when he would have arrived, even if it is open again by then."""
    sites = [site("angora", "conflict_zone", 100, conflict_day=0), site("r", "camp")]
    over = network(
        sites, [(0, 1, 1_000.0)], days=6, closures=[("location", "r", "", 1, 2)]
    )  # fmt: skip
    at = moved(over, mode=mode, daily=[10, 0, 0, 0, 0, 0])
    assert at.people[:, 1].tolist() == [0, 0, 0, 0, 0, 10]
    assert at.people[2].tolist() == [10, 0]


def test_people_given_wrongly_are_refused():
    """As many numbers as days, and none below 0."""
    with pytest.raises(MovementError, match="20 numbers"):
        arriving(gondal(), np.array([1, 2]))
    with pytest.raises(MovementError, match="none below 0"):
        arriving(gondal(), np.full(20, -1))


@pytest.mark.parametrize(
    ("rules", "what"),
    [
        ({"awareness_level": 0}, "awareness_level is 0"),
        ({"max_move_speed": 0.0}, "max_move_speed is 0.0"),
        ({"softening": float("nan")}, "softening is nan"),
        ({"take_from_population": True, "use_pop_for_loc_weight": True}, "take_from_population"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused_by_name(rules: dict[str, float], what: str):
    """Before anybody moves."""
    with pytest.raises(MovementError, match=what):
        moved(gondal(), replace(CALM, **rules))
