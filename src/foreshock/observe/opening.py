"""Opening published tables: one file or a folder of them, each as what it is, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from foreshock.core.errors import TableError
from foreshock.observe.batches import Batch
from foreshock.observe.csv_batches import csv_batches, csv_columns, csv_rows
from foreshock.observe.formats import known_formats
from foreshock.observe.layout import Format
from foreshock.observe.packed import GZIP, PARQUET, ZIP, first_bytes, unpacked
from foreshock.observe.parquet_batches import parquet_batches, parquet_columns, parquet_rows

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
        packed, magic = first_bytes(path)
        if not magic:
            raise TableError("the file is empty", str(path), expected=layout.shape)
        inside = next((what for mark, what in _TABLES.items() if magic.startswith(mark)), "")
        if packed and inside:
            raise TableError(f"the archive holds {inside}", str(path), mend="unpack it first")
        is_parquet = magic == PARQUET
        names = parquet_columns(path) if is_parquet else csv_columns(path, layout)
        _require(names, path, layout, is_parquet=is_parquet)
        with unpacked(path) as stream:
            return cls(path, layout, is_parquet, stream.name)

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


def _require(names: list[str], path: Path, layout: Format, *, is_parquet: bool) -> None:
    twice = [column for column in layout.columns if names.count(column) > 1]
    if twice:
        raise TableError(f"the column {twice[0]} stands twice", str(path), mend="take one out")
    missing = [column for column in layout.needed if column not in names]
    if not missing:
        return
    if layout.dialect.header and not is_parquet:
        width = len(names)
        what = layout.lookalikes.get(width, "")
        said = f"its first lines have {width} column{'s' * (width != 1)}" + (what and f": {what}")
    else:
        said = f"without the column{'s' * (len(missing) > 1)} {', '.join(missing)}"
    other = _other(path, layout, is_parquet=is_parquet)
    raise TableError(
        f"no {layout.name} table: {said}",
        where=str(path),
        expected=layout.shape,
        mend=f"give --format {other}, which it seems to be"
        if other
        else "give the file as it was published, or name its format with --format",
    )


def _other(path: Path, layout: Format, *, is_parquet: bool) -> str:
    """Name a format that a refused file may be in."""
    for each in known_formats():
        names = parquet_columns(path) if is_parquet else csv_columns(path, each)
        if each.name != layout.name and set(each.needed) <= set(names):
            return each.name
    return ""
