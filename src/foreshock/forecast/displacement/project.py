"""From a case's picture to its outlook of displacement: how many leave, whence and where to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from foreshock import __version__
from foreshock.assess.control.belief import SURE
from foreshock.assess.control.heeding import heeded
from foreshock.assess.control.settings import load_settings
from foreshock.assess.ground import living, terrain
from foreshock.assess.picture import Picture
from foreshock.assess.running_total import History, histories, totals
from foreshock.case.about import CaseFile
from foreshock.case.displacing import DisplacementRow
from foreshock.core.answers_displaced import DISPLACED
from foreshock.core.digest import digest
from foreshock.core.displacement import Displacement
from foreshock.core.errors import ForecastRefused, StaleFeed
from foreshock.core.outlook import Outlook
from foreshock.evidence.view import Evidence
from foreshock.forecast.displacement.arrivals.prior import Taught as TaughtArrivals
from foreshock.forecast.displacement.arrivals.prior import bundled as bundled_arrivals
from foreshock.forecast.displacement.destinations.taught import Taught as TaughtDestinations
from foreshock.forecast.displacement.destinations.taught import bundled as bundled_destinations
from foreshock.forecast.displacement.leaving import Supposed, leaving
from foreshock.forecast.displacement.tables import ROUGH, simple_shares, tables

MODEL = "displacement"

LEAST_COUNTS = 3
"""Counts of a running total that a forecast needs."""

THIN_COUNTS = 8

LONGEST = 90
"""Days ahead beyond which nobody should be told a number."""


def project(
    picture: Picture,
    case: CaseFile,
    *,
    members: int = 10_000,
    seed: int = 0,
    horizon: int = 30,
    escalation: Outlook | None = None,
    supposed: Supposed | None = None,
) -> Displacement:
    """Forecast the displacement that a case declares.

    Parameters
    ----------
    picture : Picture
    case : CaseFile
        Its ``displacement`` declares whose count is forecast, who attacks, who shelters.
    members, seed, horizon : int
        Equally likely futures, seed of their draws, days ahead; a declared question about the same
        total that closes later stretches the horizon, up to 90 days.
    escalation : Outlook, optional
        Futures of the fighting, which move those of flight member by member.
    supposed : Supposed, optional
        Of a what-if, which is no forecast and is never issued as one.

    Raises
    ------
    ForecastRefused
        If the case declares none, too little was counted, or nobody is threatened.
    StaleFeed
        If the last count is too old.
    """
    declared = case.displacement
    if declared is None:
        raise ForecastRefused(
            "the case declares no displacement to forecast",
            where="case.yaml",
            mend="declare `displacement`: whose count, since when, who attacks and who shelters",
        )
    evidence = picture.evidence
    arrivals, destinations = (
        bundled_arrivals(evidence.as_of), bundled_destinations(evidence.as_of)
    )  # fmt: skip
    counted = totals(evidence, declared)
    told = histories(counted, seed)
    _require(told, declared, evidence)
    last = evidence.as_of + timedelta(days=_horizon(horizon, evidence, declared))
    ground = terrain(evidence, heeded(picture.control, picture.belief, evidence), declared)
    people, people_claims = living(evidence, declared.area) or (None, ())
    ahead, simple, start = leaving(
        told, last, arrivals, members, seed, escalation, people, supposed
    )
    shares, notes = tables(evidence, ground, declared, counted, destinations, members, seed)
    told_of = ground.grounds if shares.size else ()
    return Displacement(
        as_of=evidence.as_of,
        model=MODEL,
        config=digest(
            MODEL, __version__, arrivals.digest, destinations.digest, ROUGH,
            declared.model_dump(mode="json"), load_settings().plain(), SURE,
            escalation.config if escalation else "",
        ),
        seed=seed,
        area=declared.area,
        counter=declared.counted_by,
        since=declared.since,
        totals=counted,
        start=start,
        leaving=ahead,
        origins=told_of,
        destinations=told_of,
        shares=shares,
        baselines=simple,
        simple_shares=simple_shares(told_of),
        people=people,
        people_claims=people_claims,
        thresholds=tuple(declared.thresholds),
        left_out=ground.left_out,
        thin=_thin(told),
        notes=(
            *_learned(arrivals, destinations), *notes,
            *filter(None, [declared.note]),
        ),
    )  # fmt: skip


def _require(told: Sequence[History], declared: DisplacementRow, evidence: Evidence) -> None:
    most = max((len(each.totals) for each in told), default=0)
    if most < LEAST_COUNTS:
        raise ForecastRefused(
            f"only {most} counts of {declared.counted_by} fit together, of at least {LEAST_COUNTS}",
            mend="add its earlier totals since the same day to displaced.csv",
        )
    newest = max(each.totals[-1].day for each in told)
    age = (evidence.as_of - newest).days
    if age > declared.stale_after:
        raise StaleFeed(
            f"the last count of {declared.counted_by} is for {newest}, {age} days ago",
            expected=f"one within {declared.stale_after} days",
            mend="add its newest total; silence says nothing of how many have fled",
        )


def _learned(arrivals: TaughtArrivals, destinations: TaughtDestinations) -> tuple[str, ...]:
    about = arrivals.provenance
    return (
        f"How numbers move was learned from {about.cells} monthly counts in {about.places} places "
        f"({about.first[:7]} to {about.last[:7]}), how distance works from "
        f"{len(destinations.cases)} cases of other countries that had ended by the day.",
    )


def _horizon(horizon: int, evidence: Evidence, declared: DisplacementRow) -> int:
    asked = [
        (question.closes - evidence.as_of).days
        for question in evidence.questions.values()
        if question.variable == DISPLACED and question.place == declared.area
    ]
    return min(LONGEST, max([horizon, *asked]))


def _thin(told: Sequence[History]) -> str:
    most = max(len(each.totals) for each in told)
    return f"{most} counts of the total" if most < THIN_COUNTS else ""
