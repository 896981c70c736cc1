"""A view of the page: one picture with its words, and the same in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and where it leads (an anchor of the page such as ``#claim-R001``)."""

    text: str
    href: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with the ``data-`` attributes by which the page filters it."""

    cells: Sequence[Cell]
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; with a picture, its twin: everything that the picture shows, in words."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]

    def __post_init__(self) -> None:
        """Check that every row fills every column."""
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"{self.caption}: {len(row.cells)} cells for {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One picture of a view, with its own title and its twin."""

    id: str
    title: str
    picture: Element | None = None
    tables: Sequence[Table] = ()
    note: str = ""


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
