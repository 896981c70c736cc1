"""Windows of the past taken as the forecast: climatology, conflictology, weighted windows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.baselines.past import ended, tuning_cases
from foreshock.forecast.baselines.scoring import members_crps, weighted_windows_crps
from foreshock.forecast.escalation.history import History

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

WINDOWS = 12
"""Windows of conflictology (Hegre et al. 2025, arXiv:2407.11045), where nothing else is said."""

LEAST_WINDOWS = 4
"""With fewer windows in the past, none of these methods says anything."""

NUMBERS = (2, 3, 4, 6, 8, 12, 16, 24)
HALF_LIVES = (7.0, 10.0, 14.0, 20.0, 28.0, 40.0, 60.0, 90.0, 180.0, 365.0)
LEAST_CASES = 20


def levels(members: int) -> Floats:
    """Middles of as many equal parts of probability."""
    return (np.arange(members) + 0.5) / members


def weighted_quantiles(values: Floats, weight: Floats, members: int) -> Floats:
    """Give quantiles of weighted values at the middles of equal parts.

    Parameters
    ----------
    values : ndarray, shape (value, case)
    weight : ndarray, shape (value,)
    members : int

    Returns
    -------
    ndarray, shape (case, member)

    Examples
    --------
    >>> weighted_quantiles(np.array([[5.0], [1.0]]), np.array([1.0, 3.0]), 4).tolist()
    [[1.0, 1.0, 1.0, 5.0]]
    """
    order = np.argsort(values, axis=0, kind="stable")
    below = np.cumsum(weight[order], axis=0) / weight.sum()
    asked = levels(members)
    found = np.empty((values.shape[1], members))
    for case in range(values.shape[1]):
        at = np.searchsorted(below[:, case] + 1e-12, asked)
        found[case] = values[order[np.minimum(at, len(values) - 1), case], case]
    return found


def enough(history: History, horizon: int) -> bool:
    """Say whether the past holds windows enough to stand for the future."""
    return history.days >= LEAST_WINDOWS * horizon


def climatology(
    history: History, columns: Rows, measure: str, horizon: int, members: int
) -> Floats:
    """Forecast that the next window is as any window of the past, each as likely.

    Returns
    -------
    ndarray, shape (series, member)
        Lowest first.
    """
    held = ended(history, measure, horizon)[:, columns]
    return weighted_quantiles(held, np.ones(len(held)), members)


def last_windows(history: History, measure: str, horizon: int, number: int) -> Floats:
    """Give the latest windows that do not overlap, the last one first, shape (window, series)."""
    return ended(history, measure, horizon)[::-1][::horizon][:number]


def conflictology(
    history: History,
    columns: Rows,
    measure: str,
    horizon: int,
    members: int,
    number: int = WINDOWS,
) -> Floats:
    """Forecast that the next window is as one of the last ones, each as likely.

    Parameters
    ----------
    number : int
        How many windows; where the past holds fewer, all of them.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> days = DailySeries(date(2031, 5, 1), ("a",), [[1], [0], [2], [4]], [[0.0]] * 4)
    >>> conflictology(History(days), np.array([0]), "events", 1, 4, 2).tolist()
    [[2.0, 2.0, 4.0, 4.0]]
    """
    held = last_windows(history, measure, horizon, number)[:, columns]
    return weighted_quantiles(held, np.ones(len(held)), members)


def tune_conflictology(history: History, measure: str, horizon: int) -> int:
    """Choose the number of windows by the mean score over all past windows that are over."""
    days, columns = tuning_cases(history, horizon)
    use = days + 1 >= LEAST_WINDOWS * horizon
    days, columns = days[use], columns[use]
    if len(days) < LEAST_CASES:
        return WINDOWS
    held = ended(history, measure, horizon)
    value = held[days + 1, columns]
    best, choice = np.inf, WINDOWS
    for number in NUMBERS:
        at = days[:, None] + 1 - horizon * (1 + np.arange(number))
        total = 0.0
        there = (at >= 0).sum(axis=1)
        for size in np.unique(there):  # early windows have fewer before them
            some = there == size
            members = held[at[some, :size], columns[some, None]]
            total += float(members_crps(members, value[some]).sum())
        if total < best:
            best, choice = total, number
    return choice


def weighted_windows(
    history: History, columns: Rows, measure: str, horizon: int, members: int, half_life: float
) -> Floats:
    """Forecast that the next window is as a past one, of which a recent one is likelier.

    Parameters
    ----------
    half_life : float
        Days after which a window is half as likely.
    """
    held = ended(history, measure, horizon)[:, columns]
    age = np.arange(len(held))[::-1]
    return weighted_quantiles(held, 0.5 ** (age / half_life), members)


def tune_weighted_windows(history: History, measure: str, horizon: int) -> float:
    """Choose the half-life by the mean score over all past windows that are over."""
    days, columns = tuning_cases(history, horizon)
    use = days + 1 >= LEAST_WINDOWS * horizon
    days, columns = days[use], columns[use]
    if len(days) < LEAST_CASES:
        return 90.0
    held = ended(history, measure, horizon)
    keep = 0.5 ** (1 / np.array(HALF_LIVES))
    score = weighted_windows_crps(held, days + 1 - horizon, columns, held[days + 1, columns], keep)
    return HALF_LIVES[int(score.mean(axis=0).argmin())]


def mixed(first: Floats, second: Floats) -> Floats:
    """Mix two forecasts half and half; as many members as each has.

    Examples
    --------
    >>> mixed(np.array([[0.0, 0.0]]), np.array([[4.0, 4.0]])).tolist()
    [[0.0, 4.0]]
    """
    both = np.sort(np.concatenate([first, second], axis=1), axis=1)
    return both[:, ::2]
