"""Scores of forecasts of destinations: Flee's averaged relative difference, CRPS, coverage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.evaluate.displacement.protocol import AHEAD_ALONE, Forecast
from foreshock.forecast.displacement.destinations.history import History
from foreshock.forecast.displacement.destinations.training import share_of
from foreshock.verify.scores import crps

Floats = NDArray[np.float64]

LOW, HIGH = 0.05, 0.95


def scores(case: History, forecast: Forecast) -> dict[str, Floats]:
    r"""Score a forecast of a case on each of its days.

    Flee's relative difference is :math:`\sum_c |m_c - y_c| / \sum_c y_c` over camps. Where the
    total is given, forecast and truth are compared as shares, of which it is the same; the forecast
    is the median of its draws, scaled to sum to 1, for the score is an absolute error. Where the
    total is forecast, people are compared, in units of all who were there, and the shares are those
    of the median total.

    Returns
    -------
    dict of str to ndarray, shape (target,)
        ``difference``, 0 to 2 where the total is given. ``crps``, summed over destinations; of a
        single member the same as the difference. ``covered``, share of destinations that the 90 %
        interval held, not a number of a single member. ``total`` and ``total_covered``, the
        relative difference and coverage of the total, not a number where it is given.
    """
    true = case.truth[forecast.days]
    whole = true.sum(axis=1, keepdims=True)
    true = true / whole
    alone = forecast.question == AHEAD_ALONE
    members = forecast.people / whole if alone else share_of(forecast.people)
    totals = members.sum(axis=2)
    point = share_of(np.median(share_of(members), axis=0)) * np.median(totals, axis=0)[:, None]
    nothing = np.full(len(true), np.nan)
    several = len(members) > 1
    return {
        "difference": np.abs(point - true).sum(axis=1),
        "crps": crps(np.moveaxis(members, 0, -1), true).sum(axis=1),
        "covered": _held(members, true).mean(axis=1) if several else nothing,
        "total": np.abs(np.median(totals, axis=0) - 1) if alone else nothing,
        "total_covered": _held(totals, np.ones(len(true))) if alone and several else nothing,
    }


def _held(members: Floats, true: Floats) -> Floats:
    """Tell whether the 90 % interval held what came; a share of nothing is held by nothing."""
    low, high = np.quantile(members, [LOW, HIGH], axis=0)
    held: Floats = ((low - 1e-9 <= true) & (true <= high + 1e-9)).astype(np.float64)
    return held
