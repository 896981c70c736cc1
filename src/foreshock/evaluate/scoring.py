"""Every score of a forecast, case by case."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.verify.scores import brier, crps

Floats = NDArray[np.float64]

LOW, HIGH = 0.05, 0.95
RISE = 1.5
"""Escalation: at least half as many events again as in the last window."""


def scores(
    members: Floats, came: Floats, scale: Floats, last: NDArray[np.int64]
) -> dict[str, Floats]:
    """Score forecasts of some totals.

    Parameters
    ----------
    members : ndarray, shape (case, member)
        Equally likely totals, lowest first.
    came : ndarray, shape (case,)
    scale : ndarray, shape (case,)
        What the scaled score is divided by.
    last : ndarray of int, shape (case,)
        Events of the last window.

    Returns
    -------
    dict of str to ndarray, shape (case,)
        ``crps``; ``scaled``; ``log``, the same of logarithms of one plus the totals; ``any`` and
        ``rise``, Brier scores of any event and of `RISE` times the last window; ``within``, whether
        the closed interval from the 5 % to the 95 % quantile held what came, and ``promised``, the
        share of members that it holds; ``pit``, how much of what came lies between 0.05 and 0.95
        of the distribution (see `transform_share`).

    Examples
    --------
    >>> found = scores(np.arange(100.0)[None], np.array([96.0]), np.array([2.0]), np.array([60]))
    >>> {name: round(float(value[0]), 3) for name, value in found.items()}
    {'crps': 29.955, 'scaled': 14.977, 'log': 0.461, 'any': 0.0, 'rise': 0.81, 'within': 0.0,
     'promised': 0.91, 'pit': 0.0}
    """
    number = members.shape[1]
    score = crps(members, came)
    low, high = (
        members[:, max(int(np.ceil(level * number - 1e-9)) - 1, 0)] for level in (LOW, HIGH)
    )
    inside = (members >= low[:, None]) & (members <= high[:, None])
    threshold = RISE * last
    return {
        "crps": score,
        "scaled": score / scale,
        "log": crps(np.log1p(members), np.log1p(came)),
        "any": brier((members >= 1).mean(axis=1), came >= 1),
        "rise": brier((members >= threshold[:, None]).mean(axis=1), came >= threshold),
        "within": ((came >= low) & (came <= high)).astype(np.float64),
        "promised": inside.mean(axis=1),
        "pit": transform_share(members, came),
    }


def transform_share(members: Floats, came: Floats, low: float = LOW, high: float = HIGH) -> Floats:
    r"""Give the share of the probability transform that lies between two levels.

    Of a count the transform is not a point but the interval from :math:`F(y - 1)` to :math:`F(y)`;
    spread evenly over it, it is uniform if the forecasts are right (Czado, Gneiting & Held 2009,
    doi:10.1111/j.1541-0420.2009.01191.x). The mean of this share is then ``high - low`` exactly,
    while a closed interval of counts holds more than it says.

    Examples
    --------
    >>> coin = np.array([[0.0, 1.0]])
    >>> [transform_share(coin, np.array([came])).tolist() for came in (0.0, 7.0)]
    [[0.9], [0.0]]
    """
    below = (members < came[:, None]).mean(axis=1)
    upto = (members <= came[:, None]).mean(axis=1)
    width = upto - below
    overlap = np.minimum(upto, high) - np.maximum(below, low)
    point = (below >= low) & (below <= high)
    share = np.maximum(overlap, 0) / np.where(width > 0, width, 1)
    found: Floats = np.where(width > 0, share, point)
    return found
