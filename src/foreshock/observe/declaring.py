"""What a user says of a file that the file does not say of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foreshock.core.errors import TableError, TimeError
from foreshock.core.spans import Span, joined
from foreshock.core.time import parse_day

ENCODINGS = ("utf-8", "iso-8859-1", "windows-1252")
"""Encodings that are read when somebody says so; none is ever guessed."""


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
    covers : tuple
        Spans of days that the file covers, in order; empty to find them in it.
    encoding : str
        One of `ENCODINGS`; empty where it is the format's.
    columns : pathlib.Path or None
        A file that says what the columns are, where the format leaves that to the user.
    """

    delay_days: int | None = None
    release: str = ""
    retrieved: date | None = None
    covers: tuple[Span, ...] = ()
    encoding: str = ""
    columns: Path | None = None


def declared(
    delay: int | None = None,
    release: str = "",
    retrieved: str | None = None,
    covers: Sequence[str] = (),
    encoding: str = "",
    columns: Path | None = None,
) -> Declared:
    """Read what the user says.

    Parameters
    ----------
    delay : int, optional
        Days, 0 or more.
    release : str
    retrieved : str, optional
        A day.
    covers : sequence of str
        Two days each, as ``2031-01-01..2031-12-31``.
    encoding : str
    columns : pathlib.Path, optional

    Raises
    ------
    TimeError
        If a day cannot be read, or the last comes before the first.
    TableError
        If the encoding is none of `ENCODINGS`.

    Examples
    --------
    >>> declared(covers=["2031-05-01..2031-05-31"]).covers
    ((datetime.date(2031, 5, 1), datetime.date(2031, 5, 31)),)
    """
    if encoding and encoding.lower() not in ENCODINGS:
        raise TableError(
            f"the encoding {encoding[:40]!r} is not read", expected="one of " + ", ".join(ENCODINGS)
        )
    return Declared(
        delay_days=delay,
        release=release,
        retrieved=parse_day(retrieved) if retrieved else None,
        covers=joined(_span(each) for each in covers),
        encoding=encoding.lower(),
        columns=columns,
    )


def _span(text: str) -> Span:
    first, dots, last = text.partition("..")
    if not dots:
        raise TimeError(f"cannot read the days {text[:40]!r}", expected="DAY..DAY")
    span = parse_day(first), parse_day(last)
    if span[1] < span[0]:
        raise TimeError(f"the days {text} run backwards", mend="exchange them")
    return span
