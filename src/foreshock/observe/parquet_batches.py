"""Parquet in batches: the same cells as in CSV, whatever types their columns have."""

from __future__ import annotations

from collections.abc import Iterator, Set
from pathlib import Path

import polars as pl

from foreshock.core.errors import TableError
from foreshock.observe.batches import Batch, read_texts
from foreshock.observe.layout import ROW, Format

ROWS = 50_000
"""Rows read at a time."""


def parquet_columns(file: Path) -> list[str]:
    """Read which columns a file has."""
    try:
        return pl.scan_parquet(file).collect_schema().names()
    except pl.exceptions.PolarsError as error:
        raise _damaged(file, error) from error


def parquet_batches(
    file: Path, layout: Format, rows_at_a_time: int = ROWS, before: int = 0
) -> Iterator[Batch]:
    """Read a Parquet file; the number of a row stands where CSV has the line.

    Parameters
    ----------
    file : pathlib.Path
    layout : Format
    rows_at_a_time : int
    before : int
        Rows of other files that are counted before its own.

    Raises
    ------
    TableError
        If the file is damaged.
    """
    try:
        table = pl.scan_parquet(file)
        schema = table.collect_schema()
        total = max(1, table.select(pl.len()).collect().item())
        texts = table.select(_texts(schema, layout))
        read = 0
        for batch in texts.collect_batches(chunk_size=rows_at_a_time, maintain_order=True):
            numbered = batch.with_row_index(ROW, before + read + 1)
            rows, rejects = read_texts(file.name, numbered, layout, lambda row: row - before)
            read += batch.height
            yield Batch(rows, rejects, read / total)
    except pl.exceptions.PolarsError as error:
        raise _damaged(file, error) from error


def parquet_rows(
    file: Path, layout: Format, rows: Set[int], before: int = 0
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Find some rows again: their number, twice, and their cells by column."""
    table = pl.scan_parquet(file, row_index_name=ROW, row_index_offset=before + 1)
    schema = table.collect_schema()
    found = table.filter(pl.col(ROW).is_in(sorted(rows))).select(ROW, *_texts(schema, layout))
    for cells in found.collect().iter_rows(named=True):
        row = cells.pop(ROW)
        yield row, row - before, {name: value or "" for name, value in cells.items()}


def _damaged(file: Path, error: Exception) -> TableError:
    return TableError(f"the file is damaged ({error})", str(file), mend="fetch it anew")


def _texts(schema: pl.Schema, layout: Format) -> list[pl.Expr]:
    there = [column for column in layout.columns if column in schema]
    return [_as_text(column, schema[column]) for column in there]


def _as_text(column: str, dtype: pl.DataType) -> pl.Expr:
    values = pl.col(column)
    if dtype == pl.String:
        return pl.when(values != "").then(values)
    if dtype.is_float():
        whole = values.cast(pl.Int64, strict=False)
        return (
            pl.when(whole == values)
            .then(whole.cast(pl.String))
            .otherwise(values.fill_nan(None).cast(pl.String))
            .alias(column)
        )
    return values.cast(pl.String)
