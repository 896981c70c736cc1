"""How far people on a road can have come: the stages of each leg, for cohorts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foreshock.core.errors import MovementError
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.routes import Lanes, Numbers, Ways, Whole

ARRIVED = -1
MOST_STAGES = 5_000_000
"""Stages that are held at most."""


class Stages(NamedTuple):
    """Places on legs where people can be at night.

    Attributes
    ----------
    leg : ndarray of int, shape (stage,)
        Leg, as a position among the legs of all ways.
    made : ndarray of float, shape (stage,)
        Kilometres made on it.
    riding, walking : ndarray of int, shape (stage,)
        Stage of the next night after a day at the lane's speed, or on foot; -1 on arrival.
    first_riding, first_walking : ndarray of int, shape (leg,)
        Stage of the first night, likewise.
    """

    leg: Whole
    made: Numbers
    riding: Whole
    walking: Whole
    first_riding: Whole
    first_walking: Whole


def stages(lanes: Lanes, ways: Ways, rules: MovementRules) -> Stages:
    """List all stages that can be reached.

    Raises
    ------
    MovementError
        If there are more than can be held.

    Examples
    --------
    >>> import numpy as np
    >>> way = np.array([0], np.int32)
    >>> lanes = Lanes(way, way, np.array([1_000.0]), np.array([400.0]), np.array([0.0]))
    >>> ways = Ways(way, way, np.ones(1), np.array([0, 1], np.int32), way, way, way)
    >>> stages(lanes, ways, MovementRules()).made.tolist()
    [400.0, 800.0]
    """
    leg_of, riding, walking, first_riding, first_walking = (list[int]() for _ in range(5))
    made_of: list[float] = []
    for leg, lane in enumerate(ways.legs.tolist()):
        km, ride, walk = float(lanes.km[lane]), float(lanes.speed[lane]), rules.max_walk_speed
        mixed = lanes.walking[lane] > 0
        known = _Known(km, len(leg_of))
        first_riding.append(known.stage(ride, walks=mixed))
        on_foot = mixed or rules.start_on_foot
        first_walking.append(known.stage(walk, walks=True) if on_foot else ARRIVED)
        # The list grows while it is gone through, until nothing new is reached.
        for made, walks in known.order:
            leg_of.append(leg)
            made_of.append(made)
            rides = mixed or not walks
            riding.append(known.stage(made + ride, walks=walks) if rides else ARRIVED)
            walking.append(known.stage(made + walk, walks=walks) if walks else ARRIVED)
            if len(leg_of) > MOST_STAGES:
                raise MovementError(
                    f"cohorts on the road would be in more than {MOST_STAGES:,} stages",
                    mend="run in mode fixed, or set awareness_level lower or max_walk_speed higher",
                )
    return Stages(
        np.array(leg_of, np.int32),
        np.array(made_of, np.float64),
        *(np.array(each, np.int32) for each in (riding, walking, first_riding, first_walking)),
    )


class _Known:
    """Stages of a leg that are known to be reached, in the order in which they were found."""

    def __init__(self, km: float, begun: int) -> None:
        self.km, self.begun = km, begun
        self.at: dict[tuple[float, bool], int] = {}
        self.order: list[tuple[float, bool]] = []

    def stage(self, made: float, *, walks: bool) -> int:
        """Give the stage of so many kilometres; `walks` tells those who may go on on foot."""
        if made > self.km:
            return ARRIVED
        if (made, walks) not in self.at:
            self.at[made, walks] = self.begun + len(self.order)
            self.order.append((made, walks))
        return self.at[made, walks]
