"""Theses put to the test: what the evidence of the day says of an alliance or a thaw in danger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.assess.relations.acts import Act
from foreshock.assess.relations.strain import REFERENCE, Channel, Dyad
from foreshock.core.theses import Thesis
from foreshock.evidence.view import Evidence

THAW = timedelta(days=REFERENCE[1])
"""How far back steps towards each other are looked for: from the end of the reference on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the evidence says of one thesis.

    Attributes
    ----------
    thesis : Thesis
    claim : str
        Id of the claim that makes it.
    dyad : Dyad
    was : str
        What the relation was in the reference, in words: 'cooperative', 'conflictual', 'mixed', or
        '' where that is not known. An alliance can only be imperilled where there was one.
    steps : tuple of Act
        Cooperative acts since the end of the reference, newest first: a thaw consists of such.
    against : tuple of Act
        Conflictual acts of the same days, newest first.
    """

    thesis: Thesis
    claim: str
    dyad: Dyad
    was: str
    steps: tuple[Act, ...]
    against: tuple[Act, ...]


def verdicts(theses: Iterable[Thesis], dyads: Iterable[Dyad], evidence: Evidence) -> list[Verdict]:
    """Test the theses whose claim was known on the day."""
    known = {claim.key: claim.id for claim in evidence.standing}
    by_pair = {frozenset((dyad.a, dyad.b)): dyad for dyad in dyads}
    found = []
    for thesis in theses:
        dyad = by_pair.get(frozenset(thesis.pair))
        if thesis.claim not in known or dyad is None:
            continue
        lately = _since(dyad, evidence.as_of - THAW)
        found.append(
            Verdict(
                thesis=thesis,
                claim=known[thesis.claim],
                dyad=dyad,
                was=_was((dyad.deeds, dyad.words)),
                steps=tuple(act for act in lately if not act.conflictual),
                against=tuple(act for act in lately if act.conflictual),
            )
        )
    return found


def _since(dyad: Dyad, day: date) -> list[Act]:
    acts = [act for act in (*dyad.deeds.acts, *dyad.words.acts) if act.day > day]
    return sorted(acts, key=lambda act: (act.day, act.event), reverse=True)


def _was(channels: Sequence[Channel]) -> str:
    """Say what the relation was, where both channels that are known agree."""
    sides = set()
    for channel in channels:
        if channel.reference.enough:
            span = channel.reference.span
            if span.high < 0.5:
                sides.add("cooperative")
            elif span.low > 0.5:
                sides.add("conflictual")
            else:
                sides.add("mixed")
    if not sides:
        return ""
    return sides.pop() if len(sides) == 1 else "mixed"
