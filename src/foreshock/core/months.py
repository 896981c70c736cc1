"""Monthly counts: how many people were newly counted by month and place.

A cell that nobody listed is missing (not a number), never zero: a place that is not in a month's
table was not counted, or nobody says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import QuantityError, TimeError

Floats = NDArray[np.float64]


def month_after(month: date, number: int = 1) -> date:
    """Give the first day of the month so many months later, or earlier if negative.

    Examples
    --------
    >>> month_after(date(2031, 12, 31)).isoformat(), month_after(date(2031, 1, 1), -1).isoformat()
    ('2032-01-01', '2030-12-01')
    """
    since = month.year * 12 + month.month - 1 + number
    return date(since // 12, since % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    """Count the months from one to another; 0 if it is the same.

    Examples
    --------
    >>> months_between(date(2031, 11, 1), date(2032, 2, 1))
    3
    """
    return (last.year - first.year) * 12 + last.month - first.month


def parse_month(text: str) -> date:
    """Read a month as ``YYYY-MM``; a day of it will do.

    Raises
    ------
    TimeError
        If it is neither.

    Examples
    --------
    >>> parse_month("2031-05").isoformat()
    '2031-05-01'
    """
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01").replace(day=1)
    except ValueError as error:
        raise TimeError(f"no such month {text[:40]!r}", expected="a month like 2031-05") from error


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyCounts:
    """People by month and place.

    Parameters
    ----------
    first : datetime.date
        Any day of the first month.
    places : tuple of str
        One name a place, no two alike.
    people : ndarray of float, shape (month, place)
        0 or more; not a number where nobody listed it. Copied, and read-only from then on.

    Raises
    ------
    QuantityError
        If the shape does not fit, or a value is negative or infinite.

    Examples
    --------
    >>> counts = MonthlyCounts(date(2031, 5, 1), ("gondal", "glasstown"), [[7, np.nan], [0, 30]])
    >>> counts.last.isoformat(), counts.until(date(2031, 5, 1)).people.shape
    ('2031-06-01', (1, 2))
    """

    first: date
    places: tuple[str, ...]
    people: Floats

    def __post_init__(self) -> None:
        """Copy the counts, lock them, and refuse what nobody can count."""
        people = np.array(self.people, dtype=np.float64)
        places = tuple(self.places)
        if people.ndim != 2 or not len(people) or people.shape[1] != len(places):
            raise QuantityError(
                f"counts have the shape {people.shape}",
                expected=f"(months, {len(places)}) with at least one month",
            )
        if len(set(places)) < len(places):
            raise QuantityError("two places have one name", mend="name each differently")
        if np.isinf(people).any() or (people < 0).any():
            raise QuantityError("a count of people is negative or infinite", expected="0 or more")
        people.flags.writeable = False
        object.__setattr__(self, "first", self.first.replace(day=1))
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "people", people)

    @property
    def last(self) -> date:
        """First day of the last month."""
        return month_after(self.first, len(self.people) - 1)

    @property
    def digest(self) -> str:
        """Digest of all that it holds."""
        return digest("monthly counts", self.first, self.places, self.people.tobytes().hex())

    def row(self, month: date) -> int:
        """Give the row of a month.

        Raises
        ------
        TimeError
            If it is none of them.
        """
        found = months_between(self.first, month)
        if not 0 <= found < len(self.people):
            raise TimeError(
                f"no {month:%Y-%m} among the months",
                expected=f"a month from {self.first:%Y-%m} to {self.last:%Y-%m}",
            )
        return found

    def until(self, month: date) -> MonthlyCounts:
        """Give the same to the end of a month, that is what could be known then."""
        return MonthlyCounts(self.first, self.places, self.people[: self.row(month) + 1])
