"""One gold record beside one that was read: which fields are right, and how alike the two are."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from foreshock.core.quantities import Quantity
from foreshock.observe.reading.record import Party, Record, Spoken
from foreshock.observe.reading.scoring.gold import GoldQuantity, GoldRecord
from foreshock.observe.reading.scoring.naming import agreement, content, countries, same, shared

WEIGHTS = {"kind": 0.15, "actors": 0.25, "recipients": 0.2, "type": 0.25, "date": 0.1, "aux": 0.05}
"""What counts how much when gold and reading are matched; fields not given count nothing."""

_AUX = ("modality", "polarity", "background")
PUBLISHER = "publisher"


class Likeness(NamedTuple):
    """How alike gold and reading are, each from 0 to 1, for the fields that the gold gives."""

    parts: dict[str, float]

    @property
    def weighted(self) -> float:
        """Mean by `WEIGHTS`; 0 where the gold gives none of these fields."""
        total = sum(WEIGHTS[name] for name in self.parts)
        return sum(WEIGHTS[name] * part for name, part in self.parts.items()) / (total or 1.0)

    @property
    def related(self) -> bool:
        """Whether they share the type or a party: nothing else makes a pair of two records."""
        told = [self.parts[name] for name in ("type", "actors", "recipients") if name in self.parts]
        return any(told) if told else True


def likeness(gold: GoldRecord, read: Record) -> Likeness:
    """Compare two records for matching."""
    given = gold.given
    parts: dict[str, float] = {}
    if "kind" in given:
        parts["kind"] = float(gold.kind is read.kind)
    if "type" in given:
        parts["type"] = float(gold.type == read.type)
    parts |= _parties(gold, read)
    if "start" in given or "end" in given:
        parts["date"] = _days_shared(gold, read)
    aux = [getattr(gold, name) == getattr(read, name) for name in _AUX if name in given]
    if aux:
        parts["aux"] = sum(aux) / len(aux)
    return Likeness(parts)


def _parties(gold: GoldRecord, read: Record) -> dict[str, float]:
    if gold.undirected:
        both = (*read.actors, *read.recipients)
        if gold.given & {"actors", "recipients"}:
            alike = agreement((*gold.actors, *gold.recipients), both)
        else:
            told = (*gold.actor_countries, *gold.recipient_countries)
            alike = shared(told, countries(both))
        return {"actors": alike, "recipients": alike}
    parts = {}
    for side, codes in (("actors", "actor_countries"), ("recipients", "recipient_countries")):
        found: tuple[Party, ...] = getattr(read, side)
        if side in gold.given:
            parts[side] = agreement(getattr(gold, side), found)
        elif codes in gold.given:
            parts[side] = shared(getattr(gold, codes), countries(found))
    return parts


def _days_shared(gold: GoldRecord, read: Record) -> float:
    told, found = gold_days(gold), days_of(read)
    if told is None or found is None:
        return float(told is found)
    (start, end), (first, last) = told, found
    union = (max(end, last) - min(start, first)).days + 1
    return max(0.0, ((min(end, last) - max(start, first)).days + 1) / union)


def gold_days(gold: GoldRecord) -> tuple[date, date] | None:
    """First and last day that the gold gives; one that is missing is the other."""
    start, end = gold.start or gold.end, gold.end or gold.start
    return (start, end) if start is not None and end is not None else None


def days_of(read: Record) -> tuple[date, date] | None:
    """First and last day that was read."""
    return (read.start, read.end or read.start) if read.start is not None else None


# ---------------------------------------------------------------------- right or wrong


def right(gold: GoldRecord, read: Record) -> dict[str, bool]:
    """Say of each field that the gold gives whether it was read right."""
    found = {
        name: getattr(gold, name) == getattr(read, name)
        for name in ("kind", "type", "mode", *_AUX)
        if name in gold.given
    }
    found |= {side: part == 1.0 for side, part in _parties(gold, read).items()}
    if gold.given & {"start", "end"}:
        found["date"] = _days_shared(gold, read) == 1.0
    if "place" in gold.given:
        found["place"] = (
            same(gold.place, read.place) if gold.place and read.place else
            not gold.place and read.place is None
        )  # fmt: skip
    if "quantities" in gold.given:
        found["quantities"] = all(part == 1.0 for part in overlaps(gold, read))
    if "chain" in gold.given:
        found["chain"] = chain_right(gold, read)
    if "condition" in gold.given:
        told, words = content(gold.condition), content(read.condition)
        found["condition"] = bool(told) is bool(words) and (told <= words or words <= told)
    return found


def chain_right(gold: GoldRecord, read: Record) -> bool:
    """Whether the whole chain is right, innermost first; publishers apart."""
    spoken = _speakers(read)
    return len(spoken) == len(gold.chain) and all(
        same(name, link) for name, link in zip(gold.chain, spoken, strict=True)
    )


def innermost_right(gold: GoldRecord, read: Record) -> bool:
    """Whether the innermost speaker is right; the publisher's own words have none."""
    spoken = _speakers(read)
    if not gold.chain or not spoken:
        return not gold.chain and not spoken
    return same(gold.chain[0], spoken[0])


