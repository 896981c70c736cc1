"""Days, intervals with their precision, and the as-of.

Evidence carries three times: when a thing happened (an `Interval`), when the public could know
it (`known_at`, a UTC day) and when we had it (`recorded_at`, a UTC instant). An as-of is the end
of a UTC day, so days are all that comparisons with it need.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from foreshock.core.errors import TimeError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")

EARLIEST, LATEST = date(1000, 1, 1), date(2999, 12, 31)
"""Days outside are slips of the keyboard; within them no reckoning leaves the calendar."""

LONGEST_INSTANT = timedelta(days=3)
"""A claim about a longer span is a summary of many acts, not one act (see `Interval.agrees`)."""


class Precision(StrEnum):
    """What the two days of an interval mean."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    WITHIN = "within"
    BY = "by"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Interval:
    """When something happened, as far as it was told.

    Parameters
    ----------
    start, end : datetime.date
        First and last possible day, both included.
    precision : Precision
        Whether the act fell *somewhere* between the days (day, week, month, year, within, by) or
        *lasted* from the first to the last (span).

    Raises
    ------
    TimeError
        If the interval ends before it starts.

    Examples
    --------
    >>> Interval.parse("2020-02").days, str(Interval.parse("2020-02"))
    (29, 'Feb 2020')
    >>> str(Interval.parse("2019-12-01", "2020-02-02", "span"))
    '1 Dec 2019 to 2 Feb 2020'
    """

    start: date
    end: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        """Refuse an interval that runs backwards."""
        if self.end < self.start:
            raise TimeError(
                f"the interval ends ({self.end}) before it starts ({self.start})",
                mend="exchange the two days",
            )

    @classmethod
    def parse(cls, start: str, end: str = "", precision: str = "") -> Interval:
        """Read an interval from text: days, months, years or ISO weeks.

        Parameters
        ----------
        start, end : str
            ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or ``YYYY-Www``; an empty end is the start's.
            With precision ``by`` an empty start means "nobody said since when" and is taken as
            the last day itself.
        precision : str
            A `Precision`; empty for the one that the form of the dates implies.

        Returns
        -------
        Interval

        Raises
        ------
        TimeError
            If a date does not exist or the precision is unknown.

        Examples
        --------
        >>> str(Interval.parse("", "2020-02-29", "by"))
        'no later than 29 Feb 2020'
        """
        start, end = start.strip(), end.strip()
        first, implied = parse_period(start or end)
        last, _ = parse_period(end or start)
        if precision:
            try:
                chosen = Precision(precision.strip())
            except ValueError:
                raise TimeError(
                    f"unknown precision {precision!r}", expected="one of " + ", ".join(Precision)
                ) from None
        else:
            chosen = implied if not end or end == start else Precision.WITHIN
        return cls(first[0], last[1], chosen)

    @property
    def days(self) -> int:
        """Number of days covered, at least 1."""
        return (self.end - self.start).days + 1

    @property
    def is_summary(self) -> bool:
        """Whether this speaks of a stretch of time rather than of one occasion."""
        return self.precision is Precision.SPAN and self.end - self.start >= LONGEST_INSTANT

    def widened(self, slack: timedelta) -> Interval:
        """Give the interval with some slack on either side.

        Examples
        --------
        >>> str(Interval.parse("2020-02-03").widened(timedelta(days=1)))
        'between 2 Feb 2020 and 4 Feb 2020'
        """
        precision = Precision.SPAN if self.precision is Precision.SPAN else Precision.WITHIN
        return Interval(self.start - slack, self.end + slack, precision)

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share at least one day.

        Examples
        --------
        >>> Interval.parse("2020-02-03").overlaps(Interval.parse("2020-02"))
        True
        """
        return self.start <= other.end and other.start <= self.end

    def agrees(self, other: Interval) -> bool:
        """Whether two tellings can be about one occasion, to within a day.

        Two occasions must share a day; whoever is unsure of the day says so by an interval of two.
        A summary over a stretch of time (longer than three days) agrees only with another summary
        of mostly the same days (`mostly`): the dead of a week are not the dead of one of its days.

        Examples
        --------
        >>> monday = Interval.parse("2020-02-03")
        >>> week = Interval.parse("2020-02-01", "2020-02-07", "span")
        >>> monday.agrees(Interval.parse("2020-02-03", "2020-02-04")), monday.agrees(week)
        (True, False)
        """
        if not self.overlaps(other):
            return False
        if self.is_summary != other.is_summary:
            return False
        return not self.is_summary or self.mostly(other)

    def mostly(self, other: Interval) -> bool:
        """Whether the two share at least half of the days that either covers.

        Examples
        --------
        >>> week = Interval.parse("2020-02-01", "2020-02-07", "span")
        >>> week.mostly(Interval.parse("2020-02-01", "2020-02-08", "span"))
        True
        >>> week.mostly(Interval.parse("2020-02-01", "2020-02-15", "span"))
        False
        """
        shared = (min(self.end, other.end) - max(self.start, other.start)).days + 1
        covered = (max(self.end, other.end) - min(self.start, other.start)).days + 1
        return shared > 0 and 2 * shared >= covered

    def __str__(self) -> str:
        """Say it as an analyst would."""
        match self.precision:
            case Precision.BY:
                return f"no later than {say_day(self.end)}"
            case Precision.MONTH:
                return f"{self.start:%b %Y}"
            case Precision.YEAR:
                return f"{self.start:%Y}"
        if self.start == self.end:
            return say_day(self.start)
        joint = "to" if self.precision is Precision.SPAN else "or"
        if self.precision is Precision.WEEK:
            return f"week of {say_day(self.start)}"
        if joint == "or" and self.days > 2:
            return f"between {say_day(self.start)} and {say_day(self.end)}"
        return f"{say_day(self.start)} {joint} {say_day(self.end)}"


def parse_period(text: str) -> tuple[tuple[date, date], Precision]:
    """Read a day, month, year or ISO week as its first and last day.

    Raises
    ------
    TimeError
        If the text is no such period or the day does not exist.

    Examples
    --------
    >>> parse_period("2020-W06")[0][0].isoformat()
    '2020-02-03'
    """
    first, last, precision = _period(text)
    if not EARLIEST <= first <= last <= LATEST:
        raise TimeError(f"the date {text!r} is out of range", expected=f"{EARLIEST} to {LATEST}")
    return (first, last), precision


def _period(text: str) -> tuple[date, date, Precision]:
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            return day, day, Precision.DAY
        if match := _MONTH.fullmatch(text):
            first = date(int(match[1]), int(match[2]), 1)
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            return first, following - timedelta(days=1), Precision.MONTH
        if match := _WEEK.fullmatch(text):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return monday, monday + timedelta(days=6), Precision.WEEK
        if _YEAR.fullmatch(text):
            return date(int(text), 1, 1), date(int(text), 12, 31), Precision.YEAR
    except (ValueError, OverflowError) as error:
        raise TimeError(f"no such date {text!r} ({error})", mend="check day and month") from None
    raise TimeError(
        f"cannot read the date {_shorten(text)!r}",
        expected="YYYY-MM-DD, YYYY-MM, YYYY or YYYY-Www",
    )


def parse_day(text: str) -> date:
    """Read one day.

    Raises
    ------
    TimeError
        If the text is not an existing day in the form YYYY-MM-DD.

    Examples
    --------
    >>> parse_day("2020-02-05")
    datetime.date(2020, 2, 5)
    """
    text = text.strip()
    if not _DAY.fullmatch(text):
        raise TimeError(f"cannot read the day {_shorten(text)!r}", expected="a day like 2020-02-05")
    return parse_period(text)[0][0]


def parse_instant(text: str) -> datetime:
    """Read the instant by which evidence was recorded: a UTC timestamp, or the end of a day.

    Raises
    ------
    TimeError
        If the text is neither.

    Examples
    --------
    >>> parse_instant("2020-02-05").isoformat()
    '2020-02-05T23:59:59.999999+00:00'
    >>> parse_instant("2020-02-05T12:00+03:00").isoformat()
    '2020-02-05T09:00:00+00:00'
    """
    text = text.strip()
    if _DAY.fullmatch(text):
        day = parse_day(text)
        return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=UTC)
    try:
        instant = datetime.fromisoformat(text)
        parse_day(instant.date().isoformat())
    except (ValueError, TimeError):
        raise TimeError(
            f"cannot read the instant {_shorten(text)!r}",
            expected="a day like 2020-02-05 or an instant like 2020-02-05T12:00Z",
        ) from None
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def say_day(day: date) -> str:
    """Write a day without leading zeros.

    Examples
    --------
    >>> say_day(date(2020, 2, 5))
    '5 Feb 2020'
    """
    return f"{day.day} {day:%b %Y}"


def _shorten(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
