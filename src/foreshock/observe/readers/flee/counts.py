"""``source_data/``: who was counted where, as reports came, and registrations that correct them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from foreshock.core.network import Counted, CountedCamp, Reports
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import (
    MOST_PEOPLE,
    Line,
    Placed,
    day,
    number,
    read_lines,
)

LAYOUT = "data_layout.csv"
TOTAL = "total"

_Series = list[tuple[int, float]]


def read_counts(
    folder: Path, start: date, findings: Findings
) -> tuple[list[Placed[CountedCamp]], CountedCamp | None]:
    """Read the counts that ``data_layout.csv`` lists, without corrections.

    Parameters
    ----------
    folder : pathlib.Path
        There may be none: then nothing was counted.
    start : datetime.date
        Day 0.
    findings : Findings
        Takes what is wrong.

    Returns
    -------
    camps : list of Placed
        With the line of the layout, in its order.
    total : CountedCamp or None
        The row ``total``.
    """
    layout = folder / LAYOUT
    if not layout.exists():
        findings.warn(LAYOUT, 0, "", f"there is none in {folder.name}, so that nothing was counted")
        return [], None
    camps: list[Placed[CountedCamp]] = []
    total: CountedCamp | None = None
    seen: dict[str, int] = {}
    rows = [line for line in read_lines(layout, findings) if not line.comment]
    for at, line in enumerate(rows):
        name = line.cell(0)
        counted = _counted(folder, line, start, findings)
        if name in seen:
            what = f"{name!r} stands on line {seen[name]} too"
            findings.fault(LAYOUT, line.number, "name", what, "list all its files on one line")
        seen.setdefault(name, line.number)
        if (name == TOTAL) != (at == 0):
            what = "Flee leaves the first row out of its sums, whatever its name"
            findings.warn(LAYOUT, line.number, "name", what, f"begin with {TOTAL},refugees.csv")
        if counted is not None and name == TOTAL:
            total = counted
        elif counted is not None:
            camps.append(Placed(line.number, counted))
    return camps, total


def _counted(folder: Path, line: Line, start: date, findings: Findings) -> CountedCamp | None:
    names = [cell for cell in line.cells[1:] if cell]
    if not line.cell(0) or not names:
        what = "a name and a file are needed"
        findings.fault(LAYOUT, line.number, "", what, "write name,file.csv")
        return None
    series = []
    for name in names:
        if Path(name).name != name:
            what = f"{name[:60]!r} is not the name of a file beside it"
            findings.fault(LAYOUT, line.number, "file", what, "put the file into this folder")
            return None
        found = _read_series(folder / name, start, findings)
        if not found:
            return None
        series.append(found)
    summed = series[0]
    for other, name in zip(series[1:], names[1:], strict=True):
        if [when for when, _ in summed] != [when for when, _ in other]:
            what = f"other days than in {names[0]}; Flee's sum of them errs between"
            findings.warn(name, 0, "", what, "give both a count on the same days")
        summed = added(summed, other)
    whole = _reports(summed)
    parts = tuple(_reports(each) for each in series) if len(series) > 1 else ()
    return CountedCamp(name=line.cell(0), days=whole.days, people=whole.people, parts=parts)


def _reports(series: _Series) -> Reports:
    return Reports(
        days=np.array([when for when, _ in series], dtype=np.int64),
        people=np.array([people for _, people in series], dtype=np.float64),
    )


def added(first: _Series, second: _Series) -> _Series:
    """Add two files of counts as Flee does, its slips included.

    Where the files have the same days, that is their sum. Otherwise a day of the second alone gets
    the first's *next* count, and days of the first after the last of the second are lost.

    Parameters
    ----------
    first, second : list of tuple of int, float
        Days and counts.

    Returns
    -------
    list of tuple of int, float

    Examples
    --------
    >>> added([(0, 1.0), (9, 5.0)], [(0, 10.0), (9, 20.0)])
    [(0, 11.0), (9, 25.0)]
    >>> added([(0, 1.0), (9, 5.0), (12, 6.0)], [(0, 10.0), (4, 20.0), (9, 30.0)])
    [(0, 11.0), (4, 25.0), (9, 35.0)]
    """
    total: _Series = []
    at, last = 0, 0.0
    for when, people in second:
        while when > first[at][0]:
            total.append((first[at][0], last + first[at][1]))
            if at == len(first) - 1:
                break
            at += 1
        if when <= first[at][0]:
            same = when == first[at][0]
            total.append((when, people + first[at][1]))
            last = people
            at += same and at < len(first) - 1
    return total


def _read_series(path: Path, start: date, findings: Findings) -> _Series:
    before = len(findings.faults)
    series: _Series = []
    lines = [line for line in read_lines(path, findings) if not line.comment]
    for at, line in enumerate(lines):
        if at == 0 and line.cell(0).lower() in {"date", "datetime", ""}:
            continue
        if not line.cell(1):
            continue
        when, people = day(line.cell(0)), number(line.cell(1))
        if when is None:
            what = f"{line.cell(0)[:60]!r} is no day"
            findings.fault(path.name, line.number, "date", what, "write it as yyyy-mm-dd")
        elif people is None or not 0 <= people <= MOST_PEOPLE:
            what = f"{line.cell(1)[:60]!r} is no number of persons from 0 to {MOST_PEOPLE:,}"
            findings.fault(path.name, line.number, "count", what, "write a number without commas")
        else:
            since = (when - start).days
            if series and since < series[-1][0]:
                what = f"{when} comes after a later day"
                findings.fault(path.name, line.number, "date", what, "put the days in order")
            elif series and since == series[-1][0]:
                what = f"{when} stands there twice; from then on the later line holds"
                findings.warn(path.name, line.number, "date", what, "delete one of them")
            series.append((since, people))
    if len(findings.faults) > before:
        return []
    if not series:
        findings.fault(path.name, 0, "", "no count in it", "write lines like 2012-02-29,1290")
    return series


def read_corrections(
    path: Path, camps: Sequence[str], start: date, findings: Findings
) -> dict[str, list[Placed[int]]]:
    """Read on which days registrations showed earlier counts to be off by a factor.

    Parameters
    ----------
    path : pathlib.Path
        There may be no such file.
    camps : sequence of str
        Names in the layout.
    start : datetime.date
        Day 0.
    findings : Findings
        Takes what is wrong.

    Returns
    -------
    dict of str to list of Placed
        Days by camp, in the order in which they are applied.
    """
    found: dict[str, list[Placed[int]]] = {}
    if not path.exists():
        return found
    for line in read_lines(path, findings):
        if line.comment:
            continue
        name, when = line.cell(0), day(line.cell(1))
        if name not in camps:
            what = f"no camp {name[:60]!r} in {LAYOUT}"
            mend = findings.like(name, camps, "correct the name, or delete the line")
            findings.fault(path.name, line.number, "name", what, mend)
        elif when is None:
            what = f"{line.cell(1)[:60]!r} is no day"
            findings.fault(path.name, line.number, "date", what, "write it as yyyy-mm-dd")
        else:
            if line.cell(2) not in {"", "normalize"}:
                what = f"{line.cell(2)[:60]!r} is not read"
                findings.warn(path.name, line.number, "", what, "write normalize, or nothing")
            found.setdefault(name, []).append(Placed(line.number, (when - start).days))
    return found


def with_corrections(
    camps: Sequence[Placed[CountedCamp]],
    total: CountedCamp | None,
    corrections: dict[str, list[Placed[int]]],
) -> Counted:
    """Put the corrections to the counts that they are of."""

    def corrected(camp: CountedCamp) -> CountedCamp:
        days = tuple(placed.value for placed in corrections.get(camp.name, ()))
        return CountedCamp(
            name=camp.name, days=camp.days, people=camp.people, corrections=days, parts=camp.parts
        )

    return Counted(camps=tuple(corrected(placed.value) for placed in camps), total=total)
