"""CSV in blocks: fast where every row is in order, row by row where one is not.

A block of some megabytes ends at the end of a row. Where the commas and quotes of all its rows are
in order and every cell can be read, Polars reads it at once. Otherwise the block, and it alone, is
read again row by row, so that each bad row is named with its line and the rows around it go on. No
more than a block is in memory, however large the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import polars as pl

from foreshock.case.faults import Fault
from foreshock.observe.batches import Batch, Reject, read_texts
from foreshock.observe.layout import ROW, Format

BLOCK = 8 * 2**20
"""Bytes read at a time."""

_STRUCTURE = b'",\n'
_FILLING = bytes(byte for byte in range(256) if byte not in _STRUCTURE)
_QUOTED_EMPTY = (b',"",', b'\n"",', b',""\n', b',""\r')
_LONGEST_LINE = 2**20
_TRIES = 1_000


@dataclass(frozen=True, slots=True)
class _Head:
    """The header of a file: its columns, and where those of the format stand."""

    names: list[str]
    places: list[int]

    @classmethod
    def of(cls, names: list[str], layout: Format) -> _Head:
        return cls(names, [names.index(column) for column in layout.columns])


def csv_columns(file: Path) -> list[str]:
    """Read the header of a CSV file; no columns where there is nothing like one."""
    with file.open("rb") as handle:
        return _names(handle)


def csv_batches(file: Path, layout: Format, block_bytes: int = BLOCK) -> Iterator[Batch]:
    """Read a CSV file that has the columns of the format, block by block."""
    size = max(1, file.stat().st_size)
    with file.open("rb") as handle:
        head = _Head.of(_names(handle), layout)
        row, line = 0, 2
        for content in _ahead(_blocks(handle, block_bytes)):
            rows, rejects = _Block(file.name, content, row, line, head, layout).read()
            row += rows.height + len(rejects)
            line += content.lines
            yield Batch(rows, rejects, content.end / size)


def csv_rows(
    file: Path, layout: Format, rows: Set[int], block_bytes: int = BLOCK
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Find some rows again: their number, their line, and their cells by column."""
    with file.open("rb") as handle:
        head = _Head.of(_names(handle), layout)
        row, line = 0, 2
        for content in _blocks(handle, block_bytes):
            block = _Block(file.name, content, row, line, head, layout)
            for at, record in _records(content.text, len(head.names)):
                row += 1
                if row in rows:
                    yield row, line + at, block.cells(record)
            line += content.lines


def _names(handle: BinaryIO) -> list[str]:
    first = handle.readline(_LONGEST_LINE)
    try:
        names = next(csv.reader([first.decode("utf-8-sig")]), [])
    except (UnicodeDecodeError, csv.Error):
        return []
    return [name.strip() for name in names]


class _Content(NamedTuple):
    """Some whole rows: their bytes, their lines, and where in the file they end.

    ``outside`` holds the commas and line ends that stand outside quotes, and nothing else.
    """

    text: bytes
    lines: int
    outside: bytes
    end: int


def _blocks(handle: BinaryIO, size: int) -> Iterator[_Content]:
    """Read blocks that end with a line, and not within quotes if that can be helped.

    Where a quote is not closed for many lines, the block ends all the same; its rows are then
    sorted out one by one.
    """
    while text := handle.read(size):
        text += handle.readline(_LONGEST_LINE)
        structure = text.translate(None, _FILLING)
        within = structure.count(b'"') % 2
        lines: list[bytes] = []
        while within and len(lines) < _TRIES and (line := handle.readline(_LONGEST_LINE)):
            lines.append(line)
            within ^= line.count(b'"') % 2
        if lines:
            text = b"".join([text, *lines])
            structure = text.translate(None, _FILLING)
        ends = structure.count(b"\n")
        if not text.endswith(b"\n"):
            text, structure = text + b"\n", structure + b"\n"
        outside = b"".join(structure.split(b'"')[::2])
        yield _Content(text, ends, outside, handle.tell())


def _ahead(blocks: Iterator[_Content]) -> Iterator[_Content]:
    """Read the next block while the last one is being worked on."""
    with ThreadPoolExecutor(1) as aside:
        coming = aside.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = aside.submit(next, blocks, None)
            yield block


