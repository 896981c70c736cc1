"""Who stands before a verb and who after it, and how one clause hangs on another."""

import pytest
from tests.observe.reading.grammar.makers import clause, doing, parse, told


@pytest.mark.parametrize(
    ("text", "lemma", "subjects", "objects"),
    [
        ("Gondal attacks Angria.", "attack", ["gondal"], ["angria"]),
        ("Gondal, Angria and Morvia signed a treaty.", "sign", ["gondal", "angria", "morvia"],
         ["a treaty"]),
        ("Gondal freed Angria and Morvia.", "free", ["gondal"], ["angria", "morvia"]),
        ("Gondal attacked the port and seized two ships.", "seize", ["gondal"], ["two ships"]),
        ("The minister (of war) left Zamorna.", "leave", ["the minister"], ["zamorna"]),
        ("The general, a veteran of two wars, left Zamorna.", "leave", ["the general"],
         ["zamorna"]),
        ("The general, who had led the attack, left Zamorna.", "leave", ["the general"],
         ["zamorna"]),
        ("The general, who had led the attack, left Zamorna.", "lead", ["the general"],
         ["the attack"]),
        ("The group that attacked the port fled.", "flee", ["the group"], []),
        ("Gondal, which had closed the river, attacked Angria.", "attack", ["gondal"], ["angria"]),
        ('"We will leave," said the general.', "say", ["the general"], []),
        ('"We will leave," the general said.', "say", ["the general"], []),
        ("Angria called off the talks.", "call", ["angria"], ["the talks"]),
        ("Angria called the talks off.", "call", ["angria"], ["the talks"]),
        ("While Gondal closed the river, Angria attacked.", "attack", ["angria"], []),
        ("If Angria closes the river, Gondal will attack.", "attack", ["gondal"], []),
        ("The guards attacked and burned the port.", "attack", ["the guards"], ["the port"]),
        ("The guards attacked, burned and looted the port.", "burn", ["the guards"],
         ["the port"]),
        ("The ships which the rebels seized were sunk.", "seize", ["the rebels"], ["the ships"]),
        ("The ships which the rebels seized were sunk.", "sink", ["the ships"], []),
        ("The guards, sent to the port on Monday, opened fire.", "open", ["the guards"],
         ["fire"]),
        ("The town that rebels hold was shelled.", "shell", ["the town"], []),
        ("The guards took that town.", "take", ["the guards"], ["that town"]),
        ("Morvia, citing a guard, said Gondal had left.", "say", ["morvia"], []),
        ("Gondal, the general said on Monday, had left.", "say", ["the general"], []),
        ("Gondal, the general said on Monday, had left.", "leave", ["gondal"], []),
        ("Gondal, warned that rebels would attack, closed the river.", "close", ["gondal"],
         ["the river"]),
        ("The raid Gondal planned was called off.", "call", ["the raid"], []),
    ],
)  # fmt: skip
def test_subjects_and_objects(text, lemma, subjects, objects):
    assert doing(text, lemma) == (subjects, objects)


@pytest.mark.parametrize(
    ("text", "lemma", "relation", "marker", "parent"),
    [
        ("The minister said that the guards had left.", "leave", "content", "that", "say"),
        ("The minister said Gondal would attack Angria.", "attack", "content", "", "say"),
        ("Gondal told Angria that it would leave.", "leave", "content", "that", "tell"),
        ("Gondal will attack if Angria closes the river.", "close", "adverbial", "if", "attack"),
        ("Gondal closed the river because Angria had attacked.", "attack", "adverbial", "because",
         "close"),
        ("Gondal attacked the port and seized two ships.", "seize", "joined", "and", "attack"),
        ("Either Gondal withdraws or Angria will attack.", "attack", "joined", "or", "withdraw"),
        ("Gondal urged Angria to release the prisoners.", "release", "infinitive", "", "urge"),
        ("Rebels accused the guards of shelling the town.", "shell", "gerund", "of", "accuse"),
        ("Gondal shelled the port, killing two guards.", "kill", "gerund", "", "shell"),
        ('The minister said "Gondal has attacked the port".', "attack", "content", "", "say"),
        ("The minister said, citing a letter, that Gondal had left.", "leave", "content", "that",
         "say"),
        ("Gondal accused Angria of having shelled the port.", "shell", "gerund", "of", "accuse"),
    ],
)  # fmt: skip
def test_how_clauses_hang_together(text, lemma, relation, marker, parent):
    found = clause(parse(text), lemma)
    assert (found.relation, found.marker) == (relation, marker)
    assert found.parent is not None and found.parent.verb.lemma == parent
    assert found in found.parent.children


@pytest.mark.parametrize(
    ("text", "lemma", "doer"),
    [
        ("Gondal urged Angria to release the prisoners.", "release", "angria"),
        ("Gondal promised Angria to release the prisoners.", "release", "gondal"),
        ("Angria was urged to release the prisoners.", "release", "angria"),
        ("Gondal called on Angria to leave Zamorna.", "leave", "angria"),
        ("Rebels accused the guards of shelling the town.", "shell", "the guards"),
        ("Gondal forces Angria to leave.", "leave", "angria"),
        ("The guards moved to attack the port.", "attack", "the guards"),
        ("Gondal shelled the port, killing two guards.", "kill", "gondal"),
    ],
)
def test_who_does_what_an_infinitive_or_gerund_says(text, lemma, doer):
    found = clause(parse(text), lemma)
    assert told(parse(text), found.subjects) == [doer]
    assert found.inherited


def test_a_relative_clause_has_no_parent_before_the_main_verb_but_knows_whom_it_tells_of():
    found = parse("The group that attacked the port fled.")
    attacked = clause(found, "attack")
    assert attacked.relation == "relative"
    assert told(found, attacked.subjects) == ["the group"]
    assert clause(found, "flee").relation == "main"


def test_what_a_preposition_governs():
    found = parse("The talks between Gondal and Angria in Zamorna failed.")
    groups = {link: told(found, group) for link, group in clause(found, "fail").prepositions}
    assert groups == {"between": ["gondal", "angria"], "in": ["zamorna"]}


def test_a_passive_keeps_its_doer_behind_by():
    found = parse("The guards have been captured by rebels.")
    captured = clause(found, "capture")
    assert told(found, captured.subjects) == ["the guards"]
    assert [(link, told(found, group)) for link, group in captured.prepositions] == [
        ("by", ["rebels"])
    ]


def test_a_sentence_without_a_verb_has_no_clauses():
    assert parse("A long war.").clauses == []
