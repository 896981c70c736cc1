"""Training: the lesson of a case that was counted, what would have done well in it.

Of exponents, the averaged relative difference of every rule. Of spreads, the score of the 90 %
interval (Gneiting & Raftery 2007, doi:10.1198/016214506000001437): of sites by forecasts without
any count, of registrations 30 days ahead with reports. Of totals, the errors of a plain rule.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import ForecastRefused
from foreshock.forecast.displacement.destinations.access import access
from foreshock.forecast.displacement.destinations.gravity import Rules, daily_shares
from foreshock.forecast.displacement.destinations.history import (
    History,
    arrivals_of,
    known_by,
    last_reported,
)
from foreshock.forecast.displacement.destinations.stocks import (
    compared,
    from_nothing,
    from_reports,
)
from foreshock.forecast.displacement.destinations.taught import (
    GROWTHS,
    LEVELS,
    REGISTRATIONS,
    SPREADS,
    Lesson,
    Lessons,
    Provenance,
    Taught,
)
from foreshock.forecast.displacement.destinations.totals import expected_total

Floats = NDArray[np.float64]

WEEK, AHEAD = 7, 30
EVERY = 28
"""Days from one origin to the next where spreads are learned."""
DRAWS = 200


def lesson(case: History, rules: Rules | None = None, *, seed: int = 0) -> Lesson:
    """Take the lesson of one case.

    Parameters
    ----------
    case : History
        All of it is used: what is forecast with it must be of another country.
    rules : Rules, optional
        The usual ones if not given.
    seed : int

    Raises
    ------
    ForecastRefused
        If nobody was ever counted in it, or if it is too short.
    """
    rules = rules or Rules()
    days = np.array([day for day in range(0, len(case.truth), WEEK) if case.total[day] > 0])
    if not len(days) or days[-1] <= AHEAD:
        raise ForecastRefused("too short a case to learn from", case.network.name)
    ways = access(case.network, case.destinations, len(case.truth) - 1)
    daily = daily_shares(case.network, ways, rules)
    arrivals = arrivals_of(case.total)
    true = case.truth[days] / case.total[days][:, None]
    stock = np.cumsum(daily * arrivals[None, :, None], axis=1)[:, days]
    differences = np.abs(share_of(stock) - true).sum(axis=2).mean(axis=1)
    even = Taught(rules=rules, weights=np.full(len(rules), 1 / len(rules)), spread=1.0)

    def unaided(spread: float) -> float:
        begun = from_nothing(replace(even, spread=spread), case.names, draws=DRAWS, seed=seed)
        return _interval_score(share_of(begun.after(daily, arrivals, days)), true)

    growing = _growing(case)
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    return Lesson(
        name=case.network.name,
        home=case.network.home,
        last=case.network.start + timedelta(days=case.network.days - 1),
        differences=differences,
        spreads=np.array([unaided(spread) for spread in SPREADS]),
        reporting=_reporting(case, daily, arrivals, even, seed),
        missed=np.abs(np.expm1(-growing)).mean(axis=1),
        errors=np.quantile(growing, levels, axis=1).T,
    )


def _reporting(case: History, daily: Floats, arrivals: Floats, even: Taught, seed: int) -> Floats:
    origins = [at for at in range(0, len(case.truth) - AHEAD, EVERY) if case.total[at + AHEAD] > 0]
    scores = np.zeros((len(SPREADS), len(REGISTRATIONS)))
    for origin in origins:
        past, seen = daily[:, : origin + 1], arrivals[: origin + 1]
        reported = compared(past, seen, known_by(case.reports, origin))
        true = case.truth[origin + AHEAD] / case.total[origin + AHEAD]
        coming = arrivals[origin + 1 : origin + AHEAD + 1]
        for at in np.ndindex(scores.shape):
            taught = replace(even, spread=SPREADS[at[0]], registration=REGISTRATIONS[at[1]])
            carried = from_reports(
                past, seen, reported, taught, case.names, draws=DRAWS // 2, seed=seed
            )
            found = carried.after(past[:, -1:], coming, np.array([AHEAD - 1]))
            scores[at] += _interval_score(share_of(found), true[None]) / len(origins)
    return scores


def _growing(case: History) -> Floats:
    """Give logarithms of true totals over expected ones, shape (growth, origin)."""
    origins = [
        at for at in range(WEEK, len(case.truth) - AHEAD, WEEK)
        if case.total[at + AHEAD] > 0 and last_reported(known_by(case.reports, at))[0].sum() > 0
    ]  # fmt: skip
    if not origins:
        raise ForecastRefused("nothing was ever reported", case.network.name)
    return np.array([
        [np.log(case.total[at + AHEAD] / expected_total(case.reports, at, AHEAD, growth))
         for at in origins]
        for growth in GROWTHS
    ])  # fmt: skip


def train(
    cases: Sequence[History],
    *,
    citation: str = "",
    licence: str = "",
    progress: Callable[[str], None] = lambda _step: None,
    seed: int = 0,
) -> Lessons:
    """Learn from some cases.

    Parameters
    ----------
    cases : sequence of History
    citation, licence : str
        How to cite where the cases are from, and on which terms they were had.
    progress : callable
        Told each case as it begins.
    seed : int

    Raises
    ------
    ForecastRefused
        If one of them is too short.
    """
    lessons = []
    for case in cases:
        progress(f"learning from {case.network.name}")
        lessons.append(lesson(case, seed=seed))
    read = digest("cases", [case.digest for case in cases])
    about = Provenance(digest=read, citation=citation, licence=licence)
    return Lessons(rules=Rules(), each=tuple(lessons), provenance=about)


def share_of(people: Floats) -> Floats:
    """Give people as shares of the last axis; evenly where there is nobody."""
    whole = people.sum(axis=-1, keepdims=True)
    even = np.full_like(people, 1 / people.shape[-1])
    shared: Floats = np.divide(people, whole, out=even, where=whole > 0)
    return shared


def _interval_score(members: Floats, true: Floats) -> float:
    """Mean over days of the 90 % interval score, summed over destinations."""
    low, high = np.quantile(members, [0.05, 0.95], axis=0)
    missed = np.maximum(low - true, 0) + np.maximum(true - high, 0)
    return float((high - low + missed / 0.05).sum(axis=-1).mean())
