"""Rows of text in blocks: fast where every row is in order, row by row where one is not.

A block of some megabytes ends at the end of a row. Where the separators and quotes of all its rows
are in order and every cell can be read, Polars reads it at once. Otherwise the block, and it alone,
is read again row by row, so that each bad row is named with its line and the rows around it go on.
No more than a block is in memory, however large the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

import polars as pl

from foreshock.case.faults import Fault
from foreshock.observe.batches import Batch, Reject, read_texts
from foreshock.observe.layout import ROW, Dialect, Format
from foreshock.observe.packed import Stream, unpacked

BLOCK = 8 * 2**20
"""Bytes read at a time."""

_LONGEST_LINE = 2**20
_TRIES = 1_000
_LOOKED_AT = 100
_UTF8 = "utf-8"


@dataclass(frozen=True, slots=True)
class _Head:
    """The columns of a file, and where those that the format reads stand."""

    names: list[str]
    columns: list[str]
    places: list[int]

    @classmethod
    def of(cls, names: list[str], layout: Format) -> _Head:
        columns = [column for column in layout.columns if column in names]
        return cls(names, columns, [names.index(column) for column in columns])


def csv_columns(file: Path, layout: Format) -> list[str]:
    """Read which columns a table has; none where there is nothing like a header.

    Where the format has no header, its own columns, if one of the first lines has as many; else
    empty names, as many as the first line has.
    """
    dialect = layout.dialect
    with unpacked(file) as stream:
        if not dialect.header:
            return _names(stream.handle, dialect)
        sign = dialect.separator.encode()
        lines = [stream.handle.readline(_LONGEST_LINE) for _ in range(_LOOKED_AT)]
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
        head, line = _begin(stream, layout)
        row = before
        for content in _ahead(_blocks(stream, block_bytes, layout.dialect)):
            rows, rejects = _Block(file.name, content, row, line, head, layout).read()
            row += rows.height + len(rejects)
            line += content.lines
            yield Batch(rows, rejects, content.done)


def csv_rows(
    file: Path, layout: Format, rows: Set[int], block_bytes: int = BLOCK, before: int = 0
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Find some rows again: their number, their line, and their cells by column."""
    with unpacked(file) as stream:
        head, line = _begin(stream, layout)
        row = before
        for content in _blocks(stream, block_bytes, layout.dialect):
            block = _Block(file.name, content, row, line, head, layout)
            for at, record in block.records():
                row += 1
                if row in rows:
                    yield row, line + at, block.cells(record)
            line += content.lines


def _begin(stream: Stream, layout: Format) -> tuple[_Head, int]:
    """Read up to the first row: the columns, and the line on which it stands."""
    if layout.dialect.header:
        return _Head.of(list(layout.dialect.header), layout), 1
    return _Head.of(_names(stream.handle, layout.dialect), layout), 2


def _names(handle: IO[bytes], dialect: Dialect) -> list[str]:
    first = _in_utf8(handle.readline(_LONGEST_LINE), dialect)
    try:
        text = first.decode("utf-8-sig")
        names = next(csv.reader([text], delimiter=dialect.separator), [])
    except (UnicodeDecodeError, csv.Error):
        return []
    return [name.strip() for name in names]


class _Content(NamedTuple):
    """Some whole rows: their bytes, their lines, and how much of the file is read with them.

    ``outside`` holds the separators and line ends that stand outside quotes, and nothing else;
    ``cut`` says that the last line has no end.
    """

    text: bytes
    lines: int
    outside: bytes
    done: float
    cut: bool


def _blocks(stream: Stream, size: int, dialect: Dialect) -> Iterator[_Content]:
    """Read blocks that end with a line, and not within quotes if that can be helped.

    Where a quote is not closed for many lines, the block ends all the same; its rows are then
    sorted out one by one.
    """
    handle, filling = stream.handle, _filling(dialect)
    while text := handle.read(size):
        text += handle.readline(_LONGEST_LINE)
        structure = text.translate(None, filling)
        within = structure.count(b'"') % 2
        lines: list[bytes] = []
        while within and len(lines) < _TRIES and (line := handle.readline(_LONGEST_LINE)):
            lines.append(line)
            within ^= line.count(b'"') % 2
        if lines:
            text = b"".join([text, *lines])
            structure = text.translate(None, filling)
        ends = structure.count(b"\n")
        cut = not text.endswith(b"\n")
        if cut:
            text, structure = text + b"\n", structure + b"\n"
        outside = b"".join(structure.split(b'"')[::2])
        yield _Content(_in_utf8(text, dialect), ends, outside, stream.done, cut)


@cache
def _filling(dialect: Dialect) -> bytes:
    """All bytes but those that give rows their structure."""
    structure = f"{dialect.separator}\n".encode() + b'"' * dialect.quoted
    return bytes(byte for byte in range(256) if byte not in structure)


