"""Event study: whether something that is counted by day slows down after certain days.

Acts in the days before each of them are compared with acts in as many days after. Fighting comes in
bursts, and what is decided amid a burst is followed by less of it anyhow; so the same comparison is
made at days drawn at random (placebos), and once more at days as busy beforehand. (Event studies by
count, and why placebos: MacKinlay 1997, *J. Econ. Lit.* 35:13; ranks of random dates as a test:
Fisher 1935, *The Design of Experiments*, ch. 2.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foreshock.core.errors import QuantityError
from foreshock.core.random import stream

PLACEBOS = 1999
"""Drawn sets of days: with the true one they make 2,000, so that a rank tells 0.0005 apart."""

FEWEST_SIGNS, FEWEST_ACTS, FEWEST_STRETCHES = 3, 10, 10
"""With fewer episodes, acts or stretches for placebos nothing is said: in made series without any
effect, ranks of 0.05 came twice too often where six stretches were left, and not where ten were."""

FEWEST_ALIKE = 20
"""With fewer days as busy beforehand, none of them is compared."""

ALIKE = 0.25
"""A day is as busy beforehand if its acts differ by no more than this share, or by one act."""

NORMAL_90 = 1.6448536269514722

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slowing:
    """Acts after some days against acts before them.

    Attributes
    ----------
    span : int
        Days before and days after that were compared; the day itself stands in neither, for nobody
        knows which acts of it came first.
    days : tuple of int
        Rows of the days that were used: the first one of each episode.
    left_out : tuple of int
        Days that belong to an earlier one's episode, or whose comparison was not wholly observed.
    before, after : int
        Acts in all the days before, and in all the days after.
    ratio, low, high : float or None
        After against before, each with half an act more, and its 90 % interval, for counts that
        vary as a negative binomial with the dispersion of the whole series; None without days.
    dispersion : float
        How much more unequal the counts of such spans are than chance makes them: the negative
        binomial's, 0 for Poisson.
    placebos, stretches : int
        Days that a placebo may fall on, and how many comparisons fit among them that share no day:
        neighbouring days are one experience, not two.
    usual : tuple of float, or None
        Median, 5th and 95th percentile of the placebos' ratio.
    rank : float or None
        Share of placebos that slow at least as much, the true days among them: an exact one-sided
        p-value if any day were as good as another. None without placebos.
    rank_alike : float or None
        The same among days as busy beforehand. None if fewer than `FEWEST_ALIKE` are.
    thin : str
        Why this is too little to say anything; empty if it is enough.
    """

    span: int
    days: tuple[int, ...]
    left_out: tuple[int, ...]
    before: int
    after: int
    ratio: float | None
    low: float | None
    high: float | None
    dispersion: float
    placebos: int
    stretches: int
    usual: tuple[float, float, float] | None
    rank: float | None
    rank_alike: float | None
    thin: str


def event_study(
    counts: ArrayLike,
    days: Sequence[int],
    span: int,
    *,
    seed: int = 0,
    placebos: int = PLACEBOS,
) -> Slowing:
    """Compare the days after some days with the days before them.

    Parameters
    ----------
    counts : array_like of int, shape (days,)
        Acts by day, wholly observed.
    days : sequence of int
        Rows of the days in question. One within `span` days of an earlier one belongs to its
        episode.
    span : int
        Days to compare on each side, at least 1.
    seed, placebos : int
        Of the random days, and how many sets of them.

    Returns
    -------
    Slowing
        The same for the same counts, days and seed, in whatever order the days are given.

    Raises
    ------
    QuantityError
        If the span is no number of days.

    Examples
    --------
    >>> quiet_after = [2] * 40 + ([0] * 7 + [2] * 80) * 3
    >>> study = event_study(quiet_after, [39, 126, 213], 7)
    >>> study.before, study.after, study.rank < 0.01, study.thin
    (42, 0, True, '')
    """
    if span < 1:
        raise QuantityError(f"{span} days cannot be compared", expected="a span of 1 day or more")
    series = np.asarray(counts, np.int64)
    before, after = _around(series, span)
    used, left_out = _episodes(days, span, len(series))
    near = {day + step for day in days for step in range(-span, span + 1)}
    free = np.array([d for d in range(span, len(series) - span) if d not in near], np.int64)
    rows = np.array(used, np.int64)
    stretches = _stretches(free, span)
    told = int(before[rows].sum()), int(after[rows].sum())
    dispersion = _dispersion(before[free])
    ratio = low = high = rank = rank_alike = usual = None
    if used:
        ratio, low, high = _ratio(*told, dispersion, len(used))
        drawn = stream(seed, "placebo days", span)
        found = _drawn_ratios(before, after, [free] * len(used), span, drawn, placebos)
        if found is not None:
            middle, least, most = (float(q) for q in np.quantile(found, (0.5, 0.05, 0.95)))
            usual = middle, least, most
            rank = _rank(found, ratio)
        alike = [free[_as_busy(before[free], int(before[day]))] for day in used]
        if min(len(each) for each in alike) >= FEWEST_ALIKE:
            drawn = stream(seed, "placebo days as busy", span)
            found = _drawn_ratios(before, after, alike, span, drawn, placebos)
            rank_alike = None if found is None else _rank(found, ratio)
    return Slowing(
        span=span,
        days=tuple(used),
        left_out=tuple(left_out),
        before=told[0],
        after=told[1],
        ratio=ratio,
        low=low,
        high=high,
        dispersion=dispersion,
        placebos=len(free),
        stretches=stretches,
        usual=usual,
        rank=rank,
        rank_alike=rank_alike,
        thin=_thin(len(used), sum(told), stretches),
    )


def _around(series: Ints, span: int) -> tuple[Ints, Ints]:
    """Give the acts of the days before each day and of those after; 0 where they leave the series.

    Nobody reads those: `_episodes` and the placebos keep away from the ends.
    """
    total = np.concatenate([[0], np.cumsum(series)])
    rows = np.arange(len(series))
    last = len(series)
    before = total[rows] - total[np.maximum(rows - span, 0)]
    after = total[np.minimum(rows + span + 1, last)] - total[np.minimum(rows + 1, last)]
    return before, after


def _episodes(days: Sequence[int], span: int, length: int) -> tuple[list[int], list[int]]:
    used: list[int] = []
    left_out: list[int] = []
    latest = -inf
    for day in sorted(set(days)):
        observed = span <= day < length - span
        (used if observed and day - latest > span else left_out).append(day)
        latest = day if day - latest > span else latest
    return used, left_out


def _stretches(free: Ints, span: int) -> int:
    found, latest = 0, -inf
    for day in free:
        if day - latest > 2 * span:
            found, latest = found + 1, int(day)
    return found


def _dispersion(counts: Ints) -> float:
    """Estimate a negative binomial's dispersion by its moments: (variance − mean) / mean²."""
    if len(counts) < 2 or not counts.any():
        return 0.0
    mean = float(counts.mean())
    return max(0.0, (float(counts.var(ddof=1)) - mean) / mean**2)


