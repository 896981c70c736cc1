r"""A level that stays and then jumps: the best division of a series into spans of days.

Optimal partitioning (Jackson et al. 2005, doi:10.1109/LSP.2001.838216) of negative binomial counts.
With n days, S events and mean m = S / n, a span's log-likelihood is, but for what no division
changes, :math:`S \log m - (S + n / \psi) \log(1 + \psi m)`, so sums are all that it needs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from foreshock.forecast.compiling import compiled
from foreshock.forecast.escalation.excitation.likelihood import Numbers

SHORTEST = 14
"""Days that a level lasts at least; what is shorter may be excitation."""

DISPERSIONS = (1e-4, 0.03, 0.1, 0.3, 1.0, 3.0)


class Levels(NamedTuple):
    """Levels of a series.

    Attributes
    ----------
    mean : ndarray, shape (day,)
        Events a day, by exposure.
    dispersion : float
    spans : int
        How many levels there are.
    """

    mean: Numbers
    dispersion: float
    spans: int


def levels(counts: NDArray[np.integer] | Numbers, exposure: Numbers | None = None) -> Levels:
    """Divide a series into spans of one level each.

    Parameters
    ----------
    counts : ndarray of int, shape (day,)
    exposure : ndarray, shape (day,), optional
        Ones if not given.

    Returns
    -------
    Levels
        With the dispersion and the division that are likeliest, each jump at the cost of log days
        (two parameters of the Schwarz criterion: when, and to where).

    Examples
    --------
    >>> days = np.repeat([1, 8, 2], 60) + np.tile([0, 1, 0, -1], 45)
    >>> found = levels(days)
    >>> found.spans, found.mean[[0, 59, 60, 119, 120]].round(1).tolist()
    (3, [1.0, 1.0, 8.0, 8.0, 2.0])
    """
    seen = np.asarray(counts, dtype=np.float64)
    weighed = np.ones_like(seen) if exposure is None else np.asarray(exposure, dtype=np.float64)
    events = np.concatenate([[0.0], np.cumsum(seen)])
    days = np.concatenate([[0.0], np.cumsum(weighed)])
    cost = float(np.log(len(seen)))
    top, best = -np.inf, Levels(seen, DISPERSIONS[0], 0)
    for dispersion in DISPERSIONS:
        value, previous = _divide(events, days, dispersion, cost, min(SHORTEST, len(seen)))
        size = 1.0 / dispersion
        value += float((gammaln(seen + size) - gammaln(size) + seen * np.log(dispersion)).sum())
        if value > top:
            mean, spans, end = np.empty_like(seen), 0, len(seen)
            while end > 0:
                begin = int(previous[end])
                mean[begin:end] = (events[end] - events[begin]) / (days[end] - days[begin])
                spans, end = spans + 1, begin
            top, best = value, Levels(mean, dispersion, spans)
    return best


@compiled
def _divide(
    events: Numbers, days: Numbers, dispersion: float, cost: float, shortest: int
) -> tuple[float, NDArray[np.int64]]:
    length = len(events) - 1
    best = np.full(length + 1, -np.inf)
    previous = np.zeros(length + 1, dtype=np.int64)
    best[0] = cost
    for end in range(shortest, length + 1):
        for begin in range(0, end - shortest + 1):
            if best[begin] == -np.inf:
                continue
            total, span = events[end] - events[begin], days[end] - days[begin]
            mean = total / span
            value = best[begin] - cost - (total + span / dispersion) * np.log1p(dispersion * mean)
            if total > 0.0:
                value += total * np.log(mean)
            if value > best[end]:
                best[end] = value
                previous[end] = begin
    return best[length], previous
