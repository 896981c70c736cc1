"""Taking in a file as large as the whole UCDP GED, beside pandas scripts, as whole processes."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.process import Run, run

ROWS, SMALL = 350_000, 50_000
"""UCDP GED 24.1 has 349,733 events."""
SHARE_OF_PEER, PEAK_MB = 1 / 5, 1_024.0
"""The budgets of the design: five times as fast, at most a gigabyte."""

_RUNS = 5


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure; without pandas and pyarrow, ours alone.

    Parameters
    ----------
    small : bool
        50,000 rows instead of 350,000.
    """
    rows = SMALL if small else ROWS
    source = python("benchmarks.synthetic_ged", str(rows)).strip()
    peers = all(importlib.util.find_spec(name) for name in ("pandas", "pyarrow"))
    if not peers:
        print("pandas or pyarrow is missing: no peer is measured", file=sys.stderr)
    ours: list[Run] = []
    same: list[Run] = []
    plain: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        _ours(source, folder)
        for _ in range(3 if small else _RUNS):
            ours.append(_ours(source, folder))
            if peers:
                same.append(_peer("same", source, folder))
                plain.append(_peer("plain", source, folder))
    what = f"a made-up GED of {rows:,} rows, {Path(source).stat().st_size / 2**20:,.0f} MB"
    figures = [
        Figure("foreshock ingest", "s", [each.wall_s for each in ours]),
        Figure("foreshock ingest, processor time", "s", [each.cpu_s for each in ours]),
        Figure("foreshock ingest, peak memory", "MB", [each.peak_mb for each in ours], PEAK_MB),
    ]
    if peers:
        ratios = [a.wall_s / b.wall_s for a, b in zip(ours, same, strict=True)]
        bare = [a.wall_s / b.wall_s for a, b in zip(ours, plain, strict=True)]
        figures += [
            Figure("pandas, the same table and checks", "s", [each.wall_s for each in same]),
            Figure("the same, processor time", "s", [each.cpu_s for each in same]),
            Figure("the same, peak memory", "MB", [each.peak_mb for each in same]),
            Figure("pandas, read and write unchecked", "s", [each.wall_s for each in plain]),
            Figure("ours / the same, run by run", "x", ratios, SHARE_OF_PEER),
            Figure("ours / unchecked, run by run", "x", bare),
        ]
    return what, figures


def _ours(source: str, folder: str) -> Run:
    return checked(
        "-m", "foreshock", "ingest", source, "--format", "ucdp-ged", "-o", f"{folder}/events"
    )


def _peer(how: str, source: str, folder: str) -> Run:
    return checked("-m", "benchmarks.pandas_ged", how, source, f"{folder}/{how}.parquet")


def checked(*arguments: str) -> Run:
    """Run this Python to its end; an error if it ends with one."""
    taken = run([sys.executable, *arguments])
    if taken.code != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with exit status {taken.code}")
    return taken


def python(*arguments: str) -> str:
    """Run a module of this Python and give what it prints."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
