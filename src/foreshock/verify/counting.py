"""What has been counted of a case's series, as far as it is settled: against it totals are scored.

A day is settled once everything of it is known, by the delay that the case declares. Until then its
count may still grow, and a forecast scored by it would look too high.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foreshock.assess.disputes import tally
from foreshock.assess.running_total import histories, totals
from foreshock.assess.series.counting import case_series, joined
from foreshock.case.opening import Case
from foreshock.core.displacement import Total
from foreshock.core.series import DailySeries
from foreshock.evidence.claim import Claim, Kind, Modality
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Share of arrivals in a place, as somebody counted it.

    Attributes
    ----------
    share : float
        Of all moves that the same source counted over the same days, 0 to 1.
    first, last : datetime.date
        Days that were counted.
    claims : tuple of str
        Ids of the claims of both numbers.
    """

    share: float
    first: date
    last: date
    claims: tuple[str, ...]


def counted_arrivals(
    case: Case, since: date, day: date, recorded_by: datetime | None = None
) -> dict[str, Arrived]:
    """Give what was counted of arrivals by place, over days that do not end before a forecast's.

    A share needs both numbers from one source over the same days: arrivals in the place, and all
    moves in the area. Of several the longest span counts, then the latest.

    Parameters
    ----------
    case : Case
    since : datetime.date
        Day of the forecast.
    day : datetime.date
        What became known later is not looked at.
    recorded_by : datetime.datetime, optional
        Only what had been recorded by then.
    """
    declared = case.about.displacement
    if declared is None:
        return {}
    evidence = case.store.view(case.name, day, recorded_by)
    told = [
        (claim, claim.start, claim.end)
        for claim in evidence.standing
        if _counts_moves(claim) and claim.start and claim.end and claim.end > since
    ]
    whole = {
        (evidence.voice(claim), start, end): (amount, claim.id)
        for claim, start, end in told
        if claim.place == declared.area and (amount := _amount(claim, "movements")) is not None
    }
    found: dict[str, Arrived] = {}
    for claim, start, end in told:
        moves = whole.get((evidence.voice(claim), start, end))
        amount = _amount(claim, "arrivals")
        if moves is None or amount is None or len(claim.destinations) != 1:
            continue
        place = claim.destinations[0]
        mine = Arrived(share=amount / moves[0], first=start, last=end, claims=(claim.id, moves[1]))
        known = found.get(place)
        if known is None or _span(mine) > _span(known):
            found[place] = mine
    return found


def _counts_moves(claim: Claim) -> bool:
    return (
        claim.type == "DISPLACE"
        and claim.kind in {Kind.FIGURE, Kind.EVENT}
        and claim.modality is Modality.ACTUAL
    )


def _amount(claim: Claim, what: str) -> float | None:
    return next((each.central for each in claim.quantities if each.what == what), None)


def _span(arrived: Arrived) -> tuple[timedelta, date]:
    return arrived.last - arrived.first, arrived.last
