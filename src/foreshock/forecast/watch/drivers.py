"""Drivers by ablation: how a forecast moves when a part of what is known is taken away.

Newest months are taken away by forecasting the same month from before them. Other parts are blanked
and the forests grown again; last, the country's own year is left out of the pool. What the forecast
then says less, or more, is what that part carried.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.core.months import months_between
from foreshock.core.panel import Panel
from foreshock.core.watch import Driver, Warning, WatchForecast, reached
from foreshock.forecast.watch.features import PARTS, RECENT, features
from foreshock.forecast.watch.features import YEAR as YEAR_BEHIND
from foreshock.forecast.watch.model import learn
from foreshock.forecast.watch.settings import FROZEN, Settings

Floats = NDArray[np.float64]

OWN = "its own last year as it is"
"""The part of the pool that is not learned from others."""

_MONTHS = {RECENT: 3, YEAR_BEHIND: 12}
"""Parts that are the newest months, and how many."""


def drivers(
    panel: Panel,
    origin: date,
    forecast: WatchForecast,
    ahead: int = 3,
    settings: Settings = FROZEN,
) -> Mapping[str, tuple[Driver, ...]]:
    """Tell what the probability of at least 25 deaths rests on, country by country.

    Parameters
    ----------
    panel : Panel
        That the forecast is of; months after the origin are cut off.
    origin : datetime.date
    forecast : WatchForecast
    ahead : int
        Months ahead of the month that is asked about.
    settings : Settings

    Returns
    -------
    mapping of str to tuple of Driver
        By id, for each country with a forecast; what moves it most comes first.

    Raises
    ------
    ForecastRefused
        If that month is not forecast, or the model cannot be fitted.
    """
    deaths = panel.until(origin).values
    asked = [month for month in forecast.months if months_between(origin, month) == ahead]
    if not asked:
        raise ForecastRefused(f"no month {ahead} ahead is forecast")
    draws, last = forecast.draws.shape[2], deaths.shape[1] - 1
    made = features(deaths)

    def probability(drawn: Floats) -> Floats:
        shares: Floats = reached(Warning.DEADLY, drawn, forecast.last_year).mean(axis=-1)
        return shares

    whole = probability(forecast.draws[:, forecast.months.index(asked[0])])
    without: dict[str, Floats] = {}
    for part in PARTS:
        back = _MONTHS.get(part, 0)
        seen = made if back else made.without(part)
        learned = learn(deaths, seen, last - back, settings, forecast.seed)
        drawn = learned.ahead(deaths, seen, last - back, (ahead + back,), draws)
        without[part] = probability(drawn[:, 0])
    learned = learn(deaths, made, last, settings, forecast.seed).alone()
    without[OWN] = probability(learned.ahead(deaths, made, last, (ahead,), draws)[:, 0])
    found = {}
    for row, key in enumerate(forecast.keys):
        if np.isfinite(whole[row]):
            told = [
                Driver(part=part, without=float(other[row]), probability=float(whole[row]))
                for part, other in without.items()
                if np.isfinite(other[row])  # a country may be too young for a forecast from before
            ]
            told.sort(key=lambda each: -abs(each.probability - each.without))
            found[key] = tuple(told)
    return found
