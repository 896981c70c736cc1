"""Places, holders and deadlines made by hand, for the map and the timeline."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from xml.etree.ElementTree import Element

from tests.brief.page import makers as make

from foreshock.brief import document as doc
from foreshock.brief.items import PlaceItem


def place(
    key: str, lon: float | None = 10.0, lat: float | None = 45.0, kind: str = "town"
) -> PlaceItem:
    return PlaceItem(id=key, name=key.replace("-", " ").title(), lon=lon, lat=lat, kind=kind)


def around(number: int, lon: float = 10.0, lat: float = 45.0, apart: float = 0.2):
    """Give places in a spiral round a point."""
    return [
        place(
            f"town-{index}",
            (lon + apart * math.sqrt(index) * math.cos(index * 2.4) + 180) % 360 - 180,
            max(-90.0, min(90.0, lat + apart * math.sqrt(index) * math.sin(index * 2.4))),
        )
        for index in range(number)
    ]


def event(key: str, where: PlaceItem | None = None, days_ago: int = 3, **changes) -> doc.EventItem:
    """Make an act at a place; `deaths` gives it a toll."""
    deaths = changes.pop("deaths", None)
    belief = changes.pop("belief", 0.9)
    day = make.ago(days_ago)
    figures = []
    if deaths is not None:
        figures = [make.tally({"wire": [make.telling("t", deaths, deaths)]}, event=key)]
    given = {
        "place": where,
        "start": day,
        "end": day,
        "when": f"{day.day} {day:%b %Y}",
        "figures": figures,
        "belief": doc.BeliefItem(probability=belief, low=belief, high=belief, words="likely"),
    }
    return make.event(key, **(given | changes))


def holding(
    where: PlaceItem, *holders: str, contested: bool = False, days_ago: int = 1, claim: str = ""
) -> doc.HoldingItem:
    actors = [make.actor(holder) for holder in holders]
    say = doc.SayItem(
        claim=claim, speaker="Wire", how="holds", holders=actors, on=make.ago(days_ago)
    )
    return doc.HoldingItem(
        place=where,
        status="contested" if contested else "held",
        holders=actors,
        on=make.ago(days_ago),
        says=[say],
        claims=[claim] if claim else [],
    )


def step(
    where: PlaceItem, days_ago: int, *holders: str, status: str = "held"
) -> doc.ControlStepItem:
    return doc.ControlStepItem(
        place=where.id,
        day=make.ago(days_ago),
        status=status,
        holders=[make.actor(holder) for holder in holders],
        claims=[],
    )


def road(a: PlaceItem, b: PlaceItem, name: str = "local") -> doc.RoadItem:
    return doc.RoadItem(a=a, b=b, road=name)


def deadline(key: str, due: date, status: str = "open", **changes) -> doc.DeadlineItem:
    given = {
        "actors": [make.actor("ruritania")],
        "recipients": [make.actor("gondal")],
        "due": due,
        "demand": f"Demand of {key}.",
        "consequence": "",
        "status": status,
        "claims": [key],
        "kept": [],
        "broken": [],
    }
    return doc.DeadlineItem.model_validate(given | changes)


def busy(number: int, towns: int = 200, lon: float = 10.0, lat: float = 45.0) -> doc.Brief:
    """Make a brief of many acts over the window, at many places, by several doers."""
    places = around(towns, lon, lat)
    signs = ("conflictual", "conflictual", "cooperative")
    doers = ("ruritania", "gondal", "florin", "fenwick")
    dice = Random(20200205)
    events = [
        event(
            f"e{index:05}",
            dice.choice(places) if index % 9 else None,
            days_ago=dice.randrange(60),
            sign=dice.choice(signs),
            channel=dice.choice(("deed", "word")),
            actors=[make.actor(dice.choice(doers))],
            deaths=dice.randrange(40) if index % 5 == 0 else None,
            belief=dice.uniform(0.4, 0.97),
        )
        for index in range(number)
    ]
    held = [
        holding(where, *doers[index % 2 : index % 2 + 1 + (index % 17 == 0)],
                contested=index % 17 == 0)
        for index, where in enumerate(places)
        if index % 3
    ]  # fmt: skip
    return make.brief(
        events=events,
        control=held,
        control_history=[step(one.place, 20, "gondal") for one in held],
        roads=[road(a, b, "M5" if index % 4 == 0 else "local") for index, (a, b) in
               enumerate(pairwise(places)) if index % 2],
        focus=["ruritania", "gondal", "florin"],
    )  # fmt: skip


def in_days(number: int) -> date:
    return make.AS_OF + timedelta(days=number)


# ---------------------------------------------------------------------- what a picture shows


def points_of(path: str) -> list[tuple[float, float]]:
    """Follow path data with absolute M and relative l and z, as all of ours is."""
    points: list[tuple[float, float]] = []
    for command, numbers in re.findall(r"([Mlz])([^Mlz]*)", path):
        values = [float(text) for text in re.findall(r"-?\d*\.?\d+", numbers)]
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = points[-1] if command == "l" else (0.0, 0.0)
            points.append((round(x + dx, 1), round(y + dy, 1)))
    return points


def pieces_of(path: str) -> list[list[tuple[float, float]]]:
    """Follow each piece of path data."""
    return [points_of(f"M{piece}") for piece in path.split("M")[1:]]


def extent_of(mark: Element) -> tuple[float, float, float, float]:
    """Give left, top, right and bottom of a mark's sign."""
    (glyph,) = make.classed(mark, "glyph")
    if glyph.tag == "circle":
        x, y, r = (float(glyph.get(name, "")) for name in ("cx", "cy", "r"))
        half = r + float(glyph.get("stroke-width", "0")) / 2
        return x - half, y - half, x + half, y + half
    across, down = zip(*points_of(glyph.get("d", "")), strict=True)
    return min(across), min(down), max(across), max(down)


def middle_of(mark: Element) -> tuple[float, float]:
    left, top, right, bottom = extent_of(mark)
    return (left + right) / 2, (top + bottom) / 2


def acts_of(picture: Element) -> list[Element]:
    """Give the marks of acts, without the samples of the legend."""
    return make.classed(picture, "mark", "event")


def is_away(mark: Element) -> bool:
    return "away" in (mark.get("class") or "").split()
