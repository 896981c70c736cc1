"""Reliability: whether what was called a chance of seven in ten came about seven times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foreshock.core.errors import LedgerError

EDGES = tuple(tenth / 10 for tenth in range(11))
FEWEST = 10
"""Forecasts in a bin below which its frequency says nothing."""

BAR = 0.9


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts that said about the same, and how often it happened.

    Parameters
    ----------
    low, high : float
        The bin: at least `low`, below `high` (the last one: at most).
    count : int
        Forecasts in it.
    said : float
        What they said on average.
    happened : int
        How often it came about.
    bar : tuple of float
        Consistency bar: were every forecast in the bin right, the frequency would lie within in at
        least 90 % of cases.
    """

    low: float
    high: float
    count: int
    said: float
    happened: int
    bar: tuple[float, float]

    @property
    def frequency(self) -> float:
        """Share of them that came about."""
        return self.happened / self.count

    @property
    def enough(self) -> bool:
        """Whether there are enough of them to say anything."""
        return self.count >= FEWEST

    @property
    def consistent(self) -> bool:
        """Whether the frequency lies within its bar."""
        return self.bar[0] <= self.frequency <= self.bar[1]


def reliability(
    probability: ArrayLike, happened: ArrayLike, edges: Sequence[float] = EDGES
) -> tuple[Bin, ...]:
    """Sort forecasts into bins and count how often what they spoke of came about.

    The bars are exact: if each forecast is right, the number of those that come about has a
    Poisson-binomial distribution. They follow Bröcker & Smith 2007, doi:10.1175/WAF993.1, and as
    theirs take forecasts as independent, so that overlapping windows make them too narrow.

    Parameters
    ----------
    probability : array_like, shape (forecast,)
    happened : array_like of 0 and 1, shape (forecast,)
    edges : sequence of float
        Ends of the bins, from 0 to 1.

    Returns
    -------
    tuple of Bin
        Those with a forecast in them.

    Examples
    --------
    >>> found = reliability([0.72] * 20, [1] * 13 + [0] * 7)
    >>> [(one.low, one.count, one.happened, one.bar, one.consistent) for one in found]
    [(0.7, 20, 13, (0.55, 0.9), True)]
    """
    said, came = np.asarray(probability, float), np.asarray(happened, float)
    if said.ndim != 1 or said.shape != came.shape or not bool(((said >= 0) & (said <= 1)).all()):
        raise LedgerError(
            f"forecasts {said.shape} and outcomes {came.shape}",
            expected="one probability from 0 to 1 for every outcome",
        )
    place = np.clip(np.digitize(said, edges) - 1, 0, len(edges) - 2)
    bins = []
    for number in np.unique(place):
        mine = said[place == number]
        bins.append(
            Bin(
                low=edges[number],
                high=edges[number + 1],
                count=len(mine),
                said=float(mine.mean()),
                happened=int(came[place == number].sum()),
                bar=_bar(mine),
            )
        )
    return tuple(bins)


def _bar(probabilities: NDArray[np.float64]) -> tuple[float, float]:
    chance = np.ones(1)
    for each in probabilities:
        chance = np.convolve(chance, [1 - each, each])
    below = np.cumsum(chance)
    tail = (1 - BAR) / 2
    # A sum of many shares may miss 1 by a rounding; the last count is always reached.
    low = int(np.argmax(below > tail))
    high = int(np.argmax(below >= 1 - tail - 1e-12))
    return low / len(probabilities), high / len(probabilities)
