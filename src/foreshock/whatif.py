"""What-ifs: what a sheet supposes, run through fighting, control and flight beside the forecast.

The forecast is made, and written into the ledger, as for a brief. What is supposed never is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from foreshock.assess.picture import Picture
from foreshock.brief.foreseen import Foreseen
from foreshock.case.faults import nearest
from foreshock.case.opening import Case
from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.reading import FOLDER, PlacedSheet, check_sheets, read_sheet, read_sheets
from foreshock.core.control import ControlOutlook
from foreshock.core.displacement import Displacement
from foreshock.core.errors import CaseError, ForecastRefused
from foreshock.core.outlook import Outlook
from foreshock.core.random import stream
from foreshock.cycle import observe, picture_of
from foreshock.evidence.view import Evidence
from foreshock.forecast.control.project import project as project_control
from foreshock.forecast.displacement.leaving import Supposed as SupposedFlight
from foreshock.forecast.displacement.project import project as project_displacement
from foreshock.foresee import HORIZON, MEMBERS, foresee
from foreshock.scenario.interventions.comparing import (
    compare_control,
    compare_fighting,
    compare_flight,
)
from foreshock.scenario.interventions.fighting import suppose_fighting
from foreshock.scenario.interventions.paths import Paths, draw_paths
from foreshock.scenario.interventions.results import Happening, Result, Turn, compare
from foreshock.scenario.sheets import unknown_on

TURNS = 6
"""How often every future is supposed. Control, whose futures are fewest, needs five for its rarest
changes to be told with a tenth of the variance of two runs apart."""


def what_if(
    case: Case,
    file: str | Path,
    as_of: date | None = None,
    *,
    recorded_by: datetime | None = None,
    members: int = MEMBERS,
    seed: int = 0,
    horizon: int = HORIZON,
    clock: Callable[[], datetime] | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> tuple[Result, Picture]:
    """Tell what a what-if changes against the forecast of a day.

    Parameters
    ----------
    case : Case
    file : str or pathlib.Path
        A sheet of the case, by its name, or any file.
    as_of, recorded_by
        See `foreshock.cycle.cycle`.
    members, seed, horizon : int
    clock, progress : callable, optional

    Returns
    -------
    result, picture
        The same for the same case, sheet, day and seed. The picture gives ids their names.

    Raises
    ------
    CaseError
        If the sheet has faults, or is of another kind.
    ForecastRefused
        If the sheet may not be used on that day, or nothing is forecast that it could change.
    """
    day = as_of or case.about.as_of
    progress("reading the evidence")
    evidence = observe(case, day, recorded_by)
    placed = _sheet(case, file)
    _check(placed, evidence)
    sheet = placed.sheet
    if not isinstance(sheet, WhatIf):
        raise CaseError(
            f"the sheet is of kind {sheet.kind!r}",
            placed.file,
            expected="what-if",
            mend="bargaining and restraint stand in: foreshock brief",
        )
    if reason := unknown_on(sheet, evidence):
        raise ForecastRefused(f"the what-if cannot be used: {reason}", placed.file)
    progress("working out the picture")
    picture = picture_of(case, evidence)
    progress(f"forecasting: {members:,} futures")
    forecast = foresee(case, picture, members, seed, horizon, clock)
    if forecast.outlook is None and forecast.displacement is None and forecast.control is None:
        raise ForecastRefused(f"there is no forecast to change. {forecast.reason}")
    progress("supposing")
    result = suppose(
        case, picture, forecast, sheet, placed.file,
        members=members, seed=seed, horizon=horizon, turns=TURNS,
    )  # fmt: skip
    return result, picture


def suppose(
    case: Case,
    picture: Picture,
    forecast: Foreseen,
    sheet: WhatIf,
    file: str,
    *,
    members: int,
    seed: int,
    horizon: int,
    turns: int,
) -> Result:
    """Suppose what a what-if says in every future of a forecast, some times over, and compare."""
    notes = []
    if forecast.outlook is None:
        notes.append(f"Fighting is left out. {forecast.reason}")
    if forecast.displacement is None:
        notes.append(f"Flight is left out. {forecast.displacement_reason}")
    if forecast.control is None:
        notes.append("Control is left out: no forecast of it is issued.")
    taken: list[list[Turn]] = []
    capped, set_in, in_force = 0, Counter[str](), Counter[str]()
    for turn in range(turns):
        paths = draw_paths(
            sheet, forecast.outlook, members=members, days=horizon, seed=seed, turn=turn,
            turns=turns,
        )  # fmt: skip
        burst, compared = suppose_once(case, picture, forecast, sheet, paths, seed, turn)
        capped += burst
        taken.append(compared)
        for name, active in paths.in_force.items():
            set_in[name] += int(active.any(axis=1).sum())
            in_force[name] += int(active[:, -1].sum())
    futures = members * turns
    notes += paths.notes
    if capped:
        notes.append(
            f"In {capped:,} of {futures:,} futures acts bring forth more than one each under what "
            "is supposed; they are held at a ceiling, and means say little."
        )
    return Result(
        sheet=sheet,
        file=file,
        as_of=picture.evidence.as_of,
        members=members,
        control_members=None if forecast.control is None else forecast.control.members,
        seed=seed,
        horizon=horizon,
        turns=turns,
        happenings=tuple(
            Happening(
                intervention=row.id,
                text=row.text,
                set_in=set_in[row.id] / futures,
                in_force=in_force[row.id] / futures,
            )
            for row in sheet.interventions
        ),
        differences=tuple(compare(same) for same in zip(*taken, strict=True)),
        notes=tuple(notes),
    )


def suppose_once(
    case: Case,
    picture: Picture,
    forecast: Foreseen,
    sheet: WhatIf,
    paths: Paths,
    seed: int,
    turn: int = 0,
) -> tuple[int, list[Turn]]:
    """Run a forecast again along the paths of a turn; tell how many futures were held, and all."""
    horizon = paths.flight.shape[1]
    luck = int(stream(seed, "what-if", "turn", turn).integers(2**31)) if turn else seed
    touched = np.any([each.any(axis=1) for each in paths.in_force.values()], axis=0)
    found: list[Turn] = []
    war, capped = forecast.outlook, 0
    if forecast.outlook is not None:
        fighting = suppose_fighting(
            forecast.outlook, paths.fighting, luck, carried_on=sheet.carried_on
        )
        found += compare_fighting(forecast.outlook, fighting, touched)
        war, capped = fighting.outlook, fighting.capped
    if forecast.displacement is not None:
        flight = suppose_flight(case, picture, forecast.displacement, war, paths)
        found += compare_flight(forecast.displacement, flight, paths.crossing, horizon, touched)
    if forecast.control is not None:
        # Control has fewer futures than the rest: later turns have other ones.
        before = replace(forecast.control, seed=luck)
        if turn:
            nothing = replace(paths, control={})
            before = suppose_control(picture, before, forecast.outlook, nothing)
        held = suppose_control(picture, before, war, paths)
        found += compare_control(before, held, horizon, touched)
    return capped, found


def suppose_flight(
    case: Case, picture: Picture, forecast: Displacement, fighting: Outlook | None, paths: Paths
) -> Displacement:
    """Run displacement again with the same luck, under what is supposed."""
    ahead = (forecast.leaving.last - forecast.as_of).days
    return project_displacement(
        picture,
        case.about,
        members=forecast.leaving.members,
        seed=forecast.seed,
        horizon=ahead,
        escalation=fighting,
        supposed=SupposedFlight(forecast.as_of + timedelta(days=1), paths.flight),
    )


def suppose_control(
    picture: Picture, forecast: ControlOutlook, fighting: Outlook | None, paths: Paths
) -> ControlOutlook:
    """Run control again with the same luck, under what is supposed."""
    scale = np.ones((forecast.members, paths.flight.shape[1], 1, len(forecast.sides)))
    for actor, path in paths.control.items():
        theirs = forecast.of([actor]) if actor else np.ones(len(forecast.sides), bool)
        scale[:, :, 0, theirs] *= path[: forecast.members, :, None]
    return project_control(
        picture,
        members=forecast.members,
        seed=forecast.seed,
        horizon=scale.shape[1],
        escalation=fighting,
        paths=scale,
    )


def _sheet(case: Case, file: str | Path) -> PlacedSheet:
    """Find a sheet by the path of its file, or by its name within the case."""
    path = Path(file)
    if path.is_file():
        return read_sheet(path)
    placed = read_sheets(case.path)
    sheets = {each.sheet.sheet: each for each in placed if isinstance(each.sheet, WhatIf)}
    name = path.name.removesuffix(".yaml")
    if name in sheets:
        return sheets[name]
    raise CaseError(
        f"there is no what-if {str(file)[:80]!r}",
        where=case.name,
        expected=f"a file, or one of those in {FOLDER}: {', '.join(sorted(sheets)) or 'none'}",
        mend=nearest(name, sheets) or None,
    )


def _check(placed: PlacedSheet, evidence: Evidence) -> None:
    """Refuse a sheet that names whom or what the case does not know, as ``foreshock check`` does.

    On what it leans is judged by what was known on the day: see `unknown_on`.
    """
    places = evidence.places
    known = {
        "actor": list(evidence.actors),
        "place": list(places),
        "country": [id for id in places if places[id].kind == "country"],
    }
    leans = [key for _, each in placed.sheet.stated() for key in each.source]
    faults = list(check_sheets([placed], known, [*leans, placed.sheet.tests], []))
    if faults:
        raise CaseError(
            "the what-if names what the case does not know",
            placed.file,
            faults=tuple(str(fault) for fault in faults),
        )
