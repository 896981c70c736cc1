"""Commands on the record: judge, ledger, verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from foreshock.cli.common import AsOf, CaseName, Json, app, faults_told, open_named, times

if TYPE_CHECKING:
    from foreshock.verify.ledger import Ledger


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

    with faults_told():
        day, _ = times(as_of, None)
        entry = judged(open_named(case), question, day, probability, by, reason)
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

    Each line holds the one before it in place by its hash. Exits with 1 if any was altered. What
    foreshock watch wrote is listed by: foreshock ledger watch.

    Example: foreshock ledger idlib-2020 --check
    """
    from foreshock.brief.record import tell_ledger

    with faults_told():
        text, sound = tell_ledger(_ledger(case), check=check, noted=noted, json=json)
        typer.echo(text)
        if not sound:
            raise typer.Exit(1)


def _ledger(name: str) -> Ledger:
    """Give the ledger of a case; where none is called so, ``watch`` is that of the watch."""
    from foreshock.core.errors import UnknownCase
    from foreshock.verify.ledger import Ledger
    from foreshock.verify.watching import WATCH, watch_ledger

    try:
        return Ledger.of(open_named(name))
    except UnknownCase:
        if name != WATCH:
            raise
        return watch_ledger()


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
    from foreshock.core.errors import LedgerError, UnknownCase
    from foreshock.verify.watching import WATCH

    with faults_told():
        try:
            opened = open_named(case)
        except UnknownCase:
            if case != WATCH:
                raise
            raise LedgerError(
                "the watch is no case", mend="settle its months with: foreshock watch PANEL"
            ) from None
        typer.echo(tell_record(opened, times(as_of, None)[0], json=json))
