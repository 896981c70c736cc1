"""Whatever a model answers, the outcome is records that the text carries, or an error of ours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.observe.reading.llm.reading import BLANK

from foreshock.core.errors import ModelError
from foreshock.lexicon import load_ontology
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.llm import coder as coding
from foreshock.observe.reading.llm.cache import AnswerCache
from foreshock.observe.reading.llm.endpoint import Reply
from foreshock.observe.reading.llm.settings import Limits, Settings
from foreshock.observe.reading.resolving import resolving

TEXT = (
    "Peruvian soldiers shelled the port of Callao on Monday,\nkilling \u201cat least seven\u201d"
    " civilians, Chile\u2019s foreign minister said. If it goes on, 20,000 people may flee to Lima"
    " by Friday.\n\nA spokesman for the army denied it \u2014 and said that it will meet the envoys"
    " of Chile next week to sign a truce."
)
DOCUMENT = Document(text=TEXT, published=date(2031, 3, 5), source="The Glass Times")
ONTOLOGY = load_ontology()

COUNTED = [*ONTOLOGY.quantities]

SPACED = [0, *(place for place, mark in enumerate(TEXT) if mark.isspace()), len(TEXT)]

PLACES = st.integers(0, len(SPACED) - 1)
PIECES = st.tuples(PLACES, PLACES).map(lambda ends: TEXT[SPACED[min(ends)] : SPACED[max(ends)]])
WORDS = PIECES.map(str.strip) | st.text(max_size=20) | st.just("")
MANY = st.lists(WORDS, max_size=3)
NUMBERS = st.integers(-1, 4)
STATED = st.fixed_dictionaries({"statement": WORDS, "evidence": PIECES | WORDS})
CODES = st.one_of(
    st.sampled_from([(act.code, mode) for act in ONTOLOGY.types.values() for mode in act.modes]),
    st.sampled_from([(code, "") for code in [*ONTOLOGY.types, "BOMB", ""]]),
)
CODED = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["event", "figure", "statement", "forecast"]),
        "modality": st.sampled_from(["actual", "planned", "hypothetical"]),
        "polarity": st.sampled_from(["asserted", "denied"]),
        "actors": MANY,
        "recipients": MANY,
        "date": WORDS,
        "place": WORDS,
        "destinations": MANY,
        "quantities": st.lists(
            st.fixed_dictionaries({"words": WORDS, "what": st.sampled_from(COUNTED)}),
            max_size=2,
        ),
        "attribution": st.lists(st.fixed_dictionaries({"words": WORDS, "cue": WORDS}), max_size=2),
        "condition": WORDS,
        "deadline": WORDS,
        "consequence": WORDS,
        "links": st.lists(
            st.fixed_dictionaries({"relation": st.just("answers"), "number": NUMBERS}), max_size=2
        ),
    }
)
CODED = st.builds(
    lambda drawn, code, state: {
        **BLANK,
        **drawn,
        **({"kind": "state", "mode": state} if state else {"type": code[0], "mode": code[1]}),
    },
    CODED,
    CODES,
    st.sampled_from(["", "", "", "", *ONTOLOGY.states, "sleeps"]),
)
CODINGS = st.lists(CODED, min_size=1, max_size=4).map(
    lambda drawn: {"coded": [{**one, "number": n} for n, one in enumerate(drawn, 1)]}
)
STATEMENTS = st.fixed_dictionaries({"propositions": st.lists(STATED, min_size=1, max_size=4)})
ANSWERS = STATEMENTS.map(json.dumps) | CODINGS.map(json.dumps) | st.text(max_size=40)


@dataclass
class Scripted:
    """An endpoint that gives drawn answers, one after the other, then none."""

    answers: list[str]
    settings: Settings = field(default_factory=lambda: Settings(base_url="http://[::1]", model="m"))
    limits: Limits = field(default_factory=Limits)

    def ask(self, messages, schema, deadline):
        return Reply(self.answers.pop(0) if self.answers else "")


@pytest.fixture(scope="module")
def making():
    return resolving()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    first=STATEMENTS, second=CODINGS, others=st.lists(ANSWERS, max_size=4), orderly=st.booleans()
)
def test_any_answer_ends_well(
    making, tmp_path_factory, monkeypatch, first, second, others, orderly
):
    told = [json.dumps(first), json.dumps(second)] if orderly else []
    monkeypatch.setattr(coding, "_endpoint", lambda *_: Scripted([*told, *others]))
    reader = coding.LLMCoder(
        Settings(base_url="http://[::1]", model="m"),
        making,
        cache=AnswerCache(tmp_path_factory.mktemp("answers")),
    )
    try:
        reading = reader.read(DOCUMENT)
    except ModelError as error:
        assert str(error)
        return
    keys = [record.key for record in reading.records]
    assert keys == [f"c{number}" for number in range(1, len(keys) + 1)]
    for record in reading.records:
        placed = [*record.actors, *record.recipients, *record.chain[:-1], *record.destinations]
        placed += [record.place] if record.place else []
        for thing in [record, *placed]:
            assert thing.words == TEXT[slice(*thing.span)] != ""
        assert record.when == TEXT[slice(*record.when_span)]
        assert record.condition in TEXT
        assert record.consequence in TEXT
        assert {link.key for link in record.links} <= set(keys) - {record.key}
        assert record.chain[-1].name == "The Glass Times"
        assert record.type in ONTOLOGY.types or record.kind != "event"
