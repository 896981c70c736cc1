"""Published events become daily series: every event once, on its day, and what is left out told."""

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.observe import ged

from foreshock.assess.series.published import (
    IMPRECISE,
    NOWHERE,
    OUTSIDE,
    THIN,
    PublishedSeries,
    daily_series,
)
from foreshock.core.errors import TableError, TimeError
from foreshock.evidence.datasets import Dataset
from foreshock.evidence.published import SCHEMA, PublishedEvents, read_events
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest

FIRST, LAST = date(2031, 5, 1), date(2031, 5, 20)


def table(rows: list[dict], delay: int = 1) -> PublishedEvents:
    """Give a table of published events as ingesting would leave it."""
    told = dict.fromkeys(Dataset.__struct_fields__, "")
    dataset = Dataset(**told | {"first": FIRST, "last": LAST, "delay_days": delay, "id": "made"})
    full = [
        dict.fromkeys(SCHEMA) | {"known_at": row["end"] + timedelta(days=delay)} | row
        for row in rows
    ]
    return PublishedEvents(dataset, pl.LazyFrame(full, schema=SCHEMA))


def event(number: int, day: int, dyad: str = "Ruritania - Gondal", **fields) -> dict:
    """Give an event of a day, counted from `FIRST`."""
    return {
        "event_id": str(number),
        "end": FIRST + timedelta(days=day),
        "dyad": dyad,
        "dyad_id": dyad,
        "date_precision": "day",
        "deaths": 1,
    } | fields


def plain(found: PublishedSeries) -> dict[tuple[str, date], tuple[int, float]]:
    """Give every cell that is no zero."""
    series = found.series
    return {
        (name, series.day(row)): (int(series.counts[row, i]), float(series.deaths[row, i]))
        for i, name in enumerate(series.names)
        for row in range(series.days)
        if series.counts[row, i]
    }


def test_a_file_of_the_publisher_becomes_series(tmp_path: Path):
    file = tmp_path / "GEDEvent_v99_1.csv"
    rows = [
        ged.row(1),
        ged.row(2, date_prec="2", date_start="2031-05-01", date_end="2031-05-03", best="6"),
        ged.row(3, date_prec="5", date_end="2031-12-31", best="900", high="901"),
        ged.row(4, dyad_new_id="8", dyad_name="Red - Blue", date_end="2031-05-04", best="5"),
    ]
    file.write_text(ged.text(rows))
    given = declared(covers=["2031-05-01..2031-05-20"], retrieved="2031-05-21")
    ingest(file, "ucdp-ged", tmp_path / "events", given)
    found = daily_series(read_events(tmp_path / "events"))
    assert plain(found) == {
        ("Government of Ruritania - Gondal Front", date(2031, 5, 1)): (1, 5.0),
        ("Government of Ruritania - Gondal Front", date(2031, 5, 3)): (1, 6.0),
        ("Red - Blue", date(2031, 5, 4)): (1, 5.0),
    }
    assert [(each.reason, each.events, each.deaths) for each in found.left_out] == [
        (IMPRECISE, 1, 900)
    ]
    assert found.delay_days == 1


def test_silence_is_zero_within_what_is_covered_and_nothing_outside():
    found = daily_series(table([event(1, 3)]))
    assert (found.series.first, found.series.last) == (FIRST, LAST)
    assert found.series.counts.sum() == 1
    with pytest.raises(TimeError, match="the series has no 2031-05-21"):
        found.series.row(LAST + timedelta(days=1))


def test_an_event_outside_what_is_covered_is_told():
    found = daily_series(table([event(1, 3), event(2, 25), event(3, -1)]))
    assert found.events_left_out(OUTSIDE) == 2
    assert found.series.counts.sum() == 1


def test_the_series_end_as_many_days_earlier_as_news_takes():
    events = table([event(1, 3), event(2, 9)], delay=4)
    found = daily_series(events, known_by=FIRST + timedelta(days=12))
    assert found.series.last == FIRST + timedelta(days=8)
    assert found.series.counts.sum() == 1
    with pytest.raises(TimeError, match="no day of the series was known by 2031-05-03"):
        daily_series(events, known_by=FIRST + timedelta(days=2))


def test_a_later_start():
    found = daily_series(table([event(1, 3), event(2, 9)]), since=FIRST + timedelta(days=5))
    assert found.series.first == FIRST + timedelta(days=5)
    assert (found.series.counts.sum(), found.events_left_out(OUTSIDE)) == (1, 1)


def test_series_of_few_events_can_be_left_out():
    events = table([event(1, 3), event(2, 4), event(3, 5, "Red - Blue", deaths=7)])
    found = daily_series(events, least=2)
    assert found.series.names == ("Ruritania - Gondal",)
    assert [(e.reason, e.events, e.deaths) for e in found.left_out] == [(THIN, 1, 7)]
    with pytest.raises(TableError, match="no dyad has 3 events"):
        daily_series(events, least=3)


def test_by_province_leaves_out_what_no_province_is_told_of():
    events = [event(1, 3, adm1="North"), event(2, 3, adm1="South"), event(3, 4), event(4, 5)]
    found = daily_series(table(events), by_province=True)
    assert found.series.names == ("Ruritania - Gondal in North", "Ruritania - Gondal in South")
    assert found.events_left_out(NOWHERE) == 2


