"""The simple methods by day, for the same questions and pages as the forecast itself."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.forecast.baselines.weighted_mean import FLOOR, means, tune_weighted_mean
from foreshock.forecast.baselines.windows import LEAST_WINDOWS, WINDOWS
from foreshock.forecast.escalation.history import History

Whole = NDArray[np.int64]

MONTH = 30
MEASURES = ("events", "deaths")


def outlook(
    observed: DailySeries, days: int, *, members: int, seed: int
) -> dict[str, dict[str, Ensemble]]:
    """Say what simple methods expect of each day, as ensembles.

    Parameters
    ----------
    observed : DailySeries
        What had been counted by day; the ensembles begin on the day after its last one.
    days : int
        Days ahead.
    members, seed : int

    Returns
    -------
    dict of str to dict of str to Ensemble
        By method and measure (``"events"``, ``"deaths"``). ``"persistence"``: Poisson days with
        the mean of the last 30. ``"weighted mean"``: the exponentially weighted mean with negative
        binomial spread, half-life and spread tuned on the past of all series together.
        ``"climatology"``: any stretch of so many days of the past, each as likely.
        ``"conflictology"``: one of the last 12 such stretches, or of as many as there are. The
        last two keep days, series and measures together as they were; they are left out where the
        past holds no four stretches. They tell no incident from another, so all dead of a day count
        as those of one: the most that a single incident can have killed.

    Raises
    ------
    ForecastRefused
        If less than one member or day is asked for.

    Examples
    --------
    >>> from datetime import date
    >>> calm = DailySeries(date(2031, 5, 1), ("a",), [[1], [0]] * 20, [[3.0], [0.0]] * 20)
    >>> found = outlook(calm, 7, members=500, seed=7)
    >>> sorted(found), found["climatology"]["events"].first.isoformat()
    (['climatology', 'conflictology', 'persistence', 'weighted mean'], '2031-06-10')
    >>> found["conflictology"]["events"].quantiles([0.05, 0.95])[:, 0].tolist()
    [3.0, 4.0]
    """
    if members < 1 or days < 1:
        raise ForecastRefused(f"{members} members over {days} days", expected="at least 1 each")
    values = {
        "events": observed.counts,
        "deaths": np.rint(observed.deaths).astype(np.int64),
    }
    found = {"persistence": _persistence(values, days, members, seed)}
    stretches = observed.days - days + 1
    if observed.days >= LEAST_WINDOWS * days:
        latest = range(stretches - 1, -1, -days)[:WINDOWS]
        for name, starts in (
            ("climatology", np.arange(stretches)),
            ("conflictology", np.array(latest)),
        ):
            at = _drawn(starts, members, seed, name)[:, None] + np.arange(days)
            found[name] = {measure: held[at] for measure, held in values.items()}
    found["weighted mean"] = _weighted_mean(observed, days, members, seed)
    first = observed.last + timedelta(days=1)
    return {
        name: {
            "events": Ensemble(held["events"], first, observed.names, "events"),
            "deaths": Ensemble(
                held["deaths"], first, observed.names, "deaths", largest=held["deaths"]
            ),
        }
        for name, held in found.items()
    }


def _persistence(
    values: dict[str, Whole], days: int, members: int, seed: int
) -> dict[str, NDArray[np.int64]]:
    found = {}
    for measure, held in values.items():
        rate = np.maximum(held[-MONTH:].mean(axis=0), FLOOR / days)
        random = stream(seed, "baselines", "persistence", measure)
        found[measure] = random.poisson(rate, (members, days, held.shape[1]))
    return found


def _drawn(starts: NDArray[np.intp], members: int, seed: int, name: str) -> NDArray[np.intp]:
    """Draw where stretches start, each as often as any other give or take one, in any order."""
    random = stream(seed, "baselines", name)
    rounds = -(-members // len(starts))
    drawn = np.concatenate([random.permutation(starts) for _ in range(rounds)])[:members]
    return random.permutation(drawn)


def _weighted_mean(
    observed: DailySeries, days: int, members: int, seed: int
) -> dict[str, NDArray[np.int64]]:
    """Draw a level for all days of a member, and Poisson days around it.

    The total over all days has just the spread that was tuned for it. Many events and many deaths
    go together: both levels have one rank.
    """
    from scipy.special import gammaincinv

    history = History(observed)
    series = len(observed.names)
    rank = stream(seed, "baselines", "weighted mean", "level").random((members, series))
    found = {}
    for measure in MEASURES:
        spread = tune_weighted_mean(history, measure, days)
        mean = means(history, measure, days, spread.half_life)[-1]
        size = spread.sizes(mean)
        level = mean * gammaincinv(size, rank) / size
        random = stream(seed, "baselines", "weighted mean", measure)
        found[measure] = random.poisson(np.repeat(level[:, None, :] / days, days, axis=1))
    return found
