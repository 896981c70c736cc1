"""All simple methods at once, for one measure and one horizon: whole distributions of totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.baselines.recent import negative_binomial, poisson
from foreshock.forecast.baselines.weighted_mean import (
    Spread,
    tune_weighted_mean,
    weighted_mean,
)
from foreshock.forecast.baselines.windows import (
    climatology,
    conflictology,
    enough,
    mixed,
    tune_conflictology,
    tune_weighted_windows,
    weighted_windows,
)
from foreshock.forecast.escalation.history import History

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

NAMES = (
    "Poisson, last 30 days",
    "negative binomial, last 90 days",
    "climatology",
    "conflictology",
    "conflictology, tuned",
    "weighted mean, tuned once",
    "weighted mean",
    "weighted windows",
    "conflictology and weighted mean",
    "weighted mean and weighted windows",
)
"""Every simple method that `totals` may give."""

MEMBERS = 500


@dataclass(frozen=True, slots=True)
class Tuning:
    """What is tuned on the past of all series.

    Parameters
    ----------
    spread : Spread
        Of the weighted mean.
    windows : int
        Of conflictology.
    half_life : float
        Of the weighted windows, in days.
    """

    spread: Spread
    windows: int
    half_life: float


def tune(history: History, measure: str, horizon: int) -> Tuning:
    """Tune the baselines on every past window that is over by the last day.

    Parameters
    ----------
    history : History
    measure : {'events', 'deaths'}
    horizon : int
        Days of a window.
    """
    return Tuning(
        tune_weighted_mean(history, measure, horizon),
        tune_conflictology(history, measure, horizon),
        tune_weighted_windows(history, measure, horizon),
    )


def totals(
    history: History,
    columns: Rows,
    measure: str,
    horizon: int,
    *,
    tuned: Tuning,
    tuned_once: Tuning | None = None,
    members: int = MEMBERS,
) -> dict[str, Floats]:
    """Forecast the totals of the days after the last one by every simple method.

    Parameters
    ----------
    history : History
        Up to the origin.
    columns : ndarray of int, shape (case,)
        Series to forecast.
    measure : {'events', 'deaths'}
    horizon : int
        Days.
    tuned : Tuning
        By the origin.
    tuned_once : Tuning, optional
        Long before it: the weighted mean stands there with both.
    members : int

    Returns
    -------
    dict of str to ndarray, shape (case, member)
        By the names in `NAMES`: quantiles at the middles of equal parts, lowest first. Methods
        whose past is too short are left out.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> days = DailySeries(date(2031, 5, 1), ("a",), [[1]] * 40, [[2.0]] * 40)
    >>> past = History(days)
    >>> found = totals(past, np.array([0]), "events", 7, tuned=tune(past, "events", 7))
    >>> float(found["climatology"].mean()), float(found["weighted mean"].mean().round(2))
    (7.0, 6.99)
    """
    at = (history, columns, measure, horizon)
    found = {
        NAMES[0]: poisson(*at).members(members),
        NAMES[1]: negative_binomial(*at).members(members),
    }
    mean = weighted_mean(*at, tuned.spread).members(members)
    if tuned_once is not None:
        found[NAMES[5]] = weighted_mean(*at, tuned_once.spread).members(members)
    found[NAMES[6]] = mean
    if enough(history, horizon):
        last = conflictology(*at, members)
        recent = weighted_windows(*at, members, tuned.half_life)
        found[NAMES[2]] = climatology(*at, members)
        found[NAMES[3]] = last
        found[NAMES[4]] = conflictology(*at, members, tuned.windows)
        found[NAMES[7]] = recent
        found[NAMES[8]] = mixed(last, mean)
        found[NAMES[9]] = mixed(mean, recent)
    return {name: found[name] for name in NAMES if name in found}
