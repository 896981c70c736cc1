"""Commands that look ahead: forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foreshock.cli.common import (
    MEMBERS,
    AsOf,
    CaseName,
    Json,
    Members,
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

HORIZON = 30
PARTS = frozenset(
    {
        *("case", "title", "as_of", "recorded_by", "version", "evidence_digest", "data_to"),
        *("forecast", "displacement", "afterwards", "questions", "people", "ledger"),
    }
)
"""What of a brief is printed as JSON."""


@app.command()
def forecast(
    case: CaseName,
    as_of: AsOf = None,
    horizon: Annotated[
        int, typer.Option("--horizon", metavar="DAYS", min=1, max=90, help="Days ahead.")
    ] = HORIZON,
    members: Members = MEMBERS,
    seed: Seed = 0,
    then: Then = None,
    recorded_by: RecordedBy = None,
    json: Json = False,
) -> None:
    """Tell what may follow, pair by pair and question by question, and how good it was so far.

    The forecast is written into the case's ledger before it is shown. Exits with 1 if the evidence
    does not carry one.

    Example: foreshock forecast idlib-2020 --as-of 2020-02-05
    """
    from foreshock.brief.terminal_forecast import render_forecast

    with faults_told():
        made = made_of(
            case, as_of, recorded_by, members=members, seed=seed, then=then, horizon=horizon
        )
        if json:
            typer.echo(made.model_dump_json(indent=2, include=set(PARTS)))
        else:
            render_forecast(made, console())
        if not made.forecast.issued:
            raise typer.Exit(1)


def made_of(
    name: str,
    as_of: str | None,
    recorded_by: str | None,
    *,
    members: int,
    seed: int,
    then: str | None,
    horizon: int = HORIZON,
) -> Brief:
    """Run the cycle of a case as a command was told to, with progress on stderr."""
    with patience() as step:
        from foreshock.core.time import parse_day
        from foreshock.cycle import cycle

        day, instant = times(as_of, recorded_by)
        later = parse_day(then) if then else None
        return cycle(
            open_named(name),
            day,
            instant,
            members,
            seed,
            later,
            horizon=horizon,
            progress=step,
        )
