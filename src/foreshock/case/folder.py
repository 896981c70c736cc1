"""A case folder read whole: its tables coded into one batch, or every fault in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from foreshock.case import coding
from foreshock.case.about import PARTS, CaseFile
from foreshock.case.consistency import Tables, check_tables
from foreshock.case.faults import Fault, nearest
from foreshock.case.schema import (
    TABLES,
    ActorRow,
    ClaimRow,
    DisplacedRow,
    OutcomeRow,
    PlaceRow,
    ReportRow,
    Row,
    SourceRow,
    TieRow,
)
from foreshock.case.sheets.reading import PlacedSheet, check_sheets, inspect_sheets, sheet_files
from foreshock.case.tables import Placed, read_table
from foreshock.core.errors import CaseError, ForeshockError, LexiconError
from foreshock.evidence.claim import Claim, Report
from foreshock.evidence.records import Entry

CASE_FILE = "case.yaml"
ACTS_FILE = "acts.toml"
"""Verbs and nouns of a case's own, for reading texts; a case need not have any."""

NO_CLAIM = Fault(
    "claims.csv", 0, "", "the case holds no claim",
    "add at least one row, or read a report: foreshock add CASE FILE --read rules",
)  # fmt: skip


@dataclass(frozen=True)
class CaseFolder:
    """What a case folder holds.

    Attributes
    ----------
    path : pathlib.Path
    about : CaseFile
    claims : mapping of str to Claim
        By key.
    entries : sequence of Entry
    digest : str
        Digest of the files, to see at once whether anything changed.
    """

    path: Path
    about: CaseFile
    claims: Mapping[str, Claim]
    entries: Sequence[Entry]
    digest: str
    faults: tuple[Fault, ...] = field(default=())


def files_of(path: Path) -> list[Path]:
    """Give the files of a case that the program reads, in a fixed order."""
    named = [path / CASE_FILE]
    for model in TABLES:
        named += _files(path, model)
    named += sheet_files(path)
    return [file for file in named if file.is_file()]


def _files(path: Path, model: type[Row]) -> list[Path]:
    # A long table may be split by theme: claims.csv, claims-relations.csv ...
    return sorted([*path.glob(f"{model.table}.csv"), *path.glob(f"{model.table}-*.csv")])


def digest_of(path: Path) -> str:
    """Digest of a case's files."""
    total = hashlib.sha256()
    for file in files_of(path):
        total.update(
            f"{file.relative_to(path).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode(
                "utf-8", "surrogateescape"
            )
        )
    return total.hexdigest()


def read_about(path: Path) -> CaseFile:
    """Read ``case.yaml``.

    Raises
    ------
    CaseError
        If it is missing or wrong.
    """
    about, faults = _about(path)
    if about is None:
        raise refusal(path, faults)
    return about


def read_folder(path: Path, *, empty: bool = False) -> CaseFolder:
    """Read a case folder.

    Parameters
    ----------
    path : pathlib.Path
    empty : bool
        Whether a folder may hold no claim: one that was just begun, whose claims are added.

    Raises
    ------
    CaseError
        With every fault, each with file, line, column and mend.
    """
    folder, faults = inspect_folder(path, empty=empty)
    if folder is None or faults:
        raise refusal(path, faults)
    return folder


def inspect_folder(path: Path, *, empty: bool = False) -> tuple[CaseFolder | None, list[Fault]]:
    """Read a case folder and list its faults; nothing is raised for what is wrong in it."""
    about, faults = _about(path)
    tables: dict[type[Row], list[Placed[Any]]] = {}
    for model in TABLES:
        tables[model] = []
        for file in _files(path, model):
            rows, wrong = read_table(file, model)
            tables[model] += rows
            faults += wrong
    sheets, wrong = inspect_sheets(path)
    faults += [*wrong, *_stray(path), *_acts(path)]
    if not (empty or tables[ClaimRow] or tables[DisplacedRow] or faults):
        faults.append(NO_CLAIM)
    # References are judged only when every row could be read: a row that could not would otherwise
    # make every reference to it look wrong too.
    if not faults:
        faults += [*check_tables(Tables(tables), about), *_sheets(sheets, Tables(tables))]
    if faults or about is None:
        return None, _sorted(faults)
    entries, reports = code_entries(tables)
    claims, wrong = code_claims(tables, reports, {})
    if wrong:
        return None, _sorted(wrong)
    return CaseFolder(path, about, claims, entries, digest_of(path)), []


def _sheets(sheets: Sequence[PlacedSheet], tables: Tables) -> Iterator[Fault]:
    def keys(model: type[Row], handle: str) -> frozenset[str]:
        return tables.known(model, handle, frozenset())

    told: tuple[type[Row], ...] = (ClaimRow, DisplacedRow, ReportRow, TieRow)
    sources = keys(SourceRow, "id").union(*(keys(model, "key") for model in told))
    countries = {each.row.id for each in tables.of(PlaceRow) if each.row.kind == "country"}
    known = {"actor": keys(ActorRow, "id"), "place": keys(PlaceRow, "id"), "country": countries}
    yield from check_sheets(sheets, known, sources, keys(OutcomeRow, "id"))


