"""The page on the rule coder says what the coder does: its example is run, its files are there."""

import json
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.lexicon import acts
from foreshock.lexicon.senses import Content, Makes, Stance

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reading-coder.md").read_text("utf-8")
READING = ROOT / "src" / "foreshock" / "observe" / "reading"
EXAMPLE = PAGE.partition("## Names and verbs of your own")[2].partition("\n## ")[0]


def _block(language):
    found = re.findall(rf"```{language}\n(.*?)```", EXAMPLE, re.S)
    assert len(found) == 1
    return found[0]


def _table(text):
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return rows[1:]


@pytest.fixture
def claims(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "tests" / "cases" / "ilde-2011", "mine")
    with Path("mine/actors.csv").open("a", encoding="utf-8") as actors:
        actors.write(_block("csv"))
    Path("mine/acts.toml").write_text(_block("toml"), "utf-8")
    Path("report.txt").write_text(_block("text"), "utf-8")
    words = ["read", "report.txt", "--case", "mine", "--published", "2031-03-05"]
    done = CliRunner().invoke(app, [*words, "--source", "The Gazette", "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["claims"]


def test_the_example_reads_as_the_page_says(claims):
    told = [
        (
            claim["kind"],
            f"{claim['type']} {claim['mode'] or ''}".strip(),
            " → ".join(
                " and ".join(party["name"] for party in claim[side]) or "–"
                for side in ("actors", "recipients")
            ),
            f"{claim['modality']}, {claim['polarity']}",
            claim["chain"][0]["name"],
        )
        for claim in claims
    ]
    rows = [tuple(row) for row in _table(EXAMPLE)]
    assert len(rows) == 5
    for row in rows:
        assert row in told, told
    chile = next(each for each in claims if each["kind"] == "forecast")
    assert chile["condition"] == "if the soldiers are not freed"
    shelling = next(each for each in claims if each["mode"] == "heavy-weapons")
    assert shelling["background"] and shelling["start"].startswith("2030-01-01")
    assert not [each for each in claims if "biscuit" in each["words"]]


def test_files_and_folders_that_the_page_names_are_there():
    steps = _table(PAGE.partition("## From text to records")[2].partition("\n## ")[0])
    named = [path for row in steps for path in re.findall(r"`([^`]+)`", row[1])]
    assert len(named) > 15
    for path in [*named, "rules/coder.py", "classifier/model.npz"]:
        assert (READING / path).exists(), path


def test_every_field_of_an_entry_is_explained():
    part = PAGE.partition("## Which words tell which act")[2].partition("\n## ")[0]
    rows = (acts._SenseRow, acts._SpeechRow, acts._MarkRow)
    names = {field.alias or name for row in rows for name, field in row.model_fields.items()}
    words = {word for kind in (Content, Stance, Makes) for word in get_args(kind) if word}
    assert {word for word in names | words if f"`{word}`" not in part} == set()
