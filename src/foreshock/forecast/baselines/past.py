"""Windows of the past: their totals, and the cases on which a baseline is tuned."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.escalation.history import History

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

LEAST_EVENTS = 20
"""Earlier events of a series before a window of it counts in tuning."""

BURN_IN = 60
"""Days before the first window that counts in tuning."""

STEP = 14
"""Days from one origin that counts in tuning to the next."""


def ended(history: History, measure: str, horizon: int) -> Floats:
    """Give the total of the days that end with each day.

    Parameters
    ----------
    history : History
    measure : {'events', 'deaths'}
        Deaths of a day are rounded to whole persons.
    horizon : int
        Days of a window.

    Returns
    -------
    ndarray, shape (days - horizon + 1, series)
        Row ``r`` is the window from day ``r`` to day ``r + horizon - 1``.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> days = DailySeries(date(2031, 5, 1), ("a",), [[1], [0], [2]], [[0.0], [0.0], [0.0]])
    >>> ended(History(days), "events", 2)[:, 0].tolist()
    [1.0, 2.0]
    """
    values = history.counts if measure == "events" else np.round(history.deaths)
    sums = np.cumsum(values, axis=0, dtype=np.float64)
    sums = np.concatenate([np.zeros((1, sums.shape[1])), sums])
    found: Floats = sums[horizon:] - sums[:-horizon]
    return found


def tuning_cases(history: History, horizon: int) -> tuple[Rows, Rows]:
    """Give the past windows on which a baseline is tuned: all that are over by the last day.

    Returns
    -------
    days, columns : ndarray of int, shape (case,)
        The last day before each window, and its series.
    """
    days = np.arange(BURN_IN, history.days - horizon, STEP)
    place, columns = np.nonzero(history.so_far[days] >= LEAST_EVENTS)
    return days[place], columns
