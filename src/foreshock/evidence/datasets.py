"""Published datasets that were taken in: which, in which version, on whose terms, known when.

A folder of event tables holds one Parquet file a dataset and ``datasets.json``, the register of
them. A table that is not registered is not read: nobody could say where it is from, on which terms
it may be used, or when its events could be known.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from foreshock.core.errors import TableError
from foreshock.core.spans import DAY, Span, between

REGISTER = "datasets.json"

_VERSION = 1


class Dataset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One release of a published dataset, as it was taken in.

    Attributes
    ----------
    id : str
        Format and release: ``ucdp-ged-24.1``.
    format, title, release : str
        What it is; the release as the publisher numbers it, ``unstated`` where nobody said.
    licence, citation, url : str
        On which terms, how to cite it, where it is published.
    redistribution : bool
        Whether the terms allow passing its rows on.
    file, digest, encoding : str
        Name and SHA-256 of the file that was read, and in which encoding. Of a folder the SHA-256
        of the list of its files, a line each: SHA-256, two spaces, name.
    retrieved, retrieved_basis : datetime.date, str
        When the file was fetched, and how we know (``told`` or ``date of the file``).
    known_basis, delay_days, delay_about : str, int, str
        How we know when the public could know of an event: the ``source`` says it row by row, or a
        delay is ``declared``, or one ``source or declared``; the declared days from an event's end
        to then; what to think of it. A delay is declared for every feed, even where it is 0.
    first, last, gaps, covers_basis : datetime.date, datetime.date, tuple, str
        Days that it covers: from the first to the last, without those from the first to the last of
        each gap; and how we know (``told``, ``first and last event`` ...).
    rows, events, rejected : int
        Rows of the file; those taken in; those that could not be read and are kept aside.
    remarks : mapping of str to int
        Oddities of the rows taken in, and in how many.
    table, table_digest, rejects : str
        The Parquet file with its SHA-256; the file of rejected rows, empty if there are none.
    """

    id: str
    format: str
    title: str
    release: str
    licence: str
    citation: str
    url: str
    redistribution: bool
    file: str
    digest: str
    retrieved: date
    retrieved_basis: str
    known_basis: str
    delay_days: int
    delay_about: str
    first: date
    last: date
    covers_basis: str
    gaps: tuple[Span, ...] = ()
    rows: int
    events: int
    rejected: int
    remarks: Mapping[str, int]
    table: str
    table_digest: str
    rejects: str = ""
    encoding: str = "utf-8"

    @property
    def spans(self) -> tuple[Span, ...]:
        """The days that it covers, without a gap from the first to the last of each."""
        return between([(self.first - DAY,) * 2, *self.gaps, (self.last + DAY,) * 2])


class _Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    datasets: list[Dataset]


def registered(folder: Path) -> dict[str, Dataset]:
    """Read the register of a folder: datasets by id, none if there is no register.

    Raises
    ------
    TableError
        If the register cannot be read, or the folder is none.
    """
    if folder.exists() and not folder.is_dir():
        raise TableError(
            "is not a folder", str(folder), mend="name a folder of event tables, or a new one"
        )
    file = folder / REGISTER
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_Register)
    except FileNotFoundError:
        return {}
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise TableError(
            f"the register cannot be read ({error})", str(file), mend="ingest the files again"
        ) from error
    if found.version != _VERSION:
        raise TableError(f"a register of version {found.version}", str(file), str(_VERSION))
    return {dataset.id: dataset for dataset in found.datasets}


def register(folder: Path, dataset: Dataset) -> None:
    """Put a dataset into the register of a folder, in place of one of the same id."""
    datasets = registered(folder) | {dataset.id: dataset}
    content = _Register(_VERSION, [datasets[key] for key in sorted(datasets)])
    text = msgspec.json.format(msgspec.json.encode(content), indent=2)
    handle, name = tempfile.mkstemp(prefix=f".{REGISTER}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(text + b"\n")
        settle(Path(name), folder / REGISTER)
    finally:
        Path(name).unlink(missing_ok=True)


def settle(written: Path, target: Path) -> None:
    """Put a file that is written to its end in the place of another, in one step."""
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.chmod(0o644)
    written.replace(target)


def file_digest(file: Path) -> str:
    """SHA-256 of a file, in hex.

    Examples
    --------
    >>> file_digest(Path(__file__)) == hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    True
    """
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
