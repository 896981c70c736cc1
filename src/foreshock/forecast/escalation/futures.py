"""Futures of some series: the pool's totals on the days of the excitation model.

What happened is itself uncertain (contested acts, acts not known yet), so it is given as worlds.
Each world forecasts; their distributions are mixed, and every member starts from one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.coupling import couple
from foreshock.forecast.escalation.excitation.fit import Draws
from foreshock.forecast.escalation.excitation.simulate import simulate
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.marks import Marks, posterior
from foreshock.forecast.escalation.negative_binomial import Mixture, pooled
from foreshock.forecast.escalation.pool import FROZEN, HORIZONS, MEASURES, forecast_totals, learn
from foreshock.forecast.escalation.prior import Taught
from foreshock.forecast.escalation.regression import Fitted

Floats = NDArray[np.float64]

SPARSE = 20
"""Events below which deaths are told by the hurdle alone: that many the pool was evaluated on."""

MEMORY = 900
"""Days after which the filters' record weighs under one in a hundred, and levels hardly more."""


@dataclass(frozen=True, eq=False)
class Futures:
    """What may follow.

    Parameters
    ----------
    ensembles : mapping of str to Ensemble
        Events and deaths; deaths with the largest single incident of each day.
    capped : int
        Members of the template that exploded and were held.
    """

    ensembles: Mapping[str, Ensemble]
    capped: int


def learners(
    series: DailySeries, taught: Taught, *, least_events: int = 3
) -> dict[tuple[str, int], Fitted]:
    """Adapt what many dyads taught to the scale of these series.

    Parameters
    ----------
    series : DailySeries
        Observed days.
    taught : Taught
    least_events : int
        Events of a series before its windows are learned from; the prior carries the rest.
    """
    history, found = History(series), {}
    for measure, horizon in taught.learned:
        try:
            found[measure, horizon] = learn(
                history,
                measure,
                horizon,
                taught.prior(measure, horizon),
                replace(FROZEN, least_events=least_events),
            )
        except ForecastRefused:  # no window of these series is over: others' must do
            found[measure, horizon] = taught.learned[measure, horizon]
    return found


def pasts(worlds: Sequence[DailySeries], names: Sequence[str]) -> list[History]:
    """Give the past of some series in every world, as far back as any filter remembers.

    Examples
    --------
    >>> from datetime import date
    >>> world = DailySeries(date(2031, 5, 1), ("a", "b"), [[1, 0]] * 1000, [[0.0, 0.0]] * 1000)
    >>> [(past.names, past.days) for past in pasts([world], ["b"])]
    [(('b',), 900)]
    """
    return [History(w.select(list(names)).window(min(w.days, MEMORY))) for w in worlds]


def totals(
    pasts: Sequence[History],
    learned: Mapping[tuple[str, int], Fitted],
    measure: str,
    horizon: int,
    *,
    seed: int,
) -> Mixture:
    """Forecast totals of the series of every past, mixed: one case a series.

    Each past is forecast with parameters of its own from the learner's posterior, so that what is
    not known of them widens the mixture.
    """
    each = []
    for number, past in enumerate(pasts):
        random = stream(seed, "escalation", "learner", measure, horizon, number)
        mine = learned[measure, horizon].drawn(random)
        columns = range(len(past.names))
        each.append(forecast_totals(past, columns, measure, horizon, learned=mine).whole)
    return each[0] if len(each) == 1 else pooled(each, [1.0] * len(each))


