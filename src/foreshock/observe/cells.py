"""How cells are read where a plain count, name or ISO day is not what the file has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from foreshock.core.time import EARLIEST, LATEST

Reading = Callable[[pl.Series], pl.Series]
"""From texts to values, null where a text cannot be read."""

_SECONDS_A_DAY = 86_400


def among(meanings: Mapping[str, str], *, any_case: bool = False) -> Reading:
    """Read a text that stands for a word; what is not among them cannot be read.

    Examples
    --------
    >>> read = among({"state forces": "State forces", "1": "State forces"}, any_case=True)
    >>> read(pl.Series(["State Forces", "1", "9"])).to_list()
    ['State forces', 'State forces', None]
    """
    known = {said.lower(): word for said, word in meanings.items()} if any_case else meanings

    def read(text: pl.Series) -> pl.Series:
        said = text.str.to_lowercase() if any_case else text
        return said.replace_strict(known, default=None, return_dtype=pl.String)

    return read


def day_as(form: str) -> Reading:
    """Read a day that is written in one form, by the letters of ``strftime``.

    Examples
    --------
    >>> day_as("%d %B %Y")(pl.Series(["04 February 2020", "31 February 2020"])).to_list()
    [datetime.date(2020, 2, 4), None]
    """

    def read(text: pl.Series) -> pl.Series:
        return _within(text.str.to_date(form, strict=False), EARLIEST)

    return read


def either(first: Reading, second: Reading) -> Reading:
    """Read a text in one way, and where that cannot be, in another."""

    def read(text: pl.Series) -> pl.Series:
        value = first(text)
        if value.null_count() == text.null_count():
            return value
        return value.zip_with(value.is_not_null(), second(text))

    return read


def day_of_instant(earliest: date) -> Reading:
    """Read the UTC day of an instant that is given in whole seconds since 1970.

    Examples
    --------
    >>> read = day_of_instant(date(1997, 1, 1))
    >>> read(pl.Series(["1582588800", "1582588799", "0", "soon"])).to_list()
    [datetime.date(2020, 2, 25), datetime.date(2020, 2, 24), None, None]
    """
    last = (LATEST - date(1970, 1, 1)).days

    def read(text: pl.Series) -> pl.Series:
        days = text.cast(pl.Int64, strict=False) // _SECONDS_A_DAY
        days = days.zip_with(days.is_between(0, last), pl.Series([None], dtype=pl.Int64))
        return _within(days.cast(pl.Int32).cast(pl.Date), earliest)

    return read


def written(read: Reading, decimal: str = ".", thousands: str = "") -> Reading:
    """Read numbers whose decimals or thousands are marked in another way.

    A mark of thousands must stand where one belongs: a ``1,5`` is not taken for 15.

    Parameters
    ----------
    read : callable
        Reads the number in its plain form.
    decimal : str
        The mark between whole and part.
    thousands : str
        The mark between groups of three digits; none by default.

    Examples
    --------
    >>> from foreshock.observe.layout import degrees, whole
    >>> written(whole, thousands=",")(pl.Series(["1,234", "1234", "1,5", "12,34"])).to_list()
    [1234, 1234, None, None]
    >>> written(degrees(90), decimal=",")(pl.Series(["36,5", "36.5"])).to_list()
    [36.5, None]
    """
    group = rf"(?:\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+)" if thousands else r"\d+"
    form = rf"^[+-]?{group}(?:{re.escape(decimal)}\d*)?$"

    def read_marked(text: pl.Series) -> pl.Series:
        plain = text.zip_with(text.str.contains(form), pl.Series([None], dtype=pl.String))
        if thousands:
            plain = plain.str.replace_all(thousands, "", literal=True)
        return read(plain.str.replace(decimal, ".", literal=True))

    return read_marked


def yes(word: str) -> Reading:
    """Read a cell that holds one word for yes, and nothing for no.

    Examples
    --------
    >>> yes("targeted")(pl.Series(["targeted", None, "perhaps"])).to_list()
    [True, False, None]
    """

    def read(text: pl.Series) -> pl.Series:
        said = text.is_not_null()
        return said.zip_with((text == word).fill_null(True), pl.Series([None], dtype=pl.Boolean))

    return read


def yes_or_no(text: pl.Series) -> pl.Series:
    """Read a yes or no, also as true or false, 1 or 0.

    Examples
    --------
    >>> yes_or_no(pl.Series(["Yes", "0", "perhaps"])).to_list()
    [True, False, None]
    """
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    return text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def _within(value: pl.Series, earliest: date) -> pl.Series:
    return value.zip_with(
        value.is_between(earliest, LATEST).fill_null(False), pl.Series([None], dtype=pl.Date)
    )
