r"""Solutions of bargaining that are known exactly: Nash, Kalai and Smorodinsky, Rubinstein.

They are no part of a result: a result tells which packages survive, not which is chosen, but for
the product of gains among those that do. They are here because a reader who builds a sheet can ask
for them, and because they are the checks by which the rest is known to be right.

Nash 1950 (doi:10.2307/1907266); Kalai and Smorodinsky 1975 (doi:10.2307/1914280); Rubinstein 1982
(doi:10.2307/1912531); Binmore, Rubinstein and Wolinsky 1986 (doi:10.2307/2555382).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import QuantityError

Floats = NDArray[np.float64]


class Exchange(NamedTuple):
    """An exchange of goods between two owners.

    Attributes
    ----------
    gets : tuple of int
        The goods that end with the first, by number.
    before, after : tuple of float
        What each has before and after.
    """

    gets: tuple[int, ...]
    before: tuple[float, float]
    after: tuple[float, float]

    @property
    def product(self) -> float:
        """The product of the gains."""
        return (self.after[0] - self.before[0]) * (self.after[1] - self.before[1])


MOST_GOODS = 20


def nash_barter(first: Sequence[float], second: Sequence[float], owned: Sequence[bool]) -> Exchange:
    """Find Nash's solution for goods that cannot be cut, by trying every allocation.

    Parameters
    ----------
    first, second : sequence of float
        What each good is worth to the one and to the other.
    owned : sequence of bool
        Whether the first has it at the outset.

    Raises
    ------
    QuantityError
        If the lists differ in length, or hold more goods than can be tried.

    Examples
    --------
    >>> nash_barter([1, 5], [4, 2], [True, False])
    Exchange(gets=(1,), before=(1.0, 2.0), after=(5.0, 4.0))
    """
    goods = len(first)
    if not len(first) == len(second) == len(owned):
        raise QuantityError("the goods are not the same in every list")
    if goods > MOST_GOODS:
        raise QuantityError(f"{goods} goods", expected=f"at most {MOST_GOODS}, all are tried")
    mine, yours = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    kept = np.arange(2**goods)[:, None] >> np.arange(goods) & 1
    before = mine[list(owned)].sum(), yours[~np.asarray(owned, dtype=bool)].sum()
    after = np.stack([kept @ mine, (1 - kept) @ yours], axis=1)
    gains = after - np.array(before)
    product = np.where((gains >= 0).all(axis=1), gains.prod(axis=1), -1.0)
    best = int(product.argmax())
    return Exchange(
        tuple(int(good) for good in np.flatnonzero(kept[best])),
        (float(before[0]), float(before[1])),
        (float(after[best, 0]), float(after[best, 1])),
    )


def nash_on_hull(points: Floats, disagreement: Floats) -> Floats:
    """Find Nash's solution for two over all mixtures of some outcomes.

    Parameters
    ----------
    points : ndarray, (outcome, 2)
        What each outcome is worth to either.
    disagreement : ndarray, (2,)
        What they have without agreement.

    Returns
    -------
    ndarray, (2,)

    Raises
    ------
    QuantityError
        If no mixture gives either at least what they have without agreement.

    Examples
    --------
    >>> nash_on_hull(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.2, 0.0])).round(9).tolist()
    [0.6, 0.4]
    """
    gains = np.asarray(points, dtype=float) - disagreement
    # The best mixture lies on a segment between two outcomes, along which the product of gains is a
    # parabola; each is tried with the part of it that leaves nobody worse off.
    start, end = gains[:, None, :], gains[None, :, :]
    step = end - start
    curve, slope = step.prod(axis=-1), (step * start[..., ::-1]).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        vertex = np.where(curve < 0, -slope / (2 * curve), 1.0)
        crossing = np.where(step != 0, -start / step, 0.0)
    least = np.where(step > 0, crossing, 0.0).max(axis=-1).clip(0, None)
    most = np.where(step < 0, crossing, 1.0).min(axis=-1).clip(None, 1)
    shares = np.stack([least, np.clip(vertex, least, np.maximum(least, most)), most])
    tried = start + shares[..., None] * step
    allowed = (least <= most) & (tried >= -1e-12).all(axis=-1)
    if not allowed.any():
        raise QuantityError("no mixture leaves both as well off as without agreement")
    product = np.where(allowed, tried.prod(axis=-1), -np.inf)
    # Where nothing can be gained by one of them, the other is given what there is.
    ties = np.where(product >= product.max() - 1e-12, tried.sum(axis=-1), -np.inf)
    best = tried.reshape(-1, 2)[int(ties.argmax())]
    return np.asarray(best + disagreement)


def kalai_smorodinsky(points: Floats, disagreement: Floats) -> Floats:
    """Find the solution in which all gain the same share of the most that each could gain.

    Parameters
    ----------
    points : ndarray, (outcome, player)
    disagreement : ndarray, (player,)

    Raises
    ------
    QuantityError
        If no mixture gives everybody at least what they have without agreement.

    Examples
    --------
    >>> outcomes = np.array([[1.0, 0.0], [0.0, 1.0]])
    >>> kalai_smorodinsky(outcomes, np.zeros(2)).round(9).tolist()
    [0.5, 0.5]
    """
    from scipy.optimize import linprog

    gains = np.asarray(points, dtype=float) - disagreement
    outcomes, players = gains.shape
    ideal = np.empty(players)
    for player in range(players):
        best = linprog(
            -gains[:, player],
            A_ub=-gains.T,
            b_ub=np.zeros(players),
            A_eq=np.ones((1, outcomes)),
            b_eq=[1.0],
        )
        if best.fun is None:
            raise QuantityError("no mixture leaves all as well off as without agreement")
        ideal[player] = -best.fun
    # One more unknown: the share of the ideal gains that all can have. None at all is always one.
    solved = linprog(
        np.append(np.zeros(outcomes), -1.0),
        A_ub=np.hstack([-gains.T, ideal[:, None]]),
        b_ub=np.zeros(players),
        A_eq=np.append(np.ones(outcomes), 0.0)[None, :],
        b_eq=[1.0],
        bounds=(0, 1),
    )
    return np.asarray(disagreement - (solved.fun or 0.0) * ideal)


def rubinstein(first: float, second: float) -> float:
    r"""Give the share of the one who offers first, when offers alternate.

    .. math:: \frac{1 - \delta_2}{1 - \delta_1 \delta_2}

    Parameters
    ----------
    first, second : float
        What a pie in the next round is worth against one now, to either; 0 to 1, not both 1.

    Examples
    --------
    >>> rubinstein(0.5, 0.5) == 2 / 3
    True
    """
    if not (0 <= first <= 1 and 0 <= second <= 1 and first * second < 1):
        raise QuantityError(
            f"discounts {first:g} and {second:g}", expected="from 0 to 1, and not both 1"
        )
    return (1 - second) / (1 - first * second)


def rubinstein_limit(first: float, second: float) -> float:
    r"""Give that share when offers follow each other at once: Nash's solution, weighted.

    .. math:: \frac{\log \delta_2}{\log \delta_1 + \log \delta_2}

    Parameters
    ----------
    first, second : float
        Discounts over the same time, between 0 and 1.

    Examples
    --------
    >>> rubinstein_limit(0.9, 0.9)
    0.5
    """
    if not (0 < first < 1 and 0 < second < 1):
        raise QuantityError(f"discounts {first:g} and {second:g}", expected="between 0 and 1")
    return log(second) / (log(first) + log(second))
