"""The store: claims and reference records with their times, appended in batches, never erased.

Every row carries when the public could know it (``known_day``) and when we had it
(``recorded_at``). A view asks for both: what could be known by the end of a day, out of what we
had recorded by an instant. A batch lands whole or not at all; a batch that brings nothing new adds
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Table, func, insert, inspect, select

from foreshock.core.collector import collector_at_rest
from foreshock.core.errors import StoreCorrupt, StoreReadOnly, UnknownReference
from foreshock.evidence.batch import Batch, Origin, Receipt, Withdrawal
from foreshock.evidence.claim import Claim
from foreshock.evidence.engine import connect, reading, writing
from foreshock.evidence.queries import (
    check_speakers,
    chunks,
    last_mark,
    latest_entries,
    withdrawn_records,
)
from foreshock.evidence.records import (
    Entry,
    book_of,
    is_dated,
    key_of,
    known_at_of,
    payload_of,
    read_claims,
    read_entry,
    record_digest,
)
from foreshock.evidence.tables import (
    ABOUT,
    BATCH,
    CLAIM,
    ENTRY,
    METADATA,
    NEVER,
    SCHEMA_VERSION,
    WITHDRAWAL,
)
from foreshock.evidence.view import Evidence, Recorded


class Standing(NamedTuple):
    """A claim that stands now, with its record's digest and where it came from."""

    record: str
    claim: Claim
    origin: Origin


