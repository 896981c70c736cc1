"""Displaced so far: every count with what it counts, since when and by whom; never summed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from foreshock.core.quantities import Quantity
from foreshock.core.time import Precision
from foreshock.evidence.claim import Claim, Kind, Modality
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The newest of one speaker's counts of one thing.

    Attributes
    ----------
    claim, speaker : str
        Ids of the claim and of who counts.
    quantity : Quantity
        What is counted and how many; the unit tells persons (empty) from moves.
    since : datetime.date or None
        First day counted, None where nobody said.
    until : datetime.date
        Day to which the count refers.
    place : str
        Area that the count covers.
    ahead : bool
        Whether it speaks of people who have not fled yet: a forecast, not a count.
    known_at : datetime.date or None
    earlier : tuple of str
        Ids of the speaker's earlier counts of the same thing, oldest first.
    summary : str
    """

    claim: str
    speaker: str
    quantity: Quantity
    since: date | None
    until: date
    place: str
    ahead: bool
    known_at: date | None
    earlier: tuple[str, ...]
    summary: str

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims behind the count, oldest first."""
        return (*self.earlier, self.claim)


def displaced(evidence: Evidence) -> list[Count]:
    """Give the newest count of each speaker and thing counted.

    Rival counts stand beside each other: they differ in what they count and since when, and adding
    them up would count people twice.

    A speaker's earlier count stands beside its newest one where it was higher: a running total of
    people cannot have been passed and then not yet reached, so the two contradict each other.

    Returns
    -------
    list of Count
        People who have fled before people who may; newest first.
    """
    series: dict[tuple[object, ...], list[tuple[Claim, Quantity]]] = defaultdict(list)
    for claim in evidence.standing:
        if claim.type != "DISPLACE" or claim.kind not in {Kind.FIGURE, Kind.FORECAST, Kind.EVENT}:
            continue
        for quantity in claim.quantities:
            if _counts_people(quantity):
                name = (claim.speaker, quantity.what, quantity.unit, _since(claim), claim.place,
                        claim.origins, claim.destinations)  # fmt: skip
                series[name].append((claim, quantity))
    counts = [count for told in series.values() for count in _standing(told, evidence)]
    return sorted(
        counts,
        key=lambda c: (c.ahead, -c.until.toordinal(), -c.quantity.central, c.claim),
    )


def _counts_people(quantity: Quantity) -> bool:
    kind = load_ontology().quantities.get(quantity.what)
    return kind is not None and quantity.unit not in {"percent", "sites"}


def _since(claim: Claim) -> date | None:
    return claim.start if claim.precision is Precision.SPAN else None


def _standing(told: list[tuple[Claim, Quantity]], evidence: Evidence) -> list[Count]:
    told = sorted(told, key=lambda p: (p[0].end or date.min, p[0].known_at or date.min, p[0].id))
    newest = told[-1]
    higher = [pair for pair in told[:-1] if pair[1].central > newest[1].central]
    if _since(newest[0]) is None or not higher:
        return [_count(told, evidence)]
    top = max(higher, key=lambda pair: pair[1].central)
    rest = [pair for pair in told if pair is not top]
    return [_count(rest, evidence), _count([top], evidence)]


def _count(told: list[tuple[Claim, Quantity]], evidence: Evidence) -> Count:
    claim, quantity = told[-1]
    return Count(
        claim=claim.id,
        speaker=evidence.voice(claim),
        quantity=quantity,
        since=_since(claim),
        until=claim.end or claim.known_at or date.min,
        place=claim.place,
        ahead=claim.modality is not Modality.ACTUAL,
        known_at=claim.known_at,
        earlier=tuple(earlier.id for earlier, _ in told[:-1]),
        summary=claim.summary,
    )
