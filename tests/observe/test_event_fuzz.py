"""Damage of every kind to event tables: a row at fault is named and kept aside, the rest goes on.

The same properties for each format, on files that are made here with the quirks that its publisher
is known for.
"""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.observe import acled, ged

from foreshock.core.errors import NothingReadable, TableError
from foreshock.evidence.datasets import registered
from foreshock.evidence.published import read_events
from foreshock.observe.declaring import declared
from foreshock.observe.formats import find_format
from foreshock.observe.ingest import Receipt, ingest

relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=8,
    deadline=None,
)

INCIDENTS = """\
name = "incidents"
title = "Incidents in Gondal"
licence = "CC BY 4.0"
citation = "Field office"
redistribution = true
delay_days = 3
delay_about = "entered within three days"
[columns]
event_id = "ref"
start = "day"
type = { column = "kind", means = { shelling = "ASSAULT", march = "PROTEST" } }
actor_a = "who"
deaths = "killed"
lat = "lat"
"""


def incident(number: int, **changed: str) -> dict[str, str]:
    return {
        "ref": f"G{number}",
        "day": f"2031-05-{1 + number % 28:02}",
        "note": 'said "no", and\nthat was that' if number % 3 else "",
        "kind": "march" if number % 2 else "shelling",
        "who": "Army, First",
        "killed": str(number),
        "lat": "50.25",
        "end": "x",
    } | changed


@dataclass(frozen=True)
class Kind:
    """A format, with files of it."""

    name: str
    file: str
    key: str
    row: Callable[[int], dict[str, str]]

    def layout(self, folder: Path):
        return find_format(self.name, self.columns(folder))

    def columns(self, folder: Path) -> Path | None:
        if self.name != "table":
            return None
        file = folder / "incidents.toml"
        file.write_text(INCIDENTS)
        return file

    def rows(self, number: int) -> list[dict[str, str]]:
        return [self.row(n) for n in range(1, number + 1)]

    def text(self, rows, columns: list[str] | None = None, **form) -> str:
        columns = list(self.row(1)) if columns is None else columns
        return acled.text(rows, columns, **form)

    def take(self, folder: Path, content: str | bytes) -> tuple[pl.DataFrame, Receipt]:
        file = folder / self.file
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        said = declared(retrieved="2031-06-01", columns=self.columns(folder))
        receipt = ingest(file, self.name, folder / "events", said)
        return read_events(folder / "events" / receipt.dataset.table).events.collect(), receipt


KINDS = [
    Kind("acled", "export.csv", "event_id_cnty", acled.row),
    Kind("acled", "before-2023.csv", "event_id_cnty", lambda n: acled.as_old(acled.row(n))),
    Kind("ucdp-ged", "GEDEvent_v24_1.csv", "id", ged.row),
    Kind("table", "incidents.csv", "ref", incident),
]  # fmt: skip
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.file)
forms = st.fixed_dictionaries(
    {
        "quoting": st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
        "end": st.sampled_from(["\n", "\r\n"]),
    }
)


def check(folder: Path, receipt: Receipt, events: pl.DataFrame) -> list[dict]:
    """What holds of every ingest: rows are counted, a rejected one is kept with its place."""
    dataset = receipt.dataset
    assert dataset.rows == dataset.events + dataset.rejected and dataset.events == events.height
    assert registered(folder / "events")[dataset.id] == dataset
    aside = folder / "events" / f"{dataset.id}.rejected.jsonl"
    kept = (
        [json.loads(line) for line in aside.read_text("utf-8").split("\n")[:-1]]
        if dataset.rejected
        else []
    )
    assert len(kept) == dataset.rejected and aside.exists() == bool(kept)
    for each in kept:
        assert each["file"] == dataset.file and each["line"] >= 2 and each["faults"]
    assert sorted([*events["row"], *(each["row"] for each in kept)]) == list(
        range(1, dataset.rows + 1)
    )
    return kept


def nothing_there(folder: Path) -> bool:
    return not registered(folder) and not list(folder.glob("**/*.parquet"))


# ------------------------------------------------------------------ the header


