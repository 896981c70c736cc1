"""Simple methods for people newly displaced by day: what any forecast of them has to beat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.random import stream
from foreshock.forecast.displacement.arrivals.daily import Interval, counted_before

Floats = NDArray[np.float64]

BLOCK = 7
"""Days of the past that are drawn together, as flight comes in bursts."""


def simple_departures(
    past: Sequence[Interval], *, first: date, days: int, members: int, seed: int
) -> dict[str, Floats]:
    """Draw how many are newly displaced on each day, by methods without parameters.

    Returns
    -------
    dict of str to ndarray, shape (member, day)
        ``last rate``: the rate of the last count goes on. ``mean rate``: that of all counts so far
        does. Both are Poisson numbers, so they claim to know the rate. ``past weeks``: weeks of the
        past, drawn anew with replacement (Künsch 1989, doi:10.1214/aos/1176347265).

    Raises
    ------
    ForecastRefused
        If nothing was counted before, or counts overlap or reach into the forecast.

    Examples
    --------
    >>> counted = [Interval(first=date(2031, 5, 1), last=date(2031, 5, 10), people=1000, spread=0),
    ...            Interval(first=date(2031, 5, 11), last=date(2031, 5, 15), people=5000, spread=0)]
    >>> found = simple_departures(counted, first=date(2031, 5, 16), days=7, members=500, seed=7)
    >>> {name: round(float(each.mean()), -1) for name, each in found.items()}
    {'last rate': 1000.0, 'mean rate': 400.0, 'past weeks': 410.0}
    """
    known = counted_before(past, first)
    daily = np.concatenate([np.full(each.days, each.people / each.days) for each in known])
    random = stream(seed, "simple departures")
    blocks = -(-days // BLOCK)
    starts = random.integers(0, len(daily), (members, blocks))
    at = (starts[:, :, None] + np.arange(BLOCK)) % len(daily)
    return {
        "last rate": random.poisson(daily[-1], (members, days)).astype(np.float64),
        "mean rate": random.poisson(daily.mean(), (members, days)).astype(np.float64),
        "past weeks": daily[at].reshape(members, -1)[:, :days],
    }