def _ratio(before: int, after: int, dispersion: float, days: int) -> tuple[float, float, float]:
    """Give the ratio and its interval: the delta method on the logarithm."""
    middle = log((after + 0.5) / (before + 0.5))
    spread = sqrt(1 / (after + 0.5) + 1 / (before + 0.5) + 2 * dispersion / days)
    low, high = (exp(middle + side * NORMAL_90 * spread) for side in (-1, 1))
    return exp(middle), low, high


def _as_busy(before: Ints, wanted: int) -> NDArray[np.bool_]:
    return np.abs(before - wanted) <= max(1.0, ALIKE * wanted)


def _drawn_ratios(
    before: Ints,
    after: Ints,
    among: Sequence[Ints],
    span: int,
    drawn: np.random.Generator,
    sets: int,
) -> NDArray[np.float64] | None:
    """Give the ratio at each placebo set: a day for each true one, as far apart as episodes are."""
    if not all(len(each) for each in among):
        return None
    if len(among) == 1:
        # Every single day can be tried; drawing would only repeat some.
        (every,) = among
        return np.asarray((after[every] + 0.5) / (before[every] + 0.5), np.float64)
    chosen = _apart([_chooser(each, drawn, sets) for each in among], span)
    if len(chosen) == 0:
        return None
    sums = after[chosen].sum(axis=1) + 0.5, before[chosen].sum(axis=1) + 0.5
    return np.asarray(sums[0] / sums[1], np.float64)


def _chooser(days: Ints, drawn: np.random.Generator, sets: int) -> Callable[[], Ints]:
    return lambda: drawn.choice(days, sets)


def _apart(choosers: Sequence[Callable[[], Ints]], span: int, tries: int = 50) -> Ints:
    """Draw sets until their days lie apart; sets that never do are dropped."""
    sets = np.stack([choose() for choose in choosers], axis=1)
    for _ in range(tries):
        close = (np.diff(np.sort(sets, axis=1), axis=1) <= span).any(axis=1)
        if not close.any():
            return sets
        sets[close] = np.stack([choose() for choose in choosers], axis=1)[close]
    close = (np.diff(np.sort(sets, axis=1), axis=1) <= span).any(axis=1)
    return sets[~close]


def _rank(placebos: NDArray[np.float64], ratio: float) -> float:
    return (1 + int((placebos <= ratio * (1 + 1e-12)).sum())) / (1 + len(placebos))


def _thin(episodes: int, acts: int, stretches: int) -> str:
    if episodes < FEWEST_SIGNS:
        return f"{episodes} of the {FEWEST_SIGNS} episodes that it takes"
    if acts < FEWEST_ACTS:
        return f"{acts} of the {FEWEST_ACTS} acts around them that it takes"
    wanted = max(FEWEST_STRETCHES, 2 * episodes)
    if stretches < wanted:
        return f"{stretches} of the {wanted} stretches without a sign that it takes"
    return ""
