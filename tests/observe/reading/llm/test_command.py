"""From the command line: a model on this machine reads, alone or beside the rules."""

import json
from pathlib import Path

import pytest
from tests.observe.reading.llm.reading import BLANK
from tests.observe.reading.llm.server import is_coding, says, serving
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.observe.reading import choosing

TEXT = "Peruvian soldiers shelled the port of Callao on Monday, killing seven civilians."


def model(request, count):
    if not is_coding(request):
        return says({"propositions": [{"statement": "Shelling.", "evidence": TEXT}]})
    coded = {
        **BLANK, "type": "ASSAULT", "mode": "heavy-weapons", "actors": ["Peruvian soldiers"],
        "date": "on Monday", "place": "Callao",
        "quantities": [{"words": "seven civilians", "what": "killed"}],
    }  # fmt: skip
    return says({"coded": [coded]})


@pytest.fixture(autouse=True)
def article(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(TEXT, "utf-8")
    choosing.reader.cache_clear()
    for name in ("BASE_URL", "MODEL", "API_KEY", "CONFIRM_HOST"):
        monkeypatch.delenv(f"FORESHOCK_LLM_{name}", raising=False)


def read(*options):
    words = ["read", "report.txt", "--published", "2031-03-05", "--source", "The Glass Times"]
    return CliRunner().invoke(app, [*words, *options])


@pytest.mark.parametrize("name", ["llm", "both"])
def test_a_model_reads(monkeypatch, name):
    with serving(model) as server:
        monkeypatch.setenv("FORESHOCK_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("FORESHOCK_LLM_MODEL", "wise-9b")
        result = read("--coder", name, "--jsonl")
    assert result.exit_code == 0, result.output
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    claim = next(each for each in claims if "wise-9b" in each["coder"])
    assert (claim["type"], claim["start"], claim["place"]["id"]) == (
        "ASSAULT",
        "2031-03-03",
        "callao",
    )
    assert claim["words"] == TEXT[claim["evidence"]["start"] : claim["evidence"]["end"]]
    assert ("rules" in claim["coder"]) is (name == "both")


def test_without_settings_the_missing_one_is_named():
    result = read("--coder", "llm")
    assert result.exit_code == 2
    assert "FORESHOCK_LLM_BASE_URL" in result.output


def test_without_leave_nothing_is_sent(monkeypatch):
    monkeypatch.setenv("FORESHOCK_LLM_BASE_URL", "https://models.example/v1")
    monkeypatch.setenv("FORESHOCK_LLM_MODEL", "wise-9b")
    monkeypatch.setenv("FORESHOCK_LLM_API_KEY", "hidden")
    result = read("--coder", "llm")
    assert result.exit_code == 2
    assert "--confirm-host https://models.example:443" in " ".join(result.output.split())
    assert "hidden" not in result.output
