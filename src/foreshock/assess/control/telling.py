"""Whether changes of hands get told: that nobody speaks is a sign that nothing changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.settings import Settings
from foreshock.assess.control.sides import Sides
from foreshock.assess.control.words import Symbol, Word

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Telling:
    """What was told, about each day, of changes of hands.

    Attributes
    ----------
    reported : ndarray of bool, (day - 1, place, state)
        About then a word told that the place came into this state.
    spoken : ndarray of bool, (day - 1, place, state)
        About then a word told at least that it was in it, or that it was contested.
    likely : ndarray, (day - 1,)
        Share of what is told in time that would have been told by the as-of.
    idle : float
        How often a change is reported about a day though there was none.
    """

    reported: NDArray[np.bool_]
    spoken: NDArray[np.bool_]
    likely: Array
    idle: float

    def weigh(self, moves: Array, share: float) -> Array:
        """Weigh every change by what was told of it; to stay needs no telling.

        Parameters
        ----------
        moves : ndarray, (day - 1, place, state, state)
        share : float
            Of all changes, those that are told in time.
        """
        silent = np.where(self.spoken, 1.0, 1 - share * self.likely[:, None, None])
        told = np.where(self.reported, share / self.idle, silent)
        weighed = moves * told[:, :, None, :]
        every = np.arange(moves.shape[-1])
        weighed[..., every, every] = moves[..., every, every]
        return weighed

    def count(self, steps: Array, before: tuple[float, float]) -> tuple[float, float]:
        """Count the changes that were told and those that were not, as far as believed."""
        changes = steps.sum(axis=2) - np.diagonal(steps, axis1=2, axis2=3)
        heard = float(changes[self.spoken].sum())
        told, untold = before
        return told + heard, untold + float(changes.sum()) - heard


def telling(
    told: Sequence[Word],
    number: Mapping[str, int],
    sides: Sides,
    first: date,
    days: int,
    settings: Settings,
) -> Telling:
    """Find what was told about each day.

    Parameters
    ----------
    told : sequence of Word
    number : mapping of str to int
        Places by their number.
    sides : Sides
    first : datetime.date
    days : int
        How many days, from the first on.
    settings : Settings
    """
    shape = (days, len(number), len(sides.states))
    reported, spoken = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    within = settings.told_within
    contested = len(sides.names)
    for word in told:
        place = number[word.place]
        for day in word.on:
            about = _about(day, first, within)
            if word.symbol is Symbol.HELD:
                spoken[about, place, sides.index[word.side]] = True
            else:
                spoken[about, place] = True
        if word.symbol is Symbol.CONTESTED:
            reported[_about(word.on[0], first, within), place, contested] = True
        elif word.symbol is Symbol.HELD and word.turned is not None:
            reported[_about(word.turned, first, within), place, sides.index[word.side]] = True
    left = np.minimum(days - 1 - np.arange(1, days), within) + 1
    return Telling(reported[1:], spoken[1:], left / (within + 1), settings.idle)


def _about(day: date, first: date, within: int) -> slice:
    at = (day - first).days
    return slice(max(at - within, 0), max(at + within + 1, 0))
