"""UCDP GED becomes events in the native schema: nothing lost, nothing guessed, nothing hidden."""

import csv
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.observe import ged

from foreshock.core.errors import NothingReadable, TableError
from foreshock.evidence.datasets import registered
from foreshock.evidence.published import COLUMNS as NATIVE
from foreshock.evidence.published import SCHEMA, read_events
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest


def taken_in(tmp_path: Path, content: str | bytes, **said) -> tuple[pl.DataFrame, object]:
    file = tmp_path / "GEDEvent_v99_1.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    receipt = ingest(file, "ucdp-ged", tmp_path / "events", declared(**said))
    return read_events(tmp_path / "events").events.collect(), receipt


def test_a_row_becomes_an_event(tmp_path: Path):
    events, receipt = taken_in(tmp_path, ged.text([ged.row()]))
    told = [{k: v for k, v in event.items() if v is not None} for event in events.to_dicts()]
    assert told == [
        {
            "event_id": "1",
            "dataset": "ucdp-ged-99.1",
            "row": 1,
            "type": "ASSAULT",
            "mode": "",
            "told_type": "state-based",
            "direction": "undirected",
            "actor_a": "Government of Ruritania",
            "actor_b": "Gondal Front",
            "actor_a_id": "71",
            "actor_b_id": "72",
            "dyad": "Government of Ruritania - Gondal Front",
            "dyad_id": "70",
            "start": date(2031, 5, 1),
            "end": date(2031, 5, 1),
            "date_precision": "day",
            "lat": 50.25,
            "lon": 14.5,
            "place_precision": "exact",
            "place": "Streslau town",
            "adm1": "North province",
            "adm2": "Streslau district",
            "country": "Ruritania",
            "deaths": 5,
            "deaths_low": 4,
            "deaths_high": 6,
            "deaths_a": 2,
            "deaths_b": 3,
            "deaths_civilians": 0,
            "deaths_unknown": 0,
            "sources": 1,
            "known_at": date(2031, 5, 2),
            "known_basis": "declared",
        }
    ]
    dataset = receipt.dataset
    assert (dataset.rows, dataset.events, dataset.rejected, dataset.rejects) == (1, 1, 0, "")
    assert (dataset.release, dataset.licence, dataset.delay_days) == ("99.1", "CC BY 4.0", 1)
    assert "pseudo-real-time" in dataset.delay_about


def test_the_schema_says_of_itself_what_it_holds():
    assert all(column.about for column in NATIVE.values())
    assert list(NATIVE) == list(SCHEMA)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"type_of_violence": "3"}, {"told_type": "one-sided", "direction": "a to b"}),
        ({"type_of_violence": "2"}, {"told_type": "non-state", "direction": "undirected"}),
        ({"date_prec": "2"}, {"date_precision": "within"}),
        ({"date_prec": "5"}, {"date_precision": "year"}),
        ({"where_prec": "6"}, {"place_precision": "country"}),
        ({"number_of_sources": "-1"}, {"sources": None}),
        ({"number_of_sources": ""}, {"sources": None}),
        ({"adm_1": "", "adm_2": ""}, {"adm1": None, "adm2": None}),
        ({"latitude": "", "longitude": ""}, {"lat": None, "lon": None}),
        ({"deaths_a": ""}, {"deaths_a": None, "deaths": 5}),
        ({"best": "5.0", "id": "1.0"}, {"deaths": 5, "event_id": "1"}),
        ({"date_end": "2031-05-03"}, {"end": date(2031, 5, 3), "known_at": date(2031, 5, 4)}),
        ({"side_b": "=cmd|' /C calc'!A1"}, {"actor_b": "=cmd|' /C calc'!A1"}),
    ],
)
def test_what_cells_mean(tmp_path: Path, cells: dict[str, str], expected: dict[str, object]):
    events, receipt = taken_in(tmp_path, ged.text([ged.row(**cells)]))
    assert receipt.faults == []
    assert {name: events[name][0] for name in expected} == expected


BAD = {
    "type_of_violence": "4",
    "dyad_name": "",
    "side_a": "",
    "side_b": "",
    "where_prec": "8",
    "latitude": "95",
    "longitude": "east",
    "date_prec": "0",
    "date_start": "2031-02-30",
    "date_end": "2031-04-30",
    "best": "-1",
    "low": "1.5",
    "high": "many",
    "deaths_a": "?",
    "number_of_sources": "-7",
    "id": "",
    "dyad_new_id": "x",
}


