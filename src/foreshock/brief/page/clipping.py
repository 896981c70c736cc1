"""Lines and areas cut to a box and simplified: plane geometry for the map.

Points are rows of an array. A box is given by its left, top, right and bottom edge. Cutting goes
edge by edge of the box (Sutherland and Hodgman 1974), over whole arrays at a time.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""One point per row: x, y."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom; y grows downwards, as in a picture."""


def clip_line(line: Points, box: Box) -> list[Points]:
    """Cut a line to a box.

    Parameters
    ----------
    line : array
        At least two points.
    box : tuple of float
        Left, top, right, bottom.

    Returns
    -------
    list of array
        The pieces inside, in the order of the line; none where the line misses the box.

    Examples
    --------
    >>> (piece,) = clip_line(np.array([[-5.0, 5.0], [15.0, 5.0]]), (0, 0, 10, 10))
    >>> piece.tolist()
    [[0.0, 5.0], [10.0, 5.0]]
    """
    pieces = [line]
    for axis, sign, edge in _edges(box):
        pieces = [part for piece in pieces for part in _runs(piece, axis, sign, edge)]
    return pieces


def clip_area(ring: Points, box: Box) -> Points:
    """Cut an area to a box; where it left the box, its new outline runs along the box's edges.

    Parameters
    ----------
    ring : array
        The corners, in order; the last is joined to the first.
    box : tuple of float
        Left, top, right, bottom.

    Returns
    -------
    array
        The corners of what lies inside; none where nothing does.

    Examples
    --------
    >>> wide = np.array([[-5.0, 0.0], [5.0, 0.0], [5.0, 9.0], [-5.0, 9.0]])
    >>> clip_area(wide, (0, 0, 9, 9)).tolist()
    [[0.0, 0.0], [5.0, 0.0], [5.0, 9.0], [0.0, 9.0]]
    """
    for axis, sign, edge in _edges(box):
        if not len(ring):
            break
        depth = sign * (ring[:, axis] - edge)
        inside = depth >= 0
        if inside.all():
            continue
        after = np.roll(ring, -1, axis=0)
        crossing = inside != np.roll(inside, -1)
        cuts = _cuts(ring[crossing], after[crossing], depth[crossing], axis, sign, edge)
        # A corner stands at its number, the cut behind it at half a number more.
        order = np.concatenate([np.flatnonzero(inside), np.flatnonzero(crossing) + 0.5])
        ring = np.concatenate([ring[inside], cuts])[np.argsort(order, kind="stable")]
    return ring


def simplified(line: Points, tolerance: float) -> Points:
    """Leave out points that change a line by less than a tolerance (Douglas and Peucker 1973).

    Examples
    --------
    >>> simplified(np.array([[0.0, 0.0], [1.0, 0.1], [2.0, 0.0]]), 0.5).tolist()
    [[0.0, 0.0], [2.0, 0.0]]
    """
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        start, stop = open_spans.pop()
        if stop - start < 2:
            continue
        away = distances(line[start + 1 : stop], line[start], line[stop])
        worst = int(np.argmax(away))
        if away[worst] > tolerance:
            middle = start + 1 + worst
            keep[middle] = True
            open_spans += [(start, middle), (middle, stop)]
    return line[keep]


def thinned(line: Points, grain: float) -> Points:
    """Leave out points that fall on the same spot of a grid as the point before; fast and coarse.

    The first and the last point stay.

    Examples
    --------
    >>> thinned(np.array([[0.0, 0.0], [0.1, 0.0], [0.2, 0.1], [3.0, 0.0]]), 1.0).tolist()
    [[0.0, 0.0], [3.0, 0.0]]
    """
    spots = np.floor(line / grain)
    keep = np.ones(len(line), dtype=bool)
    keep[1:-1] = (spots[1:-1] != spots[:-2]).any(axis=1)
    return line[keep]


def holds(ring: Points, points: Points) -> npt.NDArray[np.bool_]:
    """Tell which points lie inside an area.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])
    >>> holds(square, np.array([[1.0, 1.0], [3.0, 1.0]])).tolist()
    [True, False]
    """
    x, y = points[:, :1], points[:, 1:]
    a, b = ring, np.roll(ring, -1, axis=0)
    straddles = (a[:, 1] > y) != (b[:, 1] > y)
    rise = np.where(b[:, 1] == a[:, 1], 1.0, b[:, 1] - a[:, 1])
    left = x < a[:, 0] + (y - a[:, 1]) / rise * (b[:, 0] - a[:, 0])
    inside: npt.NDArray[np.bool_] = (straddles & left).sum(axis=1) % 2 == 1
    return inside


def distances(points: Points, a: Points, b: Points) -> npt.NDArray[np.float64]:
    """Give the distance of each point from a stretch of line.

    Examples
    --------
    >>> ends = np.array([0.0, 0.0]), np.array([4.0, 0.0])
    >>> distances(np.array([[2.0, 3.0], [8.0, 3.0]]), *ends).tolist()
    [3.0, 5.0]
    """
    along = b - a
    length = float(along @ along)
    share = np.clip((points - a) @ along / length, 0, 1) if length else np.zeros(len(points))
    away = points - a - share[:, None] * along
    found: npt.NDArray[np.float64] = np.hypot(away[:, 0], away[:, 1])
    return found


def path(points: Points, *, closed: bool = False) -> str:
    """Write points as path data, in tenths of a unit.

    Examples
    --------
    >>> path(np.array([[0.0, 0.04], [10.0, 0.5], [10.0, 3.0]]))
    'M0 0l10 .5 0 2.5'
    """
    tenths = np.rint(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if not len(steps):
        return ""
    start = " ".join(_tenths(int(value)) for value in tenths[0])
    way = " ".join(_tenths(int(value)) for value in steps.ravel()).replace(" -", "-")
    return f"M{start}l{way}{'z' if closed else ''}"


def _edges(box: Box) -> list[tuple[int, float, float]]:
    left, top, right, bottom = box
    return [(0, 1.0, left), (0, -1.0, right), (1, 1.0, top), (1, -1.0, bottom)]


def _runs(line: Points, axis: int, sign: float, edge: float) -> list[Points]:
    depth = sign * (line[:, axis] - edge)
    inside = depth >= 0
    if inside.all():
        return [line]
    crossing = np.flatnonzero(inside[1:] != inside[:-1])
    if not len(crossing):
        return []
    cuts = _cuts(line[crossing], line[crossing + 1], depth[crossing], axis, sign, edge)
    bounds = [0, *(crossing + 1), len(line)]
    pieces = []
    for index, (start, stop) in enumerate(pairwise(bounds)):
        if inside[start]:
            before = cuts[index - 1 : index] if index else cuts[:0]
            pieces.append(np.concatenate([before, line[start:stop], cuts[index : index + 1]]))
    return [piece for piece in pieces if len(piece) > 1]


def _cuts(
    a: Points, b: Points, depth: npt.NDArray[np.float64], axis: int, sign: float, edge: float
) -> Points:
    """Give the points where steps from `a` to `b` meet an edge; `depth` is how far in `a` lies."""
    share = depth / (depth - sign * (b[:, axis] - edge))
    found = a + share[:, None] * (b - a)
    found[:, axis] = edge
    return found


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    text = f"{whole or ''}.{rest}" if rest else f"{whole}"
    return f"-{text}" if value < 0 else text
