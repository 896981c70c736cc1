"""The map of flows: who may flee from which sub-district to which, over three days.

Arrows run from middle to middle of sub-districts and bend to the right of their way, so that those
there and back lie apart. They say nothing of roads. Nothing finer than a sub-district is drawn:
a place of any other kind stands in the tables only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from foreshock.brief.displacement import DisplacementItem, FlowItem, LeavingItem, ReachedItem
from foreshock.brief.displacement_words import amount, people, place_name, share
from foreshock.brief.items import PlaceItem
from foreshock.brief.page.anchors import anchor
from foreshock.brief.page.borders import Country, basemap
from foreshock.brief.page.keys import Key, draw_keys
from foreshock.brief.page.lines import path
from foreshock.brief.page.marks import linked
from foreshock.brief.page.places import spot, standing
from foreshock.brief.page.projection import Projection, fitted
from foreshock.brief.page.room import Days, Label, Placed, Room, place_labels
from foreshock.brief.page.scale_bar import draw_scale_bar
from foreshock.brief.page.scales import WIDTH
from foreshock.brief.page.svg import node
from foreshock.brief.words import plain

HEIGHTS = (360.0, 620.0)
"""Least and greatest height of the map."""

LARGEST, LEAST = 15.0, 2.4
"""Radius of the disc of most arrivals, and of the fewest."""

WIDEST, NARROWEST = 9.0, 0.8
"""Width of the arrow of most people, and of the fewest."""

BEND = 0.16
"""How far an arrow bends, as a part of its length."""

RING = 3.0
"""Distance of the ring of threat from the disc."""

FIGURED = 8
"""So many destinations have their arrivals written beside their name."""

LETTERS = 12.0

Drawing = Callable[[float, float], Element]
"""What draws a sign of the legend at a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A sub-district on the map, as origin, as destination, or both."""

    place: PlaceItem
    x: float
    y: float
    radius: float
    leaving: LeavingItem | None
    reached: ReachedItem | None

    @property
    def threat(self) -> float:
        """How near the fighting is."""
        return min(max(self.leaving.threat, 0.0), 1.0) if self.leaving else 0.0

    @property
    def outside(self) -> float:
        """How far from its middle it reaches."""
        return self.radius + (RING + 1.4 if self.threat else 0.5)


def draw_flows(item: DisplacementItem, days: Days) -> Element | None:
    """Draw the map of flows.

    Parameters
    ----------
    item : DisplacementItem
    days : (datetime.date, datetime.date)
        First and last day of the flows.

    Returns
    -------
    Element or None
        None where no sub-district has a place on a map.
    """
    places = _places(item)
    if not places:
        return None
    flat = fitted([_degrees(place) for place in places.values()], WIDTH, HEIGHTS, margin=40)
    most = max([1.0, *(each.arrivals.median for each in item.destinations)])
    spots = _spots(item, places, flat, most)
    flows = [flow for flow in item.flows if flow.origin in spots and flow.destination in spots]
    widest = max([1.0, *(flow.people.median for flow in flows)])
    room = Room(flat.width, flat.height, days)
    for each in spots.values():
        reach = each.outside
        room.take((each.x - reach, each.y - reach, each.x + reach, each.y + reach))
    bar = draw_scale_bar(flat, room)
    ground = basemap(flat)
    for flow in flows:
        _keep_clear(room, spots[flow.origin], spots[flow.destination], days[0])
    names = _names(list(spots.values()), ground.countries, room, days[1])
    legend, bottom = draw_keys(_keys(item, most, widest), flat.height + 10, flat.width)
    words = "Map of who may flee from which sub-district to which in three days"
    return node(
        "svg",
        node("title", words),
        node("desc", "Everything that it shows stands in the tables below it, too."),
        node("rect", x=0, y=0, width=flat.width, height=flat.height, class_="sea"),
        node("path", d=ground.land, class_="land", fill_rule="evenodd"),
        node("path", d=ground.coasts, class_="coast", stroke_width=0.8),
        node("path", d=ground.borders, class_="border", stroke_width=1.1, stroke_dasharray="5 3"),
        # The largest lie lowest, so that none hides another.
        *(_arrow(flow, spots, widest) for flow in sorted(flows, key=lambda f: -f.people.median)),
        *(_site(each, item.horizon) for each in sorted(spots.values(), key=lambda s: -s.radius)),
        names,
        bar,
        node("rect", x=0, y=0, width=flat.width, height=flat.height, class_="frame"),
        legend,
        viewBox=f"0 0 {flat.width:g} {bottom:.0f}",
        class_="picture flows",
        role="group",
        aria_label=words,
    )


def drawn(item: DisplacementItem, flow: FlowItem) -> bool:
    """Tell whether a flow stands on the map."""
    places = _places(item)
    return flow.origin in places and flow.destination in places


def reach_anchor(place: str) -> str:
    """Give the anchor of a destination's row."""
    return anchor("reach", place)


