"""Published event tables: one native schema for UCDP GED, ACLED, GDELT and tables of one's own.

They stay Parquet, apart from the store: hundreds of thousands of rows that nobody here coded, in
which each row is one event as its publisher tells it. What a publisher does not tell is null, never
zero and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from foreshock.core.errors import TableError
from foreshock.evidence.datasets import Dataset, file_digest, registered

UNDIRECTED, DIRECTED, REVERSED = "undirected", "a to b", "b to a"
SOURCE, DECLARED = "source", "declared"


class Column(NamedTuple):
    """A column of the schema: its type, whether every row has it, and what it says."""

    dtype: pl.DataType
    always: bool
    about: str


_TEXT, _COUNT, _DAY, _DEGREES = pl.String(), pl.Int64(), pl.Date(), pl.Float64()

COLUMNS: dict[str, Column] = {
    "event_id": Column(_TEXT, True, "the publisher's id of the event, unique in its dataset"),
    "dataset": Column(_TEXT, True, "id of the dataset in the register"),
    "row": Column(_COUNT, True, "row of the file, the first below the header being 1"),
    "type": Column(
        _TEXT, True, "PLOVER type of act, by the crosswalk; empty where PLOVER holds no such act"
    ),
    "mode": Column(_TEXT, True, "PLOVER mode, empty where the publisher's class does not say"),
    "told_type": Column(_TEXT, True, "the publisher's own class of event"),
    "direction": Column(
        _TEXT,
        True,
        f"'{DIRECTED}', '{REVERSED}', or '{UNDIRECTED}' where nobody says who did it to whom",
    ),
    "actor_a": Column(_TEXT, True, "first side, as the publisher names it"),
    "actor_b": Column(_TEXT, True, "second side; empty if there is none"),
    "actor_a_id": Column(_TEXT, False, "the publisher's id of the first side"),
    "actor_b_id": Column(_TEXT, False, "the publisher's id of the second side"),
    "actor_a_kind": Column(_TEXT, False, "what the publisher takes the first side for"),
    "actor_b_kind": Column(_TEXT, False, "what the publisher takes the second side for"),
    "with_a": Column(_TEXT, False, "who else was on the first side"),
    "with_b": Column(_TEXT, False, "who else was on the second side"),
    "dyad": Column(_TEXT, True, "the two sides as one name"),
    "dyad_id": Column(_TEXT, False, "the publisher's id of the two sides"),
    "start": Column(_DAY, True, "first possible day"),
    "end": Column(_DAY, True, "last possible day; the day on which the event is counted"),
    "date_precision": Column(_TEXT, True, "day, within (a few days), week, month or year"),
    "lat": Column(_DEGREES, False, "degrees north (WGS 84)"),
    "lon": Column(_DEGREES, False, "degrees east (WGS 84)"),
    "place_precision": Column(
        _TEXT, False, "exact, near (some 25 km), adm2, adm1, area, country or international"
    ),
    "place": Column(_TEXT, False, "the place, as the publisher names it"),
    "adm1": Column(_TEXT, False, "first-order administrative unit: province"),
    "adm2": Column(_TEXT, False, "second-order administrative unit: district"),
    "country": Column(_TEXT, False, "country, as the publisher names it"),
    "deaths": Column(_COUNT, False, "deaths, best figure"),
    "deaths_low": Column(_COUNT, False, "lowest figure"),
    "deaths_high": Column(_COUNT, False, "highest figure"),
    "deaths_a": Column(_COUNT, False, "of them of the first side"),
    "deaths_b": Column(_COUNT, False, "of them of the second side"),
    "deaths_civilians": Column(_COUNT, False, "of them civilians"),
    "deaths_unknown": Column(_COUNT, False, "of them of nobody knows which side"),
    "civilians_targeted": Column(
        pl.Boolean(), False, "whether civilians were the main target, where the publisher says so"
    ),
    "tags": Column(_TEXT, False, "what the publisher notes in words of its own list"),
    "sources": Column(_COUNT, False, "sources or reports behind the row"),
    "mentions": Column(_COUNT, False, "how often these tell of it"),
    "told_by": Column(_TEXT, False, "names of these sources"),
    "url": Column(_TEXT, False, "address of a report of it"),
    "told_at": Column(_DAY, False, "UTC day on which the publisher put up this version of the row"),
    "known_at": Column(_DAY, True, "UTC day on which the public could know"),
    "known_basis": Column(
        _TEXT, True, f"{SOURCE} (the publisher says) or {DECLARED} (see the register)"
    ),
}
"""The native schema, in the order of the columns."""

SCHEMA: dict[str, pl.DataType] = {name: column.dtype for name, column in COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class PublishedEvents:
    """The events of one dataset, lazily, with its registration."""

    dataset: Dataset
    events: pl.LazyFrame


def read_events(path: Path) -> PublishedEvents:
    """Open a table of published events.

    Parameters
    ----------
    path : pathlib.Path
        A Parquet file that `foreshock ingest` wrote, or its folder if it holds one dataset.

    Raises
    ------
    TableError
        If it is not registered, not the one that was registered, or not in the native schema.
    """
    folder = path if path.is_dir() else path.parent
    known = registered(folder)
    found = [each for each in known.values() if path.is_dir() or each.table == path.name]
    if not found:
        raise TableError(
            "no registered event table",
            where=str(path),
            expected="a table beside its register",
            mend="write it with: foreshock ingest",
        )
    if len(found) > 1:
        raise TableError(
            f"the folder holds {len(found)} datasets",
            where=str(path),
            mend="name one of " + ", ".join(each.table for each in found),
        )
    (dataset,) = found
    table = folder / dataset.table
    if not table.is_file() or file_digest(table) != dataset.table_digest:
        raise TableError(
            "the table is not the one that was registered",
            where=str(table),
            mend="ingest the file again; an earlier run may have been interrupted",
        )
    events = pl.scan_parquet(table)
    if dict(events.collect_schema()) != SCHEMA:
        raise TableError("the table is not in this version's schema", str(table), mend="ingest it")
    return PublishedEvents(dataset, events)
