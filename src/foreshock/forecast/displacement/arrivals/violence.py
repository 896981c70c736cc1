r"""Fighting by month and place, and how arrivals go with it.

The relation is that of a month's arrivals with the fighting of the very same month, as a forecaster
would see who knew the fighting ahead:

.. math:: \log(1 + y) - \hat m = a + \beta f + \epsilon, \qquad
    f = \log\frac{1 + n}{1 + n_0}

with :math:`n` the events of the month that is forecast, :math:`n_0` those of the month of the
origin, and :math:`\hat m` the middle of a forecast that knew arrivals alone. Who hands in futures
of fighting, each weighed in with :math:`\beta`, carries what is uncertain of them into arrivals.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import TableError
from foreshock.core.months import MonthlyCounts, month_after, months_between
from foreshock.evidence.published import PublishedEvents
from foreshock.forecast.displacement.arrivals.fitting import LEAST_CELLS, fit
from foreshock.forecast.displacement.arrivals.levels import forecast

Floats = NDArray[np.float64]

CELLS_PER_DEGREE = 2
MOST_ERROR = 3.0
"""Deviations; an error beyond counts as one of so many, lest a few surges decide."""

FIRST_ORIGIN = 3
"""Months that are there at the first origin of which errors are learned from."""


@dataclass(frozen=True, slots=True, eq=False)
class Violence:
    """What was fought by month and place, of months that were covered to their end.

    Attributes
    ----------
    events, deaths, civilians : ndarray, shape (month, place)
        Events, best figure of all deaths and of civilians'.
    cells, fresh_cells : ndarray, shape (month, place)
        Half-degree cells with an event, and those of them without one in the three months before.
    moved : ndarray, shape (month, place)
        Kilometres that the centre of the events moved since the month before; 0 if there was none.
    """

    events: Floats
    deaths: Floats
    civilians: Floats
    cells: Floats
    fresh_cells: Floats
    moved: Floats

    def __len__(self) -> int:
        """Count its months."""
        return len(self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupling:
    """How arrivals go with fighting.

    Attributes
    ----------
    slope : float
        Log arrivals per log ratio of fighting to that of the month before the forecast.
    deviation : float
        Standard deviation of the slope, over months that are resampled whole.
    cells : int
        Forecasts that it was learned from.
    """

    slope: float
    deviation: float
    cells: int


def violence(
    published: PublishedEvents, arrivals: MonthlyCounts, provinces: Mapping[str, str]
) -> Violence:
    """Count fighting in the months and places of a table of arrivals.

    Parameters
    ----------
    published : PublishedEvents
    arrivals : MonthlyCounts
        Its first month begins the count; the last is its own, or the last that events cover.
    provinces : mapping of str to str
        The province of the events (``adm1``) for each place whose name is another there.

    Raises
    ------
    TableError
        If the events cover no month of the table, or a place has no event in any province.
    """
    covered = published.dataset
    last = min(arrivals.last, month_after(covered.last + timedelta(days=1), -1))
    if covered.first > arrivals.first or last < arrivals.first:
        raise TableError(
            f"events from {covered.first} to {covered.last} do not cover the months of the table",
            where=covered.id,
            expected=f"months from {arrivals.first:%Y-%m} on",
            mend="take events that begin before the table does",
        )
    names = [provinces.get(place, place) for place in arrivals.places]
    frame = _by_cell(published, arrivals.first, last, names)
    missing = sorted(set(names) - set(frame["adm1"].unique().to_list()))
    if missing:
        raise TableError(
            f"no event is told of in {', '.join(missing)}",
            where=covered.id,
            mend="say with --provinces what the events call each place, as place,province",
        )
    return _panels(frame, months_between(arrivals.first, last) + 1, names)


def _by_cell(published: PublishedEvents, first: date, last: date, names: list[str]) -> pl.DataFrame:
    """Sum up by month, province and half-degree cell; what is dated to no month is left out."""
    day = pl.col("end")
    return (
        published.events.filter(
            day.is_between(first, month_after(last), closed="left"),
            pl.col("adm1").is_in(names),
            pl.col("date_precision") != "year",
        )
        .with_columns(
            ((day.dt.year() - first.year) * 12 + day.dt.month() - first.month).alias("month"),
            (pl.col("lat") * CELLS_PER_DEGREE).floor().alias("north"),
            (pl.col("lon") * CELLS_PER_DEGREE).floor().alias("east"),
        )
        .group_by("month", "adm1", "north", "east")
        .agg(
            pl.len().alias("events"),
            pl.col("deaths").sum(),
            pl.col("deaths_civilians").sum().alias("civilians"),
            pl.col("lat", "lon").sum(),
            pl.col("lat").count().alias("located"),
        )
        .sort("month", "adm1", "north", "east")
        .collect()
    )


def _panels(frame: pl.DataFrame, months: int, names: list[str]) -> Violence:
    shape = (months, len(names))
    events, deaths, civilians, cells = (np.zeros(shape) for _ in range(4))
    located, lat, lon = (np.zeros(shape) for _ in range(3))
    where: list[list[set[tuple[float, float]]]] = [[set() for _ in names] for _ in range(months)]
    column = {name: k for k, name in enumerate(names)}
    for row in frame.iter_rows(named=True):
        at = row["month"], column[row["adm1"]]
        events[at] += row["events"]
        deaths[at] += row["deaths"]
        civilians[at] += row["civilians"]
        if row["north"] is not None and row["east"] is not None:
            cells[at] += 1
            where[at[0]][at[1]].add((row["north"], row["east"]))
        located[at] += row["located"]
        lat[at] += row["lat"]
        lon[at] += row["lon"]
    fresh = np.zeros(shape)
    for month in range(months):
        for k in range(len(names)):
            before: set[tuple[float, float]] = set()
            before = before.union(*(where[m][k] for m in range(max(month - 3, 0), month)))
            fresh[month, k] = len(where[month][k] - before)
    return Violence(events, deaths, civilians, cells, fresh, _moved(located, lat, lon))


def _moved(located: Floats, lat: Floats, lon: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        north, east = lat / located, lon / located
    east = east * np.cos(np.radians(north))
    steps = np.hypot(np.diff(north, axis=0), np.diff(east, axis=0)) * 111.2
    return np.vstack([np.zeros(located.shape[1]), np.nan_to_num(steps)])


def against(values: Floats, row: int, origin: int, months: int) -> Floats:
    """Give the log of one more than a row, less its mean over so many months up to an origin.

    Examples
    --------
    >>> events = np.array([[0.0], [0.0], [3.0]])
    >>> against(events, 2, 1, 12).round(2).tolist()
    [1.39]
    """
    logarithms = np.log1p(values)
    usual = logarithms[max(origin - months + 1, 0) : origin + 1].mean(axis=0)
    found: Floats = logarithms[row] - usual
    return found


@dataclass(frozen=True, slots=True)
class Missed:
    """By how much a forecast missed: in the scale's units, and the scale itself."""

    origin: int
    ahead: int
    place: int
    error: float
    scale: float


