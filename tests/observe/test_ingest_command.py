"""`foreshock ingest`: what it says where, and how it ends."""

import json
from pathlib import Path

import pytest
from tests.observe import ged
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.core.errors import TableError, TimeError
from foreshock.evidence.published import read_events
from foreshock.observe.declaring import declared
from foreshock.observe.formats import find_format, formats
from foreshock.observe.ingest import ingest
from foreshock.observe.telling import PATIENCE, Telling


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "GEDEvent_v99_1.csv"
    path.write_text(ged.text([ged.row(1), ged.row(2, best="many", date_end="x"), ged.row(3)]))
    return path


def run(*words: str | Path):
    return CliRunner().invoke(app, ["ingest", *map(str, words)])


def test_what_it_says(file: Path, tmp_path: Path):
    done = run(file, "--format", "ucdp-ged", "-o", tmp_path / "events")
    assert done.exit_code == 0
    assert "2 events of 3 rows, 1 kept aside" in done.stdout
    assert "pseudo-real-time" in done.stdout and "1 day after" in done.stdout
    assert "CC BY 4.0" in done.stderr and "Sundberg" in done.stderr
    assert "GEDEvent_v99_1.csv:4, best: cannot read 'many'" in done.stderr
    assert "GEDEvent_v99_1.csv:4, date_end: cannot read 'x'" in done.stderr
    assert "1 of 3 rows could not be read" in done.stderr


def test_terms_are_shown_once_a_folder(file: Path, tmp_path: Path):
    run(file, "--format", "ucdp-ged", "-o", tmp_path / "events")
    again = run(file, "--format", "ucdp-ged", "-o", tmp_path / "events")
    assert "Sundberg" not in again.output and "in place of an earlier one" in again.stdout
    assert "1 of 3 rows" in again.stderr  # but what was not read is said each time


def test_json(file: Path, tmp_path: Path):
    done = run(
        *(file, "--format", "ucdp-ged", "-o", tmp_path / "events", "--json"),
        *("--delay", "3", "--covers", "2031-01-01..2031-06-30", "--retrieved", "2031-07-01"),
    )
    said = json.loads(done.stdout)
    assert said["dataset"]["rejected"] == 1 and said["dataset"]["delay_days"] == 3
    assert said["dataset"]["first"] == "2031-01-01" and said["dataset"]["licence"] == "CC BY 4.0"
    assert said["first_of_its_format"] is True
    assert {(each["line"], each["column"]) for each in said["faults"]} == {
        (4, "best"),
        (4, "date_end"),
    }
    assert read_events(tmp_path / "events").dataset.id == said["dataset"]["id"]


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"--format": "icews"}, 2, "no format is called"),
        ({"--format": "ucdp-gde"}, 2, "write 'ucdp-ged'"),
        ({"--covers": "2031"}, 2, "DAY..DAY"),
        ({"--covers": "2031-02-01..2031-01-01"}, 2, "backwards"),
        ({"--retrieved": "soon"}, 2, "cannot read the day"),
        ({"--covers": "2026-01-01..2031-05-02", "--retrieved": "2031-05-01"}, 2, "fetched on"),
        ({"--delay": "-1"}, 2, "--delay"),
        ({"-o": "GEDEvent_v99_1.csv"}, 2, "error"),
    ],
)
def test_wrong_use(file: Path, tmp_path: Path, monkeypatch, changed, code, says):
    monkeypatch.chdir(tmp_path)
    options = {"--format": "ucdp-ged", "-o": "events"} | changed
    done = run(file, *(word for pair in options.items() for word in pair))
    assert done.exit_code == code and says in done.stderr
    assert not (tmp_path / "events").exists()


def test_days_that_are_not_covered_are_told(file: Path, tmp_path: Path):
    spans = [f"2031-{month:02}-01..2031-{month:02}-10" for month in range(1, 9)]
    covers = [word for span in spans for word in ("--covers", span)] + ["--retrieved", "2031-09-01"]
    done = run(file, "--format", "ucdp-ged", "-o", tmp_path / "events", *covers)
    assert "1 Jan 2031 to 10 Aug 2031 (told)" in done.stdout
    assert "Not covered between them: 142 days, 11 Jan 2031 to 31 Jan 2031, " in done.stdout
    assert "30 Jun 2031" not in done.stdout and "and 2 more times" in done.stdout


def test_a_missing_file(tmp_path: Path):
    done = run(tmp_path / "x.csv", "--format", "ucdp-ged", "-o", tmp_path / "events")
    assert done.exit_code == 2 and "x.csv" in done.stderr


def test_data_that_says_no(tmp_path: Path):
    (tmp_path / "x.csv").write_text(ged.text([ged.row(best="x")]))
    done = run(tmp_path / "x.csv", "--format", "ucdp-ged", "-o", tmp_path / "events")
    assert done.exit_code == 1 and "none of its 1 rows can be read" in done.stderr


def test_progress_is_said_after_a_while_and_not_all_the_time():
    said: list[str] = []
    now = iter([0.0, 0.1, PATIENCE + 0.1, PATIENCE + 0.1, PATIENCE + 0.2, 3 * PATIENCE])
    telling = Telling(said.append, clock=lambda: next(now))
    for step in range(1, 4):
        telling.progress(step / 4, step * 1_000)
    assert said == ["50% of the file, 2,000 rows"]


def test_hostile_names_of_columns_and_files_stay_text(tmp_path: Path):
    path = tmp_path / "a\x1b[31m.csv"
    path.write_text(ged.text([ged.row(), ged.row(2, best="\x1b[31m")]))
    done = run(path, "--format", "ucdp-ged", "-o", tmp_path / "events")
    assert done.exit_code == 0 and "\x1b" not in done.output


def test_every_reader_declares_what_is_needed():
    assert "ucdp-ged" in formats()
    for name in sorted({*formats()} - {"table"}):
        layout = find_format(name)
        assert layout.name == name and layout.licence and layout.citation and layout.delay_about
        assert layout.delay_days >= 0 and len(layout.columns) == len(set(layout.columns))
    with pytest.raises(TableError, match="no format"):
        find_format("../readers")


def test_days_that_a_user_declares():
    assert declared() == declared(None, "", None, ())
    with pytest.raises(TimeError):
        declared(covers=["2031-01-01..never"])


def test_a_folder_that_is_read_only_is_said(file: Path, tmp_path: Path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device", "events")

    monkeypatch.setattr("foreshock.evidence.datasets.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        ingest(file, "ucdp-ged", tmp_path / "events")
    assert not [each for each in (tmp_path / "events").iterdir() if each.suffix == ".parquet"]
