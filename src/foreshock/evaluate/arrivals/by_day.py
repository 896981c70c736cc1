"""The daily model tried on months: it is given months as counts over intervals, and scored by them.

Nobody publishes years of daily counts, so this is what can be tried: that the model cut into days
still says of months what the monthly one does. Of single days it shows nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import polars as pl

from foreshock.core.months import MonthlyCounts, month_after
from foreshock.evaluate.arrivals.rolling import Plan, scored
from foreshock.forecast.displacement.arrivals.daily import Interval, departures
from foreshock.forecast.displacement.arrivals.prior import train

YEAR = 12
COUNTED = 0.02
"""Relative standard deviation told of a month; counting itself is taken for no better than 5 %."""

Job = tuple[MonthlyCounts, date, Plan]


def by_day(
    counts: MonthlyCounts, plan: Plan, *, every: int = 3, executor: Executor | None = None
) -> pl.DataFrame:
    """Score the daily model on months, at every so many origins.

    At an origin it is taught by the months up to it, and given each place's last twelve as
    intervals. Columns as of `rolling.Rolled.scores`.
    """
    jobs = [(counts.until(plan.last), origin, plan) for origin in plan.origins[::every]]
    run = map if executor is None else executor.map
    return pl.DataFrame([row for rows in run(_origin, jobs) for row in rows])


def _origin(job: Job) -> list[dict[str, object]]:
    counts, origin, plan = job
    known = counts.until(origin)
    taught = train(known, "the months up to the origin")
    first = month_after(origin)
    rows: list[dict[str, object]] = []
    for column, place in enumerate(counts.places):
        past = intervals(known, column)
        if not any(each.people for each in past):
            continue
        ends = [(month_after(first, k) - first).days for k in range(plan.months + 1)]
        people = departures(
            past, taught, first=first, days=ends[-1], members=plan.members * 5, seed=plan.seed
        )
        for ahead, (begin, end) in enumerate(pairwise(ends), start=1):
            row = counts.row(origin) + ahead
            if row < len(counts.people) and counts.people[row, column] >= 0:
                members = people[:, begin:end].sum(axis=1)
                rows.append(
                    {"origin": origin, "ahead": ahead, "place": place, "forecaster": "by day"}
                    | scored(members, float(counts.people[row, column]))
                )
    return rows


def intervals(counts: MonthlyCounts, column: int) -> Sequence[Interval]:
    """Give the last twelve months of a place as counts over intervals, unlisted ones left out."""
    people = counts.people[-YEAR:, column]
    months = [month_after(counts.last, k + 1 - len(people)) for k in range(len(people))]
    return [
        Interval(
            first=month, last=month_after(month) - timedelta(days=1), people=float(number),
            spread=COUNTED,
        )
        for month, number in zip(months, people, strict=True)
        if np.isfinite(number)
    ]  # fmt: skip
