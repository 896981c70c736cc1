r"""Exact scores of whole distributions, on which baselines are tuned: no members, no noise.

Of a distribution over counts the continuous ranked probability score is

.. math:: \sum_{k \ge 0} (F(k) - 1\{k \ge y\})^2

(Matheson & Winkler 1976, doi:10.1287/mnsc.22.10.1087; for counts Epstein 1969).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.compiling import compiled

Floats = NDArray[np.float64]

TAIL = 1e-4
"""Where so little probability is left beyond, the sum ends; what is left out is its square."""


@compiled
def negative_binomial_crps(value: Floats, mean: Floats, size: Floats) -> Floats:
    """Score negative binomial distributions.

    Parameters
    ----------
    value, mean, size : ndarray, shape (case,)
        What came; mean and size of the distribution, above 0.
    """
    out = np.empty(len(value))
    for case in range(len(value)):
        y, r = value[case], size[case]
        share = mean[case] / (r + mean[case])
        log_mass = r * np.log(1 - share) if share < 0.5 else r * np.log(r / (r + mean[case]))
        mass = np.exp(log_mass)
        below, score, k = 0.0, 0.0, 0.0
        while True:
            below += mass
            if k >= y:
                score += (1 - below) * (1 - below)
                if 1 - below < TAIL:
                    break
            elif 1 - below < TAIL:
                score += y - k  # nearly all lies below what came
                break
            else:
                score += below * below
            if log_mass < -600:  # not to be told from zero yet: go by logarithms
                log_mass += np.log((k + r) / (k + 1) * share)
                mass = np.exp(log_mass)
            else:
                mass *= (k + r) / (k + 1) * share
            k += 1
        out[case] = score
    return out


def members_crps(members: Floats, value: Floats) -> Floats:
    r"""Score equally likely members as a distribution.

    .. math:: \mathrm{E}|X - y| - \tfrac12 \mathrm{E}|X - X'|

    Parameters
    ----------
    members : ndarray, shape (case, member)
    value : ndarray, shape (case,)

    Examples
    --------
    >>> members_crps(np.array([[0.0, 1.0, 2.0]]), np.array([1.0])).round(4).tolist()
    [0.2222]
    """
    number = members.shape[1]
    rank = 2 * np.arange(1, number + 1) - number - 1
    spread = (np.sort(members, axis=1) * rank).sum(axis=1) / number**2
    found: Floats = np.abs(members - value[:, None]).mean(axis=1) - spread
    return found


@compiled
def weighted_windows_crps(
    totals: Floats, last: NDArray[np.intp], columns: NDArray[np.intp], value: Floats, keep: Floats
) -> Floats:
    """Score the windows of the past, of which a later one weighs more, as a distribution.

    Parameters
    ----------
    totals : ndarray, shape (window, series)
    last, columns, value : ndarray, shape (case,)
        The latest window that is over, the series, and what came next.
    keep : ndarray, shape (candidate,)
        What is left of a window's weight a day later.

    Returns
    -------
    ndarray, shape (case, candidate)
    """
    out = np.empty((len(value), len(keep)))
    faded = np.empty((len(keep), len(totals)))  # by age in days: a power is slow to work out
    for candidate in range(len(keep)):
        for age in range(len(totals)):
            faded[candidate, age] = keep[candidate] ** age
    for case in range(len(value)):
        held = totals[: last[case] + 1, columns[case]]
        order = np.argsort(held)
        for candidate in range(len(keep)):
            whole = faded[candidate, : last[case] + 1].sum()
            below, score, y = 0.0, 0.0, value[case]
            for place in range(len(order)):
                at = held[order[place]]
                if place > 0:
                    before = held[order[place - 1]]
                    under = min(max(y, before), at)
                    score += below * below * (under - before)
                    score += (1 - below) * (1 - below) * (at - under)
                elif y < at:
                    score += at - y
                below += faded[candidate, last[case] - order[place]] / whole
            top = held[order[-1]]
            if y > top:
                score += y - top
            out[case, candidate] = score
    return out