def misses(past: MonthlyCounts, months: int) -> list[Missed]:
    """Forecast at every earlier origin from what was known there, and tell what then came.

    Origins at which too little was listed to fit anything are passed over.
    """
    found = []
    for origin in range(FIRST_ORIGIN, len(past.people) - 1):
        known = past.until(month_after(past.first, origin))
        if np.isfinite(known.people).sum() < LEAST_CELLS:
            continue
        ahead = forecast(known, fit(known), months)
        for k in range(min(months, len(past.people) - 1 - origin)):
            came = np.log1p(past.people[origin + k + 1])
            for place in np.flatnonzero(np.isfinite(came)).tolist():
                scale = float(ahead.scale[k, place])
                error = float(came[place] - ahead.middle[k, place]) / scale
                found.append(Missed(origin, k + 1, place, error, scale))
    return found


def couple(missed: list[Missed], fought: Violence) -> Coupling:
    """Learn the slope from forecasts that knew arrivals alone.

    Weighted least squares, an error counting by the scale it was forecast with. The deviation of
    the slope is that of months left out in turn (a jackknife over the months that were forecast).

    Raises
    ------
    TableError
        If there are fewer than ten months to learn from.
    """
    rows = [each for each in missed if each.origin + each.ahead < len(fought)]
    at = np.array([each.origin + each.ahead for each in rows])
    months = np.unique(at)
    if len(months) < 10:
        raise TableError(
            f"{len(months)} months have both arrivals and fighting", expected="at least 10"
        )
    ratio = np.array([
        against(fought.events, each.origin + each.ahead, each.origin, 1)[each.place]
        for each in rows
    ])  # fmt: skip
    weight = np.array([1 / each.scale for each in rows])
    error = np.clip([each.error for each in rows], -MOST_ERROR, MOST_ERROR)

    def slope(kept: NDArray[np.bool_]) -> float:
        design = np.stack([weight[kept], (weight * ratio)[kept]], axis=1)
        return float(np.linalg.lstsq(design, error[kept], rcond=None)[0][1])

    without = np.array([slope(at != month) for month in months])
    spread = (len(months) - 1) / len(months) * ((without - without.mean()) ** 2).sum()
    return Coupling(
        slope=slope(np.ones(len(at), dtype=bool)),
        deviation=math.sqrt(float(spread)),
        cells=len(rows),
    )
