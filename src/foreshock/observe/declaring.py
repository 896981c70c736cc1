"""What a user says of a file that the file does not say of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foreshock.core.errors import TimeError
from foreshock.core.time import parse_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the user says of a file, where it is not to be taken from the file or the format.

    Attributes
    ----------
    delay_days : int or None
        Days from the end of an event to when the public could know.
    release : str
    retrieved : datetime.date or None
        Day on which the file was fetched.
    covers : tuple of datetime.date or None
        First and last day that the file covers.
    """

    delay_days: int | None = None
    release: str = ""
    retrieved: date | None = None
    covers: tuple[date, date] | None = None


def declared(
    delay: int | None = None,
    release: str = "",
    retrieved: str | None = None,
    covers: str | None = None,
) -> Declared:
    """Read what the user says.

    Parameters
    ----------
    delay : int, optional
        Days, 0 or more.
    release : str
    retrieved : str, optional
        A day.
    covers : str, optional
        Two days, as ``2031-01-01..2031-12-31``.

    Raises
    ------
    TimeError
        If a day cannot be read, or the last comes before the first.

    Examples
    --------
    >>> declared(covers="2031-01-01..2031-12-31").covers[1]
    datetime.date(2031, 12, 31)
    """
    days = None
    if covers:
        first, dots, last = covers.partition("..")
        if not dots:
            raise TimeError(f"cannot read the days {covers[:40]!r}", expected="DAY..DAY")
        days = parse_day(first), parse_day(last)
        if days[1] < days[0]:
            raise TimeError(f"the days {covers} run backwards", mend="exchange them")
    return Declared(
        delay_days=delay,
        release=release,
        retrieved=parse_day(retrieved) if retrieved else None,
        covers=days,
    )
