"""The record of the watch: what came of the months that earlier issues spoke of.

A month counts as live if it was written down before it began, and as a hindcast otherwise. The two
are never mixed: only of the first is it certain that nobody had seen the month. Of several entries
of one country, month and origin the first counts, so that nobody can draw until he likes the
answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.months import months_between
from foreshock.core.panel import Panel
from foreshock.core.periods import read_period, write_period
from foreshock.core.watch import LEVELS, Alarms, Miss, Warning, WarningRecord, reached
from foreshock.verify.distributions import crps_of_logarithms
from foreshock.verify.entries import Entry, Standing
from foreshock.verify.scores import brier
from foreshock.verify.watch_lineage import Issue
from foreshock.verify.watching import last_years, unfolded

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
        All months ahead together (``ahead`` is 0).
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


def settle(issues: Iterable[Issue], panel: Panel) -> dict[Standing, Settled]:
    """Settle every month of earlier issues that a panel knows.

    Parameters
    ----------
    issues : iterable of Issue
        That count what the panel counts, oldest first; those made of other data are left alone.
    panel : Panel
        By country and month. Countries that it does not have are left alone, and so are months
        that it does not know yet.

    Returns
    -------
    dict of Standing to Settled
        Only what has any month.
    """
    entries = [
        entry for issue in issues if issue.recount.of_the_same_data for entry in issue.entries
    ]
    found: dict[Standing, list[_Month]] = {}
    for month in _months(entries, panel):
        found.setdefault(month.standing, []).append(month)
    return {standing: _settled(months, panel.vintage) for standing, months in found.items()}


class _Month(NamedTuple):
    """A month of an entry: what was said of it, by what simple methods, and what was counted."""

    entry: Entry
    month: date
    told: Mapping[str, Any]
    beside: Mapping[str, str]
    counted: float

    @property
    def standing(self) -> Standing:
        """Live if it was written down before the month began."""
        written = self.entry.issued_at.astimezone(UTC).date()
        return Standing.LIVE if written < self.month else Standing.HINDCAST


def _months(entries: Iterable[Entry], panel: Panel) -> Iterator[_Month]:
    rows = {key: row for row, key in enumerate(panel.keys)}
    columns = {write_period(start, "month"): at for at, start in enumerate(panel.starts)}
    seen = set()
    for entry in entries:
        row = rows.get(entry.terms["country"])
        if row is None:
            continue
        beside = {name: told["months"] for name, told in entry.baselines.items()}
        for at, told in enumerate(entry.answer["months"]):
            column = columns.get(told["month"])
            if column is None or np.isnan(counted := panel.values[row, column]):
                continue
            thing = (entry.terms["country"], entry.terms["origin"], told["month"])
            if thing not in seen:
                seen.add(thing)
                simple = {name: months[at]["values"] for name, months in beside.items()}
                yield _Month(entry, panel.starts[column], told, simple, float(counted))


def _settled(months: Sequence[_Month], by: str) -> Settled:
    counted = [month.counted for month in months]
    scores = _scores([month.told["values"] for month in months], counted)
    low, high = np.array([month.told["interval"] for month in months], np.float64).T
    names = set.intersection(*(set(month.beside) for month in months))
    worst = np.argsort(-scores, kind="stable")[:MISSES]
    return Settled(
        standing=months[0].standing,
        by=by,
        first=min(month.month for month in months),
        last=max(month.month for month in months),
        issues=len({month.entry.terms["origin"] for month in months}),
        months=len(months),
        covered=float(np.mean((counted >= low) & (counted <= high))),
        score=float(scores.mean()),
        beside={
            name: float(_scores([month.beside[name] for month in months], counted).mean())
            for name in sorted(names)
        },
        warnings=tuple(_warnings(months, np.array(counted))),
        misses=tuple(_miss(months[at], float(scores[at])) for at in worst if scores[at] >= LEAST),
    )


def _scores(told: Sequence[str], counted: Sequence[float]) -> Floats:
    """Score each forecast; those that are alike, as of countries at peace, are scored once."""
    cases = list(zip(told, counted, strict=True))
    each = list(dict.fromkeys(cases))
    found = crps_of_logarithms(
        np.array([unfolded(values) for values, _ in each]), [came for _, came in each]
    )
    known = dict(zip(each, found.tolist(), strict=True))
    return np.array([known[case] for case in cases])


def _warnings(months: Sequence[_Month], counted: Floats) -> Iterable[WarningRecord]:
    before = last_years([month.entry for month in months])
    for warning in Warning:
        said = np.array([month.told.get(warning, np.nan) for month in months], np.float64)
        came = reached(warning, counted, before)
        asked = np.isfinite(said) & np.isfinite(came)
        if not asked.any():
            continue
        yield warning_record(warning, 0, said[asked], came[asked])


def warning_record(warning: Warning, ahead: int, said: Floats, came: Floats) -> WarningRecord:
    """Count how the warnings of one kind turned out.

    Parameters
    ----------
    warning : Warning
    ahead : int
        Months ahead; 0 for all together.
    said, came : ndarray, shape (forecast,)
        Probabilities, and whether it came about; of one forecast at least, none missing.
    """
    return WarningRecord(
        warning=warning,
        ahead=ahead,
        asked=len(said),
        came_about=int(came.sum()),
        alarms=tuple(
            Alarms(level, int((said >= level).sum()), int(came[said >= level].sum()))
            for level in LEVELS
        ),
        brier=float(brier(said, came).mean()),
        base_brier=float(brier(np.full(len(came), came.mean()), came).mean()),
        bins=tuple(_bins(said, came)),
    )


def _bins(said: Floats, came: Floats) -> Iterable[tuple[float, float, int]]:
    # Without the bars of `reliability`: a month ahead tells much of the next, so they would lie.
    place = np.digitize(said, EDGES)
    for number in np.unique(place):
        here = place == number
        yield float(said[here].mean()), float(came[here].mean()), int(here.sum())


def _miss(month: _Month, score: float) -> Miss:
    low, high = month.told["interval"]
    terms = month.entry.terms
    return Miss(
        key=terms["country"],
        name=terms["name"],
        month=month.month,
        ahead=months_between(read_period(terms["origin"], "month"), month.month),
        low=low,
        median=month.told["median"],
        high=high,
        counted=month.counted,
        score=score,
    )
