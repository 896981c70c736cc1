"""Probabilities as shares of members, with the error of having only so many of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_NORMAL_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Probability:
    r"""A share of members, and how well so many members can tell it.

    Parameters
    ----------
    value : float
        The share :math:`p = k / n` of members in which it came about, 0 to 1.
    members : int
        How many members there are, :math:`n`.

    Notes
    -----
    The interval is Wilson's 95 % interval for a share (Wilson 1927, doi:10.2307/2276774), which is
    sensible for no member and for all members too. It tells how the answer would vary with other
    random numbers, nothing of whether the model is right.

    .. math:: \frac{p + z^2/2n \pm z\sqrt{p(1-p)/n + z^2/4n^2}}{1 + z^2/n}

    Examples
    --------
    >>> Probability(0.25, 10_000)
    Probability(value=0.25, members=10000)
    >>> round(Probability(0.25, 10_000).error, 4), Probability(0.0, 100).high > 0.03
    (0.0043, True)
    """

    value: float
    members: int

    @property
    def error(self) -> float:
        r"""Monte Carlo standard error, :math:`\sqrt{p(1-p)/n}`."""
        return sqrt(self.value * (1 - self.value) / self.members)

    @property
    def low(self) -> float:
        """Lower end of the 95 % Monte Carlo interval."""
        return min(self.value, max(0.0, self._middle - self._half))

    @property
    def high(self) -> float:
        """Upper end of the 95 % Monte Carlo interval."""
        return max(self.value, min(1.0, self._middle + self._half))

    @property
    def _middle(self) -> float:
        z2 = _NORMAL_95**2 / self.members
        return (self.value + z2 / 2) / (1 + z2)

    @property
    def _half(self) -> float:
        z2 = _NORMAL_95**2 / self.members
        spread = self.value * (1 - self.value) + z2 / 4
        return sqrt(z2 * spread) / (1 + z2)
