"""What reports already say of destinations, and how it weighs on the shares of a forecast.

Some reports count how many of the displaced went to a part of the area; more of them only name the
main destinations. Both are evidence of shares, of another day and another front than those ahead:
a name counts as one person asked where he went, a counted share as `COUNTED` of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.case.displacing import DisplacementRow
from foreshock.core.displacement import Ground, Total
from foreshock.core.random import stream
from foreshock.evidence.claim import Claim, Modality, Polarity
from foreshock.evidence.view import Evidence

COUNTED = 20
"""People asked to whom a counted share is worth as much: a judgement, as the front moves on."""

LEAST_EFFECTIVE = 200
"""Draws that must be left in effect for the reports to be said to agree with the shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """What one claim says of where people went.

    Attributes
    ----------
    claim : str
    places : tuple of int
        Destinations, as positions among the grounds.
    share : float or None
        Share of all displaced people who went to these places together; None where they are only
        named.
    """

    claim: str
    places: tuple[int, ...]
    share: float | None


def mentions(
    evidence: Evidence,
    declared: DisplacementRow,
    grounds: Sequence[Ground],
    totals: Sequence[Total],
) -> list[Mention]:
    """List what is said of destinations within the area, of people who have fled.

    A count becomes a share by the counter's own total for the same days. Intentions are no
    arrivals, and a destination outside the grounds (a shut border) says nothing of them.
    """
    found = []
    for claim in evidence.standing:
        if (
            claim.type != "DISPLACE"
            or claim.modality is not Modality.ACTUAL
            or claim.polarity is Polarity.DENIED
            or not claim.destinations
            or (claim.start or declared.since) < declared.since
        ):
            continue
        places = _places(claim, evidence, grounds)
        counted = [quantity.central for quantity in claim.quantities if quantity.what == "arrivals"]
        total = _total(claim, declared, evidence, totals)
        if not places or (claim.quantities and not (counted and total)):
            continue
        share = min(1.0, counted[0] / total) if counted and total else None
        found.append(Mention(claim=claim.id, places=places, share=share))
    return found


def _places(claim: Claim, evidence: Evidence, grounds: Sequence[Ground]) -> tuple[int, ...]:
    holds = evidence.places.holds
    return tuple(
        at
        for at, ground in enumerate(grounds)
        if any(
            ground.place == place or holds(place, ground.place) or holds(ground.place, place)
            for place in claim.destinations
        )
    )


def _total(
    claim: Claim, declared: DisplacementRow, evidence: Evidence, totals: Sequence[Total]
) -> float | None:
    if claim.start != declared.since or evidence.voice(claim) != declared.counted_by:
        return None
    return next((total.people for total in totals if total.day == claim.end), None)


def weighed(
    shares: NDArray[np.floating], told: Sequence[Mention], seed: int
) -> tuple[NDArray[np.intp], float]:
    r"""Choose draws of shares by how well they fit what is reported.

    With :math:`q_d` the share of a destination in a draw, a name has the likelihood :math:`q_d`,
    and a counted share :math:`s` of the places R
    :math:`q_R^{\,ns} (1 - q_R)^{\,n(1-s)}` with :math:`n` = `COUNTED`; draws are taken anew in
    proportion (sampling importance resampling, Rubin 1988).

    Parameters
    ----------
    shares : ndarray, shape (member, origin, destination)
    told : sequence of Mention
    seed : int

    Returns
    -------
    chosen : ndarray of int, shape (member,)
        Positions of the draws taken.
    effective : float
        Kish's effective number of draws.

    Examples
    --------
    >>> draws = np.array([[[0.9, 0.1]], [[0.2, 0.8]]]).repeat(500, axis=0)
    >>> chosen, effective = weighed(draws, [Mention(claim="c", places=(1,), share=None)], seed=1)
    >>> float((chosen >= 500).mean()), round(effective)
    (0.889, 623)
    """
    destinations = shares.sum(axis=1)
    fit = np.zeros(len(shares))
    tiny = np.finfo(np.float64).tiny
    for mention in told:
        if mention.share is None:
            fit += np.log(np.maximum(destinations[:, mention.places], tiny)).sum(axis=1)
        else:
            together = np.clip(destinations[:, mention.places].sum(axis=1), 1e-9, 1 - 1e-9)
            fit += COUNTED * (
                mention.share * np.log(together) + (1 - mention.share) * np.log1p(-together)
            )
    weights = np.exp(fit - fit.max())
    weights /= weights.sum()
    # One even grid for all members: no more noise than there must be.
    grid = (stream(seed, "reported destinations").random() + np.arange(len(shares))) / len(shares)
    chosen = np.minimum(np.searchsorted(np.cumsum(weights), grid), len(shares) - 1)
    return chosen, float(1 / (weights**2).sum())
