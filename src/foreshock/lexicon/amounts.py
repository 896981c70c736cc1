"""Amounts in words: "scores", "as many as half a million", "upward of a million", "1,000s"."""

from __future__ import annotations

import re

from foreshock.lexicon.quantity_words import band, bounds, modifier

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:\s*(hundred|thousand|million|billion|k|m))?")
_SCALE = {
    "": 1, "hundred": 100, "thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000,
    "billion": 1_000_000_000,
}  # fmt: skip
_UNITS = {
    word: value
    for value, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        )
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_LONGEST_MODIFIER = 4

Amount = tuple[float | None, float | None, float | None]


def bounds_in_words(phrase: str) -> Amount | None:
    """Read an amount in words as low, best and high.

    Parameters
    ----------
    phrase : str
        A number in digits or words, or a word for a number, perhaps after a modifier.

    Returns
    -------
    tuple of float or None
        Low, best, high, each None where the words do not say; None where this is no amount.

    Examples
    --------
    >>> bounds_in_words("as many as half a million"), bounds_in_words("upward of a million")
    ((None, None, 500000), (1000000, None, None))
    >>> bounds_in_words("scores"), bounds_in_words("1,000s"), bounds_in_words("many")
    ((40, None, None), (1000, None, None), None)
    >>> bounds_in_words("about two hundred and fifty")
    (225.0, 250, 275.0)
    """
    words = phrase.casefold().replace("-", " ").split()
    for length in range(min(_LONGEST_MODIFIER, len(words) - 1), 0, -1):
        head, rest = " ".join(words[:length]), " ".join(words[length:])
        kind = modifier(head)
        number = _number(rest)
        if kind is None or number is None:
            continue
        if kind == "low":
            return number, None, None
        if kind == "high":
            return None, None, number
        below, above = band(head)
        return number * below, number, number * above
    fixed = bounds(phrase) or bounds(" ".join(words))
    if fixed is not None:
        return fixed.low, fixed.best, fixed.high
    number = _number(" ".join(words))
    return None if number is None else (None, number, None)


def _number(text: str) -> float | None:
    """Read one number in digits or in words; None where it is none."""
    fixed = bounds(text)
    if fixed is not None:
        return fixed.best  # "up to dozens" sets no ceiling: dozens is no number
    if match := _NUMBER.fullmatch(text):
        value = float(match[1].replace(",", "")) * _SCALE[match[2] or ""]
        return int(value) if value.is_integer() else value
    return _spelled(text.split())


def _spelled(words: list[str]) -> float | None:
    total, group, seen = 0, 0, False
    for word in words:
        if word == "and" and seen:
            continue
        if word in {"a", "an"} and not seen:
            group = 1
        elif word in _UNITS:
            group += _UNITS[word]
        elif word in _TENS:
            group += _TENS[word]
        elif word == "hundred" and 0 < group < 100:
            group *= 100
        elif word in _SCALE and len(word) > 1 and group:
            total, group = total + group * _SCALE[word], 0
        else:
            return None
        seen = True
    return total + group if seen and words[-1] not in {"a", "an", "and"} else None
