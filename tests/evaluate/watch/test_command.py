"""`foreshock evaluate watch`: a panel in, tables of scores out."""

import json
from pathlib import Path

import numpy as np
import pytest
from tests.evaluate.watch.wars import panel, world
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.core.errors import TimeError
from foreshock.evaluate.watch.windows import usual_years
from foreshock.observe.panel_file import write_panel

WORLD = panel(world(months=132))


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("world") / "panel.parquet"
    write_panel(WORLD, file)
    return file


def run(*words):
    return CliRunner().invoke(app, ["evaluate", "watch", *map(str, words)])


def test_every_score_stands_beside_the_simple_methods(table, tmp_path):
    page = tmp_path / "skill.md"
    last = usual_years(WORLD, WORLD)[-1]
    done = run(table, "--draws", 100, "--from", last, "-o", page, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert list(told["methods"])[:2] == ["watch model", "conflictology"]
    assert [each["name"] for each in told["windows"]] == [str(last)]
    text = page.read_text("utf-8")
    assert f"One window, known to the end of October {last - 1}, 3 to 14" in text
    assert text.count("| watch model |") >= 8 and text.count("| conflictology |") >= 8
    log = told["methods"]["conflictology"]["scores"]["log"][str(last)]
    assert f"| conflictology | {log:.4f} | {log:.4f} |" in text
    assert f"{last}: zero" in done.stderr


def test_years_that_cannot_be_tried_are_told(table):
    last = usual_years(WORLD, WORLD)[-1]
    late, early = run(table, "--from", last + 3), run(table, "--to", last + 1)
    assert late.exit_code == early.exit_code == 2
    assert f"a year to {last}" in late.stderr
    assert f"no month of the window {last + 1}" in " ".join(early.stderr.split())


def test_the_last_four_years_are_tried_if_there_are_as_many():
    assert usual_years(WORLD, WORLD) == range(2037, 2041)
    assert usual_years(panel(world(months=30)), WORLD) == range(2031, 2033)


def test_a_panel_without_a_whole_year_has_none():
    short = panel(np.zeros((3, 11)))
    with pytest.raises(TimeError, match="no year can be tried"):
        usual_years(short, short)
