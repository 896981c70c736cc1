r"""How likely a place changes hands on a day, and to whom.

A side :math:`a` loses a place to :math:`b` at the daily rate

.. math:: r_{ab} = (\beta_0 + \beta_1 F)\, w_{b \mid a} + \beta_2 R_b

where :math:`F` tells fighting near the place within the last days, :math:`R_b` that :math:`b` has
newly taken a neighbour by road, and :math:`w` shares the rest among the other sides by what they
have taken. It changes hands with probability :math:`1 - e^{-\sum_b r_{ab}}`; some changes begin
with a contest, which ends at a rate of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.settings import Rate, Settings
from foreshock.assess.control.sides import Sides
from foreshock.assess.control.words import Symbol, Word
from foreshock.core.places import distance_km
from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.evidence.view import Evidence

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Land:
    """Which places lie side by side.

    Attributes
    ----------
    beside : ndarray of bool, (place, place)
        Joined by a road of the graph.
    near : ndarray of bool, (place, place)
        Within the stated distance of each other; every place is near itself.
    """

    beside: NDArray[np.bool_]
    near: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Drive:
    """What drives changes, day by day.

    Attributes
    ----------
    fighting : ndarray, (day, place)
        1 where there was fighting near on this day or the few before it; where ground is said to
        be taken or contested, there is.
    taken : ndarray, (day, place, side)
        1 where the side was said to take the place itself within these days.
    road : ndarray, (day, place, side)
        1 where the side newly took a neighbour by road.
    """

    fighting: Array
    taken: Array
    road: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """The fitted rates.

    Attributes
    ----------
    base, fighting, road, contest : Rate
        A day: where nothing is going on; more where there is fighting near; more for each side that
        newly took a neighbour by road; that a contest ends.
    through_contest : tuple of float
        Changes seen that began with a contest, and that did not.
    to : ndarray, (side,)
        Whom a place falls to where no road says so; sums to one.
    """

    base: Rate
    fighting: Rate
    road: Rate
    contest: Rate
    through_contest: tuple[float, float]
    to: Array

    @classmethod
    def of(cls, settings: Settings, to: Array) -> Hazards:
        """Take the prior for what is so."""
        return cls(
            base=settings.base,
            fighting=settings.fighting,
            road=settings.road,
            contest=settings.contest,
            through_contest=settings.through_contest,
            to=to,
        )

    @property
    def contest_share(self) -> float:
        """Share of the changes that begin with a contest."""
        first, rest = self.through_contest
        return first / (first + rest)

    @property
    def basis(self) -> str:
        """Say from how many changes the rates were estimated."""
        seen = self.base.seen + self.fighting.seen + self.road.seen
        before = self.base.prior_shape + self.fighting.prior_shape + self.road.prior_shape
        told = f"estimated from {seen:.1f} changes of hands"
        return f"{told}: mostly the prior" if seen < before else told

    def falls(self) -> Array:
        """Whom a place falls to, by who held it: (side and, last, nobody; side)."""
        sides = len(self.to)
        shares = np.broadcast_to(self.to, (sides + 1, sides)).copy()
        shares[np.arange(sides), np.arange(sides)] = 0
        whole = shares.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(shares, whole, out=np.zeros_like(shares), where=whole > 0))

    def rates(self, fighting: Array, road: Array) -> Array:
        """Daily rates, (..., holder, new holder); the last holder is nobody."""
        sides = len(self.to)
        rest = self.base.mean + self.fighting.mean * fighting
        rates = rest[..., None, None] * self.falls() + (self.road.mean * road)[..., None, :]
        rates[..., np.arange(sides), np.arange(sides)] = 0
        return rates

    def moves(self, fighting: Array, road: Array) -> Array:
        """Probabilities of going from each state to each other within a day.

        Parameters
        ----------
        fighting : ndarray, (...)
        road : ndarray, (..., side)

        Returns
        -------
        ndarray, (..., state, state)
        """
        sides = len(self.to)
        rates = self.rates(fighting, road)
        whole = rates.sum(axis=-1, keepdims=True)
        fate = np.divide(rates, whole, out=np.zeros_like(rates), where=whole > 0)
        leaving = -np.expm1(-whole[..., 0])
        moves = np.zeros((*fighting.shape, sides + 2, sides + 2))
        holders = [*range(sides), sides + 1]
        moves[..., holders, :sides] = (1 - self.contest_share) * leaving[..., None] * fate
        moves[..., holders, sides] = self.contest_share * leaving
        claimants = self.to + road
        ends = -np.expm1(-self.contest.mean)
        moves[..., sides, :sides] = ends * claimants / claimants.sum(axis=-1, keepdims=True)
        every = np.arange(sides + 2)
        moves[..., every, every] = 1 - moves.sum(axis=-1)
        return moves

    def leaving(self, fighting: Array, road: Array) -> Array:
        """Probability that each state ends within a day, (..., state)."""
        moves = self.moves(fighting, road)
        return np.asarray(1 - np.diagonal(moves, axis1=-2, axis2=-1))

    def after(self, belief: Array, steps: Array, drive: Drive, settings: Settings) -> Hazards:
        """Estimate the rates anew from the changes that are believed.

        Each change is shared among what may have driven it in proportion to their rates; exposures
        are the place-days of each. (The step is exact for small rates a day.)
        """
        sides = len(self.to)
        fighting, road = drive.fighting[1:], drive.road[1:]
        rates = self.rates(fighting, road)
        whole = rates.sum(axis=-1, keepdims=True)
        holders = [*range(sides), sides + 1]
        gone = steps[..., holders, :sides].copy()
        gone[..., np.arange(sides), np.arange(sides)] = 0
        contests = steps[..., holders, sides]
        fate = np.divide(rates, whole, out=np.zeros_like(rates), where=whole > 0)
        changes = gone + contests[..., None] * fate
        one = np.divide(changes, rates, out=np.zeros_like(rates), where=rates > 0)
        falls = self.falls()
        held = belief[:-1][..., holders]
        can = falls.any(axis=1)  # where there is but one side, nobody can take its places
        by_road = (one * road[..., None, :]).sum() * self.road.mean
        open_road = held[..., :, None] * road[..., None, :]
        open_road[..., np.arange(sides), np.arange(sides)] = 0
        rest = (one * falls).sum(axis=(-2, -1))
        at_risk = (held * can).sum(axis=-1)
        contested = belief[:-1, :, sides].sum()
        early, late = settings.through_contest
        return replace(
            self,
            base=self.base.after(float(rest.sum()) * self.base.mean, float(at_risk.sum())),
            fighting=self.fighting.after(
                float((rest * fighting).sum()) * self.fighting.mean,
                float((at_risk * fighting).sum()),
            ),
            road=self.road.after(float(by_road), float(open_road.sum())),
            contest=self.contest.after(float(steps[..., sides, :sides].sum()), float(contested)),
            through_contest=(early + float(contests.sum()), late + float(gone.sum())),
        )


def land(places: Sequence[str], evidence: Evidence, settings: Settings) -> Land:
    """Work out which places lie side by side."""
    number = {place: index for index, place in enumerate(places)}
    beside = np.zeros((len(places), len(places)), np.bool_)
    for road in evidence.roads.values():
        if road.in_graph and road.a in number and road.b in number:
            beside[number[road.a], number[road.b]] = beside[number[road.b], number[road.a]] = True
    near = np.array([[_near(a, b, evidence, settings) for b in places] for a in places], np.bool_)
    return Land(beside, near.reshape(beside.shape))


def drive(
    places: Sequence[str], sides: Sides, told: Sequence[Word], lying: Land,
    first: date, evidence: Evidence, settings: Settings,
) -> Drive:  # fmt: skip
    """Work out what drove changes on each day from the first to the as-of."""
    days = (evidence.as_of - first).days + 1
    number = {place: index for index, place in enumerate(places)}
    lately = timedelta(days=settings.fresh)
    fighting = np.zeros((days, len(places)))
    fights = _fights(evidence) | {
        (word.place, day)
        for word in told
        for day in [word.on[0] if word.symbol is Symbol.CONTESTED else word.turned]
        if day is not None
    }
    for spot, day in sorted(fights):
        span = _span(day, day + lately, first, days)
        for index, place in enumerate(places):
            if _near(place, spot, evidence, settings):
                fighting[span, index] = 1
    taken = np.zeros((days, len(places), len(sides.names)))
    for word in told:
        if word.symbol is Symbol.HELD and word.turned is not None:
            span = _span(word.turned, word.turned + lately, first, days)
            taken[span, number[word.place], sides.index[word.side]] = 1
    road = np.minimum(np.einsum("pq,tqs->tps", lying.beside.astype(float), taken), 1.0)
    return Drive(fighting, taken, road)


def _span(start: date, end: date, first: date, days: int) -> slice:
    return slice(max((start - first).days, 0), max(min((end - first).days, days), 0))


def _fights(evidence: Evidence) -> set[tuple[str, date]]:
    """List where and when people fought, at places whose position is known."""
    return {
        (claim.place, min(claim.end, evidence.as_of))
        for claim in evidence.standing
        if claim.kind is Kind.EVENT and claim.type == "ASSAULT" and claim.end is not None
        and claim.modality is Modality.ACTUAL and claim.polarity is not Polarity.DENIED
        and claim.place in evidence.places and not evidence.places[claim.place].is_area
    }  # fmt: skip


def _near(a: str, b: str, evidence: Evidence, settings: Settings) -> bool:
    if a == b:
        return True
    apart = distance_km(evidence.places[a], evidence.places[b])
    return apart is not None and apart <= settings.near_km
