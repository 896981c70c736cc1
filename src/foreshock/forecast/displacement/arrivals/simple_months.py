"""Simple forecasts of monthly arrivals, which anything better has to beat.

Each gives equally likely numbers of people, as many as it has: a place's last month is one. Where a
place was never listed, none of them speaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from foreshock.core.months import MonthlyCounts

Floats = NDArray[np.float64]
Members = dict[tuple[int, int], Floats]
"""Equally likely people by months ahead (from 1) and column of the place."""

YEAR = 12
QUARTER = 3


def last_month(past: MonthlyCounts, months: int, _members: int) -> Members:
    """Say that what was last listed comes again."""
    return _alike(past, months, lambda listed, _recent: listed[-1:])


def conflictology(past: MonthlyCounts, months: int, _members: int) -> Members:
    """Draw from the listed ones of the last twelve months; from all, where none of them is.

    Hegre et al. 2025, arXiv:2407.11045.
    """
    return _alike(past, months, lambda listed, recent: recent if len(recent) else listed)


def climatology(past: MonthlyCounts, months: int, _members: int) -> Members:
    """Draw from all months that were ever listed."""
    return _alike(past, months, lambda listed, _recent: listed)


def log_autoregression(past: MonthlyCounts, months: int, members: int) -> Members:
    """Regress logarithms on the last listed month and the means of the last 3 and 12.

    Least squares over all places and months, once for each number of months ahead; errors are taken
    for normal and as wide everywhere.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.random import stream
    >>> people = np.exp(stream(7, "simple").normal(7, 1, (30, 4)))
    >>> past = MonthlyCounts(date(2031, 1, 1), ("a", "b", "c", "d"), people)
    >>> found = log_autoregression(past, 1, 100)[1, 0]
    >>> len(found), bool(500 < np.median(found) < 2500)
    (100, True)
    """
    logarithms = np.log1p(past.people)
    rows, places = logarithms.shape
    told = {
        (row, place): features
        for row in range(rows)
        for place in range(places)
        if (features := _features(logarithms[: row + 1, place])) is not None
    }
    standard = norm.ppf((np.arange(members) + 0.5) / members)
    found: Members = {}
    for ahead in range(1, months + 1):
        pairs = [
            (features, logarithms[row + ahead, place])
            for (row, place), features in told.items()
            if row + ahead < rows and np.isfinite(logarithms[row + ahead, place])
        ]
        if len(pairs) <= 2 * (YEAR // QUARTER):
            continue
        before, after = np.array([b for b, _ in pairs]), np.array([a for _, a in pairs])
        weights = np.linalg.lstsq(before, after, rcond=None)[0]
        errors = after - before @ weights
        scale = np.sqrt((errors**2).sum() / (len(after) - len(weights)))
        for place in range(places):
            if (rows - 1, place) in told:
                middle = told[rows - 1, place] @ weights
                found[ahead, place] = np.expm1(np.maximum(middle + scale * standard, 0))
    return found


def conflictology_and_regression(past: MonthlyCounts, months: int, members: int) -> Members:
    """Give both equal weight: as many members of each, each drawn evenly from its quantiles."""
    both = conflictology(past, months, members), log_autoregression(past, months, members)
    levels = (np.arange(members) + 0.5) / members
    return {
        cell: np.sort(
            np.concatenate(
                [np.quantile(each[cell], levels, method="inverted_cdf") for each in both]
            )
        )
        for cell in both[1]
    }


@dataclass(frozen=True, slots=True)
class Simple:
    """A simple method by its name."""

    name: str
    forecast: Callable[[MonthlyCounts, int, int], Members]


LOG_AR = "pooled log-AR"
SIMPLE = (
    Simple("last month", last_month),
    Simple("conflictology, 12 months", conflictology),
    Simple("climatology", climatology),
    Simple(LOG_AR, log_autoregression),
    Simple("conflictology and log-AR", conflictology_and_regression),
)


def _alike(past: MonthlyCounts, months: int, draws: Callable[[Floats, Floats], Floats]) -> Members:
    """Give every month ahead the same draws from what was listed, ever and in the last year."""
    found: Members = {}
    for place in range(len(past.places)):
        whole = past.people[:, place]
        listed, recent = (each[np.isfinite(each)] for each in (whole, whole[-YEAR:]))
        if len(listed):
            members = np.sort(draws(listed, recent))
            found |= {(ahead, place): members for ahead in range(1, months + 1)}
    return found


def _features(logarithms: Floats) -> Floats | None:
    listed = logarithms[np.isfinite(logarithms)]
    if not len(listed):
        return None
    return np.array([1.0, listed[-1], listed[-QUARTER:].mean(), listed[-YEAR:].mean()])
