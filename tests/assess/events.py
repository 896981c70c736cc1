"""Folders of made-up events in the native schema, registered as an ingest would."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from foreshock.evidence.datasets import Dataset, file_digest, register
from foreshock.evidence.published import SCHEMA

FIRST, LAST = date(2010, 1, 1), date(2012, 12, 31)
DELAY = 1


def event(
    end: date, country: str = "Peru", deaths: int | None = 1, **fields: Any
) -> dict[str, Any]:
    """Make one event; the public knows of it a day later."""
    made = {
        "type": "ASSAULT", "mode": "", "told_type": "state-based", "direction": "undirected",
        "actor_a": "Government", "actor_b": "Front", "dyad": "Government - Front",
        "start": end, "end": end, "date_precision": "day", "country": country, "deaths": deaths,
        "deaths_low": deaths, "deaths_high": deaths, "known_basis": "declared",
        "known_at": end + timedelta(days=DELAY),
    }  # fmt: skip
    return made | fields


def folder_of(
    folder: Path,
    events: Iterable[Mapping[str, Any]],
    first: date = FIRST,
    last: date = LAST,
    release: str = "1",
    **fields: Any,
) -> Path:
    """Write events as a dataset of a folder; give the folder."""
    name = f"made-{release}"
    rows = [
        dict.fromkeys(SCHEMA) | {"event_id": str(at), "dataset": name, "row": at} | dict(each)
        for at, each in enumerate(events, 1)
    ]
    folder.mkdir(exist_ok=True)
    table = folder / f"{name}.parquet"
    pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(table)
    said: dict[str, Any] = dict.fromkeys(Dataset.__struct_fields__, "") | {
        "id": name, "format": "made", "release": release, "first": first, "last": last,
        "redistribution": True, "retrieved": last, "delay_days": DELAY, "rows": len(rows),
        "events": len(rows), "rejected": 0, "remarks": {}, "gaps": (), "table": table.name,
        "table_digest": file_digest(table), "licence": "CC BY 4.0", "citation": "Made up",
    }  # fmt: skip
    register(folder, Dataset(**said | fields))
    return folder
