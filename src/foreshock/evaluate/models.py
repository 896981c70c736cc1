"""The models that are evaluated, by name: whoever adds one gives a function and a place here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.evidence.datasets import Dataset
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.pool import FROZEN, forecast_totals, learn, weak_prior
from foreshock.forecast.escalation.prior import Taught

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

Model = Callable[[History, Rows, str, int, int], Mapping[str, Floats]]
"""From what was known, the series to forecast, measure, days and members: equally likely totals by
name of the forecaster, shape (case, member). A model may hand on what it is made of, too."""

POOL = "pool"
"""The forecaster that is issued, and of which skill is told first."""

PRIMED = "pool with prior"
"""The same, learning on from what other wars taught, as the forecasts of a case do."""


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


def primed(
    known: History,
    columns: Rows,
    measure: str,
    horizon: int,
    members: int,
    *,
    taught: Taught,
) -> Mapping[str, Floats]:
    """Fit the pool on what was known, beginning from a prior that was fitted elsewhere."""
    prior = taught.prior(measure, horizon)
    learned = learn(known, measure, horizon, prior, FROZEN)
    found = forecast_totals(
        known, columns.tolist(), measure, horizon, learned=learned, configuration=FROZEN
    )
    return {PRIMED: found.whole.members(members)}


def with_prior(dataset: Dataset, taught: Taught) -> Mapping[str, Model]:
    """Give every model, and the pool with a prior beside them.

    Raises
    ------
    ForecastRefused
        If the prior was fitted on this very dataset: it would have seen what is to be forecast. Of
        another dataset that holds the same events nobody can warn here.
    """
    if taught.provenance.digest == dataset.digest:
        raise ForecastRefused(
            "the prior was fitted on this very table, and would know what is to be forecast",
            where=dataset.id,
            mend="leave the prior out, or take events that it was not fitted on",
        )
    return MODELS | {PRIMED: partial(primed, taught=taught)}


MODELS: dict[str, Model] = {POOL: pool}
"""Every model that `foreshock evaluate escalation` runs, by name."""
