"""The command scenario: what follows from a case's assumption sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foreshock.cli.common import (
    AsOf,
    CaseName,
    Json,
    RecordedBy,
    Seed,
    Then,
    app,
    console,
    faults_told,
    open_named,
    patience,
    times,
)

if TYPE_CHECKING:
    from foreshock.brief.document import Brief

PARTS = frozenset(
    {"case", "title", "as_of", "recorded_by", "version", "evidence_digest", "scenarios"}
)
"""What of a brief is printed as JSON."""


@app.command()
def scenario(
    case: CaseName,
    sheet: Annotated[
        str, typer.Argument(metavar="[SHEET]", help="Name of one sheet; all if none is named.")
    ] = "",
    as_of: AsOf = None,
    then: Then = None,
    seed: Seed = 0,
    recorded_by: RecordedBy = None,
    json: Json = False,
) -> None:
    """Tell what follows from assumptions, and on which of them it rests: assumed, not forecast.

    Sheets of bargaining, restraint and advance are worked out, with every interval and its source;
    shares are shares of draws from these, and no probability of anything. A sheet is a file without
    a day of record: --recorded-by holds back what it leans on, and then refuses it, but not the
    sheet itself. Exits with 1 if there is no such sheet. Read docs/scenarios.md.

    Example: foreshock scenario idlib-2020 no-middle-course
    """
    from foreshock.brief.terminal_scenarios import render_scenarios

    with faults_told():
        made = _made(case, sheet, as_of, then, recorded_by, seed)
        if json:
            typer.echo(made.model_dump_json(indent=2, include=set(PARTS)))
        else:
            render_scenarios(made, console(), sheet)


def _made(
    name: str, sheet: str, as_of: str | None, then: str | None, recorded_by: str | None, seed: int
) -> Brief:
    """Brief the day without a forecast, with its scenarios: all of them, or the one that is named.

    Raises
    ------
    CaseError
        If the day sees no such sheet.
    """
    from foreshock.brief.compose import compose
    from foreshock.brief.scenarios import Scenarios
    from foreshock.case.faults import nearest
    from foreshock.core.errors import CaseError
    from foreshock.core.time import parse_day
    from foreshock.cycle import observe, picture_of
    from foreshock.scenario.assumed import assume

    with patience() as step:
        day, instant = times(as_of, recorded_by)
        opened = open_named(name)
        step("reading the evidence")
        evidence = observe(opened, day or opened.about.as_of, instant)
        later = observe(opened, parse_day(then), instant) if then else None
        picture = picture_of(opened, evidence)
        step("working out what is assumed")
        assumed = assume(opened, evidence, picture.events, later, seed=seed)
        made = compose(
            picture,
            assumed=assumed,
            case=opened.name,
            title=opened.about.title,
            focus=opened.about.focus,
            recorded_by=instant,
        )
    found = made.scenarios
    names = [each.name for each in found.sheets] + [each.name for each in found.whatifs]
    if not names or (sheet and sheet not in names):
        raise CaseError(
            f"no sheet {sheet!r} is seen" if sheet else "no assumption sheet is seen",
            where=f"{opened.name}, as of {evidence.as_of}",
            expected="one of: " + ", ".join(names) if names else "",
            mend=nearest(sheet, names) or "write one in scenarios/, as docs/scenarios.md tells",
        )
    if not sheet:
        return made
    kept = Scenarios(
        sheets=[each for each in found.sheets if each.name == sheet],
        whatifs=[each for each in found.whatifs if each.name == sheet],
    )
    return made.model_copy(update={"scenarios": kept})
