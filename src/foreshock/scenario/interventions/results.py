"""What a what-if comes to: the forecast, what is supposed, and their differences, future by future.

A future is supposed several times over, in turns that differ in the draws of what is entered and in
luck. Between futures differences are told as they lie in all turns. Their mean is surer than those:
of each future that over its turns is taken, and what is expected in place of what was drawn where
it is known. Neither moves the mean.

Nothing here is a forecast. A result is conditional on what its sheet assumes, and says so wherever
it is shown: `LABEL` belongs into every heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.case.sheets.interventions import WhatIf
from foreshock.core.ensemble import quantiles

LABEL = "assumed, not forecast"

LEVELS = (0.05, 0.95)
"""Nine futures of ten lie between."""

NORMAL = 1.645
"""Standard errors on each side of a mean that hold nine draws of ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Mean of some number over futures, and between which values nine of ten of them lie."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One number with and without what is supposed, in the same futures.

    Attributes
    ----------
    part : str
        ``"fighting"``, ``"flight"`` or ``"control"``.
    measure : str
        What is counted: ``"events"``, ``"deaths"``, ``"displaced"``, ``"crossed"``, ``"changes"``.
    of : str
        Series, area, country or place of which.
    first, last : datetime.date
        Days over which, both included.
    chance : bool
        Whether it is a probability: then `low` and `high` of the difference say how far another
        set of as many futures might move it, and those of the levels are the mean itself.
    forecast, supposed : Level
    difference : float
        Mean of the paired differences, supposed less forecast; no further than the number can be
        moved: a chance not under 0 or over 1.
    error : float
        Its standard error, if futures know nothing of each other.
    low, high : float
        Nine of ten paired differences lie between.
    where : float or None
        Mean of the paired differences over the futures in which anything comes about; None if
        there is none.
    unmoved : float
        Share of futures in which the number is the same.
    paired : float or None
        Variance of the paired differences over that of unpaired ones, from futures that share no
        luck; None where one of the two never varies.
    told : float or None
        Variance of their mean, as it is told, over that of the mean of as many unpaired ones as
        there are futures in the forecast: of what two runs apart would tell. It is judged by the
        futures of this run, as if they knew nothing of each other.
    """

    part: str
    measure: str
    of: str
    first: date
    last: date
    chance: bool
    forecast: Level
    supposed: Level
    difference: float
    error: float
    low: float
    high: float
    where: float | None
    unmoved: float
    paired: float | None
    told: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """In how many futures an intervention came to be.

    Attributes
    ----------
    intervention, text : str
    set_in : float
        Share of futures in which it set in.
    in_force : float
        Share of futures in which it was in force on the last day.
    """

    intervention: str
    text: str
    set_in: float
    in_force: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a what-if comes to.

    Attributes
    ----------
    sheet : WhatIf
        All that is assumed.
    file : str
        The sheet's file.
    as_of : datetime.date
    members, seed, horizon, turns : int
    control_members : int or None
        Futures of control in each turn, of which there may be fewer; None if it is not forecast.
    happenings : tuple of Happening
    differences : tuple of Difference
    notes : tuple of str
        What a reader must know: what is not forecast, what was held at a ceiling.
    """

    sheet: WhatIf
    file: str
    as_of: date
    members: int
    control_members: int | None
    seed: int
    horizon: int
    turns: int
    happenings: tuple[Happening, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()


class Turn(NamedTuple):
    """One number in the futures of one turn.

    Attributes
    ----------
    part, measure, of, first, last
        See `Difference`.
    forecast, supposed : ndarray, shape (member,)
        In the same members in the same order. Truths stand for something that comes about or not.
    touched : ndarray of bool, shape (member,)
        Members in which any intervention comes about.
    expected : ndarray, shape (member,), optional
        What is expected of `supposed` in each member, where that is known.
    """

    part: str
    measure: str
    of: str
    first: date
    last: date
    forecast: NDArray[np.generic]
    supposed: NDArray[np.generic]
    touched: NDArray[np.bool_]
    expected: NDArray[np.float64] | None = None


def compare(turns: Sequence[Turn]) -> Difference:
    """Compare a number with and without what is supposed.

    Parameters
    ----------
    turns : sequence of Turn
        The first with the futures of the forecast that was issued.

    Examples
    --------
    >>> before = np.array([0.0, 10.0, 20.0, 30.0])
    >>> one = Turn("flight", "displaced", "mill", date(2031, 5, 1), date(2031, 5, 7), before,
    ...            0.8 * before, before > 0)
    >>> found = compare([one, one._replace(supposed=0.6 * before)])
    >>> found.difference, found.where, found.low, found.unmoved, round(found.paired, 3)
    (-4.5, -6.0, -12.0, 0.25, 0.078)
    """
    issued = turns[0]
    chance = issued.forecast.dtype == bool
    one, other, known = (
        np.array(each, np.float64)
        for each in (
            [turn.forecast for turn in turns],
            [turn.supposed for turn in turns],
            [turn.supposed if turn.expected is None else turn.expected for turn in turns],
        )
    )
    apart, sure = other - one, (known - one).mean(axis=0)
    touched = int(np.sum([turn.touched for turn in turns]))
    mean, error = float(one[0].mean()), float(sure.std() / np.sqrt(len(sure)))

    def possible(supposed: float) -> float:
        """Later turns may tell of a larger difference than the forecast's own futures leave."""
        return min(max(supposed, 0.0), 1.0 if chance else np.inf)

    level = possible(mean + float(sure.mean()))
    difference = level - mean
    low, high = (float(each) for each in quantiles(apart.ravel(), LEVELS))
    if chance:
        low, high = (possible(level + side * NORMAL * error) - mean for side in (-1, 1))
    # What never varies has no luck to share.
    whole = float(one.var() + other.var()) if one.std() and other.std() else 0.0
    return Difference(
        part=issued.part,
        measure=issued.measure,
        of=issued.of,
        first=issued.first,
        last=issued.last,
        chance=chance,
        forecast=_level(one[0], mean, chance=chance),
        # Of the same futures as the forecast's, so that what is not moved is told alike.
        supposed=_level(other[0], level, chance=chance),
        difference=difference,
        error=error,
        low=low,
        high=high,
        where=difference * apart.size / touched if touched else None,
        unmoved=float((apart == 0).mean()),
        paired=float(apart.var()) / whole if whole else None,
        told=float(sure.var()) / whole if whole else None,
    )


def _level(values: NDArray[np.float64], mean: float, *, chance: bool) -> Level:
    low, high = (mean, mean) if chance else (float(q) for q in quantiles(values, LEVELS))
    return Level(mean=mean, low=low, high=high)
