r"""Intents: what actors announced, and whether they did it.

A threat, an undertaking or a deadline is a word, and stays one: no deed is ever inferred from it.
Once it has run out, it counts in the follow-through rate of whoever spoke it,
:math:`\mathrm{Beta}(s + 1, f + 1)` for :math:`s` carried out and :math:`f` not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scipy.special import betaincinv

from foreshock.assess.deadlines import Deadline, Status
from foreshock.assess.relations.share import LEVEL, Span
from foreshock.evidence.claim import Claim, Modality, Relation
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence

PATIENCE = timedelta(days=90)
"""A threat without a date is given so long."""

LEAST_SETTLED = 5
"""A rate over fewer settled intents is not told."""

_LIKELY = 0.5

_FULFILS: Mapping[str, frozenset[str]] = {
    "violence": frozenset({"ASSAULT", "COERCE", "MOBILIZE"}),
    "restrict": frozenset({"SANCTION", "COERCE"}),
    "relations": frozenset({"SANCTION"}),
}
"""Deeds by which a threat of this mode is carried out; of another mode, any conflictual deed."""

_UNDERTAKINGS = frozenset({"AGREE", "COOPERATE", "RETREAT", "AID", "MOBILIZE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One announced intent.

    Attributes
    ----------
    actors, recipients : tuple of str
        Who announced it, and towards whom.
    kind : {'threat', 'undertaking', 'deadline'}
    on : datetime.date
        When it was announced.
    due : datetime.date or None
        The last day that was named.
    text : str
    status : {'carried out', 'not carried out', 'reports differ', 'open', 'no report either way'}
    claims : tuple of str
        Ids of the claims that tell it, then of those that settle it.
    """

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    kind: str
    on: date
    due: date | None
    text: str
    status: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowThrough:
    """How often one actor carried out one kind of intent.

    Attributes
    ----------
    actor, kind : str
    kept, broken, unsettled : int
    rate : Span or None
        Share carried out; None where fewer than `LEAST_SETTLED` are settled.
    intents : tuple of Intent
        Newest first.
    """

    actor: str
    kind: str
    kept: int
    broken: int
    unsettled: int
    rate: Span | None
    intents: tuple[Intent, ...]


def follow_through(
    evidence: Evidence, events: Mapping[str, Event], deadlines: Iterable[Deadline]
) -> list[FollowThrough]:
    """Count for every topmost actor and kind how its intents ended, most settled first."""
    found: dict[tuple[str, str], list[Intent]] = defaultdict(list)
    for intent in (
        *_threats(evidence, events),
        *_undertakings(evidence),
        *(_deadline(deadline, evidence) for deadline in deadlines),
    ):
        for actor in sorted({evidence.actors.root(each) for each in intent.actors}):
            found[actor, intent.kind].append(intent)
    counted = [_counted(actor, kind, intents) for (actor, kind), intents in found.items()]
    return sorted(counted, key=lambda f: (-(f.kept + f.broken), f.actor, f.kind))


def _counted(actor: str, kind: str, intents: Sequence[Intent]) -> FollowThrough:
    kept = sum(intent.status == "carried out" for intent in intents)
    broken = sum(intent.status == "not carried out" for intent in intents)
    return FollowThrough(
        actor=actor,
        kind=kind,
        kept=kept,
        broken=broken,
        unsettled=len(intents) - kept - broken,
        rate=rate(kept, broken) if kept + broken >= LEAST_SETTLED else None,
        intents=tuple(sorted(intents, key=lambda i: (i.on, i.claims), reverse=True)),
    )


