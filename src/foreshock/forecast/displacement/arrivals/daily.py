r"""People newly displaced day by day, from counts over irregular intervals.

The monthly model of `levels`, cut into days: the logarithm of a day's people is

.. math:: \lambda_i = \ell_i + d_i + w_i + \beta f_i

with a slow level :math:`\ell`, deviations :math:`d` that fade over months, bursts :math:`w` that
fade in days, and the fighting ahead. Level, deviations and :math:`\beta` are those that months
taught. Bursts are what a month's own noise :math:`r` is made of: fading in :math:`\tau` days and
with variance :math:`v`, they give the mean of :math:`T` days the variance

.. math:: r = v\, \frac{2\tau}{T}\Bigl(1 - \frac{\tau}{T}\bigl(1 - e^{-T/\tau}\bigr)\Bigr),

which fixes :math:`v` by :math:`\tau`. **What months cannot teach** is :math:`\tau`, and how often
people leave all at once within one. Each future believes a :math:`\tau` of its own, anything from 2
to 15 days alike (a judgement); so with how restless the place is in its deviations and in its
bursts, each drawn from :math:`\kappa/\chi^2_\kappa`. Counts over short intervals tell which beliefs
were right. Calm and wild months have the probability that months gave surges: a multiplier of the
deviations from :math:`\nu/\chi^2_\nu`, drawn anew every month or so.

What was counted enters by a particle filter (Gordon, Salmond & Smith 1993,
doi:10.1049/ip-f-2.1993.0015): futures are run through the intervals, weighted by how well their
sums agree with the counts, and resampled. The level of a place that was never counted before lies
around its first count, so that the answer scales with the people counted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import dropwhile, pairwise

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.forecast.displacement.arrivals.levels import WIDER
from foreshock.forecast.displacement.arrivals.prior import Taught

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

MONTH = 365.25 / 12
SHORTEST, LONGEST = math.log(2.0), math.log(15.0)
"""Logarithms of the days in which bursts may fade; all between are as likely."""

MONTH_OF_FIGHTING = 30
LEAST_PARTICLES = 20_000
LEAST_EFFECTIVE = 100
"""Particles that must be left in effect after a count; else it is taken for less sharp."""

COUNTING = 0.05
"""No count of displaced people is better than to 5 %."""

BLUNTER = 1.5
SHRINK = 0.98
"""At each resampling, what particles believe is drawn so far to their mean, and
spread anew by as much (Liu & West 2001, doi:10.1007/978-1-4757-3437-9_10)."""

MOST_SCALE = 3.0
"""A place in its wildest month moves no more than so many times as places usually do."""

MOST_LOGARITHM = math.log(1e9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """People newly displaced over some days, as somebody counted them.

    Attributes
    ----------
    first, last : datetime.date
        The days, both included.
    people : float
        0 or more.
    spread : float
        Standard deviation of the count, relative to it.
    """

    first: date
    last: date
    people: float
    spread: float

    def __post_init__(self) -> None:
        """Refuse what nobody can count."""
        if self.last < self.first:
            raise ForecastRefused(f"an interval from {self.first} to {self.last} runs backwards")
        if not (math.isfinite(self.people) and self.people >= 0 and self.spread >= 0):
            raise ForecastRefused(
                f"{self.people} people with a spread of {self.spread} from {self.first}",
                expected="both 0 or more",
            )

    @property
    def days(self) -> int:
        """Count its days."""
        return (self.last - self.first).days + 1


def counted_before(past: Sequence[Interval], first: date) -> list[Interval]:
    """Give the intervals that a forecast from a day on may look at, in order.

    Raises
    ------
    ForecastRefused
        If nobody was counted, counts overlap, or one reaches into the forecast.
    """
    known = sorted((each for each in past if each.first < first), key=lambda each: each.first)
    known = list(dropwhile(lambda each: not each.people, known))
    if not known:
        raise ForecastRefused(
            f"nobody was counted before {first}", expected="at least one count of people"
        )
    for early, late in pairwise(known):
        if late.first <= early.last:
            raise ForecastRefused(
                f"counts from {early.first} to {early.last} and from {late.first} overlap",
                mend="hand in one history; rivals are histories of their own",
            )
    if known[-1].last >= first:
        raise ForecastRefused(
            f"a count reaches to {known[-1].last}, past the first day of the forecast, {first}"
        )
    return known


def departures(
    past: Sequence[Interval],
    taught: Taught,
    *,
    first: date,
    days: int,
    members: int,
    seed: int,
    fighting: Floats | None = None,
) -> Floats:
    """Draw how many people are newly displaced on each day.

    How many are there to leave is not looked at: see `leaving.thinned`.

    Parameters
    ----------
    past : sequence of Interval
        What was counted, without overlap; days of which nobody tells may lie between. Intervals
        before the first in which anybody was counted are left out. Intervals
        that begin on the first day or later are not looked at; one that reaches into it is refused.
        Rivals are for the caller: one history a call.
    taught : Taught
    first : datetime.date
        First day that is forecast.
    days, members, seed : int
    fighting : ndarray, shape (member, day), optional
        Natural logarithm of the fighting ahead over that of the last month. It is smoothed over up
        to 30 days, for months taught how arrivals go with it; what was learned of that, with its
        deviation, decides how much it weighs, and nothing where `taught` has learned none.

    Returns
    -------
    ndarray, shape (member, day)
        People, 0 or more.

    Raises
    ------
    ForecastRefused
        If nothing was counted before, or counts overlap, or the fighting has another shape.

    Examples
    --------
    >>> from foreshock.forecast.displacement.arrivals.prior import bundled
    >>> counted = [Interval(first=date(2031, 5, 1), last=date(2031, 5, 30), people=30_000,
    ...                     spread=0.1),
    ...            Interval(first=date(2031, 5, 31), last=date(2031, 6, 6), people=14_000,
    ...                     spread=0.1)]
    >>> ahead = departures(counted, bundled(), first=date(2031, 6, 7), days=14, members=1000,
    ...                    seed=7)
    >>> ahead.shape, bool(5_000 < np.median(ahead.sum(axis=1)) < 40_000)
    ((1000, 14), True)
    """
    known = counted_before(past, first)
    if days < 1 or members < 1:
        raise ForecastRefused(f"{members} members of {days} days", expected="1 or more of each")
    cloud = _Cloud(known[0], taught, max(members, LEAST_PARTICLES), seed)
    day = known[0].first
    for number, each in enumerate(known):
        cloud.walk((each.first - day).days)
        tell = cloud.learn if number else cloud.settle
        tell(each.people, each.spread, cloud.walk(each.days))
        day = each.last + timedelta(days=1)
    cloud.walk((first - day).days)
    cloud.keep(members)
    return cloud.walk(days, _effect(taught, fighting, members, days, seed))


def _effect(
    taught: Taught, fighting: Floats | None, members: int, days: int, seed: int
) -> Floats | None:
    """Give what the fighting adds to the logarithm, shape (member, day)."""
    if fighting is None or taught.coupling is None:
        return None
    if fighting.shape != (members, days) or not np.isfinite(fighting).all():
        raise ForecastRefused(
            f"fighting of shape {fighting.shape}", expected=f"numbers, {(members, days)}"
        )
    ratio = np.cumsum(np.exp(np.clip(fighting, -20, 20)), axis=1)
    ratio[:, MONTH_OF_FIGHTING:] -= ratio[:, :-MONTH_OF_FIGHTING].copy()
    mean = ratio / np.minimum(np.arange(1, days + 1), MONTH_OF_FIGHTING)
    luck = stream(seed, "departures", "slope").standard_normal((members, 1))
    slope = taught.coupling.slope + taught.coupling.deviation * luck
    added: Floats = slope * np.log(mean)
    return added


def _deviation(people: float, spread: float) -> float:
    """Give the standard deviation of a count; even a sharp one has that of counting."""
    return math.hypot(max(spread * max(people, 1.0), COUNTING * people), math.sqrt(people + 1))


def _centred(logarithms: Floats) -> Floats:
    centred: Floats = logarithms - logarithms.max()
    return centred


class _Cloud:
    """Particles that move day by day.

    Beliefs, shape (3, particle), stay with a particle: logarithms of how restless the place is in
    deviations and in bursts (standard deviations over the usual), and of the days of a burst.
    """

    def __init__(self, earliest: Interval, taught: Taught, number: int, seed: int) -> None:
        levels = taught.levels
        self.random = stream(seed, "departures")
        self.drift = WIDER * math.sqrt(levels.drift / MONTH)
        self.kept = levels.kept ** (1 / MONTH)
        self.swing, self.noise = WIDER * math.sqrt(levels.swing), WIDER * math.sqrt(levels.noise)
        self.apart, self.freedom = math.sqrt(levels.apart), levels.freedom
        restless = levels.patience / self.random.chisquare(levels.patience, (2, number))
        days = self.random.uniform(SHORTEST, LONGEST, number)
        self.beliefs = np.vstack([0.5 * np.log(restless), days])
        self.wild = self._wildness(number)
        self.level = np.full(number, math.log(max(earliest.people, 1.0) / earliest.days))
        swing, burst, _ = self._scales()
        self.deviation = swing * self.random.standard_normal(number)
        self.bursts = burst * self.random.standard_normal(number)

    def _wildness(self, number: int) -> Floats:
        found: Floats = np.sqrt(self.freedom / self.random.chisquare(self.freedom, number))
        return found

    def _scales(self) -> tuple[Floats, Floats, Floats]:
        """Give the deviation of deviations and of bursts, and what is left of these a day later."""
        restless, bursty, days = np.exp(self.beliefs)
        ratio = days / MONTH
        averaged = 2 * ratio * (1 - ratio * -np.expm1(-1 / ratio))
        swing = self.swing * np.minimum(restless * self.wild, MOST_SCALE)
        burst = self.noise / np.sqrt(averaged) * np.minimum(bursty, MOST_SCALE)
        return swing, burst, np.exp(-1 / days)

    def walk(self, days: int, added: Floats | None = None) -> Floats:
        """Go on by some days and give the people of each, shape (particle, day)."""
        number = len(self.level)
        people = np.empty((number, days))
        fresh = math.sqrt(1 - self.kept**2)
        for day in range(days):
            anew = self.random.random(number) < 1 / MONTH
            self.wild = np.where(anew, self._wildness(number), self.wild)
            swing, burst, left = self._scales()
            steps = self.random.standard_normal((3, number))
            self.level = self.level + self.drift * steps[0]
            self.deviation = self.kept * self.deviation + fresh * swing * steps[1]
            self.bursts = left * self.bursts + np.sqrt(1 - left**2) * burst * steps[2]
            logarithm = self.level + self.deviation + self.bursts
            if added is not None:
                logarithm = logarithm + added[:, day]
            people[:, day] = np.exp(np.minimum(logarithm, MOST_LOGARITHM))
        return people

    def settle(self, people: float, spread: float, walked: Floats) -> None:
        """Draw the level from a first count above 0, given the path of each particle.

        All of a path moves with its level, so a count that is sharp on the scale of logarithms
        tells it by conjugacy: no particle is lost, and weights are left for the path alone.
        """
        off = math.log(people) - np.log(walked.sum(axis=1))
        blur = _deviation(people, spread) / people
        apart, total = self.apart**2, self.apart**2 + blur**2
        weights = np.exp(_centred(-0.5 * off**2 / total))
        luck = self.random.standard_normal(len(off))
        self.level = self.level + apart / total * off + self.apart * blur / math.sqrt(total) * luck
        self._take(self._resampled(weights, len(weights)))

    def learn(self, people: float, spread: float, walked: Floats) -> None:
        """Weigh each particle by how well its sum agrees with a count, and resample."""
        sums = walked.sum(axis=1)
        deviation = _deviation(people, spread)
        while True:
            weights = np.exp(_centred(-0.5 * ((sums - people) / deviation) ** 2))
            if weights.sum() ** 2 / (weights**2).sum() >= LEAST_EFFECTIVE:
                break
            deviation *= BLUNTER
        self._take(self._resampled(weights, len(weights)))
        mean, spreads = (f(self.beliefs, axis=1, keepdims=True) for f in (np.mean, np.std))
        anew = self.random.standard_normal(self.beliefs.shape)
        self.beliefs = (
            mean + SHRINK * (self.beliefs - mean) + math.sqrt(1 - SHRINK**2) * spreads * anew
        )
        self.beliefs[2] = np.clip(self.beliefs[2], SHORTEST, LONGEST)

    def keep(self, number: int) -> None:
        """Keep so many, chosen evenly in a random order."""
        self._take(self.random.permutation(len(self.level))[:number])

    def _resampled(self, weights: Floats, number: int) -> Whole:
        """Resample on one even grid, so that particles of equal weight are taken alike."""
        grid = (self.random.random() + np.arange(number)) / number
        rising = np.cumsum(weights)
        place = np.searchsorted(rising, grid * rising[-1], side="right")
        found: Whole = np.minimum(place, number - 1)
        return found

    def _take(self, chosen: Whole) -> None:
        self.level, self.deviation, self.bursts, self.wild = (
            each[chosen] for each in (self.level, self.deviation, self.bursts, self.wild)
        )
        self.beliefs = self.beliefs[:, chosen]
