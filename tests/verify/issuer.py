"""A program that issues forecasts while a test kills it, fills its disk or writes beside it.

It runs as a process of its own: ``python issuer.py WHAT FOLDER [ARGUMENT ...]``.
"""

from __future__ import annotations

import os
import resource
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import filelock  # noqa: F401 - so that the children of a fork need not load it

from foreshock.core.errors import ForeshockError
from foreshock.verify.entries import Draft
from foreshock.verify.ledger import Ledger

CASE = "river-war"
NOW = datetime(2031, 5, 2, 9, tzinfo=UTC)
BATCH = 4


def drafts(name: str, number: int = BATCH, size: int = 2_000) -> list[Draft]:
    return [
        Draft(
            as_of=date(2031, 5, 1),
            evidence=name,
            question=f"Q{n}",
            seed=7,
            answer={"probability": 0.25, "interval": [0.2, 0.3]},
            resolver="x" * size,
        )
        for n in range(number)
    ]


def fork_issuers(folder: Path) -> None:
    """For each line of input fork an issuer, say its process id, and wait for its death."""
    acknowledged = os.open(folder / "acknowledged", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            ledger = Ledger(folder / "home", CASE, lambda: NOW)
            n = 0
            while True:
                name = f"{line.strip()}.{n}"
                ledger.issue(drafts(name))
                os.write(acknowledged, f"{name}\n".encode())
                n += 1
        print(pid, flush=True)
        _, status = os.waitpid(pid, 0)
        print("killed" if os.WIFSIGNALED(status) else f"died by itself ({status})", flush=True)


def issue_many(folder: Path, who: str, number: str) -> None:
    """Issue batches, every other one of which the neighbour issues too."""
    ledger = Ledger(folder, CASE, lambda: NOW)
    for n in range(int(number)):
        name = f"{who}.{n}" if n % 2 else f"both.{n}"
        for entry in ledger.issue(drafts(name, size=10)):
            print(entry.number, entry.evidence, entry.hash, flush=True)


def fill(folder: Path, most: str) -> None:
    """Issue until no file may grow further; say what stands."""
    ledger = Ledger(folder, CASE, lambda: NOW)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), resource.RLIM_INFINITY))
    n = 0
    try:
        while True:
            ledger.issue(drafts(f"full.{n}"))
            n += 1
    except ForeshockError as error:
        print(type(error).__name__, n, len(ledger.entries()))


if __name__ == "__main__":
    import signal

    _, what, where, *rest = sys.argv
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    {"kill": fork_issuers, "many": issue_many, "fill": fill}[what](Path(where), *rest)
