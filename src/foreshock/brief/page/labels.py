"""Labels beside points, placed so that none lies on another or on a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in a picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share any area.

        Examples
        --------
        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3)), Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
        (True, False)
        """
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether this one lies inside another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that wants a place.

    Attributes
    ----------
    x, y : float
        The point that it names.
    width, height : float
        Its size.
    """

    x: float
    y: float
    width: float
    height: float


def place(
    wanted: Sequence[Wanted], bounds: Box, obstacles: Sequence[Box] = (), gap: float = 8
) -> list[Box | None]:
    """Find a place for each label, the first ones first.

    A label stands right of its point if it can, else left, above or below, else a little farther
    off, as near as there is room.

    Parameters
    ----------
    wanted : sequence of Wanted
        Labels, the most important first.
    bounds : Box
        Where they may stand.
    obstacles : sequence of Box
        What they must not cover, besides the points and one another.
    gap : float
        Distance from the point.

    Returns
    -------
    list of Box or None
        None for a label that found no room.

    Examples
    --------
    >>> place([Wanted(50, 50, 20, 10)], Box(0, 0, 100, 100))
    [Box(left=58.0, top=45.0, right=78.0, bottom=55.0)]
    """
    taken = [*obstacles, *(Box(w.x - 5, w.y - 5, w.x + 5, w.y + 5) for w in wanted)]
    found: list[Box | None] = []
    for label in wanted:
        free = (
            box
            for box in _candidates(label, gap)
            if box.within(bounds) and not any(box.meets(other) for other in taken)
        )
        box = next(free, None)
        found.append(box)
        if box:
            taken.append(box)
    return found


def _candidates(label: Wanted, gap: float) -> Iterator[Box]:
    """Give places round the point, the nearest first and the right side before the others."""
    across, down = label.width / 2 + gap, label.height / 2 + gap
    for farther in (0.0, 6.0, 12.0, 18.0):
        for side_x, side_y in _SIDES:
            x = label.x + side_x * (across + (farther if side_y == 0 else 0))
            y = label.y + side_y * (down + (farther if side_y else 0))
            yield Box(
                x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2
            )


_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -0.6), (1, 0.6), (-1, -0.6), (-1, 0.6))
