"""Cells that a spreadsheet cannot run as formulas, and that read back unchanged."""

import csv
import io
import re
import shutil
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from typer.testing import CliRunner

from foreshock.case.columns import clean
from foreshock.case.schema import SourceRow
from foreshock.case.tables import read_table
from foreshock.cli import app
from foreshock.core.errors import ForeshockError
from foreshock.evidence.cells import guard, unguard, write_csv

SOURCE = Path(__file__).parent / "ilde-2011"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")

TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="'=+-@\t\r\n\"a1., ＝＋", max_size=8),
    st.from_regex(r"'{0,3}[=+\-@]?[0-9.eE+-]{0,6}", fullmatch=True),
)


def is_safe(cell: str) -> bool:
    return not cell.startswith(FORMULA) or NUMBER.fullmatch(cell) is not None


@given(TEXTS)
@example("'=1")
@example("''''@x")
@example("-1")
@example("-1e5")
@example("'-1")
@example("")
def test_a_guarded_cell_is_safe_and_reads_back(text):
    assert is_safe(guard(text))
    assert unguard(guard(text)) == text


@given(TEXTS)
def test_guarding_leaves_other_text_alone(text):
    if is_safe(text) and not text.startswith("'"):
        assert guard(text) == text
        assert unguard(text) == text


def _is_clean(text: str) -> bool:
    try:
        clean(text)
    except ForeshockError:
        return False
    return True


CLEAN = TEXTS.map(str.strip).filter(lambda text: bool(text) and _is_clean(text))


def test_a_written_table_reads_back(tmp_path):
    file = tmp_path / "sources.csv"

    @given(st.lists(st.tuples(CLEAN, st.one_of(st.just(""), CLEAN)), min_size=1, max_size=4))
    def holds(told):
        rows = [
            {"id": f"s{n}", "name": name, "lean": lean, "reliability": "C"}
            for n, (name, lean) in enumerate(told)
        ]
        file.write_text(write_csv(["id", "name", "lean", "reliability"], rows), "utf-8", newline="")
        read, faults = read_table(file, SourceRow)
        assert faults == []
        assert [(placed.row.name, placed.row.lean) for placed in read] == told

    holds()


WRITTEN = TEXTS.filter(lambda text: "\0" not in text and "\r" not in text)


@given(st.lists(st.tuples(WRITTEN, WRITTEN), max_size=4))
def test_any_text_reads_back(told):
    text = write_csv(["a", "b"], [{"a": a, "b": b} for a, b in told])
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == ["a", "b"]
    assert [tuple(map(unguard, row)) for row in rows] == told


FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "'=1", "''@x", "－1", '=1,"2"')


def test_an_export_is_safe_and_goes_back_in(tmp_path):
    def foreshock(*words: object) -> None:
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exit_code == 0, result.output

    case = tmp_path / "ilde-2011"
    shutil.copytree(SOURCE, case)
    for name, column in (("claims.csv", "summary"), ("reports.csv", "title")):
        with (case / name).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows):
            row[column] = FORMULAS[number % len(FORMULAS)] + f" {number}"
        # As a spreadsheet would write it: unguarded, and so read as it stands, or as we write it.
        (case / name).write_text(write_csv(list(rows[0]), rows), "utf-8", newline="")
    foreshock("export", case, "-o", tmp_path / "out.csv", "--as-of", "2011-05-24")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if not is_safe(cell)] == []
    assert any(cell.startswith("'=cmd") for cell in cells)

    empty = tmp_path / "empty-case"
    shutil.copytree(case, empty)
    about = (empty / "case.yaml").read_text("utf-8")
    (empty / "case.yaml").write_text(about.replace("name: ilde-2011", "name: empty-case"), "utf-8")
    lines = (empty / "claims.csv").read_text("utf-8").splitlines(keepends=True)
    (empty / "claims.csv").write_text("".join(lines[:2]), "utf-8")
    foreshock("add", empty, tmp_path / "out.csv", "--yes")
    foreshock("export", empty, "-o", tmp_path / "again.csv", "--as-of", "2011-05-24")
    assert (tmp_path / "again.csv").read_text("utf-8") == (tmp_path / "out.csv").read_text("utf-8")