@each_kind
@relaxed
@given(data=st.data())
def test_columns_in_any_order_with_others_between(tmp_path, kind: Kind, data):
    rows = kind.rows(4)
    plain, _ = kind.take(tmp_path, kind.text(rows))
    columns = data.draw(st.permutations([*rows[0], "more", "and more"]))
    content = data.draw(st.sampled_from(["", "\ufeff"])) + kind.text(
        [row | {"more": '"', "and more": "\n"} for row in rows], columns, **data.draw(forms)
    )
    events, receipt = kind.take(tmp_path, content)
    assert check(tmp_path, receipt, events) == [] and events.equals(plain)


@each_kind
def test_a_column_that_is_missing_renamed_or_there_twice(tmp_path, kind: Kind):
    rows, layout = kind.rows(2), kind.layout(tmp_path)
    for column in layout.needed:
        without = [name for name in rows[0] if name != column]
        for columns in (without, [*without, column.upper() + "_"], [*rows[0], column]):
            with pytest.raises(TableError, match=column):
                kind.take(tmp_path, kind.text(rows, columns))
    assert nothing_there(tmp_path / "events")


# ------------------------------------------------------------------ a cell


hostile = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(
        [
            *("", " ", "-1", "1,000", "1.000,5", "1e999", "nan", "inf", "0x10", "९", "½", "None"),
            *("2031-02-30", "31/02/2031", "0000-00-00", "99999-01-01", "=1+1", "\x00", "\ufeff"),
            *('"', '""', '","', "\n", "\r", "\r\n", "a\n\nb", ",,,", "9" * 400, "\x1b[31m"),
        ]
    ),
)  # fmt: skip


@each_kind
@relaxed
@given(data=st.data())
def test_junk_in_a_cell_harms_no_other_row(tmp_path, kind: Kind, data):
    rows = kind.rows(5)
    plain, _ = kind.take(tmp_path, kind.text(rows))
    column = data.draw(st.sampled_from(kind.layout(tmp_path).columns))
    at = data.draw(st.integers(0, 4))
    rows[at] = rows[at] | {column: data.draw(hostile)}
    ids = [row[kind.key] for row in rows]
    assume(ids.count(ids[at]) == 1)  # that an id may not come twice is tested elsewhere
    content = kind.text(rows, **data.draw(forms))
    events, receipt = kind.take(tmp_path, content)
    kept = check(tmp_path, receipt, events)
    # The row alone is at fault; in pieces, if it has line ends and falls apart.
    assert len(kept) <= 1 + sum(cell.count("\n") for cell in rows[at].values())
    for each in kept:
        assert {fault["column"] for fault in each["faults"]} <= {"", *rows[0]}
    others = pl.col("event_id").is_in([each for each in ids if each != ids[at]])
    untouched = plain.filter(pl.col("row") != at + 1)
    assert events.filter(others).drop("row").equals(untouched.drop("row"))


@each_kind
@relaxed
@given(data=st.data())
def test_all_that_a_rejected_row_said_is_kept(tmp_path, kind: Kind, data):
    """Whatever makes it unreadable, its cells can be had from the file of rejected rows."""
    rows = kind.rows(3)
    cell = data.draw(st.sampled_from([c for c in kind.layout(tmp_path).cells if c.required]))
    assume(cell.column != kind.key)
    rows[1] = rows[1] | {cell.column: ""}
    events, receipt = kind.take(tmp_path, kind.text(rows, **data.draw(forms)))
    (kept,) = check(tmp_path, receipt, events)
    assert {name: kept["cells"][name] for name in rows[1]} == rows[1]


# ------------------------------------------------------------------ bytes


damage = st.one_of(
    st.binary(min_size=1, max_size=6),
    st.sampled_from([b'"', b"\n", b"\r\n", b",", b"\x00", b"\xff\xfe", b'","', b"\xe9"]),
)


@each_kind
@relaxed
@given(data=st.data())
def test_bytes_put_in_or_taken_out_harm_few_rows_and_no_count(tmp_path, kind: Kind, data):
    rows = kind.rows(12)
    content = kind.text(rows, quoting=csv.QUOTE_ALL).encode()
    plain, _ = kind.take(tmp_path, content)
    head = content.index(b"\n") + 1
    place = data.draw(st.integers(head, len(content)))
    gone = data.draw(st.integers(0, 3))
    damaged = content[:place] + data.draw(damage) + content[place + gone :]
    try:
        events, receipt = kind.take(tmp_path, damaged)
    except NothingReadable:
        pytest.fail("all rows were lost")
    check(tmp_path, receipt, events)
    by_id = {event["event_id"]: event for event in plain.drop("row").to_dicts()}
    same = [
        event for event in events.drop("row").to_dicts() if by_id.get(event["event_id"]) == event
    ]
    assert len(same) >= len(rows) - 3


