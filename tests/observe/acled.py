"""ACLED exports of the tests' own: made-up lands, in the layouts since and before 2023-03-20."""

import csv
import io

ROW = {
    "event_id_cnty": "RUR1",
    "event_date": "04 February 2020",
    "year": "2020",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Ruritania (2019-)",
    "assoc_actor_1": "Border Guard of Ruritania",
    "inter1": "State forces",
    "actor2": "Gondal Front",
    "assoc_actor_2": "",
    "inter2": "Rebel group",
    "interaction": "State forces-Rebel group",
    "civilian_targeting": "",
    "iso": "999",
    "region": "Middle Earth",
    "country": "Ruritania",
    "admin1": "North province",
    "admin2": "Streslau district",
    "admin3": "",
    "location": "Streslau",
    "latitude": "50.2500",
    "longitude": "14.5000",
    "geo_precision": "1",
    "source": "Streslau Post; Gondal Radio",
    "source_scale": "Local partner-National",
    "notes": 'On 4 February 2020, forces clashed "at the bridge", so the Post,\nfor hours.',
    "fatalities": "5",
    "tags": "",
    "timestamp": "1581292800",  # 10 February 2020
}

COLUMNS = list(ROW)

OLD_COLUMNS = [
    *("data_id", "iso", "event_id_cnty", "event_id_no_cnty", "event_date", "year"),
    *("time_precision", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1"),
    *("actor2", "assoc_actor_2", "inter2", "interaction", "region", "country", "admin1"),
    *("admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source"),
    *("source_scale", "notes", "fatalities", "timestamp", "iso3"),
]

KINDS = [
    *("State forces", "Rebel group", "Political militia", "Identity militia"),
    *("Rioters", "Protesters", "Civilians", "External/Other forces"),
]


def row(number: int = 1, **changed: str) -> dict[str, str]:
    """Give a good row with an id of its own, and some cells changed."""
    return ROW | {"event_id_cnty": f"RUR{number}"} | changed


def as_old(given: dict[str, str]) -> dict[str, str]:
    """Write a row as it would have stood in an export before 2023-03-20: kinds as numbers."""
    inter = {
        side: str(KINDS.index(given[side]) + 1 if given[side] in KINDS else given[side] or 0)
        for side in ("inter1", "inter2")
    }
    number = given["event_id_cnty"].removeprefix("RUR")
    more = {"data_id": f"9{number}", "event_id_no_cnty": number, "iso3": "RUR"}
    return given | inter | more | {"interaction": inter["inter1"] + inter["inter2"]}


def text(
    rows: list[dict[str, str]],
    columns: list[str] = COLUMNS,
    end: str = "\n",
    quoting: int = csv.QUOTE_ALL,
) -> str:
    """Write rows as a CSV file: ACLED quotes every cell."""
    out = io.StringIO()
    writer = csv.DictWriter(
        out, columns, extrasaction="ignore", lineterminator=end, quoting=quoting
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
