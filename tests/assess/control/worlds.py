"""Made-up wars whose holders are known, told by sources that lean.

Places lie along one road. Gondal holds the west, Zenda the east, and the line moves: a place beside
an enemy's falls with a chance a day that is greater for some days after its neighbour fell. Each
side's office calls places of the other its own sometimes, and is slow to admit a loss; a monitor is
seldom wrong, a blog often.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from tests.assess.relations.made import claim, seen

from foreshock.core.places import Place
from foreshock.evidence.actors import Actor, Tie
from foreshock.evidence.claim import Attribution, Claim, Kind, Source
from foreshock.evidence.records import Entry, Road
from foreshock.evidence.view import Evidence

FIRST = date(2031, 3, 1)
SIDES = ("gondal", "zenda")
SOURCES = [
    Source(id="gondal-office", name="Gondal's office", side="gondal", reliability="D"),
    Source(id="zenda-office", name="Zenda's office", side="zenda", reliability="D"),
    Source(id="monitor", name="Monitor", reliability="B"),
    Source(id="second-monitor", name="Second monitor", reliability="B"),
    Source(id="blog", name="Blog", reliability="F"),
]
CAST = [
    Actor(id="gondal", name="Gondal", kind="state", country="GON"),
    Actor(id="zenda", name="Zenda", kind="armed group", country="GON"),
    Actor(id="zenda-guard", name="Zenda Guard", kind="armed group", parents=("zenda",)),
    Actor(id="angria", name="Angria", kind="state", country="ANG"),
]
PATRON = Tie(key="t", a="angria", b="zenda", kind="patron", sign="positive", known_at=FIRST)


def day(number: int) -> date:
    """Give a day, counted from the first."""
    return FIRST + timedelta(days=number)


def land(number: int) -> list[Entry]:
    """Lay places out along a road, 20 km apart."""
    spots = [Place(id=f"p{n:02}", name=f"P{n:02}", lat=0.0, lon=0.18 * n) for n in range(number)]
    roads = [Road(a=f"p{n:02}", b=f"p{n + 1:02}", km=20.0) for n in range(number - 1)]
    return [*spots, *roads]


def says(
    place: str,
    who: str | tuple[str, ...],
    on: int,
    source: str,
    how: str = "holds",
    **fields: object,
) -> Claim:
    """Make a word: that somebody took, holds, contests or surrounds a place."""
    key = f"{source} {place} {who} {how} {on} {fields.get('known_at', '')}"
    kind = {"kind": Kind.STATE, "mode": how}
    if how == "took":
        kind = {"kind": Kind.EVENT, "type": "COERCE", "mode": "seize"}
    made = {"place": place, "chain": (Attribution(source),), **kind, **fields}
    return claim(key, str(made.pop("type", "")), day(on), who, (), **made)


def known(claims: Iterable[Claim], on: int, places: int = 4, *more: Entry) -> Evidence:
    """Give the evidence of a day."""
    return seen(claims, day(on), [*SOURCES, *CAST, PATRON, *land(places), *more])


class War(NamedTuple):
    """How much is told of a war.

    `words` is the chance that a source speaks of a place on a day, `changes` the share of the
    changes of hands told, of those that are told where most is.
    """

    name: str
    words: float
    changes: float


WARS = (
    War("much is told", 0.025, 1.0),
    War("some is told", 0.01, 0.5),
    War("little is told", 0.005, 0.5),
    War("hardly anything is told", 0.0025, 0.5),
)


@dataclass(frozen=True)
class World:
    """What was so, and what was said.

    `holder` is the number of the side that held each place, (day, place).
    """

    holder: np.ndarray
    claims: list[Claim]


def world(seed: int, places: int = 20, days: int = 80, war: War = WARS[0]) -> World:
    """Draw a war."""
    random = np.random.default_rng(seed)
    holder = np.empty((days, places), int)
    holder[0] = np.arange(places) >= places // 2
    fell = np.full(places, -99)
    claims: list[Claim] = []

    def tell(source: str, place: int, side: int, on: int, late: int, how: str) -> None:
        if on + late < days:
            known_at = day(on + late)
            name = f"p{place:02}"
            claims.append(says(name, SIDES[side], on, source, how, known_at=known_at))

    for now in range(1, days):
        holder[now] = holder[now - 1]
        for place in range(places):
            side = holder[now - 1, place]
            beside = [n for n in (place - 1, place + 1) if 0 <= n < places]
            foes = [n for n in beside if holder[now - 1, n] != side]
            chance = sum(0.07 if now - fell[n] <= 7 else 0.01 for n in foes)
            if random.random() < chance:
                holder[now, place], fell[place] = 1 - side, now
                for source, share, delay in (
                    (f"{SIDES[1 - side]}-office", 0.8, 0), (f"{SIDES[side]}-office", 0.4, 5),
                    ("monitor", 0.5, 1), ("second-monitor", 0.4, 2), ("blog", 0.4, 1),
                ):  # fmt: skip
                    if random.random() < share * war.changes:
                        tell(source, place, 1 - side, now, delay, "took")
            elif foes and random.random() < 0.02:
                tell(f"{SIDES[1 - side]}-office", place, 1 - side, now, 0, "took")
        for source, right in (
            ("monitor", 0.94), ("second-monitor", 0.94), ("blog", 0.8), ("gondal-office", 0.0),
            ("zenda-office", 0.0),
        ):  # fmt: skip
            for place in range(places):
                if random.random() >= war.words:
                    continue
                truth = holder[now, place]
                own = {"gondal-office": 0, "zenda-office": 1}.get(source)
                correct = right if own is None else 0.97 if truth == own else 0.75
                said = truth if random.random() < correct else 1 - truth
                tell(source, place, int(said), now, 0, "holds")
    return World(holder, claims)


def evidence(made: World, on: int) -> Evidence:
    """Give what a day knows of a world."""
    return known(made.claims, on, made.holder.shape[1])
