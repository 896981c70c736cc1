"""ACLED becomes events in the native schema: old and new exports, and no more than they say."""

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.observe import acled, ged

from foreshock.assess.panels import Wanted, event_panel
from foreshock.core.errors import TableError
from foreshock.evidence.published import read_events
from foreshock.lexicon import from_acled
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest

relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=25,
    deadline=None,
)


def taken_in(tmp_path: Path, content: str | bytes, **said) -> tuple[pl.DataFrame, object]:
    file = tmp_path / "2020-01-01-2020-12-31-Ruritania.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    said = {"retrieved": "2020-03-01"} | said
    receipt = ingest(file, "acled", tmp_path / "events", declared(**said))
    return read_events(tmp_path / "events" / receipt.dataset.table).events.collect(), receipt


def seconds(day: date) -> str:
    return str(int(datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC).timestamp()))


def test_a_row_becomes_an_event(tmp_path: Path):
    events, receipt = taken_in(tmp_path, acled.text([acled.row()]))
    known = {name: value for name, value in events.to_dicts()[0].items() if value is not None}
    assert known == {
        "event_id": "RUR1",
        "dataset": "acled-2020-03-01",
        "row": 1,
        "type": "ASSAULT",
        "mode": "",
        "told_type": "Battles: Armed clash",
        "direction": "undirected",
        "actor_a": "Military Forces of Ruritania (2019-)",
        "actor_b": "Gondal Front",
        "actor_a_kind": "State forces",
        "actor_b_kind": "Rebel group",
        "with_a": "Border Guard of Ruritania",
        "dyad": "Gondal Front - Military Forces of Ruritania (2019-)",
        "civilians_targeted": False,
        "start": date(2020, 2, 4),
        "end": date(2020, 2, 4),
        "date_precision": "day",
        "lat": 50.25,
        "lon": 14.5,
        "place_precision": "exact",
        "place": "Streslau",
        "adm1": "North province",
        "adm2": "Streslau district",
        "country": "Ruritania",
        "deaths": 5,
        "sources": 2,
        "told_by": "Streslau Post; Gondal Radio",
        "told_at": date(2020, 2, 10),
        "known_at": date(2020, 2, 10),
        "known_basis": "source",
    }
    assert receipt.faults == [] and receipt.dataset.remarks == {}


def test_terms_forbid_passing_rows_on_and_ask_for_the_day_of_access(tmp_path: Path):
    _, receipt = taken_in(tmp_path, acled.text([acled.row()]))
    dataset = receipt.dataset
    assert dataset.redistribution is False and "terms of use" in dataset.licence
    assert "accessed on 1 Mar 2020" in dataset.citation and "{" not in dataset.citation
    assert "filters" in dataset.citation and "changed by Foreshock" in dataset.citation
    assert (dataset.release, dataset.known_basis) == ("2020-03-01", "source")


def test_exports_of_two_days_stand_beside_each_other(tmp_path: Path):
    """Living data: what was fetched later is another release, not the same one corrected."""
    taken_in(tmp_path, acled.text([acled.row()]))
    _, later = taken_in(tmp_path, acled.text([acled.row(fatalities="9")]), retrieved="2020-04-01")
    assert later.dataset.id == "acled-2020-04-01" and not later.replaced and not later.first


def test_a_month_that_has_begun_is_not_covered_whole(tmp_path: Path):
    """An event of the month of access counts on its last day; that month is not over."""
    rows = [acled.row(1), acled.row(2, event_date="2020-03-05", time_precision="3")]
    events, receipt = taken_in(tmp_path, acled.text(rows), retrieved="2020-03-10")
    assert (receipt.dataset.first, receipt.dataset.last) == (date(2020, 2, 4), date(2020, 3, 1))
    assert events["end"].max() == date(2020, 3, 31)
    alone, receipt = taken_in(tmp_path, acled.text(rows[1:]), retrieved="2020-03-11")
    assert alone["end"].max() == date(2020, 3, 31)
    assert (receipt.dataset.first, receipt.dataset.last) == (date(2020, 3, 1),) * 2


def exports(folder: Path, **days: list[str]) -> Path:
    """Write an export a region, each with an event on each of some days."""
    folder.mkdir()
    for at, (country, told) in enumerate(days.items()):
        rows = [
            acled.row(1 + 100 * at + number, country=country, event_date=day, fatalities="2")
            for number, day in enumerate(told)
        ]
        (folder / f"{country}.csv").write_text(acled.text(rows))
    return folder


