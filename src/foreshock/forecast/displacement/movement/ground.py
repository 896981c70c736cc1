"""What people move on, as the compiled loops see it: room, weights, and what a day changes."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.compiling import compiled_whole
from foreshock.forecast.displacement.movement.draws import State
from foreshock.forecast.displacement.movement.routes import Numbers, Ways, Whole
from foreshock.forecast.displacement.movement.schedule import Changes


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
    keeps_way : bool
        Who is turned back tries once more to go on from where he did not come to.
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
    keeps_way: bool


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

    state: State
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
def change(changes: Changes, ways: Ways, limits: Limits, ground: Ground, day: int) -> None:
    """Bring about what a day brings, and mark lanes that shut and sites left at another rate."""
    ground.closing[:] = False
    ground.restless[:] = False
    anew = False
    for at in range(changes.first_lane[day], changes.first_lane[day + 1]):
        ground.shut[changes.lane[at]] = changes.shut[at]
        ground.closing[changes.lane[at]] |= changes.shut[at]
        anew = True
    for at in range(changes.first_decree[day], changes.first_decree[day + 1]):
        ground.decree[changes.decree[at]] = changes.sent[at]
        anew = True
    for at in range(changes.first_site[day], changes.first_site[day + 1]):
        site = changes.site[at]
        if changes.chance[at] != ground.chance[site]:
            ground.restless[site] = True
            ground.chance[site] = changes.chance[at]
            if 0.0 < changes.chance[at] < 1.0:
                ground.wait[site] = 1.0 / math.log(1.0 - changes.chance[at])
        ground.score[site] = changes.score[at]
        ground.town[site] = changes.town[at]
        ground.camp[site] = changes.camp[at]
        anew = True
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
