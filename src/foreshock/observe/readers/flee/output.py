"""Flee's output: people in each camp and day, simulated beside counted, of one member or many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import TableError
from foreshock.observe.readers.flee.lines import day as read_day

LARGEST_FILE = 2**31
SIMULATED, COUNTED = " sim", " data"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Simulated:
    """People in camps, simulated and counted.

    Attributes
    ----------
    camps : tuple of str
    days : ndarray of int, shape (day,)
        Ascending.
    first : datetime.date or None
        Date of the first line, if there is one.
    members : tuple of int
        Numbers of the members; a file without them holds member 0.
    people : ndarray, shape (member, day, camp)
    counted : ndarray, shape (day, camp)
    """

    camps: tuple[str, ...]
    days: NDArray[np.int64]
    first: date | None
    members: tuple[int, ...]
    people: NDArray[np.float64]
    counted: NDArray[np.float64]


def read_output(path: Path) -> Simulated:
    """Read a table with columns ``Day``, ``<camp> sim``, ``<camp> data`` and perhaps ``member``.

    Parameters
    ----------
    path : pathlib.Path
        CSV, or Parquet by its suffix. Other columns are not read.

    Returns
    -------
    Simulated

    Raises
    ------
    TableError
        With file, line and column, if it is no such table, if a cell is no number of at least 0, or
        if members do not hold the same days and counts.
    """
    table = _table(path)
    camps = tuple(
        name.removesuffix(SIMULATED)
        for name in table.columns
        if name.endswith(SIMULATED) and name.removesuffix(SIMULATED) + COUNTED in table.columns
    )
    for name in () if "Day" in table.columns and camps else ("Day", "<camp> sim", "<camp> data"):
        if name not in table.columns:
            expected = "columns Day, and <camp> sim and <camp> data of each camp"
            raise TableError("no simulated camp in it", str(path), expected, "name Flee's output")
    if not table.height:
        raise TableError("no line in it", str(path), mend="name the output of a whole run")
    member = (
        _numbers(table, "member", path) if "member" in table.columns else np.zeros(table.height)
    )
    when = _numbers(table, "Day", path)
    order = np.lexsort((when, member))
    members, sizes = np.unique(member, return_counts=True)
    shape = (len(members), int(sizes[0]))
    days = when[order][: shape[1]]
    if (sizes != sizes[0]).any() or (when[order].reshape(shape) != days).any():
        raise TableError("members hold different days", str(path), mend="write all members again")
    if (np.diff(days) <= 0).any():
        twice = int(days[1:][np.diff(days) <= 0][0])
        mend = "add a column member, or delete one of the lines"
        raise TableError(f"day {twice} stands there twice", str(path), mend=mend)

    def grid(suffix: str) -> NDArray[np.float64]:
        columns = [_numbers(table, camp + suffix, path)[order].reshape(shape) for camp in camps]
        return np.stack(columns, axis=2)

    counted = grid(COUNTED)
    if (counted != counted[:1]).any():
        raise TableError("members hold different counts", str(path), mend="write them again")
    return Simulated(
        camps=camps,
        days=days.astype(np.int64),
        first=read_day(str(table["Date"][int(order[0])])) if "Date" in table.columns else None,
        members=tuple(int(each) for each in members),
        people=grid(SIMULATED),
        counted=counted[0],
    )


def _table(path: Path) -> pl.DataFrame:
    try:
        if path.stat().st_size > LARGEST_FILE:
            what = f"larger than {LARGEST_FILE:,} bytes"
            raise TableError(what, str(path), mend="write fewer members to a file")
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path, columns=_wanted(pl.read_parquet_schema(path)))
        head = pl.read_csv(path, infer_schema=False, n_rows=0)
        return pl.read_csv(path, infer_schema=False, columns=_wanted(head.columns))
    except OSError as error:
        what = f"cannot be read ({error.strerror or 'no such table'})"
        raise TableError(what, str(path), mend="name a file that Flee or we wrote") from error
    except (pl.exceptions.PolarsError, ValueError) as error:
        what = f"not a table: {str(error).splitlines()[0][:120]}"
        raise TableError(what, str(path), mend="name a CSV or Parquet file") from error


def _wanted(columns: Iterable[str]) -> list[str]:
    """Leave out the columns that are not read; an ensemble's file is large."""
    ends = (SIMULATED, COUNTED)
    return [name for name in columns if name in {"member", "Day", "Date"} or name.endswith(ends)]


def _numbers(table: pl.DataFrame, column: str, path: Path) -> NDArray[np.float64]:
    series = table[column]
    if series.dtype != pl.String and not series.dtype.is_numeric():
        raise TableError(f"the column holds {series.dtype}", f"{path}, {column}", "numbers")
    if series.dtype == pl.String:
        series = series.str.strip_chars()
    numbers = series.cast(pl.Float64, strict=False).to_numpy()
    whole = column in {"Day", "member"}
    with np.errstate(invalid="ignore"):
        wrong = ~(np.isfinite(numbers) & (numbers >= 0) & (numbers < 2**53))
        wrong |= whole & (numbers != np.trunc(numbers))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        line = "" if path.suffix.lower() == ".parquet" else f":{at + 2}"
        kind = "whole number" if whole else "number"
        cell = table[column][at]
        said = "the cell is empty" if cell is None else f"{str(cell)[:60]!r}"
        what = f"{said}: no {kind} of at least 0"
        raise TableError(what, f"{path}{line}, {column}", mend="write the run again")
    return numbers
