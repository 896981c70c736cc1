"""Words for numbers: what "scores", "as many as" and "nearly" promise.

Rules only; finding the words in a text and joining them to a number is the reader's work.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from foreshock.core.errors import LexiconError
from foreshock.lexicon.tables import read_table

Modifier = Literal["low", "high", "about"]
"""What a word makes of the number after it: its low end, its high end, or its best value."""


class Bounds(NamedTuple):
    """How many a word stands for; None where the word does not say.

    Examples
    --------
    >>> low, best, high = bounds("dozens")
    >>> low, best, high
    (24, None, None)
    """

    low: int | None
    best: int | None
    high: int | None


def bounds(phrase: str) -> Bounds | None:
    """Give the count that a word or fixed phrase stands for.

    Parameters
    ----------
    phrase : str
        Such as ``scores`` or ``half a million``; case and spacing do not matter.

    Returns
    -------
    Bounds or None
        Low, best and high counts; None where the phrase is no word for a number.

    Examples
    --------
    >>> bounds("scores")
    Bounds(low=40, best=None, high=None)
    >>> bounds("Half a million").best
    500000
    >>> bounds("seven") is None
    True
    """
    return _words().get(_normal(phrase))


def modifier(phrase: str) -> Modifier | None:
    """Say what a word makes of the number that follows it.

    Parameters
    ----------
    phrase : str
        Such as ``as many as``; case and spacing do not matter.

    Returns
    -------
    {'low', 'high', 'about'} or None
        Which end the number is; None where the phrase is no such word.

    Examples
    --------
    >>> modifier("as many as"), modifier("upward of"), modifier("nearly")
    ('high', 'low', 'about')
    """
    rule = _modifiers().get(_normal(phrase))
    return rule[0] if rule else None


def band(phrase: str) -> tuple[float, float]:
    """Give the two factors that turn the number after an ``about`` word into low and high.

    Parameters
    ----------
    phrase : str
        A word for which `modifier` gives ``about``.

    Returns
    -------
    tuple of float
        Factors for low (at most 1) and for high (at least 1). Judgements, to be varied.

    Raises
    ------
    LexiconError
        If the phrase is no such word.

    Examples
    --------
    >>> band("nearly"), band("about")
    ((0.9, 1.0), (0.9, 1.1))
    """
    rule = _modifiers().get(_normal(phrase))
    if rule is None or rule[1] is None:
        raise LexiconError(
            f"{phrase!r} gives no band around a number",
            expected="a word such as 'about' or 'nearly'",
            mend="ask modifier() first; only 'about' words have a band",
        )
    return rule[1]


def _normal(phrase: str) -> str:
    return " ".join(phrase.casefold().split())


@cache
def _words() -> dict[str, Bounds]:
    return {
        word: Bounds(rule.get("low"), rule.get("best"), rule.get("high"))
        for rule in read_table("quantity_words")["word"]
        for word in rule["words"]
    }


@cache
def _modifiers() -> dict[str, tuple[Modifier, tuple[float, float] | None]]:
    return {
        word: (rule["bound"], tuple(rule["band"]) if "band" in rule else None)
        for rule in read_table("quantity_words")["modifier"]
        for word in rule["words"]
    }
