"""The picture of how warnings turned out: what was said against how often it came about."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from foreshock.brief.page.scales import Scale
from foreshock.brief.page.svg import node
from foreshock.brief.watch.warning_words import SHORT
from foreshock.core.watch import WarningRecord

SIDE, LEFT, TOP, BELOW, GAP = 150.0, 40.0, 26.0, 44.0, 34.0
LARGEST, SMALLEST = 9.0, 2.2
TICKS = (0, 0.25, 0.5, 0.75, 1)


def draw_reliability(warnings: Sequence[WarningRecord]) -> Element:
    """Draw one square a warning; on the diagonal, what was said came as often as it was said.

    Parameters
    ----------
    warnings : sequence of WarningRecord
    """
    parts = [part for at, told in enumerate(warnings) for part in _square(told, at)]
    width = len(warnings) * (SIDE + LEFT + GAP)
    return node(
        "svg",
        *parts,
        viewBox=f"0 0 {width:g} {TOP + SIDE + BELOW:g}",
        class_="picture reliability",
        role="img",
        aria_label="What was said and how often it came about; the table below has the numbers",
    )


def _square(told: WarningRecord, at: int) -> list[Element]:
    left = LEFT + at * (SIDE + LEFT + GAP)
    across = Scale(0, 1, left, left + SIDE)
    up = Scale(0, 1, TOP + SIDE, TOP)
    title = f"{SHORT[told.warning]}, n = {told.asked:,}"
    parts = [
        node("text", title, x=left, y=TOP - 10, class_="strong"),
        node("rect", x=left, y=TOP, width=SIDE, height=SIDE, class_="frame"),
        node("line", x1=across(0), y1=up(0), x2=across(1), y2=up(1), class_="soft-line"),
    ]
    for tick in TICKS:
        label = f"{100 * tick:.0f}"
        parts.append(
            node(
                "text", label, x=across(tick), y=TOP + SIDE + 15, text_anchor="middle",
                class_="small",
            )
        )  # fmt: skip
        if at == 0:
            y = up(tick) + 4
            parts.append(node("text", label, x=left - 6, y=y, text_anchor="end", class_="small"))
    if at == 0:
        axes = "across: said, %; up: came, %"
        parts.append(node("text", axes, x=left, y=TOP + SIDE + 34, class_="small"))
    most = max((count for _, _, count in told.bins), default=1)
    for said, came, count in told.bins:
        size = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / most)
        parts.append(node("circle", cx=across(said), cy=up(came), r=size, class_="dot"))
    return parts