def futures(
    worlds: Sequence[DailySeries],
    names: Sequence[str],
    taught: Taught,
    learned: Mapping[tuple[str, int], Fitted],
    draws: Draws,
    *,
    members: int,
    days: int,
    seed: int,
    executor: Executor | None = None,
) -> Futures:
    """Draw futures of some series.

    Parameters
    ----------
    worlds : sequence of DailySeries
        What happened, as it may have been; all with the same days and series, the latter those of
        the excitation model. Members are shared out among them evenly.
    names : sequence of str
        Series to forecast, among those of the worlds.
    taught : Taught
    learned : mapping
        Ratio learners by measure and horizon (`learners`).
    draws : Draws
        Posterior of the excitation model.
    members, days, seed : int
        Days beyond the pool's longest horizon follow the excitation model alone.
    executor : concurrent.futures.Executor, optional
        Changes nothing but the time it takes.
    """
    if members < 1 or days < 1:
        raise ForecastRefused(f"{members} members over {days} days", expected="at least 1 each")
    reach = max(days, *HORIZONS)
    template, capped = _template(worlds, draws, members, reach, seed, executor)
    first = worlds[0].last + timedelta(days=1)
    at = [worlds[0].column(name) for name in names]
    levels = (np.arange(members) + 0.5) / members
    before = pasts(worlds, names)
    direct = {
        (measure, horizon): totals(before, learned, measure, horizon, seed=seed).quantiles(levels)
        for measure in MEASURES
        for horizon in HORIZONS
    }
    # Series by series in memory, as they are worked out; members first for everybody else.
    shape = (len(names), members, days)
    counts = np.empty(shape, np.int64)
    deaths, largest = np.empty(shape, np.int64), np.empty(shape, np.int64)
    for place, (name, column) in enumerate(zip(names, at, strict=True)):
        random = stream(seed, "escalation", "coupling", name)
        told = {h: direct["events", h][place] for h in HORIZONS}
        events = couple(template[column], told, random)
        killed, peak = _killed(events, _marks(worlds, column, taught), random)
        if _events(worlds[0], column) >= SPARSE:
            asked = {h: direct["deaths", h][place] for h in HORIZONS}
            dead = couple(killed, asked, random, most=events > 0)
            share = np.divide(peak, killed, out=np.ones_like(peak), where=killed > 0)
            # One event holds all of its day's dead; of several, as large a part as in the template.
            share = np.where(events == 1, 1.0, share)
            killed, peak = dead.astype(np.float64), np.ceil(dead * share)
        counts[place] = events[:, :days]
        deaths[place] = np.rint(killed[:, :days])
        largest[place] = np.minimum(np.rint(peak[:, :days]), deaths[place])
    series = tuple(names)
    return Futures(
        {
            "events": Ensemble(np.moveaxis(counts, 0, 2), first, series, "events"),
            "deaths": Ensemble(
                np.moveaxis(deaths, 0, 2), first, series, "deaths", np.moveaxis(largest, 0, 2)
            ),
        },
        capped,
    )


def _template(
    worlds: Sequence[DailySeries],
    draws: Draws,
    members: int,
    days: int,
    seed: int,
    executor: Executor | None,
) -> tuple[NDArray[np.int32], int]:
    """Simulate the excitation model from each world in turn, shape (series, member, day)."""
    share = np.array_split(np.arange(members), len(worlds))
    parts, capped = [], 0
    for number, (world, mine) in enumerate(zip(worlds, share, strict=True)):
        if not len(mine):
            continue
        own = int(stream(seed, "escalation", "world", number).integers(2**31))
        found = simulate(
            draws, world.counts, members=len(mine), days=days, seed=own, executor=executor
        )
        parts.append(found.counts)
        capped += found.capped
    return np.ascontiguousarray(np.moveaxis(np.concatenate(parts), 2, 0)), capped


def _events(world: DailySeries, column: int) -> int:
    return int(world.counts[:, column].sum())


def _marks(worlds: Sequence[DailySeries], column: int, taught: Taught) -> Marks:
    """Learn how deadly events of a series are, from the days of its first world with one event."""
    world = worlds[0]
    alone = world.counts[:, column] == 1
    return posterior(world.deaths[alone, column], taught.marks)


def _killed(
    events: NDArray[np.int64], marks: Marks, random: np.random.Generator
) -> tuple[Floats, Floats]:
    """Draw the dead of every event: by day their sum, and the most of one event."""
    dead, peak = np.zeros(events.shape), np.zeros(events.shape)
    each = events.sum(axis=1)
    if not each.any():
        return dead, peak
    values = marks.draw(each, random)
    # Events stand in the order of member and day, so each cell's are a run of `values`.
    full = np.flatnonzero(events)
    starts = np.cumsum(events.ravel()[full]) - events.ravel()[full]
    dead.ravel()[full] = np.add.reduceat(values, starts)
    peak.ravel()[full] = np.maximum.reduceat(values, starts)
    return dead, peak
