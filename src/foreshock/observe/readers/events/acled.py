"""ACLED: exports of 31 columns, as they are since 2023-03-20 and as they were before.

Raleigh, Linke, Hegre, Karlsen (2010), Introducing ACLED: an armed conflict location and event
dataset, Journal of Peace Research 47(5), 651-660, doi:10.1177/0022343310378914; ACLED codebook.

ACLED says that the order of the two actors means nothing. So an event is directed only where the
kinds of the two sides leave one way to read it: what is one-sided is done to those without arms.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from foreshock.core.time import Precision
from foreshock.evidence.published import DIRECTED, REVERSED, UNDIRECTED
from foreshock.lexicon import acled_sides, from_acled
from foreshock.observe.cells import among, day_as, day_of_instant, either, yes
from foreshock.observe.layout import Cell, Format, Rule, code, day, degrees, whole, word
from foreshock.observe.sides import pair

_DATE: dict[int, str] = {1: Precision.DAY, 2: Precision.WEEK, 3: Precision.MONTH}
_PLACE = {1: "exact", 2: "adm2", 3: "adm1"}  # 2: part of a region, set at a town that stands for it
_SINCE = date(1997, 1, 1)

_SUB_EVENTS = from_acled()
_SIDES = acled_sides()
_UNARMED = [side.name for side in _SIDES if side.unarmed]
_ONE_SIDED = [each.name for each in _SUB_EVENTS if each.one_sided]
_KINDS = {said: side.name for side in _SIDES for said in (str(side.code), side.name, *side.also)}
_KIND = "a kind of actor, such as Rebel group, or its number from 1 to 8"
_COUNT, _NAME = "a count, 0 or more", "a name"

_at, _sub_event = pl.col("event_date"), pl.col("sub_event")
_week, _month = (pl.col("date_precision") == each for each in (Precision.WEEK, Precision.MONTH))


def _event_type() -> pl.Expr:
    return _sub_event.replace_strict({each.name: each.event_type for each in _SUB_EVENTS})


def _direction() -> pl.Expr:
    a, b = (pl.col(kind) for kind in ("actor_a_kind", "actor_b_kind"))
    done_to = _sub_event.is_in(_ONE_SIDED) | pl.col("civilians_targeted").fill_null(False)
    a_suffers, b_suffers = (kind.is_in(_UNARMED) for kind in (a, b))
    return (
        pl.when(done_to & b_suffers & ~a_suffers)
        .then(pl.lit(DIRECTED))
        .when(done_to & a_suffers & ~b_suffers)  # null, so undirected, where there is no second
        .then(pl.lit(REVERSED))
        .otherwise(pl.lit(UNDIRECTED))
    )


FORMAT = Format(
    name="acled",
    title="Armed Conflict Location & Event Data (ACLED)",
    licence="ACLED's terms of use: for registered users, commercial use and use for AI restricted",
    citation=(
        "ACLED (Armed Conflict Location & Event Data), acleddata.com, accessed on {retrieved}; "
        "state the filters of your export; changed by Foreshock: types read by its crosswalk, "
        "days as intervals, notes left out. Raleigh, C., Linke, A., Hegre, H., Karlsen, J. (2010). "
        "Introducing ACLED. Journal of Peace Research 47(5), 651-660"
    ),
    url="https://acleddata.com/",
    redistribution=False,
    living=True,
    delay_days=10,
    delay_about=(
        "at most: ACLED puts up the events of a week, Saturday to Friday, by the Tuesday after. "
        "Rows are added and revised for years, and a row says only when its present version was "
        "put up; where that was later, the declared delay is used. A backtest on it is "
        "pseudo-real-time for these rows"
    ),
    shape="the CSV of 31 columns that ACLED's export gives, before or since 2023-03-20",
    release=lambda name: "",
    cells=(
        Cell("event_id_cnty", "event_id", word, "an id such as RUR123"),
        Cell(
            "event_date",
            "event_date",
            either(day, day_as("%d %B %Y")),
            "a day like 04 February 2020 or 2020-02-04",
        ),
        Cell("time_precision", "date_precision", code(_DATE), "1 to 3"),
        Cell("event_type", "event_type", word, "a type of event"),
        Cell(
            "sub_event_type",
            "sub_event",
            among({each.name: each.name for each in _SUB_EVENTS}),
            "one of ACLED's 25 types of sub-event, such as Armed clash",
        ),
        Cell("actor1", "actor_a", word, _NAME),
        Cell("assoc_actor_1", "with_a", word, "names", required=False),
        Cell("inter1", "actor_a_kind", among(_KINDS, any_case=True), _KIND),
        Cell("actor2", "actor_b", word, _NAME, required=False),
        Cell("assoc_actor_2", "with_b", word, "names", required=False),
        Cell(
            "inter2",
            "actor_b_kind",
            among(_KINDS, any_case=True),
            _KIND + ", or 0 or nothing",
            required=False,
            missing=("0",),
        ),
        Cell(
            "civilian_targeting",
            "civilians_targeted",
            yes("Civilian targeting"),
            "Civilian targeting, or nothing",
            required=False,
            always=False,
        ),
        Cell("country", "country", word, _NAME),
        Cell("admin1", "adm1", word, _NAME, required=False),
        Cell("admin2", "adm2", word, _NAME, required=False),
        Cell("location", "place", word, _NAME, required=False),
        Cell("latitude", "lat", degrees(90), "-90 to 90", required=False),
        Cell("longitude", "lon", degrees(180), "-180 to 180", required=False),
        Cell("geo_precision", "place_precision", code(_PLACE), "1 to 3"),
        Cell("source", "told_by", word, "names, with '; ' between", required=False),
        Cell("fatalities", "deaths", whole, _COUNT),
        Cell("tags", "tags", word, "words", required=False, always=False),
        Cell(
            "timestamp",
            "told_at",
            day_of_instant(_SINCE),
            f"seconds since 1970, not before {_SINCE.year}",
        ),
    ),
    rules=(
        Rule(
            "event_type",
            pl.col("event_type") == _event_type(),
            "not the type of event to which its sub-event belongs",
        ),
    ),
    derived={
        "type": _sub_event.replace_strict({each.name: each.type for each in _SUB_EVENTS}),
        "mode": _sub_event.replace_strict({each.name: each.mode for each in _SUB_EVENTS}),
        "told_type": pl.col("event_type") + ": " + _sub_event,
        "direction": _direction(),
        "actor_b": pl.col("actor_b").fill_null(""),
        "dyad": pair(),
        "start": pl.when(_month)
        .then(_at.dt.month_start())
        .when(_week)
        .then(_at.dt.truncate("1w"))
        .otherwise(_at),
        "end": pl.when(_month)
        .then(_at.dt.month_end())
        .when(_week)
        .then(_at.dt.truncate("1w").dt.offset_by("6d"))
        .otherwise(_at),
        "sources": pl.col("told_by").str.count_matches(";", literal=True) + 1,
    },
    remarks={
        "put up later than the declared delay: added late, or revised since": pl.col("told_at")
        > pl.col("known_at"),
        "put up before its first possible day": pl.col("told_at") < pl.col("start"),
    },
)
