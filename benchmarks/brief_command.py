"""The command line as a user meets it: ``--help``, the first brief after install, the next ones.

"First" starts from an empty ``FORESHOCK_HOME`` and with no module compiled, neither Foreshock's nor
its dependencies'; "warm" has the store and the bytecode. Both keep their bytecode apart from the
checkout, so neither depends on what ran before.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.process import Run, run

CASE = "idlib-2020"
HELP_S, FIRST_S, WARM_S, PEAK_MB = 0.3, 60.0, 10.0, 1024.0
"""The budgets of the design."""

_RUNS = 5


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure the whole processes.

    Parameters
    ----------
    small : bool
        Three runs of each command instead of five.

    Returns
    -------
    str, list of Figure
        What it was measured on, and the figures.

    Raises
    ------
    RuntimeError
        If a command fails: a command that ends early is quick.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _foreshock(home / "warm", "brief", CASE)
        _foreshock(home / "warm", "--help")
        helped, first, warm = [], [], []
        for number in range(3 if small else _RUNS):
            helped.append(_foreshock(home / "warm", "--help"))
            first.append(_foreshock(home / f"first-{number}", "brief", CASE))
            warm.append(_foreshock(home / "warm", "brief", CASE))
    return f"foreshock brief {CASE}, whole processes", [
        Figure("foreshock --help", "s", [r.wall_s for r in helped], HELP_S),
        Figure(
            "first brief: empty home, nothing compiled", "s", [r.wall_s for r in first], FIRST_S
        ),
        Figure("warm brief", "s", [r.wall_s for r in warm], WARM_S),
        Figure("warm brief, processor time", "s", [r.cpu_s for r in warm]),
        Figure("foreshock --help, peak memory", "MB", [r.peak_mb for r in helped]),
        Figure("first brief, peak memory", "MB", [r.peak_mb for r in first]),
        Figure("warm brief, peak memory", "MB", [r.peak_mb for r in warm], PEAK_MB),
    ]


def _foreshock(home: Path, *arguments: str) -> Run:
    extra = {
        "FORESHOCK_HOME": str(home),
        "PYTHONPYCACHEPREFIX": f"{home}-bytecode",
        "PYTHONDONTWRITEBYTECODE": "",
    }
    taken = run([sys.executable, "-m", "foreshock", *arguments], extra)
    if taken.code != 0:
        raise RuntimeError(f"foreshock {' '.join(arguments)} ended with exit status {taken.code}")
    return taken
