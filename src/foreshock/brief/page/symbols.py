"""Signs of the map and the timeline: who holds a place, and what kind of act a mark stands for.

Shapes tell what colours tell, so that neither is needed alone. Upright triangles and circles
without filling belong to acts, all other shapes to holders.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import numpy as np

from foreshock.brief.page.clipping import Points, clip_area, path
from foreshock.brief.page.happenings import Happening
from foreshock.brief.page.svg import node

HOLDER = 5.2
"""Radius of the sign of a holder: of the disc, and of the disc as large as each other shape."""

WORD, DEED = 3.4, 4.8
"""Radius of the sign of an act of words, and of a deed with no or few deaths."""

FEW = 60.0
"""In a quiet time, so many deaths have the largest sign."""


class Toll:
    """Sizes of acts by their toll: area in proportion to the most deaths that anybody tells.

    Parameters
    ----------
    tolls : sequence of float or None
        Those of all acts in the picture.
    largest : float
        Radius for one as deadly as the deadliest tenth; none is drawn larger.

    Examples
    --------
    >>> toll = Toll([None, 0, 3, 100])
    >>> round(toll.radius(100) ** 2 / toll.radius(50) ** 2, 2), toll.radius(2) == toll.radius(0)
    (2.0, True)
    """

    def __init__(self, tolls: Sequence[float | None], largest: float = 22.0) -> None:
        told = sorted(toll for toll in tolls if toll)
        most = told[math.ceil(len(told) * 0.9) - 1] if told else 0.0
        self.most = max(most, FEW)
        self.largest = largest

    def radius(self, deaths: float) -> float:
        """Give the radius of a deed that killed so many."""
        return max(DEED, self.largest * math.sqrt(min(deaths, self.most) / self.most))

    def of(self, happening: Happening) -> float:
        """Give the radius of the sign of an act."""
        if happening.deaths and happening.event.sign == "conflictual":
            return self.radius(happening.deaths)
        return WORD if happening.event.channel == "word" else DEED

    def samples(self) -> list[int]:
        """Give two round numbers of deaths for a legend.

        Examples
        --------
        >>> Toll([250] * 5).samples()
        [10, 50]
        """
        rounds = [step * 10**power for power in range(9) for step in (1, 2, 5)]
        return [max([1, *(n for n in rounds if n <= self.most / part)]) for part in (16, 4)]


def faded(probability: float) -> float:
    """Give the opacity of an act that is so likely to have taken place.

    Examples
    --------
    >>> faded(1.0), faded(0.5) < 0.5
    (1.0, True)
    """
    return round(0.2 + 0.8 * min(max(probability, 0.0), 1.0) ** 2, 2)


def act_sign(happening: Happening, x: float, y: float, radius: float) -> Element:
    """Draw the sign of an act.

    A conflictual deed of which nobody tells a toll has a broken outline: missing is not zero.
    """
    event = happening.event
    untold = event.sign == "conflictual" and event.channel != "word" and happening.deaths is None
    return sign(event.sign, x, y, radius, untold=untold, word=event.channel == "word")


def sign(
    kind: str, x: float, y: float, radius: float, *, untold: bool = False, word: bool = False
) -> Element:
    """Draw the sign of a kind of act: a triangle for conflict, a ring for cooperation.

    Examples
    --------
    >>> sign("cooperative", 5, 5, 4).tag, sign("conflictual", 5, 5, 4).tag
    ('circle', 'path')
    """
    if kind == "cooperative":
        width = 1.3 if word else 1.8
        return node("circle", cx=x, cy=y, r=radius - width / 2, stroke_width=width, class_="glyph")
    corners = 3 if kind == "conflictual" else 4
    return node(
        "path",
        d=path(
            _polygon(corners, x, y + (radius * 0.22 if corners == 3 else 0), radius), closed=True
        ),
        stroke_width=1.2 if untold else 0.8,
        stroke_dasharray="2.2 1.6" if untold else None,
        fill_opacity=0.25 if untold else None,
        class_="glyph",
    )


def holder_sign(
    classes: Sequence[str], x: float, y: float, *, contested: bool = False, old: bool = False
) -> list[Element]:
    """Draw who holds a place.

    Parameters
    ----------
    classes : sequence of str
        Colour classes of the holders; none: nobody said, a crossed ring.
    x, y : float
        The middle.
    contested : bool
        Two holders share the sign half and half within a ring; else the first one has it.
    old : bool
        The newest word is old: the sign is pale.

    Examples
    --------
    >>> len(holder_sign(["actor-0"], 0, 0))
    1
    >>> len(holder_sign(["actor-0", "actor-1"], 0, 0, contested=True))
    3
    """
    if not classes:
        r, half = HOLDER * 0.72, HOLDER * 0.5
        circle = f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0"
        slash = f"{-2 * r:.1f} 0M{x - half:.1f} {y + half:.1f}l{2 * half:.1f}{-2 * half:.1f}"
        return [node("path", d=circle + slash, class_="missing")]
    if not contested:
        shape = _holder(classes[0], x, y)
        opacity = 0.4 if old else None
        return [node("path", d=path(shape, closed=True), class_=classes[0], fill_opacity=opacity)]
    left, right = classes[0], classes[1] if len(classes) > 1 else classes[0]
    far = HOLDER * 4
    halves = [
        (left, clip_area(_holder(left, x, y), (x - far, y - far, x - 0.5, y + far))),
        (right, clip_area(_holder(right, x, y), (x + 0.5, y - far, x + far, y + far))),
    ]
    ring = node("circle", cx=x, cy=y, r=HOLDER + 3.2, class_="ring", stroke_width=1.3)
    return [*(node("path", d=path(half, closed=True), class_=name) for name, half in halves), ring]


def _holder(name: str, x: float, y: float) -> Points:
    return SHAPES[int(name.removeprefix("actor-"))] * HOLDER + (x, y)


def _polygon(corners: int, x: float, y: float, radius: float) -> Points:
    """Give a regular polygon, a corner on top, with the area of a disc of a radius."""
    turn = 2 * math.pi / corners
    reach = radius * math.sqrt(2 * math.pi / (corners * math.sin(turn)))
    angles = np.arange(corners) * turn - math.pi / 2
    return np.stack([x + reach * np.cos(angles), y + reach * np.sin(angles)], axis=1)


def _even(points: Sequence[tuple[float, float]]) -> Points:
    """Scale a shape to the area of a disc of radius 1."""
    shape = np.array(points, dtype=float)
    x, y = shape.T
    area = abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
    return shape * math.sqrt(math.pi / area)


_SQUARE = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
_CROSS = [
    (-1, -3),
    (1, -3),
    (1, -1),
    (3, -1),
    (3, 1),
    (1, 1),
    (1, 3),
    (-1, 3),
    (-1, 1),
    (-3, 1),
    (-3, -1),
    (-1, -1),
]
_STAR = [
    (math.sin(math.pi * k / 5) * (1, 0.45)[k % 2], -math.cos(math.pi * k / 5) * (1, 0.45)[k % 2])
    for k in range(10)
]

SHAPES: tuple[Points, ...] = (
    _polygon(16, 0, 0, 1),
    _even(_SQUARE),
    _polygon(4, 0, 0, 1),
    _even(_CROSS),
    _even([(-1, -1), (1, -1), (1, 0.25), (0, 1.15), (-1, 0.25)]),
    _even(_STAR),
    _even([(-1, -0.45), (1, -0.45), (1, 0.45), (-1, 0.45)]),
    _polygon(6, 0, 0, 0.82),
)
"""Disc, square, diamond, cross, shield, star, bar; the last is everybody else's."""
