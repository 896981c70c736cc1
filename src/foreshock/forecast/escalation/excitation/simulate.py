r"""Many futures: every member with parameters of its own, given what has happened.

A member's level drifts on from where the fit left it, each day's mean follows from the events of
the days before, its own included, and the day's count is drawn by inverting the distribution
function at a uniform number. Equal random numbers therefore give counts that rise with the mean,
so that a what-if run with the same seed differs only by what was supposed (common random numbers).
"""

from __future__ import annotations

import math
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError
from foreshock.core.random import stream
from foreshock.forecast.compiling import compiled
from foreshock.forecast.escalation.excitation.fit import Draws
from foreshock.forecast.escalation.excitation.likelihood import EARLY, Numbers, Places
from foreshock.forecast.escalation.excitation.model import MONTH, Design

CHUNK = 500
"""Members that share a random stream; fixed, so that the number of workers changes nothing."""

CEILING = 1_000.0
"""Events a day that no series is let exceed in the mean, unless it has had more."""


class Futures(NamedTuple):
    """What `simulate` made.

    Attributes
    ----------
    counts : ndarray of int, shape (member, day, series)
    capped : int
        Members whose mean was held at the ceiling on some day: these exploded.
    ceiling : float
        That mean, events a day.
    """

    counts: NDArray[np.int32]
    capped: int
    ceiling: float


def simulate(
    draws: Draws,
    history: NDArray[np.integer] | Numbers,
    *,
    members: int = 10_000,
    days: int = 30,
    seed: int = 0,
    design: Numbers | None = None,
    damping: Numbers | None = None,
    exposure: Numbers | None = None,
    drift: float | None = None,
    tails: float | None = None,
    ceiling: float | None = None,
    executor: Executor | None = None,
) -> Futures:
    r"""Simulate the days after what was seen.

    Parameters
    ----------
    draws : Draws
        Member m takes draw m modulo their number, so all of them enter equally often.
    history : ndarray of int, shape (day, series)
        All days up to the day before the first simulated one; they should be those of the fit.
    members, days, seed : int
    design : ndarray, shape (day, column), optional
        Design of the baseline for the days ahead; needed where it is a `Design`. A moving level
        goes on from its last value.
    damping : ndarray, shape (day, series, covariate), optional
        Covariates of inhibition as they act on each day ahead; nothing dampens if not given.
    exposure : ndarray, shape (day, series), optional
        Ones if not given.
    drift : float, optional
        Standard deviation of a month's step of a level; that of the model if not given.
    tails : float, optional
        Degrees of freedom, above 2, if the drift is to have heavy tails: a member's steps are
        normal with a scale of its own, so that over members they are Student's t with this
        deviation. Its mean number of events is then held together by the ceiling alone.
    ceiling : float, optional
        Means above it are held there and their members counted; if not given, the larger of 1,000
        events a day and five times the largest count of the history.
    executor : concurrent.futures.Executor, optional
        Runs the chunks of members; the outcome is the same, bit by bit.

    Returns
    -------
    Futures

    Raises
    ------
    EnsembleError
        If there are no draws, or shapes do not fit.

    Examples
    --------
    >>> from foreshock.forecast.escalation.excitation.fit import fit
    >>> from foreshock.forecast.escalation.excitation.model import Edge, Excitation
    >>> past = stream(7, "example").poisson(0.4, (200, 1))
    >>> model = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))
    >>> ahead = simulate(fit(past, model, draws=40).draws, past, members=1000, days=7)
    >>> ahead.counts.shape, ahead.capped, bool(1 < ahead.counts.sum(axis=1).mean() < 5)
    ((1000, 7, 1), 0, True)
    """
    if not len(draws) or members < 1 or days < 1:
        raise EnsembleError(
            f"{len(draws)} draws, {members} members, {days} days", "excitation", "at least 1 each"
        )
    begun = begin(draws, history, days, design=design, damping=damping, exposure=exposure)
    monthly = draws.model.baseline.drift if drift is None else drift
    step = monthly / math.sqrt(MONTH)
    most = float(np.max(history, initial=0))
    bound = max(CEILING, 5 * most) if ceiling is None else ceiling
    sizes = [min(CHUNK, members - first) for first in range(0, members, CHUNK)]
    if tails is not None and not tails > 2:
        raise EnsembleError(f"tails of {tails} degrees of freedom", "excitation", "above 2")
    jobs = [(begun, size, days, seed, k, step, tails, bound) for k, size in enumerate(sizes)]
    run = map if executor is None else executor.map
    parts = list(run(_chunk, jobs))
    counts = np.concatenate([part[0] for part in parts])
    return Futures(counts, sum(part[1] for part in parts), bound)


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """Where the simulation sets in, by draw.

    Attributes
    ----------
    level : ndarray, shape (draw, day, series)
        Log of the baseline before any drift.
    factor : ndarray, shape (draw, day, series)
        Exposure, and what dampens.
    past : ndarray, shape (draw, edge)
        Smoothed past of each edge on the first day ahead.
    weight, decay : ndarray, shape (draw, edge)
    dispersion : ndarray, shape (draw, series)
    source, target : ndarray of int, shape (edge,)
    """

    level: Numbers
    factor: Numbers
    past: Numbers
    weight: Numbers
    decay: Numbers
    dispersion: Numbers
    source: Places
    target: Places