@pytest.mark.parametrize("column", BAD)
def test_a_row_that_cannot_be_read_is_named_and_kept_aside(tmp_path: Path, column: str):
    """Each row has a line end within a cell, so that the line is not the number of the row."""
    rows = [ged.row(1), ged.row(2) | {column: BAD[column]}, ged.row(3)]
    events, receipt = taken_in(tmp_path, ged.text(rows))
    assert events["event_id"].to_list() == ["1", "3"]
    assert events["row"].to_list() == [1, 3]
    (fault,) = receipt.faults
    assert (fault.file, fault.line, fault.column) == ("GEDEvent_v99_1.csv", 4, column)
    assert (receipt.dataset.rows, receipt.dataset.rejected) == (3, 1)
    kept = (tmp_path / "events" / receipt.dataset.rejects).read_text("utf-8").splitlines()
    told = json.loads(kept[0])
    assert (told["line"], told["row"], len(kept)) == (4, 2, 1)
    assert told["cells"][column] == BAD[column]
    assert {column} == {each["column"] for each in told["faults"]}


def test_all_faults_of_a_row_are_kept_together(tmp_path: Path):
    rows = [ged.row(1), ged.row(2, best="x", date_start="y")]
    _, receipt = taken_in(tmp_path, ged.text(rows))
    assert [fault.column for fault in receipt.faults] == ["date_start", "best"]
    assert receipt.dataset.rejected == 1


def test_a_row_with_a_cell_too_many_or_too_few_is_kept_aside(tmp_path: Path):
    lines = ged.text([ged.row(n, where_description="") for n in range(1, 6)]).splitlines()
    lines[2] = lines[2].replace("Gondal Front,1", "Gondal, Front,1", 1)
    lines[4] = lines[4].rsplit(",", 3)[0]
    events, receipt = taken_in(tmp_path, "\n".join(lines))
    assert events["event_id"].to_list() == ["1", "3", "5"]
    assert [(fault.line, fault.what.split(",")[0]) for fault in receipt.faults] == [
        (3, "50 cells"),
        (5, "46 cells"),
    ]


def test_an_unquoted_thousands_separator_is_no_silent_misreading(tmp_path: Path):
    lines = ged.text([ged.row(1), ged.row(2, low="LOW")]).replace("LOW", "1,000")
    events, receipt = taken_in(tmp_path, lines)
    assert events["event_id"].to_list() == ["1"]
    assert receipt.dataset.rejected == 1


def test_a_quote_that_is_not_closed_takes_one_row_and_no_more(tmp_path: Path):
    rows = [ged.row(n, source_headline="HERE" if n == 3 else "x") for n in range(1, 400)]
    events, receipt = taken_in(tmp_path, ged.text(rows).replace("HERE", '"a broken headline'))
    missing = {str(n) for n in range(1, 400)} - set(events["event_id"])
    assert "3" in missing and len(missing) <= 1
    assert receipt.dataset.rejected >= 1
    assert receipt.faults[0].line == 6


def test_bytes_that_are_no_text_are_kept_aside(tmp_path: Path):
    rows = [ged.row(1), ged.row(2, side_b="PLACE"), ged.row(3, source_headline="PLACE")]
    events, receipt = taken_in(tmp_path, ged.text(rows).encode().replace(b"PLACE", b"caf\xe9"))
    # A headline is not read, so nothing is lost by it.
    assert events["event_id"].to_list() == ["1", "3"]
    assert "UTF-8" in receipt.faults[0].what and receipt.faults[0].column == "side_b"
    kept = json.loads((tmp_path / "events" / receipt.dataset.rejects).read_text("utf-8"))
    assert kept["cells"]["side_b"] == r"caf\xe9"


def test_the_same_id_twice_counts_once(tmp_path: Path):
    rows = [ged.row(1), ged.row(2), ged.row(1, best="50", high="60"), ged.row(3)]
    events, receipt = taken_in(tmp_path, ged.text(rows))
    assert events["event_id"].to_list() == ["1", "2", "3"]
    assert events["deaths"].to_list() == [5, 5, 5]
    (fault,) = receipt.faults
    assert (fault.line, fault.column) == (6, "id") and "'1'" in fault.what
    assert receipt.dataset.rejected == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_line_ends_change_nothing(tmp_path: Path, start: bytes, end: str):
    rows = [ged.row(n, where_description="x") for n in (1, 2)]
    events, receipt = taken_in(tmp_path, start + ged.text(rows, end=end).encode())
    assert events["event_id"].to_list() == ["1", "2"] and not receipt.dataset.rejected


