"""The record of the watch: what came of the months that earlier issues spoke of.

A month counts as live if it was written down before it began, and as a hindcast otherwise. The two
are never mixed: only of the first is it certain that nobody had seen the month. Of several entries
of one country, month and origin the first counts, so that nobody can draw until he likes the
answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.months import months_between
from foreshock.core.panel import Panel
from foreshock.core.periods import read_period
from foreshock.core.watch import ALARM, Miss, Warning, WarningRecord, reached
from foreshock.verify.distributions import crps_of_logarithms
from foreshock.verify.entries import Entry, Standing
from foreshock.verify.scores import brier
from foreshock.verify.watching import last_years, values_of

Floats = NDArray[np.float64]

EDGES = (0.01, 0.05, 0.2, 0.45, 0.55, 0.8, 0.95)
"""Bins of probabilities: those of the words for them, and one below a hundredth."""

MISSES, LEAST = 10, 0.5
"""So many of the biggest misses are told, and none of a smaller score: some half as many deaths, or
twice as many, as were likeliest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What came of the months of one standing.

    Attributes
    ----------
    standing : Standing
    by : str
        Vintage of the panel that settled them.
    first, last : datetime.date
        First and last month.
    issues, months : int
        Origins; months of countries, one for each month ahead that was forecast.
    covered : float
        Share within the central 90 % interval.
    score : float
        Mean CRPS of log1p of deaths.
    beside : mapping of str to float
        The same of simple methods.
    warnings : tuple of WarningRecord
        All months ahead together (``ahead`` is 0). Their ``base_brier`` is that of always saying
        the rate that came about, which nobody knew.
    misses : tuple of Miss
        The biggest, worst first.
    """

    standing: Standing
    by: str
    first: date
    last: date
    issues: int
    months: int
    covered: float
    score: float
    beside: Mapping[str, float]
    warnings: tuple[WarningRecord, ...]
    misses: tuple[Miss, ...]


def settle(entries: Iterable[Entry], panel: Panel) -> dict[Standing, Settled]:
    """Settle every month of earlier issues that a panel knows.

    Parameters
    ----------
    entries : iterable of Entry
        Of the ledger of the watch, oldest first.
    panel : Panel
        By country and month. Entries of another variable, or of countries that it does not have,
        are left alone; so are months that it does not know yet.

    Returns
    -------
    dict of Standing to Settled
        Only what has any month.
    """
    found: dict[Standing, list[_Month]] = {}
    for month in _months(entries, panel):
        found.setdefault(month.standing, []).append(month)
    return {standing: _settled(months, panel.vintage) for standing, months in found.items()}


@dataclass(frozen=True, slots=True)
class _Month:
    """A month of an entry, and what was counted."""

    entry: Entry
    at: int
    month: date
    counted: float

    @property
    def told(self) -> Mapping[str, object]:
        """What was said of it."""
        months: Sequence[Mapping[str, object]] = self.entry.answer["months"]
        return months[self.at]

    @property
    def standing(self) -> Standing:
        """Live if it was written down before the month began."""
        written = self.entry.issued_at.astimezone(UTC).date()
        return Standing.LIVE if written < self.month else Standing.HINDCAST

    @property
    def origin(self) -> date:
        return read_period(self.entry.terms["origin"], "month")


def _months(entries: Iterable[Entry], panel: Panel) -> Iterable[_Month]:
    rows = {key: row for row, key in enumerate(panel.keys)}
    columns = {start: column for column, start in enumerate(panel.starts)}
    seen = set()
    for entry in entries:
        terms = entry.terms
        row = rows.get(terms.get("country", ""))
        about = (terms.get("variable"), terms.get("about"))
        if row is None or about != (panel.variable, panel.about):
            continue
        thing = (row, terms["origin"])
        if thing in seen:
            continue
        seen.add(thing)
        for at, told in enumerate(entry.answer["months"]):
            month = read_period(told["month"], "month")
            counted = panel.values[row, columns[month]] if month in columns else np.nan
            if not np.isnan(counted):
                yield _Month(entry, at, month, float(counted))


def _settled(months: Sequence[_Month], by: str) -> Settled:
    counted = np.array([month.counted for month in months])
    told = [month.entry.answer["months"][month.at] for month in months]
    scores = crps_of_logarithms(np.array([values_of(each) for each in told]), counted)
    low, high = np.array([each["interval"] for each in told], np.float64).T
    names = set.intersection(*(set(month.entry.baselines) for month in months))
    beside = {
        name: np.array(
            [values_of(month.entry.baselines[name]["months"][month.at]) for month in months]
        )
        for name in sorted(names)
    }
    worst = np.argsort(-scores, kind="stable")[:MISSES]
    return Settled(
        standing=months[0].standing,
        by=by,
        first=min(month.month for month in months),
        last=max(month.month for month in months),
        issues=len({month.origin for month in months}),
        months=len(months),
        covered=float(np.mean((counted >= low) & (counted <= high))),
        score=float(scores.mean()),
        beside={
            name: float(crps_of_logarithms(values, counted).mean())
            for name, values in beside.items()
        },
        warnings=tuple(_warnings(months, counted)),
        misses=tuple(_miss(months[at], float(scores[at])) for at in worst if scores[at] >= LEAST),
    )


def _warnings(months: Sequence[_Month], counted: Floats) -> Iterable[WarningRecord]:
    before = last_years([month.entry for month in months])
    for warning in Warning:
        said = np.array([month.told.get(warning, np.nan) for month in months], np.float64)
        came = reached(warning, counted, before)
        asked = np.isfinite(said) & np.isfinite(came)
        if not asked.any():
            continue
        said, came = said[asked], came[asked]
        yield warning_record(warning, 0, said, came, float(came.mean()))


def warning_record(
    warning: Warning, ahead: int, said: Floats, came: Floats, base_rate: float
) -> WarningRecord:
    """Count how the warnings of one kind turned out.

    Parameters
    ----------
    warning : Warning
    ahead : int
        Months ahead; 0 for all together.
    said, came : ndarray, shape (forecast,)
        Probabilities, and whether it came about; of one forecast at least, none missing.
    base_rate : float
        What always the same would have been said beside them.
    """
    alarms = said >= ALARM[warning]
    return WarningRecord(
        warning=warning,
        ahead=ahead,
        level=ALARM[warning],
        asked=len(said),
        came_about=int(came.sum()),
        alarms=int(alarms.sum()),
        hits=int(came[alarms].sum()),
        brier=float(brier(said, came).mean()),
        base_brier=float(brier(np.full(len(came), base_rate), came).mean()),
        bins=tuple(_bins(said, came)),
    )


def _bins(said: Floats, came: Floats) -> Iterable[tuple[float, float, int]]:
    # Without the bars of `reliability`: a month ahead tells much of the next, so they would lie.
    place = np.digitize(said, EDGES)
    for number in np.unique(place):
        here = place == number
        yield float(said[here].mean()), float(came[here].mean()), int(here.sum())


def _miss(month: _Month, score: float) -> Miss:
    told = month.entry.answer["months"][month.at]
    low, high = told["interval"]
    return Miss(
        key=month.entry.terms["country"],
        name=month.entry.terms["name"],
        month=month.month,
        ahead=months_between(month.origin, month.month),
        low=low,
        median=told["median"],
        high=high,
        counted=month.counted,
        score=score,
    )
