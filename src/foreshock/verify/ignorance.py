r"""Ignorance: how surprised a forecast is by the class of numbers that came, in bits.

The VIEWS challenge sorts deaths into eleven classes, adds one draw to each so that no class is
impossible, and takes :math:`-\log_2` of the share of the class that came (Hegre et al. 2025,
arXiv:2407.11045). Two things follow from that.

The added draws weigh the more the fewer draws there are: beside twelve months they are nearly half.
So forecasts can be compared only at the same number of draws, and `repeated` brings those that hold
fewer to the thousand that the challenge asks for without changing what they say.

The challenge's own program brought them to a thousand in another way, by Fourier resampling along
the draws, as if they were a signal in time. That smooths twelve months into a curve, undershoots
and overshoots between them, spreads draws into classes that no month was in, and makes the outcome
depend on the order of the draws, which means nothing. `ignorance_as_official` repeats it, so that
the challenge's published numbers can be checked.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from foreshock.verify.distributions import Floats, by_block

EDGES = (0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
"""Where the classes of the challenge begin; the last has no end. What lies on an edge belongs to
the class that begins there."""

DRAWS = 1000
"""Draws that the challenge asks for."""


def ignorance(draws: ArrayLike, values: ArrayLike) -> Floats:
    r"""Ignorance of draws as they are, :math:`-\log_2 \frac{c + 1}{n + 11}`, in bits.

    Here :math:`c` of :math:`n` draws are of the class that came.

    Parameters
    ----------
    draws : array_like, shape (..., draw)
    values : array_like, shape (...)
        What came, 0 or more.

    Raises
    ------
    EnsembleError
        If shapes do not fit.

    Examples
    --------
    >>> ignorance([[0, 0, 0, 0, 30]], [0]).round(4).tolist()  # 5 of 16
    [1.6781]
    """

    def score(some: Floats, came: Floats) -> Floats:
        hits = (np.digitize(some, EDGES) == np.digitize(came, EDGES)[:, None]).sum(axis=1)
        found = -np.log2((hits + 1) / (some.shape[1] + len(EDGES)))
        found[np.isnan(some).any(axis=1) | np.isnan(came)] = np.nan
        return np.asarray(found)

    return by_block(score, draws, values)


def repeated(draws: ArrayLike, least: int = DRAWS) -> Floats:
    """Repeat every draw equally often, until there are enough: the forecast stays what it was.

    Examples
    --------
    >>> repeated([[3, 5]], 5).tolist()
    [[3.0, 3.0, 3.0, 5.0, 5.0, 5.0]]
    """
    some = np.asarray(draws, dtype=np.float64)
    times = math.ceil(least / some.shape[-1])
    return np.repeat(some, times, axis=-1) if times > 1 else some


def ignorance_as_official(draws: ArrayLike, values: ArrayLike) -> Floats:
    """Ignorance as the challenge published it: other than 1,000 draws are Fourier-resampled first.

    What falls below zero is set to zero. Draws that are 1,000 already are scored as they are.

    Examples
    --------
    >>> months = np.array([[0, 0, 0, 0, 0, 40, 0, 0, 0, 0, 0, 0]])
    >>> ignorance(repeated(months), [3]).round(2).tolist()  # no month was of the class 3 to 5
    [9.99]
    >>> ignorance_as_official(months, [3]).round(2).tolist()
    [3.16]
    """

    def score(some: Floats, came: Floats) -> Floats:
        if some.shape[1] == DRAWS:
            return ignorance(some, came)
        from scipy.signal import resample  # half a second, and seldom wanted

        smoothed = np.maximum(np.asarray(resample(some, DRAWS, axis=1)), 0.0)
        return ignorance(smoothed, came)

    return by_block(score, draws, values, width=DRAWS)
