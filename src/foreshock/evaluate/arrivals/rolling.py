"""Rolling origins over months: forecast from what was listed, score what was listed later.

At each origin the model and the simple methods are fitted anew on the months up to it. A cell that
no row tells of is scored for nobody, and neither is one that some method cannot speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused, TimeError
from foreshock.core.months import MonthlyCounts, month_after, months_between
from foreshock.evaluate.arrivals.inputs import ARMS, Errors, errors_of, shifted
from foreshock.forecast.displacement.arrivals.fitting import fit
from foreshock.forecast.displacement.arrivals.levels import Ahead, forecast
from foreshock.forecast.displacement.arrivals.simple_months import SIMPLE, Members
from foreshock.forecast.displacement.arrivals.violence import Violence
from foreshock.verify.scores import crps

Floats = NDArray[np.float64]

MODEL = "shared levels"
"""The forecaster that is issued."""

STANDARD = (date(2016, 12, 1), date(2019, 11, 1))
"""First origin and last month scored, on which the model was frozen before any of it was."""

LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Origins, months ahead, and how forecasts are scored.

    An origin is a month: it and those before it are known, those after it are not.

    Attributes
    ----------
    first : datetime.date
        The first origin.
    last : datetime.date
        The last month that is scored.
    months : int
        Months ahead.
    members : int
        Members that stand for a forecast.
    seed : int
        Of the resampling of origins.
    """

    first: date
    last: date
    months: int = 3
    members: int = 400
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be planned."""
        if months_between(self.first, self.last) < 1:
            raise TimeError(
                f"no month between the first origin, {self.first:%Y-%m}, and the last month that "
                f"is scored, {self.last:%Y-%m}"
            )

    @property
    def origins(self) -> list[date]:
        """Every origin, in order."""
        return [month_after(self.first, k) for k in range(months_between(self.first, self.last))]


def usual_plan(counts: MonthlyCounts, *, seed: int = 0) -> Plan:
    """Plan the standard months if the table has them; else all but the first third of its own."""
    first, last = STANDARD
    if not (counts.first < first and last <= counts.last):
        first = month_after(counts.first, max(len(counts.people) // 3, 1) - 1)
        last = counts.last
    return Plan(first=first, last=last, seed=seed)


@dataclass(frozen=True, eq=False)
class Rolled:
    """Scores of every forecaster.

    Attributes
    ----------
    plan : Plan
    scores : polars.DataFrame
        A row a cell and forecaster: ``origin``, ``ahead``, ``place``, ``forecaster``, ``came``,
        ``crps``, ``log`` (of the logarithms of one more than the people), ``within``.
    forecasters : tuple of str
        The model first, then simple methods, then trials of further inputs.
    left_out : int
        Cells that some forecaster could not speak of.
    """

    plan: Plan
    scores: pl.DataFrame
    forecasters: tuple[str, ...]
    left_out: int


def roll(
    counts: MonthlyCounts,
    plan: Plan,
    fought: Violence | None = None,
    *,
    progress: Callable[[str], None] = lambda _step: None,
) -> Rolled:
    """Forecast and score at every origin.

    Parameters
    ----------
    counts : MonthlyCounts
        At an origin, what lies after it is used for scores alone.
    plan : Plan
    fought : Violence, optional
        Fighting in the same places, to try what it adds.
    progress : callable
        Told each origin that is done.

    Raises
    ------
    ForecastRefused
        If nothing can be forecast and scored.
    TimeError
        If the table does not reach from the first origin to the last month.
    """
    counts = counts.until(plan.last)
    counts.row(plan.first)
    errors = errors_of(counts, plan.months) if fought is not None else None
    rows: list[dict[str, object]] = []
    left_out = 0
    names = (
        MODEL,
        *(each.name for each in SIMPLE),
        *((a.name for a in ARMS) if fought is not None else ()),
    )
    for number, origin in enumerate(plan.origins):
        made = forecasts(counts, origin, plan, fought, errors)
        for ahead in range(1, min(plan.months, months_between(origin, plan.last)) + 1):
            came = counts.people[counts.row(origin) + ahead]
            for place in np.flatnonzero(np.isfinite(came)).tolist():
                told = {n: f[ahead, place] for n, f in made.items() if (ahead, place) in f}
                if len(told) < len(names):
                    left_out += 1
                    continue
                rows += [
                    {"origin": origin, "ahead": ahead, "place": counts.places[place],
                     "forecaster": name} | scored(members, float(came[place]))
                    for name, members in told.items()
                ]  # fmt: skip
        progress(f"origin {origin:%Y-%m}, {number + 1} of {len(plan.origins)}")
    if not rows:
        raise ForecastRefused(
            f"no cell from {plan.first:%Y-%m} to {plan.last:%Y-%m} can be forecast and scored",
            mend="begin later, or take a longer table",
        )
    return Rolled(plan, pl.DataFrame(rows), names, left_out)


def forecasts(
    counts: MonthlyCounts,
    origin: date,
    plan: Plan,
    fought: Violence | None = None,
    errors: Errors | None = None,
) -> dict[str, Members]:
    """Give the members of every forecaster at an origin, from what was known there.

    With fighting, trials of further inputs are among them; one knows the fighting ahead, as its
    name says.
    """
    known = counts.until(origin)
    ahead = forecast(known, fit(known), plan.months)
    found = {MODEL: _members(ahead, plan.members)}
    found |= {each.name: each.forecast(known, plan.months, plan.members) for each in SIMPLE}
    if fought is not None and errors is not None:
        row = counts.row(origin)
        for arm in ARMS:
            found[arm.name] = _members(
                shifted(ahead, arm, counts, fought, errors, row), plan.members
            )
    return found


def _members(ahead: Ahead, number: int) -> Members:
    people = ahead.members(number)
    months, places, _ = people.shape
    return {(k + 1, place): people[k, place] for k in range(months) for place in range(places)}


def scored(members: Floats, came: float) -> dict[str, float | bool]:
    """Score one forecast.

    Examples
    --------
    >>> found = scored(np.arange(100.0), 96.0)
    >>> round(float(found["log"]), 3), found["within"]
    (0.461, False)
    """
    ordered = np.sort(members)
    low, high = (ordered[max(int(np.ceil(q * len(ordered) - 1e-9)) - 1, 0)] for q in (LOW, HIGH))
    return {
        "came": came,
        "crps": float(crps(ordered, came)),
        "log": float(crps(np.log1p(ordered), np.log1p(came))),
        "within": bool(low <= came <= high),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a forecaster said of one place and month, and what came.

    Attributes
    ----------
    origin, month : datetime.date
    forecaster : str
    low, middle, high : float
        2.5 %, 50 % and 97.5 % quantile.
    over : float
        Chance of more than the number asked for.
    at_least : float
        Chance of at least what came; not a number where nothing was listed.
    came : float
    """

    origin: date
    month: date
    forecaster: str
    low: float
    middle: float
    high: float
    over: float
    at_least: float
    came: float


