"""A feed of made-up claims: Gondal and Ruritania, and the parts of either."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests.assess.relations.made import claim, seen

from foreshock.assess.disputes import tally
from foreshock.assess.series.counting import CaseSeries, case_series
from foreshock.case.feeds import Delay, Feed
from foreshock.evidence.actors import Actor
from foreshock.evidence.claim import Claim
from foreshock.evidence.figures import parse_quantities
from foreshock.evidence.reconcile import reconcile
from foreshock.evidence.view import Evidence

FIRST = date(2031, 5, 1)
AS_OF = date(2031, 6, 30)
FORTH, BACK = "gondal>ruritania", "ruritania>gondal"
FEED = Feed(
    name="border",
    since=FIRST,
    pairs=(("gondal", "ruritania"), ("ruritania", "gondal")),
    delay=Delay((0, 3), (0.5, 1.0)),
)
CAST = [
    Actor(id="guard", name="Guard", parents=("gondal",)),
    Actor(id="third-guard", name="Third Guard", parents=("guard",)),
    Actor(id="lancers", name="Lancers", parents=("ruritania",)),
]


def day(number: int) -> date:
    """Give a day, counted from `FIRST`."""
    return FIRST + timedelta(days=number)


def shelling(key: str, number: int = 3, *args: Any, killed: str = "", **fields: Any) -> Claim:
    """Make a claim that Gondal shelled Ruritania on a day, with so many dead."""
    if killed:
        fields["quantities"] = parse_quantities(killed)
    made = {"mode": "heavy-weapons", "place": f"place {key}"} | fields
    return claim(key, "ASSAULT", day(number), *args, **made)


def counted(
    claims: Iterable[Claim], as_of: date = AS_OF, feed: Feed = FEED, **how: Any
) -> CaseSeries:
    """Count the acts of a feed in some claims."""
    return counted_in(seen(claims, as_of, CAST), feed, **how)


def counted_in(evidence: Evidence, feed: Feed = FEED, **how: Any) -> CaseSeries:
    """Count the acts of a feed in some evidence."""
    events = reconcile(evidence)
    return case_series(evidence, events, tally(events, evidence), feed, **how)
