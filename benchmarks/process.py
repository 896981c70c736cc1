"""Running a command as a whole process and asking the operating system what it took."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    """What one process took: wall and CPU seconds, peak resident memory in MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    code: int


def run(command: Sequence[str], extra: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; its output is thrown away.

    Notes
    -----
    Linux counts the memory of the parent towards the peak of a child, so this must be called from a
    process that has loaded nothing large.
    """
    environment = os.environ | (extra or {})
    os.sync()  # What an earlier run wrote is not written out at the cost of this one.
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def own_peak_mb() -> float:
    """Peak resident memory of this process, in MB, whatever its parent used (Linux)."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not say how much memory this process used")
