"""A check of a folder in Flee's format: faults that stop a run, and what a person should look at.

Beside what each file says wrong, files are held against each other: camps that nobody can reach,
capacities read off the counts that they will be scored on, and inputs that Flee reads and then does
nothing with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from foreshock.case.faults import Fault
from foreshock.core.network import ClosureKind, CountedCamp, Network, Site, SiteKind
from foreshock.observe.readers.flee.counts import LAYOUT
from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.folder import FleeFolder, Parts, read_parts
from foreshock.observe.readers.flee.lines import Placed

LEAKS_WITHIN = 0.02
"""A capacity so near to the largest count was read off it."""

SHOWN = 5
"""Names in one warning."""

_SITES, _ROADS, _CLOSURES, _CONFLICTS, _CORRECTIONS = (
    "locations.csv",
    "routes.csv",
    "closures.csv",
    "conflicts.csv",
    "registration_corrections.csv",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Checked:
    """What a check found.

    Attributes
    ----------
    folder : FleeFolder or None
        None if there are faults.
    faults : tuple of Fault
        What stops a run.
    warnings : tuple of Fault
        What does not, and is worth a look.
    """

    folder: FleeFolder | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check_folder(path: Path) -> Checked:
    """Check a folder in Flee's format.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    Checked

    Raises
    ------
    CaseError
        If it is no such folder.
    """
    findings = Findings()
    folder, parts = read_parts(path, findings)
    if parts.sites:
        _check_countries(parts.sites, findings)
        _check_reach(parts, folder.network if folder else None, findings)
        _check_closures(parts, findings)
        _check_roads(parts, findings)
        _check_camps(parts, findings)
        _check_corrections(parts, findings)
    if folder is not None:
        _check_fighting(folder.network, parts, findings)
        _check_span(folder, findings)
    return Checked(folder=folder, faults=tuple(findings.faults), warnings=tuple(findings.warnings))


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _check_countries(sites: Sequence[Placed[Site]], findings: Findings) -> None:
    first = sites[0]
    if not first.value.country:
        what = "the first place has no country, which makes home of all that have none"
        findings.warn(_SITES, first.line, "country", what, "write the country people flee from")


def _check_reach(parts: Parts, network: Network | None, findings: Findings) -> None:
    """Look for camps and origins from which no way leads to one another."""
    sites = [placed.value for placed in parts.sites]
    fighting: NDArray[np.bool_] = np.zeros(len(sites), dtype=np.bool_)
    if network is not None:
        fighting = (network.conflict > 0).max(axis=0, initial=False)
    origins = [
        at
        for at, site in enumerate(sites)
        if site.kind is SiteKind.CONFLICT or (fighting[at] and not site.is_camp)
    ]
    beside: dict[int, list[int]] = defaultdict(list)
    for road in parts.roads:
        beside[road.value.first].append(road.value.second)
        beside[road.value.second].append(road.value.first)
    reached = _reached(origins, beside)
    for at, placed in enumerate(parts.sites):
        if placed.value.is_camp and at not in reached:
            what = f"no way leads to {placed.value.name!r} from any place of fighting"
            findings.warn(_SITES, placed.line, "name", what, f"add a road to {_ROADS}")
    stuck = [sites[at].name for at in origins if not beside[at]]
    if stuck:
        what = f"no road leaves these places of fighting: {_listed(stuck)}"
        findings.warn(_ROADS, 0, "", what, "add a road to each")
    cut = [site.name for at, site in enumerate(sites) if not site.is_camp and at not in reached]
    if cut and origins:
        findings.warn(_ROADS, 0, "", f"no way leads there from fighting: {_listed(cut)}")
    if not origins:
        findings.warn(_SITES, 0, "location_type", "no conflict zone, so that nobody leaves")
    if not any(site.is_camp for site in sites):
        findings.warn(_SITES, 0, "location_type", "no camp, so that nobody is ever counted")


def _reached(origins: Iterable[int], beside: dict[int, list[int]]) -> set[int]:
    reached = set(origins)
    ahead = list(reached)
    while ahead:
        for other in beside[ahead.pop()]:
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return reached


def _check_closures(parts: Parts, findings: Findings) -> None:
    last: dict[tuple[str, ...], tuple[int, float]] = {}
    for placed in sorted(parts.closures, key=lambda each: each.value.start):
        closure = placed.value
        key = (closure.kind, *sorted((closure.first, closure.second)))
        before, until = last.get(key, (0, -1.0))
        if closure.start < until:
            what = f"shut already by line {before}; whichever opens first opens it"
            findings.warn(_CLOSURES, placed.line, "closure_start", what, "make one line of both")
        last[key] = (placed.line, float("inf") if closure.end is None else closure.end)
    links = [placed for placed in parts.closures if placed.value.kind is ClosureKind.ROAD]
    if links:
        what = f"{len(links)} closures of roads: Flee never shuts one, nor does mode compat"
        findings.warn(_CLOSURES, links[0].line, "closure_type", what, "run in mode fixed")
    kind = ClosureKind.REDIRECTION
    decrees = [placed for placed in parts.closures if placed.value.kind is kind]
    if decrees:
        what = f"{len(decrees)} ends of redirection: Flee redirects nobody, nor does mode compat"
        findings.warn(_CLOSURES, decrees[0].line, "closure_type", what, "run in mode fixed")


def _check_roads(parts: Parts, findings: Findings) -> None:
    for value, what in (
        (1, "Flee adds such a road twice and redirects nobody, as mode compat does"),
        (2, "Flee redirects nobody, nor does mode compat"),
    ):
        roads = [placed for placed in parts.roads if placed.value.redirection == value]
        if roads:
            said = f"{len(roads)} roads with {value}: {what}"
            findings.warn(_ROADS, roads[0].line, "forced_redirection", said, "run in mode fixed")


def _check_camps(parts: Parts, findings: Findings) -> None:
    sites = {placed.value.name: placed for placed in parts.sites}
    counted = {placed.value.name: placed.value for placed in parts.camps}
    for name, placed in sites.items():
        if not placed.value.is_camp or not counted:
            continue
        if name not in counted:
            what = f"{name!r} is a camp without counts; Flee stops there"
            findings.warn(_SITES, placed.line, "name", what, f"list its counts in {LAYOUT}")
        else:
            _check_capacity(placed, counted[name], findings)
    for camp in parts.camps:
        if camp.value.name not in sites:
            what = f"counts of {camp.value.name!r}, which is no place in {_SITES}"
            findings.warn(LAYOUT, camp.line, "name", what, "add it there, or correct the name")
        elif not sites[camp.value.name].value.is_camp:
            what = f"counts of {camp.value.name!r}, which is no camp; they are pushed, not scored"
            findings.warn(LAYOUT, camp.line, "name", what, "make it a camp, or leave it out")


def _check_capacity(placed: Placed[Site], counted: CountedCamp, findings: Findings) -> None:
    capacity, largest = placed.value.population, float(counted.people.max())
    if capacity > 0 and abs(capacity - largest) <= LEAKS_WITHIN * largest:
        near = "is" if capacity == largest else f"is within {LEAKS_WITHIN:.0%} of"
        what = (
            f"LEAK: the capacity {capacity:,} {near} the largest count ever made there "
            f"({largest:,.0f}); it was read off the series that it is scored on"
        )
        mend = "leave it empty, or write what was known of the site before"
        findings.warn(_SITES, placed.line, "pop/cap", what, mend)


def _check_corrections(parts: Parts, findings: Findings) -> None:
    counted = {placed.value.name: placed.value for placed in parts.camps}
    for name, days in parts.corrections.items():
        camp = counted[name]
        for placed in days:
            at = np.flatnonzero(camp.days == placed.value)
            if not len(at):
                what = f"{name!r} has no count on this day, so that nothing is corrected"
                mend = "write the day of a count; Flee stops there"
                findings.warn(_CORRECTIONS, placed.line, "date", what, mend)
            elif at[0] == 0 or camp.people[at[0] - 1] <= 0:
                what = f"{name!r} has no earlier count above 0, so that nothing is corrected"
                findings.warn(_CORRECTIONS, placed.line, "date", what, "delete the line")


def _check_fighting(network: Network, parts: Parts, findings: Findings) -> None:
    conflict = network.conflict
    at_once = [
        site.name
        for at, site in enumerate(network.sites)
        if site.kind is SiteKind.CONFLICT and site.conflict_day == 0 and not conflict[0, at]
    ]
    if at_once:
        what = f"no fighting on day 0, but {_SITES} has it from then: {_listed(at_once)}"
        mend = "make them agree; Flee goes by the places until fighting ends there"
        findings.warn(_CONFLICTS, 0, "", what, mend)
    fighting = conflict > 0
    changing = (fighting[1:] & fighting[:-1] & (conflict[1:] != conflict[:-1])).any(axis=0)
    names = [network.sites[at].name for at in np.flatnonzero(changing)]
    if names:
        what = f"fighting changes its intensity while it goes on: {_listed(names)}"
        mend = "run in mode fixed; Flee keeps the first intensity, as does mode compat"
        findings.warn(_CONFLICTS, 0, "", what, mend)
    people = np.array([site.population for site in network.sites])
    idle = ~(fighting & (people > 0)).any(axis=1)
    arrivals = np.zeros(network.days, dtype=np.int64)
    days = np.arange(network.days)
    for camp in parts.camps:
        series = camp.value.interpolated(days)
        arrivals[1:] += np.diff(series)
    lost = idle & (arrivals > 0)
    if lost.any():
        what = (
            f"on {lost.sum():,} days {arrivals[lost].sum():,} people set out, but there is no "
            f"fighting where anybody lives"
        )
        findings.warn(_CONFLICTS, 0, "", what, "correct the days of fighting, or the populations")


def _check_span(folder: FleeFolder, findings: Findings) -> None:
    days = folder.network.days
    after = [camp.name for camp in folder.counted.camps if camp.days[-1] >= days]
    if after:
        what = f"the period ends before the counts of {_listed(after)}"
        findings.warn("sim_period.csv", 0, "Length", what)
    short = [camp.name for camp in folder.counted.camps if camp.days[-1] < days - 1]
    if short:
        what = f"the last count is held on to the end of the period: {_listed(short)}"
        findings.warn("sim_period.csv", 0, "Length", what)
    late = [camp.name for camp in folder.counted.camps if camp.days[0] > 0]
    if late:
        what = (
            f"the first count comes after day 0 and is taken for the days before: {_listed(late)}"
        )
        findings.warn(LAYOUT, 0, "", what, "add a count on the first day")
