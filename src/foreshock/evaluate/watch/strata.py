"""Strata: kinds of country that could be told apart at the origin, by the deaths of the last year.

Sorting cases by what came would reward whoever always cries wolf (Lerch et al. 2017,
doi:10.1214/16-STS588); sorting them by what was known does not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.core.watch import YEAR

STRATA = ("0", "1–24", "25–999", "1,000 or more")
"""Deaths in the last twelve months, as tables say them."""

FLOORS = (1.0, 25.0, 1000.0)
"""Where all strata but the first begin."""

UNKNOWN = "unknown"
"""The stratum of a country of which no month of the last twelve is known."""


def deaths_before(known: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the last twelve months that are known, by unit; missing where none of them is.

    Parameters
    ----------
    known : ndarray, shape (unit, month)
        It ends with the month of the origin.

    Examples
    --------
    >>> deaths_before(np.array([[9.0, np.nan, 1.0], [np.nan] * 3])).tolist()
    [10.0, nan]
    """
    last = known[:, -YEAR:]
    return np.where(np.isnan(last).all(axis=1), np.nan, np.nansum(last, axis=1))


def strata(before: NDArray[np.float64]) -> tuple[str, ...]:
    """Name the stratum of each unit.

    Examples
    --------
    >>> strata(np.array([0, 24, 25, 1000, np.nan]))
    ('0', '1–24', '25–999', '1,000 or more', 'unknown')
    """
    places = np.digitize(np.nan_to_num(before), FLOORS)
    return tuple(
        UNKNOWN if np.isnan(deaths) else STRATA[place]
        for deaths, place in zip(before, places, strict=True)
    )
