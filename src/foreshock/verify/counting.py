"""What has been counted of a case's series, as far as it is settled: against it totals are scored.

A day is settled once everything of it is known, by the delay that the case declares. Until then its
count may still grow, and a forecast scored by it would look too high.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from foreshock.assess.disputes import tally
from foreshock.assess.running_total import histories, totals
from foreshock.assess.series.counting import case_series, joined
from foreshock.case.opening import Case
from foreshock.core.displacement import Total
from foreshock.core.series import DailySeries
from foreshock.evidence.reconcile import reconcile


def settled_counts(
    case: Case, day: date, recorded_by: datetime | None = None
) -> DailySeries | None:
    """Count the acts of a case's series over the days that are settled by the end of a day.

    Parameters
    ----------
    case : Case
    day : datetime.date
        What became known later is not looked at.
    recorded_by : datetime.datetime, optional
        Only what had been recorded by then.

    Returns
    -------
    DailySeries or None
        Acts likelier than not, with their likeliest number of dead; over the days that all feeds of
        the case hold. None where the case declares no series with a delay, or no day is settled.
    """
    feeds = [row.told() for row in case.about.series]
    settled = [
        (feed, day - timedelta(days=feed.delay.longest))
        for feed in feeds
        if feed.delay is not None and feed.since <= day - timedelta(days=feed.delay.longest)
    ]
    if not settled:
        return None
    evidence = case.store.view(case.name, day, recorded_by)
    events = reconcile(evidence)
    tallies = tally(events, evidence)
    return joined(
        [
            case_series(evidence, events, tallies, feed, worlds=1).likeliest.until(last)
            for feed, last in settled
        ]
    )


def counted_totals(case: Case, day: date, recorded_by: datetime | None = None) -> tuple[Total, ...]:
    """Give the running total of displaced people as it had been counted by the end of a day.

    Where counts contradict each other, those of the most believed history are given; none where the
    case declares no displacement.
    """
    declared = case.about.displacement
    if declared is None:
        return ()
    told = histories(totals(case.store.view(case.name, day, recorded_by), declared))
    return told[0].totals if told else ()
