"""Questions: declared before they are asked, with the rule that will settle them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that will turn out one way or the other by a day.

    Parameters
    ----------
    id, text : str
        Handle and wording.
    opens, closes : datetime.date
        First day on which it could be asked, last day of its window.
    since : datetime.date or None
        First day that counts; None for the day after it opens, as what is asked at the end of a
        day is about the days after it.
    variable : str
        What is asked about (``killed``, ``displaced``, ``holds-road[R1]`` ...); which ones a model
        answers is told in ``case/schema.py``.
    actors, recipients : tuple of str
        Parties, as actor ids.
    place : str
        Place id, empty for anywhere.
    statistic : str
        How the variable is summed up over the window (``any``, ``sum``, ``at-close`` ...).
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
    since: date | None = None

    @property
    def first_day(self) -> date:
        """First day that counts.

        Examples
        --------
        >>> may = Question(id="Q1", text="?", opens=date(2031, 5, 1), closes=date(2031, 5, 8))
        >>> may.first_day.isoformat()
        '2031-05-02'
        """
        return self.since or self.opens + timedelta(days=1)
