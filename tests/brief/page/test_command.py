"""`foreshock brief CASE -o page.html`: a whole file, or the one that was there, and a way out."""

import json
import os
import stat

import pytest
from tests.brief.page.conftest import SECOND_CASE
from typer.testing import CliRunner

from foreshock.brief.document import Brief
from foreshock.brief.page.build import build_page
from foreshock.cli import app
from foreshock.core.errors import ForeshockError
from foreshock.core.files import write_whole


def run(*words):
    return CliRunner().invoke(app, ["brief", str(SECOND_CASE), *map(str, words)])


def test_it_writes_the_page_and_says_where(tmp_path):
    file = tmp_path / "page.html"
    result = run("-o", file)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(f"{file}: ")
    data = run("--json", "--output", tmp_path / "brief.json")
    assert data.exit_code == 0, data.output
    brief = Brief.model_validate_json((tmp_path / "brief.json").read_text("utf-8"))
    assert file.read_text("utf-8") == build_page(brief)
    assert {entry.name for entry in tmp_path.iterdir()} == {"page.html", "brief.json"}


def test_the_json_in_the_file_is_the_json_that_is_printed(tmp_path):
    run("--json", "-o", tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8")) == json.loads(run("--json").stdout)


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("", (), "is a folder"),
        ("page.txt", (), "end the name in .html, or add --json"),
        ("page", (), "end the name in .html"),
        ("none/page.html", (), "there is no such folder"),
        ("", ("--json",), "is a folder"),
    ],
)
def test_what_cannot_be_written_is_refused_with_a_way_out(tmp_path, name, words, says):
    result = run("-o", tmp_path / name, *words)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Mend:" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_old_page_is_replaced_whole_and_keeps_its_mode(tmp_path):
    file = tmp_path / "page.html"
    file.write_text("old" * 10_000_000, "utf-8")
    file.chmod(0o640)
    assert run("-o", file).exit_code == 0
    assert file.read_text("utf-8").startswith("<!doctype html>")
    assert file.read_text("utf-8").rstrip().endswith("</html>")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_goes_on_pointing(tmp_path):
    (tmp_path / "real.html").write_text("old", "utf-8")
    (tmp_path / "link.html").symlink_to("real.html")
    write_whole(tmp_path / "link.html", "new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text("utf-8") == "new"


def test_where_writing_fails_the_old_file_stays(tmp_path, monkeypatch):
    file = tmp_path / "page.html"
    file.write_text("old", "utf-8")

    def full(*_args, **_words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(ForeshockError, match="No space left on device"):
        write_whole(file, "new")
    assert file.read_text("utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]


def test_a_device_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    with pytest.raises(ForeshockError, match="is not a file"):
        write_whole(tmp_path / "pipe.html", "new")


def test_a_bad_name_is_told_before_the_work_is_done(tmp_path, monkeypatch):
    def never(*_args):
        raise AssertionError("the case was opened")

    monkeypatch.setattr("foreshock.cli.forecasts.made_of", never)
    assert run("-o", tmp_path).exit_code == 2
