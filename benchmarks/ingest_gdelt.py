"""Taking in five million GDELT events, beside pandas scripts, as whole processes."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import zipfile
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.ingest_ged import checked, python
from benchmarks.process import Run

ROWS, SMALL = 5_000_000, 500_000
ARCHIVES, IN_ONE = 500, 1_000
"""As GDELT puts its events up: four archives an hour, some thousand rows in each."""
SHARE_OF_PEER, PEAK_MB = 1 / 10, 1_024.0
"""The budgets of the design: ten times as fast, at most a gigabyte."""

_RUNS = 3


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure; without pandas and pyarrow, ours alone.

    Parameters
    ----------
    small : bool
        Half a million rows instead of five.
    """
    rows = SMALL if small else ROWS
    source = python("benchmarks.synthetic_gdelt", str(rows)).strip()
    peers = all(importlib.util.find_spec(name) for name in ("pandas", "pyarrow"))
    if not peers:
        print("pandas or pyarrow is missing: no peer is measured", file=sys.stderr)
    ours: list[Run] = []
    same: list[Run] = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(_RUNS):
            ours.append(_ours(source, folder))
            if peers:
                same.append(_peer("same", source, folder))
        plain = [_peer("plain", source, folder)] if peers else []
        packed = _packed(source, Path(folder) / "archives")
        apart = [_ours(packed, folder) for _ in range(_RUNS)]
    what = f"a made-up GDELT of {rows:,} rows, {Path(source).stat().st_size / 2**20:,.0f} MB"
    figures = [
        Figure("foreshock ingest", "s", [each.wall_s for each in ours]),
        Figure("foreshock ingest, processor time", "s", [each.cpu_s for each in ours]),
        Figure("foreshock ingest, peak memory", "MB", [each.peak_mb for each in ours], PEAK_MB),
        Figure(f"{ARCHIVES * IN_ONE:,} rows in {ARCHIVES} zips", "s", [a.wall_s for a in apart]),
        Figure("the same, processor time", "s", [each.cpu_s for each in apart]),
    ]
    if peers:
        ratios = [a.wall_s / b.wall_s for a, b in zip(ours, same, strict=True)]
        figures += [
            Figure("pandas, the same table and checks", "s", [each.wall_s for each in same]),
            Figure("the same, processor time", "s", [each.cpu_s for each in same]),
            Figure("the same, peak memory", "MB", [each.peak_mb for each in same]),
            Figure("pandas, read and write unchecked", "s", [each.wall_s for each in plain]),
            Figure("ours / the same, run by run", "x", ratios, SHARE_OF_PEER),
        ]
    return what, figures


def _ours(source: str, folder: str) -> Run:
    return checked(
        "-m", "foreshock", "ingest", source, "--format", "gdelt", "-o", f"{folder}/events"
    )


def _packed(source: str, folder: Path) -> str:
    """Write the first rows of a table as archives in a folder."""
    folder.mkdir()
    with Path(source).open("rb") as rows:
        for number in range(ARCHIVES):
            moment = datetime(2031, 1, 1) + number * timedelta(minutes=15)
            name = f"{moment:%Y%m%d%H%M%S}.export.CSV"
            with zipfile.ZipFile(folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(name, b"".join(islice(rows, IN_ONE)))
    return str(folder)


def _peer(how: str, source: str, folder: str) -> Run:
    return checked("-m", "benchmarks.pandas_gdelt", how, source, f"{folder}/{how}.parquet")
