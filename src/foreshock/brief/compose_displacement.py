"""From an outlook of displacement and the ledger to the brief: totals, shares, arrivals, flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foreshock.brief import displacement as item
from foreshock.brief.compose_forecast import came_item, fan_item
from foreshock.brief.foreseen import Foreseen
from foreshock.brief.naming import Names
from foreshock.core.answers_displaced import DISPLACED
from foreshock.core.displacement import ARRIVALS, LEAST_DAYS_OF_A_FLOW, Displacement, Total
from foreshock.core.ensemble import Ensemble, quantiles
from foreshock.verify.entries import Entry
from foreshock.verify.issuing import HORIZONS, Issued

BY = (3, 7, 14, 30)
"""Days after the as-of by which chances of arrivals are told."""

FLOWS = 24
"""Largest flows that are told one by one."""

LEVELS = (0.05, 0.5, 0.95)


def compose_displacement(foreseen: Foreseen, names: Names) -> item.DisplacementItem:
    """Write the forecast of displacement of a brief."""
    outlook, issued = foreseen.displacement, foreseen.issued
    if outlook is None or issued is None:
        return item.DisplacementItem(issued=False, reason=foreseen.displacement_reason)
    return _Writer(foreseen, outlook, issued, names).whole()


class _Writer:
    """Writes one outlook of displacement."""

    def __init__(
        self,
        foreseen: Foreseen,
        outlook: Displacement,
        issued: Issued,
        names: Names,
    ) -> None:
        self.foreseen, self.outlook, self.names = foreseen, outlook, names
        self.entries = {
            (entry.series, date.fromisoformat(entry.terms["closes"])): entry
            for entry in issued.series
            if entry.terms["variable"] in {DISPLACED, ARRIVALS}
        }
        ahead = (outlook.leaving.last - outlook.as_of).days
        self.horizon = max((days for days in HORIZONS if days <= ahead), default=ahead)
        self.by = [days for days in BY if days <= self.horizon]
        self.days = [outlook.as_of + timedelta(days=days + 1) for days in range(self.horizon)]

    def whole(self) -> item.DisplacementItem:
        outlook = self.outlook
        first = min(self.entries.values(), key=lambda entry: entry.number, default=None)
        running = outlook.running()
        total = Ensemble(running[:, :, None], outlook.leaving.first, ("",), DISPLACED)
        return item.DisplacementItem(
            issued=True,
            reason="",
            model=outlook.model,
            config=first.config if first else outlook.config,
            seed=outlook.seed,
            members=outlook.leaving.members,
            standing=str(first.standing) if first else "",
            issued_at=first.issued_at if first else None,
            area=self.names.known_place(outlook.area),
            counter=self.names.evidence.source_name(outlook.counter),
            since=outlook.since,
            known_to=outlook.known_to,
            horizon=self.horizon,
            by=self.by,
            counts=[_count(total) for total in outlook.totals],
            people=outlook.people,
            people_claims=list(outlook.people_claims),
            running=fan_item(total.fan(), 0),
            totals=[
                self._total(entry, days)
                for days in HORIZONS
                if (entry := self._entry(f"{DISPLACED}/{outlook.area}", days)) is not None
            ],
            afterwards=[
                _count(total)
                for total in (self.foreseen.later.totals if self.foreseen.later else ())
                if total.day > outlook.as_of
            ],
            origins=self._origins(),
            destinations=self._destinations(),
            flows=self._flows(),
            spans=self._spans(),
            left_out={
                self.names.known_place(place).name: why for place, why in outlook.left_out.items()
            },
            thin=outlook.thin,
            notes=list(outlook.notes),
        )

    def _entry(self, series: str, days: int) -> Entry | None:
        return self.entries.get((series, self.outlook.as_of + timedelta(days=days)))

    def _total(self, entry: Entry, days: int) -> item.RunningTotalItem:
        return item.RunningTotalItem(
            **_told(entry.answer),
            days=days,
            last=date.fromisoformat(entry.terms["closes"]),
            entry=entry.number,
            baselines={n: item.AmountItem(**_told(t)) for n, t in entry.baselines.items()},
            came=came_item(self.foreseen.came(entry, {})),
        )

    # ------------------------------------------------------------------ whence and where to

    def _origins(self) -> list[item.LeavingItem]:
        shares = self.outlook.shares.sum(axis=2)
        found = [
            item.LeavingItem(
                place=self.names.known_place(ground.place),
                threat=round(ground.threat, 3),
                people=ground.people,
                share=_share(shares[:, at]),
                claims=list(ground.claims),
            )
            for at, ground in enumerate(self.outlook.origins)
        ]
        return sorted(found, key=lambda each: (-each.share.median, each.place.id))

    def _destinations(self) -> list[item.ReachedItem]:
        outlook = self.outlook
        if not outlook.destinations:
            return []
        shares = outlook.shares.sum(axis=1)
        first = outlook.as_of + timedelta(days=1)
        leaving = outlook.leaving.window(first, self.days[-1]).values[:, :, 0]
        so_far = np.cumsum(leaving, axis=1, dtype=np.float64)
        later = self.foreseen.later
        found = []
        for at, ground in enumerate(outlook.destinations):
            entry = self._entry(f"{ARRIVALS}/{ground.place}", self.horizon)
            chances = _chances(so_far, shares[:, at], outlook.thresholds)
            counted = later.arrived.get(ground.place) if later else None
            found.append(
                item.ReachedItem(
                    place=self.names.known_place(ground.place),
                    share=_share(shares[:, at]),
                    simple={
                        name: round(float(each[at]), 4)
                        for name, each in outlook.simple_shares.items()
                    },
                    arrivals=item.AmountItem(**_told(entry.answer))
                    if entry
                    else _people(so_far[:, -1] * shares[:, at]),
                    entry=entry.number if entry else None,
                    chances={
                        str(threshold): [round(float(each[day - 1]), 3) for day in self.by]
                        for threshold, each in chances.items()
                    },
                    lead={str(threshold): _lead(each) for threshold, each in chances.items()},
                    came=counted.share if counted else None,
                    came_claims=list(counted.claims) if counted else [],
                )
            )
        return sorted(found, key=lambda each: (-each.share.median, each.place.id))

    def _flows(self) -> list[item.FlowItem]:
        outlook = self.outlook
        if not outlook.origins or self.horizon < LEAST_DAYS_OF_A_FLOW:
            return []
        means = outlook.shares.mean(axis=0)
        largest = np.argsort(-means, axis=None)[:FLOWS]
        leaving = outlook.leaving_over(self.days[0], self.days[LEAST_DAYS_OF_A_FLOW - 1])
        found = []
        for origin, destination in zip(*np.unravel_index(largest, means.shape), strict=True):
            share = outlook.shares[:, origin, destination]
            if means[origin, destination] > 0:
                found.append(
                    item.FlowItem(
                        origin=outlook.origins[origin].place,
                        destination=outlook.destinations[destination].place,
                        share=_share(share),
                        people=_people(leaving * share),
                    )
                )
        return found

    def _spans(self) -> list[item.SpanOfFlowItem]:
        step = LEAST_DAYS_OF_A_FLOW
        starts = range(0, self.horizon - step + 1, step)
        return [
            item.SpanOfFlowItem(
                first=self.days[at],
                last=self.days[at + step - 1],
                people=_people(self.outlook.leaving_over(self.days[at], self.days[at + step - 1])),
            )
            for at in starts
        ]


def _chances(
    so_far: NDArray[np.float64], share: NDArray[np.floating], thresholds: Sequence[int]
) -> dict[int, NDArray[np.float64]]:
    """Give the probability of so many arrivals or more by each day, by threshold."""
    arrived = so_far * share[:, None]
    return {threshold: (arrived >= threshold).mean(axis=0) for threshold in thresholds}


def _lead(chances: NDArray[np.float64]) -> int | None:
    """Count the days until it is as likely as not; None where it is not by the last."""
    reached = np.flatnonzero(chances >= 0.5)
    return int(reached[0]) + 1 if len(reached) else None


def _count(total: Total) -> item.TotalCountItem:
    return item.TotalCountItem(
        day=total.day,
        people=total.people,
        weight=round(total.weight, 3),
        claims=list(total.claims),
    )


def _told(told: Mapping[str, Any]) -> dict[str, float]:
    low, high = told["interval"]
    return {"median": _tens(told["median"]), "low": _tens(low), "high": _tens(high)}


def _people(values: NDArray[np.floating]) -> item.AmountItem:
    low, median, high = (_tens(each) for each in quantiles(values, LEVELS))
    return item.AmountItem(median=median, low=low, high=high)


def _tens(people: float) -> float:
    return float(round(float(people), -1))


def _share(values: NDArray[np.floating]) -> item.AmountItem:
    low, median, high = (round(float(each), 4) for each in quantiles(values, LEVELS))
    return item.AmountItem(median=median, low=low, high=high)
