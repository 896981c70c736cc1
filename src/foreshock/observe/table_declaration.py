"""What a user declares of a table of events of their own: its terms, and what its columns hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import polars as pl
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
    model_validator,
)

from foreshock.case.columns import Slug, Text, fault
from foreshock.case.faults import Fault, nearest
from foreshock.case.marked import Marked, read_marked
from foreshock.core.errors import DeclarationError
from foreshock.evidence.published import COLUMNS
from foreshock.observe.cells import day_as

DECLARABLE = tuple(
    name for name in COLUMNS if name not in {"dataset", "row", "known_basis", "told_at"}
)
"""Columns of the native schema that a declaration may fill; the others are filled for it."""

NEEDED = ("start", "type")
"""Columns that it has to fill."""

ISO_DAY = "%Y-%m-%d"
_TRIED = date(2031, 5, 17)


def _day_form(form: str) -> str:
    try:
        read = day_as(form)(pl.Series([_TRIED.strftime(form)])).to_list()
    except (ValueError, pl.exceptions.PolarsError):
        read = []
    if read != [_TRIED]:
        raise fault(
            f"{form[:40]!r} does not give day, month and year",
            "write it with %d, %m (or %b, %B for names) and %Y, such as %d.%m.%Y",
        )
    return form


def _as_text(value: object) -> object:
    """Take a number for its text, as YAML and TOML give 1 where a table has a cell of that."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


_Cell = Annotated[str, BeforeValidator(_as_text)]
_DayForm = Annotated[str, AfterValidator(_day_form)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TextForm(_Row):
    """How the rows of the table stand in its file."""

    separator: Literal[",", ";", "\t", "|"] = Field(",", description="What parts the cells.")
    quoted: bool = Field(True, description="Whether quotes hold a cell together.")
    header: tuple[Text, ...] = Field(
        (), description="All columns in their order, if the file has no first line that names them."
    )
    encoding: Literal["utf-8", "iso-8859-1", "windows-1252"] = Field(
        "utf-8", description="Of the file."
    )
    decimal: Literal[".", ","] = Field(".", description="The mark between whole and part.")
    thousands: Literal["", ",", ".", " ", "'"] = Field(
        "", description="The mark between groups of three digits."
    )
    dates: _DayForm = Field(ISO_DAY, description="How a day is written, as for strftime.")
    missing: tuple[_Cell, ...] = Field((), description="What says that nothing is known.")

    @model_validator(mode="after")
    def _marks_differ(self) -> Self:
        if self.decimal == self.thousands:
            raise fault("decimals and thousands have the same mark", "change one of them")
        if len(set(self.header)) < len(self.header):
            raise fault("a column stands twice in the header", "give each a name of its own")
        return self


class ColumnForm(_Row):
    """Where the values of one native column come from."""

    column: Text | None = Field(None, description="The column of the file that holds it.")
    means: dict[_Cell, _Cell] | None = Field(
        None, description="What each text in that column stands for; any other cannot be read."
    )
    dates: _DayForm | None = Field(None, description="How its days are written, if not as others.")
    always: _Cell | None = Field(None, description="One value for all rows, in place of a column.")

    @model_validator(mode="before")
    @classmethod
    def _a_name_alone_is_a_column(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _column_or_value(self) -> Self:
        if (self.column is None) == (self.always is None):
            raise fault("needs a column or one value for all rows", "give column = or always =")
        if self.column == "":
            raise fault("the column has no name", "write the name as it stands in the file")
        if self.always is not None and (self.means is not None or self.dates is not None):
            raise fault("one value for all rows is written as it is", "leave the rest out")
        return self


_FORMS: dict[str, Any] = {
    name: (ColumnForm, Field(description=COLUMNS[name].about))
    if name in NEEDED
    else (ColumnForm | None, Field(None, description=COLUMNS[name].about))
    for name in DECLARABLE
}
_Columns: type[BaseModel] = create_model("_Columns", __base__=_Row, **_FORMS)


class TableDeclaration(_Row):
    """What is said of a table of one's own."""

    name: Slug = Field(description="Short name: lower-case letters, digits and hyphens.")
    title: Text = Field(min_length=1, description="What the table holds, in a few words.")
    licence: Text = Field(min_length=1, description="On which terms it may be used.")
    citation: Text = Field(min_length=1, description="How to cite it.")
    url: Text = Field("", description="Where it is found.")
    redistribution: bool = Field(description="Whether its terms allow passing rows on.")
    delay_days: Annotated[int, Field(ge=0, le=3_660)] = Field(
        description="Days from the end of an event to when the public could know."
    )
    delay_about: Text = Field(min_length=1, description="Where that is from, and what to think.")
    file: TextForm = Field(default_factory=TextForm, description="How its rows stand in the file.")
    columns: _Columns = Field(description="Where each native column comes from.")

    def forms(self) -> dict[str, ColumnForm]:
        """Give the native columns that are declared, in the order of the schema."""
        given = ((name, getattr(self.columns, name)) for name in DECLARABLE)
        return {name: form for name, form in given if form is not None}


Check = Callable[[TableDeclaration], list[tuple[tuple[str, ...], str, str]]]
"""Gives further faults: the names that lead to the entry, what is wrong, how to mend it."""


def read_declaration(file: Path, check: Check) -> TableDeclaration:
    """Read what is declared of a table.

    Parameters
    ----------
    file : pathlib.Path
        TOML or YAML.
    check : callable
        Looks at the declared values once the form is right.

    Raises
    ------
    DeclarationError
        If it has faults; each is told with line, entry and mend.
    TableError
        If it is neither TOML nor YAML.
    """
    marked = read_marked(file)
    try:
        declaration = TableDeclaration.model_validate(marked.values)
    except ValidationError as error:
        faults = [_explain(each, marked) for each in error.errors(include_url=False)]
    else:
        faults = [
            Fault(marked.file, marked.line(*names), ".".join(names), what, mend)
            for names, what, mend in check(declaration)
        ]
        if not faults:
            return declaration
    raise DeclarationError(
        f"{len(faults)} fault{'s' * (len(faults) > 1)} in what is declared of the table",
        where=str(file),
        faults=tuple(str(each) for each in sorted(faults, key=lambda each: each.line)),
    )


_PARTS: dict[str, type[BaseModel]] = {"file": TextForm, "columns": _Columns}


def _explain(detail: Any, marked: Marked) -> Fault:
    names = [str(part)[:60] for part in detail["loc"]]
    line, entry = marked.line(*detail["loc"]), ".".join(names)
    around: type[BaseModel] = TableDeclaration
    if len(names) > 1:
        around = ColumnForm if len(names) > 2 else _PARTS.get(names[0], TableDeclaration)
    match detail["type"]:
        case "missing":
            about = around.model_fields[names[-1]].description
            return Fault(marked.file, line, entry, "is missing", f"add it: {about}")
        case "extra_forbidden":
            known = around.model_fields
            mend = nearest(names[-1], known) or "write one of: " + ", ".join(known)
            return Fault(marked.file, line, entry, "unknown entry", mend)
    return Fault(marked.file, line, entry, detail["msg"], detail.get("ctx", {}).get("mend", ""))
