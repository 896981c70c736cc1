r"""Coverage: whether the central 90 % intervals hold what came, by strata known at the origin.

Deaths are whole numbers and mostly zero, so that a closed interval holds more than it was built to:
where nearly all draws are zero it is from zero to zero and right almost always. So beside the share
that it ``held`` stands the share that the forecast itself had ``promised`` it, and the share of the
probability transform that lies from 0.05 to 0.95, which is 90 % for a right forecast whatever the
zeros. The last kind of case, months in which somebody was killed, is known only afterwards: there
no honest forecast holds 90 %, and the row is shown because others show it.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from foreshock.evaluate.watch.strata import STRATA, UNKNOWN
from foreshock.evaluate.watch.study import Study

LOW, HIGH = 0.05, 0.95

ALL = "all"
AFTERWARDS = "somebody killed (known only afterwards)"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the central 90 % intervals of one method held.

    Attributes
    ----------
    method, among : str
        Among which cells: all, a stratum, or those in which somebody was killed.
    cells : int
    held : float
        Share of cells within the closed interval.
    promised : float
        Share that the forecasts gave to their intervals.
    transform, below, above : float
        Shares of the transform from 0.05 to 0.95, below and above.
    """

    method: str
    among: str
    cells: int
    held: float
    promised: float
    transform: float
    below: float
    above: float


def coverage(study: Study, method: str) -> tuple[Coverage, ...]:
    """Count what the intervals of a method held, by kind of case.

    Kinds of case without a cell are left out.
    """
    cells = study.of(method)
    kinds = {
        ALL: cells,
        **{stratum: cells.filter(stratum=stratum) for stratum in (*STRATA, UNKNOWN)},
        AFTERWARDS: cells.filter(pl.col("came") > 0),
    }
    return tuple(_counted(method, kind, some) for kind, some in kinds.items() if len(some))


def _counted(method: str, among: str, cells: pl.DataFrame) -> Coverage:
    transform = cells["transform"].to_numpy()
    below, above = float((transform < LOW).mean()), float((transform > HIGH).mean())
    return Coverage(
        method=method,
        among=among,
        cells=len(cells),
        held=float(cells["held"].to_numpy().mean()),
        promised=float(cells["promised"].to_numpy().mean()),
        transform=1 - below - above,
        below=below,
        above=above,
    )
