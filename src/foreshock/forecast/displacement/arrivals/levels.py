r"""Monthly arrivals of many places: a slow level, deviations that fade, and how restless each is.

Of place :math:`g` in month :math:`t`, with :math:`y` people,

.. math::
    \log(1 + y_{gt}) = \ell_{gt} + d_{gt} + e_{gt}, \qquad
    \ell_{g,t+1} = \ell_{gt} + \eta_{gt}, \qquad
    d_{g,t+1} = \rho\, d_{gt} + \zeta_{gt}

with variances :math:`q` of :math:`\eta`, :math:`u_{gt}(1-\rho^2)s^2` of :math:`\zeta` and
:math:`u_{gt} r` of :math:`e`. All parameters are shared by all places; what differs between places
is learned on the way: the level by the Kalman filter, and how restless a place is by

.. math::
    u_{gt} = \frac{\kappa + \sum_{s \le t} u_{gs} \min(z_{gs}^2, 4)}{\kappa + n_{gt}},

:math:`z` being its past errors of one month ahead over what was expected of them. So a place with
few months is as restless as all are, and one with many as it was itself. A forecast is a Student t
around the filtered mean, for surges and collapses come more often than a normal would have it.

Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, chs. 3 and 4;
Creal, Koopman, Lucas (2013) on variances driven by past scores, doi:10.1002/jae.1279.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from foreshock.core.errors import ForecastRefused
from foreshock.core.months import MonthlyCounts
from foreshock.forecast.compiling import compiled

Floats = NDArray[np.float64]

MOST_SQUARED = 4.0
"""A single error counts for how restless a place is as if it were no more than two deviations."""

WIDER = 1.2
"""By so much forecasts are wider than the fitted parameters say, which are not known for sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Parameters of the model, shared by all places; variances are of natural logarithms.

    Attributes
    ----------
    drift : float
        Variance by which the slow level moves in a month.
    swing : float
        Variance of the deviations from it.
    kept : float
        What is left of a deviation a month later, 0 to 1.
    noise : float
        Variance of what is one month's own.
    usual, apart : float
        Mean and variance of the level of a place of which nothing is known yet.
    freedom : float
        Degrees of freedom of the forecasts, above 2; fewer mean more surges and collapses.
    patience : float
        Months for which the common restlessness counts beside a place's own.
    """

    drift: float
    swing: float
    kept: float
    noise: float
    usual: float
    apart: float
    freedom: float
    patience: float

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        fine = all(math.isfinite(each) for each in astuple(self))
        positive = (self.drift, self.swing, self.noise, self.apart, self.patience)
        if not fine or min(positive) <= 0 or not 0 < self.kept < 1 or self.freedom <= 2:
            raise ForecastRefused(
                f"no such movement of levels: {self}",
                expected="variances and patience above 0, kept between 0 and 1, freedom above 2",
            )


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """Forecasts of the logarithm of one more than the people, as Student t.

    Attributes
    ----------
    middle, scale : ndarray, shape (month, place)
        Months ahead from the first after the origin on.
    freedom : float
    """

    middle: Floats
    scale: Floats
    freedom: float

    def people(self, levels: ArrayLike) -> Floats:
        """Give quantiles of the people, shape (month, place, level)."""
        standard = stdtrit(self.freedom, np.asarray(levels, float))
        logarithms = self.middle[..., None] + self.scale[..., None] * standard
        found: Floats = np.expm1(np.clip(logarithms, 0, MOST_LOGARITHM))
        return found

    def members(self, number: int) -> Floats:
        """Give so many equally likely numbers of people, sorted, shape (month, place, number)."""
        return self.people((np.arange(number) + 0.5) / number)

    def chance_over(self, people: float) -> Floats:
        """Give the chance of more people than that, shape (month, place)."""
        reached = (math.log1p(people) - self.middle) / self.scale
        found: Floats = np.asarray(stdtr(self.freedom, -reached), dtype=np.float64)
        return found


MOST_LOGARITHM = math.log(1e9)
"""No place takes in more than a billion people in a month."""


def forecast(past: MonthlyCounts, levels: Levels, months: int, *, wider: float = WIDER) -> Ahead:
    """Forecast the months after a past.

    Parameters
    ----------
    past : MonthlyCounts
        All that is known, up to the month of the origin.
    levels : Levels
    months : int
        How many months ahead.
    wider : float
        Factor of the scale.

    Returns
    -------
    Ahead
        Of every place, those never listed too.

    Examples
    --------
    >>> from datetime import date
    >>> past = MonthlyCounts(date(2031, 1, 1), ("gondal",), [[900], [1100], [np.nan], [1000]])
    >>> levels = Levels(drift=0.02, swing=0.5, kept=0.7, noise=0.3, usual=7.0, apart=1.5,
    ...                 freedom=6.0, patience=10.0)
    >>> ahead = forecast(past, levels, 2)
    >>> ahead.people([0.05, 0.5, 0.95])[:, 0].round(-1).tolist()
    [[160.0, 1010.0, 6210.0], [130.0, 1010.0, 7570.0]]
    """
    _, middle, variance = filtered(np.log1p(past.people), _packed(levels), months)
    return Ahead(middle, wider * np.sqrt(variance), levels.freedom)


def log_likelihood(logarithms: Floats, levels: Floats) -> float:
    """Give the log density of every month given those before it, in the order of `Levels`."""
    return filtered(logarithms, levels, 0)[0]


def _packed(levels: Levels) -> Floats:
    return np.array(astuple(levels))


@compiled
def filtered(logarithms: Floats, levels: Floats, months: int) -> tuple[float, Floats, Floats]:
    """Run the filter over all places, and look so many months ahead.

    Returns
    -------
    score : float
        Sum of the log densities of one month ahead.
    middle, variance : ndarray, shape (month ahead, place)
    """
    drift, swing, kept, noise, usual, apart, freedom, patience = levels
    rows, places = logarithms.shape
    fresh = swing * (1 - kept * kept)
    constant = (
        math.lgamma((freedom + 1) / 2)
        - math.lgamma(freedom / 2)
        - 0.5 * math.log(freedom * math.pi)
    )
    score = 0.0
    middle = np.empty((months, places))
    variance = np.empty((months, places))
    for place in range(places):
        level, deviation = usual, 0.0
        of_level, of_deviation, of_both = apart, swing, 0.0
        restless, told, squares = 1.0, 0, 0.0
        for row in range(rows + months):
            if row > 0:
                deviation *= kept
                of_level += drift
                of_deviation = kept * kept * of_deviation + restless * fresh
                of_both *= kept
            expected = level + deviation
            spread = of_level + of_deviation + 2 * of_both + restless * noise
            if row >= rows:
                middle[row - rows, place] = expected
                variance[row - rows, place] = spread
                continue
            error = logarithms[row, place] - expected
            if math.isnan(error):
                continue
            squared = error * error / spread
            score += (
                constant
                - 0.5 * math.log(spread)
                - (freedom + 1) / 2 * math.log1p(squared / freedom)
            )
            gain_level = (of_level + of_both) / spread
            gain_deviation = (of_deviation + of_both) / spread
            level += gain_level * error
            deviation += gain_deviation * error
            of_level -= gain_level * gain_level * spread
            of_deviation -= gain_deviation * gain_deviation * spread
            of_both -= gain_level * gain_deviation * spread
            told += 1
            squares += restless * min(squared, MOST_SQUARED)
            restless = (patience + squares) / (patience + told)
    return score, middle, variance
