"""Estimate, from the case itself and a stated prior, who says what and what drives changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.chain import Smoothed, smooth
from foreshock.assess.control.confusion import (
    SETTLED,
    Confusion,
    Heard,
    code,
    log_words,
    seen_words,
)
from foreshock.assess.control.hazards import Drive, Hazards
from foreshock.assess.control.settings import Settings
from foreshock.assess.control.sides import Sides
from foreshock.assess.control.telling import telling
from foreshock.assess.control.words import Word

Array = NDArray[np.float64]

ROUNDS = 30
"""Most rounds of estimation; it ends sooner once nothing moves by more than `STILL`."""

STILL = 5e-3
"""Least change of any belief for which another round is run."""


@dataclass(frozen=True, slots=True)
class Model:
    """What is estimated: what drives changes, who says what, and who held what at first."""

    hazards: Hazards
    confusion: Confusion
    start: Array
    told: tuple[float, float]

    @property
    def told_share(self) -> float:
        """Share of the changes of hands that somebody tells."""
        told, untold = self.told
        return told / (told + untold)


def fit(
    told: Sequence[Word],
    places: Sequence[str],
    sides: Sides,
    first: date,
    driving: Drive,
    settings: Settings,
) -> tuple[Model, Smoothed]:
    """Estimate the model by expectation–maximisation, and smooth all days by it.

    Parameters
    ----------
    told : sequence of Word
    places : sequence of str
        Every place that a word names.
    sides : Sides
    first : datetime.date
        First day; `driving` has one row for it and each later one.
    driving : Drive
    settings : Settings
        The prior.
    """
    number = {place: index for index, place in enumerate(places)}
    heard = [
        Heard(index, max((day - first).days, 0), number[word.place], 1 / len(word.on))
        for index, word in enumerate(told) for day in word.on
    ]  # fmt: skip
    shape = (len(driving.fighting), len(places), len(sides.states))
    several = _several(told)
    earlier = _earlier(told, number, sides, first, shape, settings)
    coding = code(told, sides, several, settings)
    said = telling(told, number, sides, first, shape[0], settings)

    def smoothed_by(model: Model) -> Smoothed:
        moves = model.hazards.moves(driving.fighting[1:], driving.road[1:])
        heard_by_day = earlier + log_words(coding, model.confusion, heard, shape)
        return smooth(model.start, said.weigh(moves, model.told_share), heard_by_day)

    model = Model(
        Hazards.of(settings, _destinations(told, sides, settings)),
        Confusion.of(settings),
        _start(told, sides, settings),
        settings.told,
    )
    found = smoothed_by(model)
    for _ in range(ROUNDS if told else 0):
        model = Model(
            model.hazards.after(found.belief, found.steps, driving, settings),
            model.confusion.after(
                seen_words(coding, heard, found.belief),
                sum(found.belief[-1, number[place]].max() >= SETTLED for place in several),
            ),
            model.start,
            said.count(found.steps, settings.told),
        )
        last, found = found.belief, smoothed_by(model)
        if np.abs(found.belief - last).max() < STILL:
            break
    return model, found


def _earlier(
    told: Sequence[Word],
    number: dict[str, int],
    sides: Sides,
    first: date,
    shape: tuple[int, ...],
    settings: Settings,
) -> Array:
    """Hear out of a word that a place was taken that it was not its taker's before."""
    heard = np.zeros(shape)
    for word in told:
        if word.before is not None and word.before >= first:
            place, side = number[word.place], sides.index[word.side]
            heard[(word.before - first).days, place, side] += np.log(settings.again)
    return heard


def _destinations(told: Sequence[Word], sides: Sides, settings: Settings) -> Array:
    """Share out whom places fall to, by the places that each side was said to take."""
    taken = {(word.place, word.side) for word in told if word.turned is not None}
    counts = Counter(side for _, side in taken)
    shares = np.array([settings.destination + counts[name] for name in sides.names], float)
    return np.asarray(shares / shares.sum() if shares.size else shares)


def _start(told: Sequence[Word], sides: Sides, settings: Settings) -> Array:
    """Give the belief in who holds a place of which nobody has spoken yet."""
    called = Counter(side for _, side in {(word.place, word.side) for word in told if word.side})
    held = np.array([settings.start_side + called[name] for name in sides.names], float)
    rest = settings.start_contested, settings.start_unknown
    whole = held.sum() if held.size else 1.0
    return np.array([*(held / whole * (1 - sum(rest))), *rest])


def _several(told: Sequence[Word]) -> frozenset[str]:
    """Name the places of which several origins spoke."""
    origins: dict[str, set[str]] = defaultdict(set)
    for word in told:
        origins[word.place].add(word.origin)
    return frozenset(place for place, named in origins.items() if len(named) > 1)
