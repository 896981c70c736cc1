"""Assumption sheets read from a case's folder, or every fault in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from foreshock.case.faults import Fault, nearest
from foreshock.case.marked import Marked, read_marked
from foreshock.case.sheets.entries import LARGEST, Names, Sheet
from foreshock.case.sheets.explaining import models_in
from foreshock.case.sheets.kinds import KINDS
from foreshock.core.errors import CaseError, TableError

FOLDER = "scenarios"
"""Folder of a case in which its sheets lie."""

AFTER = ".after"
"""Ending of the name of a file that tells what happened after the sheet of that name."""

_MENDS = {
    "actor": "add it to actors.csv",
    "place": "add it to places.csv",
    "country": "name a place of kind country (places.csv)",
}


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    """A sheet and where it stands.

    Attributes
    ----------
    sheet : Sheet
    file : str
        Its file, from the case's folder.
    marked : Marked
        The line of each of its entries.
    """

    sheet: Sheet
    file: str
    marked: Marked

    def fault(self, at: Names, what: str, mend: str = "") -> Fault:
        """Say that something is wrong at an entry."""
        return Fault(self.file, self.marked.line(*at), _dotted(at), what, mend)


def sheet_files(case: Path) -> list[Path]:
    """Give the files of a case's sheets, in a fixed order."""
    return sorted(case.glob(f"{FOLDER}/*.yaml"))


def read_sheets(case: Path) -> list[PlacedSheet]:
    """Read every sheet of a case.

    Raises
    ------
    CaseError
        With every fault, each with file, line, entry and mend.
    """
    return _without_faults(case, *inspect_sheets(case))


def read_sheet(file: Path) -> PlacedSheet:
    """Read one sheet, wherever it lies.

    Raises
    ------
    CaseError
        With every fault, each with file, line, entry and mend.
    """
    placed, faults = inspect_sheet(file, str(file))
    return _without_faults(file, [placed] if placed else [], faults)[0]


def inspect_sheets(case: Path) -> tuple[list[PlacedSheet], list[Fault]]:
    """Read the sheets of a case and list their faults; nothing is raised for what is wrong."""
    sheets: list[PlacedSheet] = []
    faults: list[Fault] = []
    for file in sheet_files(case):
        placed, wrong = inspect_sheet(file, f"{FOLDER}/{file.name}")
        sheets += [placed] if placed else []
        faults += wrong
    for stray in sorted(case.glob(f"{FOLDER}/*.yml")):
        mend = f"name it {stray.stem}.yaml"
        faults.append(Fault(f"{FOLDER}/{stray.name}", 0, "", "is not read", mend))
    return sheets, faults


def inspect_sheet(file: Path, name: str) -> tuple[PlacedSheet | None, list[Fault]]:
    """Read one sheet and list its faults.

    Parameters
    ----------
    file : pathlib.Path
    name : str
        What to call it in faults.
    """
    try:
        marked = read_marked(file)
    except TableError as error:
        line = (error.where or "").removeprefix(str(file)).removeprefix(":")
        return None, [Fault(name, int(line or 0), "", error.what, error.mend or "")]
    except OSError as error:
        return None, [Fault(name, 0, "", f"cannot be read ({error.strerror})")]
    kind = marked.values.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        what = "is missing" if kind is None else f"unknown kind {str(kind)[:60]!r}"
        mend = nearest(str(kind), KINDS) or "write one of: " + ", ".join(KINDS)
        return None, [Fault(name, marked.line("kind"), "kind", what, mend)]
    try:
        sheet = KINDS[kind].model_validate(marked.values)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [_explain(detail, name, marked, KINDS[kind]) for detail in details]
    placed = PlacedSheet(sheet, name, marked)
    return placed, list(_within(placed, file))


