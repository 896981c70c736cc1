"""Rows of text in batches: fast where they are in order, row by row where one is not.

Rows come in blocks of some megabytes. Where the separators and quotes of a block are in order and
every cell can be read, Polars reads it at once. Otherwise the block, and it alone, is sorted out,
so that each bad row is named with its line and the rows around it go on. No more than a few blocks
are in memory, however large the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.case.faults import Fault
from foreshock.observe.batches import Batch, Reject, read_texts, side_by_side
from foreshock.observe.blocks import (
    LONGEST_LINE,
    UTF8,
    Content,
    count_byte,
    in_utf8,
    read_blocks,
)
from foreshock.observe.layout import ROW, Dialect, Format, sort_out
from foreshock.observe.packed import Stream, unpacked

BLOCK = 16 * 2**20
"""Bytes read at a time."""

_AT_ONCE = 2

# Polars unpacks what begins like gzip, zlib ("x^" too) or zstd, though here it begins a row.
_LIKE_PACKED = (b"\x1f\x8b", b"x\x01", b"x^", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd")
_LOOKED_AT = 100
_NOT_UTF8 = "not UTF-8; give --encoding, or save the file as UTF-8"

_Record = list[str] | str
"""The cells of a row; or its line as it stands, where quotes are out of order."""
_Found = tuple[pl.DataFrame, list[Reject]]


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a file, and where those that the format reads stand."""

    names: list[str]
    columns: list[str]
    places: list[int]
    numbers: dict[str, pl.DataType]

    @classmethod
    def of(cls, names: list[str], layout: Format) -> _Head:
        places = sorted(names.index(column) for column in layout.columns if column in names)
        texts = {cell.column for cell in layout.cells if cell.number is None}
        types = {cell.column: cell.number for cell in layout.cells if cell.number is not None}
        numbers = {
            f"column_{at}": types[names[at]] for at in places if names[at] in types.keys() - texts
        }
        return cls(names, [names[place] for place in places], places, numbers)


def csv_columns(file: Path, layout: Format) -> list[str]:
    """Read which columns a table has; none where there is nothing like a header.

    Where the format has no header, its own columns, if one of the first lines has as many; else
    empty names, as many as the first line has.
    """
    dialect = layout.dialect
    with unpacked(file) as stream:
        if not dialect.header:
            return _names(stream, dialect)
        sign = dialect.separator.encode()
        lines = [stream.handle.readline(LONGEST_LINE) for _ in range(_LOOKED_AT)]
        if any(line.count(sign) + 1 == len(dialect.header) for line in lines):
            return list(dialect.header)
        return [""] * (lines[0].count(sign) + 1)


def csv_batches(
    file: Path, layout: Format, block_bytes: int = BLOCK, before: int = 0
) -> Iterator[Batch]:
    """Read a table of text that has the columns of the format, block by block.

    Parameters
    ----------
    file : pathlib.Path
        Plain or packed.
    layout : Format
    block_bytes : int
        Bytes read at a time, and some more up to the end of a row.
    before : int
        Rows of other files that are counted before its own.
    """
    with unpacked(file) as stream:
        blocks = _blocks(file.name, stream, layout, block_bytes)
        for batch in side_by_side((block.read for block in blocks), _AT_ONCE):
            yield batch.behind(before)
            before += batch.rows.height + len(batch.rejects)


