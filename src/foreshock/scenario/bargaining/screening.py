r"""A demand made without knowing how little the other side minds fighting.

A uniform-cost version of the ultimatum of Fearon 1995 (doi:10.1017/S0020818300033324). A demands a
share :math:`x` of a pie of size 1; B accepts if :math:`x \le p + c_B` and fights otherwise, and A
holds all :math:`c_B` from 0 to :math:`C` equally likely. From :math:`x(1 - \pi) + (p - c_A)\pi`
with :math:`\pi = (x - p) / C` follow A's best demand and the share of B's possible costs at which
it is refused:

.. math:: x^* = \min\{1,\; p + \max(0, (C - c_A)/2)\}, \qquad \pi^* = (x^* - p) / C ,

so that :math:`\pi^* = \max(0, (1 - c_A/C)/2)` unless the whole pie is demanded.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def best_demand(chance: Floats, cost: Floats, highest: Floats) -> Floats:
    """Give the demand that is best for the one who asks.

    Parameters
    ----------
    chance : ndarray
        That the one who asks would win.
    cost : ndarray
        What fighting costs the one who asks.
    highest : ndarray
        The most that it may cost the one who answers.

    Examples
    --------
    >>> round(float(best_demand(0.5, 0.1, 0.3)), 12), float(best_demand(0.5, 0.4, 0.3))
    (0.6, 0.5)
    """
    return np.minimum(1.0, chance + np.maximum(0.0, (np.asarray(highest) - cost) / 2))


def refusal(chance: Floats, cost: Floats, highest: Floats) -> Floats:
    """Give the share of the answerer's possible costs at which the best demand is refused.

    It is a share of what the one who asks holds possible, never a forecast of war; 0 where the
    answerer's cost is known to be none, for then nothing is private.

    Examples
    --------
    >>> round(float(refusal(0.5, 0.1, 0.3)), 12), float(refusal(0.5, 0.4, 0.3))
    (0.333333333333, 0.0)
    """
    risen = best_demand(chance, cost, highest) - chance
    highest = np.broadcast_to(np.asarray(highest, dtype=float), risen.shape)
    return np.divide(risen, highest, out=np.zeros(risen.shape), where=highest > 0)
