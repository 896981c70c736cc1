"""A sentence with its known names, as the rules of phrases look at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from foreshock.lexicon.gazetteer import words
from foreshock.observe.reading.actors.building import Names
from foreshock.observe.reading.actors.units import Unit
from foreshock.observe.reading.record import Party, Span
from foreshock.observe.reading.text.words import Token

LONGEST_NAME = 6
INSIDE_NAMES = frozenset({"person", "place", "capital", "agent"})
"""Kinds that may be part of a longer unknown name."""


class Vocabulary(NamedTuple):
    """The small words of actors' phrases, by kind; see `foreshock.lexicon.gazetteer.words`.

    The last four are unions: ``before`` what may stand before a noun, ``joined`` the second half
    of words such as *eastern-based*, ``barred`` what is more likely a verb or starts a phrase of
    its own behind a bare name, ``between`` what may stand between joined owners.
    """

    modifier: frozenset[str]
    former: frozenset[str]
    number: frozenset[str]
    determiner: frozenset[str]
    place: frozenset[str]
    direction: frozenset[str]
    particle: frozenset[str]
    opener: frozenset[str]
    calendar: frozenset[str]
    verbish: frozenset[str]
    thing: frozenset[str]
    deed: frozenset[str]
    body: frozenset[str]
    armed_name: frozenset[str]
    participle: frozenset[str]
    verb: frozenset[str]
    helper: frozenset[str]
    apposed: frozenset[str]
    surname: frozenset[str]
    worldwide: frozenset[str]
    before: frozenset[str]
    joined: frozenset[str]
    barred: frozenset[str]
    between: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Give the small words, read once."""
    kinds = {kind: words(kind.replace("_", "-")) for kind in Vocabulary._fields[:-4]}
    before = kinds["modifier"] | kinds["former"] | kinds["number"]
    joined = words("backing") | words("leading")
    return Vocabulary(
        **kinds,
        before=before,
        joined=joined,
        barred=kinds["participle"] | kinds["number"],
        between=kinds["modifier"] | {"the"},
    )


class Sentence:
    """Words, their keys and the units among them, with the day and what the document explained."""

    __slots__ = ("aliases", "at", "day", "keys", "names", "tokens", "units", "words")

    def __init__(
        self,
        names: Names,
        tokens: Sequence[Token],
        keys: Sequence[str],
        units: list[Unit],
        day: date | None = None,
        aliases: dict[str, Party] | None = None,
    ) -> None:
        self.names = names
        self.tokens = tokens
        self.keys = keys
        self.units = units
        self.day = day
        self.aliases = aliases
        self.at = {unit.first: unit for unit in units}
        self.words = vocabulary()

    def key(self, at: int) -> str:
        """Give the key of a token; empty outside the sentence."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def capital(self, at: int) -> bool:
        """Whether a token starts with a capital letter."""
        return 0 <= at < len(self.tokens) and self.tokens[at].text[:1].isupper()

    def slice(self, first: int, last: int) -> str:
        """Give the words of ``[first, last)``, with one space where there was a gap."""
        tokens = self.tokens
        if last - first == 1:
            return tokens[first].text
        parts: list[str] = []
        end = tokens[first].start
        for token in tokens[first:last]:
            if token.start > end:
                parts.append(" ")
            parts.append(token.text)
            end = token.end
        return "".join(parts)

    def span(self, first: int, last: int) -> Span:
        """Give the offsets of ``[first, last)`` into the normalised text."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def follows_a_name(self, at: int) -> bool:
        """Whether a word that we do not know, written with a capital, stands before a token."""
        before = at - 1
        if not self.capital(before):
            return False
        word, small = self.keys[before], self.words
        return not (
            word in small.opener
            or word in small.calendar
            or word in small.before
            or word in small.direction
            or any(unit.last == at for unit in self.units)
        )

    def name_goes_on(self, unit: Unit) -> int:
        """Give the end of an unknown name that only begins like a known surname; 0 if it is one."""
        if any(sense.whole for sense in unit.senses if sense.kind == "person"):
            return 0
        end = self.name_end(unit.last)
        return end if end > unit.last else 0

    def name_end(self, at: int) -> int:
        """Give the token after an unknown name that starts here; the same token if there is none.

        A name is a run of words with capital letters; particles ("bin", "de") and initials may
        stand in it.
        """
        end = here = at
        small = self.words
        while here < len(self.keys) and here - at < LONGEST_NAME:
            word, text = self.keys[here], self.tokens[here].text
            unit = self.at.get(here)
            if unit is not None and (end == at or unit.kind not in INSIDE_NAMES):
                break
            if text[:1].isupper() and word not in small.calendar:
                if end == at and word in small.opener:
                    break
                end = here = here + 1
                if len(text) == 1 and self.key(here) == ".":
                    end = here = here + 1
            elif word in small.particle and self.capital(here + 1):
                here += 1
            else:
                break
        return end
