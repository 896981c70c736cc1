"""Theses of a case: faults in case.yaml are named, and a thesis is told once somebody makes it."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from foreshock.case.folder import inspect_folder
from foreshock.cli import app

SOURCE = Path(__file__).parent / "ilde-2011"
RUNNER = CliRunner()
THESIS = {"claim": "M03", "pair": ["kestria", "morvia"], "imperils": "alliance"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "ilde-2011"
    shutil.copytree(SOURCE, folder)
    return folder


def with_theses(case: Path, theses: object) -> None:
    content = yaml.safe_load((case / "case.yaml").read_text("utf-8"))
    content["theses"] = theses
    (case / "case.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def relations(case: Path, day: int) -> dict:
    told = RUNNER.invoke(app, ["brief", str(case), "--as-of", f"2011-05-{day:02}", "--json"])
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)["relations"]


def test_right_theses_are_no_fault(case):
    with_theses(case, [THESIS, {**THESIS, "imperils": "rapprochement"}])
    assert RUNNER.invoke(app, ["check", str(case)]).exit_code == 0


@pytest.mark.parametrize(
    ("change", "field", "what", "mend"),
    [
        ({"claim": "M99"}, "theses", "no such claim 'M99'", "name a key of claims.csv"),
        ({"pair": ["kestria", "moravia"]}, "theses", "no such actor 'moravia'", "actors.csv"),
        ({"pair": ["kestria", "kestria"]}, "theses", "'kestria' is paired with itself", "two"),
        ({"pair": ["kestria"]}, "theses.0.pair.1", "is missing", "add it"),
        ({"claim": None}, "theses.0.claim", "Input should be a valid string", ""),
        ({"imperils": "friendship"}, "theses.0.imperils", "'alliance' or 'rapprochement'", ""),
        ({"imperil": "alliance"}, "theses.0.imperil", "unknown entry", "write 'imperils'"),
        ({"why": "because"}, "theses.0.why", "unknown entry", "delete it"),
    ],
)
def test_faults_name_file_field_and_mend(case, change, field, what, mend):
    with_theses(case, [{**THESIS, **change}])
    _, faults = inspect_folder(case)
    (fault,) = faults
    assert (fault.file, fault.column) == ("case.yaml", field)
    assert what in fault.what
    assert mend in fault.mend
    told = RUNNER.invoke(app, ["check", str(case)])
    assert told.exit_code == 1
    assert isinstance(told.exception, SystemExit)
    assert told.stdout.startswith(f"case.yaml, {field}: ")
    assert what in told.stdout


@pytest.mark.parametrize("missing", ["claim", "pair", "imperils"])
def test_what_a_thesis_lacks_is_said(case, missing):
    with_theses(case, [{key: value for key, value in THESIS.items() if key != missing}])
    told = RUNNER.invoke(app, ["check", str(case)])
    assert isinstance(told.exception, SystemExit)
    assert f"case.yaml, theses.0.{missing}: is missing. Mend: add it" in told.stdout


@pytest.mark.parametrize("theses", ["nonsense", [3], {"claim": "M03"}])
def test_theses_of_another_form_are_a_fault(case, theses):
    with_theses(case, theses)
    told = RUNNER.invoke(app, ["check", str(case)])
    assert isinstance(told.exception, SystemExit)
    assert "case.yaml, theses" in told.stdout
    assert RUNNER.invoke(app, ["brief", str(case)]).exit_code == 1


def test_a_thesis_is_told_from_the_day_on_which_its_claim_was_known(case):
    with_theses(case, [THESIS])
    assert relations(case, 3)["theses"] == []
    (thesis,) = relations(case, 4)["theses"]
    assert (thesis["a"]["id"], thesis["b"]["id"]) == ("kestria", "morvia")
    assert thesis["imperils"] == "alliance"
    assert thesis["text"] == "Morvia accuses Kestria of firing on a fishing boat."
    assert thesis["verdict"].startswith("In words, ")
    assert "; in deeds, " in thesis["verdict"]
    assert len(thesis["reasons"]) == 3


def test_a_thesis_of_a_pair_without_acts_is_left_out(case):
    with_theses(case, [{**THESIS, "pair": ["morvia", "ferry-voice"]}])
    assert "ferry-voice" in RUNNER.invoke(app, ["check", str(case)]).stdout
    with_theses(case, [{**THESIS, "pair": ["aurelia", "fishers"]}])
    assert relations(case, 24)["theses"] == []
