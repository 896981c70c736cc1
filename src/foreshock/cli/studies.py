"""The commands evaluate: models tried on the past, one command a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foreshock.cli.common import Json, app, faults_told, safe, say

evaluate = typer.Typer(
    help="Try forecasts on the past: what was known at each origin, and what then came.",
    no_args_is_help=True,
)
app.add_typer(evaluate, name="evaluate")


@evaluate.command("escalation")
def evaluate_escalation(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="Events that `foreshock ingest` wrote.")
    ],
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            help="The first origin; else 2018-01-01, or if that is not covered, halfway.",
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DAY",
            help="The last origin; else 2019-10-07, or the last with a window of 30 days.",
        ),
    ] = None,
    every: Annotated[
        int, typer.Option("--every", metavar="DAYS", min=1, help="From one origin to the next.")
    ] = 14,
    by: Annotated[
        str,
        typer.Option("--by", metavar="UNIT", help="A series each dyad, or each province of it."),
    ] = "dyad",
    delay: Annotated[
        int,
        typer.Option(
            "--delay", metavar="DAYS", min=0, help="That events are taken to need to be known."
        ),
    ] = 0,
    prior: Annotated[
        bool,
        typer.Option(
            "--prior",
            help="Try also the pool that begins from our prior; of other wars than yours.",
        ),
    ] = False,
    excitation: Annotated[
        bool,
        typer.Option(
            "--excitation",
            help="Try also the model in which events bring forth events; takes far longer.",
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, help="Origins worked on at once.")
    ] = 2,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", min=0, help="Of the resampling of origins.")
    ] = 0,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write a Markdown page, FILE.md."),
    ] = None,
    json: Json = False,
) -> None:
    """Try the forecasts on the past of any table: what was known at each origin, what then came.

    All is fitted anew at every origin on what is dated before it, and scored beside simple methods.

    Example: foreshock evaluate escalation events/ucdp-ged-24.1.parquet -o skill.md
    """
    from foreshock.core.errors import ForeshockError
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.time import parse_day
    from foreshock.evaluate.cases import Plan
    from foreshock.evaluate.escalation import evaluate as evaluated
    from foreshock.evaluate.escalation import usual_origins
    from foreshock.evaluate.models import MODELS, WITH_EXCITATION, with_prior
    from foreshock.evaluate.report import as_json, as_markdown, as_text
    from foreshock.evaluate.running import processes
    from foreshock.evidence.published import read_events
    from foreshock.evidence.records import dump
    from foreshock.forecast.escalation.prior import bundled

    with faults_told():
        if by not in {"dyad", "province"}:
            raise ForeshockError(
                f"cannot evaluate by {by!r}", "--by", "dyad or province", "see --help"
            )
        if output is not None:
            check_target(output)
        events = read_events(table)
        usual = usual_origins(events.dataset)
        plan = Plan(
            first=parse_day(first) if first else usual[0],
            last=parse_day(last) if last else usual[1],
            every=every,
            delay=delay,
            seed=seed,
        )
        models = WITH_EXCITATION if excitation else MODELS
        if prior:
            models = dict(with_prior(models, events.dataset, bundled()))
        with processes(jobs) as executor:
            study = evaluated(
                events,
                plan,
                by_province=by == "province",
                models=models,
                executor=executor,
                progress=say,
            )
        unit = "dyad" if by == "dyad" else "dyad and province"
        about = f"{events.dataset.title}, {events.dataset.release}".strip(", ")
        if output is not None:
            write_whole(output, as_markdown(study, unit, about))
        if json:
            typer.echo(dump(as_json(study, unit, about)))
        elif output is None:
            for line in as_text(study, unit, about).split("\n"):
                typer.echo(safe(line))
        else:
            typer.echo(safe(f"{output}: {len(study.results)} comparisons"))
