"""Classes of a probability: how the map tints it. Colours stand in ``watch.css``."""

from __future__ import annotations

EDGES = (1, 5, 20, 45, 80)
"""Per cent at which a class begins; the last four are ends of words for probability too."""

NAMES = ("under 1 %", "1–4 %", "5–19 %", "20–44 %", "45–79 %", "80 % and more")


def tint(probability: float) -> int:
    """Give the class of a probability, from 0, by the per cent that are shown.

    Examples
    --------
    >>> tint(0.004), tint(0.0449), tint(0.99)
    (0, 1, 5)
    """
    if probability < 0.01:
        return 0
    shown = round(100 * probability)
    return sum(shown >= edge for edge in EDGES)
