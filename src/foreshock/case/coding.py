"""From the rows that a person writes to the records of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from foreshock.case.schema import (
    ActorRow,
    ClaimRow,
    DisplacedRow,
    OutcomeRow,
    PersonForecastRow,
    PlaceRow,
    QuestionRow,
    ReportRow,
    RoadRow,
    Row,
    SourceRow,
    TieRow,
)
from foreshock.core.places import Place
from foreshock.core.quantities import Quantity
from foreshock.core.questions import Question
from foreshock.core.time import Interval, Precision
from foreshock.evidence.actors import Actor, Alias, Tie
from foreshock.evidence.claim import (
    Attribution,
    Claim,
    Kind,
    KnownBasis,
    Link,
    Modality,
    Report,
    Source,
)
from foreshock.evidence.records import Entry, Outcome, PersonForecast, Road

CODING = 1
"""Version of this file's rules, raised when the same rows give other records: cases are then read
in again."""

FORECASTS_OF_FLIGHT = frozenset({"at-risk", "preparing-to-leave"})
"""Counts of people who have not fled: forecasts, never added to those who have."""


def source(row: SourceRow) -> Source:
    """Code a source."""
    return Source(**row.model_dump())


def report(row: ReportRow) -> Report:
    """Code a report; without a day of its own it was known when it was published."""
    known = row.known_at or row.published
    return Report(
        key=row.key,
        source=row.source,
        title=row.title,
        url=row.url,
        published=row.published,
        language=row.language,
        copy_of=row.copy_of,
        basis=row.basis,
        text_digest=row.text_digest,
        known_at=None if row.known_basis is KnownBasis.UNKNOWN else known,
        known_basis=row.known_basis or (KnownBasis.SOURCE if known else KnownBasis.UNKNOWN),
    )


def actor(row: ActorRow) -> Actor:
    """Code an actor."""
    return Actor(
        id=row.id,
        name=row.name,
        kind=row.kind,
        parents=row.parent,
        country=row.country,
        sector=row.sector,
        aliases=tuple(Alias(name, since) for name, since in row.aliases),
        known_at=row.known_at,
        summary=row.summary,
    )


def tie(row: TieRow) -> Tie:
    """Code a tie; without a day of its own it was known when it began."""
    fields = row.model_dump(exclude={"known_basis", "known_at"})
    known = None if row.known_basis is KnownBasis.UNKNOWN else row.known_at or row.start
    return Tie(**fields, known_at=known, known_basis=row.known_basis or KnownBasis.SOURCE)


def place(row: PlaceRow) -> Place:
    """Code a place."""
    fields = row.model_dump(exclude={"parent", "pcode"})
    return Place(**fields, parents=row.parent, code=row.pcode)


def road(row: RoadRow) -> Road:
    """Code a road."""
    return Road(**row.model_dump())


def question(row: QuestionRow) -> Question:
    """Code a question."""
    fields = row.model_dump(exclude={"open", "close", "threshold"})
    comparison, threshold = row.threshold
    return Question(
        **fields,
        opens=row.open,
        closes=row.close,
        comparison=comparison,
        threshold=threshold,
    )


def outcome(row: OutcomeRow) -> Outcome:
    """Code an outcome."""
    fields = row.model_dump(exclude={"known_basis"})
    return Outcome(**fields, known_basis=row.known_basis or KnownBasis.SOURCE)


def person_forecast(row: PersonForecastRow) -> PersonForecast:
    """Code a person's forecast; without a day of its own it was known when it was made."""
    fields = row.model_dump(exclude={"known_at"})
    return PersonForecast(**fields, known_at=row.known_at or row.made)


ENTRY_CODERS: Mapping[type[Row], Callable[..., Entry]] = {
    SourceRow: source,
    ReportRow: report,
    ActorRow: actor,
    TieRow: tie,
    PlaceRow: place,
    RoadRow: road,
    QuestionRow: question,
    OutcomeRow: outcome,
    PersonForecastRow: person_forecast,
}


_CODED = frozenset(
    {"report", "kind", "start", "end", "precision", "chain", "quantities", "links", "known_at",
     "known_basis"}
)  # fmt: skip


def claim(row: ClaimRow, told_in: Report) -> Claim:
    """Code a claim; its links are joined afterwards (see `join_links`).

    Raises
    ------
    TimeError
        If its dates cannot be read.
    """
    known_at, known_basis = _known(row, told_in)
    when = Interval.parse(row.start, row.end, row.precision) if row.start or row.end else None
    # The columns of a claim alone: a row that was added brings its report's columns along.
    fields: dict[str, Any] = {
        name: getattr(row, name) for name in ClaimRow.model_fields if name not in _CODED
    }
    return Claim(
        **fields,
        report=told_in.id,
        kind=Kind(row.kind),
        start=when.start if when else None,
        end=when.end if when else None,
        precision=when.precision if when else Precision.DAY,
        chain=_chain(row.chain, told_in),
        quantities=row.quantities,
        known_at=known_at,
        known_basis=known_basis,
    )


def displaced(row: DisplacedRow, told_in: Report) -> Claim:
    """Code a count of displaced people as a claim of type DISPLACE."""
    known_at, known_basis = _known(row, told_in)
    unit = "" if row.unit == "persons" else row.unit
    quantities = []
    if not row.low is row.best is row.high is None:
        quantities.append(Quantity(row.what, "people", row.low, row.best, row.high, unit))
    if row.women_children_percent is not None:
        share = row.women_children_percent
        quantities.append(Quantity("women-and-children", "people", best=share, unit="percent"))
    ahead = row.what in FORECASTS_OF_FLIGHT
    return Claim(
        key=row.key,
        report=told_in.id,
        kind=Kind.FORECAST if ahead else Kind.FIGURE,
        type="DISPLACE",
        start=row.since or row.until,
        end=row.until,
        precision=Precision.SPAN if row.since else Precision.BY,
        place=row.place,
        origins=row.origin,
        destinations=row.destination,
        modality=Modality.HYPOTHETICAL if ahead else Modality.ACTUAL,
        chain=_chain(row.chain, told_in),
        quantities=tuple(quantities),
        rating=row.rating,
        basis=row.basis,
        summary=row.summary,
        known_at=known_at,
        known_basis=known_basis,
    )


def join_links(
    rows: Mapping[str, ClaimRow], claims: Mapping[str, Claim], elsewhere: Mapping[str, str]
) -> dict[str, Claim]:
    """Give the claims their links, once the id of every key is known.

    Parameters
    ----------
    rows, claims : mapping by key
    elsewhere : mapping of key to id
        Claims recorded earlier.
    """
    ids = {**elsewhere, **{key: claim.id for key, claim in claims.items()}}
    joined = dict(claims)
    for key, row in rows.items():
        links = tuple(Link(relation, ids[target]) for relation, target in row.links)
        if links:
            joined[key] = replace(claims[key], links=links)
    return joined


def _chain(links: tuple[tuple[str, str], ...], told_in: Report) -> tuple[Attribution, ...]:
    chain = tuple(Attribution(who, cue) for who, cue in links)
    if chain and chain[-1].source == told_in.source:
        return chain
    return (*chain, Attribution(told_in.source))


def _known(row: ClaimRow | DisplacedRow, told_in: Report) -> tuple[date | None, KnownBasis]:
    """When a claim could be known and on what basis: its own day, else its report's."""
    if row.known_basis is KnownBasis.UNKNOWN:
        return None, KnownBasis.UNKNOWN
    if row.known_at is not None:
        return row.known_at, row.known_basis or KnownBasis.SOURCE
    return told_in.known_at, row.known_basis or told_in.known_basis
