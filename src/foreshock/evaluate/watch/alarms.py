"""Alarms: whether chances of what a watch warns of were right, and how often it cried wolf."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from foreshock.core.watch import Alarms
from foreshock.evaluate.watch.events import Event
from foreshock.evaluate.watch.study import Study
from foreshock.verify.reliability import Bin, reliability
from foreshock.verify.skill import Difference, difference

EDGES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Bins of chances: fine near zero, for what is warned of is rare."""

LEVELS = (0.01, 0.05, 0.1, 0.25, 0.5)
"""Chances whose alarms are told, some of those of the watch list; low ones for what is rare."""


@dataclass(frozen=True, slots=True)
class Record:
    """How well one method told the chances of one event.

    Attributes
    ----------
    method, event : str
    cells, came : int
        Times it was asked, and times it came.
    said : float
        Mean chance.
    brier : float
        Mean Brier score.
    constant : float
        That of always saying the base rate, which is known only afterwards.
    alarms : tuple of Alarms
    bins : tuple of Bin
        Reliability.
    """

    method: str
    event: str
    cells: int
    came: int
    said: float
    brier: float
    constant: float
    alarms: tuple[Alarms, ...]
    bins: tuple[Bin, ...]

    @property
    def base_rate(self) -> float:
        """Share of the times that it came."""
        return self.came / self.cells


def record(study: Study, method: str, event: Event) -> Record | None:
    """Give the record of one method and event; None if it was never asked.

    Bars of the reliability take cells as independent, which months of one war are not: they are
    too narrow.
    """
    cells = _asked(study, method, event)
    if not len(cells):
        return None
    said, came = (cells[column].to_numpy() for column in (event.chance_column, event.came_column))
    rate = float(came.mean())
    return Record(
        method=method,
        event=event.name,
        cells=len(cells),
        came=int(came.sum()),
        said=float(said.mean()),
        brier=float(((said - came) ** 2).mean()),
        constant=rate * (1 - rate),
        alarms=tuple(
            Alarms(level, int((said >= level).sum()), int(came[said >= level].sum()))
            for level in LEVELS
        ),
        bins=reliability(said, came, EDGES),
    )


def brier_difference(study: Study, method: str, base: str, event: Event) -> Difference | None:
    """Give the mean Brier score less that of another method, whole countries drawn anew.

    None if it was never asked.
    """
    ours, theirs = (_asked(study, name, event) for name in (method, base))
    if not len(ours):
        return None
    mine, yours = (
        ((cells[event.chance_column] - cells[event.came_column]) ** 2).to_numpy()
        for cells in (ours, theirs)
    )
    return difference(mine, yours, ours["unit"].to_numpy(), seed=study.seed, block=1)


def _asked(study: Study, method: str, event: Event) -> pl.DataFrame:
    return study.of(method).filter(pl.col(event.chance_column).is_not_nan())
