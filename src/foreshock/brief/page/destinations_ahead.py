"""Destinations ahead: shares of sub-districts, and how likely many arrivals are, how soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from foreshock.brief.displacement import DisplacementItem, ReachedItem
from foreshock.brief.displacement_words import (
    LEAD_TIME,
    UNKNOWN,
    amount,
    by_day,
    how_likely,
    lead_time,
    left_out,
    likely_to_reach,
    per_cent,
    place_name,
    share,
    simple_methods_in_words,
    simple_methods_of,
    simple_share,
    thresholds,
    where_to,
)
from foreshock.brief.document import Brief
from foreshock.brief.forecast_words import percent
from foreshock.brief.page.flows_picture import reach_anchor
from foreshock.brief.page.marks import Marks
from foreshock.brief.page.shares_picture import draw_shares, pictured
from foreshock.brief.page.view import Cell, Panel, Row, Table
from foreshock.brief.words import counted

FOREMOST = 3
"""So many destinations are named in a sentence."""


def destinations_panels(brief: Brief, marks: Marks) -> Iterator[Panel]:
    """Show where people may go: shares in a picture, chances of many arrivals in tables."""
    item = brief.displacement
    if not item.destinations:
        return
    hidden = len(item.destinations) - len(pictured(item))
    tables = [_shares(item, marks), *_chances(item, brief.as_of), _left_out(item)]
    notes = [
        f"{hidden} more stand in the table." if hidden else "",
        simple_methods_in_words(item),
        LEAD_TIME if item.by else "",
    ]
    yield Panel(
        id="displacement-destinations",
        title="Where to",
        finding=where_to(item, FOREMOST),
        picture=draw_shares(item),
        tables=[table for table in tables if table.rows],
        note=" ".join(filter(None, notes)),
    )


def _shares(item: DisplacementItem, marks: Marks) -> Table:
    names = simple_methods_of(item)
    seen = any(each.came is not None for each in item.destinations)
    return Table(
        caption="Destinations: shares of all who leave, and arrivals",
        columns=(
            *("to", "share", *names, f"arrivals in {counted(item.horizon, 'day')}"),
            *(("counted afterwards",) * seen),
        ),
        open=True,
        rows=[
            Row(
                (
                    Cell(place_name(each.place)),
                    Cell(share(each.share), number=True),
                    *(Cell(simple_share(each.simple.get(name)), number=True) for name in names),
                    Cell(amount(each.arrivals), number=True),
                    *((_came_cell(each, marks),) * seen),
                ),
                id=reach_anchor(each.place.id),
            )
            for each in item.destinations
        ],
    )


def _came_cell(each: ReachedItem, marks: Marks) -> Cell:
    if each.came is None:
        return Cell(UNKNOWN)
    told = f"{per_cent(each.came)} %"
    first = next(iter(each.came_claims), "")
    return marks.claim_cell(first, told)


def _chances(item: DisplacementItem, as_of: date) -> Iterator[Table]:
    for index, threshold in enumerate(thresholds(item)):
        yield Table(
            caption=how_likely(item, threshold),
            columns=("to", *(by_day(as_of, days) for days in item.by), "lead time"),
            open=index == 0,
            rows=[
                Row(
                    (
                        Cell(place_name(each.place)),
                        *(Cell(percent(chance), number=True) for chance in each.chances[threshold]),
                        Cell(lead_time(each.lead.get(threshold), as_of, item.horizon)),
                    )
                )
                for each in likely_to_reach(item, threshold)
            ],
        )


def _left_out(item: DisplacementItem) -> Table:
    return Table(
        caption="Left out: neither origin nor destination",
        columns=("why", "sub-districts"),
        rows=[
            Row((Cell(why), Cell(", ".join(names))))
            for why, names in sorted(left_out(item.left_out).items())
        ],
    )
