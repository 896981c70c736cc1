"""What the belief expects a later word to say, given that such a word is said at all.

Words come where something changed. Whoever hears that a capture is told of a place knows more than
its holder of yesterday; to leave that out makes every method look bad. Here the belief is carried
on to the day before the word, and the sides are weighed as the model weighs them when it hears such
a word: by what may have changed that day, by how far changes get told, and by who speaks.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.confusion import code
from foreshock.assess.control.settings import load_settings
from foreshock.assess.control.words import Word
from foreshock.evaluate.control.rolling import Day

Array = NDArray[np.float64]


def expected(each: Day, word: Word) -> dict[str, float]:
    """Give the probability of each side that a later word of this kind would name.

    Parameters
    ----------
    each : Day
        The day of the belief.
    word : Word
        Its speaker, its day and whether it tells a capture are used; not whom it names.
    """
    control, settings = each.control, load_settings()
    place = control.index[word.place]
    moves = control.hazards.moves(
        control.drive.fighting[-1:, place], control.drive.road[-1:, place]
    )[0]
    days = (word.on[0] - each.day).days
    before = control.at()[place] @ np.linalg.matrix_power(moves, days - 1)
    joint = before[:, None] * moves
    weight = np.array(
        [
            (joint * _telling(word, side, joint.shape, settings.again, settings.idle)
             * said[None, :]).sum()
            for side, said in enumerate(_said(each, word))
        ]
    )  # fmt: skip
    return dict(zip(control.sides.names, (weight / weight.sum()).tolist(), strict=True))


def _telling(word: Word, side: int, shape: tuple[int, ...], again: float, idle: float) -> Array:
    """Weigh pairs of states by how far they bring about a word that tells a capture by a side."""
    weights = np.ones(shape)
    if word.turned is None:
        return weights
    told, untold = load_settings().told
    weights[:, side] = told / (told + untold) / idle
    weights[side, side] = 1.0
    weights[side, :] *= again
    return weights


def _said(each: Day, word: Word) -> Array:
    """Give the probability that the word's speaker names each side, by state of the place."""
    sides = each.control.sides
    asked = [replace(word, side=name, sides=(name,)) for name in sides.names]
    coding = code([*each.heard, *asked], sides, frozenset(), load_settings())
    table = each.control.confusion.probability
    told = table[coding.row, coding.column] * coding.share
    return np.asarray(told[-len(asked) :])
