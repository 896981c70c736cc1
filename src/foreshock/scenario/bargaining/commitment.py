r"""Promises that power to come makes worthless (Fearon 1995, doi:10.1017/S0020818300033324).

A pie of size 1 is cut anew each period; fighting settles it for good, at a cost that is paid for
once. The rising side wins with :math:`p_1` now and :math:`p_2` later, later counts :math:`\delta`
as much as now, and fighting costs the rising side :math:`c_A` and the declining one :math:`c_B` a
period. The most that the declining side can be given is the whole pie now; from the next period on
the rising side takes all but what the declining side would get by fighting then, that is, it leaves
at best :math:`1 - p_2 + c_A`. So it is better to fight now, whatever is promised, where

.. math:: \frac{1 - p_1 - c_B}{1 - \delta} > 1 + \delta \frac{1 - p_2 + c_A}{1 - \delta}
   \iff \delta p_2 - p_1 > c_B + \delta c_A .
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def shift_margin(
    now: Floats, later: Floats, discount: Floats, cost_rising: Floats, cost_declining: Floats
) -> Floats:
    """Give by how much the shift of power exceeds what fighting costs; over 0, promises fail.

    Parameters
    ----------
    now, later : ndarray
        The rising side's chance of winning.
    discount : ndarray
        Worth of later against now, 0 to 1.
    cost_rising, cost_declining : ndarray

    Examples
    --------
    >>> round(float(shift_margin(0.3, 0.7, 0.9, 0.1, 0.1)), 12)
    0.14
    """
    return np.asarray(discount * later - now - cost_declining - discount * cost_rising)


def promises_fail(
    now: Floats, later: Floats, discount: Floats, cost_first: Floats, cost_second: Floats
) -> NDArray[np.bool_]:
    """Tell where the side that is losing ground would rather fight now.

    Parameters
    ----------
    now, later : ndarray
        The first side's chance of winning. Whichever side's chance grows is the rising one.
    discount, cost_first, cost_second : ndarray
    """
    first_rises = shift_margin(now, later, discount, cost_first, cost_second) > 0
    second_rises = shift_margin(1 - now, 1 - later, discount, cost_second, cost_first) > 0
    return np.asarray(first_rises | second_rises)
