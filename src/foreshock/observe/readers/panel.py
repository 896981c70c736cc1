"""Panels made elsewhere or here: CSV or Parquet with a column for unit, period and value each.

An empty cell, or a unit and period of which there is no row, is missing and not zero. So is a zero
of a country under a number that did not hold yet, or no longer: nobody was counted there. Tables of
the world often have such zeros, and a model that takes them for peace learns from wars that others'
rows hold.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from foreshock.case.faults import nearest
from foreshock.core.errors import NothingReadable, TableError, TimeError
from foreshock.core.panel import Panel, in_order, month_id, month_of
from foreshock.core.periods import last_day, periods_between, read_period, write_period
from foreshock.core.time import LATEST
from foreshock.lexicon.countries import KINDS
from foreshock.observe.countries import Tell, as_existed, country_spans
from foreshock.observe.panel_file import About, key_column, load, name_column

COUNTRY_COLUMNS = {
    "country_id": "id",
    "isoab": "iso3",
    "iso3": "iso3",
    "gwcode": "gwcode",
    "gwno": "gwcode",
    "country": "name",
}
"""Columns that say which country a row is of, the surest first, and what stands in them."""

VIEWS_COLUMNS = {
    "ged_sb": "state-based violence",
    "ged_ns": "non-state violence",
    "ged_os": "one-sided violence",
}
"""Deaths by UCDP's types of violence, as VIEWS calls its columns."""

MOST_CELLS = 20_000_000
"""More units times periods than that are a slip, such as a month in the year 2900."""

_USUAL = ("deaths", *VIEWS_COLUMNS)
_MISSING = ("NA", "NaN", "nan", "null", "None")
_ROW, _KEY, _NAME, _START, _VALUE = "_row", "_key", "_name", "_start", "_value"
_PERIOD_COLUMNS = ("month_id", "month", "date", "quarter", "week", "year")


def read_panel(
    path: Path,
    column: str | None = None,
    vintage: str | None = None,
    *,
    unit: str | None = None,
    as_told: bool = False,
    tell: Tell | None = None,
) -> Panel:
    r"""Read a panel.

    Parameters
    ----------
    path : pathlib.Path
        CSV (UTF-8, header) or Parquet. Units: one of `COUNTRY_COLUMNS`, or `unit`. Periods:
        ``month_id`` (1 is January 1980), ``month`` (2031-05, or 1 to 12 beside ``year``),
        ``quarter`` (2031-Q2), ``week`` (2031-W05), ``year``, or ``date``, the first day of a month.
    column : str, optional
        Column of the values; else ``deaths``, ``ged_sb`` and the like, or the only numbers there.
    vintage : str, optional
        Which state of knowledge they are; else as the file says, or the column's name.
    unit : str, optional
        Column of the units where they are no countries.
    as_told : bool
        Whether zeros of countries in months in which they did not exist stay zeros.
    tell : callable, optional
        Told what was changed or is odd, a sentence a line.

    Returns
    -------
    Panel
        Units in the order of their ids, or of the file if `write_panel` wrote it; every period from
        the first to the last that any row tells of.

    Raises
    ------
    TableError
        If a column is missing or a choice unclear, a row cannot be read, tells of a cell again, or
        has less than 0.
    NothingReadable
        If there is no row.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "deaths.csv")
    ...     _ = file.write_text("country,month,deaths\nPeru,2031-05,7\nPeru,2031-07,0\n")
    ...     panel = read_panel(file)
    >>> panel.names, panel.values.tolist()
    (('Peru',), [[7.0, nan, 0.0]])
    """
    table, about = load(path)
    if table.is_empty():
        raise NothingReadable("the table has no row", str(path), "one row a unit and period")
    reading = _Reading(path.name, table.with_row_index(_ROW, 1), about, unit)
    chosen = reading.value_column(column)
    panel = reading.panel(chosen, _vintage(path, about, vintage, chosen))
    if panel.unit != "country" or as_told:
        return panel
    return as_existed(panel, tell)