def test_blank_lines_are_no_rows(tmp_path: Path):
    lines = ged.text([ged.row(1, where_description="x")]).replace("\n", "\n\n")
    events, receipt = taken_in(tmp_path, lines + "\n\n")
    assert events.height == receipt.dataset.rows == 1


def test_columns_may_stand_in_any_order_and_others_may_be_missing(tmp_path: Path):
    needed = [name for name in ged.COLUMNS if not name.endswith("_dset_id")]
    events, _ = taken_in(tmp_path, ged.text([ged.row()], columns=needed[::-1]))
    again, _ = taken_in(tmp_path, ged.text([ged.row()]))
    assert events.equals(again)


def test_the_table_of_41_columns_as_parquet_gives_the_same(tmp_path: Path):
    """Numbers as floats and days as dates, as the table goes round in other programs."""
    rows = [ged.row(1), ged.row(2, number_of_sources="-1", adm_1=""), ged.row(3, best="x")]
    of_csv, receipt = taken_in(tmp_path, ged.text(rows))
    table = pl.DataFrame(rows).with_columns(
        pl.col("id", "type_of_violence", "dyad_new_id", "side_a_new_id", "side_b_new_id")
        .cast(pl.Float64),
        pl.col("best", "low", "high", "number_of_sources", "latitude", "longitude", "date_prec")
        .cast(pl.Float64, strict=False),
        pl.col("date_start", "date_end").str.head(10).str.to_date(),
    )  # fmt: skip
    table.write_parquet(tmp_path / "GEDEvent_v99_1.csv")  # its name does not matter
    other = ingest(tmp_path / "GEDEvent_v99_1.csv", "ucdp-ged", tmp_path / "parquet")
    assert read_events(tmp_path / "parquet").events.collect().equals(of_csv)
    assert (other.dataset.rejected, receipt.dataset.rejected) == (1, 1)
    assert (other.faults[0].line, other.faults[0].column) == (3, "best")


# ------------------------------------------------------------------ what is not taken in


def nothing_there(folder: Path) -> bool:
    return not folder.exists() or not list(folder.iterdir())


def test_a_file_of_another_kind_is_refused_by_its_missing_columns(tmp_path: Path):
    columns = [name for name in ged.COLUMNS if name not in {"best", "where_prec"}]
    with pytest.raises(TableError, match=r"without the columns where_prec, best") as caught:
        taken_in(tmp_path, ged.text([ged.row()], columns=columns))
    assert caught.value.exit_code == 2
    assert nothing_there(tmp_path / "events")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"PK\x03\x04....", "damaged or cut off"),
        (b"\x1f\x8b....", "damaged or cut off"),
        (b"PAR1 but not really", "damaged"),
        (b"\xff\xfei\x00d\x00", "in UTF-16"),
        (b"no header at all", "without the columns"),
        (("id," + ged.text([])).encode(), "stands twice"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, says: str):
    with pytest.raises(TableError, match=says):
        taken_in(tmp_path, content)
    assert nothing_there(tmp_path / "events")


@pytest.mark.parametrize("rows", [[], [ged.row(best="x")]])
def test_a_table_without_one_good_row_is_refused(tmp_path: Path, rows: list[dict[str, str]]):
    """An empty table would look like peace."""
    with pytest.raises(NothingReadable) as caught:
        taken_in(tmp_path, ged.text(rows))
    assert caught.value.exit_code == 1
    assert nothing_there(tmp_path / "events")


def test_a_file_that_fails_midway_leaves_what_was_there(tmp_path: Path, monkeypatch):
    before, _ = taken_in(tmp_path, ged.text([ged.row()]))
    files = {file: file.read_bytes() for file in (tmp_path / "events").iterdir()}

    def break_off(done: float, rows: int) -> None:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        ingest(tmp_path / "GEDEvent_v99_1.csv", "ucdp-ged", tmp_path / "events", progress=break_off)
    assert {file: file.read_bytes() for file in (tmp_path / "events").iterdir()} == files
    assert read_events(tmp_path / "events").events.collect().equals(before)


# ------------------------------------------------------------------ registration


def test_the_same_file_twice_gives_the_same_bytes(tmp_path: Path):
    content = ged.text([ged.row(n) for n in range(1, 50)] + [ged.row(99, best="x")])
    taken_in(tmp_path, content)
    files = {file.name: file.read_bytes() for file in (tmp_path / "events").iterdir()}
    _, receipt = taken_in(tmp_path, content)
    assert receipt.replaced and not receipt.first
    assert {f.name: f.read_bytes() for f in (tmp_path / "events").iterdir()} == files


