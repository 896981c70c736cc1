"""The models that are evaluated, by name: whoever adds one gives a function and a place here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.pool import FROZEN, forecast_totals, learn, weak_prior

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

Model = Callable[[History, Rows, str, int, int], Mapping[str, Floats]]
"""From what was known, the series to forecast, measure, days and members: equally likely totals by
name of the forecaster, shape (case, member). A model may hand on what it is made of, too."""

POOL = "pool"
"""The forecaster that is issued, and of which skill is told first."""


def pool(
    known: History, columns: Rows, measure: str, horizon: int, members: int
) -> Mapping[str, Floats]:
    """Fit the pool on what was known and on nothing else, and forecast with it and its parts.

    Returns
    -------
    mapping of str to ndarray, shape (case, member)
        ``"pool"``, ``"ratio learner"`` and ``"averaged filters"``.

    Raises
    ------
    ForecastRefused
        If no window is over yet from which anything could be learned.
    """
    learned = learn(known, measure, horizon, weak_prior(measure, FROZEN), FROZEN)
    found = forecast_totals(
        known, columns.tolist(), measure, horizon, learned=learned, configuration=FROZEN
    )
    return {
        name: mixture.members(members)
        for name, mixture in ({POOL: found.whole} | {**found.parts}).items()
    }


MODELS: Mapping[str, Model] = {POOL: pool}
"""Every model that `foreshock evaluate escalation` runs, by name."""
