"""Roll over days: what is believed of each, and what is said of the same places after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.belief import Control, control_belief
from foreshock.assess.control.settings import load_settings
from foreshock.assess.control.words import Symbol, Word, words
from foreshock.evidence.view import Evidence

AHEAD = timedelta(days=14)
"""A word is predicted by each of so many days before it."""

SURE = 0.9
"""What a simple method gives the side that it names; the other sides share the rest."""

FLOOR = 0.01
"""Nothing is thought less likely than this, by any method: no single word decides a score."""

OURS, LAST, MAJORITY = "belief", "last claim wins", "majority of origins"
METHODS = (OURS, LAST, MAJORITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What was believed at the end of a day.

    Attributes
    ----------
    day : datetime.date
    control : Control
    heard : tuple of Word
        The words known by then.
    last, majority : mapping of str to str
        Side that the newest word on a place names, and that most origins' newest words name.
    """

    day: date
    control: Control
    heard: tuple[Word, ...]
    last: dict[str, str]
    majority: dict[str, str]


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


def roll(
    evidence: Evidence,
    first: date,
    last: date,
    progress: Callable[[str], None] = lambda _step: None,
) -> list[Day]:
    """Work out the belief of each day, each from what was public by its end.

    Parameters
    ----------
    evidence : Evidence
        Of the last day or a later one.
    first, last : datetime.date
    progress : callable, optional
        Is told each day.
    """
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        progress(f"{day}")
        seen = evidence.earlier(day)
        _, heard = words(seen, load_settings())
        newest, most = simple(heard)
        days.append(
            Day(
                day=day,
                control=control_belief(seen),
                heard=tuple(heard),
                last=newest,
                majority=most,
            )
        )
    return days


def simple(heard: Sequence[Word]) -> tuple[dict[str, str], dict[str, str]]:
    """Name the holder of each place by the newest word, and by most origins' newest words.

    Words that name no holder are passed over; between equals the newer word decides.
    """
    newest: dict[str, dict[str, Word]] = defaultdict(dict)
    for word in sorted(heard, key=lambda w: (w.on[0], w.known_at, w.claim)):
        if word.symbol is Symbol.HELD:
            newest[word.place].pop(word.origin, None)
            newest[word.place][word.origin] = word
    last, majority = {}, {}
    for place, by_origin in newest.items():
        sides = [word.side for word in by_origin.values()]
        last[place] = sides[-1]
        majority[place] = max(reversed(sides), key=sides.count)
    return last, majority


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


def _case(each: Day, word: Word) -> Case:
    sides = sorted({*each.control.sides.names, word.side})
    given = {
        OURS: _believed(each.control, word.place, sides),
        LAST: _named(each.last[word.place], sides),
        MAJORITY: _named(each.majority[word.place], sides),
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
