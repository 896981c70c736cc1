"""Words of a sentence and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Token(NamedTuple):
    """A word or a mark, as it stands in the normalised text.

    ``start`` and ``end`` are offsets into the normalised text.
    """

    text: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as words.

    Parameters
    ----------
    number, paragraph : int
        Counted from 0 over the document.
    start, end : int
        Offsets into the normalised text.
    tokens : tuple of Token
    """

    number: int
    paragraph: int
    start: int
    end: int
    tokens: tuple[Token, ...]


def word_set(words: str) -> frozenset[str]:
    """Give the words of a line, for tables that are easier to read as running text.

    Examples
    --------
    >>> sorted(word_set("near outside"))
    ['near', 'outside']
    """
    return frozenset(words.split())
