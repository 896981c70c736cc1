"""The command flee run."""

import csv
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.observe.readers.flee.folders import made
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.forecast.displacement.movement import members as keeping

SETTINGS = {"simsetting.yml": "move_rules:\n  max_move_speed: 200.0\n  camp_movechance: 0.0\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a small folder in Flee's format."""
    return made(tmp_path / "gondal", SETTINGS)


def run(folder: Path, out: Path, *more: str):
    """Run the command."""
    return CliRunner().invoke(app, ["flee", "run", str(folder), "-o", str(out), *more])


@pytest.mark.parametrize("mode", ["compat", "fixed", "cohort"])
def test_the_table_has_flees_columns(folder: Path, tmp_path: Path, mode: str):
    """For each camp what was simulated and counted, then the totals, a line a day."""
    out = tmp_path / "out.csv"
    done = run(folder, out, "--mode", mode)
    assert done.exit_code == 0, done.output
    with out.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert list(lines[0])[:5] == ["Day", "Date", "Zedora sim", "Zedora data", "Zedora error"]
    assert list(lines[0])[-6:] == [
        "Total error", "refugees in camps (UNHCR)", "total refugees (simulation)",
        "raw UNHCR refugee count", "refugees in camps (simulation)", "refugee_debt",
    ]  # fmt: skip
    assert [line["Day"] for line in lines] == [str(day) for day in range(8)]
    assert lines[0]["Date"] == "2031-05-02"
    counted = [int(line["refugees in camps (UNHCR)"]) for line in lines]
    assert [int(line["total refugees (simulation)"]) for line in lines] == counted
    for line in lines:
        camps = [int(line[f"{name} sim"]) for name in ("Zedora", "Alcona", "Exina")]
        assert sum(camps) == int(line["refugees in camps (simulation)"])


def test_the_same_seed_gives_the_same_file(folder: Path, tmp_path: Path):
    """To the last byte; another seed gives another."""
    files = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for file, seed in zip(files, ("4", "4", "5"), strict=True):
        assert run(folder, file, "--seed", seed).exit_code == 0
    first, again, other = (file.read_bytes() for file in files)
    assert first == again != other


def test_an_ensemble_has_a_column_member(folder: Path, tmp_path: Path):
    """In CSV and in Parquet, with the same numbers; nothing stays beside the file."""
    table, parquet = tmp_path / "out.csv", tmp_path / "out.parquet"
    done = run(folder, table, "--members", "3", "--json")
    assert json.loads(done.stdout)["members"] == 3
    assert run(folder, parquet, "--members", "3").exit_code == 0
    written, read = pl.read_csv(table, try_parse_dates=False), pl.read_parquet(parquet)
    assert written.columns == read.columns
    assert written["member"].to_list() == [0] * 8 + [1] * 8 + [2] * 8
    assert np.allclose(written.drop("Date").to_numpy(), read.drop("Date").to_numpy())
    assert sorted(file.name for file in tmp_path.iterdir()) == ["gondal", "out.csv", "out.parquet"]


def test_the_first_member_is_the_single_run(folder: Path, tmp_path: Path):
    """More members change none of those before them."""
    run(folder, tmp_path / "one.csv")
    run(folder, tmp_path / "many.csv", "--members", "2")
    one = (tmp_path / "one.csv").read_text().splitlines()[1:]
    many = (tmp_path / "many.csv").read_text().splitlines()[1:9]
    assert [f"0,{line}" for line in one] == many


def test_a_run_that_was_cut_off_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What was finished is kept beside the file that is to be."""
    move, out = keeping.move, tmp_path / "out.csv"

    def stops(planned: object, *, seed: int, member: int):
        if member == 2:
            raise KeyboardInterrupt
        return move(planned, seed=seed, member=member)  # type: ignore[arg-type]

    monkeypatch.setattr(keeping, "move", stops)
    assert run(folder, out, "--members", "3").exit_code == 1
    assert not out.exists()
    kept = [file.name for file in tmp_path.glob(".out.csv.*.members/*.npy")]
    assert {"0.npy", "1.npy"} <= set(kept)
    monkeypatch.setattr(keeping, "move", move)
    assert run(folder, out, "--members", "3").exit_code == 0
    run(folder, tmp_path / "whole.csv", "--members", "3")
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_faults_are_told(folder: Path, tmp_path: Path):
    """A folder that is none, a target that is none, settings that are not supported."""
    assert "input_csv" in run(tmp_path, tmp_path / "out.csv").output
    assert "no such folder" in run(folder, tmp_path / "not" / "out.csv").output
    (folder / "simsetting.yml").write_text("move_rules:\n  awareness_level: 0\n")
    done = run(folder, tmp_path / "out.csv")
    assert done.exit_code != 0
    assert "awareness_level" in done.output


def test_settings_and_scale_can_be_given(folder: Path, tmp_path: Path):
    """In place of the folder's own."""
    given = tmp_path / "other.yml"
    given.write_text("move_rules:\n  camp_movechance: 1.0\n")
    own, others = tmp_path / "own.csv", tmp_path / "others.csv"
    run(folder, own)
    run(folder, others, "--settings", str(given))
    assert own.read_bytes() != others.read_bytes()
    done = run(folder, tmp_path / "few.csv", "--hasten", "10", "--json")
    assert json.loads(done.stdout)["people"] < 70
