"""How well a belief, and simple methods beside it, tell who held the places of a made-up war."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from tests.assess.control.worlds import SIDES, World, day

from foreshock.assess.control.belief import Control

PROMISED = 0.9


def briers(made: World, control: Control, on: int) -> dict[str, list[float]]:
    """Score the belief of a day, and what its claims say at face value, place by place."""
    found: dict[str, list[float]] = {
        name: []
        for name in ("belief", "last claim wins", "majority of origins", "shares of origins")
    }
    for place in control.places:
        truth = np.eye(2)[made.holder[on, int(place[1:])]]
        words = _newest(made, place, on)
        votes = np.bincount(words, minlength=2) / len(words)
        belief = control.at(day(on))[control.index[place]]
        told = ((belief[:2] - truth) ** 2).sum() + (belief[2:] ** 2).sum()
        simple = (np.eye(2)[words[-1]], np.eye(2)[votes.argmax()], votes)
        scores = (told, *(((each - truth) ** 2).sum() for each in simple))
        for name, score in zip(found, scores, strict=True):
            found[name].append(float(score))
    return found


class Held(NamedTuple):
    """Whether the 90 % set of a place and day held the truth.

    `whole` is 1 or 0: a set is made of whole states, the likeliest first, until they reach 90 %.
    `smoothed` counts the last of them by the share of it that is needed to reach 90 % exactly: the
    chance that the set would hold the truth if it were left out by lot that often (smoothed
    prediction sets: Vovk, Gammerman and Shafer 2005, Algorithmic Learning in a Random World).
    """

    whole: float
    smoothed: float


def held(made: World, control: Control, days: Iterable[int]) -> list[Held]:
    """Tell of each place and day whether the set of its day holds who held it."""
    found = []
    for on in days:
        for place in control.places:
            belief = control.at(day(on))[control.index[place]]
            side = SIDES[made.holder[on, int(place[1:])]]
            truth = control.holders.index(side)
            order = np.argsort(-belief)
            above = belief[order[: list(order).index(truth)]].sum()
            named = [state for state, _ in control.holder(place, day(on)).within]
            smoothed = np.clip((PROMISED - above) / belief[truth], 0, 1)
            found.append(Held(float(side in named), float(smoothed)))
    return found


def _newest(made: World, place: str, on: int) -> list[int]:
    """Give each origin's newest word on a place, newest last, as a side's number."""
    found: dict[str, int] = {}
    for each in sorted(made.claims, key=lambda c: (c.end, c.known_at, c.id)):
        if each.place == place and each.known_at <= day(on):
            found.pop(each.speaker, None)
            found[each.speaker] = SIDES.index(each.actors[0])
    return list(found.values())
