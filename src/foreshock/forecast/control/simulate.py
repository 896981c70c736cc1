r"""Futures of control: places change hands by chance, likelier where war and advance are near.

A place that side A holds falls to side B at the daily rate at which it was fitted (see
`foreshock.assess.control.hazards`),

.. math:: \lambda_B = s_B \Big[ (b + f F)\, \frac{q_B}{\sum_{C \ne A} q_C} + r R_B \Big]

where F tells fighting near, :math:`R_B` that B has newly taken a neighbour by road, and :math:`q`
are the sides' shares in what falls. A share of these changes begins with a contest. A contest ends
at the rate c, and each of the two comes out of it in proportion to :math:`s (q + R)`. A day is one
step, :math:`P = 1 - e^{-\sum \lambda}`. :math:`s_B` scales what B takes, day by day; it is 1 unless
a what-if says otherwise.
"""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.control import NOBODY, Held
from foreshock.forecast.control.world import Floats, Ground, Rates, Start, uniforms


def simulate(
    ground: Ground,
    start: Start,
    rates: Rates,
    fighting: Floats,
    as_of: date,
    seed: int,
    paths: Floats | None = None,
) -> Held:
    """Draw who holds each place on each day.

    Parameters
    ----------
    ground : Ground
    start : Start
    rates : Rates
    fighting : ndarray, shape (member or 1, day, place)
        Share of the weeks up to each day in which there is fighting near, 0 to 1.
    as_of : datetime.date
    seed : int
    paths : ndarray, optional
        By how much what each side takes is scaled, of a shape that broadcasts to
        (member, day, place, side): 0 for a side that takes nothing. What is drawn is the same
        whatever it says, so that two runs differ by it alone.

    Returns
    -------
    Held
        From the end of the as-of on.

    Examples
    --------
    >>> ground = Ground(places=("ford", "mill"), sides=("gondal", "ruritania"), fresh=7,
    ...                 joined=np.array([[False, True], [True, False]]))
    >>> start = Start(holder=np.array([[0, 1]], dtype=np.int8), rival=np.full((1, 2), -1, np.int8),
    ...               age=np.array([[1, 999]], dtype=np.int16))
    >>> one = np.ones(1)
    >>> rates = Rates(0 * one, 0 * one, 9 * one, one, 0 * one, np.full((1, 2), 0.5))
    >>> ahead = simulate(ground, start, rates, np.zeros((1, 2, 2)), date(2031, 5, 1), seed=7)
    >>> ahead.holder[0].tolist()
    [[0, 1], [0, 0], [0, 0]]
    """
    members, places = start.holder.shape
    days, sides = fighting.shape[1], len(ground.sides)
    scale = np.broadcast_to(np.ones(1) if paths is None else paths, (members, days, places, sides))
    holder = np.empty((members, days + 1, places), dtype=np.int8)
    rival = np.empty_like(holder)
    now = _Day(start.holder, start.rival, start.age)
    holder[:, 0], rival[:, 0] = now.holder, now.rival
    neighbours = ground.neighbours
    for day in range(days):
        risks = _risks(now, rates, fighting[:, day], _pushes(now, neighbours, ground.fresh))
        risks = [risk * scale[:, day, :, side] for side, risk in enumerate(risks)]
        now = _next(now, risks, rates.through, uniforms(seed, day + 1, members, places))
        holder[:, day + 1], rival[:, day + 1] = now.holder, now.rival
    return Held(first=as_of, holder=holder, rival=rival)


class _Day(NamedTuple):
    """Who is in each place at the end of a day, and how long ago it was taken; (member, place)."""

    holder: NDArray[np.int8]
    rival: NDArray[np.int8]
    age: NDArray[np.int16]


def _pushes(now: _Day, neighbours: NDArray[np.intp], fresh: int) -> NDArray[np.int64]:
    """Tell which sides have newly taken a neighbour by road: a bit for each, (member, place)."""
    new = (now.rival == NOBODY) & (now.age < fresh) & (now.holder != NOBODY)
    bit = np.where(new, np.int64(1) << np.maximum(now.holder, 0), 0)
    found = np.zeros_like(bit)
    for each in neighbours:
        found |= bit[:, each]
    # Of itself a place is no neighbour; who holds it takes nothing there, so it does not matter.
    return found


def _risks(now: _Day, rates: Rates, fought: Floats, pushes: NDArray[np.int64]) -> list[Floats]:
    """Give at what rate each place comes to each side: one array (member, place) for each."""
    sides = range(rates.to.shape[1])
    others = np.ones((len(rates.to), 1)) - _share(rates.to, now.holder)
    rest = rates.base[:, None] + rates.fighting[:, None] * fought
    each = np.divide(rest, others, out=np.zeros_like(others), where=others > 0)
    member, place = np.nonzero(now.rival != NOBODY)
    ends = _contests(now, rates, pushes, member, place)
    found = []
    for side in sides:
        risk = each * rates.to[:, side, None] + rates.road[:, None] * (pushes >> side & 1)
        risk[now.holder == side] = 0.0
        risk[member, place] = ends[side]
        found.append(risk)
    return found


def _contests(
    now: _Day, rates: Rates, pushes: NDArray[np.int64], member: NDArray[np.intp],
    place: NDArray[np.intp],
) -> list[Floats]:  # fmt: skip
    """Give at what rate each side comes out of some contests."""
    holder, rival, pushed = (each[member, place] for each in (now.holder, now.rival, pushes))
    claims = [
        np.where(
            (holder == side) | (rival == side), rates.to[member, side] + (pushed >> side & 1), 0.0
        )
        for side in range(rates.to.shape[1])
    ]
    whole = np.sum(claims, axis=0)
    each = np.divide(rates.contest[member], whole, out=np.zeros_like(whole), where=whole > 0)
    return [each * claim for claim in claims]


def _share(shares: Floats, side: NDArray[np.int8]) -> Floats:
    """Give the share of the side that is in each place; 0 where nobody is."""
    padded = np.concatenate([shares, np.zeros((len(shares), 1))], axis=1)
    found: Floats = padded[np.arange(len(shares))[:, None], side]
    return found


def _next(now: _Day, risks: list[Floats], through: Floats, drawn: Floats) -> _Day:
    """Give who is in each place a day later."""
    so_far = list(accumulate(risks))
    moves = drawn[:, :, 0] < -np.expm1(-so_far[-1])
    # A draw is under 1, so that its share of the whole lies under the last sum.
    turn = drawn[:, :, 1] * so_far[-1]
    gains = np.sum([risk <= turn for risk in so_far], axis=0, dtype=np.int8)
    ends = moves & (now.rival != NOBODY)
    begins = moves & (now.rival == NOBODY) & (drawn[:, :, 2] < through[:, None])
    taken = (moves & ~begins) & (gains != now.holder)
    older = np.minimum(now.age, np.iinfo(np.int16).max - 1) + 1
    return _Day(
        holder=np.where(taken, gains, now.holder),
        rival=np.where(begins, gains, np.where(ends, np.int8(NOBODY), now.rival)),
        age=np.where(taken, 0, older).astype(np.int16),
    )
