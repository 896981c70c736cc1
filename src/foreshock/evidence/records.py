"""How evidence is written down in a store: JSON, one dataclass an entry, read back unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import msgspec
from pydantic import TypeAdapter

from foreshock.core.digest import LENGTH, canonical
from foreshock.core.errors import StoreCorrupt
from foreshock.core.places import Place
from foreshock.core.questions import Question
from foreshock.evidence.actors import Actor, Tie
from foreshock.evidence.claim import Claim, Report, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A road between two places, in km."""

    a: str
    b: str
    road: str = ""
    km: float | None = None
    km_basis: str = ""
    in_graph: bool = True
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a question, or a forecast by a person, turned out."""

    id: str
    outcome: str
    outcome_date: date | None = None
    value: str = ""
    known_at: date | None = None
    known_basis: str = "source"
    basis: str = ""
    confidence: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonForecast:
    """What a person or an institution predicted in public."""

    id: str
    source: str
    made: date
    text: str
    report: str = ""
    low: float | None = None
    high: float | None = None
    wording: str = ""
    question: str = ""
    known_at: date | None = None
    basis: str = ""


Entry = Source | Report | Actor | Tie | Place | Road | Question | Outcome | PersonForecast
"""Reference records: each has a key in its book, and the latest recorded version counts."""

BOOKS: dict[str, type[Entry]] = {
    "source": Source,
    "report": Report,
    "actor": Actor,
    "tie": Tie,
    "place": Place,
    "road": Road,
    "question": Question,
    "outcome": Outcome,
    "person_forecast": PersonForecast,
}


def book_of(entry: Entry) -> str:
    """Name the book that an entry belongs to."""
    return next(name for name, kind in BOOKS.items() if isinstance(entry, kind))


def key_of(entry: Entry) -> str:
    """Key of an entry in its book.

    Examples
    --------
    >>> key_of(Road(a="ford", b="mill", road="mill road"))
    'ford|mill|mill road'
    """
    if isinstance(entry, Road):
        return f"{entry.a}|{entry.b}|{entry.road}"
    return entry.key if isinstance(entry, Tie) else entry.id


def known_at_of(entry: Entry) -> date | None:
    """First day on which an as-of may see an entry; None for what is no news (a road, a place)."""
    if isinstance(entry, Question):
        return entry.opens
    return getattr(entry, "known_at", None)


def is_dated(entry: Entry) -> bool:
    """Whether an entry without a known day must be left out of every as-of.

    Examples
    --------
    >>> is_dated(Outcome(id="Q1", outcome="yes")), is_dated(Road(a="a", b="b"))
    (True, False)
    """
    return isinstance(entry, Report | Tie | Outcome | PersonForecast)


def adapter(kind: type[Any]) -> TypeAdapter[Any]:
    """Give the validator of a dataclass (built once: building is slow, using it is not)."""
    return _adapter(kind.__name__)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    kinds: dict[str, type[Any]] = {kind.__name__: kind for kind in BOOKS.values()}
    return TypeAdapter(kinds[name])


def payload_of(record: Claim | Entry) -> str:
    """Write a record as canonical JSON, leaving out fields at their default.

    Examples
    --------
    >>> payload_of(Source(id="gazette", name="The Gazette", reliability="C"))
    '{"id":"gazette","name":"The Gazette","reliability":"C"}'
    """
    if isinstance(record, Claim):
        return canonical(_plain_claim(record))
    plain = adapter(type(record)).dump_python(record, mode="json", exclude_defaults=True)
    return canonical(plain)


def _plain_claim(claim: Claim) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(claim)
    if "quantities" in plain:
        plain["quantities"] = [
            {k: value for k, value in quantity.items() if k == "what" or value not in (None, "")}
            for quantity in plain["quantities"]
        ]
    return plain


def record_digest(record: Claim | Entry, payload: str = "") -> str:
    """Digest of everything that is recorded of it, coder and rating included.

    Parameters
    ----------
    record : Claim or Entry
    payload : str
        Its payload, if it was written already.
    """
    return payload_digest(type(record).__name__, payload or payload_of(record))


def payload_digest(kind: str, payload: str) -> str:
    """Digest of a payload as it stands: what a store holds beside it, to notice any damage."""
    return hashlib.sha256(_HEADS[kind] + payload.encode("utf-8", "replace")).hexdigest()[:LENGTH]


_HEADS = {kind.__name__: f"{kind.__name__}\n".encode() for kind in (Claim, *BOOKS.values())}


def read_claims(rows: Iterable[tuple[str, str]]) -> list[Claim]:
    """Read claims back from their digests and payloads.

    Raises
    ------
    StoreCorrupt
        If a payload no longer fits its digest: somebody or something changed it.
    """
    read = _claim_decoder().decode
    return [read(_intact("Claim", record, payload)) for record, payload in rows]


@cache
def _claim_decoder() -> msgspec.json.Decoder[Claim]:
    return msgspec.json.Decoder(Claim)


def read_entry(book: str, record: str, payload: str) -> Entry:
    """Read an entry back from its digest and payload (see `read_claims`)."""
    kind = BOOKS[book]
    entry: Entry = adapter(kind).validate_json(_intact(kind.__name__, record, payload))
    return entry


def _intact(kind: str, record: str, payload: str) -> str:
    if payload_digest(kind, payload) != record:
        raise StoreCorrupt(
            f"the record {record} was changed after it was stored",
            mend="move the file away and restore a copy; a case's own files are read in again",
        )
    return payload


def as_json(record: Claim | Entry) -> dict[str, Any]:
    """Give a record as plain JSON values, every field present."""
    if isinstance(record, Claim):
        return {
            name: msgspec.to_builtins(getattr(record, name)) for name in Claim.__struct_fields__
        }
    plain: dict[str, Any] = adapter(type(record)).dump_python(record, mode="json")
    return plain
