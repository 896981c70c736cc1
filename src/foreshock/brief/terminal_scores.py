"""How well a coder reads, in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from foreshock.brief.words import plain
from foreshock.observe.reading.scoring.totals import Counted, Rate, Scores

SHOWN = 200
"""Misses of a kind that are listed; JSON has all of them."""


def render_scores(
    scores: Scores, console: Console, *, critical: bool = True, misses: bool = False
) -> None:
    """Print scores.

    Parameters
    ----------
    scores : Scores
    console : rich.console.Console
    critical, misses : bool
        Whether to quote critical errors, and what was missed or misread: the words of a gold that
        is to stay unseen are not.
    """
    speed = scores.sentences_per_second
    said = f"{scores.documents:,} documents, {scores.sentences:,} sentences"
    pace = f", {speed:,.0f} sentences a second" if speed else ""
    console.print(Text(f"{plain(scores.coder)}: {said}{pace}", style="bold"))
    console.print(_counts("level", scores.levels))
    _rates(console, "field of matched records", scores.fields)
    _rates(console, "", scores.rates)
    _rates(console, "main record", scores.main)
    _critical(console, scores, listed=critical)
    if scores.brier is not None and scores.brier_reference is not None:
        console.print(
            f"Brier score of the confidences: {scores.brier:.3f} "
            f"(always saying the same: {scores.brier_reference:.3f})"
        )
    console.print(_counts("type", scores.by_type))
    _rates(console, "type of the main record", scores.main_by_type)
    _confusion(console, scores)
    for miss in scores.misses[:SHOWN] if misses else ():
        told = " / ".join(part for part in (miss.gold, miss.read) if part)
        console.print(Text(plain(f"{miss.document}  {miss.what}: {told}  “{miss.text}”")))
    if misses and len(scores.misses) > SHOWN:
        console.print(f"and {len(scores.misses) - SHOWN:,} more; --json has all of them")


def share(value: float | None) -> str:
    """Write a share in per cent with one decimal; a dash where there is none.

    Examples
    --------
    >>> share(0.7249), share(None)
    ('72.5 %', '–')
    """
    return "–" if value is None else f"{100 * value:.1f} %"


def _counts(name: str, counts: Mapping[str, Counted]) -> Table:
    table = _table(name, "right", "read", "gold", "prec.", "recall", "F1")
    for key, each in counts.items():
        table.add_row(
            key, f"{each.right:,}", f"{each.read:,}", f"{each.gold:,}",
            share(each.precision), share(each.recall), share(each.f1),
        )  # fmt: skip
    return table


def _rates(console: Console, name: str, rates: Mapping[str, Rate]) -> None:
    if not rates:
        return
    table = _table(name, "share", "of")
    for key, each in rates.items():
        table.add_row(key, share(each.value), f"{each.of:,}")
    console.print(table)


def _table(name: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column(name, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _critical(console: Console, scores: Scores, *, listed: bool) -> None:
    errors = len(scores.critical)
    style = "bold red" if errors else "green"
    console.print(
        Text(
            f"CRITICAL: {errors:,} of {scores.could_be_critical:,} forecasts, plans, denials, "
            "opinions and texts without an event came out as an event that happened.",
            style=style,
        )
    )
    for each in scores.critical[:SHOWN] if listed else ():
        told = f"  {each.document}  {each.why}: read as {each.type} “{each.words}”"
        console.print(Text(plain(told)))


def _confusion(console: Console, scores: Scores) -> None:
    wrong = {pair: n for pair, n in scores.confusion.items() if pair[0] != pair[1]}
    if not wrong:
        return
    table = _table("gold type", "read as", "times")
    for (gold, read), times in sorted(wrong.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(gold, read, f"{times:,}")
    console.print(table)
