"""What is forecast in a study: origins, horizons, series; and what was known at an origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import TimeError
from foreshock.forecast.escalation.history import History

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

ACTIVE_DAYS = 90
BUSY_EVENTS = 5
LEAST_SCALE = 0.25
LEAST_KNOWN = 5
"""Series with fewer events by the origin teach no model anything, and are not shown to any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Origins, windows and what counts.

    An origin is the first day of its windows. Known at it are the events dated before it, but for
    those of the last `delay` days: so long they are taken to need until anybody counts them.

    Parameters
    ----------
    first, last : datetime.date
        First and last possible origin.
    every : int
        Days from one origin to the next.
    horizons : tuple of int
        Days of the windows.
    measures : tuple of str
        ``"events"``, ``"deaths"``.
    least_events : int
        Events of a series known at an origin for it to be forecast there.
    delay : int
        Days that it takes for events to become known.
    members : int
        Members that stand for each forecast.
    seed : int
        Of the resampling of origins.

    Examples
    --------
    >>> plan = Plan(first=date(2031, 5, 1), last=date(2031, 6, 1))
    >>> [day.isoformat() for day in plan.origins]
    ['2031-05-01', '2031-05-15', '2031-05-29']
    """

    first: date
    last: date
    every: int = 14
    horizons: tuple[int, ...] = (7, 14, 30)
    measures: tuple[str, ...] = ("events", "deaths")
    least_events: int = 20
    delay: int = 0
    members: int = 500
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be planned."""
        if self.last < self.first:
            raise TimeError(f"the last origin ({self.last}) is before the first ({self.first})")
        for what, value, least in (
            ("days between origins", self.every, 1),
            ("days of delay", self.delay, 0),
            ("members", self.members, 20),
            ("events", self.least_events, LEAST_KNOWN),
            *(("days of a window", days, 1) for days in self.horizons),
        ):
            if value < least:
                raise TimeError(f"{value} {what}", expected=f"at least {least}")

    @property
    def origins(self) -> tuple[date, ...]:
        """Every origin, in order."""
        number = (self.last - self.first).days // self.every + 1
        return tuple(self.first + timedelta(days=self.every * k) for k in range(number))


@dataclass(frozen=True, eq=False)
class Known:
    """What was known at an origin, and the series that are forecast there.

    Parameters
    ----------
    origin : datetime.date
    history : History
        Series of at least `LEAST_KNOWN` events, up to the last known day.
    columns : ndarray of int, shape (case,)
        Those that are forecast.
    """

    origin: date
    history: History
    columns: Rows

    @property
    def names(self) -> list[str]:
        """Names of the series that are forecast."""
        return [self.history.names[column] for column in self.columns]

    def active(self) -> NDArray[np.bool_]:
        """Say which had an event in the last 90 known days."""
        recent = self.history.counts[-ACTIVE_DAYS:, self.columns]
        found: NDArray[np.bool_] = recent.sum(axis=0) > 0
        return found

    def last_window(self, horizon: int) -> NDArray[np.int64]:
        """Give the events of the last known days, as many as the window has."""
        found: NDArray[np.int64] = self.history.counts[-horizon:, self.columns].sum(axis=0)
        return found

    def scale(self, measure: str, horizon: int) -> Floats:
        """Give how far one past window usually was from the next, at least `LEAST_SCALE`.

        Windows are laid back to back from the last known day. A score over it counts a quiet dyad
        as much as a busy one.
        """
        values = measured(self.history, measure)[:, self.columns]
        windows = len(values) // horizon
        if windows < 2:
            return np.full(len(self.columns), LEAST_SCALE)
        sums = values[-windows * horizon :].reshape(windows, horizon, -1).sum(axis=1)
        found: Floats = np.maximum(np.abs(np.diff(sums, axis=0)).mean(axis=0), LEAST_SCALE)
        return found


def measured(history: History, measure: str) -> Floats:
    """Give what is measured by day and series; deaths in whole persons."""
    values = history.counts if measure == "events" else np.round(history.deaths)
    return values.astype(np.float64)


def known_at(history: History, origin: date, plan: Plan) -> Known | None:
    """Give what was known at an origin; None if nothing is to be forecast there.

    Nothing after the last known day is looked at, not even to choose the series.
    """
    last = origin - timedelta(days=1 + plan.delay)
    if not history.series.first <= last <= history.last:
        return None
    known = history.until(last)
    told = known.so_far[-1]
    names = [name for name, events in zip(known.names, told, strict=True) if events >= LEAST_KNOWN]
    if not names:
        return None
    kept = known.select(names)
    columns = np.flatnonzero(kept.so_far[-1] >= plan.least_events)
    return Known(origin, kept, columns) if len(columns) else None


def outcomes(history: History, known: Known, measure: str, horizon: int) -> Floats | None:
    """Give what came in the window; None if it was not observed to its end."""
    end = known.origin + timedelta(days=horizon - 1)
    if end > history.last:
        return None
    rows = slice(history.series.row(known.origin), history.series.row(end) + 1)
    columns = [history.series.column(name) for name in known.names]
    came: Floats = measured(history, measure)[rows][:, columns].sum(axis=0)
    return came


def scored_origins(history: History, plan: Plan) -> Iterator[date]:
    """Give the origins at which a window of the shortest horizon can be scored."""
    for origin in plan.origins:
        if origin + timedelta(days=min(plan.horizons) - 1) <= history.last:
            yield origin
