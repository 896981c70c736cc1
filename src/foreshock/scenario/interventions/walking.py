r"""How acts differ day by day, where each stays with some chance and others are added.

With :math:`y` the acts forecast, :math:`y'` those of the what-if, :math:`\lambda` and
:math:`\lambda'` the rates that follow from either (`foreshock.core.following`), the latter times
the supposed factor:

- where :math:`\lambda' < \lambda`, every act stays with the chance :math:`\lambda' / \lambda`;
- where :math:`\lambda' > \lambda`, acts are added as a negative binomial number of mean
  :math:`(\lambda' - \lambda) (n + y) / (n + \lambda)` and size :math:`n + y`, with :math:`1/n` the
  dispersion.

For counts that the daily model itself drew, both are exact: :math:`y'` then is distributed as that
model has it under the supposed rate (a mixed Poisson process is thinned, or superposed with one of
the same mixing variable given what was seen of it; Kingman 1993, *Poisson Processes*, ch. 2 and 5).

What is expected of :math:`y'`, given :math:`y` and the factors, needs no draws where a future is
thinned on all days, or nothing is carried on: then all depends on earlier acts linearly, and the
means follow from one walk over the days with means in place of draws. Where acts that are added
bring forth acts, some draws reach the ceiling long before their mean does, and hold it down.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from foreshock.core.following import Following
from foreshock.core.random import stream

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]

CEILING_TIMES, LEAST_CEILING = 5.0, 50.0
"""No supposed rate is let exceed so many times the most acts of any day of the forecast, or so many
acts a day: where acts bring forth more than one each, they would otherwise grow without end."""


class Walked(NamedTuple):
    """Acts of a what-if.

    Attributes
    ----------
    kept, added : ndarray, shape (member, day, series)
        Acts of the forecast that stay, and further ones: whole numbers if drawn.
    burst : ndarray of bool, shape (member,)
        Members whose rate was held at the ceiling on some day.
    """

    kept: Floats
    added: Floats
    burst: Truths


class Telling(Protocol):
    """How many acts of a day stay, and how many are added; shapes are (member, series)."""

    def stay(self, day: int, acts: Whole, chance: Floats) -> Floats:
        """Tell how many stay, if each does with a chance; all where that is 1 or more."""

    def add(self, day: int, mean: Floats, size: Floats, whole: Floats) -> Floats:
        """Tell how many are added, of mean ``mean * size / whole``."""


def walk(
    model: Following, forecast: Whole, factors: Floats, telling: Telling, *, carried_on: bool
) -> Walked:
    """Walk over the days of a forecast, with its rates multiplied.

    Parameters
    ----------
    model : Following
    forecast : ndarray of int, shape (member, day, series)
        Acts.
    factors : ndarray, shape (member, day, series)
        On the rate of each series, 0 or more.
    telling : Telling
        `Drawn` or `Expected`.
    carried_on : bool
        Whether acts that are taken away or added are followed on.

    Examples
    --------
    Where each act brings forth half an act the day after, half as many of two acts leave half an
    act fewer on the next day too:

    >>> one = Following(
    ...     series=("gondal>ruritania",), level=np.array([[1.0]]), source=np.array([0]),
    ...     target=np.array([0]), weight=np.array([[0.5]]), decay=np.array([[0.0]]),
    ...     past=np.array([[2.0]]), dispersion=np.array([[1.0]]))
    >>> acts, halved = np.array([[[2], [2]]]), np.array([[[0.5], [1.0]]])
    >>> walk(one, acts, halved, Expected(), carried_on=True).kept.tolist()
    [[[1.0], [1.5]]]
    """
    members, days, _ = factors.shape
    size = 1.0 / model.dispersion
    scale = _scale(model, forecast)
    ceiling = max(LEAST_CEILING, CEILING_TIMES * float(forecast.max(initial=0)))
    kept, added = np.empty(forecast.shape), np.empty(forecast.shape)
    burst = np.zeros(members, bool)
    before, now = model.past, model.past
    for day in range(days):
        usual = model.rate(before)
        rate = factors[:, day] * model.rate(now)
        highest = np.maximum(ceiling, usual)
        burst |= (rate > highest).any(axis=1)
        rate = np.minimum(rate, highest)
        there = forecast[:, day]
        kept[:, day] = telling.stay(day, there, rate / usual)
        more = np.maximum(rate - usual, 0.0) * scale
        added[:, day] = telling.add(day, more, size + there, size + usual * scale)
        before = model.after(before, there)
        now = model.after(now, kept[:, day] + added[:, day]) if carried_on else before
    return Walked(kept, added, burst)


def _scale(model: Following, acts: Whole) -> Floats:
    """Give the forecast's acts over those that the daily model expects given them, by series."""
    past, expected = model.past, np.zeros(acts.shape[2])
    for day in range(acts.shape[1]):
        expected += model.rate(past).sum(axis=0)
        past = model.after(past, acts[:, day])
    found: Floats = acts.sum(axis=(0, 1)) / expected
    return found


class Expected:
    """As many acts stay and are added as are expected."""

    def stay(self, _day: int, acts: Whole, chance: Floats) -> Floats:
        """See `Telling`."""
        kept: Floats = np.minimum(chance, 1.0) * acts.astype(np.float64)
        return kept

    def add(self, _day: int, mean: Floats, size: Floats, whole: Floats) -> Floats:
        """See `Telling`."""
        return mean * size / whole


class Drawn:
    """Numbers drawn at uniform ones that depend on nothing but seed, series, member and day.

    For the same uniform number more stay the higher their chance is, and more are added the higher
    their mean is.

    Parameters
    ----------
    seed : int
    series : tuple of str
    members, days : int
    """

    def __init__(self, seed: int, series: tuple[str, ...], members: int, days: int) -> None:
        self.stays, self.adds = (
            np.stack(
                [stream(seed, "what-if", what, name).random((members, days)) for name in series],
                axis=2,
            )
            for what in ("stays", "added")
        )

    def stay(self, day: int, acts: Whole, chance: Floats) -> Floats:
        """See `Telling`."""
        from scipy.stats import binom

        found = acts.astype(np.float64)
        some = (acts > 0) & (chance < 1.0)
        # At a uniform number of 0 the inverse is -1.
        stay = np.asarray(binom.ppf(self.stays[:, day][some], acts[some], chance[some]))
        found[some] = np.maximum(stay, 0.0)
        return found

    def add(self, day: int, mean: Floats, size: Floats, whole: Floats) -> Floats:
        """See `Telling`."""
        from scipy.stats import nbinom

        found, uniform = np.zeros(mean.shape), self.adds[:, day]
        some = uniform > (whole / (whole + mean)) ** size
        chance = whole[some] / (whole[some] + mean[some])
        found[some] = np.asarray(nbinom.ppf(uniform[some], size[some], chance))
        return found