def csv_rows(
    file: Path, layout: Format, rows: Set[int], block_bytes: int = BLOCK, before: int = 0
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Find some rows again: their number, their line, and their cells by column."""
    with unpacked(file) as stream:
        for block in _blocks(file.name, stream, layout, block_bytes):
            for at, record in block.records():
                before += 1
                if before in rows:
                    yield before, block.line + at, block.cells(record)


def _blocks(file: str, stream: Stream, layout: Format, size: int) -> Iterator[_Block]:
    head, line = _begin(stream, layout)
    for content in read_blocks(stream, size, layout.dialect):
        yield _Block(file, content, line, head, layout)
        line += content.lines


def _begin(stream: Stream, layout: Format) -> tuple[_Head, int]:
    """Read up to the first row: the columns, and the line on which it stands."""
    if layout.dialect.header:
        return _Head.of(list(layout.dialect.header), layout), 1
    return _Head.of(_names(stream, layout.dialect), layout), 2


def _names(stream: Stream, dialect: Dialect) -> list[str]:
    first = in_utf8(stream.handle.readline(LONGEST_LINE), dialect)
    try:
        text = first.decode(UTF8)
        names = next(csv.reader([text], delimiter=dialect.separator), [])
    except (UnicodeDecodeError, csv.Error):
        return []
    return [name.strip() for name in names]


@dataclass(frozen=True)
class _Block:
    """One block, with the line on which it starts; its rows are counted from 1."""

    file: str
    content: Content
    line: int
    head: _Head
    layout: Format

    def read(self) -> Batch:
        """Read the rows: together as far as they are in order, else one by one."""
        found = self._together() if self.layout.dialect.quoted else self._sifted()
        return Batch(*(found or self._row_by_row()), self.content.done)

    def records(self) -> Iterator[tuple[int, _Record]]:
        """Give each row with the line on which it starts, counted from 0; blank lines are none."""
        dialect = self.layout.dialect
        if dialect.quoted:
            yield from _records(self.content.text, len(self.head.names), dialect.separator)
        else:
            yield from (self._nth(number) for number in range(len(self._places)))

    def _together(self) -> _Found | None:
        """Read all rows together; None if one of them is not in order or cannot be read."""
        if not self.content.in_order(len(self.head.names), self.layout.dialect):
            return None
        texts = self._texts(self.content.text)
        if texts is None or texts.height != (self.content.structure or b"").count(b"\n"):
            return None
        rows, faulty = sort_out(texts.with_row_index(ROW, 1), self.layout)
        return (rows, []) if faulty.is_empty() else None

    def _sifted(self) -> _Found | None:
        """Read rows of a line each; those that are not in order do not hold up the others."""
        apart = set[int]()
        texts = None if self._cut_off >= 0 else self._texts(self.content.text)
        if texts is None or not self._all_there(texts):
            sign, more = self.layout.dialect.separator.encode(), len(self.head.names) - 1
            sound = list[bytes]()
            for number, at in enumerate(self._places.tolist()):
                line = self._line_at(at)
                if line.count(sign) == more and at != self._cut_off:
                    sound.append(line + b"\n")
                else:
                    apart.add(number)
            texts = self._texts(b"".join(sound))
            if texts is None or texts.height != len(sound):
                return None
        numbers = pl.int_range(texts.height + len(apart), dtype=pl.UInt32, eager=True)
        if apart:
            numbers = numbers.filter(~numbers.is_in(list(apart)))
        numbered = texts.with_columns((numbers + 1).alias(ROW))
        found, unread = read_texts(self.file, numbered, self.layout, self._line_of, self._cells_of)
        rejects = [self._reject(number + 1, *self._nth(number)) for number in apart]
        return found, sorted([*rejects, *unread], key=lambda reject: reject.row)

    def _all_there(self, texts: pl.DataFrame) -> bool:
        """Tell whether every line has its cells: Polars makes up for some that have not."""
        columns, dialect = len(self.head.names), self.layout.dialect
        if texts.height != self.content.lines + self.content.cut:
            return False
        if self.head.places[-1] == columns - 1 and not texts[self.head.columns[-1]].null_count():
            # No line is short. So none is long, if there are as many separators as there should be.
            signs = count_byte(self.content.text, dialect.separator.encode())
            return signs == (columns - 1) * texts.height
        return self.content.in_order(columns, dialect)

    def _row_by_row(self) -> _Found:
        good: dict[int, list[str]] = {}
        lines: dict[int, int] = {}
        rejects: list[Reject] = []
        for row, (at, record) in enumerate(self.records(), 1):
            if isinstance(record, str) or self._out_of_order(record, at):
                rejects.append(self._reject(row, at, record))
            else:
                good[row], lines[row] = record, self.line + at
        texts = pl.DataFrame(
            [[self._text(record[place]) for place in self.head.places] for record in good.values()],
            schema=dict.fromkeys(self.head.columns, pl.String),
            orient="row",
        ).with_columns(pl.Series(ROW, list(good), pl.UInt32))
        rows, unread = read_texts(
            self.file,
            texts,
            self.layout,
            line_of=lines.__getitem__,
            cells_of=lambda row: self.cells(good[row]),
        )
        return rows, sorted([*rejects, *unread], key=lambda reject: reject.row)

    def _texts(self, text: bytes) -> pl.DataFrame | None:
        """Read rows that are in order together; None if that cannot be done after all."""
        if text.startswith(_LIKE_PACKED):
            return None
        texts = self._with(self.head.numbers, text) if self.head.numbers else None
        return self._with({}, text) if texts is None else texts

    def _with(self, numbers: Mapping[str, pl.DataType], text: bytes) -> pl.DataFrame | None:
        """Read some columns as numbers, the others as text; None if they cannot be."""
        dialect = self.layout.dialect
        try:
            read = pl.read_csv(
                text,
                has_header=False,
                columns=self.head.places,
                separator=dialect.separator,
                quote_char='"' if dialect.quoted else None,
                encoding="utf8-lossy" if dialect.odd_bytes else "utf8",
                infer_schema=False,
                schema_overrides=numbers,
            )
        except pl.exceptions.PolarsError:
            return None
        read = read.rechunk()  # What follows takes longer on pieces than putting them together.
        read.columns = self.head.columns
        if dialect.quoted:
            # Empty cells in quotes, of which there mostly are none: to copy all words takes longer.
            words = pl.col(pl.String)
            if any(empty.any() for empty in read.select(words == "")):
                read = read.with_columns(pl.when(words != "").then(words))
        return read

    @cached_property
    def _ends(self) -> NDArray[np.intp]:
        """Where in the text each line has its end."""
        return np.flatnonzero(np.frombuffer(self.content.text, np.uint8) == ord("\n"))

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        """Which lines are rows where each row is a line: those that are not blank."""
        starts = np.concatenate([[0], self._ends[:-1] + 1])
        first = np.frombuffer(self.content.text, np.uint8)[starts]
        blank = (first == ord("\n")) | (first == ord("\r")) & (self._ends == starts + 1)
        return np.flatnonzero(~blank)

    def _line_at(self, place: int) -> bytes:
        start = self._ends[place - 1] + 1 if place else 0
        return self.content.text[start : self._ends[place]]

    @property
    def _cut_off(self) -> int:
        """The place of a last line that was cut off; -1 if there is none."""
        return self.content.lines if self.content.cut and self.layout.dialect.ended else -1

    def _nth(self, number: int) -> tuple[int, list[str]]:
        at = int(self._places[number])
        line = self._line_at(at).removesuffix(b"\r").decode(UTF8, "surrogateescape")
        return at, line.split(self.layout.dialect.separator)

    def _line_of(self, row: int) -> int:
        return self.line + int(self._places[row - 1])

    def _cells_of(self, row: int) -> dict[str, str]:
        return self.cells(self._nth(row - 1)[1])

    def _reject(self, row: int, at: int, record: _Record) -> Reject:
        column, what = self._out_of_order(record, at) or ("", "")
        fault = Fault(self.file, self.line + at, column, what)
        return Reject.of(row, [fault], self.cells(record))

    def _out_of_order(self, record: _Record, at: int) -> tuple[str, str] | None:
        if isinstance(record, str):
            return "", "a quote is not closed, or text follows a closed one"
        width = len(self.head.names)
        if len(record) != width:
            return "", f"{len(record)} cells, where there should be {width} columns"
        if at == self._cut_off:
            return self.head.names[-1], "the line has no end: the file was cut off here"
        for place in () if self.layout.dialect.odd_bytes else self.head.places:
            if not _is_text(record[place]):
                return self.head.names[place], _NOT_UTF8
        return None

    def _text(self, cell: str) -> str | None:
        if not _is_text(cell):
            cell = cell.encode(UTF8, "surrogateescape").decode(UTF8, "replace")
        return cell or None

    def cells(self, record: _Record) -> dict[str, str]:
        """Give the cells of a record by column, as they can be shown; or its line as it stands."""
        if isinstance(record, str):
            return {"line": _shown(record)}
        shown = [_shown(cell) for cell in record]
        cells = dict(zip(self.head.names, shown, strict=False))
        if beyond := shown[len(self.head.names) :]:
            cells["beyond the last column"] = self.layout.dialect.separator.join(beyond)
        return cells


def _records(content: bytes, width: int, sign: str) -> Iterator[tuple[int, _Record]]:
    """Give each record of quoted rows with the line on which it starts, counted from 0.

    A quote that is not closed swallows the lines below it, up to the next quote. Then the line is
    given as it stands, and reading begins anew on the next.
    """
    lines = content.decode(UTF8, "surrogateescape").split("\n")
    at = 0
    while at < len(lines):
        rest = (f"{line}\n" for line in islice(lines, at, None))
        reader = csv.reader(rest, delimiter=sign, strict=True)
        start = at
        try:
            for record in reader:
                end = at + reader.line_num
                if len(record) != width and _swallowed(lines[start + 1 : end], width, sign):
                    raise csv.Error
                if record:
                    yield start, record
                start = end
        except csv.Error:
            yield start, lines[start]
            at = start + 1
        else:
            return


def _swallowed(lines: list[str], width: int, sign: str) -> bool:
    """Whether one of the lines within a bad record is a row of its own."""
    for line in lines:
        with suppress(csv.Error):
            if len(next(csv.reader([line], delimiter=sign), [])) == width:
                return True
    return False


def _is_text(cell: str) -> bool:
    return cell.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in cell)


def _shown(cell: str) -> str:
    return cell.encode(UTF8, "surrogateescape").decode(UTF8, "backslashreplace")
