"""The picture of destinations: shares with their intervals, and what simple methods say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from foreshock.brief.displacement import DisplacementItem, ReachedItem
from foreshock.brief.displacement_words import per_cent, place_name, share
from foreshock.brief.page.flows_picture import reach_anchor
from foreshock.brief.page.marks import linked
from foreshock.brief.page.scales import Scale, cut, text_width
from foreshock.brief.page.svg import node
from foreshock.brief.words import plain

WIDE, LEFT, RIGHT = 400, 112, 392
ROW, LINE = 19.0, 15.0
MOST = 14
LETTERS = 12.0

SHAPES = ("M-3 0 0-3 3 0 0 3z", "M0-5V5", "M-3-3 3 3M3-3-3 3", "M0-4V4M-4 0H4")
"""Signs of simple methods, by their order: shapes, so that no colour is needed."""


def pictured(item: DisplacementItem) -> list[ReachedItem]:
    """Give the foremost destinations, and all others of which a share was counted afterwards."""
    return [
        each
        for index, each in enumerate(item.destinations)
        if index < MOST or each.came is not None
    ]


def draw_shares(item: DisplacementItem) -> Element:
    """Draw the shares of destinations."""
    shown = pictured(item)
    methods = list(dict.fromkeys(name for each in shown for name in each.simple))
    most = max([0.01, *(value for each in shown for value in (each.share.high, each.came or 0.0))])
    most = max([most, *(value for each in shown for value in each.simple.values())])
    scale = Scale(0, 1.03 * most, LEFT, RIGHT)
    key, top = _key(methods, any(each.came is not None for each in shown))
    bottom = top + ROW * len(shown)
    return node(
        "svg",
        node("title", "Shares of destinations, of all who leave"),
        node("desc", "Everything that it shows stands in the table below it, too."),
        *key,
        *_axis(scale, top, bottom),
        *(_row(each, methods, scale, top + ROW * (n + 0.5)) for n, each in enumerate(shown)),
        viewBox=f"0 0 {WIDE} {bottom + 24:g}",
        class_="picture fan shares",
        role="group",
        aria_label="Shares of destinations, of all who leave",
    )


def _axis(scale: Scale, top: float, bottom: float) -> Iterator[Element]:
    ticks = scale.ticks(4)
    line = "".join(f"M{scale(tick):.1f} {top:g}V{bottom:g}" for tick in ticks)
    yield node("path", d=line, class_="grid")
    for tick in ticks:
        yield node("text", f"{per_cent(tick)} %", x=scale(tick), y=bottom + 14,
                   text_anchor="middle", class_="small")  # fmt: skip


def _row(each: ReachedItem, methods: Sequence[str], scale: Scale, y: float) -> Element:
    name = plain(place_name(each.place))
    said = [f"{name}: {share(each.share)}, nine futures in ten"]
    shapes = [
        node("rect", x=0, y=y - ROW / 2, width=WIDE, height=ROW, fill="none",
             pointer_events="all"),
        node("text", cut(name, LEFT - 8, LETTERS), x=LEFT - 8, y=y + 4, text_anchor="end"),
        node("path", d=f"M{scale(each.share.low):.1f} {y:g}H{scale(each.share.high):.1f}",
             class_="band-line", stroke_width=5),
    ]  # fmt: skip
    for method, value in each.simple.items():
        if value:
            shapes.append(_simple(methods.index(method), scale(value), y))
            said.append(f"{plain(method)} {per_cent(value)} %")
    shapes.append(node("circle", cx=scale(each.share.median), cy=y, r=3, class_="ink"))
    if each.came is not None:
        shapes.append(_after(scale(each.came), y))
        said.append(f"counted afterwards {per_cent(each.came)} %")
    return linked(f"#{reach_anchor(each.place.id)}", shapes, "; ".join(said))


def _simple(method: int, x: float, y: float) -> Element:
    shape = SHAPES[method % len(SHAPES)]
    return node("path", d=shape, transform=f"translate({x:.1f} {y:g})", class_="simple",
                stroke_width=1.1)  # fmt: skip


def _after(x: float, y: float) -> Element:
    return node("rect", x=x - 3.2, y=y - 3.2, width=6.4, height=6.4, class_="after",
                stroke_width=1.6)  # fmt: skip


def _key(methods: Sequence[str], came: bool) -> tuple[list[Element], float]:
    x, y = 2.0, 12.0
    signs = [
        (node("circle", cx=0, cy=0, r=3, class_="ink"), "middle"),
        (node("path", d="M-6 0H6", class_="band-line", stroke_width=5), "nine futures in ten"),
        *((_simple(n, 0, 0), cut(plain(name), 120, LETTERS)) for n, name in enumerate(methods)),
        *([(_after(0, 0), "counted afterwards")] if came else []),
    ]
    parts = []
    for sign, words in signs:
        wide = 16 + text_width(words, LETTERS) + 8
        if x > 2 and x + wide > WIDE - 2:
            x, y = 2.0, y + LINE
        parts.append(node("g", sign, transform=f"translate({x + 6:.1f} {y - 4:g})"))
        parts.append(node("text", words, x=x + 16, y=y, class_="small"))
        x += wide
    return parts, y + 8
