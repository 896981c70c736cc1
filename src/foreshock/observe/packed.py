"""A table as a stream of bytes, whether it is plain, packed with gzip, or alone in a zip archive.

Nothing is unpacked to disk, and no name in an archive is ever used as a path. What would unpack to
very much more than it is, is refused: by what the archive declares, and by what really comes out.
"""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from foreshock.core.errors import TableError

RATIO = 200
"""What a table may unpack to, as a multiple of its packed size; tables are packed 5 to 30 times."""
HARMLESS = 64 * 2**20
"""Bytes that may come out whatever the ratio."""

ZIP, GZIP, PARQUET = b"PK", b"\x1f\x8b", b"PAR1"

_AT_A_TIME, _LOOKED_AHEAD = 2**20, 2**16
_ENCRYPTED = 1
_DAMAGE = (
    *(zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError),
    # Raised by the zip library: a way of packing that it does not know, a size that cannot be.
    *(NotImplementedError, ValueError),
)


class Stream(NamedTuple):
    """The bytes of a table.

    Attributes
    ----------
    name : str
        Of the table: that of the file, or in an archive that of its member.
    handle : file
        The bytes, unpacked.
    packed : file
        The file itself, as far as it has been read.
    size : int
        Its bytes, 1 or more.
    """

    name: str
    handle: IO[bytes]
    packed: IO[bytes]
    size: int

    @property
    def done(self) -> float:
        """Share of the file that has been read, 0–1."""
        return self.packed.tell() / self.size


@contextmanager
def unpacked(file: Path) -> Iterator[Stream]:
    """Open a table, unpacking it on the way.

    Parameters
    ----------
    file : pathlib.Path
        Taken for what its first bytes say that it is, whatever its name ends with.

    Raises
    ------
    TableError
        If an archive holds anything but one table under a plain name, is encrypted, damaged or cut
        off, or would unpack to more than `RATIO` times its size. What is found in reading is
        raised by the stream.
    """
    with file.open("rb") as packed:
        magic = packed.read(4)
        packed.seek(0)
        size = max(1, file.stat().st_size)
        if magic.startswith(ZIP):
            name, source = _member(file, packed)
            with source, io.BufferedReader(_Counted(file, source), _LOOKED_AHEAD) as handle:
                yield Stream(name, _without_mark(handle), packed, size)
        elif magic.startswith(GZIP):
            plain = gzip.GzipFile(fileobj=packed)
            with plain, io.BufferedReader(_Counted(file, plain), _LOOKED_AHEAD) as handle:
                yield Stream(file.name.removesuffix(".gz"), _without_mark(handle), packed, size)
        else:
            yield Stream(file.name, _without_mark(packed), packed, size)


def _without_mark(handle: io.BufferedReader[Any]) -> io.BufferedReader[Any]:
    """Read past the mark by which some programs say that a text is UTF-8."""
    if handle.peek(len(BOM_UTF8)).startswith(BOM_UTF8):
        handle.read(len(BOM_UTF8))
    return handle


def _member(file: Path, packed: IO[bytes]) -> tuple[str, IO[bytes]]:
    try:
        archive = zipfile.ZipFile(packed)
        member = _only(file, archive)
        return member.filename, archive.open(member)
    except _DAMAGE as error:
        raise _damaged(file, error) from error


def _only(file: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Give the one member of an archive, as far as its directory is to be trusted."""
    members = archive.infolist()
    if any(member.filename == "[Content_Types].xml" for member in members):
        raise TableError(
            "a spreadsheet, not a table of text", str(file), mend="save it as CSV UTF-8"
        )
    for member in members:
        # The name as it is written: Python's own ends at a NUL and turns some separators.
        name = member.orig_filename
        if name in {"", ".", ".."} or any(sign in name for sign in "/\\:\x00"):
            raise TableError(
                f"the archive names a path: {name[:80]!r}",
                str(file),
                expected="one table under a plain name",
                mend="fetch it from its publisher, or unpack it with care and give the table",
            )
    if len(members) != 1:
        named = ", ".join(member.filename[:40] for member in members[:3])
        raise TableError(
            f"the archive holds {len(members):,} files" + (f": {named} ..." if named else ""),
            str(file),
            expected="one table",
            mend="unpack it and give the table, or the folder with nothing but tables in it",
        )
    (member,) = members
    if member.flag_bits & _ENCRYPTED:
        raise TableError("the archive is encrypted", str(file), mend="unpack it first")
    if member.file_size > max(HARMLESS, RATIO * file.stat().st_size):
        raise _bomb(file, member.file_size)
    return member


class _Counted(io.RawIOBase):
    """Bytes as they come out, counted against those that went in."""

    def __init__(self, file: Path, source: IO[bytes] | gzip.GzipFile) -> None:
        self._file, self._source = file, source
        self._size = file.stat().st_size
        self._out = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes; damage is told in words."""
        room = memoryview(buffer).cast("B")
        try:
            found = self._source.read(min(len(room), _AT_A_TIME))
        except _DAMAGE as error:
            raise _damaged(self._file, error) from error
        self._out += len(found)
        if self._out > max(HARMLESS, RATIO * self._size):
            raise _bomb(self._file, self._out)
        room[: len(found)] = found
        return len(found)


def _bomb(file: Path, size: int) -> TableError:
    return TableError(
        f"it would unpack to {size:,} bytes or more, over {RATIO} times its size",
        str(file),
        mend="such an archive is made to do harm; if it is not, unpack it and give the table",
    )


def _damaged(file: Path, error: Exception) -> TableError:
    said = str(error) or type(error).__name__
    return TableError(
        f"the archive is damaged or cut off ({said})", str(file), mend="fetch it anew"
    )
