r"""Negative binomial mixtures: the form of every direct forecast of a total.

A component has mean :math:`m` and variance :math:`v = m (1 + f) + a m^2`; its size is
:math:`r = m / (f + a m)`. With :math:`f = 0` it is the NB2 of Cameron & Trivedi (2013,
doi:10.1017/CBO9781139013567), with :math:`a = 0` the NB1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.compiling import compiled

Floats = NDArray[np.float64]

LARGEST = 200_000
"""Totals are told up to here; beyond, a member holds this number."""


@dataclass(frozen=True, eq=False)
class Mixture:
    """Predictive distributions of some totals: a mixture of negative binomials each.

    Parameters
    ----------
    weight, mean, size : ndarray, shape (case, component)
        Weights add up to 1 in each case; means above 0; sizes :math:`r`, above 0.

    Examples
    --------
    >>> coin = Mixture(np.array([[0.5, 0.5]]), np.array([[1.0, 9.0]]), np.array([[2.0, 2.0]]))
    >>> float(coin.expected[0]), coin.quantiles([0.05, 0.5, 0.95])[0].tolist()
    (5.0, [0.0, 2.0, 18.0])
    """

    weight: Floats
    mean: Floats
    size: Floats

    @property
    def cases(self) -> int:
        """How many totals are forecast."""
        return len(self.weight)

    @property
    def expected(self) -> Floats:
        """Expected totals, shape (case,)."""
        expected: Floats = (self.weight * self.mean).sum(axis=1)
        return expected

    def quantiles(self, levels: NDArray[np.float64] | list[float]) -> Floats:
        """Give quantiles: the least number whose distribution function reaches each level.

        Returns
        -------
        ndarray, shape (case, level)
        """
        asked = np.asarray(levels, dtype=np.float64)
        order = np.argsort(asked, kind="stable")
        found = quantile_kernel(self.weight, self.mean, self.size, asked[order], LARGEST)
        out = np.empty_like(found)
        out[:, order] = found
        return out

    def members(self, number: int) -> Floats:
        """Give equally likely values that stand for the distributions, lowest first.

        They are the quantiles at the middles of as many equal parts, so a score of them carries no
        sampling noise.

        Returns
        -------
        ndarray, shape (case, number)

        Examples
        --------
        >>> one = Mixture(np.array([[1.0]]), np.array([[2.0]]), np.array([[4.0]]))
        >>> one.members(5).tolist()
        [[0.0, 1.0, 2.0, 3.0, 4.0]]
        """
        return self.quantiles((np.arange(number) + 0.5) / number)

    def select(self, cases: NDArray[np.intp]) -> Mixture:
        """Give some of the cases."""
        return Mixture(self.weight[cases], self.mean[cases], self.size[cases])


def pooled(mixtures: list[Mixture], weights: list[float]) -> Mixture:
    """Pool forecasts of the same totals linearly: one of them holds, nobody knows which.

    Stone 1961, doi:10.1214/aoms/1177704862; a linear pool keeps the spread between its members.

    Parameters
    ----------
    mixtures : list of Mixture
        As many cases each, in the same order.
    weights : list of float
        Above 0; only their ratios count.

    Examples
    --------
    >>> calm = Mixture(np.array([[1.0]]), np.array([[1.0]]), np.array([[2.0]]))
    >>> wild = Mixture(np.array([[1.0]]), np.array([[9.0]]), np.array([[2.0]]))
    >>> float(pooled([calm, wild], [3.0, 1.0]).expected[0])
    3.0
    """
    share = np.asarray(weights) / np.sum(weights)
    return Mixture(
        np.concatenate([s * m.weight for s, m in zip(share, mixtures, strict=True)], axis=1),
        np.concatenate([m.mean for m in mixtures], axis=1),
        np.concatenate([m.size for m in mixtures], axis=1),
    )


def log_pmf(value: Floats, mean: Floats, size: Floats) -> Floats:
    r"""Log probability of a count, in nats.

    .. math:: \ln \frac{\Gamma(y + r)}{\Gamma(r)\, y!} + r \ln \frac{r}{r + m}
              + y \ln \frac{m}{r + m}

    Examples
    --------
    >>> float(np.exp(log_pmf(np.array(0.0), np.array(2.0), np.array(1.0))).round(4))
    0.3333
    """
    from scipy.special import gammaln

    value, mean, size = np.broadcast_arrays(value, mean, size)
    total = size + mean
    found: Floats = np.asarray(size * np.log(size / total))
    some = value > 0  # most days are quiet, and of 0 events the other terms are 0
    y, r = value[some], size[some]
    ways = gammaln(y + r) - gammaln(r) - gammaln(y + 1)
    found[some] = ways + found[some] + y * np.log((mean / total)[some])
    return found


@compiled
def quantile_kernel(
    weight: Floats, mean: Floats, size: Floats, levels: Floats, largest: int
) -> Floats:
    r"""Walk up each case's distribution function once, noting where it passes each level.

    Probabilities follow the recurrence :math:`p_{k+1} = p_k (k + r) / (k + 1) \cdot m / (r + m)`,
    carried as a logarithm until it can be told from zero.

    Parameters
    ----------
    weight, mean, size : ndarray, shape (case, component)
    levels : ndarray, shape (level,)
        Between 0 and 1, rising.
    largest : int
        Where the walk ends.

    Returns
    -------
    ndarray, shape (case, level)
    """
    cases, components = weight.shape
    out = np.empty((cases, len(levels)))
    state, ratio = np.empty(components), np.empty(components)
    for case in range(cases):
        for c in range(components):
            total = size[case, c] + mean[case, c]
            state[c] = size[case, c] * np.log(size[case, c] / total)
            ratio[c] = np.log(mean[case, c] / total)
        below, k, at = 0.0, 0, 0
        while at < len(levels):
            for c in range(components):
                if weight[case, c] > 0 and state[c] > -700:
                    below += weight[case, c] * np.exp(state[c])
                state[c] += np.log((k + size[case, c]) / (k + 1)) + ratio[c]
            while at < len(levels) and (below >= levels[at] - 1e-12 or k >= largest):
                out[case, at] = k
                at += 1
            k += 1
    return out


def quantile_twin(
    weight: Floats, mean: Floats, size: Floats, levels: Floats, largest: int
) -> Floats:
    """Do what `quantile_kernel` does, in plain NumPy and SciPy: its oracle.

    Examples
    --------
    >>> one = np.array([[1.0]]), np.array([[2.0]]), np.array([[4.0]]), np.array([0.5, 0.95])
    >>> bool((quantile_twin(*one, 100) == quantile_kernel(*one, 100)).all())
    True
    """
    from scipy.stats import nbinom

    grid = np.arange(largest + 1)
    below = sum(
        weight[:, c, None] * nbinom.cdf(grid, size[:, c, None], (size / (size + mean))[:, c, None])
        for c in range(weight.shape[1])
    )
    reached = np.asarray(below)[:, None, :] >= levels[None, :, None] - 1e-12
    return np.where(reached.any(axis=2), reached.argmax(axis=2), largest).astype(np.float64)
