"""Questions: declared before they are asked, with the rule that will settle them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that will turn out one way or the other by a day.

    Parameters
    ----------
    id, text : str
        Handle and wording.
    opens, closes : datetime.date
        First day on which it could be asked, last day of its window.
    variable : str
        What is asked about (``killed``, ``displaced``, ``holds`` ...).
    actors, recipients : tuple of str
        Parties, as actor ids.
    place : str
        Place id, empty for anywhere.
    statistic : str
        How the variable is summed up over the window (``any``, ``sum``, ``last`` ...).
    comparison : str
        ``>=``, ``>``, ``<=``, ``<`` or ``=`` with the threshold; ``yes`` if it is enough that it
        happens; ``number`` where a number is asked for.
    threshold : float or None
        The value to compare with.
    resolver, rule : str
        Who settles it, and by what rule.
    """

    id: str
    text: str
    opens: date
    closes: date
    variable: str = ""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str = ""
    statistic: str = ""
    comparison: str = ""
    threshold: float | None = None
    resolver: str = ""
    rule: str = ""
    origin: str = ""
