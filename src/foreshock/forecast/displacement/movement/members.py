"""Ensembles: many members in any executor, and none of them twice."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock import __version__
from foreshock.core.digest import digest
from foreshock.core.files import check_target
from foreshock.forecast.displacement.movement.run import Plan, move


class Kept(NamedTuple):
    """What is kept of a member.

    Attributes
    ----------
    camps : ndarray of int, shape (day, camp)
        Persons in each camp in the evening.
    under_way, so_far : ndarray of int, shape (day,)
        Persons on a road; persons who had been there from the start or had set out.
    """

    camps: NDArray[np.int64]
    under_way: NDArray[np.int64]
    so_far: NDArray[np.int64]


def member(planned: Plan, seed: int, number: int, folder: Path | None = None) -> Kept:
    """Run a member, or read it if it was run before.

    Parameters
    ----------
    planned : Plan
    seed, number : int
    folder : pathlib.Path, optional
        Where members are kept until all are there.
    """
    file = folder / f"{number}.npy" if folder else None
    if file is not None and file.is_file():
        rows = np.load(file, allow_pickle=False)
    else:
        moved = move(planned, seed=seed, member=number)
        camps = moved.people[:, list(planned.network.camps)]
        rows = np.column_stack([camps, moved.under_way, moved.so_far]).astype(np.int64)
        if file is not None:
            draft = file.with_name(f".{number}.{os.getpid()}.npy")
            np.save(draft, rows, allow_pickle=False)
            draft.replace(file)
    return Kept(rows[:, :-2], rows[:, -2], rows[:, -1])


def ensemble(
    planned: Plan,
    *,
    members: int,
    seed: int = 0,
    executor: Executor | None = None,
    beside: Path | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Iterator[Kept]:
    """Run members, in their order.

    Each has random numbers of its own, so that it is the same whichever executor runs it and
    whether it is run alone, again or after an interruption.

    Parameters
    ----------
    planned : Plan
    members, seed : int
    executor : concurrent.futures.Executor, optional
        One member after the other without it.
    beside : pathlib.Path, optional
        The file that is to be written of them. Each finished member is kept beside it, and read
        rather than run when the same run is asked for again; `forget` takes them away.
    progress : callable, optional
        Called with a line as members finish.

    Yields
    ------
    Kept
    """
    folder = None
    if beside is not None:
        check_target(beside)
        folder = _folder(beside, planned, seed)
        folder.mkdir(exist_ok=True)
    if executor is None:
        found = (member(planned, seed, number, folder) for number in range(members))
    else:
        waiting = [
            executor.submit(member, planned, seed, number, folder) for number in range(members)
        ]
        found = (each.result() for each in waiting)
    for number, each in enumerate(found, 1):
        progress(f"moving people: {number} of {members} members")
        yield each


def forget(beside: Path, planned: Plan, seed: int) -> None:
    """Take away the members that were kept beside a file, now that it is written."""
    shutil.rmtree(_folder(beside, planned, seed), ignore_errors=True)


def _folder(beside: Path, planned: Plan, seed: int) -> Path:
    return beside.with_name(f".{beside.name}.{key(planned, seed)}.members")


def key(planned: Plan, seed: int) -> str:
    """Give the digest of everything that a member hangs on, but its number."""
    network, mode = planned.network, planned.mode
    arrays = hashlib.sha256()
    for array in (
        network.conflict,
        *planned.arrivals,
        planned.limits.room,
        planned.limits.settling,
    ):
        arrays.update(np.ascontiguousarray(array).tobytes())
    return digest(
        __version__,
        [network.start, network.days],
        [asdict(site) | {"lat": 0, "lon": 0} for site in network.sites],
        [asdict(road) for road in network.roads],
        [asdict(closure) for closure in network.closures],
        asdict(planned.rules),
        [arrays.hexdigest(), mode.value, seed],
    )
