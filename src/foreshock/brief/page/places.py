"""Where a place may be shown: exactly, as an area, or not at all."""

from __future__ import annotations

from typing import Literal

from foreshock.brief.items import PlaceItem
from foreshock.brief.page.projection import Spot
from foreshock.core.places import AREA_KINDS

SHELTERS = frozenset({"camp", "site", "shelter", "settlement"})
"""Kinds of place where displaced people live. A page may reach those who shell them."""

Standing = Literal["point", "area", "shelter", "unknown", "nowhere"]
"""How a place stands on a map; `nowhere`: no place was named."""


def standing(place: PlaceItem | None) -> Standing:
    """Tell how a place may be shown.

    Examples
    --------
    >>> standing(PlaceItem(id="ford", name="the ford", lat=45.0, lon=10.0, kind="crossing"))
    'point'
    >>> standing(PlaceItem(id="camp", name="the camp", lat=45.0, lon=10.0, kind="camp"))
    'shelter'
    >>> standing(PlaceItem(id="mill", name="the mill"))
    'unknown'
    """
    if place is None:
        return "nowhere"
    if place.kind in SHELTERS:
        return "shelter"
    if spot(place) is None:
        return "unknown"
    return "area" if place.kind in AREA_KINDS else "point"


def spot(place: PlaceItem | None) -> Spot | None:
    """Give the degrees east and north at which a place may be shown.

    Returns
    -------
    tuple of float or None
        None where nobody knows them, where they make no sense, and for sites of displaced people.

    Examples
    --------
    >>> spot(PlaceItem(id="ford", name="the ford", lat=45.0, lon=10.0, kind="crossing"))
    (10.0, 45.0)
    >>> spot(PlaceItem(id="camp", name="the camp", lat=45.0, lon=10.0, kind="camp"))
    """
    if place is None or place.kind in SHELTERS or place.lat is None or place.lon is None:
        return None
    # False for what is no number, too.
    sensible = abs(place.lat) <= 90 and abs(place.lon) <= 360
    return (place.lon, place.lat) if sensible else None
