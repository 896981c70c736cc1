"""Units of a sentence: single words, and names, dates and counts taken as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foreshock.observe.reading.grammar.classes import Word, word_class
from foreshock.observe.reading.text.words import Token

NO_WORD = Word()

ACTOR, ADJECTIVE, DATE, COUNT, PLACE, DATELINE = "AC", "AJ", "DA", "CD", "PL", "DL"
"""Tags of units that stand for several words."""


class Unit:
    """One unit of a sentence.

    Attributes
    ----------
    first, last : int
        Tokens [first, last).
    lower, lemma : str
        Of the last word; the lemma as a noun until a tagger says otherwise.
    tag : str
        Part of speech (see `foreshock.observe.reading.grammar.tagging`).
    word : Word
        What the word can be.
    value : object
        The mention of an actor, a date, a count or a place that the unit stands for; else None.
    opening : str
        Its first word, in lower case.
    capital : bool
        Whether it begins with a capital.
    quoted : int
        Number of the quotation that it stands in, 0 if in none.
    """

    __slots__ = (
        "capital", "first", "last", "lemma", "lower", "opening", "quoted", "tag", "value", "word",
    )  # fmt: skip

    def __init__(
        self, first: int, last: int, lower: str, tag: str, word: Word, value: Any, capital: bool
    ) -> None:
        self.first = first
        self.last = last
        self.lower = lower
        self.lemma = word.noun or lower
        self.tag = tag
        self.word = word
        self.value = value
        self.capital = capital
        self.quoted = 0
        self.opening = lower

    def __repr__(self) -> str:
        return f"{self.lower}/{self.tag}"


def units_of(tokens: Sequence[Token], spans: Sequence[tuple[int, int, str, Any]]) -> list[Unit]:
    """Cut a sentence into units.

    Parameters
    ----------
    tokens : sequence of Token
    spans : sequence of tuple
        First token, the one after the last, tag and value of what is taken as one; in order and
        not overlapping.
    """
    units: list[Unit] = []
    at, following, count = 0, 0, len(tokens)
    while at < count:
        if following < len(spans) and spans[following][0] <= at:
            first, last, tag, value = spans[following]
            following += 1
            if first < at or last <= first:
                continue
            end = tokens[last - 1]
            word = NO_WORD if tag in {DATE, DATELINE} else word_class(end.lower)
            unit = Unit(first, last, end.lower, tag, word, value, True)
            unit.opening = tokens[first].lower
            units.append(unit)
            at = last
            continue
        token = tokens[at]
        word = word_class(token.lower) if token.lower[0].isalpha() else NO_WORD
        capital = token.text[0].isupper()
        units.append(Unit(at, at + 1, token.lower, "", word, None, capital))
        at += 1
    return units
