"""When and where: the days and places that belong to an act."""

from __future__ import annotations

from datetime import date, timedelta

from foreshock.core.time import Interval, Precision
from foreshock.observe.reading.expressions.dates import DateMention, find_dates
from foreshock.observe.reading.grammar.clause import (
    ADVERBIAL,
    CONTENT,
    GERUND,
    INFINITIVE,
    JOINED,
    MAIN,
    RELATIVE,
    Clause,
    below,
)
from foreshock.observe.reading.names import slug
from foreshock.observe.reading.record import Where
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.spans import LOCATIVE

OLD = timedelta(days=7)
"""What ended longer before the publication is told as background."""

ONWARD = frozenset({"to", "towards", "toward", "into", "for"})
_NEARBY = LOCATIVE | {"on", "from", "over"}
_LANDS = frozenset({"capital", "state"})
_SHARING = frozenset({JOINED, GERUND, INFINITIVE})


def clause_at(parse: Parse, at: int) -> Clause | None:
    """Give the clause to which a unit beside the verbs belongs.

    What stands after a verb belongs to its clause, infinitives apart ("agreed to meet on Friday"
    is of the agreeing as much as of the meeting: it goes with the meeting only where a modal is);
    what opens a sentence belongs to its main clause.
    """
    owner: Clause | None = None
    for clause in parse.clauses:
        if clause.verb.first > at:
            if owner is None:
                return _main(parse) if clause.relation not in {MAIN} else clause
            if clause.first <= at and clause.relation in {CONTENT, ADVERBIAL, RELATIVE, JOINED}:
                return clause
            return owner
        owner = clause
    return owner


def _main(parse: Parse) -> Clause | None:
    for clause in parse.clauses:
        if clause.relation == MAIN and clause.verb.form == "finite":
            return clause
    return parse.clauses[0] if parse.clauses else None


def date_of(parse: Parse, clause: Clause | None, *, own: bool = False) -> DateMention | None:
    """Give the words that say when a clause's act took place; None if there are none.

    ``own``: only words of the clause itself, not those of one with which it shares a subject.
    """
    dates: list[tuple[int, DateMention]] = [
        (at, unit.value) for at, unit in enumerate(parse.units) if unit.tag == "DA"
    ]
    if not dates or clause is None:
        return None
    owners = [(clause_at(parse, at), mention) for at, mention in dates]
    at: Clause | None = clause
    while at is not None:
        for owner, mention in owners:
            if owner is at:
                return mention
        if own or at.relation not in _SHARING:
            break
        at = at.parent
    if own:
        return None
    for owner, mention in owners:  # "killed six and wounded nine on Sunday", "died when ..."
        if _same_time(owner, clause):
            return mention
    for owner, mention in owners:  # "agreed to meet on Friday"
        if owner is not None and owner.parent is clause and owner.relation == INFINITIVE:
            return mention
    return None


def _same_time(below: Clause | None, clause: Clause) -> bool:
    """Whether a clause tells what was done at the time of one above it."""
    at = below
    while at is not None and at is not clause:
        told = at.relation == ADVERBIAL and at.marker in {"when", "as", "while"}
        if not told and not (at.relation in {JOINED, GERUND} and at.inherited):
            return False
        at = at.parent
    return at is clause


def interval_of(
    mention: DateMention | None, parse: Parse, published: date | None, *, ahead: bool
) -> Interval | None:
    """Give the days of an act.

    Without words for them what happened had happened by the day of publication; what is still to
    come (``ahead``) has no day then, and "on Friday" is the coming one.
    """
    if mention is not None and mention.interval is not None:
        if ahead and published is not None and mention.interval.end < published:
            coming = find_dates(parse.sentence.tokens, published, ahead=True)
            again = next((each for each in coming if each.first == mention.first), mention)
            return again.interval
        return mention.interval
    if published is None or ahead:
        return None
    return Interval(published, published, Precision.BY)


def is_background(interval: Interval | None, published: date | None, told: str) -> bool:
    """Whether an act is told as history: it ended well before the day of publication."""
    if interval is None or published is None or not told:
        return False
    if told.lower().startswith("earlier"):
        return published - interval.start > OLD
    age = published - interval.end
    if interval.precision is not Precision.DAY and interval.days >= 7:
        return age > timedelta(0)
    return age > OLD


def places_of(
    parse: Parse, clause: Clause | None, moving: bool
) -> tuple[Where | None, tuple[Where, ...], tuple[Where, ...]]:
    """Give where an act took place, and from where to where if it is one of movement."""
    place: Where | None = None
    elsewhere: Where | None = None
    origins: list[Where] = []
    destinations: list[Where] = []
    for at, unit in enumerate(parse.units):
        if moving and unit.tag == "AC" and unit.value.kind in _LANDS and at:
            link = parse.units[at - 1].lower
            if clause_at(parse, at) is clause and link in ONWARD | {"from"}:
                (origins if link == "from" else destinations).append(_land(parse, at))
        if unit.tag != "PL":
            continue
        mention = unit.value.mention
        there = clause_at(parse, at)
        own = clause is not None and there is clause
        if moving and own and mention.preposition == "from":
            origins.append(mention.where)
        elif moving and own and mention.preposition in ONWARD:
            destinations.append(mention.where)
        elif own and place is None and (mention.preposition in _NEARBY or not mention.preposition):
            place = mention.where
        elif elsewhere is None and mention.preposition in LOCATIVE and _hang(clause, there):
            elsewhere = mention.where
    return place or elsewhere, tuple(origins), tuple(destinations)


def _land(parse: Parse, at: int) -> Where:
    """Give a country, or its capital, that is named as a party, as a place."""
    unit = parse.units[at]
    party = unit.value.parties[0]
    words = " ".join(token.text for token in parse.sentence.tokens[unit.first : unit.last])
    whole = unit.value.kind == "state"
    return Where(
        id=party.id if whole else slug(words),
        name=party.name if whole else words,
        country=party.country,
        kind="country" if whole else "city",
        precision="area" if whole else "exact",
        words=words,
        span=parse.text(at, at + 1),
    )


def _hang(one: Clause | None, other: Clause | None) -> bool:
    """Whether one of two clauses is what the other is about."""
    if one is None or other is None:
        return True
    return other in below(one) or one in below(other)


def somewhere(parse: Parse) -> Where | None:
    """Give the first place of a sentence in which something is said to have been done."""
    for unit in parse.units:
        if unit.tag == "PL" and unit.value.mention.preposition in LOCATIVE:
            where: Where = unit.value.mention.where
            return where
    return None