def test_a_better_file_takes_the_place_of_an_earlier_one(tmp_path: Path):
    _, first = taken_in(tmp_path, ged.text([ged.row(1), ged.row(2, best="x")]))
    assert (tmp_path / "events" / first.dataset.rejects).exists()
    events, second = taken_in(tmp_path, ged.text([ged.row(1), ged.row(2)]))
    assert events.height == 2 and second.dataset.rejects == ""
    assert not (tmp_path / "events" / first.dataset.rejects).exists()
    assert list(registered(tmp_path / "events")) == ["ucdp-ged-99.1"]


def test_what_the_user_declares_is_registered(tmp_path: Path):
    events, receipt = taken_in(
        tmp_path,
        ged.text([ged.row()]),
        delay=0,
        release="1.2",
        retrieved="2032-01-01",
        covers=["2031-01-01..2031-12-31"],
    )
    dataset = receipt.dataset
    assert dataset.id == "ucdp-ged-1.2" and dataset.delay_days == 0
    assert (dataset.first, dataset.last) == (date(2031, 1, 1), date(2031, 12, 31))
    assert dataset.covers_basis == dataset.retrieved_basis == "told"
    assert events["known_at"][0] == date(2031, 5, 1)
    assert registered(tmp_path / "events")["ucdp-ged-1.2"] == dataset


def test_a_table_that_is_not_as_registered_is_not_read(tmp_path: Path):
    taken_in(tmp_path, ged.text([ged.row()]))
    table = tmp_path / "events" / "ucdp-ged-99.1.parquet"
    pl.read_parquet(table).with_columns(deaths=pl.lit(0)).write_parquet(table)
    with pytest.raises(TableError, match="not the one that was registered"):
        read_events(tmp_path / "events")
    (tmp_path / "events" / "datasets.json").unlink()
    with pytest.raises(TableError, match="no registered"):
        read_events(table)


def test_a_folder_of_several_datasets_asks_which(tmp_path: Path):
    taken_in(tmp_path, ged.text([ged.row()]))
    ingest(
        tmp_path / "GEDEvent_v99_1.csv", "ucdp-ged", tmp_path / "events", declared(release="98.1")
    )
    with pytest.raises(TableError, match="holds 2 datasets"):
        read_events(tmp_path / "events")
    assert read_events(tmp_path / "events" / "ucdp-ged-98.1.parquet").dataset.release == "98.1"


@pytest.mark.parametrize("content", ["", "{}", '{"version": 9, "datasets": []}', "\xff"])
def test_a_damaged_register_is_refused(tmp_path: Path, content: str):
    (tmp_path / "datasets.json").write_text(content, "latin-1")
    with pytest.raises(TableError, match="register"):
        registered(tmp_path)


# ------------------------------------------------------------------ the shared table


def test_the_shared_table(shared: Path, tmp_path: Path):
    file = shared / "data" / "ucdp" / "ged_syria_2016_2019.parquet"
    receipt = ingest(file, "ucdp-ged", tmp_path)
    events = read_events(tmp_path).events.collect()
    assert (receipt.dataset.rows, receipt.dataset.rejected) == (16_566, 0)
    assert events["dyad"].n_unique() == 120
    assert events["told_type"].value_counts().sort("told_type")["count"].to_list() == [
        4577, 482, 11507,
    ]  # fmt: skip
    coarse = events.filter(pl.col("date_precision").is_in(["month", "year"]))
    assert (coarse.height, coarse["deaths"].max()) == (237, 8179)
    assert receipt.dataset.remarks == {"best figure of deaths outside low and high": 101}
    raw = pl.read_parquet(file)
    assert events["deaths"].sum() == raw["best"].sum()
    assert events["lat"].to_list() == raw["latitude"].to_list()


def test_the_shared_table_as_csv_gives_the_same(shared: Path, tmp_path: Path):
    file = shared / "data" / "ucdp" / "ged_syria_2016_2019.parquet"
    ingest(file, "ucdp-ged", tmp_path / "a", declared(release="1"))
    raw = pl.read_parquet(file)
    raw.write_csv(tmp_path / "floats.csv")
    ingest(tmp_path / "floats.csv", "ucdp-ged", tmp_path / "b", declared(release="1"))
    with (tmp_path / "quoted.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(raw.columns)
        writer.writerows(raw.iter_rows())
    ingest(tmp_path / "quoted.csv", "ucdp-ged", tmp_path / "c", declared(release="1"))
    tables = [read_events(tmp_path / name).events.collect() for name in "abc"]
    assert tables[0].equals(tables[1]) and tables[0].equals(tables[2])
