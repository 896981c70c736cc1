r"""The compromise mean: positions weighted by salience and power.

.. math:: x^* = \frac{\sum_i c_i s_i x_i}{\sum_i c_i s_i}

In the largest study of decisions that have to be bargained out (Thomson et al. 2006,
doi:10.1017/CBO9780511492082; Achen, in its ch. 10, derives the line from Nash's solution), it did
better than the models of bargaining and voting that were tried beside it. So it stands beside every
bargaining range, as the reference that anything finer must beat.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def compromise_mean(position: Floats, salience: Floats, power: Floats) -> Floats:
    """Give the mean of the positions; the last axis holds the players.

    Examples
    --------
    >>> float(compromise_mean(np.array([0.0, 10.0]), np.array([1.0, 0.5]), np.array([1.0, 2.0])))
    5.0
    """
    weight = salience * power
    total = weight.sum(axis=-1)
    # Where nobody cares or can do anything, no position counts for more than another.
    weight = np.where(total[..., None] > 0, weight, 1.0)
    return np.asarray((weight * position).sum(axis=-1) / weight.sum(axis=-1))


def compromise_median(position: Floats, salience: Floats, power: Floats) -> Floats:
    """Give the position at which half of all weight is reached; the last axis holds the players.

    Examples
    --------
    >>> one = np.ones(3)
    >>> float(compromise_median(np.array([9.0, 1.0, 2.0]), one, one))
    2.0
    """
    order = np.argsort(position, axis=-1, kind="stable")
    reached = np.cumsum(np.take_along_axis(salience * power, order, axis=-1), axis=-1)
    at = (reached >= reached[..., -1:] / 2 - 1e-12).argmax(axis=-1)
    ranked = np.take_along_axis(position, order, axis=-1)
    return np.asarray(np.take_along_axis(ranked, at[..., None], axis=-1)[..., 0])
