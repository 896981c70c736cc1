r"""Draws from intervals, and how much each input decides a verdict.

Three priors that somebody could defend are put over every interval alike: *uniform*, *mid-weighted*
(triangular, its peak midway) and *ends-weighted* (arcsine, Beta(½, ½)). An order of preferences is
drawn as the sorted values of as many numbers between its best (1) and its worst (0).

Points are scrambled Sobol' sequences (`scipy.stats.qmc`). Indices are those of Sobol' for the
verdict, which is 1 where it holds and 0 elsewhere, by the estimators of Saltelli et al. 2010
(doi:10.1016/j.cpc.2009.09.018) for the first order and of Jansen 1999
(doi:10.1016/S0010-4655(98)00154-4) for the total. They are written here, and not left to
`scipy.stats.sobol_indices`, since the numbers behind one order of preferences belong together and
are to be exchanged as one input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.case.sheets.entries import Interval, Order
from foreshock.core.probability import Probability
from foreshock.core.random import stream
from foreshock.scenario.results import Influence, Range, Robustness

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

DRAWS = 4096
"""Draws from which a share is told; half of them carry the indices. A power of two."""

_RESAMPLES = 200
_FIFTH = 0.2


def _mid_weighted(share: Floats) -> Floats:
    return np.where(share < 0.5, np.sqrt(share / 2), 1 - np.sqrt((1 - share) / 2))


def _ends_weighted(share: Floats) -> Floats:
    return np.asarray(np.sin(np.pi * share / 2) ** 2)


PRIORS: Mapping[str, Callable[[Floats], Floats]] = {
    "uniform": lambda share: share,
    "mid-weighted": _mid_weighted,
    "ends-weighted": _ends_weighted,
}
"""Quantile functions on the unit interval."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing entered, and how many random numbers stand behind it.

    Attributes
    ----------
    name : str
    low, high : float
        The interval; 0 and 1 for an order.
    ranks : int
        Ranks of an order; 0 if it is an interval.
    """

    name: str
    low: float
    high: float
    ranks: int = 0

    @classmethod
    def of(cls, name: str, entry: Interval | Order) -> Input:
        """Make it of what stands in a sheet."""
        if isinstance(entry, Order):
            return cls(name, 0.0, 1.0, len(entry.ranks))
        return cls(name, entry.low, entry.high)

    @property
    def columns(self) -> int:
        """Random numbers behind it; none if it is certain."""
        if self.ranks:
            return max(self.ranks - 2, 0)
        return int(self.low < self.high)


Values = Mapping[str, Floats]
"""Drawn values by input: (draw,) for an interval, (draw, rank) for an order, best first."""


def values_of(inputs: Sequence[Input], unit: Floats, prior: str = "uniform") -> Values:
    """Turn points of the unit cube into values within the intervals.

    Parameters
    ----------
    inputs : sequence of Input
    unit : ndarray, (draw, column)
    prior : str
        One of `PRIORS`.

    Examples
    --------
    >>> inputs = [Input("p", 0.2, 0.4), Input("order", 0, 1, ranks=3)]
    >>> drawn = values_of(inputs, np.array([[0.5, 0.25]]))
    >>> drawn["p"].round(2).tolist(), drawn["order"].tolist()
    ([0.3], [[1.0, 0.25, 0.0]])
    """
    drawn: dict[str, Floats] = {}
    weighted = PRIORS[prior](unit)
    at = 0
    for each in inputs:
        columns = weighted[:, at : at + each.columns]
        at += each.columns
        if each.ranks:
            drawn[each.name] = _ranked(columns, each.ranks)
        elif each.columns:
            drawn[each.name] = each.low + (each.high - each.low) * columns[:, 0]
        else:
            drawn[each.name] = np.full(len(unit), each.low)
    return drawn


def _ranked(columns: Floats, ranks: int) -> Floats:
    ends = np.ones((len(columns), 1))
    if ranks == 1:
        return ends
    return np.hstack([ends, -np.sort(-columns, axis=1), 0 * ends])


@dataclass(frozen=True, slots=True)
class Points:
    """Two independent halves of points in the unit cube, and the inputs that they stand for."""

    inputs: tuple[Input, ...]
    first: Floats
    second: Floats
    seed: int
    name: str

    @classmethod
    def draw(cls, inputs: Sequence[Input], draws: int, seed: int, name: str) -> Points:
        """Draw them; the same inputs, seed and name give the same points.

        Parameters
        ----------
        draws : int
            In both halves together; a power of two, at least 2.
        """
        columns = sum(each.columns for each in inputs)
        # A picture without scenarios need not wait for it to be loaded.
        from scipy.stats import qmc

        random = stream(seed, "scenario", name)
        half = draws // 2
        if columns == 0:
            return cls(tuple(inputs), np.empty((half, 0)), np.empty((half, 0)), seed, name)
        sequence = qmc.Sobol(2 * columns, scramble=True, rng=random)
        unit = sequence.random_base2(half.bit_length() - 1)
        return cls(tuple(inputs), unit[:, :columns], unit[:, columns:], seed, name)

    @property
    def all(self) -> Floats:
        """Both halves."""
        return np.vstack([self.first, self.second])

    def values(self, prior: str = "uniform", most: int | None = None) -> Values:
        """Draw values from the intervals."""
        return values_of(self.inputs, self.all[:most], prior)


Verdict = Callable[[Values], Truths]
"""Tells for each draw whether a conclusion holds."""


def robustness(
    points: Points,
    verdict: Verdict,
    conclusion: str,
    *,
    influences: bool = True,
    most: int | None = None,
) -> Robustness:
    """Tell how far a conclusion holds over the intervals, and on what it rests.

    Parameters
    ----------
    points : Points
    verdict : callable
    conclusion : str
        In words.
    influences : bool
        Whether to reckon indices; they take as many more draws as there are inputs.
    most : int, optional
        At most so many draws, where the verdict is dear.
    """
    held = verdict(points.values(most=most))
    by_prior = {
        prior: float(np.mean(held if prior == "uniform" else verdict(points.values(prior, most))))
        for prior in PRIORS
    }
    return Robustness(
        conclusion,
        Probability(by_prior["uniform"], len(held)),
        by_prior,
        tuple(influence_of(points, verdict)) if influences else (),
    )


def influence_of(points: Points, verdict: Verdict) -> list[Influence]:
    """Reckon Sobol' indices of a verdict, the most influential input first.

    Intervals of the indices hold nine in ten of 200 bootstrap re-draws of the points; with
    quasi-random points that is a little too wide. Inputs that change the verdict in no draw are
    left out.
    """
    first = verdict(values_of(points.inputs, points.first)).astype(float)
    second = verdict(values_of(points.inputs, points.second)).astype(float)
    both, held = points.all, np.concatenate([first, second])
    deciding: list[tuple[Input, int, Floats]] = []
    at = 0
    for each in points.inputs:
        mixed = points.first.copy()
        mixed[:, at : at + each.columns] = points.second[:, at : at + each.columns]
        changed = verdict(values_of(points.inputs, mixed)).astype(float) if each.columns else first
        if not np.array_equal(changed, first):
            deciding.append((each, at, changed))
        at += each.columns
    if not deciding:
        return []
    count = len(first)
    random = stream(points.seed, "scenario", points.name, "bootstrap")
    drawn = random.multinomial(count, np.full(count, 1 / count), size=_RESAMPLES)
    weights = np.vstack([np.ones(count), drawn]) / count
    mean = weights @ (first + second) / 2
    variance = weights @ ((first**2 + second**2) / 2) - mean**2
    changes = np.stack([changed for *_, changed in deciding], axis=1)
    firsts = weights @ (second[:, None] * (changes - first[:, None]))
    totals = weights @ ((first[:, None] - changes) ** 2) / 2
    found = []
    for number, (each, at, _) in enumerate(deciding):
        low, high = _ends(both[:, at : at + each.columns].mean(axis=1), held)
        index, total = _share(firsts[:, number], variance), _share(totals[:, number], variance)
        found.append(Influence(each.name, index, total, low, high))
    return sorted(found, key=lambda each: (-each.first.value, -each.total.value, each.name))


def _share(part: Floats, whole: Floats) -> Range:
    shares = np.divide(part, whole, out=np.zeros_like(part), where=whole > 1e-12)
    low, high = np.quantile(shares[1:], [0.05, 0.95])
    return Range(float(shares[0]), float(low), float(high))


def _ends(unit: Floats, held: Floats) -> tuple[float, float]:
    """Give the share of draws that hold in the lowest and in the highest fifth of an input."""
    low, high = np.quantile(unit, [_FIFTH, 1 - _FIFTH])
    return float(held[unit <= low].mean()), float(held[unit >= high].mean())


def range_of(values: Floats) -> Range:
    """Give the median of some values with the interval that holds nine in ten."""
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], method="inverted_cdf")
    return Range(float(middle), float(low), float(high))
