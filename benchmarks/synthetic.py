"""A made-up case of any size, shaped like a real one: the same claims for the same seed.

A country of 120 places and 40 actors; fighting that swells and ebbs over four years; 60 sources, a
sixth of them the voice of a party; 300 reports, each telling what happened in the days before it.
An occasion is told by one to several reports, in different figures, places and days. Proportions
follow the bundled case where it can be asked, and lean to the heavy side (longer chains, more
quantities) where it cannot.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from foreshock.core.places import Place
from foreshock.core.quantities import Quantity
from foreshock.core.time import Precision
from foreshock.evidence.actors import Actor, Alias, Tie
from foreshock.evidence.claim import (
    Attribution,
    Claim,
    Kind,
    Link,
    Modality,
    Polarity,
    Relation,
    Report,
    Source,
)
from foreshock.evidence.records import Entry, Road
from foreshock.lexicon import load_ontology

FIRST = date(2016, 1, 1)
DAYS = 4 * 365 + 1
LAST = FIRST + timedelta(days=DAYS - 1)
SOURCES, ACTORS, PLACES, REPORTS = 60, 40, 120, 300
CLAIMS = 5_000
"""Claims in one case."""

_TYPES = {
    "ASSAULT": 38, "CONSULT": 14, "ACCUSE": 10, "COERCE": 8, "THREATEN": 6, "AGREE": 5,
    "MOBILIZE": 5, "COOPERATE": 4, "SUPPORT": 3, "REQUEST": 3, "REJECT": 2, "AID": 2,
}  # fmt: skip
_CUES = ("said", "told reporters", "according to", "claims", "reported", "quoted")
_CONTEXTS = ("military", "diplomatic", "territory", "human_security", "migration")
_TEXT = (
    "forces shelled positions near the road after artillery fire on a convoy was reported while "
    "officials said that talks on the crossing would go on and residents left for the border "
    "villages as aircraft struck the southern edge of the town before dawn on the second day"
)
_WORDS = tuple(_TEXT.split(" "))


@dataclass(frozen=True)
class SyntheticCase:
    """The records of one case, in the order in which they became known."""

    name: str
    entries: Sequence[Entry]
    claims: Sequence[Claim]


@dataclass(frozen=True)
class _Occasion:
    day: date
    type: str
    mode: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str
    toll: int


def case_name(number: int) -> str:
    """Name of a synthetic case by its number."""
    return f"case-{number:03d}"


def make_case(number: int, claims: int = CLAIMS, seed: int = 20200205) -> SyntheticCase:
    """Make one case.

    Parameters
    ----------
    number : int
        Which case; each has its own world and its own random stream.
    claims : int
        How many claims.
    seed : int
        Seed of the whole store.

    Returns
    -------
    SyntheticCase
        The same for the same arguments.
    """
    rng = Random(f"{seed}/{number}")
    world = _World(rng)
    return SyntheticCase(
        name=case_name(number),
        entries=[*world.entries, *world.reports],
        claims=list(_claims(rng, world, claims)),
    )


class _World:
    """Sources, actors, places, ties and reports of one case."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.actors = _actors(rng)
        self.places = _places(rng)
        ids = [actor.id for actor in self.actors]
        self.sources = [
            Source(
                id=f"source-{i:02d}",
                name=f"Source {i}",
                kind=rng.choice(("agency", "newspaper", "monitor", "ministry", "broadcaster")),
                side=ids[i % 8] if i % 6 == 0 else "",
                reliability=rng.choice("BBCCCDDEF"),
            )
            for i in range(SOURCES)
        ]
        self.ties = [
            Tie(
                key=f"tie-{i:02d}",
                a=ids[i % 8],
                b=ids[8 + i],
                kind=("patron", "part_of", "alliance", "rivalry")[i % 4],
                support=("arms", "money") if i % 4 == 0 else (),
                start=FIRST + timedelta(days=rng.randrange(200)),
                known_at=FIRST + timedelta(days=rng.randrange(200)),
            )
            for i in range(30)
        ]
        towns = [place for place in self.places if not place.is_area]
        self.roads = [
            Road(a=a.id, b=b.id, road=f"road {i}", km=float(rng.randrange(4, 40)))
            for i, (a, b) in enumerate(pairwise(towns))
        ]
        self.pressure = _pressure(rng)
        days = sorted(rng.choices(range(7, DAYS), weights=self.pressure[7:], k=REPORTS - 1))
        days.append(DAYS - 1)
        self.reports = [self._report(i, FIRST + timedelta(days=day)) for i, day in enumerate(days)]
        self.entries: list[Entry] = [
            *self.sources, *self.actors, *self.places, *self.ties, *self.roads,
        ]  # fmt: skip

    def _report(self, number: int, day: date) -> Report:
        source = self.rng.choice(self.sources).id
        copied = self.rng.random() < 0.1
        return Report(
            source=source,
            title=" ".join(self.rng.choices(_WORDS, k=8)),
            url=f"https://reports.example/{source}/{day}/{number}",
            published=day,
            language="en",
            known_at=day,
            copy_of=self.rng.choice(self.sources).id if copied else "",
            basis="made",
            key=f"R{number:03d}",
        )


