"""A forecast and a what-if beside each other: every number that may differ, in one turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.control import ControlOutlook
from foreshock.core.displacement import ARRIVALS, Displacement
from foreshock.core.ensemble import WEEK
from foreshock.core.outlook import MEASURES, Outlook
from foreshock.scenario.interventions.fighting import Supposed
from foreshock.scenario.interventions.results import Turn

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

FIGHTING, FLIGHT, CONTROL = "fighting", "flight", "control"
DISPLACED, CROSSED, CHANGES, TAKEN = "displaced", "crossed", "changes", "taken"


def compare_fighting(forecast: Outlook, supposed: Supposed, touched: Truths) -> Iterator[Turn]:
    """Compare acts and deaths of each pair, over all days and week by week.

    Days at the end that make no whole week stand in the whole alone. For `touched` see `Turn`.
    """
    for measure in MEASURES:
        one, other = (each.ensembles[measure] for each in (forecast, supposed.outlook))
        values = one.values, other.values, supposed.expected[measure]
        spans = [(0, one.days), *((day, day + WEEK) for day in range(0, one.days - WEEK + 1, WEEK))]
        for column, name in enumerate(one.series):
            for start, end in spans if one.days > WEEK else spans[:1]:
                days = one.dates[start], one.dates[end - 1]
                before, after, expected = (
                    each[:, start:end, column].sum(axis=1, dtype=np.float64) for each in values
                )
                yield Turn(FIGHTING, measure, name, *days, before, after, touched, expected)


def compare_flight(
    forecast: Displacement,
    supposed: Displacement,
    crossing: Mapping[str, Floats],
    horizon: int,
    touched: Truths,
) -> Iterator[Turn]:
    """Compare how many are displaced, cross a border, and reach each destination.

    Parameters
    ----------
    forecast, supposed : Displacement
        Of the same members.
    crossing : mapping of str to ndarray, shape (member, day)
        By country: share of those who leave on a day ahead who cross its border.
    horizon : int
        Days ahead.
    touched : ndarray of bool, shape (member,)
        See `Turn`.
    """
    first = forecast.as_of + timedelta(days=1)
    totals = forecast.running(), supposed.running()
    for ahead in dict.fromkeys(days for days in (WEEK, 2 * WEEK, horizon) if days <= horizon):
        at = forecast.days_to(forecast.as_of + timedelta(days=ahead)) - 1
        days = forecast.since, forecast.as_of + timedelta(days=ahead)
        one, other = (each[:, at] for each in totals)
        yield Turn(FLIGHT, DISPLACED, forecast.area, *days, one, other, touched)
    days = first, forecast.as_of + timedelta(days=horizon)
    leaving = supposed.leaving.window(*days).values[:, :, 0]
    going = np.zeros(leaving.shape)
    for country, share in sorted(crossing.items()):
        across = leaving * share
        going += across
        nobody = np.zeros(len(across))
        yield Turn(FLIGHT, CROSSED, country, *days, nobody, across.sum(axis=1), touched)
    staying = (leaving - going).sum(axis=1)
    arrived = forecast.arrivals(horizon), staying[:, None] * supposed.shares.sum(axis=1)
    for column, place in enumerate(forecast.destinations):
        one, other = (each[:, column] for each in arrived)
        yield Turn(FLIGHT, ARRIVALS, place.place, *days, one, other, touched)


def compare_control(
    forecast: ControlOutlook,
    supposed: ControlOutlook,
    horizon: int,
    touched: Truths,
) -> Iterator[Turn]:
    """Compare how many places change hands, and the chance that each of them does.

    Of `touched` (see `Turn`) the first members are looked at: control has fewer than the rest.
    """
    last = forecast.as_of + timedelta(days=horizon)
    days: tuple[date, date] = forecast.as_of + timedelta(days=1), last
    taken = [
        np.diff(each.ahead.until(last).holder, axis=1) != 0 for each in (forecast, supposed)
    ]  # fmt: skip
    changes = [each.sum(axis=1) for each in taken]
    touched = touched[: forecast.members]
    one, other = (each.sum(axis=1) for each in changes)
    yield Turn(CONTROL, TAKEN, "", *days, one, other, touched)
    for column, place in enumerate(forecast.places):
        one, other = (each[:, column] > 0 for each in changes)
        yield Turn(CONTROL, CHANGES, place, *days, one, other, touched)
