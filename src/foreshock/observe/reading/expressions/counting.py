"""Numbers in words and figures: where one starts, where it ends, what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from foreshock.lexicon.amounts import bounds_in_words
from foreshock.lexicon.tables import read_table


class Number(NamedTuple):
    """A number as read: the index after it, and low, best and high where the words say."""

    last: int
    low: float | None
    best: float | None
    high: float | None


_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|m|mn|bn|tn)?")
_RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)-(\d[\d,]*(?:\.\d+)?)")
_MILLIONS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "dozen": 12, "score": 20, "lakh": 100_000, "crore": 10_000_000,
}  # fmt: skip
_TEENS = frozenset(
    (
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen",
    )
)  # fmt: skip
_TENS = frozenset(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
_MULTIPLIED = frozenset(
    ("few", "several", "couple", "couple of", "a few", "a couple", "a couple of")
)
_LONGEST = 12
"""Words in a number: nobody writes longer ones."""


@cache
def _phrases(kind: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Give the phrases of the table of quantity words by their first word, the longest first."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for rule in read_table("quantity_words")[kind]:
        for phrase in rule["words"]:
            words = tuple(phrase.split())
            phrases.setdefault(words[0], []).append(words)
    return MappingProxyType(
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in phrases.items()}
    )


@cache
def starts() -> frozenset[str]:
    """Give the words with which a number, or what is said of one, may start; figures may too."""
    compound = {f"{tens}-{unit}" for tens in _TENS for unit in _TEENS}
    return (
        _TEENS
        | _TENS
        | compound
        | frozenset(_phrases("word"))
        | frozenset(_phrases("modifier"))
        | {"a", "an", "between", "few", "half-dozen", "hundred", "thousand", "million"}
    )


def modifier_at(low: Sequence[str], i: int) -> int:
    """Give the index after the words at ``i`` that say how a number is meant; ``i`` if none do."""
    for words in _phrases("modifier").get(low[i], ()):
        if tuple(low[i : i + len(words)]) == words:
            return i + len(words)
    return i


def number_at(low: Sequence[str], i: int) -> Number | None:
    """Read the number that starts at a word.

    Parameters
    ----------
    low : sequence of str
        Words of a sentence in lower case.
    i : int
        Index of the first.

    Returns
    -------
    Number or None
        None if no number starts there.

    Examples
    --------
    >>> number_at("two hundred and fifty men".split(), 0)
    Number(last=4, low=None, best=250, high=None)
    >>> number_at("hundreds of thousands of men".split(), 0)
    Number(last=4, low=200000, best=None, high=None)
    >>> number_at("several hundred".split(), 0), number_at("30-35".split(), 0)
    (Number(last=2, low=300, best=None, high=None), Number(last=1, low=30, best=None, high=35))
    """
    if i >= len(low):
        return None
    word = low[i]
    if word[0].isdigit() or word == ".":
        figure = _figure(low, i)
        if figure is not None:
            return figure
    fixed = _fixed(low, i)
    spelled = _spelled(low, i)
    if spelled is not None and (fixed is None or spelled.last > fixed.last):
        return spelled
    return fixed


def _figure(low: Sequence[str], i: int) -> Number | None:
    word = low[i]
    if ends := _RANGE.fullmatch(word):
        first, last = _value(ends[1]), _value(ends[2])
        scale, j = _scale(low, i + 1)
        return Number(j, first * scale, None, last * scale) if first < last else None
    match = _FIGURE.fullmatch(word)
    if match is None:
        return None
    value = _value(match[1] + (match[2] or "")) * _MILLIONS.get(match[3] or "", 1)
    j = i + 1
    return _and_a_half(low, j, value) or _scaled(low, j, value)


def _scaled(low: Sequence[str], j: int, value: float) -> Number:
    scale, last = _scale(low, j)
    return Number(last, None, _whole(value * scale), None)


def _and_a_half(low: Sequence[str], j: int, value: float) -> Number | None:
    """Go on with "two" in "two and a half million"."""
    halved = tuple(low[j : j + 3]) == ("and", "a", "half")
    if halved and j + 3 < len(low) and low[j + 3] in SCALES:
        return _scaled(low, j + 3, value + 0.5)
    return None


def _value(figures: str) -> float:
    return _whole(float(figures.replace(",", "")))


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def _scale(low: Sequence[str], j: int) -> tuple[int, int]:
    """Give what the scale words at an index multiply by, and the index after them."""
    scale = 1
    for _ in range(2):
        if j < len(low) and low[j] in SCALES and low[j] != "score":
            scale *= SCALES[low[j]]
            j += 1
    return scale, j


def _fixed(low: Sequence[str], i: int) -> Number | None:
    """Read a fixed phrase: ``scores of``, ``half a million``, ``several hundred``."""
    if low[i] in {"half-dozen", "half-million"}:
        return Number(i + 1, None, 6 if low[i] == "half-dozen" else 500_000, None)
    for words in _phrases("word").get(low[i], ()):
        if tuple(low[i : i + len(words)]) == words:
            break
    else:
        return None
    phrase, j = " ".join(words), i + len(words)
    bounds = _bounds(phrase)
    if bounds is None:
        return None
    if phrase in _MULTIPLIED:
        scale, j = _scale(low, j)
        bounds = tuple(None if value is None else value * scale for value in bounds)
    return Number(j, *bounds)


def _spelled(low: Sequence[str], i: int) -> Number | None:
    """Read a number in words, taking in no word that cannot go on with it."""
    j, before = i, ""
    if low[i] in {"a", "an"}:
        j, before = i + 1, "unit"
    end = j
    while j < min(len(low), i + _LONGEST):
        kind = _kind(low[j])
        if low[j] == "and" and before in {"hundred", "scale"} and j + 1 < len(low):
            following = _kind(low[j + 1])
            if following not in {"unit", "tens", "both"}:
                break
            j, kind = j + 1, following
        if before not in _AFTER.get(kind, ()):
            break
        if kind == "scale" and low[j] in {"dozen", "score"} and before not in {"unit", "both"}:
            break
        j, before = j + 1, kind
        end = j
        if low[j - 1] in {"dozen", "score"}:
            break
    if end == i or (end == i + 1 and low[i] in {"a", "an"}):
        return None
    return _spelled_value(low, tuple(low[i:end]), end)


_AFTER = {
    "unit": ("", "tens", "hundred", "scale"),
    "tens": ("", "hundred", "scale"),
    "both": ("", "hundred", "scale"),
    "hundred": ("unit",),
    "scale": ("unit", "tens", "both", "hundred"),
}
"""After which kinds of word each kind may stand: "two three" is two numbers, not five."""


def _kind(word: str) -> str:
    if word in _TEENS:
        return "unit"
    if word in _TENS:
        return "tens"
    if word == "hundred":
        return "hundred"
    if word in SCALES:
        return "scale"
    tens, hyphen, unit = word.partition("-")
    return "both" if hyphen and tens in _TENS and unit in _TEENS else "none"


def _spelled_value(low: Sequence[str], words: tuple[str, ...], last: int) -> Number | None:
    if words[-1] in {"dozen", "score"} and len(words) == 2:
        count = _bounds(words[0]) if words[0] not in {"a", "an"} else (None, 1, None)
        if count is None or count[1] is None:
            return None
        return Number(last, None, count[1] * SCALES[words[-1]], None)
    bounds = _bounds(" ".join(words))
    if bounds is None:
        return None
    halved = _and_a_half(low, last, bounds[1]) if bounds[1] is not None else None
    return halved or Number(last, *bounds)


@lru_cache(maxsize=2048)
def _bounds(phrase: str) -> tuple[float | None, ...] | None:
    return bounds_in_words(phrase)
