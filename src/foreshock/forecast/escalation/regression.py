r"""Penalised regression of totals on what was known: mixtures of one or two negative binomials.

The mean is log-linear, :math:`\ln m = o + X \beta`. With two components the second one is a burst:
:math:`m_1 = \rho m` with :math:`\rho < 1`, and :math:`m_2` such that the mean stays :math:`m`, so
that one outbreak in a quiet spell does not bend the mean of all others. Parameters shrink to a
prior (a Gaussian on the scale on which they are fitted), which many dyads may have fitted before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.compiling import single_threaded
from foreshock.forecast.escalation.negative_binomial import Mixture

Floats = NDArray[np.float64]
Objective = Callable[[Floats], tuple[float, Floats]]

CLIP = 12.0
"""No mean beyond exp(12) a window: a linear predictor beyond it is a fault of extrapolation."""


@dataclass(frozen=True, eq=False)
class Prior:
    """What is believed of the parameters before these data: independent Gaussians.

    Parameters
    ----------
    mean, deviation : ndarray, shape (parameter,)
    """

    mean: Floats
    deviation: Floats


@dataclass(frozen=True, eq=False)
class Fitted:
    """A fitted regression.

    Parameters
    ----------
    parameters : ndarray, shape (parameter,)
        Coefficients first, then those of the spread (see `spread_names`).
    deviation : ndarray, shape (parameter,)
        Posterior standard deviations, from the curvature at the optimum.
    components : int
        1 or 2.
    rows : float
        Independent windows that it was fitted on, about.
    covariance : ndarray, shape (parameter, parameter), optional
        Of the posterior; independent parameters if not given.
    """

    parameters: Floats
    deviation: Floats
    components: int
    rows: float
    covariance: Floats | None = None

    def drawn(self, random: np.random.Generator) -> Fitted:
        """Draw parameters from the posterior (Gaussian around its top, held within the bounds).

        Examples
        --------
        >>> from foreshock.core.random import stream
        >>> sure = Fitted(np.array([0.0, -0.7, -2.3]), np.full(3, 1e-6), 1, 10.0)
        >>> sure.drawn(stream(7, "drawn")).parameters.round(3).tolist()
        [0.0, -0.7, -2.3]
        """
        away = random.standard_normal(len(self.parameters))
        if self.covariance is None:
            theta = self.parameters + self.deviation * away
        else:
            theta = self.parameters + _root(self.covariance) @ away
        low, high = np.array(_bounds(len(theta), self.components)).T
        return Fitted(np.clip(theta, low, high), self.deviation, self.components, self.rows)

    def predict(self, design: Floats, offset: Floats) -> Mixture:
        """Forecast the totals of some cases.

        Parameters
        ----------
        design : ndarray, shape (case, coefficient)
        offset : ndarray, shape (case,)

        Examples
        --------
        >>> plain = Fitted(np.array([0.0, -0.7, -2.3]), np.ones(3), 1, 10.0)
        >>> plain.predict(np.ones((1, 1)), np.array([np.log(5.0)])).quantiles([0.05, 0.95]).tolist()
        [[1.0, 11.0]]
        """
        weight, mean, size = _components(self.parameters, design, offset, self.components)
        return Mixture(np.repeat(weight[None, :], len(offset), axis=0), mean, size)


def spread_names(components: int) -> tuple[str, ...]:
    """Name the parameters of the spread, in their order, on the scale on which they are fitted.

    Examples
    --------
    >>> spread_names(1)
    ('log linear variance', 'log quadratic variance')
    """
    one = ("log linear variance", "log quadratic variance")
    return one if components == 1 else (*one, "logit bursts", "log depth", "log burst variance")


SPREAD_PRIOR = {
    1: Prior(np.array([-0.7, -2.3]), np.array([1.0, 1.0])),
    2: Prior(np.array([1.0, -1.0, -1.5, -1.0, -0.5]), np.array([2.0, 2.0, 1.0, 0.7, 1.4])),
}
_BOUNDS = {
    1: [(-8.0, 4.0), (-8.0, 1.0)],
    2: [(-6.0, 5.0), (-6.0, 2.0), (-4.0, 0.0), (-4.0, 1.0), (-4.0, 2.0)],
}


@single_threaded
def fit(
    totals: Floats,
    design: Floats,
    offset: Floats,
    prior: Prior,
    *,
    components: int = 1,
    weight: float = 1.0,
) -> Fitted:
    r"""Fit by maximum posterior probability.

    .. math:: w \sum_n \ln p(y_n \mid x_n, \theta)
              - \tfrac12 \sum_k \left(\frac{\theta_k - \mu_k}{\sigma_k}\right)^2

    Parameters
    ----------
    totals : ndarray, shape (case,)
        Events or deaths of each window.
    design : ndarray, shape (case, coefficient)
    offset : ndarray, shape (case,)
        Log of the expected total with all coefficients 0.
    prior : Prior
        Of the coefficients and of the spread.
    components : int
        1, or 2 for bursts.
    weight : float
        Windows that overlap tell the same things over again: the share of a window that is new.

    Raises
    ------
    ForecastRefused
        If there is no window to learn from.

    Examples
    --------
    >>> from foreshock.core.random import stream
    >>> feature = stream(7, "feature").normal(0, 1, 500)
    >>> totals = stream(7, "totals").poisson(np.exp(1.0 + 0.5 * feature)).astype(float)
    >>> wide = Prior(np.r_[0.0, 0.0, SPREAD_PRIOR[1].mean],
    ...              np.r_[3.0, 3.0, SPREAD_PRIOR[1].deviation])
    >>> found = fit(totals, np.column_stack([np.ones(500), feature]), np.zeros(500), wide)
    >>> bool(np.abs(found.parameters[:2] - [1.0, 0.5]).max() < 0.1)
    True
    """
    from scipy.optimize import minimize

    if not len(totals):
        raise ForecastRefused("no completed window to learn from", mend="give a longer past")

    def objective(theta: Floats) -> tuple[float, Floats]:
        value, gradient = log_likelihood(theta, totals, design, offset, components)
        pull = (theta - prior.mean) / prior.deviation**2
        penalty = 0.5 * float(
            ((theta - prior.mean) / prior.deviation) @ ((theta - prior.mean) / prior.deviation)
        )
        return -weight * value + penalty, -weight * gradient + pull

    bounds = _bounds(len(prior.mean), components)
    start = np.clip(prior.mean, [low for low, _ in bounds], [high for _, high in bounds])
    found = minimize(
        objective, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}
    )
    theta = np.asarray(found.x, dtype=np.float64)
    covariance = _covariance(objective, theta, prior)
    spread = np.sqrt(np.diag(covariance))
    return Fitted(theta, spread, components, weight * len(totals), covariance)


def _bounds(parameters: int, components: int) -> list[tuple[float, float]]:
    spread = _BOUNDS[components]
    return [(-5.0, 5.0)] * (parameters - len(spread)) + spread


def log_likelihood(
    theta: Floats, totals: Floats, design: Floats, offset: Floats, components: int
) -> tuple[float, Floats]:
    """Log likelihood in nats, and its gradient (exact).

    Parameters
    ----------
    theta : ndarray, shape (parameter,)
        Coefficients first, then the spread (`spread_names`).
    totals, offset : ndarray, shape (case,)
    design : ndarray, shape (case, coefficient)
    components : int
        1 or 2.

    Returns
    -------
    float
    ndarray, shape (parameter,)

    Examples
    --------
    >>> at = np.array([0.0, 0.0, 0.0])  # a mean of 1 and a size of 1/2
    >>> value, gradient = log_likelihood(at, np.zeros(1), np.ones((1, 1)), np.zeros(1), 1)
    >>> round(value, 4), round(float(0.5 * np.log(1 / 3)), 4), gradient.shape
    (-0.5493, -0.5493, (3,))
    """
    from scipy.special import digamma, gammaln

    width = design.shape[1]
    weights, mean, size = _components(theta, design, offset, components)
    y = totals[:, None]
    total = size + mean
    log_share = np.log(size / total)
    each = (
        gammaln(y + size) - gammaln(size) - gammaln(y + 1)
        + size * log_share + y * np.log(mean / total)
    )  # fmt: skip
    joint = each + np.log(weights)
    top = joint.max(axis=1, keepdims=True)
    whole = top + np.log(np.exp(joint - top).sum(axis=1, keepdims=True))
    share = np.exp(joint - whole)
    linear = np.exp(theta[width])
    quadratic = np.exp(theta[[width + 1]] if components == 1 else theta[[width + 1, width + 4]])
    by_mean = size * (y - mean) / (mean * total)
    by_size = digamma(y + size) - digamma(size) + log_share + (mean - y) / total
    inverse = 1 / (linear + quadratic * mean) ** 2
    by_log_mean = share * mean * (by_mean + by_size * linear * inverse)
    by_linear = -(share * by_size * mean * linear * inverse).sum()
    by_quadratic = -(share * by_size * mean * quadratic * mean * inverse).sum(axis=0)
    inside = (design @ theta[:width] + offset > -CLIP) & (design @ theta[:width] + offset < CLIP)
    gradient = np.empty_like(theta)
    gradient[:width] = design.T @ (by_log_mean.sum(axis=1) * inside)
    gradient[width] = by_linear
    gradient[width + 1] = by_quadratic[0]
    if components == 2:
        gradient[width + 4] = by_quadratic[1]
        burst, low, high, by_depth, by_logit = _burst(theta[width + 2], theta[width + 3])
        ratios = by_log_mean.sum(axis=0) / np.array([low, high])
        gradient[width + 3] = float(ratios @ by_depth)
        of_weights = share.sum(axis=0)
        gradient[width + 2] = float(
            ratios[1] * by_logit - of_weights[0] * burst + of_weights[1] * (1 - burst)
        )
    return float(whole.sum()), gradient


def _components(
    theta: Floats, design: Floats, offset: Floats, components: int
) -> tuple[Floats, Floats, Floats]:
    width = design.shape[1]
    mean = np.exp(np.clip(design @ theta[:width] + offset, -CLIP, CLIP))[:, None]
    linear = np.exp(theta[width])
    if components == 1:
        return np.ones(1), mean, mean / (linear + np.exp(theta[width + 1]) * mean)
    burst, low, high, _, _ = _burst(theta[width + 2], theta[width + 3])
    mean = mean * np.array([low, high])
    quadratic = np.exp(theta[[width + 1, width + 4]])
    return np.array([1 - burst, burst]), mean, mean / (linear + quadratic * mean)


def _burst(logit: float, depth: float) -> tuple[float, float, float, Floats, float]:
    """Give the share of bursts, both ratios to the mean, and the derivatives of the ratios.

    The first ratio is exp(−exp(depth)); the second keeps the mean.
    """
    share = 1 / (1 + np.exp(-logit))
    low = np.exp(-np.exp(depth))
    high = (1 - (1 - share) * low) / share
    by_depth = -low * np.exp(depth)
    of_depth = np.array([by_depth, -(1 - share) / share * by_depth])
    of_logit = (low - 1) / share**2 * share * (1 - share)
    return float(share), float(low), float(high), of_depth, float(of_logit)


def _covariance(objective: Objective, theta: Floats, prior: Prior) -> Floats:
    """Posterior covariance: the inverse curvature, in no direction wider than the prior.

    Where a parameter lies at its bound the likelihood may curve the wrong way; there the prior
    stands, which is what is known of it.
    """
    step = 1e-4
    curvature = np.empty((len(theta), len(theta)))
    for k in range(len(theta)):
        up, down = theta.copy(), theta.copy()
        up[k] += step
        down[k] -= step
        curvature[k] = (objective(up)[1] - objective(down)[1]) / (2 * step)
    scale = prior.deviation
    values, vectors = np.linalg.eigh(scale[:, None] * (curvature + curvature.T) / 2 * scale)
    inverse = (vectors / np.maximum(values, 1.0)) @ vectors.T
    covariance: Floats = scale[:, None] * inverse * scale
    return covariance


def _root(covariance: Floats) -> Floats:
    """Give a square root of a covariance, also of one that is almost singular."""
    values, vectors = np.linalg.eigh(covariance)
    root: Floats = vectors * np.sqrt(np.maximum(values, 0.0))
    return root
