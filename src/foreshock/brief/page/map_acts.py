"""The acts on the map: beside their place, or listed under the map where no point is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from foreshock.brief.page.bundles import Bundle, bundled, draw_bundle
from foreshock.brief.page.happenings import Happening
from foreshock.brief.page.places import spot, standing
from foreshock.brief.page.projection import Projection
from foreshock.brief.page.room import Days, Room
from foreshock.brief.page.scales import text_width
from foreshock.brief.page.sites import EDGE
from foreshock.brief.page.svg import node
from foreshock.brief.page.symbols import DEED, HOLDER, Toll
from foreshock.brief.words import counted

CROWD = 36
"""A place with more acts in the window than this shows those of one kind and day as one."""

LINE = 23.0
"""Height of a line of the list under the map."""

CHIPS = 24
"""The list under the map names so many places; the table has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """The acts of the window, sorted by how they can be placed.

    Attributes
    ----------
    points : dict
        Acts on the map, by place.
    areas : dict
        Acts somewhere in an area, by area. The middle of an area is no place where they happened.
    beyond : dict
        Acts at places beyond the map's edge, by place.
    hidden : dict
        Acts at places that the map cannot or may not show, by place.
    nowhere : dict
        Acts of which nobody says where, under an empty key.
    """

    points: dict[str, list[Happening]]
    areas: dict[str, list[Happening]]
    beyond: dict[str, list[Happening]]
    hidden: dict[str, list[Happening]]
    nowhere: dict[str, list[Happening]]


def whereabouts(acts: Sequence[Happening], flat: Projection) -> Whereabouts:
    """Sort acts by how the map can place them."""
    found = Whereabouts(points={}, areas={}, beyond={}, hidden={}, nowhere={})
    for act in acts:
        place = act.event.place
        where, how = spot(place), standing(place)
        if how == "nowhere":
            drawer = found.nowhere
        elif how == "area":
            drawer = found.areas
        elif where is None:
            drawer = found.hidden
        else:
            drawer = found.points if flat.shows(*where, margin=EDGE) else found.beyond
        drawer.setdefault(place.id if place else "", []).append(act)
    return found


def placed_in_words(act: Happening, flat: Projection) -> str:
    """Say how an act stands on the map, for the table."""
    where, how = spot(act.event.place), standing(act.event.place)
    if how == "point" and where:
        return "yes" if flat.shows(*where, margin=EDGE) else "no: beyond its edge"
    return {
        "area": "no: only an area is told",
        "shelter": "no: a site of displaced people is not located",
        "nowhere": "no: nobody says where",
    }.get(how, "no: position not known")


def draw_acts(found: Whereabouts, flat: Projection, toll: Toll, room: Room, today: Days) -> Element:
    """Draw the acts on the map, none hidden by another that is shown on the same day.

    Parameters
    ----------
    found : Whereabouts
    flat : Projection
    toll : Toll
        Sizes.
    room : Room
        What already stands on the map; the acts are added to it.
    today : (datetime.date, datetime.date)
        The as-of day, twice.
    """
    waiting = [
        (bundle, *flat(*where))
        for acts in found.points.values()
        for where in [spot(acts[0].event.place)]
        if where
        for bundle in _bundles(acts)
    ]
    # What the as-of day shows settles first, and of that the largest.
    waiting.sort(key=lambda one: (not _shown(one[0], today), -toll.of(one[0].lead), *_key(one[0])))
    drawn = []
    for bundle, x, y in waiting:
        radius = toll.of(bundle.lead)
        here = room.settle(x, y, radius, clear=HOLDER, days=bundle.lead.days)
        leader = []
        if math.dist(here, (x, y)) > HOLDER + radius + 6:
            leader = [
                node("line", x1=x, y1=y, x2=here[0], y2=here[1], stroke_width=0.7, class_="leader")
            ]
        shown = _shown(bundle, today)
        drawn.append(draw_bundle(bundle, *here, radius, shown=shown, behind=leader))
    return node("g", *drawn, class_="acts")


