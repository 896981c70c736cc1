"""Forecasts of control held against who is believed to have held each place, once that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.belief import SURE, Control
from foreshock.core.control import NOBODY, ControlOutlook, Held

OURS = "simulation"

FLOOR = 0.01
"""Nothing is thought less likely than this, by any method: no single place decides a score."""


@dataclass(frozen=True, slots=True)
class Case:
    """One place some days after an as-of.

    Attributes
    ----------
    as_of : datetime.date
    place, side : str
        `side` held it then, as is believed later with 90 % or more.
    changed : bool
        Whether another state was the likeliest at the end of the as-of, as was believed then.
    probability : mapping of str to float
        By method, that this side would hold it.
    brier : mapping of str to float
        Over all states: each side, contested, nobody known; 0 to 2.
    """

    as_of: date
    place: str
    side: str
    changed: bool
    probability: Mapping[str, float]
    brier: Mapping[str, float]


def cases(outlooks: Iterable[ControlOutlook], later: Control, days: int) -> list[Case]:
    """Set what was forecast of each place beside who is later believed to have held it.

    Places whose holder nobody is sure of even later are left out, and so are those of which nothing
    was forecast.

    Parameters
    ----------
    outlooks : iterable of ControlOutlook
    later : Control
        The belief of a day after the last that was forecast.
    days : int
        How many days after each as-of.
    """
    return [
        case
        for outlook in outlooks
        for number, place in enumerate(outlook.places)
        if (case := _case(outlook, number, place, later, days)) is not None
    ]


def _case(
    outlook: ControlOutlook, number: int, place: str, later: Control, days: int
) -> Case | None:
    if place not in later.index:
        return None
    found = later.holder(place, outlook.as_of + timedelta(days=days))
    if found.state not in outlook.sides or found.probability < SURE:
        return None
    truth = outlook.sides.index(found.state)
    shares = {
        name: _shares(held, number, days, len(outlook.sides))
        for name, held in {OURS: outlook.ahead, **outlook.baselines}.items()
    }
    now = _shares(outlook.ahead, number, 0, len(outlook.sides))
    return Case(
        outlook.as_of,
        place,
        found.state,
        changed=int(now.argmax()) != truth,
        probability={name: max(float(each[truth]), FLOOR) for name, each in shares.items()},
        brier={name: float((each**2).sum() - 2 * each[truth] + 1) for name, each in shares.items()},
    )


def _shares(held: Held, place: int, day: int, sides: int) -> NDArray[np.float64]:
    """Give the share of futures in each state: the sides, contested, nobody."""
    holder, rival = held.holder[:, day, place], held.rival[:, day, place]
    state = np.where(rival != NOBODY, sides, np.where(holder == NOBODY, sides + 1, holder))
    return np.bincount(state, minlength=sides + 2) / len(state)
