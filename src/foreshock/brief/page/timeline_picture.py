"""The picture of the timeline: lanes of acts on one axis of days, with flags for deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief, DeadlineItem
from foreshock.brief.page.anchors import claim_anchor, event_anchor
from foreshock.brief.page.bundles import Bundle, draw_bundle, weight
from foreshock.brief.page.happenings import Happening, names_of
from foreshock.brief.page.keys import act_keys, draw_keys
from foreshock.brief.page.marks import actors_data, linked
from foreshock.brief.page.scales import WIDTH, Days, cut, text_width
from foreshock.brief.page.svg import node
from foreshock.brief.page.symbols import Toll
from foreshock.brief.words import counted
from foreshock.core.time import say_day

LEFT, RIGHT = 6.0, WIDTH - 6.0

AHEAD = 14
"""The axis goes on for so many days at most where a deadline lies ahead."""

PINNED = 3
"""So many deadlines that are later than the axis are told at its end; the others are counted."""

STACK, MANY, LOW_STACK = 6, 1000, 3
"""So many acts of a doer, a day and a sign have marks of their own; fewer where acts are many."""

LARGEST, SMALLER = 12.0, 8.0
"""Radius of the sign of the deadliest acts; smaller where acts are many."""

LABEL = 20.0
"""Height of a lane's name."""

FLAG = 18.0
"""Height of a line of flags."""

NOBODY, OTHERS = "\0nobody", "\0others"
"""Lanes of acts whose doer nobody names, and of doers that are not in focus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The days of the picture.

    Attributes
    ----------
    days : Days
        The scale, at the beginning of each day.
    as_of : datetime.date
    """

    days: Days
    as_of: date

    @property
    def day(self) -> float:
        """Width of a day."""
        return (self.days.end - self.days.start) / max((self.days.last - self.days.first).days, 1)

    def middle(self, day: date) -> float:
        """Give the middle of a day."""
        return self.days(day) + self.day / 2

    def of(self, act: Happening) -> float:
        """Give where an act stands: in the middle of the days on which it may have been."""
        start, end = max(act.start, self.days.first), min(act.end, self.as_of)
        return (self.middle(start) + self.middle(end)) / 2


def draw_timeline(brief: Brief, acts: Sequence[Happening]) -> Element:
    """Draw the timeline.

    Parameters
    ----------
    brief : Brief
    acts : sequence of Happening
        The acts of the window, oldest first.
    """
    first = brief.as_of - timedelta(days=brief.window)
    ahead = [d.due for d in brief.deadlines if brief.as_of < d.due]
    near = [due for due in ahead if (due - brief.as_of).days <= AHEAD]
    last = max([brief.as_of + timedelta(days=2), *(due + timedelta(days=2) for due in near)])
    axis = Axis(days=Days(first, last, LEFT, RIGHT), as_of=brief.as_of)
    many = len(acts) > MANY
    toll = Toll([act.deaths for act in acts], SMALLER if many else LARGEST)
    y = 22.0
    flags, poles, y = _draw_flags(brief, axis, y)
    top = y
    lanes: list[Element] = []
    for name, own in _lanes(brief, acts):
        lane, y = _draw_lane(name, own, axis, toll, y, LOW_STACK if many else STACK)
        lanes.append(lane)
    bottom = y + 6
    key, end = draw_keys((act_keys(toll),), bottom + 8, WIDTH)
    start, now = axis.middle(first), axis.middle(brief.as_of)
    return node(
        "svg",
        node("title", "Timeline of acts by who did them"),
        node("desc", "Everything that it shows stands in the tables below it, too."),
        _draw_axis(axis, top, bottom),
        *(
            node("line", x1=x, x2=x, y1=from_, y2=bottom, stroke_width=1, stroke_dasharray="2 3",
                 class_="pole soft-line")
            for x, from_ in poles
        ),
        *lanes,
        *flags,
        node(
            "g",
            node("line", x1=0, x2=0, y1=top - 4, y2=bottom),
            class_="now",
            transform=f"translate({now:.2f} 0)",
            data_x0=start,
            data_x1=now,
        ),
        key,
        viewBox=f"0 0 {WIDTH} {end:.0f}",
        class_="picture timeline",
        role="group",
        aria_label="Timeline",
    )  # fmt: skip


