"""A vocabulary behaves as a mapping and names the nearest word."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import LexiconError
from foreshock.lexicon import Term, Vocabulary, load_ontology

TYPES = list(load_ontology().types)


def words(*codes: str) -> Vocabulary[Term]:
    return Vocabulary("word", [Term(code, code, code) for code in codes])


def test_it_reads_as_a_mapping_in_the_order_of_its_table():
    some = words("b", "a")
    assert list(some) == ["b", "a"] and len(some) == 2
    assert "a" in some and some["a"].code == "a" and some.get("c") is None
    with pytest.raises(KeyError):
        some["c"]


def test_it_cannot_be_written():
    with pytest.raises(TypeError):
        words("a")["b"] = Term("b", "b", "b")  # type: ignore[index]


def test_a_code_that_stands_twice_is_refused():
    with pytest.raises(LexiconError, match="word 'a' stands twice"):
        words("a", "a")


@pytest.mark.parametrize(
    ("known", "asked", "mend"),
    [
        (("ASSAULT", "AGREE"), "assault", "write 'ASSAULT'"),
        (("ASSAULT", "AGREE"), "ASAULT", "write 'ASSAULT'"),
        (("ASSAULT", "AGREE"), "zzz", "write one of ASSAULT, AGREE"),
        ((), "zzz", "leave it empty: there is no word"),
        (tuple(f"word{n}" for n in range(30)), "§", "write one of the 30 known words"),
    ],
)
def test_the_mend_names_what_was_meant(known, asked, mend):
    with pytest.raises(LexiconError) as caught:
        words(*known).find(asked, where="claims.csv:7, type")
    assert caught.value.mend == mend
    assert caught.value.where == "claims.csv:7, type"


@given(st.sampled_from(TYPES), st.data())
def test_one_letter_lost_is_always_refused_and_its_type_found_again(code, data):
    lost = data.draw(st.integers(0, len(code) - 1))
    slip = code[:lost] + code[lost + 1 :]
    with pytest.raises(LexiconError) as caught:
        load_ontology().types.find(slip)
    assert caught.value.mend == f"write {code!r}"


def test_it_travels_between_processes():
    ontology = load_ontology()
    again = pickle.loads(pickle.dumps(ontology))
    assert again == ontology and hash(again.types) == hash(ontology.types)
    assert again.types["ASSAULT"].modes.noun == "mode of ASSAULT"
    assert repr(again.states) == "<Vocabulary: 6 entries, noun 'state'>"
