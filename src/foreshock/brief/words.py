"""Words for readers: probabilities with their range, quantities with their group, lists."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from foreshock.assess.displaced import Count
from foreshock.core.time import say_day
from foreshock.lexicon import load_ontology
from foreshock.lexicon.phrases import joined as joined

SCALE: tuple[tuple[float, float, str], ...] = (
    (0.00, 0.05, "almost certainly not"),
    (0.05, 0.20, "very unlikely"),
    (0.20, 0.45, "unlikely"),
    (0.45, 0.55, "about even"),
    (0.55, 0.80, "likely"),
    (0.80, 0.95, "very likely"),
    (0.95, 1.00, "almost certain"),
)
"""Words bound to ranges of probability; the ranges are printed wherever the words are."""


_HARMLESS = {"\u200c", "\u200d"}
"""The joiners that Persian and Arabic are written with."""


def likelihood(probability: float) -> str:
    """Say a probability in words.

    Examples
    --------
    >>> likelihood(0.7), likelihood(0.97)
    ('likely', 'almost certain')
    """
    return next((word for low, high, word in SCALE if low <= probability < high), SCALE[-1][2])


def likelihood_range(word: str) -> str:
    """Give the range that a word of the scale is bound to, in per cent.

    Examples
    --------
    >>> likelihood_range("likely")
    '55–80 %'
    """
    low, high = next((low, high) for low, high, name in SCALE if name == word)
    return f"{round(100 * low)}–{round(100 * high)} %"


def scale_in_words() -> str:
    """Explain the whole scale in a line."""
    return "; ".join(f"{word} {likelihood_range(word)}" for _, _, word in SCALE)


def count_in_words(count: Count) -> str:
    """Say a count of displaced people with what it counts and since when."""
    label = load_ontology().quantities[count.quantity.what].label
    moves = (
        f", counted in {count.quantity.unit}" if count.quantity.unit not in {"", "persons"} else ""
    )
    since = f" from {say_day(count.since)}" if count.since else ", since when not said,"
    ahead = "not yet fled: " if count.ahead else ""
    return f"{count.quantity.text} {ahead}{label}{moves}{since} to {say_day(count.until)}"


def counted(number: int, noun: str) -> str:
    """Write a number with its noun.

    Examples
    --------
    >>> counted(1, "report"), counted(3, "report")
    ('1 report', '3 reports')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def unique(items: Iterable[str]) -> list[str]:
    """Drop repetitions, keeping the order."""
    return list(dict.fromkeys(items))


def plain(text: str) -> str:
    """Make hostile text harmless: control characters become visible."""
    if text.isprintable():
        return text
    return "".join(
        "�"
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        and character not in _HARMLESS
        else character
        for character in text.replace("\n", " ").replace("\t", " ")
    )
