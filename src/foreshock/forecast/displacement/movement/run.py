"""Moving people over a network from its first day to its last."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import MovementError
from foreshock.core.network import Counted, Network, Site
from foreshock.core.random import stream
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.agents import HALVINGS, NEVER, Persons, walk
from foreshock.forecast.displacement.movement.cohorts import flow
from foreshock.forecast.displacement.movement.crowd import World, crowds, grid
from foreshock.forecast.displacement.movement.ground import Ground, Limits
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.pushing import (
    Arrivals,
    by_day,
    counted,
    in_order,
    origins,
    room,
)
from foreshock.forecast.displacement.movement.routes import Routes, routes
from foreshock.forecast.displacement.movement.schedule import Schedule, schedule
from foreshock.forecast.displacement.movement.stages import stages


class Plan(NamedTuple):
    """Everything that members of an ensemble have in common.

    Attributes
    ----------
    network : Network
    rules : MovementRules
    mode : Mode
    arrivals : Arrivals
    routes : Routes
    schedule : Schedule
    limits : Limits
    """

    network: Network
    rules: MovementRules
    mode: Mode
    arrivals: Arrivals
    routes: Routes
    schedule: Schedule
    limits: Limits


class Moved(NamedTuple):
    """Where people were.

    Attributes
    ----------
    people : ndarray of int, shape (day, site)
        Persons at each site in the evening.
    under_way : ndarray of int, shape (day,)
        Persons on a road in the evening.
    so_far : ndarray of int, shape (day,)
        Persons who had been there from the start or had set out.
    """

    people: NDArray[np.int32]
    under_way: NDArray[np.int64]
    so_far: NDArray[np.int64]

    @property
    def steps(self) -> int:
        """Persons that there were, summed over days: the field's measure of work."""
        return int(self.so_far.sum())


