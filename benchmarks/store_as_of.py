"""One case of 5,000 claims out of a million, as of a day: reading it, and its whole picture.

Each group of measurements runs in a process of its own (`benchmarks.one_case`), so that "cold" is
cold and the peak of memory is its own. Cold means a fresh process that has imported Foreshock and
has not yet read anything; the file lies in the operating system's page cache.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure

CASES, SMALL = 200, 10
VIEW_MS, PICTURE_S = 100.0, 2.0
"""The budgets of the design."""

_COLD, _DIFFERENT = 5, 20


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure, building the store first where it is missing.

    Parameters
    ----------
    small : bool
        A store of 50,000 claims instead of a million.

    Returns
    -------
    str, list of Figure
        What it was measured on, and the figures.
    """
    cases = SMALL if small else CASES
    path = _python("benchmarks.synthetic_store", str(cases)).strip()
    names = [f"case-{i * cases // _DIFFERENT:03d}" for i in range(_DIFFERENT)]
    names = list(dict.fromkeys(names))
    _measure("cold", path, names[-1])  # not counted: it compiles what is not compiled yet
    cold = [_measure("cold", path, name) for name in names[:_COLD]]
    warm = _measure("warm", path, *names)
    picture = _measure("picture", path, *names)
    sizes = warm["claims"] + picture["claims"] + [n for one in cold for n in one["claims"]]
    assert set(sizes) == {5_000}, sizes
    what = (
        f"a store of {cases * 5_000:,} claims in {cases} cases, "
        f"{Path(path).stat().st_size / 2**20:,.0f} MB; one case of 5,000 claims, all visible"
    )
    return what, [
        Figure("open the store and read a case, cold", "ms", _all(cold, "view"), VIEW_MS),
        Figure(f"read {len(names)} different cases, first time each", "ms", warm["first"], VIEW_MS),
        Figure("read one case again and again", "ms", warm["again"], VIEW_MS),
        Figure("the same rows by plain sqlite3 and json.loads", "ms", warm["peer"]),
        Figure("read a case / plain, pair by pair", "x", warm["ratio"]),
        Figure("whole picture, cold", "s", _all(cold, "picture")),
        Figure(
            f"whole picture of {len(names)} different cases", "s", picture["picture"], PICTURE_S
        ),
        Figure("peak memory after reading one case, cold", "MB", _all(cold, "peak_view")),
        Figure("peak memory after its whole picture, cold", "MB", _all(cold, "peak_picture")),
    ]


def _all(runs: Sequence[dict[str, Any]], name: str) -> list[float]:
    return [value for one in runs for value in one[name]]


def _python(*arguments: str) -> str:
    command = [sys.executable, "-m", *arguments]
    # Modules are compiled once and kept, as an installed program's are, but outside the checkout.
    bytecode = Path(tempfile.gettempdir()) / "foreshock-benchmarks-bytecode"
    keep = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(bytecode)}
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | keep
    ).stdout


def _measure(how: str, path: str, *names: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_python("benchmarks.one_case", how, path, *names))
    return found
