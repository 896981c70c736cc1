r"""Nowcast: what happened in the last days and is not known yet, drawn many times over.

Of the acts of a day, the share :math:`F(s)` is known :math:`s` days later. The last days of a
series are therefore short of acts, and read as they stand, every conflict would seem to die down.
With :math:`n_t` acts known of day :math:`t`, which is :math:`s` days old, the model is

.. math::
    N_t \mid \lambda_t &\sim \mathrm{Poisson}(\lambda_t), \quad
    \lambda_t \sim \mathrm{Gamma}(1/\psi,\; 1/(\psi\mu)), \\
    n_t \mid N_t &\sim \mathrm{Binomial}(N_t,\; F(s)),

so that :math:`N_t` is negative binomial with mean :math:`\mu` and variance
:math:`\mu + \psi\mu^2`, and by the thinning of Poisson counts

.. math::
    \lambda_t \mid n_t &\sim \mathrm{Gamma}(1/\psi + n_t,\; 1/(\psi\mu) + F(s)), \\
    N_t - n_t \mid \lambda_t &\sim \mathrm{Poisson}(\lambda_t\,(1 - F(s))).

The level :math:`\mu` is drawn from what the recent days say of it, the last ones by the share that
is known: :math:`\mu \sim \mathrm{Gamma}(1/2 + \sum_t w_t n_t,\; \sum_t w_t F)` with weights
:math:`w_t` that halve every `HALF_LIFE` days. A level that rose within the last days is believed
only as far as known acts bear it out. The dispersion :math:`\psi` is the weighted moment estimate.
The dead of a missing act are those of a known act, drawn at random.

Sources: Lawless 1994, Adjustments for reporting delays and the prediction of occurred but not
reported events, Canadian Journal of Statistics 22:15-31, doi:10.2307/3315820; Höhle, an der Heiden
2014, Bayesian nowcasting during an outbreak, Biometrics 70:993-1002,
doi:10.1111/biom.12194.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.series.counting import CaseSeries
from foreshock.case.feeds import Delay, Feed
from foreshock.core.errors import ForecastRefused, TimeError
from foreshock.core.random import stream
from foreshock.core.series import Amounts, Counts, DailySeries

HALF_LIFE = 14.0
"""Days after which a day says half as much of the present level."""

REACH = 120
"""Days that say anything of it."""

MOST_DISPERSED = 10.0
"""Greatest dispersion that is believed; a few days cannot tell a greater one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nowcast:
    """The last days as they may have been, what is not known yet included.

    Attributes
    ----------
    known : tuple of DailySeries
        The worlds that were completed: what is known of them.
    first : datetime.date
        First day that may lack something.
    counts, deaths : ndarray, shape (draw, day, series)
        Draws of all acts and deaths of the days from `first` on, known ones included. Draw `k`
        completes world ``k % len(known)``. No days where everything is known.
    share_known : ndarray, shape (day,)
        Share of the acts of each such day that is known.
    """

    known: tuple[DailySeries, ...]
    first: date
    counts: Counts
    deaths: Amounts
    share_known: NDArray[np.float64]

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(self.counts)

    @property
    def days(self) -> int:
        """How many of the last days may lack something."""
        return len(self.share_known)

    def completed(self, draw: int) -> DailySeries:
        """Give the whole series of one draw: what is known, with the last days completed."""
        world = self.known[draw % len(self.known)]
        start = world.days - self.days
        return DailySeries(
            world.first,
            world.names,
            np.concatenate([world.counts[:start], self.counts[draw]]),
            np.concatenate([world.deaths[:start], self.deaths[draw]]),
        )


def nowcast(
    worlds: Sequence[DailySeries],
    delay: Delay,
    as_of: date,
    *,
    draws: int,
    seed: int = 0,
) -> Nowcast:
    """Draw what happened in the last days, given what is known of them.

    Parameters
    ----------
    worlds : sequence of DailySeries
        What is known, in one or more imputed worlds with the same days and names. They end on the
        as-of at the latest.
    delay : Delay
        How late acts become known, as the feed declares it.
    as_of : datetime.date
    draws : int
        At least 1.
    seed : int
        Each series draws from a stream named after it: another series changes none of its draws.

    Returns
    -------
    Nowcast

    Raises
    ------
    TimeError
        If there is no world, the worlds differ in their days or names, or go on after the as-of.
    ForecastRefused
        If nothing of any of the days can be known yet.

    Examples
    --------
    >>> known = DailySeries(date(2031, 5, 1), ("gondal>ruritania",), [[4]] * 29 + [[2]],
    ...                     [[0.0]] * 30)
    >>> found = nowcast([known], Delay((0, 1), (0.5, 1.0)), known.last, draws=2000, seed=7)
    >>> found.first, round(float(found.counts.mean()), 2)
    (datetime.date(2031, 5, 30), 4.02)
    """
    if not worlds:
        raise TimeError("no world to complete", expected="at least one")
    first_world = worlds[0]
    if any((w.first, w.days, w.names) != _shape(first_world) for w in worlds):
        raise TimeError("the worlds differ in their days or series", expected="the same in all")
    if first_world.last > as_of:
        raise TimeError(
            f"the series go on to {first_world.last}, after the as-of {as_of}",
            mend="cut them with `until`",
        )
    ages = np.array([(as_of - first_world.day(row)).days for row in range(first_world.days)])
    share = delay.known(ages)
    if not share.any():
        raise ForecastRefused(
            f"nothing from {first_world.first} on can be known by {as_of}",
            expected=f"acts are known from {delay.days[0]} days on",
            mend="choose a later as-of",
        )
    tail = int((share < 1).sum())  # the share falls towards the last day
    start = first_world.days - tail
    which = np.arange(draws) % len(worlds)
    counts = np.empty((draws, tail, len(first_world.names)), np.int64)
    deaths = np.empty(counts.shape)
    stacked = np.stack([world.counts for world in worlds])
    dead = np.stack([world.deaths for world in worlds])
    for column, name in enumerate(first_world.names if tail else ()):
        random = stream(seed, "nowcast", name)
        level, dispersion = _levels(stacked[:, :, column], share)
        missing = _missing(stacked[which, start:, column], share[start:], level, dispersion, which,
                           random)  # fmt: skip
        marks = _marks(stacked[:, :, column], dead[:, :, column])
        if not len(marks):
            marks = _marks(stacked, dead)
        counts[:, :, column] = stacked[which, start:, column] + missing
        deaths[:, :, column] = dead[which, start:, column] + _dead(missing, marks, random)
    for array in (counts, deaths):
        array.setflags(write=False)
    return Nowcast(
        known=tuple(worlds),
        first=first_world.first + timedelta(days=start),
        counts=counts,
        deaths=deaths,
        share_known=share[start:],
    )


