"""Ensembles: many equally likely futures, by member, day and series.

An ensemble is what a model hands on, and all that the rooms after it see of the model: every
answer, fan and score is read off it. Members are exchangeable, so a probability is a share of
members, known to within its Monte Carlo error.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError
from foreshock.core.probability import Probability

if TYPE_CHECKING:
    import xarray

BANDS = (0.5, 0.8, 0.95)
"""Central shares of members that a fan shows."""

WEEK = 7

# What a damaged archive makes its reader raise, RuntimeError for a method that nobody has among it.
_DAMAGE = (ValueError, LookupError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """Central bands of members by day.

    Parameters
    ----------
    bands : tuple of float
        Share of members within each band, widest last.
    median : ndarray, shape (day, series)
    low, high : ndarray, shape (band, day, series)
        In the ensemble's units (acts or persons, a day or altogether).
    """

    bands: tuple[float, ...]
    median: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """Many equally likely futures of some daily series.

    Parameters
    ----------
    values : ndarray of int or float, shape (member, day, series)
        What each member holds for each day: a number of acts, or of persons; finite, at least 0.
    first : datetime.date
        The first day, in UTC: the day after the as-of.
    series : tuple of str
        Names of the series, ``"gondal>ruritania"`` for what Gondal does to Ruritania.
    variable : str
        What is counted: ``"events"`` or ``"deaths"``.
    largest : ndarray, shape (member, day, series), optional
        The part of the day's value that falls on its largest single incident, where the model
        tells incidents apart.

    Raises
    ------
    EnsembleError
        If shapes and names do not fit, or a value is negative or not a number.

    Examples
    --------
    >>> from foreshock.core.random import stream
    >>> counts = stream(7, "example").poisson(0.5, (1000, 14, 2))
    >>> ensemble = Ensemble(counts, date(2031, 4, 16), ("gondal>ruritania", "ruritania>gondal"),
    ...                     "events")
    >>> ensemble.shape, ensemble.last.isoformat()
    ((1000, 14, 2), '2031-04-29')
    >>> ensemble.quantiles([0.05, 0.5, 0.95], horizon=7).tolist()
    [[1.0, 1.0], [3.0, 3.0], [7.0, 7.0]]
    >>> ensemble.at_least(5, horizon=7, series="gondal>ruritania").value
    0.26
    >>> ensemble.quiet(7, series="gondal>ruritania").value
    0.036
    """

    values: NDArray[Any]
    first: date
    series: tuple[str, ...]
    variable: str
    largest: NDArray[Any] | None = None

    def __post_init__(self) -> None:
        """Refuse what no ensemble can be, and let nobody change it afterwards."""
        where = f"ensemble of {self.variable}"
        values = _checked(np.asarray(self.values), where)
        if len(self.series) != values.shape[2] or len(set(self.series)) != len(self.series):
            raise EnsembleError(
                f"{len(self.series)} names ({len(set(self.series))} different) for "
                f"{values.shape[2]} series",
                where,
                mend="give every series a name of its own",
            )
        object.__setattr__(self, "series", tuple(self.series))
        object.__setattr__(self, "values", values)
        if self.largest is not None:
            largest = _checked(np.asarray(self.largest), where)
            if largest.shape != values.shape or bool((largest > values).any()):
                raise EnsembleError(
                    "a largest incident exceeds its day, or its shape is another",
                    where,
                    expected=f"shape {values.shape}, nowhere more than the value of the day",
                )
            object.__setattr__(self, "largest", largest)

    # ------------------------------------------------------------------ what it spans

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of members, days and series."""
        members, days, series = self.values.shape
        return members, days, series

    @property
    def members(self) -> int:
        """Number of members."""
        return self.shape[0]

    @property
    def days(self) -> int:
        """Number of days."""
        return self.shape[1]

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)

    @property
    def dates(self) -> tuple[date, ...]:
        """Every day, in order."""
        return tuple(self.first + timedelta(days=day) for day in range(self.days))

    def window(self, first: date, last: date) -> Ensemble:
        """Give the days from the first to the last, both included.

        Raises
        ------
        EnsembleError
            If some of the days are not in the ensemble: missing is not zero.
        """
        if not self.first <= first <= last <= self.last:
            raise EnsembleError(
                f"the days {first} to {last} are not all in it",
                f"ensemble of {self.variable}",
                expected=f"days between {self.first} and {self.last}",
            )
        part = slice((first - self.first).days, (last - self.first).days + 1)
        largest = None if self.largest is None else self.largest[:, part]
        return Ensemble(self.values[:, part], first, self.series, self.variable, largest)

    def index(self, series: str) -> int:
        """Position of a series.

        Raises
        ------
        EnsembleError
            If there is no such series.
        """
        try:
            return self.series.index(series)
        except ValueError:
            raise EnsembleError(
                f"no series is called {series!r}",
                f"ensemble of {self.variable}",
                expected="one of " + ", ".join(self.series[:30]),
            ) from None

    def merged(self, series: Sequence[str], name: str) -> Ensemble:
        """Add some series up into one; of single incidents the largest counts.

        Examples
        --------
        >>> pair = Ensemble(np.array([[[1, 2]]]), date(2031, 4, 16), ("a>b", "b>a"), "events")
        >>> pair.merged(["a>b", "b>a"], "a, b").values.tolist()
        [[[3]]]
        """
        at = [self.index(each) for each in series]
        values = _add(self.values[:, :, at], axis=2)[:, :, None]
        largest = None if self.largest is None else self.largest[:, :, at].max(axis=2)[:, :, None]
        return Ensemble(values, self.first, (name,), self.variable, largest)

    # ------------------------------------------------------------------ distributions

    def total(self, horizon: int | None = None) -> NDArray[Any]:
        """Sum over the first days.

        Parameters
        ----------
        horizon : int, optional
            Number of days from the first on; all of them if not given.

        Returns
        -------
        ndarray, shape (member, series)
        """
        return _add(self.values[:, : self._days(horizon)], axis=1)

    def quantiles(self, levels: Sequence[float], horizon: int | None = None) -> NDArray[np.float64]:
        """Quantiles of the totals over the first days.

        Returns
        -------
        ndarray, shape (level, series)
            Values that occur: of two members beside the level the lower one (inverse of the
            empirical distribution function), so that a count's quantile is a count.
        """
        return quantiles(self.total(horizon), levels)

    def fan(self, bands: Sequence[float] = BANDS, *, running: bool = False) -> Fan:
        """Central bands by day.

        Parameters
        ----------
        bands : sequence of float
            Share of members within each.
        running : bool
            Of the total so far instead of each day's value.

        Examples
        --------
        >>> steady = Ensemble(np.arange(101)[:, None, None], date(2031, 4, 16), ("a>b",), "deaths")
        >>> fan = steady.fan()
        >>> [(float(low), float(high)) for low, high in zip(fan.low.ravel(), fan.high.ravel())]
        [(25.0, 75.0), (10.0, 90.0), (2.0, 98.0)]
        """
        values = self.values
        if running:
            values = np.cumsum(values, axis=1, dtype=_wide(values))
        widths = tuple(sorted(bands))
        tails = [(1 - band) / 2 for band in widths]
        levels = [0.5, *tails, *(1 - tail for tail in tails)]
        found = quantiles(values, levels)
        return Fan(widths, found[0], found[1 : 1 + len(widths)], found[1 + len(widths) :])

    # ------------------------------------------------------------------ probabilities

    def probability(self, condition: NDArray[np.bool_]) -> Probability:
        """Share of members in which a condition holds.

        Parameters
        ----------
        condition : ndarray of bool, shape (member,)
        """
        if condition.shape != (self.members,):
            raise EnsembleError(
                f"the condition has shape {condition.shape}", expected=f"({self.members},)"
            )
        return Probability(float(np.count_nonzero(condition)) / self.members, self.members)

    def at_least(self, threshold: float, horizon: int | None = None, *, series: str) -> Probability:
        """Probability that the total over the first days reaches a threshold."""
        return self.probability(self.total(horizon)[:, self.index(series)] >= threshold)

    def quiet(self, days: int, *, series: str) -> Probability:
        """Probability that nothing happens on any of the first days."""
        return self.probability(self.total(days)[:, self.index(series)] == 0)

    def fading(self, *, series: str, week: int = WEEK, share: float = 0.5) -> Probability:
        """Probability that the last week stays under a share of the first.

        A member with an empty first week has nothing that could fade, so it does not count as
        fading.

        Raises
        ------
        EnsembleError
            If the two weeks would overlap.

        Examples
        --------
        >>> days = np.array([[[4]] + [[0]] * 13, [[1]] * 14]).reshape(2, 14, 1)
        >>> Ensemble(days, date(2031, 4, 16), ("a>b",), "events").fading(series="a>b").value
        0.5
        """
        if self.days < 2 * week:
            raise EnsembleError(
                f"{self.days} days hold no first and last {week} days apart",
                f"ensemble of {self.variable}",
                expected=f"at least {2 * week} days",
            )
        column = self.values[:, :, self.index(series)]
        before, after = _add(column[:, :week], axis=1), _add(column[:, -week:], axis=1)
        return self.probability(after < share * before)

    def largest_at_least(
        self, threshold: float, horizon: int | None = None, *, series: str
    ) -> Probability:
        """Probability that one incident of the first days reaches a threshold.

        Raises
        ------
        EnsembleError
            If the model did not tell incidents apart.
        """
        peak = self.peaks(horizon)[:, self.index(series)]
        return self.probability(peak >= threshold)

    def peaks(self, horizon: int | None = None) -> NDArray[Any]:
        """Largest single incident of the first days, shape (member, series)."""
        if self.largest is None:
            raise EnsembleError(
                "it does not tell one incident from another",
                f"ensemble of {self.variable}",
                mend="ask for the total, or use a model that gives the largest incident of a day",
            )
        peaks: NDArray[Any] = self.largest[:, : self._days(horizon)].max(axis=1)
        return peaks

    def _days(self, horizon: int | None) -> int:
        if horizon is None:
            return self.days
        if not 1 <= horizon <= self.days:
            raise EnsembleError(
                f"a horizon of {horizon} days",
                f"ensemble of {self.variable}",
                expected=f"1 to {self.days} days",
            )
        return horizon

    # ------------------------------------------------------------------ elsewhere

    def to_xarray(self) -> xarray.Dataset:
        """Give it as an xarray dataset with named dimensions (extra ``arrays``)."""
        try:
            import xarray
        except ImportError:
            raise EnsembleError(
                "xarray is not installed", mend="install it with: pip install 'foreshock[arrays]'"
            ) from None
        dimensions = ("member", "day", "series")
        held = {self.variable: (dimensions, self.values)}
        if self.largest is not None:
            held[f"largest_{self.variable}"] = (dimensions, self.largest)
        days = np.array([day.isoformat() for day in self.dates], dtype="datetime64[ns]")
        coordinates = {"member": np.arange(self.members), "day": days, "series": list(self.series)}
        return xarray.Dataset(held, coordinates)

    def save(self, path: Path) -> None:
        """Write it as a compressed NumPy archive, in which nothing can be executed."""
        arrays: Mapping[str, NDArray[Any]] = {
            "values": self.values,
            "series": np.array(self.series),
            "about": np.array([self.first.isoformat(), self.variable]),
        }
        if self.largest is not None:
            arrays = {**arrays, "largest": self.largest}
        with path.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **arrays)

    @classmethod
    def load(cls, path: Path) -> Ensemble:
        """Read it back.

        Raises
        ------
        EnsembleError
            If the file is damaged or holds no ensemble.
        """
        raw = io.BytesIO(path.read_bytes())
        try:
            with np.load(raw, allow_pickle=False) as held:
                first, variable = (str(word) for word in held["about"])
                return cls(
                    values=held["values"],
                    first=date.fromisoformat(first),
                    series=tuple(str(name) for name in held["series"]),
                    variable=variable,
                    largest=held.get("largest"),
                )
        except _DAMAGE as error:
            raise EnsembleError(
                f"this file holds no ensemble ({error})", str(path), mend="make it anew"
            ) from error