def _lanes(brief: Brief, acts: Sequence[Happening]) -> list[tuple[str, list[Happening]]]:
    """Sort acts into lanes by doer: those in focus first, each act in the lane of each doer."""
    parts = {
        actor.id: actor
        for event in brief.events
        for actor in (*event.actors, *event.recipients)
        if (actor.root or actor.id) != actor.id
    }
    names = names_of(brief)
    for part in (parts[actor] for actor in brief.focus if actor in parts):
        if part.root in names:
            names[part.root] = f"{names[part.root]}, with {part.name}"
    focus = [actor for actor in brief.focus if actor not in parts]
    lanes: dict[str, list[Happening]] = {actor: [] for actor in focus}
    for act in acts:
        for doer in dict.fromkeys(d if d in lanes else OTHERS for d in act.doers or [NOBODY]):
            key = NOBODY if not act.doers else doer
            lanes.setdefault(key, []).append(act)
    names |= {OTHERS: "others", NOBODY: "nobody named"}
    order = [*focus, *(key for key in (OTHERS, NOBODY) if key in lanes)]
    return [(names.get(key, key), lanes[key]) for key in order]


def _draw_lane(
    name: str, acts: Sequence[Happening], axis: Axis, toll: Toll, y: float, most: int
) -> tuple[Element, float]:
    """Draw a lane, and give where it ends."""
    title = f"{name} – {counted(len(acts), 'act') if acts else 'no act on record'}"
    above = [act for act in acts if act.event.sign == "conflictual"]
    below = [act for act in acts if act.event.sign != "conflictual"]
    up, high = _stacked(above, axis, toll, most)
    down, low = _stacked(below, axis, toll, most)
    line = y + LABEL + high + 2
    end = line + low + 8
    marks = [
        draw(line - away if side else line + away)
        for side, stack in ((True, up), (False, down))
        for away, draw in stack
    ]
    lane = node(
        "g",
        node("line", x1=LEFT, x2=RIGHT, y1=line, y2=line, stroke_width=0.8, class_="axis"),
        node("text", title, x=LEFT, y=y + 14, class_="label halo strong lane-name"),
        *marks,
        class_="lane",
    )
    return lane, end


class _Mark:
    """A mark of a lane that still lacks its height."""

    def __init__(self, bundle: Bundle, axis: Axis, toll: Toll) -> None:
        self.bundle, self.axis = bundle, axis
        self.x, self.radius = axis.of(bundle.lead), toll.of(bundle.lead)
        self.half = self.radius

    def __call__(self, y: float) -> Element:
        act = self.bundle.lead
        behind = []
        if act.end > act.start:
            behind = [
                node(
                    "line",
                    x1=self.axis.days(act.start),
                    x2=self.axis.days(min(act.end, self.axis.as_of)) + self.axis.day,
                    y1=y,
                    y2=y,
                    stroke_width=0.8,
                    stroke_opacity=0.45,
                    stroke_dasharray="4 2",
                    class_="whisker",
                )
            ]
        return draw_bundle(self.bundle, self.x, y, self.radius, behind=behind)


class _More:
    """The acts of a day that have no marks of their own: their number."""

    def __init__(self, bundle: Bundle, axis: Axis) -> None:
        self.bundle = bundle
        self.x, self.radius = axis.of(bundle.lead), 6.0
        self.text = f"+{len(bundle.acts)}"
        self.half = text_width(self.text, 12) / 2

    def __call__(self, y: float) -> Element:
        return linked(
            f"#{event_anchor(self.bundle.lead.event.id)}",
            [
                node("text", self.text, x=self.x, y=y + 4, text_anchor="middle",
                     class_="small count")
            ],
            self.bundle.title,
            "event count",
            self.bundle.data(),
        )  # fmt: skip


def _stacked(
    acts: Sequence[Happening], axis: Axis, toll: Toll, most: int
) -> tuple[list[tuple[float, _Mark | _More]], float]:
    """Stack acts on a line without overlaps, and give how high they reach."""
    days: dict[date, list[Happening]] = defaultdict(list)
    for act in acts:
        days[act.start].append(act)
    marks: list[_Mark | _More] = []
    for day in sorted(days):
        ordered = sorted(days[day], key=weight)
        kept = ordered if len(ordered) <= most + 1 else ordered[:most]
        marks += [_Mark(Bundle((act,)), axis, toll) for act in kept]
        if len(kept) < len(ordered):
            marks.append(_More(Bundle(tuple(ordered[most:])), axis))
    found: list[tuple[float, _Mark | _More]] = []
    high = 0.0
    for mark in marks:
        near = [
            (away, other) for away, other in found if abs(other.x - mark.x) < other.half + mark.half
        ]
        away = mark.radius + 2
        while any(abs(away - taken) < mark.radius + other.radius + 1 for taken, other in near):
            away += 1.0
        high = max(high, away + mark.radius)
        found.append((away, mark))
    return found, high


