"""Commands on a case: brief, picture, check, init, add, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    Then,
    app,
    console,
    faults_told,
    open_named,
    safe,
    say,
    times,
)
from foreshock.cli.pages import check_page, write_page
from foreshock.cli.reading import ConfirmHost, Published, Publisher, agree, documents

if TYPE_CHECKING:
    from foreshock.brief.document import Brief
    from foreshock.case.adding import Addition
    from foreshock.case.opening import Case
    from foreshock.evidence.view import Evidence


@app.command()
def brief(
    case: CaseName,
    as_of: AsOf = None,
    recorded_by: RecordedBy = None,
    members: Members = MEMBERS,
    seed: Seed = 0,
    then: Then = None,
    output: Output = None,
    json: Json = False,
) -> None:
    """Tell what is known of a case on a day, who says so, what is disputed, and what may follow.

    The forecast is written into the case's ledger before it is shown.

    Example: foreshock brief idlib-2020 --as-of 2020-02-05 -o page.html
    """
    from foreshock.brief.terminal import render
    from foreshock.cli.forecasts import made_of

    with faults_told():
        if output is not None:
            check_page(output, json=json)
        made = made_of(case, as_of, recorded_by, members=members, seed=seed, then=then)
        if output is not None:
            _write(made, output, json)
        elif json:
            _show(made)
        else:
            render(made, console())


@app.command()
def picture(
    case: CaseName, as_of: AsOf = None, recorded_by: RecordedBy = None, json: Json = False
) -> None:
    """Print the whole picture of a day: every event, figure, holding, count and deadline.

    Example: foreshock picture idlib-2020 --as-of 2020-02-05
    """
    from foreshock.brief.terminal import render_picture

    with faults_told():
        made = _picture(case, as_of, recorded_by)
        _show(made) if json else render_picture(made, console())


@app.command()
def check(case: CaseName, json: Json = False) -> None:
    """Name every fault in a case folder, with file, line, column and how to mend it.

    A folder in Flee's format, with input_csv in it, is checked as such, and what to look at is told
    beside what stops a run. Exits with 0 if there is no fault, with 1 if there is one.

    Example: foreshock check my-case
    """
    from foreshock.case.folder import inspect_folder
    from foreshock.case.home import find_case
    from foreshock.cli.checking import as_rows, check_flee
    from foreshock.core.json_text import dump
    from foreshock.observe.readers.flee.folder import is_flee_folder

    with faults_told():
        if is_flee_folder(Path(case)):
            check_flee(Path(case), json=json)
            return
        folder, faults = inspect_folder(find_case(case))
        if json:
            typer.echo(dump({"case": case, "faults": as_rows(faults)}))
        for fault in () if json else faults:
            typer.echo(safe(str(fault)))
        if folder is not None and not json:
            unseen = sum(claim.known_at is None for claim in folder.claims.values())
            typer.echo(
                f"{folder.about.name}: no fault in {len(folder.claims):,} claims and "
                f"{len(folder.entries):,} other records."
            )
            if unseen:
                typer.echo(f"{unseen:,} claims have no known day: no as-of will ever see them.")
        if faults:
            raise typer.Exit(1)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")],
    origin: Annotated[
        str | None, typer.Option("--from", metavar="CASE", help="Copy this case instead.")
    ] = None,
    json: Json = False,
) -> None:
    """Start a case: empty tables with every column explained, or a copy of another case.

    Example: foreshock init my-case
    """
    from datetime import UTC, datetime

    from foreshock.case.template import copy_case, start_case
    from foreshock.core.json_text import dump

    with faults_told():
        today = datetime.now(UTC).date().isoformat()
        files = copy_case(origin, folder) if origin else start_case(folder, today)
        if json:
            typer.echo(dump({"folder": str(folder), "files": [file.name for file in files]}))
            return
        typer.echo(safe(f"{folder}: {', '.join(file.name for file in files)}"))
        if not origin:
            typer.echo(
                "Next: read COLUMNS.md, fill sources.csv, reports.csv, actors.csv and claims.csv, "
                f"then run: foreshock check {folder}"
            )


@app.command()
def add(
    case: CaseName,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="Claims as CSV, or as JSON Lines whose rows have 'kind'; with --read, a text. "
            "Without it, one claim is asked for, field by field.",
        ),
    ] = None,
    read: Annotated[
        str | None,
        typer.Option(
            "--read",
            metavar="CODER",
            help="Read a text (or many, .jsonl) by rules, llm or both, and go through its claims.",
        ),
    ] = None,
    published: Published = None,
    source: Publisher = "",
    confirm_host: ConfirmHost = None,
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking.")] = False,
    json: Json = False,
) -> None:
    """Add claims to a case, after showing what they change in the picture.

    Columns are those of claims.csv. A claim in a report that the case does not know yet says so in
    the columns source, published, title and url. With --read, what a text claims is shown claim by
    claim with its words, to accept, edit or reject; its actors, places and voices that the case
    does not know come along.

    Example: foreshock add idlib-2020 wednesday.csv
    """
    from foreshock.case.adding import read_addition, read_typed
    from foreshock.case.dialogue import ask_for_claim, terminal_ask

    with faults_told():
        opened = open_named(case, empty=True)
        if read is not None:
            _add_text(opened, case, file, read, published, source, confirm_host, yes=yes, json=json)
            return
        if file is not None:
            addition = read_addition(opened, file)
        else:
            addition = read_typed(opened, ask_for_claim(opened, terminal_ask(), say))
        _store(opened, addition, yes=yes, json=json)


def _add_text(
    opened: Case,
    case: str,
    file: Path | None,
    coder: str,
    published: str | None,
    source: str,
    confirm_host: str | None,
    *,
    yes: bool,
    json: bool,
) -> None:
    from foreshock.cli.reviewing import add_documents
    from foreshock.core.errors import ForeshockError
    from foreshock.core.time import parse_day
    from foreshock.observe.reading.choosing import Choice
    from foreshock.observe.reading.loading import load_documents

    if file is None:
        raise ForeshockError("no text is named", mend="name the file that is to be read")
    choice = Choice(coder, case)
    agree(choice, confirm_host)
    day = parse_day(published) if published else None
    texts = documents(load_documents(file, published=day, source=source))
    add_documents(
        opened,
        texts,
        choice,
        lambda addition: _store(opened, addition, yes=yes, json=json),
        yes=yes,
    )


@app.command()
def export(
    case: CaseName,
    out: Annotated[
        Path,
        typer.Option("-o", "--out", metavar="FILE", help="Ends with .csv, .jsonl or .parquet."),
    ],
    as_of: AsOf = None,
    recorded_by: RecordedBy = None,
    json: Json = False,
) -> None:
    """Write the claims that a day may see; CSV and JSON Lines can be added to a case again.

    Example: foreshock export idlib-2020 -o claims.csv --as-of 2020-02-05
    """
    from foreshock.case.export import export_claims
    from foreshock.core.json_text import dump

    with faults_told():
        opened = open_named(case)
        written = export_claims(_evidence(opened, as_of, recorded_by), out)
        if json:
            typer.echo(dump({"file": str(out), "claims": written}))
        else:
            typer.echo(safe(f"{out}: {written:,} claims"))


KEYS = 12
"""Handles of stored claims that are named; JSON has all."""

NO_FORECAST = "A picture holds no forecast; the commands brief and forecast make one."


def _picture(name: str, as_of: str | None, recorded_by: str | None) -> Brief:
    from foreshock.brief.compose import compose
    from foreshock.brief.foreseen import Foreseen
    from foreshock.cycle import observe, picture_of

    day, instant = times(as_of, recorded_by)
    case = open_named(name)
    return compose(
        picture_of(case, observe(case, day or case.about.as_of, instant)),
        Foreseen(reason=NO_FORECAST, displacement_reason=NO_FORECAST),
        case=case.name,
        title=case.about.title,
        focus=case.about.focus,
        recorded_by=instant,
    )


def _evidence(case: Case, as_of: str | None, recorded_by: str | None) -> Evidence:
    from foreshock.cycle import observe

    day, instant = times(as_of, recorded_by)
    return observe(case, day or case.about.as_of, instant)


def _store(case: Case, addition: Addition, *, yes: bool, json: bool) -> None:
    from foreshock.brief.difference import changes
    from foreshock.core.json_text import dump
    from foreshock.evidence.records import as_json

    as_of, lines = changes(case, addition)
    if not json:
        typer.echo(f"As of {as_of}, this changes:")
        for line in lines or ["nothing in the picture"]:
            typer.echo(f"  {safe(line)}")
    if not yes and not typer.confirm("Store it?", default=False, err=True):
        say("Nothing was stored.")
        raise typer.Exit(1)
    receipt = case.store.append(case.name, addition.batch())
    if json:
        stored = [as_json(claim) for claim in addition.claims]
        typer.echo(dump({"stored": receipt.claims, "claims": stored, "changes": lines}))
    elif receipt.nothing_new:
        typer.echo("It was all there already; nothing was added.")
    else:
        keys = [claim.key for claim in addition.claims]
        more = f" and {len(keys) - KEYS:,} more" if len(keys) > KEYS else ""
        typer.echo(f"Stored: {safe(', '.join(keys[:KEYS]))}{more}")


def _show(made: Brief) -> None:
    typer.echo(made.model_dump_json(indent=2))


def _write(made: Brief, output: Path, json: bool) -> None:
    from foreshock.brief.page.build import build_page

    text = made.model_dump_json(indent=2) + "\n" if json else build_page(made)
    write_page(output, text, f"{made.counts['claims']:,} claims")
