"""A running total of people who fled, as one counter told it: all histories that fit together.

A running total cannot fall. Where two counts of one counter contradict each other, both stand, and
each history holds one of them: more often the one that is better attested.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from foreshock.case.displacing import DisplacementRow
from foreshock.core.displacement import Total
from foreshock.core.random import stream
from foreshock.evidence.belief import believe
from foreshock.evidence.claim import Claim, Kind, Modality
from foreshock.evidence.view import Evidence

COUNTED = "displaced"
ORDERS = 2000
"""Random orders in which contradicting counts are admitted; their shares are the weights."""

ROUNDEST = 10_000
"""No count is taken to be rounded more roughly than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Counts that can all be true, oldest first.

    Attributes
    ----------
    totals : tuple of Total
    weight : float
        How much this history is believed beside the others; they sum to 1.
    """

    totals: tuple[Total, ...]
    weight: float


def totals(evidence: Evidence, declared: DisplacementRow) -> tuple[Total, ...]:
    """List a counter's running totals of the declared area and start, oldest first.

    Plans and fears are no counts, and a total without a day cannot be placed.
    """
    told: dict[tuple[date, float], list[Claim]] = defaultdict(list)
    for claim in evidence.standing:
        if claim.end is None or claim.end <= declared.since or not _runs(claim, declared, evidence):
            continue
        for quantity in claim.quantities:
            if quantity.what == COUNTED:
                told[claim.end, quantity.central].append(claim)
    return tuple(
        Total(
            day=day,
            people=people,
            claims=tuple(sorted(claim.id for claim in claims)),
            weight=believe(claims, evidence).probability,
        )
        for (day, people), claims in sorted(told.items())
    )


def _runs(claim: Claim, declared: DisplacementRow, evidence: Evidence) -> bool:
    return (
        claim.type == "DISPLACE"
        and claim.kind in {Kind.FIGURE, Kind.EVENT}
        and claim.modality is Modality.ACTUAL
        and evidence.voice(claim) == declared.counted_by
        and claim.place == declared.area
        and not claim.origins
        and not claim.destinations
        and claim.start == declared.since
    )


def histories(found: Sequence[Total], seed: int = 0) -> list[History]:
    """Give the sets of counts that fit together, most believed first.

    Counts are admitted one by one, in random orders in which the better attested tend to come
    first; one that contradicts those admitted before it is passed over.

    Examples
    --------
    >>> told = [Total(day=date(2031, 5, 1), people=101.0, weight=0.9),
    ...         Total(day=date(2031, 5, 8), people=303.0, weight=0.9),
    ...         Total(day=date(2031, 5, 9), people=202.0, weight=0.3)]
    >>> [([total.people for total in each.totals], each.weight) for each in histories(told)]
    [([101.0, 303.0], 0.745), ([101.0, 202.0], 0.255)]
    """
    random = stream(seed, "running total")
    weights = np.array([total.weight for total in found])
    fit = np.array([[_fit(one, other) for other in found] for one in found])
    # Orders drawn without replacement by weight (Efraimidis & Spirakis 2006).
    orders = np.argsort(random.exponential(size=(ORDERS, len(found))) / weights, axis=1)
    shares: Counter[tuple[int, ...]] = Counter()
    for order in orders.tolist():
        kept: list[int] = []
        for at in order:
            if fit[at, kept].all():
                kept.append(at)
        shares[tuple(sorted(kept))] += 1
    alone = {at for kept in shares for at in kept if all(at in other for other in shares)}
    return [
        History(
            totals=tuple(found[at] if at not in alone else _sure(found[at]) for at in kept),
            weight=times / ORDERS,
        )
        for kept, times in sorted(shares.items(), key=lambda each: (-each[1], each[0]))
        if kept
    ]


def _sure(total: Total) -> Total:
    return replace(total, weight=1.0)


def _fit(a: Total, b: Total) -> bool:
    """Whether two totals can both be true: one day has one, and a later one is no lower."""
    if a.day == b.day:
        return abs(a.people - b.people) <= rounding(a.people) + rounding(b.people)
    early, late = (a, b) if a.day < b.day else (b, a)
    return late.people >= early.people - rounding(early.people) / 2 - rounding(late.people) / 2


def rounding(people: float) -> float:
    """Tell to what a count was rounded: the largest power of ten that divides it, up to a limit.

    Examples
    --------
    >>> rounding(586_000), rounding(300_000), rounding(7)
    (1000.0, 10000.0, 1.0)
    """
    whole = round(people)
    if whole == 0:
        return 1.0
    zeros = next(power for power in range(13) if whole % 10 ** (power + 1))
    return min(float(10**zeros), float(ROUNDEST))


def rounding_spread(early: float, late: float) -> float:
    """Give the standard deviation, in people, of the difference of two rounded totals.

    A number rounded to units of u lies within u/2 of the truth, evenly: its variance is u²/12.
    """
    return math.sqrt((rounding(early) ** 2 + rounding(late) ** 2) / 12)
