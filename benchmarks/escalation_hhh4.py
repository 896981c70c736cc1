"""The hhh4 example, influenza before meningococcal disease, beside R's `surveillance::hhh4`.

Both fit the same 15 parameters to the same 312 weeks, each in a process of its own that is warm
when it is timed; what is timed is the fit alone. Needs R with the package surveillance (Debian:
r-cran-surveillance) and the shared data folder beside the checkout.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure

DATA = Path(__file__).parents[2] / "shared/data/reference/influenza_meningococcus_weekly.csv"
OPTIMUM, NEAR = -1880.968, 0.001
_RUNS, _FEW = 25, 7

_R = """
suppressMessages(library(surveillance))
arguments <- commandArgs(trailingOnly = TRUE)
counts <- as.matrix(read.csv(arguments[1]))
runs <- as.integer(arguments[2])
W <- matrix(c(0, 0, 1, 0), 2, 2, dimnames = list(colnames(counts), colnames(counts)))
weeks <- sts(counts, start = c(2001, 1), frequency = 52, neighbourhood = W)
control <- list(
  ar = list(f = ~ -1 + fe(1, unitSpecific = TRUE)),
  ne = list(f = ~ -1 + fe(1, which = c(FALSE, TRUE)), weights = W),
  end = list(f = addSeason2formula(~ -1 + fe(1, unitSpecific = TRUE), S = c(3, 1), period = 52)),
  family = "NegBinM")
for (i in 1:3) found <- hhh4(weeks, control)
taken <- sapply(1:runs, function(i) system.time(hhh4(weeks, control))[["elapsed"]])
each <- 20
batch <- system.time(for (i in 1:each) hhh4(weeks, control))[["elapsed"]] / each
cat(sprintf('{"optimum": %.9f, "taken": [%s], "batch": %.6f}',
            as.numeric(logLik(found)), paste(taken, collapse = ", "), batch))
"""


def ours(runs: int) -> tuple[float, list[float]]:
    """Fit it again and again; give the optimum and the seconds of each fit."""
    import numpy as np
    from tests.forecast.escalation.excitation.made import hhh4_example

    from foreshock.forecast.escalation.excitation.fit import fit
    from foreshock.forecast.escalation.excitation.prior import FLAT

    counts = np.loadtxt(DATA, delimiter=",", skiprows=1)
    model = hhh4_example(len(counts))
    found = [fit(counts, model, prior=FLAT, draws=0) for _ in range(3)][-1]
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        fit(counts, model, prior=FLAT, draws=0)
        taken.append(time.perf_counter() - start)
    return found.log_likelihood, taken


def peer(runs: int) -> tuple[float, list[float]] | None:
    """Let R do the same; None, and a line that says why, where it cannot."""
    command = shutil.which("Rscript")
    if command is None:
        print("Rscript is not on the path: no peer is measured", file=sys.stderr)
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".R", encoding="utf-8") as script:
        script.write(_R)
        script.flush()
        done = subprocess.run(
            [command, script.name, str(DATA), str(runs)],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        why = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        print(f"R cannot run surveillance::hhh4: {why[0]}", file=sys.stderr)
        return None
    told = json.loads(done.stdout)
    return told["optimum"], [*told["taken"], told["batch"]]


def measure(small: bool = False) -> tuple[str, list[Figure]]:
    """Measure; without R, ours alone.

    Raises
    ------
    RuntimeError
        If the data are not there, or a fit misses the optimum.
    """
    if not DATA.is_file():
        raise RuntimeError(f"the reference data are not at {DATA}")
    runs = _FEW if small else _RUNS
    beside = peer(runs)
    optimum, taken = ours(runs)
    figures = [Figure("excitation.fit", "ms", [1000 * each for each in taken])]
    found = {"excitation.fit": optimum}
    if beside is not None:
        found["surveillance::hhh4"] = beside[0]
        again = [1000 * each for each in beside[1]]
        middle = sorted(again)[len(again) // 2]
        ratios = [1000 * each / middle for each in taken]
        figures += [
            Figure("surveillance::hhh4", "ms", again),
            Figure("ours / median of hhh4", "x", ratios, 1.0),
            Figure("least of ours / least of hhh4", "x", [1000 * min(taken) / min(again)], 1.0),
        ]
    for name, value in found.items():
        if abs(value - OPTIMUM) > NEAR:
            raise RuntimeError(f"{name} ends at {value:.6f}, not at {OPTIMUM}")
    told = ", ".join(f"{name} {value:.6f}" for name, value in found.items())
    return f"log-likelihood {told}", figures


if __name__ == "__main__":
    from benchmarks.figures import table

    what, rows = measure()
    print(table(f"escalation_hhh4: {what}", rows))
