"""Signs of a patron's restraint in the evidence, and whether the client's offensives slow after.

If a patron could restrain its client, the client should hold back after the two fell out in public
or after the patron dealt with somebody else over the same war. That can be looked for, unlike the
quantities of an assumption sheet. What is found is a pattern in what was reported: days on which
patrons deal are not chosen at random.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from foreshock.case.feeds import Feed
from foreshock.core.errors import TimeError
from foreshock.evidence.actors import ActorTree
from foreshock.evidence.claim import Kind
from foreshock.evidence.reconcile import Event
from foreshock.evidence.view import Evidence
from foreshock.lexicon import load_ontology
from foreshock.scenario.restraint.event_study import PLACEBOS, Slowing, event_study

SPANS = (7, 14)
"""Days after which a client should have been seen to hold back."""

FORCE = frozenset({"force"})
SEIZURE = "seize"
DEALS = frozenset({"AGREE", "RETREAT"})
"""What a patron does with others that would bind its client: agreements and truces."""

VAGUE = 5
"""An act or a deal told of more days than this has no day that could be compared."""

SETTLED = 0.9
"""Days of which less than this share is known are not compared: the last days always look quiet."""

DISAGREEMENT, DEAL = "public disagreement", "deal of the patron"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A day on which a patron may have held its client back.

    Attributes
    ----------
    day : datetime.date
        Middle of the days of which it is told.
    kind : str
        `DISAGREEMENT` or `DEAL`.
    event : str
        Event id.
    summary : str
    claims : tuple of str
        Claims that tell of it.
    """

    day: date
    kind: str
    event: str
    summary: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What a client did after signs of its patron's restraint.

    Attributes
    ----------
    patron, client : str
    first, last : datetime.date
        The days that are compared: since the case covers the client's offensives, up to the last
        one of which nearly all is known.
    acts : tuple of str
        The client's offensive acts in those days, by day and event id.
    vague : int
        Offensive acts that nobody gives a day.
    signs : tuple of Sign
        Those days on which it may have been held back, by day.
    studies : mapping of str to tuple of Slowing
        By kind of sign, one a span; "both" takes the two kinds together.
    by_hand : bool
        Whether people chose what to collect.
    """

    patron: str
    client: str
    first: date
    last: date
    acts: tuple[str, ...]
    vague: int
    signs: tuple[Sign, ...]
    studies: Mapping[str, tuple[Slowing, ...]]
    by_hand: bool


def reaction(
    evidence: Evidence,
    events: Mapping[str, Event],
    feeds: Iterable[Feed],
    patron: str,
    client: str,
    *,
    spans: Sequence[int] = SPANS,
    seed: int = 0,
    placebos: int = PLACEBOS,
) -> Reaction:
    """Look for a client that holds back when its patron wants it to.

    Parameters
    ----------
    evidence : Evidence
        What could be known by the as-of.
    events : mapping of str to Event
        The events of that evidence.
    feeds : iterable of Feed
        What the case collects: since when, and how late it becomes known.
    patron, client : str
        Actor ids.
    spans : sequence of int
        Days before and after to compare.
    seed, placebos : int
        Of the random days (see `event_study`).

    Raises
    ------
    TimeError
        If the case collects no acts of the client, or none that are settled by the as-of.
    """
    feeds = [feed for feed in feeds if any(doer == client for doer, _ in feed.pairs)]
    first, last = _covered(feeds, evidence.as_of, client)
    dated, vague = _offensives(evidence, events, client)
    counted = [(day, event) for day, event in dated if first <= day <= last]
    issues = {events[event].issue for _, event in counted if events[event].issue}
    signs = [
        sign
        for sign in _signs(evidence, events, patron, client, issues)
        if first <= sign.day <= last
    ]
    counts = np.zeros((last - first).days + 1, np.int64)
    np.add.at(counts, [(day - first).days for day, _ in counted], 1)
    return Reaction(
        patron=patron,
        client=client,
        first=first,
        last=last,
        acts=tuple(event for _, event in counted),
        vague=vague,
        signs=tuple(signs),
        studies={
            name: tuple(
                event_study(
                    counts,
                    [(sign.day - first).days for sign in signs if sign.kind in kinds],
                    span,
                    seed=seed,
                    placebos=placebos,
                )
                for span in spans
            )
            for name, kinds in (
                (DISAGREEMENT, {DISAGREEMENT}),
                (DEAL, {DEAL}),
                ("both", {DISAGREEMENT, DEAL}),
            )
        },
        by_hand=any(feed.by_hand for feed in feeds),
    )


def _covered(feeds: Sequence[Feed], as_of: date, client: str) -> tuple[date, date]:
    """Give the first day that every feed covers, and the last of which nearly all is known."""
    delays = [feed.delay for feed in feeds if feed.delay is not None]
    if not delays:
        raise TimeError(
            f"nobody says since when {client}'s offensives are collected and how late they are "
            "known",
            expected="a series in case.yaml with the client as its doer, and known_within",
            mend="declare the series; without it quiet days cannot be told from unobserved ones",
        )
    first = max(feed.since for feed in feeds)
    ages = range(max(delay.longest for delay in delays) + 1)
    wait = next(age for age in ages if all(delay.known(age) >= SETTLED for delay in delays))
    last = as_of - timedelta(days=wait)
    if last < first:
        raise TimeError(
            f"no day from {first} is settled by {as_of}",
            expected=f"an as-of from {first + timedelta(days=wait)} on",
            mend="choose a later as-of; days of which little is known yet would look quiet",
        )
    return first, last


def _offensives(
    evidence: Evidence, events: Mapping[str, Event], client: str
) -> tuple[list[tuple[date, str]], int]:
    """Give the client's attacks and captures by day, and how many have none."""
    found, vague = [], 0
    for key in sorted(events):
        event = events[key]
        kind = load_ontology().types.get(event.type)
        offensive = (kind is not None and kind.family in FORCE) or event.mode == SEIZURE
        if not (offensive and _told(event, evidence) and event.sign == "conflictual"):
            continue
        if any(_within(actor, client, evidence.actors) for actor in event.actors):
            day = _day(event)
            vague += day is None
            found += [] if day is None else [(day, key)]
    return sorted(found), vague


