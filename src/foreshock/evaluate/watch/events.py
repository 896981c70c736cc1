"""Events that a watch warns of: what has to come, among which countries, and how likely it was.

A country is either quiet at the origin, nobody having been killed in the last twelve months, or
not. Onset is asked of the quiet ones alone and escalation of the others, for "violence goes on
where there is some" is no warning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TIMES = 2.0
"""How far above the mean month of the last year a month has to be to count as an escalation."""

LEAST = 25.0
"""Deaths in a month below which nothing counts as one."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may come in one country and month.

    Attributes
    ----------
    column : str
        Name of its column among the scores: the forecast chance.
    name : str
        What tables call it.
    threshold : callable
        From the mean month of the last year, by unit, to the deaths at which it has come.
    among : callable
        From the deaths of the last twelve months, by unit, to whether it is asked there.
    """

    column: str
    name: str
    threshold: Callable[[Floats], Floats]
    among: Callable[[Floats], NDArray[np.bool_]]


def _fixed(deaths: float) -> Callable[[Floats], Floats]:
    return lambda level: np.full(level.shape, deaths)


def _escalated(level: Floats) -> Floats:
    # More than twice: the next number after it is the first that counts.
    return np.maximum(np.nextafter(TIMES * level, np.inf), LEAST)


def _everywhere(before: Floats) -> NDArray[np.bool_]:
    return ~np.isnan(before)


def _quiet(before: Floats) -> NDArray[np.bool_]:
    return np.equal(before, 0)


def _fighting(before: Floats) -> NDArray[np.bool_]:
    return np.greater(before, 0)


EVENTS = (
    Event("chance_25", "25 deaths or more", _fixed(25.0), _everywhere),
    Event("chance_1000", "1,000 deaths or more", _fixed(1000.0), _everywhere),
    Event("chance_onset", "onset: 1 death or more after a year of none", _fixed(1.0), _quiet),
    Event("chance_onset_25", "onset: 25 or more after a year of none", _fixed(25.0), _quiet),
    Event(
        "chance_escalation",
        "escalation: over twice the mean month of the last year, and 25 or more",
        _escalated,
        _fighting,
    ),
)
