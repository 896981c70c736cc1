"""`foreshock flee run` beside Flee itself, version 3.1 from the package index, on the same folders.

Whole processes, imports counted, in processor seconds. Flee runs in an environment of its own,
made at the first run in the folder for temporary files; its runner stands below, as the package has
none. Full mali2012 is run by both, and whole processes are compared; as version 3.1 lets half as
many people again set out there as the development version, the ratio per agent-step stands beside.
The other four are run by Flee at a hundredth of the people (a full run takes up to an hour) and by
Foreshock in full, and compared per agent-step; what Flee takes to start and read the folder is
taken off first, so that its small runs are not made to look slow. Both have run once before, so
that no module is compiled in what is measured. Ours is the median of five runs, Flee's one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.process import Run, run

FOLDERS = Path(__file__).parents[2] / "shared/data/flee"
AT_MOST_OF_FLEE, AT_MOST_PER_STEP = 100 / 100, 100 / 60
"""Percent of Flee's processor time: a hundredth, and a sixtieth per agent-step."""
COHORT_S, COHORT_MB = 30.0, 2048.0
RUNS = 5

_PACKAGES = ("flee==3.1", "numpy", "pandas", "beartype", "pyyaml", "matplotlib")
_HUNDREDTH = ("burundi2015", "car2013", "ssudan2013", "tigray2020")

