"""A table of text in blocks of whole rows, each with its structure."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import IO, NamedTuple

from foreshock.observe.layout import Dialect
from foreshock.observe.packed import Stream

UTF8 = "utf-8"
LONGEST_LINE = 2**20
"""Bytes after which a line is taken to be at its end."""

_TRIES = 1_000


class Content(NamedTuple):
    """Some whole rows.

    Attributes
    ----------
    text : bytes
        The rows in UTF-8, each with its end.
    lines : int
        Line ends in the file up to here, those within quotes included.
    outside : bytes
        The separators and line ends that stand outside quotes, and nothing else.
    done : float
        Share of the file that is read with them, 0–1.
    cut : bool
        Whether the last line has no end in the file.
    """

    text: bytes
    lines: int
    outside: bytes
    done: float
    cut: bool

    def in_order(self, columns: int, dialect: Dialect) -> bool:
        """Tell whether every row has so many cells, and every quote its end."""
        row = dialect.separator.encode() * (columns - 1) + b"\n"
        return self.outside == row * (len(self.outside) // len(row))


def blocks_ahead(stream: Stream, size: int, dialect: Dialect) -> Iterator[Content]:
    """Read the next block while the last one is being worked on."""
    blocks = read_blocks(stream, size, dialect)
    with ThreadPoolExecutor(1) as aside:
        coming = aside.submit(next, blocks, None)
        while (block := coming.result()) is not None:
            coming = aside.submit(next, blocks, None)
            yield block


def read_blocks(stream: Stream, size: int, dialect: Dialect) -> Iterator[Content]:
    """Read blocks that end with a line, and not within quotes if that can be helped.

    Where a quote is not closed for many lines, the block ends all the same; its rows are then
    sorted out one by one.
    """
    handle, filling = stream.handle, _filling(dialect)
    while text := _up_to_a_line_end(handle, size):
        structure = text.translate(None, filling)
        within = dialect.quoted and structure.count(b'"') % 2
        lines: list[bytes] = []
        while within and len(lines) < _TRIES and (line := handle.readline(LONGEST_LINE)):
            lines.append(line)
            within ^= line.count(b'"') % 2
        if lines:
            text = b"".join([text, *lines])
            structure = text.translate(None, filling)
        ends = structure.count(b"\n")
        cut = not text.endswith(b"\n")
        if cut:
            text, structure = text + b"\n", structure + b"\n"
        outside = b"".join(structure.split(b'"')[::2]) if dialect.quoted else structure
        yield Content(in_utf8(text, dialect), ends, outside, stream.done, cut)


def _up_to_a_line_end(handle: IO[bytes], size: int) -> bytes:
    if not handle.seekable():
        return handle.read(size) + handle.readline(LONGEST_LINE)
    # One piece of memory, read at once: putting two together takes longer than reading them.
    start = handle.tell()
    handle.seek(start + size)
    handle.readline(LONGEST_LINE)
    end = handle.tell()
    handle.seek(start)
    return handle.read(end - start)


def in_utf8(text: bytes, dialect: Dialect) -> bytes:
    """Give text in UTF-8; bytes that its encoding does not know stay as they are."""
    if dialect.encoding == UTF8:
        return text
    return text.decode(dialect.encoding, "surrogateescape").encode(UTF8, "surrogateescape")


@cache
def _filling(dialect: Dialect) -> bytes:
    """All bytes but those that give rows their structure."""
    structure = f"{dialect.separator}\n".encode() + b'"' * dialect.quoted
    return bytes(byte for byte in range(256) if byte not in structure)
