"""Lines: as few points as the eye needs, written as short as may be."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

Point = tuple[float, float]

FINE = 0.3
"""Units of a drawing, about pixels: a line that is moved by less looks the same."""


def simplified(points: Sequence[Point], tolerance: float = FINE) -> list[Point]:
    """Leave out points without which a line runs within a tolerance of itself.

    Parameters
    ----------
    points : sequence of (float, float)
    tolerance : float
        Greatest distance of a point that is left out from the line that stays.

    Returns
    -------
    list of (float, float)
        First and last point stay (Douglas and Peucker 1973, doi:10.3138/FM57-6770-U75U-7727).

    Examples
    --------
    >>> simplified([(0, 0), (1, 0.1), (2, 0), (3, 5)])
    [(0, 0), (2, 0), (3, 5)]
    """
    if len(points) < 3:
        return list(points)
    kept = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        far, at = 0.0, 0
        for index in range(first + 1, last):
            away = _distance(points[index], points[first], points[last])
            if away > far:
                far, at = away, index
        if far > tolerance:
            kept.add(at)
            stretches += [(first, at), (at, last)]
    return [points[index] for index in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = hypot(x2 - x1, y2 - y1)
    if length == 0:
        return hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def path(points: Sequence[Point], *, closed: bool = False) -> str:
    """Write a line as the data of a path, to a tenth of a unit.

    Examples
    --------
    >>> path([(10, 20.04), (12.5, 20.04), (12.5, 30)], closed=True)
    'M10 20h2.5v10z'
    """
    if not points:
        return ""
    x, y = round(points[0][0], 1), round(points[0][1], 1)
    parts = [f"M{_short(x)} {_short(y)}"]
    for to_x, to_y in points[1:]:
        # From where the pen is, not from where it should be: errors of rounding never add up.
        dx, dy = round(to_x - x, 1), round(to_y - y, 1)
        if dx and dy:
            gap = "" if dy < 0 else " "
            parts.append(f"l{_short(dx)}{gap}{_short(dy)}")
        elif dx:
            parts.append(f"h{_short(dx)}")
        elif dy:
            parts.append(f"v{_short(dy)}")
        x, y = x + dx, y + dy
    return "".join(parts) + ("z" if closed else "")


def _short(value: float) -> str:
    text = f"{round(value, 1):g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
