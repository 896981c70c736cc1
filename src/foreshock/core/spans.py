"""Spans of days, the first and the last included, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

Span = tuple[date, date]

DAY = timedelta(days=1)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order; those that share a day or follow each other become one.

    Examples
    --------
    >>> days = [date(2031, 5, day) for day in (7, 1, 2, 9)]
    >>> [f"{first:%d}-{last:%d}" for first, last in joined((day, day) for day in days)]
    ['01-02', '07-07', '09-09']
    """
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + DAY:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def between(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Give what lies between spans that `joined` has put in order.

    Examples
    --------
    >>> may, july = (date(2031, 5, 1), date(2031, 5, 31)), (date(2031, 7, 1), date(2031, 7, 31))
    >>> [f"{first} to {last}" for first, last in between([may, july])]
    ['2031-06-01 to 2031-06-30']
    """
    return tuple((before[1] + DAY, after[0] - DAY) for before, after in pairwise(spans))


def around(day: date, spans: Iterable[Span]) -> Span | None:
    """Give the span in which a day lies; None if it lies in none.

    Examples
    --------
    >>> around(date(2031, 6, 1), [(date(2031, 5, 1), date(2031, 5, 31))]) is None
    True
    """
    return next(((first, last) for first, last in spans if first <= day <= last), None)
