"""The compiled loop over people, told plainly: slower, shorter, and the same to the last bit.

Every sum is made anew when it is needed and every person is looked at every day. What is compiled
in `agents` takes short cuts; that they are none in what comes out is tested against this.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.displacement.movement.agents import MOST_HOPS, NEVER, SETTLED
from foreshock.forecast.displacement.movement.ground import Limits
from foreshock.forecast.displacement.movement.routes import Lanes, Ways
from foreshock.forecast.displacement.movement.schedule import Changes

WORD = 2**64 - 1


@dataclass(slots=True)
class Traveller:
    """A person: at a site, or on the road (`lane` is not None)."""

    site: int
    lane: int | None = None
    legs: list[int] = field(default_factory=list)
    goal: int = -1
    made: float = 0.0
    lately: float = 0.0
    told: int = 0
    new: bool = True
    turned: bool = False
    wakes: int = NEVER


class Walk:
    """People over a network, day by day."""

    def __init__(
        self, lanes: Lanes, ways: Ways, changes: Changes, limits: Limits, state: int, sites: int
    ) -> None:
        self.lanes, self.ways, self.changes, self.limits = lanes, ways, changes, limits
        self.state = state
        self.people = [0] * sites
        self.score, self.chance = [1.0] * sites, [0.0] * sites
        self.town, self.camp = [False] * sites, [False] * sites
        self.shut, self.decree = [False] * len(lanes.km), [False] * len(lanes.km)
        self.travellers: list[Traveller] = []

    def uniform(self) -> float:
        """Draw from 0 (included) to 1 (not included)."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & WORD
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & WORD
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53

    def stay(self, site: int) -> int:
        """Draw for how many days somebody stays; 0 is to go today."""
        chance = self.chance[site]
        if chance >= 1:
            return 0
        if chance <= 0:
            return NEVER
        drawn = self.uniform()
        if drawn < chance:
            return 0
        return int(max(1.0, min(math.log(1 - drawn) * (1 / math.log(1 - chance)), float(NEVER))))

    def free(self, site: int) -> float:
        """Give how free a site is, from 1 to 0."""
        people, room, buffer = self.people[site], float(self.limits.room[site]), self.limits.buffer
        if room < 1 or people <= buffer * room:
            return 1.0
        if people >= room:
            return 0.0
        return 1 - (people - buffer * room) / (room * (1 - buffer))

    def weights(self, site: int, *, decreed: bool) -> list[float]:
        """Give the weight of each way from a site; 0 if it is shut, or not decreed where asked."""
        found = []
        for way in range(self.ways.first[site], self.ways.first[site + 1]):
            legs = self.legs(way)
            if any(self.shut[leg] for leg in legs) or (decreed and not self.decree[legs[0]]):
                found.append(0.0)
                continue
            end = int(self.ways.end[way])
            score = self.limits.softening + self.score[end]
            base = (score * float(self.ways.nearness[way])) ** self.limits.power
            found.append(base * self.free(end) ** self.limits.power)
        return found

    def legs(self, way: int) -> list[int]:
        """Give the lanes of a way."""
        first, last = self.ways.first_leg[way], self.ways.first_leg[way + 1]
        return [int(lane) for lane in self.ways.legs[first:last]]

    def choose(self, site: int) -> int | None:
        """Draw a way from a site."""
        first, last = int(self.ways.first[site]), int(self.ways.first[site + 1])
        weights = self.weights(site, decreed=True)
        if not sum(weights) > 0:
            weights = self.weights(site, decreed=False)
        if not sum(weights) > 0:
            weights = [
                0.0 if any(self.shut[leg] for leg in self.legs(way)) else 1.0
                for way in range(first, last)
            ]
        reach, total = [], 0.0
        for weight in weights:
            total += weight
            reach.append(total)
        if not total > 0:
            return None
        drawn = self.uniform() * total
        return first + next(at for at, below in enumerate(reach) if drawn < below or below == total)

    def leave(self, who: Traveller) -> bool:
        """Let somebody at a site set off; False if he stays."""
        if not who.legs:
            way = self.choose(who.site)
            if way is None:
                return False
            who.legs, who.goal = self.legs(way), int(self.ways.end[way])
        lane = who.legs[0]
        gone = self.shut[lane] or self.lanes.start[lane] != who.site
        if gone or (self.camp[who.goal] and self.free(who.goal) < 0.5):
            who.legs = []
            return False
        who.legs = who.legs[1:]
        self.people[who.site] -= 1
        who.lane, who.made = lane, 0.0
        return True

    def travel(self, who: Traveller, day: int) -> bool:
        """Let somebody on the road travel for a day; False if there is no end to it."""
        limits, lanes = self.limits, self.lanes
        lately = who.lately * 0.5 ** (day - who.told)
        today = 0.0
        for _ in range(MOST_HOPS):
            lane = who.lane
            if lane is None:
                break
            speed = float(lanes.speed[lane])
            if limits.on_foot and who.new:
                speed = limits.walk_speed
            if lanes.walking[lane] > 0 and self.uniform() < lanes.walking[lane]:
                speed = limits.walk_speed
            who.made += speed
            today += speed
            if who.made <= lanes.km[lane]:
                who.wakes = day + 1
                break
            today += float(lanes.km[lane]) - who.made
            back = who.turned
            who.site = int(lanes.start[lane] if back else lanes.end[lane])
            who.lane, who.new, who.turned = None, False, False
            self.people[who.site] += 1
            if back and not limits.keeps_way:
                who.legs = []
            if back or today >= speed:
                who.wakes = day + 1 + (0 if who.legs else self.stay(who.site))
                break
            short = (lately + today / limits.speed) / 2 < 0.5
            hurried = limits.short_stints and self.town[who.site] and short
            staying = 0 if hurried or who.legs else self.stay(who.site)
            if staying:
                who.wakes = day + staying
            elif not self.leave(who):
                who.wakes = day + 1 + self.stay(who.site)
        else:
            return False
        who.lately, who.told = (lately + today / limits.speed) / 2, day + 1
        return True

    def change(self, day: int) -> None:
        """Bring about what a day brings."""
        changes = self.changes
        for at in range(changes.first_lane[day], changes.first_lane[day + 1]):
            lane = int(changes.lane[at])
            self.shut[lane] = bool(changes.shut[at])
            for who in self.travellers:
                who.turned = who.turned or (self.shut[lane] and who.lane == lane)
        for at in range(changes.first_decree[day], changes.first_decree[day + 1]):
            self.decree[int(changes.decree[at])] = bool(changes.sent[at])
        restless = set()
        for at in range(changes.first_site[day], changes.first_site[day + 1]):
            site = int(changes.site[at])
            if changes.chance[at] != self.chance[site]:
                restless.add(site)
            self.chance[site], self.score[site] = (
                float(changes.chance[at]),
                float(changes.score[at]),
            )
            self.town[site], self.camp[site] = bool(changes.town[at]), bool(changes.camp[at])
        for who in self.travellers:
            waits = who.lane is None and not who.legs and who.wakes != SETTLED
            if waits and who.site in restless:
                who.wakes = day + self.stay(who.site)

    def day(self, day: int, newcomers: list[int]) -> bool:
        """Live through a day; False if there is no end to it."""
        for site in newcomers:
            self.people[site] += 1
        self.change(day)
        for site in newcomers:
            self.travellers.append(Traveller(site, wakes=day + self.stay(site)))
        for who in self.travellers:
            if who.lane is None and who.wakes <= day and not self.leave(who):
                who.wakes = day + 1 + self.stay(who.site)
        if not all(self.travel(who, day) for who in self.travellers if who.lane is not None):
            return False
        for who in self.travellers:
            if who.lane is None and self.camp[who.site] and who.wakes != SETTLED:
                settles = float(self.limits.settling[who.site])
                if settles > 0 and self.uniform() < settles:
                    who.wakes = SETTLED
        return True


def walk_plainly(
    lanes: Lanes,
    ways: Ways,
    changes: Changes,
    limits: Limits,
    state: int,
    at: NDArray[np.int32],
    born: NDArray[np.int64],
    sites: int,
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Do what `foreshock.forecast.displacement.movement.agents.walk` does.

    Returns
    -------
    people : ndarray of int, shape (day, site)
    under_way : ndarray of int, shape (day,)
    """
    walk = Walk(lanes, ways, changes, limits, state, sites)
    for site in at[: born[0]].tolist():
        walk.people[site] += 1
        walk.travellers.append(Traveller(site))
    people, under_way = (
        np.zeros((len(born) - 1, sites), np.int32),
        np.zeros(len(born) - 1, np.int64),
    )
    for day in range(len(born) - 1):
        if not walk.day(day, at[born[day] : born[day + 1]].tolist()):
            raise RecursionError(f"day {day} has no end")
        people[day] = walk.people
        under_way[day] = sum(who.lane is not None for who in walk.travellers)
    return people, under_way
