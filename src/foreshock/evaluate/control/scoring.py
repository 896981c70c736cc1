"""Set what is believed of a day beside what is said of the same places after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.belief import Control
from foreshock.assess.control.settings import load_settings
from foreshock.assess.control.words import Symbol, Word, words
from foreshock.evaluate.control.rolling import Day
from foreshock.evaluate.control.told import expected
from foreshock.evidence.view import Evidence

AHEAD = timedelta(days=14)
"""A word is predicted by each of so many days before it."""

SURE = 0.9
"""What a simple method gives the side that it names; the other sides share the rest."""

FLOOR = 0.01
"""Nothing is thought less likely than this, by any method: no single word decides a score."""

OURS, LAST, MAJORITY, EVEN = "belief", "last claim wins", "majority of origins", "an even guess"
TOLD, TURNED = "belief, on hearing of a capture", "last claim, turned by a capture"
METHODS = (OURS, LAST, MAJORITY, EVEN, TOLD, TURNED)


@dataclass(frozen=True, slots=True)
class Case:
    """A later word on a place, and what each method gave the side that it names.

    Attributes
    ----------
    day : datetime.date
        The day of the belief.
    word : Word
        It speaks of a later day, and was known later.
    probability : mapping of str to float
        By method, of the side that the word names.
    brier : mapping of str to float
        Over all sides, 0 to 2.
    """

    day: date
    word: Word
    probability: dict[str, float]
    brier: dict[str, float]


def cases(days: Sequence[Day], evidence: Evidence) -> list[Case]:
    """Set each day's belief beside every later word on the same place.

    Of each origin only the first word after the day counts, of the days within `AHEAD`. A place of
    which no method could say anything, because nobody had spoken of who holds it, is left out.

    Parameters
    ----------
    days : sequence of Day
    evidence : Evidence
        What was known in the end.
    """
    _, told = words(evidence, load_settings())
    found = []
    for each in days:
        first: dict[tuple[str, str], Word] = {}
        for word in sorted(told, key=lambda w: (w.on[0], w.known_at, w.claim)):
            later = word.known_at > each.day and each.day < word.on[0] <= each.day + AHEAD
            if later and word.symbol is Symbol.HELD and word.place in each.last:
                first.setdefault((word.place, word.origin), word)
        found += [_case(each, word) for _, word in sorted(first.items())]
    return found


def _turned(each: Day, word: Word) -> str:
    """Name the last holder, or if a capture is told the other side that is named most."""
    last = each.last[word.place]
    if word.turned is None:
        return last
    named = Counter(heard.side for heard in each.heard if heard.side not in {"", last})
    return max(sorted(named), key=lambda side: named[side], default=last)


def _case(each: Day, word: Word) -> Case:
    sides = sorted({*each.control.sides.names, word.side})
    told = expected(each, word)
    given = {
        OURS: _believed(each.control, word.place, sides),
        LAST: _named(each.last[word.place], sides),
        MAJORITY: _named(each.majority[word.place], sides),
        EVEN: np.full(len(sides), 1 / len(sides)),
        TOLD: _floored(np.array([told.get(side, 0.0) for side in sides])),
        TURNED: _named(_turned(each, word), sides),
    }
    said = np.array([side == word.side for side in sides], float)
    return Case(
        each.day,
        word,
        {method: float(p @ said) for method, p in given.items()},
        {method: float(((p - said) ** 2).sum()) for method, p in given.items()},
    )


def _believed(control: Control, place: str, sides: Sequence[str]) -> NDArray[np.float64]:
    """Give the belief in each side, given that one of them holds the place."""
    belief = dict(zip(control.holders, control.at()[control.index[place]], strict=True))
    return _floored(np.array([belief.get(side, 0.0) for side in sides]))


def _named(side: str, sides: Sequence[str]) -> NDArray[np.float64]:
    rest = (1 - SURE) / max(len(sides) - 1, 1)
    return _floored(np.array([SURE if each == side else rest for each in sides]))


def _floored(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.maximum(shares / shares.sum(), FLOOR)
    return np.asarray(raised / raised.sum())
