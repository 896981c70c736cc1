"""The commands evaluate: models tried on the past, one command a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foreshock.cli.common import (
    Fighting,
    Json,
    Monthly,
    Provinces,
    app,
    faults_told,
    safe,
    say,
)

evaluate = typer.Typer(
    help="Try forecasts on the past: what was known at each origin, and what then came.",
    no_args_is_help=True,
)
app.add_typer(evaluate, name="evaluate")

PageFile = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write a Markdown page, FILE.md."),
]


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
    output: PageFile = None,
    json: Json = False,
) -> None:
    """Try the forecasts on the past of any table: what was known at each origin, what then came.

    All is fitted anew at every origin on what is dated before it, and scored beside simple methods.

    Example: foreshock evaluate escalation events/ucdp-ged-24.1.parquet -o skill.md
    """
    from foreshock.core.errors import ForeshockError
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.core.time import parse_day
    from foreshock.evaluate.cases import Plan
    from foreshock.evaluate.escalation import evaluate as evaluated
    from foreshock.evaluate.escalation import usual_origins
    from foreshock.evaluate.models import MODELS, WITH_EXCITATION, with_prior
    from foreshock.evaluate.report import as_json, as_markdown, as_text
    from foreshock.evaluate.running import processes
    from foreshock.evidence.published import read_events
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


@evaluate.command("arrivals")
def evaluate_arrivals(
    table: Monthly,
    events: Fighting = None,
    provinces: Provinces = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="MONTH",
            help="The first origin; else 2016-12, or if that is not in the table, a third on.",
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="MONTH",
            help="The last month scored; else 2019-11, or if that is not in the table, its last.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", min=0, help="Of the resampling of origins.")
    ] = 0,
    output: PageFile = None,
    json: Json = False,
) -> None:
    """Try the forecasts of arrivals on the past of a monthly table, beside simple methods.

    All is fitted anew at every origin on the months up to it. With events, it is also tried what
    knowing of the fighting adds.

    Example: foreshock evaluate arrivals displaced.csv -o arrivals.md
    """
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.core.months import parse_month
    from foreshock.evaluate.arrivals.report import as_json, as_markdown, as_text
    from foreshock.evaluate.arrivals.rolling import Plan, roll, usual_plan
    from foreshock.evidence.published import read_events
    from foreshock.forecast.displacement.arrivals.violence import violence
    from foreshock.observe.readers.displaced_monthly import read_monthly, read_provinces

    with faults_told():
        if output is not None:
            check_target(output)
        counts = read_monthly(table)
        usual = usual_plan(counts)
        plan = Plan(
            first=parse_month(first) if first else usual.first,
            last=parse_month(last) if last else usual.last,
            seed=seed,
        )
        fought = None
        if events is not None:
            named = read_provinces(provinces) if provinces else {}
            fought = violence(read_events(events), counts.until(plan.last), named)
        rolled = roll(counts, plan, fought, progress=say)
        about = f"People newly displaced by month and place: {table.name}."
        if output is not None:
            write_whole(output, as_markdown(rolled, about))
        if json:
            typer.echo(dump(as_json(rolled, about)))
        elif output is None:
            for line in as_text(rolled, about).split("\n"):
                typer.echo(safe(line))
        else:
            typer.echo(safe(f"{output}: {len(rolled.forecasters)} forecasters compared"))


@evaluate.command("displacement")
def evaluate_displacement(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR...", help="Folders in Flee's format, with what was counted in the camps."
        ),
    ],
    lessons: Annotated[
        Path | None,
        typer.Option(
            "--lessons",
            metavar="FILE",
            help="What `foreshock train destinations` wrote; else the lessons that come with it.",
        ),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=50, max=10_000, help="Draws of a forecast.")
    ] = 400,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", min=0, help="Of the draws and the resampling.")
    ] = 0,
    output: PageFile = None,
    json: Json = False,
) -> None:
    """Try the forecasts of where people go on cases that were counted, without the usual leaks.

    Each case is forecast by what cases of other countries taught. No capacity is read, and of
    counts only what was published by the origin; simple methods stand beside.

    Example: foreshock evaluate displacement northford -o skill.md
    """
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.evaluate.displacement.report import as_json, as_markdown, as_text
    from foreshock.evaluate.displacement.study import study
    from foreshock.forecast.displacement.destinations.history import history
    from foreshock.forecast.displacement.destinations.taught import read_lessons
    from foreshock.observe.readers.flee.folder import read_folder

    with faults_told():
        if output is not None:
            check_target(output)
        read = [read_folder(folder) for folder in folders]
        found = study(
            [history(each.network, each.counted) for each in read],
            lessons=read_lessons(lessons) if lessons else None,
            draws=draws,
            seed=seed,
            progress=say,
        )
        if output is not None:
            write_whole(output, as_markdown(found))
        if json:
            typer.echo(dump(as_json(found)))
        elif output is None:
            for line in as_text(found).split("\n"):
                typer.echo(safe(line))
        else:
            typer.echo(safe(f"{output}: {len(found.cases)} cases"))


@evaluate.command("watch")
def evaluate_watch(
    panel: Annotated[
        Path,
        typer.Argument(metavar="PANEL", help="Deaths by country and month: CSV or Parquet."),
    ],
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="NAME", help="Column of what was known at each origin."),
    ] = None,
    truth: Annotated[
        Path | None,
        typer.Option("--truth", metavar="PANEL", help="What came, if it lies in another file."),
    ] = None,
    truth_column: Annotated[
        str | None,
        typer.Option("--truth-column", metavar="NAME", help="Column of what came; else the same."),
    ] = None,
    first: Annotated[
        int | None,
        typer.Option("--from", metavar="YEAR", help="The first year scored; else four back."),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option("--to", metavar="YEAR", help="The last year scored; else the last whole one."),
    ] = None,
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=100, max=10_000, help="Of each forecast.")
    ] = 1_000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", min=0, help="Of the draws and the resampling.")
    ] = 0,
    output: PageFile = None,
    json: Json = False,
) -> None:
    """Try the watch on past years of a panel, in the windows of the VIEWS challenge.

    Known to October, forecast is January to December of the next year. The model is fitted anew at
    each origin and stands beside simple methods, on every score of docs/watch.md.

    Example: foreshock evaluate watch panel.parquet --from 2021 -o skill.md
    """
    from foreshock.core.errors import TimeError
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.evaluate.watch.methods import benchmark_methods
    from foreshock.evaluate.watch.report import as_json, as_markdown, as_text
    from foreshock.evaluate.watch.study import run
    from foreshock.evaluate.watch.windows import challenge_windows, usual_years
    from foreshock.forecast.watch.model import draws_ahead
    from foreshock.observe.readers.panel import read_panel

    with faults_told():
        if output is not None:
            check_target(output)
        inputs = read_panel(panel, column, tell=say)
        came = inputs
        if truth or truth_column:
            came = read_panel(truth or panel, truth_column or column)
        usual = usual_years(inputs, came)
        end = usual[-1] if last is None else last
        years = range(min(usual[0], end) if first is None else first, end + 1)
        if not years:
            raise TimeError(
                f"no year from {years.start} to {end}", "--from", f"a year to {usual[-1]}"
            )
        methods = {"watch model": draws_ahead} | benchmark_methods()
        windows = challenge_windows(years)
        study = run(inputs, came, windows, methods, draws=draws, seed=seed, progress=say)
        about = f"Deaths by country and month: {panel.name}."
        if output is not None:
            write_whole(output, as_markdown(study, about))
        if json:
            typer.echo(dump(as_json(study)))
        elif output is None:
            for line in as_text(study, about).split("\n"):
                typer.echo(safe(line))
        else:
            typer.echo(safe(f"{output}: {len(study.methods)} methods compared"))
