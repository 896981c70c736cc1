r"""Bayesian averaging of exponentially weighted negative binomial filters, series by series.

Every filter says that the next window goes on at a level that forgets with its half-life, with its
own spread. How well each foretold the windows that are over is its weight, per series: a series
that jumps is followed fast, a steady one slowly. Weights start from how the filters did over all
series (`West & Harrison 1997, doi:10.1007/b98971`, ch. 12, with power discounting of the past as in
Raftery et al. 2010, doi:10.1198/TECH.2009.08104).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.negative_binomial import Mixture, log_pmf

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

SPREADS = ((0.3, 0.02), (0.3, 0.1), (1.0, 0.05), (1.0, 0.15), (2.5, 0.1), (0.0, 0.4))
DEATH_SPREADS = ((3.0, 0.3), (3.0, 1.0), (8.0, 0.5), (8.0, 2.0), (20.0, 1.0), (3.0, 3.0))
"""Linear and quadratic excess variance of the filters: :math:`v = m (1 + f) + a m^2`."""

FILTER_HALF_LIVES = (4.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 60.0)
FLOOR = 0.003
START = 30
"""Days before the first window that is foretold: a level needs a past."""

REACH = 1461
"""Days back to which windows count; at a memory of 120 days, older ones weigh 1 in 4,000."""


@dataclass(frozen=True, slots=True)
class Averaging:
    """How filters are averaged.

    Parameters
    ----------
    memory : float
        Days after which a foretold window weighs half.
    prior_windows : float
        The record over all series weighs as much as so many windows of a series' own.
    most_windows : float
        A single series adds at most so many windows to the record over all series.
    least_events : int
        Windows count once a series has so many events.
    """

    memory: float = 120.0
    prior_windows: float = 30.0
    most_windows: float = 30.0
    least_events: int = 5


@dataclass(frozen=True, eq=False)
class FilterBank:
    """Forecasts of every filter for one horizon, and how each did.

    Parameters
    ----------
    mean, size : ndarray, shape (day, filter, series)
        What each filter says at the end of each day of the days after it.
    record : ndarray, shape (day, filter, series)
        Log probability that it gave to what then came; 0 where the window is not over.
    horizon : int
        Days of a window.
    first : int
        Row of the history that the first row here is of: no more days are kept than count.
    """

    mean: Floats
    size: Floats
    record: Floats
    horizon: int
    first: int = 0

    @classmethod
    def of(cls, history: History, measure: str, horizon: int) -> FilterBank:
        """Run every filter over a past.

        Parameters
        ----------
        history : History
        measure : {'events', 'deaths'}
        horizon : int
            Days of a window.

        Examples
        --------
        >>> from datetime import date
        >>> from foreshock.core.random import stream
        >>> from foreshock.core.series import DailySeries
        >>> counts = stream(7, "example").poisson(2.0, (120, 1))
        >>> past = History(DailySeries(date(2031, 5, 1), ("gondal>ruritania",), counts, counts))
        >>> week = FilterBank.of(past, "events", 7).forecast(past, 119, np.array([0]), Averaging())
        >>> bool(11 < week.expected[0] < 17)
        True
        """
        kind, spreads = ("counts", SPREADS) if measure == "events" else ("capped", DEATH_SPREADS)
        first = max(0, history.days - REACH - horizon)
        levels = [history.level(kind, half_life)[first:] for half_life in FILTER_HALF_LIVES]
        mean = np.maximum(np.stack(levels, axis=1), FLOOR) * horizon
        linear, quadratic = np.array(spreads).T
        means = np.repeat(mean, len(spreads), axis=1)
        at = np.tile(np.arange(len(spreads)), len(levels))
        sizes = means / (linear[at, None] + quadratic[at, None] * means)
        totals = window_totals(history, measure, horizon)[first:]
        record = np.zeros_like(means)
        told = slice(max(START - first, 0), len(totals))
        if told.stop > told.start:
            record[told] = log_pmf(totals[told][:, None, :], means[told], sizes[told])
            record[told] *= (history.so_far[first:][told] >= 1)[:, None, :]
        return cls(means, sizes, record, horizon, first)

    def forecast(self, history: History, day: int, columns: Rows, averaging: Averaging) -> Mixture:
        """Average the filters for some series, as of the end of a day.

        Parameters
        ----------
        history : History
            That of which the bank is made; of its days after the day nothing is looked at.
        day : int
            Row of the day.
        columns : ndarray of int, shape (case,)
            Series to forecast; the record over all series is that of the whole bank.
        averaging : Averaging

        Returns
        -------
        Mixture
            One component a filter; weights below 1 in 10,000 are 0.
        """
        end = max(day - self.horizon + 1, START)
        over = np.arange(max(START, self.first, end - REACH), end)
        fade = 0.5 ** ((day - self.horizon - over) / averaging.memory)
        counts = history.so_far[over] >= averaging.least_events
        weighed = fade[:, None] * counts
        # Overlapping windows tell the same: a horizon's worth of days is one window.
        own = np.einsum("ts,tfs->fs", weighed, self.record[over - self.first]) / self.horizon
        windows = weighed.sum(axis=0) / self.horizon
        share = np.minimum(1.0, averaging.most_windows / np.maximum(windows, 1e-9))
        common = (own * share).sum(axis=1) / max(float((windows * share).sum()), 1e-9)
        score = own[:, columns] + averaging.prior_windows * common[:, None]
        weight = np.exp(score - score.max(axis=0))
        weight /= weight.sum(axis=0)
        weight[weight < 1e-4] = 0.0  # too little to be seen in any quantile, and slow to add up
        weight /= weight.sum(axis=0)
        row = day - self.first
        return Mixture(weight.T, self.mean[row][:, columns].T, self.size[row][:, columns].T)


def window_totals(history: History, measure: str, horizon: int) -> Floats:
    """Totals of the days after each day, of those windows that are over.

    Returns
    -------
    ndarray, shape (days - horizon, series)
        Row t holds the total of the days t + 1 to t + horizon; deaths of a day are rounded first.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> days = DailySeries(date(2031, 5, 1), ("a",), [[1], [2], [0], [4]], [[0.0]] * 4)
    >>> window_totals(History(days), "events", 2)[:, 0].tolist()
    [2.0, 4.0]
    """
    values = history.counts if measure == "events" else np.round(history.deaths)
    so_far = np.cumsum(values, axis=0, dtype=np.float64)
    return so_far[horizon:] - so_far[:-horizon]
