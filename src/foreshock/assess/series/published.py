"""Daily series from a table of published events: one series a dyad, or a dyad and a province.

An event counts on its last possible day. One that is dated no better than to a month or a year
stands for no day, and is left out; how many are left out, and for what reason, is part of the
answer. A day within what the dataset covers on which it tells of nothing is a zero; a day outside
was not observed, and is no part of the series.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import TableError, TimeError
from foreshock.core.series import DailySeries
from foreshock.core.time import Precision
from foreshock.evidence.datasets import Dataset
from foreshock.evidence.published import PublishedEvents

PRECISE: frozenset[str] = frozenset({Precision.DAY, Precision.WITHIN, Precision.WEEK})
"""Events dated so, to within a week, count on a day (of UCDP: ``date_prec`` 1 to 3)."""

IMPRECISE = "dated less precisely than to a week"
OUTSIDE = "outside the days that are covered"
NOWHERE = "no province told"
THIN = "in a series of too few events"

CELLS_PER_DEGREE = 2
"""Breadth counts the cells of a half-degree grid, some 55 km from south to north."""

_WHY, _KEY, _NAME, _ROW, _CELL = "why", "key", "name", "row", "cell"
_AT = " in "


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Events that stand in no series, for one reason.

    Attributes
    ----------
    reason : str
    events : int
    deaths : int
        Their deaths, by the best figure of those that have one.
    """

    reason: str
    events: int
    deaths: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PublishedSeries:
    """Daily series of a published dataset, and what they leave out.

    Attributes
    ----------
    dataset : Dataset
        Release, licence, declared delay.
    series : DailySeries
        One series a dyad, or a dyad and a province, sorted by name.
    breadth : ndarray, shape (day, series)
        In how many places something was counted: different cells of a half-degree grid. All that
        is told of no place counts as one.
    left_out : tuple of LeftOut
        By reason, the reason with most events first.
    untold_deaths : mapping of str to int
        Series in which the deaths of some events are told by nobody, and of how many. Their deaths
        are a lower bound: an untold number adds nothing to a sum.
    delay_days : int
        Declared days from an event to when the public could know of it. It ends the series so many
        days before the day as of which they were asked for.
    known_by : datetime.date or None
        The day as of which they were asked for; None for the dataset as it was released.
    """

    dataset: Dataset
    series: DailySeries
    breadth: NDArray[np.float64]
    left_out: tuple[LeftOut, ...]
    untold_deaths: Mapping[str, int]
    delay_days: int
    known_by: date | None = None

    def __eq__(self, other: object) -> bool:
        """Whether all that they hold is the same."""
        if not isinstance(other, PublishedSeries):
            return NotImplemented
        alike = all(
            getattr(self, each.name) == getattr(other, each.name)
            for each in fields(self)
            if each.name != "breadth"
        )
        return alike and np.array_equal(self.breadth, other.breadth)

    def __hash__(self) -> int:
        """Hash by what is counted; breadth follows from the same events."""
        return hash((self.series, self.delay_days, self.known_by))

    def events_left_out(self, reason: str) -> int:
        """Count the events that were left out for a reason; 0 where there were none."""
        return sum(each.events for each in self.left_out if each.reason == reason)


def daily_series(
    events: PublishedEvents,
    *,
    by_province: bool = False,
    known_by: date | None = None,
    since: date | None = None,
    least: int = 1,
) -> PublishedSeries:
    """Count the events and deaths of each dyad by day.

    Dyads are told apart by the publisher's id, where there is one. A dyad is called as its first
    known event calls it; a second dyad of the same name has its id added, so that a name once given
    stays as more events become known.

    Parameters
    ----------
    events : PublishedEvents
        A table in the native schema.
    by_province : bool
        Whether to split each dyad by province: ``"DYAD in PROVINCE"``. Events whose province nobody
        tells are then left out.
    known_by : datetime.date, optional
        Count only what was known by the end of this day. Nothing that became known later can change
        the answer. Without it, everything that the dataset holds.
    since : datetime.date, optional
        First day of the series, where it is to be later than the first that is covered.
    least : int
        Series with fewer events than that are left out, 1 or more.

    Returns
    -------
    PublishedSeries
        From the first day covered to the last, or to `known_by` less the declared delay.

    Raises
    ------
    TimeError
        If no day that is covered was known by then, or days between are not covered.
    TableError
        If no series is left.

    Examples
    --------
    >>> from foreshock.evidence.published import SCHEMA
    >>> days = [date(2031, 5, 1), date(2031, 5, 3), date(2031, 5, 31)]
    >>> rows = [dict.fromkeys(SCHEMA) | {"dyad": "Ruritania - Gondal", "end": day, "deaths": 2,
    ...         "known_at": day, "date_precision": how, "event_id": str(day)}
    ...         for day, how in zip(days, ["day", "within", "month"])]
    >>> said = dict.fromkeys(Dataset.__struct_fields__, "") | {
    ...     "first": days[0], "last": days[2], "delay_days": 0}
    >>> table = PublishedEvents(Dataset(**said), pl.LazyFrame(rows, schema=SCHEMA))
    >>> found = daily_series(table, known_by=date(2031, 5, 31))
    >>> found.series.until(date(2031, 5, 4)).counts[:, 0].tolist(), found.left_out[0].reason
    ([1, 0, 1, 0], 'dated less precisely than to a week')
    """
    first, last = _covered(events.dataset, known_by, since)
    frame = _sorted_out(events, by_province, known_by, first, last).collect()
    named = _named(frame.filter(pl.col(_WHY).is_null()))
    sizes = named.group_by(_NAME).len().filter(pl.col("len") >= least)
    names = tuple(sorted(sizes[_NAME].to_list()))
    if not names:
        raise TableError(
            f"no dyad has {max(least, 1)} events from {first} to {last}",
            where=events.dataset.id,
            mend="ask for a longer time, or for series with fewer events",
        )
    thin = named.filter(~pl.col(_NAME).is_in(list(names))).with_columns(pl.lit(THIN).alias(_WHY))
    kept = named.filter(pl.col(_NAME).is_in(list(names)))
    untold = kept.filter(pl.col("deaths").is_null()).group_by(_NAME).len().sort(_NAME)
    series, breadth = _series(kept, names, first, last)
    return PublishedSeries(
        dataset=events.dataset,
        series=series,
        breadth=breadth,
        left_out=_left_out(
            pl.concat([each.select(_WHY, "deaths") for each in (frame.drop_nulls(_WHY), thin)])
        ),
        untold_deaths=dict(untold.iter_rows()),
        delay_days=events.dataset.delay_days,
        known_by=known_by,
    )


