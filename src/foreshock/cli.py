"""The command line. What is heavy is imported inside the commands, so that help comes at once."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from rich.console import Console

    from foreshock.brief.document import Brief
    from foreshock.case.adding import Addition
    from foreshock.case.opening import Case
    from foreshock.evidence.view import Evidence

app = typer.Typer(
    name="foreshock",
    help="Early warning for conflicts with many hands in them: who says what, what is disputed, "
    "and what it amounts to on a day.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CaseName = Annotated[
    str, typer.Argument(metavar="CASE", help="A bundled case, such as idlib-2020, or a folder.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DAY", help="End of this UTC day, YYYY-MM-DD; else the case's own day."
    ),
]
RecordedBy = Annotated[
    str | None,
    typer.Option(
        "--recorded-by",
        metavar="TIME",
        help="Only what had been recorded by then: a day, or an instant such as 2020-02-05T12:00Z.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@app.command()
def brief(
    case: CaseName, as_of: AsOf = None, recorded_by: RecordedBy = None, json: Json = False
) -> None:
    """Tell what is known of a case on a day, who says so, and what is disputed.

    Example: foreshock brief idlib-2020 --as-of 2020-02-05
    """
    from foreshock.brief.terminal import render

    with _told():
        made = _cycle(case, as_of, recorded_by)
        _show(made) if json else render(made, _console())


@app.command()
def picture(
    case: CaseName, as_of: AsOf = None, recorded_by: RecordedBy = None, json: Json = False
) -> None:
    """Print the whole picture of a day: every event, figure, holding, count and deadline.

    Example: foreshock picture idlib-2020 --as-of 2020-02-05
    """
    from foreshock.brief.terminal import render_picture

    with _told():
        made = _cycle(case, as_of, recorded_by)
        _show(made) if json else render_picture(made, _console())


@app.command()
def check(case: CaseName, json: Json = False) -> None:
    """Name every fault in a case folder, with file, line, column and how to mend it.

    Exits with 0 if there is none, with 1 if there is one.

    Example: foreshock check my-case
    """
    from foreshock.case.folder import inspect_folder
    from foreshock.case.home import find_case
    from foreshock.evidence.records import dump

    with _told():
        folder, faults = inspect_folder(find_case(case))
        if json:
            fields = ("file", "line", "column", "what", "mend")
            rows = [{field: getattr(fault, field) for field in fields} for fault in faults]
            typer.echo(dump({"case": case, "faults": rows}))
        for fault in () if json else faults:
            typer.echo(_safe(str(fault)))
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
    from foreshock.evidence.records import dump

    with _told():
        today = datetime.now(UTC).date().isoformat()
        files = copy_case(origin, folder) if origin else start_case(folder, today)
        if json:
            typer.echo(dump({"folder": str(folder), "files": [file.name for file in files]}))
            return
        typer.echo(_safe(f"{folder}: {', '.join(file.name for file in files)}"))
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
            help="Claims as CSV, or as JSON Lines whose rows have 'kind'. Without it, one claim is "
            "asked for, field by field.",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking.")] = False,
    json: Json = False,
) -> None:
    """Add claims to a case, after showing what they change in the picture.

    Columns are those of claims.csv. A claim in a report that the case does not know yet says so in
    the columns source, published, title and url.

    Example: foreshock add idlib-2020 wednesday.csv
    """
    from foreshock.case.adding import read_addition, read_typed
    from foreshock.case.dialogue import ask_for_claim, terminal_ask

    with _told():
        opened = _open(case)
        if file is not None:
            addition = read_addition(opened, file)
        else:
            addition = read_typed(opened, ask_for_claim(opened, terminal_ask(), _say))
        _store(opened, addition, yes=yes, json=json)


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
    from foreshock.evidence.records import dump

    with _told():
        opened = _open(case)
        written = export_claims(_evidence(opened, as_of, recorded_by), out)
        if json:
            typer.echo(dump({"file": str(out), "claims": written}))
        else:
            typer.echo(_safe(f"{out}: {written:,} claims"))


@app.command()
def ingest(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or Parquet, as published.")],
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
        str | None,
        typer.Option(
            "--covers",
            metavar="DAY..DAY",
            help="Days that the file covers; else from its first event to its last.",
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Take a published event table in, as Parquet in one schema, and register where it is from.

    A row that cannot be read is named with file, line and column, kept aside, and counted; the
    rest goes on. Exits with 1 if not one row can be read.

    Example: foreshock ingest GEDEvent_v24_1.csv --format ucdp-ged -o events
    """
    from foreshock.observe.declaring import declared
    from foreshock.observe.ingest import ingest as take_in
    from foreshock.observe.telling import Telling

    with _told():
        told = Telling(_say)
        given = declared(delay, release, retrieved, covers)
        receipt = take_in(file, format_name, out, given, told.progress)
        told.faults(receipt)
        for line in [] if json else told.summary(receipt):
            typer.echo(_safe(line))
        if json:
            typer.echo(told.as_json(receipt))


