"""Comparison: how much better or worse than each benchmark, and how sure that is.

A few wars carry most of the score in deaths, so that its difference hangs on which countries happen
to be at war. Hence whole countries are drawn anew, each with all its months and windows in a block,
for both methods alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from foreshock.evaluate.watch.study import Study
from foreshock.verify.skill import Difference, difference

ALIKE = 1e-12
"""Scores of a country that differ by less, relatively, are the same."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One method against another, on one score.

    Attributes
    ----------
    method, base, score : str
    difference : Difference
        Mean score less that of the other, with a 95 % interval; below zero is better.
    better, worse, conflict : int
        Of so many countries with conflict, in how many the mean score is smaller and larger.
    """

    method: str
    base: str
    score: str
    difference: Difference
    better: int
    worse: int
    conflict: int

    @property
    def share_better(self) -> float | None:
        """Share of the countries with conflict that are better; None if there is none."""
        return self.better / self.conflict if self.conflict else None


@dataclass(frozen=True, slots=True)
class Country:
    """One country: both mean scores.

    Attributes
    ----------
    unit, name : str
    cells : int
    ours, theirs : float
        Mean scores.
    """

    unit: str
    name: str
    cells: int
    ours: float
    theirs: float

    @property
    def less(self) -> float:
        """Our mean score less theirs; below zero is better."""
        return self.ours - self.theirs

    @property
    def alike(self) -> bool:
        """Whether both are the same."""
        return abs(self.less) <= ALIKE * max(abs(self.ours), abs(self.theirs))


def compare(study: Study, method: str, base: str, score: str) -> Compared:
    """Compare two methods in the same cells.

    Parameters
    ----------
    study : Study
    method, base : str
    score : str
        A column of the cells.
    """
    ours, theirs = study.of(method), study.of(base)
    found = difference(
        ours[score].to_numpy(),
        theirs[score].to_numpy(),
        ours["unit"].to_numpy(),
        seed=study.seed,
        block=1,
    )
    conflict = study.conflict_units
    differ = [
        country.less
        for country in by_country(study, method, base, score)
        if country.unit in conflict and not country.alike
    ]
    better = sum(less < 0 for less in differ)
    return Compared(method, base, score, found, better, len(differ) - better, len(conflict))


def by_country(study: Study, method: str, base: str, score: str) -> tuple[Country, ...]:
    """Give both mean scores of every country, the most improved first.

    Parameters are those of `compare`.
    """
    ours, theirs = (
        study.of(name).group_by("unit").agg(pl.len().alias("cells"), pl.col(score).mean())
        for name in (method, base)
    )
    both = ours.join(theirs.drop("cells"), on="unit", suffix="_base")
    found = [
        Country(unit, study.names[unit], cells, mine, yours)
        for unit, cells, mine, yours in both.iter_rows()
    ]
    return tuple(sorted(found, key=lambda country: (country.less, country.unit)))


def shares(study: Study, method: str, score: str) -> tuple[tuple[str, float], ...]:
    """Give the share of every country in the sum of a method's scores, the largest first."""
    sums = study.of(method).group_by("unit").agg(pl.col(score).sum()).sort(score, "unit")
    total = float(np.sum(sums[score].to_numpy()))
    return tuple(
        (study.names[unit], part / total if total else 0.0)
        for unit, part in reversed(list(sums.iter_rows()))
    )
