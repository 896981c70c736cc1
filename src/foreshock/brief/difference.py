"""What a new claim changes in the picture, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from foreshock.assess.picture import Picture, assess
from foreshock.brief.words import count_in_words, counted, joined, likelihood
from foreshock.case.adding import Addition
from foreshock.case.opening import Case
from foreshock.evidence.reconcile import Event

_NOTABLE = 0.01
"""Smaller shifts of a conflict share than a point are not worth a line."""


def changes(case: Case, addition: Addition) -> tuple[date, list[str]]:
    """Say what an addition to a case would change, on the first day that sees all of it.

    Returns
    -------
    datetime.date
        That day; the case's own if it is later.
    list of str
        One line each; empty if nothing changes.
    """
    days = [claim.known_at for claim in addition.claims if claim.known_at]
    evidence = case.store.view(case.name, max([*days, case.about.as_of]))
    more = evidence.with_more(addition.claims, addition.entries, datetime.now(UTC))
    focus = case.about.focus
    return evidence.as_of, difference(assess(evidence, focus), assess(more, focus))


def difference(before: Picture, after: Picture) -> list[str]:
    """Say what differs between two pictures of one day.

    Returns
    -------
    list of str
        One line each; empty if the picture is the same.
    """
    return [
        *_events(before, after),
        *_figures(before, after),
        *_relations(before, after),
        *_control(before, after),
        *_displaced(before, after),
        *_deadlines(before, after),
        *_struck(before, after),
    ]


def _events(before: Picture, after: Picture) -> Iterator[str]:
    homes = {claim: event for event in before.events.values() for claim in _told(event)}
    for event in after.events.values():
        fresh = [claim for claim in _told(event) if claim not in before.evidence.claims]
        if not fresh:
            continue
        earlier = next((homes[c] for c in _told(event) if c in homes), None)
        if earlier is None:
            yield (
                f"A new event: {event.summary} "
                f"({likelihood(event.belief.probability)}, {_per_cent(event)})"
            )
        else:
            yield (
                f"Joins a known event ({earlier.summary}): now {counted(event.reports, 'report')}, "
                f"{len(event.origins)} independent; {_per_cent(earlier)} before, "
                f"{_per_cent(event)} now"
            )


def _told(event: Event) -> tuple[str, ...]:
    return (*event.claims, *event.denials)


def _per_cent(event: Event) -> str:
    return f"{round(100 * event.belief.probability)} %"


def _figures(before: Picture, after: Picture) -> Iterator[str]:
    already = {(tally.what, tally.of, claim) for tally in before.disputes for claim in tally.claims}
    for tally in after.disputes:
        if not any((tally.what, tally.of, claim) in already for claim in tally.claims):
            whose = f", {after.evidence.actors.name(tally.of)}" if tally.of else ""
            yield f"A figure is now in dispute: {tally.what}{whose}"


def _relations(before: Picture, after: Picture) -> Iterator[str]:
    shares = {
        (dyad.a, dyad.b, channel.name): channel.now.mean
        for dyad in before.relations.dyads
        for channel in (dyad.deeds, dyad.words)
    }
    name = after.evidence.actors.name
    for dyad in after.relations.dyads:
        for channel in (dyad.deeds, dyad.words):
            earlier = shares.get((dyad.a, dyad.b, channel.name), channel.now.mean)
            if channel.now.enough and abs(channel.now.mean - earlier) >= _NOTABLE:
                yield (
                    f"{name(dyad.a)} and {name(dyad.b)}, in {channel.name}s: "
                    f"{earlier:.0%} conflictual before, {channel.now.mean:.0%} now"
                )


def _control(before: Picture, after: Picture) -> Iterator[str]:
    earlier = {h.place: (h.status, h.holders) for h in before.control}
    for holding in after.control:
        if earlier.get(holding.place) != (holding.status, holding.holders):
            names = joined([after.evidence.actors.name(holder) for holder in holding.holders])
            yield f"{after.evidence.places.name(holding.place)} is now {holding.status}: {names}"


def _displaced(before: Picture, after: Picture) -> Iterator[str]:
    earlier = {count.claim for count in before.displaced}
    for count in after.displaced:
        if count.claim not in earlier:
            who = after.evidence.source_name(count.speaker)
            yield f"A count of displaced people: {who}, {count_in_words(count)}"


def _deadlines(before: Picture, after: Picture) -> Iterator[str]:
    earlier = {(d.actors, d.recipients, d.due): d.status for d in before.deadlines}
    for deadline in after.deadlines:
        if earlier.get((deadline.actors, deadline.recipients, deadline.due)) != deadline.status:
            yield f"A deadline ({deadline.due}) is now {deadline.status}: {deadline.demand}"


def _struck(before: Picture, after: Picture) -> Iterator[str]:
    for claim, strike in after.evidence.struck.items():
        if claim not in before.evidence.struck:
            named = after.evidence.claims[claim]
            yield f"Struck through ({strike.relation}): {named.key or claim}, {named.summary}"
