"""The commands flee: the field's folders run, and its outputs scored."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from foreshock.cli.common import Json, app, faults_told, patience, safe, say
from foreshock.forecast.displacement.movement.modes import Mode

flee = typer.Typer(
    help="Movement of displaced people over a folder in Flee's format, and its scores.",
    no_args_is_help=True,
)
app.add_typer(flee, name="flee")


@contextmanager
def _brisk() -> Iterator[None]:
    """Spare a short run what costs it a sixth and gives it nothing.

    Threads for products of matrices, of which there are none; and walks of the garbage collector
    over modules that are just being loaded.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


@flee.command("run")
def run_folder(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with input_csv/ and source_data/.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", metavar="FILE", help="Where the table goes: CSV, or FILE.parquet."
        ),
    ],
    mode: Annotated[
        Mode,
        typer.Option(
            "--mode", help="As Flee, its bugs included; without them; or many people at once."
        ),
    ] = Mode.FIXED,
    settings: Annotated[
        Path | None,
        typer.Option(
            "--settings", metavar="F.yml", help="In place of the folder's simsetting.yml."
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", min=0, help="Of the random numbers of the run.")
    ] = 0,
    members: Annotated[
        int | None,
        typer.Option("--members", metavar="N", min=1, help="An ensemble, in a column member."),
    ] = None,
    hasten: Annotated[
        int | None,
        typer.Option("--hasten", metavar="K", min=1, help="One person stands for K people."),
    ] = None,
    json: Json = False,
) -> None:
    """Move people over a folder in Flee's format, and write the table that Flee writes.

    An ensemble that was interrupted goes on where it stopped when the same command is given again.

    Example: foreshock flee run gondal --mode compat -o out.csv
    """
    with faults_told(), patience() as step, _brisk():
        from foreshock.core.files import check_target
        from foreshock.forecast.displacement.movement.command import run

        check_target(out)
        told = run(
            folder,
            out,
            mode.value,
            settings=settings,
            seed=seed,
            members=members,
            hasten=hasten,
            progress=step,
            say=say,
        )
    if json:
        from foreshock.core.json_text import dump

        typer.echo(dump(told))
        return
    number = "" if members is None else f", {members} {'member' if members == 1 else 'members'}"
    typer.echo(
        f"{out}: {told['people']:,} people over {told['days']} days, mode {mode.value}, "
        f"seed {seed}{number}; {told['agent_steps']:,} agent-steps"
    )


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
    from foreshock.core.json_text import dump
    from foreshock.evaluate.displacement.published import score
    from foreshock.evaluate.displacement.published_report import as_json, as_text
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
