"""The forecast cycle: what was reported, what it means, what may follow, what to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from foreshock.assess.picture import Picture, assess
from foreshock.brief.compose import compose
from foreshock.brief.compose_forecast import Foreseen, Later, because
from foreshock.brief.document import Brief
from foreshock.case.opening import Case
from foreshock.core.errors import (
    CaseError,
    ForecastRefused,
    LedgerError,
    StoreError,
    TimeError,
)
from foreshock.evidence.view import Evidence
from foreshock.forecast.escalation.project import project
from foreshock.verify.counting import settled_counts
from foreshock.verify.issuing import issue
from foreshock.verify.ledger import Ledger
from foreshock.verify.record import record_of_case

MEMBERS = 10_000
HORIZON = 30


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
    record = verify(case, forecast, day, _later(case, then, recorded_by))  # what is due -> scores
    progress("writing the brief")
    return compose(  # numbers -> sentences
        picture,
        record,
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


def foresee(
    case: Case,
    picture: Picture,
    members: int = MEMBERS,
    seed: int = 0,
    horizon: int = HORIZON,
    clock: Callable[[], datetime] | None = None,
) -> Foreseen:
    """Forecast, and write the forecast down before anybody sees it; or say why there is none."""
    evidence = picture.evidence
    try:
        outlook = project(picture, case.about, members=members, seed=seed, horizon=horizon)
        asked = evidence.questions.values()
        issued = issue(Ledger.of(case, clock), outlook, asked, evidence.digest)
    except ForecastRefused as error:
        return Foreseen(reason=because("No forecast is issued", error))
    except (LedgerError, StoreError) as error:
        unwritten = "No forecast is shown, as it could not be written down first"
        return Foreseen(reason=because(unwritten, error))
    return Foreseen(outlook=outlook, issued=issued, reason="")


def verify(case: Case, foreseen: Foreseen, day: date, later: Later | None) -> Foreseen:
    """Keep score of what the ledger says of this day and earlier ones."""
    try:
        record, _ = record_of_case(case, later.day if later else day, until=day)
        entries = [entry for entry in Ledger.of(case).entries() if entry.as_of <= day]
    except (LedgerError, StoreError) as error:
        return replace(foreseen, later=later, record_reason=because("No record", error))
    return replace(foreseen, later=later, entries=entries, record=record)


def _later(case: Case, day: date | None, recorded_by: datetime | None) -> Later | None:
    if day is None:
        return None
    outcomes = observe(case, day, recorded_by).outcomes
    return Later(day=day, observed=settled_counts(case, day, recorded_by), outcomes=outcomes)