def test_regions_of_different_months_are_no_zeros_in_each_others(tmp_path: Path):
    folder = exports(
        tmp_path / "regions",
        Mali=["2019-01-01", "2019-06-30"],
        Yemen=["2019-04-01", "2019-05-02", "2019-12-31"],
    )
    dataset = ingest(folder, "acled", tmp_path / "events").dataset
    assert dataset.spans == ((date(2019, 4, 1), date(2019, 6, 30)),)
    assert "where files overlap, the days that all of them reach" in dataset.covers_basis
    found = event_panel(tmp_path / "events", Wanted())
    values = dict(zip(found.panel.names, found.panel.values.tolist(), strict=True))
    assert values == {"Mali": [0, 0, 2], "Yemen": [2, 2, 0]}
    assert sum(each.events for each in found.left_out) == 2
    told = declared(covers=["2019-01-01..2019-12-31"])
    assert ingest(folder, "acled", tmp_path / "told", told).dataset.gaps == ()


def test_files_that_overlap_by_way_of_a_third_alone_are_refused(tmp_path: Path):
    folder = exports(
        tmp_path / "regions",
        Mali=["2019-01-01", "2019-03-31"],
        Yemen=["2019-01-01", "2019-12-31"],
        Niger=["2019-07-01", "2019-12-31"],
    )
    says = r"Mali.csv ends on 31 Mar 2019, Niger.csv begins on 1 Jul 2019.*--covers"
    with pytest.raises(TableError, match=says):
        ingest(folder, "acled", tmp_path / "events")
    assert not list((tmp_path / "events").iterdir())


def test_an_export_becomes_a_panel(tmp_path: Path):
    rows = [
        acled.row(1, country="eSwatini", fatalities="2"),
        acled.row(2, country="eSwatini", fatalities="3", event_date="2020-03-02"),
        acled.row(3, country="Ivory Coast", fatalities="4", timestamp="1600000000"),
        acled.row(4, country="Ivory Coast", event_date="2020-04-09"),
    ]
    taken_in(tmp_path, acled.text(rows), retrieved="2020-05-01", covers=["2020-02-01..2020-04-30"])
    panel = event_panel(tmp_path / "events", Wanted(violence="battles")).panel
    values = dict(zip(panel.names, panel.values.tolist(), strict=True))
    assert values["Cote d'Ivoire"] == [4, 0, 5]
    assert [row for name, row in values.items() if name != "Cote d'Ivoire"] == [[2, 3, 0]]


# ------------------------------------------------------------------ old and new exports


@pytest.mark.parametrize("each", from_acled(), ids=lambda each: each.name)
def test_every_sub_event_is_read_in_both_layouts_alike(tmp_path: Path, each):
    row = acled.row(event_type=each.event_type, sub_event_type=each.name)
    events, _ = taken_in(tmp_path, acled.text([row]))
    event = events.row(0, named=True)
    assert (event["type"], event["mode"]) == (each.type, each.mode)
    assert event["told_type"] == f"{each.event_type}: {each.name}"
    assert event["direction"] == "undirected"  # both bear arms, and their order says nothing
    old, receipt = taken_in(tmp_path, acled.text([acled.as_old(row)], acled.OLD_COLUMNS))
    assert receipt.replaced and old["civilians_targeted"].to_list() == [None]
    assert old.drop("civilians_targeted").equals(events.drop("civilians_targeted"))


