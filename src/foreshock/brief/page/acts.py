"""The evidence as the page lists it: acts by month, newest first, each with what is claimed of it.

Everything on the page links to an entry here, and every entry holds the link to its report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from foreshock.brief.document import Brief, ClaimItem, EventItem, TallyItem
from foreshock.brief.items import QuantityItem
from foreshock.brief.page.anchors import anchor, claim_anchor, event_anchor, tie_anchor
from foreshock.brief.relations import TieItem
from foreshock.brief.words import counted, joined, unique
from foreshock.core.time import say_day
from foreshock.lexicon import load_ontology

KINDS = {
    "state": "Who holds what",
    "statement": "Statements",
    "figure": "Figures of no single act",
    "forecast": "Expectations and plans",
}
"""Claims that are of no act, by kind."""


@dataclass(frozen=True, slots=True)
class Lead:
    """Words that lead to another entry of the page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """One claim: what is said, by whom, in which report."""

    anchor: str
    key: str
    summary: str
    said: str
    known: str
    rating: int
    figures: str
    marks: str
    leads: Sequence[Lead]
    report: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActEntry:
    """One event, with its claims."""

    anchor: str
    when: str
    headline: str
    borne_out: str
    figures: Sequence[tuple[str, str]]
    leads: Sequence[Lead]
    claims: Sequence[ClaimEntry]
    actors: str
    belief: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TieEntry:
    """One standing tie."""

    anchor: str
    headline: str
    summary: str
    said: str
    report: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The acts of one month."""

    anchor: str
    title: str
    acts: Sequence[ActEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month of late, or an earlier year with its months; old ones are folded up."""

    anchor: str
    title: str
    folded: bool
    months: Sequence[Month]

    @property
    def size(self) -> str:
        """How many acts are in it, in words."""
        return counted(sum(len(month.acts) for month in self.months), "act")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Claims that are of no act, of one kind."""

    anchor: str
    title: str
    claims: Sequence[ClaimEntry]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published how much of the evidence."""

    name: str
    reports: int
    claims: int
    days: str


def periods(brief: Brief) -> list[Period]:
    """Group all acts: each month within the brief's window, then year by year."""
    writer = _Writer(brief)
    first = (brief.as_of - timedelta(days=brief.window)).replace(day=1)
    events = sorted(brief.events, key=lambda event: (_day(event), event.id), reverse=True)
    found = []
    for name, members in groupby(events, key=lambda event: _period(_day(event), first)):
        months = [
            Month(
                anchor=anchor("acts", month or "undated"),
                title=_month_title(month),
                acts=[writer.act(event) for event in acts],
            )
            for month, acts in groupby(members, key=lambda event: _day(event)[:7])
        ]
        found.append(
            Period(
                anchor=anchor("acts-of", name or "undated"),
                title=_month_title(name) if len(name) == len("2020-02") else name or "Undated",
                folded=len(name) != len("2020-02"),
                months=months,
            )
        )
    return found


def groups(brief: Brief) -> list[Group]:
    """Collect the claims that are of no act, by kind, newest first."""
    writer = _Writer(brief)
    placed = {claim for event in brief.events for claim in (*event.claims, *event.denials)}
    left = sorted(
        (claim for claim in brief.claims.values() if claim.id not in placed),
        key=lambda claim: (str(claim.known_at or ""), claim.id),
        reverse=True,
    )
    kinds = unique([*KINDS, *sorted({claim.kind for claim in left})])
    return [
        Group(
            anchor=anchor("claims", kind),
            title=KINDS.get(kind, "Other claims"),
            claims=[writer.claim(claim) for claim in left if claim.kind == kind],
        )
        for kind in kinds
        if any(claim.kind == kind for claim in left)
    ]


def ties(brief: Brief) -> list[TieEntry]:
    """List the standing ties."""
    writer = _Writer(brief)
    return [writer.tie(tie) for tie in brief.relations.ties]


def publishers(brief: Brief) -> list[Publisher]:
    """List who published the reports, those with most claims first."""
    claims: dict[str, list[ClaimItem]] = {}
    for claim in brief.claims.values():
        source = claim.chain[-1].source if claim.chain else brief.reports[claim.report].source
        claims.setdefault(source, []).append(claim)
    found = []
    for source, told in claims.items():
        days = sorted(claim.known_at for claim in told if claim.known_at)
        found.append(
            Publisher(
                name=brief.sources.get(source, source),
                reports=len({claim.report for claim in told}),
                claims=len(told),
                days=_span(days),
            )
        )
    return sorted(found, key=lambda publisher: (-publisher.claims, publisher.name))


