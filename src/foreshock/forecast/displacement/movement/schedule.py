"""What each day brings: fighting that comes, ages and goes, sites and roads that shut and open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import MovementError
from foreshock.core.network import Closure, ClosureKind, Network, Site, SiteKind
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.routes import Routes, Whole

LEAST_FIGHTING = 0.000001
"""Intensity from which there is fighting."""

SURELY_CAMP = 0.005
"""Chance of leaving below which Flee takes any site for a camp."""


class Changes(NamedTuple):
    """Everything that changes, by day: what is not named stays as it was.

    Attributes
    ----------
    first_site : ndarray of int, shape (day + 1,)
        Where the sites that change on a day begin; on day 0 all sites are given.
    site : ndarray of int
    score : ndarray of float
        Attraction of the site, before distance and room.
    chance : ndarray of float
        Probability a day of leaving it.
    town, camp : ndarray of bool
    first_lane : ndarray of int, shape (day + 1,)
        Where the lanes that shut or open on a day begin.
    lane : ndarray of int
    shut : ndarray of bool
    first_decree : ndarray of int, shape (day + 1,)
        Where the lanes along which people are sent, or no longer, begin.
    decree : ndarray of int
    sent : ndarray of bool
    """

    first_site: Whole
    site: Whole
    score: NDArray[np.float64]
    chance: NDArray[np.float64]
    town: NDArray[np.bool_]
    camp: NDArray[np.bool_]
    first_lane: Whole
    lane: Whole
    shut: NDArray[np.bool_]
    first_decree: Whole
    decree: Whole
    sent: NDArray[np.bool_]


class Fought(NamedTuple):
    """Where there is fighting when people set out, from a day on until the next such entry.

    Attributes
    ----------
    day : int
    site : ndarray of int
    intensity : ndarray of float
    decay : ndarray of float
        Factor for the time since fighting came there.
    """

    day: int
    site: NDArray[np.intp]
    intensity: NDArray[np.float64]
    decay: NDArray[np.float64]


class Schedule(NamedTuple):
    """Changes for those who move, and the fighting that sets people moving."""

    changes: Changes
    fought: tuple[Fought, ...]


@dataclass(slots=True)
class _State:
    """A site as it is now."""

    site: Site
    abroad: bool
    camp: bool
    town: bool
    marker: bool
    chance: float
    fighting: float = 0.0
    since: int = -1

    def told(self, rules: MovementRules, people: int, day: int) -> tuple[float, float, bool, bool]:
        """Give score, chance of leaving, and whether it is a town and a camp."""
        score = 1.0
        if self.abroad:
            score *= rules.foreign_weight
        if self.camp:
            score *= rules.camp_weight
        if self.fighting > 0:
            score *= rules.conflict_weight ** (rules.decay(day - self.since) * self.fighting)
        if rules.use_pop_for_loc_weight and not self.camp:
            score *= max(1.0, people) ** rules.pop_power_for_loc_weight
        scaled = (max(people, 0) / rules.movechance_pop_base) ** rules.movechance_pop_scale_factor
        return score, self.chance * scaled, self.town, self.camp


@dataclass(slots=True)
class _Ground:
    """All sites and lanes as they are now, and what has changed today."""

    network: Network
    rules: MovementRules
    routes: Routes
    people: Sequence[int]
    mode: Mode
    sites: list[_State] = field(default_factory=list)
    shut: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    moved: list[tuple[int, bool]] = field(default_factory=list)
    decrees: list[tuple[int, bool]] = field(default_factory=list)
    ageing: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    out: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    position: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Set everything as it is before day 0."""
        home = _country(self.network.home)
        for at, site in enumerate(self.network.sites):
            self.position.setdefault(site.name, at)
            self.sites.append(self._begun(site, _country(site.country) != home))
        for lane, start in enumerate(self.routes.lanes.start.tolist()):
            self.out[start].append(lane)
        self.touched.update(range(len(self.sites)))
        if not self.mode.as_published:
            for lane, road in enumerate(self.routes.road):
                if self.network.roads[road].redirection == (1, 2)[lane % 2]:
                    self.decrees.append((lane, True))

    def _begun(self, site: Site, abroad: bool) -> _State:
        rules = self.rules
        camp = site.is_camp
        fought = site.kind is SiteKind.CONFLICT and not site.conflict_day
        town = site.kind is SiteKind.TOWN or (site.kind is SiteKind.CONFLICT and not fought)
        chances = {
            SiteKind.CAMP: rules.camp_movechance,
            SiteKind.IDP_CAMP: rules.idpcamp_movechance,
            SiteKind.HUB: 1.0,
            SiteKind.MARKER: 1.0,
        }
        usual = rules.conflict_movechance if fought else rules.default_movechance
        chance = chances.get(site.kind, usual)
        if self.mode.as_published and not camp and chance < SURELY_CAMP:
            raise MovementError(
                f"a chance of leaving of {chance} would make a camp of {site.name!r}",
                where=self.network.name,
                expected=f"default_movechance and conflict_movechance of at least {SURELY_CAMP}",
                mend="raise them, or run in mode fixed, where a site is what its file calls it",
            )
        fighting = _attribute(site, "conflict_intensity", 1.0) if fought else 0.0
        return _State(
            site, abroad, camp, town, site.kind is SiteKind.MARKER, chance, max(fighting, 0.0)
        )

    def fight(self, at: int, intensity: float, day: int, *, begins: bool) -> None:
        """Let fighting come to a site, or change there."""
        state = self.sites[at]
        state.fighting = intensity
        if begins:
            state.chance, state.town, state.since = self.rules.conflict_movechance, False, day
            self.age(at, day)
        self.touched.add(at)

    def calm(self, at: int) -> None:
        """Let fighting end at a site."""
        state = self.sites[at]
        state.chance, state.town, state.fighting = self.rules.default_movechance, True, 0.0
        self.touched.add(at)

    def age(self, at: int, since: int) -> None:
        """Note the days on which fighting that came to a site changes in weight by its age."""
        steps = len(self.rules.conflict_spawn_decay or ())
        for step in range(1, steps):
            self.ageing[since + step * self.rules.conflict_spawn_decay_interval].append(at)

    def fought(self, day: int, age_on: int) -> Fought:
        """Give where there is fighting, its age taken on another day."""
        at = [at for at, state in enumerate(self.sites) if state.fighting > 0]
        return Fought(
            day,
            np.array(at, np.intp),
            np.array([self.sites[each].fighting for each in at], np.float64),
            np.array([self.rules.decay(age_on - self.sites[each].since) for each in at]),
        )

    def act(self, closure: Closure, *, shut: bool) -> None:
        """Begin a closure, or end it."""
        match closure.kind:
            case ClosureKind.COUNTRY:
                self._border(closure.first, closure.second, shut=shut)
                self._border(closure.second, closure.first, shut=shut)
            case ClosureKind.SITE:
                self._around(closure.first, shut=shut)
            case ClosureKind.ROAD:
                self._road(closure, shut=shut)
            case ClosureKind.CAMP:
                self._camp(closure.first, self.rules.camp_movechance, shut=shut)
            case ClosureKind.IDP_CAMP:
                self._camp(closure.first, self.rules.idpcamp_movechance, shut=shut)
            case ClosureKind.REDIRECTION:
                self._decree(closure, on=not shut)

    def _turn(self, lanes: Iterable[int], *, shut: bool) -> None:
        for lane in lanes:
            if (lane in self.shut) is not shut:
                (self.shut.add if shut else self.shut.discard)(lane)
                self.moved.append((lane, shut))

    def _between(self, start: int, end: int) -> Iterator[int]:
        return (lane for lane in self.out[start] if self.routes.lanes.end[lane] == end)

    def _border(self, source: str, target: str, *, shut: bool) -> None:
        for start, state in enumerate(self.sites):
            if _country(state.site.country) != _country(source):
                continue
            for lane in self.out[start]:
                beyond = self.sites[int(self.routes.lanes.end[lane])]
                if _country(beyond.site.country) == _country(target):
                    self._turn([lane], shut=shut)

    def _around(self, name: str, *, shut: bool) -> None:
        at = self._known(name)
        ways = [lane for lane in self.out[at] if (lane in self.shut) is not shut]
        for end in sorted({int(self.routes.lanes.end[lane]) for lane in ways}):
            self._turn(self._between(end, at), shut=shut)
            self._turn(self._between(at, end), shut=shut)

    def _road(self, closure: Closure, *, shut: bool) -> None:
        # Flee tells names apart by identity, and what it read from two files is never identical,
        # save that Python keeps one copy of each single Latin-1 letter; then one direction shuts.
        single = len(closure.first) == 1 and ord(closure.first) < 256
        if self.mode.as_published and not single:
            return
        first, second = self._known(closure.first), self._known(closure.second)
        self._turn(self._between(second, first), shut=shut)
        if not self.mode.as_published:
            self._turn(self._between(first, second), shut=shut)

    def _camp(self, name: str, chance: float, *, shut: bool) -> None:
        at = self._known(name)
        state = self.sites[at]
        if state.marker:
            raise MovementError(
                f"a closure of a camp names {name!r}, which is a forwarding marker",
                where=self.network.name,
                mend="name a camp",
            )
        state.camp, state.town, state.fighting = not shut, shut, 0.0
        state.chance = self.rules.default_movechance if shut else chance
        self.touched.add(at)

    def _decree(self, closure: Closure, *, on: bool) -> None:
        if not self.mode.as_published:
            lanes = self._between(self._known(closure.first), self._known(closure.second))
            self.decrees += [(lane, on) for lane in lanes]

    def _known(self, name: str) -> int:
        try:
            return self.position[name]
        except KeyError:
            raise MovementError(
                f"a closure names {name!r}, and there is no such site",
                where=self.network.name,
                mend="correct the name in closures.csv",
            ) from None