def test_the_columns_of_both_layouts_are_31():
    assert len(acled.COLUMNS) == len(acled.OLD_COLUMNS) == 31


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"event_date": "2020-02-04"}, {"end": date(2020, 2, 4)}),
        ({"event_date": "4 February 2020"}, {"end": date(2020, 2, 4)}),
        ({"event_date": "29 February 2020"}, {"end": date(2020, 2, 29)}),
        (
            {"time_precision": "2"},  # a Tuesday: its week runs from Monday to Sunday
            {"start": date(2020, 2, 3), "end": date(2020, 2, 9), "date_precision": "week"},
        ),
        (
            {"time_precision": "3", "event_date": "15 February 2020"},
            {"start": date(2020, 2, 1), "end": date(2020, 2, 29), "date_precision": "month"},
        ),
        ({"geo_precision": "2"}, {"place_precision": "adm2"}),
        ({"geo_precision": "3"}, {"place_precision": "adm1"}),
        (
            {"actor2": "", "inter2": ""},
            {
                "actor_b": "",
                "actor_b_kind": None,
                "dyad": acled.ROW["actor1"],
                "direction": "undirected",
            },
        ),
        ({"actor2": "", "inter2": "0"}, {"actor_b_kind": None}),
        ({"inter1": "1", "inter2": "Rebel Groups"}, {"actor_b_kind": "Rebel group"}),
        ({"inter2": "External/Other Forces"}, {"actor_b_kind": "External/Other forces"}),
        ({"civilian_targeting": "Civilian targeting"}, {"civilians_targeted": True}),
        ({"fatalities": "0"}, {"deaths": 0, "deaths_low": None, "deaths_a": None}),
        ({"source": "Post"}, {"sources": 1}),
        ({"source": ""}, {"sources": None, "told_by": None}),
        ({"tags": "crowd size=about 200; local"}, {"tags": "crowd size=about 200; local"}),
        ({"latitude": "", "longitude": ""}, {"lat": None, "lon": None}),
        ({"actor1": "=cmd|' /C calc'!A1"}, {"actor_a": "=cmd|' /C calc'!A1"}),
    ],
)
def test_what_cells_mean(tmp_path: Path, cells: dict[str, str], expected: dict[str, object]):
    events, receipt = taken_in(tmp_path, acled.text([acled.row(**cells)]))
    assert receipt.faults == []
    assert {name: events[name][0] for name in expected} == expected


# ------------------------------------------------------------------ who did it to whom


@pytest.mark.parametrize(
    ("sub_event", "kinds", "targeting", "direction"),
    [
        ("Attack", ("Rebel group", "Civilians"), "", "a to b"),
        ("Attack", ("Civilians", "Rebel group"), "", "b to a"),
        ("Attack", ("Rebel group", ""), "", "undirected"),
        ("Air/drone strike", ("State forces", "Civilians"), "Civilian targeting", "a to b"),
        ("Air/drone strike", ("State forces", "Rebel group"), "", "undirected"),
        ("Excessive force against protesters", ("Protesters", "State forces"), "", "b to a"),
        ("Protest with intervention", ("Protesters", "State forces"), "", "b to a"),
        ("Peaceful protest", ("Protesters", ""), "", "undirected"),
        ("Mob violence", ("Rioters", "Civilians"), "", "undirected"),
        ("Mob violence", ("Rioters", "Civilians"), "Civilian targeting", "a to b"),
        ("Arrests", ("State forces", "Civilians"), "", "a to b"),
        ("Attack", ("Civilians", "Civilians"), "Civilian targeting", "undirected"),
        ("Armed clash", ("State forces", "Rebel group"), "", "undirected"),
    ],
)
def test_direction_comes_from_the_kinds_of_the_sides(
    tmp_path: Path, sub_event, kinds, targeting, direction
):
    kind = next(each for each in from_acled() if each.name == sub_event)
    row = acled.row(
        event_type=kind.event_type,
        sub_event_type=sub_event,
        inter1=kinds[0],
        inter2=kinds[1],
        actor2="Somebody" if kinds[1] else "",
        civilian_targeting=targeting,
    )
    events, receipt = taken_in(tmp_path, acled.text([row]))
    assert receipt.faults == [] and events["direction"][0] == direction


# ------------------------------------------------------------------ when it could be known


@relaxed
@given(
    late=st.integers(-3, 400),
    delay=st.one_of(st.none(), st.integers(0, 60)),
    precision=st.sampled_from("123"),
)
def test_known_from_the_upload_if_that_was_early_else_after_the_delay(
    tmp_path, late: int, delay: int | None, precision: str
):
    day = date(2020, 2, 4)
    row = acled.row(time_precision=precision, timestamp=seconds(day + timedelta(days=late)))
    events, receipt = taken_in(tmp_path, acled.text([row]), delay=delay)
    event = events.row(0, named=True)
    put_up, latest = (
        day + timedelta(days=late),
        event["end"] + timedelta(days=10 if delay is None else delay),
    )
    assert event["told_at"] == put_up
    assert event["known_at"] == max(event["end"], min(put_up, latest))
    assert event["known_basis"] == ("source" if put_up <= latest else "declared")
    assert sum(receipt.dataset.remarks.values()) == (put_up > latest) + (put_up < event["start"])


