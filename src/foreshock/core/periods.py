"""Periods in which things are counted: weeks from Monday, months, quarters and years."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from foreshock.core.errors import TimeError
from foreshock.core.months import month_after
from foreshock.core.time import EARLIEST, LATEST

PERIODS = ("week", "month", "quarter", "year")

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAY = timedelta(days=1)
_WRITTEN = {
    "week": re.compile(r"(?P<year>\d{4})-W(?P<number>\d\d)"),
    "month": re.compile(r"(?P<year>\d{4})-(?P<number>\d\d)"),
    "quarter": re.compile(r"(?P<year>\d{4})-Q(?P<number>[1-4])"),
    "year": re.compile(r"(?P<year>\d{4})(?P<number>)"),
}
_LIKE = {"week": "2031-W05", "month": "2031-05", "quarter": "2031-Q2", "year": "2031"}


def start_of(day: date, period: str) -> date:
    """Give the first day of the period in which a day lies.

    Raises
    ------
    TimeError
        If there is no such kind of period.

    Examples
    --------
    >>> [str(start_of(date(2031, 5, 29), period)) for period in PERIODS]
    ['2031-05-26', '2031-05-01', '2031-04-01', '2031-01-01']
    """
    if period == "week":
        return day - timedelta(days=day.weekday())
    months = _months(period)
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def after(start: date, period: str, number: int = 1) -> date:
    """Give the first day so many periods after the one that begins on a day.

    Examples
    --------
    >>> str(after(date(2031, 10, 1), "quarter")), str(after(date(2031, 1, 1), "week", -1))
    ('2032-01-01', '2030-12-25')
    """
    if period == "week":
        return start + timedelta(weeks=number)
    return month_after(start, _months(period) * number)


def last_day(start: date, period: str) -> date:
    """Give the last day of the period that begins on a day.

    Examples
    --------
    >>> str(last_day(date(2032, 2, 1), "month"))
    '2032-02-29'
    """
    return after(start, period) - _DAY


def periods_between(first: date, last: date, period: str) -> tuple[date, ...]:
    """Give the first days of all periods, from the one of a day to the one of another.

    Examples
    --------
    >>> [str(start) for start in periods_between(date(2031, 11, 9), date(2032, 1, 1), "month")]
    ['2031-11-01', '2031-12-01', '2032-01-01']
    """
    found, start = [], start_of(first, period)
    while start <= last:
        found.append(start)
        start = after(start, period)
    return tuple(found)


def unbroken(starts: tuple[date, ...], period: str) -> bool:
    """Whether days begin one period after the other.

    Examples
    --------
    >>> unbroken((date(2031, 5, 1), date(2031, 6, 1), date(2031, 8, 1)), "month")
    False
    """
    return starts[0] == start_of(starts[0], period) and all(
        after(before, period) == start for before, start in pairwise(starts)
    )


def write_period(start: date, period: str) -> str:
    """Write a period by its first day: ``2031-W05``, ``2031-05``, ``2031-Q2``, ``2031``.

    Examples
    --------
    >>> [write_period(start_of(date(2031, 5, 29), period), period) for period in PERIODS]
    ['2031-W22', '2031-05', '2031-Q2', '2031']
    """
    if period == "week":
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02d}"
    if period == "quarter":
        return f"{start.year:04d}-Q{(start.month + 2) // 3}"
    return f"{start.year:04d}-{start.month:02d}" if period == "month" else f"{start.year:04d}"


def read_period(text: str, period: str) -> date:
    """Read a period as `write_period` writes it, or as its first day.

    Raises
    ------
    TimeError
        If it is neither.

    Examples
    --------
    >>> str(read_period("2031-W22", "week")), str(read_period("2031-05-01", "month"))
    ('2031-05-26', '2031-05-01')
    >>> read_period("2031-05-02", "month")
    Traceback (most recent call last):
    foreshock.core.errors.TimeError: no month '2031-05-02'. Expected: a month like 2031-05.
    """
    _known(period)
    try:
        found = _day(text, period)
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found <= LATEST or start_of(found, period) != found:
        raise TimeError(f"no {period} {text[:40]!r}", expected=f"a {period} like {_LIKE[period]}")
    return found


def _day(text: str, period: str) -> date:
    match = _WRITTEN[period].fullmatch(text)
    if not match:
        return date.fromisoformat(text)
    year, number = int(match["year"]), int(match["number"] or 1)
    if period == "week":
        return date.fromisocalendar(year, number, 1)
    return date(year, (number - 1) * _months(period) + 1, 1)


def _months(period: str) -> int:
    _known(period)
    return _MONTHS[period]


def _known(period: str) -> None:
    if period not in PERIODS:
        raise TimeError(f"no period is called {period[:40]!r}", expected=", ".join(PERIODS))