def code_entries(
    tables: Mapping[type[Row], Sequence[Placed[Any]]],
) -> tuple[list[Entry], dict[str, Report]]:
    """Code the reference tables; reports also by key."""
    entries: list[Entry] = []
    reports: dict[str, Report] = {}
    for model, coder in coding.ENTRY_CODERS.items():
        for placed in tables.get(model, ()):
            entry = coder(placed.row)
            entries.append(entry)
            if isinstance(entry, Report):
                reports[placed.row.key] = entry
    return entries, reports


def code_claims(
    tables: Mapping[type[Row], Sequence[Placed[Any]]],
    reports: Mapping[str, Report],
    elsewhere: Mapping[str, str],
) -> tuple[dict[str, Claim], list[Fault]]:
    """Code the claims, joined by their links.

    Parameters
    ----------
    elsewhere : mapping of key to id
        Claims recorded earlier, to which links may point.
    """
    claims: dict[str, Claim] = {}
    rows: dict[str, ClaimRow] = {}
    placed_by_key: dict[str, Placed[Any]] = {}
    faults: list[Fault] = []
    for placed in (*tables.get(ClaimRow, ()), *tables.get(DisplacedRow, ())):
        row = placed.row
        placed_by_key[row.key] = placed
        try:
            if isinstance(row, ClaimRow):
                claims[row.key] = coding.claim(row, reports[row.report])
                rows[row.key] = row
            else:
                claims[row.key] = coding.displaced(row, reports[row.report])
        except ForeshockError as error:
            faults.append(placed.fault("", error.what, error.mend or error.expected or ""))
    if faults:
        return {}, faults
    twice = _same_claim_twice(claims, placed_by_key)
    return coding.join_links(rows, claims, elsewhere), twice


def _same_claim_twice(
    claims: Mapping[str, Claim], placed: Mapping[str, Placed[Any]]
) -> list[Fault]:
    seen: dict[str, str] = {}
    faults = []
    for key, claim in claims.items():
        if claim.id in seen:
            faults.append(
                placed[key].fault(
                    "key", f"says the same as {seen[claim.id]!r}", "delete one of the two rows"
                )
            )
        seen[claim.id] = key
    return faults


def _about(path: Path) -> tuple[CaseFile | None, list[Fault]]:
    file = path / CASE_FILE
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return None, [Fault(CASE_FILE, 0, "", "is missing", f"start with: foreshock init {path}")]
    except UnicodeDecodeError:
        return None, [Fault(CASE_FILE, 0, "", "is not UTF-8", "save it as UTF-8")]
    except OSError as error:
        return None, [Fault(CASE_FILE, 0, "", f"cannot be read ({error.strerror})")]
    try:
        content = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        return None, [Fault(CASE_FILE, mark.line + 1 if mark else 0, "", f"not YAML: {what}"[:200])]
    if not isinstance(content, dict):
        return None, [Fault(CASE_FILE, 1, "", "holds no 'name: value' lines")]
    try:
        return CaseFile.model_validate(content), []
    except ValidationError as error:
        return None, [_about_fault(detail) for detail in error.errors(include_url=False)]


def _about_fault(detail: Any) -> Fault:
    column = ".".join(str(part) for part in detail["loc"])[:80]
    if not detail["loc"]:
        # A key that is no text, such as half a character: pydantic cannot say which.
        return Fault(CASE_FILE, 0, "", f"an entry's name is not text: {detail['msg']}", "retype it")
    name, fields = str(detail["loc"][0]), CaseFile.model_fields
    below = [part for part in detail["loc"][1:] if isinstance(part, str)]
    if name in PARTS and below:
        name, fields = below[0], PARTS[name].model_fields
    if detail["type"] == "extra_forbidden":
        return Fault(CASE_FILE, 0, column, "unknown entry", nearest(name, fields) or "delete it")
    if detail["type"] == "missing":
        return Fault(CASE_FILE, 0, column, "is missing", f"add it: {fields[name].description}")
    return Fault(CASE_FILE, 0, column, detail["msg"], detail.get("ctx", {}).get("mend", ""))


def _stray(path: Path) -> Iterator[Fault]:
    stems = [model.table for model in TABLES]
    for file in sorted(path.glob("*.csv")):
        if not any(file.stem == stem or file.stem.startswith(stem + "-") for stem in stems):
            mend = nearest(file.stem, stems) or "name it after one of: " + ", ".join(stems)
            yield Fault(file.name, 0, "", "no table has this name", mend)


def _acts(path: Path) -> Iterator[Fault]:
    file = path / ACTS_FILE
    if not file.exists():
        return
    from foreshock.lexicon.acts import acts, extend  # a thousand senses, for those who have more

    try:
        extend(acts(), file)
    except LexiconError as error:
        mend = error.mend or (f"expected {error.expected}" if error.expected else "")
        # It names file and entry by itself.
        place = (error.where or "").removeprefix(ACTS_FILE).strip(" ,:")
        yield Fault(ACTS_FILE, 0, place, error.what, mend)


def _sorted(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column))


def refusal(path: Path, faults: Sequence[Fault]) -> CaseError:
    """Give the error that names the faults of a folder."""
    count = len(faults)
    return CaseError(
        f"{count} fault{'s' if count != 1 else ''} in the case",
        where=str(path),
        mend=f"run: foreshock check {path}",
        faults=tuple(str(fault) for fault in faults),
    )
