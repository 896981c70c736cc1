"""A made-up GDELT 2.0 events table: as wide as the real one, tab-separated, without a header.

``python -m benchmarks.synthetic_gdelt ROWS`` writes it once into the temporary folder and prints
its path. Nothing in it is taken from real data but its shape: lengths of texts, shares of empty
cells and of codes; and its quirks: quotes that quote nothing, bytes that are no UTF-8, codes with
zeros in front, events told long after or before their day, now and then a code that is none.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

_ACTOR = [
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode",
    "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
]  # fmt: skip
_GEO = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
COLUMNS = [
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{side}{part}" for side in (1, 2) for part in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{what}Geo_{part}" for what in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED", "SOURCEURL",
]  # fmt: skip
"""GDELT's own names of its 61 columns."""

CHUNK = 100_000
_FIRST = datetime(2031, 1, 1)
_EVENTS = ["010", "020", "036", "040", "042", "043", "051", "057", "061", "073", "084", "0871"]
_EVENTS += ["100", "111", "112", "120", "130", "141", "145", "173", "180", "190", "193", "195"]
_TYPES = ["", "GOV", "MIL", "REB", "CVL", "COP", "OPP", "MED", "BUS", "UAF"]
_WORDS = ["clashes", "shelling", "minister", "talks", "army", "market", "aid", "strike", "border"]


def main() -> None:
    """Write the file if it is not there, and print where it is."""
    rows = int(sys.argv[1])
    mark = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    path = Path(tempfile.gettempdir()) / f"foreshock-benchmarks-gdelt-{rows}-{mark}.export.CSV"
    if not path.exists():
        print(f"writing {path}", file=sys.stderr)
        partial = path.with_suffix(".partial")
        with partial.open("wb") as out:
            for chunk in chunks(rows):
                out.write(chunk)
        partial.replace(path)
    print(path)


def chunks(rows: int, seed: int = 0) -> Iterator[bytes]:
    """Make the lines of a table; the same rows and seed give the same bytes."""
    rng = np.random.default_rng(seed)
    for start in range(0, rows, CHUNK):
        out = io.BytesIO()
        frame = _rows(rng, start, min(rows, start + CHUNK))
        frame.write_csv(out, include_header=False, separator="\t", quote_style="never")
        # A letter as it stands in a file of Latin 1: no UTF-8.
        yield out.getvalue().replace("¤".encode(), b"\xe9")


