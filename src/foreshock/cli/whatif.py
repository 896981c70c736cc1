"""The command whatif: what a sheet supposes, beside the forecast."""

from __future__ import annotations

from typing import Annotated

import typer

from foreshock.cli.common import (
    MEMBERS,
    AsOf,
    CaseName,
    Json,
    Members,
    Output,
    RecordedBy,
    Seed,
    app,
    console,
    faults_told,
    open_named,
    patience,
    times,
)
from foreshock.cli.pages import check_page, write_page

HORIZON = 30


@app.command()
def whatif(
    case: CaseName,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A what-if: its name in the case's scenarios, or any YAML file."
        ),
    ],
    as_of: AsOf = None,
    horizon: Annotated[
        int, typer.Option("--horizon", metavar="DAYS", min=1, max=90, help="Days ahead.")
    ] = HORIZON,
    members: Members = MEMBERS,
    seed: Seed = 0,
    recorded_by: RecordedBy = None,
    output: Output = None,
    json: Json = False,
) -> None:
    """Tell what would differ from the forecast if something were done: assumed, not forecast.

    Fighting, flight and control run as forecast and, with the same luck, six times as supposed.
    The forecast is written into the ledger as ever; what is supposed is not. Exits with 1 if there
    is no forecast to change, or the sheet leans on what was not known. --recorded-by acts on the
    evidence, not on sheets: they are read as they stand now. Read docs/whatif.md.

    Example: foreshock whatif idlib-2020 whatif-ceasefire -o page.html
    """
    with faults_told():
        if output is not None:
            check_page(output, json=json)
        with patience() as step:
            from foreshock.brief.supposed import compose_supposed
            from foreshock.whatif import what_if

            day, instant = times(as_of, recorded_by)
            opened = open_named(case)
            result, picture = what_if(
                opened,
                file,
                day,
                recorded_by=instant,
                members=members,
                seed=seed,
                horizon=horizon,
                progress=step,
            )
            made = compose_supposed(result, picture, case=opened.name, title=opened.about.title)
        data = made.model_dump_json(indent=2) if json else ""
        if output is not None:
            from foreshock.brief.page.supposed import build_supposed_page

            text = f"{data}\n" if json else build_supposed_page(made, instant)
            write_page(output, text, f"{len(made.differences):,} numbers")
        elif json:
            typer.echo(data)
        else:
            from foreshock.brief.terminal_supposed import render_supposed

            render_supposed(made, console())
