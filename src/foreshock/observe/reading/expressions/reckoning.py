"""Reckoning with days: the calendar behind "last week", "in January", "two months ago"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from foreshock.core.time import Interval, Precision

Unit = Literal["hour", "day", "week", "weekend", "month", "quarter", "year", "decade"]
Part = Literal["early", "mid", "late"]

ONE_DAY = timedelta(days=1)
NEAR = timedelta(days=60)
"""A day that is named without a year and comes so soon is the coming one, not last year's."""


def day(first: date) -> Interval:
    """Give one day as an interval."""
    return Interval(first, first)


def within(first: date, last: date) -> Interval:
    """Give the interval in which something fell."""
    return Interval(first, last, Precision.WITHIN)


def week(inside: date) -> Interval:
    """Give the week, Monday to Sunday, that holds a day.

    Examples
    --------
    >>> str(week(date(2020, 2, 5)))
    'week of 3 Feb 2020'
    """
    monday = inside - timedelta(days=inside.weekday())
    return Interval(monday, monday + timedelta(days=6), Precision.WEEK)


def weekend(inside: date) -> Interval:
    """Give the Saturday and Sunday of the week that holds a day."""
    saturday = inside + timedelta(days=5 - inside.weekday())
    return within(saturday, saturday + ONE_DAY)


def month(year_number: int, month_number: int) -> Interval:
    """Give a whole month.

    Raises
    ------
    ValueError
        If there is no such month or year.
    """
    first = date(year_number, month_number, 1)
    return Interval(first, months_later(first, 1) - ONE_DAY, Precision.MONTH)


def year(number: int) -> Interval:
    """Give a whole year."""
    return Interval(date(number, 1, 1), date(number, 12, 31), Precision.YEAR)


def decade(number: int) -> Interval:
    """Give the ten years that start with a year."""
    return within(date(number, 1, 1), date(number + 9, 12, 31))


def season(year_number: int, number: int) -> Interval:
    """Give a season of the northern half of the Earth: 0 spring, 1 summer, 2 autumn, 3 winter.

    Winter starts in the year that is named.

    Examples
    --------
    >>> str(season(2019, 3))
    'between 1 Dec 2019 and 29 Feb 2020'
    """
    first = months_later(date(year_number, 3, 1), 3 * number)
    return within(first, months_later(first, 3) - ONE_DAY)


def months_later(start: date, count: int) -> date:
    """Give the same day of a later (or earlier) month, or the last day that it has.

    Examples
    --------
    >>> months_later(date(2020, 3, 31), -1)
    datetime.date(2020, 2, 29)
    """
    months = 12 * start.year + start.month - 1 + count
    year_number, month_number = months // 12, months % 12 + 1
    longest = monthrange(year_number, month_number)[1]
    return date(year_number, month_number, min(start.day, longest))


