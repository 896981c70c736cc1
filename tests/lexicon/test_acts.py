"""The patterns: every table says what it may, finds its words and keeps its order."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import LexiconError
from foreshock.lexicon.acts import EVERY, Acts, acts, extend
from foreshock.lexicon.ontology import load_ontology
from foreshock.lexicon.senses import Sense

ALL = acts()
SENSES = [sense for index in (ALL.verbs, ALL.nouns) for found in index.values() for sense in found]
POSITIONS = {
    "subject", "object", "indirect", "complement-subject", "complement-object", "possessive",
    "adjective", "speaker",
}  # fmt: skip


def own(folder: Path, text: str, known: Acts = ALL) -> Acts:
    path = folder / "acts.toml"
    path.write_text(text, encoding="utf-8")
    return extend(known, path)


def best(verb: str, particles: tuple[str, ...] = ()) -> Sense:
    return next(
        sense
        for sense in ALL.verbs[verb]
        if sense.particles == particles
        and sense.kind == "event"
        and not (sense.needs or sense.subject)
    )


def test_every_type_and_mode_has_words():
    told = {(sense.type, sense.mode) for sense in SENSES if sense.kind == "event"}
    wanted = {
        (kind.code, mode) for kind in load_ontology().types.values() for mode in kind.modes
    } | {(kind.code, "") for kind in load_ontology().types.values() if not kind.modes}
    assert wanted <= told


def test_every_state_has_words():
    told = {sense.mode for sense in SENSES if sense.kind == "state"}
    assert told == set(load_ontology().states)


@pytest.mark.parametrize(
    ("verb", "particles", "type", "mode"),
    [
        ("cannonade", (), "ASSAULT", "heavy-weapons"),
        ("assassinate", (), "ASSAULT", "targeted"),
        ("praise", (), "SUPPORT", ""),
        ("deport", (), "COERCE", "deport"),
        ("criticise", (), "ACCUSE", "disapprove"),
        ("criticize", (), "ACCUSE", "disapprove"),
        ("call", ("for",), "REQUEST", "yield"),
        ("step", ("down",), "RETREAT", "resign"),
        ("crack", ("down",), "COERCE", "arrest"),
        ("turn", ("down",), "REJECT", "meet"),
        ("shoot", ("down",), "ASSAULT", "heavy-weapons"),
    ],
)
def test_words_tell_their_act(verb: str, particles: tuple[str, ...], type: str, mode: str):
    assert (best(verb, particles).type, best(verb, particles).mode) == (type, mode)


def test_more_narrow_senses_go_first_and_among_equals_those_that_tell_nothing():
    for index in (ALL.verbs, ALL.nouns):
        for senses in index.values():
            order = [(-sense.rank, sense.kind != "none") for sense in senses]
            assert order == sorted(order)


def test_parties_stand_where_a_sentence_can_have_them():
    prepositions = {
        word for sense in SENSES for word in (*sense.actor, *sense.recipient)
    } - POSITIONS
    assert all(word.replace(" ", "").isalpha() for word in prepositions)
    assert {"on", "against", "with", "from", "of", "by", "between"} <= prepositions


def test_every_sense_has_an_example_of_its_own():
    # One entry may hold many words; it has one example, which no other entry shares.
    examples: dict[str, set[tuple[str, str]]] = {}
    for sense in SENSES:
        examples.setdefault(sense.example, set()).add((sense.type, sense.mode))
    assert all(len(told) == 1 for told in examples.values())
    assert all(example.endswith(".") for example in examples)


def test_no_act_is_told_by_a_class_that_nobody_knows():
    classes = {
        word
        for sense in SENSES
        for words in (sense.object, sense.subject, sense.complement, sense.needs, sense.bars)
        for word in words
        if word.startswith(("@", "&"))
    }
    assert classes <= {"@actor", "@place", "@number", "@none", "@any"}


def test_speech_has_stances_and_forms():
    stances = {entry.stance for entries in ALL.speech.values() for entry in entries}
    assert stances == {
        "assert", "allege", "deny", "predict", "opine", "plan", "fear", "hope", "doubt",
        "question",
    }  # fmt: skip
    according = next(e for e in ALL.speech["according"] if e.words == ("according", "to"))
    assert according.part == "phrase"
    assert "clause" in according.forms


@pytest.mark.parametrize(
    ("word", "makes"),
    [
        ("may", "hypothetical"),
        ("will", "planned"),
        ("allegedly", "alleged"),
        ("never", "denied"),
        ("fail", "denied"),
        ("manage", "actual"),
        ("plan", "planned"),
        ("unless", "hypothetical"),
    ],
)
def test_marks_make_of_an_act_what_they_mean(word: str, makes: str):
    assert makes in {mark.makes for mark in ALL.marks[word] if mark.words == (word,)}


def test_longer_marks_go_before_shorter_ones():
    for index in (ALL.marks, ALL.speech):
        for entries in index.values():
            lengths = [-len(entry.words) for entry in entries]
            assert lengths == sorted(lengths)


def test_what_holds_of_every_verb_stands_with_every_verb():
    everywhere = ALL.verbs[EVERY]
    assert everywhere
    assert all(set(everywhere) <= set(senses) for senses in ALL.verbs.values())


def test_a_new_verb_of_a_case_wins(tmp_path: Path):
    mine = own(
        tmp_path,
        """
