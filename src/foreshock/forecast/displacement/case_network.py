"""The network of a case: its sub-districts, the towns between them, and roads that are open.

Roads of the case join towns. A sub-district is joined to each of its towns that shelter holds, from
its centre, by the great circle times a detour; so it is joined to the nearest town on a road if
none of its own lies on one. Nobody passes a place that attackers hold, or a shut border.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from foreshock.assess.ground import Terrain
from foreshock.case.displacing import DisplacementRow
from foreshock.core.network import Closure, ClosureKind, Network, Road, Site, SiteKind
from foreshock.core.places import Place, distance_km
from foreshock.evidence.records import Road as KnownRoad
from foreshock.evidence.view import Evidence

DETOUR = 1.3
"""Length of a local road beside its great circle, as the case's own roads take it."""

LEAST_KM = 1.0


def case_network(
    evidence: Evidence, terrain: Terrain, declared: DisplacementRow, as_of: date
) -> Network:
    """Lay out where people can go on a day.

    Returns
    -------
    Network
        The grounds of the terrain first, in their order, as sites where displaced people stay; then
        towns on roads. One day long. Fighting at a site is its threat.
    """
    places = evidence.places
    shut = set(declared.closed)
    roads = [
        road for _, road in sorted(evidence.roads.items())
        if road.in_graph and not ({road.a, road.b} | _above(evidence, road.a, road.b)) & shut
    ]  # fmt: skip
    towns = sorted({end for road in roads for end in (road.a, road.b)} | set(terrain.towns))
    grounds = [ground.place for ground in terrain.grounds]
    at = {name: number for number, name in enumerate([*grounds, *towns])}
    ways = [
        Road(first=at[road.a], second=at[road.b], km=km)
        for road in roads
        if (km := _length(road, evidence)) is not None
    ]
    on_road = {end for road in roads for end in (road.a, road.b)} - terrain.barred
    for ground in grounds:
        for town in _doors(ground, terrain, on_road, evidence):
            # Nobody knows how far it is to a place of which nobody said where it lies.
            if (km := _apart(places[ground], places[town])) is not None:
                ways.append(Road(first=at[ground], second=at[town], km=km))
    threat = [*(ground.threat for ground in terrain.grounds), *(0.0 for _ in towns)]
    return Network(
        name=declared.area,
        start=as_of,
        days=1,
        sites=tuple(
            _site(places[name], SiteKind.IDP_CAMP if name in grounds else SiteKind.TOWN)
            for name in [*grounds, *towns]
        ),
        roads=tuple(ways),
        closures=tuple(
            Closure(kind=ClosureKind.SITE, first=town, second="", start=0, end=None)
            for town in towns
            if town in terrain.barred
        ),
        conflict=np.array([threat]),
    )


def _above(evidence: Evidence, *ends: str) -> set[str]:
    return {area for end in ends for area in evidence.places.above(end)}


def _site(place: Place, kind: SiteKind) -> Site:
    nowhere = float("nan")
    return Site(
        name=place.id,
        kind=kind,
        lat=nowhere if place.lat is None else place.lat,
        lon=nowhere if place.lon is None else place.lon,
    )


def _length(road: KnownRoad, evidence: Evidence) -> float | None:
    if road.km is not None:
        return road.km
    return _apart(evidence.places[road.a], evidence.places[road.b])


def _apart(a: Place, b: Place) -> float | None:
    km = distance_km(a, b)
    return None if km is None else max(LEAST_KM, DETOUR * km)


def _doors(ground: str, terrain: Terrain, on_road: set[str], evidence: Evidence) -> list[str]:
    """List the towns by which people enter and leave a sub-district."""
    own = [town for town, area in terrain.towns.items() if area == ground and town in on_road]
    if own:
        return own
    here = evidence.places[ground]
    apart = {town: distance_km(here, evidence.places[town]) for town in sorted(on_road)}
    near = {town: km for town, km in apart.items() if km is not None}
    return [min(near, key=lambda town: (near[town], town))] if near else []
