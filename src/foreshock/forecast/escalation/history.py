"""The past of many series, and its exponentially weighted means: what every filter starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import QuantityError
from foreshock.core.series import DailySeries
from foreshock.forecast.compiling import compiled

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

HALF_LIVES = (2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 20.0, 28.0, 40.0, 60.0, 90.0, 180.0)
"""Days after which a day weighs half: from a skirmish's memory to that of half a year."""

_AT = {half_life: index for index, half_life in enumerate(HALF_LIVES)}

LEAST_CAP = 30.0
CAP_TIMES = 6.0
"""Deaths of one day count up to `CAP_TIMES` the usual day, and at least up to `LEAST_CAP`, where a
level is estimated: one massacre says little about the next fortnight."""


@dataclass(frozen=True, eq=False)
class History:
    """Daily counts, deaths and breadth of many series, from a first day to the last observed one.

    Parameters
    ----------
    series : DailySeries
        Counts of events and deaths.
    breadth : ndarray, shape (day, series), optional
        In how many places (half-degree cells) something happened. Where it is not told, whether
        anything happened: 0 or 1.

    Examples
    --------
    >>> calm = DailySeries(date(2031, 5, 1), ("a",), [[0], [2], [0]], [[0.0], [5.0], [0.0]])
    >>> History(calm).level("counts", 2.0)[:, 0].round(3).tolist()
    [0.0, 1.172, 0.641]
    """

    series: DailySeries
    breadth: Floats | None = None

    def __post_init__(self) -> None:
        """Refuse a breadth that cannot be: of another shape, or more places than events."""
        if self.breadth is None:
            return
        if self.breadth.shape != self.series.counts.shape:
            raise QuantityError(
                f"breadth has the shape {self.breadth.shape}",
                expected=f"{self.series.counts.shape}",
            )
        if not bool(((self.breadth >= 0) & (self.breadth <= self.series.counts)).all()):
            raise QuantityError("more places than events on a day", expected="at most one an event")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the series."""
        return self.series.names

    @property
    def counts(self) -> Counts:
        """Events by day and series."""
        return self.series.counts

    @property
    def deaths(self) -> Floats:
        """Deaths by day and series."""
        return self.series.deaths

    @property
    def days(self) -> int:
        """How many days were observed."""
        return self.series.days

    @property
    def last(self) -> date:
        """The last observed day: forecasts start on the day after it."""
        return self.series.last

    def until(self, day: date) -> History:
        """Give what had happened by the end of a day; nothing later can be seen in it."""
        row = self.series.row(day) + 1
        breadth = None if self.breadth is None else self.breadth[:row]
        return History(self.series.until(day), breadth)

    def select(self, names: Sequence[str]) -> History:
        """Give some of the series."""
        columns = [self.series.column(name) for name in names]
        breadth = None if self.breadth is None else self.breadth[:, columns]
        return History(self.series.select(names), breadth)

    @cached_property
    def so_far(self) -> Counts:
        """Events up to and including each day."""
        return np.cumsum(self.counts, axis=0)

    @cached_property
    def quiet_days(self) -> Floats:
        """Days since the last event, by day and series; counted from the first day if none yet."""
        row = np.arange(self.days)[:, None]
        last = np.maximum.accumulate(np.where(self.counts > 0, row, -1), axis=0)
        return (row - last).astype(np.float64)

    @cached_property
    def _levels(self) -> dict[str, Floats]:
        return {}

    def level(self, kind: str, half_life: float) -> Floats:
        r"""Exponentially weighted mean a day, using no later day than its own.

        .. math:: \bar y_t = \frac{\sum_{k \ge 0} \lambda^k y_{t-k}}{\sum_{k \ge 0} \lambda^k},
                  \qquad \lambda = 2^{-1/\text{half-life}}

        with sums over the observed days only, so that a short past is not taken for a quiet one.

        Parameters
        ----------
        kind : str
            ``"counts"``, ``"deaths"``, ``"capped"`` (deaths, see `LEAST_CAP`), ``"roots"`` (the
            mean of square roots of deaths, squared), ``"active"`` (whether anything happened) or
            ``"breadth"``.
        half_life : float
            One of `HALF_LIVES`.

        Returns
        -------
        ndarray, shape (day, series)
            Events, deaths, active days or places a day, 0 or more.

        Raises
        ------
        QuantityError
            If no level is of that kind.
        """
        if half_life not in _AT:
            raise QuantityError(
                f"no level of a half-life of {half_life} days",
                expected="one of " + ", ".join(f"{each:g}" for each in HALF_LIVES),
            )
        if kind not in self._levels:
            self._levels[kind] = self._averaged(kind)
        found: Floats = self._levels[kind][_AT[half_life]]
        return found

    def _averaged(self, kind: str) -> Floats:
        match kind:
            case "counts":
                return averages(self.counts)
            case "deaths":
                return averages(self.deaths)
            case "capped":
                return averages(capped(self.deaths))
            case "roots":
                return averages(np.sqrt(self.deaths)) ** 2
            case "active":
                return averages(self.counts > 0)
            case "breadth":
                return averages(self.counts > 0 if self.breadth is None else self.breadth)
        raise QuantityError(f"no level of {kind!r}")


def averages(values: NDArray[np.generic]) -> Floats:
    r"""Exponentially weighted means of every half-life.

    Parameters
    ----------
    values : ndarray, shape (day, series)

    Returns
    -------
    ndarray, shape (half-life, day, series)
        For each of `HALF_LIVES` the mean of the days so far, the last of them included; see
        `History.level` for the formula.

    Examples
    --------
    >>> averages(np.array([[0.0], [2.0], [0.0]]))[0, :, 0].round(3).tolist()
    [0.0, 1.172, 0.641]
    """
    keep = np.array([0.5 ** (1 / half_life) for half_life in HALF_LIVES])
    return _averages(np.ascontiguousarray(values, dtype=np.float64), keep)


@compiled
def _averages(daily: Floats, keep: Floats) -> Floats:
    days, series = daily.shape
    out = np.empty((len(keep), days, series))
    for h in range(len(keep)):
        total, weight = np.zeros(series), 0.0
        for t in range(days):
            weight = keep[h] * weight + 1.0
            for i in range(series):
                total[i] = keep[h] * total[i] + daily[t, i]
                out[h, t, i] = total[i] / weight
    return out


def capped(deaths: Floats, half_life: float = 90.0) -> Floats:
    """Cap each day's deaths at a multiple of the usual day of its series so far.

    The usual day is the exponentially weighted mean of the capped days on which anybody died, so
    that the cap follows the scale of a war and one day moves it little.

    Examples
    --------
    >>> capped(np.array([[3.0], [8000.0], [4.0]]))[:, 0].tolist()
    [3.0, 30.0, 4.0]
    """
    return _capped(np.ascontiguousarray(deaths, dtype=np.float64), 0.5 ** (1 / half_life))


@compiled
def _capped(deaths: Floats, keep: float) -> Floats:
    out = np.empty_like(deaths)
    for i in range(deaths.shape[1]):
        usual, weight = 0.0, 0.0
        for t in range(deaths.shape[0]):
            most = LEAST_CAP if weight == 0.0 else max(LEAST_CAP, CAP_TIMES * (usual / weight))
            out[t, i] = min(deaths[t, i], most)
            if out[t, i] > 0.0:
                usual, weight = keep * usual + out[t, i], keep * weight + 1.0
    return out
