"""The picture of rival counts: marks over time, each with who counts what written beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element

from foreshock.brief.items import QuantityItem
from foreshock.brief.page.labels import Box, Wanted, place
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.scales import (
    WIDTH,
    Days,
    Scale,
    cut,
    number_in_words,
    spread,
    text_width,
)
from foreshock.brief.page.svg import node
from foreshock.core.time import say_day

LEFT, RIGHT, KEY = 66, 396, 456
"""Where the days begin and end, and where the key begins."""

ENTRY = 32
"""Height of an entry of the key."""

COUNTS, AHEAD = 300, 110
"""Least heights: of the counts, and of what speaks of people who have not fled yet."""


@dataclass(frozen=True, slots=True)
class Point:
    """One count: by which claim, up to which day, how many."""

    claim: str
    until: date
    known: date | None
    quantity: QuantityItem

    @property
    def number(self) -> float:
        """The number that is drawn: the best, else the least, else the most that was named."""
        named = (self.quantity.best, self.quantity.low, self.quantity.high)
        return next((number for number in named if number is not None), 0.0)


@dataclass(frozen=True, slots=True)
class Series:
    """One speaker's counts of one thing, oldest first."""

    speaker: str
    what: str
    since: date | None
    moves: bool
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture, and how many of its marks found no room for a label."""

    picture: Element
    unlabelled: int


def draw_counts(
    fled: Sequence[Series], ahead: Sequence[Series], as_of: date, marks: Marks
) -> Drawn:
    """Draw counts over time.

    Parameters
    ----------
    fled : sequence of Series
        Counts of people who have fled.
    ahead : sequence of Series
        Figures of people who have not: drawn apart, hollow and dashed.
    as_of : datetime.date
        The last day.
    marks : Marks
        Makes the links to the claims.
    """
    points = [point.until for series in (*fled, *ahead) for point in series.points]
    first = min([*points, as_of - timedelta(days=14)])
    days = Days(first - (as_of - first) / 12, max([*points, as_of]), LEFT, RIGHT)
    parts: list[Element] = []
    unlabelled, y = 0, 6.0
    for title, series, least, hollow in (
        ("People who have fled, by each count", fled, COUNTS, False),
        ("People who have not fled yet: forecasts and fears, not counts", ahead, AHEAD, True),
    ):
        if series:
            height = max(least, ENTRY * len(series))
            plot = _Plot(title, series, days, as_of, marks, y, height, hollow)
            drawn, missed = plot.draw()
            parts += drawn
            unlabelled += missed
            y += height + 76
    picture = node(
        "svg",
        node("title", "Counts of displaced people over time, by who counts"),
        *parts,
        viewBox=f"0 0 {WIDTH} {y:g}",
        class_="picture displaced",
        role="group",
        aria_label="Counts of displaced people over time, by who counts",
    )
    return Drawn(picture, unlabelled)


@dataclass(frozen=True, slots=True)
class _Plot:
    """One of the two parts of the picture."""

    title: str
    series: Sequence[Series]
    days: Days
    as_of: date
    marks: Marks
    y: float
    height: float
    hollow: bool

    @property
    def top(self) -> float:
        return self.y + 36

    @property
    def scale(self) -> Scale:
        numbers = [
            number
            for series in self.series
            for point in series.points
            for number in (point.number, point.quantity.high or 0.0)
        ]
        return Scale(0, 1.04 * max([1.0, *numbers]), self.top + self.height, self.top)

    def draw(self) -> tuple[list[Element], int]:
        """Draw axes, series and labels; tell how many labels found no room."""
        parts = self._axes()
        for series in self.series:
            parts += self._series(series)
        figures, missed = self._figures()
        return [*parts, *figures, *self._key()], missed

    def _axes(self) -> list[Element]:
        bottom = self.top + self.height
        parts = [node("text", self.title, x=LEFT, y=self.y + 12, class_="label strong")]
        for number in self.scale.ticks(5 if self.height > 200 else 2):
            y = self.scale(number)
            parts.append(node("line", x1=LEFT, x2=RIGHT, y1=y, y2=y, class_="grid"))
            parts.append(
                node("text", number_in_words(number), x=LEFT - 8, y=y + 4, text_anchor="end",
                     class_="small soft")
            )  # fmt: skip
        now = self.days(self.as_of)
        for day, label in self.days.ticks(5):
            x = self.days(day)
            parts.append(node("line", x1=x, x2=x, y1=bottom, y2=bottom + 5, class_="axis"))
            if abs(x - now) > 56:
                parts.append(
                    node("text", label, x=x, y=bottom + 18, text_anchor="middle",
                         class_="small soft")
                )  # fmt: skip
        parts.append(node("line", x1=now, x2=now, y1=self.top - 6, y2=bottom + 5, class_="now"))
        parts.append(
            node("text", f"{self.as_of.day} {self.as_of:%b}", x=now, y=bottom + 18,
                 text_anchor="middle", class_="small strong")
        )  # fmt: skip
        return parts

    def _series(self, series: Series) -> list[Element]:
        parts = []
        last = series.points[-1]
        if series.since:
            x, y = self.days(series.since), self.scale(last.number)
            line = f"M{x:.1f} {y - 4:.1f}v8m0 -4H{self.days(last.until):.1f}"
            said = node("title", f"{series.speaker} counts since {say_day(series.since)}")
            parts.append(
                node("path", said, d=line, class_="since", fill="none", stroke_width=1)
            )  # fmt: skip
        for one, other in pairwise(series.points):
            parts.append(
                node("line", x1=self.days(one.until), y1=self.scale(one.number),
                     x2=self.days(other.until), y2=self.scale(other.number), class_="ink-line",
                     stroke_width=1.6)
            )  # fmt: skip
        return [*parts, *(self._mark(series, point) for point in series.points)]

    def _mark(self, series: Series, point: Point) -> Element:
        x, y = self.days(point.until), self.scale(point.number)
        low, high = point.quantity.low, point.quantity.high
        shapes: list[Element] = []
        if low is not None and high is not None and low < high:
            shapes.append(
                node("line", x1=x, x2=x, y1=self.scale(low), y2=self.scale(high), class_="ink-line",
                     stroke_width=1.4)
            )  # fmt: skip
        elif low is not None and high is None:
            shapes.append(_arrow(x, y, -1))
        elif high is not None and low is None and point.quantity.best is None:
            shapes.append(_arrow(x, y, 1))
        paint = {"class_": "ahead" if self.hollow else "ink", "stroke_width": 1.5}
        paint |= {"stroke_dasharray": "3 2"} if self.hollow else {}
        if series.moves:
            shapes.append(node("rect", x=x - 4.5, y=y - 4.5, width=9, height=9, **paint))
        else:
            shapes.append(node("circle", cx=x, cy=y, r=5, **paint))
        return self.marks.claim(point.claim, *shapes, title=_told(series, point, self.hollow))

    # ---------------------------------------------------------------- the words

    def _latest(self) -> list[Series]:
        """Give one series for each mark to be named; what one claim counts twice is named once."""
        found: dict[tuple[str, str, date, float], Series] = {}
        for series in self.series:
            last = series.points[-1]
            found.setdefault((series.speaker, series.what, last.until, last.number), series)
        return list(found.values())

    def _figures(self) -> tuple[list[Element], int]:
        """Write the figure beside the last mark of each series."""
        figures: dict[tuple[date, float], Point] = {}
        for series in self._latest():
            last = series.points[-1]
            figures.setdefault((last.until, last.number), last)
        wanted = [
            Wanted(self.days(day), self.scale(number), text_width(_figure(point), 12), 11)
            for (day, number), point in figures.items()
        ]
        bounds = Box(LEFT - 20, self.top - 14, KEY - 4, self.top + self.height + 2)
        boxes = place(wanted, bounds, self._obstacles())
        parts = [
            node("text", _figure(point), x=(box.left + box.right) / 2, y=box.bottom - 1.5,
                 text_anchor="middle", class_="halo", font_size=12)
            for box, point in zip(boxes, figures.values(), strict=True)
            if box
        ]  # fmt: skip
        return parts, sum(box is None for box in boxes)

    def _obstacles(self) -> list[Box]:
        found = []
        for series in self.series:
            for one, other in pairwise(series.points):
                x1, y1 = self.days(one.until), self.scale(one.number)
                x2, y2 = self.days(other.until), self.scale(other.number)
                steps = [index / 12 for index in range(13)]
                ways = [(x1 + (x2 - x1) * step, y1 + (y2 - y1) * step) for step in steps]
                found += [Box(x - 2, y - 2, x + 2, y + 2) for x, y in ways]
            for point in series.points:
                x, y = self.days(point.until), self.scale(point.number)
                found.append(Box(x - 4, y - 4, x + 4, y + 4))
            if series.since:
                last = series.points[-1]
                y = self.scale(last.number)
                found.append(Box(self.days(series.since), y - 1, self.days(last.until), y + 1))
        return found

    def _key(self) -> list[Element]:
        """Say at the right who counts what, in the order of the figures and about as high."""
        latest = sorted(self._latest(), key=lambda series: -series.points[-1].number)
        best = [self.scale(series.points[-1].number) for series in latest]
        places = spread(best, ENTRY, self.top + 2, self.top + self.height - 10)
        parts = []
        for series, y in zip(latest, places, strict=True):
            last = series.points[-1]
            since = f" since {series.since.day} {series.since:%b}" if series.since else ""
            room = WIDTH - KEY
            words = (
                node("text", cut(f"{_figure(last)} {series.what}{since}", room, 12.5), x=KEY, y=y,
                     class_="label"),
                node("text", cut(series.speaker, room, 12), x=KEY, y=y + 14,
                     class_="small soft"),
            )  # fmt: skip
            title = _told(series, last, self.hollow)
            parts.append(self.marks.claim(last.claim, *words, title=title))
        return parts


def _figure(point: Point) -> str:
    """Write the figure as the key shows it, so that mark and key have the same words."""
    return point.quantity.text


def _arrow(x: float, y: float, way: int) -> Element:
    """Draw an open end: at least so many (upwards) or at most (downwards)."""
    tip = y + way * 18
    line = f"M{x:.1f} {y:.1f}V{tip:.1f}M{x - 3.5:.1f} {tip - way * 5:.1f}L{x:.1f} {tip:.1f}"
    return node("path", d=f"{line}L{x + 3.5:.1f} {tip - way * 5:.1f}", class_="ink-line",
                stroke_width=1.4)  # fmt: skip


def _told(series: Series, point: Point, hollow: bool) -> str:
    since = f" since {say_day(series.since)}" if series.since else ""
    known = f", known {say_day(point.known)}" if point.known else ""
    forecast = " (not fled yet: not a count)" if hollow else ""
    return (
        f"{series.speaker}: {point.quantity.text} {series.what}{since}, to {say_day(point.until)}"
        f"{known}{forecast}"
    )
