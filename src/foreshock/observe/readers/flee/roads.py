"""``routes.csv``: ways between places, open both ways."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from foreshock.core.network import Road
from foreshock.observe.readers.flee.attributes import read_attributes, tell_unread
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import Line, Placed, header_beyond, number, read_lines

COLUMNS = ("name1", "name2", "distance", "forced_redirection")
LONGEST = 40_100.0
"""Kilometres; no way around the earth is longer."""

_USED = {"walk_probability": (0.0, 1.0), "max_move_speed": (1e-6, LONGEST)}


def read_roads(path: Path, sites: Mapping[str, int], findings: Findings) -> list[Placed[Road]]:
    """Read the roads.

    Parameters
    ----------
    path : pathlib.Path
    sites : mapping of str to int
        Positions of the places by name.
    findings : Findings
        Takes what is wrong; a line with a fault gives no road.

    Returns
    -------
    list of Placed
        In the order of the file; a road that stands there twice is there twice.
    """
    further, data = header_beyond(read_lines(path, findings), len(COLUMNS), "name1")
    roads = []
    first: dict[frozenset[int], int] = {}
    tell_unread(further, _USED, path.name, findings)
    for line in data:
        road = _road(line, further, sites, path.name, findings)
        if road is None:
            continue
        roads.append(Placed(line.number, road))
        ends = frozenset((road.first, road.second))
        if ends in first:
            what = f"the same two places as on line {first[ends]}; the weight of the way doubles"
            findings.warn(path.name, line.number, "", what, "delete one of them")
        first.setdefault(ends, line.number)
    return roads


def _road(
    line: Line, further: list[str], sites: Mapping[str, int], file: str, findings: Findings
) -> Road | None:
    before = len(findings.faults)
    for at in (0, 1):
        name = line.cell(at)
        if name not in sites:
            what = f"no place {name[:60]!r} in locations.csv" if name else "the cell is empty"
            mend = findings.like(name, sites, "add it there, or correct the name")
            findings.fault(file, line.number, COLUMNS[at], what, mend)
    if line.cell(0) and line.cell(0) == line.cell(1):
        findings.fault(file, line.number, "name2", "a road from a place to itself", "delete it")
    km = _length(line, file, findings)
    redirection = line.cell(3).removesuffix(".0") or "0"
    if redirection not in {"0", "1", "2"}:
        what = f"{redirection[:60]!r} is not 0, 1 or 2"
        mend = "0 for nobody, 1 for people at name1, 2 for people at name2"
        findings.fault(file, line.number, "forced_redirection", what, mend)
    if len(line.cells) > len(COLUMNS) + len(further):
        what = f"{len(line.cells)} cells, but {len(COLUMNS) + len(further)} columns"
        findings.fault(file, line.number, "", what, "name further columns in the header")
    cells = line.cells[len(COLUMNS) :]
    attributes = read_attributes(further, cells, _USED, line, file, findings)
    if len(findings.faults) > before:
        return None
    return Road(
        first=sites[line.cell(0)],
        second=sites[line.cell(1)],
        km=km,
        redirection=int(redirection),
        attributes=attributes,
    )


def _length(line: Line, file: str, findings: Findings) -> float:
    cell = line.cell(2)
    km = number(cell)
    if km is None or not 0 <= km <= LONGEST:
        what = f"{cell[:60]!r} is no length of 0 to {LONGEST:,.0f} km" if cell else "no length"
        findings.fault(file, line.number, "distance", what, "write kilometres, such as 48 or 48.5")
        return 0.0
    if km == 0:
        findings.warn(file, line.number, "distance", "0 km", "write how far it is")
    return km
