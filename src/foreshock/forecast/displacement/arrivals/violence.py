"""Fighting by month and place, from published events: how much, how deadly, how broad, how late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import TableError
from foreshock.core.months import MonthlyCounts, month_after, months_between
from foreshock.core.spans import DAY, around

if TYPE_CHECKING:
    import polars as pl

    from foreshock.evidence.published import PublishedEvents

Floats = NDArray[np.float64]

CELLS_PER_DEGREE = 2
HALF_LIFE = 7
MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Violence:
    """What was fought by month and place, of months that were covered to their end.

    Attributes
    ----------
    events, deaths, civilians : ndarray, shape (month, place)
        Events, best figure of all deaths and of civilians'.
    cells, fresh_cells : ndarray, shape (month, place)
        Half-degree cells with an event, and those of them without one in the three months before.
    recent : ndarray, shape (month, place)
        Events in a month at the rate of its end: older ones weigh less, half as much a week back.
    moved : ndarray, shape (month, place)
        Kilometres that the centre of the events moved since the month before; 0 if there was none.
    """

    events: Floats
    deaths: Floats
    civilians: Floats
    cells: Floats
    fresh_cells: Floats
    recent: Floats
    moved: Floats

    def __len__(self) -> int:
        """Count its months."""
        return len(self.events)


def violence(
    published: PublishedEvents, arrivals: MonthlyCounts, provinces: Mapping[str, str]
) -> Violence:
    """Count fighting in the months and places of a table of arrivals.

    Parameters
    ----------
    published : PublishedEvents
    arrivals : MonthlyCounts
        Its first month begins the count; the last is its own, or the last up to which events cover
        every day.
    provinces : mapping of str to str
        The province of the events (``adm1``) for each place whose name is another there.

    Raises
    ------
    TableError
        If the events cover no month of the table, or a place has no event in any province.
    """
    dataset = published.dataset
    span = around(arrivals.first, dataset.spans)
    last = min(arrivals.last, month_after(span[1] + DAY, -1)) if span else None
    if last is None or last < arrivals.first:
        raise TableError(
            f"events from {dataset.first} to {dataset.last} do not cover the first month of the "
            "table",
            where=dataset.id,
            expected=f"months from {arrivals.first:%Y-%m} on",
            mend="take events that begin before the table does",
        )
    names = [provinces.get(place, place) for place in arrivals.places]
    frame = _by_cell(published, arrivals.first, last, names)
    missing = sorted(set(names) - set(frame["adm1"].unique().to_list()))
    if missing:
        raise TableError(
            f"no event is told of in {', '.join(missing)}",
            where=dataset.id,
            mend="say with --provinces what the events call each place, as place,province",
        )
    return _panels(frame, arrivals.first, months_between(arrivals.first, last) + 1, names)


def _by_cell(published: PublishedEvents, first: date, last: date, names: list[str]) -> pl.DataFrame:
    """Sum up by month, province and half-degree cell; what is dated to no month is left out."""
    import polars as pl  # A forecast needs none of it: only what learns from events does.

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
            (0.5 ** ((day.dt.month_end() - day).dt.total_days() / HALF_LIFE)).alias("late"),
        )
        .group_by("month", "adm1", "north", "east")
        .agg(
            pl.len().alias("events"),
            pl.col("deaths").sum(),
            pl.col("deaths_civilians").sum().alias("civilians"),
            pl.col("lat", "lon", "late").sum(),
            pl.col("lat").count().alias("located"),
        )
        .sort("month", "adm1", "north", "east")
        .collect()
    )


def _panels(frame: pl.DataFrame, first: date, months: int, names: list[str]) -> Violence:
    shape = (months, len(names))
    events, deaths, civilians, cells = (np.zeros(shape) for _ in range(4))
    located, lat, lon, late = (np.zeros(shape) for _ in range(4))
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
        late[at] += row["late"]
    fresh = np.zeros(shape)
    for month in range(months):
        for k in range(len(names)):
            before: set[tuple[float, float]] = set()
            before = before.union(*(where[m][k] for m in range(max(month - 3, 0), month)))
            fresh[month, k] = len(where[month][k] - before)
    return Violence(
        events=events, deaths=deaths, civilians=civilians, cells=cells, fresh_cells=fresh,
        recent=_recent(late, first), moved=_moved(located, lat, lon),
    )  # fmt: skip


def _recent(late: Floats, first: date) -> Floats:
    """Carry what is left of each month's weighted events on to the months after it."""
    a_day = 0.5 ** (1 / HALF_LIFE)
    found = late.copy()
    for row in range(1, len(late)):
        days = (month_after(first, row + 1) - month_after(first, row)).days
        found[row] += a_day**days * found[row - 1]
    by_month: Floats = (1 - a_day) * MONTH * found
    return by_month


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
