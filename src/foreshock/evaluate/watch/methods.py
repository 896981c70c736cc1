"""Methods: whatever forecasts from the past alone, the watch model and the benchmarks alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError
from foreshock.core.random import stream
from foreshock.forecast.watch.benchmarks import BENCHMARKS, Benchmark

Floats = NDArray[np.float64]

Method = Callable[[Floats, Sequence[int], int, int], Floats]
"""From values that end with the origin, shape (unit, month), months ahead, the number of draws and
a seed, to draws, shape (unit, horizon, draw). It may make fewer draws if they say it all."""


def benchmark_methods() -> dict[str, Method]:
    """Give every benchmark as a method."""
    return {name: _method(name, benchmark) for name, benchmark in BENCHMARKS.items()}


def _method(name: str, benchmark: Benchmark) -> Method:
    def method(known: Floats, horizons: Sequence[int], draws: int, seed: int) -> Floats:
        return benchmark(known, horizons, draws, stream(seed, "watch", name))

    return method


def told(
    name: str, method: Method, known: Floats, horizons: Sequence[int], draws: int, seed: int
) -> Floats:
    """Ask a method for its forecast, from a copy of the past that nothing else can reach.

    Raises
    ------
    EnsembleError
        If what it gives has the wrong shape, or says that fewer than nobody will be killed.
    """
    found = np.asarray(method(known.copy(), horizons, draws, seed))
    if found.shape[:-1] != (len(known), len(horizons)) or not found.shape[-1]:
        raise EnsembleError(
            f"the method {name!r} gave draws of the shape {found.shape}",
            expected=f"({len(known)}, {len(horizons)}, number of draws)",
        )
    if (found < 0).any() or np.isinf(found).any():
        raise EnsembleError(f"the method {name!r} drew a number that is negative or infinite")
    return found
