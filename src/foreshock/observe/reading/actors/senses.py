"""What a word or name may mean, and the table in which a reader looks it up."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from foreshock.lexicon.gazetteer import Agent
from foreshock.observe.reading.text.tokens import tokens
from foreshock.observe.reading.text.words import Token


class Sense(NamedTuple):
    """One meaning of a name.

    Parameters
    ----------
    kind : str
        ``state``, ``capital``, ``body``, ``place``, ``adjective``, ``people``, ``ethnic``,
        ``person``, ``group``, ``organisation``, ``media``, ``agent`` or ``backed``.
    id, name, country, sector : str
        Of the entry.
    since, until : datetime.date or None
        Days on which this name means this.
    begins, ends : datetime.date or None
        Days of the entry: of a state that was, of a term of office.
    titled : bool
        Whether it means this only behind a title.
    whole : bool
        Whether it is a full name; a surname alone is not.
    agent : Agent or None
        The noun's rules.
    others : tuple of Sense
        Further owners in one word ("US-Russian").
    """

    kind: str
    id: str
    name: str
    country: str = ""
    sector: str = ""
    since: date | None = None
    until: date | None = None
    begins: date | None = None
    ends: date | None = None
    titled: bool = False
    whole: bool = True
    agent: Agent | None = None
    others: tuple[Sense, ...] = ()


class Reading(NamedTuple):
    """A name in the table: what follows its first word, its capital letters, its sense."""

    rest: tuple[str, ...]
    capitals: tuple[int, ...]
    sense: Sense


@dataclass(slots=True)
class Table:
    """Names by their first and second word; what is put in first is preferred.

    The second word of a name of one word is empty. Names wait as they were put in until their
    first word is looked up: a text meets few of them.
    """

    _waiting: dict[str, list[tuple[str, Sense]]] = field(default_factory=dict)
    _entries: dict[str, dict[str, list[Reading]]] = field(default_factory=dict)

    def add(self, name: str, sense: Sense) -> None:
        """Put a name in, and its spelling without hyphens."""
        self._add(name, sense)
        if "-" in name and sense.agent is None:
            self._add(name.replace("-", " "), sense)

    def _add(self, name: str, sense: Sense) -> None:
        first = _first(name)
        if first:
            self._waiting.setdefault(first, []).append((name, sense))

    def seconds(self, first: str) -> Mapping[str, list[Reading]] | None:
        """Give the names that begin with a word, by their second one; the longest first."""
        if first not in self._waiting:
            return self._entries.get(first)
        found = self._entries.setdefault(first, {})
        for name, sense in self._waiting.pop(first):
            words = _words(name)
            _, *rest = (_key(word.lower()) for word in words)
            reading = Reading(tuple(rest), tuple(_capital(word) for word in words), sense)
            found.setdefault(rest[0] if rest else "", []).append(reading)
        for readings in found.values():
            readings.sort(key=lambda reading: (-len(reading.rest), -sum(reading.capitals)))
        return found

    def longest(self, words: Sequence[Token], keys: Sequence[str], at: int) -> Found | None:
        """Give the longest name that starts at a word, with all its senses."""
        seconds = self.seconds(keys[at])
        if seconds is None:
            return None
        if at + 1 < len(keys):
            readings = seconds.get(keys[at + 1])
            if readings is not None:
                found = _longest(readings, words, keys, at)
                if found is not None:
                    return found
        readings = seconds.get("")
        return _longest(readings, words, keys, at) if readings is not None else None


def _longest(
    readings: list[Reading], words: Sequence[Token], keys: Sequence[str], at: int
) -> Found | None:
    senses: list[Sense] = []
    length = 0
    for rest, capitals, sense in readings:
        size = len(rest) + 1
        if size < length:
            break
        if size > 1 and (tuple(keys[at + 1 : at + size]) != rest or _mixed(words, at, size, sense)):
            continue
        if _fits(words, at, capitals):
            length = size
            senses.append(sense)
    return Found(at, at + length, tuple(senses)) if senses else None


class Found(NamedTuple):
    """A name in a sentence: tokens ``[first, last)`` and its possible senses."""

    first: int
    last: int
    senses: tuple[Sense, ...]


def key(word: Token) -> str:
    """Give the form under which a word is looked up: lower case, no dots, no accents.

    Examples
    --------
    >>> from foreshock.observe.reading.text.tokens import tokens
    >>> [key(word) for word in tokens("U.N. Córdoba")]
    ['un', 'cordoba']
    """
    return _key(word.lower)


def keys_of(words: Iterable[Token]) -> list[str]:
    """Give the keys of a sentence's words."""
    return [
        lower if (lower := word.lower).isascii() and "." not in lower else _key(lower)
        for word in words
    ]


def _key(lower: str) -> str:
    if "." in lower and len(lower) > 1:
        lower = lower.replace(".", "") or lower
    if lower.isascii():
        return lower
    bare = unicodedata.normalize("NFKD", lower)
    return "".join(mark for mark in bare if not unicodedata.combining(mark)) or lower


def _words(name: str) -> list[str]:
    """Part a name as a sentence would be."""
    return name.split() if _plain(name) else [token.text for token in tokens(name)]


def _first(name: str) -> str:
    """Give the key of a name's first word; empty if it has none."""
    first = name.partition(" ")[0]
    if not ((first.isascii() and first.isalnum()) or _plain(name)):
        first = next((token.text for token in tokens(name)), "")
    return _key(first.lower())


def _plain(name: str) -> bool:
    """Whether a name holds letters, digits, spaces and hyphens alone, so that spaces part it."""
    return name.isascii() and name.replace(" ", "").replace("-", "").isalnum()


CAPITAL, SHOUTED = 1, 2
"""A letter that must be a capital; a short abbreviation that must be written in capitals."""

SHORT = 3


def _capital(text: str) -> int:
    if not text[:1].isupper() or text.startswith(("Al-", "El-")):  # either is written
        return 0
    bare = text.replace(".", "")
    return SHOUTED if bare.isupper() and 1 < len(bare) <= SHORT else CAPITAL


def _mixed(words: Sequence[Token], at: int, size: int, sense: Sense) -> bool:
    """Whether a common noun runs into a name: "opposition Movement for ..."."""
    if sense.agent is None or words[at].text[:1].isupper():
        return False
    return any(word.text[:1].isupper() for word in words[at + 1 : at + size])


def _fits(words: Sequence[Token], at: int, capitals: tuple[int, ...]) -> bool:
    for number, need in enumerate(capitals):
        if need:
            text = words[at + number].text
            if need == SHOUTED:
                if not text.isupper():
                    return False
            elif not text[:1].isupper():
                return False
    return True
