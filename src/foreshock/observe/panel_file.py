"""Panels in files: one row a unit and period, and what they are of in the file itself.

A Parquet file has that among its metadata, a CSV file in a first line that begins with ``#``. So
the vintage, terms and citation go wherever the numbers go.
"""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from foreshock.core.errors import TableError
from foreshock.core.files import check_source, check_target, write_whole
from foreshock.core.panel import Panel, month_id
from foreshock.core.periods import write_period
from foreshock.observe.signatures import called

LARGEST = 2**30
"""Bytes; a panel of all countries and months has a few million."""

_NAME, _LINE = "foreshock.panel", b"# foreshock panel "
_LARGEST_WHOLE = 2.0**53


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a panel says of itself beside its values; see `Panel`."""

    version: int = 1
    variable: str
    about: str
    unit: str
    period: str
    vintage: str
    licence: str
    citation: str


def key_column(unit: str) -> str:
    """Name the column of the units' ids: of countries VIEWS's own name for it."""
    return "country_id" if unit == "country" else unit


def name_column(unit: str) -> str:
    """Name the column of the units' names."""
    return "country" if unit == "country" else "name"


def check_panel_target(path: Path) -> None:
    """Refuse what cannot become a file of a panel, before any work is done for it.

    Raises
    ------
    TableError
        If its name ends neither in ``.csv`` nor in ``.parquet``.
    ForeshockError
        If it is a folder, or in one that is not there.
    """
    if path.suffix not in {".csv", ".parquet"}:
        raise TableError("is neither CSV nor Parquet", str(path), "FILE.csv or FILE.parquet")
    check_target(path)


def write_panel(panel: Panel, path: Path) -> None:
    """Write a panel; `read_panel` gives it back as it was.

    Missing values are written as empty cells, months with VIEWS's number beside them.

    Parameters
    ----------
    panel : Panel
    path : pathlib.Path
        Ends in ``.csv`` or ``.parquet``.

    Raises
    ------
    TableError
        If it ends otherwise.
    ForeshockError
        If it cannot be written.
    """
    check_panel_target(path)
    about = msgspec.json.encode(
        About(**{name: getattr(panel, name) for name in About.__struct_fields__[1:]})
    )
    out = io.BytesIO()
    if path.suffix == ".csv":
        out.write(_LINE + about + b"\n")
        _frame(panel).write_csv(out)
    else:
        _frame(panel).write_parquet(out, metadata={_NAME: about.decode()})
    write_whole(path, out.getvalue())


def load(path: Path) -> tuple[pl.DataFrame, About | None]:
    """Read the columns of a file as they stand, those of a CSV file as text, and what it says.

    Raises
    ------
    TableError
        If it is neither CSV nor Parquet, damaged, larger than `LARGEST`, or of a later version.
    """
    try:
        check_source(path)
        with path.open("rb") as handle:
            start = handle.read(4)
        if path.stat().st_size > LARGEST:
            raise TableError(f"the file has more than {LARGEST:,} bytes", str(path), "a panel")
        if start == b"PAR1":
            said = pl.read_parquet_metadata(path).get(_NAME)
            return pl.read_parquet(path), _about(said, path) if said else None
        text, told = path.read_bytes(), None
        if kind := called(text):
            raise TableError(f"this is {kind}", str(path), "CSV in UTF-8 with a header, or Parquet")
        if text.startswith(_LINE):
            line, _, text = text.partition(b"\n")
            told = _about(line.removeprefix(_LINE), path)
        return pl.read_csv(text, infer_schema=False), told
    except OSError as error:
        raise TableError(
            f"cannot be read ({error.strerror})", str(path), mend="name a CSV or Parquet file"
        ) from error
    except pl.exceptions.PolarsError as error:
        what = str(error).partition("\n")[0]
        raise TableError(
            f"the table cannot be read ({what})",
            str(path),
            "CSV in UTF-8 with a header, or Parquet",
        ) from error


def _about(said: str | bytes, path: Path) -> About:
    try:
        found = msgspec.json.decode(said, type=About)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise TableError(
            f"what the panel says of itself cannot be read ({error})",
            str(path),
            mend="make it anew",
        ) from error
    if found.version != 1:
        raise TableError(f"a panel of version {found.version}", str(path), "version 1")
    return found


def _frame(panel: Panel) -> pl.DataFrame:
    units, periods = panel.values.shape
    values = pl.Series(panel.values.ravel()).fill_nan(None)
    told = values.drop_nulls().to_numpy()
    if (told == np.floor(told)).all() and (told < _LARGEST_WHOLE).all():
        values = values.cast(pl.Int64)
    columns = {
        key_column(panel.unit): pl.Series(np.repeat(panel.keys, periods)),
        name_column(panel.unit): pl.Series(np.repeat(panel.names, periods)),
    }
    if panel.period == "month":
        columns["month_id"] = pl.Series([month_id(start) for start in panel.starts] * units)
    columns[panel.period] = pl.Series(
        [write_period(start, panel.period) for start in panel.starts] * units
    )
    return pl.DataFrame(columns | {panel.variable: values})
