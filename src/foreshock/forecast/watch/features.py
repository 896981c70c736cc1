r"""What a country's history says of its next months: features of every country at every month.

All of them are functions of the months up to and with their own, so none can see ahead. Deaths
enter as :math:`\ln(1 + y)`, for they are spread over five powers of ten. Months in which a country
did not exist are left out of its means; they are not months of peace.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NEVER = 500.0
"""Months since something that has not happened yet."""

RECENT = "the last three months"
YEAR = "the year behind"
PAST = "the years before"
AGO = "how long it has been quiet"
WORLD = "how much fighting there is in the world"
PARTS = (RECENT, YEAR, PAST, AGO, WORLD)
"""What features are about, in words; a forecast is made without one part to see what it carries."""


class Features(NamedTuple):
    """Features of every country at every month.

    Parameters
    ----------
    values : ndarray of float32, shape (unit, month, feature)
    names, parts : tuple of str
        Name of each feature, and what it is about (one of `PARTS`).
    level : ndarray, shape (unit, month)
        The country's usual deaths a month: the geometric mean of one more than those of the last
        twelve, less one. How many die is told in multiples of it.
    """

    values: NDArray[np.float32]
    names: tuple[str, ...]
    parts: tuple[str, ...]
    level: Floats

    def column(self, name: str) -> int:
        """Find a feature by its name."""
        return self.names.index(name)

    def without(self, part: str) -> Features:
        """Give the same with one part taken away: its features say nothing any more."""
        gone = np.array([each == part for each in self.parts])
        return self._replace(values=np.where(gone, np.float32(0), self.values))


def features(deaths: Floats) -> Features:
    """Work out the features of a panel.

    Parameters
    ----------
    deaths : ndarray, shape (unit, month)
        0 or more; not a number where the country did not exist or nobody reported.

    Examples
    --------
    >>> quiet, war = [0.0] * 24, [0.0] * 20 + [5.0, 0.0, 30.0, 90.0]
    >>> made = features(np.array([quiet, war]))
    >>> made.values.shape == (2, 24, len(made.names))
    True
    >>> made.values[:, -1, made.column("mean 3")].round(1)  # ln(1 + 40)
    array([0. , 3.7], dtype=float32)
    >>> made.values[:, -1, made.column("since any")].round(1)  # ln(1 + 500), ln(1 + 0)
    array([6.2, 0. ], dtype=float32)
    """
    known = np.isfinite(deaths)
    count = np.where(known, deaths, 0.0)
    log = np.log1p(count)
    mean = _Means(known)
    any_, deadly = (count > 0) & known, (count >= 25) & known
    columns: dict[str, tuple[str, Floats]] = {}

    def put(part: str, name: str, values: Floats) -> None:
        columns[name] = part, values

    put(RECENT, "last", log)
    for back in (1, 2):
        put(RECENT, f"{back} before", _shifted(log, back))
    put(RECENT, "mean 3", np.log1p(mean(count, 3)))
    put(RECENT, "log mean 3", mean(log, 3))

    for months in (6, 12):
        put(YEAR, f"mean {months}", np.log1p(mean(count, months)))
        put(YEAR, f"log mean {months}", mean(log, months))
        put(YEAR, f"share {months}", mean(any_, months))
        put(YEAR, f"largest {months}", _over(log, months, np.max))
    put(YEAR, "smallest 6", _over(log, 6, np.min))
    year = sliding_window_view(_padded(log, 12), 12, axis=1)
    for level, quantile in zip((10, 25, 50, 75, 90), _quantiles(year), strict=True):
        put(YEAR, f"quantile {level}", quantile)
    put(YEAR, "spread 12", _spread(mean, log, 12))
    put(YEAR, "step 12", mean(np.abs(log - _shifted(log, 1)), 12))
    put(YEAR, "last over year", log - mean(log, 12))
    put(YEAR, "quarter over year", np.log1p(mean(count, 3)) - np.log1p(mean(count, 12)))

    for months in (24, 60, 120):
        put(PAST, f"mean {months}", np.log1p(mean(count, months)))
    put(PAST, "log mean 36", mean(log, 36))
    for months in (36, 120):
        put(PAST, f"share {months}", mean(any_, months))
    put(PAST, "share deadly 60", mean(deadly, 60))
    put(PAST, "largest 36", _over(log, 36, np.max))
    for months in (24, 36):
        put(PAST, f"spread {months}", _spread(mean, log, months))
    put(PAST, "step 24", mean(np.abs(log - _shifted(log, 1)), 24))
    put(PAST, "year over five", np.log1p(mean(count, 12)) - np.log1p(mean(count, 60)))
    put(PAST, "all", np.log1p(count.cumsum(axis=1)))

    for name, happened in (("any", any_), ("deadly", deadly), ("hundred", count >= 100)):
        put(AGO, f"since {name}", np.log1p(_since(happened)))

    put(WORLD, "world", np.broadcast_to(np.log1p(mean(count, 6).sum(axis=0)), deaths.shape))
    fighting = (mean(any_, 12) > 0).sum(axis=0)
    put(WORLD, "countries fighting", np.broadcast_to(fighting.astype(float), deaths.shape))
    return Features(
        np.stack([values for _, values in columns.values()], axis=-1).astype(np.float32),
        tuple(columns),
        tuple(part for part, _ in columns.values()),
        np.expm1(mean(log, 12)),
    )


class _Means:
    """Means over the last months in which a country existed; 0 where it did in none of them."""

    def __init__(self, known: NDArray[np.bool_]) -> None:
        self._known = known
        self._many = _running(known)

    def __call__(self, values: NDArray[np.bool_] | Floats, months: int) -> Floats:
        total = _running(np.where(self._known, values, 0.0))
        return _window(total, months) / np.maximum(_window(self._many, months), 1)


def _running(values: NDArray[np.bool_] | Floats) -> Floats:
    return np.pad(np.cumsum(values, axis=1, dtype=np.float64), ((0, 0), (1, 0)))


def _window(running: Floats, months: int) -> Floats:
    stop = np.arange(1, running.shape[1])
    return running[:, stop] - running[:, np.maximum(stop - months, 0)]


def _padded(values: Floats, months: int) -> Floats:
    return np.pad(values, ((0, 0), (months - 1, 0)))


def _shifted(values: Floats, months: int) -> Floats:
    return np.pad(values, ((0, 0), (months, 0)))[:, : values.shape[1]]


def _over(values: Floats, months: int, what: Callable[..., Floats]) -> Floats:
    return what(sliding_window_view(_padded(values, months), months, axis=1), axis=-1)


def _quantiles(windows: Floats) -> Floats:
    return np.quantile(windows, (0.1, 0.25, 0.5, 0.75, 0.9), axis=-1)


def _spread(mean: _Means, log: Floats, months: int) -> Floats:
    return np.sqrt(np.maximum(mean(log**2, months) - mean(log, months) ** 2, 0))


def _since(happened: NDArray[np.bool_]) -> Floats:
    months = np.arange(happened.shape[1])
    last = np.maximum.accumulate(np.where(happened, months, -NEVER), axis=1)
    return np.minimum(months - last, NEVER)
