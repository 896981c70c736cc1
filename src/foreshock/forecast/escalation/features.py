"""What a forecast of a window may look at: scale-free features of the past of one series.

Each feature is a log ratio of two levels of one series, so that a big war and a small one, and a
country and another, teach the same coefficients. Nothing here looks past the day that it is of.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.escalation.history import History

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

FLOOR = 0.03
"""Events a day that are added to a level before its logarithm is taken: one a month."""
DEATHS_FLOOR, EVENTS_FLOOR = 0.05, 0.02
"""The same for deaths, and for the events that are set against them."""

COUNT_FEATURES = (
    "usual", "level",
    "2 days", "5 days", "20 days", "40 days", "90 days", "180 days",
    "breadth 5 days", "breadth 10 days", "breadth 28 days",
    "active days 7", "active days 28",
    "quiet spell",
)  # fmt: skip
DEATH_FEATURES = (
    "usual", "level",
    "2 days", "5 days", "28 days", "60 days", "180 days",
    "deaths an event 4 days", "deaths an event 10 days", "deaths an event 28 days",
    "deaths an event 180 days",
    "outbreaks 28 days", "outbreaks 180 days",
    "breadth 5 days", "breadth 10 days", "breadth 28 days",
    "quiet spell",
)  # fmt: skip


def count_features(history: History, days: Rows, columns: Rows) -> tuple[Floats, Floats]:
    """Features of a total of events, as of the end of some days.

    Parameters
    ----------
    history : History
    days, columns : ndarray of int, shape (case,)
        Row of the day and column of the series of each case.

    Returns
    -------
    design : ndarray, shape (case, feature)
        In the order of `COUNT_FEATURES`.
    base : ndarray, shape (case,)
        Log of the level of events a day (half-life 10 days) that the features are ratios to.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> rising = DailySeries(date(2031, 5, 1), ("gondal>ruritania",), [[1]] * 50 + [[6]] * 10,
    ...                      [[0.0]] * 60)
    >>> design, base = count_features(History(rising), np.array([59]), np.array([0]))
    >>> told = dict(zip(COUNT_FEATURES, design[0].round(2).tolist(), strict=True))
    >>> told["2 days"], told["180 days"]  # above, and below, the level of the last ten days
    (0.5, -0.61)
    """

    def log(kind: str, half_life: float) -> Floats:
        return np.log(history.level(kind, half_life)[days, columns] + FLOOR)

    base = log("counts", 10.0)
    parts = [np.ones_like(base), base]
    parts += [log("counts", h) - base for h in (2.0, 5.0, 20.0, 40.0, 90.0, 180.0)]
    parts += [log("breadth", h) - log("counts", h) for h in (5.0, 10.0, 28.0)]
    parts += [log("active", h) - log("counts", h) for h in (7.0, 28.0)]
    parts += [_quiet(history, days, columns)]
    return np.stack(parts, axis=1), base


def death_features(history: History, days: Rows, columns: Rows) -> tuple[Floats, Floats]:
    """Features of a total of deaths, as of the end of some days.

    The base is the level of events (half-life 14 days) times the usual deaths an event (60 days):
    events say where things stand, and their deaths how deadly they are. Deaths enter by the mean of
    their square roots, which one massacre moves little, and the learner finds how far the mean lies
    above it.

    Returns
    -------
    design : ndarray, shape (case, feature)
        In the order of `DEATH_FEATURES`.
    base : ndarray, shape (case,)
        Log of the deaths a day that the features are ratios to.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> steady = DailySeries(date(2031, 5, 1), ("gondal>ruritania",), [[2]] * 60, [[8.0]] * 60)
    >>> design, base = death_features(History(steady), np.array([59]), np.array([0]))
    >>> float(np.exp(base[0]).round(2))
    8.05
    """

    def level(kind: str, half_life: float, floor: float = FLOOR) -> Floats:
        return np.log(history.level(kind, half_life)[days, columns] + floor)

    def deadliness(half_life: float) -> Floats:
        return level("roots", half_life, DEATHS_FLOOR) - level("counts", half_life, EVENTS_FLOOR)

    usual, events = deadliness(60.0), level("counts", 14.0)
    base = level("counts", 14.0, EVENTS_FLOOR) + usual
    parts = [np.ones_like(base), base]
    parts += [level("counts", h) - events for h in (2.0, 5.0, 28.0, 60.0, 180.0)]
    parts += [deadliness(h) - usual for h in (4.0, 10.0, 28.0, 180.0)]
    parts += [
        level("capped", h, DEATHS_FLOOR) - level("roots", h, DEATHS_FLOOR) for h in (28.0, 180.0)
    ]
    parts += [level("breadth", h) - level("counts", h) for h in (5.0, 10.0, 28.0)]
    parts += [_quiet(history, days, columns)]
    return np.stack(parts, axis=1), base


def _quiet(history: History, days: Rows, columns: Rows) -> Floats:
    """Days since the last event: telling in a sparse series, nothing in a busy one."""
    quiet = np.log1p(history.quiet_days[days, columns])
    found: Floats = quiet / (1 + 5 * history.level("counts", 28.0)[days, columns])
    return found
