"""Stretches lose no character; quotations are found where they stand, or not at all."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.observe.reading.llm.reading import BLANK, CODED

from foreshock.lexicon import load_ontology
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.llm.answers import Coding, first_object, read_answer, schema
from foreshock.observe.reading.llm.chunks import chunks, halves
from foreshock.observe.reading.llm.grounding import Ground
from foreshock.observe.reading.llm.prompt import ask_coding, boundary

TEXTS = (
    st.text(st.sampled_from("ab.! \n\t\u201c\u2019\u00a0\u2014\ufb01"), max_size=300) | st.text()
)


@given(TEXTS, st.integers(1, 60))
def test_stretches_follow_one_another_without_gap_or_overlap(text, longest):
    spans = chunks(text, longest)
    assert all(0 < end - start <= longest for start, end in spans)
    rebuilt, last = "", 0
    for start, end in spans:
        assert start >= last
        assert text[last:start].strip() == ""  # only white space is passed over
        rebuilt, last = rebuilt + text[last:end], end
    assert text[last:].strip() == ""


@given(TEXTS)
def test_halves_are_shorter_and_lose_nothing(text):
    for span in chunks(text, 50):
        parts = halves(text, span)
        assert "".join(text[a:b] for a, b in parts).split() == text[slice(*span)].split() or (
            "".join("".join(text[a:b].split()) for a, b in parts)
            == "".join(text[slice(*span)].split())
        )
        assert span[1] - span[0] == 1 or all(b - a < span[1] - span[0] for a, b in parts)


def test_stretches_end_where_paragraphs_do_if_they_can():
    text = "One two. Three.\n\nFour five.\n\nSix."
    assert [text[a:b] for a, b in chunks(text, 30)] == ["One two. Three.\n\nFour five.\n\n", "Six."]
    assert [text[a:b] for a, b in chunks(text, 12)][:2] == ["One two. ", "Three.\n\n"]


@given(TEXTS, st.data())
def test_what_is_found_is_verbatim_and_where_it_was_sought(text, data):
    ground = Ground(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    within = (data.draw(st.integers(0, start)), data.draw(st.integers(end, len(text))))
    span = ground.find(text[start:end], within)
    if span is not None:
        assert within[0] <= span[0] < span[1] <= within[1]


@given(st.lists(st.text("abc", min_size=1, max_size=4), min_size=3, max_size=12), st.data())
def test_whole_words_of_the_text_are_found(words, data):
    first = data.draw(st.integers(0, len(words) - 2))
    text = "  \n ".join(words)
    quoted = " ".join(words[first : first + 2])
    span = Ground(text).find(quoted)
    assert span is not None
    assert text[slice(*span)].split() == quoted.split()


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        ("the raid on Peru's coast", "the raid\non Peru\u2019s coast"),
        ('"Never again"', "Never again"),
        ("Never   again,", "Never again"),
        ("the raid - a first -", "the raid\u2014a first"),
        ("raid on Chile's coast", None),
        ("The Raid on Peru's coast", None),
        ("ever again", None),
        ("...", None),
        ("", None),
    ],
)
def test_marks_may_differ_words_may_not(quotation, found):
    text = (
        "After the raid\non Peru\u2019s coast: \u201cNever again\u201d."
        " In the raid\u2014a first\u2014two."
    )
    span = Ground(text).find(quotation)
    assert (text[slice(*span)] if span else None) == found


def test_of_several_places_the_next_one_is_taken():
    ground = Ground("Gondal fell. Angria rose. Gondal fell.")
    assert ground.find("Gondal fell", after=5) == (26, 37)
    assert ground.find("Gondal fell", after=30) == (0, 11)
    assert ground.find("Gondal fell", (13, 38)) == (26, 37)


# ---------------------------------------------------------------- shapes and prompt


def test_the_schema_is_of_the_strict_kind_and_takes_what_we_take():
    shape = json.loads(schema(Coding))
    answer = {"coded": CODED}
    jsonschema.validate(answer, shape)
    assert read_answer(Coding, json.dumps(answer)).coded[0].type == "ASSAULT"
    for node in _objects(shape):
        assert node["additionalProperties"] is False
        assert sorted(node["required"]) == sorted(node["properties"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"coded": [{**BLANK, "type": "BOMB"}]}, shape)


def _objects(node):
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield node
        for value in node.values():
            yield from _objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from _objects(value)


def test_the_prompt_explains_every_code_of_the_ontology_in_its_words():
    task = ask_coding(Document(text="Gondal fell."), "Gondal fell.", []).task
    ontology = load_ontology()
    for act in ontology.types.values():
        assert f"{act.code}: {act.definition}" in task
        assert all(f"{mode.code} = " in task for mode in act.modes.values())
    assert all(code in task for code in [*ontology.states, *ontology.quantities])


@given(st.text())
def test_the_mark_follows_from_the_text_and_is_not_in_it(text):
    assert boundary(text) == boundary(text)
    assert boundary(text) not in text


@given(st.text())
def test_any_answer_can_be_looked_at_for_an_object(text):
    first_object(text + '{"a": {"b": [}')
    assert first_object("[1] " + '{"a": 1}' + text) == {"a": 1}
