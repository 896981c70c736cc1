"""The command watch: a panel's file in; text, page, tables or JSON out; clear errors."""

import json
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from tests.brief.watch import made_up
from tests.observe import ged
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.observe.panel_file import write_panel

ORIGIN = ["--origin", "2031-10"]
PUBLISHED = Path(__file__).parents[3] / "docs" / "schema" / "watch.schema.json"
SCHEMA = json.loads(PUBLISHED.read_text("utf-8"))


@pytest.fixture
def run(tmp_path, model, monkeypatch):
    """Run the command on the made-up panel, in a folder of its own, in a year after it."""
    monkeypatch.chdir(tmp_path)
    later = made_up.panel()
    write_panel(later, tmp_path / "panel.parquet")
    monkeypatch.setattr("foreshock.verify.ledger._now", made_up.clock)

    def invoke(*words):
        return CliRunner().invoke(app, ["watch", "panel.parquet", "--draws", "200", *words])

    return invoke


def test_it_tells_a_list_and_writes_it_down(run, foreshock_home):
    found = run(*ORIGIN)
    assert found.exit_code == 0, found.output
    assert "WHERE THERE WAS FIGHTING" in found.stdout
    listing = CliRunner().invoke(app, ["ledger", "watch"])
    assert "live: made up" in listing.output
    assert "22 lines." in listing.output
    check = CliRunner().invoke(app, ["ledger", "watch", "--check"])
    assert check.exit_code == 0
    again = run(*ORIGIN)
    assert again.stdout == found.stdout
    assert "22 lines." in CliRunner().invoke(app, ["ledger", "watch"]).output


def test_page_and_tables_are_written(run, tmp_path):
    found = run(*ORIGIN, "--quick", "-o", "w.html", "--export", "w.csv", "--export", "w.geojson")
    assert found.exit_code == 0, found.output
    assert "w.html: 11 countries" in found.stdout
    assert {file.suffix for file in tmp_path.glob("w.*")} == {".html", ".csv", ".geojson"}


def test_json_has_everything(run):
    told = json.loads(run(*ORIGIN, "--json", "--months", "5").stdout)
    jsonschema.validate(told, SCHEMA)
    assert told["origin"] == "2031-10-01"
    assert len(told["months"]) == 5
    assert len(told["countries"]) == 11
    assert told["hindcast"]["misses"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--origin", "2041-10"], "no month of the panel begins on 2041-10-01"),
        (["--origin", "May"], "no such month 'May'"),
        (["--by", "size"], "countries are not ranked by 'size'"),
        (["--column", "dead"], "no column 'dead'"),
        (["-o", "page.pdf"], "ends in .html"),
        (["--export", "w.xlsx"], "no format is known"),
        (["--export", "nowhere/w.csv"], "there is no such folder"),
        ([], "has not come yet"),
    ],
)
def test_what_cannot_be_done_says_so(run, words, says, foreshock_home):
    found = run(*words)
    assert found.exit_code == 2
    assert says in found.stderr
    assert found.stdout == ""


def test_what_cannot_be_written_down_is_not_shown(run, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("FORESHOCK_HOME", str(tmp_path / "file"))
    found = run(*ORIGIN, "-o", "w.html", "--export", "w.csv")
    assert found.exit_code == 2
    assert "ledger" in found.stderr
    assert found.stdout == ""
    assert list(tmp_path.glob("w.*")) == []


def test_a_folder_of_event_tables_will_do(run, monkeypatch, foreshock_home):
    later = made_up.clock() + timedelta(days=100)
    monkeypatch.setattr("foreshock.verify.ledger._now", lambda: later)
    Path("GEDEvent_v24_1.csv").write_text(ged.text(ged.war()))
    ingested = ["ingest", "GEDEvent_v24_1.csv", "--format", "ucdp-ged", "-o", "events"]
    assert CliRunner().invoke(app, ingested).exit_code == 0
    found = CliRunner().invoke(app, ["watch", "events", "--quick", "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    jsonschema.validate(told, SCHEMA)
    assert "ucdp-ged" in told["vintage"]
    assert told["licence"] == "CC BY 4.0"
    assert [each["name"] for each in told["countries"]] == ["Ruritania"]
    assert "events" in found.stderr


def test_the_watch_is_no_case(run, foreshock_home):
    found = CliRunner().invoke(app, ["verify", "watch"])
    assert (found.exit_code, "foreshock watch PANEL" in found.stderr) == (2, True)