def _rows(rng: np.random.Generator, start: int, stop: int) -> pl.DataFrame:
    many = stop - start
    number = np.arange(start, stop)
    added = [_FIRST + timedelta(minutes=15 * int(at // 1_500)) for at in number]
    late = np.where(rng.random(many) < 0.97, 0, rng.choice([7, 30, 365, 3_650, -1], many))
    days = [when - timedelta(days=int(by)) for when, by in zip(added, late, strict=True)]
    event = pl.Series(_EVENTS).gather(rng.integers(0, len(_EVENTS), many))
    words = pl.Series(_WORDS)
    talk = [words.gather(rng.integers(0, len(_WORDS), many)) for _ in range(4)]
    frame = pl.DataFrame(
        {
            "number": 1_200_000_000 + number,
            "added": added,
            "day": days,
            "event": event,
            "tone": rng.normal(-2, 3, many),
            "told": rng.geometric(0.2, many),
        }
    ).with_columns(pl.Series(f"word{at}", each) for at, each in enumerate(talk))
    day, tone = pl.col("day"), pl.col("tone")
    made = {
        "GLOBALEVENTID": pl.col("number"),
        "SQLDATE": day.dt.strftime("%Y%m%d"),
        "MonthYear": day.dt.strftime("%Y%m"),
        "Year": day.dt.year(),
        "FractionDate": day.dt.year() + (day.dt.ordinal_day() / 365 * 0.9999).round(4),
        "IsRootEvent": pl.col("number") % 3 != 0,
        "EventCode": pl.when(pl.col("number") % 50_000 == 7).then(pl.lit("---"))
        .otherwise("event"),
        "EventBaseCode": pl.col("event").str.head(3),
        "EventRootCode": pl.col("event").str.head(2),
        "QuadClass": pl.col("event").str.head(2).cast(pl.Int64) // 6 + 1,
        "GoldsteinScale": (pl.col("event").str.head(2).cast(pl.Int64) - 10) / 1.0,
        "NumMentions": pl.col("told") * 2,
        "NumSources": pl.lit(1),
        "NumArticles": pl.col("told"),
        "AvgTone": tone,
        "DATEADDED": pl.col("added").dt.strftime("%Y%m%d%H%M%S"),
        "SOURCEURL": pl.format(
            "https://www.gazette-{}.example/{}/{}-{}-{}-{}-{}.html?id={}",
            pl.col("number") % 900, day.dt.strftime("%Y/%m/%d"),
            *(pl.col(f"word{at}") for at in range(4)), "number", "told",
        ),
    }  # fmt: skip
    made["IsRootEvent"] = made["IsRootEvent"].cast(pl.Int64)
    frame = frame.with_columns(**made)
    frame = frame.with_columns(*_actor(rng, many, 1, 0.1), *_actor(rng, many, 2, 0.3))
    places = [_place(rng, many, what) for what in ("Actor1", "Actor2", "Action")]
    frame = frame.with_columns(each for place in places for each in place)
    return frame.select(COLUMNS)


def _actor(rng: np.random.Generator, many: int, side: int, unnamed: float) -> list[pl.Series]:
    land, kind = rng.integers(0, 200, many), rng.integers(0, len(_TYPES), many)
    there = rng.random(many) >= unnamed
    code = [f"{'ABCDEFGHIJ'[at % 10]}{'AEIOU'[at % 5]}{'KLMNR'[at // 40]}" for at in range(200)]
    lands = pl.Series([each if at % 7 else "" for at, each in enumerate(code)]).gather(land)
    kinds = pl.Series(_TYPES).gather(kind)
    names = pl.Series([_named(at) for at in range(200)]).gather(land)
    told = {"Code": lands + kinds, "Name": names, "CountryCode": lands, "Type1Code": kinds}
    shown = pl.Series(there)
    blank = pl.repeat("", many, eager=True)
    return [
        told.get(part, blank).zip_with(shown, blank).alias(f"Actor{side}{part}") for part in _ACTOR
    ]


def _named(at: int) -> str:
    return {3: 'THE "FREE" LAND', 5: "LAND CAF¤", 9: "CÔTE NEUVE"}.get(at, f"LAND {at}")


def _place(rng: np.random.Generator, many: int, what: str) -> list[pl.Series]:
    kind = rng.choice([0, 1, 2, 3, 4, 5], many, p=[0.05, 0.2, 0.05, 0.1, 0.5, 0.1])
    land, town = rng.integers(0, 90, many), rng.integers(0, 400, many)
    letters = pl.Series(list("ABCDEFGHI")).gather(land % 9)
    code = letters + pl.Series(land % 10).cast(pl.String)
    frame = pl.DataFrame({"kind": kind, "land": land, "town": town, "code": code})
    town_there, there = pl.col("kind") > 2, pl.col("kind") > 0
    none = pl.lit("")
    named = (
        pl.when(town_there)
        .then(pl.format("Town {}, Province {}, Land {}", "town", pl.col("town") % 15, "land"))
        .when(there)
        .then(pl.format("Land {}", "land"))
        .otherwise(none)
    )
    adm1 = pl.when(pl.col("kind") > 1).then(pl.format("{}{}", "code", pl.col("town") % 15 + 10))
    adm2, feature = (pl.col("town") + 1_000).cast(pl.String), pl.format("-{}", "town")
    found = frame.select(
        Type=pl.col("kind"),
        FullName=named,
        CountryCode=pl.when(there).then("code").otherwise(none),
        ADM1Code=adm1.when(there).then("code").otherwise(none),
        ADM2Code=pl.when(town_there).then(adm2).otherwise(none),
        Lat=pl.when(there).then((pl.col("town") * 0.23 - 40).round(4)),
        Long=pl.when(there).then((pl.col("land") * 3.1 - 120).round(4)),
        FeatureID=pl.when(town_there).then(feature).when(there).then("code").otherwise(none),
    )
    return [found[part].alias(f"{what}Geo_{part}") for part in _GEO]


if __name__ == "__main__":
    main()
