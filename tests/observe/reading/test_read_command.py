"""`foreshock read`: one text, many texts, and what happens when something is wrong."""

import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace
from rich.console import Console
from tests.observe.reading.makers import MAY_SEND, SHELLED, TEXT, Scripted, document
from typer.testing import CliRunner

from foreshock.brief.terminal_reading import render_reading
from foreshock.cli import app
from foreshock.core.errors import ModelUnreachable
from foreshock.observe.reading import choosing
from foreshock.observe.reading.published import json_schema


class Failing(Scripted):
    """Cannot read a document that says so."""

    def read(self, document):
        """Refuse or read."""
        if "unreadable" in document.text:
            raise ModelUnreachable("no answer", mend="try later")
        return super().read(document)


@pytest.fixture(autouse=True)
def scripted(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(choosing, "coder", lambda name, case=None: Failing(name=f"scripted {name}"))
    choosing.reader.cache_clear()
    yield
    choosing.reader.cache_clear()


def _run(*words, code=0):
    done = CliRunner().invoke(app, ["read", *words])
    assert done.exit_code == code, done.output
    return done


def _rows(*texts):
    Path("many.jsonl").write_text(
        "".join(
            json.dumps({"id": f"d{n}", "text": text, "published": "2020-02-05", "source": "G"})
            + "\n"
            if isinstance(text, str)
            else json.dumps(text) + "\n"
            for n, text in enumerate(texts, start=1)
        )
    )


@pytest.fixture
def article():
    Path("a.txt").write_text(TEXT, "utf-8")
    return ("a.txt", "--published", "2020-02-05", "--source", "The Gazette")


def test_it_tells_each_claim_with_its_words(article):
    out = _run(*article).output
    assert "3 claims in 3 sentences" in out
    assert "c1  event: assault (heavy weapons)" in out
    assert "Gondal → Angria" in out
    assert "killed 7 people" in out
    assert "says Ministry of War (said), via The Gazette" in out
    assert "DENIED" in out and "hypothetical" in out
    assert "on the condition If talks fail" in out
    flat = " ".join(out.split())
    assert "guns «shelled the Ford on Tuesday, killing seven people», the Ministry of War" in flat
    assert "\x1b" not in out


@pytest.mark.parametrize("width", [80, 50])
def test_it_fits_the_terminal(width):
    told = io.StringIO()
    render_reading(Scripted().read(document()), Console(file=told, width=width))
    assert max(map(len, told.getvalue().splitlines())) <= width


def test_hostile_text_reaches_the_terminal_harmless():
    told = io.StringIO()
    text = "\x1b]0;own\x07Gondal may send troops[red]\x1b[2J."
    render_reading(Scripted().read(document(text, title="\x1b[31m")), Console(file=told, width=80))
    assert "\x1b" not in told.getvalue() and "[red]" in told.getvalue()


def test_its_json_has_the_published_names(article):
    told = json.loads(_run(*article, "--json").output)
    assert told["document"] == "a.txt" and told["sentences"] == 3
    for claim in told["claims"]:
        jsonschema.validate(claim, json_schema())
        span = claim["evidence"]
        assert TEXT[span["start"] : span["end"]] == claim["words"]
    shelled, denied, may_send = told["claims"]
    assert shelled["actors"] == [{"id": "gondal", "name": "Gondal", "country": "GDL", "sector": ""}]
    assert [link["source"] for link in shelled["chain"]] == ["ministry-of-war", "the-gazette"]
    assert shelled["source"] == "ministry-of-war"
    assert denied["links"] == [{"relation": "answers", "claim": shelled["id"]}]
    assert (may_send["condition"], may_send["start"], may_send["recorded_at"]) == (
        "If talks fail", None, None,
    )  # fmt: skip
    needed = """id report source kind type mode context modality polarity background actors
        recipients start end place quantities chain evidence issue rating coder known_at
        recorded_at confidence links condition"""
    assert set(needed.split()) <= set(shelled)


def test_a_line_a_claim(article):
    lines = _run(*article, "--jsonl").output.splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["ASSAULT", "ASSAULT", "MOBILIZE"]
    _run(*article, "-o", "out.jsonl")
    assert Path("out.jsonl").read_text("utf-8").splitlines() == lines


def test_a_text_of_nobody_and_no_day_is_read_all_the_same(article):
    told = json.loads(_run("a.txt", "--json").output)
    assert told["claims"][0]["known_at"] is None
    assert [link["source"] for link in told["claims"][0]["chain"]] == ["ministry-of-war"]
    assert "publisher not said, day not said" in _run("a.txt").output


# ---------------------------------------------------------------------- many documents


def test_many_documents_one_line_a_claim_and_one_that_closes():
    _rows(TEXT, "Nothing.", "Gondal may send troops.")
    done = _run("many.jsonl", "-o", "out.jsonl")
    assert "3 documents read, 4 claims in 5 sentences, 0 not read" in done.stderr
    lines = [json.loads(line) for line in Path("out.jsonl").read_text("utf-8").splitlines()]
    closing = [line for line in lines if "kind" not in line]
    assert [(each["document"], each["claims"]) for each in closing] == [
        ("d1", 3),
        ("d2", 0),
        ("d3", 1),
    ]
    assert lines[3] == closing[0] and lines[-1] == closing[2]


def test_what_cannot_be_read_is_named_and_counted_and_the_rest_goes_on():
    _rows(TEXT, {"txet": "x"}, "unreadable", TEXT)
    done = _run("many.jsonl", "-o", "out.jsonl", code=1)
    assert re.search(r"not read: many.jsonl:2", done.stderr)
    assert "not read: d3: no answer" in done.stderr
    assert "3 documents read, 6 claims in 6 sentences, 2 not read" in done.stderr
    assert '"fault":"no answer"' in Path("out.jsonl").read_text("utf-8")


def test_an_interrupted_run_goes_on_to_the_same_bytes():
    _rows(*[f"{TEXT} Number {n}." for n in range(6)])
    _run("many.jsonl", "-o", "whole.jsonl")
    whole = Path("whole.jsonl").read_bytes()
    for size in {0, 1, 100, len(whole) // 2, len(whole) - 1, len(whole)}:
        Path("out.jsonl").write_bytes(whole[:size])
        _run("many.jsonl", "-o", "out.jsonl")
        assert Path("out.jsonl").read_bytes() == whole, size


def test_the_order_of_documents_changes_nothing_in_them():
    texts = [f"{TEXT} Number {n}." for n in range(4)]
    _rows(*texts)
    _run("many.jsonl", "-o", "a.jsonl")
    _rows(*texts[::-1])
    _run("many.jsonl", "-o", "b.jsonl")

    def claims(name):
        lines = map(json.loads, Path(name).read_text("utf-8").splitlines())
        return sorted(str(each["id"]) for each in lines if "kind" in each)

    assert claims("a.jsonl") == claims("b.jsonl")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"hello": 1}\n', "not the output of a batch"),
        ("my notes", "not the output of a batch"),
        (None, "another document number 1"),
        ("other coder", "was read by scripted rules"),
    ],
)
def test_an_output_that_is_another_is_refused_and_left_alone(content, says, monkeypatch):
    _rows(TEXT)
    if content in {None, "other coder"}:
        _run("many.jsonl", "-o", "out.jsonl")
        if content is None:
            _rows("Another text.")
        else:
            monkeypatch.setattr(choosing, "coder", lambda name, case=None: Scripted(name="new 2"))
            choosing.reader.cache_clear()
    else:
        Path("out.jsonl").write_text(content)
    before = Path("out.jsonl").read_bytes()
    assert says in _run("many.jsonl", "-o", "out.jsonl", code=2).stderr
    assert Path("out.jsonl").read_bytes() == before


