"""Compat beside Flee itself: its development version of May 2026, 20 seeds of each case."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foreshock.core.network import Counted, Network
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.pushing import counted
from foreshock.forecast.displacement.movement.run import move, plan
from foreshock.observe.readers.flee.folder import read_folder

SCALES = {
    "mali2012": 10,
    "burundi2015": 100,
    "car2013": 100,
    "ssudan2013": 100,
    "tigray2020": 100,
}
SEEDS = 20


def opened(shared: Path, case: str, hasten: int) -> tuple[Network, Counted, MovementRules]:
    """Read a case with the settings that all were run with."""
    read = read_folder(shared / "data/flee" / case, shared / "data/flee/simsetting.yml")
    assert read.settings is not None
    return read.network, read.counted, replace(read.settings, hasten=hasten)


@pytest.mark.parametrize("case", SCALES)
def test_as_many_in_each_camp_on_each_day_as_flee_has(case: str, shared: Path):
    """Within three joint standard errors, half a person where Flee has no spread, on 95 %."""
    network, found, rules = opened(shared, case, SCALES[case])
    planned = plan(network, rules, Mode.COMPAT, found)
    runs = [move(planned, seed=seed) for seed in range(SEEDS)]
    people = np.array([run.people[:, list(network.camps)] for run in runs], np.float64)
    camps = [network.sites[at].name for at in network.camps]
    mean, spread, data = (np.full(people.shape[1:], np.nan) for _ in range(3))
    folder = shared / "data/flee/reference"
    with next(folder.glob(f"{case}*.csv")).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cell = int(row["day"]), camps.index(row["camp"])
            mean[cell], spread[cell], data[cell] = (
                float(row[name]) for name in ("sim_mean", "sim_sd", "data")
            )
    assert not np.isnan(mean).any()
    error = np.sqrt(spread**2 / 20 + people.var(axis=0, ddof=1) / SEEDS)
    apart = np.abs(people.mean(axis=0) - mean)
    agree = np.where(spread == 0, apart <= 0.5, apart <= 3 * error)
    assert agree.mean() >= 0.95
    with (folder / "summary.csv").open(encoding="utf-8") as file:
        summary = next(row for row in csv.DictReader(file) if row["case"] == case)
    assert {run.steps for run in runs} == {int(summary["agent_steps"])}
    some = data.sum(axis=1) > 0
    relative = np.abs(people - data).sum(axis=2)[:, some] / data.sum(axis=1)[some]
    assert abs(relative.mean() - float(summary["ard_mean"])) <= 0.01


@pytest.mark.parametrize(
    ("case", "hasten", "steps"), [("mali2012", 1, 19_769_519), ("burundi2015", 10, 6_224_456)]
)
def test_agent_steps_are_exact(case: str, hasten: int, steps: int, shared: Path):
    """How many there are each day hangs on the counts alone."""
    network, found, rules = opened(shared, case, hasten)
    arrivals = counted(network, rules, found)
    assert int((arrivals.present.sum() + np.cumsum(arrivals.daily)).sum()) == steps
