"""Who may yet flee, in a terminal: in a paragraph of the brief, or in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.brief.displacement import DisplacementItem
from foreshock.brief.displacement_words import (
    LEAD_TIME,
    NINE_IN_TEN,
    SHARE,
    THREAT,
    UNKNOWN,
    amount,
    by_day,
    came,
    came_in_words,
    finding,
    how_likely,
    issued,
    last_counts,
    lead_time,
    left_out,
    likely_to_reach,
    per_cent,
    place_name,
    place_names,
    share,
    simple_methods_in_words,
    simple_methods_of,
    simple_share,
    so_far,
    thresholds,
    where_to_in_short,
)
from foreshock.brief.forecast_words import methods_in_words, percent
from foreshock.brief.printing import Printer
from foreshock.brief.words import counted, plain
from foreshock.core.quantities import number
from foreshock.core.time import say_day

FOREMOST = 3
CLAIMS = 2

WIDE = 76
"""Columns from which a table of shares has room; narrower terminals get a list."""


def tell_displacement_in_short(printer: Printer) -> None:
    """Print what may follow of displacement in a paragraph.

    Parameters
    ----------
    printer : Printer
    """
    brief = printer.brief
    item = brief.displacement
    if not item.issued:
        if brief.displaced and item.reason != brief.forecast.reason:
            printer.item("Who may yet flee", Text(plain(item.reason)))
        return
    told = ", ".join(f"{counted(total.days, 'day')} {amount(total)}" for total in item.totals)
    text = Text(f"{told}." if told else so_far(item))
    claims = [claim for count in last_counts(item) for claim in count.claims[:1]]
    text.append_text(_cited(printer, claims))
    printer.item(f"Displaced, as {plain(item.counter)} counts", text)
    thin = f" Thin evidence: {plain(item.thin)}." if item.thin else ""
    if item.destinations:
        printer.under(f"{where_to_in_short(item, FOREMOST)}{thin}")
    elif thin:
        printer.under(thin.strip())
    if seen := came_in_words(item):
        printer.under(seen, style="bold")


def tell_displacement(printer: Printer) -> None:
    """Print the forecast of displacement with everything that belongs to it.

    Parameters
    ----------
    printer : Printer
    """
    printer.heading("Who may yet flee")
    item = printer.brief.displacement
    if not item.issued:
        printer.line(Text(plain(item.reason), style="bold"))
        return
    printer.note(issued(item))
    printer.line(Text(finding(item), style="bold"))
    _totals(printer, item)
    printer.note(f"{NINE_IN_TEN} {SHARE}")
    if item.destinations:
        _where_to(printer, item)
    if item.origins:
        _whence(printer, item)
    if item.flows:
        _flows(printer, item)
    for why, names in sorted(left_out(item.left_out).items()):
        printer.item(f"Left out, {plain(why)}", Text(plain(", ".join(names))))
    for note in item.notes:
        printer.note(plain(note))


def _totals(printer: Printer, item: DisplacementItem) -> None:
    for count in item.counts:
        believed = f", believed {round(100 * count.weight)} %" if count.weight < 1 else ""
        text = Text(f"{number(count.people)}{believed}")
        text.append_text(_cited(printer, count.claims))
        printer.item(f"Counted to {say_day(count.day)}", text)
    names: list[str] = []
    for total in item.totals:
        names += total.baselines
        beside = "; ".join(f"{plain(n)} {amount(told)}" for n, told in total.baselines.items())
        text = Text(amount(total), style="bold")
        text.append(f"; {beside}" if beside else "", style="not bold")
        printer.item(by_day(printer.brief.as_of, total.days), text)
        if total.came:
            printer.under(f"Seen afterwards: {came(total)}.", style="bold")
    for count in item.afterwards:
        text = Text(number(count.people), style="bold")
        text.append_text(_cited(printer, count.claims))
        printer.item(f"Counted afterwards to {say_day(count.day)}", text)
    if names:
        printer.note(methods_in_words(names))


def _where_to(printer: Printer, item: DisplacementItem) -> None:
    if printer.out.width >= WIDE:
        _table_of_shares(printer, item)
    else:
        _list_of_shares(printer, item)
    if methods := simple_methods_in_words(item):
        printer.note(methods)
    for threshold in thresholds(item):
        as_of = printer.brief.as_of
        _table(
            printer,
            how_likely(item, threshold),
            ["to", *(f"{counted(days, 'day')}" for days in item.by), "lead time"],
            (
                [
                    Text(plain(place_name(each.place))),
                    *(Text(percent(chance)) for chance in each.chances[threshold]),
                    Text(lead_time(each.lead.get(threshold), as_of, item.horizon)),
                ]
                for each in likely_to_reach(item, threshold)
            ),
        )
    if item.by:
        printer.note(LEAD_TIME)


def _table_of_shares(printer: Printer, item: DisplacementItem) -> None:
    names = simple_methods_of(item)
    seen = any(each.came is not None for each in item.destinations)
    columns = ["to", "share", *map(plain, names), f"in {counted(item.horizon, 'day')}"]
    _table(
        printer,
        "Destinations: shares and arrivals",
        [*columns, *(["counted"] if seen else [])],
        (
            [
                Text(plain(place_name(each.place))),
                Text(share(each.share)),
                *(Text(simple_share(each.simple.get(name))) for name in names),
                Text(amount(each.arrivals)),
                *([_counted(printer, each.came, each.came_claims)] if seen else []),
            ]
            for each in item.destinations
        ),
    )


def _counted(printer: Printer, came: float | None, claims: Sequence[str]) -> Text:
    if came is None:
        return Text(UNKNOWN)
    text = Text(f"{per_cent(came)} %", style="bold")
    return text.append_text(_cited(printer, claims, 1))


def _list_of_shares(printer: Printer, item: DisplacementItem) -> None:
    printer.line(Text("Destinations: shares and arrivals"))
    for each in item.destinations:
        beside = "".join(f", {plain(n)} {simple_share(told)}" for n, told in each.simple.items())
        text = Text(
            f"{share(each.share)}{beside}; {amount(each.arrivals)} in "
            f"{counted(item.horizon, 'day')}"
        )
        if each.came is not None:
            text.append("; counted afterwards ").append_text(
                _counted(printer, each.came, each.came_claims)
            )
        printer.item(place_name(each.place), text)


def _whence(printer: Printer, item: DisplacementItem) -> None:
    rows = []
    for each in item.origins:
        said = Text(plain(place_name(each.place)))
        said.append_text(_cited(printer, each.claims))
        lived = number(each.people) if each.people else "unknown"
        rows.append([said, Text(f"{each.threat:.2f}"), Text(lived), Text(share(each.share))])
    _table(printer, "Who leaves", ["from", "threat", "lived there", "share"], rows)
    printer.note(THREAT)


def _flows(printer: Printer, item: DisplacementItem) -> None:
    names = place_names(item)
    _table(
        printer,
        "The largest flows, over three days",
        ["from", "to", "people", "share"],
        (
            [
                Text(plain(names.get(flow.origin, flow.origin))),
                Text(plain(names.get(flow.destination, flow.destination))),
                Text(amount(flow.people)),
                Text(share(flow.share)),
            ]
            for flow in item.flows
        ),
    )


def _cited(printer: Printer, claims: Iterable[str], most: int = CLAIMS) -> Text:
    """Cite claims; those that the brief does not hold, as of a later day, are not named."""
    known = [claim for claim in claims if claim in printer.brief.claims]
    return Text(f" {printer.keys(known, most)}" if known else "", style="not bold cyan")


def _table(
    printer: Printer, title: str, columns: Sequence[str], rows: Iterable[Sequence[Text]]
) -> None:
    table = Table(box=None, header_style="dim", padding=(0, 1, 0, 0), expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*row)
    if table.rows:
        printer.line(Text(title))
        printer.out.print(Padding(table, (0, 0, 0, 1)))
