"""What stands first on the page: what changed and why it counts as a change, and the deadlines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.brief.displacement_words import finding as displacement_finding
from foreshock.brief.document import Brief, ChangeItem, ControlStepItem, DeadlineItem, EventItem
from foreshock.brief.forecast_words import pair_of
from foreshock.brief.page.acts import figure, voices
from foreshock.brief.page.anchors import anchor, claim_anchor, event_anchor
from foreshock.brief.page.displacement_ahead import TOTAL
from foreshock.brief.page.pairs_ahead import finding, pair_anchor
from foreshock.brief.words import counted, joined, likelihood_range
from foreshock.core.time import say_day

RECENT = timedelta(days=30)
"""A deadline that ran out longer ago is history."""

KINDS = {"event": "act", "control": "control", "displaced": "displaced", "deadline": "deadline"}


FINDINGS = 2
"""So many pairs of actors, and so many theses put to the test, are told at the head."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence that the brief would tell if it could tell but a few, and where it leads."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed, why it counts as a change, and on what it rests."""

    kind: str
    day: str
    text: str
    href: str
    why: str
    likelihood: str
    sources: str
    actors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day by which somebody is to do something."""

    due: str
    left: str
    who: str
    demand: str
    otherwise: str
    status: str
    open: bool
    sources: str
    href: str
    past: bool


def findings(brief: Brief, panels: Collection[str]) -> list[Finding]:
    """Tell what became of what was said of relations, how the first pairs stand, who may flee.

    Parameters
    ----------
    brief : Brief
    panels : collection of str
        Anchors of the page's pictures, to lead to the right one.
    """
    relations = brief.relations
    pairs = [
        (dyad.sentence, anchor("pair", f"{dyad.a.id}|{dyad.b.id}"))
        for dyad in relations.dyads[:FINDINGS]
    ]
    theses = [
        (f"{thesis.text} {thesis.verdict}", anchor("thesis", thesis.claim))
        for thesis in relations.theses[:FINDINGS]
    ]
    ahead = [
        (f"{pair_of(series)}: {told}", pair_anchor(series.id))
        for series in brief.forecast.series[:1]
        if (told := finding(series))
    ]
    fleeing = [
        (told, TOTAL)
        for told in [displacement_finding(brief.displacement)]
        if told and brief.displacement.issued
    ]
    return [
        Finding(text, f"#{to}" if to in panels else "#relations")
        for text, to in (*theses, *pairs, *ahead, *fleeing)
    ]


def changes(brief: Brief) -> list[Change]:
    """List what changed, weightiest first."""
    writer = _Writer(brief)
    return [writer.change(change) for change in brief.changed]


def deadlines(brief: Brief) -> list[Deadline]:
    """List the deadlines: open ones first by day, then those that ran out, newest first."""
    writer = _Writer(brief)
    still_open = sorted(
        (d for d in brief.deadlines if d.status == "open"), key=lambda d: (d.due, d.claims)
    )
    closed = sorted(
        (d for d in brief.deadlines if d.status != "open"),
        key=lambda d: (d.due, d.claims),
        reverse=True,
    )
    return [writer.deadline(deadline) for deadline in (*still_open, *closed)]


class _Writer:
    """Looks up what a change is about."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.events = {event.id: event for event in brief.events}
        self.home = {
            claim: event.id for event in brief.events for claim in (*event.claims, *event.denials)
        }

    def change(self, change: ChangeItem) -> Change:
        event = self.events.get(change.about) if change.kind == "event" else None
        named = (*event.actors, *event.recipients) if event else ()
        return Change(
            kind=KINDS.get(change.kind, change.kind),
            day=event.when if event and event.when else say_day(change.on),
            text=change.text,
            href=self._href(change.claims, change.about if event else ""),
            why=self._why(change),
            likelihood=f"{event.belief.words} ({likelihood_range(event.belief.words)})"
            if event
            else "",
            sources=self._borne_out(event) if event else self._sources(change.claims),
            actors=" ".join(dict.fromkeys(actor.root or actor.id for actor in named)),
        )

    def deadline(self, deadline: DeadlineItem) -> Deadline:
        as_of = self.brief.as_of
        to = joined([actor.name for actor in deadline.recipients])
        days = (deadline.due - as_of).days
        claims = [*deadline.claims, *deadline.kept, *deadline.broken]
        return Deadline(
            due=say_day(deadline.due),
            left=f"{counted(days, 'day')} left" if days >= 0 else f"{counted(-days, 'day')} ago",
            who=joined([actor.name for actor in deadline.actors]) + (f" to {to}" if to else ""),
            demand=deadline.demand,
            otherwise=deadline.consequence,
            status=deadline.status,
            open=deadline.status == "open",
            sources=self._sources(claims),
            href=self._href(claims),
            past=deadline.status != "open" and deadline.due <= as_of - RECENT,
        )

    def _href(self, claims: Sequence[str], event: str = "") -> str:
        known = next((claim for claim in claims if claim in self.brief.claims), "")
        home = event or self.home.get(known, "")
        if home:
            return f"#{event_anchor(home)}"
        return f"#{claim_anchor(known)}" if known else "#evidence"

    def _borne_out(self, event: EventItem) -> str:
        denials = len(event.denials)
        denied = f", denied in {counted(denials, 'claim')}" if denials else ""
        return _told(event.reports, len(event.origins)) + denied

    def _sources(self, claims: Sequence[str]) -> str:
        told = [self.brief.claims[claim] for claim in claims if claim in self.brief.claims]
        return _told(len({claim.report for claim in told}), len({claim.origin for claim in told}))

    # ------------------------------------------------------------------ why

    def _why(self, change: ChangeItem) -> str:
        if change.kind == "control":
            return self._why_control(change)
        if change.kind == "displaced":
            return self._why_displaced(change)
        told = [self.brief.claims[claim] for claim in change.claims if claim in self.brief.claims]
        dated = [(claim.known_at, claim.id, claim) for claim in told if claim.known_at]
        if not dated:
            return ""
        day, _, first = min(dated, key=lambda found: found[:2])
        return f"first told on {say_day(day)} by {voices(first)}"

    def _why_control(self, change: ChangeItem) -> str:
        steps = [step for step in self.brief.control_history if step.place == change.about]
        before = [step for step in steps if step.day < change.on]
        if before:
            return f"until then {_held(before[-1])}"
        window = counted(self.brief.window, "day")
        return f"nobody had said in the last {window} who holds it"

    def _why_displaced(self, change: ChangeItem) -> str:
        earlier = [
            claim
            for claim in (self.brief.claims.get(key) for key in change.claims)
            if claim is not None and claim.id != change.about
        ]
        dated = [(claim.known_at or date.min, claim.id, claim) for claim in earlier]
        if not dated:
            return "this speaker's first count of this kind"
        day, _, claim = max(dated, key=lambda found: found[:2])
        counts = "; ".join(figure(quantity) for quantity in claim.quantities)
        when = f" ({say_day(day)})" if day != date.min else ""
        return f"this speaker's count before it{when}: {counts}"


def _told(reports: int, origins: int) -> str:
    return f"{counted(reports, 'report')}, {counted(origins, 'independent origin')}"


def _held(step: ControlStepItem) -> str:
    names = joined([holder.name for holder in step.holders])
    if step.status == "contested":
        return f"contested between {names}"
    return f"said to be held by {names}" if names else step.status
