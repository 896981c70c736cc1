"""Room in a picture: what already stands where and on which days, so that nothing hides another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from foreshock.brief.page.clipping import Box, Points
from foreshock.brief.page.scales import text_width

REACHES = (32.0, 128.0)
"""So far from its place a mark is moved: as a rule, and at most."""

Flags = npt.NDArray[np.bool_]
"""Yes or no, for each of several."""

Days = tuple[date, date]
"""First and last day on which something is shown."""


class Room:
    """A picture that fills up, unit by unit and day by day.

    Two things may stand in one spot if no day shows both: a mark of last month does not push aside
    a mark of today.

    Parameters
    ----------
    width, height : float
        Size of the picture; nothing may stand outside.
    days : (datetime.date, datetime.date)
        The days that the picture can show.

    Examples
    --------
    >>> room = Room(100, 50, (date(2020, 1, 1), date(2020, 2, 5)))
    >>> room.take((0, 0, 10, 10))
    >>> room.free((5, 5, 15, 15)), room.free((11, 0, 20, 10)), room.free((95, 0, 105, 10))
    (False, True, False)
    """

    def __init__(self, width: float, height: float, days: Days) -> None:
        self.width, self.height, self.days = width, height, days
        size = (days[1] - days[0]).days + 1, math.ceil(height), math.ceil(width)
        self._taken = np.zeros(size, dtype=bool)

    def take(self, box: Box, days: Days | None = None) -> None:
        """Let something stand in a box, on some days or on all."""
        left, top, right, bottom = (max(0, round(edge)) for edge in box)
        self._taken[self._when(days), top:bottom, left:right] = True

    def free(self, box: Box, days: Days | None = None) -> bool:
        """Tell whether a box lies in the picture and nothing stands in it on any of some days."""
        left, top, right, bottom = (round(edge) for edge in box)
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        return not self._taken[self._when(days), top:bottom, left:right].any()

    def settle(
        self, x: float, y: float, radius: float, *, clear: float = 0.0, days: Days | None = None
    ) -> tuple[float, float]:
        """Find the free spot nearest to a point for a mark, and take it.

        Parameters
        ----------
        x, y : float
            Where it belongs.
        radius : float
            Its size.
        clear : float
            It keeps so far from the point, which has a mark of its own.
        days : (datetime.date, datetime.date)
            When it is shown; None: on all.

        Returns
        -------
        tuple of float
            Where it stands. Where all is full it covers others at the farthest spot that was tried.

        Examples
        --------
        >>> room = Room(100, 100, (date(2020, 1, 1), date(2020, 2, 5)))
        >>> room.settle(50, 50, 5), room.settle(50, 50, 5) != (50, 50)
        ((50.0, 50.0), True)
        """
        half = radius * 0.95 + 0.6  # Marks are round, boxes have corners: a little less is enough.
        found = x, y
        for reach in REACHES:
            spots = _spiral(radius, clear, reach) + np.array([x, y])
            inside, taken = self._tried(spots, half, self._when(days))
            free = np.flatnonzero(inside & ~taken)
            if inside.any():
                index = free[0] if len(free) else np.flatnonzero(inside)[-1]
                found = round(float(spots[index, 0]), 1), round(float(spots[index, 1]), 1)
            if len(free):
                break
        self.take((found[0] - half, found[1] - half, found[0] + half, found[1] + half), days)
        return found

    def _tried(self, spots: Points, half: float, when: slice) -> tuple[Flags, Flags]:
        """Tell which spots lie inside the picture, and on which something stands already."""
        low, high = (np.rint(spots + side * half).astype(int) for side in (-1, 1))
        inside = np.all((low >= 0) & (high <= (self.width, self.height)), axis=1)
        left, top = np.maximum(low.min(axis=0), 0)
        right, bottom = np.maximum(high.max(axis=0), 0)
        near = self._taken[when, top:bottom, left:right].any(axis=0)
        # With sums from the corner, what stands in any box takes four look-ups.
        total = np.pad(near.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        size = near.shape[1], near.shape[0]
        (x0, y0), (x1, y1) = (np.clip(ends - (left, top), 0, size).T for ends in (low, high))
        return inside, total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0] > 0

    def _when(self, days: Days | None) -> slice:
        first, last = days or self.days
        start = max(0, (first - self.days[0]).days)
        return slice(start, max(start, (min(last, self.days[1]) - self.days[0]).days + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name that wants to stand beside a point; of two that collide the first one wins.

    Attributes
    ----------
    text : str
    x, y : float
        The point.
    gap : float
        Room that the point's own mark takes.
    size : float
        Size of the letters.
    """

    text: str
    x: float
    y: float
    gap: float
    size: float = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A name where it found room: the start, middle or end of its base line."""

    label: Label
    x: float
    y: float
    anchor: str


def place_labels(labels: Sequence[Label], room: Room, days: Days | None = None) -> list[Placed]:
    """Place names without overlaps; those that find no room are left out.

    Parameters
    ----------
    labels : sequence of Label
        The most important first.
    room : Room
        What already stands in the picture; the names are added to it.
    days : (datetime.date, datetime.date)
        Names need not keep clear of what is shown on other days only.

    Examples
    --------
    >>> twins = [Label(text="Ruritania", x=50, y=50, gap=4)] * 9
    >>> room = Room(120, 100, (date(2020, 1, 1), date(2020, 2, 5)))
    >>> 0 < len(place_labels(twins, room)) < 9
    True
    """
    found = []
    for label in labels:
        for spot in _beside(label):
            box = _text_box(spot)
            if room.free(box, days):
                room.take(box)
                found.append(spot)
                break
    return found


def _beside(label: Label) -> Iterator[Placed]:
    side, near, down = label.gap + 3, label.gap + 1.5, label.size * 0.36
    high, low = -label.gap * 0.9 - 2, label.gap * 0.9 + label.size * 0.7
    for x, y, anchor in (
        (side, down, "start"),
        (-side, down, "end"),
        (0.0, -label.gap - 4, "middle"),
        (0.0, label.gap + label.size, "middle"),
        (near, high, "start"),
        (near, low, "start"),
        (-near, high, "end"),
        (-near, low, "end"),
        (side, down - 6, "start"),
        (side, down + 6, "start"),
        (-side, down - 6, "end"),
        (-side, down + 6, "end"),
    ):
        yield Placed(label=label, x=label.x + x, y=label.y + y, anchor=anchor)


def _text_box(placed: Placed) -> Box:
    wide = text_width(placed.label.text, placed.label.size)
    left = placed.x - {"start": 0.0, "middle": wide / 2, "end": wide}[placed.anchor]
    size = placed.label.size
    return left - 1, placed.y - size * 0.82, left + wide + 1, placed.y + size * 0.26


@lru_cache(maxsize=256)
def _spiral(radius: float, clear: float, reach: float) -> Points:
    """Give steps away from a point, ring by ring; each ring starts at the upper right."""
    steps = [] if clear else [(0.0, 0.0)]
    away = clear + radius + 1 if clear else 3.5
    while away <= reach + radius:
        count = max(8, int(away * 2 * math.pi / 6))
        angles = (2 * math.pi * index / count - math.pi / 4 for index in range(count))
        steps += [(away * math.cos(angle), away * math.sin(angle)) for angle in angles]
        away += 3.5
    return np.array(steps)