def schedule(
    network: Network, rules: MovementRules, routes: Routes, people: Sequence[int], mode: Mode
) -> Schedule:
    """Work out what each day brings.

    As published, fighting that changes in intensity without ceasing keeps the intensity with which
    it began, and a site that its file calls a place of fighting stays one until the table of days
    first takes fighting from it; otherwise the table of days holds wherever it speaks of a site.

    Parameters
    ----------
    network : Network
    rules : MovementRules
    routes : Routes
    people : sequence of int, one a site
        Inhabitants, of a camp those whom it can take in.
    mode : Mode

    Returns
    -------
    Schedule

    Raises
    ------
    MovementError
        If a closure names what is not there or cannot be closed.
    """
    ground = _Ground(network, rules, routes, people, mode)
    ground.begin()
    if not mode.as_published:
        for at in np.flatnonzero((network.conflict > LEAST_FIGHTING).any(axis=0)).tolist():
            if ground.sites[at].fighting > 0:
                ground.calm(at)
    turns = _turns(network.conflict, mode)
    shutting = {closure.start for closure in network.closures}
    shutting |= {closure.end for closure in network.closures if closure.end is not None}
    written, fought, fought_before = _Written(), list[Fought](), False
    for at, state in enumerate(ground.sites):
        if state.fighting > 0:
            ground.age(at, -1)
    for day in range(network.days):
        busy = day in turns or day in shutting or day in ground.ageing or day == 0
        for at, intensity, begins in turns.get(day, ()):
            if intensity <= LEAST_FIGHTING:
                ground.calm(at)
            else:
                ground.fight(at, intensity, day, begins=begins)
        if day == 0 or day in turns or fought_before:
            # Weights of origins are a day old, unless fighting comes or goes today.
            fought.append(ground.fought(day, day if day in turns or day == 0 else day - 1))
        fought_before = busy
        if not busy:
            continue
        for closure in network.closures:
            if closure.start == day:
                ground.act(closure, shut=True)
            if closure.end == day:
                ground.act(closure, shut=False)
        ground.touched.update(ground.ageing.pop(day, ()))
        written.write(day, ground)
    return Schedule(written.finished(network.days), tuple(fought))