def _within(placed: PlacedSheet, file: Path) -> Iterator[Fault]:
    sheet = placed.sheet
    expected = file.stem.removesuffix(AFTER)
    if sheet.sheet != expected:
        yield placed.fault(
            ("sheet",), f"{sheet.sheet!r} stands in {file.name}", f"write {expected!r}"
        )
    if file.stem.endswith(AFTER) != (sheet.kind == "after"):
        mend = "end the file's name with .after.yaml, if and only if its kind is after"
        yield placed.fault(("kind",), f"a sheet of kind {sheet.kind!r} in {file.name}", mend)
    for complaint in sheet.complaints():
        yield placed.fault(*complaint)


def check_sheets(
    sheets: Sequence[PlacedSheet],
    known: Mapping[str, Iterable[str]],
    sources: Iterable[str],
    outcomes: Iterable[str],
) -> Iterator[Fault]:
    """List what does not hold between the sheets and the tables of a case.

    Parameters
    ----------
    sheets : sequence of PlacedSheet
    known : mapping of str to iterable of str
        Ids by kind: actor, place, and country, the places of that kind.
    sources : iterable of str
        Keys of claims, reports and ties, and ids of sources.
    outcomes : iterable of str
        Ids of outcomes, on which only what happened afterwards may lean.
    """
    sources, outcomes = frozenset(sources), frozenset(outcomes)
    names = {each.sheet.sheet for each in sheets if each.sheet.kind != "after"}
    for placed in sheets:
        sheet = placed.sheet
        after = sheet.kind == "after"
        if after and sheet.sheet not in names:
            mend = nearest(sheet.sheet, names) or "write the sheet first"
            yield placed.fault(("sheet",), f"there is no sheet {sheet.sheet!r}", mend)
        for at, kind, name in sheet.named():
            there = known[kind]
            if name not in there:
                mend = nearest(name, there) or _MENDS[kind]
                yield placed.fault(at, f"no such {kind} {name!r}", mend)
        leans: list[tuple[Names, str]] = [(("tests",), sheet.tests)] if sheet.tests else []
        leans += [((*at, "source"), key) for at, each in sheet.stated() for key in each.source]
        allowed = sources | outcomes if after else sources
        for at, key in leans:
            if key not in allowed:
                mend = nearest(key, allowed) or "name a claim, report, tie or source of the case"
                yield placed.fault(at, f"no such source {key!r}", mend)


def _dotted(at: Iterable[object]) -> str:
    return ".".join(str(part) for part in at)[:80]


def _explain(detail: Any, name: str, marked: Marked, model: type[BaseModel]) -> Fault:
    at: Names = detail["loc"]
    line, column = marked.line(*at) if at else 1, _dotted(at)
    match detail["type"]:
        case "fault":
            return Fault(name, line, column, detail["msg"], detail["ctx"].get("mend", ""))
        case "extra_forbidden":
            fields = _model_at(model, at[:-1]).model_fields
            mend = nearest(str(at[-1]), fields) or "use only: " + ", ".join(fields)
            return Fault(name, line, column, "unknown entry", mend)
        case "missing":
            about = _model_at(model, at[:-1]).model_fields[str(at[-1])].description
            return Fault(name, line, column, "is missing", f"add it: {about}")
    return Fault(name, line, column, f"{_shown(detail['input'])}: {detail['msg'].lower()}")


def _shown(value: object) -> str:
    """Write what was found: no list, which aliases may make endless, and no endless number."""
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "names with values"
    if isinstance(value, int) and abs(value) > LARGEST:
        return "a number without end"
    return repr(str(value)[:60])


def _model_at(model: type[BaseModel], names: Names) -> type[BaseModel]:
    """Find the model of a part of a sheet."""
    for name in names:
        if isinstance(name, str) and name in model.model_fields:
            model = next(models_in(model.model_fields[name].annotation), model)
    return model


def _without_faults(
    path: Path, sheets: list[PlacedSheet], faults: Sequence[Fault]
) -> list[PlacedSheet]:
    if faults:
        count = len(faults)
        raise CaseError(
            f"{count} fault{'s' if count != 1 else ''} in the assumption sheets",
            where=str(path),
            faults=tuple(str(fault) for fault in faults),
        )
    return sheets
