"""Commands on published datasets: ingest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foreshock.cli.common import Json, app, faults_told, safe, say


@app.command()
def ingest(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="As published: text, plain or in .gz or .zip, or Parquet; or a folder of such.",
        ),
    ],
    format_name: Annotated[
        str, typer.Option("--format", metavar="NAME", help="What it is, such as ucdp-ged.")
    ],
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="DIR", help="Folder of event tables; made if missing."),
    ],
    delay: Annotated[
        int | None,
        typer.Option(
            "--delay",
            metavar="DAYS",
            min=0,
            help="Days from an event to when the public could know; else as the format declares.",
        ),
    ] = None,
    release: Annotated[
        str, typer.Option("--release", metavar="TEXT", help="Else taken from the file's name.")
    ] = "",
    retrieved: Annotated[
        str | None, typer.Option("--retrieved", metavar="DAY", help="Else the file's own date.")
    ] = None,
    covers: Annotated[
        list[str] | None,
        typer.Option(
            "--covers",
            metavar="DAY..DAY",
            help="Days that the file covers; may be given again. Else as the format says.",
        ),
    ] = None,
    encoding: Annotated[
        str,
        typer.Option(
            "--encoding", metavar="NAME", help="iso-8859-1 or windows-1252, if it is not UTF-8."
        ),
    ] = "",
    columns: Annotated[
        Path | None,
        typer.Option(
            "--columns", metavar="FILE", help="What the columns are; for --format table alone."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Take a published event table in, as Parquet in one schema, and register where it is from.

    A row that cannot be read is named with file, line and column, kept aside, and counted; the
    rest goes on. Of a folder all files are taken together. Exits with 1 if not one row can be read.

    Example: foreshock ingest GEDEvent_v24_1.csv --format ucdp-ged -o events
    """
    from foreshock.observe.declaring import declared
    from foreshock.observe.ingest import ingest as take_in
    from foreshock.observe.telling import Telling

    with faults_told():
        told = Telling(say)
        given = declared(delay, release, retrieved, covers or (), encoding, columns)
        receipt = take_in(file, format_name, out, given, told.progress)
        told.faults(receipt)
        for line in [] if json else told.summary(receipt):
            typer.echo(safe(line))
        if json:
            typer.echo(told.as_json(receipt))
