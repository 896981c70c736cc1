"""The map as a picture: the layers from the sea to the names, and its legend."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from xml.etree.ElementTree import Element

import numpy as np

from foreshock.brief.document import Brief
from foreshock.brief.page.borders import Basemap, basemap
from foreshock.brief.page.clipping import Box, clip_line, path
from foreshock.brief.page.front_picture import draw_front
from foreshock.brief.page.happenings import Happening
from foreshock.brief.page.map_acts import Whereabouts, draw_acts, draw_elsewhere
from foreshock.brief.page.map_key import draw_key
from foreshock.brief.page.places import spot
from foreshock.brief.page.projection import Projection
from foreshock.brief.page.room import Days, Label, Placed, Room, place_labels
from foreshock.brief.page.scale_bar import draw_scale_bar
from foreshock.brief.page.sites import Site, draw_site, draw_tint
from foreshock.brief.page.svg import node
from foreshock.brief.page.symbols import HOLDER, Toll

MAIN_ROAD = re.compile(r"[A-Z]{1,3}-?\d{1,4}")
"""Names of roads that have a number, such as M5 or E75."""

LARGE, SMALL = 12.5, 12.0
"""Sizes of names; the large ones are bold, too."""

FOREMOST = 14
"""So many names are placed before the acts."""

MANY, LARGEST, SMALLER = 1000, 22.0, 14.0
"""Radius of the sign of the deadliest acts; smaller where acts are many."""

NAMES = 80
"""The map carries so many names of places at most."""


def draw_map(
    brief: Brief,
    acts: Sequence[Happening],
    places: Sequence[Site],
    found: Whereabouts,
    flat: Projection,
) -> Element:
    """Draw the map with all that belongs to it.

    Parameters
    ----------
    brief : Brief
    acts : sequence of Happening
        The acts of the window.
    places : sequence of Site
        The places on the map.
    found : Whereabouts
        The acts, sorted by how the map can place them.
    flat : Projection
    """
    today = (brief.as_of, brief.as_of)
    toll = Toll([act.deaths for act in acts], LARGEST if len(acts) <= MANY else SMALLER)
    frame = (0.0, 0.0, flat.width, flat.height)
    ground = basemap(flat)
    room = Room(flat.width, flat.height, (brief.as_of - timedelta(days=brief.window), brief.as_of))
    bar = draw_scale_bar(flat, room)
    for site in places:
        half = HOLDER + (3.4 if site.ever_contested else 0.4)
        room.take((site.x - half, site.y - half, site.x + half, site.y + half))
    towns = _towns(places)
    # The names that matter most come before the acts, which find room round them.
    foremost = place_labels(towns[:FOREMOST], room, today)
    marks = draw_acts(found, flat, toll, room, today)
    others = place_labels(towns[FOREMOST:], room, today)
    names = _names(brief, [*foremost, *others], flat, ground, room, today)
    signs = sorted(places, key=lambda site: (_layer(site), site.place.id))
    elsewhere, high = draw_elsewhere(found, flat.height + 10, flat.width, toll, today)
    legend, bottom = draw_key(brief, places, toll, flat.height + high + 18, flat.width)
    return node(
        "svg",
        node("title", "Map of who is said to hold what, and of what happened where"),
        node("desc", "Everything that it shows stands in the tables below it, too."),
        node("rect", x=0, y=0, width=flat.width, height=flat.height, class_="sea"),
        node("path", d=ground.land, class_="land", fill_rule="evenodd"),
        node("path", d=ground.coasts, class_="coast", stroke_width=0.8),
        node("path", d=ground.borders, class_="border", stroke_width=1.1, stroke_dasharray="5 3"),
        node("g", *(draw_tint(brief, site) for site in signs if _ever_held(site)), class_="tints"),
        _roads(brief, flat, frame),
        draw_front(brief, flat),
        node("g", *(draw_site(brief, site) for site in signs), class_="places"),
        marks,
        names,
        bar,
        node("rect", x=0, y=0, width=flat.width, height=flat.height, class_="frame"),
        elsewhere,
        legend,
        viewBox=f"0 0 {flat.width:g} {bottom:.0f}",
        class_="picture map",
        role="group",
        aria_label="Map",
    )


def _layer(site: Site) -> int:
    return {"unknown": 0, "held": 1, "contested": 2}.get(site.now.status, 1)


def _ever_held(site: Site) -> bool:
    return any(state.roots for state in site.states)


def _roads(brief: Brief, flat: Projection, frame: Box) -> Element:
    drawn: dict[bool, list[str]] = {False: [], True: []}
    for road in brief.roads:
        ends = spot(road.a), spot(road.b)
        if ends[0] and ends[1]:
            line = np.array([flat(*ends[0]), flat(*ends[1])])
            # Two ends on either side of the date line are joined the shorter way only.
            if abs(line[0, 0] - line[1, 0]) < 180 * flat.across:
                main = MAIN_ROAD.fullmatch(road.road) is not None
                drawn[main] += [path(piece) for piece in clip_line(line, frame)]
    return node(
        "g",
        node("path", d="".join(drawn[False]), class_="road", stroke_width=1.2),
        node(
            "path", d="".join(drawn[True]), class_="road main", stroke_width=2.6,
        ),
        class_="roads",
    )  # fmt: skip


def _towns(places: Sequence[Site]) -> list[Label]:
    ranked = sorted(places, key=lambda site: (-site.rank, site.place.name, site.place.id))[:NAMES]
    return [
        Label(
            text=site.place.name,
            x=site.x,
            y=site.y,
            gap=HOLDER + (3.0 if site.ever_contested else 0.0),
            size=LARGE if number < FOREMOST and site.rank >= 4 else SMALL,
        )
        for number, site in enumerate(ranked)
    ]


def _names(
    brief: Brief,
    towns: Sequence[Placed],
    flat: Projection,
    ground: Basemap,
    room: Room,
    today: Days,
) -> Element:
    """Write the names: those of towns have found room, roads and countries take what is left."""
    roads = [_first_placed(labels, room, today) for labels in _road_names(brief, flat)]
    countries = [
        _first_placed(
            [Label(text=country.name, x=x, y=y, gap=-6.0, size=15.0) for x, y in country.spots],
            room,
            today,
        )
        for country in ground.countries
    ]
    return node(
        "g",
        *(_text(one, "country") for found in countries for one in found),
        *(_text(one, "small halo road-name") for found in roads for one in found),
        *(_text(one, f"label halo{' strong' if one.label.size == LARGE else ''}") for one in towns),
        class_="names",
        pointer_events="none",
    )


def _first_placed(labels: Sequence[Label], room: Room, today: Days) -> list[Placed]:
    """Place the first of several labels that finds room."""
    for label in labels:
        placed = place_labels([label], room, today)
        if placed:
            return placed
    return []


def _road_names(brief: Brief, flat: Projection) -> list[list[Label]]:
    """Give every numbered road its name once: the middles of its stretches, the longest first."""
    middles: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for road in brief.roads:
        ends = spot(road.a), spot(road.b)
        if MAIN_ROAD.fullmatch(road.road) and ends[0] and ends[1]:
            (ax, ay), (bx, by) = flat(*ends[0]), flat(*ends[1])
            middles[road.road].append((-math.hypot(ax - bx, ay - by), (ax + bx) / 2, (ay + by) / 2))
    return [
        [Label(text=name, x=x, y=y, gap=1.0) for _, x, y in sorted(spots)]
        for name, spots in sorted(middles.items())
    ]


def _text(placed: Placed, names: str) -> Element:
    return node(
        "text",
        placed.label.text,
        x=placed.x,
        y=placed.y,
        text_anchor=None if placed.anchor == "start" else placed.anchor,
        font_size=placed.label.size,
        class_=names,
    )
