"""The lineage of issues: whether two were made of the same data, and what was recounted since.

One home may hold issues of several panels: of another dataset, or of an older state of the same.
What they call themselves does not tell them apart, for everybody names files as he likes; what they
count does. A later state of a dataset changes some months, another dataset most of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from foreshock.core.months import month_after
from foreshock.core.panel import Panel
from foreshock.core.periods import read_period, write_period
from foreshock.core.watch import YEAR, WatchForecast
from foreshock.verify.entries import Entry
from foreshock.verify.watching import last_years

MOST = 0.5
"""Share of months recounted from which on it is another dataset. From the state of 2023 to that of
2024, 5 to 15 in 100 of UCDP's state-based country-months with deaths changed, by year of 2018 to
2021."""


@dataclass(frozen=True, slots=True)
class Recount:
    """How a panel counts the last year of an earlier issue, beside what that had counted.

    Attributes
    ----------
    known : int
        Months of countries that both know.
    months, changed : int
        Those in which anybody was counted killed, then or now; how many of them are
        counted otherwise now.
    countries : int
        In so many countries.
    before, now : float
        Deaths in the months that are known to both.
    """

    known: int
    months: int
    changed: int
    countries: int
    before: float
    now: float

    @property
    def of_the_same_data(self) -> bool:
        """Whether it is the same dataset, perhaps in another state; what shares nothing is not."""
        return self.known > 0 and self.changed <= MOST * self.months


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of the watch, as it stands in the ledger.

    Attributes
    ----------
    entries : tuple of Entry
        One a country, at least one.
    recount : Recount
    """

    entries: tuple[Entry, ...]
    recount: Recount

    @property
    def origin(self) -> date:
        """First day of the last month that was seen."""
        return read_period(self.entries[0].terms["origin"], "month")

    @property
    def vintage(self) -> str:
        """Which state of knowledge was seen."""
        return str(self.entries[0].terms["vintage"])


def issues_of(entries: Iterable[Entry], panel: Panel) -> Iterator[Issue]:
    """Give the issues of a ledger that count what a panel counts, of the same data or of others.

    Parameters
    ----------
    entries : iterable of Entry
        Of the ledger of the watch, oldest first.
    panel : Panel
        By country and month.
    """
    found: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        terms = entry.terms
        if (terms.get("variable"), terms.get("about")) == (panel.variable, panel.about):
            made = (terms["origin"], entry.evidence, entry.model, entry.config, str(entry.seed))
            found.setdefault(made, []).append(entry)
    for issue in found.values():
        yield Issue(tuple(issue), recount(issue, panel))


def recount(entries: Sequence[Entry], panel: Panel) -> Recount:
    """Compare the last year that an issue had counted with the same months of a panel.

    Parameters
    ----------
    entries : sequence of Entry
        Of one origin.
    panel : Panel
    """
    origin = read_period(entries[0].terms["origin"], "month")
    rows = {key: row for row, key in enumerate(panel.keys)}
    columns = {start: column for column, start in enumerate(panel.starts)}
    year = np.array([columns.get(month_after(origin, back), -1) for back in range(1 - YEAR, 1)])
    row = np.array([rows.get(entry.terms["country"], -1) for entry in entries])
    here = (row >= 0)[:, None] & (year >= 0)
    now = np.where(here, panel.values[row[:, None], year], np.nan)
    before = last_years(entries)
    both = np.isfinite(before) & np.isfinite(now)
    counted = both & ((before > 0) | (now > 0))
    changed = counted & (np.abs(before - now) > 0.005)  # the ledger holds hundredths
    return Recount(
        known=int(both.sum()),
        months=int(counted.sum()),
        changed=int(changed.sum()),
        countries=int(changed.any(axis=1).sum()),
        before=float(before[both].sum()),
        now=float(now[both].sum()),
    )


def issue_before(issues: Iterable[Issue], forecast: WatchForecast, origin: date) -> Issue | None:
    """Give what the same model said of the same data from another origin.

    Of several issues that of the same state of the data counts, and of several of these the newest.
    A model that was changed in between has another configuration, and the change of a forecast
    would be that of the model.

    Parameters
    ----------
    issues : iterable of Issue
        Of the ledger, oldest first.
    forecast : WatchForecast
    origin : datetime.date
        First day of the last month that was seen then.
    """
    fit = [
        issue
        for issue in issues
        if issue.recount.of_the_same_data
        and issue.entries[0].terms["origin"] == write_period(origin, "month")
        and (issue.entries[0].model, issue.entries[0].config) == (forecast.model, forecast.config)
    ]
    same = [issue for issue in fit if issue.vintage == forecast.vintage]
    return next(reversed(same or fit), None)
