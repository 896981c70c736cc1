"""Adding claims to an open case: from a table, from JSON Lines, typed in, or read in a text.

An addition brings its own report, and its publisher, where the case does not know them yet. It is
checked as the case's own files are, and stored whole or not at all.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import Field

from foreshock.case.columns import MaybeDay, MaybeKey, MaybeSlug, Text
from foreshock.case.consistency import Tables, check_tables
from foreshock.case.faults import Fault
from foreshock.case.folder import code_claims, code_entries
from foreshock.case.opening import Case
from foreshock.case.schema import ClaimRow, ReportRow, Row, SourceRow
from foreshock.case.tables import Placed, parse_table, read_cells
from foreshock.core.errors import CaseError
from foreshock.core.places import Place
from foreshock.evidence.actors import Actor
from foreshock.evidence.batch import Batch, Origin
from foreshock.evidence.claim import Claim, Report, Source
from foreshock.evidence.records import Entry, book_of, key_of


class AddedRow(ClaimRow):
    """A claim with its report, and its publisher, where they are new."""

    table = "added"
    purpose = "Claims to add, each with its report if the case does not know it yet."

    key: MaybeKey = Field("", description="Your handle for the claim; one is made if it is empty.")
    report: MaybeKey = Field("", description="A report of the case, or a handle for a new one.")
    source: MaybeSlug = Field("", description="For a new report: who published it.")
    published: MaybeDay = Field(None, description="For a new report: day of publication.")
    title: Text = Field("", description="For a new report: its headline, in your words.")
    url: Text = Field("", description="For a new report: its address.")
    copy_of: MaybeSlug = Field("", description="For a new report: the source that it copies.")
    text_digest: Text = Field("", description="For a new report: the mark of a text that was read.")
    source_name: Text = Field("", description="For a new source: its name.")
    source_kind: Text = Field("", description="For a new source: what sort it is.")
    source_side: MaybeSlug = Field("", description="For a new source: the actor it speaks for.")
    source_reliability: Text = Field("", description="For a new source: Admiralty letter A-F.")


@dataclass(frozen=True)
class Addition:
    """Claims and reference records that are ready to be stored."""

    claims: Sequence[Claim]
    entries: Sequence[Entry]

    def batch(self) -> Batch:
        """Give it as a batch."""
        return Batch(claims=self.claims, entries=self.entries, origin=Origin.ADDED)


def read_addition(case: Case, file: Path) -> Addition:
    """Read claims from a CSV table or from JSON Lines whose rows have ``kind``.

    Raises
    ------
    CaseError
        With every fault, each with line, column and mend; nothing is stored.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CaseError(f"cannot be read ({error.strerror})", where=str(file)) from error
    if file.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        rows, faults = _json_lines(raw, file.name)
    else:
        rows, faults = parse_table(raw, file.name, AddedRow)
    if not rows and not faults:
        faults = [Fault(file.name, 1, "", "no claim in it", "add at least one row")]
    return _prepare(case, rows, faults, file.name)


def read_typed(case: Case, cells: Mapping[str, str]) -> Addition:
    """Read one claim that was typed in field by field."""
    row, faults = read_cells(cells, "typed in", 0, AddedRow)
    return _prepare(case, [Placed(row, "typed in", 0)] if row else [], faults, "typed in")


def read_rows(
    case: Case, rows: Sequence[Mapping[str, str]], name: str, entries: Sequence[Entry] = ()
) -> Addition:
    """Read claims from cells that a program filled in, with the entries that are new with them.

    Parameters
    ----------
    case : Case
    rows : sequence of mapping of str to str
        The filled cells of an `AddedRow` each.
    name : str
        Of the text from which they come, for faults.
    entries : sequence of Entry
        Reports, sources, actors and places that the rows may name; kept are those that they do.
    """
    placed, faults = [], []
    for number, cells in enumerate(rows, start=1):
        row, wrong = read_cells(cells, name, number, AddedRow)
        faults += wrong
        if row is not None:
            placed.append(Placed(row, name, number))
    addition = _prepare(case, placed, faults, name, entries)
    return Addition(addition.claims, [*_named(entries, addition.claims), *addition.entries])


def _named(entries: Sequence[Entry], claims: Sequence[Claim]) -> list[Entry]:
    """Keep the entries that claims name, and whom their sources speak for."""
    reports = {claim.report for claim in claims}
    told = [entry for entry in entries if isinstance(entry, Report) and entry.id in reports]
    voices = {link.source for claim in claims for link in claim.chain}
    voices |= {name for report in told for name in (report.source, report.copy_of)}
    sources = [entry for entry in entries if isinstance(entry, Source) and entry.id in voices]
    people = {name for claim in claims for name in (*claim.actors, *claim.recipients)}
    people |= {quantity.actor for claim in claims for quantity in claim.quantities}
    people |= {source.side for source in sources}
    places = {
        name for claim in claims for name in (claim.place, *claim.origins, *claim.destinations)
    }
    actors = [entry for entry in entries if isinstance(entry, Actor) and entry.id in people]
    where = [entry for entry in entries if isinstance(entry, Place) and entry.id in places]
    return [*told, *sources, *actors, *where]