def begin(
    draws: Draws,
    history: NDArray[np.integer] | Numbers,
    days: int,
    *,
    design: Numbers | None = None,
    damping: Numbers | None = None,
    exposure: Numbers | None = None,
) -> Beginning:
    """Bring the draws to the end of the history; see `simulate` for the parameters."""
    model, series = draws.model, len(draws.model.names)
    seen = np.asarray(history, dtype=np.float64)
    if seen.ndim != 2 or seen.shape[1] != series or not len(seen):
        raise EnsembleError(f"a history of {seen.shape}", "excitation", f"(days, {series})")
    if isinstance(model.baseline, Design):
        if design is None or np.shape(design) != (days, draws.endemic.shape[1]):
            raise EnsembleError(
                "the baseline's design is not given for the days ahead",
                "excitation",
                expected=f"design of shape {(days, draws.endemic.shape[1])}",
            )
        level = np.asarray(design, dtype=np.float64) @ draws.endemic
    else:
        level = np.repeat(draws.endemic[:, -1:], days, axis=1)
    shape = (days, series, draws.inhibition.shape[1])
    held = np.zeros(shape) if damping is None else np.asarray(damping, dtype=np.float64)
    shown = np.ones((days, series)) if exposure is None else np.asarray(exposure, np.float64)
    if held.shape != shape or shown.shape != shape[:2]:
        raise EnsembleError(
            f"damping of {held.shape}, exposure of {shown.shape}", "excitation", f"{shape}"
        )
    factor = shown * np.exp(-np.einsum("tic,sc->sti", held, draws.inhibition))
    source, target = model.source, model.target
    past = np.tile(seen[:EARLY].mean(axis=0)[source], (len(draws), 1))
    _brought_on(past, seen, source, draws.decay)
    return Beginning(
        level, factor, past, draws.weight, draws.decay, draws.dispersion, source, target
    )


@compiled
def _brought_on(past: Numbers, seen: Numbers, source: Places, decay: Numbers) -> None:
    """Bring the smoothed past of every draw and edge, in place, to the end of what was seen."""
    for s in range(past.shape[0]):
        for t in range(seen.shape[0]):
            for e in range(past.shape[1]):
                past[s, e] = (1.0 - decay[s, e]) * seen[t, source[e]] + decay[s, e] * past[s, e]


_Job = tuple[Beginning, int, int, int, int, float, float | None, float]


