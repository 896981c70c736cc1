"""Noun phrases with their heads and owners, and verbs with their auxiliaries."""

import pytest
from tests.observe.reading.grammar.makers import clause, parse, told


def group(text, lemma):
    return clause(parse(text), lemma).verb


def phrase(text, head):
    found = parse(text)
    each = next(one for one in found.phrases if found.units[one.head].lower == head)
    return found, each


def test_a_phrase_is_about_its_last_noun():
    found, old = phrase("The old border guards left.", "guards")
    assert told(found, [old]) == ["the old border guards"]


def test_an_owner_is_kept_apart():
    found, attack = phrase("Gondal's sudden attack failed.", "attack")
    assert attack.owner is not None
    first, last = attack.owner
    assert [unit.lower for unit in found.units[first:last]] == ["gondal"]
    assert phrase("The sudden attack failed.", "attack")[1].owner is None


def test_what_follows_of_is_a_phrase_of_its_own():
    found, general = phrase("The general of the northern army left.", "general")
    assert [(link, told(found, [each])) for link, each in found.following(general)] == [
        ("of", ["the northern army"])
    ]


@pytest.mark.parametrize(
    ("text", "passive"),
    [
        ("The guards captured the port.", False),
        ("The guards were captured.", True),
        ("The guards have been captured by rebels.", True),
        ("Guards were being attacked.", True),
        ("Gondal is opposed to talks.", False),
        ("Guards are shelling the town.", False),
    ],
)
def test_voice(text, passive):
    assert parse(text).clauses[0].verb.passive is passive


def test_a_perfect_with_a_modal():
    verb = group("Gondal could have attacked Angria.", "attack")
    assert (verb.modal, verb.perfect, verb.form, verb.negated) == ("could", True, "finite", False)


@pytest.mark.parametrize(
    "text",
    [
        "Gondal did not attack Angria.",
        "Gondal has not attacked Angria.",
        "Gondal didn't attack Angria.",
        "Gondal will not attack Angria.",
        "Gondal cannot attack Angria.",
    ],
)
def test_a_negation_inside_the_group(text):
    assert group(text, "attack").negated


def test_they_are_to_meet():
    assert group("Envoys of Gondal and Angria are to meet on Friday.", "meet").modal == "be to"


@pytest.mark.parametrize(
    ("text", "lemma", "form"),
    [
        ("Gondal attacked the port.", "attack", "finite"),
        ("The guards moved to attack the port.", "attack", "infinitive"),
        ("Guards kept shelling the town.", "shell", "gerund"),
        ("The weapons seized on Monday were destroyed.", "seize", "participle"),
        ("Guards sent to the port on Monday fired shots.", "send", "participle"),
    ],
)
def test_forms(text, lemma, form):
    verb = group(text, lemma)
    assert verb.form == form
    assert verb.passive is (form == "participle")


def test_past_and_present():
    assert group("Gondal attacked Angria.", "attack").past
    assert not group("Gondal attacks Angria.", "attack").past


def test_the_main_verb_after_a_reduced_one():
    found = parse("Guards sent to the port on Monday fired shots.")
    assert told(found, clause(found, "fire").subjects) == ["guards"]
