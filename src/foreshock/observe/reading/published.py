"""What was read, as others may use it: one claim a line of JSON, in the published names.

The names are those of a claim in a brief's JSON. A claim that was read, and not added to a case,
has not been recorded: ``recorded_at`` is null. ``docs/reading-format.md`` explains every field.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct

from foreshock.core.places import Place
from foreshock.core.quantities import Quantity
from foreshock.evidence.claim import Claim, Kind, KnownBasis, Modality, Polarity, Relation
from foreshock.observe.reading.filing import Filed
from foreshock.observe.reading.known import Known
from foreshock.observe.reading.record import Record


class ReadActor(Struct, frozen=True):
    """A party: id, usual name, ISO country code, PLOVER sector."""

    id: str
    name: str
    country: str
    sector: str


class ReadPlace(Struct, frozen=True):
    """A place, in degrees north and east; null where nobody knows."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    kind: str
    precision: str


class ReadQuantity(Struct, frozen=True):
    """What was counted, of whom, how many; null where nobody said; no unit means persons."""

    what: str
    group: str
    low: float | None
    best: float | None
    high: float | None
    unit: str
    text: str


class ReadVoice(Struct, frozen=True):
    """One link of the chain of who says so."""

    source: str
    name: str
    cue: str


class ReadSpan(Struct, frozen=True):
    """First character of the evidence and the one after its last, in the original text."""

    start: int
    end: int


class ReadLink(Struct, frozen=True):
    """How the claim bears on another, named by its id."""

    relation: Relation
    claim: str


class ReadClaim(Struct, frozen=True, kw_only=True):
    """One claim that was read in a document.

    ``document`` is the user's handle of the text, ``words`` what stands at ``evidence``;
    ``confidence`` is the coder's own, 0 to 1, that type, parties and kind are right.
    """

    id: str
    key: str
    document: str
    report: str
    source: str
    kind: Kind
    type: str
    mode: str
    context: tuple[str, ...]
    modality: Modality
    polarity: Polarity
    background: bool
    actors: tuple[ReadActor, ...]
    recipients: tuple[ReadActor, ...]
    start: date | None
    end: date | None
    precision: str
    place: ReadPlace | None
    origins: tuple[ReadPlace, ...]
    destinations: tuple[ReadPlace, ...]
    quantities: tuple[ReadQuantity, ...]
    chain: tuple[ReadVoice, ...]
    evidence: ReadSpan | None
    words: str
    condition: str
    issue: str
    rating: int
    confidence: float
    coder: str
    basis: str
    summary: str
    due: date | None
    consequence: str
    links: tuple[ReadLink, ...]
    known_at: date | None
    known_basis: KnownBasis
    recorded_at: None = None


def read_claims(filed: Filed, known: Known) -> Iterable[ReadClaim]:
    """Give the claims of a document as they are published."""
    for claim, record in zip(filed.claims, filed.records, strict=True):
        yield _read_claim(claim, record, filed, known)


def write_lines(claims: Iterable[ReadClaim]) -> str:
    """Write claims as JSON Lines."""
    return "".join(json_line(claim) for claim in claims)


def json_line(value: object) -> str:
    r"""Write a value as one line of JSON, whatever a reader takes for the end of a line.

    Examples
    --------
    >>> json_line({"text": "one\u2028two"})
    '{"text":"one\\u2028two"}\n'
    """
    text = msgspec.json.encode(value).decode()
    if not text.isascii():
        for mark in "\u0085\u2028\u2029":
            text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text + "\n"


def as_json(filed: Filed, claims: Iterable[ReadClaim], sentences: int) -> str:
    """Write a document's claims with what was noted, as one JSON object, indented."""
    told = {
        "document": filed.document.id,
        "report": filed.report.id,
        "sentences": sentences,
        "notes": filed.notes,
        "claims": list(claims),
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"


def json_schema() -> dict[str, object]:
    """Give the JSON Schema of one line."""
    return msgspec.json.schema(ReadClaim)


def _read_claim(claim: Claim, record: Record, filed: Filed, known: Known) -> ReadClaim:
    return ReadClaim(
        id=claim.id,
        key=claim.key,
        document=filed.document.id,
        report=claim.report,
        source=claim.voice(filed.report),
        kind=claim.kind,
        type=claim.type,
        mode=claim.mode,
        context=claim.context,
        modality=claim.modality,
        polarity=claim.polarity,
        background=claim.background,
        actors=tuple(_actor(each, known) for each in claim.actors),
        recipients=tuple(_actor(each, known) for each in claim.recipients),
        start=claim.start,
        end=claim.end,
        precision=claim.precision if claim.start else "",
        place=_place(claim.place, claim.place_precision, known) if claim.place else None,
        origins=tuple(_place(each, "", known) for each in claim.origins),
        destinations=tuple(_place(each, "", known) for each in claim.destinations),
        quantities=tuple(_quantity(each) for each in claim.quantities),
        chain=tuple(
            ReadVoice(link.source, known.sources[link.source].name, link.cue)
            for link in claim.chain
        ),
        evidence=ReadSpan(*claim.span) if claim.span else None,
        words=record.words,
        condition=claim.condition,
        issue=claim.issue,
        rating=claim.rating,
        confidence=record.confidence,
        coder=claim.coder,
        basis=claim.basis,
        summary=claim.summary,
        due=claim.due,
        consequence=claim.consequence,
        links=tuple(ReadLink(link.relation, link.target) for link in claim.links),
        known_at=claim.known_at,
        known_basis=claim.known_basis,
    )


def _actor(actor: str, known: Known) -> ReadActor:
    entry = known.actors[actor]
    return ReadActor(entry.id, entry.name, entry.country, entry.sector)


def _place(place: str, precision: str, known: Known) -> ReadPlace:
    entry: Place = known.places[place]
    return ReadPlace(entry.id, entry.name, entry.lat, entry.lon, entry.kind, precision)


def _quantity(told: Quantity) -> ReadQuantity:
    return ReadQuantity(told.what, told.group, told.low, told.best, told.high, told.unit, told.text)
