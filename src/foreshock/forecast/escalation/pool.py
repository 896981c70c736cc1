"""The pool: direct forecasts of a window's total, from a pooled learner and averaged filters.

For each horizon and measure two forecasters are fitted on what is over by the last observed day:
the ratio learner, one regression for all series (`features`, `regression`), and the averaged
filters, one set of weights a series (`filters`). Their distributions are pooled linearly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.escalation.features import (
    COUNT_FEATURES,
    DEATH_FEATURES,
    count_features,
    death_features,
)
from foreshock.forecast.escalation.filters import Averaging, FilterBank, window_totals
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.negative_binomial import Mixture, pooled
from foreshock.forecast.escalation.regression import (
    SPREAD_PRIOR,
    Fitted,
    Prior,
    fit,
)

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

HORIZONS = (7, 14, 30)
MEASURES = ("events", "deaths")


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything about the pool that is set and not fitted.

    Parameters
    ----------
    burn_in : int
        Days before the first window that the learner learns from.
    step : int
        Days between the origins of those windows.
    least_events : int
        Events of a series before a window of it is learned from.
    most_windows : int
        Windows that are learned from at once: of more, every second, third ... origin is left out.
    memory : int
        Days back to which windows are learned from: older ones cost time and tell little.
        No study so far has had a longer past.
    deviation, level_deviation, usual_deviation : mapping of str to float
        By measure: prior standard deviation of the coefficients of features, of the level's, and of
        the constant.
    learner_share : mapping of str to float
        By measure: weight of the ratio learner in the pool; the filters have the rest.
    averaging : Averaging
    """

    burn_in: int = 60
    step: int = 3
    least_events: int = 20
    most_windows: int = 20_000
    memory: int = 1461
    deviation: Mapping[str, float] = field(default_factory=lambda: {"events": 0.6, "deaths": 0.3})
    level_deviation: Mapping[str, float] = field(
        default_factory=lambda: {"events": 0.05, "deaths": 0.3}
    )
    usual_deviation: Mapping[str, float] = field(
        default_factory=lambda: {"events": 0.2, "deaths": 0.8}
    )
    learner_share: Mapping[str, float] = field(
        default_factory=lambda: {"events": 0.7, "deaths": 0.75}
    )
    averaging: Averaging = field(default_factory=Averaging)


FROZEN = Configuration()
"""The configuration that is evaluated and issued."""


def names_of(measure: str) -> tuple[str, ...]:
    """Name the features of a measure.

    Examples
    --------
    >>> names_of("events")[:3], len(names_of("deaths"))
    (('usual', 'level', '2 days'), 17)
    """
    return COUNT_FEATURES if measure == "events" else DEATH_FEATURES


def components_of(measure: str) -> int:
    """Say how many components the learner's distributions have: deaths come in bursts.

    Examples
    --------
    >>> components_of("events"), components_of("deaths")
    (1, 2)
    """
    return 1 if measure == "events" else 2


def weak_prior(measure: str, configuration: Configuration = FROZEN) -> Prior:
    """Give the prior of nobody's data: every ratio is 1, give or take.

    Examples
    --------
    >>> weak_prior("events").deviation[:3].tolist()  # of the constant, the level, the 2 days
    [0.2, 0.05, 0.6]
    """
    width = len(names_of(measure))
    mean, deviation = np.zeros(width), np.full(width, configuration.deviation[measure])
    deviation[:2] = configuration.usual_deviation[measure], configuration.level_deviation[measure]
    spread = SPREAD_PRIOR[components_of(measure)]
    return Prior(np.concatenate([mean, spread.mean]), np.concatenate([deviation, spread.deviation]))


def designed(
    history: History, measure: str, horizon: int, days: Rows, columns: Rows
) -> tuple[Floats, Floats]:
    """Give design and offset of some windows, as of the end of their days.

    Returns
    -------
    design : ndarray, shape (case, feature)
        In the order of `names_of`.
    offset : ndarray, shape (case,)
        Log of the total of the window if the level of its day goes on.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.series import DailySeries
    >>> steady = DailySeries(date(2031, 5, 1), ("a",), [[2]] * 60, [[0.0]] * 60)
    >>> at = np.array([59]), np.array([0])
    >>> float(np.exp(designed(History(steady), "events", 7, *at)[1][0]).round(2))
    14.21
    """
    features = count_features if measure == "events" else death_features
    design, base = features(history, days, columns)
    return design, base + np.log(horizon)


