"""What a word can be: verb, noun, adjective or adverb, and in which forms.

A dictionary knows the classes and forms of English words; no model is loaded and nothing is guessed
from context here (see `foreshock.observe.reading.grammar.tagging` for that).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.dictionary import lemmas

BASE, THIRD, PAST, PARTICIPLE, GERUND = 1, 2, 4, 8, 16
"""Flags of the forms of a verb: attack, attacks, attacked (twice), attacking."""


class Word(NamedTuple):
    """The classes that a word can have.

    Parameters
    ----------
    verb : str
        Base form if it can be a verb, else empty.
    forms : int
        Flags of the forms that it can be of that verb.
    noun : str
        Singular if it can be a noun, else empty.
    plural, adjective, adverb : bool
    """

    verb: str = ""
    forms: int = 0
    noun: str = ""
    plural: bool = False
    adjective: bool = False
    adverb: bool = False


@lru_cache(maxsize=65_536)
def word_class(lower: str) -> Word:
    """Give the classes of a word in lower case.

    Examples
    --------
    >>> word_class("talks").verb, word_class("talks").noun, word_class("talks").plural
    ('talk', 'talk', True)
    >>> word_class("killed").forms == PAST | PARTICIPLE
    True
    """
    found = lemmas(lower)
    verbs = found.get("VERB", ())
    nouns = found.get("NOUN", ())
    verb = _verb_of(lower, verbs)
    forms = _forms_of(lower, verb) if verb else 0
    noun = nouns[0] if nouns else ""
    adjective, adverb = "ADJ" in found, "ADV" in found
    if not found and lower.isalpha():
        verb, forms, noun, adverb = _guess(lower)
    elif not found and "-" in lower:
        return _compound(lower)
    if lower.endswith("ing") and not noun and not adjective:
        noun = lower  # a gerund can stand for the deed: "the shelling of"
    return Word(verb, forms, noun, bool(noun) and noun != lower, adjective, adverb)


def _compound(lower: str) -> Word:
    """Give the classes of "co-produced", a verb, and of "rebel-held", an adjective."""
    before, _, last = lower.rpartition("-")
    word = word_class(last) if last else Word()
    if word.verb and before in _PREFIXES:
        return word._replace(verb=f"{before}-{word.verb}", noun="", adjective=False)
    described = bool(word.forms & (PARTICIPLE | GERUND)) or (word.adjective and not word.noun)
    return Word(noun="" if described else lower, plural=word.plural, adjective=described)


_PREFIXES = word_list("verb_prefixes")
_OF_ANOTHER = word_list("past_of_another")
_ONLY_PAST = word_list("only_past")
_ONLY_PARTICIPLE = word_list("only_participle")
_SAME_IN_PAST = word_list("same_in_past")


def _verb_of(lower: str, verbs: tuple[str, ...]) -> str:
    """Of several verbs give the one that is meant: "found" is of find, "feed" of feed."""
    plain = [verb.replace("-", "") if verb.replace("-", "") == lower else verb for verb in verbs]
    others = [verb for verb in plain if verb != lower]
    if lower in plain and (lower not in _OF_ANOTHER or not others):
        return lower
    unhyphened = [verb for verb in others if "-" not in verb]
    return (unhyphened or others or [""])[0]


def _forms_of(lower: str, verb: str) -> int:
    """Tell the forms from the spelling: only irregular verbs need a list."""
    forms = 0
    if lower == verb:
        forms = BASE | (PAST | PARTICIPLE if lower in _SAME_IN_PAST else 0)
    if lower in _ONLY_PAST:
        return forms | PAST
    if lower in _ONLY_PARTICIPLE:
        return forms | PARTICIPLE
    return forms or _by_ending(lower)


def _by_ending(lower: str) -> int:
    if lower.endswith("ing"):
        return GERUND
    if lower.endswith("ed"):
        return PAST | PARTICIPLE
    return THIRD if lower.endswith("s") and not lower.endswith("ss") else PAST | PARTICIPLE


def _guess(lower: str) -> tuple[str, int, str, bool]:
    """Judge a word that nobody knows by its ending."""
    for ending, forms in (("ing", GERUND), ("ed", PAST | PARTICIPLE)):
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            return lower[: -len(ending)], forms, "", False
    if lower.endswith("ly"):
        return "", 0, "", True
    return "", 0, lower[:-1] if lower.endswith("s") and not lower.endswith("ss") else lower, False
