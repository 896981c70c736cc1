"""The picture of a pair: deeds above words on one time axis, with the acts that move them.

Each channel has a line for the conflict share, a band for its 90 % interval, hatching where there
is insufficient evidence, and below them the acts. A long history is drawn twice: all of it small,
with its acts as bars, and its last weeks large, with a mark for each act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief
from foreshock.brief.page.lines import path, simplified
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.saying import percent, span_in_words
from foreshock.brief.page.scales import WIDTH, Days, Scale
from foreshock.brief.page.svg import node
from foreshock.brief.relations import ActItem, ChannelItem, DyadItem, SeriesItem, WeekItem
from foreshock.core.time import say_day

CHANNELS = {"deed": "Deeds", "word": "Words"}

WEEK = timedelta(days=7)

CLOSE = timedelta(days=91)
"""What the large part shows of a long history."""

LONG = timedelta(days=300)
"""A history longer than this is drawn twice."""

BEFORE = timedelta(days=365)
"""So long before anything could be said of a pair the picture begins, if there are acts."""

LEFT, RIGHT = 104, WIDTH - 10
HEAD, SHARE, RUG, GAP = 26, 112, 34, 30
"""Heights: of a channel's heading, of its share, of the acts on either side, and below them."""

HATCH = 13
"""Distance of the lines that hatch what nothing can be said of."""

STACK = 4
"""So many acts of a sign and of about one day stand on each other; the rest are counted."""

FINE = 130
"""More weeks than these in one line cannot be told apart."""


def draw_pair(brief: Brief, dyad: DyadItem, marks: Marks) -> Element | None:
    """Draw what a pair is suffering.

    Parameters
    ----------
    brief : Brief
    dyad : DyadItem
        The pair.
    marks : Marks
        Makes the links to its acts.

    Returns
    -------
    xml.etree.ElementTree.Element or None
        An ``svg`` element; None where in neither channel anything could ever be said.
    """
    if not any(week.enough for series in dyad.series for week in series.weeks):
        return None
    found = {series.channel: series for series in dyad.series}
    columns = _columns(brief, dyad)
    name = f"{dyad.a.name} and {dyad.b.name}"
    parts: list[Element] = []
    y = 0.0
    for channel in (dyad.deeds, dyad.words):
        series = found.get(channel.channel)
        said = any(week.enough for week in series.weeks) if series else False
        parts.append(_heading(channel, bool(series and series.acts), y + 15))
        y += HEAD
        if series and series.acts:
            height = SHARE if said else 0
            parts.append(_ends(channel, height, y))
            parts += [
                _Channel(brief, channel, series, column, y, height, marks).group()
                for column in columns
            ]
            y += height + 2 * RUG + GAP
    return node(
        "svg",
        node("title", f"Conflict share of {name} in deeds and in words"),
        node("desc", dyad.sentence),
        *parts,
        viewBox=f"0 0 {WIDTH} {y + 4:g}",
        class_="picture pair",
        role="group",
        aria_label=f"Conflict share of {name} over time",
    )


def first_day(brief: Brief, dyad: DyadItem) -> date:
    """Give the first day that the picture of a pair shows.

    A lone act of long ago would squeeze all others: the picture begins at most a year before
    anything could be said of the pair.
    """
    weeks = [week.end - WEEK for series in dyad.series for week in series.weeks]
    acts = [act.on for series in dyad.series for act in series.acts]
    said = min([*weeks, brief.as_of - 4 * WEEK])
    return max(min([*acts, said]), said - BEFORE)


def close_day(brief: Brief, dyad: DyadItem) -> date:
    """Give the first day from which on the picture of a pair shows each act as a mark."""
    return brief.as_of - CLOSE if _long(brief, dyad) else first_day(brief, dyad)


def is_deadly(act: ActItem) -> bool:
    """Tell whether somebody was killed in a conflictual act."""
    return act.sign == "conflictual" and bool(act.deaths)


def _long(brief: Brief, dyad: DyadItem) -> bool:
    return brief.as_of - first_day(brief, dyad) > LONG


@dataclass(frozen=True, slots=True)
class _Column:
    """A stretch of time in the picture."""

    days: Days
    close: bool

    def holds(self, day: date) -> bool:
        return self.days.first <= day <= self.days.last


def _columns(brief: Brief, dyad: DyadItem) -> list[_Column]:
    first, last = first_day(brief, dyad), brief.as_of
    if not _long(brief, dyad):
        return [_Column(Days(first, last, LEFT, RIGHT), close=True)]
    return [
        _Column(Days(first, last, LEFT, 448), close=False),
        _Column(Days(last - CLOSE, last, 476, RIGHT), close=True),
    ]


def _heading(channel: ChannelItem, acts: bool, y: float) -> Element:
    if not acts:
        said = "no act on record"
    elif not channel.enough:
        said = "insufficient evidence now"
    else:
        said = f"conflict share now {span_in_words(channel.share)}"
        if channel.reference and channel.reference.enough:
            said += f", reference {percent(channel.reference.share.mean)}: {channel.direction}"
    name = node("tspan", CHANNELS[channel.channel], class_="strong")
    return node("text", name, node("tspan", said, dx=8), x=LEFT, y=y, class_="label")