class Store:
    """A file that holds the evidence of one or more cases.

    Parameters
    ----------
    path : pathlib.Path
        The file; it is made, with its folder, when it is missing.
    clock : callable, optional
        What tells the time at which a batch is recorded (UTC).

    Raises
    ------
    StoreReadOnly, StoreCorrupt, StoreFull, StoreBusy
        If the file cannot be used, with the reason and the mend.

    Examples
    --------
    >>> import tempfile
    >>> from foreshock.evidence.claim import Claim
    >>> store = Store(Path(tempfile.mkdtemp()) / "evidence.sqlite")
    >>> claim = Claim(report="r1", type="ASSAULT", known_at=date(2020, 2, 3))
    >>> store.append("demo", Batch(claims=[claim])).claims
    1
    >>> store.append("demo", Batch(claims=[claim])).nothing_new
    True
    >>> [len(store.view("demo", date(2020, 2, day)).claims) for day in (2, 3)]
    [0, 1]
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] | None = None) -> None:
        self.path = path
        self._clock = clock or _now
        _make_folder(path.parent)
        self._engine = connect(path)
        self._prepare()

    def _prepare(self) -> None:
        with reading(self._engine, self.path) as connection:
            tables = set(inspect(connection).get_table_names())
            version = (
                connection.execute(select(func.max(ABOUT.c.schema_version))).scalar()
                if "foreshock" in tables
                else None
            )
        if version is None:
            if tables - set(METADATA.tables):
                raise StoreCorrupt(
                    "this file is a database, but not a Foreshock store",
                    where=str(self.path),
                    mend="name another file",
                )
            with writing(self._engine, self.path) as connection:
                METADATA.create_all(connection)
                if connection.execute(select(ABOUT.c.schema_version)).scalar() is None:
                    connection.execute(insert(ABOUT).values(schema_version=SCHEMA_VERSION))
        elif version != SCHEMA_VERSION:
            raise StoreCorrupt(
                f"the store has schema version {version}, this program reads {SCHEMA_VERSION}",
                where=str(self.path),
                mend="use the version of Foreshock that wrote it, or export it there as JSON Lines",
            )

    # ------------------------------------------------------------------ writing

    def append(self, case: str, batch: Batch) -> Receipt:
        """Add a batch to a case, whole or not at all.

        Returns
        -------
        Receipt
            Once it is given, the batch survives the death of the process.

        Raises
        ------
        UnknownReference
            If a correction, retraction or update names a claim that is not in the case.
        NotTheSpeaker
            If it names another speaker's claim.
        """
        with writing(self._engine, self.path) as connection:
            return self._append(connection, case, batch)

    def _append(self, connection: Connection, case: str, batch: Batch) -> Receipt:
        payloads = {claim: payload_of(claim) for claim in batch.claims}
        claims = {record_digest(claim, text): claim for claim, text in payloads.items()}
        withdrawn = withdrawn_records(connection, case, None)
        standing = self._standing(connection, case, claims, withdrawn)
        fresh = {record: claim for record, claim in claims.items() if record not in standing}
        entries = self._fresh_entries(connection, case, batch)
        removed = self._removable(connection, case, batch)
        withdrawals = self._withdrawable(connection, case, batch, withdrawn, fresh)
        check_speakers(connection, case, list(fresh.values()), batch.entries, withdrawn)
        news = bool(fresh or entries or removed or withdrawals)
        if not news and batch.mark == (last_mark(connection, case)[0] if batch.mark else ""):
            return Receipt(0, 0, 0, None)
        recorded = self._next_instant(connection, case, batch.recorded_at)
        connection.execute(
            insert(BATCH).values(
                case_name=case,
                recorded_at=recorded,
                origin=batch.origin,
                mark=batch.mark,
                note=batch.note,
            )
        )
        number = connection.execute(select(func.max(BATCH.c.id))).scalar_one()
        stamp = {"case_name": case, "recorded_at": recorded, "batch": number}
        _insert(
            connection,
            CLAIM,
            [
                stamp
                | {
                    "id": claim.id,
                    "record": record,
                    "known_day": _day(claim.known_at, dated=True),
                    "payload": payloads[claim],
                }
                for record, claim in fresh.items()
            ],
        )
        _insert(
            connection,
            ENTRY,
            [
                stamp
                | {
                    "book": book,
                    "entry_key": key,
                    "record": record,
                    "known_day": known,
                    "payload": payload,
                }
                for book, key, record, known, payload in [*entries, *removed]
            ],
        )
        _insert(
            connection,
            WITHDRAWAL,
            [stamp | {"record": w.record, "reason": w.reason} for w in withdrawals],
        )
        return Receipt(
            len(fresh), len(entries) + len(removed), len(withdrawals), _from_micros(recorded)
        )

    def _standing(
        self, connection: Connection, case: str, claims: dict[str, Claim], withdrawn: dict[str, int]
    ) -> set[str]:
        """Find the records that are there already and were not withdrawn since."""
        standing: set[str] = set()
        ids = sorted({claim.id for claim in claims.values()})
        for chunk in chunks(ids):
            rows = connection.execute(
                select(CLAIM.c.record, CLAIM.c.recorded_at).where(
                    CLAIM.c.case_name == case, CLAIM.c.id.in_(chunk)
                )
            )
            standing.update(r for r, at in rows if at > withdrawn.get(r, -1))
        return standing

    def _fresh_entries(
        self, connection: Connection, case: str, batch: Batch
    ) -> list[tuple[str, str, str, int, str | None]]:
        latest = latest_entries(connection, case, None, None)
        last = {(book_of(entry), key_of(entry)): entry for entry in batch.entries}
        rows: list[tuple[str, str, str, int, str | None]] = []
        for (book, key), entry in last.items():
            payload = payload_of(entry)
            record = record_digest(entry, payload)
            if latest.get((book, key), ("", None)) != (record, payload):
                known = _day(known_at_of(entry), dated=is_dated(entry))
                rows.append((book, key, record, known, payload))
        return rows

    def _removable(
        self, connection: Connection, case: str, batch: Batch
    ) -> list[tuple[str, str, str, int, str | None]]:
        if not batch.removed:
            return []
        latest = latest_entries(connection, case, None, None)
        # What the same batch says of a key outranks that it was taken back.
        told = {(book_of(entry), key_of(entry)) for entry in batch.entries}
        return [
            (book, key, "", 0, None)
            for book, key in dict.fromkeys(batch.removed)
            if (book, key) not in told and latest.get((book, key), ("", None))[1] is not None
        ]

    def _withdrawable(
        self,
        connection: Connection,
        case: str,
        batch: Batch,
        withdrawn: dict[str, int],
        fresh: dict[str, Claim],
    ) -> list[Withdrawal]:
        wanted = {w.record: w for w in batch.withdrawals if w.record not in fresh}
        found: dict[str, int] = {}
        for chunk in chunks(sorted(wanted)):
            rows = connection.execute(
                select(CLAIM.c.record, func.max(CLAIM.c.recorded_at))
                .where(CLAIM.c.case_name == case, CLAIM.c.record.in_(chunk))
                .group_by(CLAIM.c.record)
            )
            found.update((record, at) for record, at in rows)
        missing = sorted(set(wanted) - set(found))
        if missing:
            raise UnknownReference(
                f"there is no record {missing[0]} to withdraw", mend="name a record of this case"
            )
        return [wanted[r] for r in sorted(wanted) if found[r] > withdrawn.get(r, -1)]

    def _next_instant(self, connection: Connection, case: str, given: datetime | None) -> int:
        # Two batches never share an instant, and time never runs backwards in a case, or a view
        # "as recorded by" would change after the fact.
        last = connection.execute(
            select(func.max(BATCH.c.recorded_at)).where(BATCH.c.case_name == case)
        ).scalar()
        now = _micros(given or self._clock())
        return now if last is None else max(now, last + 1)

    # ------------------------------------------------------------------ reading

    def view(self, case: str, as_of: date, recorded_by: datetime | None = None) -> Evidence:
        """Give what could be known by the end of a day, out of what we had by an instant.

        Parameters
        ----------
        case : str
            Name of the case.
        as_of : datetime.date
            The end of this UTC day.
        recorded_by : datetime, optional
            Only what was recorded by then; everything if not given.

        Returns
        -------
        Evidence
            The same for the same arguments, whatever is added later with a later known day or,
            where `recorded_by` is given, a later recording.
        """
        by = None if recorded_by is None else _micros(recorded_by)
        with collector_at_rest():
            return self._view(case, as_of, by)

    def _view(self, case: str, as_of: date, by: int | None) -> Evidence:
        query = select(CLAIM.c.record, CLAIM.c.recorded_at, CLAIM.c.payload).where(
            CLAIM.c.case_name == case, CLAIM.c.known_day <= as_of.toordinal()
        )
        if by is not None:
            query = query.where(CLAIM.c.recorded_at <= by)
        with reading(self._engine, self.path) as connection:
            rows = connection.execute(query).all()
            withdrawn = withdrawn_records(connection, case, by)
            if withdrawn:
                rows = [row for row in rows if row[1] > withdrawn.get(row[0], -1)]
            claims = read_claims((record, payload) for record, _, payload in rows)
            entries = _read_entries(latest_entries(connection, case, as_of, by))
        instants = {at: _from_micros(at) for at in {row[1] for row in rows}}
        recorded = [
            Recorded(claim, instants[row[1]]) for claim, row in zip(claims, rows, strict=True)
        ]
        return Evidence.build(case, as_of, recorded, entries)

    def standing(self, case: str) -> list[Standing]:
        """All claims that stand now, whenever known, in the order of their ids."""
        query = (
            select(CLAIM.c.record, CLAIM.c.recorded_at, CLAIM.c.payload, BATCH.c.origin)
            .join(BATCH, BATCH.c.id == CLAIM.c.batch)
            .where(CLAIM.c.case_name == case)
            .order_by(CLAIM.c.id, CLAIM.c.record, CLAIM.c.recorded_at)
        )
        with reading(self._engine, self.path) as connection:
            withdrawn = withdrawn_records(connection, case, None)
            rows = [r for r in connection.execute(query) if r[1] > withdrawn.get(r[0], -1)]
            claims = read_claims((row[0], row[2]) for row in rows)
        found = {
            row[0]: Standing(row[0], claim, Origin(row[3]))
            for row, claim in zip(rows, claims, strict=True)
        }
        return list(found.values())

    def holds_claims(self, case: str) -> bool:
        """Whether any claim was ever recorded for a case."""
        query = select(CLAIM.c.id).where(CLAIM.c.case_name == case).limit(1)
        with reading(self._engine, self.path) as connection:
            return connection.execute(query).first() is not None

    def entries(self, case: str, origin: Origin | None = None) -> list[Entry]:
        """All reference records that stand now, whenever known."""
        with reading(self._engine, self.path) as connection:
            return _read_entries(latest_entries(connection, case, None, None, origin))

    def mark(self, case: str) -> tuple[str, str]:
        """Digest of the files last read in for a case, and where they lay; empty if none."""
        with reading(self._engine, self.path) as connection:
            return last_mark(connection, case)


def _read_entries(latest: dict[tuple[str, str], tuple[str, str | None]]) -> list[Entry]:
    return [
        read_entry(book, record, payload)
        for (book, _), (record, payload) in sorted(latest.items())
        if payload is not None
    ]


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _day(known_at: date | None, *, dated: bool) -> int:
    if known_at is None:
        return NEVER if dated else 0
    return known_at.toordinal()


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def _from_micros(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def _now() -> datetime:
    return datetime.now(UTC)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(
            f"cannot make the folder ({error.strerror})",
            where=str(folder),
            mend="give yourself the right to write there, or set FORESHOCK_HOME to another folder",
        ) from error
