"""`foreshock evaluate`: a published table in, tables of scores out."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.observe import ged
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.core.errors import ForecastRefused
from foreshock.evaluate.cases import Plan
from foreshock.evaluate.escalation import STANDARD, evaluate, usual_origins
from foreshock.evaluate.models import MODELS, with_prior
from foreshock.evidence.published import read_events
from foreshock.forecast.escalation.prior import bundled
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("war")
    file = folder / "GEDEvent_v99_1.csv"
    file.write_text(ged.text(ged.war()))
    given = declared(covers=["2031-01-01..2032-02-04"], retrieved="2032-02-05")
    ingest(file, "ucdp-ged", folder / "events", given)
    return folder / "events"


def run(events: Path | str, *words: str | Path):
    dates = ["--from", "2031-10-01", "--to", "2031-11-12", "--jobs", "1"]
    return CliRunner().invoke(app, ["evaluate", "escalation", *map(str, (events, *dates, *words))])


def test_what_it_prints(events: Path):
    done = run(events)
    assert done.exit_code == 0, done.output
    assert "4 origins, every 14 days from 1 Oct 2031 to 12 Nov 2031" in done.stdout
    assert "events dated before the origin" in " ".join(done.stdout.split())
    for row in ("events, 7 days: CRPS ", "deaths, 30 days: CRPS scaled ", "Brier, any event"):
        assert row in done.stdout
    assert "origin 2031-11-12, 4 of 4" in done.stderr
    assert "origin" not in done.stdout.split("\n")[0]


def test_page_and_json(events: Path, tmp_path: Path):
    page = tmp_path / "skill.md"
    done = run(events, "--json", "-o", page, "--delay", "3", "--by", "province")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["delay"], told["by"], told["every"]) == (3, "dyad and province", 14)
    assert len(told["baselines"]) == 10 and told["models"][0] == "pool"
    assert {row["horizon"] for row in told["results"]} == {7, 14, 30}
    text = page.read_text("utf-8")
    assert "| climatology |" in text
    assert "dated at least 4 days before the origin" in text


def test_the_prior_of_other_wars_can_be_tried_beside(events: Path):
    done = run(events, "--prior", "--excitation", "--json", "--to", "2031-10-01")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["models"] == [
        *("pool", "ratio learner", "averaged filters", "excitation", "pool with prior"),
    ]
    means = told["results"][0]["means"]
    assert means["pool with prior"] != means["pool"]


def test_a_prior_that_has_seen_the_events_is_refused(events: Path):
    dataset = read_events(events).dataset
    seen = replace(bundled(), provenance=replace(bundled().provenance, digest=dataset.digest))
    with pytest.raises(ForecastRefused, match="fitted on this very table"):
        with_prior(MODELS, dataset, seen)


def test_the_same_table_gives_the_same_scores(events: Path):
    words = ("--json", "--to", "2031-10-01")
    assert run(events, *words).stdout == run(events, *words).stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["evaluate", "weather", "TABLE"], "No such command 'weather'"),
        (["evaluate", "escalation", "TABLE", "--by", "village"], "dyad or province"),
        (["evaluate", "escalation", "TABLE", "--from", "soon"], "soon"),
        (["evaluate", "escalation", "TABLE", "--to", "1999-01-01"], "before the first"),
        (["evaluate", "escalation", "nowhere"], "no registered event table"),
        (["evaluate", "escalation", "TABLE", "-o", "/"], "is a folder"),
    ],
)
def test_wrong_use_is_told(events: Path, words: list[str], says: str):
    done = CliRunner().invoke(app, [str(events) if word == "TABLE" else word for word in words])
    assert done.exit_code == 2 and says in done.stderr, done.output


def test_origins_without_a_past_are_refused(events: Path):
    done = run(events, "--from", "2031-01-05", "--to", "2031-01-06")
    assert done.exit_code == 1
    assert "no series has 20 events before any origin" in done.stderr


def test_origins_that_nobody_named_are_those_that_the_table_can_carry(events: Path):
    first, last = usual_origins(read_events(events).dataset)
    assert (first, last) == (date(2031, 7, 20), date(2032, 1, 6))


@pytest.mark.shared
def test_a_war_that_was(shared: Path, tmp_path: Path):
    """Two origins of the real table: what the study speaks of is there, and leaks nothing."""
    table = "data/ucdp/ged_syria_2016_2019.parquet"
    ingest(shared / table, "ucdp-ged", tmp_path, declared(covers=["2016-01-01..2019-11-30"]))
    events = read_events(tmp_path)
    assert usual_origins(events.dataset) == STANDARD
    plan = Plan(first=STANDARD[0], last=date(2018, 1, 15), horizons=(7,))
    study = evaluate(events, plan)
    assert study.rolled.scores["origin"].n_unique() == 2
    assert study.result("CRPS", "events", 7).cases >= 40
    means = study.result("CRPS", "events", 7).means
    assert means["pool"] < means["climatology"]
    with pytest.raises(ForecastRefused):
        evaluate(events, Plan(first=date(2016, 1, 2), last=date(2016, 1, 2), horizons=(7,)))
