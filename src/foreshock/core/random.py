"""Named random streams: every process draws from its own, so that none disturbs another."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Open the random stream of a named process.

    The same seed and names give the same numbers on any machine and in any executor, and two runs
    that differ in one process differ in that process alone (common random numbers; Law 2015,
    *Simulation Modeling and Analysis*, ch. 11).

    Parameters
    ----------
    seed : int
        The run's seed, at least 0.
    *names : str or int
        The process, from the general to the particular: ``stream(7, "arrivals", member, day)``.

    Returns
    -------
    numpy.random.Generator
        A PCG64 generator of its own.

    Examples
    --------
    >>> bool(stream(7, "arrivals", 1).random() == stream(7, "arrivals", 1).random())
    True
    >>> bool(stream(7, "arrivals", 1).random() == stream(7, "arrivals", "1").random())
    False
    """
    digest = hashlib.sha256(repr(names).encode()).digest()
    key = tuple(int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4))
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))
