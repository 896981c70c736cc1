"""The map of the world: areas of countries in true proportion, and points for the smallest.

The areas are Natural Earth's; ``world.toml`` says which version and under which terms, and
``docs/world.py`` how ``world.npz`` was made of them. They are held by ISO 3166 numeric code, with
the lexicon's own 983 for Kosovo.

The picture is an Equal Earth projection (Šavrič, Patterson, Jenny 2018, International Journal of
Geographical Information Science 33(3), 454-465), in which no country looks larger than it is: ::

    sin θ = √3/2 sin φ
    x = 2 √3 λ cos θ / (3 (9 A₄ θ⁸ + 7 A₃ θ⁶ + 3 A₂ θ² + A₁))
    y = A₄ θ⁹ + A₃ θ⁷ + A₂ θ³ + A₁ θ

with A₁ … A₄ = 1.340264, -0.081106, 0.000893, 0.003796; φ and λ are radians north and east.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from foreshock.brief.page.clipping import Points, path
from foreshock.lexicon.countries import countries as all_countries

WIDTH = 1000.0
"""Units of the picture from west to east along the equator."""

NORTH, SOUTH = 84.0, -57.0
"""Degrees at its upper and lower edge; no land outside but ice."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_HUNDREDTHS = 100


def equal_earth(places: Points) -> Points:
    """Project places, in radii of the globe; y grows to the north.

    Parameters
    ----------
    places : array, shape (place, 2)
        Degrees east and north.

    Examples
    --------
    >>> equal_earth(np.array([[180.0, 0.0], [0.0, 90.0]])).round(5).tolist()
    [[2.70663, 0.0], [0.0, 1.31736]]
    """
    east, north = np.radians(places).T
    theta = np.arcsin(np.sqrt(3) / 2 * np.sin(north))
    square = theta**2
    sixth = square**3
    slope = 9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    x = 2 * np.sqrt(3) * east * np.cos(theta) / (3 * slope)
    y = theta * (_A4 * sixth * square + _A3 * sixth + _A2 * square + _A1)
    return np.stack([x, y], axis=1)


def place(places: Points) -> Points:
    """Give where places lie in the picture: x from the left, y from the top.

    Parameters
    ----------
    places : array, shape (place, 2)
        Degrees east and north.

    Examples
    --------
    >>> place(np.array([[0.0, 84.0], [180.0, 0.0]])).round(1).tolist()
    [[500.0, 0.0], [1000.0, 241.4]]
    """
    east, top = _edge()
    return (equal_earth(places) * [1, -1] + [east, top]) * (WIDTH / (2 * east))


def height() -> float:
    """Give the height of the picture, in its units.

    Examples
    --------
    >>> round(height(), 1)
    434.8
    """
    return float(place(np.array([[0.0, SOUTH]]))[0, 1])


@cache
def countries() -> dict[str, str]:
    """Give each country's area as SVG path data, by ISO 3166 numeric code.

    Holes are rings like others: fill by the even-odd rule.

    Examples
    --------
    >>> countries()["426"].startswith("M"), len(countries())
    (True, 174)
    """
    return {
        code: "".join(path(place(ring), closed=True) for polygon in polygons for ring in polygon)
        for code, polygons in _areas().items()
    }


@cache
def small_countries() -> dict[str, tuple[float, float]]:
    """Give a point of each country of VIEWS's panel that has no area here, by ISO numeric code.

    Examples
    --------
    >>> [round(value) for value in small_countries()["470"]]
    [536, 112]
    """
    found = {
        each.iso_numeric: (each.lon, each.lat)
        for each in all_countries()
        if each.in_panel and each.lon is not None and each.lat is not None
    }
    spots = place(np.array(list(found.values())))
    return {code: (float(x), float(y)) for code, (x, y) in zip(found, spots, strict=True)}


def outline() -> str:
    """Give the edge of the globe as SVG path data, cut off as the picture is."""
    north = np.linspace(NORTH, SOUTH, 60)
    east = np.full(60, 180.0)
    sides = [np.stack([east, north], axis=1), np.stack([-east, north], axis=1)[::-1]]
    return path(place(np.concatenate(sides)), closed=True)


def geometry(code: str) -> dict[str, Any] | None:
    """Give a country's area, or its point, as a GeoJSON geometry (RFC 7946); None if neither is.

    Parameters
    ----------
    code : str
        ISO 3166 numeric code.

    Examples
    --------
    >>> geometry("470")
    {'type': 'Point', 'coordinates': [14.45, 35.9]}
    >>> geometry("426")["type"], geometry("000")
    ('MultiPolygon', None)
    """
    if code in _areas():
        polygons = [[_closed(ring) for ring in polygon] for polygon in _areas()[code]]
        return {"type": "MultiPolygon", "coordinates": polygons}
    for each in all_countries():
        if each.iso_numeric == code and each.lat is not None:
            return {"type": "Point", "coordinates": [each.lon, each.lat]}
    return None


def credit() -> str:
    """Say where the areas come from."""
    about = tomllib.loads(files(__package__).joinpath("world.toml").read_text(encoding="utf-8"))
    return f"{about['version']}. {about['licence']}. {about['note']}"


@cache
def _edge() -> tuple[float, float]:
    """Give how far east and north the picture goes, in radii of the globe."""
    corner = equal_earth(np.array([[180.0, 0.0], [0.0, NORTH]]))
    return float(corner[0, 0]), float(corner[1, 1])


@cache
def _areas() -> dict[str, list[list[Points]]]:
    """Read the polygons of each country: an outer ring, counterclockwise, then its holes."""
    with files(__package__).joinpath("world.npz").open("rb") as file:
        data = dict(np.load(file))
    points = np.stack([data["east"], data["north"]], axis=1) / _HUNDREDTHS
    rings = np.split(points, np.cumsum(data["ring_length"])[:-1])
    found: dict[str, dict[int, list[Points]]] = {}
    for country, polygon, ring in zip(
        data["ring_country"], data["ring_polygon"], rings, strict=True
    ):
        held = found.setdefault(str(data["codes"][country]), {})
        held.setdefault(int(polygon), []).append(ring)
    return {code: list(polygons.values()) for code, polygons in found.items()}


def _closed(ring: Points) -> list[list[float]]:
    return [[float(east), float(north)] for east, north in [*ring, ring[0]]]
