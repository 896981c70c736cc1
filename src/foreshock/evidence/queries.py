"""What the store asks its tables: the standing version of each record, and who said what before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from foreshock.core.errors import NotTheSpeaker, UnknownReference
from foreshock.evidence.batch import Origin
from foreshock.evidence.claim import SAME_SPEAKER, Claim, Report, Source
from foreshock.evidence.records import Entry, read_claims, read_entry
from foreshock.evidence.tables import BATCH, CLAIM, ENTRY, WITHDRAWAL

_CHUNK = 400
"""Values in one IN list: every database takes as many."""


def last_mark(connection: Connection, case: str) -> tuple[str, str]:
    """Find the digest and place of the files last read in for a case; empty if none were."""
    row = connection.execute(
        select(BATCH.c.mark, BATCH.c.note)
        .where(BATCH.c.case_name == case, BATCH.c.origin == Origin.FOLDER)
        .order_by(BATCH.c.recorded_at.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else ("", "")


def latest_entries(
    connection: Connection,
    case: str,
    as_of: date | None,
    by: int | None,
    origin: Origin | None = None,
) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Find the latest version of each reference record: its digest and payload, by book and key."""
    # The latest recorded version of a key decides, and only then whether an as-of may see it: an
    # earlier version that was known sooner was a coder's mistake and must not shine through.
    query = select(
        ENTRY.c.book, ENTRY.c.entry_key, ENTRY.c.record, ENTRY.c.known_day, ENTRY.c.payload
    ).where(ENTRY.c.case_name == case)
    if by is not None:
        query = query.where(ENTRY.c.recorded_at <= by)
    if origin is not None:
        query = query.join(BATCH, BATCH.c.id == ENTRY.c.batch).where(BATCH.c.origin == origin)
    rows = connection.execute(query.order_by(ENTRY.c.recorded_at))
    latest = {(book, key): (record, known, payload) for book, key, record, known, payload in rows}
    limit = None if as_of is None else as_of.toordinal()
    return {
        name: (record, payload)
        for name, (record, known, payload) in latest.items()
        if limit is None or known <= limit
    }


def withdrawn_records(connection: Connection, case: str, by: int | None) -> dict[str, int]:
    """Find when each withdrawn record was last withdrawn."""
    query = select(WITHDRAWAL.c.record, func.max(WITHDRAWAL.c.recorded_at)).where(
        WITHDRAWAL.c.case_name == case
    )
    if by is not None:
        query = query.where(WITHDRAWAL.c.recorded_at <= by)
    rows = connection.execute(query.group_by(WITHDRAWAL.c.record)).all()
    return {row[0]: row[1] for row in rows}


def check_speakers(
    connection: Connection,
    case: str,
    claims: Sequence[Claim],
    entries: Sequence[Entry],
    withdrawn: Mapping[str, int],
) -> None:
    """Refuse a correction, retraction or update of what another source said.

    Raises
    ------
    UnknownReference
        If the claim that it names is not in the case.
    NotTheSpeaker
        If another source, of no common side, said it.
    """
    wanted = [
        (link.target, claim, link.relation)
        for claim in claims
        for link in claim.links
        if link.relation in SAME_SPEAKER
    ]
    if not wanted:
        return
    found = {claim.id: claim for claim in claims}
    for chunk in chunks(sorted({target for target, _, _ in wanted} - set(found))):
        rows = connection.execute(
            select(CLAIM.c.record, CLAIM.c.payload, CLAIM.c.recorded_at).where(
                CLAIM.c.case_name == case, CLAIM.c.id.in_(chunk)
            )
        )
        standing = [(r, payload) for r, payload, at in rows if at > withdrawn.get(r, -1)]
        found.update((claim.id, claim) for claim in read_claims(standing))
    known = [*_standing_entries(connection, case), *entries]
    sides = {entry.id: entry.side for entry in known if isinstance(entry, Source)}
    reports = {entry.id: entry for entry in known if isinstance(entry, Report)}
    for target, claim, relation in wanted:
        if target not in found:
            raise UnknownReference(
                f"it {relation} a claim {target} that is not there",
                where=claim.key or claim.id,
                mend="name a claim of this case, recorded before or in the same batch",
            )
        other = found[target]
        voice, earlier = (each.voice(reports.get(each.report)) for each in (claim, other))
        own = bool(voice) and (voice == earlier or claim.speaker == other.speaker != "")
        one_side = bool(sides.get(earlier)) and sides.get(earlier) == sides.get(voice)
        if not own and not one_side:
            raise NotTheSpeaker(
                f"{voice or 'nobody'} {relation} what {earlier or 'nobody'} said",
                where=claim.key or claim.id,
                expected="the same source as the earlier claim, or another voice of its side",
                mend="tell it as a claim of its own; rival versions stand side by side",
            )


def _standing_entries(connection: Connection, case: str) -> list[Entry]:
    latest = latest_entries(connection, case, None, None)
    return [
        read_entry(book, record, payload)
        for (book, _), (record, payload) in latest.items()
        if book in {"source", "report"} and payload is not None
    ]


def chunks(items: Sequence[str]) -> Iterable[Sequence[str]]:
    """Cut a list into pieces that fit into one query."""
    return (items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK))
