"""The brief in a terminal: two minutes' reading, 80 columns, every item with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foreshock.brief.document import (
    Brief,
    ChangeItem,
    CountItem,
    EventItem,
    HoldingItem,
    TallyItem,
    VersionItem,
)
from foreshock.brief.share_words import shares_in_words
from foreshock.brief.words import counted, joined, plain, scale_in_words, unique
from foreshock.core.time import say_day
from foreshock.lexicon import load_ontology

CHANGES = 7
DISPUTES = 3
PAIRS = 3
WEEK = timedelta(days=7)
RECENT = timedelta(days=30)
COUNTS = 6
AHEAD = 3
KINDS_OF_SUPPORT = 3


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


class _Printer:
    def __init__(self, brief: Brief, console: Console) -> None:
        self.brief = brief
        self.out = console
        self.events = {event.id: event for event in brief.events}
        self.cited: list[str] = []

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
        self._outlook()
        self._sources()

    def picture(self) -> None:
        self._title()
        self._heading(f"Events ({len(self.brief.events):,}), newest first")
        for event in sorted(self.brief.events, key=lambda e: (str(e.start), e.id), reverse=True):
            self._event(event)
        self._struck(everything=True)
        self._displaced(everything=True)
        self._control(everything=True)
        self._deadlines(everything=True)
        self._patrons()

    def _event(self, event: EventItem) -> None:
        text = Text(plain(event.headline))
        text.append(f" {self._keys([*event.claims, *event.denials])}", style="cyan")
        self._item(event.when, text)
        self._under(Text(plain(event.summary)))
        self._under(self._borne_out(event), style="dim")
        for tally in event.figures:
            self._under(Text(f"{load_ontology().quantities[tally.what].label}:"))
            for version in tally.versions:
                self._version(version)

    # ------------------------------------------------------------------ parts

    def _title(self) -> None:
        brief = self.brief
        self._line(Text(plain(brief.title), style="bold"))
        day = f"As of the end of {say_day(brief.as_of)} (UTC)"
        if brief.recorded_by:
            day += f", as recorded by {brief.recorded_by:%Y-%m-%d %H:%M} UTC"
        self._line(Text(day))
        counts = brief.counts
        data_to = say_day(brief.data_to) if brief.data_to else "no date"
        evidence = (
            f"{counted(counts['claims'], 'claim')}, {counted(counts['reports'], 'report')}, "
            f"{counted(counts['origins'], 'independent origin')}; data to {data_to}."
        )
        self._line(Text(evidence, style="dim"))
        self._note(
            "Nothing here is a fact; everything is somebody's claim. Brackets name claims; their "
            "sources stand at the end. 'Independent': copies, and all voices of one side, count "
            "once. 'By weights': if sources were trusted half or twice as much."
        )

    def _changed(self) -> None:
        self._heading("What changed in the last 7 days")
        for change in self.brief.changed[:CHANGES]:
            self._change(change)
        rest = len(self.brief.changed) - CHANGES
        if rest > 0:
            self._note(f"and {counted(rest, 'smaller change')} (all with --json).")
        if not self.brief.changed:
            self._note("Nothing that became known in these days changed the picture.")

    def _change(self, change: ChangeItem) -> None:
        event = self.events.get(change.about) if change.kind == "event" else None
        text = Text(plain(change.text))
        text.append(f" {self._keys(change.claims)}", style="cyan")
        label = event.when if event and event.when else say_day(change.on)
        self._item(label, text)
        if event:
            self._under(self._borne_out(event), style="dim")

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
        self._heading("Figures in dispute")
        shown = self._weightiest(self.brief.disputes)
        for tally in shown[:DISPUTES]:
            event = self.events[tally.event]
            what = load_ontology().quantities[tally.what].label
            self._item(event.when, Text(plain(f"{event.headline}; {what}:")))
            for version in tally.versions:
                self._version(version)
        if not shown:
            self._note("No two origins give different figures for one event of the last 30 days.")
        else:
            self._note("As each side gave them, oldest first; never averaged.")

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
        keys = self._keys([telling.claim for telling in version.tellings])
        line = Text(f"{plain(version.origin)}: ", style="bold")
        line.append(plain(figures), style="not bold")
        line.append(f" {keys}", style="not bold cyan")
        self._under(line)

    def _struck(self, everything: bool = False) -> None:
        first = (self.brief.as_of - RECENT).isoformat()
        shown = [
            (key, claim.struck)
            for key, claim in self.brief.claims.items()
            if claim.struck and (everything or (claim.struck["known_at"] or "") > first)
        ]
        if not shown:
            return
        self._heading("Taken back by their own source")
        for key, strike in shown:
            claim = self.brief.claims[key]
            text = Text(plain(claim.summary), style="strike")
            text.append(f" {strike['how']}: ", style="not strike bold")
            by = self.brief.claims[strike["by"] or ""]
            text.append(plain(by.summary), style="not strike")
            text.append(f" {self._keys([key, by.id])}", style="not strike cyan")
            self._item(say_day(by.known_at) if by.known_at else "undated", text)

    def _deadlines(self, everything: bool = False) -> None:
        self._heading("Deadlines")
        first = self.brief.as_of - RECENT
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
            text = Text(f"{who}{' to ' + to if to else ''}: {plain(deadline.demand)}")
            if deadline.consequence:
                text.append(f" Otherwise: {plain(deadline.consequence)}.")
            text.append(f" {deadline.status}", style="bold")
            text.append(
                f" {self._keys([*deadline.claims, *deadline.kept, *deadline.broken])}", style="cyan"
            )
            self._item(f"by {say_day(deadline.due)}", text)
        if not shown:
            self._note("None is open, and none ran out in the last 30 days.")

    def _displaced(self, everything: bool = False) -> None:
        self._heading("Displaced so far")
        fled = [count for count in self.brief.displaced if not count.ahead]
        ahead = [count for count in self.brief.displaced if count.ahead]
        first = self.brief.as_of - RECENT
        recent = [count for count in fled if count.until > first] or fled
        if not self.brief.displaced:
            self._note("No count of displaced people is in this case. That is not a count of zero.")
            return
        table = Table(box=None, show_header=True, header_style="dim", padding=(0, 1), expand=False)
        for column in ("who counts", "how many", "what, since when"):
            table.add_column(column, overflow="fold")
        shown = (*fled, *ahead) if everything else (*recent[:COUNTS], *ahead[:AHEAD])
        for count in shown:
            table.add_row(*self._count_row(count))
        self.out.print(Padding(table, (0, 0, 0, 1)))
        self._note("They differ in what they count and since when: never add them up.")

    def _count_row(self, count: CountItem) -> tuple[Text, Text, Text]:
        label = load_ontology().quantities[count.quantity.what].label
        unit = (
            "" if count.quantity.unit in {"", "persons"} else f", counted in {count.quantity.unit}"
        )
        since = f" from {say_day(count.since)}" if count.since else ", since when not said"
        until = f" to {say_day(count.until)}"
        what = Text(f"{'not yet fled: ' if count.ahead else ''}{label}{unit}{since}{until} ")
        what.append(self._keys(count.claims[-1:]), style="cyan")
        return Text(plain(count.speaker)), Text(count.quantity.text, style="bold"), what

    def _control(self, everything: bool = False) -> None:
        if not self.brief.control and not self.brief.surrounded:
            return
        self._heading("Who is said to hold what")
        contested = [h for h in self.brief.control if h.status == "contested"]
        for holding in contested:
            names = joined([plain(actor.name) for actor in holding.holders])
            text = Text(f"{plain(holding.place.name)}: contested between {names}")
            text.append(f" {self._keys(holding.claims)}", style="cyan")
            self._item(say_day(holding.on), text)
        if self.brief.surrounded:
            newest = self.brief.surrounded[:4]
            places = unique(
                self._place_of(say.claim) for say in newest if self._place_of(say.claim)
            )
            text = Text(f"said to be surrounded: posts at {joined([plain(p) for p in places])}")
            text.append(f" {self._keys([say.claim for say in newest])}", style="cyan")
            self._item(say_day(newest[0].on), text)
        for holding in self.brief.control if everything else ():
            if holding.status == "held":
                text = Text(f"{plain(holding.place.name)}: {self._holders(holding)}")
                text.append(f" {self._keys(holding.claims)}", style="cyan")
                self._item(say_day(holding.on), text)
        held = Counter(self._holders(h) for h in self.brief.control if h.status == "held")
        summary = "; ".join(f"{names} {number}" for names, number in held.most_common(5))
        if summary and not everything:
            self._note(f"Other places by who is said to hold them: {summary}.")

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
        self._heading("What relations are suffering")
        by_pair = {frozenset((d.a.id, d.b.id)): d for d in relations.dyads}
        for thesis in relations.theses:
            text = Text(f"{plain(thesis.text)} {self._keys([thesis.claim])} ")
            text.append(thesis.verdict, style="bold")
            self._item(f"{plain(thesis.a.name)}–{plain(thesis.b.name)}", text)
            dyad = by_pair[frozenset((thesis.a.id, thesis.b.id))]
            keys = unique(self.events[event].claims[0] for event in thesis.acts)
            shares = Text(f"{shares_in_words(dyad)} ", style="dim")
            shares.append(self._keys(keys, 4) if keys else "", style="not dim cyan")
            self._under(shares)
        if not relations.theses:
            for dyad in told[:PAIRS]:
                self._item(
                    f"{plain(dyad.a.name)}–{plain(dyad.b.name)}", Text(shares_in_words(dyad))
                )
        self._note(
            "Share of a pair's acts that is conflictual, recent ones weighing more, with its 90 % "
            "interval; 'was': 24 to 6 months ago. Acts were gathered, not sampled."
        )

    def _patrons(self) -> None:
        if not self.brief.relations.patrons:
            return
        self._heading("Patrons and clients")
        by_patron: dict[str, list[str]] = {}
        focus = set(self.brief.focus)
        for item in self.brief.relations.patrons:
            if focus and item.patron.id not in focus:
                continue
            kinds = ", ".join(plain(kind) for kind in item.support[:KINDS_OF_SUPPORT])
            kinds += " ..." if len(item.support) > KINDS_OF_SUPPORT else ""
            support = f" ({kinds})" if kinds else ""
            by_patron.setdefault(plain(item.patron.name), []).append(
                plain(item.client.name) + support
            )
        for patron, clients in by_patron.items():
            self._item(patron, Text("; ".join(clients)))

    def _outlook(self) -> None:
        self._heading("What is likely next")
        self._line(Text(self.brief.forecast.reason, style="bold"))
        open_questions = [q for q in self.brief.questions if q.outcome is None]
        if open_questions:
            self._note(
                f"{counted(len(open_questions), 'question')} declared for this case; no model "
                f"covers them yet. {counted(len(self.brief.people), 'forecast')} by people and "
                "institutions are on record beside them (--json)."
            )
        self._note(self.brief.ledger.note)

    def _sources(self) -> None:
        self._heading("Claims named above, with their sources")
        by_source: dict[str, list[str]] = {}
        for key in sorted(unique(self.cited), key=self._name):
            by_source.setdefault(self._source(key), []).append(self._name(key))
        for source, names in by_source.items():
            line = Text(f"{' '.join(names)} ", style="cyan")
            line.append(source, style="default")
            self._line(line)
        self._note(
            "Ratings: 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, "
            f"6 cannot be judged. Words for probability: {scale_in_words()}."
        )

    def _source(self, key: str) -> str:
        claim = self.brief.claims[key]
        report = self.brief.reports[claim.report]
        voices = " via ".join(plain(link.name) for link in claim.chain)
        told = say_day(claim.known_at) if claim.known_at else "undated"
        if report.withheld or report.known_at is None:
            told += " (public then, read in a later report)"
        recalled = ", recalled" if claim.basis == "recalled" else ""
        return f"{voices}; known {told}; rated {claim.rating}{recalled}"

    # ------------------------------------------------------------------ means

    def _name(self, claim: str) -> str:
        return self.brief.claims[claim].key or claim[:8]

    def _keys(self, claims: Sequence[str], most: int = 6) -> str:
        shown = list(claims)[:most]
        self.cited.extend(shown)
        more = f" +{len(claims) - most}" if len(claims) > most else ""
        return f"[{' '.join(self._name(claim) for claim in shown)}{more}]"

    def _heading(self, text: str) -> None:
        self.out.print()
        self._line(Text(text.upper(), style="bold"))

    def _line(self, text: Text) -> None:
        self.out.print(text, soft_wrap=False, highlight=False)

    def _item(self, label: str, text: Text) -> None:
        line = Text("• ")
        line.append(f"{plain(label)}: ", style="dim")
        line.append_text(text)
        self.out.print(Padding(line, (0, 0, 0, 1), expand=False), highlight=False)

    def _under(self, text: Text | str, style: str = "") -> None:
        self.out.print(
            Padding(
                text if isinstance(text, Text) else Text(text, style=style),
                (0, 0, 0, 4),
                expand=False,
            ),
            highlight=False,
        )

    def _note(self, text: str) -> None:
        self.out.print(
            Padding(Text(text, style="dim italic"), (0, 0, 0, 1), expand=False), highlight=False
        )
