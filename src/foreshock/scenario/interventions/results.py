"""What a what-if comes to: the forecast, what is supposed, and their differences, future by future.

Nothing here is a forecast. A result is conditional on what its sheet assumes, and says so wherever
it is shown: `LABEL` belongs into every heading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.case.sheets.interventions import WhatIf
from foreshock.core.ensemble import quantiles

LABEL = "assumed, not forecast"

LEVELS = (0.05, 0.95)
"""Nine futures of ten lie between."""

NORMAL = 1.645
"""Standard errors on each side of a mean that hold nine draws of ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Mean of some number over futures, and between which values nine of ten of them lie."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One number with and without what is supposed, in the same futures.

    Attributes
    ----------
    part : str
        ``"fighting"``, ``"flight"`` or ``"control"``.
    measure : str
        What is counted: ``"events"``, ``"deaths"``, ``"displaced"``, ``"crossed"``, ``"changes"``.
    of : str
        Series, area, country or place of which.
    first, last : datetime.date
        Days over which, both included.
    chance : bool
        Whether it is a probability: then `low` and `high` of the difference say how far another
        set of as many futures might move it, and those of the levels are the mean itself.
    forecast, supposed : Level
    difference, low, high : float
        Mean of the paired differences, supposed less forecast; nine futures of ten between.
    where : float or None
        Mean of the paired differences over the futures in which anything comes about; None if
        there is none.
    unmoved : float
        Share of futures in which the number is the same.
    paired : float or None
        Variance of the paired differences over that of unpaired ones, from futures that share no
        luck; None where one of the two never varies.
    least : float or None
        The same for the most alike pairing that the two distributions allow: no common random
        numbers could do better.
    """

    part: str
    measure: str
    of: str
    first: date
    last: date
    chance: bool
    forecast: Level
    supposed: Level
    difference: float
    low: float
    high: float
    where: float | None
    unmoved: float
    paired: float | None
    least: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """In how many futures an intervention came to be.

    Attributes
    ----------
    intervention, text : str
    set_in : float
        Share of futures in which it set in.
    in_force : float
        Share of futures in which it was in force on the last day.
    """

    intervention: str
    text: str
    set_in: float
    in_force: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a what-if comes to.

    Attributes
    ----------
    sheet : WhatIf
        All that is assumed.
    file : str
        The sheet's file.
    as_of : datetime.date
    members, seed, horizon : int
    happenings : tuple of Happening
    differences : tuple of Difference
    notes : tuple of str
        What a reader must know: what is not forecast, what was held at a ceiling.
    """

    sheet: WhatIf
    file: str
    as_of: date
    members: int
    seed: int
    horizon: int
    happenings: tuple[Happening, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()


def compare(
    part: str,
    measure: str,
    of: str,
    days: tuple[date, date],
    forecast: NDArray[np.generic],
    supposed: NDArray[np.generic],
    touched: NDArray[np.bool_] | None = None,
) -> Difference:
    """Compare a number with and without what is supposed.

    Parameters
    ----------
    part, measure, of : str
        See `Difference`.
    days : (datetime.date, datetime.date)
    forecast, supposed : ndarray, shape (member,)
        Of the same members in the same order. Truths stand for something that comes about or not.
    touched : ndarray of bool, shape (member,), optional
        Members in which any intervention comes about; all if not given.

    Examples
    --------
    >>> week = (date(2031, 5, 1), date(2031, 5, 7))
    >>> before = np.array([0.0, 10.0, 20.0, 30.0])
    >>> found = compare("flight", "displaced", "mill", week, before, 0.8 * before)
    >>> found.difference, found.low, found.unmoved, round(found.paired, 3)
    (-3.0, -6.0, 0.25, 0.024)
    """
    chance = forecast.dtype == bool
    one, other = np.asarray(forecast, np.float64), np.asarray(supposed, np.float64)
    apart = other - one
    there = apart if touched is None else apart[touched[: len(apart)]]
    low, high = (float(each) for each in quantiles(apart, LEVELS))
    if chance:
        error = NORMAL * float(apart.std()) / np.sqrt(len(apart))
        low, high = float(apart.mean()) - error, float(apart.mean()) + error
    # What never varies has no luck to share.
    whole = float(one.var() + other.var()) if one.std() and other.std() else 0.0
    return Difference(
        part=part,
        measure=measure,
        of=of,
        first=days[0],
        last=days[1],
        chance=chance,
        forecast=_level(one, chance=chance),
        supposed=_level(other, chance=chance),
        difference=float(apart.mean()),
        low=low,
        high=high,
        where=float(there.mean()) if len(there) else None,
        unmoved=float((apart == 0).mean()),
        paired=float(apart.var()) / whole if whole else None,
        least=float((np.sort(other) - np.sort(one)).var()) / whole if whole else None,
    )


def _level(values: NDArray[np.float64], *, chance: bool) -> Level:
    mean = float(values.mean())
    low, high = (mean, mean) if chance else (float(q) for q in quantiles(values, LEVELS))
    return Level(mean=mean, low=low, high=high)
