r"""Paths of a what-if: in each future and on each day, by how much everything is multiplied.

An intervention sets in on the first day, from its own on, on which its condition has come about in
that future, if it comes about at all; it ends after its days, or when it fails. An intervention of
n days that holds with probability h has failed by its j-th day where a uniform number of the member
exceeds :math:`h^{j/n}`: the chance of failing is the same on each day, and over all of them
:math:`1 - h`. Intervals are drawn from evenly, one number a member and entry.

A future may be supposed several times over, in turns. Each turn by itself is drawn as if it were
the only one; between the turns of a future every number is spread as evenly as can be, one in each
of equal parts of 0 to 1 (stratified sampling, Owen 2013, *Monte Carlo Theory, Methods and
Examples*, ch. 8), so that their mean says more of what is entered than as many free draws would.

Every draw has a stream named after the intervention, so that what-ifs that share one share its
luck, and more of a chance, a hold or a factor never undoes what less of it did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.case.sheets.entries import Interval
from foreshock.case.sheets.interventions import Condition, InterventionRow, WhatIf
from foreshock.core.errors import ForecastRefused
from foreshock.core.outlook import Outlook
from foreshock.core.random import stream

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paths:
    """What is supposed, by member and day ahead, the day after the as-of first.

    Attributes
    ----------
    in_force : mapping of str to ndarray of bool, shape (member, day)
        By intervention: whether it is in force.
    fighting : mapping of str to ndarray, shape (member, day)
        Factor on the acts of each series that any intervention names.
    control : mapping of str to ndarray, shape (member, day)
        Factor on the advance of each actor; of everybody under the empty name.
    flight : ndarray, shape (member, day)
        Factor on how many leave.
    crossing : mapping of str to ndarray, shape (member, day)
        By country: share of those who leave who cross its border.
    notes : tuple of str
        What nothing can be told of: acts that are not forecast, what sets in after the last day.
    """

    in_force: Mapping[str, Truths]
    fighting: Mapping[str, Floats]
    control: Mapping[str, Floats]
    flight: Floats
    crossing: Mapping[str, Floats]
    notes: tuple[str, ...] = ()


def draw_paths(
    sheet: WhatIf,
    outlook: Outlook | None,
    *,
    members: int,
    days: int,
    seed: int,
    turn: int = 0,
    turns: int = 1,
) -> Paths:
    """Draw the paths of a what-if.

    Parameters
    ----------
    sheet : WhatIf
    outlook : Outlook or None
        The forecast of the fighting, in which conditions are looked for; None if there is none.
    members, days, seed : int
    turn, turns : int
        How often every future is supposed, and which of these times this is, 0 the first.

    Raises
    ------
    ForecastRefused
        If a condition counts what is not forecast.
    """
    one = np.ones((members, days))
    in_force: dict[str, Truths] = {}
    fighting: dict[str, Floats] = {}
    control: dict[str, Floats] = {}
    crossing: dict[str, Floats] = {}
    flight, notes = one, []
    forecast = outlook.series if outlook is not None else ()
    withheld = tuple(outlook.withheld) if outlook is not None else ()
    for row in sheet.interventions:
        luck = _Luck(seed, row.id, members, turn, turns)
        active = _active(row, luck, outlook, members, days)
        in_force[row.id] = active
        if row.from_day > days:
            notes.append(
                f"{row.id} is left out: it sets in on day {row.from_day} at the earliest, and the "
                f"forecast ends on day {days}."
            )
        for number, effect in enumerate(row.fighting):
            path = np.where(active, luck.of(effect.factor, "fighting", number), 1.0)
            for name in effect.series or forecast:
                if name in forecast:
                    fighting[name] = fighting.get(name, one) * path
            unknown = [name for name in effect.series or withheld if name not in forecast]
            if unknown:
                notes.append(
                    f"Nothing is told of acts that are not forecast: {', '.join(unknown)}."
                )
        for number, advance in enumerate(row.control):
            path = np.where(active, luck.of(advance.factor, "control", number), 1.0)
            for actor in advance.by or ("",):
                control[actor] = control.get(actor, one) * path
        if row.flight is not None:
            flight = flight * np.where(active, luck.of(row.flight.factor, "flight"), 1.0)
        for number, border in enumerate(row.border):
            share = np.where(active, luck.of(border.share, "border", number), 0.0)
            crossing[border.to] = crossing.get(border.to, 0.0 * one) + share
    return Paths(
        in_force=in_force,
        fighting=fighting,
        control=control,
        flight=flight,
        crossing=crossing,
        notes=tuple(dict.fromkeys(notes)),
    )


class _Luck(NamedTuple):
    """The uniform numbers of an intervention, one a member for each use."""

    seed: int
    name: str
    members: int
    turn: int
    turns: int

    def uniform(self, *use: str | int) -> Floats:
        """Draw from 0 to 1, shape (member, 1): in each turn from another part of it."""
        random = stream(self.seed, "what-if", self.name, *use)
        part = random.permuted(np.tile(np.arange(self.turns), (self.members, 1)), axis=1)
        found: Floats = (part + random.random(part.shape)) / self.turns
        return found[:, self.turn, None]

    def of(self, interval: Interval, *use: str | int) -> Floats:
        """Draw evenly from an interval, shape (member, 1)."""
        return interval.low + (interval.high - interval.low) * self.uniform("size", *use)


def _active(
    row: InterventionRow, luck: _Luck, outlook: Outlook | None, members: int, days: int
) -> Truths:
    """Tell on which days an intervention is in force."""
    possible = np.zeros((members, days), bool)
    possible[:, row.from_day - 1 :] = True
    if row.when is not None:
        possible &= _come_about(row.when, outlook, days)
    if row.chance is not None:
        possible &= luck.uniform("chance") < luck.of(row.chance, "chance")
    # From the first possible day on; a day's number within it counts from 1.
    number = np.cumsum(np.logical_or.accumulate(possible, axis=1), axis=1)
    active = number > 0
    length = days - row.from_day + 1 if row.days is None else row.days
    if row.days is not None:
        active &= number <= row.days
    if row.holds is not None:
        held = luck.of(row.holds, "holds") ** (number / max(length, 1))
        active &= luck.uniform("holds") < held
    return active


def _come_about(condition: Condition, outlook: Outlook | None, days: int) -> Truths:
    """Tell of each day whether a condition had come about by the end of the day before."""
    if outlook is None:
        raise ForecastRefused(
            "the what-if waits for acts of war, and no fighting is forecast",
            mend="leave `when` out, or give the case series that can be forecast",
        )
    ensemble = outlook.ensembles[condition.measure]
    if missing := [name for name in condition.series if name not in ensemble.series]:
        raise ForecastRefused(
            f"the what-if waits for acts of {', '.join(missing)}, which is not forecast",
            expected="pairs among " + ", ".join(ensemble.series),
        )
    at = [ensemble.index(name) for name in condition.series]
    daily = ensemble.values[:, :, at].sum(axis=2, dtype=np.float64)
    so_far = np.cumsum(np.pad(daily, ((0, 0), (1, 0))), axis=1)
    # By the end of the day before the first one ahead nothing of the forecast has come about.
    by_then = so_far[:, :days]
    earlier = np.pad(by_then, ((0, 0), (condition.within, 0)))[:, :days]
    found: Truths = by_then - earlier >= condition.at_least
    return found
