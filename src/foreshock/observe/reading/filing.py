"""From what was read to claims of a case: who is who, which place is which, who says so.

Parties, speakers and places are looked up among those that the case knows, by id, name and alias;
whoever it does not know becomes an entry of its own, which goes into the case with the claims.
Without a case, all are new, under the ids of the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from msgspec.structs import replace as changed

from foreshock.core.errors import ReadingError
from foreshock.core.quantities import Quantity
from foreshock.core.time import Precision
from foreshock.evidence.claim import (
    Attribution,
    Claim,
    Kind,
    KnownBasis,
    Link,
    Modality,
    Report,
)
from foreshock.evidence.records import Entry
from foreshock.lexicon import load_ontology
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.duplicates import credit, mark, original_of
from foreshock.observe.reading.known import Known
from foreshock.observe.reading.names import one_line
from foreshock.observe.reading.record import Reading, Record, Spoken
from foreshock.observe.reading.summary import summary_of


@dataclass(frozen=True)
class Filed:
    """What was read in one document, as a case would keep it.

    Attributes
    ----------
    document : Document
    report : Report
    claims : tuple of Claim
        One for each record, in their order; records that say the same are one claim.
    records : tuple of Record
        What each claim was made of.
    entries : tuple of Entry
        Actors, places and sources that are new, and the report.
    notes : tuple of str
        What the user should know.
    """

    document: Document
    report: Report
    claims: tuple[Claim, ...]
    records: tuple[Record, ...]
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()


def require_origin(document: Document) -> None:
    """Refuse a document of which nobody said who published it, or on which day.

    Raises
    ------
    ReadingError
        A claim without a voice, or without a day on which it could be known, is of no use to a
        case.
    """
    for given, what, mend in (
        (document.source.strip(), "it is not said who published this", "give --source"),
        (document.published, "it is not said when this was published", "give --published"),
    ):
        if not given:
            raise ReadingError(what, where=document.id or None, mend=mend)


def file_reading(reading: Reading, known: Known) -> Filed:
    """Make claims of a reading.

    Parameters
    ----------
    reading : Reading
    known : Known
        What the case knows; it learns who is new.
    """
    report, notes = _report(reading.document, known)
    claims, records, more = claims_of(reading.records, report, known)
    return Filed(
        reading.document,
        report,
        claims,
        records,
        (report, *known.fresh()),
        (*reading.notes, *notes, *more),
    )


def _report(document: Document, known: Known) -> tuple[Report, list[str]]:
    """Make the report, and say whose text it copies."""
    publisher = known.publisher(document.source.strip()) if document.source.strip() else ""
    text = mark(document.text)
    day = document.published
    key = f"{publisher[:60] or 'nobody'}.{day.isoformat() if day else 'undated'}.{text[:6]}"
    report = Report(
        source=publisher,
        title=one_line(document.title),
        url=one_line(document.url, 2000),
        published=day,
        language=document.language,
        text_digest=text,
        known_at=day,
        known_basis=KnownBasis.SOURCE if day else KnownBasis.UNKNOWN,
        basis="read",
        key=key,
    )
    before = known.reports.get(key)
    if before is not None and before.text_digest == text:
        return before, ["the case holds this text already"]
    return _with_origin(report, document.text, known)


def _with_origin(report: Report, text: str, known: Known) -> tuple[Report, list[str]]:
    agency = credit(text, known.agencies)
    if agency and known.publisher(agency) != report.source:
        source = known.publisher(agency)
        return replace(report, copy_of=source), [f"credited to {agency}: it adds no voice"]
    original = original_of(report.text_digest, known.reports.values())
    if original is None or original.report.origin == report.source:
        return report, []
    share = "word for word" if original.share == 1 else f"{original.share:.0%} of it"
    note = f"copies {original.report.key or original.report.id} ({share}): it adds no voice"
    return replace(report, copy_of=original.report.origin), [note]


def claims_of(
    records: Sequence[Record], report: Report, known: Known
) -> tuple[tuple[Claim, ...], tuple[Record, ...], list[str]]:
    """Make claims of records: with their links, each saying something of its own.

    Returns
    -------
    claims, records, notes
        Each claim with the record that it was made of; what had to be left out.
    """
    notes: list[str] = []
    by_id: dict[str, tuple[Claim, Record]] = {}
    ids: dict[str, str] = {}
    for record in records:
        claim = claim_of(record, report, known, notes)
        ids[record.key] = claim.id
        by_id.setdefault(claim.id, (claim, record))
    claims = []
    for claim, record in by_id.values():
        links = tuple(
            Link(tie.relation, ids[tie.key])
            for tie in record.links
            if tie.key in ids and ids[tie.key] != claim.id
        )
        key = f"{report.key}.{claim.id[:8]}"
        claims.append(changed(claim, key=key, links=links))
    return tuple(claims), tuple(record for _, record in by_id.values()), notes


def claim_of(record: Record, report: Report, known: Known, notes: list[str]) -> Claim:
    """Make one claim, without handle and links; `notes` is told what was left out."""
    start, end, precision = _when(record, report.published)
    return Claim(
        report=report.id,
        kind=record.kind,
        type="" if record.kind is Kind.STATE else record.type,
        mode=record.mode,
        context=record.context,
        modality=record.modality,
        polarity=record.polarity,
        background=record.background,
        actors=_once(known.actor(party) for party in record.actors),
        recipients=_once(known.actor(party) for party in record.recipients),
        start=start,
        end=end,
        precision=precision,
        place=known.place(record.place) if record.place else "",
        place_precision=record.place.precision if record.place else "",
        origins=_once(known.place(place) for place in record.origins),
        destinations=_once(known.place(place) for place in record.destinations),
        chain=_chain(record.chain, report, known),
        quantities=tuple(_quantities(record, known, notes)),
        span=record.span if record.span[1] > record.span[0] else None,
        issue=record.issue,
        rating=record.rating,
        summary=summary_of(record),
        due=record.due,
        consequence=one_line(record.consequence),
        condition=one_line(record.condition),
        known_at=report.known_at,
        known_basis=report.known_basis,
        basis="read",
        coder=record.coder,
    )


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _when(record: Record, published: date | None) -> tuple[date | None, date | None, Precision]:
    """Say when; what is told without a day, as having happened, happened by the day of the report.

    A day after the report's for something that has happened is a date misread, and counts as none.
    """
    start, end = record.start, record.end or record.start
    past = record.modality is Modality.ACTUAL and record.kind in {
        Kind.EVENT, Kind.FIGURE, Kind.STATE,
    }  # fmt: skip
    if start is not None and not (past and published and start > published):
        return start, max(start, end or start), record.precision
    if past and published is not None:
        return published, published, Precision.BY
    return None, None, Precision.DAY


def _chain(links: Sequence[Spoken], report: Report, known: Known) -> tuple[Attribution, ...]:
    spoken = {known.speaker(link): link.cue for link in links if link.kind != "publisher"}
    spoken.pop(report.source, None)
    chain = tuple(Attribution(who, _cue(cue)) for who, cue in spoken.items())
    return (*chain, Attribution(report.source)) if report.source else chain


def _cue(cue: str) -> str:
    # In a table the chain is one cell, in which these marks have a meaning.
    return one_line(cue.replace(">", " ").replace(":", " "))


def _quantities(record: Record, known: Known, notes: list[str]) -> list[Quantity]:
    ontology = load_ontology()
    kept = []
    for told_of in record.quantities:
        if told_of.what not in ontology.quantities or (
            told_of.unit and told_of.unit not in ontology.units
        ):
            notes.append(f"{record.key}: the figure {told_of.text} counts what no case knows")
            continue
        category = told_of.category if told_of.category in ontology.groups else ""
        actor = known.actor_by_id(told_of.actor, record) if told_of.actor else ""
        # An actor may stand alone, or with a category of its people.
        group = "/".join(part for part in (actor, category) if part)
        if actor and not category:
            group = f"{actor}/people"
        kept.append(replace(told_of, group=group))
    return kept
