r"""When a client defies its patron, and when the patron's threat is worth anything.

A threshold accounting, and no more (after the argument of Berman and Lake 2019, *Proxy Wars*, and
of Snyder 1984, doi:10.2307/2010183, on being abandoned and being drawn in). A client that goes on
gains :math:`G`; it loses what the patron takes away, worth :math:`V`, less the share :math:`s` that
others make good, with the chance :math:`q` that the patron does take it away. So it

.. math:: \text{defies iff } G > q (1 - s) V, \qquad q^* = \frac{G}{(1 - s) V} .

Taking it away is credible where the patron would lose less with its client than it costs to be
drawn on, :math:`L < K`. So restraint fails, whatever the patron says, where :math:`G > (1 - s) V`
or :math:`L \ge K`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


def at_stake(value: Floats, substitutable: Floats) -> Floats:
    """Give what the client would be without, ``(1 - s) V``.

    Examples
    --------
    >>> float(at_stake(0.5, 0.2))
    0.4
    """
    return np.asarray((1 - np.asarray(substitutable)) * value)


def defies(gain: Floats, withdrawal: Floats, stake: Floats) -> Truths:
    """Tell where the client goes on.

    Examples
    --------
    >>> bool(defies(0.3, 0.5, 0.4)), bool(defies(0.3, 0.9, 0.4))
    (True, False)
    """
    return np.asarray(gain > np.asarray(withdrawal) * stake)


def credible(loss: Floats, entrapment: Floats) -> Truths:
    """Tell where taking it away would hurt the patron less than going on giving it."""
    return np.asarray(np.asarray(loss) < entrapment)


def critical(gain: Floats, stake: Floats) -> Floats:
    """Give the chance of withdrawal from which the client stops; infinite if nothing is at stake.

    Examples
    --------
    >>> round(float(critical(0.3, 0.4)), 12), float(critical(0.3, 0.0)), float(critical(0.0, 0.0))
    (0.75, inf, 0.0)
    """
    gain, stake = np.broadcast_arrays(np.asarray(gain, float), np.asarray(stake, float))
    without = np.where(gain > 0, np.inf, 0.0)
    with np.errstate(over="ignore"):  # next to nothing at stake is as good as nothing
        return np.divide(gain, stake, out=without, where=stake > 0)
