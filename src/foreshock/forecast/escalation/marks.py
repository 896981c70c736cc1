r"""Deaths of one event: a hurdle, and a heavy tail behind it.

An event kills nobody with probability :math:`1 - q`. If it kills, the number has the discrete
generalised Pareto distribution

.. math:: P(X \ge x) = \left(1 + \xi\,\frac{x - 1}{\sigma}\right)^{-1/\xi}, \qquad x = 1, 2, \dots

as counts of events and sizes of events are told apart by Porter & White 2012
(doi:10.1214/11-AOAS513, arXiv:1203.3680). The shape is common to all series; :math:`q` and
:math:`\sigma` of a series are drawn towards what many dyads say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused

Floats = NDArray[np.float64]

MOST = 20_000.0
"""No single event is let kill more: a tail that goes on for ever is no forecast."""

SCALES = 61
"""Points at which the posterior of a scale is worked out."""


@dataclass(frozen=True, slots=True)
class MarkPrior:
    r"""What is believed of the deaths of one event.

    Parameters
    ----------
    shape : float
        :math:`\xi`, above 0.
    log_scale, log_scale_deviation : float
        Mean and standard deviation of :math:`\ln \sigma` over series.
    deadly, deadly_weight : float
        Mean of :math:`q`, and how many events that belief weighs.
    """

    shape: float = 0.5
    log_scale: float = 0.7
    log_scale_deviation: float = 0.8
    deadly: float = 0.5
    deadly_weight: float = 2.0


@dataclass(frozen=True, eq=False)
class Marks:
    """Posterior of the deaths of one event of a series.

    Parameters
    ----------
    shape : float
    scales, weights : ndarray, shape (point,)
        Scales and their posterior probabilities.
    alpha, beta : float
        Of the Beta posterior of :math:`q`.
    """

    shape: float
    scales: Floats
    weights: Floats
    alpha: float
    beta: float

    def draw(self, events: NDArray[np.int64], random: np.random.Generator) -> Floats:
        """Draw the deaths of some events in each of some futures, parameters included.

        Parameters
        ----------
        events : ndarray of int, shape (future,)
            How many events each future has.
        random : numpy.random.Generator

        Returns
        -------
        ndarray, shape (sum of events,)
            Future by future.
        """
        scale = np.repeat(random.choice(self.scales, len(events), p=self.weights), events)
        deadly = np.repeat(random.beta(self.alpha, self.beta, len(events)), events)
        kills = random.random(len(scale)) < deadly
        # A power of a uniform number, by way of the exponential one: the same, and quicker.
        excess = np.expm1(self.shape * random.standard_exponential(len(scale)))
        excess *= scale / self.shape
        return np.where(kills, np.minimum(1 + np.floor(excess), MOST), 0.0)


def posterior(deaths: Floats, prior: MarkPrior) -> Marks:
    """Learn the deaths of one event of a series from those of its events so far.

    Parameters
    ----------
    deaths : ndarray, shape (event,)
        May be empty: then the prior stands.
    prior : MarkPrior

    Examples
    --------
    >>> found = posterior(np.array([0.0, 1.0, 3.0, 8.0]), MarkPrior())
    >>> found.alpha, found.beta, bool(2 < (found.scales * found.weights).sum() < 8)
    (4.0, 2.0, True)
    """
    spread = np.linspace(-3, 3, SCALES) * prior.log_scale_deviation
    scales = np.exp(prior.log_scale + spread)
    log_weight = -0.5 * (spread / prior.log_scale_deviation) ** 2
    killed = np.ceil(deaths[deaths > 0])  # a mean of two accounts may be no whole number
    log_weight = log_weight + log_probability(killed[:, None], prior.shape, scales).sum(axis=0)
    weights = np.exp(log_weight - log_weight.max())
    return Marks(
        prior.shape,
        scales,
        weights / weights.sum(),
        prior.deadly * prior.deadly_weight + len(killed),
        (1 - prior.deadly) * prior.deadly_weight + len(deaths) - len(killed),
    )


def log_probability(deaths: Floats, shape: float, scale: Floats | float) -> Floats:
    """Log probability of a number of deaths, given that anybody died.

    Parameters
    ----------
    deaths : ndarray
        Whole numbers, 1 or more.
    shape, scale : float or ndarray
        Above 0.

    Returns
    -------
    ndarray
        In nats, no less than the log of 1e-300.

    Examples
    --------
    >>> np.exp(log_probability(np.array([1.0, 2.0]), 0.5, 1.0)).round(3).tolist()
    [0.556, 0.194]
    """

    def survive(x: Floats) -> Floats:
        found: Floats = (1 + shape * x / scale) ** (-1 / shape)
        return found

    return np.log(np.maximum(survive(deaths - 1) - survive(deaths), 1e-300))


def fit_marks(deaths: dict[str, Floats]) -> MarkPrior:
    """Fit what many series say of the deaths of one event.

    Parameters
    ----------
    deaths : dict of str to ndarray
        Deaths of single events, by series; those of nobody are left out of the tail.

    Raises
    ------
    ForecastRefused
        If there are fewer than three series of ten deadly events.

    Examples
    --------
    >>> from foreshock.core.random import stream
    >>> wars = {name: 1.0 + stream(7, name).geometric(0.3, 200) for name in ("a", "b", "c")}
    >>> found = fit_marks(wars)
    >>> 0.05 <= found.shape <= 0.9, found.log_scale_deviation
    (True, 0.3)
    """
    from scipy.optimize import minimize, minimize_scalar

    told = {name: each[each > 0] for name, each in sorted(deaths.items())}
    told = {name: each for name, each in told.items() if len(each) >= 10}
    if len(told) < 3:
        raise ForecastRefused(
            "too few series tell how deadly single events are",
            expected="at least 3 series of 10 deadly events",
            mend="give more events",
        )
    pooled = np.concatenate(list(told.values()))

    def against(logs: Floats) -> float:
        shape, scale = (float(each) for each in np.exp(logs))
        return -float(log_probability(pooled, shape, scale).sum())

    common = minimize(against, np.log([0.5, 3.0]), method="Nelder-Mead")
    shape = float(np.clip(np.exp(common.x[0]), 0.05, 0.9))

    def own(each: Floats) -> float:
        found = minimize_scalar(
            lambda s: -float(log_probability(each, shape, float(np.exp(s))).sum()),
            bounds=(-3, 6),
            method="bounded",
        )
        return float(found.x)

    scales = np.array([own(each) for each in told.values()])
    return MarkPrior(
        shape=shape,
        log_scale=float(scales.mean()),
        log_scale_deviation=float(max(scales.std(ddof=1), 0.3)),
    )