def _chunk(job: _Job, *, plain: bool = False) -> tuple[NDArray[np.int32], int]:
    """Simulate a chunk of members, by the kernel or by its twin."""
    begun, size, days, seed, number, step, tails, ceiling = job
    random = stream(seed, "excitation", "simulation", number)
    series = begun.dispersion.shape[1]
    uniform = random.random((size, days, series))
    normal = random.standard_normal((size, days, series))
    scale = np.ones((size, series))
    if tails is not None:
        scale = np.sqrt((tails - 2) / random.chisquare(tails, (size, series)))
    which = (number * CHUNK + np.arange(size)) % len(begun.weight)
    each = _plain_futures if plain else _futures
    return each(
        begun.level, begun.factor, begun.past, begun.weight, begun.decay, begun.dispersion,
        begun.source, begun.target, which, uniform, normal, step * scale, ceiling,
    )  # fmt: skip


@compiled
def _futures(
    level: Numbers, factor: Numbers, past: Numbers, weight: Numbers, decay: Numbers,
    dispersion: Numbers, source: Places, target: Places, which: Places, uniform: Numbers,
    normal: Numbers, step: Numbers, ceiling: float,
) -> tuple[NDArray[np.int32], int]:  # fmt: skip
    members, days, series = uniform.shape
    counts = np.zeros((members, days, series), dtype=np.int32)
    capped = 0
    state, drifted, excited = np.empty(len(source)), np.empty(series), np.empty(series)
    for n in range(members):
        s = which[n]
        state[:] = past[s]
        drifted[:] = 0.0
        burst = False
        for t in range(days):
            excited[:] = 0.0
            for e in range(len(source)):
                excited[target[e]] += weight[s, e] * state[e]
            for i in range(series):
                drifted[i] += step[n, i] * normal[n, t, i]
                m = factor[s, t, i] * (np.exp(level[s, t, i] + drifted[i]) + excited[i])
                if not m <= ceiling:
                    m = ceiling
                    burst = True
                counts[n, t, i] = count_at(uniform[n, t, i], m, dispersion[s, i])
            for e in range(len(source)):
                y = counts[n, t, source[e]]
                state[e] = (1.0 - decay[s, e]) * y + decay[s, e] * state[e]
        capped += burst
    return counts, capped


@compiled
def count_at(uniform: float, mean: float, dispersion: float) -> int:
    """Give the count at which the distribution function passes a uniform number."""
    size = 1.0 / dispersion
    spread = dispersion * mean
    none = -size * math.log1p(spread)
    growth = spread / (1.0 + spread)
    if none > -700.0:
        k, p = 0, math.exp(none)
    else:  # the chance of no event is no number any more: begin far below the mean instead
        deep = mean - 12.0 * math.sqrt(mean + dispersion * mean * mean)
        k = max(0, int(deep))
        p = math.exp(
            math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1.0)
            + none + k * math.log(growth)
        )  # fmt: skip
    total = p
    # Once past the mean the terms only fall: where they no longer add to the sum, it stands still.
    while total < uniform and (k <= mean or p > 1e-17):
        p *= growth * (k + size) / (k + 1.0)
        k += 1
        total += p
    return k


def _plain_futures(
    level: Numbers, factor: Numbers, past: Numbers, weight: Numbers, decay: Numbers,
    dispersion: Numbers, source: Places, target: Places, which: Places, uniform: Numbers,
    normal: Numbers, step: Numbers, ceiling: float,
) -> tuple[NDArray[np.int32], int]:  # fmt: skip
    """Do the same in numpy, all members at once, as the kernel's oracle."""
    from scipy.stats import nbinom

    members, days, series = uniform.shape
    counts = np.zeros((members, days, series), dtype=np.int32)
    burst = np.zeros(members, dtype=bool)
    state, drifted = past[which], np.zeros((members, series))
    to = (target[:, None] == np.arange(series)).astype(np.float64)
    size = 1.0 / dispersion[which]
    for t in range(days):
        drifted += step * normal[:, t]
        m = factor[which, t] * (np.exp(level[which, t] + drifted) + (weight[which] * state) @ to)
        burst |= (m > ceiling).any(axis=1)
        m = np.minimum(m, ceiling)
        counts[:, t] = nbinom.ppf(uniform[:, t], size, size / (size + m))
        state = (1.0 - decay[which]) * counts[:, t, source] + decay[which] * state
    return counts, int(burst.sum())