class _Reading:
    """One table on its way into a panel."""

    def __init__(
        self, file: str, table: pl.DataFrame, about: About | None, unit: str | None
    ) -> None:
        self.file, self.table, self.about = file, table, about
        self.unit_column = self._unit_column(unit)
        self.unit = "country" if self.unit_column in COUNTRY_COLUMNS else self.unit_column
        self.period_column = self._period_column()
        self.months_apart = self.period_column in {"month_id", "month"} and self._are_numbers(
            "year", "month"
        )

    def value_column(self, asked: str | None) -> str:
        """Choose the column of the values."""
        taken = {_ROW, "name", *COUNTRY_COLUMNS, *_PERIOD_COLUMNS, self.unit_column}
        others = [name for name in self.table.columns if name not in taken]
        if asked is not None:
            if asked in others:
                return asked
            mend = nearest(asked, others) or None
            raise TableError(f"no column {asked[:80]!r} of values", self.file, _list(others), mend)
        found = [name for name in _USUAL if name in others] if len(others) > 1 else others
        if self.about is not None and self.about.variable in others:
            found = [self.about.variable]
        found = found[:1] or [name for name in others if self._are_numbers(name)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise TableError("no column of values", self.file, "one such as 'deaths'")
        raise TableError(
            f"{len(found)} columns may be the values: {_list(found)}",
            self.file,
            mend=f"name one: --column {found[0]}",
        )

    def panel(self, column: str, vintage: str) -> Panel:
        """Put the values of a column into their cells."""
        period, starts = self._starts()
        cells = self.table.select(_ROW, self._values(column)).with_columns(starts)
        cells = self._keyed(cells, period)
        self._refuse_twice(cells, period)
        keys = cells[_KEY].unique(maintain_order=True).to_list()
        if self.about is None:
            keys.sort(key=in_order)
        first, last = cells.select(
            pl.col(_START).min().alias("first"), pl.col(_START).max().alias("last")
        ).row(0)
        columns = periods_between(first, last, period)
        if len(keys) * len(columns) > MOST_CELLS:
            raise TableError(
                f"{len(keys):,} units and {len(columns):,} periods from {first} to {last}",
                self.file,
                f"at most {MOST_CELLS:,} cells",
                "look for a wrong period",
            )
        values = np.full((len(keys), len(columns)), np.nan)
        rows = cells[_KEY].replace_strict(dict(zip(keys, range(len(keys)), strict=True)))
        places = cells[_START].replace_strict(dict(zip(columns, range(len(columns)), strict=True)))
        values[rows.to_numpy(), places.to_numpy()] = cells[_VALUE].to_numpy()
        names = dict(cells.select(_KEY, _NAME).unique(_KEY, keep="first").iter_rows())
        variable, what = _said_of(column)
        return Panel(
            variable=self.about.variable if self.about else variable,
            about=self.about.about if self.about else what,
            unit=self.unit,
            period=period,
            keys=tuple(keys),
            names=tuple(names[key] for key in keys),
            starts=columns,
            values=values,
            vintage=vintage,
            licence=self.about.licence if self.about else "",
            citation=self.about.citation if self.about else "",
        )

    # -------------------------------------------------------------- columns

    def _unit_column(self, unit: str | None) -> str:
        said = unit or (self.about.unit if self.about else None)
        asked = key_column(said) if said else None
        if asked is None:
            asked = next((name for name in COUNTRY_COLUMNS if name in self.table.columns), None)
        if asked is None or asked not in self.table.columns:
            raise TableError(
                f"no column {asked[:80]!r} of units" if asked else "no column of units",
                self.file,
                "one of " + ", ".join(COUNTRY_COLUMNS),
                "call the column of the countries so, or say which column holds other units",
            )
        return asked

    def _period_column(self) -> str:
        if self.about is not None and self.about.period in self.table.columns:
            return self.about.period
        found = next((name for name in _PERIOD_COLUMNS if name in self.table.columns), None)
        if found is None:
            raise TableError(
                "no column of periods", self.file, "one of " + ", ".join(_PERIOD_COLUMNS)
            )
        return found

    def _are_numbers(self, *names: str) -> bool:
        """Whether columns are there and hold numbers, at least one each."""
        found = [_numbers(self.table[name]) for name in names if name in self.table.columns]
        return len(found) == len(names) and all(
            unread.is_empty() and number.count() for number, unread in found
        )

    # -------------------------------------------------------------- cells

    def _values(self, column: str) -> pl.Series:
        number, unread = _numbers(self.table[column])
        bad = [*unread, *((number < 0) | number.is_infinite()).arg_true()]
        if bad:
            told = str(self.table[column][bad[0]])[:60]
            raise self._fault(bad[0], column, f"cannot take {told!r}", "0 or more")
        return number.alias(_VALUE)

    def _starts(self) -> tuple[str, pl.Series]:
        """Give the kind of period, and of each row the first day of its own."""
        column = self.period_column
        if column == "month_id":
            return "month", self._numbered_months()
        if column == "month" and self.months_apart:
            texts = self._months_of_years()
        else:
            texts = _codes(self.table[column])
        period = "month" if column == "date" else column
        days = {}
        for text in texts.unique():
            try:
                days[text] = read_period(text or "", period)
            except TimeError as error:
                row = texts.to_list().index(text)
                what = error.what if text else "empty"
                raise self._fault(row, column, what, error.expected or "") from error
        return period, texts.replace_strict(days, return_dtype=pl.Date).alias(_START)

    def _numbered_months(self) -> pl.Series:
        number, _ = _numbers(self.table["month_id"])
        right = (number == number.floor()) & number.is_between(1, month_id(LATEST))
        wrong = (~right.fill_null(False)).arg_true()
        if len(wrong):
            raise self._fault(wrong[0], "month_id", "no such month", "a number, 1 for January 1980")
        starts = number.cast(pl.Int64).replace_strict(
            {each: month_of(int(each)) for each in number.unique()}, return_dtype=pl.Date
        )
        if self.months_apart:
            told = self._months_of_years()
            odd = (starts.dt.strftime("%Y-%m") != told).arg_true()
            if len(odd):
                at = odd[0]
                what = f"is {starts[at]:%Y-%m}, and year and month say {told[at]}"
                raise self._fault(at, "month_id", what, "1 for January 1980")
        return starts.alias(_START)

    def _months_of_years(self) -> pl.Series:
        year, month = (
            _codes(self.table[name]).str.zfill(width) for name, width in (("year", 4), ("month", 2))
        )
        return year + "-" + month

    def _keyed(self, cells: pl.DataFrame, period: str) -> pl.DataFrame:
        """Add the id and the name of each row's unit."""
        texts = _texts(self.table[self.unit_column])
        if texts.null_count():
            row = int(texts.is_null().arg_true()[0])
            raise self._fault(row, self.unit_column, "empty", "the unit of the row")
        if self.unit != "country" or self.about is not None:
            named = name_column(self.unit)
            names = self.table[named] if named in self.table.columns else texts
            return cells.with_columns(texts.alias(_KEY), _texts(names).fill_null("").alias(_NAME))
        kind, texts = COUNTRY_COLUMNS[self.unit_column], _codes(texts)
        spans, unknown = country_spans(texts.unique(), kind)
        if unknown:
            row = int(texts.is_in(unknown).arg_true()[0])
            raise self._fault(
                row,
                self.unit_column,
                f"no country has the {KINDS[kind]} {texts[row][:60]!r}",
                "a country that VIEWS knows",
                "a column country_id holds VIEWS's ids, gwcode Gleditsch and Ward's numbers",
            )
        ends = {start: last_day(start, period) for start in cells[_START].unique()}
        day = pl.col(_START).replace_strict(ends)
        return (
            cells.with_columns(texts.alias("word"))
            .join(spans, on="word", how="left", maintain_order="left")
            .filter(day.is_between("first", "last"))
            .select(_ROW, _VALUE, _START, pl.col("id").alias(_KEY), pl.col("called").alias(_NAME))
        )

    def _refuse_twice(self, cells: pl.DataFrame, period: str) -> None:
        again = cells.filter(~pl.struct(_KEY, _START).is_first_distinct())
        if again.is_empty():
            return
        row = again.row(0, named=True)
        same = (pl.col(_KEY) == row[_KEY]) & (pl.col(_START) == row[_START])
        first = cells.filter(same)[_ROW][0]
        when = write_period(row[_START], period)
        raise self._fault(
            row[_ROW] - 1,
            self.unit_column,
            f"{row[_NAME]} in {when} stands in row {first} too",
            "",
            "keep one of them",
        )

    def _fault(self, row: int, column: str, what: str, expected: str, mend: str = "") -> TableError:
        where = f"{self.file}, row {row + 1}, {column}"
        return TableError(what, where, expected or None, mend or None)


def _vintage(path: Path, about: About | None, asked: str | None, column: str) -> str:
    said = about.vintage if about else ""
    if asked and said and asked != said:
        raise TableError(
            f"its values are of {said!r}, as it says itself, and not of {asked!r}",
            str(path),
            mend="leave the vintage out",
        )
    return said or asked or ("" if about else column)


def _said_of(column: str) -> tuple[str, str]:
    """Give what a column counts, and of what."""
    for name, what in VIEWS_COLUMNS.items():
        if column.startswith(name):
            return "deaths", what
    return ("deaths", "") if column.startswith("deaths") else (column, "")


def _texts(values: pl.Series) -> pl.Series:
    """Give cells as text; null where there is none."""
    texts = values.cast(pl.String).str.strip_chars()
    return texts.set(texts == "", None)


def _codes(values: pl.Series) -> pl.Series:
    """Give cells as text, numbers without the decimals that other programs give them."""
    return _texts(values).str.replace(r"^(\d+)\.0$", "${1}")


def _numbers(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Give cells as numbers, null where nobody knows; and the places of those that are none."""
    if values.dtype.is_numeric():
        return values.cast(pl.Float64).fill_nan(None), pl.Series(dtype=pl.UInt32)
    texts = _texts(values)
    numbers = texts.cast(pl.Float64, strict=False).fill_nan(None)
    unread = numbers.is_null() & texts.is_not_null() & ~texts.is_in(_MISSING)
    return numbers, unread.fill_null(False).arg_true()


def _list(names: list[str]) -> str:
    return ", ".join(repr(name[:40]) for name in names[:12]) + (" ..." if len(names) > 12 else "")
