"""The models that are evaluated, by name: whoever adds one gives a function and a place here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError, ForecastRefused
from foreshock.core.random import stream
from foreshock.evaluate.cases import Known, Plan, measured
from foreshock.evidence.datasets import Dataset
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.model import SELF, Edge, Excitation
from foreshock.forecast.escalation.excitation.simulate import simulate
from foreshock.forecast.escalation.marks import MarkPrior, posterior
from foreshock.forecast.escalation.pool import FROZEN, Pooled, forecast_totals, learn, weak_prior
from foreshock.forecast.escalation.prior import Taught
from foreshock.forecast.escalation.regression import Prior

Floats = NDArray[np.float64]
Forecasts = dict[tuple[str, int], dict[str, Floats]]
"""By measure and days: equally likely totals by name of the forecaster, shape (case, member)."""

Model = Callable[[Known, Plan], Forecasts]
"""From what was known at an origin, every forecast that is asked for there. One that is refused is
not among them; a model may hand on what it is made of, too."""

POOL = "pool"
"""The forecaster that is issued, and of which skill is told first."""

PRIMED = "pool with prior"
"""The same, learning on from what other wars taught, as the forecasts of a case do."""

EXCITATION = "excitation"
"""Each series by itself, events bringing forth events; deaths by the hurdle of single events."""

EXCITATION_DAYS = 730
EXCITATION_DRAWS = 40
"""Days that it is fitted on, and draws from its posterior: what a brief does, at a study's cost."""


def pool(known: Known, plan: Plan) -> Forecasts:
    """Fit the pool on what was known and on nothing else: ``"pool"`` and both its parts."""
    return {
        asked: {
            name: mixture.members(plan.members)
            for name, mixture in ({POOL: found.whole} | {**found.parts}).items()
        }
        for asked, found in _pools(known, plan, lambda measure, _days: weak_prior(measure)).items()
    }


def primed(known: Known, plan: Plan, *, taught: Taught) -> Forecasts:
    """Fit the pool on what was known, beginning from a prior that was fitted elsewhere."""
    return {
        asked: {PRIMED: found.whole.members(plan.members)}
        for asked, found in _pools(known, plan, taught.prior).items()
    }


def _pools(
    known: Known, plan: Plan, prior: Callable[[str, int], Prior]
) -> dict[tuple[str, int], Pooled]:
    found = {}
    for measure in plan.measures:
        for horizon in plan.horizons:
            try:
                learned = learn(known.history, measure, horizon, prior(measure, horizon), FROZEN)
            except ForecastRefused:  # nothing is over yet from which it could be learned
                continue
            found[measure, horizon] = forecast_totals(
                known.history, known.columns.tolist(), measure, horizon, learned=learned
            )
    return found


def excitation(known: Known, plan: Plan) -> Forecasts:
    """Fit the excitation model to each series and simulate it; give each event its dead.

    Dyads without direction tell neither replies nor sides, so each series excites itself alone.
    """
    shape = (len(known.columns), plan.members)
    found = {
        (measure, horizon): {EXCITATION: np.empty(shape)}
        for measure in plan.measures
        for horizon in plan.horizons
    }
    events, deaths = (measured(known.history, measure) for measure in ("events", "deaths"))
    for case, column in enumerate(known.columns):
        name = known.history.names[column]
        happened = events[-EXCITATION_DAYS:, [column]]
        model = Excitation(names=(name,), edges=(Edge(name, name, SELF),))
        try:
            fitted = fit(happened, model, draws=EXCITATION_DRAWS, seed=plan.seed)
            ahead = simulate(
                fitted.draws,
                happened,
                members=plan.members,
                days=max(plan.horizons),
                seed=plan.seed,
            ).counts[:, :, 0]
        except EnsembleError as error:
            raise ForecastRefused(f"excitation cannot be fitted: {error}", where=name) from error
        alone = events[:, column] == 1
        marks = posterior(deaths[alone, column], MarkPrior())
        random = stream(plan.seed, "evaluate", "marks", name, known.origin.isoformat())
        dead = np.zeros(ahead.shape)
        cells = np.flatnonzero(ahead)
        each = ahead.ravel()[cells].astype(np.int64)
        if len(cells):
            drawn = marks.draw(each, random)
            dead.ravel()[cells] = np.add.reduceat(drawn, np.cumsum(each) - each)
        for (measure, horizon), told in found.items():
            days = (ahead if measure == "events" else dead)[:, :horizon]
            told[EXCITATION][case] = days.sum(axis=1)
    return found


def with_prior(
    models: Mapping[str, Model], dataset: Dataset, taught: Taught
) -> Mapping[str, Model]:
    """Give some models, and the pool with a prior beside them.

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
    return {**models, PRIMED: partial(primed, taught=taught)}


MODELS: dict[str, Model] = {POOL: pool}
"""Every model that `foreshock evaluate escalation` runs unasked, by name."""

WITH_EXCITATION: dict[str, Model] = MODELS | {EXCITATION: excitation}
"""The same and the excitation model, which takes several times as long as all others."""
