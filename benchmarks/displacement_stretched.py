"""Cohorts on the network of tigray2020, stretched to 500 days and 20 million people.

``python -m benchmarks.displacement_stretched``: everything else, capacities of camps among it,
stays as it is, so that camps are full most of the time.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

DAYS, PEOPLE = 500, 20_000_000


def main() -> None:
    """Move them, and print where they are in the end."""
    from benchmarks.displacement_flee import FOLDERS
    from foreshock.forecast.displacement.movement.modes import Mode
    from foreshock.forecast.displacement.movement.pushing import counted, given
    from foreshock.forecast.displacement.movement.run import move, plan
    from foreshock.observe.readers.flee.folder import read_folder

    read = read_folder(FOLDERS / "tigray2020", FOLDERS / "simsetting.yml")
    if read.settings is None:
        raise RuntimeError("no settings")
    network = read.network
    day = np.arange(DAYS) * network.days // DAYS
    longer = replace(
        network,
        days=DAYS,
        conflict=network.conflict[day],
        closures=tuple(
            replace(
                closure,
                start=closure.start * DAYS // network.days,
                end=None if closure.end is None else closure.end * DAYS // network.days,
            )
            for closure in network.closures
        ),
    )
    share = counted(network, read.settings, read.counted).daily[day].astype(np.float64)
    so_far = np.round(np.cumsum(share / share.sum()) * PEOPLE).astype(np.int64)
    daily = np.diff(so_far, prepend=0)
    moved = move(plan(longer, read.settings, Mode.COHORT, given(longer, daily)))
    for at in network.camps:
        print(network.sites[at].name, int(moved.people[-1, at]))
    print("people", int(moved.so_far[-1]), "agent-steps", moved.steps)


if __name__ == "__main__":
    main()
