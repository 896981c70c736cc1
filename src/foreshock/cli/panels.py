"""Commands on panels: panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foreshock.cli.common import Json, app, faults_told, safe


@app.command()
def panel(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder of event tables, as ingest wrote them.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="FILE.parquet or FILE.csv.")
    ],
    unit: Annotated[
        str,
        typer.Option(
            "--unit", metavar="UNIT", help="country, adm1, adm2, dyad, actor_a or actor_b."
        ),
    ] = "country",
    period: Annotated[
        str, typer.Option("--period", metavar="PERIOD", help="week, month, quarter or year.")
    ] = "month",
    violence: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="Only events of this class or PLOVER type, as state-based; else all.",
        ),
    ] = "",
    measure: Annotated[
        str,
        typer.Option(
            "--measure",
            metavar="WHAT",
            help="deaths (best figure), low, high (lowest, highest figure) or events.",
        ),
    ] = "deaths",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help="Only what was known by the end of this UTC day; else all that is there.",
        ),
    ] = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option(
            "--dataset",
            metavar="ID",
            help="A dataset of the folder; may be given again. Else all, if they do not overlap.",
        ),
    ] = None,
    world: Annotated[
        bool,
        typer.Option(
            "--world",
            help="The datasets cover every country: one that they never tell of has zeros.",
        ),
    ] = False,
    keep_unmatched: Annotated[
        bool,
        typer.Option(
            "--keep-unmatched", help="Keep countries without a VIEWS number under their names."
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Count published events by country and month, or by other units and periods.

    A period that is covered whole and tells of nothing is a zero; one that is not covered, or not
    all known yet, is missing. Countries get VIEWS's ids, those that came and went theirs.

    Example: foreshock panel events --unit dyad --period quarter -o dyads.parquet
    """
    from foreshock.assess.panels import Wanted, event_panel
    from foreshock.brief.panel_words import panel_json, panel_words
    from foreshock.core.time import parse_day
    from foreshock.observe.panel_file import check_panel_target, write_panel

    with faults_told():
        check_panel_target(out)
        wanted = Wanted(
            unit=unit,
            period=period,
            measure=measure,
            violence=violence,
            known_by=parse_day(as_of) if as_of else None,
            world=world,
            keep_unmatched=keep_unmatched,
        )
        found = event_panel(folder, wanted, dataset or ())
        write_panel(found.panel, out)
        if json:
            typer.echo(panel_json(found, str(out)))
            return
        for line in panel_words(found, wanted, str(out)):
            typer.echo(safe(line))
