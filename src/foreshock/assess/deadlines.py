"""Deadlines: who set them, to whom, by when, what was to follow, and whether they were kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foreshock.evidence.claim import Claim, Relation
from foreshock.evidence.view import Evidence

_DEMANDS = frozenset({"REQUEST", "AGREE"})


class Status(StrEnum):
    """How a deadline stands on a day, as far as the evidence of that day tells."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    PASSED = "passed, no report either way"
    CONTESTED = "passed, reports differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which somebody is to do something.

    Attributes
    ----------
    actors, recipients : tuple of str
        Who set it (or bound themselves), and to whom.
    due : datetime.date
    demand, consequence : str
        What is to be done, and what was said to follow.
    status : Status
    claims : tuple of str
        Ids of the claims that tell it.
    kept, broken : tuple of str
        Ids of the claims that say so.
    """

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    due: date
    demand: str
    consequence: str
    status: Status
    claims: tuple[str, ...]
    kept: tuple[str, ...]
    broken: tuple[str, ...]


def deadlines(evidence: Evidence) -> list[Deadline]:
    """List the deadlines known by the as-of: open ones first by day due, then those passed."""
    told: dict[tuple[tuple[str, ...], tuple[str, ...], date], list[Claim]] = defaultdict(list)
    for claim in evidence.standing:
        if claim.due is not None:
            told[claim.actors, claim.recipients, claim.due].append(claim)
    verdicts = _verdicts(evidence)
    found = [_deadline(claims, verdicts, evidence.as_of) for claims in told.values()]
    return sorted(
        found,
        key=lambda d: (
            d.status is not Status.OPEN,
            d.due
            if d.status is Status.OPEN
            else date.fromordinal(date.max.toordinal() - d.due.toordinal()),
            d.claims,
        ),
    )


def _verdicts(evidence: Evidence) -> dict[tuple[Relation, str], list[str]]:
    found: dict[tuple[Relation, str], list[str]] = defaultdict(list)
    for claim in evidence.standing:
        for relation in (Relation.KEEPS, Relation.BREAKS):
            for target in claim.linked(relation):
                found[relation, target].append(claim.id)
    return found


def _deadline(
    claims: list[Claim], verdicts: dict[tuple[Relation, str], list[str]], as_of: date
) -> Deadline:
    keys = sorted(claim.id for claim in claims)
    kept = sorted({v for key in keys for v in verdicts.get((Relation.KEEPS, key), ())})
    broken = sorted({v for key in keys for v in verdicts.get((Relation.BREAKS, key), ())})
    # The demand itself says best what is to be done; a threat says what happens otherwise.
    first = min(
        claims,
        key=lambda claim: (
            claim.type not in _DEMANDS,
            claim.known_at or date.max,
            claim.key,
            claim.id,
        ),
    )
    return Deadline(
        actors=first.actors,
        recipients=first.recipients,
        due=first.due or as_of,
        demand=first.summary,
        consequence=next((c.consequence for c in (first, *claims) if c.consequence), ""),
        status=_status(first.due or as_of, as_of, bool(kept), bool(broken)),
        claims=tuple(keys),
        kept=tuple(kept),
        broken=tuple(broken),
    )


def _status(due: date, as_of: date, kept: bool, broken: bool) -> Status:
    match kept, broken:
        case True, True:
            return Status.CONTESTED
        case True, False:
            return Status.KEPT
        case False, True:
            return Status.BROKEN
    return Status.OPEN if as_of <= due else Status.PASSED
