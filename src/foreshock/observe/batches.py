"""Batches of rows on their way into an event table, and the rows that could not be read."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from foreshock.case.faults import Fault
from foreshock.observe.layout import ROW, Format, sort_out

LONGEST_CELL = 2**16
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be read, kept aside; as small as can be, for there may be many.

    Attributes
    ----------
    row : int
        Row of the table, the first below the header being 1; of a folder's files one after the
        other.
    faults : tuple of Fault
        What is wrong, each with file, line and column; in a Parquet file the line is the row.
    columns, said : str
        All that the row says, of a cell no more than its first `LONGEST_CELL` letters: the names of
        its columns, and their cells, each as a list in JSON.
    """

    row: int
    faults: tuple[Fault, ...]
    columns: str
    said: str

    @classmethod
    def of(cls, row: int, faults: Iterable[Fault], cells: Mapping[str, str]) -> Reject:
        """Keep a row with its faults and its cells by column."""
        said = json.dumps([cell[:LONGEST_CELL] for cell in cells.values()])
        return cls(row, tuple(faults), sys.intern(json.dumps(list(cells))), said)

    @property
    def cells(self) -> dict[str, str]:
        """All that the row says, by column."""
        return dict(zip(json.loads(self.columns), json.loads(self.said), strict=True))

    @property
    def text(self) -> str:
        """One line of JSON with everything."""
        first = self.faults[0]
        said = {
            "file": first.file,
            "line": first.line,
            "row": self.row,
            "faults": [{"column": each.column, "what": each.what} for each in self.faults],
            "cells": self.cells,
        }
        return json.dumps(said, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file.

    Attributes
    ----------
    rows : polars.DataFrame
        The values of those that could be read, under the names of the format's cells, and `ROW`.
    rejects : list of Reject
        The others.
    done : float
        Share of the file that has been read, 0–1.
    """

    rows: pl.DataFrame
    rejects: list[Reject]
    done: float

    def behind(self, many: int) -> Batch:
        """Give it as it is behind so many other rows."""
        rows = self.rows.with_columns(pl.col(ROW) + many)
        return Batch(rows, [replace(each, row=each.row + many) for each in self.rejects], self.done)


def gathered(batches: Iterator[Batch], many: int, size: int) -> Iterator[Batch]:
    """Put small batches together: each takes some milliseconds further on, whatever its size.

    Parameters
    ----------
    batches : iterator of Batch
        Of the same columns.
    many, size : int
        Rows, kept aside or not, and bytes of values, from either of which on a batch goes on.
    """
    waiting = list[Batch]()
    rows, held = 0, 0.0
    for batch in batches:
        waiting.append(batch)
        rows += batch.rows.height + len(batch.rejects)
        held += batch.rows.estimated_size()
        if rows >= many or held >= size:
            yield _together(waiting)
            waiting, rows, held = [], 0, 0.0
    if waiting:
        yield _together(waiting)


def _together(batches: Sequence[Batch]) -> Batch:
    rows = pl.concat([batch.rows for batch in batches])
    return Batch(rows, [each for batch in batches for each in batch.rejects], batches[-1].done)


def ahead(batches: Iterator[Batch], many: int) -> Iterator[Batch]:
    """Read the next few batches while the last one is being worked on."""
    with ThreadPoolExecutor(1) as aside:
        coming = deque(aside.submit(next, batches, None) for _ in range(many))
        while (batch := coming.popleft().result()) is not None:
            coming.append(aside.submit(next, batches, None))
            yield batch


def side_by_side(tasks: Iterator[Callable[[], Batch]], many: int) -> Iterator[Batch]:
    """Do so many tasks at once, and give what comes of them in their order."""
    with ThreadPoolExecutor(many) as aside:
        going = deque(aside.submit(task) for task in islice(tasks, many))
        while going:
            batch = going.popleft().result()
            going.extend(aside.submit(task) for task in islice(tasks, 1))
            yield batch


def read_texts(
    file: str,
    texts: pl.DataFrame,
    layout: Format,
    line_of: Callable[[int], int],
    cells_of: Callable[[int], Mapping[str, str]] | None = None,
) -> tuple[pl.DataFrame, list[Reject]]:
    """Read rows of texts; say of those that cannot be read where they stand and why.

    Parameters
    ----------
    file : str
        Name of the file.
    texts : polars.DataFrame
        `ROW` and the columns of the file that the format reads, as text.
    layout : Format
    line_of : callable
        Gives the line of a row that cannot be read.
    cells_of : callable, optional
        Gives all that such a row says; else what is in `texts`.
    """
    rows, faulty = sort_out(texts, layout)
    if faulty.is_empty():
        return rows, []
    told = texts.filter(pl.col(ROW).is_in(faulty[ROW].implode())).iter_rows(named=True)
    rejects = []
    for cells, flags in zip(told, faulty.iter_rows(named=True), strict=True):
        row = cells[ROW]
        said = cells_of(row) if cells_of else {n: v or "" for n, v in cells.items() if n != ROW}
        faults = _explain(file, line_of(row), said, flags, layout)
        rejects.append(Reject.of(row, faults, said))
    return rows, rejects


def _explain(
    file: str, line: int, cells: Mapping[str, str], flags: Mapping[str, bool], layout: Format
) -> Sequence[Fault]:
    found = [
        Fault(file, line, cell.column, _unread(cells[cell.column], cell.expected))
        for at, cell in enumerate(layout.cells)
        if flags.get(f"cell {at}")
    ]
    found += [
        Fault(file, line, rule.column, rule.what)
        for at, rule in enumerate(layout.rules)
        if flags.get(f"rule {at}")
    ]
    return list(dict.fromkeys(found))  # a column that is read twice is at fault once


def _unread(value: str, expected: str) -> str:
    if not value:
        return f"empty; expected {expected}"
    shown = value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
    return f"cannot read {shown!r}; expected {expected}"
