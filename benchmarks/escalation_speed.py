"""Fitting and simulating 24 series with excitation, on one core.

Fit: 1,460 days, edges self and reverse, 200 draws from the posterior. Simulation: 10,000 members
over 30 days. What is compiled is compiled before anything is timed.
"""

from __future__ import annotations

import time
from datetime import date

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.figures import Figure
from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.excitation.fit import Draws, fit
from foreshock.forecast.escalation.excitation.model import Excitation, pair_edges
from foreshock.forecast.escalation.excitation.simulate import simulate
from foreshock.forecast.escalation.futures import futures, learners
from foreshock.forecast.escalation.prior import bundled

FIT_S, SIMULATION_S = 5.0, 2.0
"""The budgets of the design."""

_SERIES, _DAYS, _MEMBERS, _AHEAD = 24, 1_460, 10_000, 30


def counts_of(days: int, series: int, seed: int = 0) -> np.ndarray:
    """Make daily counts in which each series excites itself and its reverse."""
    random = stream(seed, "benchmark", "excitation")
    level = np.cumsum(random.normal(0, 0.4 / np.sqrt(28), (days, series)), axis=0)
    level += random.normal(-1.5, 0.8, series) - level.mean(axis=0)
    past, counts = np.full(series, 0.3), np.zeros((days, series), dtype=np.int64)
    reverse = np.arange(series) ^ 1
    for t in range(days):
        if t:
            past = 0.4 * counts[t - 1] + 0.6 * past
        mean = np.exp(level[t]) + 0.4 * past + 0.15 * past[reverse]
        counts[t] = random.poisson(mean * random.gamma(2.5, 0.4, series))
    return counts


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure.

    Parameters
    ----------
    small : bool
        Fewer repetitions.
    """
    counts = counts_of(_DAYS, _SERIES)
    names = [f"{a}{k}>{b}{k}" for k in range(_SERIES // 2) for a, b in ("ab", "ba")]
    figures = []
    with threadpool_limits(1):
        for pooling in ("shared", "shrunk"):
            model = Excitation(names=tuple(names), edges=pair_edges(names), pooling=pooling)
            fit(counts[:60], model, draws=2)
            taken = []
            for _ in range(2 if small else 5):
                start = time.perf_counter()
                found = fit(counts, model)
                taken.append(time.perf_counter() - start)
            figures.append(
                Figure(f"fit with {len(found.draws)} draws, {pooling}", "s", taken, FIT_S)
            )
        simulate(found.draws, counts, members=10, days=2)
        taken = []
        for seed in range(3 if small else 7):
            start = time.perf_counter()
            simulate(found.draws, counts, members=_MEMBERS, days=_AHEAD, seed=seed)
            taken.append(time.perf_counter() - start)
        figures.append(Figure("simulation of days", "s", taken, SIMULATION_S))
        figures += _whole(counts, tuple(names), found.draws, 2 if small else 5)
    what = (
        f"{_SERIES} series, {_DAYS:,} days, {counts.sum():,} events; "
        f"{_MEMBERS:,} members over {_AHEAD} days"
    )
    return what, figures


def _whole(counts: np.ndarray, names: tuple[str, ...], draws: Draws, times: int) -> list[Figure]:
    """Time the whole ensemble: days, totals of the pool, their coupling, deaths."""
    deaths = counts * stream(0, "benchmark", "deaths").geometric(0.3, counts.shape)
    series = DailySeries(date(2031, 1, 1), names, counts, deaths.astype(float))
    learned, fits, taken = None, [], []
    for seed in range(times):
        start = time.perf_counter()
        learned = learners(series, bundled())
        fits.append(time.perf_counter() - start)
        start = time.perf_counter()
        futures(
            [series], names, bundled(), learned, draws, members=_MEMBERS, days=_AHEAD, seed=seed
        )
        taken.append(time.perf_counter() - start)
    return [
        Figure("fit of the ratio learners", "s", fits, FIT_S),
        Figure("whole ensemble, events and deaths", "s", taken, SIMULATION_S),
    ]


if __name__ == "__main__":
    from benchmarks.figures import table

    what, rows = measure()
    print(table(f"escalation_speed: {what}", rows))
