"""The ground that people flee over: who holds which town, where the front moves, how near it is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.assess.control.said import Holding, Say
from foreshock.case.displacing import DisplacementRow
from foreshock.core.displacement import Ground
from foreshock.core.places import distance_km
from foreshock.core.time import Precision
from foreshock.evidence.claim import Kind
from foreshock.evidence.view import Evidence

RECENT = timedelta(days=30)
"""A front has moved where ground was taken no longer ago than this."""

POPULATION = "population"

AREA = "subdistrict"
"""Kind of area between which flight is told: nothing smaller, for the safety of those who flee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A place where ground was taken or is fought over.

    Attributes
    ----------
    place : str
    since : datetime.date
        First day of which that is said.
    claims : tuple of str
    """

    place: str
    since: date
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrain:
    """What a day's evidence says of the ground of a declared displacement.

    Attributes
    ----------
    fronts : tuple of Front
    grounds : tuple of Ground
        Sub-districts in which some place is held by those who shelter, by id.
    towns : mapping of str to str
        Their places that shelter holds, each with its sub-district.
    barred : frozenset of str
        Places that attackers hold: nobody flees into or through them.
    left_out : mapping of str to str
        Sub-districts of the area that are not among the grounds, and why.
    """

    fronts: tuple[Front, ...]
    grounds: tuple[Ground, ...]
    towns: Mapping[str, str]
    barred: frozenset[str]
    left_out: Mapping[str, str]


def terrain(evidence: Evidence, control: Sequence[Holding], declared: DisplacementRow) -> Terrain:
    r"""Work out who is threatened, from who is said to hold which place.

    The threat to a town falls with its distance :math:`d` to the nearest front,
    :math:`e^{-d/r}`, where :math:`r` is the declared reach; that to a sub-district is the mean
    over its towns that shelter holds, by people where all of them are known.

    Parameters
    ----------
    evidence : Evidence
    control : sequence of Holding
        Who is said to hold each place on the day.
    declared : DisplacementRow
    """
    places = evidence.places
    inside = {h.place: h for h in control if places.holds(declared.area, h.place)}
    fronts = tuple(
        front for place in sorted(inside) if (front := _front(inside[place], evidence, declared))
    )
    towns: dict[str, list[str]] = defaultdict(list)
    for place in sorted(inside):
        if _sheltered(inside[place], evidence, declared):
            for area in _areas(place, evidence):
                towns[area].append(place)
    grounds = tuple(
        _ground(area, towns[area], inside, fronts, evidence, declared.reach_km)
        for area in sorted(towns)
    )
    return Terrain(
        fronts=fronts,
        grounds=grounds,
        towns={town: area for area, each in sorted(towns.items()) for town in each},
        barred=frozenset(h.place for h in control if _attacked(h, evidence, declared)),
        left_out=_left_out(evidence, declared, set(towns), inside),
    )


def living(evidence: Evidence, area: str) -> tuple[float, tuple[str, ...]] | None:
    """Give how many people live in an area, by the newest word on it, and the claims that say so.

    Returns
    -------
    people, claims
        None where nobody said.
    """
    told = [
        (claim.end or claim.known_at or date.min, quantity.central, claim.id)
        for claim in evidence.standing
        for quantity in claim.quantities
        if quantity.what == POPULATION and claim.place == area and claim.kind is Kind.STATE
    ]
    if not told:
        return None
    newest = max(day for day, _, _ in told)
    latest = [(people, claim) for day, people, claim in told if day == newest]
    people = max(people for people, _ in latest)
    return people, tuple(sorted(claim for said, claim in latest if said == people))


def _kin(holders: Sequence[str], named: Sequence[str], evidence: Evidence) -> bool:
    return any(evidence.actors.kin(holder, each) for holder in holders for each in named)


def _sheltered(holding: Holding, evidence: Evidence, declared: DisplacementRow) -> bool:
    return _kin(holding.holders, declared.shelters, evidence)


def _attacked(holding: Holding, evidence: Evidence, declared: DisplacementRow) -> bool:
    held = holding.status == "held" and _kin(holding.holders, declared.attackers, evidence)
    return held and not _sheltered(holding, evidence, declared)


def _front(holding: Holding, evidence: Evidence, declared: DisplacementRow) -> Front | None:
    """Tell whether ground was taken here of late, or is fought over by attackers and shelter."""
    if not _kin(holding.holders, declared.attackers, evidence):
        return None
    if holding.status == "contested":
        if not _sheltered(holding, evidence, declared):
            return None
        return Front(place=holding.place, since=holding.since, claims=holding.claims)
    taken = [(since, say) for say in holding.says if (since := _taken(say, evidence)) is not None]
    fresh = [(since, say) for since, say in taken if evidence.as_of - since <= RECENT]
    if not fresh:
        return None
    return Front(
        place=holding.place,
        since=min(since for since, _ in fresh),
        claims=tuple(say.claim for _, say in fresh),
    )


def _taken(say: Say, evidence: Evidence) -> date | None:
    """Give the day since which a place is said to be held: "holds, since 29 January"; else None.

    A word that it is held on one day says nothing of how long it has been.
    """
    claim = evidence.claims[say.claim]
    dated = say.how == "took" or claim.precision is Precision.SPAN
    return claim.start if dated else None


def _areas(place: str, evidence: Evidence) -> list[str]:
    return sorted(
        area for area in evidence.places.above(place)
        if area in evidence.places and evidence.places[area].kind == AREA
    )  # fmt: skip


def _ground(
    area: str,
    towns: Sequence[str],
    inside: Mapping[str, Holding],
    fronts: Sequence[Front],
    evidence: Evidence,
    reach: float,
) -> Ground:
    known = {t: people for t in towns if (people := evidence.places[t].population) is not None}
    threats = {town: _threat(town, fronts, evidence, reach) for town in towns}
    weights = known if len(known) == len(towns) else dict.fromkeys(towns, 1.0)
    whole = sum(weights.values())
    threat = sum(weights[town] * threats[town] for town in towns) / whole if whole else 0.0
    return Ground(
        place=area,
        people=sum(known.values()) if known else None,
        threat=threat,
        claims=tuple(dict.fromkeys(claim for t in towns for claim in inside[t].claims)),
    )


def _threat(town: str, fronts: Sequence[Front], evidence: Evidence, reach: float) -> float:
    here = evidence.places[town]
    apart = [
        d for front in fronts if (d := distance_km(here, evidence.places[front.place])) is not None
    ]
    return math.exp(-min(apart) / reach) if apart else 0.0


def _left_out(
    evidence: Evidence,
    declared: DisplacementRow,
    grounds: set[str],
    inside: Mapping[str, Holding],
) -> dict[str, str]:
    held = {area for place in inside for area in _areas(place, evidence)}
    found = {}
    for area in sorted(evidence.places):
        place = evidence.places[area]
        if (
            place.kind == AREA
            and area not in grounds
            and evidence.places.holds(declared.area, area)
        ):
            found[area] = (
                "no place in it is said to be held by those who shelter"
                if area in held
                else "nobody says who holds a place in it"
            )
    return found
