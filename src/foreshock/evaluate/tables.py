"""What a study found: mean scores, skill against the best simple method, coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from foreshock.evaluate.cases import BUSY_EVENTS, Plan
from foreshock.evaluate.rolling import Rolled
from foreshock.verify.skill import Skill, skill

BLOCK = 4
"""Origins that are drawn together when skill is resampled: windows overlap, and wars have moods."""

BIGGEST = 3


@dataclass(frozen=True, slots=True)
class Score:
    """One way to score: what is averaged, over which cases.

    Parameters
    ----------
    name : str
        What it is called in tables.
    column : str
        Of `Rolled.scores`.
    measures : tuple of str
        What it is told of.
    among : str
        Which cases, in words; empty for all.
    """

    name: str
    column: str
    measures: tuple[str, ...]
    among: str = ""


BOTH = ("events", "deaths")
RISE = "at least half as many events again as in the last window"
SCORES = (
    Score("CRPS", "crps", BOTH),
    Score("CRPS scaled", "scaled", BOTH),
    Score("CRPS of logarithms", "log", BOTH),
    Score("CRPS, three biggest left out", "crps", BOTH, "three biggest series left out"),
    Score("Brier, any event", "any", ("events",), "series with an event in the last 90 days"),
    Score("Brier, rise after 1 or more", "rise", ("events",), "last window not empty"),
    Score("Brier, rise after 5 or more", "rise", ("events",), "5 or more in the last window"),
)
"""Every way to score, in the order of the tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Won:
    """How many series a forecaster scores better in than the best simple method does.

    Parameters
    ----------
    won, of : int
    """

    won: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One score of all forecasters, for one measure and horizon.

    Parameters
    ----------
    score : Score
    measure : str
    horizon : int
    cases : int
    means : mapping of str to float
        Mean score by forecaster; smaller is better.
    best : str
        The simple method with the smallest mean in these very cases. It is chosen in hindsight, in
        favour of the simple methods.
    skill : mapping of str to Skill
        Of each model against `best`.
    won : mapping of str to Won
        Likewise, series by series.
    """

    score: Score
    measure: str
    horizon: int
    cases: int
    means: Mapping[str, float]
    best: str
    skill: Mapping[str, Skill]
    won: Mapping[str, Won]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often what came lay within the 90 % interval of a forecaster.

    Parameters
    ----------
    forecaster, measure, among : str
        Of whom, of what, and in which cases.
    horizon, cases : int
    within : float
        Share within the closed interval from the 5 % to the 95 % quantile.
    promised : float
        What the forecasts themselves gave that interval: counts are whole numbers, so it holds more
        than 90 %.
    transform : float
        Share of the probability transform between 0.05 and 0.95: 0.90 if all is right.
    """

    forecaster: str
    measure: str
    horizon: int
    among: str
    cases: int
    within: float
    promised: float
    transform: float


AMONG = {"active": "event in the last 90 days", "busy": "5 or more in the last window"}


@dataclass(frozen=True, eq=False)
class Study:
    """All that a study found.

    Parameters
    ----------
    plan : Plan
    rolled : Rolled
    results : tuple of Result
    coverage : tuple of Coverage
    biggest : tuple of str
        The series with most events up to the last origin.
    """

    plan: Plan
    rolled: Rolled
    results: tuple[Result, ...]
    coverage: tuple[Coverage, ...]
    biggest: tuple[str, ...]

    def result(self, score: str, measure: str, horizon: int) -> Result | None:
        """Give one result; None where nothing could be scored."""
        for each in self.results:
            if (each.score.name, each.measure, each.horizon) == (score, measure, horizon):
                return each
        return None


def studied(rolled: Rolled, plan: Plan, biggest: Sequence[str]) -> Study:
    """Sum up the scores of a study.

    Parameters
    ----------
    rolled : Rolled
    plan : Plan
    biggest : sequence of str
        Series to leave out where a score says so.
    """
    results = [
        _result(rolled, score, measure, horizon, plan.seed, biggest)
        for measure in plan.measures
        for score in SCORES
        if measure in score.measures
        for horizon in plan.horizons
    ]
    coverage = [
        row
        for measure in plan.measures
        for horizon in plan.horizons
        for row in _coverage(rolled, measure, horizon)
    ]
    return Study(
        plan, rolled, tuple(each for each in results if each), tuple(coverage), tuple(biggest)
    )


def _among(among: str, biggest: Sequence[str]) -> pl.Expr:
    match among:
        case "":
            return pl.lit(True)
        case "three biggest series left out":
            return ~pl.col("series").is_in(list(biggest))
        case "series with an event in the last 90 days" | "event in the last 90 days":
            return pl.col("active")
        case "last window not empty":
            return pl.col("last") >= 1
        case "5 or more in the last window":
            return pl.col("last") >= BUSY_EVENTS
    raise ValueError(among)


def _result(
    rolled: Rolled, score: Score, measure: str, horizon: int, seed: int, biggest: Sequence[str]
) -> Result | None:
    cases = rolled.scores.filter(
        (pl.col("measure") == measure) & (pl.col("horizon") == horizon),
        _among(score.among, biggest),
    )
    if cases.is_empty():
        return None
    wide = cases.pivot(
        "forecaster", index=["origin", "series"], values=score.column, maintain_order=True
    )
    means = wide.select(pl.col(*rolled.models, *rolled.baselines).mean()).row(0, named=True)
    best = min(rolled.baselines, key=lambda name: means[name])
    by_series = wide.group_by("series").agg(pl.col(*rolled.models, best).mean())
    return Result(
        score=score,
        measure=measure,
        horizon=horizon,
        cases=len(wide),
        means=means,
        best=best,
        skill={
            name: skill(
                wide[name].to_numpy(), wide[best].to_numpy(),
                wide["origin"].to_physical().to_numpy(), seed=seed, block=BLOCK,
            )
            for name in rolled.models
        },
        won={
            name: Won(won=int((by_series[name] < by_series[best]).sum()), of=len(by_series))
            for name in rolled.models
        },
    )  # fmt: skip


def _coverage(rolled: Rolled, measure: str, horizon: int) -> list[Coverage]:
    rows = []
    for among in AMONG.values():
        cases = rolled.scores.filter(
            (pl.col("measure") == measure) & (pl.col("horizon") == horizon), _among(among, ())
        )
        means = cases.group_by("forecaster").agg(
            pl.len(), pl.col("within", "promised", "pit").mean()
        )
        told = {row["forecaster"]: row for row in means.iter_rows(named=True)}
        rows += [
            Coverage(
                forecaster=name, measure=measure, horizon=horizon, among=among,
                cases=told[name]["len"], within=told[name]["within"],
                promised=told[name]["promised"], transform=told[name]["pit"],
            )
            for name in (*rolled.models, *rolled.baselines)
            if name in told
        ]  # fmt: skip
    return rows
