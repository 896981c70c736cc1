r"""How acts follow acts: what the daily model says of it, handed on for what-ifs.

The expected number of acts of series i on day t is

.. math:: \lambda_{it} = e^{b_i} + \sum_j w_{ij} s_{ijt}, \qquad
    s_{ij,t+1} = (1 - \delta_{ij})\, y_{jt} + \delta_{ij}\, s_{ijt}

with :math:`y` the acts of each day. Every member has parameters and a past of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Following:
    r"""Parameters of the daily model by member, where the forecast sets in.

    Attributes
    ----------
    series : tuple of str
        Series that act and are acted on.
    level : ndarray, shape (member, series)
        Acts a day that no earlier act brings forth, above 0: :math:`e^{b}` at its last value.
    source, target : ndarray of int, shape (edge,)
        From which series an edge leads, and to which.
    weight : ndarray, shape (member, edge)
        Acts that one act brings forth, 0 or more.
    decay : ndarray, shape (member, edge)
        What is left of a past a day later, 0 to below 1.
    past : ndarray, shape (member, edge)
        Smoothed past on the first day ahead.
    dispersion : ndarray, shape (member, series)
        Of a day's count, whose variance is :math:`\lambda + a \lambda^2`; above 0.

    Raises
    ------
    EnsembleError
        If the shapes do not fit each other.

    Examples
    --------
    One series whose acts bring forth half an act the day after:

    >>> one = Following(
    ...     series=("gondal>ruritania",), level=np.array([[0.2]]), source=np.array([0]),
    ...     target=np.array([0]), weight=np.array([[0.5]]), decay=np.array([[0.0]]),
    ...     past=np.array([[2.0]]), dispersion=np.array([[1.0]]))
    >>> rate = one.rate(one.past)
    >>> rate.tolist()
    [[1.2]]
    >>> one.rate(one.after(one.past, np.array([[0]]))).tolist()
    [[0.2]]
    """

    series: tuple[str, ...]
    level: Numbers
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    weight: Numbers
    decay: Numbers
    past: Numbers
    dispersion: Numbers

    def __post_init__(self) -> None:
        """Refuse parts that do not fit each other."""
        members, edges = len(self.level), len(self.source)
        fits = (
            self.level.shape == self.dispersion.shape == (members, len(self.series))
            and self.weight.shape == self.decay.shape == self.past.shape == (members, edges)
            and self.target.shape == (edges,)
        )
        if not fits:
            raise EnsembleError("levels, edges and members do not fit", "how acts follow acts")

    def rate(self, past: Numbers) -> Numbers:
        """Give the acts expected of each series on a day, from the past of each edge.

        Parameters
        ----------
        past : ndarray, shape (member, edge)

        Returns
        -------
        ndarray, shape (member, series)
        """
        found = self.level.copy()
        for edge, target in enumerate(self.target):
            found[:, target] += self.weight[:, edge] * past[:, edge]
        return found

    def after(self, past: Numbers, acts: Numbers | NDArray[np.integer]) -> Numbers:
        """Give the past of each edge a day later.

        Parameters
        ----------
        past : ndarray, shape (member, edge)
        acts : ndarray, shape (member, series)
            Of the day.
        """
        later: Numbers = (1.0 - self.decay) * acts[:, self.source] + self.decay * past
        return later
