"""From degrees to a picture: a flat map that works everywhere and that a ruler can measure.

The projection is the equirectangular one with its true parallel in the middle of the map: north is
up everywhere, and the scale bar holds along every meridian and along the middle. Towards the upper
and lower edge, widths are off by the ratio of the cosines: 1 % on a map 150 km high at 36 degrees,
a few per cent on a map of a large country.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foreshock.brief.page.clipping import Points
from foreshock.core.places import EARTH_RADIUS_KM

KM_PER_DEGREE = math.radians(1) * EARTH_RADIUS_KM
"""Length of a degree along a meridian."""

POLAR = math.cos(math.radians(80))
"""Nearer to a pole the map is squeezed no further: there it shows places, but no true widths."""

Spot = tuple[float, float]
"""Degrees east and north."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A map of a given size around a middle.

    Parameters
    ----------
    lon, lat : float
        The middle, in degrees.
    scale : float
        Units of the picture per degree along a meridian.
    width, height : float
        Size of the picture.

    Examples
    --------
    >>> flat = Projection(lon=179.0, lat=0.0, scale=10.0, width=200.0, height=100.0)
    >>> flat(-179.0, 1.0)
    (120.0, 40.0)
    """

    lon: float
    lat: float
    scale: float
    width: float
    height: float

    @property
    def across(self) -> float:
        """Units of the picture per degree along the middle parallel."""
        return self.scale * max(math.cos(math.radians(self.lat)), POLAR)

    @property
    def km(self) -> float:
        """Units of the picture per kilometre."""
        return self.scale / KM_PER_DEGREE

    def __call__(self, lon: float, lat: float) -> tuple[float, float]:
        """Give the point of the picture where a place stands, the shorter way round the globe."""
        return (
            self.width / 2 + turned(lon - self.lon) * self.across,
            self.height / 2 + (self.lat - lat) * self.scale,
        )

    def back(self, x: float, y: float) -> Spot:
        """Give the place that stands at a point of the picture."""
        lon = turned(self.lon + (x - self.width / 2) / self.across)
        return lon, self.lat - (y - self.height / 2) / self.scale

    def plane(self, degrees: npt.NDArray[np.float64]) -> Points:
        """Put whole lines into the picture as they are, without turning any point of them."""
        middle = np.array([self.lon, self.lat])
        size = np.array([self.across, -self.scale])
        found: Points = (degrees - middle) * size + np.array([self.width / 2, self.height / 2])
        return found

    def bounds(self) -> tuple[float, float, float, float]:
        """Give the west, south, east and north edge; west and east may lie beyond 180 degrees."""
        half_lon, half_lat = self.width / 2 / self.across, self.height / 2 / self.scale
        return self.lon - half_lon, self.lat - half_lat, self.lon + half_lon, self.lat + half_lat

    def shows(self, lon: float, lat: float, margin: float = 0.0) -> bool:
        """Tell whether a place stands in the picture, so far from its edge at least."""
        x, y = self(lon, lat)
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin

    def bar(self, longest: float) -> tuple[float, float]:
        """Give a round number of kilometres for a scale bar, and its length in the picture.

        Examples
        --------
        >>> km, length = Projection(0.0, 36.0, scale=400.0, width=720.0, height=500.0).bar(150)
        >>> km, round(length)
        (20.0, 72)
        """
        most = longest / self.km
        power = 10.0 ** math.floor(math.log10(most))
        km = next(step * power for step in (5, 2, 1) if step * power <= most * (1 + 1e-9))
        return km, km * self.km


def fitted(
    spots: Sequence[Spot],
    width: float,
    heights: tuple[float, float],
    *,
    margin: float = 32.0,
    least_km: float = 30.0,
) -> Projection:
    """Fit a map to places: as large as they allow, and never absurdly large.

    Parameters
    ----------
    spots : sequence of (float, float)
        Degrees east and north; none gives a map of the whole world.
    width : float
        Width of the picture.
    heights : tuple of float
        Least and greatest height of the picture; it takes what the places need.
    margin : float
        Room between the outermost places and the edge.
    least_km : float
        The map shows so much in each direction at least.

    Examples
    --------
    >>> one = fitted([(10.0, 45.0)], 720, (400, 640))
    >>> (one.lon, one.lat), round(one.width / one.km)
    ((10.0, 45.0), 38)
    """
    if not spots:
        return Projection(0.0, 10.0, width / 360 / math.cos(math.radians(10)), width, heights[0])
    west, wide = shortest_arc([lon for lon, _ in spots])
    south, north = min(lat for _, lat in spots), max(lat for _, lat in spots)
    lon, lat = turned(west + wide / 2), (south + north) / 2
    squeeze = max(math.cos(math.radians(lat)), POLAR)
    least = least_km / KM_PER_DEGREE
    inner = width - 2 * margin
    high = max(north - south, least)
    scale = max(
        min(inner / max(wide * squeeze, least), (heights[1] - 2 * margin) / high),
        width / (360 * squeeze),  # The picture never shows the globe twice.
    )
    height = min(max(high * scale + 2 * margin, heights[0]), heights[1])
    return Projection(lon, lat, scale, width, height)


def shortest_arc(lons: Iterable[float]) -> tuple[float, float]:
    """Give the western end and the width of the shortest stretch that holds all longitudes.

    Examples
    --------
    >>> shortest_arc([170.0, -175.0, 178.0])
    (170.0, 15.0)
    """
    ordered = sorted({turned(lon) for lon in lons})
    gaps = [
        (after - before, after)
        for before, after in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)
    ]
    widest, end = max(gaps)
    return turned(end), max(0.0, 360 - widest)


def turned(lon: float) -> float:
    """Turn a longitude into the range from -180 (with) to 180 (without).

    Examples
    --------
    >>> turned(190.0), turned(-180.0)
    (-170.0, -180.0)
    """
    return (lon + 180) % 360 - 180
