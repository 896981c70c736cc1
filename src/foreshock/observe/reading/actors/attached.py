"""What follows a noun and tells whose people they are: "of the army", "in the north of Peru"."""

from __future__ import annotations

from typing import NamedTuple

from foreshock.observe.reading.actors.senses import Sense
from foreshock.observe.reading.actors.sentence import Sentence
from foreshock.observe.reading.actors.units import STATE_LIKE, Unit

PLACED = frozenset({"in", "from", "of", "at", "across", "inside", "throughout", "near", "outside"})
"""Words that lead to the place of a noun's people."""

LONGEST_PLACE = 10


class Owner(NamedTuple):
    """To whom people belong, and the token after the words that say so."""

    senses: tuple[Sense, ...]
    last: int


def place_after(sentence: Sentence, at: int) -> Owner | None:
    """Read a place that tells the country: "the northern city of X", "X University in Peru".

    Parameters
    ----------
    at : int
        The token after the preposition.
    """
    small = sentence.words
    here = at
    while here - at <= LONGEST_PLACE and here < len(sentence.keys):
        unit = sentence.at.get(here)
        word = sentence.keys[here]
        if unit is not None:
            if unit.kind in STATE_LIKE:
                return Owner((unit.sense, *unit.sense.others), _place_end(sentence, unit))
            if unit.kind == "people" and unit.has("state") is not None:
                return Owner((unit.sense,), unit.last)
            if unit.kind in ("ethnic", "backed") or (
                unit.kind == "agent" and (word in small.place or sentence.capital(here))
            ):
                here = unit.last
                continue
            return None
        if (
            word in small.determiner
            or word in small.direction
            or word in small.place
            or word in small.before
            or word == "of"
        ):
            here += 1
            continue
        end = sentence.name_end(here)
        if end == here or sentence.key(end) not in ("of", "in", ","):
            return None
        here = end + 1
    return None


def _place_end(sentence: Sentence, unit: Unit) -> int:
    small = sentence.words
    last = unit.last
    if unit.kind != "adjective":
        return last + 1 if sentence.key(last) in small.place else last
    here = last
    while here - last < LONGEST_PLACE:
        inside = sentence.at.get(here)
        word = sentence.key(here)
        if inside is not None:
            if inside.kind in ("place", "capital", "state"):
                return inside.last
            if inside.kind == "agent":
                here = inside.last
                continue
            break
        if not (word in small.place or word in small.direction or word in small.before):
            if word != "of":
                break
            end = sentence.name_end(here + 1)
            return max(end, here)
        here += 1
    return here
