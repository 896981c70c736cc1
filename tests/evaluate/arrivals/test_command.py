"""`foreshock evaluate arrivals` and `foreshock train arrivals`."""

import json
from pathlib import Path

import pytest
from tests.evaluate.arrivals import monthly
from tests.observe import ged
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.forecast.displacement.arrivals.prior import Taught

run = CliRunner().invoke


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "displaced.csv"
    file.write_text(monthly.text(monthly.counts()))
    return file


def test_scores_are_told_as_text_page_and_json(table, tmp_path):
    words = ["evaluate", "arrivals", str(table), "--from", "2033-06", "--to", "2034-01"]
    text = run(app, words)
    assert text.exit_code == 0, text.output
    assert "shared levels" in text.stdout
    page = tmp_path / "page.md"
    assert run(app, [*words, "-o", str(page)]).exit_code == 0
    assert "## Scores" in page.read_text("utf-8")
    told = json.loads(run(app, [*words, "--json"]).stdout)
    assert told["first"] == "2033-06"
    assert told["forecasters"]["shared levels"]["cells"] > 0


def test_a_prior_is_fitted_and_written(table, tmp_path):
    out = tmp_path / "prior.json"
    words = ["train", "arrivals", str(table), "--cite", "Gondal", "-o", str(out)]
    assert run(app, [*words, "--until", "2033-12"]).exit_code == 0
    taught = Taught.from_json(out.read_text("utf-8"))
    assert taught.provenance.last == "2033-12-01"
    assert taught.provenance.arrivals == "Gondal"
    assert taught.coupling is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--from", "soon"], "no such month 'soon'"),
        (["--from", "1999-01"], "among the months"),
        (["--to", "2031-01", "--from", "2031-05"], "no month between"),
        (["-o", "."], "is a folder"),
        (["--events", "nowhere"], "no registered event table"),
        (["--provinces", "nowhere.csv", "--events", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said(table, words, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(app, ["evaluate", "arrivals", str(table), *words])
    assert done.exit_code != 0
    assert says in done.stderr
    assert "Traceback" not in done.output


def test_events_of_other_places_are_refused(table, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("GEDEvent_v24_1.csv").write_text(ged.text(ged.war()))
    assert run(app, ["ingest", "GEDEvent_v24_1.csv", "--format", "ucdp-ged", "-o", "events"])
    done = run(app, ["evaluate", "arrivals", str(table), "--events", "events"])
    assert done.exit_code != 0
    assert "do not cover" in done.stderr or "no event is told of" in done.stderr
