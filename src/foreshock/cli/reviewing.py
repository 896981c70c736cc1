"""From a text into a case: what was read is shown claim by claim; what is accepted is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from foreshock.cli.common import console, safe, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from foreshock.brief.terminal_reading import RecordPrinter
    from foreshock.case.adding import Addition
    from foreshock.case.opening import Case
    from foreshock.evidence.records import Entry
    from foreshock.observe.reading.choosing import Choice
    from foreshock.observe.reading.document import Document
    from foreshock.observe.reading.filing import Filed
    from foreshock.observe.reading.record import Reading

CHOICES = "a accept, e edit, r reject, A accept all from here, q stop here"


def add_documents(
    case: Case,
    documents: Sequence[Document],
    choice: Choice,
    store: Callable[[Addition], None],
    *,
    yes: bool,
) -> None:
    """Read documents and hand what is accepted of each to `store`.

    One that cannot be read or filed is named, and the others go on; exits with 1 then.
    """
    from foreshock.core.errors import CaseError, ForeshockError
    from foreshock.observe.reading.choosing import coder

    reads = coder(choice.coder, case)
    faults = 0
    for document in documents:
        try:
            reading = reads.read(document)
            addition = _accepted(case, reading, yes=yes)
            if addition is not None:
                store(addition)
        except ForeshockError as error:
            if len(documents) == 1:
                raise
            faults += 1
            say(f"not added: {error}")
            for fault in error.faults if isinstance(error, CaseError) else ():
                say(f"  {fault}")
    if faults:
        raise typer.Exit(1)


def _accepted(case: Case, reading: Reading, *, yes: bool) -> Addition | None:
    from foreshock.brief.terminal_reading import RecordPrinter
    from foreshock.case.adding import read_rows
    from foreshock.case.export import cells_of
    from foreshock.observe.reading.filing import file_reading, require_origin
    from foreshock.observe.reading.known import Known

    document = reading.document
    require_origin(document)
    entries = case.store.entries(case.name)
    filed = file_reading(reading, Known.of(entries, document.published))
    for note in filed.notes:
        say(f"{document.id}: {note}" if document.id else note)
    standing = {each.claim.key for each in case.store.standing(case.name)}
    keys = {claim.id: claim.key for claim in filed.claims}
    rows = [cells_of(claim, filed.report, keys) for claim in filed.claims]
    told = len(rows)
    fresh = [number for number, row in enumerate(rows) if row["key"] not in standing]
    if told > len(fresh):
        say(f"{told - len(fresh):,} of {told:,} claims are in the case already")
    if not fresh:
        typer.echo("Nothing new was read in it; nothing was added.")
        return None
    _say_who_is_new(filed.entries)
    if yes:
        chosen = [rows[number] for number in fresh]
    else:
        printer = RecordPrinter(reading, console())
        printer.head()
        chosen = _Review(case, filed, printer, rows).choose(fresh)
    if not chosen:
        typer.echo("Nothing was accepted; nothing was added.")
        return None
    return read_rows(case, _tied(chosen, standing), document.id, filed.entries)


def _say_who_is_new(entries: Sequence[Entry]) -> None:
    from foreshock.core.places import Place
    from foreshock.evidence.actors import Actor
    from foreshock.evidence.claim import Source

    for kind, what in ((Actor, "actors"), (Place, "places"), (Source, "sources")):
        names = [each.name for each in entries if isinstance(each, kind)]
        if names:
            say(f"new {what}: " + "; ".join(names))


def _tied(rows: Sequence[Mapping[str, str]], standing: set[str]) -> list[dict[str, str]]:
    """Leave links out that lead to what was not accepted."""
    there = standing | {row["key"] for row in rows}
    tied = []
    for row in rows:
        links = [link for link in row.get("links", "").split("; ") if link]
        kept = [link for link in links if link.partition(":")[2] in there]
        rest = {column: value for column, value in row.items() if column != "links"}
        tied.append(rest | ({"links": "; ".join(kept)} if kept else {}))
    return tied


class _Review:
    """One person's answers to the claims of one document."""

    def __init__(
        self, case: Case, filed: Filed, printer: RecordPrinter, rows: Sequence[dict[str, str]]
    ) -> None:
        self._case, self._filed, self._printer, self._rows = case, filed, printer, rows

    def choose(self, numbers: Sequence[int]) -> list[dict[str, str]]:
        """Ask of each claim, and give the rows that were accepted."""
        chosen: list[dict[str, str]] = []
        say(CHOICES)
        for place, number in enumerate(numbers, start=1):
            row = self._rows[number]
            label = f"{place} of {len(numbers)}"
            self._printer.record(self._filed.records[number], label)
            answer = self._answer()
            if answer == "q":
                break
            if answer == "A":
                return [*chosen, *(self._rows[rest] for rest in numbers[place - 1 :])]
            if answer == "e":
                chosen.append(self._edited(row))
            elif answer == "a":
                chosen.append(row)
        return chosen

    def _answer(self) -> str:
        while True:
            given: str = typer.prompt("a/e/r/A/q", err=True, default="", show_default=False)
            if given in {"a", "e", "r", "A", "q"}:
                return given
            say(CHOICES)

    def _edited(self, row: dict[str, str]) -> dict[str, str]:
        """Let a claim be changed until it can stand beside what the case holds."""
        from foreshock.case.adding import read_rows
        from foreshock.case.dialogue import edit_claim, terminal_ask
        from foreshock.core.errors import CaseError

        ask = terminal_ask()
        while True:
            row = edit_claim(self._case, row, ask, say)
            alone = {column: value for column, value in row.items() if column != "links"}
            try:
                read_rows(self._case, [alone], self._filed.document.id, self._filed.entries)
            except CaseError as error:
                for fault in error.faults:
                    say(safe(str(fault)))
            else:
                return row
