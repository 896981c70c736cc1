r"""The hard baseline: an exponentially weighted mean with negative binomial spread.

The next window goes on at the mean of the past days, of which a recent one weighs more. Half-life
and spread are those that would have scored best so far, over all series together. The spread is
either linear, :math:`v = m (1 + f)`, or quadratic, :math:`v = m + a m^2`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.baselines.past import ended, tuning_cases
from foreshock.forecast.baselines.scoring import negative_binomial_crps
from foreshock.forecast.escalation.history import HALF_LIVES, History
from foreshock.forecast.escalation.negative_binomial import Mixture

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

GRID = tuple(half_life for half_life in HALF_LIVES if 3 <= half_life <= 90)
LINEAR = {
    "events": (0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 11.0, 17.0),
    "deaths": (5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0, 120.0, 180.0, 260.0),
}
QUADRATIC = {
    "events": (0.05, 0.1, 0.15, 0.25, 0.4, 0.7),
    "deaths": (0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 3.0),
}
FLOOR = 0.02
"""Least mean of a window: a quiet series may wake up."""

LEAST_CASES = 20


@dataclass(frozen=True, slots=True)
class Spread:
    """Half-life and spread of the weighted mean.

    Parameters
    ----------
    half_life : float
        Days, one of `HALF_LIVES`.
    linear, quadratic : float
        Excess variance :math:`f` and :math:`a`; one of them is 0.
    """

    half_life: float
    linear: float
    quadratic: float

    def sizes(self, mean: Floats) -> Floats:
        """Give the sizes of negative binomial distributions of such spread."""
        found: Floats = mean / (self.linear + self.quadratic * mean)
        return found


UNTUNED = {
    "events": Spread(14.0, 2.0, 0.0),
    "deaths": Spread(14.0, 30.0, 0.0),
}
"""Where the past holds too few windows to tune on."""


def means(history: History, measure: str, horizon: int, half_life: float) -> Floats:
    """Give the mean of the window after each day, shape (day, series)."""
    kind = "counts" if measure == "events" else "deaths"
    return np.maximum(history.level(kind, half_life) * horizon, FLOOR)


def tune_weighted_mean(history: History, measure: str, horizon: int) -> Spread:
    """Choose half-life and spread by the mean score over all past windows that are over.

    Parameters
    ----------
    history : History
        All of it counts; nothing later can be seen.
    measure : {'events', 'deaths'}
    horizon : int

    Returns
    -------
    Spread
        `UNTUNED` if fewer than `LEAST_CASES` windows are over.
    """
    days, columns = tuning_cases(history, horizon)
    if len(days) < LEAST_CASES:
        return UNTUNED[measure]
    value = ended(history, measure, horizon)[days + 1, columns]
    best, choice = np.inf, UNTUNED[measure]
    spreads = [(f, 0.0) for f in LINEAR[measure]] + [(0.0, a) for a in QUADRATIC[measure]]
    for half_life in GRID:
        mean = means(history, measure, horizon, half_life)[days, columns]
        for linear, quadratic in spreads:
            candidate = Spread(half_life, linear, quadratic)
            score = float(negative_binomial_crps(value, mean, candidate.sizes(mean)).mean())
            if score < best:
                best, choice = score, candidate
    return choice


def weighted_mean(
    history: History, columns: Rows, measure: str, horizon: int, spread: Spread
) -> Mixture:
    """Forecast the totals after the last day by the exponentially weighted mean.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> days = DailySeries(date(2031, 5, 1), ("a",), [[1]] * 30, [[0.0]] * 30)
    >>> found = weighted_mean(History(days), np.array([0]), "events", 7, Spread(7.0, 1.0, 0.0))
    >>> float(found.expected[0])
    7.0
    """
    mean = means(history, measure, horizon, spread.half_life)[-1, columns][:, None]
    return Mixture(np.ones_like(mean), mean, spread.sizes(mean))
