"""Rolling origins: forecast again and again from what was known, and score what came.

At each origin everything is fitted anew, models and simple methods alike, on a past that ends
before it. Origins do not know of each other, so they may run in any executor and in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.evaluate.cases import Known, Plan, known_at, outcomes, scored_origins
from foreshock.evaluate.models import MODELS, Model
from foreshock.evaluate.scoring import scores
from foreshock.forecast import baselines
from foreshock.forecast.baselines import Tuning
from foreshock.forecast.compiling import single_threaded
from foreshock.forecast.escalation.history import History

Floats = NDArray[np.float64]
Tunings = Mapping[tuple[str, int], Tuning]

CASE = ("origin", "series", "measure", "horizon")


@dataclass(frozen=True, eq=False)
class Rolled:
    """Scores of every forecaster in every case.

    Parameters
    ----------
    scores : polars.DataFrame
        A row a case and forecaster: `CASE`, ``forecaster``, ``came``, ``active``, ``last``, and
        what `scoring.scores` gives.
    models, baselines : tuple of str
        Names of the forecasters.
    tuned_once : mapping of (str, int) to Tuning
        What the baselines were tuned to before the first origin, by measure and horizon.
    left_out : int
        Cases that some forecaster refused, so that none is scored in them.
    """

    scores: pl.DataFrame
    models: tuple[str, ...]
    baselines: tuple[str, ...]
    tuned_once: Tunings
    left_out: int

    @property
    def origins(self) -> list[date]:
        """Origins at which anything was scored, in order."""
        return self.scores["origin"].unique().sort().to_list()


def roll(
    history: History,
    plan: Plan,
    *,
    models: Mapping[str, Model] = MODELS,
    executor: Executor | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Rolled:
    """Forecast and score at every origin of a plan.

    Parameters
    ----------
    history : History
        All that was ever observed; at an origin what lies after it is used for scores alone.
    plan : Plan
    models : mapping of str to Model
    executor : concurrent.futures.Executor, optional
        Runs the origins; the outcome is the same, bit by bit.
    progress : callable
        Told each origin that is done.

    Raises
    ------
    ForecastRefused
        If there is no case that every forecaster spoke in.
    """
    origins = list(scored_origins(history, plan))
    once = tuned_before(history, origins[0], plan) if origins else {}
    jobs = [(history, origin, plan, models, once) for origin in origins]
    run = map if executor is None else executor.map
    frames: list[pl.DataFrame] = []
    for origin, frame in zip(origins, run(_origin, jobs), strict=True):
        progress(f"origin {origin}, {len(frames) + 1} of {len(origins)}")
        frames.append(frame)
    frames = [frame for frame in frames if not frame.is_empty()]
    if not frames:
        raise ForecastRefused(
            f"no series has {plan.least_events} events before any origin from {plan.first} to "
            f"{plan.last} with a window that was observed to its end",
            expected=f"windows within {history.series.first} to {history.last}",
            mend="choose other origins, or a table with a longer past",
        )
    return _complete(pl.concat(frames), once)


def tuned_before(history: History, origin: date, plan: Plan) -> dict[tuple[str, int], Tuning]:
    """Tune the baselines on what was known at the first origin."""
    known = known_at(history, origin, plan)
    if known is None:
        return {}
    return {
        (measure, horizon): baselines.tune(known.history, measure, horizon)
        for measure in plan.measures
        for horizon in plan.horizons
    }


def forecasts_at(
    history: History,
    origin: date,
    plan: Plan,
    models: Mapping[str, Model],
    once: Tunings,
) -> dict[tuple[str, int], dict[str, Floats]]:
    """Give every forecast that is made at an origin, by measure and horizon.

    Returns
    -------
    dict of (str, int) to dict of str to ndarray, shape (case, member)
        Cases in the order of `Known.columns`; empty if nothing is to be forecast.
    """
    known = known_at(history, origin, plan)
    return {} if known is None else _forecasts(known, plan, models, once)


def _forecasts(
    known: Known, plan: Plan, models: Mapping[str, Model], once: Tunings
) -> dict[tuple[str, int], dict[str, Floats]]:
    found: dict[tuple[str, int], dict[str, Floats]] = {
        (measure, horizon): baselines.totals(
            known.history, known.columns, measure, horizon,
            tuned=baselines.tune(known.history, measure, horizon),
            tuned_once=once.get((measure, horizon)), members=plan.members,
        )
        for measure in plan.measures
        for horizon in plan.horizons
    }  # fmt: skip
    for model in models.values():
        try:
            made = model(known, plan)
        except ForecastRefused:
            continue  # its cases are left out for everybody, and counted
        for asked, told in made.items():
            found[asked] |= told
    return found


_Job = tuple[History, date, Plan, Mapping[str, Model], Tunings]


@single_threaded  # threads would get in the way of other origins, and add up in another order
def _origin(job: _Job) -> pl.DataFrame:
    history, origin, plan, models, once = job
    known = known_at(history, origin, plan)
    if known is None:
        return pl.DataFrame()
    frames = []
    for (measure, horizon), forecasts in _forecasts(known, plan, models, once).items():
        came = outcomes(history, known, measure, horizon)
        if came is None:
            continue
        last, scale = known.last_window(horizon), known.scale(measure, horizon)
        case = {
            "series": known.names,
            "came": came,
            "active": known.active(),
            "last": last,
        }
        for name, members in forecasts.items():
            told = case | scores(members, came, scale, last)
            frames.append(
                pl.DataFrame(told).with_columns(
                    pl.lit(origin).alias("origin"),
                    pl.lit(measure).alias("measure"),
                    pl.lit(horizon).alias("horizon"),
                    pl.lit(name).alias("forecaster"),
                )
            )
    return pl.concat(frames) if frames else pl.DataFrame()


def _complete(found: pl.DataFrame, once: Tunings) -> Rolled:
    """Keep the cases in which every forecaster spoke, so that all are scored on the same."""
    names = found["forecaster"].unique().to_list()
    cases = found.group_by(CASE).len()
    whole = cases.filter(pl.col("len") == len(names))
    if whole.is_empty():
        raise ForecastRefused("no case in which every forecaster spoke", mend="give a longer past")
    kept = found.join(whole.select(CASE), on=CASE, how="semi").sort(*CASE, "forecaster")
    simple = tuple(name for name in baselines.NAMES if name in names)
    models = tuple(
        name for name in found["forecaster"].unique(maintain_order=True) if name not in simple
    )
    return Rolled(kept, models, simple, once, len(cases) - len(whole))
