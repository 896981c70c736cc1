"""CSV is read the same in blocks of any size, and a fault harms no row but its own."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.observe import ged

from foreshock.observe.csv_batches import csv_batches, csv_columns, csv_rows
from foreshock.observe.layout import ROW, Cell, Format, whole, word

COLUMNS = ["n", "note", "name"]

SMALL = Format(
    name="small",
    title="A table of the tests' own",
    licence="none",
    citation="",
    url="",
    redistribution=True,
    delay_days=0,
    delay_about="",
    shape="n, note, name",
    release=lambda name: "",
    cells=(Cell("name", "name", word, "a name"), Cell("n", "n", whole, "a count")),
)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=12)
names = texts.filter(lambda text: text != "")
relaxed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=40,
)


def written(rows: list[tuple[int, str, str]], quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue().encode()


def read(content: bytes, folder: Path, block: int = 2**20) -> tuple[list[tuple], list]:
    file = folder / "small.csv"
    file.write_bytes(content)
    batches = list(csv_batches(file, SMALL, block))
    rows = [row for batch in batches for row in batch.rows.select(ROW, "n", "name").rows()]
    return rows, [reject for batch in batches for reject in batch.rejects]


quotings = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
tables = st.lists(st.tuples(st.integers(0, 10**9), texts, names), min_size=1, max_size=30)


@relaxed
@given(rows=tables, quoting=quotings, block=st.integers(1, 200))
def test_what_was_written_is_read_in_blocks_of_any_size(tmp_path, rows, quoting, block):
    found, rejects = read(written(rows, quoting), tmp_path, block)
    assert found == [(at, n, name) for at, (n, _, name) in enumerate(rows, 1)]
    assert rejects == []


@relaxed
@given(rows=tables, block=st.integers(1, 200), data=st.data())
def test_a_row_at_fault_is_named_with_its_line_whatever_the_blocks(tmp_path, rows, block, data):
    bad = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1))
    content = written([(-1 if at in bad else n, *rest) for at, (n, *rest) in enumerate(rows)])
    found, rejects = read(content, tmp_path, block)
    assert [row for row, _, _ in found] == [at + 1 for at in range(len(rows)) if at not in bad]
    assert [reject.row for reject in rejects] == [at + 1 for at in sorted(bad)]
    lines = content.decode().split("\n")
    for reject in rejects:
        assert lines[reject.faults[0].line - 1].startswith("-1,")
        assert reject.cells["name"] == rows[reject.row - 1][2]
        assert reject.faults[0].column == "n"
    looked_up = csv_rows(tmp_path / "small.csv", SMALL, {at + 1 for at in bad}, block)
    assert [(row, line) for row, line, _ in looked_up] == [
        (reject.row, reject.faults[0].line) for reject in rejects
    ]


plain = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@relaxed
@given(
    rows=st.lists(st.tuples(st.integers(0, 999), plain, plain), min_size=2, max_size=20),
    quoting=quotings,
    block=st.integers(1, 200),
    data=st.data(),
)
def test_a_stray_quote_harms_no_other_row(tmp_path, rows, quoting, block, data):
    lines = written(rows, quoting).decode().splitlines()
    at = data.draw(st.integers(1, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[at])))
    lines[at] = lines[at][:place] + '"' + lines[at][place:]
    found, rejects = read("\n".join(lines).encode(), tmp_path, block)
    others = [(row, n, name) for row, (n, _, name) in enumerate(rows, 1) if row != at]
    assert [each for each in found if each[0] != at] == others
    assert len(found) + len(rejects) == len(rows)


@relaxed
@given(
    rows=st.lists(st.tuples(st.integers(0, 999), plain, plain), min_size=2, max_size=20),
    block=st.integers(1, 200),
    junk=st.binary(min_size=1, max_size=40),
    data=st.data(),
)
def test_junk_in_a_line_harms_no_other_row(tmp_path, rows, block, junk, data):
    lines = written(rows).splitlines()
    at = data.draw(st.integers(1, len(lines) - 1))
    lines[at] = junk.replace(b"\n", b"").replace(b"\r", b"") or b"x"
    found, rejects = read(b"\n".join(lines), tmp_path, block)
    others = [(row, n, name) for row, (n, _, name) in enumerate(rows, 1) if row != at]
    assert [each for each in found if each[0] != at] == others
    assert len(found) + len(rejects) == len(rows)


def test_a_cell_with_an_inch_sign_is_read(tmp_path: Path):
    rows, rejects = read(b'n,note,name\n1,5" gun,"a"\n2,"5"" gun",b\n', tmp_path)
    assert (rows, rejects) == ([(1, 1, "a"), (2, 2, "b")], [])


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path):
    long = 3 * 2**20
    rows, rejects = read(b"n,note,name\n1,x,a\n" + b"y" * long, tmp_path, block=100)
    assert rows == [(1, 1, "a")]
    assert 2 <= len(rejects) <= 4 and all(len(reject.text) < long / 2 for reject in rejects)


def test_an_open_quote_with_a_thousand_rows_behind_it(tmp_path: Path):
    rows = [(n, "x", "a") for n in range(5_000)]
    lines = written(rows).decode().splitlines()
    lines[7] = '6,"x,a'
    found, rejects = read("\n".join(lines).encode(), tmp_path, block=1_000)
    assert len(found) == 4_999 and [reject.faults[0].line for reject in rejects] == [8]


@pytest.mark.parametrize("header", [b"", b"\xff\xfe", b'"open', b"\n"])
def test_no_header_is_no_columns(tmp_path: Path, header: bytes):
    (tmp_path / "x.csv").write_bytes(header)
    assert set(csv_columns(tmp_path / "x.csv", SMALL)) <= {"", "open"}


def test_a_value_is_never_taken_from_the_next_column(tmp_path: Path):
    """Every way of reading gives the same: at once, or row by row because of a fault elsewhere."""
    rows = [ged.row(n, side_b=f'Front "{n}", north', source_headline="a\nb") for n in range(1, 9)]
    from foreshock.observe.readers.events.ucdp_ged import FORMAT

    (tmp_path / "good.csv").write_text(ged.text(rows))
    (tmp_path / "bad.csv").write_text(ged.text([*rows, ged.row(9, best="x")]))
    good, bad = (
        pl.concat(batch.rows for batch in csv_batches(tmp_path / name, FORMAT))
        for name in ("good.csv", "bad.csv")
    )
    assert good.equals(bad)
