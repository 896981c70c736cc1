"""What is taken as one unit of a sentence: dates, actors, places and counts, none overlapping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.expressions.dates import DateMention
from foreshock.observe.reading.expressions.places import PlaceMention
from foreshock.observe.reading.expressions.quantities import Amount
from foreshock.observe.reading.grammar.units import (
    ACTOR,
    ADJECTIVE,
    COUNT,
    DATE,
    DATELINE,
    PLACE,
)
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.text.words import Token

Taken = tuple[int, int, str, Any]
"""First token, the one after the last, tag and value."""

_AUXILIARIES = word_list("have") | word_list("be")
_PARTS = word_list("parts_of_places")
_ACCOUNTS = frozenset({"user", "users", "account", "accounts", "page", "channel"})
_PEOPLE = frozenset({"agents", "people"})
LONGEST_DATELINE = 14
LOCATIVE = frozenset({"in", "at", "near", "outside", "around", "inside", "across", "throughout"})


class Located:
    """A place in the sentence with the state whose people live there."""

    __slots__ = ("kind", "mention", "parties")

    def __init__(self, mention: PlaceMention, parties: tuple[Party, ...]) -> None:
        self.mention = mention
        self.parties = parties
        self.kind = "place"


def taken(
    tokens: Sequence[Token],
    dates: Sequence[DateMention],
    actors: Sequence[Mention],
    places: Sequence[PlaceMention],
    amounts: Sequence[Amount],
    state: Callable[[str], Party | None],
) -> list[Taken]:
    """Choose what stands as one unit, in the order of the sentence.

    ``state`` gives the state of a country's code.

    A date goes before a name, a capital behind a locative preposition is a place, any other name
    of an actor goes before a place of that name, and a count is taken where nothing else is.
    """
    found: list[Taken] = []
    free = [True] * len(tokens)

    def take(first: int, last: int, tag: str, value: Any) -> bool:
        if first >= last or not all(free[first:last]):
            return False
        for at in range(first, last):
            free[at] = False
        found.append((first, last, tag, value))
        return True

    take(0, dateline(tokens), DATELINE, None)
    for date in dates:
        take(date.first, date.last, DATE, date)
    counts = {amount.last: amount.first for amount in amounts}
    counts.update(
        (at, amount.first) for amount in amounts for at in range(amount.first, amount.last)
    )
    for named in actors:
        cut = named_until(named, tokens)
        apart = any(cut < place.first < named.last for place in places)
        actor = named._replace(last=cut) if apart else named  # "three journalists | in Lima"
        behind = tokens[actor.first - 1].lower if actor.first else ""
        if behind in _PARTS and actor.first > 1:
            behind = tokens[actor.first - 2].lower  # "in central Lima"
        if actor.kind in {"capital", "adjective"} and behind in LOCATIVE:
            place = next((each for each in places if _overlap(each, actor)), None)
            if place is not None:  # "in Lima", "in Lima province"
                parties = actor.parties if actor.kind == "capital" else ()
                there = parties or _only(state(place.where.country))
                if take(place.first, place.last, PLACE, Located(place, there)):
                    continue
            if actor.kind == "capital":
                continue
        first = min(actor.first, counts.get(actor.first, actor.first))
        following = tokens[actor.last].lower if actor.last < len(tokens) else ""
        if actor.kind in {"organisation", "media"} and following in _ACCOUNTS:
            continue  # "a Twitter user" is not Twitter
        if tokens[actor.last - 1].lower == "public" and following.isalpha():
            continue  # "the most public signal" is no public
        if behind in _AUXILIARIES and tokens[actor.first].lower.endswith("ed"):
            continue  # "has displaced 60,000 people" names nobody as the displaced
        tag = ADJECTIVE if actor.kind == "adjective" else ACTOR
        take(first, actor.last, tag, actor) or take(actor.first, actor.last, tag, actor)
    for place in places:
        home = _only(state(place.where.country))
        take(place.first, place.last, PLACE, Located(place, home))
    for amount in amounts:
        take(amount.first, amount.last, COUNT, amount)
    found.sort(key=lambda each: each[0])
    return found


def dateline(tokens: Sequence[Token]) -> int:
    """Give the number of tokens in a dateline: "LIMA, May 3 (Andean News) -"; 0 if none.

    Examples
    --------
    >>> from foreshock.observe.reading.text.tokens import tokens
    >>> dateline(tokens("LIMA, May 3 (Andean News) - Police fired.")), dateline(tokens("Police."))
    (9, 0)
    """
    if len(tokens) < 3 or not (tokens[0].text.isupper() and len(tokens[0].text) > 2):
        return 0
    for at in range(1, min(LONGEST_DATELINE, len(tokens) - 1)):
        token = tokens[at]
        if token.text in {"-", "--"}:
            return at + 1
        if (
            token.lower.isalpha()
            and not token.text[0].isupper()
            and token.lower not in {"de", "el"}
        ):
            return 0
    return 0


def named_until(actor: Mention, tokens: Sequence[Token]) -> int:
    """Give the token before which people are named: "three journalists | in Lima"."""
    if actor.kind in _PEOPLE:
        for at in range(actor.first + 1, actor.last - 1):
            if tokens[at].lower in LOCATIVE:
                return at
    return actor.last


def _overlap(place: PlaceMention, actor: Mention) -> bool:
    return place.first < actor.last and actor.first < place.last


def _only(party: Party | None) -> tuple[Party, ...]:
    return () if party is None else (party,)
