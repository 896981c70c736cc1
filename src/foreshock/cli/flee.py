"""The commands flee: the field's folders run, and its outputs scored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foreshock.cli.common import Json, app, faults_told, safe

flee = typer.Typer(
    help="Movement of displaced people over a folder in Flee's format, and its scores.",
    no_args_is_help=True,
)
app.add_typer(flee, name="flee")


@flee.command("score")
def score_output(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder in Flee's format that was run.")
    ],
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="What a run wrote, ours or Flee's: CSV, or Parquet by its suffix."
        ),
    ],
    json: Json = False,
) -> None:
    """Score simulated people in camps as the field publishes scores, and say what leaks there.

    Simple methods stand beside it; of an ensemble, with a column member, also CRPS and coverage.

    Example: foreshock flee score gondal out.csv
    """
    from foreshock.evaluate.displacement.published import score
    from foreshock.evaluate.displacement.published_report import as_json, as_text
    from foreshock.evidence.records import dump
    from foreshock.observe.readers.flee.folder import read_folder
    from foreshock.observe.readers.flee.output import read_output

    with faults_told():
        given = read_folder(folder)
        found = score(read_output(output), given.network, given.counted)
        if json:
            typer.echo(dump(as_json(found, given.network.name)))
            return
        for line in as_text(found, given.network.name):
            typer.echo(safe(line))