def _in_utf8(text: bytes, dialect: Dialect) -> bytes:
    """Bytes in UTF-8; those that the encoding does not know stay as they are."""
    if dialect.encoding == _UTF8:
        return text
    return text.decode(dialect.encoding, "surrogateescape").encode(_UTF8, "surrogateescape")


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

    @property
    def dialect(self) -> Dialect:
        """How the rows stand in the file."""
        return self.layout.dialect

    def read(self) -> tuple[pl.DataFrame, list[Reject]]:
        """Read the rows, all at once or one by one."""
        texts = None if self.content.cut and self.dialect.ended else self._at_once()
        if texts is not None:
            rows, rejects = read_texts(self.file, texts, None, self.layout)
            if not rejects:
                return rows, []
        return self._row_by_row()

    def records(self) -> Iterator[tuple[int, list[str] | str]]:
        """Give each row with the line on which it starts, counted from 0."""
        return _records(self.content.text, len(self.head.names), self.dialect)

    def _at_once(self) -> pl.DataFrame | None:
        """Read all rows together; None unless every row has its cells and every quote its end."""
        rows, sign = self.content.outside.count(b"\n"), self.dialect.separator
        if self.content.outside != (sign.encode() * (len(self.head.names) - 1) + b"\n") * rows:
            return None
        # Under a header of plain names: the real ones may be quoted, odd or there twice.
        columns = [f"c{place}" for place in self.head.places]
        header = sign.join(f"c{place}" for place in range(len(self.head.names))) + "\n"
        try:
            read = pl.read_csv(
                header.encode() + self.content.text,
                separator=sign,
                quote_char='"' if self.dialect.quoted else None,
                encoding="utf8-lossy" if self.dialect.odd_bytes else "utf8",
                infer_schema=False,
                columns=columns,
            )
        except pl.exceptions.PolarsError:
            return None
        if read.height != rows:
            return None
        if self.dialect.quoted and any(e in self.content.text for e in _quoted_empty(sign)):
            read = read.with_columns(pl.when(pl.all() != "").then(pl.all()))
        names = dict(zip(columns, self.head.columns, strict=True))
        return read.rename(names).with_row_index(ROW, self.before + 1)

    def _row_by_row(self) -> tuple[pl.DataFrame, list[Reject]]:
        good: list[list[str | None]] = []
        numbers: list[int] = []
        lines: dict[int, int] = {}
        rejects: list[Reject] = []
        row = self.before
        for at, record in self.records():
            row += 1
            lines[row] = self.line + at
            fault = self._out_of_order(record, self.line + at)
            if fault is None:
                good.append([self._text(record[place]) for place in self.head.places])
                numbers.append(row)
            else:
                told = Fault(self.file, lines[row], *fault)
                rejects.append(Reject(row, (told,), self.cells(record)))
        texts = pl.DataFrame(
            good, schema=dict.fromkeys(self.head.columns, pl.String), orient="row"
        ).with_columns(pl.Series(ROW, numbers, pl.UInt32))
        rows, unread = read_texts(self.file, texts, lines, self.layout)
        rejects += unread
        return rows, sorted(rejects, key=lambda reject: reject.row)

    def _out_of_order(self, record: list[str] | str, line: int) -> tuple[str, str] | None:
        if isinstance(record, str):
            return "", "a quote is not closed, or text follows a closed one"
        width = len(self.head.names)
        if len(record) != width:
            return "", f"{len(record)} cells, where there should be {width} columns"
        if self.content.cut and self.dialect.ended and line == self.line + self.content.lines:
            return self.head.names[-1], "the line has no end: the file was cut off here"
        for place in () if self.dialect.odd_bytes else self.head.places:
            if not _is_text(record[place]):
                return (
                    self.head.names[place],
                    "not UTF-8; give --encoding, or save the file as UTF-8",
                )
        return None

    def _text(self, cell: str) -> str | None:
        if not _is_text(cell):
            cell = cell.encode(_UTF8, "surrogateescape").decode(_UTF8, "replace")
        return cell or None

    def cells(self, record: list[str] | str) -> dict[str, str]:
        """Give the cells of a record by column, as they can be shown; or its line as it stands."""
        if isinstance(record, str):
            return {"line": _shown(record)}
        shown = [_shown(cell) for cell in record]
        cells = dict(zip(self.head.names, shown, strict=False))
        if len(shown) > len(self.head.names):
            cells["beyond the last column"] = self.dialect.separator.join(
                shown[len(self.head.names) :]
            )
        return cells


def _records(content: bytes, width: int, dialect: Dialect) -> Iterator[tuple[int, list[str] | str]]:
    """Give each record with the line on which it starts, counted from 0; blank lines are none.

    A quote that is not closed swallows the lines below it, up to the next quote. Then the line is
    given as it stands, and reading begins anew on the next.
    """
    sign = dialect.separator
    lines = content.decode(_UTF8, "surrogateescape").split("\n")
    if not dialect.quoted:
        plain = (line.removesuffix("\r") for line in lines)
        yield from ((at, line.split(sign)) for at, line in enumerate(plain) if line)
        return
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


@cache
def _quoted_empty(sign: str) -> tuple[bytes, ...]:
    """How an empty cell in quotes stands in a row."""
    return tuple(
        form.encode() for form in (f'{sign}""{sign}', f'\n""{sign}', f'{sign}""\n', f'{sign}""\r')
    )


def _is_text(cell: str) -> bool:
    return cell.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in cell)


def _shown(cell: str) -> str:
    return cell.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
