"""Summing up: means, the best simple method, skill, series won, coverage; and how they are told."""

import json

import numpy as np
import polars as pl
import pytest
from tests.evaluate.studies import plan, rolled

from foreshock.evaluate.report import Table, as_json, as_markdown, as_text
from foreshock.evaluate.rolling import Rolled
from foreshock.evaluate.tables import BLOCK, studied
from foreshock.forecast import baselines
from foreshock.verify.skill import skill

BIGGEST = ("gondal>ruritania",)


@pytest.fixture(scope="module")
def study():
    return studied(rolled(), plan(), BIGGEST)


def scored(name: str, **which) -> np.ndarray:
    column = which.pop("column", "crps")
    cases = rolled().scores.filter(forecaster=name, **which).sort("origin", "series")
    return cases[column].to_numpy()


def test_means_and_the_best_simple_method_by_hand(study):
    found = study.result("CRPS", "events", 7)
    means = {name: scored(name, measure="events").mean() for name in ("pool", *baselines.NAMES)}
    assert {name: found.means[name] for name in means} == pytest.approx(means)
    assert found.best == min(baselines.NAMES, key=means.get)


def test_skill_and_series_won_by_hand(study):
    found = study.result("CRPS scaled", "deaths", 7)
    ours, theirs = (
        scored(name, measure="deaths", column="scaled") for name in ("pool", found.best)
    )
    assert found.skill["pool"].value == pytest.approx(1 - ours.mean() / theirs.mean())
    by_series = ours.reshape(6, 4).mean(axis=0) < theirs.reshape(6, 4).mean(axis=0)
    assert (found.won["pool"].won, found.won["pool"].of) == (by_series.sum(), 4)


def test_blocks_of_origins_make_the_interval():
    """Enough origins: the interval is that of the record's own resampling."""
    random = np.random.default_rng(7)
    origins = np.repeat(np.arange(20), 3)
    frame = pl.DataFrame({
        "origin": pl.Series(origins).cast(pl.Date),
        "series": ["a", "b", "c"] * 20,
        "measure": "events", "horizon": 7, "came": 1.0, "active": True, "last": 9,
    })  # fmt: skip
    names = ("pool", "climatology")
    columns = ("crps", "scaled", "log", "any", "rise", "within", "promised", "pit")
    values = {name: random.gamma(2, 1, 60) for name in names}
    rows = pl.concat([
        frame.with_columns(
            pl.lit(name).alias("forecaster"),
            *(pl.Series(column, values[name]) for column in columns),
        )
        for name in names
    ])  # fmt: skip
    made = Rolled(rows, ("pool",), ("climatology",), {}, 0)
    study = studied(made, plan(measures=("events",)), ())
    expected = skill(values["pool"], values["climatology"], origins, seed=0, block=BLOCK)
    assert study.result("CRPS", "events", 7).skill["pool"] == expected


def test_cases_are_those_that_a_score_speaks_of(study):
    cases = rolled().scores.filter(forecaster="pool", measure="events")
    without = cases.filter(~pl.col("series").is_in(BIGGEST))
    for name, expected in (
        ("CRPS, three biggest left out", without),
        ("Brier, any event", cases.filter(pl.col("active"))),
        ("Brier, rise after 1 or more", cases.filter(pl.col("last") >= 1)),
        ("Brier, rise after 5 or more", cases.filter(pl.col("last") >= 5)),
    ):
        found = study.result(name, "events", 7)
        assert found.cases == len(expected) > 0
        assert found.means["pool"] == pytest.approx(expected[found.score.column].mean())
    assert study.result("Brier, any event", "deaths", 7) is None


def test_coverage_by_hand(study):
    (row,) = [
        each
        for each in study.coverage
        if (each.forecaster, each.measure) == ("pool", "deaths") and "5 or more" in each.among
    ]
    cases = rolled().scores.filter(pl.col("last") >= 5, forecaster="pool", measure="deaths")
    assert row.cases == len(cases)
    told = (row.within, row.promised, row.transform)
    assert told == pytest.approx([cases[name].mean() for name in ("within", "promised", "pit")])


def test_text_page_and_json_tell_the_same(study):
    found = study.result("CRPS", "deaths", 7)
    value = (
        f"{found.means['pool']:.3f}" if found.means["pool"] < 10 else f"{found.means['pool']:.2f}"
    )
    text, page = as_text(study, "dyad", "Made up"), as_markdown(study, "dyad", "Made up")
    (line,) = [each for each in text.split("\n") if each.startswith("deaths, 7 days: CRPS  ")]
    assert value in line and found.best in line
    assert f"| {value} |" in page
    told = json.loads(json.dumps(as_json(study, "dyad", "Made up")))
    (row,) = [
        each for each in told["results"] if (each["score"], each["measure"]) == ("CRPS", "deaths")
    ]
    assert row["means"]["pool"] == found.means["pool"]
    assert len(told["tuned_once"]) == 2 and told["origins"] == 6


def test_a_hostile_name_stays_in_its_cell():
    table = Table("", "", ("who",), (("a | b\n# <b>[x](y)</b> `c`",),))
    assert table.markdown().split("\n")[2] == (r"| a \| b # \<b\>\[x\](y)\</b\> \`c\` |")