def _draw_axis(axis: Axis, top: float, bottom: float) -> Element:
    """Draw weeks as lines with their days, and what lies ahead as a pale stretch."""
    ahead = axis.days(axis.as_of + timedelta(days=1))
    parts = [
        node("rect", x=ahead, y=top - 4, width=RIGHT - ahead, height=bottom - top + 4,
             class_="reference")
    ]  # fmt: skip
    end = LEFT - 20
    for day, text in _ticks(axis):
        x = axis.days(day)
        month = day.day <= 7
        parts.append(node("line", x1=x, x2=x, y1=top - 4, y2=bottom, stroke_width=1, class_="grid"))
        wide = text_width(text, 12)
        if x > end + 8 and x + wide < RIGHT:
            parts.append(
                node("text", text, x=x + 2, y=13, class_="small strong" if month else "small")
            )
            end = x + wide
    return node("g", *parts, class_="days")


def _ticks(axis: Axis) -> list[tuple[date, str]]:
    days = axis.days
    length = (days.last - days.first).days
    if length > 120:
        return days.ticks(9)
    monday = days.first + timedelta(days=-days.first.weekday() % 7)
    return [
        (day, f"{day.day} {day:%b}")
        for day in (monday + timedelta(days=step) for step in range(0, length + 1, 7))
        if day <= days.last
    ]


def _draw_flags(
    brief: Brief, axis: Axis, y: float
) -> tuple[list[Element], list[tuple[float, float]], float]:
    """Draw the flags of deadlines above the lanes.

    Returns
    -------
    (list of Element, list of (float, float), float)
        The flags, where their poles stand and start, and where the lanes may begin.
    """
    flags: list[Element] = []
    poles: list[tuple[float, float]] = []
    lines: list[float] = []
    ordered = sorted(brief.deadlines, key=lambda deadline: (deadline.due, deadline.claims))
    later = [deadline for deadline in ordered if deadline.due >= axis.days.last]
    within = [one for one in ordered if axis.days.first <= one.due < axis.days.last]
    for deadline in (*within, *later[:PINNED]):
        beyond = deadline in later
        x = RIGHT if beyond else axis.middle(deadline.due)
        words = f"{say_day(deadline.due)}: {deadline.status}. {deadline.demand}"
        text = cut(words, 340, 12)
        wide = text_width(text, 12) + 16
        # A flag near the right edge flies to the left.
        left = x + wide > RIGHT
        start, end = (x - wide, x) if left else (x, x + wide)
        row = next((index for index, taken in enumerate(lines) if taken < start), len(lines))
        if row == len(lines):
            lines.append(end)
        lines[row] = end
        top = y + row * FLAG
        flags.append(_draw_flag(deadline, x, top, text, left=left, beyond=beyond))
        if not beyond:
            poles.append((x, top + FLAG - 6))
    y += len(lines) * FLAG
    if len(later) > PINNED:
        text = f"and {counted(len(later) - PINNED, 'later deadline')}: see the table"
        flags.append(node("text", text, x=RIGHT, y=y + 12, text_anchor="end", class_="small"))
        y += FLAG
    return flags, poles, y + 8


def _draw_flag(
    deadline: DeadlineItem, x: float, y: float, text: str, *, left: bool, beyond: bool
) -> Element:
    """Draw a flag: filled while the deadline is open; an arrow where it lies beyond the axis."""
    side = -1 if left else 1
    shape = f"M{x:.1f} {y + 12:.1f}v-10l{8 * side} 4l{-8 * side} 4"
    if beyond:
        shape = f"M{x - 8:.1f} {y + 2:.1f}l8 4l-8 4z"
    still = deadline.status == "open"
    return linked(
        f"#{claim_anchor(deadline.claims[0])}" if deadline.claims else "",
        [
            node("path", d=shape, stroke_width=1.2, class_="ink" if still else "ink-line"),
            node(
                "text",
                text,
                x=x + 12 * side,
                y=y + 10,
                text_anchor="end" if left else None,
                class_=f"halo {'label' if still else 'small'}",
                font_size=12,
            ),
        ],
        f"Due {say_day(deadline.due)}: {deadline.demand} {deadline.status}.",
        "flag",
        actors_data((*deadline.actors, *deadline.recipients)),
    )
