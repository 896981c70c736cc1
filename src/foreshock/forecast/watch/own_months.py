"""A country's own last months as the forecast: each as likely, and spread.

Conflictology takes the last twelve months for equally likely futures. Here each is spread, for a
level that was 80 could as well have been 60 or 110, and now and then is 20 or 300.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ATOMS = 25
"""Equally likely values that stand for the spread of one month."""


def own_months(deaths: Floats, spread: float) -> tuple[Floats, Floats]:
    r"""Forecast each country by its own months alone.

    A month without deaths stands for none, any other for :math:`y e^{s z}`, at least one death,
    where :math:`z` has the double exponential density :math:`e^{-|z|} / 2`: its tails hold what
    those of a normal one do not.

    Parameters
    ----------
    deaths : ndarray, shape (unit, month)
        The months that count; not a number where nothing is known.
    spread : float
        Mean absolute change of the logarithm, :math:`s`.

    Returns
    -------
    values : ndarray, shape (unit, value)
        Whole deaths.
    weights : ndarray, shape (unit, value)
        Their probabilities, which sum to 1, or to 0 where nothing is known.

    Examples
    --------
    >>> values, weights = own_months(np.array([[0.0, 20.0]]), 0.45)
    >>> quantiles(values, weights, np.array([0.25, 0.6, 0.75, 0.95])).tolist()
    [[0.0, 13.0, 20.0, 41.0]]
    """
    known = np.isfinite(deaths)
    level = (np.arange(ATOMS) + 0.5) / ATOMS - 0.5
    factor = np.exp(-spread * np.sign(level) * np.log1p(-2 * np.abs(level)))
    count = np.where(known, deaths, 0.0)[..., None]
    values = np.where(count > 0, np.maximum(np.rint(count * factor), 1.0), 0.0)
    months = np.maximum(known.sum(axis=1, keepdims=True), 1)
    return values.reshape(len(deaths), -1), np.repeat(known / (months * ATOMS), ATOMS, axis=1)


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
