"""Worker processes for a study: fresh ones, for a copy of one with threads may stand still."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def processes(number: int) -> Iterator[Executor | None]:
    """Open so many worker processes; none where one is enough, which then is this one."""
    if number <= 1:
        yield None
        return
    with ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn")) as executor:
        yield executor
