r"""Whether the index foretells: its score over a constant share, and its calibration.

Every week with acts is foretold from what was known before it. The gain is

.. math:: \sum_t \log p(F_t \mid n_t, \text{past}) - \sum_t \log p_{\delta=1}(F_t \mid n_t,
          \text{past}),

the second being a share that never changes, learned as one goes. Calibration is by the probability
integral transform, randomised because counts are discrete (Czado, Gneiting and Held 2009,
doi:10.1111/j.1541-0420.2009.01191.x).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln, kolmogorov

from foreshock.assess.relations.discount import GRID, Foretold
from foreshock.assess.relations.memory import Floats
from foreshock.core.random import stream

LEAST_WEEKS = 20
"""Weeks below which calibration is not tested: such a test could not fail."""

DRAWS = 99


@dataclass(frozen=True, slots=True)
class Skill:
    """How well the signs of a pair's acts were foretold.

    Attributes
    ----------
    weeks : int
        Weeks with acts that were foretold.
    acts : float
        Weight of the acts in them.
    gained : float
        Log-likelihood gained over a constant share, in nats.
    pit : float or None
        Median p-value of Kolmogorov–Smirnov tests over randomisations: small is badly calibrated.
        None below 20 weeks with a whole act.
    """

    weeks: int
    acts: float
    gained: float
    pit: float | None


def skill(own: Foretold, discounts: NDArray[np.int64]) -> Skill | None:
    """Score the predictions of one pair.

    Parameters
    ----------
    own : Foretold
    discounts : ndarray of int, shape (weeks,)
        Positions in the grid of the discounts in use before each of its weeks.
    """
    if len(own.weeks) < 2:
        return None
    used = own.scores[np.arange(len(own.weeks)), discounts]
    constant = own.scores[:, GRID == 1.0][:, 0]
    transforms = pit(own, discounts)
    return Skill(
        weeks=len(own.weeks),
        acts=float((own.conflictual + own.cooperative).sum()),
        gained=float((used - constant).sum()),
        pit=float(np.median(uniformity(transforms)))
        if transforms.shape[1] >= LEAST_WEEKS
        else None,
    )


def uniformity(transforms: Floats) -> Floats:
    r"""Test rows of numbers for uniformity on [0, 1] by Kolmogorov and Smirnov.

    The p-value of :math:`(\sqrt n + 0.12 + 0.11/\sqrt n)\,D` (Stephens 1970,
    doi:10.1111/j.2517-6161.1970.tb00821.x): from n = 20 on within 0.02 of the exact one, and within
    0.004 below 0.2.

    Examples
    --------
    >>> bool(uniformity(np.array([np.linspace(0.01, 0.99, 50)]))[0] > 0.99)
    True
    >>> bool(uniformity(np.array([np.linspace(0.01, 0.5, 50)]))[0] < 0.01)
    True
    """
    ordered = np.sort(transforms, axis=1)
    number = ordered.shape[1]
    steps = np.arange(number + 1) / number
    distance = np.maximum(steps[1:] - ordered, ordered - steps[:-1]).max(1)
    root = np.sqrt(number)
    return np.asarray(kolmogorov((root + 0.12 + 0.11 / root) * distance))


def pit(own: Foretold, discounts: NDArray[np.int64], draws: int = DRAWS) -> Floats:
    """Give the randomised probability integral transforms.

    Acts with a weight below 1 are rounded to whole acts: accidents drop out.

    Returns
    -------
    ndarray of float64, shape (draws, weeks)
        Uniform on [0, 1] if the predictions are calibrated.
    """
    found = np.floor(own.conflictual).astype(int)
    total = found + np.floor(own.cooperative).astype(int)
    below, at = np.zeros(len(found)), np.zeros(len(found))
    for week in range(len(found)):
        counts = np.arange(total[week] + 1)
        a = own.a_conflictual[week, discounts[week]]
        b = own.a_cooperative[week, discounts[week]]
        log = (
            (gammaln(total[week] + 1) - gammaln(counts + 1) - gammaln(total[week] - counts + 1))
            + betaln(a + counts, b + total[week] - counts)
            - betaln(a, b)
        )
        mass = np.exp(log)
        below[week], at[week] = mass[: found[week]].sum(), mass[found[week]]
    random = stream(0, "probability integral transform").random((draws, len(found)))
    kept = total > 0
    return np.asarray((below + random * at)[:, kept])
