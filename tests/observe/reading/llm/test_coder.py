"""A model's answers become records that say what the text says, and nothing that it does not."""

import json
import logging
from datetime import date

import pytest
from tests.observe.reading.llm.reading import (
    CODED,
    DOCUMENT,
    KEY,
    PROPOSITIONS,
    TEXT,
    coded_as,
    coder,
    good,
    told,
)
from tests.observe.reading.llm.server import fails, is_coding, says, serving

from foreshock.core.errors import AnswerUnusable
from foreshock.evidence.claim import Kind, Modality, Polarity, Relation
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Tied


def test_an_article_becomes_records(tmp_path):
    with serving(good) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    shelling, denial, march = reading.records
    assert (shelling.type, shelling.mode, shelling.happened) == ("ASSAULT", "heavy-weapons", True)
    assert (shelling.start, shelling.when) == (date(2031, 3, 3), "on Monday")
    assert [party.words for party in shelling.actors] == ["Gondal\u2019s gunners"]
    assert [(q.what, q.best) for q in shelling.quantities] == [("killed", 7)]
    assert [(link.name, link.cue) for link in shelling.chain] == [
        ("Angria", "said"),
        ("The Glass Times", ""),
    ]
    assert (denial.polarity, denial.happened) == (Polarity.DENIED, False)
    assert denial.links == (Tied(Relation.ANSWERS, "c1"),)
    assert (march.kind, march.modality) == (Kind.FORECAST, Modality.HYPOTHETICAL)
    assert (march.condition, march.happened) == ("If it comes again", False)
    assert [record.sentence for record in reading.records] == [0, 1, 2]
    assert [record.key for record in reading.records] == ["c1", "c2", "c3"]
    assert reading.sentences == 3


def test_every_span_is_verbatim(tmp_path):
    with serving(good) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    assert reading.records[0].words.endswith("Monday,\nkilling seven soldiers")
    for record in reading.records:
        placed = [*record.actors, *record.recipients, *record.chain[:-1], *record.destinations]
        for thing in [record, *placed, *([record.place] if record.place else [])]:
            assert thing.words == TEXT[slice(*thing.span)] != ""
        assert record.when == TEXT[slice(*record.when_span)]
        assert record.condition in TEXT


def test_every_record_names_questions_and_model(tmp_path):
    with serving(good) as server:
        asked = coder(server.base_url, tmp_path, model="wise-9b")
        reading = asked.read(DOCUMENT)
    assert {record.coder for record in reading.records} == {asked.name}
    assert asked.name.startswith("llm 1-")
    assert asked.name.endswith(" wise-9b")


def test_words_that_the_text_does_not_have_are_left_out_and_counted(tmp_path):
    wrong = {"actors": ["The Kingdom of Ruritania", "Gondal"], "date": "on Friday", "place": "Ayr"}
    with serving(coded_as(**wrong)) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    first = reading.records[0]
    assert [party.name for party in first.actors] == ["Gondal"]
    assert (first.start, first.place) == (None, None)
    for what in ("1 parties", "1 dates", "1 places"):
        assert f"left out of statements: {what}" in reading.notes


def test_part_of_a_word_is_no_evidence(tmp_path):
    with serving(coded_as(actors=["unner"])) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    assert reading.records[0].actors == ()


def test_evidence_that_is_not_in_the_text_drops_the_statement(tmp_path):
    invented = {"statement": "Angria fell.", "evidence": "Angria surrendered to Gondal"}

    def behaviour(request, count):
        if is_coding(request):
            assert "surrendered" not in told(request)  # not even asked about
            return good(request, count)
        return says({"propositions": [invented, *PROPOSITIONS]})

    with serving(behaviour) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    assert len(reading.records) == 3
    assert "statements dropped: 1 (their words are not in the text)" in reading.notes


def test_nothing_but_invented_evidence_is_an_error_not_peace(tmp_path):
    invented = {"statement": "Angria fell.", "evidence": "Angria surrendered"}
    with (
        serving(lambda request, count: says({"propositions": [invented]})) as server,
        pytest.raises(AnswerUnusable, match="their words are not in the text"),
    ):
        coder(server.base_url, tmp_path).read(DOCUMENT)


def test_a_text_without_politics_gives_an_empty_reading(tmp_path):
    with serving(lambda request, count: says({"propositions": []})) as server:
        reading = coder(server.base_url, tmp_path).read(Document(text="It rained on the match."))
    assert reading.records == ()
    assert len(server.requests) == 1


def test_an_empty_text_is_not_asked_about(tmp_path):
    with serving(good) as server:
        assert coder(server.base_url, tmp_path).read(Document(text=" \n ")).records == ()
    assert server.requests == []


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "BOMB"},
        {"mode": "by-spoon"},
        {"context": ["cookery"]},
        {"kind": "state", "type": "", "mode": "sleeps"},
        {"quantities": [{"words": "seven soldiers", "what": "hats"}]},
        {"links": [{"relation": "retracts", "number": 2}]},
    ],
)
def test_codes_that_the_ontology_lacks_are_asked_again_once_then_dropped(tmp_path, changes):
    with serving(coded_as(**changes)) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    assert len(server.requests) == 3
    assert "statement 1:" in server.requests[2]["messages"][-1]["content"]
    assert len(reading.records) == 2
    assert "statements dropped: 1 (codes that the ontology does not know)" in reading.notes