def flow_anchor(flow: FlowItem) -> str:
    """Give the anchor of a flow's row."""
    return anchor("flow", f"{flow.origin}|{flow.destination}")


def _places(item: DisplacementItem) -> dict[str, PlaceItem]:
    return {
        each.place.id: each.place
        for each in (*item.origins, *item.destinations)
        if standing(each.place) == "area"
    }


def _degrees(place: PlaceItem) -> tuple[float, float]:
    return spot(place) or (0.0, 0.0)  # Areas without a spot are not among the places.


def _spots(
    item: DisplacementItem, places: dict[str, PlaceItem], flat: Projection, most: float
) -> dict[str, Spot]:
    leaving = {each.place.id: each for each in item.origins}
    reached = {each.place.id: each for each in item.destinations}
    found = {}
    for key, place in places.items():
        x, y = flat(*_degrees(place))
        told = reached.get(key)
        found[key] = Spot(
            place=place,
            x=round(x, 1),
            y=round(y, 1),
            radius=round(_radius(told.arrivals.median, most), 1) if told else LEAST,
            leaving=leaving.get(key),
            reached=told,
        )
    return found


def _radius(arrivals: float, most: float) -> float:
    """Area in proportion to arrivals."""
    return max(LEAST, LARGEST * math.sqrt(max(arrivals, 0.0) / most))


def _width(going: float, widest: float) -> float:
    return max(NARROWEST, WIDEST * going / widest)


def _arrow(flow: FlowItem, spots: dict[str, Spot], widest: float) -> Element:
    start, end = spots[flow.origin], spots[flow.destination]
    words = (
        f"{plain(place_name(start.place))} → {plain(place_name(end.place))}: "
        f"{amount(flow.people)} people in three days, {share(flow.share)} of all who leave"
    )
    return linked(
        f"#{flow_anchor(flow)}",
        _arrow_shapes(
            (start.x, start.y, start.outside),
            (end.x, end.y, end.outside),
            _width(flow.people.median, widest),
        ),
        words,
        "flow",
    )


def _arrow_shapes(
    start: tuple[float, float, float], end: tuple[float, float, float], width: float
) -> list[Element]:
    """Draw a bent arrow from the edge of one disc to the edge of another."""
    (x1, y1, out1), (x2, y2, out2) = start, end
    long = math.hypot(x2 - x1, y2 - y1) or 1.0
    bend_x, bend_y = _bend(x1, y1, x2, y2)
    head = min(4 + 1.1 * width, long / 3)
    from_x, from_y = _towards(x1, y1, bend_x, bend_y, min(out1, long / 4))
    tip_x, tip_y = _towards(x2, y2, bend_x, bend_y, min(out2, long / 3))
    base_x, base_y = _towards(tip_x, tip_y, bend_x, bend_y, head)
    side_x, side_y = _towards(0, 0, base_y - tip_y, tip_x - base_x, 2 + 0.75 * width)
    corners = [
        (tip_x, tip_y),
        (base_x + side_x, base_y + side_y),
        (base_x - side_x, base_y - side_y),
    ]
    curve = f"M{from_x:.1f} {from_y:.1f}Q{bend_x:.1f} {bend_y:.1f} {base_x:.1f} {base_y:.1f}"
    return [
        node("path", d=curve, stroke_width=round(width, 1)),
        node("path", d=path(corners, closed=True), class_="head"),
    ]


def _bend(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float]:
    """Give the point that draws an arrow to its right."""
    return (x1 + x2) / 2 - BEND * (y2 - y1), (y1 + y2) / 2 + BEND * (x2 - x1)


def _towards(x: float, y: float, to_x: float, to_y: float, step: float) -> tuple[float, float]:
    long = math.hypot(to_x - x, to_y - y) or 1.0
    return x + (to_x - x) / long * step, y + (to_y - y) / long * step


def _site(each: Spot, horizon: int) -> Element:
    parts = [plain(place_name(each.place))]
    if each.reached:
        parts.append(f"{amount(each.reached.arrivals)} arrivals in {horizon} days")
        parts.append(f"{share(each.reached.share)} of all who leave come here")
    if each.leaving:
        parts.append(f"threat {each.leaving.threat:.2f}")
        parts.append(f"{share(each.leaving.share)} of all who leave set out here")
    shapes = _site_shapes(each.x, each.y, each.radius, each.threat, each.reached is not None)
    return linked(f"#{reach_anchor(each.place.id)}" if each.reached else "",
                  shapes, f"{parts[0]}: {'; '.join(parts[1:])}", "site")  # fmt: skip


