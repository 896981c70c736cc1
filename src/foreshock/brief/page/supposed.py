"""The page of a what-if: assumed, not forecast, and every number a click away from its sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from foreshock import __version__
from foreshock.brief.page.build import STYLES, page_environment
from foreshock.brief.page.rendering import asset, policy
from foreshock.brief.page.view import Cell, Panel, Row, Table, View
from foreshock.brief.scenario_words import HEADING
from foreshock.brief.supposed import DifferenceItem, SupposedBrief
from foreshock.brief.supposed_words import (
    PARTS,
    SHOWN,
    TOUCHED,
    basis,
    beside,
    finding,
    how_to_read,
    interventions_in_words,
    measure,
    numbers,
    parted,
    size,
    speaks_from,
    why,
)
from foreshock.core.time import say_day

SHEET = "sheet"


def build_supposed_page(brief: SupposedBrief, recorded_by: datetime | None = None) -> str:
    """Make the page of a what-if.

    Parameters
    ----------
    brief : SupposedBrief
    recorded_by : datetime.datetime, optional
        What it was asked with; told, so that the page can be made again.

    Returns
    -------
    str
        HTML, complete in itself. The same what-if gives the same page.
    """
    style = "".join(asset(name, __package__) for name in STYLES)
    script = asset("shared.js", __package__)
    told = recorded_by.isoformat().replace("+00:00", "Z") if recorded_by else ""
    view = View(
        id="assumed",
        title=HEADING,
        lead=how_to_read(brief),
        panels=list(_panels(brief, told)),
        notes=[*brief.notes, *([TOUCHED] if brief.seldom else [])],
    )
    return (
        page_environment()
        .get_template("supposed.html.jinja")
        .render(
            kind="what-if",
            title=f"{brief.asked} {HEADING}, as of {say_day(brief.as_of)}",
            version=__version__,
            contents={panel.id: panel.title for panel in view.panels},
            brief=brief,
            view=view,
            heading=HEADING,
            recorded_by=told,
            policy=policy(style, script),
            style=style,
            script=script,
        )
    )


def _panels(brief: SupposedBrief, recorded_by: str) -> Iterator[Panel]:
    yield Panel(
        id="supposed",
        title="What is supposed",
        tables=[
            Table(
                caption="What is done, and in how many futures it comes about",
                columns=["name", "what is supposed", "comes about"],
                rows=[
                    Row(
                        [
                            Cell(each.id, f"#{SHEET}"),
                            *map(Cell, interventions_in_words(each, brief)),
                        ]
                    )
                    for each in brief.interventions
                ],
                open=True,
                stacked=True,
            )
        ],
        note=brief.note,
    )
    for part in filter(brief.of, PARTS):
        yield Panel(
            id=part,
            title=part.capitalize(),
            finding=f"{HEADING}: {finding(part, brief)}",
            tables=list(_tables(part, brief)),
            note=beside(part, brief),
        )
    times = f"--as-of {brief.as_of}" + (f" --recorded-by {recorded_by}" if recorded_by else "")
    note = (
        f"{speaks_from(brief)} Sources are the keys of claims, reports, ties and sources of the "
        "case. What each of them says stands on the page of the brief, under its key: "
        f"foreshock brief {brief.case} {times} -o brief.html"
    )
    yield Panel(id=SHEET, title="The sheet", tables=[_sheet(brief)], note=note)


def _tables(part: str, brief: SupposedBrief) -> Iterator[Table]:
    """Give the numbers of a part; places that move less than others are folded up."""
    told, places = parted(part, brief)
    if part == "fighting":
        for name, items in groupby(told, lambda item: item.name):
            yield _numbers(name, items, brief)
        return
    yield _numbers(f"{part.capitalize()} with and without it", told + places[:SHOWN], brief)
    if rest := places[SHOWN:]:
        yield replace(_numbers("Places that move less", rest, brief), open=False)


def _numbers(caption: str, items: Iterable[DifferenceItem], brief: SupposedBrief) -> Table:
    columns = ["number", "forecast", "supposed", "difference (nine of ten)", "where touched"]
    shown = len(columns) if brief.seldom else -1
    return Table(
        caption=caption,
        columns=columns[:shown],
        rows=[Row(_cells(item, brief)[:shown]) for item in items],
        open=True,
        stacked=True,
    )


def _cells(item: DifferenceItem, brief: SupposedBrief) -> list[Cell]:
    forecast, supposed, *differences = numbers(item)
    return [
        Cell(measure(item, brief)),
        Cell(forecast, number=True),
        Cell(supposed, f"#{SHEET}", number=True),
        *(Cell(each, number=True) for each in differences),
    ]


def _sheet(brief: SupposedBrief) -> Table:
    return Table(
        caption=f"The sheet, {brief.file}: every number that was entered, with its source",
        columns=["of", "entry", "entered", "from", "sources", "why", "on"],
        rows=[
            Row(
                [
                    Cell(row.id),
                    Cell(each.what),
                    Cell(size(each)),
                    Cell(basis(each)),
                    Cell(", ".join(each.sources) or "–"),
                    Cell(why(each)),
                    Cell(say_day(each.entered)),
                ]
            )
            for row in brief.interventions
            for each in row.assumptions
        ],
        open=True,
        stacked=True,
    )
