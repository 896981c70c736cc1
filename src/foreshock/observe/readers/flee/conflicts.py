"""``conflicts.csv``: intensity of fighting by day and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foreshock.core.network import Site, SiteKind
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import Line, each_line, number, whole

MOST_CELLS = 200_000_000
"""Days times places; more does not fit into memory."""


def read_conflict(
    path: Path, sites: Mapping[str, int], days: int, findings: Findings
) -> NDArray[np.float64]:
    """Read the fighting.

    Lines count from day 0 in the order of the file. Where there are fewer than days, the last line
    holds on, with a warning; what goes beyond is left out.

    Parameters
    ----------
    path : pathlib.Path
    sites : mapping of str to int
        Positions of the places by name.
    days : int
    findings : Findings
        Takes what is wrong.

    Returns
    -------
    ndarray, shape (day, site)
        Intensity, 0 to 1.
    """
    if days * len(sites) > MOST_CELLS:
        what = f"{days:,} days of {len(sites):,} places are more than {MOST_CELLS:,} numbers"
        findings.fault(path.name, 0, "", what, "shorten the period")
        return np.zeros((0, len(sites)))
    conflict = np.zeros((days, len(sites)))
    lines = each_line(path, findings)
    header = next(lines, None)
    if header is None:
        if not findings.faults:
            findings.fault(path.name, 0, "", "no day in it", "give each day a line, from 0 on")
        return conflict
    columns = _columns(header, sites, path.name, findings)
    table = np.zeros((days, len(columns)))
    filled, in_order = 0, True
    for line in lines:
        if line.comment or filled == days:
            continue
        in_order = in_order and _is_day(line, filled, path.name, findings)
        table[filled] = _intensities(line, columns, path.name, findings)
        filled += 1
    if filled < days:
        _tell_short(filled, days, path.name, findings)
    known = [at for at, name in enumerate(columns) if name in sites]
    unknown = [at for at, name in enumerate(columns) if name not in sites]
    for at in unknown:
        fighting = int(np.count_nonzero(table[:, at]))
        what = f"no such place in locations.csv; {fighting} days of fighting there are left out"
        mend = findings.like(columns[at], sites, "correct the name, or delete the column")
        findings.warn(path.name, header.number, columns[at][:60], what, mend)
    positions = [sites[columns[at]] for at in known]
    conflict[:filled, positions] = table[:filled, known]
    if 0 < filled < days:
        conflict[filled:] = conflict[filled - 1]
    return conflict


def from_sites(sites: Sequence[Site], days: int) -> NDArray[np.float64]:
    """Make the fighting from the days that the places themselves give, where there is no table.

    Parameters
    ----------
    sites : sequence of Site
    days : int

    Returns
    -------
    ndarray, shape (day, site)
        1 in a conflict zone from its day on, 0 elsewhere.

    Examples
    --------
    >>> zone = Site(name="gondal", kind=SiteKind.CONFLICT, conflict_day=2)
    >>> from_sites([zone], 4).T.tolist()
    [[0.0, 0.0, 1.0, 1.0]]
    """
    never = days
    begins = np.array(
        [
            site.conflict_day
            if site.kind is SiteKind.CONFLICT and site.conflict_day is not None
            else never
            for site in sites
        ]
    )
    fighting: NDArray[np.float64] = (np.arange(days)[:, None] >= begins).astype(np.float64)
    return fighting


def _columns(header: Line, sites: Mapping[str, int], file: str, findings: Findings) -> list[str]:
    names = header.cells[1:]
    seen: set[str] = set()
    for name in names:
        if name in seen:
            what = "the column stands twice" if name else "columns without a name"
            findings.fault(file, header.number, name[:60], what, "delete one of them")
        seen.add(name)
    if not names or (number(names[0]) is not None and names[0] not in sites):
        what = "no names of places in the first line"
        findings.fault(file, header.number, "", what, "write #Day and the names of the places")
    return names


def _intensities(
    line: Line, columns: Sequence[str], file: str, findings: Findings
) -> NDArray[np.float64]:
    cells, width = line.cells[1:], len(columns)
    if len(cells) == width:
        try:
            values = np.array(cells, dtype=np.float64)
        except ValueError:
            pass
        else:
            if ((values >= 0) & (values <= 1)).all():
                return values
    else:
        what = f"{len(cells)} cells after the day, but {width} places"
        findings.fault(file, line.number, "", what, "give each place a number from 0 to 1")
        return np.zeros(width)
    for name, cell in zip(columns, cells, strict=True):
        value = number(cell)
        if value is None or not 0 <= value <= 1:
            what = f"{cell[:60]!r} is no number from 0 to 1" if cell else "the cell is empty"
            findings.fault(file, line.number, name[:60], what, "write 0 for no fighting")
    return np.zeros(width)


def _is_day(line: Line, day: int, file: str, findings: Findings) -> bool:
    right = whole(line.cell(0)) == day
    if not right:
        what = f"day {line.cell(0)[:60]!r} stands where day {day} belongs; lines are counted"
        findings.warn(file, line.number, "Day", what, "give each day a line, from 0 on")
    return right


def _tell_short(filled: int, days: int, file: str, findings: Findings) -> None:
    if not filled:
        findings.fault(file, 0, "", "no day in it", "give each day a line, from 0 on")
        return
    what = f"{filled} days of {days}; the fighting of the last one is taken to go on"
    findings.warn(file, 0, "", what, "add the other days; Flee stops there")
