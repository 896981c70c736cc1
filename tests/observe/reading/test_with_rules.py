"""Reading by rules, end to end: names and verbs of a case, many processes, twice the same."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foreshock.case.opening import open_case
from foreshock.cli import app

ILDE = Path(__file__).parents[2] / "cases" / "ilde-2011"
VERB = """
[[sense]]
verbs = ["grumph"]
type = "ASSAULT"
mode = "firearms"
example = "Gondal's guards grumphed two smugglers."
"""
ARTICLE = """Reed Front grumphs Kestria

The Reed Front grumphed Kestrian soldiers near the Long Ford on Friday, killing three
of them, the Kestrian Ministry of Defence said. France urged Kestria to withdraw its troops. Morvia
denied that it had armed the group. If talks fail, Kestria may shell the river again next week.
"""


@pytest.fixture(autouse=True)
def ilde(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ILDE, "ilde")
    with Path("ilde/actors.csv").open("a", encoding="utf-8") as actors:
        actors.write("reed-front,Reed Front,armed group,,MRV,REB,Reed Fighters@2011-06-01,,\n")
    Path("ilde/acts.toml").write_text(VERB, "utf-8")
    Path("a.txt").write_text(ARTICLE, "utf-8")


def _run(*words, code=0):
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.stdout


TOLD = ("--published", "2011-05-21", "--source", "Ilde Courier")


def test_an_armed_group_and_a_verb_of_the_case_are_read():
    claims = json.loads(_run("read", "a.txt", *TOLD, "--case", "ilde", "--json"))["claims"]
    grumphed = [each for each in claims if each["mode"] == "firearms"]
    assert [actor["id"] for actor in grumphed[0]["actors"]] == ["reed-front"]
    assert grumphed[0]["place"]["id"] == "long-ford"
    without = json.loads(_run("read", "a.txt", *TOLD, "--json"))["claims"]
    assert not [each for each in without if each["mode"] == "firearms"]


def test_what_was_read_goes_into_the_case_once():
    _run("add", "ilde", "a.txt", "--read", "rules", *TOLD, "--yes")
    case = open_case("ilde")
    stored = {each.claim.id for each in case.store.standing(case.name)}
    assert "nothing was added" in _run("add", "ilde", "a.txt", "--read", "rules", *TOLD, "--yes")
    assert {each.claim.id for each in case.store.standing(case.name)} == stored
    happened = [
        each.claim for each in case.store.standing(case.name)
        if each.claim.span and each.claim.kind == "event" and each.claim.modality == "actual"
        and each.claim.polarity == "asserted"
    ]  # fmt: skip
    assert not [claim for claim in happened if claim.condition or "next week" in claim.summary]


def test_several_processes_write_the_same_bytes():
    rows = [{"id": f"d{n}", "text": ARTICLE.replace("three", f"{n + 4}"),
             "published": "2011-05-21", "source": "Ilde Courier"} for n in range(40)]  # fmt: skip
    Path("many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    _run("read", "many.jsonl", "-o", "one.jsonl")
    _run("read", "many.jsonl", "-o", "two.jsonl", "--workers", "2")
    one, two = (Path(name).read_bytes() for name in ("one.jsonl", "two.jsonl"))
    assert one == two and one.count(b"\n") > 80
    Path("two.jsonl").write_bytes(one[: len(one) // 3])
    _run("read", "many.jsonl", "-o", "two.jsonl")
    assert Path("two.jsonl").read_bytes() == one


def test_every_claim_is_verbatim():
    for claim in json.loads(_run("read", "a.txt", *TOLD, "--json"))["claims"]:
        span = claim["evidence"]
        assert ARTICLE[span["start"] : span["end"]] == claim["words"] != ""
