"""Persistence: the next window goes on at the mean of the last days."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.baselines.past import ended
from foreshock.forecast.baselines.weighted_mean import FLOOR
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.negative_binomial import Mixture

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

MONTH, QUARTER = 30, 90
HUGE = 1e9
"""Size of a negative binomial that nobody can tell from a Poisson distribution."""


def poisson(history: History, columns: Rows, measure: str, horizon: int) -> Mixture:
    """Forecast a Poisson total with the mean of the last 30 days.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> days = DailySeries(date(2031, 5, 1), ("a",), [[1]] * 40, [[0.0]] * 40)
    >>> poisson(History(days), np.array([0]), "events", 7).quantiles([0.5])[0].tolist()
    [7.0]
    """
    mean = _mean(history, columns, measure, horizon, MONTH)
    return Mixture(np.ones_like(mean), mean, np.full_like(mean, HUGE))


def negative_binomial(history: History, columns: Rows, measure: str, horizon: int) -> Mixture:
    """Forecast a negative binomial total with mean and variance of the last 90 days.

    The variance is that of all windows within them; where it is below the mean, Poisson.
    """
    mean = _mean(history, columns, measure, horizon, QUARTER)
    held = ended(history, measure, horizon)[-max(QUARTER - horizon + 1, 1) :, columns]
    excess = held.var(axis=0)[:, None] - mean
    size = np.where(excess > 0, mean**2 / np.maximum(excess, 1e-12), HUGE)
    return Mixture(np.ones_like(mean), mean, np.clip(size, 1e-3, HUGE))


def _mean(history: History, columns: Rows, measure: str, horizon: int, days: int) -> Floats:
    values = history.counts if measure == "events" else np.round(history.deaths)
    mean: Floats = values[-days:][:, columns].mean(axis=0)[:, None] * horizon
    return np.maximum(mean, FLOOR)
