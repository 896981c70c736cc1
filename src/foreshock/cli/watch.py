"""The command watch: where next, country by country and month by month."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foreshock.cli.common import Json, Seed, app, console, faults_told, patience, safe, say
from foreshock.core.watch_span import AHEAD, DRAWS, MONTHS

if TYPE_CHECKING:
    from foreshock.brief.watch.document import WatchList
    from foreshock.core.panel import Panel


@app.command()
def watch(
    panel: Annotated[
        Path,
        typer.Argument(
            metavar="PANEL",
            help="Deaths by country and month: CSV, Parquet, or a folder of event tables, of which "
            "all deaths count; foreshock panel counts some.",
        ),
    ],
    origin: Annotated[
        str | None,
        typer.Option(
            "--origin", metavar="YYYY-MM", help="Last month that is seen; else the panel's last."
        ),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="NAME", help="Column of the deaths, if there are several"),
    ] = None,
    vintage: Annotated[
        str | None,
        typer.Option("--vintage", metavar="TEXT", help="Which state of knowledge they are."),
    ] = None,
    months: Annotated[
        int, typer.Option("--months", metavar="N", min=1, max=MONTHS, help="Months ahead.")
    ] = MONTHS,
    ahead: Annotated[
        int,
        typer.Option(
            "--ahead", metavar="K", min=1, max=MONTHS, help="Month ahead that is shown first."
        ),
    ] = AHEAD,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="ORDER",
            help="What countries are ranked by: median, high (of the interval), deadly (P≥25), "
            "war (P≥1,000), doubled or change.",
        ),
    ] = "median",
    draws: Annotated[
        int,
        typer.Option(
            "--draws", metavar="N", min=100, max=10_000, help="Equally likely futures to draw."
        ),
    ] = DRAWS,
    seed: Seed = 0,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Without drivers and hindcasts; changes only if last month's is there."
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write a page to this file, FILE.html."
        ),
    ] = None,
    export: Annotated[
        list[Path] | None,
        typer.Option(
            "--export", metavar="FILE", help="Write a table too: FILE.csv, .parquet or .geojson."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Tell where many may be killed next, how sure that is, and how earlier warnings turned out.

    Every country has its months ahead with intervals and probabilities. All of it is written into
    the ledger of the watch before it is shown; what earlier issues said of months up to the last
    that is seen is settled. Read docs/watch-list.md.

    Example: foreshock watch panel.parquet --origin 2021-10 -o watch.html
    """
    files = export or []
    with faults_told():
        from foreshock.brief.watch.export import check_export, export_watch
        from foreshock.brief.watch.words import order_named
        from foreshock.core.months import parse_month
        from foreshock.watching import Asked, watch

        if output is not None:
            _check_page(output)
        for file in files:
            check_export(file)
        asked = Asked(
            months=months, ahead=ahead, draws=draws, seed=seed, quick=quick, by=order_named(by)
        )
        with patience() as step:
            step("reading the panel")
            listed = watch(
                _read(panel, column, vintage),
                parse_month(origin) if origin else None,
                asked,
                progress=step,
            )
        for file in files:
            rows = export_watch(listed, file)
            say(f"{file}: {rows:,} {'features' if file.suffix == '.geojson' else 'rows'}")
        if output is not None:
            _write_page(listed, output)
        elif json:
            typer.echo(listed.model_dump_json(indent=2))
        else:
            from foreshock.brief.watch.terminal import render_watch

            render_watch(listed, console())


def _read(path: Path, column: str | None, vintage: str | None) -> Panel:
    from foreshock.observe.readers.panel import read_panel

    if path.is_dir():
        from foreshock.assess.panels import Wanted, event_panel
        from foreshock.brief.panel_words import panel_words

        wanted = Wanted(keep_unmatched=True)
        found = event_panel(path, wanted)
        for line in panel_words(found, wanted, str(path)):
            say(line)
        return found.panel
    return read_panel(path, column, vintage, tell=say)


def _check_page(output: Path) -> None:
    from foreshock.core.errors import ForeshockError
    from foreshock.core.files import check_target

    if output.suffix.lower() not in {".html", ".htm"}:
        raise ForeshockError(
            "a page needs a name that ends in .html",
            where=str(output),
            mend="tables are written with --export",
        )
    check_target(output)


def _write_page(listed: WatchList, output: Path) -> None:
    from foreshock.brief.watch.page import build_watch_page
    from foreshock.core.files import write_whole

    text = build_watch_page(listed)
    write_whole(output, text)
    size = len(text.encode()) / 1e6
    typer.echo(safe(f"{output}: {len(listed.countries):,} countries, {size:.1f} MB"))
