"""The watch as a user runs it: from a panel of the world to the list, as whole processes."""

from __future__ import annotations

import csv
import sys
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from benchmarks.process import Run, run
from foreshock.lexicon.countries import countries

UNITS, MONTHS, SMALL = 191, 384, 160
"""Countries and months since 1990 to 2021, and fewer months."""

SECONDS, PEAK_MB = 60.0, 1_024.0
"""The budget of the issue: the world from one origin on two cores."""


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure with and without drivers, hindcasts and last month's issue.

    Parameters
    ----------
    small : bool
        Fewer months, and one run of each instead of three.
    """
    months = SMALL if small else MONTHS
    with tempfile.TemporaryDirectory() as folder:
        panel = Path(folder) / "panel.csv"
        _write(panel, months)
        runs = range(1 if small else 3)
        whole = [_watch(panel, Path(folder) / f"whole-{number}") for number in runs]
        quick = [_watch(panel, Path(folder) / f"quick-{number}", "--quick") for number in runs]
    return f"foreshock watch, a made-up world of {UNITS} countries × {months} months", [
        Figure("forecast alone: --quick", "s", [each.wall_s for each in quick], SECONDS),
        Figure("the same, processor time", "s", [each.cpu_s for each in quick]),
        Figure("whole list, drivers and record", "s", [each.wall_s for each in whole], SECONDS),
        Figure("the same, processor time", "s", [each.cpu_s for each in whole]),
        Figure("the same, peak memory", "MB", [each.peak_mb for each in whole], PEAK_MB),
    ]


def _watch(panel: Path, home: Path, *more: str) -> Run:
    command = [sys.executable, "-m", "foreshock", "watch", str(panel), *more]
    taken = run(command, {"FORESHOCK_HOME": str(home)})
    if taken.code != 0:
        raise RuntimeError(f"foreshock watch ended with exit status {taken.code}")
    return taken


def _write(path: Path, months: int) -> None:
    """Write a world of which a fifth is at war at any time, with quiet and bloody months."""
    random = np.random.default_rng(0)
    at_war = np.zeros((UNITS, months), bool)
    at_war[:, 0] = random.random(UNITS) < 0.2
    for month in range(1, months):
        end, begin = random.random(UNITS) < 0.02, random.random(UNITS) < 0.005
        at_war[:, month] = np.where(at_war[:, month - 1], ~end, begin)
    level = 10 ** random.uniform(0.3, 3, UNITS)[:, None]
    deaths = np.where(at_war, random.negative_binomial(1, 1 / (1 + level), at_war.shape), 0)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        numbers = [each.id for each in countries() if each.in_panel and each.until is None]
        writer.writerow(["country_id", "month", "deaths"])
        for month in range(months):
            label = f"{1990 + month // 12}-{month % 12 + 1:02}"
            writer.writerows((numbers[unit], label, deaths[unit, month]) for unit in range(UNITS))
