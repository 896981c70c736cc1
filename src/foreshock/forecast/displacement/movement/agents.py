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
from foreshock.forecast.displacement.movement.draws import uniform
from foreshock.forecast.displacement.movement.ground import (
    Ground,
    Limits,
    change,
    settle_free,
    weigh,
)
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
    gone = ground.shut[lane] or lanes.start[lane] != site
    if gone or (ground.camp[end] and ground.free[end] < 0.5):
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
        if back and not limits.keeps_way:
            persons.way[who] = -1
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
def turn(changes: Changes, ground: Ground, persons: Persons, day: int, n: int) -> None:
    """Turn back who is on a road that shuts, and draw anew how long people stay at another rate."""
    sites = len(ground.people)
    if changes.first_lane[day + 1] > changes.first_lane[day]:
        for who in range(n):
            if persons.at[who] >= sites and ground.closing[persons.at[who] - sites]:
                persons.turned[who] = True
    if changes.first_site[day + 1] > changes.first_site[day]:
        for who in range(n):
            site = persons.at[who]
            waits = site < sites and persons.way[who] < 0 and persons.wakes[who] != SETTLED
            if waits and ground.restless[site]:
                persons.wakes[who] = day + stay(ground, site)


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
        change(changes, ways, limits, ground, day)
        turn(changes, ground, persons, day, born[day])
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
