"""What changed in the last days: the picture of the day against the picture of a week before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.assess.control.said import Holding
from foreshock.assess.deadlines import Deadline
from foreshock.assess.displaced import Count
from foreshock.assess.disputes import Tally
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology

_CONTROL = {"contested": 2.6, "held": 2.0}

WINDOW = timedelta(days=7)
"""How far back "changed" looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is different from a week before.

    Attributes
    ----------
    kind : {'event', 'control', 'displaced', 'deadline'}
    about : str
        Id of the event, place, count or deadline (its first claim).
    on : datetime.date
        Day of the change.
    weight : float
        What it is sorted by: harm counted most, then how firmly it is borne out.
    claims : tuple of str
    """

    kind: str
    about: str
    on: date
    weight: float
    claims: tuple[str, ...]


def changes(
    evidence: Evidence,
    events: Mapping[str, Event],
    tallies: list[Tally],
    now: tuple[list[Holding], list[Count], list[Deadline]],
    before: tuple[list[Holding], list[Count], list[Deadline]],
) -> list[Change]:
    """List what changed in the last week, weightiest first.

    Parameters
    ----------
    now, before
        Holdings, counts and deadlines of the day and of a week before.
    """
    found = [
        *_events(evidence, events, tallies),
        *_control(now[0], before[0], evidence),
        *_displaced(now[1], before[1]),
        *_deadlines(now[2], before[2], evidence),
    ]
    return sorted(found, key=lambda c: (-c.weight, -c.on.toordinal(), c.kind, c.about))


def _events(evidence: Evidence, events: Mapping[str, Event], tallies: list[Tally]) -> list[Change]:
    quantities = load_ontology().quantities
    harm: dict[str, float] = {}
    for tally in tallies:
        kind = quantities.get(tally.what)
        if kind is not None and kind.harm:
            worst = max(v.latest.high or v.latest.low or 0.0 for v in tally.versions)
            harm[tally.event] = max(harm.get(tally.event, 0.0), worst)
    first = evidence.as_of - WINDOW
    return [
        Change(
            kind="event",
            about=event.id,
            on=event.when.end,
            weight=_event_weight(event, harm.get(event.id, 0.0)),
            claims=(*event.claims, *event.denials),
        )
        for event in events.values()
        if event.when is not None
        and not event.background
        and event.claims
        and first < event.when.end <= evidence.as_of
    ]


def _event_weight(event: Event, harm: float) -> float:
    # A death weighs as much as a report that is quite sure; the hundredth death less than the
    # first. This orders a list and is shown nowhere.
    return event.belief.probability * (1.0 + math.sqrt(min(harm, 400.0)))


def _control(now: list[Holding], before: list[Holding], evidence: Evidence) -> list[Change]:
    earlier = {holding.place: (holding.status, holding.holders) for holding in before}
    first = evidence.as_of - WINDOW
    fresh = [h for h in now if h.since > first and _is_new(h, earlier.get(h.place), first)]
    return [
        Change(
            kind="control", about=h.place, on=h.since, weight=_CONTROL[h.status], claims=h.claims
        )
        for h in fresh
    ]


def _is_new(holding: Holding, before: tuple[str, tuple[str, ...]] | None, first: date) -> bool:
    if before is not None:
        return before != (holding.status, holding.holders)
    # A first word on a quiet place is no change; a first word of a contest or a capture is.
    return holding.status == "contested" or any(
        say.how == "took" and say.on > first for say in holding.says
    )


def _displaced(now: list[Count], before: list[Count]) -> list[Change]:
    earlier = {count.claim for count in before}
    return [
        Change(
            kind="displaced",
            about=count.claim,
            on=count.known_at or count.until,
            weight=1.5 if count.ahead or count.since is None else 3.0,
            claims=count.claims,
        )
        for count in now
        if count.claim not in earlier
    ]


def _deadlines(now: list[Deadline], before: list[Deadline], evidence: Evidence) -> list[Change]:
    earlier = {deadline.claims[0]: deadline.status for deadline in before}
    return [
        Change(
            kind="deadline",
            about=deadline.claims[0],
            on=deadline.due if deadline.due <= evidence.as_of else evidence.as_of,
            weight=6.0,
            claims=(*deadline.claims, *deadline.kept, *deadline.broken),
        )
        for deadline in now
        if earlier.get(deadline.claims[0]) != deadline.status
    ]
