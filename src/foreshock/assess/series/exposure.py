"""Exposure: how much was reported of the actors of a feed, day by day, and when last."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.case.feeds import Feed
from foreshock.core.errors import StaleFeed
from foreshock.evidence.view import Evidence

WINDOW = 28
"""Days over which the reports are averaged, the day itself the last of them."""

BASIS = (
    f"reports that became known a day and name an actor of the feed in any claim, as a mean over "
    f"the {WINDOW} days up to the day"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exposure:
    """Reporting volume of a feed.

    Attributes
    ----------
    reports : ndarray of int, shape (day,)
        Reports known on each day of the series that name an actor of the feed.
    smoothed : ndarray of float, shape (day,)
        Their trailing mean over `WINDOW` days, over fewer where there are no more. Later evidence
        changes no earlier day of it.
    basis : str
        What was counted, for a reader.
    last_known : datetime.date or None
        Last day on which anything of the feed became known; None if nothing ever did.
    """

    reports: NDArray[np.int64]
    smoothed: NDArray[np.float64]
    basis: str
    last_known: date | None


def exposure(evidence: Evidence, feed: Feed) -> Exposure:
    """Count by day the reports that name an actor of a feed, or a part of one.

    Any claim counts, not only acts of the feed's class: a quiet front of which reports still come
    in is quiet, one of which nothing is heard may not be. A report counts once on each day on which
    one of its claims became known.
    """
    actors = {actor for pair in feed.pairs for actor in pair}
    above = evidence.actors.above
    told = {
        (claim.known_at, claim.report)
        for claim in evidence.claims.values()
        if claim.known_at is not None
        and any(
            party in actors or not actors.isdisjoint(above(party))
            for party in (*claim.actors, *claim.recipients)
        )
    }
    by_day = Counter(day for day, _ in told)
    days = (evidence.as_of - feed.since).days + 1
    reports = np.array([by_day[feed.since + timedelta(days=n)] for n in range(days)], np.int64)
    total = np.concatenate([[0], np.cumsum(reports)])
    start = np.maximum(np.arange(days) - WINDOW + 1, 0)
    end = np.arange(1, days + 1)
    smoothed = (total[end] - total[start]) / (end - start)
    for array in (reports, smoothed):
        array.setflags(write=False)
    return Exposure(
        reports=reports, smoothed=smoothed, basis=BASIS, last_known=max(by_day, default=None)
    )


def require_fresh(feed: Feed, last_known: date | None, as_of: date) -> None:
    """Refuse a feed of which nothing has become known for too long.

    Parameters
    ----------
    feed : Feed
    last_known : datetime.date or None
        Last day on which anything of it became known.
    as_of : datetime.date

    Raises
    ------
    StaleFeed
        If that was more than the feed's `stale_after` days before the as-of, or never.

    Examples
    --------
    >>> feed = Feed(name="border", since=date(2031, 1, 1), pairs=(("gondal", "ruritania"),))
    >>> require_fresh(feed, date(2031, 5, 1), date(2031, 5, 15))
    >>> require_fresh(feed, date(2031, 5, 1), date(2031, 5, 16))
    Traceback (most recent call last):
    foreshock.core.errors.StaleFeed: series border: nothing of its actors became known since \
2031-05-01. Expected: news within 14 days before 2031-05-16. Mend: add what was reported since \
then, or choose an as-of up to 2031-05-15.
    """
    if last_known is not None and (as_of - last_known).days <= feed.stale_after:
        return
    since = f"since {last_known}" if last_known else f"up to {as_of}"
    until = last_known + timedelta(days=feed.stale_after) if last_known else None
    raise StaleFeed(
        f"nothing of its actors became known {since}",
        where=f"series {feed.name}",
        expected=f"news within {feed.stale_after} days before {as_of}",
        mend="add what was reported since then"
        + (f", or choose an as-of up to {until}" if until else ""),
    )
