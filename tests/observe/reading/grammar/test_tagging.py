"""Words that can be several things, each in a sentence that settles which."""

import pytest
from tests.observe.reading.grammar.makers import parse, tags

VERBS = {"VB", "VBZ", "VBD", "VBX", "VBN", "VBG"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gondal attacks Angria.", "attacks"),
        ("Guards attack the convoy.", "attack"),
        ("Gondal may attack Angria.", "attack"),
        ("The guards moved to attack the port.", "attack"),
        ("The pilots will strike on Friday.", "strike"),
        ("Gondal talks to Angria.", "talks"),
        ("Gondal forces Angria to leave.", "forces"),
        ("He plans to leave Zamorna.", "plans"),
        ("Guards are shelling the town.", "shelling"),
        ("Guards kept shelling the town.", "shelling"),
        ("Rebels accused the guards of shelling the town.", "shelling"),
        ("The army attacks the rebels.", "attacks"),
        ("The general who leads the army resigned.", "leads"),
        ("The town that rebels hold was shelled.", "hold"),
        ("Thousands fled from Zamorna.", "fled"),
        ("If the army attacks, the rebels will leave.", "attacks"),
    ],
)
def test_here_it_is_a_verb(text, word):
    assert tags(text)[word] in VERBS


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gondal's attack on Angria failed.", "attack"),
        ("The attack on Zamorna failed.", "attack"),
        ("Angria announced strikes on Gondal.", "strikes"),
        ("The rebels launched strikes on the port.", "strikes"),
        ("The talks in Zamorna failed.", "talks"),
        ("Envoys met for talks.", "talks"),
        ("Gondal is opposed to talks.", "talks"),
        ("Gondalian forces entered Zamorna.", "forces"),
        ("The plans were leaked.", "plans"),
        ("Shelling of Zamorna killed two guards.", "shelling"),
        ("The shelling stopped.", "shelling"),
        ("The general came to power in Exina.", "power"),
        ("Angria put an end to protest in the capital.", "protest"),
    ],
)
def test_here_it_is_a_noun(text, word):
    assert tags(text)[word] == "NN"


def test_participles_before_a_noun_describe_it():
    assert tags("The captured guards were freed.")["captured"] == "JJ"
    assert tags("The guards were captured.")["captured"] == "VBN"


def test_that_which_opens_a_clause_and_that_which_refers():
    assert tags("The minister said that the guards had left.")["that"] == "SC"
    assert tags("The group that attacked the port fled.")["that"] == "WP"
    assert tags("In that town, the guards slept.")["that"] == "DT"
    assert tags("The guards took that town.")["that"] == "DT"


def test_the_mark_of_an_owner():
    assert tags("Gondal's president resigned.")["'s"] == "POS"


def test_names_dates_and_places_keep_the_tag_they_came_with():
    found = tags("Gondalian guards left Zamorna for Gondal on Monday.")
    assert [found[word] for word in ("gondalian", "zamorna", "gondal", "monday")] == [
        "AJ", "PL", "AC", "DA",
    ]  # fmt: skip


def test_verbs_have_the_lemma_of_the_verb_and_nouns_that_of_the_noun():
    lemmas = {unit.lower: unit.lemma for unit in parse("The guards left for talks.").units}
    assert (lemmas["guards"], lemmas["left"], lemmas["talks"]) == ("guard", "leave", "talk")