def _actors(rng: Random) -> list[Actor]:
    sides = [
        Actor(id=f"side-{i}", name=f"Side {i}", kind="government" if i < 4 else "armed group")
        for i in range(8)
    ]
    units = [
        Actor(
            id=f"unit-{i:02d}",
            name=f"Unit {i}",
            kind="unit",
            parents=(f"side-{i % 8}",) if i < 20 else (f"unit-{rng.randrange(20):02d}",),
            sector="MIL",
            aliases=(Alias(f"the {i}th"),),
        )
        for i in range(ACTORS - len(sides))
    ]
    return sides + units


def _places(rng: Random) -> list[Place]:
    country = Place(id="country", name="Country", kind="country", lat=35.0, lon=36.0)
    provinces = [
        Place(id=f"province-{i}", name=f"Province {i}", kind="governorate", parents=("country",))
        for i in range(3)
    ]
    districts = [
        Place(id=f"district-{i:02d}", name=f"District {i}", kind="district",
              parents=(f"province-{i % 3}",))
        for i in range(16)
    ]  # fmt: skip
    towns = [
        Place(
            id=f"town-{i:03d}",
            name=f"Town {i}",
            kind="town",
            lat=round(34.5 + 2.0 * rng.random(), 4),
            lon=round(36.0 + 2.0 * rng.random(), 4),
            parents=(f"district-{i % 16:02d}",),
            population=float(rng.randrange(500, 90_000)),
        )
        for i in range(PLACES - 1 - len(provinces) - len(districts))
    ]
    return [country, *provinces, *districts, *towns]


def _pressure(rng: Random) -> list[float]:
    """How much happens on each day: a slow swell with bursts of a few weeks."""
    level, burst, found = 0.0, 0.0, []
    for _ in range(DAYS):
        level = 0.97 * level + rng.gauss(0.0, 0.15)
        burst = 0.93 * burst + (rng.uniform(0.8, 1.8) if rng.random() < 0.006 else 0.0)
        found.append(math.exp(level + burst))
    # It ends in a busy fortnight, so that the last week has something to tell.
    busy = 3 * sum(found) / len(found)
    return found[:-14] + [max(busy, level) for level in found[-14:]]


def _occasions(rng: Random, world: _World, count: int) -> list[_Occasion]:
    ontology = load_ontology()
    towns = [place.id for place in world.places if not place.is_area]
    at_front = [1 / (rank + 2) for rank in range(len(towns))]
    ids = [actor.id for actor in world.actors]
    busy = [1 / (rank % 20 + 1) for rank in range(len(ids))]
    days = sorted(rng.choices(range(DAYS), weights=world.pressure, k=count))
    types = rng.choices(list(_TYPES), weights=list(_TYPES.values()), k=count)
    found = []
    for day, kind in zip(days, types, strict=True):
        parties = list(dict.fromkeys(rng.choices(ids, weights=busy, k=4)))
        modes = [mode.code for mode in ontology.types[kind].modes.values()]
        found.append(
            _Occasion(
                day=FIRST + timedelta(days=day),
                type=kind,
                mode=rng.choice(modes) if modes and rng.random() < 0.8 else "",
                actors=tuple(parties[:1] if rng.random() < 0.85 else parties[:2]),
                recipients=tuple(parties[2:3]),
                place=rng.choices(towns, weights=at_front)[0],
                toll=1 + int(rng.paretovariate(1.3)),
            )
        )
    return found


