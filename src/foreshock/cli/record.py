"""Commands on the record: judge, ledger, verify."""

from __future__ import annotations

from typing import Annotated

import typer

from foreshock.cli.common import AsOf, CaseName, Json, app, faults_told, open_named, times


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

    Each line holds the one before it in place by its hash. Exits with 1 if any was altered.

    Example: foreshock ledger idlib-2020 --check
    """
    from foreshock.brief.record import tell_ledger
    from foreshock.verify.ledger import Ledger

    with faults_told():
        text, sound = tell_ledger(Ledger.of(open_named(case)), check=check, noted=noted, json=json)
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

    with faults_told():
        typer.echo(tell_record(open_named(case), times(as_of, None)[0], json=json))
