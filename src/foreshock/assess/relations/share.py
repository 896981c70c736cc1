r"""The conflict share: how it is distributed, given discounted counts.

The mean :math:`m` is that of :math:`\mathrm{Beta}(a_F, a_C)`. The spread is not: a discounted count
is estimated from more acts than its mass :math:`M` says. With Kish's effective number,
:math:`k = \sum w\delta^{age} / \sum w\delta^{2\,age}`, at most the :math:`1 + \delta` of a steady
flow of acts (old acts alone must not pass for fresh ones), the share is taken as
:math:`\mathrm{Beta}(\tau m, \tau(1 - m))` with :math:`\tau = 2a_0 + kM`. With :math:`k = 1` a
nominal 90 % interval covers a steady share 97 times in 100; with Kish's, 90 times
(``docs/relations.md``).

The imputed worlds are mixed, and the mixture is written as the one Beta with its mean and variance,
so that every interval has a closed form.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaincinv, digamma, polygamma

from foreshock.assess.relations.memory import PRIOR, Counts, Floats

LEVEL = 0.90
"""Probability that an interval holds."""

_NODES = 128
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A number with its 90 % interval."""

    mean: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Length of the interval."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Share:
    """A Beta distributed share.

    Attributes
    ----------
    conflictual, cooperative : float
        Parameters of the Beta distribution, above 0.
    mass : float
        Evidence mass: how many fresh acts the memory amounts to, at least 0.

    Examples
    --------
    >>> share = Share(9.5, 0.5, mass=9.0)
    >>> round(share.span.mean, 2), round(share.span.low, 2), round(share.span.high, 2)
    (0.95, 0.81, 1.0)
    >>> share.enough, Share(1.5, 0.5, mass=1.0).enough
    (True, False)
    """

    conflictual: float
    cooperative: float
    mass: float

    @property
    def mean(self) -> float:
        """Expected share."""
        return self.conflictual / (self.conflictual + self.cooperative)

    @property
    def span(self) -> Span:
        """Mean and central 90 % interval."""
        tail = (1 - LEVEL) / 2
        low, high = betaincinv(self.conflictual, self.cooperative, [tail, 1 - tail])
        return Span(self.mean, float(low), float(high))

    @property
    def log_odds(self) -> Span:
        r"""The level :math:`\mathrm{logit}\,\theta` by its closed-form moments.

        .. math:: \mathrm{E} = \psi(a_F) - \psi(a_C), \quad
                  \mathrm{Var} = \psi_1(a_F) + \psi_1(a_C)
        """
        mean = float(digamma(self.conflictual) - digamma(self.cooperative))
        variance = float(polygamma(1, self.conflictual) + polygamma(1, self.cooperative))
        half = 1.6448536269514722 * math.sqrt(variance)
        return Span(mean, mean - half, mean + half)

    @property
    def enough(self) -> bool:
        """Whether the evidence allows to say a share at all.

        At least two fresh acts' worth of memory, and a 90 % interval of at most 0.6.
        """
        return self.mass >= LEAST_MASS and self.span.width <= WIDEST


LEAST_MASS = 2.0
WIDEST = 0.6


def shares(counts: Counts, discounts: Floats) -> list[Share]:
    """Give the share of each week, its imputed worlds mixed into one.

    Parameters
    ----------
    counts : Counts
        Shape (weeks, worlds).
    discounts : ndarray of float64, shape (weeks,)
        The discount in use.

    Examples
    --------
    >>> one = Counts(np.array([[3.0]]), np.array([[1.0]]), np.array([[4.0]]))
    >>> mixed, = shares(one, np.array([1.0]))
    >>> round(mixed.conflictual, 9), round(mixed.cooperative, 9), mixed.mass
    (3.5, 1.5, 4.0)
    """
    mass = counts.mass
    kish = np.divide(mass, counts.squared, out=np.ones_like(mass), where=counts.squared > 0)
    kish = np.minimum(kish, 1 + discounts[:, None])
    means = (PRIOR + counts.conflictual) / (2 * PRIOR + mass)
    variances = means * (1 - means) / (2 * PRIOR + kish * mass + 1)
    mean = means.mean(1)
    total = mean * (1 - mean) / (variances.mean(1) + means.var(1)) - 1
    return [
        Share(float(a), float(b), float(m))
        for a, b, m in zip(mean * total, (1 - mean) * total, mass.mean(1), strict=True)
    ]


def above(now: Share, before: Share) -> float:
    r"""Probability that one share is above another.

    .. math:: P(\theta > \theta') = \int_0^1 \bigl(1 - F_\theta(F_{\theta'}^{-1}(u))\bigr) du,

    by the midpoint rule at 128 nodes.

    Examples
    --------
    >>> round(above(Share(5, 5, 10), Share(5, 5, 10)), 3)
    0.5
    """
    return float(np.mean(1 - betainc(now.conflictual, now.cooperative, _quantiles(before))))


def difference(now: Share, before: Share) -> Span:
    """Mean and central 90 % interval of one share less another, in [-1, 1].

    Examples
    --------
    >>> span = difference(Share(8, 2, 10), Share(2, 8, 10))
    >>> round(span.mean, 2), span.low > 0
    (0.6, True)
    """
    nodes = _quantiles(before)
    tails = np.array([(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    low, high = np.full(2, -1.0), np.full(2, 1.0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        reached = np.clip(nodes + middle[:, None], 0, 1)
        below = betainc(now.conflictual, now.cooperative, reached).mean(1) < tails
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return Span(now.mean - before.mean, float(low[0]), float(high[1]))


def _quantiles(share: Share) -> Floats:
    at = (np.arange(_NODES) + 0.5) / _NODES
    return np.asarray(betaincinv(share.conflictual, share.cooperative, at), dtype=np.float64)