def draw_elsewhere(
    found: Whereabouts, y: float, right: float, toll: Toll, today: Days
) -> tuple[Element, float]:
    """List the acts that the map cannot place, each with its mark, and give the list's height.

    Parameters
    ----------
    found : Whereabouts
    y, right : float
        Its upper edge, and where its lines end.
    toll : Toll
        Sizes.
    today : (datetime.date, datetime.date)
        The as-of day, twice.
    """
    parts: list[Element] = []
    start = y
    for heading, places in (
        ("Somewhere in an area", found.areas),
        ("Beyond the map's edge", found.beyond),
        ("At a place that is not shown", found.hidden),
        ("Nobody says where", found.nowhere),
    ):
        if not places:
            continue
        number = sum(len(acts) for acts in places.values())
        title = f"{heading} ({counted(number, 'act')} in the window)"
        parts.append(node("text", title, x=0, y=y + 15, class_="small strong"))
        y += LINE
        chips, y = _chips(places, y, right, toll, today)
        parts += chips
    return node("g", *parts, class_="elsewhere"), y - start


def _chips(
    places: dict[str, list[Happening]], y: float, right: float, toll: Toll, today: Days
) -> tuple[list[Element], float]:
    chips = []
    x = 0.0
    ordered = sorted(places.values(), key=lambda acts: (-len(acts), _name(acts)))[:CHIPS]
    filled = [(acts, _bundles(acts)) for acts in ordered]
    # Names without a mark on the as-of day come last.
    filled.sort(key=lambda one: not any(_shown(bundle, today) for bundle in one[1]))
    for acts, bundles in filled:
        name = _name(acts)
        start = text_width(name, 12) + 6 if name else 0.0
        marks = _lanes(bundles, toll)
        wide = start + max(at + radius for _, at, radius in marks)
        if x and x + wide > right:
            x, y = 0.0, y + LINE
        middle = y + LINE / 2
        label = [node("text", name, x=x, y=middle + 4, class_="small")] if name else []
        drawn = [
            draw_bundle(
                bundle, min(x + start + at, right), middle, radius, shown=_shown(bundle, today)
            )
            for bundle, at, radius in marks
        ]
        chips.append(node("g", *label, *drawn, class_="chip"))
        x += wide + 16
    left_out = len(places) - CHIPS
    y += LINE
    if left_out > 0:
        more = f"and {counted(left_out, 'more place')}: see the table"
        chips.append(node("text", more, x=0, y=y + 15, class_="small"))
        y += LINE
    return chips, y


def _lanes(bundles: Sequence[Bundle], toll: Toll) -> list[tuple[Bundle, float, float]]:
    """Put marks side by side; those that no day shows together share a spot."""
    spots: list[tuple[float, list[Days]]] = []
    found = []
    for bundle in sorted(bundles, key=_key):
        radius, days = min(toll.of(bundle.lead), LINE / 2 - 1), bundle.lead.days
        digits = text_width(f"{len(bundle.acts)}", 12) if len(bundle.acts) > 1 else 0.0
        needed = radius * 2.7 + 1 + digits
        index = next(
            (
                place
                for place, (wide, taken) in enumerate(spots)
                if wide >= needed and not any(a <= days[1] and days[0] <= b for a, b in taken)
            ),
            len(spots),
        )
        if index == len(spots):
            spots.append((max(needed, DEED * 2.7 + 1), []))
        spots[index][1].append(days)
        at = sum(wide for wide, _ in spots[:index]) + (spots[index][0] - digits) / 2
        found.append((bundle, at, radius))
    return found


def _bundles(acts: Sequence[Happening]) -> list[Bundle]:
    return bundled(
        acts, CROWD, lambda act: (act.start, act.end, act.known, act.event.sign, act.event.channel)
    )


def _name(acts: Sequence[Happening]) -> str:
    place = acts[0].event.place
    return place.name if place else ""


def _shown(bundle: Bundle, today: Days) -> bool:
    first, last = bundle.lead.days
    return first <= today[0] <= last


def _key(bundle: Bundle) -> tuple[str, str]:
    return bundle.lead.start.isoformat(), bundle.lead.event.id
