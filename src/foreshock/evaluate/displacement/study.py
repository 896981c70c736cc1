"""A study of some cases, each forecast by what cases of other countries taught."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.evaluate.displacement.protocol import DAY_30, HARD, OURS, QUESTIONS, forecasts
from foreshock.evaluate.displacement.scoring import scores
from foreshock.forecast.displacement.destinations.history import History
from foreshock.forecast.displacement.destinations.taught import Lessons, Taught, bundled_lessons
from foreshock.forecast.displacement.destinations.training import AHEAD

Floats = NDArray[np.float64]

RESAMPLES = 4000
SHORTEST = DAY_30 + AHEAD
BLOCK = 8
"""Weeks in a block of neighbours: forecasts whose windows overlap are drawn together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much smaller our error is than another's, with its 95 % interval; below 0 is better.

    Attributes
    ----------
    value, low, high : float
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A method's scores on one question.

    Attributes
    ----------
    method : str
    by_case : mapping of str to float
        Averaged relative difference.
    difference, crps : float
        Means over cases, each counting once.
    covered, total, total_covered : float or None
        Likewise; None where there is nothing to score.
    """

    method: str
    by_case: Mapping[str, float]
    difference: float
    crps: float
    covered: float | None
    total: float | None
    total_covered: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Us against another method on one question, by averaged relative difference.

    Attributes
    ----------
    other : str
    over_cases : Difference
        Resampled over cases.
    by_case : mapping of str to Difference
        Resampled over weeks of the case, in blocks.
    better : int
        Cases in which ours is smaller.
    """

    other: str
    over_cases: Difference
    by_case: Mapping[str, Difference]
    better: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Study:
    """All that a study found.

    Attributes
    ----------
    cases : tuple of str
    taught : mapping of str to Taught
        What each case was forecast with.
    scores : polars.DataFrame
        By question, method, case and day.
    rows : mapping of str to tuple of Row
        By question.
    comparisons : mapping of str to tuple of Comparison
        By question, the hard one first.
    draws, seed : int
    """

    cases: tuple[str, ...]
    taught: Mapping[str, Taught]
    scores: pl.DataFrame
    rows: Mapping[str, tuple[Row, ...]]
    comparisons: Mapping[str, tuple[Comparison, ...]]
    draws: int
    seed: int

    def comparison(self, question: str) -> Comparison:
        """Give the comparison with the hard method of a question."""
        return self.comparisons[question][0]


def study(
    cases: Sequence[History],
    *,
    lessons: Lessons | None = None,
    draws: int = 400,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _step: None,
) -> Study:
    """Forecast every case and score it.

    Parameters
    ----------
    cases : sequence of History
    lessons : Lessons, optional
        Of cases, those that come with Foreshock if not given. Each case is forecast without the
        lessons of its own country.
    draws, seed : int
    progress : callable
        Told each step as it begins.

    Raises
    ------
    ForecastRefused
        If two cases have one name, a case is too short, or too few lessons are of other countries.
    """
    names = tuple(case.network.name for case in cases)
    if not cases or len(set(names)) != len(names):
        raise ForecastRefused("no case, or two of one name", expected="cases, each once")
    for case in cases:
        if len(case.truth) <= SHORTEST or not (case.total[DAY_30 + 1 :] > 0).any():
            raise ForecastRefused(
                f"{len(case.truth)} days with people in camps in few of them",
                where=case.network.name,
                expected=f"more than {SHORTEST} days, and people after day {DAY_30}",
            )
    lessons = lessons or bundled_lessons()
    told, frames = {}, []
    for case in cases:
        name = case.network.name
        told[name] = lessons.taught(leaving_out=[case.network.home])
        progress(f"forecasting {name}")
        for forecast in forecasts(case, told[name], draws=draws, seed=seed):
            found = scores(case, forecast)
            frames.append(
                pl.DataFrame({"day": forecast.days, **found}).select(
                    pl.lit(forecast.question).alias("question"),
                    pl.lit(forecast.method).alias("method"),
                    pl.lit(name).alias("case"),
                    pl.all(),
                )
            )
    table = pl.concat(frames)
    return Study(
        cases=names,
        taught=told,
        scores=table,
        rows={question: _rows(table, question, names) for question in QUESTIONS},
        comparisons={q: _comparisons(table, q, names, seed) for q in QUESTIONS},
        draws=draws,
        seed=seed,
    )


def _rows(table: pl.DataFrame, question: str, cases: Sequence[str]) -> tuple[Row, ...]:
    asked = table.filter(question=question)
    rows = []
    for method in asked["method"].unique(maintain_order=True):
        mine = asked.filter(method=method).group_by("case").agg(pl.col(pl.Float64).mean())
        by_case = dict(zip(mine["case"], mine["difference"], strict=True))
        mean = {
            name: float(np.mean(mine[name].to_numpy()))
            for name in ("difference", "crps", "covered", "total", "total_covered")
        }
        rows.append(Row(
            method=method,
            by_case={case: by_case[case] for case in cases if case in by_case},
            difference=mean["difference"],
            crps=mean["crps"],
            covered=_none(mean["covered"]),
            total=_none(mean["total"]),
            total_covered=_none(mean["total_covered"]),
        ))  # fmt: skip
    return tuple(rows)


def _none(value: float) -> float | None:
    return None if np.isnan(value) else value


def _comparisons(
    table: pl.DataFrame, question: str, cases: Sequence[str], seed: int
) -> tuple[Comparison, ...]:
    asked = table.filter(question=question)
    wide = asked.pivot("method", index=["case", "day"], values="difference", maintain_order=True)
    others = [each for each in wide.columns[2:] if each != OURS]
    hard = HARD[question]
    return tuple(
        _comparison(wide, other, cases, seed) for other in sorted(others, key=lambda m: m != hard)
    )


def _comparison(wide: pl.DataFrame, other: str, cases: Sequence[str], seed: int) -> Comparison:
    both = wide.filter(pl.col(other).is_not_null()).with_columns(gain=pl.col(OURS) - pl.col(other))
    gains = {case: both.filter(case=case).sort("day")["gain"].to_numpy() for case in cases}
    gains = {case: gain for case, gain in gains.items() if len(gain)}
    means = np.array([gain.mean() for gain in gains.values()])
    luck = stream(seed, "evaluate", "displacement", "cases")
    drawn = means[luck.integers(0, len(means), (RESAMPLES, len(means)))].mean(axis=1)
    return Comparison(
        other=other,
        over_cases=_interval(float(means.mean()), drawn),
        by_case={case: _over_weeks(gain, case, seed) for case, gain in gains.items()},
        better=int((means < 0).sum()),
    )


def _over_weeks(gain: Floats, case: str, seed: int) -> Difference:
    """Resample weeks in circular blocks (Politis & Romano 1992)."""
    weeks, block = len(gain), min(BLOCK, len(gain))
    luck = stream(seed, "evaluate", "displacement", "weeks", case)
    starts = luck.integers(0, weeks, (RESAMPLES, -(-weeks // block)))
    runs = (starts[:, :, None] + np.arange(block)) % weeks
    drawn = gain[runs.reshape(RESAMPLES, -1)[:, :weeks]].mean(axis=1)
    return _interval(float(gain.mean()), drawn)


def _interval(value: float, drawn: Floats) -> Difference:
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Difference(value=value, low=float(low), high=float(high))