# ---------------------------------------------------------------------- asked wrongly


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "no file is named"),
        (("none.txt",), "none.txt"),
        (("a.txt", "--coder", "magic"), "there is no coder 'magic'"),
        (("a.txt", "--published", "yesterday"), "yesterday"),
        (("a.txt", "--case", "nowhere"), "there is no case 'nowhere'"),
        (("a.txt", "--coder", "llm"), "FORESHOCK_LLM_BASE_URL"),
        (("--score", "gold.jsonl", "--gold-format", "x"), "no gold format 'x'"),
        (("--score", "gold.jsonl", "--lines", "odd"), "--gold-format plover"),
        (("--score", "none.jsonl"), "none.jsonl"),
    ],
)
def test_what_is_asked_wrongly_is_explained(article, words, says, monkeypatch):
    monkeypatch.delenv("FORESHOCK_LLM_BASE_URL", raising=False)
    assert says in _run(*words, code=2).stderr


# ---------------------------------------------------------------------- scores


def test_scores_are_told_and_given_as_json():
    record = {"type": "ASSAULT", "actors": ["Gondal"], "recipients": ["Angria"]}
    forecast = {"type": "MOBILIZE", "kind": "forecast", "actors": ["Gondal"]}
    row = {"id": "d", "text": TEXT, "published": "2020-02-05", "records": [record, forecast]}
    Path("gold.jsonl").write_text(json.dumps(row) + "\n")
    out = _run("--score", "gold.jsonl", "--misses").output
    assert re.search(r"mention +2 +3 +2 +66.7 % +100.0 %", out)
    assert "CRITICAL: 0 of 1" in out
    assert "too many: ASSAULT: Angria > Gondal" in out
    told = json.loads(_run("--score", "gold.jsonl", "--json").output)
    assert told["levels"]["mention"]["recall"] == 1.0
    assert "misses" not in told


def test_words_of_a_gold_that_stays_unseen_are_not_quoted():
    row = {"id": "x", "text": "Gondal may send troops", "events":
           [{"plover16": "ASSAULT", "source": [{"code": "AGR"}], "target": []}]}  # fmt: skip
    Path("gold.jsonl").write_text(json.dumps(row) + "\n")
    plover = ("--score", "gold.jsonl", "--gold-format", "plover")
    assert "may send" not in _run(*plover).output
    assert "may send" not in _run(*plover, "--json").output
    assert "may send" in " ".join(_run(*plover, "--misses").output.split())


def test_records_without_a_known_sentence_are_shown():
    told = io.StringIO()
    reading = Scripted(SHELLED, MAY_SEND).read(document())
    odd = replace(reading.records[0], span=(0, 0), words="")
    render_reading(replace(reading, records=(odd,)), Console(file=told, width=80))
    assert "assault" in told.getvalue()
