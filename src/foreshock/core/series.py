"""Daily series: how many events and deaths each pair of actors had on each day of a window.

Every day of the window was observed, so a zero means that nothing was counted. What was not
observed is no zero: a series ends before it, and asking for it is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import LexiconError, QuantityError, TimeError

Counts = NDArray[np.int64]
Amounts = NDArray[np.float64]


class Total(NamedTuple):
    """Sums over some days: one number a series."""

    counts: Counts
    deaths: Amounts


@dataclass(frozen=True, slots=True, eq=False)
class DailySeries:
    """Counts of events and deaths by day and series, without a hole.

    Parameters
    ----------
    first : datetime.date
        The first day.
    names : tuple of str
        One name a series, no two alike.
    counts : ndarray of int, shape (day, series)
        Events, 0 or more. Copied, and read-only from then on.
    deaths : ndarray of float, shape (day, series)
        Deaths, 0 or more, likewise.

    Raises
    ------
    QuantityError
        If the shapes differ, or a value is missing, negative or (of counts) no whole number.

    Examples
    --------
    >>> series = DailySeries(date(2031, 5, 1), ("ruritania–gondal",), [[2], [0], [1]],
    ...                      [[5.0], [0.0], [0.0]])
    >>> series.last, series.total(date(2031, 5, 1), date(2031, 5, 2)).deaths.tolist()
    (datetime.date(2031, 5, 3), [5.0])
    >>> series.until(date(2031, 5, 2)).counts[:, 0].tolist()
    [2, 0]
    >>> series.total(date(2031, 5, 3), date(2031, 5, 4))
    Traceback (most recent call last):
    foreshock.core.errors.TimeError: the series has no 2031-05-04. Expected: a day from 2031-05-01 \
to 2031-05-03. Mend: a day that was not observed is no day without events; observe it first.
    """

    first: date
    names: tuple[str, ...]
    counts: Counts
    deaths: Amounts

    def __post_init__(self) -> None:
        """Copy the arrays, lock them, and refuse what no observation can be."""
        names = tuple(self.names)
        if len(set(names)) < len(names):
            raise QuantityError("two series have one name", mend="name each series differently")
        counts, deaths = _counts(self.counts), _amounts(self.deaths)
        for what, values in (("counts", counts), ("deaths", deaths)):
            if values.ndim != 2 or values.shape[1] != len(names) or not len(values):
                raise QuantityError(
                    f"{what} have the shape {values.shape}",
                    expected=f"(days, {len(names)}) with at least one day",
                )
            if not (values >= 0).all():  # NaN is not >= 0 either
                raise QuantityError(f"a value of {what} is missing or negative", expected=">= 0")
        if counts.shape != deaths.shape:
            raise QuantityError(f"counts are {counts.shape}, deaths are {deaths.shape}")
        if not np.isfinite(deaths).all():
            raise QuantityError("deaths without end", expected="finite numbers")
        for name, value in (("names", names), ("counts", counts), ("deaths", deaths)):
            object.__setattr__(self, name, value)

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.counts)

    def __len__(self) -> int:
        """How many days there are."""
        return self.days

    def __eq__(self, other: object) -> bool:
        """Whether days, names and every number are the same."""
        if not isinstance(other, DailySeries):
            return NotImplemented
        return (
            (self.first, self.names) == (other.first, other.names)
            and np.array_equal(self.counts, other.counts)
            and np.array_equal(self.deaths, other.deaths)
        )

    def __hash__(self) -> int:
        """Hash by content."""
        return hash((self.first, self.names, self.counts.tobytes(), self.deaths.tobytes()))

    @property
    def digest(self) -> str:
        """Digest of all that it holds, the same on any machine.

        Examples
        --------
        >>> DailySeries(date(2031, 5, 1), ("a",), [[1]], [[0.0]]).digest
        'e4ae9996d127598cd685'
        """
        counts, deaths = self.counts.astype("<i8").tobytes(), self.deaths.astype("<f8").tobytes()
        return digest("daily series", self.first, self.names, counts.hex(), deaths.hex())

    def day(self, index: int) -> date:
        """Give the day of a row, counted from 0; below 0 from the end."""
        return self.first + timedelta(days=range(self.days)[index])

    def row(self, day: date) -> int:
        """Give the row of a day.

        Raises
        ------
        TimeError
            If the day was not observed.
        """
        index = (day - self.first).days
        if not 0 <= index < self.days:
            raise TimeError(
                f"the series has no {day}",
                expected=f"a day from {self.first} to {self.last}",
                mend="a day that was not observed is no day without events; observe it first",
            )
        return index

    def column(self, name: str) -> int:
        """Give the column of a series.

        Raises
        ------
        LexiconError
            If no series has the name.
        """
        if name not in self.names:
            raise LexiconError(f"no series is called {name!r}", mend="see `names`")
        return self.names.index(name)

    def until(self, day: date) -> DailySeries:
        """Give what had happened by the end of a day: all days up to it, that day included."""
        return self._rows(0, self.row(day) + 1)

    def since(self, day: date) -> DailySeries:
        """Give all days from a day on, that day included."""
        return self._rows(self.row(day), self.days)

    def window(self, days: int) -> DailySeries:
        """Give the last days.

        Raises
        ------
        TimeError
            If there are fewer days than that.
        """
        if days < 1:
            raise TimeError(f"a window of {days} days", expected="at least one day")
        return self.since(self.last - timedelta(days=days - 1))

    def total(self, first_day: date, last_day: date) -> Total:
        """Sum up the days from one to another, both included: arrays of shape (series,).

        Raises
        ------
        TimeError
            If a day of the window was not observed, or it ends before it starts.
        """
        if last_day < first_day:
            raise TimeError(f"the window ends ({last_day}) before it starts ({first_day})")
        rows = slice(self.row(first_day), self.row(last_day) + 1)
        return Total(self.counts[rows].sum(0), self.deaths[rows].sum(0))

    def select(self, names: Sequence[str]) -> DailySeries:
        """Give some of the series, in the order asked for."""
        columns = [self.column(name) for name in names]
        return DailySeries(
            self.first, tuple(names), self.counts[:, columns], self.deaths[:, columns]
        )

    def _rows(self, start: int, stop: int) -> DailySeries:
        return DailySeries(
            self.day(start), self.names, self.counts[start:stop], self.deaths[start:stop]
        )


def _counts(values: object) -> Counts:
    given = np.asarray(values)
    if given.dtype.kind not in "iu" and not _whole(given):
        raise QuantityError("counts that are no whole numbers", expected="0, 1, 2 ...")
    counts: Counts = np.array(given, dtype=np.int64, order="C")
    counts.setflags(write=False)
    return counts


def _whole(given: NDArray[np.generic]) -> bool:
    if given.dtype.kind != "f":
        return False
    numbers = given.astype(np.float64)
    return bool((np.isfinite(numbers) & (numbers == np.floor(numbers))).all())


def _amounts(values: object) -> Amounts:
    amounts: Amounts = np.array(values, dtype=np.float64, order="C")
    amounts.setflags(write=False)
    return amounts
