"""Countries in tables: under which VIEWS number a name or code goes, and where a zero is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import LexiconError
from foreshock.core.panel import Panel
from foreshock.core.periods import last_day
from foreshock.lexicon.countries import bearing, country, spans

Tell = Callable[[str], None]


def country_spans(words: Iterable[str], kind: str) -> tuple[pl.DataFrame, list[str]]:
    """Give under which number each name or code goes, and from when to when.

    Parameters
    ----------
    words : iterable of str
    kind : str
        What they are; see `foreshock.lexicon.countries.KINDS`.

    Returns
    -------
    spans : polars.DataFrame
        ``word``, ``id``, ``called`` (the country's usual name), ``first`` and ``last`` day. The
        rows of a word part all time between them.
    unknown : list of str
        Words that are none of a country, sorted.

    Examples
    --------
    >>> found, unknown = country_spans(["Sudan", "Ruritania"], "name")
    >>> found.select("id", "last").rows()[0], unknown
    (('59', datetime.date(2011, 7, 8)), ['Ruritania'])
    """
    rows, unknown = [], []
    for word in sorted(words):
        try:
            found = bearing(kind, word)
        except LexiconError:
            unknown.append(word)
            continue
        rows += [(word, each.id, each.name, first, last) for each, first, last in spans(found)]
    columns = {
        "word": pl.String(),
        "id": pl.String(),
        "called": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
    }
    return pl.DataFrame(rows, schema=columns, orient="row"), unknown


def existence(panel: Panel) -> NDArray[np.bool_]:
    """Say of each country and period whether the country's VIEWS number held on any of its days.

    Parameters
    ----------
    panel : Panel
        Of countries; an id that is none of VIEWS counts as one that always was.

    Returns
    -------
    ndarray of bool, shape (unit, period)
    """
    days = [(start, last_day(start, panel.period)) for start in panel.starts]
    found = np.ones(panel.values.shape, dtype=bool)
    for row, key in enumerate(panel.keys):
        with suppress(LexiconError):
            found[row] = [country(key).existed(*each) for each in days]
    return found


def as_existed(panel: Panel, tell: Tell | None = None) -> Panel:
    """Take as missing every zero of a country in a period in which its number did not hold.

    What is told to be more than zero is kept: somebody was counted there.

    Parameters
    ----------
    panel : Panel
        Of countries.
    tell : callable, optional
        Told how many values that concerns, a sentence a line.
    """
    absent = ~existence(panel)
    zeros, more = absent & (panel.values == 0), absent & (panel.values > 0)
    if tell and more.any():
        tell(
            f"Kept as told: {more.sum():,} values above 0 of {panel.period}s in which the country "
            "was not yet or no longer one, or had another number."
        )
    if not zeros.any():
        return panel
    if tell:
        tell(
            f"Taken as missing: {zeros.sum():,} zeros of {zeros.any(axis=1).sum()} countries in "
            f"{panel.period}s in which they were not yet or no longer one, or had another number."
        )
    return replace(panel, values=np.where(zeros, np.nan, panel.values))