def test_two_dyads_of_one_name_stay_apart_and_keep_their_names():
    first, second = event(1, 3, dyad_id="7"), event(2, 9, dyad_id="3")
    early = daily_series(table([first, second]), known_by=FIRST + timedelta(days=5))
    late = daily_series(table([first, second]))
    assert early.series.names == ("Ruritania - Gondal",)
    assert late.series.names == ("Ruritania - Gondal", "Ruritania - Gondal [3]")
    assert late.series.counts[:, 0].tolist()[:5] == early.series.counts[:, 0].tolist()


def test_a_dyad_that_is_renamed_stays_one_series_under_its_first_name():
    found = daily_series(table([event(1, 3, "Old", dyad_id="7"), event(2, 9, "New", dyad_id="7")]))
    assert (found.series.names, found.series.counts.sum()) == (("Old",), 2)


def test_a_number_of_dead_that_nobody_tells_is_told_to_be_missing():
    found = daily_series(table([event(1, 3, deaths=None), event(2, 3, deaths=4)]))
    assert plain(found) == {("Ruritania - Gondal", FIRST + timedelta(days=3)): (2, 4.0)}
    assert found.untold_deaths == {"Ruritania - Gondal": 1}


def test_breadth_counts_the_half_degrees_in_which_something_happened():
    found = daily_series(table([
        event(1, 3, lat=10.1, lon=20.1), event(2, 3, lat=10.4, lon=20.4),  # one cell
        event(3, 3, lat=10.6, lon=20.1), event(4, 3, lat=-0.1, lon=0.1),
        event(5, 3), event(6, 3, lat=1.0),  # of no place: together one
        event(7, 4, lat=10.1, lon=20.1),
    ]))  # fmt: skip
    assert found.breadth[:, 0].tolist() == [0, 0, 0, 4, 1, *[0] * 15]


def test_breadth_tells_south_from_north_and_west_from_east():
    corners = [(0.1, 0.1), (0.1, -0.1), (-0.1, 0.1), (-0.1, -0.1)]
    found = daily_series(table([event(n, 3, lat=a, lon=o) for n, (a, o) in enumerate(corners)]))
    assert found.breadth[3, 0] == 4


rows = st.lists(
    st.builds(
        lambda number, day, dyad, how, deaths, late: event(
            number, day, dyad, date_precision=how, deaths=deaths,
            known_at=FIRST + timedelta(days=day + late),
        ),
        st.integers(0, 10**6),
        st.integers(-3, 24),
        st.sampled_from(["Ruritania - Gondal", "Red - Blue", "Zenda - villagers"]),
        st.sampled_from(["day", "day", "within", "week", "month", "year"]),
        st.integers(0, 50),
        st.integers(0, 6),
    ),
    min_size=1, max_size=12, unique_by=lambda row: row["event_id"],
)  # fmt: skip


def anchored(found: list[dict]) -> list[dict]:
    """Add an event that is always known, so that there is a series to speak of."""
    return [*found, event(-1, 0, "Ruritania - Gondal", known_at=FIRST)]


@given(rows)
def test_every_event_is_counted_once_or_told_to_be_left_out(found: list[dict]):
    found = anchored(found)
    made = daily_series(table(found))
    by_hand = Counter(
        (row["dyad"], row["end"])
        for row in found
        if row["date_precision"] in {"day", "within", "week"} and FIRST <= row["end"] <= LAST
    )
    assert {cell: number for cell, (number, _) in plain(made).items()} == dict(by_hand)
    assert made.series.counts.sum() + sum(each.events for each in made.left_out) == len(found)
    deaths = made.series.deaths.sum() + sum(each.deaths for each in made.left_out)
    assert deaths == sum(row["deaths"] for row in found)


@given(rows, st.integers(1, 20), st.randoms(use_true_random=False))
def test_what_becomes_known_later_changes_nothing(
    found: list[dict], day: int, chance: random.Random
):
    as_of = FIRST + timedelta(days=day)
    found = anchored(found)
    known = [row for row in found if row["known_at"] <= as_of]
    corrupt = [
        row | {"dyad": "Nobody - Nothing", "dyad_id": row["dyad_id"], "deaths": 10**6}
        for row in found
        if row["known_at"] > as_of
    ]
    mixed = [*known, *corrupt]
    chance.shuffle(mixed)
    assert daily_series(table(mixed), known_by=as_of) == daily_series(table(known), known_by=as_of)


@given(rows)
def test_other_names_change_names_alone(found: list[dict]):
    found = anchored(found)
    renamed = [row | {"dyad": f"x {row['dyad']}", "dyad_id": f"x{row['dyad_id']}"} for row in found]
    made, again = daily_series(table(found)), daily_series(table(renamed))
    assert again.series.names == tuple(f"x {name}" for name in made.series.names)
    assert (again.series.counts == made.series.counts).all()
    assert (again.series.deaths == made.series.deaths).all()


@pytest.mark.shared
def test_four_years_of_a_war(shared: Path, tmp_path: Path):
    ingest(shared / "data/ucdp/ged_syria_2016_2019.parquet", "ucdp-ged", tmp_path)
    events = read_events(tmp_path)
    found = daily_series(events, least=20)
    assert found.events_left_out(IMPRECISE) == 237
    assert len(found.series.names) == 30
    assert found.series.counts.sum() + sum(each.events for each in found.left_out) == 16_566
    assert len(daily_series(events, by_province=True, least=20).series.names) == 53
