"""The ledger: forecasts and judgements, written down before anybody sees them, never changed.

It is a file of lines, one JSON object each, in the case's own folder, with an anchor beside it (see
`foreshock.verify.chain`). Writing takes a lock, appends whole lines, waits until they lie on the
disk, and then moves the anchor; so a writer may die at any byte and the ledger still stands.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from foreshock import __version__
from foreshock.case.opening import Case
from foreshock.core.errors import (
    ForeshockError,
    LedgerAltered,
    LedgerError,
    StoreBusy,
    StoreFull,
    StoreReadOnly,
)
from foreshock.verify.chain import EMPTY, Anchor, Examination, examine, seal
from foreshock.verify.entries import Draft, Entry, Kind, plain, read, standing_of

LEDGER_FILE = "ledger.jsonl"
ANCHOR_FILE = "ledger.anchor"
LOCK_FILE = "ledger.lock"

WAIT_SECONDS = 20.0
"""How long a writer waits for another before it gives up."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Ledger:
    """The ledger of one case.

    Parameters
    ----------
    folder : pathlib.Path
        Where its files lie; made when something is first issued.
    case : str
        Name of the case.
    clock : callable, optional
        What tells the time of issue (UTC).

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> ledger = Ledger(Path(tempfile.mkdtemp()), "demo", lambda: datetime(2031, 5, 2, tzinfo=UTC))
    >>> draft = Draft(as_of=date(2031, 5, 1), evidence="e1", question="Q1", seed=7,
    ...               answer={"probability": 0.3})
    >>> [entry] = ledger.issue([draft])
    >>> entry.number, str(entry.standing), entry.probability
    (0, 'live', 0.3)
    >>> ledger.issue([draft]) == [entry], len(ledger.entries()), ledger.examine().faults
    (True, 1, ())
    """

    def __init__(
        self, folder: Path, case: str, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.folder = folder
        self.case = case
        self.path = folder / LEDGER_FILE
        self.anchor_path = folder / ANCHOR_FILE
        self._clock = clock or _now

    @classmethod
    def of(cls, case: Case, clock: Callable[[], datetime] | None = None) -> Ledger:
        """Give the ledger of an open case, which lies beside its store."""
        return cls(case.store.path.parent, case.name, clock)

    # ------------------------------------------------------------------ reading

    def examine(self) -> Examination:
        """Look at every line and at the anchor, and say what is wrong."""
        raw, anchor = self._read()
        return examine(raw, anchor, self.case)

    def entries(self) -> tuple[Entry, ...]:
        """Every entry, oldest first.

        Raises
        ------
        LedgerAltered
            If anything was changed since it was written.
        """
        return self._sound().entries

    def _read(self) -> tuple[bytes, Anchor | None]:
        with _explained(self.path):
            # The anchor first: a writer moves it last, so it never names what we do not find.
            anchor = _bytes(self.anchor_path)
            raw = _bytes(self.path)
        return raw or b"", None if anchor is None else Anchor.parse(anchor)

    def _sound(self, read: tuple[bytes, Anchor | None] | None = None) -> Examination:
        found = examine(*(read or self._read()), self.case)
        if found.faults:
            more = f" (and {len(found.faults) - 1} more)" if len(found.faults) > 1 else ""
            raise LedgerAltered(
                f"the ledger was altered: {found.faults[0]}{more}",
                where=str(self.path),
                mend=f"restore {LEDGER_FILE} and {ANCHOR_FILE} from a copy; if there is none, move "
                "both away: a new ledger begins empty, and its record with it",
            )
        return found

    # ------------------------------------------------------------------ writing

    def issue(self, drafts: Sequence[Draft]) -> list[Entry]:
        """Write drafts down, and give them as they are recorded, in their order.

        A draft whose evidence, seed, question and configuration are in the ledger already adds
        nothing: the entry that stands is given. When the entries are returned they lie on the disk;
        only then may anybody be shown them.

        Raises
        ------
        LedgerAltered
            If the ledger was altered: nothing is added to it any more.
        LedgerError
            If a draft may not stand in it: its as-of has not come, or a value cannot be written.
        StoreBusy, StoreFull, StoreReadOnly
            If it cannot be written; nothing was changed.
        """
        if any(draft.kind is Kind.NOTE for draft in drafts):
            raise LedgerError("notes are the ledger's own", str(self.path))
        read_before = self._read()
        found = self._sound(read_before)
        keys = [draft.key for draft in drafts]
        standing = _by_key(found.entries)
        if found.anchor != found.head or not standing.keys() >= set(keys):
            with self._locked():
                if (read_now := self._read()) != read_before:
                    found = self._sound(read_now)
                standing = _by_key([*found.entries, *self._append(found, drafts)])
        return [standing[key] for key in keys]

    def _append(self, found: Examination, drafts: Sequence[Draft]) -> list[Entry]:
        now = self._clock()
        if found.entries:
            now = max(now, found.entries[-1].issued_at)  # a clock set back makes nothing live
        known = set(_by_key(found.entries))
        fresh = [_recovered(now, found.rest)] if found.rest else []
        for draft in drafts:
            if draft.key not in known:
                known.add(draft.key)
                fresh.append(draft)
        previous, lines = found.head.hash, []
        for number, draft in enumerate(fresh, start=found.head.lines):
            lines.append(
                seal(
                    plain(draft)
                    | {
                        "case": self.case,
                        "number": number,
                        "issued_at": now.isoformat(),
                        "standing": standing_of(draft.as_of, now),
                        "version": __version__,
                        "previous": previous,
                    }
                )
            )
            previous = json.loads(lines[-1])["hash"]
        with _explained(self.path):
            if not self.anchor_path.exists():
                self._write_anchor(EMPTY)
            if lines:
                _write(self.path, found.size, b"\n".join([*lines, b""]))
            self._write_anchor(Anchor(found.head.lines + len(lines), previous))
        return [read(line) for line in lines]

    def _write_anchor(self, anchor: Anchor) -> None:
        fresh = self.anchor_path.with_name(self.anchor_path.name + ".new")
        with fresh.open("wb") as file:
            file.write(anchor.text())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.anchor_path)
        _settle(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / LOCK_FILE, timeout=WAIT_SECONDS)
        with _explained(self.path):
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire()
            except Timeout:
                raise StoreBusy(
                    f"another program has been writing to the ledger for {WAIT_SECONDS:g} s",
                    where=str(self.path),
                    mend="wait until it is done and try again; nothing was changed",
                ) from None
        try:
            yield
        finally:
            lock.release()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, at: int, text: bytes) -> None:
    """Write at a place and to the disk, cutting off what lies behind it; or leave it as it was."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        os.ftruncate(descriptor, at)
        os.lseek(descriptor, at, os.SEEK_SET)
        try:
            left = memoryview(text)
            while left:
                left = left[os.write(descriptor, left) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, at)
            raise
    finally:
        os.close(descriptor)


def _settle(folder: Path) -> None:
    """Make a new name survive a loss of power, where the system can be asked to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _recovered(now: datetime, rest: int) -> Draft:
    return Draft(
        kind=Kind.NOTE,
        as_of=now.date(),
        reason=f"an unfinished line of {rest} bytes was taken away: whoever wrote it had died",
    )


def _by_key(entries: Sequence[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind is not Kind.NOTE:
            found.setdefault(entry.key, entry)
    return found


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except ForeshockError:
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise StoreFull(
                f"no room to write the ledger ({error.strerror})",
                where=str(path),
                mend="free some space, or set FORESHOCK_HOME to another disk; nothing was changed",
            ) from error
        if isinstance(error, PermissionError | NotADirectoryError | FileExistsError) or (
            error.errno == errno.EROFS
        ):
            raise StoreReadOnly(
                f"the ledger cannot be used ({error.strerror})",
                where=str(path),
                mend="give yourself the right to write there, or set FORESHOCK_HOME elsewhere",
            ) from error
        raise LedgerError(
            f"the ledger failed ({error.strerror or error})", where=str(path)
        ) from error


def _now() -> datetime:
    return datetime.now(UTC)
