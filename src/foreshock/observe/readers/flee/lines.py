"""Lines of the field's tables, which have no fixed header: cells by position, and their numbers."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from foreshock.case.decoding import LARGEST_FILE, decode
from foreshock.observe.readers.flee.findings import Findings

MOST_PEOPLE = 10**10
"""Persons in one cell; more is a slip of the pen."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,12}(\.0*)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?([0-9]{1,20}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", re.ASCII)
_DAY = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something read, and the line on which it stands."""

    line: int
    value: T


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something in it.

    Attributes
    ----------
    number : int
        Counted from 1.
    cells : list of str
        Without blanks around them, and without empty ones at the end.
    spaced : bool
        Whether there were blanks around the first cell.
    """

    number: int
    cells: list[str]
    spaced: bool = False

    @property
    def comment(self) -> bool:
        """Whether it is a header or a remark, not data."""
        return self.cells[0].startswith("#")

    def cell(self, at: int) -> str:
        """Give a cell; a missing one is empty."""
        return self.cells[at] if at < len(self.cells) else ""


def read_lines(path: Path, findings: Findings) -> list[Line]:
    """Read a table, skipping lines with nothing in them (see `each_line`)."""
    return list(each_line(path, findings))


def each_line(path: Path, findings: Findings) -> Iterator[Line]:
    """Read a table line by line, skipping lines with nothing in them.

    Parameters
    ----------
    path : pathlib.Path
    findings : Findings
        Takes the fault if it cannot be read.

    Yields
    ------
    Line
        Comments among them.
    """
    name = path.name
    try:
        if path.stat().st_size > LARGEST_FILE:
            findings.fault(name, 0, "", f"larger than {LARGEST_FILE:,} bytes", "split it")
            return
        raw = path.read_bytes()
    except OSError as error:
        findings.fault(name, 0, "", f"cannot be read ({error.strerror})", "put it there")
        return
    text, fault = decode(raw, name)
    if fault:
        findings.faults.append(fault)
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            spaced = bool(row) and row[0] != cells[0]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Line(number, cells, spaced)
            number = reader.line_num + 1
    except csv.Error as error:
        what, mend = f"not a table: {error}", "save it as CSV, with matching quotes"
        findings.fault(name, number, "", what, mend)


def header_beyond(lines: Sequence[Line], fixed: int, first: str) -> tuple[list[str], list[Line]]:
    """Split a table into the names of its further columns and its data.

    The first columns have a fixed meaning, whatever their header says; a header begins with ``#``,
    or with the usual name of the first column.

    Parameters
    ----------
    lines : sequence of Line
    fixed : int
        Number of columns with a fixed meaning.
    first : str
        Usual name of the first column.

    Returns
    -------
    further : list of str
    data : list of Line

    Examples
    --------
    >>> header_beyond([Line(1, ["#name1", "name2", "km", "walk"]), Line(2, ["a", "b", "7"])], 3,
    ...     "name1")
    (['walk'], [Line(number=2, cells=['a', 'b', '7'], spaced=False)])
    """
    further: list[str] = []
    data = []
    for line in lines:
        bare = line is lines[0] and line.cells[0].lower() == first
        if line.comment or bare:
            further += line.cells[fixed:]
        else:
            data.append(line)
    return further, data


def whole(cell: str) -> int | None:
    """Read a whole number; None if it is none, or has more than twelve digits.

    Examples
    --------
    >>> whole("-12"), whole("12.0"), whole("1.5"), whole("1e3"), whole("")
    (-12, 12, None, None, None)
    """
    return int(cell.partition(".")[0]) if _WHOLE.fullmatch(cell) else None


def number(cell: str) -> float | None:
    """Read a finite number; None if it is none.

    Examples
    --------
    >>> number("0.5"), number("1e3"), number("nan"), number("inf"), number("1_0"), number("1e999")
    (0.5, 1000.0, None, None, None, None)
    """
    if not _NUMBER.fullmatch(cell):
        return None
    value = float(cell)
    return value if math.isfinite(value) else None


def day(cell: str) -> date | None:
    """Read a day written as year, month, day; None if it is none.

    Examples
    --------
    >>> day("2012-02-29"), day("2012/3/1"), day("2013-02-29"), day("29.02.2012")
    (datetime.date(2012, 2, 29), datetime.date(2012, 3, 1), None, None)
    """
    match = _DAY.fullmatch(cell)
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
