"""Monthly tables of people newly displaced by place: a CSV of ``place,year,month,people``.

The column names of tables as OCHA shares them are read too: ``governorate_dest`` for the place and
``idp_flow`` for the people. A row of a place called a total is left out, for it counts others
again. A cell that no row tells of is missing, never zero.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, TypeVar

import numpy as np
from pydantic import Field

from foreshock.case.faults import Fault
from foreshock.case.schema import Row
from foreshock.case.tables import Placed, parse_table
from foreshock.core.errors import NothingReadable, TableError
from foreshock.core.files import check_source
from foreshock.core.months import MonthlyCounts, months_between

R = TypeVar("R", bound=Row)

TOTALS = frozenset({"total", "grand total"})
OTHER_NAMES = {"governorate_dest": "place", "idp_flow": "people"}
MOST = 1e9
"""People: more than that in one place and month is a slip."""


class MonthRow(Row):
    """People newly displaced in one month, in the place where they arrived."""

    table: ClassVar[str] = "displaced_monthly"
    purpose: ClassVar[str] = "People newly displaced by month and place of arrival."

    place: Annotated[str, Field(min_length=1, description="Where they arrived.")]
    year: Annotated[int, Field(ge=1900, le=2200, description="Year.")]
    month: Annotated[int, Field(ge=1, le=12, description="Month, 1 to 12.")]
    people: Annotated[float, Field(ge=0, le=MOST, description="How many arrived in that month.")]


def read_monthly(path: Path) -> MonthlyCounts:
    """Read a monthly table.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file, UTF-8.

    Returns
    -------
    MonthlyCounts
        Places sorted by name, every month from the first to the last that any row tells of.

    Raises
    ------
    TableError
        If a row cannot be read, or tells of a cell again.
    NothingReadable
        If there is no row.
    """
    rows = _rows(path, MonthRow)
    rows = [each for each in rows if each.row.place.casefold() not in TOTALS]
    if not rows:
        raise NothingReadable("the table has no row", where=str(path), expected="place,year,...")
    return _gathered(rows)


def _rows(path: Path, model: type[R]) -> list[Placed[R]]:
    try:
        check_source(path)
        raw = path.read_bytes()
    except OSError as error:
        raise TableError(
            f"cannot be read ({error.strerror})", where=str(path), mend="name a CSV file"
        ) from error
    rows, faults = parse_table(_renamed(raw), path.name, model)
    if faults:
        more = f" And {len(faults) - 1} faults more." if len(faults) > 1 else ""
        raise TableError(f"{faults[0]}{more}", expected="columns " + ", ".join(model.model_fields))
    return rows


def _renamed(raw: bytes) -> bytes:
    """Give the columns of the first line our names."""
    head, line_end, rest = raw.partition(b"\n")
    for other, ours in OTHER_NAMES.items():
        head = head.replace(other.encode(), ours.encode())
    return head + line_end + rest


def _gathered(rows: list[Placed[MonthRow]]) -> MonthlyCounts:
    months = {each.line: date(each.row.year, each.row.month, 1) for each in rows}
    first, last = min(months.values()), max(months.values())
    places = tuple(sorted({each.row.place for each in rows}))
    column = {place: k for k, place in enumerate(places)}
    people = np.full((months_between(first, last) + 1, len(places)), np.nan)
    told: dict[tuple[int, int], int] = {}
    for each in rows:
        cell = months_between(first, months[each.line]), column[each.row.place]
        if cell in told:
            fault = Fault(
                each.file, each.line, "place",
                f"{each.row.place} in {each.row.year}-{each.row.month:02d} stands in line "
                f"{told[cell]} too",
                "keep one of them",
            )  # fmt: skip
            raise TableError(str(fault))
        told[cell] = each.line
        people[cell] = each.row.people
    return MonthlyCounts(first, places, people)


class ProvinceRow(Row):
    """What published events call a place."""

    table: ClassVar[str] = "provinces"
    purpose: ClassVar[str] = "What published events call each place of a monthly table."

    place: Annotated[str, Field(min_length=1, description="The place, as the table has it.")]
    province: Annotated[str, Field(min_length=1, description="Its name among the events' adm1.")]


def read_provinces(path: Path) -> dict[str, str]:
    """Read what published events call the places of a monthly table: CSV of ``place,province``.

    Raises
    ------
    TableError
        If a row cannot be read, or names a place again.
    """
    rows = _rows(path, ProvinceRow)
    names = [each.row.place for each in rows]
    for each in rows:
        if names.count(each.row.place) > 1:
            raise TableError(
                str(each.fault("place", f"{each.row.place} stands twice", "keep one of them"))
            )
    return {each.row.place: each.row.province for each in rows}
