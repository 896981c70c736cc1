"""The chain: lines that hold each other in place, and what an examination of them finds.

Every line is a JSON object whose last member is ``hash``, the SHA-256 of the line without it. Each
names the hash of the line before it, so a line cannot be changed, taken out or moved without a
break; the anchor, kept in a file of its own, names how many lines there are and the last one's
hash, so the end cannot be cut off either (a hash chain as in Haber & Stornetta 1991,
doi:10.1007/BF00196791). Anybody can check a line with any SHA-256 program.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from foreshock.core.digest import canonical
from foreshock.core.errors import LedgerError
from foreshock.verify.entries import Entry, read, standing_of

_SEAL = re.compile(rb',"hash":"([0-9a-f]{64})"\}\Z')


class Anchor(NamedTuple):
    """How many lines were written, and the hash of the last (empty if there is none)."""

    lines: int
    hash: str

    def text(self) -> bytes:
        """Write it as it stands in its file."""
        return canonical(self._asdict()).encode() + b"\n"

    @classmethod
    def parse(cls, text: bytes) -> Anchor:
        """Read it back; `DAMAGED` if the file holds anything else than an anchor."""
        try:
            told = json.loads(text)
            anchor = cls(int(told["lines"]), str(told["hash"]))
        except (ValueError, TypeError, KeyError, RecursionError):
            return DAMAGED
        sound = anchor.text() == text and (anchor.lines > 0) == bool(anchor.hash)
        return anchor if sound and anchor.lines >= 0 else DAMAGED


EMPTY = Anchor(0, "")
DAMAGED = Anchor(-1, "")


@dataclass(frozen=True, slots=True)
class Examination:
    """What stands in a ledger and what is wrong with it.

    Parameters
    ----------
    entries : tuple of Entry
        Every line that could be read.
    faults : tuple of str
        What was changed, removed, moved or damaged; empty if nothing was.
    anchor : Anchor
        What the anchor's file says.
    size : int
        Bytes of whole lines.
    rest : int
        Bytes of an unfinished last line: somebody died while writing it, and nobody was shown it.
    """

    entries: tuple[Entry, ...]
    faults: tuple[str, ...]
    anchor: Anchor
    size: int
    rest: int

    @property
    def head(self) -> Anchor:
        """How many lines there are, and the hash of the last."""
        return Anchor(len(self.entries), self.entries[-1].hash) if self.entries else EMPTY

    @property
    def notes(self) -> tuple[str, ...]:
        """What a crash left behind; none of it was ever shown to anybody, so none is a fault."""
        found = []
        if self.rest:
            found.append(
                f"the last line was not finished ({self.rest} bytes): whoever wrote it died, and "
                "it is taken away when something is next issued"
            )
        if not self.faults and len(self.entries) > self.anchor.lines:
            beyond = len(self.entries) - self.anchor.lines
            found.append(
                f"the last {beyond} of {len(self.entries)} entries were written but not yet "
                "acknowledged when their writer died; they stand"
            )
        return tuple(found)


def seal(body: Mapping[str, Any]) -> bytes:
    """Write a line, without its line end.

    Raises
    ------
    LedgerError
        If a value cannot be written: no number, or half of a character.

    Examples
    --------
    >>> seal({"number": 0})[:30]
    b'{"number":0,"hash":"37e0043fa0'
    """
    try:
        text = canonical(dict(body)).encode()
    except (TypeError, ValueError) as error:
        raise LedgerError(f"an entry cannot be written: {error}") from error
    return text[:-1] + b',"hash":"' + hashlib.sha256(text).hexdigest().encode() + b'"}'


def examine(raw: bytes, anchor: Anchor | None, case: str) -> Examination:
    """Examine a ledger's bytes against its anchor.

    Parameters
    ----------
    raw : bytes
        The file; empty if there is none.
    anchor : Anchor or None
        None if there is no anchor, which is a fault unless there is no ledger either.
    case : str
        Whose ledger it is.
    """
    *lines, rest = raw.split(b"\n")
    faults: list[str] = []
    entries: list[Entry] = []
    previous = ""
    for number, line in enumerate(lines):
        entry = _line(line)
        if entry is None:
            faults.append(f"line {number + 1} was changed: it does not fit its own hash")
            sealed = _SEAL.search(line)
            previous = sealed[1].decode() if sealed else "unknown"
            continue
        wrong = _misplaced(entry, number, previous, case, entries)
        faults += [f"line {number + 1} {wrong}"] if wrong else []
        entries.append(entry)
        previous = entry.hash
    if anchor is None:
        faults += ["the anchor is missing"] if raw else []
    elif anchor == DAMAGED:
        faults.append("the anchor is damaged")
    elif len(lines) < anchor.lines:
        faults.append(
            f"{anchor.lines - len(lines)} of {anchor.lines} entries are missing at the end"
        )
    elif anchor.lines and _hash(lines[anchor.lines - 1]) != anchor.hash:
        faults.append(f"line {anchor.lines} is not the one that the anchor names")
    return Examination(
        tuple(entries), tuple(faults), anchor or EMPTY, len(raw) - len(rest), len(rest)
    )


def _line(line: bytes) -> Entry | None:
    sealed = _SEAL.search(line)
    if sealed is None:
        return None
    body = line[: sealed.start()] + b"}"
    if hashlib.sha256(body).hexdigest().encode() != sealed[1]:
        return None
    try:
        return read(line)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _misplaced(
    entry: Entry, number: int, previous: str, case: str, before: list[Entry]
) -> str | None:
    if entry.previous != previous:
        return "does not follow from the line before it: a line was changed, removed or moved"
    if entry.number != number:
        return f"says that it is line {entry.number + 1}"
    if entry.case != case:
        return f"belongs to the case {entry.case!r}"
    if before and entry.issued_at < before[-1].issued_at:
        return "was issued before the line before it"
    if _standing(entry.as_of, entry.issued_at) != entry.standing:
        return f"is no {entry.standing}: issued on {entry.issued_at:%Y-%m-%d} as of {entry.as_of}"
    return None


def _standing(as_of: Any, issued_at: datetime) -> str:
    try:
        return standing_of(as_of, issued_at)
    except LedgerError:
        return "forecast of a day that had not come"


def _hash(line: bytes) -> str:
    sealed = _SEAL.search(line)
    return sealed[1].decode() if sealed else ""
