r"""Memory of acts: discounted counts of conflict and cooperation, week by week.

For one pair and one channel, with :math:`y_{k,t}` the weight of the acts of sign :math:`k` in week
:math:`t`, discount :math:`\delta` and a prior of half an act of each sign,

.. math:: a_{k,t} = \delta\,a_{k,t-1} + (1-\delta)\,a_0 + y_{k,t}
          = a_0 + \sum_{s \le t} \delta^{\,t-s}\, y_{k,s} .

The share of conflict is then Beta distributed, :math:`\theta_t \sim
\mathrm{Beta}(a_{F,t}, a_{C,t})`: how much the press covers a pair cancels out, as long as it covers
both signs alike (the power-steady model of Smith 1979, doi:10.1111/j.2517-6161.1979.tb01092.x, and
Smith and Miller 1986, doi:10.1111/j.2517-6161.1986.tb01389.x).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.relations.acts import Act

PRIOR = 0.5
"""Acts of each sign that the memory starts from, and fades back to."""

Floats = NDArray[np.float64]


def week_of(day: date) -> int:
    """Give the number of the week, Monday to Sunday, in which a day lies.

    Examples
    --------
    >>> week_of(date(2024, 1, 1)) - week_of(date(2023, 12, 31))
    1
    """
    return (day.toordinal() - 1) // 7


def sunday_of(week: int) -> date:
    """Give the last day of a week."""
    return date.fromordinal(7 * week + 7)


@dataclass(frozen=True, slots=True)
class Counts:
    r"""Discounted evidence, without the prior.

    Attributes
    ----------
    conflictual, cooperative : ndarray
        Discounted weight of the acts of each sign, :math:`\sum w\,\delta^{age}`, of any shape.
    squared : ndarray
        :math:`\sum w\,\delta^{2\\,age}` over both signs: what the effective mass needs.
    """

    conflictual: Floats
    cooperative: Floats
    squared: Floats

    @property
    def mass(self) -> Floats:
        """Evidence mass: how many fresh acts the memory amounts to, prior left out."""
        return np.asarray(self.conflictual + self.cooperative)


def remember(
    weeks: Sequence[int],
    entered: Sequence[int],
    conflictual: Sequence[bool],
    weights: Floats,
    discounts: Floats,
    first: int,
    last: int,
) -> Counts:
    """Run the memory over the weeks.

    Parameters
    ----------
    weeks, entered : sequence of int
        Week of each act, and week in which it enters: its own, or a later one if it became known
        only then. It enters as faded as its age.
    conflictual : sequence of bool
    weights : ndarray of float64, shape (acts, worlds)
        Weight of each act in each imputed world, at least 0.
    discounts : ndarray of float64, shape (discounts,)
        What a week leaves of the memory, in (0, 1].
    first, last : int
        Weeks between which to run, both included.

    Returns
    -------
    Counts
        Shape (weeks, discounts, worlds): the state at the end of each week.

    Examples
    --------
    >>> counts = remember([0, 2], [0, 2], [True, False], np.ones((2, 1)), np.array([0.5]), 0, 2)
    >>> counts.conflictual[:, 0, 0].tolist(), counts.cooperative[:, 0, 0].tolist()
    ([1.0, 0.5, 0.25], [0.0, 0.0, 1.0])
    """
    worlds = weights.shape[1]
    state = np.zeros((3, len(discounts), worlds))
    states = np.empty((last - first + 1, *state.shape))
    arriving: dict[int, list[int]] = {}
    for index, week in enumerate(entered):
        arriving.setdefault(max(week, first), []).append(index)
    fade = np.stack([discounts, discounts, discounts**2])[:, :, None]
    for week in range(first, last + 1):
        state = state * fade
        for index in arriving.get(week, ()):
            faded = discounts ** (week - weeks[index])
            state[0 if conflictual[index] else 1] += faded[:, None] * weights[index]
            state[2] += (faded**2)[:, None] * weights[index]
        states[week - first] = state
    return Counts(states[:, 0], states[:, 1], states[:, 2])


def columns(acts: Sequence[Act]) -> tuple[list[int], list[int], list[bool], Floats]:
    """Give weeks, weeks of entry, signs and declared weights of acts."""
    weeks = [week_of(act.day) for act in acts]
    entered = [max(week_of(act.day), week_of(act.known_at)) for act in acts]
    return weeks, entered, [a.conflictual for a in acts], np.array([a.weight for a in acts])
