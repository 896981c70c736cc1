"""One page: its brief, and the making of it, timed in a process of its own.

``python -m benchmarks.one_page CASE FILE`` writes the page and prints the repetitions as JSON.
CASE is a bundled case, or ``synthetic`` for the first made-up case of 5,000 claims.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.page import SYNTHETIC
from benchmarks.process import own_peak_mb
from benchmarks.synthetic import LAST, make_case
from foreshock.assess.picture import assess
from foreshock.brief.compose import compose
from foreshock.brief.document import Brief
from foreshock.case.opening import open_case
from foreshock.cycle import cycle
from foreshock.evidence.batch import Batch
from foreshock.evidence.store import Store

_AGAIN = 4


def _brief(case: str) -> Brief:
    if case != SYNTHETIC:
        return cycle(open_case(case))
    made = make_case(0)
    focus = tuple(f"side-{number}" for number in range(6))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "one.sqlite")
        store.append(made.name, Batch(claims=made.claims, entries=made.entries))
        picture = assess(store.view(made.name, LAST), focus)
    return compose(picture, case=made.name, title="A made-up case", focus=focus)


def _page(case: str, file: Path) -> dict[str, Any]:
    start = time.perf_counter()
    brief = _brief(case)
    briefed = time.perf_counter()

    from foreshock.brief.page.build import build_page

    page = build_page(brief)
    built = time.perf_counter()
    again = []
    for _ in range(_AGAIN):
        began = time.perf_counter()
        assert build_page(brief) == page
        again.append(time.perf_counter() - began)
    file.write_text(page, "utf-8")
    return {
        "brief": [briefed - start],
        "first": [built - briefed],
        "again": again,
        "megabytes": [file.stat().st_size / 1e6],
        "peak": [own_peak_mb()],
        "claims": len(brief.claims),
    }


if __name__ == "__main__":
    print(json.dumps(_page(sys.argv[1], Path(sys.argv[2]))))
