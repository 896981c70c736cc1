"""Which days a table covers where nobody says: by its events, or by when its rows were added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from foreshock.core.spans import Span, joined
from foreshock.observe.layout import Format

_MOMENT = len("YYYYMMDDHHMMSS")


class Covered(NamedTuple):
    """Days that a table covers, in order, and how we know."""

    spans: tuple[Span, ...]
    basis: str


def covered(
    table: Path, names: Sequence[str], starts: Sequence[int], layout: Format, retrieved: date
) -> Covered:
    """Find the days on which nothing told means that nothing happened.

    Where every row says when it was added, these are the days on which rows were added: what was
    added tells of other days too, but of few things. Otherwise each file covers the days from its
    first event to its last, and files together what each of them covers, not what lies between. No
    day after a living table was fetched is covered, though an event of this month may yet have days
    to come.

    Parameters
    ----------
    table : pathlib.Path
        The events, in Parquet, one or more.
    names : sequence of str
        Of the files that they are from.
    starts : sequence of int
        Rows before each file's own.
    layout : Format
    retrieved : datetime.date
    """
    events = pl.scan_parquet(table)
    if layout.says_when:
        added = events.select(pl.col("known_at").unique()).collect(engine="streaming").to_series()
        partly = _partly(names, layout)
        return Covered(
            joined((day, day) for day in added),
            "days on which rows were added"
            + (f"; for {partly:,} of them there are files of a part of the day" if partly else ""),
        )
    file = pl.lit(pl.Series(starts, dtype=pl.Int64)).search_sorted(pl.col("row"), side="left")
    end = pl.col("end")
    found = events.group_by(file).agg(end.min().alias("first"), end.max().alias("last"))
    spans = joined(found.select("first", "last").collect(engine="streaming").iter_rows())
    if layout.living:
        first, _ = spans[0]
        past = ((start, min(last, retrieved)) for start, last in spans if start <= retrieved)
        spans = tuple(past) or ((first, first),)
    return Covered(
        spans,
        "first and last event" + " of each file" * (len(names) > 1),
    )


def _partly(names: Sequence[str], layout: Format) -> int:
    """Count the days of which some files are there, by the moments in their names, but not all."""
    moments = {stamp for name in names if len(stamp := layout.release(name)) == _MOMENT}
    return sum(many < layout.files_a_day for many in Counter(each[:8] for each in moments).values())
