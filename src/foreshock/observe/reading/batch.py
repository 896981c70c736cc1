"""Many documents: read in order, in one process or several, and continued where they stopped.

The output holds a line for each claim and, after those of a document, a closing line that says
that the document is finished::

    {"document": "a", "number": 3, "text": "…", "coder": "…", "claims": 2, "sentences": 9, ...}

A document's lines are written at once. Whatever stands after the last closing line was torn off by
an interruption and is read again, so a run that was interrupted ends with the same bytes as one
that was not.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from foreshock.core.errors import ForeshockError, ReadingError
from foreshock.observe.reading.choosing import Choice, Reader, reader
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.duplicates import digest_of
from foreshock.observe.reading.loading import Loaded
from foreshock.observe.reading.published import json_line, read_claims, write_lines

AT_ONCE = 16
"""Documents that go to a process at a time."""


class Numbered(NamedTuple):
    """A document and its number in the file, from 1, rows with faults counted too."""

    number: int
    document: Document


class Finished(NamedTuple):
    """What a document gave: its lines, how many claims, or what went wrong."""

    number: int
    lines: str
    claims: int
    sentences: int
    fault: str


@dataclass
class Counts:
    """What a batch came to."""

    documents: int = 0
    skipped: int = 0
    claims: int = 0
    sentences: int = 0
    faults: int = 0


class Stand(NamedTuple):
    """How far an earlier run came."""

    done: int = 0
    text: str = ""
    coder: str = ""
    size: int = 0
    where: str = ""


NOTHING = Stand()


def stand_of(out: Path) -> Stand:
    """Find the last document that an output holds whole, and where its lines end.

    Raises
    ------
    ReadingError
        If the file is not the output of a batch.
    """
    stand = NOTHING
    if not out.exists():
        return stand
    position = 0
    with out.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            position += len(line)
            if not line.endswith(b"\n") and line[:2] in {b"{", b'{"'}:
                break
            try:
                told = json.loads(line)
                if "claims" in told:
                    stand = Stand(
                        int(told["number"]),
                        str(told["text"]),
                        str(told["coder"]),
                        position,
                        str(out),
                    )
                elif "kind" not in told:
                    raise ValueError
            except (ValueError, TypeError, KeyError, RecursionError):
                raise ReadingError(
                    "is not the output of a batch",
                    where=f"{out}:{number}",
                    mend="name another file, or delete this one",
                ) from None
    return stand


def run(
    loaded: Iterable[Loaded],
    choice: Choice,
    write: Callable[[str], None],
    *,
    stand: Stand | None = None,
    executor: Executor | None = None,
    workers: int = 1,
    fault: Callable[[str], None] = lambda _fault: None,
    progress: Callable[[Counts], None] = lambda _counts: None,
) -> Counts:
    """Read a batch.

    Parameters
    ----------
    loaded : iterable of Loaded
        Its documents, and the rows that are none.
    choice : Choice
    write : callable
        Takes the lines of one document after the other, in the order of the file.
    stand : Stand, optional
        How far an earlier run came; what it finished is skipped.
    executor : concurrent.futures.Executor, optional
        Where to read; here if left out.
    workers : int
        How many processes it has.
    fault : callable
        Told of each row or document that could not be read.
    progress : callable
        Told after each document.

    Raises
    ------
    ReadingError
        If the earlier run read other documents, or with another coder.
    """
    counts = Counts()
    stand = stand or NOTHING
    if stand.done and stand.coder != reader(choice).coder.name:
        raise _other(stand, f"was read by {stand.coder}")
    documents = _documents(loaded, stand, counts, fault)
    for finished in _in_order(documents, choice, executor, workers):
        write(finished.lines)
        counts.documents += 1
        counts.claims += finished.claims
        counts.sentences += finished.sentences
        if finished.fault:
            counts.faults += 1
            fault(finished.fault)
        progress(counts)
    return counts


def _documents(
    loaded: Iterable[Loaded], stand: Stand, counts: Counts, fault: Callable[[str], None]
) -> Iterator[Numbered]:
    for number, each in enumerate(loaded, start=1):
        document = each.document
        if number == stand.done and (document is None or digest_of(document.text) != stand.text):
            raise _other(stand, f"ends with another document number {number}")
        if document is None:
            counts.faults += 1
            fault(str(each.fault))
        elif number <= stand.done:
            counts.skipped += 1
        else:
            yield Numbered(number, document)


def _other(stand: Stand, why: str) -> ReadingError:
    return ReadingError(why, where=stand.where, mend="name another file, or delete this one")


def _in_order(
    documents: Iterator[Numbered], choice: Choice, executor: Executor | None, workers: int
) -> Iterator[Finished]:
    if executor is None:
        here = reader(choice)
        for each in documents:
            yield read_one(each, here)
        return
    # A few chunks wait for each process, no more: a file may be larger than the memory.
    waiting: deque[Future[list[Finished]]] = deque()
    while chunk := list(islice(documents, AT_ONCE)):
        waiting.append(executor.submit(read_some, choice, chunk))
        if len(waiting) > 2 * workers:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()


def read_some(choice: Choice, documents: list[Numbered]) -> list[Finished]:
    """Read some documents in a process of their own."""
    here = reader(choice)
    return [read_one(each, here) for each in documents]


def read_one(each: Numbered, here: Reader) -> Finished:
    """Read one document into its lines; what goes wrong with it stops no other."""
    document = each.document
    closing: dict[str, object] = {
        "document": document.id, "number": each.number, "text": digest_of(document.text),
        "coder": here.coder.name,
    }  # fmt: skip
    try:
        filed, known, sentences = here.read(document)
    except ForeshockError as error:
        closing |= {"claims": 0, "sentences": 0, "fault": error.what}
        return Finished(each.number, json_line(closing), 0, 0, f"{document.id}: {error}")
    closing |= {
        "claims": len(filed.claims), "sentences": sentences, "notes": list(filed.notes),
    }  # fmt: skip
    lines = write_lines(read_claims(filed, known)) + json_line(closing)
    return Finished(each.number, lines, len(filed.claims), sentences, "")
