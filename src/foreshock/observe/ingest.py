"""Taking a published event table in: read, sorted out, written and registered, or not at all."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import tempfile
from collections.abc import Callable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

import polars as pl
from polars.io.plugins import register_io_source

from foreshock.case.faults import Fault, nearest
from foreshock.core.errors import NothingReadable, TableError
from foreshock.evidence.datasets import (
    Dataset,
    file_digest,
    register,
    registered,
    settle,
)
from foreshock.evidence.published import SCHEMA
from foreshock.observe.batches import Batch, Reject
from foreshock.observe.csv_batches import csv_batches, csv_columns, csv_rows
from foreshock.observe.declaring import Declared
from foreshock.observe.layout import Format
from foreshock.observe.parquet_batches import (
    parquet_batches,
    parquet_columns,
    parquet_rows,
)
from foreshock.observe.readers import events as readers

SHOWN = 20
"""Faults that are shown; all of them stand in the file of rejected rows."""

_PACKED = {b"PK\x03\x04": "a zip archive", b"\x1f\x8b": "packed with gzip"}

Progress = Callable[[float, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an ingest did.

    Attributes
    ----------
    dataset : Dataset
        As it is registered now.
    faults : list of Fault
        The first `SHOWN` faults of rows that were kept aside.
    first : bool
        Whether this is the first dataset of its format in the folder.
    replaced : bool
        Whether a dataset of the same id stood there before.
    """

    dataset: Dataset
    faults: list[Fault]
    first: bool
    replaced: bool


def formats() -> list[str]:
    """Name the formats that there are readers for.

    Examples
    --------
    >>> formats()
    ['ucdp-ged']
    """
    return sorted(
        module.name.replace("_", "-") for module in pkgutil.iter_modules(readers.__path__)
    )


def find_format(name: str) -> Format:
    """Find a format by its name.

    Raises
    ------
    TableError
        If there is no reader for it.
    """
    if name not in formats():
        raise TableError(
            f"no format is called {name[:80]!r}",
            expected="one of " + ", ".join(formats()),
            mend=nearest(name, formats()) or None,
        )
    module = importlib.import_module(f"{readers.__name__}.{name.replace('-', '_')}")
    layout: Format = module.FORMAT
    return layout


