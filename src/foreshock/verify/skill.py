"""Skill: how much smaller our scores are than a baseline's, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foreshock.core.errors import LedgerError
from foreshock.core.random import stream

FEWEST = 10
"""Units below which no interval is given: so few cannot tell how far they would vary."""

RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Skill:
    r"""Skill against a baseline, :math:`1 - \bar S / \bar S_{\mathrm{base}}`; above 0 is better.

    Parameters
    ----------
    value : float or None
        None if the baseline made no error at all, so that nothing can be compared with it.
    low, high : float or None
        95 % interval; None if there are too few units to tell.
    units : int
        Independent units, such as origins or questions.
    cases : int
        Scores that were compared.
    """

    value: float | None
    low: float | None
    high: float | None
    units: int
    cases: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Our mean score less a baseline's, in the units of the score; below 0 is better.

    Parameters
    ----------
    value : float
    low, high : float or None
        95 % interval; None if there are too few units to tell.
    units, cases : int
        As of `Skill`.
    """

    value: float
    low: float | None
    high: float | None
    units: int
    cases: int


def skill(
    ours: ArrayLike,
    theirs: ArrayLike,
    unit: ArrayLike,
    *,
    seed: int,
    block: int | None = None,
    resamples: int = RESAMPLES,
) -> Skill:
    r"""Compare scores case by case, with an interval that knows that neighbours are alike.

    Cases of one unit (an origin, a question) stay together, and units are drawn in circular blocks
    of neighbours, so that what is shared by forecasts whose windows overlap is drawn with them
    (Künsch 1989, doi:10.1214/aos/1176347265; Politis & Romano 1992).

    Parameters
    ----------
    ours, theirs : array_like, shape (case,)
        Scores, smaller is better.
    unit : array_like, shape (case,)
        The unit of each case; units count in the order of their names, so days sort in time.
    seed : int
    block : int, optional
        Units in a block; the cube root of their number, rounded up, if not given.
    resamples : int

    Raises
    ------
    LedgerError
        If there are no scores, or the three do not have the same length.

    Examples
    --------
    >>> error = stream(7, "skill").gamma(2.0, 1.0, (200, 2))
    >>> found = skill(0.8 * error[:, 0], error[:, 1], np.arange(200) // 4, seed=7)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2), found.units
    (0.14, 0.06, 0.21, 50)
    """
    sums = _sums(ours, theirs, unit)
    count, cases = sums.shape[1], int(sums[2].sum())
    value = _ratio(sums.sum(axis=1))
    if count < FEWEST or value is None:
        return Skill(value, None, None, count, cases)
    totals = sums[:, _blocks(count, block, resamples, seed)].sum(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - totals[0] / totals[1]
    low, high = np.quantile(found[np.isfinite(found)], [0.025, 0.975])
    return Skill(value, float(low), float(high), count, cases)


def difference(
    ours: ArrayLike,
    theirs: ArrayLike,
    unit: ArrayLike,
    *,
    seed: int,
    block: int | None = None,
    resamples: int = RESAMPLES,
) -> Difference:
    """Give our mean score less theirs, with an interval drawn as in `skill`.

    Parameters and errors are those of `skill`.

    Examples
    --------
    >>> error = stream(7, "skill").gamma(2.0, 1.0, (200, 2))
    >>> found = difference(0.8 * error[:, 0], error[:, 1], np.arange(200) // 4, seed=7)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2), found.units
    (-0.28, -0.42, -0.11, 50)
    """
    sums = _sums(ours, theirs, unit)
    count, cases = sums.shape[1], int(sums[2].sum())
    value = float((sums[0].sum() - sums[1].sum()) / cases)
    if count < FEWEST:
        return Difference(value, None, None, count, cases)
    totals = sums[:, _blocks(count, block, resamples, seed)].sum(axis=2)
    low, high = np.quantile((totals[0] - totals[1]) / totals[2], [0.025, 0.975])
    return Difference(value, float(low), float(high), count, cases)


def _sums(ours: ArrayLike, theirs: ArrayLike, unit: ArrayLike) -> NDArray[np.float64]:
    """Sum our scores, theirs and the number of cases by unit, shape (3, unit)."""
    mine, yours = np.asarray(ours, float), np.asarray(theirs, float)
    names, index = np.unique(np.asarray(unit), return_inverse=True)
    if not mine.ndim == yours.ndim == 1 or not len(mine) == len(yours) == len(index) > 0:
        raise LedgerError(
            f"{mine.shape} scores against {yours.shape} in {index.shape} units",
            expected="one score of each kind, and a unit, for every case",
        )
    weights = (mine, yours, np.ones(len(mine)))
    return np.stack([np.bincount(index, each, len(names)) for each in weights])


def _ratio(sums: NDArray[np.float64]) -> float | None:
    return float(1 - sums[0] / sums[1]) if sums[1] > 0 else None


def _blocks(count: int, block: int | None, resamples: int, seed: int) -> NDArray[np.intp]:
    """Draw units in circular blocks, shape (resample, unit)."""
    block = min(block or math.ceil(count ** (1 / 3)), count)
    draw = stream(seed, "verify", "skill", count, block)
    starts = draw.integers(0, count, (resamples, math.ceil(count / block)))
    runs = (starts[:, :, None] + np.arange(block)) % count
    return runs.reshape(resamples, -1)[:, :count]
