"""How many leave: futures of a running total, from every history of counts that fits together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.running_total import History, rounding_spread
from foreshock.core.displacement import Total
from foreshock.core.ensemble import Ensemble
from foreshock.core.outlook import Outlook
from foreshock.core.random import stream
from foreshock.forecast.displacement.arrivals.daily import Interval, departures
from foreshock.forecast.displacement.arrivals.prior import Taught
from foreshock.forecast.displacement.arrivals.simple_days import simple_departures
from foreshock.forecast.fighting import fighting_ahead


@dataclass(frozen=True, eq=False)
class Supposed:
    """By what the number who leave in a day is multiplied, in a what-if.

    Parameters
    ----------
    first : datetime.date
        First day on which anything can be supposed: the day after the as-of.
    factor : ndarray, shape (member, day)
        0 or more. Before the first day it is 1; after its last one that day's goes on.

    Examples
    --------
    >>> halved = Supposed(date(2031, 5, 3), np.array([[1.0, 0.5]]))
    >>> halved.on_days(date(2031, 5, 1), date(2031, 5, 6)).tolist()
    [[1.0, 1.0, 1.0, 0.5, 0.5, 0.5]]
    """

    first: date
    factor: NDArray[np.float64]

    def on_days(self, first: date, last: date) -> NDArray[np.float64]:
        """Give the factors of the days from one to another, both included."""
        at = np.arange((last - first).days + 1) - (self.first - first).days
        known = self.factor[:, np.clip(at, 0, self.factor.shape[1] - 1)]
        found: NDArray[np.float64] = np.where(at < 0, 1.0, known)
        return found


@dataclass(frozen=True, eq=False)
class _Part:
    """Futures of one history of counts."""

    start: float
    leaving: NDArray[np.float64]
    simple: dict[str, NDArray[np.float64]]


def leaving(
    told: Sequence[History],
    last: date,
    taught: Taught,
    members: int,
    seed: int,
    escalation: Outlook | None,
    people: float | None = None,
    supposed: Supposed | None = None,
) -> tuple[Ensemble, dict[str, Ensemble], NDArray[np.float64]]:
    """Draw how many leave each day, in each history that the counts allow, by its weight.

    Parameters
    ----------
    told : sequence of History
    last : datetime.date
        Last day to forecast.
    taught : Taught
    members, seed : int
    escalation : Outlook or None
        Futures of the fighting.
    people : float, optional
        Who live in the area: the more of them have left, the fewer are left to go.
    supposed : Supposed, optional
        Of a what-if. Without it, or where all of it is 1, the forecast.

    Returns
    -------
    leaving : Ensemble
        From the day after the oldest of the newest counts on.
    simple : mapping of str to Ensemble
    start : ndarray, shape (member,)
        Running total at the end of the day before.
    """
    first = min(each.totals[-1].day for each in told) + timedelta(days=1)
    ends = np.rint(np.cumsum([each.weight for each in told]) * members).astype(int)
    parts, begin = [], 0
    for number, (history, end) in enumerate(zip(told, ends, strict=True)):
        if end > begin:
            fighting = fighting_ahead(escalation, slice(begin, end), history.totals[-1].day, last)
            part = _part(history, first, last, taught, end - begin, (seed, number), fighting)
            if supposed is not None:
                factor = supposed.on_days(first, last)[begin:end]
                part = replace(part, leaving=part.leaving * factor)
            parts.append(part if people is None else _bounded(part, people))
        begin = end

    def ensemble(values: Sequence[NDArray[np.float64]]) -> Ensemble:
        return Ensemble(np.concatenate(values)[:, :, None], first, ("",), "leaving")

    start = np.concatenate([np.full(len(part.leaving), part.start) for part in parts])
    simple = {name: ensemble([part.simple[name] for part in parts]) for name in parts[0].simple}
    return ensemble([part.leaving for part in parts]), simple, start


def _part(
    history: History,
    first: date,
    last: date,
    taught: Taught,
    members: int,
    seeds: tuple[int, int],
    fighting: NDArray[np.float64] | None,
) -> _Part:
    past = intervals(history.totals)
    newest = history.totals[-1]
    begins = newest.day + timedelta(days=1)
    days = (last - newest.day).days
    seed = int(stream(seeds[0], "history", seeds[1]).integers(2**31))
    ahead = departures(
        past, taught, first=begins, days=days, members=members, seed=seed, fighting=fighting
    )
    simple = simple_departures(past, first=begins, days=days, members=members, seed=seed)
    # A rival count that reaches further: the days up to it are spread evenly over its interval.
    known = (begins - first).days
    rate = past[-1].people / ((past[-1].last - past[-1].first).days + 1)
    before = np.full((members, known), rate)
    return _Part(
        start=newest.people - known * rate,
        leaving=np.hstack([before, ahead]),
        simple={name: np.hstack([before, each]) for name, each in simple.items()},
    )


def _bounded(part: _Part, people: float) -> _Part:
    """Let nobody leave twice: of those who stay, the share that a day's drive would take goes."""
    left = max(people - part.start, 0.0)
    return replace(
        part,
        leaving=thinned(part.leaving, left),
        simple={name: thinned(each, left) for name, each in part.simple.items()},
    )


def thinned(leaving: NDArray[np.float64], people: float) -> NDArray[np.float64]:
    r"""Bound how many leave by how many are there.

    Each of N people leaves with the hazard that a day's number would be of all of them, so after
    numbers with the sum S :math:`N (1 - e^{-S/N})` have left: nearly S while it is small.

    Parameters
    ----------
    leaving : ndarray, shape (member, day)
    people : float

    Examples
    --------
    >>> thinned(np.array([[10.0, 10.0, 1e9]]), 1000.0).round(1).tolist()
    [[10.0, 9.9, 980.2]]
    """
    if people <= 0:
        return np.zeros_like(leaving)
    gone = people * -np.expm1(-np.cumsum(leaving, axis=1) / people)
    daily: NDArray[np.float64] = np.diff(gone, axis=1, prepend=0.0)
    return np.maximum(daily, 0.0)


def intervals(told: Sequence[Total]) -> list[Interval]:
    """Turn running totals into people newly displaced between one count and the next.

    Examples
    --------
    >>> told = [Total(day=date(2031, 5, 1), people=100_000.0),
    ...         Total(day=date(2031, 5, 11), people=150_000.0)]
    >>> [(each.first.isoformat(), each.people, round(each.spread, 2)) for each in intervals(told)]
    [('2031-05-02', 50000.0, 0.08)]
    """
    found = []
    for early, late in pairwise(told):
        if late.day > early.day:
            people = max(0.0, late.people - early.people)
            found.append(
                Interval(
                    first=early.day + timedelta(days=1),
                    last=late.day,
                    people=people,
                    spread=rounding_spread(early.people, late.people) / max(people, 1.0),
                )
            )
    return found
