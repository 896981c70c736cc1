"""The sheets of a case worked out: what of them an as-of may see, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from foreshock.case.sheets.advance import AdvanceSheet
from foreshock.case.sheets.aftermath import Aftermath
from foreshock.case.sheets.bargaining import BargainingSheet
from foreshock.case.sheets.entries import Interval, Names, Order, Sheet, Stated
from foreshock.case.sheets.interventions import Size
from foreshock.case.sheets.reading import PlacedSheet, read_sheets
from foreshock.case.sheets.restraint import RestraintSheet
from foreshock.evidence.view import Evidence
from foreshock.scenario.advance.project import advance
from foreshock.scenario.bargaining.project import bargain
from foreshock.scenario.restraint.project import restrain
from foreshock.scenario.results import Entered, Happened, Head, Scenario
from foreshock.scenario.sampling import DRAWS

_WORDS = {
    "cost": "cost of fighting on", "utilities": "worth of", "order": "preferences",
    "victory": "worth of victory", "defeat": "worth of defeat",
    "position": "position", "salience": "salience", "power": "power",
    "war.chance": "chance that the first side wins",
    "commitment.later": "chance that the first side wins later",
    "commitment.discount": "worth of later against now",
    "private.highest_cost": "the most that fighting may cost it",
    "gain": "gain from going on", "loss": "loss if its client falls",
    "entrapment": "cost of being drawn on", "value": "worth of",
    "days": "days", "distance": "kilometres to go", "pace": "kilometres a day",
    "comes": "chance of coming to help", "holds": "chance of holding, if it comes",
    "substitutable": "share that others make good of", "withdrawal": "chance of losing",
    "interventions.chance": "chance that it comes about",
    "interventions.holds": "chance that it holds to its last day",
    "interventions.fighting.factor": "factor on acts",
    "interventions.control.factor": "factor on the advance",
    "interventions.flight.factor": "factor on how many leave",
    "interventions.border.share": "share of those who leave who cross the border",
}  # fmt: skip


def scenarios_of(
    case: Path,
    evidence: Evidence,
    later: Evidence | None = None,
    *,
    seed: int = 0,
    draws: int = DRAWS,
) -> list[Scenario]:
    """Work out every sheet of a case that a day may see.

    Parameters
    ----------
    case : pathlib.Path
        The case's folder.
    evidence : Evidence
        As of the day. Sheets of a later day are left out; one that leans on what was not yet known
        is refused, and says so.
    later : Evidence, optional
        As of a later day, by which it is told what happened; without it the evidence's own day.
    seed : int
    draws : int
        A power of two.

    Returns
    -------
    list of Scenario
        By name. What-ifs are not among them: they run through the forecast.

    Raises
    ------
    CaseError
        If a sheet has faults.
    """
    placed = read_sheets(case)
    after = {each.sheet.sheet: each.sheet for each in placed if isinstance(each.sheet, Aftermath)}
    return [
        replace(
            scenario_of(each, evidence, seed=seed, draws=draws),
            happened=tuple(_happened(after.get(each.sheet.sheet), later or evidence)),
        )
        for each in placed
        if isinstance(each.sheet, (BargainingSheet, RestraintSheet, AdvanceSheet))
        and each.sheet.date <= evidence.as_of
    ]


def scenario_of(
    placed: PlacedSheet, evidence: Evidence, *, seed: int = 0, draws: int = DRAWS
) -> Scenario:
    """Work out one sheet of bargaining, restraint or an advance.

    Raises
    ------
    TypeError
        If it is of another kind.
    """
    sheet = placed.sheet
    head = Head(
        sheet.sheet, sheet.kind, sheet.title, sheet.note, sheet.date, sheet.tests, placed.file
    )
    packages = {p.id: p.text for p in sheet.packages} if isinstance(sheet, BargainingSheet) else {}
    scenario = Scenario(head, tuple(entered(placed)), None, packages=packages)
    if reason := unknown_on(sheet, evidence):
        return replace(scenario, refused=reason)
    if isinstance(sheet, BargainingSheet):
        return replace(scenario, result=bargain(sheet, seed, draws))
    if isinstance(sheet, RestraintSheet):
        return replace(scenario, result=restrain(sheet, seed, draws))
    if isinstance(sheet, AdvanceSheet):
        return replace(scenario, result=advance(sheet, seed, draws))
    raise TypeError(f"nothing is reckoned here from a sheet of kind {sheet.kind}")


def unknown_on(sheet: Sheet, evidence: Evidence) -> str:
    """Say why a sheet cannot be used as of a day; empty if it can.

    A sheet speaks from its own day on, and leans on nothing that was not known by the as-of.
    """
    if sheet.date > evidence.as_of:
        return f"it speaks from {sheet.date} on, after {evidence.as_of}"
    leans = {sheet.tests} if sheet.tests else set()
    leans |= {key for _, each in sheet.stated() for key in each.source}
    back = sorted(leans & {evidence.claims[id].key for id in evidence.struck})
    if back:
        return f"it leans on what its own source took back by {evidence.as_of}: {', '.join(back)}"
    unknown = sorted(leans - set(_known_at(evidence)))
    if unknown:
        return f"it leans on what was not known by {evidence.as_of}: {', '.join(unknown)}"
    return ""


def _known_at(evidence: Evidence) -> dict[str, date]:
    """Give the day from which each thing on which a sheet may lean could be known."""
    days: dict[str, date | None] = dict.fromkeys(evidence.sources, date.min)
    days |= {key: each.known_at for key, each in evidence.ties.items()}
    days |= {key: each.known_at for key, each in evidence.outcomes.items()}
    days |= {each.key: each.known_at for each in evidence.reports.values() if each.key}
    days |= {
        each.key: each.known_at
        for id, each in evidence.claims.items()
        if each.key and id not in evidence.struck
    }
    return {key: day for key, day in days.items() if day is not None}


def _happened(after: Sheet | None, evidence: Evidence) -> Iterator[Happened]:
    if not isinstance(after, Aftermath):
        return
    known = _known_at(evidence)
    for row in after.happened:
        if all(key in known for key in row.source):
            day = max((known[key] for key in row.source), default=row.date or after.date)
            if day <= evidence.as_of:
                yield Happened(row.text, row.bears, row.source, day)


def entered(placed: PlacedSheet) -> Iterator[Entered]:
    """List everything entered in a sheet, as it stands there."""
    for at, stated in placed.sheet.stated():
        yield Entered(
            name=".".join(str(part) for part in at),
            actor=_actor(placed.sheet, at),
            package=_part(placed.sheet, at),
            what=_what(at),
            low=stated.low if isinstance(stated, Interval) else None,
            high=stated.high if isinstance(stated, Interval) else None,
            order=stated.order if isinstance(stated, Order) else "",
            sources=stated.source,
            assumed_by=stated.assumed_by,
            note=_why(stated),
            date=stated.date or placed.sheet.date,
            line=placed.marked.line(*at),
        )


def _why(stated: Stated) -> str:
    """Say why so, and how it was reckoned if it was."""
    reckoned = stated.estimated if isinstance(stated, Size) else ""
    return " ".join(filter(None, (reckoned, stated.note)))


def _what(at: Names) -> str:
    names: Sequence[str] = [part for part in at if isinstance(part, str)]
    known = (".".join(names), *reversed(names))
    return next((_WORDS[name] for name in known if name in _WORDS), names[-1])


def _actor(sheet: Sheet, at: Names) -> str:
    if isinstance(sheet, BargainingSheet):
        if at[0] == "players" and isinstance(at[1], int):
            return sheet.players[at[1]].actor
        if at[0] == "private" and sheet.private is not None:
            return sheet.private.answers
    if isinstance(sheet, AdvanceSheet):
        if at[0] == "help" and isinstance(at[1], int):
            return sheet.help[at[1]].actor
        return sheet.attacker if at[0] in {"distance", "pace"} else ""
    if isinstance(sheet, RestraintSheet):
        sides = {"loss": sheet.patron, "entrapment": sheet.patron, "substitutable": ""}
        return sides.get(str(at[-1]), sheet.client)
    return ""


def _part(sheet: Sheet, at: Names) -> str:
    """Give the package or the capability of which something is entered."""
    if isinstance(sheet, BargainingSheet):
        if at[0] == "packages" and isinstance(at[1], int):
            return sheet.packages[at[1]].id
        return str(at[-1]) if "utilities" in at else ""
    if isinstance(sheet, RestraintSheet) and isinstance(at[1] if len(at) > 1 else None, int):
        return sheet.capabilities[int(at[1])].capability
    return ""