def plan(network: Network, rules: MovementRules, mode: Mode, arrivals: Arrivals | Counted) -> Plan:
    """Work out everything that does not hang on chance.

    Parameters
    ----------
    network : Network
    rules : MovementRules
    mode : Mode
    arrivals : Arrivals or Counted
        Who sets out; of counts as Flee reads it off them, which is known only afterwards.

    Raises
    ------
    MovementError
        If the rules cannot be followed on the network.
    """
    _check(network, rules)
    found = arrivals if isinstance(arrivals, Counted) else None
    places = room(network, rules, found)
    inhabitants = np.where(
        places >= 0, places, [site.population // rules.hasten for site in network.sites]
    )
    known = routes(network, rules, mode)
    return Plan(
        network,
        rules,
        mode,
        counted(network, rules, arrivals) if isinstance(arrivals, Counted) else arrivals,
        known,
        schedule(network, rules, known, inhabitants.tolist(), mode),
        Limits(
            speed=rules.max_move_speed,
            walk_speed=rules.max_walk_speed,
            on_foot=rules.start_on_foot,
            short_stints=rules.avoid_short_stints,
            softening=rules.weight_softening,
            power=rules.weight_power,
            buffer=rules.capacity_buffer,
            room=places.astype(np.float64) * rules.capacity_scaling,
            settling=_settling(network, rules, mode),
            keeps_way=mode.as_published,
        ),
    )


def _check(network: Network, rules: MovementRules) -> None:
    at_least_0 = (
        "max_walk_speed", "softening", "weight_softening", "foreign_weight", "camp_weight",
        "conflict_weight", "default_movechance", "conflict_movechance", "camp_movechance",
        "idpcamp_movechance", "capacity_buffer", "capacity_scaling", "displaced_per_conflict_day",
    )  # fmt: skip
    lowest = dict.fromkeys(at_least_0, 0.0) | {"awareness_level": 1, "hasten": 1}
    lowest |= {"conflict_spawn_decay_interval": 1}
    for name, least in lowest.items():
        if not getattr(rules, name) >= least:
            raise MovementError(
                f"{name} is {getattr(rules, name)}",
                where=network.name,
                expected=f"{least:g} or more",
            )
    if not rules.max_move_speed > 0:
        raise MovementError(
            f"max_move_speed is {rules.max_move_speed}", network.name, expected="more than 0"
        )
    by_population = rules.use_pop_for_loc_weight or rules.movechance_pop_scale_factor != 0
    if rules.take_from_population and by_population:
        raise MovementError(
            "take_from_population changes populations from day to day, and other settings weigh by "
            "them",
            where=network.name,
            mend="leave out take_from_population, or use_pop_for_loc_weight and "
            "movechance_pop_scale_factor",
        )


def _settling(network: Network, rules: MovementRules, mode: Mode) -> NDArray[np.float64]:
    # Flee reads the switch under a name that nobody writes, so that there it is never on.
    if mode.as_published or not rules.camps_are_sinks:
        return np.zeros(len(network.sites))
    return np.array([_probability(site, "deactivation_probability") for site in network.sites])


def _probability(site: Site, attribute: str) -> float:
    text = site.attributes.get(attribute, "").strip() or "0"
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise MovementError(
            f"{attribute} of {site.name!r} is {text!r}", expected="a number from 0 to 1"
        )
    return number


def move(planned: Plan, *, seed: int = 0, member: int = 0) -> Moved:
    """Move people from the first day to the last.

    Parameters
    ----------
    planned : Plan
    seed, member : int
        The same give the same people, wherever and in whatever order members are run.

    Raises
    ------
    MovementError
        If nobody can set out who should, or somebody would go round for ever in a day.

    Examples
    --------
    A hundred people flee a place; two camps are 50 and 150 km away, so that weights are as 160 to
    60, and a chance of 0.001 a day lets hardly anybody leave them.

    >>> from datetime import date
    >>> from foreshock.core.network import Road, SiteKind
    >>> from foreshock.forecast.displacement.movement.pushing import given
    >>> gondal = Network(
    ...     name="gondal", start=date(2000, 1, 1), days=2, closures=(),
    ...     conflict=np.array([[1.0, 0.0, 0.0]] * 2),
    ...     sites=(
    ...         Site(name="angora", kind=SiteKind.CONFLICT, population=500, conflict_day=0),
    ...         Site(name="regina", kind=SiteKind.CAMP),
    ...         Site(name="zedora", kind=SiteKind.CAMP),
    ...     ),
    ...     roads=(Road(first=0, second=1, km=50.0), Road(first=0, second=2, km=150.0)),
    ... )
    >>> fleeing = plan(gondal, MovementRules(), Mode.FIXED, given(gondal, np.array([100, 0])))
    >>> move(fleeing, seed=7).people.tolist()
    [[0, 73, 27], [0, 73, 27]]
    """
    names = ("displacement", "movement", planned.mode.value, member)
    drawn = origins(
        planned.network,
        planned.rules,
        planned.arrivals,
        planned.schedule.fought,
        stream(seed, *names, "origins"),
    )
    state = stream(seed, *names, "ways").integers(2**64, size=1, dtype=np.uint64)
    days, sites = planned.network.days, len(planned.network.sites)
    people, under_way = np.zeros((days, sites), np.int32), np.zeros(days, np.int64)
    if planned.mode is Mode.COHORT:
        rows = by_day(drawn)
        born = planned.arrivals.present.sum() + np.append(0, np.cumsum(rows.number))[rows.first]
        world = _world(planned, ground(planned, state))
        made = flow(
            world, planned.schedule.changes, planned.arrivals.present, *rows, people, under_way
        )
    else:
        at, born = in_order(drawn, planned.arrivals.present, stream(seed, *names, "order"))
        made = walk(
            planned.routes.lanes,
            planned.routes.ways,
            planned.schedule.changes,
            planned.limits,
            ground(planned, state),
            persons(at),
            born,
            people,
            under_way,
        )
    if made < 0:
        raise MovementError(
            f"on day {-1 - made} somebody would go round for ever",
            where=planned.network.name,
            expected="roads of some length, so that a day comes to an end",
            mend="give roads of no length their length, or set move_rules.max_move_speed lower",
        )
    return Moved(people, under_way, born[1:])


def _world(planned: Plan, before: Ground) -> World:
    lanes, ways = planned.routes.lanes, planned.routes.ways
    known, numbered = stages(lanes, ways, planned.rules), grid(planned.routes, planned.rules)
    nobody = crowds(numbered, known, planned.routes, planned.rules)
    return World(lanes, ways, planned.limits, known, numbered, before, nobody)


def ground(planned: Plan, state: NDArray[np.uint64]) -> Ground:
    """Give the ground before the first day, empty."""
    sites, lanes = len(planned.network.sites), len(planned.routes.lanes.km)
    ways = len(planned.routes.ways.end)
    return Ground(
        state=state,
        people=np.zeros(sites, np.int32),
        free=np.ones(sites),
        score=np.ones(sites),
        chance=np.zeros(sites),
        wait=np.zeros(sites),
        town=np.zeros(sites, np.bool_),
        camp=np.zeros(sites, np.bool_),
        sent=np.zeros(sites, np.bool_),
        stale=np.ones(sites, np.bool_),
        shut=np.zeros(lanes, np.bool_),
        decree=np.zeros(lanes, np.bool_),
        base=np.zeros(ways),
        reach=np.zeros(ways),
        closing=np.zeros(lanes, np.bool_),
        restless=np.zeros(sites, np.bool_),
        halved=np.ldexp(1.0, -np.arange(HALVINGS)).astype(np.float64),
    )


def persons(at: NDArray[np.int32]) -> Persons:
    """Give people where they start."""
    number = len(at)
    return Persons(
        at=at,
        wakes=np.full(number, NEVER, np.int32),
        way=np.full(number, -1, np.int32),
        leg=np.zeros(number, np.int32),
        made=np.zeros(number),
        lately=np.zeros(number),
        told=np.zeros(number, np.int32),
        new=np.ones(number, np.bool_),
        turned=np.zeros(number, np.bool_),
        moving=np.zeros(number, np.int32),
    )
