"""Relations made by hand: acts week by week, and claims from which such acts are derived.

Weeks are counted from `FIRST`, a Monday; `act(3, "-")` is a conflictual act of the third week after
it. Claims are told by sources that are always right, unless a test says otherwise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from foreshock.assess.patrons import Patronage, patrons
from foreshock.assess.relations.acts import Act, Acts
from foreshock.assess.relations.memory import week_of
from foreshock.assess.relations.strain import Channel, Dyad
from foreshock.evidence.actors import Actor
from foreshock.evidence.claim import Attribution, Claim, Source
from foreshock.evidence.reconcile import reconcile
from foreshock.evidence.records import Entry
from foreshock.evidence.view import Evidence, Recorded

FIRST = date(2001, 1, 1)
WEEK0 = week_of(FIRST)
SURE = 1 - 1e-12
PAIR = ("gondal", "ruritania")

# ---------------------------------------------------------------------- acts


def monday(week: int) -> date:
    """Give the first day of a week, counted from `FIRST`."""
    return FIRST + timedelta(weeks=week)


def act(week: int, sign: str, late: int = 0, **fields: Any) -> Act:
    """Make an act of a week: '-' conflictual, '+' cooperative; known some weeks late."""
    made: dict[str, Any] = {
        "event": f"{week} {sign} {late}",
        "channel": "word",
        "conflictual": sign == "-",
        "day": monday(week),
        "known_at": monday(week + late),
        "weight": 1.0,
        "probability": SURE,
        "deaths": None,
        "issue": "",
    }
    return Act(**{**made, **fields})


def series(
    conflictual: Sequence[int], cooperative: Sequence[int], stem: str = "", **fields: Any
) -> list[Act]:
    """Make so many acts of each sign, week by week."""
    return [
        act(week, sign, event=f"{stem}{week} {sign} {n}", **fields)
        for week in range(len(conflictual))
        for sign, number in (("-", conflictual[week]), ("+", cooperative[week]))
        for n in range(int(number))
    ]


def drawn(
    share: Sequence[float] | np.ndarray, rate: float, random: np.random.Generator
) -> list[Act]:
    """Draw acts with a given share of conflict in each week."""
    number = random.poisson(rate, len(share))
    conflictual = random.binomial(number, share)
    return series(conflictual.tolist(), (number - conflictual).tolist())


class Told(Acts):
    """Acts that are given pair by pair, without claims behind them."""

    def __init__(
        self,
        between: Mapping[tuple[str, str], Sequence[Act]],
        by_clients: Mapping[tuple[str, str], Sequence[Act]] | None = None,
    ) -> None:
        self._between = {frozenset(pair): list(found) for pair, found in between.items()}
        self._clients = {frozenset(p): list(found) for p, found in (by_clients or {}).items()}  # type: ignore[assignment, misc]

    def pairs(self) -> list[tuple[str, str]]:
        """List the pairs that were given, sorted."""
        return sorted((min(pair), max(pair)) for pair in self._between)

    def between(self, a: str, b: str) -> list[Act]:
        """Give a pair's acts, by day and event id."""
        found = self._between.get(frozenset((a, b)), [])
        return sorted(found, key=lambda act: (act.day, act.event))

    def by_clients(self, a: str, b: str) -> list[Act]:
        """Give the acts of a pair's clients."""
        return list(self._clients.get(frozenset((a, b)), []))  # type: ignore[call-overload]


# ---------------------------------------------------------------------- claims

_NOW = datetime(2030, 1, 1, tzinfo=UTC)
SOURCES = tuple(Source(id=f"s{n}", name=f"Source {n}", reliability="A") for n in range(6))


def claim(
    key: str,
    type: str,
    day: date,
    actors: str | Sequence[str] = "gondal",
    recipients: str | Sequence[str] = "ruritania",
    source: str = "s0",
    **fields: Any,
) -> Claim:
    """Make a claim that somebody did something to somebody on a day, known the same day."""
    made: dict[str, Any] = {
        "key": key,
        "report": f"report {key}",
        "type": type,
        "actors": (actors,) if isinstance(actors, str) else tuple(actors),
        "recipients": (recipients,) if isinstance(recipients, str) else tuple(recipients),
        "start": day,
        "end": day,
        "known_at": day,
        "summary": f"{key} is told",
        "rating": 1,
        "chain": (Attribution(source),),
    }
    return Claim(**{**made, **fields})


def sure(key: str, type: str, day: date, *args: Any, **fields: Any) -> list[Claim]:
    """Make the same claim by all sources."""
    return [
        claim(f"{key}{source.id}", type, day, *args, source=source.id, **fields)
        for source in SOURCES
    ]


def seen(claims: Iterable[Claim], as_of: date, entries: Iterable[Entry] = ()) -> Evidence:
    """Give the evidence that a day sees of some claims."""
    known = [c for c in claims if c.known_at is not None and c.known_at <= as_of]
    cast = [Actor(id=name, name=name.title()) for name in ("gondal", "ruritania", "zenda")]
    return Evidence.build(
        "made", as_of, [Recorded(each, _NOW) for each in known], [*SOURCES, *cast, *entries]
    )


def acts_in(evidence: Evidence, patronages: Iterable[Patronage] | None = None) -> Acts:
    """Derive the acts that some evidence holds."""
    return Acts(
        evidence, reconcile(evidence), patrons(evidence) if patronages is None else patronages
    )


def dyad_of(dyads: Iterable[Dyad], a: str, b: str) -> Dyad:
    """Find a pair."""
    (found,) = [dyad for dyad in dyads if {dyad.a, dyad.b} == {a, b}]
    return found


def figures(channel: Channel) -> dict[str, Any]:
    """Give what a channel says in numbers, whichever acts stand behind it."""
    return {
        "now": channel.now,
        "discount": channel.discount,
        "reference": channel.reference,
        "excess": channel.excess,
        "up": channel.probability_up,
        "with_clients": channel.with_clients,
        "pulls": [moved.pull for moved in channel.moved],
        "deadly": channel.deadly_before,
        "issues": dict(channel.issues),
        "weeks": channel.weeks,
        "skill": channel.skill,
    }


def numbers(channel: Channel) -> list[float]:
    """Give the same as one list of numbers, to be compared within a tolerance."""
    found: list[float] = [channel.discount, channel.probability_up, channel.deadly_before]
    found += [moved.pull for moved in channel.moved]
    found += dataclasses.astuple(channel.excess)
    shares = [channel.now, channel.reference, *(week.share for week in channel.weeks)]
    shares += [share for _, share in sorted(channel.issues.items())]
    shares += [channel.with_clients] if channel.with_clients else []
    for share in shares:
        found += dataclasses.astuple(share)
    if channel.skill:
        found += [channel.skill.weeks, channel.skill.acts, channel.skill.gained]
        found += [channel.skill.pit or 0.0]
    return found
