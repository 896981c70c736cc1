"""The watch model: forests that learned from all countries, pooled with each country's last year.

Linear pooling: a future is like one of those that the forests have learned from, or like one of the
country's own last twelve months, spread. Where the two disagree, the pool scores better than they
do on average. A forecast needs nothing but the panel, and is fitted anew each time, on what was
over by the origin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import ForecastRefused
from foreshock.core.months import month_after
from foreshock.core.panel import Panel
from foreshock.core.random import stream
from foreshock.core.watch import YEAR, WatchForecast
from foreshock.forecast.watch.benchmarks import BENCHMARKS
from foreshock.forecast.watch.examples import established, examples, inputs_at
from foreshock.forecast.watch.features import Features, features
from foreshock.forecast.watch.forests import Forests, grow
from foreshock.forecast.watch.own_months import own_months, quantiles
from foreshock.forecast.watch.settings import FROZEN, Settings

Floats = NDArray[np.float64]

MODEL = "forests and the last year"
HORIZONS = tuple(range(1, 15))
DRAWS = 1_000

_REVISION = 3
"""Raised whenever the same settings would give other numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """The model, fitted on what was over by a month.

    Parameters
    ----------
    forests : Forests
    settings : Settings
    """

    forests: Forests
    settings: Settings

    def alone(self) -> Learned:
        """Give the same without the countries' own months: the forests have all the weight."""
        every = (1.0,) * len(self.settings.forest_shares)
        return replace(self, settings=replace(self.settings, forest_shares=every))

    def ahead(
        self, deaths: Floats, made: Features, origin: int, horizons: Sequence[int], draws: int
    ) -> Floats:
        """Forecast every country from one origin, which may lie after the months learned from.

        Parameters
        ----------
        deaths : ndarray, shape (unit, month)
        made : Features
            Of the same panel.
        origin : int
            Place of the last month that is seen.
        horizons : sequence of int
            Months ahead.
        draws : int

        Returns
        -------
        ndarray, shape (unit, horizon, draw)
            Ascending; missing where not all of the last twelve months are known.
        """
        settings, year = self.settings, deaths[:, : origin + 1][:, -YEAR:]
        inputs = np.concatenate([inputs_at(made, origin, each) for each in horizons])
        level = np.tile(made.level[:, origin], len(horizons))
        learned, likely = self.forests.distribution(inputs, level)
        own, as_likely = own_months(year, settings.year_spread)
        died = np.searchsorted(settings.forest_steps, np.nansum(year, axis=1), side="right")
        share = np.array(settings.forest_shares)[died][:, None]
        own, as_likely, share = (
            np.tile(each, (len(horizons), 1)) for each in (own, as_likely, share)
        )
        pooled = quantiles(
            np.concatenate([learned, own], axis=1),
            np.concatenate([likely * share, as_likely * (1 - share)], axis=1),
            (np.arange(draws) + 0.5) / draws,
        )
        found = pooled.reshape(len(horizons), len(deaths), draws).swapaxes(0, 1)
        return np.where(established(deaths)[:, origin, None, None], found, np.nan)


def learn(
    deaths: Floats, made: Features, last: int, settings: Settings = FROZEN, seed: int = 0
) -> Learned:
    """Fit the model on what was over by a month.

    Parameters
    ----------
    deaths : ndarray, shape (unit, month)
    made : Features
        Of the same panel.
    last : int
        Place of the last month that may be seen.
    settings : Settings
    seed : int

    Raises
    ------
    ForecastRefused
        If the panel is too short, without deaths, or LightGBM is not installed.
    """
    return Learned(grow(examples(deaths, made, last, settings, seed), settings, seed), settings)


def draws_ahead(
    deaths: Floats,
    horizons: Sequence[int],
    draws: int = DRAWS,
    seed: int = 0,
    settings: Settings = FROZEN,
) -> Floats:
    """Fit the model on some months and forecast from the last of them.

    Parameters
    ----------
    deaths : ndarray, shape (unit, month)
        Up to and with the origin.
    horizons : sequence of int
        Months ahead.
    draws, seed : int
    settings : Settings

    Returns
    -------
    ndarray, shape (unit, horizon, draw)
    """
    made, last = features(deaths), deaths.shape[1] - 1
    learned = learn(deaths, made, last, settings, seed)
    return learned.ahead(deaths, made, last, horizons, draws)


def look_ahead(
    panel: Panel,
    origin: date,
    *,
    horizons: Sequence[int] = HORIZONS,
    draws: int = DRAWS,
    seed: int = 0,
    settings: Settings = FROZEN,
) -> WatchForecast:
    """Forecast every country of a panel from one month.

    Months after the origin are cut off before anything is worked out.

    Parameters
    ----------
    panel : Panel
        Countries by month.
    origin : datetime.date
        First day of the last month that is seen.
    horizons : sequence of int
        Months ahead, ascending.
    draws, seed : int
    settings : Settings

    Raises
    ------
    ForecastRefused
        If the panel is not one of months, is too short, or nothing is known of the last year.
    TimeError
        If the panel does not hold the origin.
    """
    if panel.period != "month":
        raise ForecastRefused(
            f"a panel of {panel.period}s", expected="months", mend="make it with --period month"
        )
    seen = panel.until(origin)
    deaths = seen.values
    begins = established(deaths)[:, -1]
    if not begins.any():
        raise ForecastRefused(
            f"of no country are the twelve months to {origin:%Y-%m} all known",
            mend="choose an origin that the panel covers",
        )
    simple = {
        name: benchmark(deaths, horizons, draws, stream(seed, "watch", name))
        for name, benchmark in BENCHMARKS.items()
    }
    return WatchForecast(
        origin=seen.starts[-1],
        keys=seen.keys,
        names=seen.names,
        months=tuple(month_after(origin, each) for each in horizons),
        draws=draws_ahead(deaths, horizons, draws, seed, settings),
        last_year=deaths[:, -YEAR:],
        baselines=simple,
        withheld={
            key: "not all of the last twelve months are known"
            for key, known in zip(seen.keys, begins, strict=True)
            if not known
        },
        model=MODEL,
        config=digest(MODEL, _REVISION, asdict(settings), tuple(horizons), draws),
        seed=seed,
        vintage=seen.vintage,
        evidence=seen.digest,
        variable=seen.variable,
        about=seen.about,
    )
