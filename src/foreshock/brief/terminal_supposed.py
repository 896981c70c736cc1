"""A what-if in a terminal; every heading says that it is assumed, not forecast."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.brief.printing import Sheet
from foreshock.brief.supposed import (
    AssumptionItem,
    DifferenceItem,
    InterventionItem,
    SupposedBrief,
)
from foreshock.brief.supposed_words import (
    PARTS,
    SHOWN,
    TOUCHED,
    basis,
    beside,
    how_to_read,
    interventions_in_words,
    is_whole,
    measure,
    numbers,
    parted,
    size,
    speaks_from,
    why,
)
from foreshock.brief.words import plain
from foreshock.core.time import say_day

_FIRST = {"fighting": "", "flight": "people", "control": "places"}
"""What stands over the first column of a table."""


def render_supposed(brief: SupposedBrief, console: Console) -> None:
    """Print a what-if.

    Parameters
    ----------
    brief : SupposedBrief
    console : rich.console.Console
    """
    sheet = Sheet(console)
    sheet.line(Text(plain(brief.title), style="bold"))
    sheet.line(Text(f"As of the end of {say_day(brief.as_of)} (UTC)"))
    _heading(sheet, "What if", brief)
    sheet.line(Text(plain(brief.asked), style="bold"))
    if brief.note:
        sheet.note(plain(brief.note))
    for each in brief.interventions:
        _intervention(sheet, each, brief)
    for part in PARTS:
        if brief.of(part):
            _heading(sheet, part.capitalize(), brief)
            for pair, rows in _tables(part, brief):
                if pair:
                    sheet.line(Text(f" {plain(pair)}", style="bold"))
                _show(sheet, rows, brief)
            if note := beside(part, brief):
                sheet.note(note)
    _heading(sheet, "How to read this", brief)
    for note in brief.notes:
        sheet.note(plain(note))
    sheet.note(how_to_read(brief))
    if brief.seldom:
        sheet.note(TOUCHED)
    sheet.note(plain(speaks_from(brief)))


def _heading(sheet: Sheet, text: str, brief: SupposedBrief) -> None:
    sheet.heading(f"{text} ({brief.label})")


def _intervention(sheet: Sheet, item: InterventionItem, brief: SupposedBrief) -> None:
    supposed, comes_about = interventions_in_words(item, brief)
    sheet.item(plain(item.id), Text(plain(supposed)))
    sheet.under(comes_about)
    for each in item.assumptions:
        sheet.under(_assumption(each))


def _assumption(item: AssumptionItem) -> Text:
    text = Text(f"{plain(item.what)}: {size(item)}", style="bold")
    text.append(f" {plain(basis(item))}", style="not bold")
    if item.sources:
        text.append(f" [{plain(' '.join(item.sources))}]", style="not bold cyan")
    reason = plain(why(item))
    text.append(f". {reason}" if reason else ".", style="not bold")
    return text


def _tables(part: str, brief: SupposedBrief) -> Iterator[tuple[str, list[DifferenceItem]]]:
    """Part numbers into tables: of fighting one a pair, with its name."""
    told, places = parted(part, brief)
    if part == "fighting":
        yield from ((name, list(items)) for name, items in groupby(told, lambda item: item.name))
    else:
        yield "", told + places[:SHOWN]


def _show(sheet: Sheet, items: list[DifferenceItem], brief: SupposedBrief) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(_FIRST[items[0].part], overflow="fold")
    shown = 4 if brief.seldom else 3
    for name in ("forecast", "supposed", "difference", "where touched")[:shown]:
        table.add_column(name, justify="right")
    for item in items:
        bold = item.part == "fighting" and is_whole(item, brief)
        label = Text(plain(measure(item, brief)), style="bold" if bold else "")
        table.add_row(label, *numbers(item)[:shown])
    sheet.out.print(Padding(table, (0, 0, 0, 1), expand=False), highlight=False)
