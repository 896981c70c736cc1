"""Acts of a pair: which events speak of a relation, of which sign, and how much they weigh."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from foreshock.assess.patrons import Patronage
from foreshock.core.quantities import Quantity
from foreshock.evidence.actors import ActorTree
from foreshock.evidence.claim import Kind
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One event, as it counts for the relation of a pair.

    Attributes
    ----------
    event : str
        Event id.
    channel : {'deed', 'word'}
        What was done or what was said.
    conflictual : bool
        Otherwise cooperative. An act without a sign is no act of a relation.
    day : datetime.date
        Middle of the days in which it happened, up to the day on which it was known.
    known_at : datetime.date
        When the public could know it.
    weight : float
        1, or less for accidents and acts of no state (``weights.toml``).
    probability : float
        Belief that it took place, in (0, 1).
    deaths : float or None
        The most deaths that one claim tells; None if no claim tells any.
    issue : str
    client : str
        Client that acted in its patron's place; empty where a side acted itself.
    """

    event: str
    channel: str
    conflictual: bool
    day: date
    known_at: date
    weight: float
    probability: float
    deaths: float | None
    issue: str
    client: str = ""


_ORGANS = frozenset({"unit", "armed force", "office"})
"""Kinds of actor that act for the whole of which they are a part."""


@cache
def agency_weights() -> Mapping[str, float]:
    """Read the declared weights of acts by who was behind them."""
    text = files("foreshock.assess.relations").joinpath("weights.toml").read_text("utf-8")
    weights: dict[str, float] = tomllib.loads(text)["agency"]
    return weights


class Acts:
    """The signed acts in the evidence of a day, to be asked for pair by pair.

    Parameters
    ----------
    evidence : Evidence
    events : mapping of str to Event
        The events of that evidence.
    patronages : iterable of Patronage
        Who stands behind whom.
    """

    def __init__(
        self, evidence: Evidence, events: Mapping[str, Event], patronages: Iterable[Patronage]
    ) -> None:
        self._tree: ActorTree = evidence.actors
        self._clients: dict[str, set[str]] = defaultdict(set)
        for patronage in patronages:
            for patron in self._sides((patronage.patron,)):
                self._clients[patron].add(patronage.client)
        self._signed: list[_Signed] = []
        self._by_actor: dict[str, list[int]] = defaultdict(list)
        for key in sorted(events):
            act = _act(events[key], evidence)
            if act is None:
                continue
            doers, others = _doers_and_others(events[key])
            signed = _Signed(act, self._sides(doers), self._sides(others), self._organs(doers))
            for actor in signed.doers | signed.others:
                self._by_actor[actor].append(len(self._signed))
            self._signed.append(signed)

    def pairs(self) -> list[tuple[str, str]]:
        """List the pairs of topmost actors that have acts, sorted."""
        found: set[tuple[str, str]] = set()
        for signed in self._signed:
            for a in self._tops(signed.doers):
                found |= {(min(a, b), max(a, b)) for b in self._tops(signed.others) if a != b}
        return sorted(found)

    def between(self, a: str, b: str) -> list[Act]:
        """List the acts of one side or its parts towards the other, by day and event id."""
        return sorted(
            (signed.act for signed in self._with(a) if signed.between(a, b)),
            key=lambda act: (act.day, act.event),
        )

    def by_clients(self, a: str, b: str) -> list[Act]:
        """List what a client of one side did to the other side, where no side acted itself.

        A strike by a client's forces is no act of its patron. Whether it strains the patron's
        relation is a judgement, so it is counted in a second reading beside the first.
        """
        found: dict[str, Act] = {}
        for patron, other in ((a, b), (b, a)):
            clients = [
                client
                for client in sorted(self._clients.get(patron, ()))
                if not (self._tree.kin(client, other) or self._tree.kin(client, patron))
            ]
            for signed in self._with(other):
                hit = other in signed.others
                acting = next((c for c in clients if hit and c in signed.organs), "")
                if acting and not signed.between(a, b):
                    # An act by clients of both sides is one act.
                    found.setdefault(signed.act.event, replace(signed.act, client=acting))
        return sorted(found.values(), key=lambda act: (act.day, act.event))

    def _with(self, actor: str) -> list[_Signed]:
        return [self._signed[index] for index in self._by_actor.get(actor, ())]

    def _sides(self, parties: Iterable[str]) -> frozenset[str]:
        return frozenset(side for p in parties for side in (p, *self._tree.above(p)))

    def _organs(self, parties: Iterable[str]) -> frozenset[str]:
        """Give the doers and whatever they are an organ of, as a unit is of an army.

        A group within a coalition is no organ of it: what backs the one need not back the other.
        """
        found: set[str] = set()
        queue = list(parties)
        while queue:
            here = queue.pop()
            found.add(here)
            if here in self._tree and self._tree[here].kind in _ORGANS:
                queue += [up for up in self._tree[here].parents if up not in found]
        return frozenset(found)

    def _tops(self, sides: Iterable[str]) -> set[str]:
        return {side for side in sides if not self._tree.above(side)}


@dataclass(frozen=True, slots=True)
class _Signed:
    """An act with every side that did it or to which it was done, wholes of parts included.

    ``organs`` are the doers and what they are organs of.
    """

    act: Act
    doers: frozenset[str]
    others: frozenset[str]
    organs: frozenset[str]

    def towards(self, a: str, b: str) -> bool:
        return a in self.doers and b in self.others

    def between(self, a: str, b: str) -> bool:
        return self.towards(a, b) or self.towards(b, a)


def _act(event: Event, evidence: Evidence) -> Act | None:
    if not event.claims or event.when is None or event.known_at is None:
        return None
    leading = evidence.claims[event.leading]
    # A figure sums up many acts, and is none; a remark without a sign says nothing of a relation.
    if leading.kind is not Kind.EVENT or not event.channel or not event.sign:
        return None
    # What was known in March of "this year" happened in January to March.
    start, end = (min(day, event.known_at) for day in (event.when.start, event.when.end))
    return Act(
        event=event.id,
        channel=event.channel,
        conflictual=event.sign == "conflictual",
        day=date.fromordinal((start.toordinal() + end.toordinal()) // 2),
        known_at=event.known_at,
        weight=agency_weights().get(leading.agency, 1.0),
        probability=event.belief.probability,
        deaths=_deaths(event, evidence),
        issue=event.issue,
    )


def _doers_and_others(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give both sides; of talks told without one, every party is on both."""
    kind = load_ontology().types.get(event.type)
    mutual = kind is not None and kind.symmetric and not event.recipients
    return event.actors, event.actors if mutual else event.recipients


def _deaths(event: Event, evidence: Evidence) -> float | None:
    told = [_killed(evidence.claims[claim].quantities) for claim in event.claims]
    return max((deaths for deaths in told if deaths is not None), default=None)


def _killed(quantities: Iterable[Quantity]) -> float | None:
    figures = [
        next(f for f in (quantity.best, quantity.low, quantity.high, 0.0) if f is not None)
        for quantity in quantities
        if quantity.what == "killed"
    ]
    return sum(figures) if figures else None
