"""Gold: documents with what a careful person reads in them, as JSON Lines.

A row is a document and its ``records``. A record has the field names of
`foreshock.observe.reading.record.Record`, as far as somebody filled them in: **what is not given is
not scored**. A row with an empty list says that the text tells of no event at all.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from foreshock.case.decoding import decode
from foreshock.case.faults import nearest
from foreshock.core.errors import ReadingError
from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.observe.reading.document import Document


class Gold(BaseModel):
    """Anything in a file of gold."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldQuantity(Gold):
    """What was counted; bounds that nobody gave are open."""

    what: str
    group: str = ""
    low: float | None = Field(None, ge=0)
    best: float | None = Field(None, ge=0)
    high: float | None = Field(None, ge=0)
    unit: str = ""


class GoldRecord(Gold):
    """One thing that the document says.

    Parameters
    ----------
    actors, recipients : tuple of str
        Each party by its words in the text, its usual name or its id.
    actor_countries, recipient_countries : tuple of str
        ISO 3166 alpha-3 codes (``IGO``, ``NGO``), for gold that knows no more of the parties.
    undirected : bool
        Whether who is actor and who recipient makes no difference.
    chain : tuple of str
        Who says so, innermost first, each by words, name or id; without the publisher.
    place : str
        By its words, its name or its id.
    words, span
        The evidence, verbatim, or its offsets; either decides between records otherwise alike.
    """

    kind: Kind = Kind.EVENT
    type: str = ""
    mode: str = ""
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.ASSERTED
    background: bool = False
    actors: tuple[str, ...] = ()
    actor_countries: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    recipient_countries: tuple[str, ...] = ()
    undirected: bool = False
    start: date | None = None
    end: date | None = None
    place: str = ""
    quantities: tuple[GoldQuantity, ...] = ()
    chain: tuple[str, ...] = ()
    condition: str = ""
    words: str = ""
    span: tuple[int, int] | None = None

    @property
    def given(self) -> frozenset[str]:
        """Names of the fields that somebody filled in."""
        return frozenset(self.model_fields_set)

    @property
    def happened(self) -> bool:
        """Whether it is an event that took place (see `Record.happened`)."""
        return (
            self.kind is Kind.EVENT
            and self.modality is Modality.ACTUAL
            and self.polarity is Polarity.ASSERTED
        )

    @property
    def no_event(self) -> bool:
        """Whether it must never come out as an event: foretold, planned, feared, denied, opined."""
        return (
            self.kind in {Kind.FORECAST, Kind.STATEMENT}
            or self.modality is not Modality.ACTUAL
            or self.polarity is Polarity.DENIED
        )


class GoldRow(Gold):
    """A document and what it says."""

    text: str = Field(min_length=1)
    id: str = ""
    published: date | None = None
    source: str = ""
    title: str = ""
    url: str = ""
    language: str = "en"
    records: tuple[GoldRecord, ...]

    @property
    def document(self) -> Document:
        """The document alone."""
        return Document(**self.model_dump(exclude={"records"}))


def read_gold(path: Path) -> list[GoldRow]:
    """Read a file of gold.

    Raises
    ------
    ReadingError
        Naming the first line and field that is wrong: scores on half a gold would mislead.
    """
    rows = []
    for line, given in json_lines(path):
        try:
            rows.append(GoldRow.model_validate(given))
        except ValidationError as error:
            raise _refusal(path, line, error.errors(include_url=False)[0]) from None
    return some(rows, path)


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the objects of a file of JSON Lines, each with the number of its line.

    Raises
    ------
    ReadingError
        If the file cannot be read, or a line is no JSON object.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ReadingError(f"cannot be read ({error.strerror})", where=str(path)) from error
    text, fault = decode(raw, path.name)
    if fault:
        raise ReadingError(fault.what, where=f"{path}:{fault.line}", mend=fault.mend)
    for line, content in enumerate(io.StringIO(text), start=1):
        if not content.strip():
            continue
        try:
            given = json.loads(content)
        except (ValueError, RecursionError) as error:
            raise ReadingError(f"not JSON: {error}"[:160], where=f"{path}:{line}") from None
        if not isinstance(given, dict):
            raise ReadingError("the line is no JSON object", where=f"{path}:{line}")
        yield line, given


def some(rows: list[GoldRow], path: Path) -> list[GoldRow]:
    """Refuse a gold without a row: nothing can be said of a coder by it."""
    if not rows:
        raise ReadingError("holds no row to score by", where=str(path), mend="add at least one row")
    return rows


def _refusal(path: Path, line: int, detail: Any) -> ReadingError:
    field = ".".join(str(part) for part in detail["loc"])
    mend = ""
    if detail["type"] == "extra_forbidden":
        model = GoldRecord if detail["loc"][0] == "records" else GoldRow
        mend = nearest(str(detail["loc"][-1]), model.model_fields) or "leave it out"
    return ReadingError(detail["msg"], where=f"{path}:{line}, {field}", mend=mend or None)
