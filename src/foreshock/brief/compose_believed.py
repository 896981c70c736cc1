"""From the belief in who holds what to the items of the brief."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.belief import Control
from foreshock.assess.control.front import front
from foreshock.assess.control.sides import CONTESTED, UNKNOWN
from foreshock.brief.believed import BelievedControl, BelievedItem, FrontItem, ShareItem, TurnItem
from foreshock.brief.naming import Names

_WORDS = {CONTESTED: "contested", UNKNOWN: "nobody known"}


def compose_belief(control: Control, names: Names) -> BelievedControl:
    """Write down who is believed to hold each place.

    Parameters
    ----------
    control : Control
    names : Names
    """
    return BelievedControl(
        places=[_place(control, place, names) for place in control.places],
        turns=[
            TurnItem(
                place=names.known_place(turn.place),
                first=turn.first,
                last=turn.last,
                before=_name(turn.before, names),
                after=_name(turn.after, names),
                probability=round(turn.probability, 4),
                claims=list(turn.claims),
            )
            for turn in control.changes
        ],
        front=_front(control, names),
        basis=[
            f"changes of hands: {control.hazards.basis}",
            f"words of parties: {control.confusion.basis('party')}",
            f"words of others: {control.confusion.basis('sound')}",
        ]
        if control.places
        else [],
    )


def _place(control: Control, place: str, names: Names) -> BelievedItem:
    return BelievedItem(
        place=names.known_place(place),
        within=_shares(control.holder(place).within, names),
        hazard=round(float(control.hazard[-1, control.index[place]]), 4),
        groups=_shares(control.groups.get(place, {}).items(), names),
        thin=control.thin.get(place, ""),
        claims=list(control.claims[place]),
    )


def _shares(shares: Iterable[tuple[str, float]], names: Names) -> list[ShareItem]:
    return [
        ShareItem(state=state, name=_name(state, names), probability=round(probability, 4))
        for state, probability in shares
    ]


def _name(state: str, names: Names) -> str:
    return _WORDS.get(state) or names.actor(state).name


def _front(control: Control, names: Names) -> FrontItem | None:
    found = front(control, names.evidence.places)
    if found is None or not found.middle:
        return None
    return FrontItem(
        side=names.actor(found.side),
        middle=_lines(found.middle),
        near=_lines(found.near),
        far=_lines(found.far),
    )


def _lines(lines: Iterable[NDArray[np.float64]]) -> list[list[tuple[float, float]]]:
    """Give the points to about 10 m: nobody knows them better."""
    return [[(round(x, 4), round(y, 4)) for x, y in line.tolist()] for line in lines]
