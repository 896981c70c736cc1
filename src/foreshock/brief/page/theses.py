"""Theses: what somebody said of a relation, and whether the evidence bears it out."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.brief.document import Brief
from foreshock.brief.page.anchors import anchor
from foreshock.brief.page.marks import SIGNS, Marks, actors_data
from foreshock.brief.page.saying import percent
from foreshock.brief.page.scales import day_or
from foreshock.brief.page.view import Cell, Panel, Row, Table
from foreshock.brief.relations import ThesisItem


def theses_panels(brief: Brief, marks: Marks) -> list[Panel]:
    """Put each thesis beside its verdict, the reasons for it, and the acts for and against.

    Parameters
    ----------
    brief : Brief
    marks : Marks
        Makes the links.
    """
    return [_panel(brief, thesis, marks) for thesis in brief.relations.theses]


def _panel(brief: Brief, thesis: ThesisItem, marks: Marks) -> Panel:
    claim = brief.claims.get(thesis.claim)
    tables = [
        Table(
            caption="Who says so",
            columns=["source", "claim", "known", "imperilled"],
            rows=[
                Row(
                    [
                        Cell(thesis.speaker),
                        marks.claim_cell(thesis.claim, thesis.text),
                        Cell(day_or(claim.known_at if claim else None)),
                        Cell(thesis.imperils),
                    ],
                    data=actors_data((thesis.a, thesis.b)),
                )
            ],
        ),
        _acts("Acts that speak for it, strongest first", thesis.acts, marks),
        _acts("Cooperative acts that speak against it, newest first", thesis.steps, marks),
    ]
    return Panel(
        id=anchor("thesis", thesis.claim),
        title=thesis.text,
        finding=thesis.verdict,
        note="\n\n".join(thesis.reasons),
        tables=[table for table in tables if table.rows],
    )


def _acts(caption: str, acts: Sequence[str], marks: Marks) -> Table:
    rows = []
    for key in acts:
        event = marks.events.get(key)
        if event:
            cells = [
                Cell(day_or(event.start)),
                marks.event_cell(key, event.headline),
                Cell(f"{event.channel}s" if event.channel else ""),
                Cell(f"{SIGNS.get(event.sign, '')} {event.sign}".strip()),
                Cell(percent(event.belief.probability), number=True),
            ]
            rows.append(Row(cells, data=marks.event_data(key)))
    columns = ["day", "act", "in", "sign", "belief"]
    return Table(caption=caption, columns=columns, rows=rows, open=False)
