r"""How arrivals go with fighting, and how far past forecasts missed.

The relation is that of a month's arrivals with the fighting of the very same month, as a forecaster
would see who knew the fighting ahead:

.. math:: \log(1 + y) - \hat m = a + \beta f + \epsilon, \qquad
    f = \log\frac{1 + n}{1 + n_0}

with :math:`n` the events of the month that is forecast, :math:`n_0` those of the month of the
origin, and :math:`\hat m` the middle of a forecast that knew arrivals alone. Who hands in futures
of fighting, each weighed in with :math:`\beta`, carries what is uncertain of them into arrivals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import TableError
from foreshock.core.months import MonthlyCounts, month_after
from foreshock.forecast.displacement.arrivals.fitting import LEAST_CELLS, fit
from foreshock.forecast.displacement.arrivals.levels import forecast
from foreshock.forecast.displacement.arrivals.violence import Violence, against

MOST_ERROR = 3.0
"""Deviations; an error beyond counts as one of so many, lest a few surges decide."""

FIRST_ORIGIN = 3
"""Months that are there at the first origin of which errors are learned from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupling:
    """How arrivals go with fighting.

    Attributes
    ----------
    slope : float
        Log arrivals per log ratio of fighting to that of the month before the forecast.
    deviation : float
        Standard deviation of the slope, over months that are resampled whole.
    cells : int
        Forecasts that it was learned from.
    """

    slope: float
    deviation: float
    cells: int


@dataclass(frozen=True, slots=True)
class Missed:
    """By how much a forecast missed: in the scale's units, and the scale itself."""

    origin: int
    ahead: int
    place: int
    error: float
    scale: float


def misses(past: MonthlyCounts, months: int) -> list[Missed]:
    """Forecast at every earlier origin from what was known there, and tell what then came.

    Origins at which too little was listed to fit anything are passed over.
    """
    found = []
    for origin in range(FIRST_ORIGIN, len(past.people) - 1):
        known = past.until(month_after(past.first, origin))
        if np.isfinite(known.people).sum() < LEAST_CELLS:
            continue
        ahead = forecast(known, fit(known), months)
        for k in range(min(months, len(past.people) - 1 - origin)):
            came = np.log1p(past.people[origin + k + 1])
            for place in np.flatnonzero(np.isfinite(came)).tolist():
                scale = float(ahead.scale[k, place])
                error = float(came[place] - ahead.middle[k, place]) / scale
                found.append(Missed(origin, k + 1, place, error, scale))
    return found


def couple(missed: list[Missed], fought: Violence) -> Coupling:
    """Learn the slope from forecasts that knew arrivals alone.

    Weighted least squares, an error counting by the scale it was forecast with. The deviation of
    the slope is that of months left out in turn (a jackknife over the months that were forecast).

    Raises
    ------
    TableError
        If there are fewer than ten months to learn from.
    """
    rows = [each for each in missed if each.origin + each.ahead < len(fought)]
    at = np.array([each.origin + each.ahead for each in rows])
    months = np.unique(at)
    if len(months) < 10:
        raise TableError(
            f"{len(months)} months have both arrivals and fighting", expected="at least 10"
        )
    ratio = np.array([
        against(fought.events, each.origin + each.ahead, each.origin, 1)[each.place]
        for each in rows
    ])  # fmt: skip
    weight = np.array([1 / each.scale for each in rows])
    error = np.clip([each.error for each in rows], -MOST_ERROR, MOST_ERROR)

    def slope(kept: NDArray[np.bool_]) -> float:
        design = np.stack([weight[kept], (weight * ratio)[kept]], axis=1)
        return float(np.linalg.lstsq(design, error[kept], rcond=None)[0][1])

    without = np.array([slope(at != month) for month in months])
    spread = (len(months) - 1) / len(months) * ((without - without.mean()) ** 2).sum()
    return Coupling(
        slope=slope(np.ones(len(at), dtype=bool)),
        deviation=math.sqrt(float(spread)),
        cells=len(rows),
    )