@each_kind
@relaxed
@given(data=st.data())
def test_a_file_that_is_cut_off_anywhere_tells_the_rows_before(tmp_path, kind: Kind, data):
    rows = kind.rows(6)
    content = kind.text(rows, quoting=csv.QUOTE_ALL).encode()
    plain, _ = kind.take(tmp_path, content)
    place = data.draw(st.integers(content.index(b"\n") + 1, len(content)))
    try:
        events, receipt = kind.take(tmp_path, content[:place])
    except NothingReadable:
        assert kind.text(rows[:1]).encode() not in content[:place]
        return
    kept = check(tmp_path, receipt, events)
    whole = next(
        n for n in range(len(rows), -1, -1)
        if content.startswith(kind.text(rows[:n], quoting=csv.QUOTE_ALL).encode())
        and len(kind.text(rows[:n], quoting=csv.QUOTE_ALL).encode()) <= place
    )  # fmt: skip
    assert events.head(whole).equals(plain.head(whole))
    # The row that was cut is kept aside, in pieces if it had line ends, unless all of it is there.
    assert events.height <= whole + 1 and events.equals(plain.head(events.height))
    assert bool(kept) or events.height + receipt.dataset.rejected >= whole


@each_kind
@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("utf-16", "in UTF-16.*save it as CSV UTF-8"),
        ("utf-16-le", "in UTF-16LE.*iconv -f UTF-16LE"),
        ("utf-16-be", "in UTF-16BE"),
        ("utf-32", "in UTF-32"),
        ("cp500", "no .* table"),
    ],
)
def test_a_file_in_another_encoding_is_refused(tmp_path, kind: Kind, encoding: str, says: str):
    with pytest.raises(TableError, match=says):
        kind.take(tmp_path, kind.text(kind.rows(2)).encode(encoding))
    assert nothing_there(tmp_path / "events")


@each_kind
@relaxed
@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused(tmp_path, kind: Kind, content: bytes):
    with pytest.raises(TableError):
        kind.take(tmp_path, content)
    assert nothing_there(tmp_path / "events")


@each_kind
@pytest.mark.parametrize("start", [b"x^", b"x\x01", b"x\x9c", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"])
def test_a_row_that_begins_like_a_packed_file_is_a_row(tmp_path, kind: Kind, start: bytes):
    """Libraries that unpack by the first bytes must not do so within a table."""
    rows = kind.rows(3)
    first = next(iter(rows[0]))
    rows[0] = rows[0] | {first: "HERE" + rows[0][first]}
    content = kind.text(rows, quoting=csv.QUOTE_MINIMAL).encode().replace(b"HERE", start)
    events, receipt = kind.take(tmp_path, content)
    check(tmp_path, receipt, events)
    assert events.filter(pl.col("row") > 1).height == 2


# ------------------------------------------------------------------ releases beside each other


def test_a_candidate_release_stands_beside_the_yearly_one(tmp_path: Path):
    """The yearly one tells the month of the candidate anew; they are not merged."""
    for name, rows in (
        ("GEDEvent_v24_0_10.csv", [ged.row(9, date_start="2024-10-05", date_end="2024-10-05")]),
        ("GEDEvent_v24_0_11.csv", [ged.row(9, date_start="2024-11-05", date_end="2024-11-05")]),
        ("GEDEvent_v25_1.csv", [ged.row(n, date_end="2031-05-02") for n in (1, 2)]),
    ):
        Kind("ucdp-ged", name, "id", ged.row).take(tmp_path, "\ufeff" + ged.text(rows))
    known = registered(tmp_path / "events")
    assert {key: (each.release, each.events) for key, each in known.items()} == {
        "ucdp-ged-24.0.10": ("24.0.10", 1),
        "ucdp-ged-24.0.11": ("24.0.11", 1),
        "ucdp-ged-25.1": ("25.1", 2),
    }
    with pytest.raises(TableError, match="holds 3 datasets"):
        read_events(tmp_path / "events")
