"""Patrons and clients, and the other standing ties, as known on the day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from foreshock.evidence.actors import Tie
from foreshock.evidence.view import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Patronage:
    """What one patron is said to give one client.

    Attributes
    ----------
    patron, client : str
        Actor ids.
    support : tuple of str
        Kinds of support, sorted.
    ties : tuple of str
        Keys of the ties behind it.
    """

    patron: str
    client: str
    support: tuple[str, ...]
    ties: tuple[str, ...]


def patrons(evidence: Evidence) -> list[Patronage]:
    """List patron–client pairs that stand on the day, by patron and client."""
    found: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in standing_ties(evidence):
        if tie.kind == "patron":
            found[tie.a, tie.b].append(tie)
    return [
        Patronage(
            patron=patron,
            client=client,
            support=tuple(sorted({kind for tie in found[patron, client] for kind in tie.support})),
            ties=tuple(tie.key for tie in found[patron, client]),
        )
        for patron, client in sorted(found)
    ]


def standing_ties(evidence: Evidence) -> list[Tie]:
    """List the ties that stand on the day, by key."""
    return [tie for tie in evidence.ties.values() if tie.holds_on(evidence.as_of)]
