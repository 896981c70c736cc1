"""A made-up flight: Gondal advances on Zenda's towns, and an aid office counts who leaves.

Three sub-districts lie in a row, 33 km apart: the east with its front, the middle, and the west
with a shut border behind it. Ruritania lies beyond.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from tests.assess.relations.made import claim, seen

from foreshock.case.about import CaseFile
from foreshock.case.displacing import DisplacementRow
from foreshock.core.places import Place
from foreshock.core.time import Precision
from foreshock.evidence.claim import Attribution, Claim, Kind, Source
from foreshock.evidence.figures import parse_quantities
from foreshock.evidence.records import Entry, Road
from foreshock.evidence.view import Evidence

SINCE = date(2031, 5, 1)
AS_OF = date(2031, 6, 30)
SPOTS = {"east": 0.9, "middle": 0.6, "west": 0.3}
DECLARED = DisplacementRow(
    area="vale",
    counted_by="office",
    since=SINCE,
    attackers=["gondal"],
    shelters=["zenda"],
    closed=["abroad"],
)


def place(name: str, lon: float | None, kind: str = "town", **fields: Any) -> Place:
    """Make a place on the equator."""
    return Place(id=name, name=name.title(), kind=kind, lat=0.0, lon=lon, **fields)


PLACES = [
    place("vale", 0.6, "region"),
    place("abroad", 0.0, "country"),
    *(place(f"sd-{name}", lon, "subdistrict", parents=("vale",)) for name, lon in SPOTS.items()),
    *(place(f"{n}ton", lon, parents=(f"sd-{n}",), population=9000.0) for n, lon in SPOTS.items()),
    place("gate", 0.95, parents=("sd-east",)),
    place("sd-empty", 0.5, "subdistrict", parents=("vale",)),
    place("customs", 0.2, parents=("abroad",)),
]
ROADS = [
    Road(a="gate", b="eastton", km=6.0),
    Road(a="eastton", b="middleton", km=35.0),
    Road(a="middleton", b="westton", km=35.0),
    Road(a="westton", b="customs", km=12.0),
]


def day(number: int) -> date:
    """Give a day, counted from the first that is counted."""
    return SINCE + timedelta(days=number)


def holds(town: str, who: str, since: int | None = None, **fields: Any) -> Claim:
    """Make a claim that somebody holds a town at the as-of, since a day if one is named."""
    dated: dict[str, Any] = {"kind": Kind.STATE, "mode": "holds", "place": town}
    if since is not None:
        dated |= {"start": day(since), "end": AS_OF, "precision": Precision.SPAN}
    return claim(f"{who} {town}", "", AS_OF, who, (), **dated | fields)


def fled(people: int, until: int, source: str = "office", **fields: Any) -> Claim:
    """Make a claim that so many have fled by a day."""
    made: dict[str, Any] = {
        "kind": Kind.FIGURE,
        "place": "vale",
        "start": SINCE,
        "end": day(until),
        "precision": Precision.SPAN,
        "quantities": parse_quantities(f"displaced[people]={people}"),
        "chain": (Attribution(source),),
        "known_at": day(until + 2),
    }
    return claim(f"{people} {until} {source}", "DISPLACE", day(until), (), (), **made | fields)


CONTROL = [
    holds("gate", "gondal", since=50),
    *(holds(f"{name}ton", "zenda") for name in SPOTS),
]
COUNTS = [fled(10_000, 15), fled(20_000, 30), fled(60_000, 45), fled(90_000, 55)]


def known(claims: Iterable[Claim], as_of: date = AS_OF, entries: Iterable[Entry] = ()) -> Evidence:
    """Give the evidence of a day, with the land and its roads."""
    office = Source(id="office", name="Aid office", reliability="B")
    return seen(claims, as_of, [office, *PLACES, *ROADS, *entries])


def case(**changes: Any) -> CaseFile:
    """Declare the case, some of its displacement changed."""
    told: Mapping[str, Any] = DECLARED.model_dump() | changes
    return CaseFile(name="vale-2031", title="The vale", as_of=AS_OF, displacement=told)
