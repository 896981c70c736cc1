"""GDELT 2.0 events: 61 columns separated by tabs, without a header, a zip every 15 minutes.

Each row is one act that a program read in one article, in CAMEO codes; nobody has confirmed it, and
no deaths are told. Quotes quote nothing. Names and addresses may hold bytes that are no UTF-8.

Leetaru, Schrodt (2013), GDELT: Global Data on Events, Location and Tone, 1979-2012, ISA Annual
Convention; The GDELT Event Database data format codebook V2.0 (2015).
"""

from __future__ import annotations

import re

import polars as pl

from foreshock.core.time import Precision
from foreshock.evidence.published import DIRECTED, UNDIRECTED
from foreshock.lexicon import cameo_acts
from foreshock.observe.layout import (
    COUNT,
    REAL,
    Cell,
    Dialect,
    Format,
    Rule,
    always,
    compact_day,
    degrees,
    label,
    meaning,
    one_of,
    whole,
    word,
)

_ACTOR = [
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode",
    "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
]  # fmt: skip
_GEO = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{side}{part}" for side in (1, 2) for part in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{what}Geo_{part}" for what in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The columns by GDELT's own names, in their order."""

# A city is the middle of a town that the article names, which need not be where it happened.
_PLACE = {"0": None, "1": "country", "2": "adm1", "3": "near", "4": "near", "5": "adm1"}

_ACTS = cameo_acts()
_COUNT, _DAY = "a count, 0 or more", "a day like 20200205"
_MOMENT = "a moment like 20200205001500"
_RELEASE = re.compile(r"(\d{14}|\d{8})(?:\.export)?\.csv", re.IGNORECASE)


def release(file_name: str) -> str:
    """Read the stamp from the name under which GDELT publishes a file.

    Examples
    --------
    >>> release("20310501001500.export.CSV.zip"), release("20310501.export.CSV.zip"), release("may")
    ('20310501001500', '20310501', '')
    """
    match = _RELEASE.match(file_name)
    return match[1] if match else ""


def _side(number: int, side: str) -> tuple[Cell, ...]:
    return (
        Cell(f"Actor{number}Code", f"actor_{side}_id", word, "a code", required=False),
        Cell(f"Actor{number}Name", f"name_{side}", word, "a name", required=False),
        Cell(f"Actor{number}Type1Code", f"actor_{side}_kind", word, "a code", required=False),
    )


_DIRECTION = pl.Enum([DIRECTED, UNDIRECTED])
_BOTH = pl.col("actor_a_id").is_not_null() & pl.col("actor_b_id").is_not_null()
_NAMED_A, _NAMED_B = (pl.coalesce(f"name_{side}", f"actor_{side}_id") for side in "ab")

FORMAT = Format(
    name="gdelt",
    title="GDELT 2.0 Event Database",
    licence="free for any use, with citation and a link to gdeltproject.org",
    citation=(
        "Leetaru, K., Schrodt, P. A. (2013). GDELT: Global Data on Events, Location and Tone, "
        "1979-2012. ISA Annual Convention"
    ),
    url="https://www.gdeltproject.org/",
    redistribution=True,
    delay_days=0,
    delay_about=(
        "DATEADDED, when GDELT took the report up. A row is what a program read in one article: "
        "one act may stand in many rows, and many rows tell of none"
    ),
    shape="61 columns separated by tabs, without a header: YYYYMMDDHHMMSS.export.CSV of GDELT 2.0",
    release=release,
    cells=(
        Cell("GLOBALEVENTID", "event_id", label, "a number"),
        Cell("SQLDATE", "start", compact_day, _DAY, number=COUNT),
        *_side(1, "a"),
        *_side(2, "b"),
        Cell("EventCode", "told_type", one_of(_ACTS), "a CAMEO code, with the zeros in front"),
        Cell("EventRootCode", "root", word, "the first two digits of the event's code"),
        Cell("NumMentions", "mentions", whole, _COUNT, number=COUNT),
        Cell("NumSources", "sources", whole, _COUNT, number=COUNT),
        Cell("ActionGeo_Type", "place_type", one_of(_PLACE), "0 to 5", required=False),
        Cell("ActionGeo_FullName", "place", word, "a name", required=False),
        Cell("ActionGeo_CountryCode", "country", word, "a FIPS 10-4 code", required=False),
        Cell("ActionGeo_ADM1Code", "adm1_code", word, "a code", required=False),
        Cell("ActionGeo_ADM2Code", "adm2", word, "a code", required=False),
        Cell("ActionGeo_Lat", "lat", degrees(90), "-90 to 90", required=False, number=REAL),
        Cell("ActionGeo_Long", "lon", degrees(180), "-180 to 180", required=False, number=REAL),
        Cell("DATEADDED", "known_at", compact_day, _MOMENT, number=COUNT),
        Cell("SOURCEURL", "url", word, "an address", required=False),
    ),
    rules=(
        Rule(
            "EventRootCode",
            pl.col("told_type").cast(pl.String).str.head(2) == pl.col("root"),
            "not the root of EventCode; programs that take codes for numbers drop zeros in front",
        ),
    ),
    derived={
        "end": pl.col("start"),
        "told_at": pl.col("known_at"),
        "type": meaning("told_type", {code: each[0] for code, each in _ACTS.items()}),
        "mode": meaning("told_type", {code: each[1] for code, each in _ACTS.items()}),
        "direction": pl.when(_BOTH)
        .then(pl.lit(DIRECTED, _DIRECTION))
        .otherwise(pl.lit(UNDIRECTED, _DIRECTION)),
        "actor_a": _NAMED_A.fill_null(""),
        "actor_b": _NAMED_B.fill_null(""),
        "dyad": pl.concat_str(_NAMED_A, _NAMED_B, separator=" - ", ignore_nulls=True),
        "dyad_id": pl.concat_str("actor_a_id", "actor_b_id", separator="-"),
        "date_precision": always(str(Precision.DAY)),
        "place_precision": meaning("place_type", _PLACE),
        # Where the country alone is told, GDELT gives its code for the province, too.
        "adm1": pl.when(pl.col("adm1_code") != pl.col("country")).then("adm1_code"),
    },
    remarks={
        "known before its day": pl.col("known_at") < pl.col("end"),
        "known over a year after its day": pl.col("known_at")
        > pl.col("end") + pl.duration(days=366),
        "bytes that are no UTF-8, shown as \N{REPLACEMENT CHARACTER}": pl.any_horizontal(
            pl.col("dyad", "place", "url").str.contains(
                "\N{REPLACEMENT CHARACTER}", literal=True
            )
        ),
    },
    dialect=Dialect(separator="\t", quoted=False, header=COLUMNS, ended=True, odd_bytes=True),
    lookalikes={
        58: "daily events of GDELT 1.0, without ADM2 codes; only 2.0 is read",
        57: "events of GDELT 1.0 from before April 2013, without addresses; only 2.0 is read",
        16: "mentions of GDELT 2.0, not events",
        27: "the Global Knowledge Graph of GDELT 2.0, not events",
    },
    files_a_day=24 * 4,
)  # fmt: skip