# ------------------------------------------------------------------ what cannot be read


BAD = {
    "event_id_cnty": "",
    "event_date": "31 February 2020",
    "time_precision": "4",
    "event_type": "Riots",  # not that of an armed clash
    "sub_event_type": "Armed dance",
    "actor1": "",
    "inter1": "9",
    "inter2": "Dragons",
    "civilian_targeting": "perhaps",
    "country": "",
    "latitude": "95",
    "longitude": "1,5",
    "geo_precision": "0",
    "fatalities": "1,000",
    "timestamp": "soon",
}


@pytest.mark.parametrize("column", BAD)
def test_a_row_that_cannot_be_read_is_named_and_kept_aside(tmp_path: Path, column: str):
    rows = [acled.row(1), acled.row(2, **{column: BAD[column]}), acled.row(3)]
    events, receipt = taken_in(tmp_path, acled.text(rows))
    assert events["event_id"].to_list() == ["RUR1", "RUR3"]
    (fault,) = receipt.faults
    assert (fault.line, fault.column) == (4, column)  # each note has a line end within
    kept = (tmp_path / "events" / receipt.dataset.rejects).read_text("utf-8").splitlines()
    assert [json.loads(line)["cells"][column] for line in kept] == [BAD[column]]


@pytest.mark.parametrize("column", ["event_date", "sub_event_type", "fatalities", "timestamp"])
def test_a_renamed_column_is_refused(tmp_path: Path, column: str):
    content = acled.text([acled.row()]).replace(column, column.upper(), 1)
    with pytest.raises(TableError, match=f"without the column {column}"):
        taken_in(tmp_path, content)
    assert not (tmp_path / "events").exists()


def test_a_file_of_another_publisher_is_refused(tmp_path: Path):
    with pytest.raises(TableError, match="no acled table"):
        taken_in(tmp_path, ged.text([ged.row()]))
    (tmp_path / "ged.csv").write_text(acled.text([acled.row()]))
    with pytest.raises(TableError, match="no ucdp-ged table"):
        ingest(tmp_path / "ged.csv", "ucdp-ged", tmp_path / "events")
    assert not (tmp_path / "events").exists()


# ------------------------------------------------------------------ nothing is lost


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1, max_size=12
)
_TOLD = {
    "actor1": "actor_a",
    "assoc_actor_1": "with_a",
    "actor2": "actor_b",
    "assoc_actor_2": "with_b",
    "location": "place",
    "admin1": "adm1",
    "admin2": "adm2",
    "country": "country",
    "source": "told_by",
    "tags": "tags",
}
_EMPTY = {"actor2": ""}
rows = st.builds(
    lambda names, days, deaths, lat, lon: (
        names
        | {
            "event_date": (date(1997, 1, 1) + timedelta(days=days)).isoformat(),
            "timestamp": seconds(date(1997, 1, 1) + timedelta(days=days + 7)),
            "fatalities": str(deaths),
            "latitude": repr(lat),
            "longitude": repr(lon),
        }
    ),
    st.fixed_dictionaries(
        {
            column: texts if column in {"actor1", "country"} else st.one_of(st.just(""), texts)
            for column in _TOLD
        }
    ),
    st.integers(0, 20_000),
    st.integers(0, 10**9),
    st.floats(-90, 90),
    st.floats(-180, 180),
)


@relaxed
@given(
    cells=st.lists(rows, min_size=1, max_size=12),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_what_was_written_is_read(tmp_path, cells, quoting, end, mark):
    table = [acled.row(n, **each) for n, each in enumerate(cells)]
    content = mark + acled.text(table, quoting=quoting, end=end)
    events, receipt = taken_in(tmp_path, content)
    assert (receipt.dataset.rows, receipt.dataset.rejected) == (len(table), 0)
    for row, event in zip(table, events.iter_rows(named=True), strict=True):
        for column, name in _TOLD.items():
            assert event[name] == (row[column] or _EMPTY.get(column))
        assert event["deaths"] == int(row["fatalities"])
        assert (event["lat"], event["lon"]) == (float(row["latitude"]), float(row["longitude"]))
        assert event["end"].isoformat() == row["event_date"]
        assert event["known_at"] - event["end"] == timedelta(days=7)
