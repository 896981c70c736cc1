"""Which days a table covers: those that somebody tells, else as its events or their adding say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from foreshock.core.errors import TableError, TimeError
from foreshock.core.spans import Span, joined
from foreshock.core.time import say_day
from foreshock.observe.layout import Format

OUTSIDE = "its last possible day is none that --covers tells: counted in no period of a panel"

_MOMENT = len("YYYYMMDDHHMMSS")


class Covered(NamedTuple):
    """Days that a table covers, in order, how we know, and how many events lie on none told."""

    spans: tuple[Span, ...]
    basis: str
    outside: int = 0


class _Reach(NamedTuple):
    """The first and the last day of which a file surely tells."""

    first: date
    last: date
    name: str


def refuse_days_to_come(told: Sequence[Span], retrieved: date) -> None:
    """Refuse days after the one on which a file was fetched: it cannot tell that they were quiet.

    Raises
    ------
    TimeError
        If one of the days told, in order, is later.
    """
    if told and told[-1][1] > retrieved:
        raise TimeError(
            f"--covers tells days up to {told[-1][1]}, but the file was fetched on {retrieved}",
            expected=f"days up to {retrieved}",
            mend="end them there; if the file was fetched later, say when with --retrieved",
        )


def covered(
    table: Path,
    names: Sequence[str],
    starts: Sequence[int],
    layout: Format,
    told: tuple[Span, ...] = (),
) -> Covered:
    """Find the days on which nothing told means that nothing happened.

    Days that somebody tells hold. Else, where every row says when it was added, these are the days
    on which rows were added: what was added tells of other days too, but of few things. Otherwise
    each file covers the days from its first event to its last, and files together what each of them
    covers, not what lies between. Of an event known to the month alone a file has told once the
    month began, so it covers none of the days after that. Where files overlap, each may tell of
    lands of its own: only days that all of them reach are covered.

    Parameters
    ----------
    table : pathlib.Path
        The events, in Parquet, one or more.
    names : sequence of str
        Of the files that they are from.
    starts : sequence of int
        Rows before each file's own.
    layout : Format
    told : tuple
        Spans of days that somebody tells, in order; none to find them.

    Raises
    ------
    TableError
        If files overlap that tell the same events anew; or if they do, and no day is told of by all
        that overlap.
    """
    events = pl.scan_parquet(table)
    reached = [] if layout.says_when else _reached(events, names, starts)
    groups = _overlapping(reached)
    if layout.retold:
        _refuse_retold(groups)
    if told:
        inside = pl.any_horizontal(pl.col("end").is_between(*span) for span in told)
        outside = events.select((~inside).sum()).collect(engine="streaming").item()
        return Covered(told, "told", outside)
    if layout.says_when:
        added = events.select(pl.col("known_at").unique()).collect(engine="streaming").to_series()
        partly = _partly(names, layout)
        return Covered(
            joined((day, day) for day in added),
            "days on which rows were added"
            + (f"; for {partly:,} of them there are files of a part of the day" if partly else ""),
        )
    return Covered(
        joined(_common(group) for group in groups),
        "first and last event"
        + " of each file" * (len(names) > 1)
        + "; where files overlap, the days that all of them reach" * (len(groups) < len(reached)),
    )


def _reached(events: pl.LazyFrame, names: Sequence[str], starts: Sequence[int]) -> list[_Reach]:
    """Find from when to when each file tells of events, the earliest file first."""
    file = pl.lit(pl.Series(starts, dtype=pl.Int64)).search_sorted(pl.col("row"), side="left")
    first, last = pl.col("end").min(), pl.col("start").max()
    found = (
        events.group_by(file.alias("file"))
        .agg(pl.min_horizontal(first, last).alias("first"), last.alias("last"))
        .select("first", "last", "file")
        .collect(engine="streaming")
    )
    return sorted(_Reach(first, last, names[at - 1]) for first, last, at in found.iter_rows())


def _overlapping(reached: Sequence[_Reach]) -> list[list[_Reach]]:
    """Put files together that share days, with each other or by way of a third."""
    groups: list[list[_Reach]] = []
    for each in reached:
        if groups and each.first <= max(other.last for other in groups[-1]):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _common(group: Sequence[_Reach]) -> Span:
    begun, over = max(group), min(group, key=lambda each: each.last)
    if over.last < begun.first:
        raise TableError(
            f"{over.name} ends on {say_day(over.last)}, {begun.name} begins on "
            f"{say_day(begun.first)}, and others overlap with both: no day is told of by all",
            mend="ingest them apart, each with what belongs to it; or, if they tell of the same "
            "lands, say with --covers which days they cover",
        )
    return begun.first, over.last


def _refuse_retold(groups: Sequence[Sequence[_Reach]]) -> None:
    """Refuse releases that tell of the same days: the later one tells the same events anew."""
    for one, other, *_ in (group for group in groups if len(group) > 1):
        raise TableError(
            f"{one.name} and {other.name} both tell of {say_day(other.first)}: releases tell the "
            "same events under other ids, so their dead would count twice",
            expected="releases of different days in a folder",
            mend="keep one of the two; or ingest them one by one, each with --covers for the days "
            "that it is to be used for. Parts of one release belong in one file",
        )


def _partly(names: Sequence[str], layout: Format) -> int:
    """Count the days of which some files are there, by the moments in their names, but not all."""
    moments = {stamp for name in names if len(stamp := layout.release(name)) == _MOMENT}
    return sum(many < layout.files_a_day for many in Counter(each[:8] for each in moments).values())
