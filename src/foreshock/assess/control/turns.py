"""Changes of hands: when a place went from one holder to another, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.chain import Smoothed, between
from foreshock.assess.control.sides import Sides
from foreshock.assess.control.words import Word

SURE = 0.9
"""Share of the greatest belief in a holder from which on the place is taken for held."""

LEAST = 0.2
"""Changes that are less likely than this are not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change of hands.

    Attributes
    ----------
    place : str
    first, last : datetime.date
        It lies between these days: on the first the old holder is believed, on the last the new.
    before, after : str
        States.
    probability : float
        That `before` held it on the first day and `after` on the last.
    claims : tuple of str
        The words of these days.
    """

    place: str
    first: date
    last: date
    before: str
    after: str
    probability: float
    claims: tuple[str, ...]


def turns(
    smoothed: Smoothed, told: Sequence[Word], places: Sequence[str], sides: Sides, first: date
) -> list[Turn]:
    """Find every change of the likeliest holder, by place and day."""
    found = []
    last = len(smoothed.belief) - 1
    for place, name in enumerate(places):
        belief = smoothed.belief[:, place]
        spells = _spells(belief, len(sides.names))
        for (a, *before), (b, *after) in pairwise(spells):
            start = _surest(belief[:, a], range(before[1], before[0] - 1, -1))
            end = _surest(belief[:, b], range(after[0], min(after[1], last) + 1))
            probability = between(smoothed, place, start, end, a, b)
            if probability < LEAST:
                continue
            days = first + timedelta(days=start), first + timedelta(days=end)
            found.append(
                Turn(
                    place=name,
                    first=days[0],
                    last=days[1],
                    before=sides.states[a],
                    after=sides.states[b],
                    probability=probability,
                    claims=tuple(
                        word.claim for word in told
                        if word.place == name and days[0] <= word.on[0] <= days[1]
                    ),
                )
            )  # fmt: skip
    return found


def _spells(belief: NDArray[np.float64], sides: int) -> list[tuple[int, int, int]]:
    """Give the likeliest holder from day to day: holder, first and last day of each spell.

    Days on which no side is likeliest belong to none, but a contest that lasts to the end does.
    """
    likeliest = belief.argmax(axis=1)
    spells: list[tuple[int, int, int]] = []
    for day, state in enumerate(likeliest.tolist()):
        if state > sides or (state == sides and not (likeliest[day:] == sides).all()):
            continue
        if spells and spells[-1][0] == state:
            spells[-1] = (state, spells[-1][1], day)
        else:
            spells.append((state, day, day))
    return spells


def _surest(belief: NDArray[np.float64], days: range) -> int:
    """Find the first of some days on which a holder is about as sure as on any of them."""
    enough = SURE * max(belief[day] for day in days)
    return next(day for day in days if belief[day] >= enough)
