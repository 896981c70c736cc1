"""Panels: one value per unit and period, such as deaths per country and month.

A cell that nobody reported on is missing (not a number), never zero: the unit did not exist then,
or the data do not cover the period.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import QuantityError, TimeError
from foreshock.core.months import month_after, months_between
from foreshock.core.periods import PERIODS, unbroken

Floats = NDArray[np.float64]

MONTH_ONE = date(1980, 1, 1)
"""The month that VIEWS numbers 1."""


def month_id(month: date) -> int:
    """Give the number that VIEWS gives a month: 1 is January 1980.

    Examples
    --------
    >>> month_id(date(1980, 1, 31)), month_id(date(2021, 10, 1))
    (1, 502)
    """
    return months_between(MONTH_ONE, month) + 1


def month_of(number: int) -> date:
    """Give the first day of the month that VIEWS numbers so.

    Examples
    --------
    >>> month_of(502).isoformat()
    '2021-10-01'
    """
    return month_after(MONTH_ONE, number - 1)


def in_order(key: str) -> tuple[bool, int, str]:
    """Sort ids of units: numbers by their size, and before words.

    Examples
    --------
    >>> sorted(["10", "Gondal", "9"], key=in_order)
    ['9', '10', 'Gondal']
    """
    number = key.isascii() and key.isdecimal()
    return not number, int(key) if number else 0, key


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Panel:
    """One value per unit and period.

    Parameters
    ----------
    variable : str
        What is counted: ``"deaths"``, ``"events"``.
    about : str
        Of what: ``"state-based violence"``; empty for all of it.
    unit, period : str
        What a row and a column stand for: ``"country"``, ``"month"``; of periods one of `PERIODS`.
    keys, names : tuple of str
        Id and name of each unit; of countries the id is that of VIEWS.
    starts : tuple of datetime.date
        First day of each period, in order, without a gap.
    values : ndarray of float, shape (unit, period)
        0 or more; not a number where it is missing. Copied, and read-only from then on.
    vintage : str
        Which state of knowledge the values are from: dataset and release, or the column's name.
    licence, citation : str
        Terms of the data, and how to cite them; empty where nobody said.

    Raises
    ------
    QuantityError
        If shapes do not fit, two units have one id, or a value is negative or infinite.
    TimeError
        If the days do not begin one period after the other.

    Examples
    --------
    >>> panel = Panel(variable="deaths", about="", unit="country", period="month",
    ...               keys=("1", "2"), names=("Gondal", "Ruritania"),
    ...               starts=(date(2031, 5, 1), date(2031, 6, 1)),
    ...               values=[[7, np.nan], [0, 30]], vintage="made up")
    >>> panel.until(date(2031, 5, 1)).values.tolist()
    [[7.0], [0.0]]
    """

    variable: str
    about: str
    unit: str
    period: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    starts: tuple[date, ...]
    values: Floats
    vintage: str
    licence: str = ""
    citation: str = ""

    def __post_init__(self) -> None:
        """Copy the values, lock them, and refuse what nobody can count."""
        values = np.array(self.values, dtype=np.float64)
        shape = (len(self.keys), len(self.starts))
        if values.shape != shape or len(self.names) != len(self.keys) or 0 in shape:
            raise QuantityError(
                f"a panel of {len(self.keys)} ids, {len(self.names)} names and {len(self.starts)} "
                f"periods has values of the shape {values.shape}",
                expected="one name a unit, one value a unit and period, at least one of each",
            )
        if len(set(self.keys)) < len(self.keys):
            raise QuantityError("two units have one id", mend="give each its own")
        if np.isinf(values).any() or (values < 0).any():
            raise QuantityError("a value is negative or infinite", expected="0 or more")
        if self.period not in PERIODS or not unbroken(self.starts, self.period):
            raise TimeError(
                f"the panel's days are not the first of one {self.period} after the other",
                expected="periods without a gap; each a " + ", ".join(PERIODS),
            )
        # One missing value and one zero, bit for bit, or equal panels had different digests.
        values = np.where(np.isnan(values), np.nan, np.abs(values))
        values.flags.writeable = False
        object.__setattr__(self, "values", values)

    @property
    def digest(self) -> str:
        """Digest of the values and what they are of; terms and citation do not count."""
        told = (self.variable, self.about, self.unit, self.period, self.keys, self.names)
        return digest("panel", told, self.starts, self.vintage, self.values.tobytes().hex())

    def column(self, start: date) -> int:
        """Give the place of the period that begins on a day.

        Raises
        ------
        TimeError
            If none does.
        """
        try:
            return self.starts.index(start)
        except ValueError as error:
            raise TimeError(
                f"no {self.period} of the panel begins on {start}",
                expected=f"one from {self.starts[0]} to {self.starts[-1]}",
            ) from error

    def until(self, start: date) -> Panel:
        """Give the same up to and with the period that begins on a day."""
        last = self.column(start) + 1
        return replace(self, starts=self.starts[:last], values=self.values[:, :last])
