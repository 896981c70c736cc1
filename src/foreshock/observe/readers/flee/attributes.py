"""Further columns of places and roads: some change how people move, the others are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foreshock.observe.readers.flee.findings import Findings
from foreshock.observe.readers.flee.lines import Line, number

Limits = Mapping[str, tuple[float, float]]
"""Columns that rules of movement read, and the least and the most that a cell may hold."""


def tell_unread(columns: Sequence[str], used: Limits, file: str, findings: Findings) -> None:
    """Say which further columns no supported rule reads.

    Parameters
    ----------
    columns : sequence of str
    used : mapping of str to tuple of float
    file : str
    findings : Findings
    """
    for column in columns:
        if column not in used:
            what = "kept, but no supported rule of movement reads it"
            findings.warn(file, 0, column[:60], what)


def read_attributes(
    columns: Sequence[str], cells: Sequence[str], used: Limits, line: Line, file: str,
    findings: Findings,
) -> dict[str, str]:  # fmt: skip
    """Read the filled cells of the further columns.

    Parameters
    ----------
    columns, cells : sequence of str
    used : mapping of str to tuple of float
    line : Line
    file : str
    findings : Findings
        Takes a fault for each cell that a rule reads and cannot.

    Returns
    -------
    dict of str to str
    """
    attributes = {
        column: cell for column, cell in zip(columns, cells, strict=False) if column and cell
    }
    for column in used.keys() & attributes.keys():
        cell, (least, most) = attributes[column], used[column]
        value = number(cell)
        if value is None or not least <= value <= most:
            what = f"{cell[:60]!r} is no number from {least:g} to {most:g}"
            if most == 0:
                what = f"not supported, other than 0: {cell[:60]!r}"
            findings.fault(file, line.number, column, what, "correct it, or leave it empty")
    return attributes