def learn(
    history: History,
    measure: str,
    horizon: int,
    prior: Prior,
    configuration: Configuration = FROZEN,
) -> Fitted:
    """Fit the ratio learner on every window that is over by the last observed day.

    Parameters
    ----------
    history : History
    measure : {'events', 'deaths'}
    horizon : int
        Days of a window.
    prior : Prior
        `weak_prior`, or what many dyads taught.
    configuration : Configuration

    Raises
    ------
    ForecastRefused
        If no window is over yet.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.random import stream
    >>> from foreshock.core.series import DailySeries
    >>> counts = stream(7, "example").poisson(1.0, (150, 2))
    >>> past = History(DailySeries(date(2031, 5, 1), ("a>b", "b>a"), counts, counts))
    >>> round(learn(past, "events", 7, weak_prior("events")).rows, 1)  # overlapping ones as one
    24.0
    """
    totals = window_totals(history, measure, horizon)
    start = max(configuration.burn_in, len(totals) - configuration.memory)
    origins = np.arange(start, len(totals), configuration.step)
    enough = history.so_far[origins] >= configuration.least_events
    thinned = max(1, -(-int(enough.sum()) // configuration.most_windows))
    # Counted from the last one, so that the newest windows always teach.
    kept = slice((len(origins) - 1) % thinned, None, thinned)
    origins, enough = origins[kept], enough[kept]
    place, columns = np.nonzero(enough)
    days = origins[place]
    if not len(days):
        raise ForecastRefused(
            f"no window of {horizon} days is over in any series of "
            f"{configuration.least_events} events",
            mend="give a longer past, or a prior that was fitted on other series",
        )
    design, offset = designed(history, measure, horizon, days, columns)
    return fit(
        totals[days, columns],
        design,
        offset,
        prior,
        components=components_of(measure),
        weight=min(1.0, thinned * configuration.step / horizon),
    )


@dataclass(frozen=True, eq=False)
class Pooled:
    """Forecasts of the totals after the last observed day, and what they were pooled from.

    Parameters
    ----------
    whole : Mixture
        The pool, one case a series that was asked for.
    parts : mapping of str to Mixture
        ``"ratio learner"`` and ``"averaged filters"``.
    """

    whole: Mixture
    parts: Mapping[str, Mixture]


def forecast_totals(
    history: History,
    columns: Sequence[int],
    measure: str,
    horizon: int,
    *,
    learned: Fitted,
    configuration: Configuration = FROZEN,
) -> Pooled:
    """Forecast the total of the first days after the last observed one.

    Parameters
    ----------
    history : History
        Up to the origin; nothing later is looked at, for nothing later is in it.
    columns : sequence of int
        Series to forecast.
    measure : {'events', 'deaths'}
    horizon : int
        Days.
    learned : Fitted
        The ratio learner, fitted on this past (`learn`) or elsewhere (`prior`).

    Returns
    -------
    Pooled

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.random import stream
    >>> from foreshock.core.series import DailySeries
    >>> counts = stream(7, "example").poisson(1.0, (150, 2))
    >>> past = History(DailySeries(date(2031, 5, 1), ("a>b", "b>a"), counts, counts))
    >>> learned = learn(past, "events", 7, weak_prior("events"))
    >>> week = forecast_totals(past, [0, 1], "events", 7, learned=learned).whole
    >>> bool(((week.expected > 3) & (week.expected < 12)).all())
    True
    """
    at = np.asarray(columns, dtype=np.intp)
    day = history.days - 1
    design, offset = designed(history, measure, horizon, np.full(len(at), day), at)
    learner = learned.predict(design, offset)
    bank = FilterBank.of(history, measure, horizon)
    filters = bank.forecast(history, day, at, configuration.averaging)
    share = configuration.learner_share[measure]
    whole = pooled([learner, filters], [share, 1 - share])
    return Pooled(whole, {"ratio learner": learner, "averaged filters": filters})