def _speakers(read: Record) -> list[Spoken]:
    return [link for link in read.chain if link.kind != PUBLISHER]


# ---------------------------------------------------------------------- quantities


def overlaps(gold: GoldRecord, read: Record) -> list[float]:
    """Overlap of every quantity told in either: 0 where the other does not have it.

    The overlap of two counts is the number of whole values in both intervals over the number in
    either. An open lower end is zero; an open upper end is twice the largest number that either
    gives, so that "at least 40" and "40 to 80" agree well, and "at least 40" and "at least 400" do
    not.
    """
    left = list(read.quantities)
    parts = []
    for told in gold.quantities:
        fits = [each for each in left if _same_count(told, each)]
        best = max(fits, key=lambda each: overlap(told, each), default=None)
        parts.append(overlap(told, best) if best else 0.0)
        if best:
            left.remove(best)
    return [*parts, *(0.0 for _ in left)]


def _same_count(gold: GoldQuantity, read: Quantity) -> bool:
    if gold.what != read.what or gold.unit not in {"", read.unit}:
        return False
    if not gold.group:
        return True
    actor, _, category = gold.group.rpartition("/")
    return category == read.category and actor in {"", read.actor}


def overlap(gold: GoldQuantity, read: Quantity) -> float:
    """Overlap of two counts, 0 to 1 (see `overlaps`).

    Examples
    --------
    >>> seven, more = GoldQuantity(what="killed", best=7), GoldQuantity(what="killed", low=7)
    >>> overlap(seven, Quantity("killed", best=7)), overlap(more, Quantity("killed", low=7))
    (1.0, 1.0)
    >>> overlap(seven, Quantity("killed", low=5, high=8))
    0.25
    """
    told = [_bounds(gold.low, gold.best, gold.high), _bounds(read.low, read.best, read.high)]
    ceiling = 2 * max(value for pair in told for value in pair if value is not None)
    (a, b), (c, d) = (
        (low or 0.0, ceiling if high is None else high) for low, high in told
    )  # fmt: skip
    within = min(b, d) - max(a, c) + 1
    return max(0.0, within / (max(b, d) - min(a, c) + 1))


def _bounds(
    low: float | None, best: float | None, high: float | None
) -> tuple[float | None, float | None]:
    if best is None:
        return low, high
    return (best if low is None else low), (best if high is None else high)


def evidence_shared(gold: GoldRecord, text: str, span: tuple[int, int]) -> float:
    """Share of characters that the evidence of both has in common, 0 to 1."""
    start, end = gold_span(gold, text)
    first, last = span
    union = max(end, last) - min(start, first)
    return max(0.0, (min(end, last) - max(start, first)) / union) if end and union else 0.0


def gold_span(gold: GoldRecord, text: str) -> tuple[int, int]:
    """Where the evidence of a gold record stands; (0, 0) where the gold does not say."""
    if gold.span is not None:
        return gold.span
    start = text.find(gold.words) if gold.words else -1
    return (start, start + len(gold.words)) if start >= 0 else (0, 0)