@dataclass(frozen=True, slots=True)
class _Block:
    """One block, with the rows before it and the line on which it starts."""

    file: str
    content: _Content
    before: int
    line: int
    head: _Head
    layout: Format

    def read(self) -> tuple[pl.DataFrame, list[Reject]]:
        texts = self._at_once()
        if texts is not None:
            rows, rejects = read_texts(self.file, texts, None, self.layout)
            if not rejects:
                return rows, []
        return self._row_by_row()

    def _at_once(self) -> pl.DataFrame | None:
        """Read all rows together; None unless every row has its cells and every quote its end."""
        rows = self.content.outside.count(b"\n")
        if self.content.outside != (b"," * (len(self.head.names) - 1) + b"\n") * rows:
            return None
        # Under a header of plain names: the real ones may be quoted, odd or there twice.
        columns = [f"c{place}" for place in self.head.places]
        header = ",".join(f"c{place}" for place in range(len(self.head.names))) + "\n"
        try:
            read = pl.read_csv(
                header.encode() + self.content.text, infer_schema=False, columns=columns
            )
        except pl.exceptions.PolarsError:
            return None
        if read.height != rows:
            return None
        if any(empty in self.content.text for empty in _QUOTED_EMPTY):
            read = read.with_columns(pl.when(pl.all() != "").then(pl.all()))
        names = dict(zip(columns, self.layout.columns, strict=True))
        return read.rename(names).with_row_index(ROW, self.before + 1)

    def _row_by_row(self) -> tuple[pl.DataFrame, list[Reject]]:
        good: list[list[str | None]] = []
        numbers: list[int] = []
        lines: dict[int, int] = {}
        rejects: list[Reject] = []
        row = self.before
        for at, record in _records(self.content.text, len(self.head.names)):
            row += 1
            lines[row] = self.line + at
            fault = self._out_of_order(record)
            if fault is None:
                good.append([record[place] or None for place in self.head.places])
                numbers.append(row)
            else:
                told = Fault(self.file, lines[row], *fault)
                rejects.append(Reject(row, (told,), self.cells(record)))
        texts = pl.DataFrame(
            good, schema=dict.fromkeys(self.layout.columns, pl.String), orient="row"
        ).with_columns(pl.Series(ROW, numbers, pl.UInt32))
        rows, unread = read_texts(self.file, texts, lines, self.layout)
        rejects += unread
        return rows, sorted(rejects, key=lambda reject: reject.row)

    def _out_of_order(self, record: list[str] | str) -> tuple[str, str] | None:
        if isinstance(record, str):
            return "", "a quote is not closed, or text follows a closed one"
        width = len(self.head.names)
        if len(record) != width:
            return "", f"{len(record)} cells, where the header has {width} columns"
        for place in self.head.places:
            if not _is_text(record[place]):
                return self.head.names[place], "not UTF-8; save the file in that encoding"
        return None

    def cells(self, record: list[str] | str) -> dict[str, str]:
        """Give the cells of a record by column, as they can be shown; or its line as it stands."""
        if isinstance(record, str):
            return {"line": _shown(record)}
        shown = [_shown(cell) for cell in record]
        cells = dict(zip(self.head.names, shown, strict=False))
        if len(shown) > len(self.head.names):
            cells["beyond the last column"] = ",".join(shown[len(self.head.names) :])
        return cells


def _records(content: bytes, width: int) -> Iterator[tuple[int, list[str] | str]]:
    """Give each record with the line on which it starts, counted from 0; blank lines are none.

    A quote that is not closed swallows the lines below it, up to the next quote. Then the line is
    given as it stands, and reading begins anew on the next.
    """
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    at = 0
    while at < len(lines):
        reader = csv.reader((f"{line}\n" for line in islice(lines, at, None)), strict=True)
        start = at
        try:
            for record in reader:
                end = at + reader.line_num
                if len(record) != width and _swallowed(lines[start + 1 : end], width):
                    raise csv.Error
                if record:
                    yield start, record
                start = end
        except csv.Error:
            yield start, lines[start]
            at = start + 1
        else:
            return


def _swallowed(lines: list[str], width: int) -> bool:
    """Whether one of the lines within a bad record is a row of its own."""
    for line in lines:
        with suppress(csv.Error):
            if len(next(csv.reader([line]), [])) == width:
                return True
    return False


def _is_text(cell: str) -> bool:
    return cell.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in cell)


def _shown(cell: str) -> str:
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