def _signs(
    evidence: Evidence,
    events: Mapping[str, Event],
    patron: str,
    client: str,
    issues: set[str],
) -> list[Sign]:
    found = []
    for key in sorted(events):
        event = events[key]
        day = _day(event)
        kind = _kind(event, patron, client, issues, evidence.actors)
        if kind and day is not None and _told(event, evidence):
            found.append(
                Sign(day=day, kind=kind, event=key, summary=event.summary, claims=event.claims)
            )
    return sorted(found, key=lambda sign: (sign.day, sign.event))


def _kind(event: Event, patron: str, client: str, issues: set[str], tree: ActorTree) -> str:
    def among(parties: Iterable[str], side: str) -> bool:
        return any(_within(party, side, tree) for party in parties)

    towards = (among(event.actors, patron) and among(event.recipients, client)) or (
        among(event.actors, client) and among(event.recipients, patron)
    )
    if event.channel == "word" and event.sign == "conflictual" and towards:
        return DISAGREEMENT
    others = [
        party
        for party in (*event.actors, *event.recipients)
        if not (_within(party, patron, tree) or _within(party, client, tree))
    ]
    deals = event.type in DEALS and event.sign == "cooperative" and event.mode != "withdraw"
    about = not event.issue or not issues or event.issue in issues
    return DEAL if deals and about and others and among(event.actors, patron) else ""


def _within(party: str, side: str, tree: ActorTree) -> bool:
    return party == side or side in tree.above(party)


def _told(event: Event, evidence: Evidence) -> bool:
    """Whether somebody says that it happened, as one act and not as a sum of many."""
    return bool(event.claims) and evidence.claims[event.leading].kind is Kind.EVENT


def _day(event: Event) -> date | None:
    if event.when is None or event.known_at is None:
        return None
    first, last = (min(day, event.known_at) for day in (event.when.start, event.when.end))
    if (last - first).days >= VAGUE:
        return None
    return date.fromordinal((first.toordinal() + last.toordinal()) // 2)
