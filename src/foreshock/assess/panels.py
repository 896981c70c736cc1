"""Panels from published events: deaths or events by country and month, or by other units.

An event counts in the period of its last possible day; how many lie in more than one period is part
of the answer. A period that the datasets cover from its first day to its last, and of which they
tell nothing, is a zero; one that they cover in part, or of which the public could not know all yet,
is missing. So is a country in a period in which it did not exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from foreshock.assess.series.published import LeftOut
from foreshock.case.faults import nearest
from foreshock.core.errors import TableError, TimeError
from foreshock.core.panel import Panel, in_order
from foreshock.core.periods import PERIODS, last_day, periods_between
from foreshock.core.spans import around, joined
from foreshock.evidence.datasets import Dataset, registered
from foreshock.evidence.published import read_events
from foreshock.lexicon.countries import countries
from foreshock.observe.countries import as_existed, country_spans

UNITS = {
    "country": ("country", "country"),
    "adm1": ("adm1", "adm1"),
    "adm2": ("adm2", "adm2"),
    "dyad": ("dyad_id", "dyad"),
    "actor_a": ("actor_a_id", "actor_a"),
    "actor_b": ("actor_b_id", "actor_b"),
}
"""What a row can stand for: the column of its id, and the one of its name where that is empty."""

MEASURES = {"deaths": "deaths", "low": "deaths_low", "high": "deaths_high", "events": "events"}
"""What can be counted, and what the panel calls it."""

OUTSIDE = "in a period that is not covered from its first day to its last"
NOWHERE = "no such unit told"

_TRUNCATED = {"week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}
_WITHIN = {"adm1": ("country",), "adm2": ("country", "adm1")}
_BY_CODE = "gdelt"
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a panel is to count.

    Attributes
    ----------
    unit, period, measure : str
        Of `UNITS`, `PERIODS` and `MEASURES`.
    violence : str
        The publisher's class of event or the PLOVER type, as ``state-based``; empty for all.
    known_by : datetime.date or None
        Count only what was known by the end of this day; None for all that the datasets hold.
    world : bool
        Whether the datasets cover every country, so that one they never tell of has zeros. Without
        it there are only units that some event is told of.
    keep_unmatched : bool
        Whether countries that VIEWS does not number stay, under their names.

    Raises
    ------
    TableError
        If there is no such unit or measure.
    TimeError
        If there is no such period.
    """

    unit: str = "country"
    period: str = "month"
    measure: str = "deaths"
    violence: str = ""
    known_by: date | None = None
    world: bool = False
    keep_unmatched: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be counted."""
        for noun, word, known in (("unit", self.unit, UNITS), ("measure", self.measure, MEASURES)):
            if word not in known:
                raise TableError(
                    f"no {noun} is called {word[:40]!r}", None, "one of " + ", ".join(known)
                )
        if self.period not in PERIODS:
            raise TimeError(f"no period is called {self.period[:40]!r}", None, ", ".join(PERIODS))
        if self.world and self.unit != "country":
            raise TableError(f"nobody lists every {self.unit} of the world", mend="count countries")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EventPanel:
    """A panel of events, and what it leaves out.

    Attributes
    ----------
    panel : Panel
    datasets : tuple of Dataset
    events : int
        Events that are counted in it.
    spread : int
        Of them, those whose first and last possible day lie in different periods.
    untold : int
        Of them, those whose deaths nobody tells: they add nothing, so their sum is a lower bound.
        Where nobody tells any of a unit and period, it is missing.
    left_out : tuple of LeftOut
        Events of the kind asked for that stand in no cell, by reason.
    unmatched : tuple of str
        Countries that VIEWS does not number, kept under their names.
    """

    panel: Panel
    datasets: tuple[Dataset, ...]
    events: int
    spread: int
    untold: int
    left_out: tuple[LeftOut, ...]
    unmatched: tuple[str, ...]


def event_panel(folder: Path, wanted: Wanted, datasets: Sequence[str] = ()) -> EventPanel:
    """Count the events of a folder by unit and period.

    Parameters
    ----------
    folder : pathlib.Path
        What `foreshock ingest` wrote.
    wanted : Wanted
    datasets : sequence of str
        Ids of those to take together; else all of the folder. They must be of one format and no two
        of them cover the same day, or events would count twice.

    Returns
    -------
    EventPanel
        From the first period that is covered whole to the last.

    Raises
    ------
    TableError
        If a dataset is not there, they overlap, a country or type of event is not known, or no
        deaths are told.
    TimeError
        If no period is covered whole and known by then.
    """
    chosen = _chosen(folder, datasets)
    starts, whole = _covered(chosen, wanted)
    known = pl.concat([read_events(folder / each.table).events for each in chosen], how="vertical")
    if wanted.known_by is not None:
        known = known.filter(pl.col("known_at") <= wanted.known_by)
    located, unmatched = _located(known, chosen, wanted)
    asked = _asked(located, wanted, folder)
    covered = [start for start, held in zip(starts, whole, strict=True) if held]
    cells = _cells(asked, wanted, covered)
    counted = cells.filter(pl.col("why").is_null())
    if wanted.measure != "events" and counted["untold"].sum() == counted["events"].sum() > 0:
        raise TableError(
            f"nobody tells {MEASURES[wanted.measure]} of any event",
            str(folder),
            mend="count events: --measure events",
        )
    units = _units(located, wanted, starts)
    panel = Panel(
        variable=MEASURES[wanted.measure],
        about=wanted.violence,
        unit=wanted.unit,
        period=wanted.period,
        keys=tuple(units),
        names=tuple(units.values()),
        starts=starts,
        values=_grid(counted, list(units), starts, whole),
        vintage=_vintage(chosen, wanted),
        licence="; ".join(dict.fromkeys(each.licence for each in chosen)),
        citation="; ".join(dict.fromkeys(each.citation for each in chosen)),
    )
    return EventPanel(
        panel=as_existed(panel) if wanted.unit == "country" else panel,
        datasets=chosen,
        events=int(counted["events"].sum()),
        spread=int(counted["spread"].sum()),
        untold=int(counted["untold"].sum()),
        left_out=_left_out(cells),
        unmatched=unmatched,
    )


# ---------------------------------------------------------------------- which datasets, which days


def _chosen(folder: Path, asked: Sequence[str]) -> tuple[Dataset, ...]:
    known = registered(folder)
    if not known:
        raise TableError(
            "no registered event table", str(folder), mend="write one with: foreshock ingest"
        )
    for each in asked:
        if each not in known:
            raise TableError(
                f"no dataset {each[:80]!r}",
                str(folder),
                "one of " + ", ".join(known),
                nearest(each, known) or None,
            )
    chosen = sorted(
        (known[each] for each in dict.fromkeys(asked or known)), key=lambda one: one.first
    )
    formats = sorted({each.format for each in chosen})
    if len(formats) > 1:
        raise TableError(
            f"datasets of different formats, {' and '.join(formats)}, do not count alike",
            str(folder),
            mend=f"name one: --dataset {chosen[0].id}",
        )
    held = sorted((*span, each.id) for each in chosen for span in each.spans)
    for (_, last, before), (first, _, after) in pairwise(held):
        if first <= last:
            raise TableError(
                f"{before} and {after} both cover {first}: their events would count twice",
                str(folder),
                mend=f"name those to take: --dataset {before}",
            )
    return tuple(chosen)


def _covered(chosen: Sequence[Dataset], wanted: Wanted) -> tuple[tuple[date, ...], list[bool]]:
    """Give the periods from the first that is covered whole to the last, and which of them are."""
    known = [
        (first, min(last, (wanted.known_by or date.max) - timedelta(days=each.delay_days)))
        for each in chosen
        for first, last in each.spans
    ]
    spans = joined(span for span in known if span[0] <= span[1])
    starts = periods_between(spans[0][0], spans[-1][1], wanted.period) if spans else ()
    held = [around(start, spans) for start in starts]
    whole = [
        span is not None and last_day(start, wanted.period) <= span[1]
        for start, span in zip(starts, held, strict=True)
    ]
    if not any(whole):
        told = joined(span for each in chosen for span in each.spans)
        days = ", ".join(f"{first} to {last}" for first, last in told[:_SHOWN])
        days += " ..." if len(told) > _SHOWN else ""
        raise TimeError(
            f"no {wanted.period} is covered whole and known by {wanted.known_by or 'now'}",
            expected=f"a {wanted.period} within {days}",
            mend="choose a later day or a shorter period; ingest --covers says what a file covers",
        )
    first, stop = whole.index(True), len(whole) - whole[::-1].index(True)
    return starts[first:stop], whole[first:stop]


def _vintage(chosen: Sequence[Dataset], wanted: Wanted) -> str:
    told = " + ".join(f"{each.id} ({each.table_digest[:12]})" for each in chosen)
    return told + (f" as of {wanted.known_by}" if wanted.known_by else "")


# ---------------------------------------------------------------------- which events, where


def _located(
    events: pl.LazyFrame, chosen: Sequence[Dataset], wanted: Wanted
) -> tuple[pl.LazyFrame, tuple[str, ...]]:
    """Give each event the id (null if nobody says) and the name of its unit."""
    code, name = UNITS[wanted.unit]
    if wanted.unit == "country":
        return _in_countries(events, chosen, wanted)
    told: pl.Expr = pl.when(pl.col(name) != "").then(pl.col(name))
    for outer in reversed(_WITHIN.get(wanted.unit, ())):
        told = pl.concat_str([told, pl.col(outer).fill_null("?")], separator=", ")
    key = told if code == name else pl.coalesce(code, told)
    return events.with_columns(key.alias("key"), told.alias("called")), ()


def _in_countries(
    events: pl.LazyFrame, chosen: Sequence[Dataset], wanted: Wanted
) -> tuple[pl.LazyFrame, tuple[str, ...]]:
    told = pl.when(pl.col("country").str.strip_chars() != "").then(pl.col("country"))
    words = events.select(told.unique()).collect(engine="streaming").to_series().drop_nulls()
    kind = "fips" if chosen[0].format.startswith(_BY_CODE) else "name"
    spans, unknown = country_spans(words, kind)
    if unknown and not wanted.keep_unmatched:
        raise TableError(
            f"VIEWS has no number for {len(unknown)} of {len(words)} countries: "
            + ", ".join(repr(each[:40]) for each in unknown[:20])
            + (" ..." if len(unknown) > 20 else ""),
            expected="names as UCDP, ACLED or VIEWS write them",
            mend="keep them under their names: --keep-unmatched",
        )
    own = [(word, word, word, date.min, date.max) for word in unknown]
    spans = pl.concat([spans, pl.DataFrame(own, schema=spans.schema, orient="row")])
    located = (
        events.with_columns(told.alias("word"))
        .join(spans.lazy(), on="word", how="left")
        .filter(pl.col("id").is_null() | pl.col("end").is_between("first", "last"))
        .rename({"id": "key"})
    )
    return located, tuple(unknown)


def _asked(events: pl.LazyFrame, wanted: Wanted, folder: Path) -> pl.LazyFrame:
    """Keep the events of the type asked for."""
    if not wanted.violence:
        return events
    asked, told = wanted.violence.lower(), pl.col("told_type").str.to_lowercase()
    of_kind = told.str.starts_with(f"{asked}: ")  # "Battles: Armed clash" is of "Battles"
    holds = (told == asked) | of_kind | (pl.col("type").str.to_lowercase() == asked)
    found = events.filter(holds)
    if found.head(1).collect(engine="streaming").is_empty():
        types = events.select(pl.col("told_type").unique()).collect(engine="streaming")
        known = sorted(types.to_series().drop_nulls())
        raise TableError(
            f"no event is of the type {wanted.violence[:60]!r}",
            str(folder),
            "one of " + ", ".join(known[:30]),
            nearest(wanted.violence, known) or None,
        )
    return found


# ---------------------------------------------------------------------- counting


def _cells(events: pl.LazyFrame, wanted: Wanted, covered: list[date]) -> pl.DataFrame:
    """Count by unit and period; ``why`` says why some count in no cell."""
    step = _TRUNCATED[wanted.period]
    of = pl.lit(1) if wanted.measure == "events" else pl.col(MEASURES[wanted.measure])
    return (
        events.select(
            "key",
            pl.col("end").dt.truncate(step).alias("start"),
            (pl.col("end").dt.truncate(step) != pl.col("start").dt.truncate(step)).alias("spread"),
            of.cast(pl.Float64).alias("value"),
            pl.col("deaths"),
        )
        .with_columns(
            pl.when(~pl.col("start").is_in(covered))
            .then(pl.lit(OUTSIDE))
            .when(pl.col("key").is_null())
            .then(pl.lit(NOWHERE))
            .alias("why")
        )
        .group_by("key", "start", "why")
        .agg(
            pl.len().alias("events"),
            pl.col("value").sum(),
            pl.col("value").null_count().alias("untold"),
            pl.col("spread").sum(),
            pl.col("deaths").sum(),
        )
        .collect(engine="streaming")
    )


def _units(events: pl.LazyFrame, wanted: Wanted, starts: Sequence[date]) -> dict[str, str]:
    """Give the units in the order of their ids, each with the name that was known first."""
    days = starts[0], last_day(starts[-1], wanted.period)
    within = pl.col("end").is_between(*days)
    named = (
        events.filter(within, pl.col("key").is_not_null())
        .group_by("key")
        .agg(pl.col("called").sort_by("known_at", "end", "event_id").first())
        .collect(engine="streaming")
    )
    found = dict(named.iter_rows())
    if wanted.world:
        found |= {
            each.id: each.name for each in countries() if each.in_panel and each.existed(*days)
        }
    if not found:
        raise TableError(f"no event tells of its {wanted.unit}", mend="choose another unit")
    return {key: found[key] for key in sorted(found, key=in_order)}


def _grid(
    counted: pl.DataFrame, keys: list[str], starts: Sequence[date], whole: Sequence[bool]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    values = np.full((len(keys), len(starts)), np.nan)
    values[:, np.array(whole)] = 0.0
    rows = {key: row for row, key in enumerate(keys)}
    columns = {start: column for column, start in enumerate(starts)}
    told = counted.select("key", "start", "value", pl.col("untold") == pl.col("events"))
    for key, start, value, nobody_tells in told.iter_rows():
        values[rows[key], columns[start]] = np.nan if nobody_tells else value
    return values


def _left_out(cells: pl.DataFrame) -> tuple[LeftOut, ...]:
    found = (
        cells.drop_nulls("why")
        .group_by("why")
        .agg(pl.col("events").sum(), pl.col("deaths").sum())
        .sort(["events", "why"], descending=[True, False])
    )
    return tuple(
        LeftOut(reason=reason, events=events, deaths=deaths)
        for reason, events, deaths in found.iter_rows()
    )