@app.command()
def judge(
    case: CaseName,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="Id of a question that the case declares.")
    ],
    probability: Annotated[
        float, typer.Option("--probability", metavar="P", help="Of a yes, from 0 to 1.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who signs it.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in a line.")],
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Put your own signed probability into the ledger, beside the model's and never over it.

    It is scored as the model is, under your name; a later judgement does not replace it.

    Example: foreshock judge idlib-2020 Q04 --probability 0.6 --by "A. Hope" --reason "No talks yet"
    """
    from foreshock.brief.record import tell_entry
    from foreshock.verify.judgements import judge as judged

    with _told():
        day, _ = _times(as_of, None)
        entry = judged(_open(case), question, day, probability, by, reason)
        typer.echo(tell_entry(entry, json=json))


@app.command()
def ledger(
    case: CaseName,
    check: Annotated[
        bool, typer.Option("--check", help="Prove that no line was changed, removed or moved.")
    ] = False,
    noted: Annotated[
        str, typer.Option("--has", metavar="HASH", help="With a line of this hash, noted earlier.")
    ] = "",
    json: Json = False,
) -> None:
    """List every forecast and judgement as it was written down before anybody saw it.

    Each line holds the one before it in place by its hash. Exits with 1 if any was altered.

    Example: foreshock ledger idlib-2020 --check
    """
    from foreshock.brief.record import tell_ledger
    from foreshock.verify.ledger import Ledger

    with _told():
        text, sound = tell_ledger(Ledger.of(_open(case)), check=check, noted=noted, json=json)
        typer.echo(text)
        if not sound:
            raise typer.Exit(1)


@app.command()
def verify(
    case: CaseName,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DAY", help="Outcomes known by its end; else by today's."),
    ] = None,
    json: Json = False,
) -> None:
    """Keep score: what was forecast, what came of it, how good that was, and the biggest misses.

    Outcomes count from the day on which the public could know them. Live forecasts and hindcasts
    are never mixed.

    Example: foreshock verify idlib-2020
    """
    from foreshock.brief.record import tell_record

    with _told():
        typer.echo(tell_record(_open(case), _times(as_of, None)[0], json=json))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A narrow encoding of the terminal or pipe must not stop a brief: "•" becomes "?".
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    app()


# ---------------------------------------------------------------------- means


def _cycle(name: str, as_of: str | None, recorded_by: str | None) -> Brief:
    from foreshock.cycle import cycle

    day, instant = _times(as_of, recorded_by)
    return cycle(_open(name), day, instant)


def _evidence(case: Case, as_of: str | None, recorded_by: str | None) -> Evidence:
    from foreshock.cycle import observe

    day, instant = _times(as_of, recorded_by)
    return observe(case, day or case.about.as_of, instant)


def _times(as_of: str | None, recorded_by: str | None) -> tuple[date | None, datetime | None]:
    from foreshock.core.time import parse_day, parse_instant

    day = parse_day(as_of) if as_of else None
    return day, parse_instant(recorded_by) if recorded_by else None


def _open(name: str) -> Case:
    from foreshock.case.opening import open_case

    return open_case(name, progress=_say)


def _store(case: Case, addition: Addition, *, yes: bool, json: bool) -> None:
    from foreshock.brief.difference import changes
    from foreshock.evidence.records import as_json, dump

    as_of, lines = changes(case, addition)
    if not json:
        typer.echo(f"As of {as_of}, this changes:")
        for line in lines or ["nothing in the picture"]:
            typer.echo(f"  {_safe(line)}")
    if not yes and not typer.confirm("Store it?", default=False, err=True):
        _say("Nothing was stored.")
        raise typer.Exit(1)
    receipt = case.store.append(case.name, addition.batch())
    if json:
        stored = [as_json(claim) for claim in addition.claims]
        typer.echo(dump({"stored": receipt.claims, "claims": stored, "changes": lines}))
    elif receipt.nothing_new:
        typer.echo("It was all there already; nothing was added.")
    else:
        keys = ", ".join(claim.key for claim in addition.claims)
        typer.echo(f"Stored: {_safe(keys)}")


def _show(made: Brief) -> None:
    typer.echo(made.model_dump_json(indent=2))


def _console() -> Console:
    from rich.console import Console

    # Piped text has no width of its own: 80 columns, without colour, fit everywhere.
    return Console(width=None if sys.stdout.isatty() else 80, highlight=False, markup=False)


def _say(line: str) -> None:
    typer.echo(_safe(line), err=True)


def _safe(text: str) -> str:
    from foreshock.brief.words import plain

    return plain(text)


@contextmanager
def _told() -> Iterator[None]:
    """Turn our errors into a message and an exit code; nothing else is caught."""
    from foreshock.core.errors import CaseError, ForeshockError

    try:
        yield
    except ForeshockError as error:
        _say(f"error: {error}")
        for fault in error.faults if isinstance(error, CaseError) else ():
            _say(f"  {fault}")
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        _say(f"error: {error.filename or ''}: {error.strerror or error}")
        raise typer.Exit(2) from None
    except (KeyboardInterrupt, EOFError):
        _say("Left; nothing was stored.")
        raise typer.Exit(1) from None


if __name__ == "__main__":
    main()
