"""A program that writes to a store while a test kills it, fills its disk or takes its rights away.

It runs as a process of its own: ``python writer.py WHAT PATH [ARGUMENT ...]``.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from foreshock.core.errors import ForeshockError
from foreshock.evidence import engine
from foreshock.evidence.batch import Batch
from foreshock.evidence.claim import Claim, Source
from foreshock.evidence.store import Store

CASE = "river-war"
DAY = date(2031, 4, 15)
CLAIMS = 30
"""Claims in a batch; each tells its batch and its place in it."""

NOBODY = 65534


def batch(name: str, size: int = 200) -> Batch:
    """Make a batch that can be told whole from broken: `CLAIMS` claims and a source."""
    return Batch(
        claims=[
            Claim(report=name, summary=f"{name} {n} " + "x" * size, known_at=DAY)
            for n in range(CLAIMS)
        ],
        entries=[Source(id=name, name=name)],
    )


def warm_up() -> None:
    """Load what writing needs: that takes longer than writing, and rights to our own files."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "evidence.sqlite")
        store.append(CASE, batch("warm"))
        store.view(CASE, DAY)


def fork_writers(path: Path) -> None:
    """For each line of input fork a writer, say its process id, and wait for its death."""
    warm_up()
    _small_cache()  # so that pages reach the file before the transaction ends
    acknowledged = os.open(f"{path}.acknowledged", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            store = Store(path)
            n = 0
            while True:
                name = f"{line.strip()}.{n}"
                store.append(CASE, batch(name))
                os.write(acknowledged, f"{name}\n".encode())
                n += 1
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print("killed" if os.WIFSIGNALED(status) else f"died by itself ({status})", flush=True)


def _small_cache() -> None:
    connect = engine.connect

    def connect_with_small_cache(path: Path) -> Any:
        made = connect(path)

        @event.listens_for(made, "connect")
        def _shrink(connection: Any, _record: Any) -> None:
            connection.execute("PRAGMA cache_size = 4")

        return made

    sys.modules["foreshock.evidence.store"].connect = connect_with_small_cache  # type: ignore[attr-defined]


def append_many(path: Path, who: str, number: str) -> None:
    """Append batches by a clock that stands still, saying when each was recorded."""
    still = datetime(2031, 6, 1, tzinfo=UTC)
    store = Store(path, lambda: still)
    for n in range(int(number)):
        receipt = store.append(CASE, batch(f"{who}.{n}", size=10))
        assert receipt.recorded_at is not None
        print(receipt.recorded_at.isoformat(), flush=True)


def fill(path: Path, most: str) -> None:
    """Append until no file of this process may grow further; say what stands and what is wrong."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), resource.RLIM_INFINITY))
    store = Store(path)
    n = 0
    try:
        while True:
            store.append(CASE, batch(f"full.{n}", size=2_000))
            n += 1
    except ForeshockError as error:
        print(type(error).__name__, n, len(store.view(CASE, DAY).claims))


def without_rights(path: Path) -> None:
    """Read and append as somebody who may not write there; say what happens at each step."""
    warm_up()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    step = "open"
    try:
        store = Store(path)
        step = "read"
        print("claims", len(store.view(CASE, DAY).claims))
        step = "append"
        store.append(CASE, batch("mine"))
        print("appended")
    except ForeshockError as error:
        print(step, type(error).__name__, error.where)


if __name__ == "__main__":
    _, what, where, *rest = sys.argv
    steps = {"kill": fork_writers, "many": append_many, "fill": fill, "rights": without_rights}
    steps[what](Path(where), *rest)
