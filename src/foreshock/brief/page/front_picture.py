"""The front on the map: where belief in a side passes one half, and the edges of its band."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

import numpy as np

from foreshock.brief.document import Brief
from foreshock.brief.page.clipping import clip_line, path
from foreshock.brief.page.keys import Key
from foreshock.brief.page.projection import Projection
from foreshock.brief.page.svg import node
from foreshock.core.time import say_day

MIDDLE, EDGE = 2.2, 1.1
"""Widths of the line of one half and of the edges of the band."""


def draw_front(brief: Brief, flat: Projection) -> Element:
    """Draw the front of the as-of day; an empty group where there is none.

    Parameters
    ----------
    brief : Brief
    flat : Projection
    """
    found = brief.believed.front
    if found is None:
        return node("g", class_="front")
    return node(
        "g",
        _lines([*found.near, *found.far], flat, "edge", EDGE, "2 3"),
        _lines(found.middle, flat, "middle", MIDDLE),
        class_="front",
        pointer_events="none",
    )


def front_keys(brief: Brief) -> list[Key]:
    """Explain the front in the legend."""
    found = brief.believed.front
    if found is None:
        return []
    told = f"front of {say_day(brief.as_of)}: belief in {found.side.name} one half"
    return [
        Key(9.0, told, lambda x, y: _sample(x, y, "middle", MIDDLE)),
        Key(9.0, "its band: one quarter, three quarters", lambda x, y: _sample(x, y, "edge", EDGE)),
    ]


def _lines(
    lines: Sequence[Sequence[tuple[float, float]]],
    flat: Projection,
    name: str,
    width: float,
    dashes: str | None = None,
) -> Element:
    frame = (0.0, 0.0, flat.width, flat.height)
    drawn = "".join(
        path(piece)
        for line in lines
        for piece in clip_line(np.array([flat(lon, lat) for lon, lat in line]), frame)
    )
    return node("path", d=drawn, class_=name, stroke_width=width, stroke_dasharray=dashes)


def _sample(x: float, y: float, name: str, width: float) -> Element:
    return node(
        "g",
        node(
            "path",
            d=f"M{x - 8:.1f} {y:.1f}h16",
            class_=name,
            stroke_width=width,
            stroke_dasharray=None if name == "middle" else "2 3",
        ),
        class_="front",
    )
