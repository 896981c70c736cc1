"""Flee's rules of movement, told no more than the leak-free protocol gives: no capacity, no count.

The settings are those that the field's validation runs have in common (Ghorbani et al. 2024,
doi:10.1016/j.jocs.2024.102371), but for capacity, which is taken away: it is told from the counts.
As many set out on a day as the given total tells of, day 0 included, and nobody is put into a camp.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foreshock.core.network import Network
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.pushing import given
from foreshock.forecast.displacement.movement.run import move, plan

Floats = NDArray[np.float64]

MEMBERS = 10
SCALE = 100
"""One person of the simulation stands for so many."""

USUAL = MovementRules(
    max_move_speed=400.0,
    avoid_short_stints=True,
    default_movechance=0.5,
    conflict_weight=0.25,
    softening=50.0,
    distance_power=0.75,
    conflict_spawn_decay=(1.0, 1.0, 1.0, 0.5, 0.1),
    hasten=SCALE,
)


def flee_people(
    network: Network,
    destinations: tuple[int, ...],
    arrivals: Floats,
    days: NDArray[np.int64],
    *,
    seed: int,
) -> Floats:
    """Simulate people in camps on some days.

    Parameters
    ----------
    network : Network
        Its camps' capacity is not read.
    destinations : tuple of int
    arrivals : ndarray, shape (day,)
        People who set out on each day of the network.
    days : ndarray of int, shape (target,)
    seed : int

    Returns
    -------
    ndarray, shape (member, target, destination)
        In proportion.

    Raises
    ------
    MovementError
        If the rules cannot be followed on the network: where nobody fights on a day on which
        people leave, say.
    """
    unlimited = [replace(s, population=0) if s.is_camp else s for s in network.sites]
    daily = np.diff(np.floor(np.cumsum(arrivals) / SCALE + 1e-6), prepend=0.0).astype(np.int64)
    boundless = replace(network, sites=tuple(unlimited))
    planned = plan(boundless, USUAL, Mode.COMPAT, given(boundless, daily))
    return np.stack([
        move(planned, seed=seed, member=member).people[days][:, list(destinations)]
        for member in range(MEMBERS)
    ]).astype(np.float64)  # fmt: skip
