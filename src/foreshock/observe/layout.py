"""What a reader declares of its format: cells, how each is read, what a row must keep to.

A reader is one file in ``observe/readers`` with one `Format`; everything else (blocks, progress,
rejects, registration) is the same for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from foreshock.core.quantities import LARGEST
from foreshock.core.time import EARLIEST, LATEST
from foreshock.evidence.published import COLUMNS, DECLARED, SCHEMA, SOURCE

COUNT, REAL = pl.Int64(), pl.Float64()
_BASIS = pl.Enum([SOURCE, DECLARED])
_NO_WORD = pl.Enum([])  # A text that is never there is written much faster as a list of none.
ROW = "row of the file"
"""The column of row numbers: no column of a table is called so, though some are called row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of the file and the value that is read from it.

    Attributes
    ----------
    column, name : str
        The column's name in the file and the value's in the native schema (or a name of its own).
    read : callable
        From texts to values, null where a text cannot be read.
    expected : str
        What would have been right.
    required : bool
        Whether an empty cell is a fault; else it is a missing value.
    missing : tuple of str
        Texts that say that nothing is known, such as ``-1``.
    always : bool
        Whether every file has the column; where one lacks it, all its values are missing.
    number : polars.DataType, optional
        The type as which the cells may be read from the file at once if all of them are such
        numbers, which is faster than by way of texts. Not together with `missing`.
    """

    column: str
    name: str
    read: Callable[[pl.Series], pl.Series]
    expected: str
    required: bool = True
    missing: tuple[str, ...] = ()
    always: bool = True
    number: pl.DataType | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold between the values of a row.

    Attributes
    ----------
    column : str
        The column of the file that is named where it does not hold.
    holds : polars.Expr
        On the values read; null counts as holding.
    what : str
        What is wrong otherwise.
    """

    column: str
    holds: pl.Expr
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How the rows of a table stand in a text file.

    Attributes
    ----------
    separator : str
        One ASCII character.
    quoted : bool
        Whether quotes hold a cell together; else they are characters like any other.
    header : tuple of str
        All columns by their position, where a file has no header; else empty.
    ended : bool
        Whether each line has an end, so that a last one without is one that was cut off.
    odd_bytes : bool
        Whether bytes that are no UTF-8 stand for U+FFFD; else a cell with one cannot be read.
    encoding : str
        UTF-8, or another that holds ASCII, a byte a letter.
    """

    separator: str = ","
    quoted: bool = True
    header: tuple[str, ...] = ()
    ended: bool = False
    odd_bytes: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of published event tables.

    Attributes
    ----------
    name, title, licence, citation, url : str
        ``ucdp-ged`` and the like; what it is, on which terms, how to cite it, where it is found.
    redistribution : bool
        Whether its terms allow passing rows on.
    delay_days : int
        Days from an event's end to when the public could know, unless the user declares others.
        Where a row says it itself, in a cell called ``known_at``, that holds instead.
    delay_about : str
        What to think of that.
    shape : str
        What a file of this format looks like.
    release : callable
        The release from a file's name, empty where it does not say.
    cells, rules : sequence
        What is read of each row, and what must hold of it.
    derived : mapping of str to polars.Expr
        Further columns of the native schema, from the values read.
    remarks : mapping of str to polars.Expr
        Oddities to be counted, in the native schema; the rows are kept as they are told.
    living : bool
        Whether rows are added, revised and taken out for ever: a release is then the day on which
        it was fetched, and a row's ``told_at`` is only the latest that the public can have known.
    retold : bool
        Whether a later release tells the events of an earlier one anew, under other ids.
    dialect : Dialect
        How rows stand in a text file.
    lookalikes : mapping of int to str
        What a table without header is that has another number of columns.
    files_a_day : int
        In how many files a day is published, where each is named by its moment; else 0.
    """

    name: str
    title: str
    licence: str
    citation: str
    url: str
    redistribution: bool
    delay_days: int
    delay_about: str
    shape: str
    release: Callable[[str], str]
    cells: Sequence[Cell]
    rules: Sequence[Rule] = ()
    derived: Mapping[str, pl.Expr] = field(default_factory=dict)
    remarks: Mapping[str, pl.Expr] = field(default_factory=dict)
    living: bool = False
    retold: bool = False
    dialect: Dialect = field(default_factory=Dialect)
    lookalikes: Mapping[int, str] = field(default_factory=dict)
    files_a_day: int = 0

    @property
    def columns(self) -> list[str]:
        """The columns that are read."""
        return list(dict.fromkeys(cell.column for cell in self.cells))

    @property
    def needed(self) -> list[str]:
        """The columns that a file must have."""
        return list(dict.fromkeys(cell.column for cell in self.cells if cell.always))

    @property
    def says_when(self) -> bool:
        """Whether every row says itself when the public could know."""
        return any(cell.name == "known_at" and cell.required for cell in self.cells)

    def events(self, rows: pl.DataFrame, dataset: str) -> pl.DataFrame:
        """Turn values that were read into rows of the native schema.

        A column in which words of a short list stand may be a `polars.Enum` of them instead of
        text, which is several times as fast to make, and to write.
        """
        made = rows.with_columns(
            always(dataset).alias("dataset"), pl.col(ROW).alias("row"), **self.derived
        )
        late = pl.col("end").dt.offset_by(f"{self.delay_days}d")
        told = pl.col("known_at") if "known_at" in made.columns else pl.lit(None, pl.Date)
        if self.living:
            in_time = pl.col("told_at") <= late
            told = pl.when(in_time).then(pl.max_horizontal("told_at", "end"))
        made = made.with_columns(
            pl.coalesce(told, late).alias("known_at"),
            pl.when(told.is_null()).then(pl.lit(DECLARED, _BASIS))
            .otherwise(pl.lit(SOURCE, _BASIS)).alias("known_basis"),
        )  # fmt: skip
        empty = [name for name in COLUMNS if name not in made.columns]
        made = made.with_columns(
            pl.lit(None, _NO_WORD if SCHEMA[name] == pl.String else SCHEMA[name]).alias(name)
            for name in empty
        )
        kept = {name for name, dtype in made.schema.items() if dtype == pl.Enum}
        return made.select(
            name if name in kept else pl.col(name).cast(dtype) for name, dtype in SCHEMA.items()
        )

    def stored(self, dataset: str) -> pl.Schema:
        """Give the columns of `events` with their types."""
        nothing = pl.DataFrame(schema={ROW: pl.UInt32} | dict.fromkeys(self.columns, pl.String))
        rows, _ = sort_out(nothing, self)
        return self.events(rows, dataset).schema


