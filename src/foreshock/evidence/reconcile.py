"""Reconciliation: which claims speak of one event.

Claims are blocked by type family. Two claims link if their parties agree up to the actor tree,
their places are equal, contained or within 15 km, and they agree in time to the day
(`Interval.agrees`). Claims that name a point and a day or two form the cores: each connected group
is an event. A coarse claim ("in the province", "this month") joins the one core that it links to,
and never bridges two; coarse claims that fit no core, or several, are grouped among themselves.
Everything is done on sorted ids, so the order of arrival cannot matter, and a copy of a claim
always falls where the claim fell. Events are derived anew each time and never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.core.time import Interval
from foreshock.evidence.belief import Belief, believe
from foreshock.evidence.claim import Claim, Kind, Modality, Polarity, Relation
from foreshock.evidence.view import Evidence
from foreshock.lexicon import EventType, load_ontology

SAME_PLACE_KM = 15.0
"""Two points closer than this can be two tellings of one place (a village and its road)."""

SAME_TOWN_KM = 1.5
"""A capture names the place that was taken: the next village is another capture."""

CAPTURE_SLACK = timedelta(days=1)
"""Entered in the evening, announced in the morning: one capture is told of two days."""

CORE_DAYS = 2
"""A claim that leaves the day open by more than this is coarse."""


_MEANS = {
    "aerial": "from afar",
    "drone": "from afar",
    "heavy-weapons": "from afar",
    "explosives": "bomb",
    "suicide-attack": "bomb",
    "firearms": "at close range",
    "primitive": "at close range",
    "abduct": "captivity",
    "torture": "captivity",
}
"""Reports mix up aircraft, drones and guns, but not a car bomb with a fire fight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What several claims say of one occasion; derived, never stored.

    Attributes
    ----------
    id : str
        Id of the earliest claim (by the day on which it could be known, then by id).
    leading : str
        Id of the claim whose origin weighs most, then the latest known.
    channel, sign : str
        Deed or word, cooperative or conflictual: as the leading claim says, else the default of its
        type; empty where neither says.
    type, mode, actors, recipients, when, place, summary
        As the leading claim tells it.
    claims, denials : tuple of str
        Ids of the claims that assert and deny it, sorted.
    origins : tuple of str
        Independent origins of the assertions, sorted.
    reports : int
        Number of reports that tell it.
    belief : Belief
        How far the reports bear it out.
    answers : tuple of str
        Ids of events to which this was a reply.
    """

    id: str
    leading: str
    channel: str
    sign: str
    type: str
    mode: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    when: Interval | None
    place: str
    summary: str
    issue: str
    claims: tuple[str, ...]
    denials: tuple[str, ...]
    origins: tuple[str, ...]
    reports: int
    belief: Belief
    answers: tuple[str, ...]
    known_at: date | None
    background: bool


def reconcile(evidence: Evidence) -> dict[str, Event]:
    """Derive the events that the standing claims speak of.

    Returns
    -------
    dict of str to Event
        By event id, sorted. The same for the same evidence, whatever the order of its arrival.
    """
    eligible = [claim for claim in evidence.standing if _is_about_an_act(claim)]
    blocks: dict[str, list[Claim]] = defaultdict(list)
    for claim in eligible:
        blocks[_family(claim)].append(claim)
    groups = [group for name in sorted(blocks) for group in _group(blocks[name], evidence)]
    heads = {claim.id: _earliest(group).id for group in groups for claim in group}
    events = [_event(group, evidence, heads) for group in groups]
    return {event.id: event for event in sorted(events, key=lambda event: event.id)}


def linked(a: Claim, b: Claim, evidence: Evidence) -> bool:
    """Whether two claims can speak of one event: family, parties, place and time agree."""
    return _family(a) == _family(b) and _agree(a, b, evidence)


def _is_about_an_act(claim: Claim) -> bool:
    # Plans, threats and forecasts are not events; a state lasts; a running count of the displaced
    # is a figure with its own place in the picture.
    return (
        claim.modality is Modality.ACTUAL
        and claim.when is not None
        and bool(claim.type)
        and (claim.kind is Kind.EVENT or (claim.kind is Kind.FIGURE and claim.type != "DISPLACE"))
    )


def _type(claim: Claim) -> EventType | None:
    return load_ontology().types.get(claim.type)


def _family(claim: Claim) -> str:
    event_type = _type(claim)
    return event_type.family if event_type else claim.type


def _agree(a: Claim, b: Claim, evidence: Evidence) -> bool:
    # A figure sums over a stretch of time; it speaks of no single act, however short the stretch.
    if (a.kind is Kind.FIGURE) is not (b.kind is Kind.FIGURE):
        return False
    return (
        _times_agree(a, b)
        and _means_agree(a, b)
        and _parties_agree(a, b, evidence)
        and _places_agree(a, b, evidence)
    )


def _times_agree(a: Claim, b: Claim) -> bool:
    when, other = a.when, b.when
    if when is None or other is None:
        return False
    if a.kind is Kind.FIGURE:
        # However short the stretch, two sums are one only if they sum over mostly the same days.
        return when.mostly(other)
    if when.agrees(other):
        return True
    same_capture = _is_capture(a) and _is_capture(b) and a.place == b.place
    return same_capture and when.widened(CAPTURE_SLACK).agrees(other)


def _means_agree(a: Claim, b: Claim) -> bool:
    """Whether the weapons that two claims tell of can be one and the same."""
    if Polarity.DENIED in {a.polarity, b.polarity}:
        return True
    means = {_MEANS.get(a.mode), _MEANS.get(b.mode)} - {None}
    return len(means) < 2


def _is_capture(claim: Claim) -> bool:
    return claim.type == "COERCE" and claim.mode == "seize"


def _parties_agree(a: Claim, b: Claim, evidence: Evidence) -> bool:
    event_type = _type(a)
    if event_type is not None and event_type.symmetric:
        return _matched((*a.actors, *a.recipients), (*b.actors, *b.recipients), evidence)
    if not _matched(a.recipients, b.recipients, evidence):
        return False
    if bool(a.actors) is not bool(b.actors):
        # A report that names no doer is about the same act only where victim, point and day agree.
        return bool(a.recipients) and not (_is_coarse(a, evidence) or _is_coarse(b, evidence))
    return _matched(a.actors, b.actors, evidence)


def _matched(a: Sequence[str], b: Sequence[str], evidence: Evidence) -> bool:
    """Whether every party of the shorter telling has its kin in the longer."""
    if not a or not b:
        # Nobody said who: that agrees with silence only, or one vague report would swallow a day.
        return not a and not b
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return all(any(evidence.actors.kin(x, y) for y in long) for x in short)


def _places_agree(a: Claim, b: Claim, evidence: Evidence) -> bool:
    event_type = _type(a)
    if event_type is not None and event_type.channel == "word":
        # Words have no battlefield: a call stands under either capital, or under none.
        return True
    if not a.place or not b.place:
        return a.place == b.place
    if a.place != b.place and any(_is_country(place, evidence) for place in (a.place, b.place)):
        # "In the country" says which war, not where.
        return False
    captures = _is_capture(a) or _is_capture(b)
    return evidence.places.same(a.place, b.place, SAME_TOWN_KM if captures else SAME_PLACE_KM)


def _is_country(place: str, evidence: Evidence) -> bool:
    known = evidence.places.get(place)
    return known is not None and known.kind == "country"


def _is_coarse(claim: Claim, evidence: Evidence) -> bool:
    when = claim.when
    if when is None or when.days > CORE_DAYS:
        return True
    event_type = _type(claim)
    if event_type is not None and event_type.channel == "word":
        return False
    place = evidence.places.get(claim.place)
    return place is None or place.is_area


def _group(block: Sequence[Claim], evidence: Evidence) -> list[list[Claim]]:
    core = [claim for claim in block if not _is_coarse(claim, evidence)]
    coarse = [claim for claim in block if _is_coarse(claim, evidence)]
    groups = _components(core, evidence)
    near = _Neighbours(core)
    home = {claim.id: index for index, group in enumerate(groups) for claim in group}
    homeless = []
    for claim in coarse:
        fits = {home[other.id] for other in near.of(claim) if _agree(claim, other, evidence)}
        if len(fits) == 1:
            groups[fits.pop()].append(claim)
        else:
            homeless.append(claim)
    return groups + _components(homeless, evidence)


def _components(claims: Sequence[Claim], evidence: Evidence) -> list[list[Claim]]:
    parent = {claim.id: claim.id for claim in claims}

    def find(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    near = _Neighbours(claims)
    for claim in claims:
        for other in near.of(claim):
            apart = claim.id < other.id and find(claim.id) != find(other.id)
            if apart and _agree(claim, other, evidence):
                low, high = sorted((find(claim.id), find(other.id)))
                parent[high] = low
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[find(claim.id)].append(claim)
    return [groups[key] for key in sorted(groups)]


class _Neighbours:
    """Claims by the days that they touch, so that only those sharing a day are compared."""

    _LONG = 31

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._by_day: dict[int, list[Claim]] = defaultdict(list)
        self._long: list[Claim] = []
        for claim in claims:
            days = _days(claim)
            if len(days) > self._LONG:
                self._long.append(claim)
            else:
                for day in days:
                    self._by_day[day].append(claim)

    def of(self, claim: Claim) -> Iterator[Claim]:
        seen = {claim.id}
        days = _days(claim)
        for day in days if len(days) < len(self._by_day) else sorted(self._by_day):
            for other in self._by_day.get(day, ()) if day in days else ():
                if other.id not in seen:
                    seen.add(other.id)
                    yield other
        yield from (other for other in self._long if other.id not in seen)


def _days(claim: Claim) -> range:
    when = claim.when
    if when is None:
        return range(0)
    if _is_capture(claim):
        when = when.widened(CAPTURE_SLACK)
    return range(when.start.toordinal(), when.end.toordinal() + 1)


def _earliest(group: Sequence[Claim]) -> Claim:
    return min(group, key=lambda claim: (claim.known_at or date.max, claim.id))


def _event(group: Sequence[Claim], evidence: Evidence, heads: Mapping[str, str]) -> Event:
    asserted = [claim for claim in group if claim.polarity is Polarity.ASSERTED]
    leading = max(
        asserted or group,
        key=lambda claim: (
            believe([claim], evidence).probability,
            len(claim.quantities) > 0,
            claim.known_at or date.min,
            claim.id,
        ),
    )
    answered = {heads.get(target) for claim in group for target in claim.linked(Relation.ANSWERS)}
    head, kind = _earliest(group), _type(leading)
    return Event(
        id=head.id,
        leading=leading.id,
        channel=leading.channel or (kind.channel if kind else ""),
        sign=leading.sign or (kind.sign_of(leading.mode) if kind else ""),
        type=leading.type,
        mode=leading.mode,
        actors=leading.actors,
        recipients=leading.recipients,
        when=_narrowest(asserted or group),
        place=_most_exact(asserted or group, evidence),
        summary=leading.summary,
        issue=leading.issue,
        claims=tuple(sorted(claim.id for claim in asserted)),
        denials=tuple(sorted(c.id for c in group if c.polarity is Polarity.DENIED)),
        origins=tuple(sorted({evidence.origin(claim) for claim in asserted})),
        reports=len({claim.report for claim in asserted}),
        belief=believe(group, evidence),
        answers=tuple(sorted(target for target in answered if target and target != head.id)),
        known_at=head.known_at,
        background=all(claim.background for claim in group),
    )


def _narrowest(group: Sequence[Claim]) -> Interval | None:
    told = [(claim.when, claim.id) for claim in group if claim.when is not None]
    return min(told, key=lambda pair: (pair[0].days, pair[0].start, pair[1]))[0] if told else None


def _most_exact(group: Sequence[Claim], evidence: Evidence) -> str:
    named = sorted({claim.place for claim in group if claim.place})
    return max(named, key=lambda place: len(evidence.places.above(place)), default="")
