"""Displaced so far: rival counts over time, each with what it counts and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foreshock.brief.document import Brief, CountItem
from foreshock.brief.items import QuantityItem
from foreshock.brief.page.displaced_picture import Point, Series, draw_counts
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.scales import day_or
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.words import counted
from foreshock.core.time import say_day
from foreshock.lexicon import load_ontology

NEVER = (
    "Counts are never added up: they overlap, and they differ in what they count and since when."
)


def displaced_view(brief: Brief) -> View:
    """Show rival counts of displaced people over time.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    View
        One panel: counts of people who have fled above, people who have not fled yet below.
    """
    marks = Marks(brief)
    counts = [_Told(brief, count) for count in brief.displaced]
    fled = [told for told in counts if not told.item.ahead]
    ahead = [told for told in counts if told.item.ahead]
    if not counts:
        lead = f"Nobody’s count of displaced people is known by {say_day(brief.as_of)}."
        return View(id="displaced", title="Displaced so far", lead=lead, panels=[])
    drawn = draw_counts(
        [told.series() for told in fled], [told.series() for told in ahead], brief.as_of, marks
    )
    tables = [
        _table(fled, marks, "Counts of people who have fled, newest first"),
        _table(ahead, marks, "Of people who have not fled yet: not counts"),
    ]
    return View(
        id="displaced",
        title="Displaced so far",
        lead=(
            "Who counts how many people, up to which day. Each mark is one speaker’s count of one "
            "thing on the last day that it covers; its counts of the same thing are joined. "
            "The thin line to the left of a mark reaches back to the day since when it counts; "
            "where there is none, nobody said. Whiskers are a range, an arrow is “at least”. "
            "Squares count moves, not people: who moved twice counts twice. Dashed, hollow marks "
            "below speak of people who have not fled yet, so they are forecasts and no counts."
        ),
        panels=[
            Panel(
                id="displaced-counts",
                title="Rival counts",
                finding=_finding(fled, ahead),
                picture=drawn.picture,
                note=f"{counted(drawn.unlabelled, 'mark')} had no room for a label: see the table."
                if drawn.unlabelled
                else "",
                tables=[table for table in tables if table.rows],
            )
        ],
        notes=[NEVER],
    )


def _finding(fled: Sequence[_Told], ahead: Sequence[_Told]) -> str:
    if not fled:
        return "Nobody counts people who have fled; what there is speaks of people who may."
    dated = [told for told in fled if told.item.since]
    first = (dated or fled)[0]
    others = len(fled) - 1
    beside = f", beside {counted(others, 'rival count')}" if others else ""
    more = f" and {counted(len(ahead), 'figure')} of people who may yet flee" if ahead else ""
    return f"{first.item.speaker}: {first.in_words()}{beside}{more}."


@dataclass(frozen=True, slots=True)
class _Told:
    """A count with the speaker's earlier ones."""

    brief: Brief
    item: CountItem

    def points(self) -> list[Point]:
        """Give the speaker's counts of this thing, oldest first; the newest is the item's own."""
        points = []
        for key in self.item.claims:
            claim = self.brief.claims.get(key)
            if claim is None or key == self.item.claim:
                continue
            alike = [q for q in claim.quantities if _alike(q, self.item.quantity)]
            until = claim.end or claim.known_at
            if alike and until:
                points.append(Point(key, until, claim.known_at, alike[0]))
        item = self.item
        return [*points, Point(item.claim, item.until, item.known_at, item.quantity)]

    def series(self) -> Series:
        """Give what the picture draws."""
        item = self.item
        return Series(
            speaker=item.speaker,
            what=_label(item.quantity),
            since=item.since,
            moves=item.quantity.unit not in {"", "persons"},
            points=self.points(),
        )

    def in_words(self) -> str:
        """Say the newest count with what it counts and since when."""
        item = self.item
        since = f" from {say_day(item.since)}" if item.since else ""
        return f"{item.quantity.text} {_what(item.quantity)}{since} to {say_day(item.until)}"


def _alike(one: QuantityItem, other: QuantityItem) -> bool:
    return (one.what, one.unit) == (other.what, other.unit)


def _label(quantity: QuantityItem) -> str:
    kind = load_ontology().quantities.get(quantity.what)
    return kind.label if kind else quantity.what


def _what(quantity: QuantityItem) -> str:
    unit = "" if quantity.unit in {"", "persons"} else f", counted in {quantity.unit}"
    return f"{_label(quantity)}{unit}"


def _table(counts: Sequence[_Told], marks: Marks, caption: str) -> Table:
    rows = []
    for told in counts:
        item = told.item
        since = _since(item)
        place = item.place.name if item.place else "not said"
        for point in reversed(told.points()):
            rows.append(
                Row(
                    [
                        Cell(item.speaker),
                        marks.claim_cell(point.claim, point.quantity.text),
                        Cell(_what(point.quantity)),
                        Cell(since),
                        Cell(say_day(point.until)),
                        Cell(place),
                        Cell(day_or(point.known)),
                        Cell("" if point.claim == item.claim else "earlier count"),
                    ],
                    data=marks.claim_data(point.claim),
                )
            )
    return Table(
        caption=caption,
        columns=["who counts", "how many", "of what", "since", "up to", "where", "known", ""],
        rows=rows,
    )


def _since(item: CountItem) -> str:
    if item.ahead:
        return "not yet fled"
    return _day(item.since)


def _day(day: date | None) -> str:
    return say_day(day) if day else "not said"
