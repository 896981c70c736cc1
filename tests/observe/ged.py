"""A UCDP GED file of the tests' own: made-up lands, in the yearly layout of 49 columns."""

import csv
import io
from datetime import date, timedelta

import numpy as np

from foreshock.core.random import stream

ROW = {
    "id": "1",
    "relid": "RUR-2031-1-1",
    "year": "2031",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "1",
    "conflict_dset_id": "7",
    "conflict_new_id": "7",
    "conflict_name": "Ruritania: Government",
    "dyad_dset_id": "70",
    "dyad_new_id": "70",
    "dyad_name": "Government of Ruritania - Gondal Front",
    "side_a_dset_id": "71",
    "side_a_new_id": "71",
    "side_a": "Government of Ruritania",
    "side_b_dset_id": "72",
    "side_b_new_id": "72",
    "side_b": "Gondal Front",
    "number_of_sources": "1",
    "source_article": '"Streslau Post, 2031-05-01, Clashes at the bridge"',
    "source_office": "Streslau Post",
    "source_date": "2031-05-01",
    "source_headline": "Clashes at the bridge",
    "source_original": "police",
    "where_prec": "1",
    "where_coordinates": "Streslau town",
    "where_description": "near the bridge, on the\neastern side",
    "adm_1": "North province",
    "adm_2": "Streslau district",
    "latitude": "50.25",
    "longitude": "14.5",
    "geom_wkt": "POINT (14.5 50.25)",
    "priogrid_gid": "1",
    "country": "Ruritania",
    "country_id": "999",
    "region": "Europe",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2031-05-01 00:00:00.000",
    "date_end": "2031-05-01 00:00:00.000",
    "deaths_a": "2",
    "deaths_b": "3",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "5",
    "high": "6",
    "low": "4",
    "gwnoa": "999",
    "gwnob": "",
}

COLUMNS = list(ROW)


def row(number: int = 1, **changed: str) -> dict[str, str]:
    """Give a good row with an id of its own, and some cells changed."""
    return ROW | {"id": str(number), "relid": f"RUR-2031-1-{number}"} | changed


def text(rows: list[dict[str, str]], columns: list[str] = COLUMNS, end: str = "\n") -> str:
    """Write rows as a CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def war(days: int = 400, seed: int = 7) -> list[dict[str, str]]:
    """Make a war of four dyads, each day's events Poisson around a level that wanders."""
    random = stream(seed, "war")
    rows = []
    for dyad in range(4):
        level = np.cumsum(random.normal(0, 0.08, days)) - 1.2
        for day, events in enumerate(random.poisson(np.exp(np.clip(level, -3, 0.5)))):
            when = f"{date(2031, 1, 1) + timedelta(days=day)} 00:00:00.000"
            for _ in range(events):
                deaths = str(1 + int(random.geometric(0.3)))
                rows.append(
                    row(
                        id=str(len(rows) + 1),
                        dyad_new_id=str(70 + dyad),
                        dyad_name=f"Government of Ruritania - Front {dyad}",
                        side_b=f"Front {dyad}",
                        date_start=when,
                        date_end=when,
                        year=when[:4],
                        deaths_a="0",
                        deaths_b=deaths,
                        best=deaths,
                        low=deaths,
                        high=deaths,
                    )
                )
    return rows
