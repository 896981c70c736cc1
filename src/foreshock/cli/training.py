"""The commands train: what models start from, fitted on published tables, one command a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foreshock.cli.common import Json, app, faults_told, safe, say

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
    from foreshock.evidence.published import read_events
    from foreshock.evidence.records import dump
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
