r"""Trials of further inputs: whether fighting, or what happens elsewhere, betters the model.

Each trial moves the middle of the model's forecast by a ridge regression of its own past errors, in
units of its scale, on some inputs,

.. math:: b = (A^\top A + \alpha I)^{-1} A^\top z,

fitted at each origin on forecasts that were made at earlier ones and are over by then, of any
number of months ahead. So a trial sees what the model saw and its inputs, and nothing later, but
for the one that is told the fighting ahead: it shows what a perfect forecast of fighting would be
worth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.months import MonthlyCounts
from foreshock.forecast.displacement.arrivals.coupling import MOST_ERROR, Missed, misses
from foreshock.forecast.displacement.arrivals.levels import Ahead
from foreshock.forecast.displacement.arrivals.violence import Violence, against

Floats = NDArray[np.float64]

YEAR = 12
RIDGE = 100.0
"""Weight of errors of one deviation that would be needed to move a coefficient half way."""

Inputs = Callable[[MonthlyCounts, Violence, int, int], Floats]
"""From arrivals, fighting, the row of the origin and the months ahead: shape (place, input)."""


def _own_events(_counts: MonthlyCounts, fought: Violence, origin: int, _ahead: int) -> Floats:
    return against(fought.events, origin, origin - 1, YEAR)[:, None]


def _recent_events(_counts: MonthlyCounts, fought: Violence, origin: int, _ahead: int) -> Floats:
    usual = np.log1p(fought.events[max(origin - YEAR, 0) : origin]).mean(axis=0)
    moved: Floats = np.log1p(fought.recent[origin]) - usual
    return moved[:, None]


def _all_fighting(_counts: MonthlyCounts, fought: Violence, origin: int, _ahead: int) -> Floats:
    elsewhere = fought.events.sum(axis=1, keepdims=True) - fought.events
    usual = [
        against(values, origin, origin - 1, YEAR)
        for values in (
            fought.events, fought.deaths, fought.civilians, fought.cells, elsewhere,
        )
    ]  # fmt: skip
    now = [np.log1p(values[origin]) for values in (fought.fresh_cells, fought.moved)]
    return np.stack([*usual, *now], axis=1)


def _elsewhere(counts: MonthlyCounts, _fought: Violence, origin: int, _ahead: int) -> Floats:
    """Arrivals in all other places against their year, and of all places together."""
    logarithms = np.log1p(counts.people[max(origin - YEAR, 0) : origin + 1])
    listed = np.isfinite(logarithms)
    known = listed[:-1].sum(axis=0)
    before = np.where(listed[:-1], logarithms[:-1], 0).sum(axis=0) / np.maximum(known, 1)
    fine = listed[-1] & (known > 0)
    moved = np.where(fine, np.where(listed[-1], logarithms[-1], 0) - before, 0)
    others = (moved.sum() - moved) / np.maximum(fine.sum() - fine, 1)
    total = np.log1p(np.nansum(counts.people[max(origin - YEAR, 0) : origin + 1], axis=1))
    nation = total[-1] - total[:-1].mean()
    return np.stack([others, np.full(len(others), nation)], axis=1)


def _ahead_events(_counts: MonthlyCounts, fought: Violence, origin: int, ahead: int) -> Floats:
    row = min(origin + ahead, len(fought) - 1)
    return against(fought.events, row, row - 1, YEAR)[:, None]


@dataclass(frozen=True, slots=True)
class Arm:
    """A trial: its name, its inputs, and whether they are of months that nobody knows yet."""

    name: str
    inputs: Inputs
    foresees: bool = False


ARMS = (
    Arm("with events", _own_events),
    Arm("with events of the last days", _recent_events),
    Arm("with all of the fighting", _all_fighting),
    Arm("with arrivals elsewhere", _elsewhere),
    Arm("told the events ahead", _ahead_events, foresees=True),
)
"""Events of the place; events of the last days, half as many counting a week back; of the fighting
also deaths, civilians' deaths, breadth, events elsewhere,
half-degree cells without events before, and how far the centre of events moved."""

LEAST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors of past forecasts of the model."""

    rows: tuple[Missed, ...]


def errors_of(counts: MonthlyCounts, months: int) -> Errors:
    """Collect the errors of the model at every origin of a table."""
    return Errors(tuple(misses(counts, months)))


def shifted(
    ahead: Ahead, arm: Arm, counts: MonthlyCounts, fought: Violence, errors: Errors, origin: int
) -> Ahead:
    """Move a forecast by what a trial learned from errors that were over at the origin.

    Parameters
    ----------
    ahead : Ahead
        The forecast at the origin.
    arm : Arm
    counts, fought
        What rows after the origin hold is looked at by no input but that of the fighting ahead.
    errors : Errors
    origin : int
        Row of the origin.
    """
    past = [each for each in errors.rows if each.origin > 0 and each.origin + each.ahead <= origin]
    if len(past) < LEAST_ROWS:
        return ahead
    told = {at: arm.inputs(counts, fought, *at) for at in {(e.origin, e.ahead) for e in past}}
    inputs = np.array([told[each.origin, each.ahead][each.place] for each in past])
    error = np.clip([each.error for each in past], -MOST_ERROR, MOST_ERROR)
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    design = (inputs - mean) / spread
    weights = np.linalg.solve(design.T @ design + RIDGE * np.eye(len(mean)), design.T @ error)
    now = np.array([arm.inputs(counts, fought, origin, k + 1) for k in range(len(ahead.middle))])
    moved = ((now - mean) / spread) @ weights
    return Ahead(ahead.middle + ahead.scale * moved, ahead.scale, ahead.freedom)
