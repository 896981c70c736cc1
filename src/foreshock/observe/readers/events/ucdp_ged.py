"""UCDP Georeferenced Event Dataset: the yearly CSV of 49 columns, or a table with fewer of them.

Sundberg, Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace
Research 50(4), 523-532, doi:10.1177/0022343313484347; codebook of version 24.1.
"""

from __future__ import annotations

import re

import polars as pl

from foreshock.core.time import Precision
from foreshock.evidence.published import DIRECTED, UNDIRECTED
from foreshock.lexicon import from_ucdp
from foreshock.observe.layout import (
    COUNT,
    REAL,
    Cell,
    Format,
    Rule,
    always,
    code,
    day,
    degrees,
    label,
    meaning,
    whole,
    word,
)

_DATE: dict[int, str] = {
    1: Precision.DAY,
    2: Precision.WITHIN,  # two to six days
    3: Precision.WEEK,
    4: Precision.MONTH,  # eight days to a month
    5: Precision.YEAR,  # more than a month, at most a year
}
_PLACE = {
    1: "exact", 2: "near", 3: "adm2", 4: "adm1", 5: "area", 6: "country", 7: "international",
}  # fmt: skip
_BY_SIDE = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")

_VIOLENCE = from_ucdp()
_TYPES = {each.code: each.label for each in _VIOLENCE}
_COUNT, _DAY = "a count, 0 or more", "a day like 2020-02-05"
_RELEASE = re.compile(r"ged(?:event)?_?v?(\d\d)_?(\d)(?:_(\d+))?(?!\d)", re.IGNORECASE)


def release(file_name: str) -> str:
    """Read the release from the name under which UCDP publishes it.

    Examples
    --------
    >>> release("GEDEvent_v24_1.csv"), release("ged231.csv"), release("GEDEvent_v23_0_12.csv")
    ('24.1', '23.1', '23.0.12')
    >>> release("ged_north_2016_2019.parquet")
    ''
    """
    match = _RELEASE.match(file_name)
    return ".".join(part for part in match.groups() if part) if match else ""


def _codes(meanings: dict[int, str]) -> str:
    return f"{min(meanings)} to {max(meanings)}"


FORMAT = Format(
    name="ucdp-ged",
    title="UCDP Georeferenced Event Dataset (GED)",
    licence="CC BY 4.0",
    citation=(
        "Sundberg, R., Melander, E. (2013). Introducing the UCDP Georeferenced Event Dataset. "
        "Journal of Peace Research 50(4), 523-532; and the yearly article on organized violence "
        "in the same journal for the release in use"
    ),
    url="https://ucdp.uu.se/downloads/",
    redistribution=True,
    retold=True,
    delay_days=1,
    delay_about=(
        "declared, not measured: a retrospective release whose sources are dated on the day or the "
        "day after, coded months later. A backtest on it is pseudo-real-time: it takes for known "
        "on the day what was put in order afterwards"
    ),
    shape="the yearly CSV of 49 columns, or CSV or Parquet with at least the columns named here",
    release=release,
    cells=(
        Cell("id", "event_id", label, "a number"),
        Cell("type_of_violence", "told_type", code(_TYPES), _codes(_TYPES), number=COUNT),
        Cell("dyad_new_id", "dyad_id", label, "a number", required=False),
        Cell("dyad_name", "dyad", word, "a name"),
        Cell("side_a_new_id", "actor_a_id", label, "a number", required=False),
        Cell("side_a", "actor_a", word, "a name"),
        Cell("side_b_new_id", "actor_b_id", label, "a number", required=False),
        Cell("side_b", "actor_b", word, "a name"),
        Cell("number_of_sources", "sources", whole, _COUNT, required=False, missing=("-1",)),
        Cell("where_prec", "place_precision", code(_PLACE), _codes(_PLACE), number=COUNT),
        Cell("where_coordinates", "place", word, "a name", required=False, always=False),
        Cell("adm_1", "adm1", word, "a name", required=False),
        Cell("adm_2", "adm2", word, "a name", required=False),
        Cell("latitude", "lat", degrees(90), "-90 to 90", required=False, number=REAL),
        Cell("longitude", "lon", degrees(180), "-180 to 180", required=False, number=REAL),
        Cell("country", "country", word, "a name", required=False),
        Cell("date_prec", "date_precision", code(_DATE), _codes(_DATE), number=COUNT),
        Cell("date_start", "start", day, _DAY),
        Cell("date_end", "end", day, _DAY),
        Cell("best", "deaths", whole, _COUNT, number=COUNT),
        Cell("low", "deaths_low", whole, _COUNT, number=COUNT),
        Cell("high", "deaths_high", whole, _COUNT, number=COUNT),
        *(Cell(name, name, whole, _COUNT, required=False, number=COUNT) for name in _BY_SIDE),
    ),
    rules=(Rule("date_end", pl.col("start") <= pl.col("end"), "the event ends before it starts"),),
    derived={
        "type": meaning("told_type", {v.label: v.type for v in _VIOLENCE}),
        "mode": always(""),
        "direction": meaning(
            "told_type", {v.label: DIRECTED if v.directed else UNDIRECTED for v in _VIOLENCE}
        ),
    },
    remarks={
        "best figure of deaths outside low and high": (pl.col("deaths") < pl.col("deaths_low"))
        | (pl.col("deaths") > pl.col("deaths_high")),
        "deaths by side do not add up to the best figure": pl.sum_horizontal(
            *_BY_SIDE, ignore_nulls=False
        )
        != pl.col("deaths"),
    },
)
