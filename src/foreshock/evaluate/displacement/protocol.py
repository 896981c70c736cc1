"""The leak-free protocol: what a forecast of a case may know, and what it is scored on.

Four questions, each with its simple methods beside the forecast:

- *without counts*: roads, closures and fights of each day as they come, and the daily total, given;
  no count of any camp. Every week.
- *from day 30*: what was published by day 30 and no more, closures included; the total is given.
- *30 days ahead*: the same from every week's origin, 30 days on.
- *30 days ahead, total forecast*: the same, the total forecast too; so nothing at all is given.

Capacities are read by one method alone, which is marked. The truth is corrected by registrations
that came later, and lies straight between reports; no forecast sees any of it but the total, where
that is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import MovementError
from foreshock.core.network import Network
from foreshock.evaluate.displacement.flee_rules import flee_people
from foreshock.forecast.displacement.destinations.access import access
from foreshock.forecast.displacement.destinations.gravity import (
    EVEN,
    ONE,
    daily_shares,
    foreseen_shares,
)
from foreshock.forecast.displacement.destinations.history import (
    History,
    arrivals_of,
    known_by,
    last_reported,
)
from foreshock.forecast.displacement.destinations.stocks import (
    Carried,
    compared,
    from_nothing,
    from_reports,
)
from foreshock.forecast.displacement.destinations.taught import Taught
from foreshock.forecast.displacement.destinations.totals import (
    draw_total,
    expected_total,
    reported_arrivals,
)
from foreshock.forecast.displacement.destinations.training import AHEAD, WEEK

Floats = NDArray[np.float64]

OURS = "gravity, averaged"
EVENLY = "evenly over open camps"
EVERYWHERE = "evenly over all camps"
PLAIN = "plain gravity"
FROZEN = "last report, day 30"
PERSISTENCE = "last reports"
OURS_TOLD = "gravity, averaged, told closures"
EVENLY_TOLD = "evenly over open camps, told closures"
NO_REPORT = "gravity, averaged, told closures, no report"
FLEE = "Flee's rules, no capacity"
CAPACITY = "by capacity (leaky)"
TRUE_FROZEN = "true shares, day 30 (leaky)"
LEAKY = {CAPACITY, TRUE_FROZEN}
"""What sees the counts that it is scored on."""
TOLD = {OURS_TOLD, EVENLY_TOLD, NO_REPORT}
"""What is told, after day 30, which places open and shut."""

UNAIDED, FROM_THIRTY, AHEAD_GIVEN, AHEAD_ALONE = QUESTIONS = (
    "without counts",
    "from day 30",
    "30 days ahead",
    "30 days ahead, total forecast",
)

HARD = {
    UNAIDED: EVENLY, FROM_THIRTY: FROZEN, AHEAD_GIVEN: PERSISTENCE, AHEAD_ALONE: PERSISTENCE
}  # fmt: skip
"""The simple method that each question is compared with."""

DAY_30 = 30


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """What a method says of a case.

    Attributes
    ----------
    question, method : str
    days : ndarray of int, shape (target,)
    people : ndarray, shape (draw, target, destination)
        In proportion, where the total is given.
    """

    question: str
    method: str
    days: NDArray[np.int64]
    people: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Given:
    """What a protocol hands to the methods: no count of any camp.

    Attributes
    ----------
    network : Network
    destinations : tuple of int
    names : tuple of str
    arrivals : ndarray, shape (day,)
        By the true total.
    days : ndarray of int
        Days to forecast.
    """

    network: Network
    destinations: tuple[int, ...]
    names: tuple[str, ...]
    arrivals: Floats
    days: NDArray[np.int64]


def given(case: History) -> Given:
    """Leave of a case what a forecast without counts may see."""
    days = np.array([day for day in range(0, len(case.truth), WEEK) if case.total[day] > 0])
    return Given(
        network=case.network,
        destinations=case.destinations,
        names=case.names,
        arrivals=arrivals_of(case.total),
        days=days,
    )


def forecasts(case: History, taught: Taught, *, draws: int, seed: int) -> Iterator[Forecast]:
    """Give every forecast of a case, question by question.

    Parameters
    ----------
    case : History
    taught : Taught
        By cases of other countries alone.
    draws, seed : int
    """
    known = given(case)
    last = len(case.truth) - 1
    ways = access(case.network, case.destinations, last)
    tables = {
        name: daily_shares(case.network, ways, rules)
        for name, rules in ((OURS, taught.rules), (PLAIN, ONE), (EVENLY, EVEN))
    }
    yield from _unaided(known, taught, tables, draws, seed)
    yield from _from_thirty(case, known, taught, tables, draws, seed)
    yield from _ahead(case, known, taught, tables, draws, seed)


def _unaided(
    known: Given, taught: Taught, tables: Mapping[str, Floats], draws: int, seed: int
) -> Iterator[Forecast]:
    def told(method: str, people: Floats) -> Forecast:
        return Forecast(question=UNAIDED, method=method, days=known.days, people=people)

    begun = from_nothing(taught, known.names, draws=draws, seed=seed)
    yield told(OURS, begun.after(tables[OURS], known.arrivals, known.days))
    for method in (EVENLY, PLAIN):
        stock = np.cumsum(known.arrivals[:, None] * tables[method][0], axis=0)
        yield told(method, stock[known.days][None])
    shape = (1, len(known.days), len(known.names))
    yield told(EVERYWHERE, np.ones(shape))
    with suppress(MovementError):
        yield told(FLEE, flee_people(
            known.network, known.destinations, known.arrivals, known.days, seed=seed
        ))  # fmt: skip
    capacity = [float(known.network.sites[at].population) for at in known.destinations]
    if min(capacity) > 0:
        yield told(CAPACITY, np.broadcast_to(np.array(capacity), shape))


def _from_thirty(
    case: History,
    known: Given,
    taught: Taught,
    tables: Mapping[str, Floats],
    draws: int,
    seed: int,
) -> Iterator[Forecast]:
    days = known.days[known.days > DAY_30]

    def told(method: str, people: Floats) -> Forecast:
        return Forecast(question=FROM_THIRTY, method=method, days=days, people=people)

    carried = _carried(case, known.arrivals, DAY_30, taught, tables[OURS], draws, seed)
    daily, coming = tables[OURS], known.arrivals[DAY_30 + 1 :]
    later = days - DAY_30 - 1
    seen = foreseen_shares(
        known.network, known.destinations, taught.rules, DAY_30, int(later.max()) + 1
    )
    yield told(OURS, carried.after(seen, coming, later))
    yield told(OURS_TOLD, carried.after(daily[:, DAY_30 + 1 :], coming, later))
    begun = from_nothing(taught, known.names, draws=draws, seed=seed)
    yield told(NO_REPORT, begun.after(daily, known.arrivals, days))
    stock = np.cumsum(known.arrivals[:, None] * tables[EVENLY][0], axis=0)
    yield told(EVENLY_TOLD, stock[days][None])
    shape = (1, len(days), len(known.names))
    yield told(FROZEN, np.broadcast_to(_persisting(case, DAY_30, tables), shape))
    yield told(TRUE_FROZEN, np.broadcast_to(case.truth[DAY_30] + 1e-9, shape))


def _ahead(
    case: History,
    known: Given,
    taught: Taught,
    tables: Mapping[str, Floats],
    draws: int,
    seed: int,
) -> Iterator[Forecast]:
    for origin in range(WEEK, len(case.truth) - AHEAD, WEEK):
        day = origin + AHEAD
        if case.total[day] <= 0:
            continue
        days = np.array([day])
        persisting = _persisting(case, origin, tables)
        plain = tables[PLAIN][0, origin]
        coming = known.arrivals[origin + 1 : day + 1]

        def told(
            question: str, method: str, people: Floats, days: NDArray[np.int64] = days
        ) -> Forecast:
            people = people.reshape(-1, 1, people.shape[-1])
            return Forecast(question=question, method=method, days=days, people=people)

        carried = _carried(case, known.arrivals, origin, taught, tables[OURS], draws, seed)
        now = foreseen_shares(case.network, case.destinations, taught.rules, origin, AHEAD)
        yield told(AHEAD_GIVEN, OURS, carried.after(now, coming, np.array([AHEAD - 1])))
        yield told(AHEAD_GIVEN, PERSISTENCE, persisting)
        people, _ = last_reported(known_by(case.reports, origin))
        yield told(AHEAD_GIVEN, PLAIN, people + coming.sum() * plain)
        if people.sum() <= 0:
            continue
        yield told(AHEAD_ALONE, OURS, alone(case, origin, now, taught, tables[OURS], draws, seed))
        yield told(AHEAD_ALONE, PERSISTENCE, people)
        grown = expected_total(case.reports, origin, AHEAD, taught.growth) - people.sum()
        yield told(AHEAD_ALONE, PLAIN, people + grown * plain)


def _carried(
    case: History,
    arrivals: Floats,
    origin: int,
    taught: Taught,
    table: Floats,
    draws: int,
    seed: int,
) -> Carried:
    daily, past = table[:, : origin + 1], arrivals[: origin + 1]
    reported = compared(daily, past, known_by(case.reports, origin))
    return from_reports(daily, past, reported, taught, case.names, draws=draws, seed=seed)


def alone(
    case: History,
    origin: int,
    seen: Floats,
    taught: Taught,
    daily: Floats,
    draws: int,
    seed: int,
) -> Floats:
    """Forecast people at each destination with nothing given, not even the total.

    Parameters
    ----------
    case : History
    origin : int
        Day whose reports are the last that are known.
    seen : ndarray, shape (rule, day, destination)
        Shares of the days after it, by `gravity.foreseen_shares`; the last day is forecast.
    taught : Taught
    daily : ndarray, shape (rule, day, destination)
        By `gravity.daily_shares`; what comes after the origin is not looked at.
    draws, seed : int

    Returns
    -------
    ndarray, shape (draw, 1, destination)
        Each draw sums to the total of the same draw.
    """
    reports, ahead = known_by(case.reports, origin), seen.shape[1]
    past = reported_arrivals(reports, origin)
    expected = expected_total(reports, origin, ahead, taught.growth)
    coming = np.full(ahead, (expected - last_reported(reports)[0].sum()) / ahead)
    carried = _carried(case, past, origin, taught, daily, draws, seed)
    people = carried.after(seen, coming, np.array([ahead - 1]))
    total = draw_total(reports, origin, ahead, taught, draws=draws, seed=seed)
    scaled: Floats = people * (total / people.sum(axis=(1, 2)))[:, None, None]
    return scaled


def _persisting(case: History, origin: int, tables: Mapping[str, Floats]) -> Floats:
    """Give what was last reported; where nothing was, evenly over what is open."""
    people, _ = last_reported(known_by(case.reports, origin))
    return people if people.sum() > 0 else tables[EVENLY][0, origin]
