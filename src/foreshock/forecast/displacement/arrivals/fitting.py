"""Fitting the shared parameters of monthly arrivals: the likeliest, held near sensible values.

Eight parameters on a few hundred cells leave much open, so each is drawn towards a value that was
written down before any forecast was scored.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from foreshock.core.errors import ForecastRefused
from foreshock.core.months import MonthlyCounts
from foreshock.forecast.displacement.arrivals.levels import Levels, log_likelihood

Floats = NDArray[np.float64]

LEAST_CELLS = 30


@dataclass(frozen=True, slots=True)
class Pull:
    """Where a parameter is drawn to, on the scale on which it is fitted, and how loosely."""

    value: float
    deviation: float


PULLS = {
    "drift": Pull(math.log(0.02), 0.6),
    "swing": Pull(math.log(0.6), 0.6),
    "kept": Pull(0.8, 0.6),
    "noise": Pull(math.log(0.3), 0.6),
    "usual": Pull(7.0, 0.6),
    "apart": Pull(math.log(3.0), 0.4),
    "freedom": Pull(math.log(4.0), 0.4),
    "patience": Pull(math.log(6.0), 0.4),
}
"""Logarithms of variances and of patience, the logit of what is kept, the logarithm of the degrees
of freedom above 2; the usual level as it is."""

_VALUES = np.array([each.value for each in PULLS.values()])
_DEVIATIONS = np.array([each.deviation for each in PULLS.values()])
_STEPS = 5.0


def fit(past: MonthlyCounts) -> Levels:
    """Fit the parameters on a past, and on nothing else.

    Raises
    ------
    ForecastRefused
        If fewer than 30 cells are listed.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.random import stream
    >>> level = stream(7, "fit").normal(7, 1, 12)
    >>> moved = level + stream(8, "fit").normal(0, 0.5, (30, 12))
    >>> found = fit(MonthlyCounts(date(2031, 1, 1), tuple("abcdefghijkl"), np.expm1(moved)))
    >>> round(found.swing * (1 - found.kept**2) + found.noise, 1), round(found.usual)
    (0.3, 7)
    """
    cells = int(np.isfinite(past.people).sum())
    if cells < LEAST_CELLS:
        raise ForecastRefused(
            f"{cells} cells of the months to {past.last:%Y-%m} are listed",
            expected=f"at least {LEAST_CELLS} to learn from",
            mend="begin later, or take a longer table",
        )
    logarithms = np.log1p(past.people)

    def cost(free: Floats) -> float:
        found = log_likelihood(logarithms, _bound(free))
        return float((((free - _VALUES) / _DEVIATIONS) ** 2).sum() / 2 - found)

    limits = list(zip(_VALUES - _STEPS * _DEVIATIONS, _VALUES + _STEPS * _DEVIATIONS, strict=True))
    best = minimize(cost, _VALUES, method="L-BFGS-B", bounds=limits).x
    return Levels(**dict(zip(PULLS, _bound(best).tolist(), strict=True)))


def _bound(free: Floats) -> Floats:
    """Turn what is fitted into the parameters, in the order of `Levels`."""
    drift, swing, kept, noise, usual, apart, freedom, patience = free
    return np.array([
        math.exp(drift), math.exp(swing), 1 / (1 + math.exp(-kept)), math.exp(noise), usual,
        math.exp(apart), 2 + math.exp(freedom), math.exp(patience),
    ])  # fmt: skip
