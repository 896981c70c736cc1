"""Cells that a spreadsheet cannot mistake for a formula, and that read back unchanged.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break may be run as a formula
when a person opens the file (CWE-1236). Such a cell is written with an apostrophe before it;
reading takes the apostrophe away. Plain numbers are left alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def guard(text: str) -> str:
    """Make a cell safe.

    Examples
    --------
    >>> guard("=1+1"), guard("-12.5"), guard("'Ayn"), guard("'=x")
    ("'=1+1", '-12.5', "'Ayn", "''=x")
    """
    return "'" + text if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unguard(text: str) -> str:
    """Read a cell back.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'Ayn"), unguard("''=x")
    ('=1+1', "'Ayn", "'=x")
    """
    return text[1:] if _GUARDED.match(text) else text


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    r"""Write rows as CSV with safe cells.

    Examples
    --------
    >>> write_csv(["a"], [{"a": "@x"}])
    "a\n'@x\n"
    """
    table = [[guard(row.get(column, "")) for column in columns] for row in rows]
    # The library leaves a bare carriage return without quotes, and then reads it as a line's end.
    bare = any("\r" in cell for cells in table for cell in cells)
    out = io.StringIO()
    writer = csv.writer(
        out, lineterminator="\n", quoting=csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL
    )
    writer.writerows([list(columns), *table])
    return out.getvalue()