def _turns(
    conflict: NDArray[np.float64], mode: Mode
) -> Mapping[int, Sequence[tuple[int, float, bool]]]:
    """Give for each day the sites where fighting begins, ends or changes."""
    fought = conflict > LEAST_FIGHTING
    before = np.vstack([np.zeros((1, conflict.shape[1]), np.bool_), fought[:-1]])
    turned = fought != before
    if not mode.as_published:
        turned[1:] |= fought[1:] & (conflict[1:] != conflict[:-1])
    turns: dict[int, list[tuple[int, float, bool]]] = defaultdict(list)
    for day, at in zip(*(axis.tolist() for axis in np.nonzero(turned)), strict=True):
        turns[day].append((at, float(conflict[day, at]), not before[day, at]))
    return turns


@dataclass(slots=True)
class _Written:
    """Changes as they are found, day by day."""

    days: list[tuple[int, int, int, int]] = field(default_factory=list)
    sites: list[tuple[int, float, float, bool, bool]] = field(default_factory=list)
    lanes: list[tuple[int, bool]] = field(default_factory=list)
    decrees: list[tuple[int, bool]] = field(default_factory=list)
    last: dict[int, tuple[float, float, bool, bool]] = field(default_factory=dict)

    def write(self, day: int, ground: _Ground) -> None:
        """Write down what is new, and clear it."""
        for at in sorted(ground.touched):
            now = ground.sites[at].told(ground.rules, ground.people[at], day)
            if self.last.get(at) != now:
                self.last[at] = now
                self.sites.append((at, *now))
        self.lanes += ground.moved
        self.decrees += ground.decrees
        ground.touched.clear()
        ground.moved.clear()
        ground.decrees.clear()
        self.days.append((day, len(self.sites), len(self.lanes), len(self.decrees)))

    def finished(self, days: int) -> Changes:
        """Give everything as arrays."""
        first = np.zeros((3, days + 1), np.int64)
        for day, *ends in self.days:
            first[:, day + 1] = ends
        first = np.maximum.accumulate(first, axis=1).astype(np.int32)
        at, score, chance, town, camp = _columns(self.sites, 5)
        lane, shut = _columns(self.lanes, 2)
        decree, sent = _columns(self.decrees, 2)
        return Changes(
            first_site=first[0],
            site=np.array(at, np.int32),
            score=np.array(score, np.float64),
            chance=np.array(chance, np.float64),
            town=np.array(town, np.bool_),
            camp=np.array(camp, np.bool_),
            first_lane=first[1],
            lane=np.array(lane, np.int32),
            shut=np.array(shut, np.bool_),
            first_decree=first[2],
            decree=np.array(decree, np.int32),
            sent=np.array(sent, np.bool_),
        )


def _columns(rows: Sequence[tuple[float | bool, ...]], number: int) -> list[tuple[float, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * number


def _country(name: str) -> str:
    return name or "unknown"


def _attribute(site: Site, name: str, usual: float) -> float:
    text = site.attributes.get(name, "").strip()
    if not text:
        return usual
    try:
        return float(text)
    except ValueError:
        raise MovementError(
            f"{name} of {site.name!r} is {text!r}", expected="a number", mend="correct it"
        ) from None
