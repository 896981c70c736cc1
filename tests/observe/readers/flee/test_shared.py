"""The field's own cases: read as they are, and counts of each day as Flee itself gives them."""

import csv
from pathlib import Path

import numpy as np
import pytest

from foreshock.observe.readers.flee.checking import check_folder
from foreshock.observe.readers.flee.folder import FleeFolder, read_folder

pytestmark = pytest.mark.shared

# sites, roads, closures, camps, days; capacities that are a largest count
CASES = {
    "mali2012": (23, 35, 2, 7, 300, 1),
    "burundi2015": (30, 41, 4, 5, 396, 5),
    "car2013": (63, 86, 2, 14, 820, 3),
    "ssudan2013": (51, 60, 3, 10, 604, 8),
    "tigray2020": (55, 63, 5, 4, 300, 2),
}
SCALES = dict.fromkeys(CASES, 100) | {"mali2012": 10}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, shared: Path) -> FleeFolder:
    return read_folder(shared / "data" / "flee" / request.param)


def test_all_of_it_is_read(case: FleeFolder):
    network = case.network
    sites, roads, closures, camps, days, _ = CASES[network.name]
    assert (len(network.sites), len(network.roads)) == (sites, roads)
    assert (len(network.closures), len(network.camps)) == (closures, camps)
    assert network.conflict.shape == (days, sites)
    assert network.conflict.any(axis=1).all()
    assert case.counted.total is not None


def test_counts_of_each_day_are_those_of_flee(case: FleeFolder, shared: Path):
    scale = SCALES[case.network.name]
    reference = shared / "data" / "flee" / "reference"
    days = np.arange(case.network.days)
    ours = {camp.name: camp.interpolated(days, scale) for camp in case.counted.camps}
    with (reference / f"{case.network.name}_one_in_{scale}.csv").open() as lines:
        rows = [(row["camp"], int(row["day"]), int(row["data"])) for row in csv.DictReader(lines)]
    assert len(rows) == case.network.days * len(case.network.camps)
    assert [row for row in rows if ours[row[0]][row[1]] != row[2]] == []


def test_capacities_read_off_the_counts_are_found(case: FleeFolder):
    checked = check_folder(case.path)
    assert checked.faults == ()
    leaks = [fault for fault in checked.warnings if fault.what.startswith("LEAK")]
    assert len(leaks) == CASES[case.network.name][-1]


def test_no_report_is_known_before_its_day(case: FleeFolder):
    for camp in case.counted.camps:
        for part in camp.parts:
            assert (np.diff(part.days) >= 0).all()
        assert np.isnan(camp.reported([int(camp.days[0]) - 1])).all()
        if not camp.parts:
            assert (camp.reported(camp.days) == camp.people).all()
