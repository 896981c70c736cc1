"""The forecast cycle: what was reported, what it means, what may follow, what to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from foreshock.assess.picture import Picture, assess
from foreshock.brief.compose import compose
from foreshock.brief.document import Brief
from foreshock.brief.foreseen import Foreseen, Later, because
from foreshock.case.opening import Case
from foreshock.core.errors import (
    CaseError,
    LedgerError,
    StoreError,
    TimeError,
)
from foreshock.evidence.view import Evidence
from foreshock.foresee import HORIZON, MEMBERS, foresee
from foreshock.scenario.assumed import assume
from foreshock.verify.counting import counted_arrivals, counted_totals, settled_counts
from foreshock.verify.ledger import Ledger
from foreshock.verify.record import record_of_case


def cycle(
    case: Case,
    as_of: date | None = None,
    recorded_by: datetime | None = None,
    members: int = MEMBERS,
    seed: int = 0,
    then: date | None = None,
    *,
    horizon: int = HORIZON,
    clock: Callable[[], datetime] | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Brief:
    """Run the cycle for one day.

    Parameters
    ----------
    case : Case
    as_of : datetime.date, optional
        The end of this UTC day; the case's own day if not given.
    recorded_by : datetime.datetime, optional
        Only what had been recorded by then.
    members, seed, horizon : int
        Equally likely futures of the forecast, seed of their draws, and days ahead.
    then : datetime.date, optional
        A later day, of which it is shown beside the forecast what had happened.
    clock, progress : callable, optional
        What tells the time of issue (UTC); who is told each step as it begins.

    Returns
    -------
    Brief
        The same for the same case, day, seed, and state of the store and of the ledger.

    Raises
    ------
    CaseError, TimeError
        If nothing is known of the case on that day, or `then` lies before it.
    """
    day = as_of or case.about.as_of
    if then is not None and then < day:
        raise TimeError(
            f"what came to pass is asked for as of {then}, before the forecast's own day {day}",
            expected=f"a day from {day} on",
        )
    progress("reading the evidence")
    claims = observe(case, day, recorded_by)  # reports -> attributed claims
    progress("working out the picture")
    picture = picture_of(case, claims)  # claims -> events, disputes, relations, series ...
    progress(f"forecasting: {members:,} futures")
    forecast = foresee(case, picture, members, seed, horizon, clock)  # picture -> ledger
    progress("keeping score")
    seen_later = observe(case, then, recorded_by) if then else None
    later = _later(case, day, seen_later, recorded_by) if seen_later else None
    record = verify(case, forecast, day, later)  # what is due -> scores
    progress("working out what is assumed")
    assumed = assume(case, claims, picture.events, seen_later, seed=seed)  # sheets -> robustness
    progress("writing the brief")
    return compose(  # numbers -> sentences
        picture,
        record,
        assumed,
        case=case.name,
        title=case.about.title,
        focus=case.about.focus,
        recorded_by=recorded_by,
    )


def observe(case: Case, as_of: date, recorded_by: datetime | None = None) -> Evidence:
    """Give the evidence that could be known by the end of a day."""
    evidence = case.store.view(case.name, as_of, recorded_by)
    if not evidence.claims:
        recorded = f", recorded by {recorded_by:%Y-%m-%d %H:%M} UTC" if recorded_by else ""
        raise CaseError(
            f"nothing is known of this case as of {as_of}{recorded}",
            where=case.name,
            mend="choose a later day; a picture of nothing would look like a picture of peace",
        )
    return evidence


def picture_of(case: Case, evidence: Evidence) -> Picture:
    """Assess what the evidence of a day means for a case."""
    return assess(evidence, case.about.focus, [row.thesis() for row in case.about.theses])


def verify(case: Case, foreseen: Foreseen, day: date, later: Later | None) -> Foreseen:
    """Keep score of what the ledger says of this day and earlier ones."""
    try:
        record, _ = record_of_case(case, later.day if later else day, until=day)
        entries = [entry for entry in Ledger.of(case).entries() if entry.as_of <= day]
    except (LedgerError, StoreError) as error:
        return replace(foreseen, later=later, record_reason=because("No record", error))
    return replace(foreseen, later=later, entries=entries, record=record)


def _later(case: Case, as_of: date, seen: Evidence, recorded_by: datetime | None) -> Later:
    day = seen.as_of
    return Later(
        day=day,
        observed=settled_counts(case, day, recorded_by),
        outcomes=seen.outcomes,
        totals=counted_totals(case, day, recorded_by),
        arrived=counted_arrivals(case, as_of, day, recorded_by),
    )
