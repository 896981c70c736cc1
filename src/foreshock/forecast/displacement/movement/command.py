"""What `foreshock flee run` does: a folder in Flee's format in, a table out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.members import ensemble, forget
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.output import write_output
from foreshock.forecast.displacement.movement.run import plan
from foreshock.observe.readers.flee.folder import read_folder

WORKERS = 8
"""Members moved at once, at most; compiled loops let each other run."""


def run(
    folder: Path,
    out: Path,
    mode: str,
    *,
    settings: Path | None = None,
    seed: int = 0,
    members: int | None = None,
    hasten: int | None = None,
    progress: Callable[[str], None] = lambda line: None,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, object]:
    """Move people over a folder and write where they were.

    Parameters
    ----------
    folder, out : pathlib.Path
    mode : str
        One of `Mode`.
    settings : pathlib.Path, optional
        Read in place of the folder's own settings.
    seed : int
    members : int, optional
        With a column ``member``; one member without it if not given.
    hasten : int, optional
        In place of what the settings say.
    progress, say : callable
        Told what is being done, and what the user should know.

    Returns
    -------
    dict
        ``file``, ``mode``, ``seed``, ``members``, ``days``, ``people`` in the end, ``agent_steps``
        of one member and the ``key`` of the run.

    Raises
    ------
    ForeshockError
        If the folder has faults, people cannot be moved as asked, or the table cannot be written.
    """
    progress(f"reading {folder}")
    read = read_folder(folder, settings)
    if read.settings is None:
        say(f"{folder}: no simsetting.yml; Flee's defaults hold")
    rules = read.settings or MovementRules()
    planned = plan(
        read.network,
        rules if hasten is None else replace(rules, hasten=hasten),
        Mode(mode),
        read.counted,
    )
    number = members or 1
    progress("moving people (a mode's first run on a machine compiles its loops)")
    if number == 1:
        kept = list(ensemble(planned, members=1, seed=seed))
    else:
        executor = ThreadPoolExecutor(min(number, WORKERS))
        try:
            found = ensemble(
                planned,
                members=number,
                seed=seed,
                executor=executor,
                beside=out,
                progress=progress,
            )
            kept = list(found)
        except KeyboardInterrupt:
            say("members that are finished are kept; the same command goes on from there")
            raise
        finally:
            # Whoever interrupts a run waits for the members that are being moved, and for no more.
            executor.shutdown(cancel_futures=True)
    write_output(out, planned, read.counted, kept, members=members is not None)
    if number > 1:
        forget(out, planned, seed)
    return {
        "file": str(out),
        "mode": mode,
        "seed": seed,
        "members": number,
        "days": read.network.days,
        "people": int(kept[0].so_far[-1]),
        "agent_steps": int(kept[0].so_far.sum()),
    }
