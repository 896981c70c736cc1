"""What a word can be, before anybody looks at its neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.observe.reading.grammar.classes import (
    BASE,
    GERUND,
    PARTICIPLE,
    PAST,
    THIRD,
    word_class,
)


@pytest.mark.parametrize(
    ("word", "verb", "forms"),
    [
        ("attack", "attack", BASE),
        ("attacks", "attack", THIRD),
        ("attacked", "attack", PAST | PARTICIPLE),
        ("attacking", "attack", GERUND),
        ("fled", "flee", PAST | PARTICIPLE),
        ("took", "take", PAST),
        ("taken", "take", PARTICIPLE),
        ("shelled", "shell", PAST | PARTICIPLE),
    ],
)
def test_forms_of_verbs(word, verb, forms):
    found = word_class(word)
    assert (found.verb, found.forms) == (verb, forms)


@pytest.mark.parametrize("word", ["attack", "strike", "talks", "forces", "plans", "shelling"])
def test_words_that_are_noun_and_verb(word):
    found = word_class(word)
    assert found.verb and found.noun


@pytest.mark.parametrize(
    ("word", "noun", "plural"), [("treaty", "treaty", False), ("treaties", "treaty", True)]
)
def test_nouns_with_their_number(word, noun, plural):
    found = word_class(word)
    assert (found.noun, found.plural) == (noun, plural)


def test_a_verb_before_a_hyphen_and_a_description():
    assert word_class("co-produced").verb == "co-produce"
    held = word_class("rebel-held")
    assert held.adjective and not held.verb


def test_an_unknown_word_is_judged_by_its_ending():
    assert word_class("grumphed").verb == "grumph"
    assert word_class("grumphing").forms == GERUND
    assert word_class("zorbly").adverb
    assert word_class("grumphs").noun == "grumph"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_any_word_has_classes(word):
    found = word_class(word.lower())
    assert bool(found.forms) == bool(found.verb)
