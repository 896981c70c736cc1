"""A folder in Flee's format: ``input_csv/``, ``source_data/`` and perhaps ``simsetting.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from foreshock.case.faults import Fault
from foreshock.core.errors import CaseError
from foreshock.core.network import Closure, Counted, CountedCamp, Network, Road, Site
from foreshock.core.rules import MovementRules
from foreshock.observe.readers.flee.closures import read_closures
from foreshock.observe.readers.flee.conflicts import from_sites, read_conflict
from foreshock.observe.readers.flee.counts import (
    read_corrections,
    read_counts,
    with_corrections,
)
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import Placed
from foreshock.observe.readers.flee.period import read_period
from foreshock.observe.readers.flee.roads import read_roads
from foreshock.observe.readers.flee.settings import read_settings
from foreshock.observe.readers.flee.sites import read_sites

INPUT, SOURCE, SETTINGS = "input_csv", "source_data", "simsetting.yml"

_READ = {
    "locations.csv", "routes.csv", "closures.csv", "conflicts.csv", "sim_period.csv",
    "registration_corrections.csv",
}  # fmt: skip

_REFUSED = {
    "flood_level.csv": "floods",
    "forecast_flood_levels.csv": "floods",
    "agents.csv": "people given one by one",
    "major_routes.csv": "fixed routes",
    "location_changes.csv": "places that change what they are",
    "region_attributes_*.csv": "attributes of regions that change with time",
    "location_attributes_*.csv": "attributes of places that change with time",
}
"""Files that Flee reads and that change how people move, and what they are for."""

_IDLE = {
    "demographics_*.csv": "attributes of people, which only settings read that are refused",
    "conflict_period.csv": "the older name of sim_period.csv, which is there too",
}
"""Files that change nothing under any setting that is supported."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FleeFolder:
    """All that a folder says.

    Attributes
    ----------
    path : pathlib.Path
    network : Network
    counted : Counted
        What forecasts are scored against; empty where nothing was counted.
    settings : MovementRules or None
        None where the folder holds no ``simsetting.yml``.
    warnings : tuple of Fault
        What a person should look at.
    """

    path: Path
    network: Network
    counted: Counted
    settings: MovementRules | None
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What was read, with the lines on which it stands; parts that have faults are not whole."""

    sites: list[Placed[Site]]
    roads: list[Placed[Road]]
    closures: list[Placed[Closure]]
    camps: list[Placed[CountedCamp]]
    corrections: dict[str, list[Placed[int]]]


def is_flee_folder(path: Path) -> bool:
    """Tell a folder in this format from any other."""
    return (path / INPUT).is_dir()


def read_folder(path: Path, settings: Path | None = None) -> FleeFolder:
    """Read a folder in Flee's format as it stands.

    Parameters
    ----------
    path : pathlib.Path
    settings : pathlib.Path, optional
        A settings file to read in place of the folder's own.

    Returns
    -------
    FleeFolder

    Raises
    ------
    CaseError
        With every fault, its file, line, column and mend, if there is any; unsupported files and
        settings are among them, by name.

    Examples
    --------
    >>> read_folder(Path("ruritania"))
    Traceback (most recent call last):
    foreshock.core.errors.CaseError: ruritania: no folder input_csv in it. Mend: name a folder ...
    """
    findings = Findings()
    folder, _ = read_parts(path, findings, settings)
    if folder is None:
        number = len(findings.faults)
        raise CaseError(
            f"{number} {'fault' if number == 1 else 'faults'} in a folder in Flee's format",
            where=str(path),
            faults=tuple(str(fault) for fault in findings.faults),
        )
    return folder


def read_parts(
    path: Path, findings: Findings, settings: Path | None = None
) -> tuple[FleeFolder | None, Parts]:
    """Read a folder and gather what is found on the way.

    Parameters
    ----------
    path : pathlib.Path
    findings : Findings
    settings : pathlib.Path, optional
        A settings file to read in place of the folder's own.

    Returns
    -------
    folder : FleeFolder or None
        None if there are faults.
    parts : Parts
    """
    given = path / INPUT
    if not given.is_dir():
        raise CaseError(
            f"no folder {INPUT} in it",
            where=str(path),
            mend=f"name a folder that holds {INPUT} and {SOURCE}",
        )
    _check_files(path, findings)
    sites = read_sites(given / "locations.csv", findings)
    at = {placed.value.name: position for position, placed in enumerate(sites)}
    countries = {placed.value.country for placed in sites}
    roads = read_roads(given / "routes.csv", at, findings)
    closures = read_closures(given / "closures.csv", at, countries, findings)
    period = read_period(_period_file(given), findings)
    file = settings or path / SETTINGS
    rules = read_settings(file, findings) if settings or file.exists() else None
    camps: list[Placed[CountedCamp]] = []
    corrections: dict[str, list[Placed[int]]] = {}
    if period is not None:
        camps, total = read_counts(path / SOURCE, period.start, findings)
        corrections = read_corrections(
            given / "registration_corrections.csv",
            [placed.value.name for placed in camps],
            period.start,
            findings,
        )
        conflicts = given / "conflicts.csv"
        if conflicts.exists():
            conflict = read_conflict(conflicts, at, period.days, findings)
        else:
            what = "is missing; fighting begins on the days in locations.csv and goes on"
            findings.warn(conflicts.name, 0, "", what)
            conflict = from_sites([placed.value for placed in sites], period.days)
    parts = Parts(sites=sites, roads=roads, closures=closures, camps=camps, corrections=corrections)
    if findings.faults or period is None:
        return None, parts
    network = Network(
        name=path.resolve().name,
        start=period.start,
        days=period.days,
        sites=tuple(placed.value for placed in sites),
        roads=tuple(placed.value for placed in roads),
        closures=tuple(placed.value for placed in closures),
        conflict=conflict,
    )
    folder = FleeFolder(
        path=path,
        network=network,
        counted=with_corrections(camps, total, corrections),
        settings=rules,
        warnings=tuple(findings.warnings),
    )
    return folder, parts


def _period_file(given: Path) -> Path:
    file, older = given / "sim_period.csv", given / "conflict_period.csv"
    return older if older.exists() and not file.exists() else file


def _check_files(path: Path, findings: Findings) -> None:
    """Refuse by name what Flee would read and we would not; tell what is not read at all."""
    read = _READ | {_period_file(path / INPUT).name}
    unread = []
    for file in sorted(each.name for each in (path / INPUT).iterdir()):
        if file in read:
            continue
        refused = _matching(file, _REFUSED)
        idle = _matching(file, _IDLE)
        if refused:
            what = f"not supported: {refused}"
            findings.fault(file, 0, "", what, "take the file out to run without it")
        elif idle:
            findings.warn(file, 0, "", f"not read: {idle}")
        else:
            unread.append(file)
    if unread:
        findings.warn(INPUT, 0, "", f"not read, nor does Flee read them: {', '.join(unread)}")
    for file in sorted(each.name for each in path.glob("simsetting*")):
        if file != SETTINGS:
            findings.warn(file, 0, "", f"not read; settings are read from {SETTINGS}")


def _matching(file: str, patterns: dict[str, str]) -> str:
    return next((what for pattern, what in patterns.items() if fnmatch(file, pattern)), "")
