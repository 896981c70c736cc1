"""Simple forecasts that a watch model must beat: each fits on a slip of paper.

All are those of the VIEWS challenge (Hegre et al. 2025, arXiv:2407.11045) but for the mixture,
which is as cheap and harder to beat. None is left to chance: months of the past are equally likely
draws, and of a distribution the draws are its evenly spaced quantiles.

Every function takes ``values``, shape (unit, month), that end with the month of the origin; the
``horizons``; how many ``draws`` to make, where the forecast is not a fixed set of months; and gives
draws of the shape (unit, horizon, draw), the same for all horizons. A unit of which nothing is
known in the months that a forecast looks at has missing draws.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from foreshock.core.errors import ForecastRefused

Floats = NDArray[np.float64]

YEAR = 12
SPANS = (6, 12, 24)
"""Months of the mixture."""

POOL = 240
"""Months of the bootstrap."""

Benchmark = Callable[[Floats, Sequence[int], int, np.random.Generator], Floats]


def conflictology(
    values: Floats, horizons: Sequence[int], draws: int, rng: np.random.Generator
) -> Floats:
    """Say that any month ahead will be like one of the last twelve, each as likely.

    Examples
    --------
    >>> some = np.arange(24.0).reshape(1, 24)
    >>> conflictology(some, (1, 2), 1000, np.random.default_rng(0))[0, 1].tolist()
    [12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0]
    """
    return _ahead(_last(values, YEAR), horizons)


def mixture(
    values: Floats, horizons: Sequence[int], draws: int, rng: np.random.Generator
) -> Floats:
    """Mix the last 6, 12 and 24 months, each span as likely, and within a span each month.

    Examples
    --------
    >>> some = np.r_[np.zeros(12), np.full(6, 4.0), np.full(6, 9.0)].reshape(1, 24)
    >>> found = mixture(some, (1,), 1000, np.random.default_rng(0))
    >>> found.shape, float((found == 9).mean().round(4))  # (1 + 1/2 + 1/4) / 3
    ((1, 1, 72), 0.5833)
    """
    longest = max(SPANS)
    parts = [np.repeat(_last(values, span), longest // span, axis=1) for span in SPANS]
    return _ahead(np.concatenate(parts, axis=1), horizons)


def bootstrap(
    values: Floats, horizons: Sequence[int], draws: int, rng: np.random.Generator
) -> Floats:
    """Say of every unit alike what the last 240 months of all units together would say.

    The challenge draws with replacement from that pool; this takes its quantiles. It knows how
    rare war is in the world and nothing of where.

    Examples
    --------
    >>> some = np.array([[0.0, 0.0, 0.0], [0.0, 8.0, 9.0]])
    >>> bootstrap(some, (1,), 6, np.random.default_rng(0))[0, 0].tolist()
    [0.0, 0.0, 0.0, 0.0, 8.0, 9.0]
    """
    pool = values[:, -POOL:]
    pool = pool[~np.isnan(pool)]
    if not pool.size:
        raise ForecastRefused("nothing is known of any unit in the last 240 months")
    found = np.quantile(pool, _levels(draws), method="inverted_cdf")
    return _ahead(np.broadcast_to(found, (len(values), draws)), horizons)


def last_poisson(
    values: Floats, horizons: Sequence[int], draws: int, rng: np.random.Generator
) -> Floats:
    """Say that months ahead are Poisson, with the last known month's value as their mean.

    Examples
    --------
    >>> last_poisson(np.array([[7.0, 2.0]]), (1,), 5, np.random.default_rng(0))[0, 0].tolist()
    [0.0, 1.0, 2.0, 3.0, 4.0]
    """
    return _ahead(_poisson_quantiles(_latest(values), _levels(draws)), horizons)


def zero(values: Floats, horizons: Sequence[int], draws: int, rng: np.random.Generator) -> Floats:
    """Say that nobody will be killed.

    Examples
    --------
    >>> zero(np.array([[7.0, 2.0]]), (1, 2), 5, np.random.default_rng(0)).tolist()
    [[[0.0], [0.0]]]
    """
    return np.zeros((len(values), len(horizons), 1))


BENCHMARKS: dict[str, Benchmark] = {
    "conflictology": conflictology,
    "mixture of 6, 12, 24 months": mixture,
    "last + Poisson": last_poisson,
    "bootstrap 240": bootstrap,
    "zero": zero,
}
"""By the name that tables give them."""


# ---------------------------------------------------------------------- parts


def _last(values: Floats, months: int) -> Floats:
    """Take the last months of every unit; known ones stand in, in turn, for those that are not."""
    found = values[:, -months:]
    if found.shape[1] == months and not np.isnan(found).any():
        return found
    whole = np.full((len(values), months), np.nan)
    for row, unit in enumerate(found):
        known = unit[~np.isnan(unit)]
        if known.size:
            whole[row] = np.resize(known[::-1], months)[::-1]
    return whole


def _latest(values: Floats) -> Floats:
    """Take the last known value of every unit within a year."""
    found = np.full(len(values), np.nan)
    for column in values[:, -YEAR:].T:
        found = np.where(np.isnan(column), found, column)
    return found


def _levels(draws: int) -> Floats:
    return np.asarray((np.arange(draws) + 0.5) / draws)


def _poisson_quantiles(means: Floats, levels: Floats) -> Floats:
    """Give quantiles of Poisson distributions, shape (mean, level)."""
    at = np.broadcast_to(np.nan_to_num(means)[:, None], (len(means), len(levels)))
    with np.errstate(invalid="ignore"):
        found = np.ceil(np.nan_to_num(special.pdtrik(levels, at)))
    # The inverse may miss a whole number by a rounding: one less will do wherever it reaches.
    less = np.maximum(found - 1, 0)
    found = np.where(special.pdtr(less, at) >= levels, less, found)
    found = np.where(np.isnan(means)[:, None], np.nan, found)
    return np.asarray(found)


def _ahead(draws: Floats, horizons: Sequence[int]) -> Floats:
    """Say the same of every month ahead."""
    units, number = draws.shape
    return np.broadcast_to(draws[:, None, :], (units, len(horizons), number))
