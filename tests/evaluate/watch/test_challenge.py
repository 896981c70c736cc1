"""The VIEWS challenge's own numbers come out: inputs as of 2023, scored on the values of 2024."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from foreshock.core.panel import month_id
from foreshock.evaluate.watch.methods import benchmark_methods
from foreshock.evaluate.watch.report import as_json
from foreshock.evaluate.watch.study import run
from foreshock.evaluate.watch.windows import challenge_windows
from foreshock.forecast.watch.benchmarks import BENCHMARKS
from foreshock.observe.readers.panel import read_panel
from foreshock.verify.distributions import crps_of_draws
from foreshock.verify.ignorance import ignorance, ignorance_as_official, repeated

YEARS = (2018, 2019, 2020, 2021)


@pytest.fixture(scope="module")
def months(shared: Path):
    """Give a look-up: vintage, first and last month, to values by country."""
    table = pl.read_parquet(shared / "data/views/country_month_1990_2021.parquet").sort(
        "country_id", "month_id"
    )
    first = int(table["month_id"].min())
    wide = {
        vintage: table[f"deaths_vintage{vintage}"].to_numpy().reshape(191, -1)
        for vintage in (2023, 2024)
    }
    return lambda vintage, start, end: wide[vintage][
        :, month_id(start) - first : month_id(end) - first + 1
    ]


def forecast(months, benchmark: str, year: int) -> tuple[np.ndarray, np.ndarray]:
    known = months(2023, date(1990, 1, 1), date(year - 1, 10, 1))
    came = months(2024, date(year, 1, 1), date(year, 12, 1))
    draws = BENCHMARKS[benchmark](known, range(3, 15), 1000, np.random.default_rng(0))
    return draws, came


@pytest.mark.parametrize(
    ("benchmark", "told", "within"),
    [
        ("conflictology", (14.51, 9.11, 21.60, 78.17), 0.02),
        ("mixture of 6, 12, 24 months", (13.63, 8.49, 21.81, 77.61), 0.02),
        ("zero", (24.13, 23.02, 32.04, 87.34), 0.02),
        ("bootstrap 240", (23.58, 22.46, 31.42, 86.63), 0.03),  # theirs is drawn at random
    ],
)
def test_crps(months, benchmark, told, within):
    found = [float(crps_of_draws(*forecast(months, benchmark, year)).mean()) for year in YEARS]
    assert found == pytest.approx(list(told), abs=within)


def test_the_ignorance_of_twelve_months_as_published_and_as_it_is(months):
    draws, came = forecast(months, "conflictology", 2018)
    assert float(ignorance_as_official(draws, came).mean()) == pytest.approx(0.6403, abs=5e-5)
    assert float(ignorance(draws, came).mean()) == pytest.approx(1.2355, abs=5e-5)
    assert float(ignorance(repeated(draws), came).mean()) == pytest.approx(0.7353, abs=5e-5)


def test_the_study_gives_the_same_from_the_file(shared: Path):
    path = shared / "data/views/country_month_1990_2021.parquet"
    inputs, truth = (read_panel(path, f"deaths_vintage{vintage}") for vintage in (2023, 2024))
    methods = {
        name: method
        for name, method in benchmark_methods().items()
        if name in {"conflictology", "mixture of 6, 12, 24 months"}
    }
    found = run(inputs, truth, challenge_windows([2018, 2019]), methods)
    told = {
        name: [round(each, 2) for each in scores["scores"]["crps"].values()]
        for name, scores in as_json(found)["methods"].items()
    }
    assert told["conflictology"] == [14.51, 9.11, pytest.approx(11.81, abs=0.01)]
    assert told["mixture of 6, 12, 24 months"] == [13.63, 8.49, pytest.approx(11.06, abs=0.01)]
    assert found.left_out == 0
    official = as_json(found)["methods"]["conflictology"]["scores"]["ignorance_official"]
    assert official["2018"] == pytest.approx(0.6403, abs=5e-5)
