"""A view of the page: one picture with its words, and the same in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and where it leads (an anchor of the page such as ``#claim-R001``).

    ``also`` are further texts of the same cell, each with where it leads.
    """

    text: str
    href: str = ""
    number: bool = False
    also: Sequence[Cell] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its ``data-`` attributes for the filters, and its anchor if any."""

    cells: Sequence[Cell]
    data: Mapping[str, str] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; with a picture, its twin: everything that the picture shows, in words.

    Attributes
    ----------
    caption, columns, rows
        What it says, what stands in each column, and the rows.
    id : str
        Its anchor, where something leads to it; empty for most.
    open : bool or None
        Whether it starts open; None leaves that to the page: short ones without a picture do.
    stacked : bool
        Whether on a phone the cells of a row stand under each other, each with its column's name.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]
    id: str = ""
    open: bool | None = None
    stacked: bool = False

    def __post_init__(self) -> None:
        """Check that every row fills every column."""
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"{self.caption}: {len(row.cells)} cells for {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One picture of a view, with its own title and its twin.

    Attributes
    ----------
    id, title : str
        Its anchor and its heading.
    finding : str
        What it found, in a sentence: stands in bold under the heading.
    picture, tables
        The picture, and the same in words.
    note : str
        What stands under the picture: how to read it, what to bear in mind.
    folded : bool
        Whether it starts closed; a link into it opens it.
    """

    id: str
    title: str
    finding: str = ""
    picture: Element | None = None
    tables: Sequence[Table] = ()
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A section of the page.

    Attributes
    ----------
    id : str
        Its anchor, and its name in permalinks.
    title, lead : str
        Its heading, and the sentences that say what it shows and how to read it; every term of the
        trade is explained here.
    panels : sequence of Panel
        Pictures with their twins.
    notes : sequence of str
        What a reader must bear in mind.
    """

    id: str
    title: str
    lead: str
    panels: Sequence[Panel]
    notes: Sequence[str] = ()