def nowcast_of(series: CaseSeries, *, draws: int, seed: int = 0) -> Nowcast:
    """Complete the series of a feed by the delay that the feed declares.

    Raises
    ------
    ForecastRefused
        If the feed declares none: a delay is never silently taken for zero.
    """
    delay = declared_delay(series.feed)
    return nowcast(series.worlds, delay, series.as_of, draws=draws, seed=seed)


def declared_delay(feed: Feed) -> Delay:
    """Give the delay that a feed declares.

    Raises
    ------
    ForecastRefused
        If it declares none.

    Examples
    --------
    >>> declared_delay(Feed(name="border", since=date(2031, 1, 1), pairs=(("a", "b"),)))
    Traceback (most recent call last):
    foreshock.core.errors.ForecastRefused: series border: nobody says how late its acts become \
known. Expected: the share known by day. Mend: add known_within to the feed in case.yaml, such as \
{0: 0.7, 1: 0.9, 7: 1}, with its delay_basis.
    """
    if feed.delay is None:
        raise ForecastRefused(
            "nobody says how late its acts become known",
            where=f"series {feed.name}",
            expected="the share known by day",
            mend="add known_within to the feed in case.yaml, such as {0: 0.7, 1: 0.9, 7: 1}, "
            "with its delay_basis",
        )
    return feed.delay


def _shape(series: DailySeries) -> tuple[date, int, tuple[str, ...]]:
    return series.first, series.days, series.names


def _levels(
    counts: NDArray[np.int64], share: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give for each world the weighted sums that the level is drawn from, and its dispersion.

    Returns arrays of shape (world, 2), shape and rate of a gamma distribution, and (world,).
    """
    recent = slice(max(counts.shape[1] - REACH, 0), None)
    n, known = counts[:, recent], share[recent]
    weight = 0.5 ** (np.arange(n.shape[1])[::-1] / HALF_LIFE)
    events, days = n @ weight + 0.5, float(weight @ known)
    mean = (events / days)[:, None] * known
    spread = ((n - mean) ** 2 - mean) @ weight
    dispersion = np.clip(spread / np.maximum((mean**2) @ weight, 1e-12), 0.0, MOST_DISPERSED)
    return np.stack([events, np.full_like(events, days)], axis=1), dispersion


def _missing(
    known: NDArray[np.int64],
    share: NDArray[np.float64],
    level: NDArray[np.float64],
    dispersion: NDArray[np.float64],
    which: NDArray[np.int64],
    random: np.random.Generator,
) -> NDArray[np.int64]:
    """Draw the acts that are not known yet, shape (draw, day)."""
    shape, rate = level[which].T
    mean = random.gamma(shape, 1 / rate)[:, None]
    psi = dispersion[which][:, None]
    dispersed = psi > 1e-6
    size = 1 / np.where(dispersed, psi, 1.0)
    drawn = random.gamma(size + known, 1 / (size / np.maximum(mean, 1e-300) + share))
    rates = np.where(dispersed, drawn, mean)
    return random.poisson(rates * (1 - share))


def _marks(counts: NDArray[np.int64], deaths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the deaths per act of each day with acts, the day once for each of its acts."""
    some = counts > 0
    return np.repeat(deaths[some] / counts[some], counts[some])


def _dead(
    missing: NDArray[np.int64], marks: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the dead of missing acts from those of known ones; none where no act is on record."""
    total = np.zeros(missing.size)
    if len(marks):
        each = np.repeat(np.arange(missing.size), missing.ravel())
        np.add.at(total, each, marks[random.integers(0, len(marks), len(each))])
    return total.reshape(missing.shape)
