"""Totals: how many there will be in all camps together, from the case's own reports alone.

A plain rule: next month brings a share of what last month's reports added, and the logarithm of the
error is drawn from what this rule got wrong in other cases, registrations that found other numbers
included. Who can tell arrivals better passes his own ensemble on to `stocks.Carried.after`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foreshock.core.network import Reports
from foreshock.core.random import stream
from foreshock.forecast.displacement.destinations.history import (
    arrivals_of,
    known_by,
    last_reported,
)
from foreshock.forecast.displacement.destinations.taught import Taught

Floats = NDArray[np.float64]

MONTH = 30


def expected_total(reports: Sequence[Reports], origin: int, ahead: int, growth: float) -> float:
    """Expect the total some days after an origin.

    Parameters
    ----------
    reports : sequence of Reports
    origin : int
        What was published after it has no effect.
    ahead : int
        Days from the origin.
    growth : float
        Share of the last month's reported arrivals that a month to come brings.

    Examples
    --------
    >>> camp = Reports(days=np.array([0, 40]), people=np.array([100.0, 160.0]))
    >>> expected_total([camp], 45, 30, growth=0.5)
    190.0
    """
    now = float(last_reported(known_by(reports, origin))[0].sum())
    back = min(MONTH, origin)
    before = float(last_reported(known_by(reports, origin - back))[0].sum())
    rate = max(now - before, 0.0) / max(back, 1)
    return now + growth * rate * ahead


def draw_total(
    reports: Sequence[Reports], origin: int, ahead: int, taught: Taught, *, draws: int, seed: int
) -> Floats:
    """Draw the total some days after an origin, shape (draw,)."""
    expected = expected_total(reports, origin, ahead, taught.growth)
    level = (stream(seed, "destinations", "total").random() + np.arange(draws)) / draws
    errors = np.interp(level, np.linspace(0, 1, len(taught.errors)), taught.errors)
    mixed: Floats = stream(seed, "destinations", "order of totals").permutation(errors)
    return expected * np.exp(mixed)


def reported_arrivals(reports: Sequence[Reports], origin: int) -> Floats:
    """Give arrivals by day up to an origin as reports published by then tell them.

    Between two reports of a camp people come evenly; after the last, nobody is known to.

    Returns
    -------
    ndarray, shape (day,)
        From day 0 to the origin.

    Examples
    --------
    >>> camp = Reports(days=np.array([0, 2, 9]), people=np.array([10.0, 30.0, 99.0]))
    >>> reported_arrivals([camp], 4).tolist()
    [10.0, 10.0, 10.0, 0.0, 0.0]
    """
    days = np.arange(origin + 1)
    total = np.zeros(origin + 1)
    for each in known_by(reports, origin):
        if len(each.days):
            total += np.interp(days, each.days, each.people, left=0.0)
    return arrivals_of(total)
