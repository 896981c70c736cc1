"""Scores of forecasts that are given as draws, many at once: smaller is better.

A forecast is a set of draws, the last axis of an array, and each draw counts alike. The arithmetic
is numpy's on sorted draws, block by block, so that memory stays bounded however many forecasts
there are; `scores` asks the library `scoringrules` about one forecast and agrees to ten digits.
A forecast or value that is missing (not a number) has no score.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foreshock.core.errors import EnsembleError

Floats = NDArray[np.float64]

AT_ONCE = 2**21
"""Draws that are worked on at a time: 16 MB of them."""

CENTRAL = 0.9
"""Share of cases that a central interval should hold."""


def crps_of_draws(draws: ArrayLike, values: ArrayLike, *, fair: bool = False) -> Floats:
    r"""Continuous ranked probability score of draws, in the units of the values.

    .. math:: \frac1n \sum_i |x_i - y| - \frac{1}{2 n^2} \sum_{i, j} |x_i - x_j|

    This scores the draws as the forecast itself (estimator ``qd``), as the VIEWS challenge does
    (Hegre et al. 2025, arXiv:2407.11045). The fair one has :math:`n (n - 1)` in place of
    :math:`n^2` and estimates the score of the distribution that the draws were drawn from, so that
    few draws are no worse than many (Ferro 2014, doi:10.1002/qj.2270).

    Parameters
    ----------
    draws : array_like, shape (..., draw)
    values : array_like, shape (...)
        What came.
    fair : bool

    Raises
    ------
    EnsembleError
        If shapes do not fit, or the fair score is asked of fewer than two draws.

    Examples
    --------
    >>> crps_of_draws([[0, 1, 2], [5, 5, 5]], [1, 7]).round(4).tolist()
    [0.2222, 2.0]
    >>> crps_of_draws([[0, 1, 2], [5, 5, 5]], [1, 7], fair=True).round(4).tolist()
    [0.0, 2.0]
    """
    number = np.shape(draws)[-1] if np.ndim(draws) else 0
    if fair and number < 2:
        raise EnsembleError(
            "the fair score cannot be had of a single draw",
            expected="two draws or more",
            mend="take the score with fair=False",
        )
    # Half the mean difference of two draws is a weighted sum of the draws in their order.
    weights = (2.0 * np.arange(number) - (number - 1)) / (number * (number - fair))

    def score(some: Floats, came: Floats) -> Floats:
        # From the value, so that large draws near a large value lose no digits.
        apart = np.sort(some - came[:, None], axis=1)
        return np.asarray(np.abs(apart).mean(axis=1) - apart @ weights)

    return by_block(score, draws, values)


def crps_of_logarithms(draws: ArrayLike, values: ArrayLike) -> Floats:
    r"""CRPS of :math:`\log(1 + x)`, which weighs relative errors alike in small wars and large.

    Bosse et al. 2023, doi:10.1371/journal.pcbi.1011393.

    Examples
    --------
    >>> crps_of_logarithms([[0.0, 0.0]], [np.e - 1]).tolist()
    [1.0]
    """
    return by_block(lambda some, came: crps_of_draws(np.log1p(some), np.log1p(came)), draws, values)


def share_at_least(draws: ArrayLike, threshold: ArrayLike) -> Floats:
    """Give the share of draws that reach a threshold, the same for all or one a forecast.

    Examples
    --------
    >>> share_at_least([[0, 25, 30, 24]], 25).tolist()
    [0.5]
    """
    shape = np.shape(draws)[:-1]

    def share(some: Floats, least: Floats) -> Floats:
        found = (some >= least[:, None]).mean(axis=1)
        found[np.isnan(some).any(axis=1) | np.isnan(least)] = np.nan
        return np.asarray(found)

    return by_block(share, draws, np.broadcast_to(np.asarray(threshold, float), shape))


def brier_at_least(draws: ArrayLike, values: ArrayLike, threshold: ArrayLike) -> Floats:
    r"""Brier score of "at least so many", :math:`(p - [y \ge t])^2`, from 0 to 1.

    Examples
    --------
    >>> brier_at_least([[0, 25, 30, 24]], [40], 25).tolist()
    [0.25]
    """
    share, came = share_at_least(draws, threshold), np.asarray(values, float)
    if came.shape != share.shape:
        raise _unfit(np.shape(draws), came.shape)
    reached = np.where(np.isnan(came), np.nan, came >= np.asarray(threshold, float))
    return np.asarray((share - reached) ** 2)


def central_interval(draws: ArrayLike, share: float = CENTRAL) -> tuple[Floats, Floats]:
    """Give the ends of the central interval, interpolated between draws as the challenge does.

    Examples
    --------
    >>> [float(end.round(2)) for end in central_interval(np.arange(101))]
    [5.0, 95.0]
    """
    tail = (1 - share) / 2
    return quantile_of_draws(draws, tail), quantile_of_draws(draws, 1 - tail)


def quantile_of_draws(draws: ArrayLike, share: float) -> Floats:
    """Give the number below which such a share of the draws lies, interpolated between draws.

    Examples
    --------
    >>> quantile_of_draws([[0, 1, 2, 3, 40]], 0.5).tolist()
    [2.0]
    """

    def quantile(some: Floats, _: Floats) -> Floats:
        return np.asarray(np.quantile(some, share, axis=1))

    return by_block(quantile, draws, np.zeros(np.shape(draws)[:-1]))


def interval_score_of_draws(draws: ArrayLike, values: ArrayLike, share: float = CENTRAL) -> Floats:
    r"""Interval score of the central interval, in the units of the values.

    .. math:: (u - l) + \tfrac{2}{\alpha}(l - y)_+ + \tfrac{2}{\alpha}(y - u)_+,
              \qquad \alpha = 1 - \text{share}

    Gneiting & Raftery 2007, doi:10.1198/016214506000001437, section 6.2.

    Examples
    --------
    >>> interval_score_of_draws([np.arange(101)] * 2, [50, 96]).round(6).tolist()
    [90.0, 110.0]
    """
    low, high = central_interval(draws, share)
    came = np.asarray(values, float)
    if came.shape != low.shape:
        raise _unfit(np.shape(draws), came.shape)
    missed = np.maximum(low - came, 0) + np.maximum(came - high, 0)
    return np.asarray(high - low + 2 / (1 - share) * missed)


def randomised_transform(draws: ArrayLike, values: ArrayLike, chance: ArrayLike) -> Floats:
    r"""Probability transform of what came, evenly spread over draws that equal it.

    .. math:: \frac{\#\{x_i < y\} + v\,(\#\{x_i = y\} + 1)}{n + 1}

    It is uniform from 0 to 1 if what came is just another draw, however many draws there are and
    however many of them are alike (Czado, Gneiting & Held 2009,
    doi:10.1111/j.1541-0420.2009.01191.x).

    Parameters
    ----------
    draws : array_like, shape (..., draw)
    values : array_like, shape (...)
    chance : array_like, shape (...)
        A number from 0 to 1 for each forecast, drawn evenly.

    Examples
    --------
    >>> randomised_transform([[0, 0, 0, 7]], [0], [0.5]).tolist()
    [0.4]
    """
    chances = np.asarray(chance, float)
    came = np.asarray(values, float)
    if chances.shape != came.shape:
        raise _unfit(chances.shape, came.shape)
    below = by_block(lambda some, y: (some < y[:, None]).sum(axis=1), draws, came)
    alike = by_block(lambda some, y: (some == y[:, None]).sum(axis=1), draws, came)
    found = (below + chances * (alike + 1)) / (np.shape(draws)[-1] + 1)
    return np.where(np.isnan(crps_of_draws(draws, came)), np.nan, found)


# ---------------------------------------------------------------------- block by block


def by_block(
    score: Callable[[Floats, Floats], ArrayLike],
    draws: ArrayLike,
    values: ArrayLike,
    *,
    width: int = 0,
) -> Floats:
    """Score forecast after forecast, only so many at a time as memory allows.

    Parameters
    ----------
    score : callable
        From draws, shape (forecast, draw), and values, shape (forecast,), to scores, one each.
    draws : array_like, shape (..., draw)
    values : array_like, shape (...)
    width : int
        Numbers that a score makes of each forecast, if more than its draws.

    Raises
    ------
    EnsembleError
        If shapes do not fit or there is no draw.
    """
    some, came = np.asarray(draws), np.asarray(values, dtype=np.float64)
    if some.ndim < 1 or some.shape[:-1] != came.shape or not some.shape[-1]:
        raise _unfit(some.shape, came.shape)
    number = some.shape[-1]
    rows, aims = some.reshape(-1, number), came.reshape(-1)
    found = np.empty(len(aims))
    step = max(1, AT_ONCE // max(number, width))
    for start in range(0, len(aims), step):
        part = slice(start, start + step)
        found[part] = score(rows[part].astype(np.float64), aims[part])
    return found.reshape(came.shape)


def _unfit(draws: tuple[int, ...], values: tuple[int, ...]) -> EnsembleError:
    return EnsembleError(
        f"draws of the shape {draws} cannot be scored against values of the shape {values}",
        expected="one value for each forecast, and the draws of a forecast on the last axis",
    )