def test_a_model_that_mends_its_code_is_believed(tmp_path):
    def behaviour(request, count):
        return coded_as(type="BOMB")(request, count) if count == 1 else good(request, count)

    with serving(behaviour) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    assert len(reading.records) == 3
    assert not any("dropped" in note for note in reading.notes)


def test_statements_left_uncoded_are_counted(tmp_path):
    def behaviour(request, count):
        return says({"coded": CODED[:2]}) if is_coding(request) else good(request, count)

    with serving(behaviour) as server:
        reading = coder(server.base_url, tmp_path).read(DOCUMENT)
    assert len(reading.records) == 2
    assert "statements dropped: 1 (the model did not code them)" in reading.notes


def test_a_statement_said_twice_is_one_record(tmp_path):
    def behaviour(request, count):
        if is_coding(request):
            return says({"coded": [{**CODED[0], "number": n} for n in (1, 2)]})
        return says({"propositions": [PROPOSITIONS[0]] * 2})

    with serving(behaviour) as server:
        assert len(coder(server.base_url, tmp_path).read(DOCUMENT).records) == 1


def test_a_long_document_is_asked_about_in_stretches(tmp_path):
    text = "\n\n".join(f"Gondal shelled Village{n:02d}. " + "It rained. " * 20 for n in range(8))
    done = []

    def behaviour(request, count):
        if is_coding(request):
            shown = request["messages"][1]["content"]
            numbers = [n for n in range(1, 9) if f'"number": {n},' in shown]
            return says({"coded": [{**CODED[1], "number": n, "links": []} for n in numbers]})
        villages = [w for w in request["messages"][1]["content"].split() if "Village" in w]
        found = [{"statement": v, "evidence": f"Gondal shelled {v}"} for v in villages]
        return says({"propositions": found})

    with serving(behaviour) as server:
        asked = coder(
            server.base_url, tmp_path, chunk_characters=600, batch=1,
            progress=lambda a, b: done.append((a, b)),
        )  # fmt: skip
        reading = asked.read(Document(text=text))
    assert [record.words for record in reading.records] == [
        f"Gondal shelled Village{n:02d}" for n in range(8)
    ]
    assert [record.key for record in reading.records] == [f"c{n}" for n in range(1, 9)]
    assert done == sorted(done)
    assert done[-1] == (len(text), len(text))


def test_reading_again_asks_nothing(tmp_path):
    with serving(good) as server:
        first = coder(server.base_url, tmp_path).read(DOCUMENT)
        asked = len(server.requests)
        again = coder(server.base_url, tmp_path).read(DOCUMENT)
        assert len(server.requests) == asked
        coder(server.base_url, tmp_path, model="other").read(DOCUMENT)
        assert len(server.requests) == 2 * asked
    assert again.records == first.records


def test_a_damaged_answer_on_disk_is_asked_for_and_written_anew(tmp_path):
    with serving(good) as server:
        first = coder(server.base_url, tmp_path).read(DOCUMENT)
        kept = sorted((tmp_path / "answers").rglob("*.json"))
        whole = [file.read_text() for file in kept]
        kept[0].write_text(whole[0][: len(whole[0]) // 2])
        kept[1].write_text(json.dumps({**json.loads(whole[1]), "answer": '{"coded": 3}'}))
        assert coder(server.base_url, tmp_path).read(DOCUMENT).records == first.records
    assert [file.read_text() for file in kept] == whole
    assert len(server.requests) == 4


def test_the_key_is_sent_to_the_server_and_stands_nowhere_else(tmp_path, caplog, foreshock_home):
    caplog.set_level(logging.DEBUG)

    def behaviour(request, count):
        return good(request, count) if count < 2 else fails(401, f"wrong key {KEY}, go away")

    with serving(behaviour) as server:
        asked = coder(server.base_url, tmp_path)
        notes = asked.read(DOCUMENT).notes
        with pytest.raises(Exception, match=r"wrong key \*\*\*, go away") as raised:
            asked.read(Document(text="Gondal shelled Northford."))
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    kept = [
        file.read_text()
        for folder in (tmp_path, foreshock_home)
        for file in folder.rglob("*")
        if file.is_file()
    ]
    shown = [*notes, str(raised.value), repr(raised.value), repr(asked), caplog.text, *kept]
    assert not any(KEY in text for text in shown)
    assert raised.value.__suppress_context__


def test_the_account_that_is_set_for_another_service_is_not_told(tmp_path, monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "my-organisation")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "my-project")
    with serving(good) as server:
        coder(server.base_url, tmp_path).read(DOCUMENT)
    assert "my-" not in json.dumps(server.headers)


def test_the_answer_is_asked_for_at_temperature_zero(tmp_path):
    with serving(good) as server:
        coder(server.base_url, tmp_path, answer_tokens=77).read(DOCUMENT)
    for request in server.requests:
        assert (request["temperature"], request["seed"], request["max_tokens"]) == (0, 0, 77)
        assert request["response_format"]["json_schema"]["strict"] is True
