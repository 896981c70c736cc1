"""Reading the tables of a case: each row with its line, each fault with its place and mend."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from foreshock.case.decoding import LARGEST_FILE, decode
from foreshock.case.faults import Fault, nearest
from foreshock.case.schema import Row
from foreshock.evidence.cells import unguard

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A row and where it stands."""

    row: R
    file: str
    line: int

    def fault(self, column: str, what: str, mend: str = "") -> Fault:
        """Say that something is wrong with this row."""
        return Fault(self.file, self.line, column, what, mend)


def read_table(path: Path, model: type[R]) -> tuple[list[Placed[R]], list[Fault]]:
    """Read one table.

    Returns
    -------
    rows, faults
        The rows that are right, and everything that is wrong with the others.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            return [], [Fault(path.name, 0, "", f"larger than {LARGEST_FILE:,} bytes", "split it")]
        raw = path.read_bytes()
    except OSError as error:
        return [], [Fault(path.name, 0, "", f"cannot be read ({error.strerror})")]
    return parse_table(raw, path.name, model)


def parse_table(raw: bytes, name: str, model: type[R]) -> tuple[list[Placed[R]], list[Fault]]:
    """Read one table from bytes (see `read_table`)."""
    text, fault = decode(raw, name)
    if fault:
        return [], [fault]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Placed[R]] = []
    faults: list[Fault] = []
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                pass
            elif header is None:
                header = [cell.strip() for cell in cells]
                faults += _check_header(header, name, model)
                if faults:
                    return [], faults
            else:
                row, wrong = _parse_row(cells, header, name, line, model)
                faults += wrong
                if row is not None:
                    rows.append(Placed(row, name, line))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(
            Fault(name, line, "", f"not a table: {error}", "save it as CSV, with matching quotes")
        )
    if header is None and not faults:
        faults.append(_no_header(name, model))
    return rows, faults


def _check_header(header: Sequence[str], name: str, model: type[Row]) -> list[Fault]:
    known = list(model.model_fields)
    faults = []
    for column in header:
        if column not in known:
            mend = nearest(column, known) or "use only: " + ", ".join(known)
            faults.append(Fault(name, 1, column[:60], "unknown column", mend))
        elif header.count(column) > 1:
            faults.append(Fault(name, 1, column, "the column stands twice", "delete one"))
    missing = [column for column in model.required() if column not in header]
    faults += [
        Fault(name, 1, column, "the column is missing", "add it to the first line")
        for column in missing
    ]
    return faults


def _no_header(name: str, model: type[Row]) -> Fault:
    columns = ",".join(model.model_fields)
    return Fault(name, 1, "", "the file is empty", f"give it at least its first line: {columns}")


def _parse_row(
    cells: Sequence[str], header: Sequence[str], name: str, line: int, model: type[R]
) -> tuple[R | None, list[Fault]]:
    if len(cells) > len(header):
        what = f"the row has {len(cells)} cells, the first line {len(header)}"
        return None, [Fault(name, line, "", what, "put quotes around cells that hold commas")]
    given = {
        column: unguard(cell) for column, cell in zip(header, cells, strict=False) if cell.strip()
    }
    return read_cells(given, name, line, model)


def read_cells(
    given: Mapping[str, str], name: str, line: int, model: type[R]
) -> tuple[R | None, list[Fault]]:
    """Read one row from its filled cells."""
    try:
        return model.model_validate(dict(given)), []
    except ValidationError as error:
        return None, [
            _explain(detail, name, line, model) for detail in error.errors(include_url=False)
        ]


def _explain(detail: Any, name: str, line: int, model: type[Row]) -> Fault:
    column = str(detail["loc"][0]) if detail["loc"] else ""
    value = str(detail.get("input", ""))[:60]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing" | "string_too_short":
            return Fault(name, line, column, "the cell is empty", "fill it in")
        case "extra_forbidden":
            mend = nearest(column, model.model_fields) or "leave it out"
            return Fault(name, line, column[:60], "unknown column", mend)
        case "fault":
            return Fault(name, line, column, detail["msg"], context.get("mend", ""))
        case "literal_error" | "enum":
            return Fault(
                name, line, column, f"unknown word {value!r}", f"write {context['expected']}"
            )
    return Fault(name, line, column, f"{value!r}: {detail['msg'].lower()}")
