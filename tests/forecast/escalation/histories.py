"""Small invented histories for the tests of escalation, and what is learned from them once."""

from datetime import date
from functools import cache

import numpy as np

from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.excitation.fit import Draws, fit
from foreshock.forecast.escalation.excitation.model import Excitation, pair_edges
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.pool import learn, weak_prior
from foreshock.forecast.escalation.prior import Taught, train
from foreshock.forecast.escalation.regression import Fitted

FIRST = date(2031, 1, 1)
NAMES = ("gondal>ruritania", "ruritania>gondal", "angria>ruritania", "ruritania>angria")
TAUGHT_DAYS = 220
PROVENANCE = {
    "dataset": "invented wars",
    "release": "1",
    "digest": "none",
    "citation": "Nobody 2031",
    "licence": "CC0",
}


def from_counts(counts: object, deaths: object = None, names: tuple[str, ...] = ()) -> DailySeries:
    """Series of given counts; of as many deaths where none are given."""
    held = np.asarray(counts, dtype=np.int64)
    names = names or NAMES[: held.shape[1]]
    return DailySeries(FIRST, names, held, np.asarray(held if deaths is None else deaths, float))


def wandering(days: int = 300, series: int = 4, seed: int = 7) -> DailySeries:
    """Series whose level wanders, with days of many events, and deaths in proportion."""
    random = stream(seed, "wandering")
    level = np.exp(np.cumsum(random.normal(0, 0.08, (days, series)), axis=0))
    counts = random.poisson(level * random.gamma(2, 0.5, (days, series)))
    deaths = np.where(counts > 0, random.poisson(2.0 * counts), 0)
    return from_counts(counts, deaths)


def broken(series: DailySeries, row: int) -> DailySeries:
    """The same up to a row, nonsense after it."""
    counts, deaths = series.counts.copy(), series.deaths.copy()
    counts[row + 1 :] = 977
    deaths[row + 1 :] = 12_345.0
    return DailySeries(series.first, series.names, counts, deaths)


@cache
def taught() -> Taught:
    """Give a prior learned from one made history."""
    return train(History(wandering(TAUGHT_DAYS)), PROVENANCE)


@cache
def learned(measure: str, horizon: int, days: int = 200, seed: int = 7) -> Fitted:
    """Give a ratio learner of one made history."""
    return learn(History(wandering(days, seed=seed)), measure, horizon, weak_prior(measure))


@cache
def draws(days: int = 200, seed: int = 7) -> Draws:
    """Give a posterior of the excitation model of one made history."""
    series = wandering(days, seed=seed)
    model = Excitation(names=series.names, edges=pair_edges(series.names))
    return fit(series.counts, model, draws=40).draws
