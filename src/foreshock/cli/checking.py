"""How a check of a folder in Flee's format is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from foreshock.cli.common import safe

if TYPE_CHECKING:
    from foreshock.case.faults import Fault
    from foreshock.observe.readers.flee.checking import Checked

SHOWN = 200
"""Lines of one kind in text; JSON has all."""


def as_rows(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Give faults as rows for JSON."""
    fields = ("file", "line", "column", "what", "mend")
    return [{field: getattr(fault, field) for field in fields} for fault in faults]


def check_flee(path: Path, *, json: bool) -> None:
    """Check such a folder and say what was found; exits with 1 if there is a fault."""
    from foreshock.core.json_text import dump
    from foreshock.observe.readers.flee.checking import check_folder

    checked = check_folder(path)
    if json:
        rows = {"faults": as_rows(checked.faults), "warnings": as_rows(checked.warnings)}
        typer.echo(dump({"case": str(path), "format": "flee", **rows}))
    else:
        _lines("fault", checked.faults)
        _lines("warning", checked.warnings)
        typer.echo(safe(_summary(path, checked)))
    if checked.faults:
        raise typer.Exit(1)


def _lines(kind: str, faults: Sequence[Fault]) -> None:
    for fault in faults[:SHOWN]:
        typer.echo(safe(f"{kind}: {fault}"))
    if len(faults) > SHOWN:
        typer.echo(f"{kind}: and {len(faults) - SHOWN:,} more; --json has all of them")


def _summary(path: Path, checked: Checked) -> str:
    def times(number: int, word: str) -> str:
        return f"{f'{number:,}' if number else 'no'} {word}{'' if number == 1 else 's'}"

    found = f"{times(len(checked.faults), 'fault')}, {times(len(checked.warnings), 'warning')}"
    if checked.folder is None:
        return f"{path.resolve().name}: {found}."
    network, counted = checked.folder.network, checked.folder.counted
    return (
        f"{network.name}: {found} in {len(network.sites):,} places, {len(network.roads):,} roads "
        f"and {len(counted.camps):,} counted camps over {network.days:,} days from "
        f"{network.start}."
    )
