"""Legends: signs with their words, in lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from foreshock.brief.page.scales import text_width
from foreshock.brief.page.svg import node
from foreshock.brief.page.symbols import DEED, WORD, Toll, faded, sign


@dataclass(frozen=True, slots=True)
class Key:
    """A sign of a legend.

    Parameters
    ----------
    size : float
        Radius of the sign.
    words : str
        What it means.
    draw : callable
        Draws it at a point.
    """

    size: float
    words: str
    draw: Callable[[float, float], Element]


def draw_keys(groups: Sequence[Sequence[Key]], y: float, right: float) -> tuple[Element, float]:
    """Draw a legend, each group of signs on lines of its own.

    Parameters
    ----------
    groups : sequence of sequence of Key
    y, right : float
        Its upper edge, and where its lines end.

    Returns
    -------
    (Element, float)
        The legend, and where it ends.
    """
    parts: list[Element] = []
    for keys in groups:
        line = max([22.0, *(2 * key.size + 4 for key in keys)])
        rooms = [2 * key.size + 6 for key in keys]
        spots = flowing(list(zip(rooms, (key.words for key in keys), strict=True)), y, right, line)
        for key, room, (x, top) in zip(keys, rooms, spots, strict=True):
            middle = top + line / 2
            parts.append(key.draw(x + key.size + 0.5, middle))
            parts.append(node("text", key.words, x=x + room, y=middle + 4, class_="small"))
        y = spots[-1][1] + line + 2 if spots else y
    return node("g", *parts, class_="key"), y


def act_keys(toll: Toll) -> list[Key]:
    """Explain the signs of acts."""
    # A triangle is wider than the disc that has its area.
    wide = 1.35
    sizes = [(number, toll.radius(number)) for number in toll.samples()]
    return [
        Key(DEED * wide, "conflictual act", _sign("conflictual", DEED)),
        Key(DEED * wide, "its toll is not told", _sign("conflictual", DEED, untold=True)),
        *(
            Key(radius * wide, f"{number:,} killed", _sign("conflictual", radius))
            for number, radius in sizes
        ),
        Key(DEED, "cooperative act", _sign("cooperative", DEED)),
        Key(WORD * wide, "small: words only", _sign("conflictual", WORD)),
        Key(DEED * 3.3, "solid: almost certain, faint: doubtful", _fading),
    ]


def flowing(
    items: Sequence[tuple[float, str]], y: float, right: float, line: float
) -> list[tuple[float, float]]:
    """Give each sign with its words a spot, line by line.

    Parameters
    ----------
    items : sequence of (float, str)
        Room for the sign, and the words after it.
    y : float
        Where the first line starts.
    right : float
        Where lines end.
    line : float
        Distance of two lines.

    Examples
    --------
    >>> flowing([(10, "short"), (10, "a long text that needs a line")], 0, 100, 20)
    [(0.0, 0), (0.0, 20)]
    """
    found, here = [], 0.0
    for room, words in items:
        wide = room + text_width(words, 12)
        if here and here + wide > right:
            here, y = 0.0, y + line
        found.append((here, y))
        here += wide + 18
    return found


def _sign(kind: str, radius: float, *, untold: bool = False) -> Callable[[float, float], Element]:
    return lambda x, y: node("g", sign(kind, x, y, radius, untold=untold), class_=f"event {kind}")


def _fading(x: float, y: float) -> Element:
    steps = ((-1, 0.97), (0, 0.7), (1, 0.4))
    return node(
        "g",
        *(
            node("g", sign("conflictual", x + step * DEED * 1.9, y, DEED), opacity=faded(belief))
            for step, belief in steps
        ),
        class_="event conflictual",
    )
