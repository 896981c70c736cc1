"""The synthetic store on disk: built once by `Store.append`, then kept in the temporary folder.

Run as a program, so that whoever measures stays small:
``python -m benchmarks.synthetic_store CASES`` prints the path of the store.
"""

from __future__ import annotations

import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from sqlalchemy.schema import CreateIndex, CreateTable

from benchmarks.synthetic import CLAIMS, make_case
from foreshock.core.digest import digest
from foreshock.evidence.batch import Batch
from foreshock.evidence.records import record_digest
from foreshock.evidence.store import Store
from foreshock.evidence.tables import METADATA, SCHEMA_VERSION

ROUNDS = 10
"""Batches in which a case arrives."""

TOGETHER = 20
"""Cases whose batches arrive in turn, so that no case lies in one piece on the disk."""


def version() -> str:
    """Digest of what is in the file: a sample of the records as written down, and the tables."""
    sample = make_case(0, claims=500)
    records = [record_digest(record) for record in (*sample.entries, *sample.claims)]
    layout = [str(CreateTable(made)) for made in METADATA.sorted_tables]
    layout += [str(CreateIndex(i)) for made in METADATA.sorted_tables for i in made.indexes]
    return digest(SCHEMA_VERSION, CLAIMS, ROUNDS, TOGETHER, records, sorted(layout))


def build(cases: int) -> Path:
    """Give the path of a store of so many cases, building it if it is not there yet."""
    folder = Path(tempfile.gettempdir()) / f"foreshock-benchmarks-{version()}"
    path = folder / f"{cases}-cases.sqlite"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    store = Store(part)
    start = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        waves = [range(i, min(i + TOGETHER, cases)) for i in range(0, cases, TOGETHER)]
        coming = [pool.submit(make_case, number) for number in waves[0]]
        for wave, following in zip(waves, [*waves[1:], range(0)], strict=True):
            made = [future.result() for future in coming]
            coming = [pool.submit(make_case, number) for number in following]
            for turn in range(ROUNDS):
                for case in made:
                    step = -(-len(case.claims) // ROUNDS)
                    batch = Batch(
                        claims=case.claims[turn * step : (turn + 1) * step],
                        entries=case.entries if turn == 0 else (),
                    )
                    store.append(case.name, batch)
            done = (wave[-1] + 1) * CLAIMS
            print(
                f"building the synthetic store: {done:,} of {cases * CLAIMS:,} claims, "
                f"{time.monotonic() - start:.0f} s",
                file=sys.stderr,
            )
    part.rename(path)
    return path


if __name__ == "__main__":
    print(build(int(sys.argv[1])))