def rate(kept: int, broken: int) -> Span:
    """Give the follow-through rate: mean and 90 % interval of Beta(kept + 1, broken + 1).

    Examples
    --------
    >>> span = rate(8, 2)
    >>> round(span.mean, 2), round(span.low, 2), round(span.high, 2)
    (0.75, 0.53, 0.92)
    """
    low, high = betaincinv(kept + 1, broken + 1, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Span((kept + 1) / (kept + broken + 2), float(low), float(high))


def _threats(evidence: Evidence, events: Mapping[str, Event]) -> list[Intent]:
    """List threats; one is carried out by a matching deed against the same party, in time."""
    deeds: dict[str, list[Event]] = defaultdict(list)
    for key in sorted(events):
        event = events[key]
        if event.channel == "deed" and event.sign == "conflictual" and event.when is not None:
            for actor in {evidence.actors.root(each) for each in event.actors}:
                deeds[actor].append(event)
    found = []
    for key in sorted(events):
        event = events[key]
        if event.type != "THREATEN" or event.when is None or not event.actors:
            continue
        if not event.claims:  # Only denials that it was ever uttered.
            continue
        dues = [due for c in event.claims if (due := evidence.claims[c].due) is not None]
        until = (min(dues) if dues else event.when.end) + PATIENCE
        done = [
            deed
            for actor in sorted({evidence.actors.root(each) for each in event.actors})
            for deed in deeds.get(actor, ())
            if _carries_out(deed, event, until, evidence)
        ]
        found.append(
            Intent(
                actors=event.actors,
                recipients=event.recipients,
                kind="threat",
                on=event.when.start,
                due=min(dues) if dues else None,
                text=event.summary,
                status=_threat_status(event, bool(done), evidence.as_of, until),
                claims=(*event.claims, *(claim for deed in done[:1] for claim in deed.claims)),
            )
        )
    return found


def _threat_status(threat: Event, done: bool, as_of: date, until: date) -> str:
    if done:
        return "carried out"
    if as_of <= until:
        return "open"
    # No deed can be matched to a threat against nobody named.
    return "not carried out" if threat.recipients else "no report either way"


def _carries_out(deed: Event, threat: Event, until: date, evidence: Evidence) -> bool:
    fulfils = _FULFILS.get(threat.mode)
    return (
        deed.when is not None
        and threat.when is not None
        and threat.when.end < deed.when.start <= until
        and (fulfils is None or deed.type in fulfils)
        and deed.belief.probability >= _LIKELY
        and any(evidence.actors.kin(a, b) for a in deed.recipients for b in threat.recipients)
    )


def _undertakings(evidence: Evidence) -> list[Intent]:
    """List undertakings of which a report says that they were kept or broken, or that have a date.

    Who has said nothing of keeping a routine agreement has neither kept nor broken it, so those
    without a word on them are not counted at all.
    """
    kept, broken = _verdicts(evidence, Relation.KEEPS), _verdicts(evidence, Relation.BREAKS)
    told: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in evidence.standing:
        if claim.type in _UNDERTAKINGS and claim.start is not None and claim.actors:
            planned = claim.modality is Modality.PLANNED
            settled = claim.id in kept or claim.id in broken
            if settled or (planned and claim.due is not None):
                told[claim.type, claim.actors, claim.recipients, claim.due or claim.start].append(
                    claim
                )
    found = []
    for claims in told.values():
        first = min(claims, key=lambda claim: (claim.known_at or date.max, claim.id))
        held = sorted({v for claim in claims for v in kept.get(claim.id, ())})
        failed = sorted({v for claim in claims for v in broken.get(claim.id, ())})
        found.append(
            Intent(
                actors=first.actors,
                recipients=first.recipients,
                kind="undertaking",
                on=first.start or evidence.as_of,
                due=first.due,
                text=first.summary,
                status=_verdict(held, failed, first.due, evidence.as_of),
                claims=(*sorted(claim.id for claim in claims), *held, *failed),
            )
        )
    return sorted(found, key=lambda intent: intent.claims)


def _verdicts(evidence: Evidence, relation: Relation) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for claim in evidence.standing:
        for target in claim.linked(relation):
            found[target].append(claim.id)
    return found


def _verdict(kept: Sequence[str], broken: Sequence[str], due: date | None, as_of: date) -> str:
    if kept and broken:
        return "reports differ"
    if kept or broken:
        return "carried out" if kept else "not carried out"
    return "open" if due is None or as_of <= due else "no report either way"


def _deadline(deadline: Deadline, evidence: Evidence) -> Intent:
    """Turn a deadline into an intent: whether what was demanded by a day was done by then."""
    status = {
        Status.OPEN: "open",
        Status.KEPT: "carried out",
        Status.BROKEN: "not carried out",
        Status.PASSED: "no report either way",
        Status.CONTESTED: "reports differ",
    }[deadline.status]
    told = [day for claim in deadline.claims if (day := evidence.claims[claim].start)]
    return Intent(
        actors=deadline.actors,
        recipients=deadline.recipients,
        kind="deadline",
        on=min(told, default=deadline.due),
        due=deadline.due,
        text=deadline.demand,
        status=status,
        claims=(*deadline.claims, *deadline.kept, *deadline.broken),
    )
