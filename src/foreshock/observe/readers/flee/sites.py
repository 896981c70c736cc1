"""``locations.csv``: places, what they are, and how many live there."""

from __future__ import annotations

from pathlib import Path

from foreshock.core.network import Site, SiteKind
from foreshock.observe.readers.flee.attributes import read_attributes, tell_unread
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import (
    MOST_PEOPLE,
    Line,
    Placed,
    header_beyond,
    number,
    read_lines,
    whole,
)

COLUMNS = ("name", "region", "country", "lat", "lon", "location_type", "conflict_date", "pop/cap")

_USED = {
    "initial_idps": (0.0, float(MOST_PEOPLE)),
    "conflict_intensity": (0.0, 1.0),
    "deactivation_probability": (0.0, 1.0),
    "capacity_per_day": (0.0, 0.0),  # camps that grow are not supported
}

_KINDS = (
    ("camp", SiteKind.CAMP),
    ("conflict", SiteKind.CONFLICT),
    ("forward", SiteKind.HUB),
    ("marker", SiteKind.MARKER),
    ("default", SiteKind.TOWN),
    ("town", SiteKind.TOWN),
)
"""What a word for a kind contains, the first that fits."""


def kind_of(word: str) -> SiteKind | None:
    """Read what a place is from a word that contains a known one.

    Examples
    --------
    >>> [kind_of(word) for word in ("idpcamp", "Conflict_zone", "flood_zone")]
    [<SiteKind.IDP_CAMP: 'idpcamp'>, <SiteKind.CONFLICT: 'conflict_zone'>, None]
    """
    lowered = word.lower()
    kind = next((kind for part, kind in _KINDS if part in lowered), None)
    return SiteKind.IDP_CAMP if kind is SiteKind.CAMP and "idp" in lowered else kind


def read_sites(path: Path, findings: Findings) -> list[Placed[Site]]:
    """Read the places.

    Parameters
    ----------
    path : pathlib.Path
    findings : Findings
        Takes what is wrong; a line with a fault gives no place.

    Returns
    -------
    list of Placed
        In the order of the file; the first one's country is home.
    """
    further, data = header_beyond(read_lines(path, findings), len(COLUMNS), "name")
    tell_unread(further, _USED, path.name, findings)
    sites: list[Placed[Site]] = []
    seen: dict[str, int] = {}
    for line in data:
        site = _site(line, further, path.name, findings)
        if site is None:
            continue
        if site.name in seen:
            what = f"{site.name!r} stands on line {seen[site.name]} too"
            findings.fault(path.name, line.number, "name", what, "give each place its own name")
            continue
        seen[site.name] = line.number
        sites.append(Placed(line.number, site))
    if not sites and not findings.faults:
        findings.fault(path.name, 0, "", "no place in it", "give each place a line")
    return sites


def _site(line: Line, further: list[str], file: str, findings: Findings) -> Site | None:
    before = len(findings.faults)

    def fault(column: str, what: str, mend: str) -> None:
        findings.fault(file, line.number, column, what, mend)

    name = line.cell(0)
    if not name:
        fault("name", "the cell is empty", "fill it in")
    if line.spaced:
        what = f"blanks around {name!r} are left out; Flee takes them as part of the name"
        findings.warn(file, line.number, "name", what, "delete them")
    if len(line.cells) > len(COLUMNS) + len(further):
        what = f"{len(line.cells)} cells, but {len(COLUMNS) + len(further)} columns"
        fault("", what, "name further columns in the header, or put quotes around commas")
    kind = _kind(line, file, findings)
    lat = _degrees(line, 3, 90, file, findings)
    lon = _degrees(line, 4, 180, file, findings)
    conflict_day = _conflict_day(line, kind, file, findings)
    population = _population(line, kind, file, findings)
    cells = line.cells[len(COLUMNS) :]
    attributes = read_attributes(further, cells, _USED, line, file, findings)
    if len(findings.faults) > before or kind is None:
        return None
    return Site(
        name=name,
        kind=kind,
        country=line.cell(2),
        region=line.cell(1),
        lat=lat,
        lon=lon,
        population=population,
        conflict_day=conflict_day,
        attributes=attributes,
    )


def _kind(line: Line, file: str, findings: Findings) -> SiteKind | None:
    word = line.cell(5)
    kind = kind_of(word)
    if kind is None and "flood" in word.lower():
        what = f"{word!r}: floods are not supported"
        findings.fault(file, line.number, "location_type", what, "write town, or leave it out")
    elif kind is None:
        mend = "write conflict_zone, town, camp, idpcamp, forwarding_hub or marker"
        what = f"unknown word {word[:60]!r}" if word else "the cell is empty"
        findings.fault(file, line.number, "location_type", what, mend)
    return kind


def _degrees(line: Line, at: int, most: int, file: str, findings: Findings) -> float:
    cell = line.cell(at)
    if not cell:
        return float("nan")
    degrees = number(cell)
    if degrees is None or abs(degrees) > most:
        what = f"{cell[:60]!r} is no number of degrees from -{most} to {most}"
        findings.fault(file, line.number, COLUMNS[at], what, "write decimal degrees")
        return float("nan")
    return degrees


def _conflict_day(line: Line, kind: SiteKind | None, file: str, findings: Findings) -> int | None:
    cell = line.cell(6)
    if not cell:
        if kind is SiteKind.CONFLICT:
            what = "a conflict zone without the day on which fighting reaches it"
            findings.fault(file, line.number, "conflict_date", what, "write it; 0 is the first day")
        return None
    found = whole(cell)
    if found is None and kind is SiteKind.CONFLICT:
        what = f"{cell[:60]!r} is no number of days"
        findings.fault(file, line.number, "conflict_date", what, "write days since the start")
    elif found is None:
        what = f"{cell[:60]!r} is no number of days, and not read for a {kind}"
        findings.warn(file, line.number, "conflict_date", what, "leave it empty")
    return found


def _population(line: Line, kind: SiteKind | None, file: str, findings: Findings) -> int:
    camp = kind in {SiteKind.CAMP, SiteKind.IDP_CAMP}
    cell = line.cell(7)
    if not cell:
        if kind is SiteKind.CONFLICT:
            what = "no population, so that nobody can leave when there is fighting"
            findings.warn(file, line.number, "pop/cap", what, "write how many live there")
        elif camp:
            findings.warn(file, line.number, "pop/cap", "no capacity, so that it is unlimited")
        return 0
    people = whole(cell)
    if people is None or people > MOST_PEOPLE:
        what = f"{cell[:60]!r} is no number of persons up to {MOST_PEOPLE:,}"
        findings.fault(file, line.number, "pop/cap", what, "write a whole number without commas")
        return 0
    if people < 0 and not camp:
        what = f"{people}: fewer persons than none"
        findings.fault(file, line.number, "pop/cap", what, "leave it empty if it is not known")
        return 0
    if people < 0:
        findings.warn(file, line.number, "pop/cap", f"{people}: taken as unlimited", "write 0")
        return 0
    return people