def _checked(values: NDArray[Any], where: str) -> NDArray[Any]:
    if values.ndim != 3 or 0 in values.shape or values.dtype.kind not in "iuf":
        raise EnsembleError(
            f"values of shape {values.shape} and kind {values.dtype}",
            where,
            expected="numbers of shape (member, day, series), none of them 0",
        )
    # A comparison with NaN is false, so that one test refuses both.
    if not bool((values >= 0).all()) or (values.dtype.kind == "f" and np.isinf(values).any()):
        raise EnsembleError(
            "a value is negative, infinite or not a number", where, expected="counts of at least 0"
        )
    frozen = values.view()
    frozen.flags.writeable = False
    return frozen


def _wide(values: NDArray[Any]) -> type[np.int64] | type[np.float64]:
    # A model may hold small integers; thirty days of them need not fit.
    return np.float64 if values.dtype.kind == "f" else np.int64


def _add(values: NDArray[Any], axis: int) -> NDArray[Any]:
    total: NDArray[Any] = values.sum(axis=axis, dtype=_wide(values))
    return total


def quantiles(values: NDArray[Any], levels: Sequence[float]) -> NDArray[np.float64]:
    """Quantiles over members, the first axis: of two members beside a level the lower one."""
    if not all(0 <= level <= 1 for level in levels):
        raise EnsembleError(f"levels {list(levels)}", expected="shares between 0 and 1")
    found: NDArray[np.float64] = np.quantile(
        values, list(levels), axis=0, method="inverted_cdf"
    ).astype(np.float64)
    return found
