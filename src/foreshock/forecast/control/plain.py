"""The same futures of control in plain loops: slow, and easy to check against the formula."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from foreshock.core.control import NOBODY, Held
from foreshock.forecast.control.world import Floats, Ground, Rates, Start, uniforms


def simulate_plainly(
    ground: Ground,
    start: Start,
    rates: Rates,
    fighting: Floats,
    as_of: date,
    seed: int,
    paths: Floats | None = None,
) -> Held:
    """Draw who holds each place on each day, as `simulate.simulate` does.

    Examples
    --------
    >>> ground = Ground(places=("ford",), sides=("gondal", "ruritania"), fresh=7,
    ...                 joined=np.zeros((1, 1), dtype=bool))
    >>> start = Start(holder=np.zeros((1, 1), np.int8), rival=np.full((1, 1), -1, np.int8),
    ...               age=np.full((1, 1), 999, np.int16))
    >>> one = np.ones(1)
    >>> rates = Rates(9 * one, 0 * one, 0 * one, one, 0 * one, np.full((1, 2), 0.5))
    >>> ahead = simulate_plainly(
    ...     ground, start, rates, np.zeros((1, 2, 1)), date(2031, 5, 1), seed=7)
    >>> ahead.holder[0, :, 0].tolist()
    [0, 1, 0]
    """
    members, places = start.holder.shape
    days, sides = fighting.shape[1], len(ground.sides)
    scale = np.broadcast_to(1.0 if paths is None else paths, (members, days, places, sides))
    holder = np.empty((members, days + 1, places), dtype=np.int8)
    rival = np.empty_like(holder)
    holder[:, 0], rival[:, 0] = start.holder, start.rival
    for member in range(members):
        age = [int(each) for each in start.age[member]]
        for day in range(days):
            now, other = holder[member, day], rival[member, day]
            new = [
                int(now[p]) if other[p] == NOBODY and age[p] < ground.fresh else NOBODY
                for p in range(places)
            ]
            drawn = uniforms(seed, day + 1, members, places)[member]
            for place in range(places):
                risk = _risks(
                    int(now[place]),
                    int(other[place]),
                    {new[q] for q in range(places) if ground.joined[place, q]},
                    {name: each[member] for name, each in rates._asdict().items()},
                    float(fighting[member % len(fighting), day, place]),
                )
                risk = [each * scale[member, day, place, b] for b, each in enumerate(risk)]
                state = int(now[place]), int(other[place])
                after, rivals, taken = _next(*state, risk, drawn[place], rates.through[member])
                holder[member, day + 1, place], rival[member, day + 1, place] = after, rivals
                age[place] = 0 if taken else age[place] + 1
    return Held(first=as_of, holder=holder, rival=rival)


def _risks(
    now: int, other: int, pushing: set[int], rates: dict[str, Floats], fought: float
) -> list[float]:
    shares = [float(share) for share in rates["to"]]
    if other != NOBODY:
        claims = [
            share + (side in pushing) if side in {now, other} else 0.0
            for side, share in enumerate(shares)
        ]
        whole = sum(claims)
        return [float(rates["contest"]) * each / whole if whole else 0.0 for each in claims]
    others = sum(share for side, share in enumerate(shares) if side != now)
    rest = float(rates["base"]) + float(rates["fighting"]) * fought
    return [
        0.0
        if side == now
        else (rest * share / others if others else 0.0) + float(rates["road"]) * (side in pushing)
        for side, share in enumerate(shares)
    ]


def _next(
    now: int, other: int, risk: list[float], drawn: Floats, through: float
) -> tuple[int, int, bool]:
    """Give holder and rival a day later, and whether the place was taken."""
    whole = sum(risk)
    if drawn[0] >= 1 - math.exp(-whole):
        return now, other, False
    gains, so_far = 0, risk[0]
    while so_far <= drawn[1] * whole:
        gains += 1
        so_far += risk[gains]
    if other == NOBODY and drawn[2] < through:
        return now, gains, False
    return gains, NOBODY, gains != now