def _claims(rng: Random, world: _World, count: int) -> Iterator[Claim]:
    occasions = _occasions(rng, world, count // 2)
    days = [occasion.day for occasion in occasions]
    told: list[Claim] = []
    share, left = divmod(count, len(world.reports))
    for number, report in enumerate(world.reports):
        assert report.published is not None
        since = report.published - timedelta(days=7)
        recent = occasions[bisect_left(days, since) : bisect_right(days, report.published)]
        if not recent:
            recent = [min(occasions, key=lambda o, at=report.published: abs((o.day - at).days))]
        offset = 0
        for _ in range(share + (number < left)):
            length = rng.randrange(60, 240)
            claim = _claim(rng, world, report, rng.choice(recent), (offset, offset + length), told)
            offset += length + 1
            told.append(claim)
            yield claim


def _claim(
    rng: Random,
    world: _World,
    report: Report,
    occasion: _Occasion,
    span: tuple[int, int],
    told: Sequence[Claim],
) -> Claim:
    assert report.published is not None
    speakers = [source.id for source in rng.sample(world.sources, rng.choice((1, 1, 2)))]
    chain = tuple(Attribution(who, rng.choice(_CUES)) for who in (*speakers, report.source))
    kind = rng.choices(
        (Kind.EVENT, Kind.FIGURE, Kind.STATEMENT, Kind.STATE, Kind.FORECAST),
        weights=(76, 7, 6, 8, 3),
    )[0]
    place, start, end, precision = _where_and_when(rng, world, occasion, report.published)
    common = {
        "report": report.id,
        "kind": kind,
        "context": (rng.choice(_CONTEXTS),),
        "actors": occasion.actors,
        "place": place,
        "start": start,
        "end": end,
        "precision": precision,
        "chain": chain,
        "span": span,
        "issue": "war",
        "rating": rng.choice((2, 2, 2, 3, 3, 4, 6)),
        "summary": " ".join(rng.choices(_WORDS, k=11)) + ".",
        "known_at": report.published,
        "basis": "made",
        "key": f"K{len(told):05d}",
        "links": _links(rng, speakers[0], told),
        "background": rng.random() < 0.03,
    }
    if kind is Kind.STATE:
        return Claim(**common, mode=rng.choice(("holds", "holds", "contests", "surrounds")))
    if kind is Kind.FIGURE and rng.random() < 0.6:
        people = Quantity("displaced", "people", best=float(rng.randrange(100, 900_000)))
        return Claim(**common, type="DISPLACE", quantities=(people,))
    due = report.published + timedelta(days=rng.randrange(3, 60))
    threat = occasion.type == "THREATEN" or (kind is Kind.STATEMENT and rng.random() < 0.1)
    return Claim(
        **common,
        type="STATEMENT" if kind is Kind.STATEMENT else occasion.type,
        mode="" if kind is Kind.STATEMENT else occasion.mode,
        recipients=occasion.recipients,
        modality=Modality.PLANNED if kind is Kind.FORECAST else Modality.ACTUAL,
        polarity=Polarity.DENIED if rng.random() < 0.03 else Polarity.ASSERTED,
        agency="deliberate" if rng.random() < 0.5 else "",
        quantities=_toll(rng, occasion),
        due=due if threat and rng.random() < 0.2 else None,
        consequence="a military reply" if threat else "",
    )


def _where_and_when(
    rng: Random, world: _World, occasion: _Occasion, published: date
) -> tuple[str, date, date, Precision]:
    day, place = occasion.day, occasion.place
    chance = rng.random()
    if chance < 0.12:
        place = world.places[1 + rng.randrange(19)].id
    elif chance < 0.18:
        place = ""
    chance = rng.random()
    if chance < 0.82:
        return place, day, day, Precision.DAY
    if chance < 0.92:
        return place, day - timedelta(days=rng.randrange(2)), day, Precision.WITHIN
    if chance < 0.98:
        return place, day - timedelta(days=rng.randrange(4, 40)), day, Precision.SPAN
    first = day.replace(day=1)
    return place, first, max(published, day), Precision.MONTH


def _toll(rng: Random, occasion: _Occasion) -> tuple[Quantity, ...]:
    found = []
    victim = occasion.recipients[0] if occasion.recipients else ""
    for what, group in rng.sample(
        (("killed", "soldiers"), ("wounded", "soldiers"), ("killed", "civilians"),
         ("wounded", "civilians"), ("vehicles-lost", "vehicles")),
        rng.choices((0, 1, 2, 3), weights=(55, 28, 12, 5))[0],
    ):  # fmt: skip
        count = float(max(1, round(occasion.toll * rng.uniform(0.7, 1.4))))
        whose = f"{victim}/{group}" if victim and rng.random() < 0.6 else group
        match rng.randrange(4):
            case 0:
                found.append(Quantity(what, whose, low=count))
            case 1:
                found.append(Quantity(what, whose, low=count, high=count + 3))
            case _:
                found.append(Quantity(what, whose, best=count))
    return tuple(found)


def _links(rng: Random, speaker: str, told: Sequence[Claim]) -> tuple[Link, ...]:
    if not told or rng.random() > 0.12:
        return ()
    near = told[-400:]
    own = [claim for claim in near if claim.speaker == speaker]
    if own and rng.random() < 0.3:
        how = rng.choice((Relation.UPDATES, Relation.UPDATES, Relation.CORRECTS, Relation.RETRACTS))
        return (Link(how, rng.choice(own).id),)
    how = rng.choice((Relation.ANSWERS, Relation.ANSWERS, Relation.ALLEGES, Relation.KEEPS))
    return (Link(how, rng.choice(near).id),)
