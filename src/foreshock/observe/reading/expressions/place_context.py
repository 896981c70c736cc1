"""What stands around a place's name: "20 km east of", "the outskirts of", "province"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from foreshock.observe.reading.text.words import word_set

SURELY = word_set("in at near outside around inside across throughout within")
"""Prepositions after which a capital letter means a place."""
_MAYBE = word_set(
    "from to towards toward into through over onto on via between off along of beyond past for"
)
_POINTS = (
    "north south east west northeast northwest southeast southwest north-east north-west "
    "south-east south-west"
)
_OF_POINTS = word_set(_POINTS)
_DIRECTIONS = word_set(_POINTS) | word_set(
    "northern southern eastern western northeastern northwestern southeastern southwestern "
    "north-eastern north-western south-eastern south-western central upper lower"
)
_PASSED_OVER = word_set(
    "the nearby downtown rural "
    "besieged contested occupied embattled neighbouring neighboring "
    "strategic historic ancient key greater old coastal capital city town village port province "
    "region district"
)
_UNDER = word_set(
    "held controlled occupied ruled run administered dominated majority populated besieged torn"
)
_NEAR_OF = word_set(
    "outskirts suburbs suburb edge edges vicinity gates countryside coast border borders shores"
)
_PART_OF = word_set(
    "city town village port capital district province governorate region state centre center "
    "heart streets part parts much most rest airspace territory enclave area areas hamlet camp "
    "island peninsula municipality"
)
_HELD = word_set(
    "captured capturing seized seizing recaptured recapturing retook retaking took taking entered "
    "entering reached reaching left leaving fled fleeing shelled shelling bombed bombing besieged "
    "besieging stormed storming attacked attacking hit hitting struck striking controls holds "
    "controlled held holding surrounded surrounding encircled encircling liberated liberating "
    "abandoned abandoning overran pounded pounding targeted targeting visited visiting crossed "
    "approached evacuated capture seize retake take enter reach leave flee shell bomb besiege "
    "storm attack control hold raided raiding raid invaded invading invade reclaimed reoccupied"
)
"""What is done to places; to people too, so the name must not be a person's."""
AREA_AFTER = word_set(
    "province governorate region oblast district prefecture county department territory valley "
    "peninsula enclave pocket"
)
NEAR_AFTER = word_set(
    "countryside suburbs suburb outskirts area border airport airbase base camp bridge crossing"
)
POINT_AFTER = word_set("city town village port neighbourhood neighborhood")


def compass(key: str) -> str:
    """Write the directions at the head of a folded name in one way.

    Examples
    --------
    >>> compass("northwestern lima"), compass("north western lima"), compass("lima north")
    ('north west lima', 'north west lima', 'lima north')
    """
    words = key.split()
    count = 0
    while count < min(2, len(words) - 1) and words[count] in _DIRECTIONS:
        count += 1
    head = " ".join(words[:count]).replace("ern", "")
    for point in ("north", "south"):
        head = head.replace(f"{point}east", f"{point} east").replace(
            f"{point}west", f"{point} west"
        )
    return " ".join([*filter(None, [head]), *words[count:]])


class Before(NamedTuple):
    """What stands before a name.

    Parameters
    ----------
    start : int
        Index of the first word that belongs to the place ("east" in "east of").
    preposition : str
        The preposition that governs it, empty if none does.
    relation : str
        ``east of``, ``near``, ``northern`` ...; empty if the place itself is meant.
    near : bool
        Whether it is beside the place rather than in it.
    area : bool
        Whether a part of the place, not a point, is meant.
    held : bool
        Whether it is taken, left, shelled ...: its verb stands right before it.
    """

    start: int
    preposition: str
    relation: str = ""
    near: bool = False
    area: bool = False
    held: bool = False

    @property
    def sure(self) -> bool:
        """Whether what is before it leaves no doubt that a name is a place's."""
        return self.preposition in SURELY or bool(self.relation)


def qualifies(word: str) -> bool:
    """Whether a word says under whom a place is: ``rebel-held``, ``french-controlled``.

    Examples
    --------
    >>> qualifies("rebel-held"), qualifies("held")
    (True, False)
    """
    _, hyphen, last = word.rpartition("-")
    return bool(hyphen) and last in _UNDER


def before(low: Sequence[str], i: int) -> Before:
    """Read what stands before the name that starts at a word.

    Examples
    --------
    >>> before("fell 20 km north of Lima".split(), 5)
    Before(start=3, preposition='', relation='north of', near=True, area=False, held=False)
    >>> before("fell in eastern Lima".split(), 3)
    Before(start=2, preposition='in', relation='eastern', near=False, area=True, held=False)
    """
    j, relation, start, area = i - 1, "", i, False
    while j >= 0:
        word = low[j]
        if word in _DIRECTIONS and not relation:
            relation, start, area = word, j, True
        elif word == ")" and j > 1 and low[j - 1] in _DIRECTIONS and low[j - 2] == "(":
            relation, start, area = low[j - 1], j - 2, True
            j -= 2
        elif word not in _PASSED_OVER and not qualifies(word):
            break
        j -= 1
    if j < 0:
        return Before(start, "", relation, area=area)
    word = low[j]
    if word == "of" and j > 0:
        return _of(low, j, start, relation, area)
    if word in {"near", "outside"}:
        return Before(min(start, j), word, word, near=True)
    if word == "to" and j > 0 and low[j - 1] in {"close", "next", "adjacent"}:
        return Before(j - 1, "near", f"{low[j - 1]} to", near=True)
    preposition = word if word in SURELY or word in _MAYBE else ""
    return Before(start, preposition, relation, area=area, held=word in _HELD)


def _of(low: Sequence[str], j: int, start: int, relation: str, area: bool) -> Before:
    """Read what is before "of": ``north of``, ``the outskirts of``, ``the city of``."""
    word = low[j - 1]
    if word in _OF_POINTS:
        k = j - 2
        if k >= 0 and low[k] == "the":  # "in the north of" is inside, "to the north of" is not
            k -= 1
            inside = k >= 0 and low[k] == "in"
            return Before(j - 1, low[k] if inside else "", f"{word} of", not inside, inside)
        return Before(j - 1, "", f"{word} of", near=True)
    if word not in _NEAR_OF and word not in _PART_OF:
        return Before(start, "of", relation, area=area)
    k = j - 2
    while k >= 0 and (low[k] in _PASSED_OVER or low[k] in _DIRECTIONS):
        k -= 1
    preposition = low[k] if k >= 0 and (low[k] in SURELY or low[k] in _MAYBE) else ""
    if word in _NEAR_OF:
        return Before(j - 1, preposition or "near", f"{word} of", near=True)
    if preposition in {"near", "outside"}:
        return Before(k, preposition, preposition, near=True)
    held = k >= 0 and low[k] in _HELD  # "shelled the town of"
    return Before(start, preposition or ("" if held else "of"), relation, area=area, held=held)
