"""Commands that read texts: read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from foreshock.cli.common import Json, app, console, faults_told, safe, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from foreshock.observe.reading.batch import Counts
    from foreshock.observe.reading.choosing import Choice
    from foreshock.observe.reading.document import Document
    from foreshock.observe.reading.loading import Loaded

Published = Annotated[
    str | None,
    typer.Option(
        "--published", metavar="DAY", help="Day of publication, from which dates are reckoned."
    ),
]
Publisher = Annotated[
    str,
    typer.Option("--source", metavar="NAME", help="Who published it, if the file does not say."),
]
CoderName = Annotated[
    str,
    typer.Option(
        "--coder", metavar="NAME", help="rules (offline), llm (a language model) or both."
    ),
]
ConfirmHost = Annotated[
    str | None,
    typer.Option(
        "--confirm-host",
        metavar="HOST",
        help="Agree that text may go to this host of a language model, once and for all.",
    ),
]
BATCH = (".jsonl", ".ndjson")
PACE = 2.0
"""Seconds between two words on how far a batch has come."""


@app.command()
def read(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="A text (.txt, .md), a saved page (.html), many documents (.jsonl with text, id, "
            "published, source), or - for standard input.",
        ),
    ] = None,
    published: Published = None,
    source: Publisher = "",
    coder: CoderName = "rules",
    case: Annotated[
        str, typer.Option("--case", metavar="CASE", help="Whose actors, places and verbs count.")
    ] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print a claim a line, as JSON.")] = False,
    json: Json = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write the lines of JSON here; of many documents, go on where an earlier run "
            "stopped.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, max=256, help="Processes that read.")
    ] = 1,
    gold: Annotated[
        Path | None,
        typer.Option("--score", metavar="GOLD", help="Read this gold instead, and say how well."),
    ] = None,
    gold_format: Annotated[
        str,
        typer.Option(
            "--gold-format", metavar="NAME", help="foreshock, plover or sentences (labelled ones)."
        ),
    ] = "foreshock",
    lines: Annotated[
        str,
        typer.Option("--lines", metavar="WHICH", help="Of a gold of PLOVER: all, odd or even."),
    ] = "all",
    misses: Annotated[
        bool, typer.Option("--misses", help="With --score, quote what was missed or misread.")
    ] = False,
    confirm_host: ConfirmHost = None,
) -> None:
    """Read a report and tell what it claims: who did what to whom, when, where, on whose word.

    Nothing is stored; `foreshock add CASE FILE --read rules` does that. Exits with 1 if a document
    could not be read.

    Example: foreshock read report.txt --published 2020-02-05 --source "The Gazette"
    """
    from foreshock.core.errors import ForeshockError
    from foreshock.observe.reading.choosing import Choice
    from foreshock.observe.reading.loading import load_documents

    with faults_told():
        choice = Choice(coder, case)
        agree(choice, confirm_host)
        if gold is not None:
            _score(gold, gold_format, lines, choice, misses=misses, json=json)
            return
        if file is None:
            raise ForeshockError("no file is named", mend="name a text, or a gold with --score")
        loaded = load_documents(file, published=_day(published), source=source)
        if file.suffix.lower() in BATCH:
            _batch(loaded, choice, output, workers)
        else:
            _one(loaded, choice, output, jsonl=jsonl, json=json)


def agree(choice: Choice, named: str | None) -> None:
    """Ask once whether text may leave this machine, if a language model elsewhere is to read."""
    if choice.coder == "rules":
        return
    import sys

    from foreshock.observe.reading.llm.consent import require_consent
    from foreshock.observe.reading.llm.settings import Settings

    def ask(warning: str) -> bool:
        say(warning)
        return typer.confirm("Agreed?", default=False, err=True)

    seen = sys.stdin.isatty() and sys.stderr.isatty()
    require_consent(Settings.from_environment().host, ask=ask if seen else None, named=named)


def _day(published: str | None) -> date | None:
    from foreshock.core.time import parse_day

    return parse_day(published) if published else None


def documents(loaded: Iterator[Loaded]) -> list[Document]:
    """Take the documents of a file, telling notes; a row that is none ends it."""
    found = []
    for each in loaded:
        if each.fault is not None:
            raise each.fault
        for note in each.notes:
            say(note)
        if each.document is not None:
            found.append(each.document)
    return found


# ---------------------------------------------------------------------- one document


def _one(
    loaded: Iterator[Loaded], choice: Choice, output: Path | None, *, jsonl: bool, json: bool
) -> None:
    from foreshock.brief.terminal_reading import render_reading
    from foreshock.core.files import check_target, write_whole
    from foreshock.observe.reading.choosing import reader
    from foreshock.observe.reading.published import as_json, read_claims, write_lines

    if output is not None:
        check_target(output)
    for document in documents(loaded):
        here = reader(choice)
        if not (json or jsonl or output):
            render_reading(here.coder.read(document), console())
            continue
        filed, known, sentences = here.read(document)
        claims = list(read_claims(filed, known))
        text = as_json(filed, claims, sentences) if json else write_lines(claims)
        if output is None:
            typer.echo(text, nl=False)
        else:
            write_whole(output, text)
            typer.echo(safe(f"{output}: {len(claims):,} claims in {sentences:,} sentences"))


# ---------------------------------------------------------------------- many documents


def _batch(loaded: Iterator[Loaded], choice: Choice, output: Path | None, workers: int) -> None:
    from foreshock.core.files import check_target
    from foreshock.evaluate.running import processes
    from foreshock.observe.reading.batch import NOTHING, run, stand_of

    if output is not None:
        check_target(output)
    stand = NOTHING if output is None else stand_of(output)
    if stand.done:
        say(f"{stand.done:,} documents were read before; going on after them")
    with _sink(output, stand.size) as write, processes(workers) as executor:
        counts = run(
            loaded,
            choice,
            write,
            stand=stand,
            executor=executor,
            workers=workers,
            fault=lambda what: say(f"not read: {what}"),
            progress=_told_now_and_then(),
        )
    say(
        f"{counts.documents:,} documents read, {counts.claims:,} claims in "
        f"{counts.sentences:,} sentences, {counts.faults:,} not read"
        + (f"; {counts.skipped:,} read before" if counts.skipped else "")
    )
    if counts.faults:
        raise typer.Exit(1)


@contextmanager
def _sink(output: Path | None, size: int) -> Iterator[Callable[[str], None]]:
    """Open where lines go: a file, cut back to its last whole document, or standard output."""
    if output is None:
        yield lambda text: typer.echo(text, nl=False)
        return
    with output.open("r+b" if output.exists() else "wb", buffering=0) as file:
        file.truncate(size)
        file.seek(size)

        def write(text: str) -> None:
            file.write(text.encode())

        yield write


def _told_now_and_then() -> Callable[[Counts], None]:
    last = began = monotonic()

    def told(counts: Counts) -> None:
        nonlocal last
        now = monotonic()
        if now - last >= PACE:
            last = now
            pace = counts.sentences / (now - began)
            say(f"{counts.documents:,} documents, {pace:,.0f} sentences a second ...")

    return told


# ---------------------------------------------------------------------- scores


def _score(gold: Path, name: str, lines: str, choice: Choice, *, misses: bool, json: bool) -> None:
    from foreshock.brief.terminal_scores import render_scores
    from foreshock.cli.common import patience
    from foreshock.core.json_text import dump
    from foreshock.observe.reading.choosing import reader
    from foreshock.observe.reading.scoring.formats import read_any
    from foreshock.observe.reading.scoring.score import score

    rows = read_any(gold, name, lines)
    with patience() as step:
        step("getting ready")
        coder = reader(choice).coder
        step(f"reading {len(rows):,} documents")
        scores = score(rows, coder, single=name != "foreshock")
    # What is kept unseen on purpose is not quoted by accident.
    critical = misses or name == "foreshock"
    if json:
        typer.echo(dump(scores.as_json(critical=critical, misses=misses)))
    else:
        render_scores(scores, console(), critical=critical, misses=misses)
