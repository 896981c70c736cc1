"""A country's own recent months as the forecast: weighted by age, and spread.

Conflictology takes the last twelve months for equally likely futures. Here each is spread into
a lognormal, for a level that was 80 could as well have been 60 or 110; and older months may fade.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]

ATOMS = 25
"""Equally likely values that stand for the spread of one month."""


def own_months(deaths: Floats, levels: Floats, spread: float, half_life: float = np.inf) -> Floats:
    r"""Forecast each country by its own months alone.

    The month :math:`k` months before the last weighs :math:`2^{-k / \ell}`; a month without deaths
    stands for none, any other for :math:`y e^{s z}` with :math:`z` standard normal, at least one
    death.

    Parameters
    ----------
    deaths : ndarray, shape (unit, month)
        The months that count, the origin last; not a number where the country did not exist.
    levels : ndarray, shape (draw,)
        Probabilities whose quantiles are given, ascending.
    spread : float
        Standard deviation of the logarithm, :math:`s`.
    half_life : float
        Months, :math:`\ell`; by default all months weigh the same.

    Returns
    -------
    ndarray, shape (unit, draw)
        Whole deaths, ascending.

    Examples
    --------
    >>> some = np.array([[0.0] * 12, [20.0] * 12])
    >>> own_months(some, np.array([0.05, 0.5, 0.95]), 0.5).tolist()
    [[0.0, 0.0, 0.0], [9.0, 20.0, 44.0]]
    """
    known = np.isfinite(deaths)
    weight = np.where(known, 0.5 ** (np.arange(deaths.shape[1])[::-1] / half_life), 0.0)
    factor = np.exp(spread * ndtri((np.arange(ATOMS) + 0.5) / ATOMS))
    count = np.where(known, deaths, 0.0)[..., None]
    atoms = np.where(count > 0, np.maximum(np.rint(count * factor), 1.0), 0.0)
    return quantiles(atoms.reshape(len(deaths), -1), np.repeat(weight, ATOMS, axis=1), levels)


def quantiles(atoms: Floats, weights: Floats, levels: Floats) -> Floats:
    """Read quantiles off weighted values, row by row.

    Parameters
    ----------
    atoms, weights : ndarray, shape (row, value)
        Weights need not sum to 1, but to something.
    levels : ndarray, shape (draw,)
        Ascending.

    Returns
    -------
    ndarray, shape (row, draw)
        The least value whose cumulated weight reaches the level.

    Examples
    --------
    >>> quantiles(np.array([[3.0, 1.0]]), np.array([[1.0, 3.0]]), np.array([0.5, 0.9])).tolist()
    [[1.0, 3.0]]
    """
    order = np.argsort(atoms, axis=1, kind="stable")
    values = np.take_along_axis(atoms, order, axis=1)
    reach = np.cumsum(np.take_along_axis(weights, order, axis=1), axis=1)
    last = values.shape[1] - 1
    return np.stack(
        [
            row[np.minimum(np.searchsorted(up, levels * up[-1]), last)]
            for row, up in zip(values, reach, strict=True)
        ]
    )