[list]
walls = ["wall", "dyke"]

[[sense]]
verbs = ["praise"]
type = "ACCUSE"
mode = "disapprove"
example = "In Gondal to praise is to condemn."

[[sense]]
verbs = ["breach up"]
object = ["&walls", "&ground"]
type = "ASSAULT"
mode = "destroy"
example = "Raiders breached up the dyke."

[[speech]]
verbs = ["holler"]
stance = "assert"
forms = ["that", "quote"]
example = "The herald hollered that the gate was shut."

[[mark]]
words = ["mayhap"]
part = "adverb"
makes = "hypothetical"
forms = ["any"]
example = "The fleet will mayhap sail."
""",
    )
    assert mine.verbs["praise"][0].type == "ACCUSE"
    assert mine.verbs["breach"][0].particles == ("up",)
    assert {"wall", "walls", "dykes", "village"} <= mine.verbs["breach"][0].object
    assert mine.speech["holler"][0].stance == "assert"
    assert mine.marks["mayhap"][0].makes == "hypothetical"
    assert ALL.verbs["praise"][0].type != "ACCUSE", "the tables that come with Foreshock changed"


def test_a_new_verb_has_what_holds_of_every_verb(tmp_path: Path):
    mine = own(
        tmp_path,
        '[[sense]]\nverbs = ["grumph"]\ntype = "ASSAULT"\nexample = "They grumphed Angria."\n',
    )
    assert set(ALL.verbs[EVERY]) < set(mine.verbs["grumph"])
    assert mine.verbs["grumph"][0].type == "ASSAULT"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("verbs = [", ("acts.toml", "TOML")),
        ('[[sense]]\nverbs = ["zap"]\ntype = "ASAULT"\nexample = "They zapped."', ("ASSAULT",)),
        (
            '[[sense]]\nverbs = ["zap"]\ntype = "ASSAULT"\nmode = "phone"\nexample = "Zapped it."',
            ("sense 1 (zap)", "field mode"),
        ),
        (
            '[[sense]]\nverbs = ["zap"]\ntype = "ASSAULT"\nmod = "phone"\nexample = "Zapped it."',
            ("sense 1 (zap)", "mod"),
        ),
        ('[[sense]]\nverbs = ["zap"]\ntype = "ASSAULT"', ("sense 1 (zap)", "example")),
        ('[[sense]]\nverbs = ["zap"]\nexample = "They zapped it."', ("no type",)),
        ('[[sense]]\ntype = "AID"\nexample = "They zapped it."', ("neither",)),
        (
            '[[sense]]\nverbs = ["zap"]\nobject = ["&nothing"]\ntype = "AID"\nexample = "Zap them"',
            ("field object", "&nothing"),
        ),
        (
            '[[sense]]\nverbs = ["zap"]\nweight = 3\ntype = "AID"\nexample = "They zapped it."',
            ("field weight",),
        ),
        (
            '[[sense]]\nverbs = ["zap"]\ntype = "AID"\ncontext = ["sea"]\nexample = "They zapped."',
            ("field context",),
        ),
        (
            '[[sense]]\nverbs = ["zap"]\nstate = "holding"\nexample = "They zap it."',
            ("field state", "holds"),
        ),
        (
            '[[speech]]\nverbs = ["zap"]\nstance = "sure"\nforms = ["that"]\nexample = "They zap."',
            ("speech 1 (zap)", "field stance"),
        ),
        (
            '[[mark]]\nwords = []\npart = "verb"\nmakes = "actual"\nforms = []\nexample = "Oh my."',
            ("mark 1", "field words"),
        ),
    ],
)
def test_a_table_that_is_wrong_is_named_with_its_entry_and_field(
    tmp_path: Path, text: str, words: tuple[str, ...]
):
    with pytest.raises(LexiconError) as fault:
        own(tmp_path, text)
    assert "acts.toml" in str(fault.value)
    for word in words:
        assert word in str(fault.value)


def test_a_table_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(LexiconError, match=r"gone\.toml"):
        extend(ALL, tmp_path / "gone.toml")


@given(st.text(max_size=200))
def test_no_text_as_a_table_ends_in_anything_but_a_refusal_or_a_reading(text: str):
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        try:
            own(Path(folder), text, Acts({}, {}, {}, {}))
        except LexiconError as fault:
            assert "acts.toml" in str(fault)


@pytest.mark.shared
def test_no_run_of_words_comes_from_the_gold_standard(shared):
    # Examples are our own: none shares six words in a row with a sentence of the gold standard.
    import json
    import re

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z']+", text.lower())
        return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}

    gold = shared / "data" / "plover" / "gsr.jsonl"
    lines = gold.read_text(encoding="utf-8").splitlines()
    theirs = set().union(*(runs(json.loads(line)["text"]) for line in lines))
    shared_by = [sense.example for sense in SENSES if not theirs.isdisjoint(runs(sense.example))]
    del theirs, lines  # a failure shows our own sentences, not theirs
    assert shared_by == []


def test_every_table_is_read():
    names = {f.name for f in (files("foreshock.lexicon") / "acts").iterdir()}
    assert {"assault.toml", "none.toml", "lists.toml", "speech.toml", "modality.toml"} <= names
