"""The brief in a terminal: two minutes' reading, 80 columns, every item with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.brief.believed_words import doubts_in_words
from foreshock.brief.document import (
    Brief,
    ChangeItem,
    CountItem,
    EventItem,
    HoldingItem,
    TallyItem,
    VersionItem,
)
from foreshock.brief.printing import Printer
from foreshock.brief.share_words import shares_in_words
from foreshock.brief.terminal_forecast import tell_forecast
from foreshock.brief.terminal_scenarios import tell_scenarios
from foreshock.brief.words import counted, joined, plain, unique
from foreshock.core.time import say_day
from foreshock.lexicon import load_ontology

CHANGES = 3
DISPUTES = 3
PAIRS = 3
WEEK = timedelta(days=7)
RECENT = timedelta(days=30)
FORTNIGHT = timedelta(days=14)
COUNTS = 4
AHEAD = 1
CONTESTED = 2
FOREMOST = 3


def render(brief: Brief, console: Console) -> None:
    """Print a brief.

    Parameters
    ----------
    brief : Brief
    console : rich.console.Console
        Where to; without colour where it is not a terminal.
    """
    _Printer(brief, console).everything()


def render_picture(brief: Brief, console: Console) -> None:
    """Print the whole picture, event by event."""
    _Printer(brief, console).picture()


class _Printer(Printer):
    def everything(self) -> None:
        self._title()
        self._changed()
        self._relations()
        self._disputes()
        self._struck()
        self._deadlines()
        self._displaced()
        self._control()
        self._patrons()
        tell_forecast(self)
        tell_scenarios(self)
        self.sources()

    def picture(self) -> None:
        self._title()
        self.heading(f"Events ({len(self.brief.events):,}), newest first")
        for event in sorted(self.brief.events, key=lambda e: (str(e.start), e.id), reverse=True):
            self._event(event)
        self._struck(everything=True)
        self._displaced(everything=True)
        self._control(everything=True)
        self._deadlines(everything=True)
        self._patrons()

    def _event(self, event: EventItem) -> None:
        text = Text(plain(event.headline))
        text.append(f" {self.keys([*event.claims, *event.denials])}", style="cyan")
        self.item(event.when, text)
        self.under(Text(plain(event.summary)))
        self.under(self._borne_out(event), style="dim")
        for tally in event.figures:
            self.under(Text(f"{load_ontology().quantities[tally.what].label}:"))
            for version in tally.versions:
                self._version(version)

    # ------------------------------------------------------------------ parts

    def _title(self) -> None:
        brief = self.brief
        self.line(Text(plain(brief.title), style="bold"))
        day = f"As of the end of {say_day(brief.as_of)} (UTC)"
        if brief.recorded_by:
            day += f", as recorded by {brief.recorded_by:%Y-%m-%d %H:%M} UTC"
        self.line(Text(day))
        counts = brief.counts
        data_to = say_day(brief.data_to) if brief.data_to else "no date"
        evidence = (
            f"{counted(counts['claims'], 'claim')}, {counted(counts['reports'], 'report')}, "
            f"{counted(counts['origins'], 'independent origin')}; data to {data_to}."
        )
        self.line(Text(evidence, style="dim"))
        self.note(
            "Nothing here is a fact; all is somebody's claim, named in brackets, its source at the "
            "end. 'Independent': copies and voices of one side count once. 'By weights': sources "
            "trusted half or twice as much."
        )

    def _changed(self) -> None:
        self.heading("What changed in the last 7 days")
        for change in self.brief.changed[:CHANGES]:
            self._change(change)
        rest = len(self.brief.changed) - CHANGES
        if rest > 0:
            self.note(f"and {counted(rest, 'smaller change')} (all with --json).")
        if not self.brief.changed:
            self.note("Nothing that became known in these days changed the picture.")

    def _change(self, change: ChangeItem) -> None:
        event = self.events.get(change.about) if change.kind == "event" else None
        text = Text(plain(change.text))
        text.append(f" {self.keys(change.claims)}", style="cyan")
        label = event.when if event and event.when else say_day(change.on)
        self.item(self.when(label), text)
        if event:
            self.under(self._borne_out(event), style="dim")

    def _borne_out(self, event: EventItem) -> str:
        belief = event.belief
        sureness = (
            f"{belief.words} ({round(100 * belief.probability)} %, "
            f"{round(100 * belief.low)}–{round(100 * belief.high)} by weights)"
        )
        told = f"{counted(event.reports, 'report')}, {len(event.origins)} independent"
        denied = f"; denied in {counted(len(event.denials), 'claim')}" if event.denials else ""
        return f"{sureness}; {told}{denied}"

    def _disputes(self) -> None:
        self.heading("Figures in dispute")
        shown = self._weightiest(self.brief.disputes)
        before = ""
        for tally in shown[:DISPUTES]:
            event = self.events[tally.event]
            what = load_ontology().quantities[tally.what].label
            if event.id == before:
                self.item("The same", Text(f"{what}:"))
            else:
                self.item(self.when(event.when), Text(plain(f"{event.headline}; {what}:")))
            before = event.id
            for version in tally.versions:
                self._version(version)
        if not shown:
            self.note("No two origins give different figures for one event of the last 30 days.")
        else:
            self.note("As each side gave them; never averaged.")

    def _weightiest(self, tallies: Iterable[TallyItem]) -> list[TallyItem]:
        first = self.brief.as_of - RECENT
        recent = [
            tally
            for tally in tallies
            if (end := self.events[tally.event].end) is not None and end > first
        ]

        week_ago = self.brief.as_of - WEEK

        def weight(tally: TallyItem) -> tuple[bool, bool, float]:
            harm = load_ontology().quantities[tally.what].harm
            end = self.events[tally.event].end
            fresh = end is not None and end > week_ago
            return harm, fresh, max(v.tellings[-1].low or 0.0 for v in tally.versions)

        return sorted(recent, key=weight, reverse=True)

    def _version(self, version: VersionItem) -> None:
        exact = [telling for telling in version.tellings if not telling.loose]
        loose = [telling for telling in version.tellings if telling.loose]
        figures = ", then ".join(unique(telling.text for telling in exact))
        if loose:
            figures += f" (loosely: {', '.join(unique(t.text for t in loose))})"
        keys = self.keys([telling.claim for telling in version.tellings])
        line = Text(f"{plain(version.origin)}: ", style="bold")
        line.append(plain(figures), style="not bold")
        line.append(f" {keys}", style="not bold cyan")
        self.under(line)

    def _struck(self, everything: bool = False) -> None:
        first = (self.brief.as_of - RECENT).isoformat()
        shown = [
            (key, claim.struck)
            for key, claim in self.brief.claims.items()
            if claim.struck and (everything or (claim.struck["known_at"] or "") > first)
        ]
        if not shown:
            return
        self.heading("Taken back by their own source")
        for key, strike in shown:
            claim = self.brief.claims[key]
            text = Text(plain(claim.summary), style="strike")
            text.append(f" {strike['how']}: ", style="not strike bold")
            by = self.brief.claims[strike["by"] or ""]
            text.append(plain(by.summary), style="not strike")
            text.append(f" {self.keys([key, by.id])}", style="not strike cyan")
            self.item(say_day(by.known_at) if by.known_at else "undated", text)

    def _deadlines(self, everything: bool = False) -> None:
        self.heading("Deadlines")
        first = self.brief.as_of - FORTNIGHT
        focus = set(self.brief.focus)
        shown = [
            d
            for d in self.brief.deadlines
            if everything
            or (
                (d.status == "open" or d.due > first)
                and (not focus or focus & {a.id for a in (*d.actors, *d.recipients)})
            )
        ]
        for deadline in shown:
            to = joined([plain(a.name) for a in deadline.recipients])
            who = joined([plain(a.name) for a in deadline.actors])
            told = not everything and any(
                set(deadline.claims) & set(change.claims) for change in self.brief.changed[:CHANGES]
            )
            demand = "as above." if told else plain(deadline.demand)
            text = Text(f"{who}{' to ' + to if to else ''}: {demand}")
            if deadline.consequence:
                text.append(f" Otherwise: {plain(deadline.consequence)}.")
            text.append(f" {deadline.status}", style="bold")
            text.append(
                f" {self.keys([*deadline.claims, *deadline.kept, *deadline.broken])}", style="cyan"
            )
            self.item(f"by {self.day(deadline.due)}", text)
        if not shown:
            self.note("None is open, and none ran out in the last 14 days.")

    def _displaced(self, everything: bool = False) -> None:
        self.heading("Displaced so far")
        fled = [count for count in self.brief.displaced if not count.ahead]
        ahead = [count for count in self.brief.displaced if count.ahead]
        first = self.brief.as_of - RECENT
        recent = sorted([count for count in fled if count.until > first] or fled, key=_smallness)
        if not self.brief.displaced:
            self.note("No count of displaced people is in this case. That is not a count of zero.")
            return
        table = Table(box=None, show_header=True, header_style="dim", padding=(0, 1), expand=False)
        for column in ("who counts", "how many", "what, since when"):
            table.add_column(column, overflow="fold")
        shown = (*fled, *ahead) if everything else (*recent[:COUNTS], *ahead[:AHEAD])
        for count in shown:
            table.add_row(*self._count_row(count))
        self.out.print(Padding(table, (0, 0, 0, 1)))
        self.note("They count different things since different days: never add them up.")

    def _count_row(self, count: CountItem) -> tuple[Text, Text, Text]:
        label = load_ontology().quantities[count.quantity.what].label
        unit = (
            "" if count.quantity.unit in {"", "persons"} else f", counted in {count.quantity.unit}"
        )
        since = f" from {self.day(count.since)}" if count.since else ", start not said,"
        until = f" to {self.day(count.until)}"
        what = Text(f"{'not yet fled: ' if count.ahead else ''}{label}{unit}{since}{until} ")
        what.append(self.keys(count.claims[-1:]), style="cyan")
        return Text(plain(count.speaker)), Text(count.quantity.text, style="bold"), what

    def _control(self, everything: bool = False) -> None:
        if not self.brief.control and not self.brief.surrounded:
            return
        self.heading("Who is said to hold what")
        contested = [h for h in self.brief.control if h.status == "contested"]
        for holding in contested if everything else contested[:CONTESTED]:
            names = joined([plain(actor.name) for actor in holding.holders])
            text = Text(f"{plain(holding.place.name)}: contested between {names}")
            text.append(f" {self.keys(holding.claims)}", style="cyan")
            self.item(self.day(holding.on), text)
        if self.brief.surrounded:
            newest = self.brief.surrounded[:4]
            places = unique(
                self._place_of(say.claim) for say in newest if self._place_of(say.claim)
            )
            text = Text(f"said to be surrounded: posts at {joined([plain(p) for p in places])}")
            text.append(f" {self.keys([say.claim for say in newest])}", style="cyan")
            self.item(self.day(newest[0].on), text)
        for holding in self.brief.control if everything else ():
            if holding.status == "held":
                text = Text(f"{plain(holding.place.name)}: {self._holders(holding)}")
                text.append(f" {self.keys(holding.claims)}", style="cyan")
                self.item(self.day(holding.on), text)
        held = Counter(self._holders(h) for h in self.brief.control if h.status == "held")
        summary = "; ".join(f"{names} {number}" for names, number in held.most_common(FOREMOST))
        hidden = len(contested) - CONTESTED
        more = f" {hidden} more contested." if hidden > 0 else ""
        if summary and not everything:
            self.note(f"Other places, by said holder: {summary}.{more}")
        if unsure := doubts_in_words(self.brief.believed):
            self.note(unsure)

    def _holders(self, holding: HoldingItem) -> str:
        return joined([plain(actor.name) for actor in holding.holders])

    def _place_of(self, claim: str) -> str:
        place = self.brief.claims[claim].place
        return place.name if place else ""

    def _relations(self) -> None:
        relations = self.brief.relations
        told = [d for d in relations.dyads if d.deeds.enough or d.words.enough]
        if not told and not relations.theses:
            return
        self.heading("What relations are suffering")
        by_pair = {frozenset((d.a.id, d.b.id)): d for d in relations.dyads}
        for thesis in relations.theses:
            text = Text(f"{plain(thesis.text)} {self.keys([thesis.claim])} ")
            text.append(thesis.verdict, style="bold")
            self.item(f"{plain(thesis.a.name)}–{plain(thesis.b.name)}", text)
            dyad = by_pair[frozenset((thesis.a.id, thesis.b.id))]
            keys = unique(self.events[event].claims[0] for event in thesis.acts)
            shares = Text(f"{shares_in_words(dyad)} ", style="dim")
            shares.append(self.keys(keys, 4) if keys else "", style="not dim cyan")
            self.under(shares)
        if not relations.theses:
            for dyad in told[:PAIRS]:
                self.item(f"{plain(dyad.a.name)}–{plain(dyad.b.name)}", Text(shares_in_words(dyad)))
        self.note(
            "Conflictual share of a pair's acts, recent ones weighing more (90 % interval); 'was': "
            "24 to 6 months ago. Acts were gathered, not sampled."
        )

    def _patrons(self) -> None:
        if not self.brief.relations.patrons:
            return
        self.heading("Patrons and clients")
        by_patron: dict[str, list[str]] = {}
        focus = set(self.brief.focus)
        for item in self.brief.relations.patrons:
            if focus and item.patron.id not in focus:
                continue
            by_patron.setdefault(plain(item.patron.name), []).append(plain(item.client.name))
        for patron, clients in by_patron.items():
            self.item(patron, Text("; ".join(clients)))


def _smallness(count: CountItem) -> float:
    """Order counts by how many they tell of: the largest are what a reader looks for."""
    told = (count.quantity.best, count.quantity.low, count.quantity.high)
    return -next((number for number in told if number is not None), 0.0)
