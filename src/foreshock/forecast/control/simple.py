"""Simple methods of control, which the simulation must beat to be worth its trouble."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.control import NOBODY, Held
from foreshock.core.random import stream
from foreshock.forecast.control.world import Ground, Start

STILL = "no change"
PACE = "last fortnight's pace"

FORTNIGHT = 14
"""Known days over which a pace is taken."""


class Advance(NamedTuple):
    """Who took places by road of late, and how fast.

    Attributes
    ----------
    side : int
        The side that took most; `NOBODY` if nobody took any.
    pace : float
        Places a day.
    """

    side: int
    pace: float


def advance(then: NDArray[np.int8], now: NDArray[np.int8], ground: Ground) -> Advance:
    """Tell who advanced over the last fortnight, from who most likely held each place.

    A place counts as taken by a side that holds it now and did not a fortnight ago, if it has a
    neighbour by road. Of sides that took as many, the first counts.

    Parameters
    ----------
    then, now : ndarray of int8, shape (place,)
        Side that held each place outright, `NOBODY` for none.
    ground : Ground

    Examples
    --------
    >>> ground = Ground(places=("ford", "mill"), sides=("gondal", "ruritania"), fresh=7,
    ...                 joined=np.array([[False, True], [True, False]]))
    >>> advance(np.array([0, 1], np.int8), np.array([0, 0], np.int8), ground)
    Advance(side=0, pace=0.07142857142857142)
    """
    taken = [
        int(((now == side) & (then != side) & ground.joined.any(axis=1)).sum())
        for side in range(len(ground.sides))
    ]
    if not any(taken):
        return Advance(NOBODY, 0.0)
    return Advance(taken.index(max(taken)), max(taken) / FORTNIGHT)


def unchanged(start: Start, days: int, as_of: date) -> Held:
    """Leave every place to whoever has it at the end of the as-of."""
    return Held(
        first=as_of, holder=_each_day(start.holder, days), rival=_each_day(start.rival, days)
    )


def at_pace(
    ground: Ground, start: Start, moving: Advance, days: int, as_of: date, seed: int
) -> Held:
    """Let the advance go on at the last fortnight's pace, and nothing else happen.

    Each day as many places fall to the advancing side as a Poisson distribution with its pace
    gives, one after another, each drawn from those that it does not hold and that have a neighbour
    by road which it does.

    Examples
    --------
    >>> ground = Ground(places=("ford", "mill", "isle"), sides=("gondal", "ruritania"), fresh=7,
    ...                 joined=np.array([[False, True, False], [True, False, False], [False] * 3]))
    >>> start = Start(holder=np.array([[0, 1, 1]], np.int8), rival=np.full((1, 3), -1, np.int8),
    ...               age=np.full((1, 3), 999, np.int16))
    >>> at_pace(ground, start, Advance(0, 9.0), 1, date(2031, 5, 1), 7).holder[0].tolist()
    [[0, 1, 1], [0, 0, 1]]
    """
    holder, rival = start.holder.copy(), start.rival.copy()
    holders, rivals = [holder.copy()], [rival.copy()]
    neighbours = ground.neighbours
    for day in range(days):
        draws = stream(seed, "control", "pace", day)
        left = draws.poisson(moving.pace, len(holder)) if moving.side != NOBODY else np.zeros(0)
        while (rows := np.flatnonzero(left > 0)).size:
            own = (holder[rows] == moving.side) & (rival[rows] == NOBODY)
            open_to = ~own & own[:, neighbours].any(axis=1)
            turn = np.where(open_to, draws.random(holder.shape)[rows], -1.0)
            falls = open_to.any(axis=1)
            chosen = rows[falls], turn.argmax(axis=1)[falls]
            holder[chosen], rival[chosen] = moving.side, NOBODY
            left[rows] = np.where(falls, left[rows] - 1, 0)
        holders.append(holder.copy())
        rivals.append(rival.copy())
    return Held(first=as_of, holder=np.stack(holders, axis=1), rival=np.stack(rivals, axis=1))


def _each_day(table: NDArray[np.int8], days: int) -> NDArray[np.int8]:
    return np.broadcast_to(table[:, None], (len(table), days + 1, table.shape[1]))
