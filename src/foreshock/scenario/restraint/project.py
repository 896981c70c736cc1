"""A restraint sheet worked out: which condition binds for each thing that a patron gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.case.sheets.restraint import CapabilityRow, RestraintSheet
from foreshock.core.probability import Probability
from foreshock.scenario.restraint.threshold import at_stake, credible, critical, defies
from foreshock.scenario.results import Bar, Capability, Restraint
from foreshock.scenario.sampling import DRAWS, Input, Points, Values, range_of, robustness

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

UNRESTRAINED = "the client would go on even without all that can credibly be taken away"


def restrain(sheet: RestraintSheet, seed: int = 0, draws: int = DRAWS) -> Restraint:
    """Work out a restraint sheet.

    Parameters
    ----------
    sheet : RestraintSheet
        Without faults.
    seed : int
        The same seed gives the same bits.
    draws : int
        A power of two, at least 2.

    Notes
    -----
    The worth of several capabilities is added up. Where they need each other, as aircraft need
    somebody on the ground, the sheet has to say so in their values.
    """
    gifts = tuple(_Gift(sheet, at, row) for at, row in enumerate(sheet.capabilities))
    points = Points.draw(list(_inputs(sheet)), draws, seed, sheet.sheet)

    def unrestrained(drawn: Values) -> Truths:
        lost = sum(gift.stake(drawn) * gift.credible(drawn) for gift in gifts)
        return np.asarray(drawn["gain"] > lost)

    return Restraint(
        sheet.patron,
        sheet.client,
        sheet.scale,
        robustness(points, unrestrained, UNRESTRAINED),
        tuple(_capability(gift, points) for gift in gifts),
    )


def _inputs(sheet: RestraintSheet) -> Iterator[Input]:
    for name in ("gain", "loss", "entrapment"):
        yield Input.of(name, getattr(sheet, name))
    for at, row in enumerate(sheet.capabilities):
        for name in ("value", "substitutable", "withdrawal", "loss", "entrapment"):
            if (entry := getattr(row, name)) is not None:
                yield Input.of(f"capabilities.{at}.{name}", entry)


class _Gift(NamedTuple):
    """One thing that the patron gives."""

    sheet: RestraintSheet
    at: int
    row: CapabilityRow

    def name(self, entry: str) -> str:
        """Give the name of an entry: its own, or the sheet's."""
        own = getattr(self.row, entry, None) is not None
        return f"capabilities.{self.at}.{entry}" if own else entry

    def stake(self, drawn: Values) -> Floats:
        return at_stake(drawn[self.name("value")], drawn[self.name("substitutable")])

    def credible(self, drawn: Values) -> Truths:
        return credible(drawn[self.name("loss")], drawn[self.name("entrapment")])

    def defies(self, drawn: Values) -> Truths:
        return defies(drawn["gain"], drawn[self.name("withdrawal")], self.stake(drawn))

    def critical(self, drawn: Values) -> Floats:
        return critical(drawn["gain"], self.stake(drawn))


def _capability(gift: _Gift, points: Points) -> Capability:
    drawn = points.values()
    weak = drawn["gain"] > gift.stake(drawn)
    willing = gift.credible(drawn)
    draws = len(weak)
    return Capability(
        gift.row.capability,
        robustness(points, gift.defies, "the client goes on at the chance that was entered"),
        Probability(float(willing.mean()), draws),
        Probability(float((~weak & willing).mean()), draws),
        {
            "support": float((weak & willing).mean()),
            "will": float((~weak & ~willing).mean()),
            "both": float((weak & ~willing).mean()),
            "neither": float((~weak & willing).mean()),
        },
        range_of(gift.critical(drawn)),
        tuple(_tornado(gift)),
    )


def _tornado(gift: _Gift) -> list[Bar]:
    """Move one input at a time between its ends, all others midway."""
    entries = {
        "gain": gift.sheet.gain,
        gift.name("value"): gift.row.value,
        gift.name("substitutable"): gift.row.substitutable,
    }
    midway = {name: np.array([(e.low + e.high) / 2]) for name, e in entries.items()}
    bars = []
    for name, entry in entries.items():
        low, high = (
            float(gift.critical({**midway, name: np.array([end])})[0])
            for end in (entry.low, entry.high)
        )
        bars.append(Bar(name, low, high))
    return sorted(bars, key=_length, reverse=True)


def _length(bar: Bar) -> float:
    return 0.0 if bar.at_high == bar.at_low else abs(bar.at_high - bar.at_low)
