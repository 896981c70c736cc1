"""A what-if in a terminal; every heading says that it is assumed, not forecast."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.brief.displacement_words import people, per_cent, place_name
from foreshock.brief.forecast_words import NOUNS, futures
from foreshock.brief.items import PlaceItem
from foreshock.brief.printing import Sheet
from foreshock.brief.supposed import (
    AssumptionItem,
    DifferenceItem,
    InterventionItem,
    SupposedBrief,
)
from foreshock.brief.words import plain
from foreshock.core.time import say_day

SHOWN = 8
"""Places of a table; all of them stand in the JSON."""

MATTERS = 0.005
"""Probabilities that move by less are not listed."""

MINUS = "−"

Writer = Callable[[float], str]
"""Writes a number that is not negative."""


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
    fighting = brief.of("fighting")
    if fighting:
        _heading(sheet, "Fighting", brief)
        _fighting(sheet, fighting, seldom=brief.seldom)
        sheet.note(
            "What is not done brings forth nothing, and what is added brings forth more, as far as "
            "the daily model has it."
            if brief.carried_on
            else "Factors hold for acts all told; no pair moves but those that are named."
        )
    if flight := brief.of("flight"):
        _heading(sheet, "Flight", brief)
        _flight(sheet, flight, seldom=brief.seldom)
    if control := brief.of("control"):
        _heading(sheet, "Control", brief)
        _control(sheet, control, seldom=brief.seldom)
    _heading(sheet, "How to read this", brief)
    for note in brief.notes:
        sheet.note(plain(note))
    sheet.note(
        f"Means over {brief.members:,} futures, fewer for control, each run as forecast and, with "
        f"the same luck, as supposed: {brief.turns} times, with other numbers out of what was "
        "entered. Where a few futures are far worse than the others, a "
        "mean lies above the middle that the brief tells. In parentheses nine paired differences "
        "of ten; of a probability, how far other draws might move the difference. The forecast "
        "stands in the ledger. What is supposed does not: it says what would follow from the "
        "numbers that were entered, and nothing of how likely they are."
    )
    if brief.seldom:
        sheet.note("Where touched: the mean difference in the futures in which it comes about.")
    sheet.note(f"Sheet: {plain(brief.file)}; it speaks from {say_day(brief.speaks_from)} on.")


def _heading(sheet: Sheet, text: str, brief: SupposedBrief) -> None:
    sheet.heading(f"{text} ({brief.label})")


def _intervention(sheet: Sheet, item: InterventionItem, brief: SupposedBrief) -> None:
    since = f"from {say_day(item.first)}"
    if item.days is not None:
        since += f" for {item.days} days"
    if item.condition:
        since += f", once there are {item.condition}"
    sheet.item(plain(item.id), Text(f"{plain(item.text)} Can set in {plain(since)}."))
    lasting = f"in force on {say_day(brief.last)} {futures(item.in_force)}"
    sheet.under(f"Comes about {futures(item.set_in)}; {lasting}.")
    for each in item.assumptions:
        sheet.under(_assumption(each))


def _assumption(item: AssumptionItem) -> Text:
    size = f"{item.low:g}" if item.low == item.high else f"{item.low:g} to {item.high:g}"
    text = Text(f"{plain(item.what)}: {'× ' if item.factor else ''}{size}", style="bold")
    text.append(f" {item.basis}", style="not bold")
    text.append(f" by {plain(item.assumed_by)}" if item.assumed_by else "", style="not bold")
    if item.sources:
        text.append(f" [{plain(' '.join(item.sources))}]", style="not bold cyan")
    why = " ".join(plain(each) for each in (item.estimated, item.note) if each)
    text.append(f". {why}" if why else ".", style="not bold")
    return text


def _table(first: str, *, seldom: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold")
    for name in ("forecast", "supposed", "difference", *(("where touched",) * seldom)):
        table.add_column(name, justify="right")
    return table


def _show(sheet: Sheet, table: Table) -> None:
    sheet.out.print(Padding(table, (0, 0, 0, 1), expand=False), highlight=False)


def _fighting(sheet: Sheet, items: Iterable[DifferenceItem], *, seldom: bool) -> None:
    by_pair: dict[str, list[DifferenceItem]] = {}
    for item in items:
        by_pair.setdefault(item.name, []).append(item)
    for name, mine in by_pair.items():
        table = _table(plain(name), seldom=seldom)
        for item in mine:
            whole = item.first == mine[0].first and item.last == mine[0].last
            days = (item.last - item.first).days + 1
            noun = NOUNS[item.measure][1]
            when = f"{days} days" if whole else f"week to {_short(item)}"
            table.add_row(
                Text(f"{noun}, {when}", style="bold" if whole else ""),
                *_cells(item, _few, seldom=seldom),
            )
        _show(sheet, table)


def _flight(sheet: Sheet, items: Iterable[DifferenceItem], *, seldom: bool) -> None:
    listed = list(items)
    table = _table("people", seldom=seldom)
    for item in listed:
        if item.measure != "arrivals":
            what = "displaced" if item.measure == "displaced" else f"cross to {plain(item.name)}"
            table.add_row(f"{what}, to {_short(item)}", *_cells(item, people, seldom=seldom))
    arrivals = _foremost(item for item in listed if item.measure == "arrivals")
    for item in arrivals:
        table.add_row(f"reach {_area(item)}", *_cells(item, people, seldom=seldom))
    _show(sheet, table)
    if arrivals:
        sheet.note(
            "Displaced counts all who flee, those who cross a border too. Shares of destinations "
            "are those of the forecast; of places reached, those that move most."
        )


def _control(sheet: Sheet, items: Iterable[DifferenceItem], *, seldom: bool) -> None:
    listed = list(items)
    table = _table("places", seldom=seldom)
    for item in listed:
        if not item.chance:
            table.add_row(
                f"changes of hands, to {_short(item)}", *_cells(item, _few, seldom=seldom)
            )
    moved = _foremost(item for item in listed if item.chance and abs(item.difference) >= MATTERS)
    for item in moved:
        table.add_row(f"{plain(item.name)} changes hands", *_cells(item, _share, seldom=seldom))
    _show(sheet, table)
    if not moved:
        sheet.note("No place's chance of changing hands moves by a hundredth.")


def _foremost(items: Iterable[DifferenceItem]) -> list[DifferenceItem]:
    return sorted(items, key=lambda item: -abs(item.difference))[:SHOWN]


def _cells(item: DifferenceItem, write: Writer, *, seldom: bool) -> list[str]:
    low, high = (_signed(each, write) for each in (item.low, item.high))
    told = [write(item.forecast.mean), write(item.supposed.mean)]
    told.append(f"{_signed(item.difference, write)} ({low} to {high})")
    if seldom:
        told.append("–" if item.where is None else _signed(item.where, write))
    return told


def _signed(value: float, write: Writer) -> str:
    """Write a difference with its sign, nothing as 0."""
    told = write(abs(value))
    if not any(digit in told for digit in "123456789"):
        return told
    return f"{MINUS if value < 0 else '+'}{told}"


def _few(value: float) -> str:
    return f"{value:,.0f}" if value >= 99.5 or value == round(value) else f"{value:.1f}"


def _share(value: float) -> str:
    return f"{per_cent(value)} %"


def _area(item: DifferenceItem) -> str:
    return plain(place_name(PlaceItem(id=item.of, name=item.name)))


def _short(item: DifferenceItem) -> str:
    return say_day(item.last).rpartition(" ")[0]