def _ends(channel: ChannelItem, height: float, top: float) -> Element:
    """Say what the two ends of the axis mean, and which acts stand above and below."""
    bottom = top + height
    signs = ("conflictual", "cooperative") if channel.enough else ("neutral", "neutral")
    words = [
        ("▲ conflictual", bottom + RUG - 6, f"small {signs[0]}"),
        ("○ cooperative", bottom + RUG + 18, f"small {signs[1]}"),
    ]
    if height:
        words += [
            ("all conflictual", top + 5, "small"),
            ("half of each", (top + bottom) / 2 + 4, "small soft"),
            ("all cooperative", bottom + 2, "small"),
        ]
    texts = [
        node("text", said, x=LEFT - 8, y=y, text_anchor="end", class_=class_)
        for said, y, class_ in words
    ]
    return node("g", *texts)


@dataclass(frozen=True, slots=True)
class _Channel:
    """One channel in one stretch of time."""

    brief: Brief
    channel: ChannelItem
    series: SeriesItem
    column: _Column
    top: float
    height: float
    marks: Marks

    @property
    def days(self) -> Days:
        return self.column.days

    @property
    def middle(self) -> float:
        """Where the acts of one sign meet those of the other."""
        return self.top + self.height + RUG

    def group(self) -> Element:
        parts = self._axes()
        if self.height:
            weeks = self._weeks()
            begin = self.days(weeks[0].end - WEEK) if weeks else self.days.end
            if begin > self.days.start:  # before the first week nothing could be said yet
                parts.append(self._missing(self.days.start, begin))
            runs = [list(run) for _, run in groupby(weeks, key=lambda week: week.enough)]
            # From back to front: what is missing, the reference, what is known.
            parts += [self._gap(run) for run in runs if not run[0].enough]
            parts += self._reference()
            parts += [self._run(run) for run in runs if run[0].enough]
        return node("g", *parts, *self._rug(), *self._now())

    # ---------------------------------------------------------------- the share

    def _weeks(self) -> list[WeekItem]:
        """Give the weeks of this stretch; the one that is not over yet ends on the as-of."""
        weeks = sorted(self.series.weeks, key=lambda week: week.end)
        weeks = [week.model_copy(update={"end": min(week.end, self.brief.as_of)}) for week in weeks]
        return [week for week in weeks if self.column.holds(week.end)]

    def _y(self, share: float) -> float:
        return Scale(0, 1, self.top + self.height, self.top)(share)

    def _axes(self) -> list[Element]:
        start, end, bottom = self.days.start, self.days.end, self.middle + RUG
        levels = [self._y(share) for share in (0, 0.5, 1)] if self.height else []
        parts = [node("line", x1=start, x2=end, y1=y, y2=y, class_="grid") for y in levels]
        parts.append(node("line", x1=start, x2=end, y1=self.middle, y2=self.middle, class_="axis"))
        for day, label in self.days.ticks(5 if self.column.close else 6):
            x = self.days(day)
            parts.append(node("line", x1=x, x2=x, y1=self.top, y2=bottom, class_="grid"))
            if x < end - 60:
                parts.append(
                    node("text", label, x=x, y=bottom + 15, text_anchor="middle", class_="small")
                )
        return parts

    def _now(self) -> list[Element]:
        as_of, bottom = self.brief.as_of, self.middle + RUG
        x, label = self.days(as_of), f"{as_of.day} {as_of:%b}"
        return [
            node("line", x1=x, x2=x, y1=self.top, y2=bottom, class_="now"),
            node("text", label, x=x, y=bottom + 15, text_anchor="end", class_="small strong"),
        ]

    def _reference(self) -> list[Element]:
        known, days = self.channel.reference, self.brief.relations.reference_days
        if known is None or not known.enough or len(days) != 2:
            return []
        first, last = (self.brief.as_of - timedelta(days=ago) for ago in days)
        y = self._y(known.share.mean)
        said = f"Reference: {percent(known.share.mean)} from {say_day(first)} to {say_day(last)}"
        inside = last > self.days.first
        x1, x2 = (self.days(first), self.days(last)) if inside else (self.days.start, self.days.end)
        parts = [node("title", said)]
        if inside:
            shade = {"y": self.top, "width": x2 - x1, "height": self.height}
            parts.append(node("rect", x=x1, class_="reference", **shade))
        dashes = None if inside else "1 4"
        parts.append(
            node("line", x1=x1, x2=x2, y1=y, y2=y, class_="reference-line", stroke_width=2,
                 stroke_dasharray=dashes)
        )  # fmt: skip
        return [node("g", *parts)]

    def _run(self, run: Sequence[WeekItem]) -> Element:
        """Draw line and band where there is evidence enough."""
        kind, last = self.channel.channel, run[-1]
        step = -(-len(run) // FINE)
        points = [(self.days(week.end), week.share) for week in reversed(run[::-1][::step])]
        # What is said at the end of a week holds for the week, so a lone week has a width too.
        points.insert(0, (self.days(run[0].end - WEEK), points[0][1]))
        upper = simplified([(x, self._y(span.high)) for x, span in points])
        lower = simplified([(x, self._y(span.low)) for x, span in reversed(points)])
        line = simplified([(x, self._y(span.mean)) for x, span in points])
        said = (
            f"{CHANNELS[kind]}, {say_day(run[0].end)} to {say_day(last.end)}; at the end "
            f"{span_in_words(last.share)}"
        )
        return node(
            "g",
            node("title", said),
            node("path", d=path([*upper, *lower], closed=True), class_=f"band {kind}"),
            node("path", d=path(line), class_=f"line {kind}", fill="none", stroke_width=2,
                 stroke_dasharray="6 4" if kind == "word" else None),
        )  # fmt: skip

    def _gap(self, run: Sequence[WeekItem]) -> Element:
        return self._missing(self.days(run[0].end - WEEK), self.days(run[-1].end))

    def _missing(self, start: float, end: float) -> Element:
        """Hatch a stretch of insufficient evidence; drawn, as a pattern would need a name."""
        top, bottom, size = self.top, self.top + self.height, round(self.height)
        lines = []
        for x in range(round(start) // HATCH * HATCH - size, round(end), HATCH):
            x1, x2 = max(x, round(start)), min(x + size, round(end))
            if x2 > x1:
                lines.append(f"M{x1} {bottom - (x1 - x):.0f}l{x2 - x1}{x1 - x2}")
        return node(
            "g",
            node("title", "Insufficient evidence"),
            node("rect", x=start, y=top, width=end - start, height=self.height, class_="missing"),
            node("path", d="".join(lines), class_="hatch", fill="none", stroke_width=1),
        )

    # ---------------------------------------------------------------- the acts

    def _rug(self) -> list[Element]:
        width = 9 if self.column.close else 4
        bins: dict[tuple[str, int], list[ActItem]] = {}
        for act in self.series.acts:
            if self.column.holds(act.on):
                place = min(self.days(act.on), self.days.end - width)
                index = int((place - self.days.start) // width)
                bins.setdefault((act.sign, index), []).append(act)
        for acts in bins.values():
            # The weightiest first: where not all can be drawn, these are.
            acts.sort(key=lambda act: (-(act.deaths or 0), -act.weight * act.probability, act.on))
        places = {
            (sign, self.days.start + (index + 0.5) * width): acts
            for (sign, index), acts in sorted(bins.items())
        }
        if not self.column.close:
            return self._bars(places)
        return [mark for (sign, x), acts in places.items() for mark in self._stack(sign, x, acts)]

    def _stack(self, sign: str, x: float, acts: Sequence[ActItem]) -> list[Element]:
        """Draw a mark for each act of about a day, up or down by its sign."""
        parts = []
        way = -1 if sign == "conflictual" else 1
        for level, act in enumerate(acts[:STACK]):
            y = self.middle + way * (5.5 + 7.5 * level)
            size = 4.6 if is_deadly(act) else 3.4
            if way < 0:
                path = (
                    f"M{x - size:.1f} {y + size * 0.8:.1f}h{2 * size:.1f}L{x:.1f} {y - size:.1f}Z"
                )
                shapes = [node("path", d=path)]
            else:
                shapes = [node("circle", cx=x, cy=y, r=3, stroke_width=1.4)]
            title = _told(act)
            if level == STACK - 1 and len(acts) > STACK:
                path = f"M{x - 3:.1f} {y + way * 6.5:.1f}h6"
                shapes.append(node("path", d=path, class_="more", stroke_width=1.6))
                title += f" (and {len(acts) - STACK} more about that day)"
            parts.append(
                self.marks.event(act.event, *shapes, title=title, class_=self._class(sign))
            )
        return parts

    def _bars(self, places: dict[tuple[str, float], list[ActItem]]) -> list[Element]:
        """Draw acts of long ago as bars: one shape for each sign; only deadly acts are marks."""
        most = max([6, *(len(acts) for acts in places.values())])
        paths: dict[str, list[str]] = {}
        parts = []
        for (sign, x), acts in places.items():
            way = -1 if sign == "conflictual" else 1
            height = (RUG - 4) * len(acts) / most
            path = f"M{x - 1.5:.1f} {self.middle:.0f}h3v{round(way * height, 1):g}h-3z"
            if is_deadly(acts[0]):
                title = _told(acts[0]) + (f" (and {len(acts) - 1} more)" if len(acts) > 1 else "")
                shape = node("path", d=path)
                classes = f"bar {self._class(sign)}"
                parts.append(self.marks.event(acts[0].event, shape, title=title, class_=classes))
            else:
                paths.setdefault(sign, []).append(path)
        drawn = [
            node("path", d="".join(path), class_=f"bar {self._class(sign)}")
            for sign, path in paths.items()
        ]
        return [*drawn, *parts]

    def _class(self, sign: str) -> str:
        """No colour where there is insufficient evidence: nothing is found then."""
        return sign if self.channel.enough else "neutral"


def _told(act: ActItem) -> str:
    deaths = f", at most {act.deaths:,.0f} deaths told" if act.deaths else ""
    return f"{say_day(act.on)}: {act.headline}{deaths}"