def _prepare(
    case: Case,
    rows: Sequence[Placed[AddedRow]],
    faults: list[Fault],
    name: str,
    entries: Sequence[Entry] = (),
) -> Addition:
    known: dict[str, dict[str, Any]] = {"source": {}, "report": {}, "actor": {}, "place": {}}
    for entry in (*case.store.entries(case.name), *entries):
        book = book_of(entry)
        if isinstance(entry, Report):
            # A report goes by its handle, or by its id where an export must not name it yet.
            known[book] |= {entry.key: entry, entry.id: entry}
        elif book in known:
            known[book][key_of(entry)] = entry
    standing = [s.claim for s in case.store.standing(case.name) if s.claim.key]
    claims = {claim.key: claim.id for claim in standing}
    faults += [
        placed.fault("report", "neither a report nor a source is named", "name one of the two")
        for placed in rows
        if not placed.row.report and not placed.row.source
    ]
    rows = _with_keys(rows, set(claims))
    tables = _tables(rows, known, faults)
    if not faults:
        faults = check_tables(
            Tables(
                tables,
                sources=frozenset(known["source"]),
                actors=frozenset(known["actor"]),
                places=frozenset(known["place"]),
                reports=frozenset(known["report"]),
                claims=frozenset(claims),
                sides={key: source.side for key, source in known["source"].items()},
                publishers={key: report.source for key, report in known["report"].items()},
                speakers={claim.key: claim.speaker for claim in standing},
            ),
            None,
        )
    if not faults:
        fresh, reports = code_entries(tables)
        coded, faults = code_claims(tables, {**known["report"], **reports}, claims)
        faults = faults or _clashes(rows, coded, claims)
    if faults:
        raise CaseError(
            f"{len(faults)} fault{'s' if len(faults) != 1 else ''}; nothing was stored",
            where=name,
            faults=tuple(str(fault) for fault in faults),
        )
    return Addition(list(coded.values()), fresh)


def _with_keys(rows: Sequence[Placed[AddedRow]], taken: set[str]) -> list[Placed[AddedRow]]:
    """Give a handle to every row that has none, and to its report."""
    taken = taken | {placed.row.key for placed in rows}
    number = 1
    named = []
    for placed in rows:
        update: dict[str, str] = {}
        if not placed.row.key:
            while f"N{number}" in taken:
                number += 1
            update["key"] = f"N{number}"
            taken.add(update["key"])
        if not placed.row.report:
            update["report"] = _report_key(placed.row)
        row = placed.row.model_copy(update=update) if update else placed.row
        named.append(Placed(row, placed.file, placed.line))
    return named


def _report_key(row: AddedRow) -> str:
    day = row.published.isoformat() if row.published else "undated"
    return f"{(row.source or 'nobody')[:80].rstrip('._-')}.{day}"


def _tables(
    rows: Sequence[Placed[AddedRow]],
    known: Mapping[str, Mapping[str, Any]],
    faults: list[Fault],
) -> dict[type[Row], list[Placed[Any]]]:
    reports: dict[str, Placed[ReportRow]] = {}
    sources: dict[str, Placed[SourceRow]] = {}
    for placed in rows:
        row = placed.row
        if row.report not in known["report"] and row.source:
            told = ReportRow(
                key=row.report,
                source=row.source,
                title=row.title,
                url=row.url,
                published=row.published,
                copy_of=row.copy_of,
                text_digest=row.text_digest,
                basis="read",
            )
            reports.setdefault(row.report, Placed(told, placed.file, placed.line))
        if row.source and row.source not in known["source"] and row.source_name:
            told_of = {
                "id": row.source,
                "name": row.source_name,
                "kind": row.source_kind,
                "side": row.source_side,
                "reliability": row.source_reliability or "F",
            }
            who, wrong = read_cells(told_of, placed.file, placed.line, SourceRow)
            faults += [replace(fault, column=f"source_{fault.column}") for fault in wrong]
            if who is not None:
                sources.setdefault(row.source, Placed(who, placed.file, placed.line))
    return {
        SourceRow: list(sources.values()),
        ReportRow: list(reports.values()),
        ClaimRow: list(rows),
    }


def _clashes(
    rows: Iterable[Placed[AddedRow]], coded: Mapping[str, Claim], taken: Mapping[str, str]
) -> list[Fault]:
    """Refuse a handle that the case uses for another claim; the same claim again adds nothing."""
    return [
        placed.fault("key", f"the case has another claim {placed.row.key!r}", "choose another")
        for placed in rows
        if taken.get(placed.row.key, coded[placed.row.key].id) != coded[placed.row.key].id
    ]


def _json_lines(raw: bytes, name: str) -> tuple[list[Placed[AddedRow]], list[Fault]]:
    rows: list[Placed[AddedRow]] = []
    faults: list[Fault] = []
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return [], [Fault(name, line, "", "the line is not UTF-8", "save it as UTF-8")]
    for line, content in enumerate(io.StringIO(text), start=1):
        if not content.strip():
            continue
        try:
            given = json.loads(content)
        except (ValueError, RecursionError) as error:
            faults.append(Fault(name, line, "", f"not JSON: {error}"[:160]))
            continue
        if not isinstance(given, dict) or "kind" not in given:
            faults.append(
                Fault(name, line, "kind", "the row has no 'kind'", "write one claim a line")
            )
            continue
        cells, wrong = _as_cells(given, name, line)
        row, more = read_cells(cells, name, line, AddedRow)
        faults += wrong or more
        if row is not None and not wrong:
            rows.append(Placed(row, name, line))
    return rows, faults


def _as_cells(given: Mapping[str, Any], name: str, line: int) -> tuple[dict[str, str], list[Fault]]:
    """Write JSON values as the cells of a table: lists with semicolons, yes and no in words."""
    cells: dict[str, str] = {}
    faults: list[Fault] = []
    for column, value in given.items():
        match value:
            case None:
                continue
            case bool():
                cells[column] = "yes" if value else "no"
            case str() | int() | float():
                cells[column] = str(value)
            case list() if all(isinstance(item, str) for item in value):
                cells[column] = "; ".join(value)
            case _:
                faults.append(
                    Fault(name, line, column[:60], "neither text, number nor a list of texts",
                          "write it as in a cell of claims.csv")
                )  # fmt: skip
    return cells, faults
