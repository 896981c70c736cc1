"""What is added to a store together, and the receipt for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foreshock.evidence.claim import Claim
from foreshock.evidence.records import Entry


class Origin(StrEnum):
    """Where a batch comes from: a case's own files, or somebody's addition to them."""

    FOLDER = "folder"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A coder's mistake: a record that should never have stood, at any as-of."""

    record: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be added together, whole or not at all.

    Parameters
    ----------
    claims : sequence of Claim
    entries : sequence of Entry
        Reference records; the latest recorded version of a key counts.
    withdrawals : sequence of Withdrawal
        Records of claims that a coder takes back as his own mistake.
    removed : sequence of (book, key)
        Reference records that a coder takes back.
    origin : Origin
        The case's own files, or an addition.
    mark, note : str
        Digest of the files that it was read from, and where they lie.
    recorded_at : datetime, optional
        When the batch was recorded, if that was earlier than now (a bundled case).
    """

    claims: Sequence[Claim] = ()
    entries: Sequence[Entry] = ()
    withdrawals: Sequence[Withdrawal] = ()
    removed: Sequence[tuple[str, str]] = ()
    origin: Origin = Origin.ADDED
    mark: str = ""
    note: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a batch added, and when it counts as recorded."""

    claims: int
    entries: int
    withdrawals: int
    recorded_at: datetime | None

    @property
    def nothing_new(self) -> bool:
        """Whether everything in the batch was there already."""
        return not (self.claims or self.entries or self.withdrawals)
