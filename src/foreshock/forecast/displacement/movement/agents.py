"""People one by one: the compiled loop over days and persons.

Most people sit in a camp on most days. Nobody who stays is asked every day: the day on which a
person next tries to leave is drawn when he arrives (the waiting time at a constant chance is
geometric, and without memory, so that it is drawn anew where the chance changes), and how far he
has lately travelled is halved for all idle days at once when it is next needed. Weights of ways are
added up once and kept until a camp fills or empties or the day changes them. None of this changes
the distribution. People act in the order in which they came, and the room in camps is what it is at
that moment, as in Flee.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.compiling import compiled_whole
from foreshock.forecast.displacement.movement.routes import Lanes, Numbers, Ways, Whole
from foreshock.forecast.displacement.movement.schedule import Changes

NEVER = 2**30
"""Day on which somebody leaves who never does."""

SETTLED = 2**30 + 1
"""Day on which somebody leaves who has settled, whatever changes around him."""

MOST_HOPS = 10_000
"""Roads that a person can make in a day; more means that he would go round for ever."""

HALVINGS = 64
"""Idle days after which nothing is left of how far somebody has lately travelled."""

GAMMA = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
THIRTY, TWENTY_SEVEN, THIRTY_ONE, ELEVEN = (np.uint64(n) for n in (30, 27, 31, 11))
UNIT = 2.0**-53


class Limits(NamedTuple):
    """Rules as numbers, for the compiled loops.

    Attributes
    ----------
    speed, walk_speed : float
    on_foot, short_stints : bool
    softening, power : float
        Added to each score; power of the weight.
    buffer : float
        Share of the room from which a camp draws less.
    room : ndarray of float, shape (site,)
        How many a site takes in; below 1 is no limit.
    settling : ndarray of float, shape (site,)
        Probability a day of settling in a camp for good.
    """

    speed: float
    walk_speed: float
    on_foot: bool
    short_stints: bool
    softening: float
    power: float
    buffer: float
    room: Numbers
    settling: Numbers


class Ground(NamedTuple):
    """All that changes while people move, but for the people.

    Attributes
    ----------
    state : ndarray of uint64, shape (1,)
        Of the random numbers.
    people : ndarray of int, shape (site,)
        Who is there now.
    free : ndarray of float, shape (site,)
        1 with room, 0 when full, between the two near it.
    score, chance, wait : ndarray of float, shape (site,)
        Attraction; probability a day of leaving; one over the logarithm of that of staying.
    town, camp, sent : ndarray of bool, shape (site,)
        Whether people are sent from there along a road by decree is the last.
    stale : ndarray of bool, shape (site,)
        Whether the sums of weights must be made anew.
    shut, decree : ndarray of bool, shape (lane,)
    base, reach : ndarray of float, shape (way,)
        Weight but for room, negative if the way is shut; running sum of the weights.
    closing, restless : ndarray of bool, shape (lane,) and (site,)
        Room to work in: what shuts today, and where the chance of leaving changes.
    halved : ndarray of float
        Powers of a half.
    """

    state: NDArray[np.uint64]
    people: Whole
    free: Numbers
    score: Numbers
    chance: Numbers
    wait: Numbers
    town: NDArray[np.bool_]
    camp: NDArray[np.bool_]
    sent: NDArray[np.bool_]
    stale: NDArray[np.bool_]
    shut: NDArray[np.bool_]
    decree: NDArray[np.bool_]
    base: Numbers
    reach: Numbers
    closing: NDArray[np.bool_]
    restless: NDArray[np.bool_]
    halved: Numbers


class Persons(NamedTuple):
    """People, a row each in the order in which they came.

    Attributes
    ----------
    at : ndarray of int
        Site, or on the road the number of sites plus the lane.
    wakes : ndarray of int
        Day on which a person next acts.
    way, leg : ndarray of int
        Way that is being followed, or -1; how many of its lanes are done.
    made : ndarray of float
        Kilometres on the present lane.
    lately, told : ndarray of float, of int
        How far a person has lately travelled, in days' journeys, as of a day.
    new, turned : ndarray of bool
        Still on the first road; the road shut while on it.
    moving : ndarray of int
        Room to work in: who is on the road today.
    """

    at: Whole
    wakes: Whole
    way: Whole
    leg: Whole
    made: Numbers
    lately: Numbers
    told: Whole
    new: NDArray[np.bool_]
    turned: NDArray[np.bool_]
    moving: Whole


@compiled_whole
def uniform(state: NDArray[np.uint64]) -> float:
    """Draw from 0 (included) to 1 (not included).

    SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195): the state counts on by an
    odd constant, and each count is mixed.
    """
    state[0] = state[0] + GAMMA
    z = state[0]
    z = (z ^ (z >> THIRTY)) * FIRST
    z = (z ^ (z >> TWENTY_SEVEN)) * SECOND
    return float((z ^ (z >> THIRTY_ONE)) >> ELEVEN) * UNIT


@compiled_whole
def stay(ground: Ground, site: int) -> int:
    """Draw for how many days somebody stays who can leave from today on; 0 is to go today."""
    chance = ground.chance[site]
    if chance >= 1.0:
        return 0
    if chance <= 0.0:
        return NEVER
    drawn = uniform(ground.state)
    if drawn < chance:
        return 0
    return int(max(1.0, min(math.log(1.0 - drawn) * ground.wait[site], float(NEVER))))


@compiled_whole
def settle_free(ground: Ground, ways: Ways, limits: Limits, site: int) -> None:
    """Work out how free a site is, now that somebody has come or gone."""
    room = limits.room[site]
    if room < 1.0:
        return
    people = ground.people[site]
    if people <= limits.buffer * room:
        free = 1.0
    elif people >= room:
        free = 0.0
    else:
        free = 1.0 - (people - limits.buffer * room) / (room * (1.0 - limits.buffer))
    if free != ground.free[site]:
        ground.free[site] = free
        for at in range(ways.first_feeder[site], ways.first_feeder[site + 1]):
            ground.stale[ways.feeders[at]] = True


@compiled_whole
def weigh(ground: Ground, ways: Ways, limits: Limits, site: int) -> None:
    """Add up the weights of the ways from a site.

    Where people are sent along a road, ways that begin otherwise count only if those are full. If
    nothing has any weight, all open ways are equal.
    """
    first, last = ways.first[site], ways.first[site + 1]
    for narrowed in (True, False):
        if narrowed and not ground.sent[site]:
            continue
        total = 0.0
        for way in range(first, last):
            if ground.base[way] >= 0.0 and (
                not narrowed or ground.decree[ways.legs[ways.first_leg[way]]]
            ):
                free = ground.free[ways.end[way]]
                if limits.power == 1.0 or free == 1.0:
                    total += ground.base[way] * free
                else:
                    total += ground.base[way] * free**limits.power
            ground.reach[way] = total
        if total > 0.0:
            break
    else:
        total = 0.0
        for way in range(first, last):
            if ground.base[way] >= 0.0:
                total += 1.0
            ground.reach[way] = total
    ground.stale[site] = False


@compiled_whole
def choose(ground: Ground, ways: Ways, limits: Limits, site: int) -> int:
    """Draw a way from a site; -1 if there is none."""
    if ground.stale[site]:
        weigh(ground, ways, limits, site)
    first, last = ways.first[site], ways.first[site + 1]
    if first == last or ground.reach[last - 1] <= 0.0:
        return -1
    drawn = uniform(ground.state) * ground.reach[last - 1]
    for way in range(first, last - 1):
        if drawn < ground.reach[way]:
            return way
    widest: int = last - 1
    while widest > first and ground.reach[widest] == ground.reach[widest - 1]:
        widest -= 1
    return widest


@compiled_whole
def leave(
    lanes: Lanes, ways: Ways, limits: Limits, ground: Ground, persons: Persons, who: int
) -> bool:
    """Let somebody at a site set off on his way, or choose one first; False if he stays."""
    site, way = persons.at[who], persons.way[who]
    if way < 0:
        way = choose(ground, ways, limits, site)
        if way < 0:
            return False
        persons.leg[who] = 0
    first = ways.first_leg[way]
    lane = ways.legs[first + persons.leg[who]]
    end = ways.end[way]
    if ground.shut[lane] or (ground.camp[end] and ground.free[end] < 0.5):
        persons.way[who] = -1
        return False
    persons.leg[who] += 1
    last = first + persons.leg[who] == ways.first_leg[way + 1]
    persons.way[who] = -1 if last else way
    ground.people[site] -= 1
    settle_free(ground, ways, limits, site)
    persons.at[who] = len(ground.people) + lane
    persons.made[who] = 0.0
    return True


@compiled_whole
def travel(
    lanes: Lanes,
    ways: Ways,
    limits: Limits,
    ground: Ground,
    persons: Persons,
    who: int,
    day: int,
    lately: float,
) -> int:
    """Let somebody on the road travel for a day; give the roads made, or -1 if there is no end."""
    sites = len(ground.people)
    today = 0.0
    hops = 0
    while hops < MOST_HOPS:
        hops += 1
        lane = persons.at[who] - sites
        speed = lanes.speed[lane]
        if limits.on_foot and persons.new[who]:
            speed = limits.walk_speed
        if lanes.walking[lane] > 0.0 and uniform(ground.state) < lanes.walking[lane]:
            speed = limits.walk_speed
        persons.made[who] += speed
        today += speed
        if persons.made[who] <= lanes.km[lane]:
            persons.wakes[who] = day + 1
            break
        persons.new[who] = False
        today += lanes.km[lane] - persons.made[who]
        back = persons.turned[who]
        site = lanes.start[lane] if back else lanes.end[lane]
        persons.turned[who] = False
        persons.at[who] = site
        ground.people[site] += 1
        settle_free(ground, ways, limits, site)
        onward = persons.way[who] >= 0
        if back or today >= speed:
            persons.wakes[who] = day + 1 + (0 if onward else stay(ground, site))
            break
        hurried = (
            limits.short_stints
            and ground.town[site]
            and (lately + today / limits.speed) / 2.0 < 0.5
        )
        staying = 0 if hurried or onward else stay(ground, site)
        if staying > 0:
            persons.wakes[who] = day + staying
            break
        if not leave(lanes, ways, limits, ground, persons, who):
            persons.wakes[who] = day + 1 + stay(ground, site)
            break
    else:
        return -1
    persons.lately[who] = (lately + today / limits.speed) / 2.0
    persons.told[who] = day + 1
    return hops


@compiled_whole
def change(
    changes: Changes, ways: Ways, limits: Limits, ground: Ground, persons: Persons, day: int, n: int
) -> None:
    """Bring about what a day brings."""
    sites = len(ground.people)
    first, last = changes.first_lane[day], changes.first_lane[day + 1]
    any_closes = False
    for at in range(first, last):
        ground.shut[changes.lane[at]] = changes.shut[at]
        any_closes = any_closes or changes.shut[at]
    if any_closes:
        closing = ground.closing
        closing[:] = False
        for at in range(first, last):
            if changes.shut[at]:
                closing[changes.lane[at]] = True
        for who in range(n):
            if persons.at[who] >= sites and closing[persons.at[who] - sites]:
                persons.turned[who] = True
    anew = last > first
    for at in range(changes.first_decree[day], changes.first_decree[day + 1]):
        ground.decree[changes.decree[at]] = changes.sent[at]
        anew = True
    restless = ground.restless
    restless[:] = False
    any_restless = False
    for at in range(changes.first_site[day], changes.first_site[day + 1]):
        site = changes.site[at]
        if changes.chance[at] != ground.chance[site]:
            restless[site] = any_restless = True
            ground.chance[site] = changes.chance[at]
            if 0.0 < changes.chance[at] < 1.0:
                ground.wait[site] = 1.0 / math.log(1.0 - changes.chance[at])
        ground.score[site] = changes.score[at]
        ground.town[site] = changes.town[at]
        ground.camp[site] = changes.camp[at]
        anew = True
    if any_restless:
        for who in range(n):
            at_site = persons.at[who]
            waits = at_site < sites and persons.way[who] < 0 and persons.wakes[who] != SETTLED
            if waits and restless[at_site]:
                persons.wakes[who] = day + stay(ground, at_site)
    if anew:
        reweigh(ways, limits, ground)


@compiled_whole
def reweigh(ways: Ways, limits: Limits, ground: Ground) -> None:
    """Work out the weight of every way, but for the room at its end."""
    for site in range(len(ground.people)):
        ground.stale[site] = True
        ground.sent[site] = False
        for way in range(ways.first[site], ways.first[site + 1]):
            score = limits.softening + ground.score[ways.end[way]]
            ground.base[way] = (score * ways.nearness[way]) ** limits.power
            for leg in range(ways.first_leg[way], ways.first_leg[way + 1]):
                if ground.shut[ways.legs[leg]]:
                    ground.base[way] = -1.0
            if ground.base[way] >= 0.0 and ground.decree[ways.legs[ways.first_leg[way]]]:
                ground.sent[site] = True


@compiled_whole
def walk(
    lanes: Lanes,
    ways: Ways,
    changes: Changes,
    limits: Limits,
    ground: Ground,
    persons: Persons,
    born: NDArray[np.int64],
    counts: NDArray[np.int32],
    under_way: NDArray[np.int64],
) -> int:
    """Move people from the first day to the last; write how many are where each evening.

    Parameters
    ----------
    lanes, ways, changes, limits, ground, persons
        As their classes say; `ground` and `persons` are changed.
    born : ndarray of int, shape (day + 1,)
        People before each day's, and in the end.
    counts : ndarray of int, shape (day, site)
        Filled in.
    under_way : ndarray of int, shape (day,)
        Filled in: people on the road.

    Returns
    -------
    int
        Roads made; below 0 if on day ``-1 - this`` somebody would go round for ever.
    """
    days, sites = counts.shape
    halved, moving = ground.halved, persons.moving
    made = 0
    for who in range(born[0]):
        ground.people[persons.at[who]] += 1
    for site in range(sites):
        settle_free(ground, ways, limits, site)
    for day in range(days):
        for who in range(born[day], born[day + 1]):
            ground.people[persons.at[who]] += 1
            settle_free(ground, ways, limits, persons.at[who])
        change(changes, ways, limits, ground, persons, day, born[day])
        for who in range(born[day], born[day + 1]):
            persons.wakes[who] = day + stay(ground, persons.at[who])
        n = 0
        for who in range(born[day + 1]):
            if persons.wakes[who] > day:
                continue
            site = persons.at[who]
            if site < sites and not leave(lanes, ways, limits, ground, persons, who):
                persons.wakes[who] = day + 1 + stay(ground, site)
                continue
            moving[n] = who
            n += 1
        for at in range(n):
            who = moving[at]
            idle = day - persons.told[who]
            lately = persons.lately[who] * halved[idle] if idle < HALVINGS else 0.0
            hops = travel(lanes, ways, limits, ground, persons, who, day, lately)
            if hops < 0:
                return -1 - day
            made += hops
        settle(limits, ground, persons, born[day + 1])
        for site in range(sites):
            counts[day, site] = ground.people[site]
        for at in range(n):
            if persons.at[moving[at]] >= sites:
                under_way[day] += 1
    return made


@compiled_whole
def settle(limits: Limits, ground: Ground, persons: Persons, n: int) -> None:
    """Let people in camps settle for good, where camps have a probability of that."""
    sites = len(ground.people)
    any_settles = False
    for site in range(sites):
        if ground.camp[site] and limits.settling[site] > 0.0:
            any_settles = True
    if not any_settles:
        return
    for who in range(n):
        site = persons.at[who]
        if site >= sites or not ground.camp[site] or persons.wakes[who] == SETTLED:
            continue
        if limits.settling[site] > 0.0 and uniform(ground.state) < limits.settling[site]:
            persons.wakes[who] = SETTLED
