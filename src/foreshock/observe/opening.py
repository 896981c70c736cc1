"""Opening published tables: one file or a folder of them, each as what it is, or not at all."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from pathlib import Path

from foreshock.core.errors import TableError
from foreshock.core.files import check_source
from foreshock.observe.batches import Batch
from foreshock.observe.blocks import LONGEST_LINE, in_utf8
from foreshock.observe.csv_batches import csv_batches, csv_columns, csv_rows
from foreshock.observe.formats import known_formats
from foreshock.observe.layout import Format
from foreshock.observe.packed import GZIP, PARQUET, ZIP, unpacked
from foreshock.observe.parquet_batches import parquet_batches, parquet_columns, parquet_rows
from foreshock.observe.signatures import called

_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LOOKED_AT = 64
_SHOWN, _LISTED = 60, 12
_TABLES = {PARQUET: "a Parquet file", ZIP: "a further archive", GZIP: "a further archive"}


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a format, read as what it is, whatever its name ends with.

    Attributes
    ----------
    path : pathlib.Path
    layout : Format
    is_parquet : bool
    name : str
        Of the table; in an archive that of its member.
    """

    path: Path
    layout: Format
    is_parquet: bool
    name: str

    @classmethod
    def open(cls, path: Path, layout: Format) -> Part:
        """Look at a file.

        Raises
        ------
        TableError
            If it is empty, damaged, or not a table of the format.
        """
        check_source(path)
        with unpacked(path) as stream:
            packed, name = stream.handle is not stream.packed, stream.name
            head = stream.handle.read(_LOOKED_AT)
        if not head:
            raise TableError("the file is empty", str(path), expected=layout.shape)
        inside = next((what for mark, what in _TABLES.items() if head.startswith(mark)), "")
        if packed and inside:
            raise TableError(f"the archive holds {inside}", str(path), mend="unpack it first")
        if wide := _wide(head):
            raise TableError(
                f"the text is in {wide}",
                str(path),
                expected="UTF-8",
                mend="take the file as it was published, or save it as CSV UTF-8; or convert it: "
                f"iconv -f {wide} -t UTF-8",
            )
        is_parquet = head.startswith(PARQUET)
        names = parquet_columns(path) if is_parquet else csv_columns(path, layout)
        _require(names, path, layout, is_parquet=is_parquet)
        return cls(path, layout, is_parquet, name)

    def batches(self, before: int) -> Iterator[Batch]:
        """Read it, counting rows on from those before it."""
        return (parquet_batches if self.is_parquet else csv_batches)(
            self.path, self.layout, before=before
        )

    def look_up(self, rows: Set[int], before: int) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Find rows again: their number, line and cells."""
        return (parquet_rows if self.is_parquet else csv_rows)(
            self.path, self.layout, rows, before=before
        )


def open_parts(path: Path, layout: Format) -> list[Part]:
    """Look at a file, or at all files of a folder in the order of their names.

    Raises
    ------
    TableError
        If one of them is not a table of the format, or the folder is empty.
    """
    if not path.is_dir():
        return [Part.open(path, layout)]
    files = sorted(each for each in path.iterdir() if not each.name.startswith("."))
    if not files:
        raise TableError("the folder is empty", str(path), expected=f"tables: {layout.shape}")
    if folder := next((each for each in files if not each.is_file()), None):
        raise TableError("not a file", str(folder), expected="nothing but tables in the folder")
    return [Part.open(file, layout) for file in files]


def _wide(head: bytes) -> str:
    """Name an encoding of several bytes a letter, by its mark or by how zeros stand in it."""
    if head.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        return "UTF-32"
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16"
    one, other = (half.count(0) for half in (head[::2], head[1::2]))
    if not one and 4 * other > len(head):
        return "UTF-16LE"
    return "UTF-16BE" if not other and 4 * one > len(head) else ""


def _require(names: list[str], path: Path, layout: Format, *, is_parquet: bool) -> None:
    twice = [column for column in layout.columns if names.count(column) > 1]
    if twice:
        raise TableError(
            f"the column {twice[0][:_SHOWN]} stands twice", str(path), mend="take one out"
        )
    missing = [column for column in layout.needed if column not in names]
    if not missing:
        return
    if layout.dialect.header and not is_parquet:
        width = len(names)
        what = layout.lookalikes.get(width, "")
        said = f"its first lines have {width} column{'s' * (width != 1)}" + (what and f": {what}")
    else:
        named = ", ".join(column[:_SHOWN] for column in missing[:_LISTED])
        said = f"without the column{'s' * (len(missing) > 1)} {named}"
        said += f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
    if not is_parquet:
        _name_form(path, layout)
    other = _other(path, layout, is_parquet=is_parquet)
    raise TableError(
        f"no {layout.name} table: {said}",
        where=str(path),
        expected=layout.shape,
        mend=f"give --format {other}, which it seems to be"
        if other
        else "give the file as it was published, or name its format with --format",
    )


def _name_form(path: Path, layout: Format) -> None:
    """Refuse what is no text, or whose lines, letters or cells stand otherwise, saying how."""
    with unpacked(path) as stream:
        line = in_utf8(stream.handle.readline(LONGEST_LINE), layout.dialect)
    if kind := called(line):
        raise TableError(
            f"this is {kind}",
            where=str(path),
            expected=layout.shape,
            mend="give the table itself; where it was fetched, the page or file may be another",
        )
    if b"\r" in line.rstrip(b"\r\n"):
        raise TableError(
            "its lines end with carriage returns alone",
            where=str(path),
            expected="line feeds, as in Windows and Unix",
            mend="save it so, or convert it: tr '\\r' '\\n'",
        )
    if sign := _separator(path, layout):
        raise TableError(
            f"its cells are parted by {_SIGNS[sign]}",
            where=str(path),
            expected=_SIGNS[layout.dialect.separator],
            mend="take the file as it was published: what saves it so may change decimal points "
            "and days, too. Of a table of your own, declare the separator",
        )
    if not layout.dialect.header and "\ufffd" in line.decode("utf-8", "replace"):
        raise TableError(
            f"no {layout.name} table: its first line is not UTF-8",
            where=str(path),
            expected=layout.shape,
            mend="give its encoding with --encoding, or save it as UTF-8",
        )


def _separator(path: Path, layout: Format) -> str:
    """Give another sign by which a refused file has the columns of the format."""
    for sign in _SIGNS:
        parted = replace(layout, dialect=replace(layout.dialect, separator=sign))
        if set(layout.needed) <= set(csv_columns(path, parted)):
            return sign
    return ""


def _other(path: Path, layout: Format, *, is_parquet: bool) -> str:
    """Name a format that a refused file may be in."""
    for each in known_formats():
        names = parquet_columns(path) if is_parquet else csv_columns(path, each)
        if each.name != layout.name and set(each.needed) <= set(names):
            return each.name
    return ""
