"""GDELT becomes events in the native schema: nothing lost, nothing guessed, nothing hidden."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.observe import gdelt, ged

from foreshock.core.errors import NothingReadable, TableError
from foreshock.evidence.published import read_events
from foreshock.lexicon import cameo_acts
from foreshock.observe.csv_batches import csv_batches, csv_rows
from foreshock.observe.declaring import declared
from foreshock.observe.ingest import ingest
from foreshock.observe.layout import ROW
from foreshock.observe.readers.events.gdelt import COLUMNS, FORMAT

NAME = "20310502001500.export.CSV"

relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=12,
)


def taken_in(tmp_path: Path, content: bytes, **said) -> tuple[pl.DataFrame, object]:
    file = tmp_path / NAME
    file.write_bytes(content)
    receipt = ingest(file, "gdelt", tmp_path / "events", declared(**said))
    return read_events(tmp_path / "events").events.collect(), receipt


def nothing_there(folder: Path) -> bool:
    return not folder.exists() or not list(folder.iterdir())


def test_a_row_becomes_an_event(tmp_path: Path):
    events, receipt = taken_in(tmp_path, gdelt.text([gdelt.row()]))
    (event,) = events.to_dicts()
    assert {name: value for name, value in event.items() if value is not None} == {
        "event_id": "1200000001",
        "dataset": "gdelt-20310502001500",
        "row": 1,
        "type": "RETREAT",
        "mode": "ceasefire",
        "told_type": "0871",
        "direction": "a to b",
        "actor_a": "RURITANIA",
        "actor_b": "GONDAL FRONT",
        "actor_a_id": "RURMIL",
        "actor_b_id": "GNDREB",
        "actor_a_kind": "MIL",
        "actor_b_kind": "REB",
        "dyad": "RURITANIA - GONDAL FRONT",
        "dyad_id": "RURMIL-GNDREB",
        "start": date(2031, 5, 1),
        "end": date(2031, 5, 1),
        "date_precision": "day",
        "lat": 50.25,
        "lon": 14.5,
        "place_precision": "near",
        "place": "Streslau, North Province, Ruritania",
        "adm1": "RX07",
        "adm2": "26543",
        "country": "RX",
        "sources": 3,
        "mentions": 12,
        "url": "https://gazette.example/a?x=1&y=2",
        "told_at": date(2031, 5, 2),
        "known_at": date(2031, 5, 2),
        "known_basis": "source",
    }
    assert event["deaths"] is None  # nobody told any, which is not zero
    dataset = receipt.dataset
    assert (dataset.release, dataset.known_basis) == ("20310502001500", "source")
    assert dataset.redistribution and "gdeltproject.org" in dataset.licence


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"EventCode": "010", "EventRootCode": "01"}, {"told_type": "010", "type": "STATEMENT"}),
        ({"SQLDATE": "20210501"}, {"end": date(2021, 5, 1), "known_at": date(2031, 5, 2)}),
        ({"SQLDATE": "20310601"}, {"end": date(2031, 6, 1), "known_at": date(2031, 5, 2)}),
        ({"DATEADDED": "20310501"}, {"known_at": date(2031, 5, 1)}),
        ({"Actor2Code": "", "Actor2Name": ""}, {"direction": "undirected", "dyad": "RURITANIA"}),
        ({"Actor1Code": "", "Actor1Name": ""}, {"actor_a": "", "dyad": "GONDAL FRONT"}),
        ({"Actor1Name": ""}, {"actor_a": "RURMIL", "direction": "a to b"}),
        ({"Actor1Name": 'THE "FREE" ARMY'}, {"actor_a": 'THE "FREE" ARMY'}),
        ({"Actor1Name": '"OPEN'}, {"actor_a": '"OPEN', "actor_b": "GONDAL FRONT"}),
        ({"ActionGeo_Type": "0"}, {"place_precision": None}),
        ({"ActionGeo_Type": ""}, {"place_precision": None}),
        ({"ActionGeo_Type": "1", "ActionGeo_ADM1Code": "RX"},
         {"place_precision": "country", "adm1": None}),
        ({"ActionGeo_Type": "2"}, {"place_precision": "adm1"}),
        ({"ActionGeo_Type": "3"}, {"place_precision": "near"}),
        ({"ActionGeo_Type": "5"}, {"place_precision": "adm1"}),
        ({"ActionGeo_Lat": "", "ActionGeo_Long": ""}, {"lat": None, "lon": None}),
        ({"ActionGeo_FeatureID": "", "SOURCEURL": ""}, {"url": None}),
        ({"ActionGeo_FullName": "Curaçao, 北京"}, {"place": "Curaçao, 北京"}),
    ],
)  # fmt: skip
def test_what_cells_mean(tmp_path: Path, cells: dict[str, str], expected: dict[str, object]):
    events, receipt = taken_in(tmp_path, gdelt.text([gdelt.row(**cells)]))
    assert receipt.faults == []
    assert {name: events[name][0] for name in expected} == expected


def test_every_cameo_code_has_its_type(tmp_path: Path):
    acts = cameo_acts()
    rows = [gdelt.row(at, EventCode=code, EventRootCode=code[:2]) for at, code in enumerate(acts)]
    events, receipt = taken_in(tmp_path, gdelt.text(rows))
    assert receipt.dataset.rejected == 0
    assert dict(zip(events["told_type"], events.select("type", "mode").rows(), strict=True)) == acts


BAD = {
    "GLOBALEVENTID": "x",
    "SQLDATE": "20310230",
    "EventCode": "87",
    "EventRootCode": "8",
    "NumMentions": "",
    "NumSources": "-1",
    "ActionGeo_Type": "6",
    "ActionGeo_Lat": "95",
    "ActionGeo_Long": "east",
    "DATEADDED": "20310502006100",
}


@pytest.mark.parametrize("column", BAD)
def test_a_row_that_cannot_be_read_is_named_and_kept_aside(tmp_path: Path, column: str):
    rows = [gdelt.row(1), gdelt.row(2) | {column: BAD[column]}, gdelt.row(3)]
    events, receipt = taken_in(tmp_path, gdelt.text(rows))
    assert events["row"].to_list() == [1, 3]
    assert receipt.faults[0].line == 2 and receipt.dataset.rejected == 1
    told = json.loads((tmp_path / "events" / receipt.dataset.rejects).read_text("utf-8"))
    assert column in {each["column"] for each in told["faults"]}
    assert told["cells"] == rows[1]


def test_codes_that_lost_their_zeros_are_not_misread(tmp_path: Path):
    """10 is DEMAND in CAMEO, 010 a statement: a table program makes the one of the other."""
    rows = [gdelt.row(1), gdelt.row(2, EventCode="10", EventRootCode="1")]
    _, receipt = taken_in(tmp_path, gdelt.text(rows))
    assert receipt.dataset.rejected == 1 and "zeros in front" in receipt.faults[0].what


def test_oddities_are_counted_and_kept(tmp_path: Path):
    rows = [
        gdelt.row(1, SQLDATE="20310503"),
        gdelt.row(2, SQLDATE="20210501"),
        gdelt.row(3, Actor1Name="CAF*"),
        gdelt.row(4, SOURCEURL="https://gazette.example/caf*"),
    ]
    events, receipt = taken_in(tmp_path, gdelt.text(rows).replace(b"*", b"\xe9"))
    assert events["actor_a"][2] == "CAF\N{REPLACEMENT CHARACTER}"
    assert receipt.dataset.rejected == 0
    assert list(receipt.dataset.remarks.values()) == [1, 1, 2]


def test_a_delay_makes_no_sense_where_the_source_says_when(tmp_path: Path):
    with pytest.raises(TableError, match="leave --delay out"):
        taken_in(tmp_path, gdelt.text([gdelt.row()]), delay=1)
    assert nothing_there(tmp_path / "events")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_blank_lines_change_nothing(tmp_path: Path, end: str):
    content = gdelt.text([gdelt.row(1), gdelt.row(2)], end)
    events, receipt = taken_in(tmp_path, content.replace(b"1\r", b"1\r") + end.encode() * 3)
    assert events["url"].to_list() == [gdelt.ROW["SOURCEURL"]] * 2
    assert (receipt.dataset.rows, receipt.dataset.rejected) == (2, 0)


def test_the_same_id_twice_counts_once(tmp_path: Path):
    rows = [gdelt.row(1), gdelt.row(2), gdelt.row(1, DATEADDED="20210101001500"), gdelt.row(3)]
    events, receipt = taken_in(tmp_path, gdelt.text(rows))
    assert events["row"].to_list() == [1, 2, 4]
    (fault,) = receipt.faults
    assert (fault.line, fault.column) == (3, "GLOBALEVENTID")
    assert receipt.dataset.first == date(2031, 5, 2)  # the row left out moves no bounds
    assert receipt.dataset.remarks == {}


# ------------------------------------------------------------------ files that are something else


@pytest.mark.parametrize(
    ("columns", "says"),
    [(58, "GDELT 1.0"), (57, "GDELT 1.0"), (16, "mentions"), (27, "Knowledge Graph"), (3, "")],
)
def test_tables_of_other_kinds_are_called_by_their_name(tmp_path: Path, columns: int, says: str):
    with pytest.raises(TableError, match=f"{columns} columns.*{says}"):
        taken_in(tmp_path, b"\t".join([b"1"] * columns) + b"\n")
    assert nothing_there(tmp_path / "events")


def test_a_ucdp_file_under_another_name_is_recognised(tmp_path: Path):
    with pytest.raises(TableError, match=r"no gdelt table.*--format ucdp-ged"):
        taken_in(tmp_path, ged.text([ged.row()]).encode())
    (tmp_path / "GEDEvent_v99_1.csv").write_bytes(gdelt.text([gdelt.row()]))
    with pytest.raises(TableError, match=r"no ucdp-ged table.*--format gdelt"):
        ingest(tmp_path / "GEDEvent_v99_1.csv", "ucdp-ged", tmp_path / "events")
    assert nothing_there(tmp_path / "events")


def test_as_parquet_with_its_own_names_it_is_the_same(tmp_path: Path):
    rows = [gdelt.row(1), gdelt.row(2, ActionGeo_Lat="", SOURCEURL="")]
    of_text, _ = taken_in(tmp_path, gdelt.text(rows))
    pl.DataFrame(rows).write_parquet(tmp_path / NAME)
    ingest(tmp_path / NAME, "gdelt", tmp_path / "other")
    assert read_events(tmp_path / "other").events.collect().equals(of_text)


# ------------------------------------------------------------------ cut off, and damaged lines


def test_a_last_line_without_its_end_was_cut_off(tmp_path: Path):
    content = gdelt.text([gdelt.row(n) for n in (1, 2, 3)])
    events, receipt = taken_in(tmp_path, content[:-3])
    assert events["row"].to_list() == [1, 2]
    (fault,) = receipt.faults
    assert (fault.line, fault.column) == (3, "SOURCEURL") and "cut off" in fault.what


@relaxed
@given(data=st.data())
def test_a_file_may_be_cut_anywhere(tmp_path: Path, data):
    content = gdelt.text([gdelt.row(n) for n in range(1, 5)])
    at = data.draw(st.integers(1, len(content) - 1))
    try:
        events, receipt = taken_in(tmp_path, content[:at])
    except (NothingReadable, TableError):
        assert at <= content.index(b"\n")
        return
    whole = content[:at].count(b"\n")
    assert events["row"].to_list() == list(range(1, whole + 1))
    assert receipt.dataset.rejected == (not content[:at].endswith(b"\n"))


@pytest.mark.parametrize("start", [b"x^", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"PK"])
def test_a_row_that_begins_like_something_packed_is_a_row(tmp_path: Path, start: bytes):
    """It decides what a file is at the beginning of the file, but not at that of a block."""
    rows = (
        gdelt.text([gdelt.row(1)]),
        start + gdelt.text([gdelt.row(2)]),
        gdelt.text([gdelt.row(3)]),
    )
    (tmp_path / "x.CSV").write_bytes(b"".join(rows))
    batches = list(csv_batches(tmp_path / "x.CSV", FORMAT, len(rows[0]) - 9))
    assert [row for batch in batches for row in batch.rows[ROW]] == [1, 3]
    (reject,) = (reject for batch in batches for reject in batch.rejects)
    assert (reject.row, reject.faults[0].column) == (2, "GLOBALEVENTID")


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r\x00"), max_size=12
)


@relaxed
@given(
    names=st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=12),
    block=st.integers(1, 3_000),
)
def test_texts_come_back_whatever_is_in_them(tmp_path: Path, names, block: int):
    rows = [
        gdelt.row(n, Actor1Name=a, ActionGeo_FullName=b, SOURCEURL=c)
        for n, (a, b, c) in enumerate(names)
    ]
    (tmp_path / "x.CSV").write_bytes(gdelt.text(rows))
    batches = list(csv_batches(tmp_path / "x.CSV", FORMAT, block))
    assert not any(batch.rejects for batch in batches)
    found = pl.concat(batch.rows for batch in batches)
    assert found.select("name_a", "place", "url").rows() == [
        tuple(text or None for text in told) for told in names
    ]


@relaxed
@given(
    junk=st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=80)), min_size=1, max_size=5),
    odd=st.binary(min_size=1, max_size=6),
    block=st.integers(1, 5_000),
)
def test_junk_harms_no_other_row_and_blocks_change_nothing(tmp_path: Path, junk, odd, block: int):
    """Lines of junk, and bytes of any kind in a name: the same in one block and in many."""
    plain = bytes(set(odd) - set(b"\t\n\r"))
    name = b"ODD" + plain
    lines = [
        line.replace(b"RURITANIA", name) for line in gdelt.text([gdelt.row(1)]).splitlines()
    ] + gdelt.text([gdelt.row(n) for n in range(2, 11)]).splitlines()
    extra = [(at, b"#" + bytes(set(what) - set(b"\n\r"))) for at, what in junk]
    for at, what in extra:
        lines.insert(at, what)
    file = tmp_path / "x.CSV"
    file.write_bytes(b"\n".join(lines) + b"\n")
    one, many = list(csv_batches(file, FORMAT)), list(csv_batches(file, FORMAT, block))
    rows = pl.concat(batch.rows for batch in many)
    assert rows.equals(pl.concat(batch.rows for batch in one))
    rejects = [reject for batch in many for reject in batch.rejects]
    assert rejects == [reject for batch in one for reject in batch.rejects]
    assert rows.height == 10 and len(rejects) == len(extra)
    assert set(rows["name_a"]) == {name.decode("utf-8", "replace"), "RURITANIA"}
    for reject in rejects:
        assert lines[reject.faults[0].line - 1].startswith(b"#")
    wanted = set(rows[ROW])
    for row, line, cells in csv_rows(file, FORMAT, wanted, block):
        assert lines[line - 1].startswith(cells["GLOBALEVENTID"].encode()) and row in wanted


@relaxed
@given(data=st.data())
def test_any_cell_may_hold_anything(tmp_path: Path, data):
    """Every row is either an event or named with its line; none is lost, none is counted twice."""
    rows = [gdelt.row(n) for n in range(1, 6)]
    for at in data.draw(st.sets(st.integers(0, 4), max_size=4)):
        for column in data.draw(st.sets(st.sampled_from(COLUMNS), min_size=1, max_size=3)):
            rows[at][column] = data.draw(texts)
    try:
        events, receipt = taken_in(tmp_path, gdelt.text(rows))
    except NothingReadable:
        return
    assert receipt.dataset.rows == 5
    kept = tmp_path / "events" / "gdelt-20310502001500.rejected.jsonl"
    lines = kept.read_text("utf-8").split("\n")[:-1] if receipt.dataset.rejected else []
    aside = [json.loads(line) for line in lines]
    assert sorted([*events["row"], *(each["row"] for each in aside)]) == [1, 2, 3, 4, 5]
    assert all(each["cells"] == rows[each["row"] - 1] for each in aside)
    for event in events.iter_rows(named=True):
        told = rows[event["row"] - 1]
        assert event["told_type"] == told["EventCode"]
        assert (event["url"] or "") == told["SOURCEURL"]
