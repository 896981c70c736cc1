"""``closures.csv``: borders, places, roads and camps that are shut for some days."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from foreshock.core.network import Closure, ClosureKind
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import Line, Placed, header_beyond, read_lines, whole

COLUMNS = ("closure_type", "name1", "name2", "closure_start", "closure_end")
_PAIRS = {ClosureKind.COUNTRY, ClosureKind.ROAD, ClosureKind.REDIRECTION}
"""What needs two names."""


def read_closures(
    path: Path, sites: Collection[str], countries: Collection[str], findings: Findings
) -> list[Placed[Closure]]:
    """Read what is shut when.

    Parameters
    ----------
    path : pathlib.Path
        There may be no such file.
    sites, countries : collection of str
        Known names.
    findings : Findings
        Takes what is wrong; a line with a fault gives no closure.

    Returns
    -------
    list of Placed
    """
    if not path.exists():
        return []
    _, data = header_beyond(read_lines(path, findings), len(COLUMNS), "closure_type")
    found = (_closure(line, sites, countries, path.name, findings) for line in data)
    return [placed for placed in found if placed is not None]


def _closure(
    line: Line,
    sites: Collection[str],
    countries: Collection[str],
    file: str,
    findings: Findings,
) -> Placed[Closure] | None:
    before = len(findings.faults)
    word = line.cell(0)
    if word not in set(ClosureKind):
        mend = "write " + ", ".join(ClosureKind)
        findings.fault(file, line.number, COLUMNS[0], f"unknown word {word[:60]!r}", mend)
        return None
    kind = ClosureKind(word)
    known, what = (countries, "country") if kind is ClosureKind.COUNTRY else (sites, "place")
    for at in (1, 2) if kind in _PAIRS else (1,):
        name = line.cell(at)
        if name not in known:
            said = f"no {what} {name[:60]!r} in locations.csv" if name else "the cell is empty"
            mend = findings.like(name, known, "correct the name")
            findings.fault(file, line.number, COLUMNS[at], said, mend)
    if kind not in _PAIRS and line.cell(2):
        said = f"{line.cell(2)[:60]!r} is not read: a {word} is shut towards all others"
        findings.warn(file, line.number, "name2", said, "leave it empty")
    start = whole(line.cell(3))
    if start is None:
        said = f"{line.cell(3)[:60]!r} is no number of days" if line.cell(3) else "no first day"
        findings.fault(file, line.number, COLUMNS[3], said, "write days since the start")
    end = whole(line.cell(4) or "-1")
    if end is None:
        said = f"{line.cell(4)[:60]!r} is no number of days"
        findings.fault(file, line.number, COLUMNS[4], said, "write a day, or -1 for never")
    if start is not None and end is not None and 0 < end < start:
        said = f"opens on day {end}, before it shuts on day {start}"
        findings.fault(file, line.number, COLUMNS[4], said, "correct it, or write -1 for never")
    if len(findings.faults) > before or start is None or end is None:
        return None
    _look(start, end, line.number, file, findings)
    # Flee opens on day 0 what it shuts on day 0; later than that a 0 never comes.
    stays = end < 0 or (end == 0 and start != 0)
    first, second = line.cell(1), line.cell(2) if kind in _PAIRS else ""
    closure = Closure(
        kind=kind, first=first, second=second, start=start, end=None if stays else end
    )
    return Placed(line.number, closure)


def _look(start: int, end: int, line: int, file: str, findings: Findings) -> None:
    if start < 0:
        what = f"shuts on day {start}, before the first; Flee never shuts it"
        findings.warn(file, line, COLUMNS[3], what, "write 0 if it is shut from the start")
    elif start == end:
        what = f"shuts and opens on day {start}, so that it is never shut"
        findings.warn(file, line, COLUMNS[4], what, "write -1 if it never opens again")
