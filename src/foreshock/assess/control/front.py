"""The front as a line: where belief in a side passes one half, with a band round it.

Between places belief is the mean of those near by, weighed by distance; nothing is drawn far from
every place of which somebody spoke. The line is drawn through triangles of a grid, which leaves no
doubt where it runs through a saddle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.belief import SURROUNDED_ONLY, Control
from foreshock.assess.control.sides import CONTESTED, Role
from foreshock.core.places import EARTH_RADIUS_KM, Place

Array = NDArray[np.float64]

STEP_KM, REACH_KM, FAR_KM = 2.0, 6.0, 15.0
"""Grid of the field; distance at which a place weighs e^(-1/2); where nothing is drawn any more."""

BAND = (0.25, 0.75)
"""Belief in the side at the edges of the band."""

MOST_CELLS = 250_000
"""A theatre that is larger is laid under a coarser grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front.

    Attributes
    ----------
    side : str
        Whose belief is drawn.
    day : datetime.date
    middle : tuple of ndarray, each (point, 2)
        Lines of one half, as degrees east and north.
    near, far : tuple of ndarray
        Edges of the band: where the side is held to be there with a quarter, and with three.
    """

    side: str
    day: date
    middle: tuple[Array, ...]
    near: tuple[Array, ...]
    far: tuple[Array, ...]


def front(
    control: Control,
    places: Mapping[str, Place],
    day: date | None = None,
    side: str | None = None,
) -> Front | None:
    """Draw the front of a side.

    Parameters
    ----------
    control : Control
    places : mapping of str to Place
        Where the places lie; those whose position is unknown are left out, and those that are only
        said to be surrounded.
    day : datetime.date, optional
        The as-of if none is named.
    side : str, optional
        The government if none is named, or the side that holds most where there is none.

    Returns
    -------
    Front
        None where fewer than three places can be put on the map, or nobody holds any.
    """
    spots = [
        (places[name].lon, places[name].lat, index)
        for name, index in control.index.items()
        if name in places and control.thin.get(name) != SURROUNDED_ONLY
    ]
    known = np.array([s for s in spots if None not in s], float).reshape(-1, 3)
    if len(known) < 3 or not control.sides.names:
        return None
    belief = control.at(day)[known[:, 2].astype(int)]
    name = side or _foremost(control, belief)
    value = belief[:, control.holders.index(name)]
    value = value + belief[:, control.holders.index(CONTESTED)] / 2
    east, north, field = _field(known[:, :2], value)
    return Front(
        side=name,
        day=day or control.as_of,
        middle=contour(east, north, field, 0.5),
        near=contour(east, north, field, BAND[0]),
        far=contour(east, north, field, BAND[1]),
    )


def _foremost(control: Control, belief: Array) -> str:
    sides = control.sides
    ranked = sorted(
        sides.names,
        key=lambda name: (
            sides.roles[sides.index[name]] is not Role.GOVERNMENT,
            -belief[:, sides.index[name]].sum(),
        ),
    )
    return ranked[0]


def _field(spots: Array, value: Array) -> tuple[Array, Array, Array]:
    """Spread belief over a grid: degrees east of its columns, north of its rows, and the field."""
    per_degree = np.radians(1) * EARTH_RADIUS_KM
    across = per_degree * max(np.cos(np.radians(spots[:, 1].mean())), 0.1)
    scale = np.array([across, per_degree])
    low, high = spots.min(axis=0) - FAR_KM / scale, spots.max(axis=0) + FAR_KM / scale
    step = max(STEP_KM, float(np.sqrt(np.prod((high - low) * scale) / MOST_CELLS)))
    east = np.arange(low[0], high[0], step / across)
    north = np.arange(low[1], high[1], step / per_degree)
    total, weighed = np.zeros((len(north), len(east))), np.zeros((len(north), len(east)))
    nearest = np.full_like(total, np.inf)
    for (lon, lat), here in zip(spots, value, strict=True):
        square = ((east - lon) * across)[None, :] ** 2 + ((north - lat) * per_degree)[:, None] ** 2
        # Far from every place all weights would vanish; what is masked needs none.
        weight = np.exp(-square / (2 * REACH_KM**2)) + 1e-12 / (1 + square)
        total += weight
        weighed += weight * here
        nearest = np.minimum(nearest, square)
    return east, north, np.where(nearest <= FAR_KM**2, weighed / total, np.nan)


def contour(east: Array, north: Array, field: Array, level: float) -> tuple[Array, ...]:
    """Give the lines along which a field passes a level.

    Parameters
    ----------
    east, north : ndarray
        Where the columns and rows of the field lie.
    field : ndarray, (row, column)
        Not a number where nothing is to be drawn.
    level : float

    Examples
    --------
    >>> ramp = np.array([[0.0, 1.0], [0.0, 1.0]])
    >>> line, = contour(np.array([0.0, 2.0]), np.array([0.0, 1.0]), ramp, 0.5)
    >>> line.tolist()
    [[1.0, 0.0], [1.0, 0.5], [1.0, 1.0]]
    """
    rows, columns = field.shape
    number = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, :-1], number[1:, 1:]
    corners = np.stack([np.stack([a, b, d], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    value = field.reshape(-1)
    above = value[corners] > level
    crossed = np.isfinite(value[corners]).all(axis=1) & (above.any(axis=1) ^ above.all(axis=1))
    beside: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for triangle, high in zip(corners[crossed].tolist(), above[crossed].tolist(), strict=True):
        lone = high.index(sum(high) == 1)
        one, other = (
            (min(triangle[lone], triangle[k]), max(triangle[lone], triangle[k]))
            for k in range(3) if k != lone
        )  # fmt: skip
        beside[one].append(other)
        beside[other].append(one)

    def point(edge: tuple[int, int]) -> tuple[float, float]:
        share = (level - value[edge[0]]) / (value[edge[1]] - value[edge[0]])
        ends = [(east[n % columns], north[n // columns]) for n in edge]
        return tuple(p + share * (q - p) for p, q in zip(*ends, strict=True))

    return tuple(np.array([point(edge) for edge in line]) for line in _chained(beside))


def _chained(
    beside: Mapping[tuple[int, int], list[tuple[int, int]]],
) -> list[list[tuple[int, int]]]:
    """Join pieces to lines: open lines from an end to the other, then closed ones."""
    left = set(beside)
    lines = []
    for start in sorted(beside, key=lambda edge: (len(beside[edge]) != 1, edge)):
        if start not in left:
            continue
        line, here = [start], start
        left.discard(start)
        while after := [edge for edge in beside[here] if edge in left]:
            here = after[0]
            left.discard(here)
            line.append(here)
        if len(line) > 2 and start in beside[here]:
            line.append(start)
        if len(line) > 1:
            lines.append(line)
    return lines
