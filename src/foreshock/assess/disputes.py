"""Disputes: the same quantity as each side tells it, side by side and never averaged."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from foreshock.core.quantities import Quantity
from foreshock.evidence.claim import Claim, Kind, Relation
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one claim says of a quantity.

    Attributes
    ----------
    claim, speaker : str
        Ids of the claim and of the source that says so.
    parts : tuple of Quantity
        By group; "7 soldiers and 1 contractor" are two parts.
    low, high : float or None
        Bounds of the sum of the parts, None where nobody set one.
    known_at : datetime.date or None
    loose : bool
        Whether it only repeats an earlier figure of the same origin less exactly ("scores").
    """

    claim: str
    speaker: str
    parts: tuple[Quantity, ...]
    low: float | None
    high: float | None
    known_at: date | None
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One origin's tellings of a quantity, in the order in which it gave them.

    Attributes
    ----------
    origin : str
        The independent origin (see `Evidence.origin`).
    side : str
        Actor whose voice it is, empty for a monitor, an agency, the press.
    tellings : tuple of Telling
        The last one stands.
    """

    origin: str
    side: str
    tellings: tuple[Telling, ...]

    @property
    def latest(self) -> Telling:
        """The figure at which this origin stands: its last that is no loose repetition."""
        return next(telling for telling in reversed(self.tellings) if not telling.loose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A quantity of one event, by who tells it.

    Attributes
    ----------
    event, what, of : str
        Event id; what was counted; the actor whose people they were, empty if nobody said.
    versions : tuple of Version
        Parties first, then the others, each sorted by origin.
    disputed : bool
        Whether two origins stand at different figures.
    """

    event: str
    what: str
    of: str
    versions: tuple[Version, ...]
    disputed: bool

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims behind the tally."""
        return tuple(telling.claim for version in self.versions for telling in version.tellings)


def tally(events: Mapping[str, Event], evidence: Evidence) -> list[Tally]:
    """Set the figures of every event side by side.

    Returns
    -------
    list of Tally
        In the order of the events, then of what was counted and of whom.
    """
    found: list[Tally] = []
    for event in events.values():
        claims = [evidence.claims[key] for key in event.claims]
        by_part: dict[tuple[str, str], dict[str, tuple[Quantity, ...]]] = defaultdict(dict)
        for claim in claims:
            for name, parts in _parts(claim, event, evidence).items():
                by_part[name][claim.id] = parts
        for what, of in sorted(by_part):
            found.append(_tally(event, what, of, by_part[what, of], evidence))
    return found


def _parts(
    claim: Claim, event: Event, evidence: Evidence
) -> dict[tuple[str, str], tuple[Quantity, ...]]:
    """Sort a claim's quantities by what was counted and whose people they were."""
    named = {evidence.actors.root(q.actor) for q in claim.quantities if q.actor}
    # "Seven Turkish soldiers and three civilians": whose civilians nobody said, but they died in
    # the same fire, so they stand with the others that the same claim counts.
    default = named.pop() if len(named) == 1 else _victim(event, evidence)
    parts: dict[tuple[str, str], tuple[Quantity, ...]] = {}
    for quantity in claim.quantities:
        of = evidence.actors.root(quantity.actor) if quantity.actor else default
        name = (quantity.what, of)
        parts[name] = (*parts.get(name, ()), quantity)
    return parts


def _victim(event: Event, evidence: Evidence) -> str:
    roots = {evidence.actors.root(recipient) for recipient in event.recipients}
    return roots.pop() if len(roots) == 1 else ""


def _tally(
    event: Event,
    what: str,
    of: str,
    parts: Mapping[str, tuple[Quantity, ...]],
    evidence: Evidence,
) -> Tally:
    by_origin: dict[str, list[Claim]] = defaultdict(list)
    for key in parts:
        claim = evidence.claims[key]
        by_origin[evidence.origin(claim)].append(claim)
    versions = [
        Version(
            origin=origin,
            side=evidence.side(claims[0]),
            tellings=_tellings(in_order(claims), parts, evidence),
        )
        for origin, claims in by_origin.items()
    ]
    versions.sort(key=lambda version: (not version.side, version.origin))
    return Tally(
        event=event.id,
        what=what,
        of=of,
        versions=tuple(versions),
        disputed=_differ([version.latest for version in versions], evidence),
    )


def _tellings(
    claims: Sequence[Claim], parts: Mapping[str, tuple[Quantity, ...]], evidence: Evidence
) -> tuple[Telling, ...]:
    told: list[Telling] = []
    for claim in claims:
        telling = _telling(claim, parts[claim.id], evidence.voice(claim))
        revised = bool(claim.linked(Relation.UPDATES))
        loose = not revised and any(_looser(telling, earlier) for earlier in told)
        told.append(replace(telling, loose=loose))
    return tuple(told)


def _looser(telling: Telling, earlier: Telling) -> bool:
    """Whether a figure only repeats an earlier one with wider bounds."""
    low, high = telling.low or 0.0, math.inf if telling.high is None else telling.high
    other = earlier.low or 0.0, math.inf if earlier.high is None else earlier.high
    return low <= other[0] and other[1] <= high and (low, high) != other


def _telling(claim: Claim, parts: tuple[Quantity, ...], speaker: str) -> Telling:
    return Telling(
        claim=claim.id,
        speaker=speaker,
        parts=parts,
        low=_sum(quantity.bounds[0] for quantity in parts),
        high=_sum(quantity.bounds[1] for quantity in parts),
        known_at=claim.known_at,
    )


def _sum(bounds: Iterable[float | None]) -> float | None:
    total = 0.0
    for bound in bounds:
        if bound is None:
            return None
        total += bound
    return total


def _differ(latest: Sequence[Telling], evidence: Evidence) -> bool:
    """Whether two origins stand at different figures for the same thing.

    Sums are rivals only over the same days: the dead of January and those of January and February
    are two figures, not a dispute.
    """
    stands: dict[object, set[object]] = defaultdict(set)
    for telling in latest:
        claim = evidence.claims[telling.claim]
        stretch = (claim.start, claim.end) if claim.kind is Kind.FIGURE else None
        stands[stretch].add(_figure(telling.parts))
    return any(len(figures) > 1 for figures in stands.values())


def _figure(parts: Sequence[Quantity]) -> tuple[tuple[str, float | None, float | None], ...]:
    # Sorted by text: a bound that nobody set cannot be compared with a number.
    return tuple(sorted(((q.category, *q.bounds) for q in parts), key=repr))


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Sort one origin's claims as it made them: by day known, an update after what it updates."""
    rest = {claim.id: claim for claim in claims}
    ordered: list[Claim] = []
    while rest:
        ready = [
            claim
            for claim in rest.values()
            if not any(target in rest for target in claim.linked(Relation.UPDATES))
        ]
        # Two updates that name each other (they should not) are taken by day.
        chosen = min(
            ready or rest.values(), key=lambda claim: (claim.known_at or date.max, claim.id)
        )
        ordered.append(rest.pop(chosen.id))
    return ordered
