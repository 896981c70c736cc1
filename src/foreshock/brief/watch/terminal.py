"""The watch list in a terminal: 80 columns, and fewer where there are not so many."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.brief.forecast_words import percent
from foreshock.brief.printing import Sheet
from foreshock.brief.watch.document import CountryItem, MonthItem, WatchList
from foreshock.brief.watch.warning_words import (
    ALARM,
    SHORT,
    WARNINGS,
    alarms_in_words,
    base_rate,
    is_alarm,
    nearest,
    rate_in_words,
    warning_in_words,
)
from foreshock.brief.watch.words import (
    ABLATION,
    EACH_ALONE,
    NOT_ZERO,
    ORDERS,
    ahead_in_words,
    chance_in_words,
    change,
    deaths,
    findings,
    hindcast_in_words,
    interval,
    issued,
    known,
    miss_in_words,
    misses_of,
    most_likely_onsets,
    moves,
    rests_on,
    say_month,
    settled_in_words,
    since,
    subject,
)
from foreshock.brief.words import plain, scale_in_words
from foreshock.core.watch import Warning

LISTED = 25
"""Countries with fighting that are listed; page and tables have all."""

QUIET, HARDLY = 10, 0.01
"""Countries without deaths that are listed, at most; none of which an onset is less likely."""

TOLD = 5
"""Countries of which it is said what their forecast rests on."""

NARROW = 72
"""Columns below which only the most needed are printed."""

NAME, NUMBERS = 24, 30
"""Columns that a name has at most, and that the numbers need where it is narrow."""

WIDE_NOTE = (
    "Median and 90 % interval; then deaths counted in the last month and in the last "
    "twelve; change of P(≥25) in points since the issue before; per cent of at least 25 and "
    "1,000 deaths and of twice the last year’s mean month. Bold: alarms."
)
NARROW_NOTE = "Median, 90 % interval and per cent of at least 25 deaths."


def render_watch(listed: WatchList, console: Console) -> None:
    """Print a watch list.

    Parameters
    ----------
    listed : WatchList
    console : rich.console.Console
    """
    _Printer(listed, console).everything()


class _Printer(Sheet):
    def __init__(self, listed: WatchList, console: Console) -> None:
        super().__init__(console)
        self.listed, self.at = listed, listed.column
        self.wide = console.width >= NARROW

    def everything(self) -> None:
        self._title()
        self._alarms()
        self._fighting()
        self._reasons()
        self._quiet()
        self._record()
        self._misses()
        self._withheld()
        self._notes()

    def _title(self) -> None:
        listed = self.listed
        self.line(Text(f"Watch list: {plain(subject(listed))} by country", style="bold"))
        first, last = listed.months[0], listed.months[-1]
        self.line(
            Text(
                f"Seen to the end of {say_month(listed.origin)}; {say_month(first)} to "
                f"{say_month(last)} ahead."
            )
        )
        data = f"Data: {plain(listed.vintage)}"
        data += f" ({plain(listed.citation)})" if listed.citation else ""
        self.line(Text(f"{data}; digest {listed.evidence}.", style="dim"))
        self.line(Text(issued(listed), style="dim"))
        for sentence in findings(listed, self.at):
            self.out.print(Padding(Text(f"• {sentence}"), (0, 0, 0, 1)), highlight=False)

    def _alarms(self) -> None:
        self.heading(f"Alarms for {say_month(self.listed.months[self.at])}")
        for level, text in alarms_in_words(self.listed, self.at).items():
            self.item(level, Text(text))
        self.note(ALARM)

    def _fighting(self) -> None:
        listed, month = self.listed, self.listed.months[self.at]
        self.heading(f"Where there was fighting, {ORDERS[listed.by]} in {say_month(month)}")
        shown = listed.fighting[:LISTED]
        if not shown:
            self.note("No country had a death in the last twelve months.")
            return
        table = Table(box=None, header_style="dim", padding=(0, 1, 0, 0), expand=False)
        room = NAME if self.wide else max(8, min(NAME, self.out.width - NUMBERS))
        table.add_column("country", overflow="fold", max_width=room)
        for name in self._columns():
            table.add_column(name, justify="right", overflow="fold")
        for country in shown:
            table.add_row(Text(plain(country.name)), *self._cells(country))
        rates = [base_rate(listed, warning) for warning in ("deadly", "war", "doubled")]
        if any(rate is not None for rate in rates):
            told = ["–" if rate is None else _tight_rate(rate) for rate in rates]
            blank = [""] * (5 if self.wide else 2)
            table.add_row(
                "base rate", *blank, *(told if self.wide else told[:1]), style="dim italic"
            )
        self.out.print(Padding(table, (0, 0, 0, 1)))
        rest = len(listed.fighting) - len(shown)
        if rest:
            self.note(f"and {rest:,} more; the page, tables (--export) and --json have all.")
        self.note(WIDE_NOTE if self.wide else NARROW_NOTE)

    def _columns(self) -> list[str]:
        month, last = self.listed.months[self.at], self.listed.origin
        if not self.wide:
            return [f"{month:%b %y}", "90 %", "≥25"]
        return [f"{month:%b %y}", "90 %", f"{last:%b %y}", "12 mon.", "+/−", "≥25", "≥1,000", "×2"]

    def _cells(self, country: CountryItem) -> list[Text]:
        month = country.months[self.at]
        cells = [Text(deaths(month.median), style="bold"), Text(interval(month))]
        if self.wide:
            cells += [Text(known(country.last_month)), Text(known(country.last_year))]
            cells += [Text(change(month))]
        shown = (Warning.DEADLY, Warning.WAR, Warning.DOUBLED) if self.wide else (Warning.DEADLY,)
        return cells + [self._chance(month, warning) for warning in shown]

    def _chance(self, month: MonthItem, warning: Warning) -> Text:
        on = is_alarm(self.listed, month, warning)
        return Text(_tight(month.chance(warning)), style="bold" if on else "")

    def _reasons(self) -> None:
        moved = [each for each in self.listed.fighting if any(map(moves, each.drivers))]
        shown = moved[:TOLD]
        if not shown:
            return
        self.heading("What the foremost forecasts rest on")
        for country in shown:
            month = country.months[self.at]
            self.item(country.name, Text(f"{WARNINGS['deadly']} {chance_in_words(month.deadly)}"))
            self.under(Text(f"{rests_on(country)}."), style="dim")
        self.note(ABLATION)

    def _quiet(self) -> None:
        self.heading("Quiet for a year: where a death is likeliest")
        order = most_likely_onsets(self.listed, self.at)
        likeliest = [each for each in order if (each.months[self.at].onset or 0.0) >= HARDLY]
        shown = likeliest[:QUIET]
        for country in shown:
            month = country.months[self.at]
            chance = f"{chance_in_words(month.onset or 0.0)}; ≥25: {percent(month.deadly)}"
            self.item(country.name, Text(chance))
        if rest := len(order) - len(shown):
            less = "under 1 %" if shown == likeliest else "less"
            self.note(f"{'The other ' if shown else 'All '}{rest:,}: {less}.")
        rate = base_rate(self.listed, "onset")
        if rate is not None:
            self.note(f"Base rate of a death after a year without: {rate_in_words(rate)} a month.")
        if not order:
            self.note("No country was without a death for a year.")

    def _record(self) -> None:
        listed = self.listed
        if not listed.hindcast and not listed.settled:
            return
        self.heading("How earlier warnings turned out")
        if listed.hindcast:
            for told in nearest(listed.hindcast.warnings, listed.ahead):
                self.item(
                    f"{SHORT[told.warning]}, {ahead_in_words(told.ahead)}",
                    Text(warning_in_words(told, listed.levels)),
                )
            self.note(hindcast_in_words(listed.hindcast))
        for settled in listed.settled:
            self.item("Ledger", Text(settled_in_words(settled)))
            for told in settled.warnings[:1]:
                self.under(Text(warning_in_words(told, listed.levels)), style="dim")

    def _misses(self) -> None:
        if not self.listed.missed:
            return
        self.heading(misses_of(self.listed))
        for miss in self.listed.missed:
            self.item(miss.name, Text(miss_in_words(miss)))

    def _withheld(self) -> None:
        if not self.listed.withheld:
            return
        self.heading("Withheld: no forecast, and that is no zero")
        reasons: dict[str, list[str]] = {}
        for each in self.listed.withheld:
            reasons.setdefault(each.why, []).append(plain(each.name))
        for why, names in reasons.items():
            self.item(", ".join(names), Text(plain(why)))

    def _notes(self) -> None:
        self.out.print()
        if self.listed.skipped:
            self.note(f"Left out: {plain(self.listed.skipped)}.")
        self.note(since(self.listed))
        for text in (NOT_ZERO, EACH_ALONE, f"Words: {scale_in_words()}."):
            self.note(text)
        if self.listed.licence:
            self.note(f"Terms of the data: {plain(self.listed.licence)}.")
        self.note(
            f"In the ledger, a line a country, to hash {self.listed.hash[:16]}…; settled by "
            f"{plain(self.listed.resolver)}."
        )


def _tight(probability: float | None) -> str:
    """Write a probability in few letters; a dash where it cannot come about."""
    if probability is None:
        return "–"
    if probability < 0.01:
        return "<1"
    return ">99" if probability > 0.99 else f"{100 * probability:.0f}"


def _tight_rate(rate: float) -> str:
    return rate_in_words(rate).removesuffix(" %").replace("under ", "<")