def later(start: date, count: int, unit: Unit) -> date:
    """Give the day so many units later; earlier if the count is negative."""
    match unit:
        case "hour":
            return start + timedelta(days=(abs(count) + 23) // 24 * (1 if count > 0 else -1))
        case "day":
            return start + timedelta(days=count)
        case "week" | "weekend":
            return start + timedelta(weeks=count)
        case "month":
            return months_later(start, count)
        case "quarter":
            return months_later(start, 3 * count)
        case "year":
            return months_later(start, 12 * count)
        case "decade":
            return months_later(start, 120 * count)


def holding(inside: date, unit: Unit) -> Interval:
    """Give the day, week, month, year ... that holds a day.

    Examples
    --------
    >>> str(holding(date(2020, 2, 5), "quarter"))
    'between 1 Jan 2020 and 31 Mar 2020'
    """
    match unit:
        case "hour" | "day":
            return day(inside)
        case "week":
            return week(inside)
        case "weekend":
            return weekend(inside)
        case "month":
            return month(inside.year, inside.month)
        case "quarter":
            first = date(inside.year, 3 * ((inside.month - 1) // 3) + 1, 1)
            return within(first, months_later(first, 3) - ONE_DAY)
        case "year":
            return year(inside.year)
        case "decade":
            return decade(inside.year // 10 * 10)


def part(of: Interval, which: Part) -> Interval:
    """Give the first, middle or last third of an interval.

    Examples
    --------
    >>> str(part(month(2020, 3), "early")), str(part(year(2015), "mid"))
    ('between 1 Mar 2020 and 10 Mar 2020', 'between 1 May 2015 and 31 Aug 2015')
    """
    if of.precision is Precision.YEAR:
        first = {"early": 1, "mid": 5, "late": 9}[which]
        start = date(of.start.year, first, 1)
        return within(start, months_later(start, 4) - ONE_DAY)
    third = of.days // 3
    match which:
        case "early":
            return within(of.start, of.start + timedelta(days=max(third, 1) - 1))
        case "mid":
            return within(of.start + timedelta(days=third), of.end - timedelta(days=third))
        case "late":
            return within(of.end - timedelta(days=max(third, 1) - 1), of.end)


def weekday(number: int, today: date, *, ahead: bool = False, other: bool = False) -> date:
    """Give the last day of that name up to today, or the coming one.

    Parameters
    ----------
    number : int
        0 for Monday to 6 for Sunday.
    today : datetime.date
        Day of publication, which may itself be the day.
    ahead : bool
        Whether the coming one is meant.
    other : bool
        Whether it cannot be today ("last Tuesday", "next Tuesday").

    Examples
    --------
    >>> wednesday = date(2020, 2, 5)
    >>> weekday(1, wednesday).isoformat(), weekday(1, wednesday, ahead=True).isoformat()
    ('2020-02-04', '2020-02-11')
    """
    apart = (number - today.weekday()) % 7 if ahead else (today.weekday() - number) % 7
    if other and apart == 0:
        apart = 7
    return today + timedelta(days=apart if ahead else -apart)


def month_named(number: int, today: date, *, ahead: bool = False, other: bool = False) -> Interval:
    """Give the last month of that name that has started, or the coming one.

    Examples
    --------
    >>> str(month_named(2, date(2020, 2, 5))), str(month_named(2, date(2020, 2, 5), other=True))
    ('Feb 2020', 'Feb 2019')
    """
    if number == today.month and not other:
        return month(today.year, number)
    if ahead:
        return month(today.year + (number <= today.month), number)
    return month(today.year - (number >= today.month), number)


def day_named(number: int, month_number: int, today: date, *, ahead: bool = False) -> date:
    """Give the last day of that name up to today, or the coming one if it is near or meant.

    Raises
    ------
    ValueError
        If no year has such a day.

    Examples
    --------
    >>> day_named(29, 2, date(2019, 3, 1)).isoformat()
    '2016-02-29'
    """
    candidates = same_day(number, month_number, today)
    coming = min(candidate for candidate in candidates if candidate >= today)
    if ahead or coming - today <= NEAR:
        return coming
    return max(candidate for candidate in candidates if candidate <= today)


def same_day(number: int, month_number: int, today: date) -> list[date]:
    """Give the days of that name in the years around today.

    Raises
    ------
    ValueError
        If no year has such a day.
    """
    found = []
    for year_number in range(today.year - 8, today.year + 9):
        try:
            found.append(date(year_number, month_number, number))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"no month {month_number} has a day {number}")
    return found


def edge(of: Interval, which: Part, days: int) -> Interval:
    """Give the first or last days of an interval.

    Examples
    --------
    >>> str(edge(month(2020, 1), "late", 7))
    'between 25 Jan 2020 and 31 Jan 2020'
    """
    reach = timedelta(days=min(days, of.days) - 1)
    return (
        within(of.start, of.start + reach) if which == "early" else within(of.end - reach, of.end)
    )
