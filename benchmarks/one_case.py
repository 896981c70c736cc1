"""What is timed inside one process: reading cases from a store, and their pictures.

``python -m benchmarks.one_case cold|warm|picture STORE CASE ...`` prints the repetitions as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import plain_sqlite
from benchmarks.process import own_peak_mb
from benchmarks.synthetic import LAST
from foreshock.assess.picture import assess
from foreshock.evidence.store import Store

_AGAIN = 20


def _seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _cold(path: Path, names: Sequence[str]) -> dict[str, Any]:
    seconds, view = _seconds(lambda: Store(path).view(names[0], LAST))
    peak = own_peak_mb()
    drawn, _picture = _seconds(lambda: assess(view))
    return {
        "view": [seconds * 1e3],
        "picture": [drawn],
        "claims": [len(view.claims)],
        "peak_view": [peak],
        "peak_picture": [own_peak_mb()],
    }


def _warm(path: Path, names: Sequence[str]) -> dict[str, Any]:
    store = _warmed_up(path, names)
    found: dict[str, list[float]] = {"first": [], "again": [], "peer": [], "ratio": []}
    claims = []
    for name in names:
        seconds, size = _seconds(lambda name=name: len(store.view(name, LAST).claims))
        found["first"].append(seconds * 1e3)
        claims.append(size)
    for _ in range(_AGAIN):
        ours, _size = _seconds(lambda: len(store.view(names[0], LAST).claims))
        theirs, size = _seconds(lambda: len(plain_sqlite.read(path, names[0], LAST)[0]))
        assert size == claims[0]
        found["again"].append(ours * 1e3)
        found["peer"].append(theirs * 1e3)
        found["ratio"].append(ours / theirs)
    return {**found, "claims": claims}


def _pictures(path: Path, names: Sequence[str]) -> dict[str, Any]:
    store = _warmed_up(path, names)
    drawn, claims = [], []
    for name in names:
        view = store.view(name, LAST)
        drawn.append(_seconds(lambda view=view: len(assess(view).events))[0])
        claims.append(len(view.claims))
    return {"picture": drawn, "claims": claims}


def _warmed_up(path: Path, names: Sequence[str]) -> Store:
    """Do everything once: what happens once a process is counted in the cold figures."""
    store = Store(path)
    assess(store.view(names[-1], LAST))
    plain_sqlite.read(path, names[-1], LAST)
    return store


_INSIDE = {"cold": _cold, "warm": _warm, "picture": _pictures}

if __name__ == "__main__":
    how, given, *asked = sys.argv[1:]
    print(json.dumps(_INSIDE[how](Path(given), asked)))