_RUNNER = """
import sys
from flee import flee, spawning, InputGeography
from flee.SimulationSettings import SimulationSettings
from flee.datamanager import handle_refugee_data, read_period
import flee.postprocessing.analysis as analysis
folder, settings, days = sys.argv[1], sys.argv[2], int(sys.argv[3])
start, length = read_period.read_conflict_period(f"{folder}/input_csv/sim_period.csv")
flee.SimulationSettings.ReadFromYML(settings)
flee.SimulationSettings.ConflictInputFile = f"{folder}/input_csv/conflicts.csv"
world = flee.Ecosystem()
geography = InputGeography.InputGeography()
geography.ReadLocationsFromCSV(f"{folder}/input_csv/locations.csv")
geography.ReadLinksFromCSV(f"{folder}/input_csv/routes.csv")
geography.ReadClosuresFromCSV(f"{folder}/input_csv/closures.csv")
world, places = geography.StoreInputGeographyInEcosystem(world)
data = handle_refugee_data.RefugeeTable(
    csvformat="generic", data_directory=f"{folder}/source_data", start_date=start,
    data_layout="data_layout.csv",
    population_scaledown_factor=SimulationSettings.optimisations["PopulationScaleDownFactor"])
data.ReadL1Corrections(f"{folder}/input_csv/registration_corrections.csv")
camps = world.get_camp_names()
for camp in camps:
    spawning.add_initial_refugees(world, data, places[camp])
steps = 0
for day in range(length if days < 0 else days):
    geography.AddNewConflictZones(world, day)
    spawning.spawn_daily_displaced(world, day, data)
    spawning.refresh_spawn_weights(world)
    world.enact_border_closures(day)
    world.evolve()
    steps += world.numAgents()
    counted = [data.get_field(camp, day) for camp in camps]
    errors = [analysis.rel_error(places[c].numAgents, n) for c, n in zip(camps, counted)]
    print(day, *(places[camp].numAgents for camp in camps), *counted, *errors)
with open(sys.argv[4], "w") as file:
    file.write(str(steps))
"""


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure.

    Parameters
    ----------
    small : bool
        mali2012 by Flee at a tenth, compared per agent-step, and no cohorts.

    Raises
    ------
    RuntimeError
        If the folders are not there, Flee cannot be installed, or a run fails.
    """
    if not FOLDERS.is_dir():
        raise RuntimeError(f"there are no folders in Flee's format at {FOLDERS}")
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(Path(folder), _flee())
        figures = bench.full_mali(10 if small else 1)
        for case in _HUNDREDTH:
            figures += bench.per_step(case)
        if not small:
            figures += bench.cohorts()
    return "flee run, whole processes, beside Flee 3.1 from the package index", figures


class _Bench:
    def __init__(self, folder: Path, flee: Path) -> None:
        self.folder, self.flee = folder, flee
        self.runner = folder / "run_flee.py"
        self.runner.write_text(_RUNNER, "utf-8")

    def full_mali(self, hasten: int) -> list[Figure]:
        ours, steps = self._ours("mali2012")
        theirs, their_steps = self._theirs("mali2012", hasten)
        took = median(ours)
        per_step = took / (theirs.cpu_s / their_steps * steps)
        scale = "" if hasten == 1 else f" at 1 in {hasten}"
        figures = [
            Figure(f"mali2012, Flee{scale}, processor", "s", [theirs.cpu_s]),
            Figure(f"mali2012, Flee{scale}, agent-steps", "1", [their_steps]),
            Figure("mali2012, ours, processor", "s", ours),
            Figure("mali2012, ours, agent-steps", "1", [steps]),
            Figure("mali2012, Flee's in ours, per agent-step", "x", [1 / per_step]),
        ]
        if hasten == 1:
            share = 100 * took / theirs.cpu_s
            figures += [
                Figure("mali2012, ours of Flee's, whole processes", "%", [share], AT_MOST_OF_FLEE),
                Figure("mali2012, Flee's in ours, whole processes", "x", [100 / share]),
            ]
        return figures

    def per_step(self, case: str) -> list[Figure]:
        ours, steps = self._ours(case)
        start, _ = self._theirs(case, 100, days=0)
        theirs, their_steps = self._theirs(case, 100)
        share = 100 * (median(ours) / steps) / ((theirs.cpu_s - start.cpu_s) / their_steps)
        return [
            Figure(f"{case}, Flee at 1 in 100, processor", "s", [theirs.cpu_s]),
            Figure(f"{case}, Flee to start, processor", "s", [start.cpu_s]),
            Figure(f"{case}, Flee at 1 in 100, agent-steps", "1", [their_steps]),
            Figure(f"{case}, ours in full, processor", "s", ours),
            Figure(f"{case}, ours in full, agent-steps", "1", [steps]),
            Figure(f"{case}, ours of Flee's, per agent-step", "%", [share], AT_MOST_PER_STEP),
            Figure(f"{case}, Flee's in ours, per agent-step", "x", [100 / share]),
        ]

    def cohorts(self) -> list[Figure]:
        command = [sys.executable, "-m", "benchmarks.displacement_stretched"]
        self._run(command)
        done = self._run(command)
        what = "cohorts: tigray2020 over 500 days, 20 million people"
        return [
            Figure(f"{what}, processor", "s", [done.cpu_s], COHORT_S),
            Figure(f"{what}, peak memory", "MB", [done.peak_mb], COHORT_MB),
        ]

    def _ours(self, case: str) -> tuple[list[float], int]:
        out = self.folder / "ours.csv"
        command = [
            sys.executable, "-c", "from foreshock.cli import main; main()", "flee", "run",
            str(FOLDERS / case), "--mode", "compat", "--settings", str(self._settings(1)),
            "-o", str(out),
        ]  # fmt: skip
        self._run(command)
        took = [self._run(command).cpu_s for _ in range(RUNS)]
        header, *rows = out.read_text("utf-8").splitlines()
        people = header.split(",").index("total refugees (simulation)")
        return took, sum(int(row.split(",")[people]) for row in rows)

    def _theirs(self, case: str, hasten: int, days: int = -1) -> tuple[Run, int]:
        steps = self.folder / "steps.txt"
        settings = str(self._settings(hasten))
        command = [str(self.flee), str(self.runner), str(FOLDERS / case), settings]
        self._run([*command, "0", str(steps)])
        done = self._run([*command, str(days), str(steps)])
        return done, int(steps.read_text("utf-8"))

    def _settings(self, hasten: int) -> Path:
        text = (FOLDERS / "simsetting.yml").read_text("utf-8")
        file = self.folder / f"one_in_{hasten}.yml"
        file.write_text(text.replace("hasten: 1", f"hasten: {hasten}"), "utf-8")
        return file

    def _run(self, command: list[str]) -> Run:
        extra = {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"),
        }
        done = run(command, extra)
        if done.code != 0:
            raise RuntimeError(f"{' '.join(command)} ended with {done.code}")
        return done


def _flee() -> Path:
    """Give the interpreter of an environment with Flee in it, made if it is not there."""
    home = Path(tempfile.gettempdir()) / f"foreshock-{_PACKAGES[0].replace('==', '-')}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    marker = home / "complete"
    if not marker.is_file():
        print(f"installing {_PACKAGES[0]} in {home}", file=sys.stderr)
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(home)],
            [str(python), "-m", "pip", "install", "--quiet", *_PACKAGES],
        ):
            if subprocess.run(command, check=False).returncode != 0:
                raise RuntimeError(f"{' '.join(command)} failed: Flee cannot be measured")
        marker.touch()
    return python
