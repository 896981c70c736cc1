"""Pictures of scenarios: what each input does to a conclusion, and when a client would stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from foreshock.brief.page.scales import Scale, cut
from foreshock.brief.page.svg import node
from foreshock.brief.scenario_words import in_draws, percent_of, range_in_words
from foreshock.brief.scenarios import CapabilityItem, InfluenceItem, RangeItem, RobustItem

WIDE, LEFT, RIGHT = 400, 8, 392
ROW, TOP = 31.0, 30.0
LETTERS = 9.5

MOST = 8
"""Inputs that are drawn; the table has all."""

BEYOND = 1.5
"""Where the axis of chances ends: past 1 there is no chance, and no threat is enough."""


def draw_influences(found: RobustItem) -> Element | None:
    """Draw the share of draws at either end of each input, the most influential first.

    Parameters
    ----------
    found : RobustItem

    Returns
    -------
    xml.etree.ElementTree.Element or None
        None where no input decides anything: there is nothing to draw.
    """
    shown = found.influences[:MOST]
    if not shown:
        return None
    scale = Scale(0, 1, LEFT, RIGHT)
    bottom = TOP + ROW * len(shown)
    shares = sorted(found.by_prior.values())
    return node(
        "svg",
        node("title", "In what share of draws it holds, with each input at either end"),
        node("desc", "Everything that it shows stands in the table below it, too."),
        *_key(),
        node(
            "rect",
            x=scale(shares[0]),
            y=TOP - 4,
            width=max(scale(shares[-1]) - scale(shares[0]), 1.2),
            height=bottom - TOP + 4,
            class_="assumed-band",
        ),
        *_axis(scale, bottom, [0, 0.25, 0.5, 0.75, 1], " of draws"),
        *(
            part
            for at, each in enumerate(shown)
            for part in _influence(each, scale, TOP + ROW * at)
        ),
        viewBox=f"0 0 {WIDE} {bottom + 20:g}",
        class_="picture fan assumed-picture",
        role="img",
        aria_label="In what share of draws it holds, with each input at either end",
    )


def draw_capabilities(items: Sequence[CapabilityItem]) -> Element:
    """Draw from which chance of losing each thing the client would stop."""
    scale = Scale(0, BEYOND, LEFT, RIGHT)
    bottom = TOP + ROW * len(items)
    return node(
        "svg",
        node("title", "Chance of losing it from which the client stops"),
        node("desc", "Everything that it shows stands in the table below it, too."),
        node(
            "rect",
            x=scale(1),
            y=TOP - 4,
            width=RIGHT - scale(1),
            height=bottom - TOP + 4,
            class_="assumed-band",
        ),
        node("text", "past 1: no threat is enough", x=RIGHT, y=TOP - 10, text_anchor="end",
             class_="small"),
        *_axis(scale, bottom, [0, 0.25, 0.5, 0.75, 1], ""),
        *(
            part
            for at, each in enumerate(items)
            for part in _capability(each, scale, TOP + ROW * at)
        ),
        viewBox=f"0 0 {WIDE} {bottom + 20:g}",
        class_="picture fan assumed-picture",
        role="img",
        aria_label="Chance of losing it from which the client stops",
    )  # fmt: skip


def _influence(each: InfluenceItem, scale: Scale, y: float) -> Iterator[Element]:
    low, high = each.at_low, each.at_high
    first = max(each.first.value or 0.0, 0.0)
    said = (
        f"{each.label}: holds {in_draws(low)} at its low end, {in_draws(high)} at its high end; "
        f"decides {percent_of(first)}"
    )
    line = y + 19
    yield node(
        "g",
        node("title", said),
        node("text", cut(each.label, RIGHT - LEFT - 96, LETTERS), x=LEFT, y=y + 8),
        node("text", f"decides {percent_of(first)}", x=RIGHT, y=y + 8, text_anchor="end",
             class_="small"),
        node("path", d=f"M{scale(low):.1f} {line:g}H{scale(high):.1f}", class_="assumed-line",
             stroke_width=2),
        node("circle", cx=scale(low), cy=line, r=4, class_="assumed-low", stroke_width=1.6),
        node("circle", cx=scale(high), cy=line, r=3.6, class_="assumed-high"),
    )  # fmt: skip


def _capability(each: CapabilityItem, scale: Scale, y: float) -> Iterator[Element]:
    low, middle, high = (_within(number) for number in _ends(each.critical))
    line = y + 19
    said = f"{each.capability}: {range_in_words(each.critical)}"
    yield node(
        "g",
        node("title", said),
        node("text", cut(said, RIGHT - LEFT, LETTERS), x=LEFT, y=y + 8),
        node("path", d=f"M{scale(low):.1f} {line:g}H{scale(high):.1f}", class_="assumed-line",
             stroke_width=5),
        _middle(scale(middle), line, beyond=middle >= BEYOND),
    )  # fmt: skip


def _middle(x: float, y: float, *, beyond: bool) -> Element:
    """Draw the middle of an interval; one past the end of the axis points on."""
    if beyond:
        return node("path", d=f"M{x - 6:.1f} {y - 4:g}l6 4-6 4z", class_="assumed-high")
    return node("circle", cx=x, cy=y, r=3.6, class_="assumed-high")


def _ends(found: RangeItem) -> tuple[float | None, float | None, float | None]:
    return found.low, found.value, found.high


def _within(number: float | None) -> float:
    return BEYOND if number is None else min(number, BEYOND)


def _axis(scale: Scale, bottom: float, ticks: Sequence[float], unit: str) -> Iterator[Element]:
    line = "".join(f"M{scale(tick):.1f} {TOP - 4:g}V{bottom:g}" for tick in ticks)
    yield node("path", d=line, class_="grid")
    for tick in ticks:
        words = f"{100 * tick:.0f} %" if unit else f"{tick:g}"
        anchor = "start" if tick == 0 else "end" if tick == ticks[-1] and unit else "middle"
        yield node("text", f"{words}{unit if tick == 0 else ''}", x=scale(tick), y=bottom + 14,
                   text_anchor=anchor, class_="small")  # fmt: skip


def _key() -> Iterator[Element]:
    yield node("circle", cx=LEFT + 5, cy=8, r=4, class_="assumed-low", stroke_width=1.6)
    yield node("text", "input at low end", x=LEFT + 13, y=11, class_="small")
    yield node("circle", cx=LEFT + 126, cy=8, r=3.6, class_="assumed-high")
    yield node("text", "at high end", x=LEFT + 134, y=11, class_="small")
    yield node("rect", x=LEFT + 218, y=3, width=12, height=10, class_="assumed-band")
    yield node("text", "all draws, by weighting", x=LEFT + 234, y=11, class_="small")
