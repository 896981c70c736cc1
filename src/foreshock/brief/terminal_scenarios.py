"""Scenarios in a terminal: set apart in colour and words, in short or with their whole sheet."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.brief.document import Brief
from foreshock.brief.printing import Printer
from foreshock.brief.scenario_words import (
    FORMS,
    HEADING,
    WHAT_IT_IS,
    advance_in_words,
    afterwards_in_short,
    basis,
    bearing,
    capability_in_words,
    flipped_by,
    form_in_words,
    in_draws,
    interval,
    percent_of,
    range_in_words,
    reaction_in_words,
    rests_on,
    verdict,
)
from foreshock.brief.scenarios import (
    BargainingItem,
    BarItem,
    EnteredItem,
    LeanItem,
    RestraintItem,
    RobustItem,
    ScenarioItem,
)
from foreshock.brief.words import plain
from foreshock.core.time import say_day

COLOUR = "magenta"
"""Nothing else in a brief has it."""

BAR = 20
"""Letters that the longest bar of text has."""


def render_scenarios(brief: Brief, console: Console, name: str = "") -> None:
    """Print the scenarios of a brief with their sheets.

    Parameters
    ----------
    brief : Brief
    console : rich.console.Console
    name : str
        The only sheet to print; all if empty.
    """
    printer = Printer(brief, console)
    printer.line(Text(plain(brief.title), style="bold"))
    printer.line(Text(f"As of the end of {say_day(brief.as_of)} (UTC)"))
    printer.note(WHAT_IT_IS)
    for scenario in brief.scenarios.sheets:
        if name in {"", scenario.name}:
            _whole(printer, scenario)
    for what_if in brief.scenarios.whatifs:
        if name in {"", what_if.name}:
            _heading(printer, what_if.title)
            printer.note(plain(what_if.note))
            command = f"foreshock whatif {brief.case} {what_if.name}"
            printer.under(Text(f"What would differ from the forecast: {command}"))
            _sheet(printer, what_if.entered, what_if.file)
    if printer.cited:
        printer.sources(likelihoods=False)


def tell_scenarios(printer: Printer) -> None:
    """Print what each sheet comes to, in a few lines.

    Parameters
    ----------
    printer : Printer
    """
    scenarios = printer.brief.scenarios
    if not scenarios.sheets and not scenarios.whatifs:
        return
    case = printer.brief.case
    printer.out.print()
    printer.line(Text(HEADING.upper(), style=f"bold {COLOUR}"))
    for scenario in scenarios.sheets:
        found = scenario.conclusion
        if found is None:
            printer.item(scenario.title, Text(f"not reckoned: {plain(scenario.refused)}."))
            continue
        text = Text(f"{plain(verdict(found))}.")
        text.append(f" {printer.keys([scenario.tests])}" if scenario.tests else "", style="cyan")
        printer.item(scenario.title, text)
        if scenario.happened:
            seen = f"Seen afterwards, apart from it: {afterwards_in_short(scenario)}."
            printer.under(Text(seen, style="italic"))
    printer.note(f"From entered intervals; why: foreshock scenario {case}.")


def _whole(printer: Printer, scenario: ScenarioItem) -> None:
    _heading(printer, scenario.title)
    printer.note(scenario.label)
    if scenario.tests:
        text = Text(f"It puts to the test: {plain(scenario.said)}")
        text.append(f" {printer.keys([scenario.tests])}", style="cyan")
        printer.under(text)
    if scenario.note:
        printer.under(plain(scenario.note), style="dim")
    if scenario.conclusion is None:
        printer.line(Text(f"Not reckoned: {plain(scenario.refused)}.", style="bold"))
    else:
        _robust(printer, scenario.conclusion)
    if scenario.bargaining:
        _bargaining(printer, scenario.bargaining)
    if scenario.restraint:
        _restraint(printer, scenario.restraint)
    if scenario.advance:
        printer.under(f"{plain(advance_in_words(scenario.advance))}.")
    _sheet(printer, scenario.entered, scenario.file)
    _afterwards(printer, scenario)


def _heading(printer: Printer, title: str) -> None:
    printer.out.print()
    line = Text(f"{HEADING.upper()}: ", style=f"bold {COLOUR}")
    line.append(plain(title), style="bold")
    printer.line(line)


def _robust(printer: Printer, found: RobustItem) -> None:
    printer.line(Text(f"{plain(verdict(found))}.", style="bold"))
    weighted = ", ".join(f"{name} {percent_of(share)}" for name, share in found.by_prior.items())
    printer.under(
        f"Other draws would move the share between {percent_of(found.low)} and "
        f"{percent_of(found.high)}. By how the intervals are weighted: {weighted}.",
        style="dim",
    )
    for told in (rests_on(found), flipped_by(found)):
        if told:
            printer.under(plain(told))
    if not found.influences:
        return
    table = _table("input", "how much it decides", "share", "at low end", "at high end")
    longest = max(each.first.value or 0.0 for each in found.influences) or 1.0
    for each in found.influences:
        table.add_row(
            plain(each.label),
            Text(_bar(each.first.value or 0.0, longest), style=COLOUR),
            percent_of(max(each.first.value or 0.0, 0.0)),
            percent_of(each.at_low),
            percent_of(each.at_high),
        )
    _print(printer, table)
    printer.note(
        "Share of the conclusion's variance that goes if this input alone were known (first-order "
        "Sobol' index); share of draws in which it holds with the input at either end."
    )


def _bargaining(printer: Printer, found: BargainingItem) -> None:
    printer.under(f"{plain(verdict(found.empty))}, both victories counted.")
    table = _table("package", "all prefer it", "best product of gains", "would rather fight on")
    for each in found.packages:
        fighters = [f"{plain(v.player.name)} {percent_of(v.share)}" for v in each.vetoes if v.share]
        table.add_row(
            plain(f"{each.id}: {each.text}"),
            percent_of(each.share),
            percent_of(each.chosen),
            ", ".join(fighters) or "nobody",
        )
    _print(printer, table)
    printer.line(Text("Why there might be no middle course:", style="bold"))
    for form in found.forms:
        text = Text(f"{plain(form_in_words(form))}.")
        printer.item(FORMS.get(form.name, form.name), text)
        for told in (rests_on(form.robust, 2), flipped_by(form.robust, 1)):
            if told and form.robust.influences:
                printer.under(plain(told), style="dim")
    if found.demand and found.risk:
        printer.under(
            f"The best demand asks for {range_in_words(found.demand)} of the whole and is refused "
            f"at {range_in_words(found.risk, percent=True)} of the possible costs."
        )
    if found.compromise:
        mean = range_in_words(found.compromise.mean)
        nearest = max(found.packages, key=lambda each: each.nearest or 0.0)
        printer.under(
            f"Reference: the mean of positions by salience and power is {mean} "
            f"({plain(found.compromise.scale)}); {plain(nearest.id)} lies nearest "
            f"{in_draws(nearest.nearest or 0.0)}."
        )


def _restraint(printer: Printer, found: RestraintItem) -> None:
    patron, client = plain(found.patron.name), plain(found.client.name)
    printer.note(plain(f"Units: {found.scale}."))
    for each in found.capabilities:
        printer.item(each.capability, Text(f"{capability_in_words(each)}."))
        longest = max((_reach(bar) for bar in each.tornado), default=1.0) or 1.0
        for bar in each.tornado:
            ends = " to ".join("any number" if e is None else f"{e:.2g}" for e in _ends(bar))
            line = Text(f"{_bar(_reach(bar), longest):<{BAR // 2}} ", style=COLOUR)
            line.append(f"{plain(bar.label)}: {ends}", style="dim")
            printer.under(line)
    printer.note(
        "Bars: from where to where the chance from which the client stops goes with one input at "
        "either end. Above 1 no threat is enough."
    )
    printer.line(Text("Can it be seen?", style="bold"))
    printer.under(plain(reaction_in_words(found.reaction, patron, client)))
    for sign in found.reaction.signs:
        event = printer.events.get(sign.event)
        text = Text(f"{plain(sign.text)} ({sign.kind})")
        text.append(f" {printer.keys(event.claims)}" if event else "", style="cyan")
        printer.item(printer.day(sign.day), text)


def _sheet(printer: Printer, entries: Sequence[EnteredItem], file: str) -> None:
    printer.line(Text(f"The sheet, {plain(file)}:", style="bold"))
    table = _table("line", "entry", "entered", "from")
    for each in entries:
        source = Text(basis(each))
        source.append(f" {_leans(printer, each.leans)}" if each.leans else "", style="cyan")
        if each.note:
            source.append(f". {plain(each.note)}", style="dim")
        table.add_row(f"{each.line}", plain(each.label), plain(interval(each)), source)
    _print(printer, table)


def _afterwards(printer: Printer, scenario: ScenarioItem) -> None:
    if not scenario.happened:
        return
    printer.line(Text("What happened afterwards; the sheet knew nothing of it:", style="bold"))
    for each in scenario.happened:
        text = Text(plain(each.text))
        text.append(f" {bearing(each)}", style="bold")
        text.append(f" {_leans(printer, each.leans)}", style="cyan")
        printer.item(f"known {say_day(each.known_at)}", text)


def _leans(printer: Printer, leans: Sequence[LeanItem]) -> str:
    """Name what an entry leans on; its claims stand in the list of sources then."""
    printer.cited.extend(each.id for each in leans if each.id in printer.brief.claims)
    return f"[{plain(' '.join(each.key for each in leans))}]" if leans else ""


def _ends(bar: BarItem) -> tuple[float | None, float | None]:
    return bar.at_low, bar.at_high


def _reach(bar: BarItem) -> float:
    """Give how far a bar goes; beyond twice a certain withdrawal all is one."""
    low, high = (min(2.0 if end is None else end, 2.0) for end in _ends(bar))
    return abs(high - low)


def _bar(value: float, longest: float) -> str:
    return "█" * round(BAR / 2 * max(value, 0.0) / longest)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(printer: Printer, table: Table) -> None:
    printer.out.print(Padding(table, (0, 0, 0, 4), expand=False), highlight=False)
