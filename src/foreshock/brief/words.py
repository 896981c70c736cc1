"""Words for readers: probabilities with their range, quantities with their group, lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from foreshock.core.quantities import Quantity
from foreshock.lexicon import load_ontology

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


def people(quantity: Quantity) -> str:
    """Say a quantity with its group, without what was done to it.

    Examples
    --------
    >>> people(Quantity("killed", "ruritania/soldiers", best=7))
    '7 soldiers'
    >>> people(Quantity("killed", "contractors", best=1))
    '1 contractor'
    """
    group = load_ontology().groups.get(quantity.category)
    noun = group.label if group else quantity.category
    if quantity.text == "1":
        noun = _SINGULAR.get(noun, noun.removesuffix("s"))
    unit = "" if quantity.unit in {"", "persons"} else f" {quantity.unit}"
    return f"{quantity.text}{unit}{' ' + noun if noun else ''}"


_SINGULAR = {"people": "person", "crew": "crew member", "personnel": "member of personnel",
             "children": "child", "women": "woman", "police": "police officer"}  # fmt: skip


def joined(names: Sequence[str], last: str = "and") -> str:
    """Join names as a sentence does.

    Examples
    --------
    >>> joined(["a", "b", "c"]), joined([])
    ('a, b and c', '')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


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
