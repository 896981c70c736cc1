"""Figures over repetitions, and the table in which they are printed."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured thing.

    Attributes
    ----------
    what, unit : str
        What was measured; ``ms``, ``s``, ``MB`` or ``x``.
    values : sequence of float
        One a repetition.
    budget : float or None
        The median may not be more than this.
    """

    what: str
    unit: str
    values: Sequence[float]
    budget: float | None = None

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.values)

    @property
    def within(self) -> bool:
        """Whether the median keeps the budget; true where there is none."""
        return self.budget is None or self.median <= self.budget

    def as_json(self) -> dict[str, Any]:
        """Give the figure with its repetitions as plain values."""
        spread = {"min": min(self.values), "median": self.median, "max": max(self.values)}
        return asdict(self) | {"values": list(self.values), "within": self.within} | spread


def table(title: str, figures: Sequence[Figure]) -> str:
    """Lay figures out for a terminal, the same as in ``docs/benchmarks.md``."""
    rows = [("", "unit", "min", "median", "max", "n", "budget", "")]
    for figure in figures:
        rows.append(
            (
                figure.what,
                figure.unit,
                *(_number(v) for v in (min(figure.values), figure.median, max(figure.values))),
                str(len(figure.values)),
                "" if figure.budget is None else _number(figure.budget),
                "" if figure.budget is None else ("within" if figure.within else "OVER"),
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if i in {0, 1, 7} else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([title, *lines, ""])


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