def external(url: str) -> str:
    """Give an address that may become a link, or nothing: only the web's own schemes may.

    Examples
    --------
    >>> external("https://example.org/a"), external("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    scheme, separator, rest = url.partition("://")
    return url if scheme.lower() in {"http", "https"} and separator and rest else ""


def borne_out(event: EventItem) -> str:
    """Say how sure an act is and who bears it out.

    The word's own range stands in the scale at the head of the page; here stands the number.
    """
    belief = event.belief
    sureness = (
        f"{belief.words} ({_per_cent(belief.probability)} %, "
        f"{_per_cent(belief.low)}–{_per_cent(belief.high)} by weights)"
    )
    told = f"{counted(event.reports, 'report')}, {len(event.origins)} independent"
    denied = f"; denied in {counted(len(event.denials), 'claim')}" if event.denials else ""
    return f"{sureness}; {told}{denied}"


def voices(claim: ClaimItem) -> str:
    """Say who says so: the innermost speaker first, the publisher last."""
    return " via ".join(unique(link.name for link in claim.chain)) or "nobody named"


class _Writer:
    """Writes entries; looks up what they lead to."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.events = {event.id: event for event in brief.events}
        self.reports = {report.key: report for report in brief.reports.values() if report.key}
        self.reports |= brief.reports

    def act(self, event: EventItem) -> ActEntry:
        claims = self.brief.claims
        known = [claims[claim] for claim in (*event.claims, *event.denials) if claim in claims]
        named = (*event.actors, *event.recipients)
        return ActEntry(
            anchor=event_anchor(event.id),
            when=event.when or "undated",
            headline=event.headline,
            borne_out=borne_out(event),
            figures=[_tally(tally) for tally in event.figures if len(tally.versions) > 1],
            leads=[
                Lead(f"answers {self._of(self.events[answered])}", f"#{event_anchor(answered)}")
                for answered in event.answers
                if answered in self.events
            ],
            claims=[self.claim(claim) for claim in known],
            actors=" ".join(unique(actor.root or actor.id for actor in named)),
            belief=_per_cent(event.belief.probability),
        )

    def claim(self, claim: ClaimItem) -> ClaimEntry:
        report, href = self._report(claim.report)
        strike = claim.struck
        marks = [
            "denies it" if claim.polarity == "denied" else "",
            claim.modality if claim.modality != "actual" else "",
            f"on the condition “{claim.condition}”" if claim.condition else "",
            f"coded by a program ({claim.coder})" if claim.coder != "hand" else "",
            "from the coder's memory, not read" if claim.basis == "recalled" else "",
            f"struck through ({strike['how']})" if strike else "",
        ]
        targets = [(link["relation"], link["claim"]) for link in claim.links]
        if strike and strike["by"]:
            targets.append(("struck by", strike["by"]))
        return ClaimEntry(
            anchor=claim_anchor(claim.id),
            key=claim.key or claim.id[:8],
            summary=claim.summary or "No line was written for this claim.",
            said=voices(claim),
            known=say_day(claim.known_at) if claim.known_at else "undated",
            rating=claim.rating,
            figures="; ".join(figure(quantity) for quantity in claim.quantities),
            marks=joined([mark for mark in marks if mark]),
            leads=[
                Lead(f"{relation} {self._name(target)}", f"#{claim_anchor(target)}")
                for relation, target in targets
                if target in self.brief.claims
            ],
            report=report,
            href=href,
        )

    def tie(self, tie: TieItem) -> TieEntry:
        report, href = self._report(tie.report)
        if tie.report not in self.reports and tie.basis == "recalled":
            report = "no report: from the coder's memory"
        support = f" ({', '.join(tie.support)})" if tie.support else ""
        since = f"since {say_day(tie.start)}" if tie.start else "since when is not said"
        return TieEntry(
            anchor=tie_anchor(tie.key),
            headline=f"{tie.a.name} – {tie.b.name}: {tie.kind.replace('_', ' ')}{support}",
            summary=tie.summary,
            said="; ".join(part for part in (tie.sign, since) if part),
            report=report,
            href=href,
        )

    def _report(self, key: str) -> tuple[str, str]:
        report = self.reports.get(key)
        if report is None:
            return f"report {key}", ""
        if report.withheld:
            return "a report published after this day, not named here", ""
        publisher = self.brief.sources.get(report.source, report.source)
        title = report.title or publisher or f"report {report.key or report.id}"
        href = external(report.url)
        if report.url and not href:
            title += f" ({report.url})"
        return title, href

    def _name(self, claim: str) -> str:
        return self.brief.claims[claim].key or claim[:8]

    def _of(self, event: EventItem) -> str:
        return f"{event.when}, {event.headline}" if event.when else event.headline


def figure(quantity: QuantityItem) -> str:
    """Say a figure with what it counts, of whom.

    Examples
    --------
    >>> figure(QuantityItem(what="killed", group="ruritania/soldiers", best=7, text="7"))
    'killed: 7 soldiers'
    """
    known = load_ontology()
    kind = known.quantities.get(quantity.what)
    label = kind.label if kind else quantity.what
    category = quantity.group.rpartition("/")[2]
    group = known.groups.get(category)
    noun = group.label if group else category
    unit = "" if quantity.unit in {"", "persons"} else quantity.unit
    counts = [word for word in (unit, noun) if word and word not in label]
    return " ".join([f"{label}: {quantity.text}", *counts])


def _tally(tally: TallyItem) -> tuple[str, str]:
    kind = load_ontology().quantities.get(tally.what)
    label = kind.label if kind else tally.what
    told = [
        f"{version.origin} {', then '.join(unique(t.text for t in version.tellings))}"
        for version in tally.versions
    ]
    return f"{label}, {tally.of_name}" if tally.of_name else label, "; ".join(told)


def _day(event: EventItem) -> str:
    day = event.start or event.end
    return day.isoformat() if day else ""


def _period(day: str, first: date) -> str:
    return day[:7] if day >= first.isoformat() else day[:4]


def _month_title(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}" if len(month) == 7 else "Undated"


def _per_cent(share: float) -> int:
    return round(100 * share)


def _span(days: Sequence[date]) -> str:
    ends = unique(say_day(day) for day in (*days[:1], *days[-1:]))
    return " – ".join(ends) or "undated"
