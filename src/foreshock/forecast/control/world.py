"""What control is simulated on: places and what joins them, where it stands, how fast it moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.random import stream

Floats = NDArray[np.float64]

LONG_AGO = 30_000
"""Days since a place was taken that nobody took of late."""

UNIFORMS = ("change", "side", "contest")
"""What each place draws a uniform number for on each day: whether, to whom, and how."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ground:
    """Places, and which of them bear on each other.

    Attributes
    ----------
    places, sides : tuple of str
    joined : ndarray of bool, shape (place, place)
        Neighbours by road.
    fresh : int
        Days for which a capture bears on what follows.
    """

    places: tuple[str, ...]
    sides: tuple[str, ...]
    joined: NDArray[np.bool_]
    fresh: int

    @property
    def neighbours(self) -> NDArray[np.intp]:
        """List the neighbours of each place, (rank, place); one with few of them repeats itself."""
        places = np.arange(len(self.joined))
        most = int(self.joined.sum(axis=1).max(initial=0))
        order = np.argsort(~self.joined, axis=1, kind="stable")[:, :most]
        own = self.joined[places[:, None], order]
        found: NDArray[np.intp] = np.where(own, order, places[:, None]).T
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Start:
    """Where each future stands at the end of the as-of; shapes are (member, place).

    Attributes
    ----------
    holder, rival : ndarray of int8
        As in `foreshock.core.control.Held`.
    age : ndarray of int16
        Days since the holder took the place; `LONG_AGO` where it did not of late.
    """

    holder: NDArray[np.int8]
    rival: NDArray[np.int8]
    age: NDArray[np.int16]


class Rates(NamedTuple):
    """How fast control moves in each future.

    Attributes
    ----------
    base, fighting, road : ndarray, shape (member,)
        Changes a day of a held place where nothing goes on; more of them with fighting near; more
        of them for each side that has newly taken a neighbour by road.
    contest : ndarray, shape (member,)
        Contests that end a day.
    through : ndarray, shape (member,)
        Share of changes that begin with a contest.
    to : ndarray, shape (member, side)
        Share of each side in what falls where no road says to whom.
    """

    base: Floats
    fighting: Floats
    road: Floats
    contest: Floats
    through: Floats
    to: Floats


def uniforms(seed: int, day: int, members: int, places: int) -> Floats:
    """Draw the uniform numbers of a day, shape (member, place, use).

    Two runs that differ in hazards alone draw the same; so do the first members of a larger run.

    Examples
    --------
    >>> bool((uniforms(7, 1, 2, 3) == uniforms(7, 1, 5, 3)[:2]).all())
    True
    """
    return stream(seed, "control", "day", day).random((members, places, len(UNIFORMS)))