def ingest(
    file: Path,
    format_name: str,
    folder: Path,
    declared: Declared | None = None,
    progress: Progress | None = None,
) -> Receipt:
    """Read a published event table into a folder of Parquet files in the native schema.

    A row that cannot be read is kept aside in a file of its own and counted; the rest goes on.
    Either everything is written and registered, or nothing is.

    Parameters
    ----------
    file : pathlib.Path
        CSV or Parquet.
    format_name : str
        One of `formats`.
    folder : pathlib.Path
        Made if it does not exist.
    declared : Declared, optional
    progress : callable, optional
        Told the share of the file that is done, and the rows read so far.

    Raises
    ------
    TableError
        If the file is not of that format, or cannot be read at all.
    NothingReadable
        If it holds no row that can be read.
    """
    layout, declared = find_format(format_name), declared or Declared()
    opened = _File.open(file, layout)
    release = declared.release or layout.release(file.name)
    name = f"{layout.name}-{_slug(release or file.stem)}"
    known = registered(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _Writing(folder, name) as writing, ThreadPoolExecutor(1) as aside:
        digest = aside.submit(file_digest, file)
        delay = layout.delay_days if declared.delay_days is None else declared.delay_days
        intake = _Intake(opened, name, delay, writing)
        intake.write(progress)
        if not intake.events:
            raise _nothing(file, intake)
        contents = _Contents.of(writing.table, layout)
        first, last = declared.covers or (contents.first, contents.last)
        dataset = Dataset(
            id=name,
            format=layout.name,
            title=layout.title,
            release=release or "unstated",
            licence=layout.licence,
            citation=layout.citation,
            url=layout.url,
            redistribution=layout.redistribution,
            file=file.name,
            digest=digest.result(),
            retrieved=declared.retrieved or _day_of(file),
            retrieved_basis="told" if declared.retrieved else "date of the file",
            known_basis="declared",
            delay_days=delay,
            delay_about=layout.delay_about,
            first=first,
            last=last,
            covers_basis="told" if declared.covers else "first and last event",
            rows=intake.rows,
            events=intake.events,
            rejected=intake.rejected,
            remarks=contents.remarks,
            table=f"{name}.parquet",
            table_digest=file_digest(writing.table),
            rejects=f"{name}.rejected.jsonl" if intake.rejected else "",
        )
        writing.settle(dataset)
    return Receipt(
        dataset=dataset,
        faults=intake.faults,
        first=all(each.format != layout.name for each in known.values()),
        replaced=name in known,
    )


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a format, read as what it is, whatever its name ends with."""

    path: Path
    layout: Format
    is_parquet: bool

    @classmethod
    def open(cls, path: Path, layout: Format) -> _File:
        with path.open("rb") as handle:
            magic = handle.read(4)
        for mark, what in _PACKED.items():
            if magic.startswith(mark):
                raise TableError(f"the file is {what}", str(path), mend="unpack it first")
        if not magic:
            raise TableError("the file is empty", str(path), expected=layout.shape)
        is_parquet = magic == b"PAR1"
        names = (parquet_columns if is_parquet else csv_columns)(path)
        _require(names, path, layout)
        return cls(path, layout, is_parquet)

    def batches(self) -> Iterator[Batch]:
        return (parquet_batches if self.is_parquet else csv_batches)(self.path, self.layout)

    def look_up(self, rows: Set[int]) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Find rows again: their number, line and cells."""
        return (parquet_rows if self.is_parquet else csv_rows)(self.path, self.layout, rows)


def _require(names: list[str], path: Path, layout: Format) -> None:
    twice = [column for column in layout.columns if names.count(column) > 1]
    if twice:
        raise TableError(f"the column {twice[0]} stands twice", str(path), mend="take one out")
    missing = [column for column in layout.columns if column not in names]
    if missing:
        raise TableError(
            f"no {layout.name} table: without the column"
            + "s" * (len(missing) > 1)
            + " "
            + ", ".join(missing),
            where=str(path),
            expected=layout.shape,
            mend="give the file as it was published, or name its format with --format",
        )


class _Writing:
    """The files of a dataset while they are being written: they take their place at the end."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.table, self.second, self.rejects = (
            self._temporary(ending) for ending in (".parquet", ".second.parquet", ".rejected")
        )

    def __enter__(self) -> _Writing:
        return self

    def __exit__(self, *_: object) -> None:
        for left in (self.table, self.second, self.rejects):
            left.unlink(missing_ok=True)

    def _temporary(self, ending: str) -> Path:
        handle, name = tempfile.mkstemp(prefix=f".{self.name}.", suffix=ending, dir=self.folder)
        os.close(handle)
        return Path(name)

    def settle(self, dataset: Dataset) -> None:
        """Put everything in its place; the register comes last and makes it valid."""
        aside = self.folder / f"{self.name}.rejected.jsonl"
        if dataset.rejects:
            settle(self.rejects, aside)
        settle(self.table, self.folder / dataset.table)
        register(self.folder, dataset)
        if not dataset.rejects:
            aside.unlink(missing_ok=True)


class _Intake:
    """Batches on their way into a Parquet file, and what is counted on the way."""

    def __init__(self, file: _File, dataset: str, delay_days: int, writing: _Writing) -> None:
        self.file, self.dataset, self.delay_days = file, dataset, delay_days
        self.writing = writing
        self.rows = self.rejected = 0
        self.faults: list[Fault] = []

    @property
    def events(self) -> int:
        """Rows taken in."""
        return self.rows - self.rejected

    def write(self, progress: Progress | None) -> None:
        """Write the events; a second pass only where an id came twice."""
        table = self.writing.table
        with self.writing.rejects.open("w", encoding="utf-8") as aside:

            def source(*_: object) -> Iterator[pl.DataFrame]:
                for batch in self.file.batches():
                    self.rows += batch.rows.height + len(batch.rejects)
                    self._set_aside(batch.rejects, aside)
                    if progress:
                        progress(batch.done, self.rows)
                    yield self.file.layout.events(batch.rows, self.dataset, self.delay_days)

            # A source of Polars' own: batches are written as they come, none of them is kept.
            register_io_source(source, schema=SCHEMA).sink_parquet(table)
            self._set_aside(self._told_twice(table), aside)

    def _told_twice(self, table: Path) -> list[Reject]:
        """Take out of the table every row whose id was told by an earlier one."""
        ids = pl.scan_parquet(table).select("row", "event_id")
        again = ids.filter(~pl.col("event_id").is_first_distinct()).collect()
        if again.is_empty():
            return []
        events = pl.scan_parquet(table)
        events.filter(~pl.col("row").is_in(again["row"].implode())).sink_parquet(
            self.writing.second
        )
        self.writing.second.replace(table)
        column = next(c.column for c in self.file.layout.cells if c.name == "event_id")
        what = {row: f"the id {event!r} was told by an earlier row" for row, event in again.rows()}
        return [
            Reject(row, (Fault(self.file.path.name, line, column, what[row]),), cells)
            for row, line, cells in self.file.look_up(set(what))
        ]

    def _set_aside(self, rejects: list[Reject], aside: TextIO) -> None:
        self.rejected += len(rejects)
        for reject in rejects:
            aside.write(reject.text + "\n")
            self.faults += reject.faults[: max(0, SHOWN - len(self.faults))]


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a finished table holds: the days of its events, and its oddities."""

    first: date
    last: date
    remarks: dict[str, int]

    @classmethod
    def of(cls, table: Path, layout: Format) -> _Contents:
        counted = {name: holds.sum().alias(name) for name, holds in layout.remarks.items()}
        end = pl.col("end")
        found = pl.scan_parquet(table).select(
            end.min().alias("first"), end.max().alias("last"), *counted.values()
        )
        row = found.collect().row(0, named=True)
        remarks = {name: int(row[name]) for name in counted if row[name]}
        return cls(row["first"], row["last"], remarks)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.") or "unnamed"


def _day_of(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date()


def _nothing(file: Path, intake: _Intake) -> NothingReadable:
    if not intake.rows:
        return NothingReadable("the file has a header and no row", where=str(file))
    return NothingReadable(
        f"none of its {intake.rows:,} rows can be read; the first: {intake.faults[0]}",
        where=str(file),
    )
