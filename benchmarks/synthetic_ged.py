"""A made-up UCDP GED file in the yearly layout: as many rows as the real one, as wide, as quoted.

``python -m benchmarks.synthetic_ged ROWS`` writes it once into the temporary folder and prints its
path. Nothing in it is taken from the real data but its shape: text lengths, quotes, line ends in
cells, shares of precision codes.
"""

from __future__ import annotations

import csv
import hashlib
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np

COLUMNS = [
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
]  # fmt: skip
_FIRST = date(1989, 1, 1)
_WORDS = ["clashes", "shelling", "near", "the bridge", "army", "fighters", "market", "killed"]


def main() -> None:
    """Write the file if it is not there, and print where it is."""
    rows = int(sys.argv[1])
    mark = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    path = Path(tempfile.gettempdir()) / f"foreshock-benchmarks-ged-{rows}-{mark}.csv"
    if not path.exists():
        print(f"writing {path}", file=sys.stderr)
        partial = path.with_suffix(".partial")
        write(partial, rows)
        partial.replace(path)
    print(path)


def write(path: Path, rows: int, seed: int = 0) -> None:
    """Write the file; the same rows and seed give the same bytes."""
    rng = np.random.default_rng(seed)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for start in range(0, rows, 10_000):
            writer.writerows(_rows(rng, start, min(rows, start + 10_000)))


def _rows(rng: np.random.Generator, start: int, stop: int) -> list[list[object]]:
    many = stop - start
    days = np.sort(rng.integers(0, 12_800, many))
    spans = np.where(rng.random(many) < 0.9, 0, rng.integers(1, 6, many))
    dyads, provinces = rng.integers(1, 1_500, many), rng.integers(1, 40, many)
    kinds = rng.choice([1, 2, 3], many, p=[0.7, 0.2, 0.1])
    losses = rng.geometric(0.35, (4, many)) - 1
    lat, lon = rng.uniform(-35, 60, many).round(6), rng.uniform(-110, 140, many).round(6)
    talk = rng.integers(0, len(_WORDS), (many, 12))
    found = []
    for at in range(many):
        number, dyad, province = start + at + 1, int(dyads[at]), int(provinces[at])
        last = _FIRST + timedelta(days=int(days[at]))
        first = last - timedelta(days=int(spans[at]))
        year, country = last.year, f"Land {dyad % 90}"
        a, b = f"Government of {country}", f"Front {dyad}"
        words = " ".join(_WORDS[each] for each in talk[at])
        where = f"Town {province}, {country}" + ("\nnorth of the river" if number % 90 == 0 else "")
        a_dead, b_dead, civilians, unknown = (int(each) for each in losses[:, at])
        best = a_dead + b_dead + civilians + unknown
        found.append(
            [
                *(number, f"L{dyad % 90:02}-{year}-{kinds[at]}-{number}", year, 1, "Clear"),
                *(kinds[at], dyad, dyad, f"{country}: Government", dyad, dyad, f"{a} - {b}"),
                *(dyad % 90, dyad % 90, a, 1_000 + dyad, 1_000 + dyad, b, 1 + number % 3),
                f'"Agency,{last},{words} in {country}";"Monitor,{last},""{words[:40]}"""',
                *("Agency;Monitor", f"{last};{last}", f"{words};{words[:40]}", "police, witnesses"),
                *(1 + number % 4, f"Town {province}", where, f"Province {province % 15}"),
                *(f"District {province}", lat[at], lon[at], f"POINT ({lon[at]} {lat[at]})"),
                *(100_000 + province, country, 100 + dyad % 90, "Region", 1),
                *(1 if spans[at] == 0 else 2, f"{first} 00:00:00.000", f"{last} 00:00:00.000"),
                *(a_dead, b_dead, civilians, unknown, best, best + number % 2, best),
                *(100 + dyad % 90, ""),
            ]
        )
    return found


if __name__ == "__main__":
    main()
