r"""The zone of possible agreement over packages that can only be had whole.

What fighting on is worth to a player of the first side, with :math:`p` the chance that it wins, is

.. math:: W_i = p\, u_i(\text{first wins}) + (1 - p)\, u_i(\text{second wins}) - c_i

unless victory or defeat are said to be worth something else than their packages; a package is
acceptable to the player if it is worth no less, and lies in the zone if it is acceptable to all
(Fearon 1995, doi:10.1017/S0020818300033324).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

_EXACT = 1e-9


def worth_of_war(first_wins: Floats, second_wins: Floats, chance: Floats, cost: Floats) -> Floats:
    """Give what fighting on is worth.

    Parameters
    ----------
    first_wins, second_wins : ndarray, (draw, player)
        What either victory is worth to each player.
    chance : ndarray, (draw,)
        That the first side wins.
    cost : ndarray, (draw, player)

    Examples
    --------
    >>> worth = worth_of_war(*(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])),
    ...                      np.array([0.7]), np.array([[0.1, 0.2]]))
    >>> worth.round(2).tolist()
    [[0.6, 0.1]]
    """
    return chance[:, None] * first_wins + (1 - chance)[:, None] * second_wins - cost


def acceptable(utility: Floats, worth: Floats) -> Truths:
    """Tell which packages each player prefers to fighting on, or likes as much.

    Parameters
    ----------
    utility : ndarray, (draw, player, package)
    worth : ndarray, (draw, player)

    Returns
    -------
    ndarray of bool, (draw, player, package)
    """
    return np.asarray(utility >= worth[:, :, None] - _EXACT)


def in_zone(utility: Floats, worth: Floats) -> Truths:
    """Tell which packages are acceptable to all: (draw, package)."""
    return np.asarray(np.all(acceptable(utility, worth), axis=1))


def empty_zone(utility: Floats, worth: Floats) -> Truths:
    """Tell where no package is acceptable to all: (draw,)."""
    return ~np.asarray(np.any(in_zone(utility, worth), axis=1))


def pie(chance: float, cost_first: float, cost_second: float) -> tuple[float, float]:
    """Give the zone of a single pie of size 1 that can be cut anywhere.

    The first side accepts no less than ``chance - cost_first``, the second leaves it no more than
    ``chance + cost_second``: the zone is as wide as both costs together, and so never empty while
    fighting costs anything (Fearon 1995).

    Examples
    --------
    >>> low, high = pie(0.6, 0.1, 0.2)
    >>> round(high - low, 12)
    0.3
    """
    return chance - cost_first, chance + cost_second


def within_the_hull(utility: Floats, worth: Floats) -> Truths:
    r"""Tell where a mixture of packages would be acceptable to all, if they could be mixed.

    That is, whether the convex hull of the packages' utilities holds a point of which no player's
    share lies under what fighting on is worth: the greatest :math:`t` with
    :math:`\sum_k \lambda_k u_{ik} - t \ge W_i` for all players is not negative. All draws stand in
    one sparse linear programme, of a block each.

    Parameters
    ----------
    utility : ndarray, (draw, player, package)
    worth : ndarray, (draw, player)

    Examples
    --------
    Two packages, each worth 1 to one and 0 to the other: half of each would do for both.

    >>> within_the_hull(np.array([[[1.0, 0.0], [0.0, 1.0]]]), np.array([[0.4, 0.4]])).tolist()
    [True]
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_diag, csr_array

    draws, players, packages = utility.shape
    if draws == 0:
        return np.empty(0, dtype=np.bool_)
    # A block holds the players' rows, a row that makes the shares of the mixture sum to 1, and the
    # unknowns: the shares, none of them negative, and t.
    shares = np.append(np.ones(packages), 0.0)
    blocks = (np.vstack([np.hstack([each, -np.ones((players, 1))]), shares]) for each in utility)
    least = np.hstack([worth, np.ones((draws, 1))])
    most = np.hstack([np.full_like(worth, np.inf), np.ones((draws, 1))])
    solved = milp(
        np.tile(shares - 1, draws),
        constraints=LinearConstraint(
            csr_array(block_diag(list(blocks))), least.ravel(), most.ravel()
        ),
        bounds=Bounds(np.tile(np.append(np.zeros(packages), -np.inf), draws), np.inf),
    )
    if solved.x is None:
        raise ArithmeticError(f"the mixtures of packages cannot be reckoned: {solved.message}")
    return np.asarray(solved.x.reshape(draws, packages + 1)[:, -1] >= -_EXACT)


def chosen(utility: Floats, worth: Floats) -> NDArray[np.int64]:
    """Give the package of the zone with the greatest product of gains; -1 where it is empty.

    Nash's solution over packages that can only be had whole (Nash 1950, doi:10.2307/1907266).

    Parameters
    ----------
    utility : ndarray, (draw, player, package)
    worth : ndarray, (draw, player)
    """
    gains = np.maximum(utility - worth[:, :, None], 0.0)
    product = np.where(in_zone(utility, worth), gains.prod(axis=1), -1.0)
    return np.where(empty_zone(utility, worth), -1, product.argmax(axis=1))
