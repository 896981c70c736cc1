"""Which part of the world a map shows: where it happens, not where it is talked about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from foreshock.brief.document import Brief
from foreshock.brief.page.happenings import Happening
from foreshock.brief.page.places import spot, standing
from foreshock.brief.page.projection import Spot
from foreshock.core.places import EARTH_RADIUS_KM

CORE = 0.6
"""The core of the map: this share of the weight, nearest to the middle."""

REACH = 2.2
"""A place belongs to the map up to so many times the core's reach from its middle."""

NEAR = 25.0
"""Within so many km a place belongs to the map in any case."""

TALK = 0.1
"""Weight of an act that is no conflictual deed: talks are held in far capitals."""


def extent(brief: Brief, happened: Sequence[Happening]) -> list[Spot]:
    """List the places that the map must show, as degrees east and north.

    Every place that somebody is said to hold counts once, every conflictual deed of the window
    once, every other act a little. The middle is the place that has the least weighted distance to
    all others. Places far beyond the core are left out, so that a far capital does not shrink the
    battlefield.
    """
    weights: dict[Spot, float] = {}
    for holding in brief.control:
        where = spot(holding.place)
        if where and standing(holding.place) == "point":
            weights[where] = weights.get(where, 0.0) + 1.0
    for happening in happened:
        where = spot(happening.event.place)
        if where and standing(happening.event.place) == "point":
            event = happening.event
            deed = event.sign == "conflictual" and event.channel != "word"
            weights[where] = weights.get(where, 0.0) + (1.0 if deed else TALK)
    if not weights:
        # Nothing has a point: the middles of areas are better than nothing.
        areas = {spot(happening.event.place) for happening in happened}
        return sorted(where for where in areas if where)
    return trimmed(sorted(weights), [weights[where] for where in sorted(weights)])


def trimmed(spots: Sequence[Spot], weights: Sequence[float]) -> list[Spot]:
    """Leave out the places that are far from where most weight lies.

    Examples
    --------
    >>> trimmed([(10.0, 45.0), (10.2, 45.1), (10.1, 44.9), (37.6, 55.8)], [1, 1, 1, 1])
    [(10.0, 45.0), (10.2, 45.1), (10.1, 44.9)]
    """
    weight = np.asarray(weights, dtype=float)
    # Thousands of places: their middle is sought among the weightiest.
    middles = np.argsort(-weight, kind="stable")[:300]
    away = _km(spots, [spots[index] for index in middles])
    middle = int(np.argmin(np.round(away @ weight, 6)))
    distance = away[middle]
    order = np.argsort(distance, kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    core = float(distance[order][int(np.searchsorted(share, CORE))])
    most = max(core * REACH, NEAR)
    return [where for where, far in zip(spots, distance, strict=True) if far <= most]


def _km(spots: Sequence[Spot], middles: Sequence[Spot]) -> npt.NDArray[np.float64]:
    """Great-circle distances of all spots (columns) from some of them (rows)."""
    to, start = np.radians(np.array(spots)), np.radians(np.array(middles))
    half_phi = np.sin((to[:, 1] - start[:, 1:]) / 2) ** 2
    half_lambda = np.sin((to[:, 0] - start[:, :1]) / 2) ** 2
    root = np.sqrt(half_phi + np.cos(start[:, 1:]) * np.cos(to[:, 1]) * half_lambda)
    found: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, root))
    return found
