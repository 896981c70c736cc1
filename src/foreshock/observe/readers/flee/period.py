"""``sim_period.csv``: the first day and the number of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import day, read_lines, whole

LONGEST = 36_525
"""Days; a hundred years."""


@dataclass(frozen=True, slots=True)
class Period:
    """The first day, and how many there are."""

    start: date
    days: int


def read_period(path: Path, findings: Findings) -> Period | None:
    """Read the period.

    Parameters
    ----------
    path : pathlib.Path
    findings : Findings
        Takes what is wrong.

    Returns
    -------
    Period or None
        None if there is a fault.
    """
    start: date | None = None
    days: int | None = None
    before = len(findings.faults)
    for line in read_lines(path, findings):
        key, cell = line.cell(0).lstrip("#").lower(), line.cell(1)
        if key == "startdate":
            start = day(cell)
            if start is None:
                what = f"{cell[:60]!r} is no day"
                findings.fault(path.name, line.number, "StartDate", what, "write it as yyyy-mm-dd")
        elif key == "length":
            days = whole(cell)
            if days is None or not 1 <= days <= LONGEST:
                what = f"{cell[:60]!r} is no number of days from 1 to {LONGEST:,}"
                findings.fault(path.name, line.number, "Length", what, "write a whole number")
        elif not line.comment:
            what = f"unknown word {line.cell(0)[:60]!r}"
            findings.warn(path.name, line.number, "", what, "write StartDate or Length")
    if len(findings.faults) > before:
        return None
    for name, value in (("StartDate", start), ("Length", days)):
        if value is None:
            findings.fault(path.name, 0, name, "is missing", f"add a line {name},...")
    return Period(start, days) if start is not None and days is not None else None