def _covered(dataset: Dataset, known_by: date | None, since: date | None) -> tuple[date, date]:
    """Give the first and the last day on which nothing told means that nothing happened."""
    first = max(dataset.first, since or dataset.first)
    last = dataset.last
    if known_by is not None:
        last = min(last, known_by - timedelta(days=dataset.delay_days))
    if last < first:
        raise TimeError(
            f"no day of the series was known by {known_by or dataset.last}",
            where=dataset.id,
            expected=f"days from {first} on, known {dataset.delay_days} days later",
            mend="choose a later day, or an earlier start",
        )
    for start, end in dataset.gaps:
        if start <= last and first <= end:
            raise TimeError(
                f"the days from {start} to {end} are not covered, and a series has no hole",
                where=dataset.id,
                mend="ingest what is before or after them as a table of its own; or, if the files "
                "do cover them, say so with --covers",
            )
    return first, last


def _sorted_out(
    events: PublishedEvents, by_province: bool, known_by: date | None, first: date, last: date
) -> pl.LazyFrame:
    """Give of each event its series, its day, its deaths, and why it counts in none."""
    known = events.events
    if known_by is not None:
        known = known.filter(pl.col("known_at") <= known_by)
    province = pl.col("adm1").fill_null("") if by_province else pl.lit("")
    reasons = (
        pl.when(~pl.col("date_precision").is_in(sorted(PRECISE)))
        .then(pl.lit(IMPRECISE))
        .when(~pl.col("end").is_between(first, last))
        .then(pl.lit(OUTSIDE))
        .when(pl.lit(by_province) & (province == ""))
        .then(pl.lit(NOWHERE))
    )
    return known.select(
        pl.coalesce("dyad_id", "dyad").alias(_KEY),
        "dyad",
        province.alias("province"),
        (pl.col("end") - pl.lit(first)).dt.total_days().alias(_ROW),
        "deaths",
        "known_at",
        "end",
        "event_id",
        _cell().alias(_CELL),
        reasons.alias(_WHY),
    )


def _cell() -> pl.Expr:
    """Give the number of the grid cell in which an event lies; null if its place is not told."""
    north, east = ((pl.col(name) * CELLS_PER_DEGREE).floor() for name in ("lat", "lon"))
    return north * 360 * CELLS_PER_DEGREE + east


def _named(counted: pl.DataFrame) -> pl.DataFrame:
    """Name the series of each event: what is known first names, what is known later gives way."""
    dyads = (
        counted.sort("known_at", "end", "event_id")
        .unique(_KEY, keep="first", maintain_order=True)
        .select(
            _KEY,
            pl.when(pl.col("dyad").is_first_distinct())
            .then(pl.col("dyad"))
            .otherwise(pl.format("{} [{}]", "dyad", _KEY))
            .alias("called"),
        )
    )
    place = pl.when(pl.col("province") != "").then(_AT + pl.col("province")).otherwise(pl.lit(""))
    return counted.join(dyads, on=_KEY).with_columns((pl.col("called") + place).alias(_NAME))


def _series(
    kept: pl.DataFrame, names: tuple[str, ...], first: date, last: date
) -> tuple[DailySeries, NDArray[np.float64]]:
    shape = ((last - first).days + 1, len(names))
    counts, deaths, breadth = np.zeros(shape, np.int64), np.zeros(shape), np.zeros(shape)
    columns = {name: column for column, name in enumerate(names)}
    days = kept.group_by(_NAME, _ROW).agg(
        pl.len(), pl.col("deaths").sum(), pl.col(_CELL).n_unique()
    )
    row = days[_ROW].to_numpy()
    column = days[_NAME].replace_strict(columns, return_dtype=pl.Int64).to_numpy()
    counts[row, column] = days["len"].to_numpy()
    deaths[row, column] = days["deaths"].to_numpy()
    breadth[row, column] = days[_CELL].to_numpy()
    breadth.setflags(write=False)
    return DailySeries(first, names, counts, deaths), breadth


def _left_out(events: pl.DataFrame) -> tuple[LeftOut, ...]:
    found = events.group_by(_WHY).agg(pl.len(), pl.col("deaths").sum())
    return tuple(
        LeftOut(reason=reason, events=number, deaths=deaths)
        for reason, number, deaths in found.sort(
            ["len", _WHY], descending=[True, False]
        ).iter_rows()
    )
