"""The forecast cycle: what was reported, what it means, what may follow, what to tell."""

from __future__ import annotations

from datetime import date, datetime

from foreshock.assess.picture import Picture, assess
from foreshock.brief.compose import compose
from foreshock.brief.document import Brief
from foreshock.case.opening import Case
from foreshock.core.errors import CaseError
from foreshock.evidence.view import Evidence


def cycle(case: Case, as_of: date | None = None, recorded_by: datetime | None = None) -> Brief:
    """Run the cycle for one day.

    Forecasting and verification join here when they are built; until then the brief says that no
    forecast is issued.

    Parameters
    ----------
    case : Case
        An open case.
    as_of : datetime.date, optional
        The end of this UTC day; the case's own day if not given.
    recorded_by : datetime.datetime, optional
        Only what had been recorded by then.

    Returns
    -------
    Brief
        The same for the same case, day, and state of the store.
    """
    claims = observe(case, as_of or case.about.as_of, recorded_by)  # reports -> attributed claims
    picture: Picture = assess(  # claims -> events, disputes, relations, control, displaced ...
        claims, case.about.focus, [row.thesis() for row in case.about.theses]
    )
    return compose(  # numbers -> sentences
        picture,
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
