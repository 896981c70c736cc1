"""A table of text in blocks of whole rows, each with its structure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import IO, NamedTuple

import numpy as np

from foreshock.observe.layout import Dialect
from foreshock.observe.packed import Stream

UTF8 = "utf-8"
LONGEST_LINE = 2**20
"""Bytes after which a line is taken to be at its end."""

_AT_A_TIME = 2**18  # Bytes compared at once: more would leave the processor's cache.
_TRIES, _ROOM = 1_000, 8 * 2**20


class Content(NamedTuple):
    """Some whole rows.

    Attributes
    ----------
    text : bytes
        The rows in UTF-8, each with its end.
    lines : int
        Line ends in the file up to here, those within quotes included.
    structure : bytes or None
        The separators and line ends that stand outside quotes, and nothing else; None where quotes
        mean nothing, and it can be worked out when it is needed.
    done : float
        Share of the file that is read with them, 0–1.
    cut : bool
        Whether the last line has no end in the file.
    """

    text: bytes
    lines: int
    structure: bytes | None
    done: float
    cut: bool

    def in_order(self, columns: int, dialect: Dialect) -> bool:
        """Tell whether every row has so many cells, and every quote its end."""
        row = dialect.separator.encode() * (columns - 1) + b"\n"
        found = self.structure
        if found is None:
            found = self.text.translate(None, _filling(dialect))
        return found == row * (len(found) // len(row))


def read_blocks(stream: Stream, size: int, dialect: Dialect) -> Iterator[Content]:
    """Read blocks that end with a line, and not within quotes if that can be helped.

    Where a quote is not closed for many lines or bytes, the block ends all the same; its rows are
    then sorted out one by one.
    """
    handle = stream.handle
    while text := _up_to_a_line_end(handle, size):
        structure = text.translate(None, _filling(dialect)) if dialect.quoted else None
        lines: list[bytes] = []
        if structure is not None and (within := structure.count(b'"') % 2):
            room = _ROOM
            while within and room > 0 and len(lines) < _TRIES:
                lines.append(handle.readline(LONGEST_LINE))
                within ^= lines[-1].count(b'"') % 2
                room -= len(lines[-1]) or room
            text = b"".join([text, *lines])
            structure = text.translate(None, _filling(dialect))
        ends = count_byte(text, b"\n") if structure is None else structure.count(b"\n")
        cut = not text.endswith(b"\n")
        if cut:
            text += b"\n"
        if structure is not None:
            structure = b"".join((structure + b"\n" * cut).split(b'"')[::2])
        yield Content(in_utf8(text, dialect), ends, structure, stream.done, cut)


def count_byte(text: bytes, byte: bytes) -> int:
    """Count a byte that comes often: several times as fast as by ``bytes.count``."""
    found = np.frombuffer(text, np.uint8)
    parts = (found[at : at + _AT_A_TIME] for at in range(0, len(text), _AT_A_TIME))
    return sum(int(np.count_nonzero(part == byte[0])) for part in parts)


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
