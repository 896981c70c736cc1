"""Opening a case: its files are read into its store when they changed; then the store counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from foreshock.case.about import CaseFile
from foreshock.case.coding import CODING
from foreshock.case.folder import (
    NO_CLAIM,
    CaseFolder,
    digest_of,
    read_about,
    read_folder,
    refusal,
)
from foreshock.case.home import STORE_FILE, find_case, home, is_bundled
from foreshock.core.errors import CaseError
from foreshock.evidence.batch import Batch, Origin, Withdrawal
from foreshock.evidence.records import book_of, key_of, record_digest
from foreshock.evidence.store import Store

BUNDLED = "bundled"


@dataclass(frozen=True)
class Case:
    """An open case.

    Attributes
    ----------
    path : pathlib.Path
        Its folder.
    about : CaseFile
        What ``case.yaml`` says.
    store : Store
        Where its evidence is kept.
    """

    path: Path
    about: CaseFile
    store: Store

    @property
    def name(self) -> str:
        """The case's short name."""
        return self.about.name


def open_case(
    name: str,
    *,
    empty: bool = False,
    clock: Callable[[], datetime] | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> Case:
    """Open a case by name or path.

    The store is the truth; the files are a seed. Rows that are new since the last reading are
    appended, rows that changed or went are withdrawn as their coder's mistake, and nothing is
    erased.

    Parameters
    ----------
    name : str
        Name or folder of the case.
    empty : bool
        Whether it may hold no claim yet, since some are about to be added.
    clock : callable, optional
        What tells the time at which its files are recorded.
    progress : callable
        Told what is being done.

    Raises
    ------
    UnknownCase, CaseError, StoreError
        If there is no such case, its files have faults, or its store cannot be used.
    """
    path = find_case(name)
    about = read_about(path)
    store = Store(home() / about.name / STORE_FILE, clock)
    mark = f"{CODING}:{digest_of(path)}"
    seen, note = store.mark(about.name)
    here = BUNDLED if is_bundled(path) else _told(path.resolve())
    _refuse_namesake(about.name, here, note)
    if seen != mark:
        progress(f"reading the case {about.name}")
        _read_in(store, read_folder(path, empty=True), mark, here, first=not seen)
    if not empty and not store.holds_claims(about.name):
        raise refusal(path, [NO_CLAIM])
    return Case(path, about, store)


def _told(path: Path) -> str:
    # A folder's name may hold bytes that are no text.
    return str(path).encode("utf-8", "backslashreplace").decode()


def _refuse_namesake(name: str, here: str, note: str) -> None:
    if note in {"", here}:
        return
    other = "the bundled case" if note == BUNDLED else note
    if note == BUNDLED or Path(note).is_dir():
        raise CaseError(
            f"the case name {name!r} is already taken by {other}",
            where=here,
            mend="give this case another name in case.yaml, or set FORESHOCK_HOME",
        )


def _read_in(store: Store, folder: CaseFolder, mark: str, here: str, *, first: bool) -> None:
    name = folder.about.name
    records = {record_digest(claim) for claim in folder.claims.values()}
    mistaken = [
        Withdrawal(standing.record, "the case's files no longer say so")
        for standing in store.standing(name)
        if standing.origin is Origin.FOLDER and standing.record not in records
    ]
    keys = {(book_of(entry), key_of(entry)) for entry in folder.entries}
    gone = [
        (book_of(entry), key_of(entry))
        for entry in store.entries(name, Origin.FOLDER)
        if (book_of(entry), key_of(entry)) not in keys
    ]
    compiled = folder.about.compiled
    store.append(
        name,
        Batch(
            claims=list(folder.claims.values()),
            entries=folder.entries,
            withdrawals=mistaken,
            removed=gone,
            origin=Origin.FOLDER,
            mark=mark,
            note=here,
            # A case compiled earlier was had then, on whichever machine it is opened.
            recorded_at=datetime.combine(compiled, time(), UTC) if first and compiled else None,
        ),
    )
