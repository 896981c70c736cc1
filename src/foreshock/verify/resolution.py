"""Resolution: what became of a forecast once its window has passed and evidence has come in.

An outcome has a day on which the public could know it, and counts from that day on. A forecast is
scored when its window has passed too: what comes about early would else be scored early, and what
does not come about late, and every record would look too eager in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np

from foreshock.core.answers import CENTRAL
from foreshock.core.answers_displaced import DISPLACED
from foreshock.core.displacement import ARRIVALS, Total
from foreshock.core.questions import Question
from foreshock.core.series import DailySeries
from foreshock.evidence.records import Outcome
from foreshock.verify.entries import Entry, terms_of
from foreshock.verify.scores import brier, crps, interval_score, log_score

WORDING = frozenset({"text", "resolver"})
"""Terms of a question that may be worded anew without making it another question."""


NEAR = timedelta(days=3)
"""A running total is scored against the count for the day nearest to its own, within this."""


class Status(StrEnum):
    """How far a forecast has come."""

    OPEN = "open"
    AWAITING = "awaiting"
    RESOLVED = "resolved"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Scores of one answer, smaller is better; None where one does not apply.

    Parameters
    ----------
    main : float
        The score by which cases are compared: Brier, or CRPS of the logarithm.
    brier, log : float or None
        Of a probability (see `foreshock.verify.scores`).
    crps : float or None
        Of a number, in its units.
    crps_log : float or None
        The same of ln(1 + number), which can be averaged over large and small numbers (Bosse et
        al. 2023, doi:10.1371/journal.pcbi.1011393).
    interval : float or None
        Interval score of the central 90 %.
    covered : bool or None
        Whether that interval held the number.
    """

    main: float
    brier: float | None = None
    log: float | None = None
    crps: float | None = None
    crps_log: float | None = None
    interval: float | None = None
    covered: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What became of a forecast.

    Parameters
    ----------
    entry : Entry
    status : Status
    reason : str
        Why it is void, or what it waits for.
    happened : bool or None
        Whether it came about, of a yes or no.
    value : float or None
        The number, where one was asked for.
    known_at : datetime.date or None
        Day from which the public could know it.
    scored : Scored or None
    baselines : mapping of str to Scored
    """

    entry: Entry
    status: Status
    reason: str = ""
    happened: bool | None = None
    value: float | None = None
    known_at: date | None = None
    scored: Scored | None = None
    baselines: Mapping[str, Scored] = field(default_factory=dict)


def resolve(
    entry: Entry,
    *,
    today: date,
    questions: Mapping[str, Question],
    outcomes: Mapping[str, Outcome],
    observed: DailySeries | None = None,
    totals: Sequence[Total] = (),
) -> Resolution:
    """Resolve a forecast or judgement, as far as could be known by the end of a day.

    Parameters
    ----------
    entry : Entry
    today : datetime.date
    questions : mapping of str to Question
        As they are declared now: a question that was changed meanwhile voids its answers.
    outcomes : mapping of str to Outcome
        By question. Those that were known later, or that have no known day, are not looked at.
    observed : DailySeries, optional
        What has been counted; for forecasts of a series. It ends where counts are settled.
    totals : sequence of Total
        Running totals of displaced people, for forecasts of one.
    """
    if entry.series and entry.terms["variable"] == DISPLACED:
        return _resolve_total(entry, today, totals)
    if entry.series and entry.terms["variable"] == ARRIVALS:
        return _uncounted(entry, today)
    if entry.series:
        return _resolve_series(entry, today, observed)
    asked = questions.get(entry.question)
    if asked is None:
        return _void(entry, "the question is not declared any more")
    if _core(terms_of(asked)) != _core(entry.terms):
        return _void(entry, "the question was changed after it was answered")
    outcome = outcomes.get(entry.question)
    if outcome is None or outcome.known_at is None or outcome.known_at > today:
        passed = today >= asked.closes
        return Resolution(
            entry=entry,
            status=Status.AWAITING if passed else Status.OPEN,
            reason="no outcome is known yet" if passed else f"open until {asked.closes}",
        )
    if outcome.known_at <= entry.as_of:
        return _void(entry, f"the outcome was known on {outcome.known_at}, before the forecast")
    if today < asked.closes:
        return Resolution(
            entry=entry,
            status=Status.OPEN,
            known_at=outcome.known_at,
            reason=f"it has come out already ({outcome.outcome}); it counts from {asked.closes} on",
        )
    return _settled(entry, outcome)


def _settled(entry: Entry, outcome: Outcome) -> Resolution:
    if entry.probability is not None:
        if outcome.outcome not in {"yes", "no"}:
            return _void(entry, f"the outcome is {outcome.outcome!r}, neither yes nor no")
        happened = outcome.outcome == "yes"
        return Resolution(
            entry=entry,
            status=Status.RESOLVED,
            happened=happened,
            known_at=outcome.known_at,
            scored=_score_chance(entry.answer, happened),
            baselines={n: _score_chance(told, happened) for n, told in entry.baselines.items()},
        )
    try:
        value = float(outcome.value.replace(",", ""))
    except ValueError:
        return _void(entry, f"the outcome names no number ({outcome.value!r})")
    return _counted(entry, value, outcome.known_at)


def _resolve_series(entry: Entry, today: date, observed: DailySeries | None) -> Resolution:
    first, closes = (date.fromisoformat(entry.terms[end]) for end in ("first", "closes"))
    if today < closes:
        return Resolution(entry=entry, status=Status.OPEN, reason=f"open until {closes}")
    if (
        observed is None
        or entry.series not in observed.names
        or not observed.first <= first <= closes <= min(observed.last, today)
    ):
        return Resolution(
            entry=entry, status=Status.AWAITING, reason="its days are not settled yet"
        )
    total = observed.select([entry.series]).total(first, closes)
    counted = total.deaths if entry.terms["variable"] == "deaths" else total.counts
    return _counted(entry, float(counted[0]), observed.last)


def _resolve_total(entry: Entry, today: date, totals: Sequence[Total]) -> Resolution:
    closes = date.fromisoformat(entry.terms["closes"])
    near = [total for total in totals if abs(total.day - closes) <= NEAR]
    if today < closes or not near:
        return _uncounted(entry, today)
    found = min(near, key=lambda total: (abs(total.day - closes), total.day))
    return _counted(entry, found.people, found.day)


def _uncounted(entry: Entry, today: date) -> Resolution:
    closes = date.fromisoformat(entry.terms["closes"])
    if today < closes:
        return Resolution(entry=entry, status=Status.OPEN, reason=f"open until {closes}")
    reason = "nobody has counted it for that day yet"
    return Resolution(entry=entry, status=Status.AWAITING, reason=reason)


def _counted(entry: Entry, value: float, known_at: date | None) -> Resolution:
    return Resolution(
        entry=entry,
        status=Status.RESOLVED,
        value=value,
        known_at=known_at,
        scored=_score_number(entry.answer, value),
        baselines={name: _score_number(told, value) for name, told in entry.baselines.items()},
    )


def _score_chance(told: Mapping[str, Any], happened: bool) -> Scored:
    probability = float(told["probability"])
    squared = float(brier(probability, float(happened)))
    return Scored(
        main=squared,
        brier=squared,
        log=float(log_score(probability, float(happened))),
    )


def _score_number(told: Mapping[str, Any], value: float) -> Scored:
    values = np.asarray(told["values"], dtype=np.float64)
    low, high = (float(end) for end in told["interval"])
    logarithmic = float(crps(np.log1p(values), np.log1p(value)))
    return Scored(
        main=logarithmic,
        crps=float(crps(values, value)),
        crps_log=logarithmic,
        interval=float(interval_score(low, high, value, CENTRAL)),
        covered=low <= value <= high,
    )


def _void(entry: Entry, reason: str) -> Resolution:
    return Resolution(entry=entry, status=Status.VOID, reason=reason)


def _core(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in terms.items() if name not in WORDING}