def sort_out(texts: pl.DataFrame, layout: Format) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read the cells of some rows, and part the rows that can be read from the others.

    Parameters
    ----------
    texts : polars.DataFrame
        The columns of the format that there are, as text, null where a cell is empty; and `ROW`.
    layout : Format

    Returns
    -------
    rows : polars.DataFrame
        Values under the names of the cells, and `ROW`.
    faulty : polars.DataFrame
        `ROW` and a boolean column for each cell or rule at fault anywhere, called by its place
        (``cell 3``, ``rule 0``), true where it is at fault.
    """
    values, faults = [texts[ROW]], {}
    for at, cell in enumerate(layout.cells):
        there = cell.column in texts.columns
        text = texts[cell.column] if there else _nothing(texts.height)
        value = cell.read(text).alias(cell.name)
        if not there:
            value = value.clear(texts.height)
        values.append(value)
        fault = _fault(cell, text, value) if there else None
        if fault is not None:
            faults[f"cell {at}"] = fault
    rows = pl.DataFrame(values)
    for at, rule in enumerate(layout.rules):
        broken = rows.select(~rule.holds.fill_null(True)).to_series()
        if broken.any():
            faults[f"rule {at}"] = broken
    if not faults:
        return rows, rows.select(ROW).clear()
    faulty = pl.DataFrame({ROW: texts[ROW], **faults})
    bad = faulty.select(pl.any_horizontal(pl.exclude(ROW))).to_series()
    return rows.filter(~bad), faulty.filter(bad)


def _nothing(rows: int) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, rows)


def _fault(cell: Cell, text: pl.Series, value: pl.Series) -> pl.Series | None:
    """Tell where a cell is at fault; None if nowhere, which costs next to nothing to see."""
    if not value.null_count() or (cell.read is word and not cell.required):
        return None
    fault = value.is_null()
    if not cell.required:
        fault &= text.is_not_null()
        if cell.missing:
            fault &= ~text.is_in(cell.missing).fill_null(False)
    return fault if fault.any() else None


def always(word: str) -> pl.Expr:
    """Give the same word for every row."""
    return pl.lit(word, pl.Enum([word]))


def meaning(column: str, meanings: Mapping[str, str | None]) -> pl.Expr:
    """Give what the codes of a column of `one_of` stand for.

    Examples
    --------
    >>> codes = one_of(["01", "18"])(pl.Series("code", ["18", None, "01"])).to_frame()
    >>> stands_for = meaning("code", {"01": "talk", "18": "assault"})
    >>> codes.select(stands_for).to_series().to_list()
    ['assault', None, 'talk']
    """
    words = list(meanings.values())
    dtype = pl.Enum(list(dict.fromkeys(word for word in words if word is not None)))
    place = pl.col(column).cast(pl.Enum(list(meanings))).to_physical()
    return pl.lit(pl.Series(words, dtype=dtype)).gather(place)


# ------------------------------------------------------------------ how texts are read


def word(text: pl.Series) -> pl.Series:
    """Read a text that says something."""
    return text


def whole(text: pl.Series) -> pl.Series:
    """Read a count: ``7`` or ``7.0``, not negative.

    Examples
    --------
    >>> whole(pl.Series(["7", " 7", "7.0", "7.5", "-1", "x"])).to_list()
    [7, 7, 7, None, None, None]
    """
    value = _number(text, COUNT)
    if value.null_count() > text.null_count():
        real = _number(text, REAL)
        value = _where(real.is_between(0, LARGEST) & (real == real.floor()), real).cast(pl.Int64)
    return _where(value.is_between(0, int(LARGEST)), value)


def label(text: pl.Series) -> pl.Series:
    """Read the number by which a publisher names a thing, as a text without decimals.

    Examples
    --------
    >>> label(pl.Series(["214797", "214797.0", " 214797", "x"])).to_list()
    ['214797', '214797', '214797', None]
    """
    value = _where(whole(text).is_not_null(), text)
    if text.cast(COUNT, strict=False).null_count() == text.null_count():
        return value
    return value.str.strip_chars_start(" ").str.strip_suffix(".0")


def degrees(limit: float) -> Callable[[pl.Series], pl.Series]:
    """Read degrees of latitude or longitude, at most so many to either side."""

    def read(text: pl.Series) -> pl.Series:
        value = _number(text, REAL)
        return _where(value.is_between(-limit, limit), value)

    return read


def day(text: pl.Series) -> pl.Series:
    """Read a day, with or without a time of day behind it.

    Examples
    --------
    >>> day(pl.Series(["2031-05-01", "2031-05-01 00:00:00.000", "2031-02-30", "1/5/31"])).to_list()
    [datetime.date(2031, 5, 1), datetime.date(2031, 5, 1), None, None]
    """
    value = text.str.head(10).str.to_date("%Y-%m-%d", strict=False)
    return _where(value.is_between(EARLIEST, LATEST), value)


def compact_day(text: pl.Series) -> pl.Series:
    """Read a day in eight digits, with or without a time of day in six more; text or numbers.

    Examples
    --------
    >>> compact_day(pl.Series(["20310501", "20310501001500", "20310230", "2031-05-01"])).to_list()
    [datetime.date(2031, 5, 1), datetime.date(2031, 5, 1), None, None]
    >>> compact_day(pl.Series([20310501009900, 20310501001500, 2031050100, 2031051])).to_list()
    [None, datetime.date(2031, 5, 1), None, None]
    """
    ids = text.rle_id()
    told = text.rle().struct.field("value")  # Rows that stand together mostly share their day.
    digits = _number(told, COUNT)
    time = digits % 1_000_000
    of_day = (time // 10_000 < 24) & (time // 100 % 100 < 60) & (time % 100 < 60)
    timed = ((digits >= 10**13) & of_day).fill_null(False)
    days = (digits // 1_000_000).zip_with(timed, digits)
    value = days.cast(pl.String).str.to_date("%Y%m%d", strict=False)
    return _where((days >= 10**7) & value.is_between(EARLIEST, LATEST), value).gather(ids)


def one_of(known: Iterable[str]) -> Callable[[pl.Series], pl.Series]:
    """Read a code of a list, letter by letter as it stands there.

    Examples
    --------
    >>> one_of(["01", "010"])(pl.Series(["01", "1", "010"])).to_list()
    ['01', None, '010']
    """
    codes = pl.Enum(list(known))

    def read(text: pl.Series) -> pl.Series:
        return text.cast(codes, strict=False)

    return read


def code(meanings: Mapping[int, str]) -> Callable[[pl.Series], pl.Series]:
    """Read a number that stands for a word; the numbers are 1, 2, 3 ... without a gap."""
    words = pl.Series([str(meanings[number]) for number in range(1, len(meanings) + 1)])

    def read(text: pl.Series) -> pl.Series:
        value = whole(text)
        return words.gather(_where(value.is_between(1, len(words)), value) - 1)

    return read


def _number(text: pl.Series, dtype: pl.DataType) -> pl.Series:
    """Read numbers as they are read from a file at once: spaces before them do not count."""
    value = text.cast(dtype, strict=False)
    if value.null_count() > text.null_count():
        value = text.str.strip_chars_start(" ").cast(dtype, strict=False)
    return value


def _where(holds: pl.Series, value: pl.Series) -> pl.Series:
    """Keep a value where something holds of it; null elsewhere."""
    if holds.null_count() == value.null_count() and holds.all():
        return value
    return value.zip_with(holds.fill_null(False), pl.Series([None], dtype=value.dtype))
