"""Land, coasts and borders of the part of the world that a map shows.

The borders are Natural Earth's; ``borders.toml`` says which version and under which terms, and
``docs/borders.py`` how ``borders.npz`` was made of them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from foreshock.brief.page.clipping import (
    Points,
    clip_area,
    clip_line,
    distances,
    holds,
    path,
    simplified,
    thinned,
)
from foreshock.brief.page.projection import Projection
from foreshock.brief.page.scales import text_width

TOLERANCE = 0.5
"""Units of the picture by which a line may be off."""

SMALLEST = 1.5
"""Islands that would be smaller than this are left out."""

ROOM = 13.0
"""A country is named only where its name can stand so far from its edges."""

SPOTS = 60
"""So many points are offered for the name of a country."""

COAST, BORDER = 0, 1
"""Kinds of arc; the third kind closes the ring round a pole and is the edge of no land."""

TURNS = (-2, -1, 0, 1)
"""The world is drawn so many times side by side, for maps across the date line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The name of a country, and the points of the picture where it has most room for it."""

    name: str
    spots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basemap:
    """What lies under a map.

    Attributes
    ----------
    land, coasts, borders : str
        Path data; empty where there is none.
    countries : tuple of Country
        Those with room for a name.
    """

    land: str
    coasts: str
    borders: str
    countries: tuple[Country, ...]


def basemap(projection: Projection) -> Basemap:
    """Draw what lies under a map.

    Examples
    --------
    >>> basemap(Projection(lon=-120.0, lat=-45.0, scale=100.0, width=720.0, height=500.0))
    Basemap(land='', coasts='', borders='', countries=())
    """
    box = (0.0, 0.0, projection.width, projection.height)
    sheet = _Sheet(_atlas(), projection)
    land: list[str] = []
    lines: dict[int, list[str]] = {COAST: [], BORDER: []}
    largest: dict[str, Points] = {}
    for country, whole in sheet.rings():
        ring = clip_area(whole, box)
        if len(ring) > 2:
            land.append(path(ring, closed=True))
            if _size(ring) > _size(largest.get(country, ring[:0])):
                largest[country] = ring
    for kind, arc in sheet.arcs():
        lines.get(kind, []).extend(path(piece) for piece in clip_line(arc, box))
    spots = {name: _roomy(name, ring, projection) for name, ring in sorted(largest.items())}
    return Basemap(
        land="".join(land),
        coasts="".join(lines[COAST]),
        borders="".join(lines[BORDER]),
        countries=tuple(Country(name=name, spots=found) for name, found in spots.items() if found),
    )


def credit() -> str:
    """Say where the borders come from."""
    about = tomllib.loads(files(__package__).joinpath("borders.toml").read_text(encoding="utf-8"))
    return f"{about['version']}. {about['licence']}. {about['note']}"


def _size(ring: Points) -> float:
    """Area of a ring, with a sign that does not matter, so without it."""
    x, y = ring.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def _roomy(name: str, ring: Points, projection: Projection) -> tuple[tuple[float, float], ...]:
    """Find points of a coarse grid where a name lies inside, those farthest from an edge first."""
    step, ring = 20.0, thinned(ring, 8.0)
    across = np.arange(step, projection.width, step)
    down = np.arange(step, projection.height, step)
    grid = np.array(np.meshgrid(across, down)).reshape(2, -1).T
    half = np.array([text_width(name, 15) / 2, 0.0])
    grid = grid[holds(ring, grid) & holds(ring, grid - half) & holds(ring, grid + half)]
    room = np.full(len(grid), np.inf)
    for a, b in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        room = np.minimum(room, distances(grid, a, b))
    best = [index for index in np.argsort(-np.round(room, 3), kind="stable") if room[index] > ROOM]
    return tuple((float(grid[index, 0]), float(grid[index, 1])) for index in best[:SPOTS])


class _Atlas:
    """All borders of the world: arcs, and countries as rings of arcs."""

    def __init__(self) -> None:
        with files(__package__).joinpath("borders.npz").open("rb") as file:
            data = dict(np.load(file))
        length = data["length"]
        self.start = np.cumsum(length) - length
        self.stop = self.start + length
        quanta = np.cumsum(np.stack([data["east"], data["north"]], axis=1, dtype=np.int64), axis=0)
        quanta += np.repeat(data["first"] - quanta[self.start], length, axis=0)
        self.points: Points = quanta * data["transform"][:2] + data["transform"][2:]
        self.kind = data["kind"]
        self.names = data["names"]
        self.low = np.minimum.reduceat(self.points, self.start)
        self.high = np.maximum.reduceat(self.points, self.start)
        self.ring_country = data["ring_country"]
        self.ring_arcs = data["ring_arcs"]
        self.ring_turns = data["ring_turns"]
        self.ring_stop = np.cumsum(data["ring_length"])
        self.ring_start = self.ring_stop - data["ring_length"]
        arcs = np.where(self.ring_arcs < 0, ~self.ring_arcs, self.ring_arcs)
        turn = np.stack([self.ring_turns * 360.0, np.zeros(len(arcs))], axis=1)
        self.ring_low = np.minimum.reduceat(self.low[arcs] + turn, self.ring_start)
        self.ring_high = np.maximum.reduceat(self.high[arcs] + turn, self.ring_start)


class _Sheet:
    """The world on the plane of a map, as far as the map needs it."""

    def __init__(self, atlas: _Atlas, projection: Projection) -> None:
        self.atlas, self.projection = atlas, projection
        west, south, east, north = projection.bounds()
        self.low, self.high = np.array([west, south]), np.array([east, north])
        self.grain = SMALLEST / projection.across
        self.drawn: dict[tuple[int, int], Points] = {}

    def arcs(self) -> list[tuple[int, Points]]:
        """Give the arcs that may show, each with its kind."""
        atlas = self.atlas
        return [
            (int(atlas.kind[arc]), line)
            for turn, arc in self._near(atlas.low, atlas.high)
            for line in self._seamless(self._arc(arc, turn))
        ]

    def rings(self) -> list[tuple[str, Points]]:
        """Give the rings that may show, each with the name of its country."""
        atlas = self.atlas
        found = []
        for turn, ring in self._near(atlas.ring_low, atlas.ring_high):
            parts = [
                self._arc(~arc, turn + more)[::-1] if arc < 0 else self._arc(arc, turn + more)
                for arc, more in zip(
                    atlas.ring_arcs[atlas.ring_start[ring] : atlas.ring_stop[ring]].tolist(),
                    atlas.ring_turns[atlas.ring_start[ring] : atlas.ring_stop[ring]].tolist(),
                    strict=True,
                )
            ]
            name = str(atlas.names[atlas.ring_country[ring]])
            found.append((name, np.concatenate([part[:-1] for part in parts])))
        return found

    def _arc(self, arc: int, turn: int) -> Points:
        """Draw an arc, simplified; one that lies outside the picture becomes a straight line.

        That changes nothing in the picture: arc and line lie in one rectangle outside it.
        """
        if (arc, turn) not in self.drawn:
            atlas = self.atlas
            points = atlas.points[atlas.start[arc] : atlas.stop[arc]] + np.array(
                [360.0 * turn, 0.0]
            )
            if (points.max(axis=0) < self.low).any() or (points.min(axis=0) > self.high).any():
                line = self.projection.plane(points[[0, -1]])
            else:
                line = simplified(thinned(self.projection.plane(points), 0.8), TOLERANCE)
            self.drawn[arc, turn] = line
        return self.drawn[arc, turn]

    def _seamless(self, line: Points) -> list[Points]:
        """Leave out what runs along the date line: land was cut there, it does not end there."""
        lon = (line[:, 0] - self.projection.width / 2) / self.projection.across
        seam = np.abs((lon + self.projection.lon) % 360 - 180) < 1e-6
        cut = seam[1:] & seam[:-1]
        pieces = np.split(line, np.flatnonzero(cut) + 1) if cut.any() else [line]
        return [piece for piece in pieces if len(piece) > 1]

    def _near(self, low: Points, high: Points) -> list[tuple[int, int]]:
        """List what may show: in which turn of the world, and its number."""
        found = []
        visible = (high - low).max(axis=1) > self.grain
        for turn in TURNS:
            move = np.array([360.0 * turn, 0.0])
            near = (low + move <= self.high).all(axis=1) & (high + move >= self.low).all(axis=1)
            found += [(turn, int(index)) for index in np.flatnonzero(near & visible)]
        return found


@cache
def _atlas() -> _Atlas:
    return _Atlas()
