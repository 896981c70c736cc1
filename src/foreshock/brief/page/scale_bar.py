"""The scale bar of a map."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from foreshock.brief.page.projection import Projection
from foreshock.brief.page.room import Room
from foreshock.brief.page.scales import text_width
from foreshock.brief.page.svg import node


def draw_scale_bar(flat: Projection, room: Room) -> Element:
    """Draw a bar of a round number of kilometres in the lower left corner, and take its room."""
    km, long = flat.bar(150)
    words = f"{km:,g} km"
    x, y = 14.0, flat.height - 14.0
    right = x + long + text_width(words, 12) + 8
    room.take((x - 4, y - 12, right, y + 6))
    return node(
        "g",
        node("path", d=f"M{x:g} {y - 5:.1f}v5h{long:.1f}v-5", class_="scalebar", stroke_width=1.4,
             fill="none"),
        node("text", words, x=x + long + 6, y=y, class_="small halo"),
        class_="scale",
    )  # fmt: skip
