"""The watch in the ledger: an entry a country, with all its months, written before it is shown.

A list of two hundred countries and fourteen months has thousands of distributions. So an entry
holds all months of a country, and a distribution is a hundred equally likely values told as runs:
``0*93 1*5 4*2`` are 93 zeros, five ones and two fours. Deaths are whole there.

The ledger calls an entry live if it was written on the day that it speaks of or on the one after
it. Deaths of a month are published weeks after its end, so that hardly any watch is live by that.
Its record counts month by month instead (see `foreshock.verify.watch_record`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foreshock.case.home import home
from foreshock.core.answers import HUNDRED
from foreshock.core.panel import Panel
from foreshock.core.periods import last_day, write_period
from foreshock.core.watch import DEADLY, YEAR, Warning, WatchForecast
from foreshock.verify.entries import Draft, Entry
from foreshock.verify.ledger import Ledger

WATCH = "watch"
"""What the ledger of the watch is called where a case would be named."""

FOLDER = "_watch"
"""No case can be called so; see `foreshock.case.home`."""

CENTRAL = (0.05, 0.5, 0.95)


def watch_ledger(clock: Callable[[], datetime] | None = None) -> Ledger:
    """Give the ledger of the watch, which belongs to no case."""
    return Ledger(home() / FOLDER, WATCH, clock)


def series_of(variable: str, about: str, key: str) -> str:
    """Name what an entry forecasts: what is counted, of what, in which country.

    Examples
    --------
    >>> series_of("deaths", "state-based violence", "57")
    'deaths/state-based violence/57'
    """
    return "/".join(part for part in (variable, about, key) if part)


def resolver_of(panel: Panel) -> str:
    """Say who settles a forecast: a later state of the dataset that it was made from."""
    told = f"{panel.variable} ({panel.about})" if panel.about else panel.variable
    return f"{told} by country and month, as a later state of {panel.citation or panel.vintage} has"


def issue_watch(ledger: Ledger, forecast: WatchForecast, resolver: str) -> dict[str, Entry]:
    """Write a watch down, one entry for each country that has a forecast.

    Parameters
    ----------
    ledger : Ledger
        That of `watch_ledger`.
    forecast : WatchForecast
    resolver : str
        See `resolver_of`.

    Returns
    -------
    dict of str to Entry
        By country. What was in the ledger already is given as it stands there.

    Raises
    ------
    LedgerError, StoreError
        If it cannot be written; nothing of the forecast may be shown then.
    """
    told = dict(_drafts(forecast, resolver))
    return dict(zip(told, ledger.issue(list(told.values())), strict=True))


def _drafts(forecast: WatchForecast, resolver: str) -> Iterator[tuple[str, Draft]]:
    chances = {warning: forecast.probability(warning) for warning in Warning}
    for at, key in enumerate(forecast.keys):
        draws = forecast.draws[at]
        if key in forecast.withheld or np.isnan(draws).any():
            continue
        warned = [
            {
                str(warning): float(found[at, column])
                for warning, found in chances.items()
                if not np.isnan(found[at, column])
            }
            for column in range(len(forecast.months))
        ]
        yield (
            key,
            Draft(
                as_of=last_day(forecast.origin, "month"),
                evidence=forecast.evidence,
                series=series_of(forecast.variable, forecast.about, key),
                terms={
                    "variable": forecast.variable,
                    "about": forecast.about,
                    "country": key,
                    "name": forecast.names[at],
                    "origin": write_period(forecast.origin, "month"),
                    "first": forecast.months[0].isoformat(),
                    "closes": last_day(forecast.months[-1], "month").isoformat(),
                    "last_year": [_known(deaths) for deaths in forecast.last_year[at]],
                    "vintage": forecast.vintage,
                },
                answer={
                    "months": [
                        month | chance
                        for month, chance in zip(_months(forecast, draws), warned, strict=True)
                    ]
                },
                baselines={
                    name: {"months": list(_months(forecast, simple[at]))}
                    for name, simple in sorted(forecast.baselines.items())
                    if not np.isnan(simple[at]).any()
                },
                model=forecast.model,
                config=forecast.config,
                seed=forecast.seed,
                resolver=resolver,
            ),
        )


def _months(forecast: WatchForecast, draws: NDArray[Any]) -> Iterator[dict[str, Any]]:
    # Of the draws beside a level the lower one, as of every entry, so that deaths are counts.
    places = np.ceil(np.array([*CENTRAL, *HUNDRED]) * draws.shape[1] - 1e-9).astype(int) - 1
    found = np.round(np.sort(draws, axis=1)[:, places]).astype(int)
    for month, drawn, (low, median, high, *hundred) in zip(
        forecast.months, draws, found.tolist(), strict=True
    ):
        yield {
            "month": write_period(month, "month"),
            "median": median,
            "interval": [low, high],
            "mean": round(float(drawn.mean()), 2),
            "deadly": float(np.mean(drawn >= DEADLY)),
            "values": " ".join(f"{value}*{len(list(run))}" for value, run in groupby(hundred)),
        }


@lru_cache(maxsize=4096)  # of countries at peace there are thousands alike
def unfolded(runs: str) -> NDArray[np.float64]:
    """Give the hundred equally likely values that runs stand for.

    Examples
    --------
    >>> unfolded("0*2 7*1").tolist()
    [0.0, 0.0, 7.0]
    """
    values, times = np.array([run.split("*") for run in runs.split(" ")], int).T
    found = np.repeat(values, times).astype(np.float64)
    found.flags.writeable = False
    return found


def _known(deaths: float) -> float | None:
    return None if np.isnan(deaths) else round(float(deaths), 2)


def last_years(entries: Sequence[Entry]) -> NDArray[np.float64]:
    """Give the deaths of the twelve months before each entry, shape (entry, 12)."""
    return np.array([entry.terms["last_year"] for entry in entries], np.float64).reshape(-1, YEAR)
