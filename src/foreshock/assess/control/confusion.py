"""What is said of a place, given who holds it: the words of parties and of those who are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.assess.control.settings import COLUMNS, DOUBTFUL, PARTY, SOUND, Settings
from foreshock.assess.control.sides import Sides
from foreshock.assess.control.words import Symbol, Word

Array = NDArray[np.float64]
Integers = NDArray[np.intp]

OWN, OTHER, CONTESTED, OWN_AROUND, OTHER_AROUND = range(5)
"""Columns: what is said. Of those who are no party, "own" is the side that does hold it."""

TRUTHS = {
    PARTY: ("its own camp's", "another's", "contested", "nobody's"),
    SOUND: ("somebody's", "contested", "nobody's"),
    DOUBTFUL: ("somebody's", "contested", "nobody's"),
}
"""Rows: by who speaks, what the place is in truth."""

SETTLED = 0.9
"""Belief from which it counts as settled who held a place, and so who was right."""

_FIRST = {PARTY: 0, SOUND: 4, DOUBTFUL: 7}
ROWS = 10


class Heard(NamedTuple):
    """Where a word is heard: which word, on which day, of which place, with which weight."""

    word: int
    day: int
    place: int
    weight: float


class Coding(NamedTuple):
    """Each word by state of the place: which cell of the table it is, and what share of that cell.

    Attributes
    ----------
    row, column : ndarray, (word, state)
    share : ndarray, (word, state)
        A cell is shared among the sides that it could mean.
    teaches : ndarray, (word,)
        Whether several origins speak of the place: it can be told who was right.
    """

    row: Integers
    column: Integers
    share: Array
    teaches: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each truth is told as what.

    Attributes
    ----------
    counts : ndarray, (row, column)
        Words seen, those of the prior among them.
    prior : ndarray
    settled : int
        Places of which several origins spoke and of which it is settled who holds them now.
    """

    counts: Array
    prior: Array
    settled: int

    @classmethod
    def of(cls, settings: Settings) -> Confusion:
        """Take the prior for what is so."""
        prior = np.concatenate([settings.words[speaker] for speaker in (PARTY, SOUND, DOUBTFUL)])
        return cls(prior, prior, 0)

    def after(self, seen: Array, settled: int) -> Confusion:
        """Give the table after so many words were seen in each cell, from the prior."""
        return Confusion(self.prior + seen, self.prior, settled)

    @property
    def probability(self) -> Array:
        """Probability of each thing said, by truth."""
        return np.asarray(self.counts / self.counts.sum(axis=1, keepdims=True))

    def seen(self, speaker: str) -> float:
        """Words of one kind of speaker that the case itself showed, on settled places."""
        rows = slice(_FIRST[speaker], _FIRST[speaker] + len(TRUTHS[speaker]))
        return float((self.counts[rows] - self.prior[rows]).sum())

    def basis(self, speaker: str) -> str:
        """Say from how much the rows of one kind of speaker were estimated."""
        rows = slice(_FIRST[speaker], _FIRST[speaker] + len(TRUTHS[speaker]))
        seen, before = self.seen(speaker), float(self.prior[rows].sum())
        told = f"estimated from {seen:.0f} words; {self.settled} settled places"
        return f"{told}: mostly the prior" if seen < before else told


def code(
    words: Sequence[Word], sides: Sides, several: Collection[str], settings: Settings
) -> Coding:
    """Work out for every word what it would be in each state of its place.

    A wrong word names a side that is often named sooner than one that hardly is.
    """
    states = len(sides.states)
    row = np.zeros((len(words), states), np.intp)
    column, share = np.zeros_like(row), np.ones((len(words), states))
    often = np.ones(len(sides.names))
    for word in words:
        if word.side:
            often[sides.index[word.side]] += 1
    for number, word in enumerate(words):
        camp = np.array(sides.camp(word.speaker) if word.manner == PARTY else (), np.bool_)
        row[number] = _truths(word, camp, len(sides.names))
        if word.symbol is Symbol.CONTESTED:
            column[number], share[number] = CONTESTED, _contenders(word, sides, settings)
        else:
            said = _said_by_party if word.manner == PARTY else _said_by_others
            column[number], share[number] = said(word, camp, sides, often, settings)
        share[number, -1] *= settings.unheld
    teaches = np.array([word.place in several for word in words], np.bool_)
    return Coding(row, column, share, teaches)


def _truths(word: Word, camp: NDArray[np.bool_], sides: int) -> Integers:
    first = _FIRST[word.manner]
    if word.manner == PARTY:
        return np.array([*np.where(camp, first, first + 1), first + 2, first + 3], np.intp)
    return np.array([first] * sides + [first + 1, first + 2], np.intp)


def _contenders(word: Word, sides: Sides, settings: Settings) -> Array:
    """Where a word names who contests a place, it is hardly a third who holds it."""
    named = [name in word.sides or len(word.sides) < 2 for name in sides.names]
    return np.array([*np.where(named, 1.0, settings.mistaken), 1.0, 1.0])


def _said_by_party(
    word: Word, camp: NDArray[np.bool_], sides: Sides, often: Array, settings: Settings
) -> tuple[int, Array]:
    named = sides.index[word.side]
    own = bool(camp[named])
    meant = camp == own
    share = np.full(len(camp) + 2, often[named] / often[meant].sum())
    if word.symbol is Symbol.SURROUNDED:
        return (OWN_AROUND if own else OTHER_AROUND), share
    if meant.sum() > 1:
        others = often[meant].sum() - often[: len(camp)][meant]
        share[: len(camp)][meant] = settings.mistaken * often[named] / others
        share[named] = 1 - settings.mistaken
    return (OWN if own else OTHER), share


def _said_by_others(
    word: Word, _camp: NDArray[np.bool_], sides: Sides, often: Array, _settings: Settings
) -> tuple[Integers, Array]:
    number, named = len(sides.names), sides.index[word.side]
    around = word.symbol is Symbol.SURROUNDED
    column = np.full(number + 2, OTHER_AROUND if around else OTHER, np.intp)
    column[named] = OWN_AROUND if around else OWN
    others = np.maximum(often.sum() - often, often[named])
    share = np.array([*(often[named] / others), *[often[named] / often.sum()] * 2])
    share[named] = 1.0
    return column, share


def log_words(
    coding: Coding, table: Confusion, heard: Iterable[Heard], shape: tuple[int, ...]
) -> Array:
    """Add up the log-likelihood of all words by day, place and state.

    Parameters
    ----------
    coding : Coding
    table : Confusion
    heard : iterable of Heard
        A word that tells since when weighs half on its first day and half on its last.
    shape : tuple of int
        Days, places, states.
    """
    told = np.log(table.probability[coding.row, coding.column] * coding.share)
    total = np.zeros(shape)
    for word, day, place, weight in heard:
        total[day, place] += weight * told[word]
    return total


def seen_words(coding: Coding, heard: Iterable[Heard], belief: Array) -> Array:
    """Count what was said of which truth, as far as the truth is believed."""
    seen = np.zeros((ROWS, COLUMNS))
    for word, day, place, weight in heard:
        if coding.teaches[word] and belief[day, place].max() >= SETTLED:
            np.add.at(seen, (coding.row[word], coding.column[word]), weight * belief[day, place])
    return seen