def _site_shapes(x: float, y: float, radius: float, threat: float, reached: bool) -> list[Element]:
    """Draw a sub-district: a disc for arrivals, round it a tint and a ring for the threat."""
    shapes = []
    if threat:
        ring = radius + RING
        shapes += [
            node("circle", cx=x, cy=y, r=ring, class_="tint", fill_opacity=round(0.6 * threat, 2)),
            _arc(x, y, ring, threat),
        ]
    class_ = "arrivals" if reached else "ink"
    return [*shapes, node("circle", cx=x, cy=y, r=radius, class_=class_, stroke_width=1)]


def _arc(x: float, y: float, radius: float, part: float) -> Element:
    """Draw a part of a ring, from the top on with the clock."""
    angle = 2 * math.pi * min(part, 0.999)
    to_x, to_y = x + radius * math.sin(angle), y - radius * math.cos(angle)
    far = 1 if part > 0.5 else 0
    line = f"M{x:g} {y - radius:.1f}A{radius:.1f} {radius:.1f} 0 {far} 1 {to_x:.1f} {to_y:.1f}"
    return node("path", d=line, class_="threat", stroke_width=2)


def _keep_clear(room: Room, start: Spot, end: Spot, day: date) -> None:
    """Take the room of an arrow on the first day alone.

    So a name can keep clear of arrows if it stands for all days, and need not if it stands for the
    last one: rather on an arrow than nowhere.
    """
    bend_x, bend_y = _bend(start.x, start.y, end.x, end.y)
    for step in range(1, 16):
        part = step / 16
        near, half, far = (1 - part) ** 2, 2 * part * (1 - part), part**2
        x = near * start.x + half * bend_x + far * end.x
        y = near * start.y + half * bend_y + far * end.y
        room.take((x - 3, y - 3, x + 3, y + 3), (day, day))


def _names(spots: Sequence[Spot], countries: Sequence[Country], room: Room, last: date) -> Element:
    """Write the names: destinations of most arrivals first, with their arrivals."""
    ranked = sorted(
        spots, key=lambda s: (-(s.reached.arrivals.median if s.reached else 0.0), s.place.id)
    )
    placed = []
    for index, each in enumerate(ranked):
        words = [plain(place_name(each.place))]
        if each.reached and index < FIGURED:
            words.insert(0, f"{words[0]} {people(each.reached.arrivals.median)}")
        labels = [
            Label(text=text, x=each.x, y=each.y, gap=each.outside, size=LETTERS) for text in words
        ]
        placed += _placed(labels, room, last)
    lands = [
        spot
        for country in countries
        for spot in _placed(
            [Label(text=country.name, x=x, y=y, gap=-6.0, size=15.0) for x, y in country.spots],
            room,
            last,
        )
    ]
    return node(
        "g",
        *(_text(each, "country") for each in lands),
        *(_text(each, "small halo ink-text") for each in placed),
        class_="names",
        pointer_events="none",
    )


def _placed(labels: Sequence[Label], room: Room, last: date) -> list[Placed]:
    """Place the first of several labels that finds room, off the arrows if that can be."""
    for days in (None, (last, last)):
        for label in labels:
            placed = place_labels([label], room, days)
            if placed:
                return placed
    return []


def _text(placed: Placed, names: str) -> Element:
    return node(
        "text",
        placed.label.text,
        x=placed.x,
        y=placed.y,
        text_anchor=None if placed.anchor == "start" else placed.anchor,
        font_size=placed.label.size if placed.label.size != LETTERS else None,
        class_=names,
    )


# ------------------------------------------------------------------------------------------ key


def _keys(item: DisplacementItem, most: float, widest: float) -> list[list[Key]]:
    sizes = [_round(most), _round(most / 5)]
    widths = [_round(widest), _round(widest / 5)]
    arrows = [
        Key(16, f"{people(each)} people in three days", _sample_arrow(_width(each, widest)))
        for each in widths
    ]
    discs = [
        Key(_radius(each, most), f"{people(each)} arrivals in {item.horizon} days",
            _sample_disc(_radius(each, most)))
        for each in sizes
    ]  # fmt: skip
    rings = [
        Key(LEAST + RING + 1.4, words, _sample_ring(threat))
        for threat, words in ((0.25, "threat 0.25"), (0.9, "threat 0.9, near the front"))
    ]
    return [arrows, [*discs, *rings]]


def _round(value: float) -> float:
    """Give the largest 1, 2 or 5 times a power of ten that is no larger."""
    power = 10.0 ** math.floor(math.log10(max(value, 1.0)))
    return next(step * power for step in (5, 2, 1) if step * power <= max(value, 1.0))


def _sample_arrow(width: float) -> Drawing:
    return lambda x, y: node(
        "g", *_arrow_shapes((x - 15, y - 2, 0), (x + 15, y - 2, 0), width), class_="flow"
    )


def _sample_disc(radius: float) -> Drawing:
    return lambda x, y: node("g", *_site_shapes(x, y, radius, 0.0, True), class_="site")


def _sample_ring(threat: float) -> Drawing:
    return lambda x, y: node("g", *_site_shapes(x, y, LEAST, threat, False), class_="site")