def look(
    counts: MonthlyCounts,
    place: str,
    origins: Sequence[date],
    over: float,
    plan: Plan,
    fought: Violence | None = None,
) -> list[Looked]:
    """Tell what every forecaster said of one place at some origins, beside what came.

    Trials of fighting speak at origins whose month it covers; the one that is told the fighting
    ahead never does.

    Raises
    ------
    TimeError
        If the table does not know an origin.
    """
    found = []
    column = counts.places.index(place)
    for origin in origins:
        now = counts.row(origin)
        known = fought if fought is not None and now < len(fought) else None
        errors = errors_of(counts.until(origin), plan.months) if known is not None else None
        made = forecasts(counts, origin, plan, known, errors)
        for arm in ARMS:
            if arm.foresees:
                made.pop(arm.name, None)
        for ahead in range(1, plan.months + 1):
            row = now + ahead
            came = float(counts.people[row, column]) if row < len(counts.people) else float("nan")
            for name, members in made.items():
                people = members[ahead, column]
                low, middle, high = np.quantile(people, [0.025, 0.5, 0.975])
                found.append(
                    Looked(
                        origin=origin, month=month_after(origin, ahead), forecaster=name,
                        low=float(low), middle=float(middle), high=float(high),
                        over=float((people > over).mean()),
                        at_least=float((people >= came).mean()) if came >= 0 else float("nan"),
                        came=came,
                    )
                )  # fmt: skip
    return found
