"""Disputes: one quantity as each side tells it, side by side and never averaged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from foreshock.brief.document import Brief, EventItem, TallyItem, TellingItem, VersionItem
from foreshock.brief.page.anchors import anchor, event_anchor
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.scales import WIDTH, Scale, cut, day_or, number_in_words, text_width
from foreshock.brief.page.svg import node
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import counted, joined
from foreshock.core.time import say_day
from foreshock.lexicon import load_ontology

MOST = 12
"""So many disputes are drawn; the others are in a table."""

BENT = 12
"""The axis is bent where the greatest figure is so many times the least that is not 0."""

HARMS = ("killed", "casualties", "wounded", "captured", "abducted", "missing")
"""What weighs most, first."""

NAMES, PLOT = 196, (214, WIDTH - 10)
"""Where the names of those who tell end, and where the figures are drawn."""

LINE, BLOCK = 24, 10
"""Height of a telling, and the space between two origins."""

OPEN_END = 26
"""How far "at least" reaches beyond its figure."""


def disputes_view(brief: Brief) -> View:
    """Show every disputed quantity by who tells it.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    View
        A panel for each of the latest disputes, then a table of the others.
    """
    marks = Marks(brief)
    ordered = sorted(brief.disputes, key=lambda tally: _order(tally, marks))
    panels = [_panel(tally, marks) for tally in ordered[:MOST]]
    rest = ordered[MOST:]
    if rest:
        panels.append(
            Panel(
                id="disputes-others",
                title=f"{counted(len(rest), 'older dispute')}",
                tables=[_table(rest, marks, caption="Older disputes, by who tells what")],
                folded=True,
            )
        )
    return View(
        id="disputes",
        title="Disputed figures",
        lead=(
            "Where two origins stand at different figures for the same thing, each stands in a row "
            "of its own, and nothing is averaged. An origin is a voice that counts as one: a "
            "government with all its spokesmen, or a monitor. Its tellings run from the first to "
            "the last, joined by a line: the last (filled) stands, the earlier ones were revised. "
            "A bar is a range, an arrow “at least” or “at most”; a figure in brackets is a looser "
            "repetition."
        )
        if ordered
        else f"No figure is disputed by {say_day(brief.as_of)}.",
        panels=panels,
    )


def _order(tally: TallyItem, marks: Marks) -> tuple[int, int, float, str, str]:
    event = marks.events.get(tally.event)
    day = _day(tally, event)
    harm = HARMS.index(tally.what) if tally.what in HARMS else len(HARMS)
    figures = [figure for told in _tellings(tally) for figure in (told.low, told.high) if figure]
    return -(day or date.min).toordinal(), harm, -max(figures, default=0.0), tally.event, tally.of


def _day(tally: TallyItem, event: EventItem | None) -> date | None:
    if event and event.start:
        return event.start
    return min((t.known_at for t in _tellings(tally) if t.known_at), default=None)


def _tellings(tally: TallyItem) -> list[TellingItem]:
    return [telling for version in tally.versions for telling in version.tellings]


def _standing(version: VersionItem) -> TellingItem | None:
    firm = [telling for telling in version.tellings if not telling.loose] or version.tellings
    return firm[-1] if firm else None


# ------------------------------------------------------------------------------------- one panel


def _panel(tally: TallyItem, marks: Marks) -> Panel:
    event = marks.events.get(tally.event)
    stands = [(version.origin, _standing(version)) for version in tally.versions]
    said = joined([f"{origin} says {told.text}" for origin, told in stands if told], "and")
    return Panel(
        id=anchor("dispute", f"{tally.event}|{tally.what}|{tally.of}"),
        title=f"{_what(tally)}, {day_or(_day(tally, event))}",
        finding=f"{said}.",
        picture=_picture(tally, event, marks),
        note="The axis is bent, so that small figures stay apart where there are large ones too."
        if _scale(tally).bent
        else "",
        tables=[_table([tally], marks, caption="Who tells what, oldest first")],
    )


def _what(tally: TallyItem) -> str:
    kind = load_ontology().quantities.get(tally.what)
    label = kind.label if kind else tally.what
    label = label[:1].upper() + label[1:]
    return f"{label}: {tally.of_name}" if tally.of_name else label


def _table(tallies: Sequence[TallyItem], marks: Marks, *, caption: str) -> Table:
    rows = []
    for tally in tallies:
        event = marks.events.get(tally.event)
        for version in tally.versions:
            stands = _standing(version)
            for told in version.tellings:
                rows.append(
                    Row(
                        [
                            marks.event_cell(tally.event, event.headline if event else tally.event),
                            Cell(_what(tally)),
                            Cell(version.origin),
                            Cell(told.speaker),
                            Cell(day_or(told.known_at)),
                            marks.claim_cell(told.claim, told.text),
                            Cell(_state(told, stands)),
                        ],
                        data=marks.claim_data(told.claim),
                    )
                )
    return Table(
        caption=caption,
        columns=["event", "what", "origin", "who says so", "known", "figure", ""],
        rows=rows,
    )


def _state(told: TellingItem, stands: TellingItem | None) -> str:
    if told is stands:
        return "stands"
    return "looser repetition" if told.loose else "revised"


# ---------------------------------------------------------------------------------- the picture


@dataclass(frozen=True, slots=True)
class _Plot:
    """Draws the tellings of a quantity on one axis."""

    tally: TallyItem
    marks: Marks
    scale: Scale

    def row(self, told: TellingItem, stands: bool, y: float) -> Element:
        """Draw one telling: one link, with its figure beside it."""
        low, high = self.ends(told)
        kind = "standing" if stands else "loose" if told.loose else "old"
        paint = "ink" if stands else "hollow"
        shapes: list[Element] = []
        if high - low > 1:
            shapes.append(
                node("rect", x=low, y=y - 5, width=high - low, height=10, rx=2, class_=paint,
                     stroke_width=1.2)
            )  # fmt: skip
        else:
            shapes.append(node("circle", cx=low, cy=y, r=5, class_=paint, stroke_width=1.4))
        if told.high is None and told.low is not None:
            shapes += _arrow(high, y, 1)
            high += OPEN_END
        if told.low is None and told.high is not None:
            shapes += _arrow(low, y, -1)
            low -= OPEN_END
        day = f"{told.known_at.day} {told.known_at:%b}" if told.known_at else ""
        rest = text_width(day, 12) + 6
        text = f"({told.text})" if told.loose else told.text
        right = high + 11 + text_width(text, 13) + rest < WIDTH
        room = (WIDTH - high if right else low - PLOT[0]) - 11 - rest
        shapes.append(
            node("text", cut(text, room, 13), node("tspan", day, dx=6, class_="small soft"),
                 x=high + 11 if right else low - 11, y=y + 4.5,
                 text_anchor="start" if right else "end",
                 class_="label halo" if stands else "label soft halo")
        )  # fmt: skip
        title = f"{told.speaker}, {day_or(told.known_at)}: {told.text}" + (
            "" if stands else " (looser repetition)" if told.loose else " (revised later)"
        )
        return self.marks.claim(told.claim, *shapes, title=title, class_=kind)

    def ends(self, told: TellingItem) -> tuple[float, float]:
        """Where the figure begins and ends; one that nobody bounded stands at the left."""
        low = told.low if told.low is not None else told.high
        high = told.high if told.high is not None else told.low
        if low is None or high is None:
            return self.scale.start, self.scale.start
        return self.scale(low), self.scale(high)

    def middle(self, told: TellingItem) -> float:
        low, high = self.ends(told)
        return (low + high) / 2


def _arrow(x: float, y: float, way: int) -> list[Element]:
    """Draw an open end: the figure may be greater (or less) by nobody knows how much."""
    tip = x + way * OPEN_END
    return [
        node("path", d=f"M{x:.1f} {y}H{tip:.1f}M{tip - way * 6:.1f} {y - 4.5}L{tip:.1f} {y}"
             f"L{tip - way * 6:.1f} {y + 4.5}", class_="ink-line", stroke_width=1.6)
    ]  # fmt: skip


def _picture(tally: TallyItem, event: EventItem | None, marks: Marks) -> Element:
    plot = _Plot(tally, marks, _scale(tally))
    picture = node(
        "svg",
        node("title", f"{_what(tally)}, by who tells it"),
        class_="picture dispute",
        role="group",
        aria_label=f"{_what(tally)}, by who tells it",
    )
    y = 8.0
    if event:
        text = node("text", cut(event.headline, WIDTH - 10, 14), x=0, y=16, class_="label")
        link = node("a", text, href=f"#{event_anchor(event.id)}", class_="headline")
        picture.append(link)
        y = 34.0
    top = y
    for version in tally.versions:
        picture.append(_name(version, y))
        stands = _standing(version)
        before: tuple[float, float] | None = None
        for told in version.tellings:
            middle = y + LINE / 2
            if before and not told.loose:
                x, y1 = before
                line = f"M{x:.1f} {y1 + 6}L{plot.middle(told):.1f} {middle - 6}"
                picture.append(node("path", d=line, class_="soft-line", stroke_width=1.4))
            picture.append(plot.row(told, told is stands, middle))
            before = before if told.loose else (plot.middle(told), middle)
            y += LINE
        y += BLOCK
    for tick in plot.scale.ticks(7):
        x = plot.scale(tick)
        picture.insert(2, node("line", x1=x, x2=x, y1=top - 2, y2=y - 4, class_="grid"))
        picture.append(
            node("text", number_in_words(tick), x=x, y=y + 10, text_anchor="middle",
                 class_="small soft")
        )  # fmt: skip
    picture.set("viewBox", f"0 0 {WIDTH} {y + 16:g}")
    return picture


def _name(version: VersionItem, y: float) -> Element:
    """Write the origin at the left: bold for a party to the event, plain for who only reports."""
    side = "a party" if version.side else "not a party"
    first = node("text", cut(version.origin, NAMES, 13), x=NAMES, y=y + LINE / 2 + 4.5)
    first.set("text-anchor", "end")
    first.set("class", "label strong" if version.side else "label")
    return node("g", node("title", f"{version.origin} ({side})"), first)


def _scale(tally: TallyItem) -> Scale:
    figures = [f for told in _tellings(tally) for f in (told.low, told.high) if f is not None]
    most = max(figures, default=1.0)
    least = min((figure for figure in figures if figure > 0), default=most)
    # The axis holds 0 always: bars that begin elsewhere make small differences look large.
    room = PLOT[1] - OPEN_END - 24
    return Scale(0, max(most, 1.0), PLOT[0], room, bent=most >= BENT * least and most > 20)
