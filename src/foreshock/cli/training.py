"""The commands train: what models start from, fitted on published tables, one command a model."""

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

train = typer.Typer(
    help="Fit what forecasts start from on published tables; only fitted parameters are written.",
    no_args_is_help=True,
)
app.add_typer(train, name="train")


@train.command("escalation")
def train_escalation(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="Events that `foreshock ingest` wrote.")
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Where the prior goes, FILE.json.")
    ],
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the posterior draws.")] = 0,
    json: Json = False,
) -> None:
    """Fit the prior that forecasts start from, on many dyads of a published table.

    Only fitted parameters are written, with where they are from and how to cite that.

    Example: foreshock train escalation events/ucdp-ged-24.1.parquet -o prior.json
    """
    from foreshock.assess.series.published import daily_series
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.evidence.published import read_events
    from foreshock.forecast.escalation.history import History
    from foreshock.forecast.escalation.prior import train as fitted

    with faults_told():
        check_target(out)
        found = daily_series(read_events(table))
        told = {
            name: str(getattr(found.dataset, name)) for name in ("release", "citation", "licence")
        }
        taught = fitted(
            History(found.series, found.breadth),
            told | {"dataset": found.dataset.title, "digest": found.dataset.digest},
            progress=say,
            seed=seed,
        )
        write_whole(out, taught.to_json())
        about = taught.provenance
        if json:
            typer.echo(dump({"file": str(out), "digest": taught.digest, "series": about.series}))
        else:
            typer.echo(
                safe(
                    f"{out}: {about.series} series, {about.events:,} events, {about.first} to "
                    f"{about.last}. {about.licence}; cite: {about.citation}"
                )
            )


@train.command("arrivals")
def train_arrivals(
    table: Monthly,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Where the prior goes, FILE.json.")
    ],
    cite: Annotated[
        str, typer.Option("--cite", metavar="TEXT", help="What the table is, and how to cite it.")
    ],
    events: Fighting = None,
    provinces: Provinces = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="MONTH", help="The last month to learn from; else all."),
    ] = None,
    json: Json = False,
) -> None:
    """Fit what forecasts of arrivals start from, on a monthly table of people newly displaced.

    Only fitted parameters are written, with where they are from and how to cite that.

    Example: foreshock train arrivals displaced.csv --cite "Gondal's monthly table" -o arrivals.json
    """
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.core.months import parse_month
    from foreshock.evidence.published import read_events
    from foreshock.forecast.displacement.arrivals.prior import cited
    from foreshock.forecast.displacement.arrivals.prior import train as fitted
    from foreshock.forecast.displacement.arrivals.violence import violence
    from foreshock.observe.readers.displaced_monthly import read_monthly, read_provinces

    with faults_told():
        check_target(out)
        counts = read_monthly(table)
        counts = counts.until(parse_month(until)) if until else counts
        published = read_events(events) if events else None
        named = read_provinces(provinces) if provinces else {}
        taught = fitted(
            counts,
            cite,
            violence(published, counts, named) if published else None,
            **(cited(published.dataset) if published else {}),
        )
        write_whole(out, taught.to_json())
        about = taught.provenance
        if json:
            typer.echo(dump({"file": str(out), "digest": taught.digest, "cells": about.cells}))
        else:
            typer.echo(
                safe(
                    f"{out}: {about.cells:,} cells of {about.places} places, {about.first} to "
                    f"{about.last}. {about.licence}; cite: {about.arrivals} {about.events}"
                )
            )


@train.command("destinations")
def train_destinations(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR...", help="Folders in Flee's format, with what was counted in the camps."
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Where lessons go, FILE.json.")
    ],
    citation: Annotated[
        str, typer.Option("--citation", metavar="TEXT", help="How to cite where they are from.")
    ] = "",
    licence: Annotated[
        str, typer.Option("--licence", metavar="TEXT", help="Terms on which they were had.")
    ] = "",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the draws.")] = 0,
    json: Json = False,
) -> None:
    """Learn where people go from cases that were counted, a lesson each.

    Only how rules and spreads would have done is written, no count and no place.

    Example: foreshock train destinations glasstown gondal -o lessons.json
    """
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.forecast.displacement.destinations.history import history
    from foreshock.forecast.displacement.destinations.training import train as fitted
    from foreshock.observe.readers.flee.folder import read_folder

    with faults_told():
        check_target(out)
        read = [read_folder(folder) for folder in folders]
        lessons = fitted(
            [history(each.network, each.counted) for each in read],
            citation=citation,
            licence=licence,
            progress=say,
            seed=seed,
        )
        write_whole(out, lessons.to_json())
        names = [each.name for each in lessons.each]
        if json:
            typer.echo(dump({"file": str(out), "digest": lessons.digest, "cases": names}))
        else:
            typer.echo(safe(f"{out}: lessons of {', '.join(names)}"))


@train.command("reading")
def train_reading(
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Where the weights go, FILE.npz.")
    ],
    json: Json = False,
) -> None:
    """Teach the classifier that weighs what the rules read, on the sentences that come with it.

    A third of them is held out: it teaches nothing, and tells how good the outcome is. The same
    sentences and rules give the same file.

    Example: foreshock train reading -o model.npz
    """
    from foreshock.brief.terminal_scores import share
    from foreshock.core.files import check_target, write_whole
    from foreshock.core.json_text import dump
    from foreshock.observe.reading.classifier.labelled import labelled
    from foreshock.observe.reading.knowledge import knowledge
    from foreshock.observe.reading.rules.coder import RuleCoder
    from foreshock.observe.reading.rules.teaching import taught
    from foreshock.observe.reading.scoring.outside import labelled_row
    from foreshock.observe.reading.scoring.score import score

    with faults_told():
        check_target(out)
        known = knowledge()
        fitted = taught(RuleCoder(*known), progress=say)
        kept = [each for each in labelled() if each.held_out]
        say(f"reading {len(kept):,} sentences that were held out")
        rows = [labelled_row(each) for each in kept]
        main = score(rows, RuleCoder(*known, fitted), single=True).main
        write_whole(out, fitted.to_bytes())
        learned = len(labelled()) - len(kept)
        if json:
            rates = {name: rate.as_json() for name, rate in main.items()}
            told = {"file": str(out), "digest": fitted.digest, "learned_from": learned}
            typer.echo(dump(told | {"held_out": len(kept), "on_held_out": rates}))
            return
        typer.echo(
            safe(f"{out}: learned from {learned:,} sentences, whose digest is {fitted.digest}")
        )
        for name, rate in main.items():
            typer.echo(f"  {name}: {share(rate.value)} of {rate.of:,}")
