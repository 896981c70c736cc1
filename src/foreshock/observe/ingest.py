"""Taking a published event table in: read, sorted out, written and registered, or not at all."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

import polars as pl
from polars.io.plugins import register_io_source

from foreshock.case.faults import Fault
from foreshock.core.errors import NothingReadable, TableError
from foreshock.core.spans import between
from foreshock.core.time import say_day
from foreshock.evidence.datasets import (
    Dataset,
    file_digest,
    register,
    registered,
    settle,
)
from foreshock.evidence.published import DECLARED, SCHEMA, SOURCE
from foreshock.observe.batches import Batch, Reject, ahead, gathered
from foreshock.observe.covering import OUTSIDE, covered, refuse_days_to_come
from foreshock.observe.declaring import Declared
from foreshock.observe.formats import find_format
from foreshock.observe.layout import Format
from foreshock.observe.opening import Part, open_parts

SHOWN = 20
"""Faults that are shown; all of them stand in the file of rejected rows."""

_LONGEST_NAME = 200
_ENOUGH_ROWS, _ENOUGH_BYTES, _AHEAD = 80_000, 2**24, 2

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
        A table of text, plain or packed, or Parquet; or a folder with nothing but such files, which
        are taken together as one dataset.
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
        If the file is not of that format, cannot be read at all, or files overlap that must not.
    TimeError
        If the days that it is said to cover are later than the one on which it was fetched.
    NothingReadable
        If it holds no row that can be read.
    """
    declared = declared or Declared()
    layout = _as_declared(find_format(format_name, declared.columns), declared)
    known = registered(folder)
    parts = open_parts(file, layout)
    release = declared.release or layout.release(file.name)
    if not release and file.is_file():
        release = layout.release(parts[0].name)
    retrieved = declared.retrieved or max(_day_of(part.path) for part in parts)
    refuse_days_to_come(declared.covers, retrieved)
    if not release and layout.living:
        release = retrieved.isoformat()
    name = f"{layout.name}-{_slug(release or (file.name if file.is_dir() else file.stem))}"
    if len(name) > _LONGEST_NAME:
        raise TableError(
            f"the name {name[:40]!r} ... has {len(name):,} letters",
            expected=f"{_LONGEST_NAME} at most",
            mend="give a short one with --release",
        )
    folder.mkdir(parents=True, exist_ok=True)
    with _Writing(folder, name) as writing, ThreadPoolExecutor(2) as aside:
        digest = aside.submit(_digest, file, parts)
        intake = _Intake(parts, layout, name, writing)
        try:
            # Aside, for a signal is heeded here, and not while Polars works.
            aside.submit(intake.write, progress).result()
        except BaseException:
            intake.given_up = True
            raise
        if not intake.events:
            raise _nothing(file, intake)
        contents = intake.contents
        names = [part.name for part in parts]
        spans, basis, outside = covered(
            writing.table, names, intake.starts, layout, declared.covers
        )
        dataset = Dataset(
            id=name,
            format=layout.name,
            title=layout.title,
            release=release or "unstated",
            licence=layout.licence,
            citation=layout.citation.replace("{retrieved}", say_day(retrieved)),
            url=layout.url,
            redistribution=layout.redistribution,
            file=file.name,
            digest=digest.result(),
            encoding=layout.dialect.encoding,
            retrieved=retrieved,
            retrieved_basis="told" if declared.retrieved else "date of the file",
            known_basis=contents.known_basis,
            delay_days=layout.delay_days,
            delay_about=layout.delay_about,
            first=spans[0][0],
            last=spans[-1][1],
            covers_basis=basis,
            gaps=between(spans),
            rows=intake.rows,
            events=intake.events,
            rejected=intake.rejected,
            remarks=contents.remarks | ({OUTSIDE: outside} if outside else {}),
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


def _as_declared(layout: Format, declared: Declared) -> Format:
    """Give the format as the user wants it read: with another delay, in another encoding."""
    if declared.delay_days is not None:
        if layout.says_when:
            raise TableError(
                f"each row of {layout.name} says itself when it could be known",
                mend="leave --delay out",
            )
        layout = replace(layout, delay_days=declared.delay_days)
    if declared.encoding:
        dialect = replace(layout.dialect, encoding=declared.encoding)
        layout = replace(layout, dialect=dialect)
    return layout


def _digest(file: Path, parts: Sequence[Part]) -> str:
    """SHA-256 of a file; of a folder that of the list of its files, as sha256sum writes it."""
    if file.is_file():
        return file_digest(file)
    listed = "".join(f"{file_digest(part.path)}  {part.path.name}\n" for part in parts)
    return hashlib.sha256(listed.encode()).hexdigest()


class _Writing:
    """The files of a dataset while they are being written: they take their place at the end."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self._aside = TemporaryDirectory(prefix=f".{name}.", dir=folder)
        self.table, self.second, self.rejects = (
            Path(self._aside.name, each) for each in ("table", "second", "rejects")
        )

    def __enter__(self) -> _Writing:
        return self

    def __exit__(self, *_: object) -> None:
        self._aside.cleanup()

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

    def __init__(
        self, parts: Sequence[Part], layout: Format, dataset: str, writing: _Writing
    ) -> None:
        self.parts, self.layout, self.dataset, self.writing = parts, layout, dataset, writing
        self.rows = self.rejected = 0
        self.given_up = False
        self.starts: list[int] = []
        self.faults: list[Fault] = []
        self._contents: list[pl.DataFrame] = []
        self._marks: list[pl.Series] = []

    @property
    def events(self) -> int:
        """Rows taken in."""
        return self.rows - self.rejected

    @property
    def contents(self) -> _Contents:
        """What the events hold."""
        return _Contents.of_parts(pl.concat(self._contents))

    def write(self, progress: Progress | None) -> None:
        """Write the events; a second pass only where an id came twice."""
        table = self.writing.table
        with self.writing.rejects.open("w", encoding="utf-8") as aside:

            def source(*_: object) -> Iterator[pl.DataFrame]:
                return self._events(aside, progress)

            # A source of Polars' own: batches are written as they come, none of them is kept.
            # Of the levels of zstd the first packs as tightly here, and is the fastest. Statistics
            # take a tenth of the time, and spare readers nothing: they read whole tables.
            # In the file words of a list are text like others, packed as such words best are.
            events = register_io_source(source, schema=self.layout.stored(self.dataset))
            events.sink_parquet(
                table, compression_level=1, statistics=False, metadata=_native_schema()
            )
            self._set_aside(self._told_twice(table), aside)

    def _events(self, aside: TextIO, progress: Progress | None) -> Iterator[pl.DataFrame]:
        batches = gathered(self._batches(), _ENOUGH_ROWS, _ENOUGH_BYTES)
        for batch in ahead(batches, _AHEAD):
            if self.given_up:
                return
            self.rows += batch.rows.height + len(batch.rejects)
            self._set_aside(batch.rejects, aside)
            if progress:
                progress(batch.done, self.rows)
            events = self.layout.events(batch.rows, self.dataset)
            self._contents.append(_Contents.counted(events.lazy(), self.layout))
            self._marks.append(events["event_id"].hash())
            yield events

    def _batches(self) -> Iterator[Batch]:
        """Read all files, one after the other, as if they were one."""
        sizes = [part.path.stat().st_size for part in self.parts]
        rows = 0
        for part, size, past in zip(self.parts, sizes, accumulate(sizes, initial=0), strict=False):
            self.starts.append(rows)
            for batch in part.batches(rows):
                rows += batch.rows.height + len(batch.rejects)
                yield replace(batch, done=(past + batch.done * size) / max(1, sum(sizes)))

    def _told_twice(self, table: Path) -> Iterable[Reject]:
        """Take out of the table every row whose id was told by an earlier one."""
        if not self._marks or pl.concat(self._marks).n_unique() == self.events:
            return []
        ids = pl.scan_parquet(table).select("row", "event_id")
        again = ids.filter(~pl.col("event_id").is_first_distinct()).collect()
        if again.is_empty():
            return []
        events = pl.scan_parquet(table)
        events.filter(~pl.col("row").is_in(again["row"].implode())).sink_parquet(
            self.writing.second
        )
        self.writing.second.replace(table)
        self._contents = [_Contents.counted(pl.scan_parquet(table), self.layout)]
        column = next(c.column for c in self.layout.cells if c.name == "event_id")
        ids_by_row = dict(again.iter_rows())
        return (
            Reject.of(row, [Fault(part.path.name, line, column, what)], cells)
            for part, start, end in zip(
                self.parts, self.starts, [*self.starts[1:], self.rows], strict=True
            )
            if (wanted := {row for row in ids_by_row if start < row <= end})
            for row, line, cells in part.look_up(wanted, start)
            for what in [f"the id {ids_by_row[row]!r} was told by an earlier row"]
        )

    def _set_aside(self, rejects: Iterable[Reject], aside: TextIO) -> None:
        for reject in rejects:
            self.rejected += 1
            aside.write(reject.text + "\n")
            self.faults += reject.faults[: max(0, SHOWN - len(self.faults))]


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a finished table holds: how we know when it was known, its oddities."""

    known_basis: str
    remarks: dict[str, int]

    @staticmethod
    def counted(events: pl.LazyFrame, layout: Format) -> pl.DataFrame:
        """Count what some events hold, in one row."""
        basis = pl.col("known_basis")
        return events.select(
            *((basis == each).sum().alias(each) for each in (SOURCE, DECLARED)),
            *(holds.sum().alias(name) for name, holds in layout.remarks.items()),
        ).collect()

    @classmethod
    def of_parts(cls, counted: pl.DataFrame) -> _Contents:
        """Put together what was counted of parts."""
        row = counted.sum().row(0, named=True)
        known = " or ".join(each for each in (SOURCE, DECLARED) if row.pop(each))
        return cls(known, {name: many for name, many in row.items() if many})


@cache
def _native_schema() -> dict[str, str]:
    """Give what a Parquet file says of its columns if each is as in the native schema."""
    table = io.BytesIO()
    pl.DataFrame(schema=SCHEMA).write_parquet(table)
    return pl.read_parquet_metadata(table.getvalue())


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.") or "unnamed"


def _day_of(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).date()


def _nothing(file: Path, intake: _Intake) -> NothingReadable:
    if not intake.rows:
        return NothingReadable("there is no row in it", where=str(file))
    return NothingReadable(
        f"none of its {intake.rows:,} rows can be read; the first: {intake.faults[0]}",
        where=str(file),
    )
