"""Measure Foreshock against its budgets; print tables, write JSON to ``benchmarks/results/``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import (
    brief_command,
    displacement_flee,
    escalation_hhh4,
    escalation_speed,
    ingest_gdelt,
    ingest_ged,
    page,
    reading,
    store_as_of,
    watch,
)
from benchmarks.figures import table

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Measure; 0 if every median keeps its budget, 1 if one does not, 2 for wrong use."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    benches = {
        "store_as_of": store_as_of.measure,
        "brief_command": brief_command.measure,
        "page": page.measure,
        "ingest_ged": ingest_ged.measure,
        "ingest_gdelt": ingest_gdelt.measure,
        "escalation_hhh4": escalation_hhh4.measure,
        "escalation_speed": escalation_speed.measure,
        "displacement_flee": displacement_flee.measure,
        "reading": reading.measure,
        "watch": watch.measure,
    }
    parser.add_argument("only", nargs="*", help="some of: " + ", ".join(benches))
    parser.add_argument("--small", action="store_true", help="a smaller store, a smaller table")
    chosen = parser.parse_args()
    if unknown := set(chosen.only) - set(benches):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    report = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "small": chosen.small,
        "benchmarks": {},
    }
    kept = True
    for name in chosen.only or benches:
        print(f"measuring {name}", file=sys.stderr)
        what, figures = benches[name](small=chosen.small)
        print(table(f"{name}: {what}", figures), flush=True)
        report["benchmarks"][name] = {"on": what, "figures": [f.as_json() for f in figures]}
        kept = kept and all(figure.within for figure in figures)
    RESULTS.mkdir(exist_ok=True)
    stamp = str(report["when"]).replace(":", "").replace("+0000", "Z")
    path = RESULTS / f"{stamp}.json"
    path.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
    print(f"written to {path.relative_to(RESULTS.parent.parent)}", file=sys.stderr)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
