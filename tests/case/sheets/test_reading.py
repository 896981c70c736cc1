"""A wrong sheet is refused with its file, the line and entry of each fault, and how to mend it."""

import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from foreshock.case.folder import digest_of, inspect_folder
from foreshock.case.sheets.kinds import KINDS
from foreshock.case.sheets.reading import read_sheet, read_sheets
from foreshock.case.template import copy_case
from foreshock.cli import app
from foreshock.core.errors import CaseError

SOURCE = Path(__file__).parents[2] / "cases" / "ilde-2011"

BARGAIN = """\
sheet: ford
kind: bargaining
title: Who gets the ford?
date: 2011-05-10
tests: A01
packages:
  - {id: all, text: Kestria has it.}
  - {id: half, text: They share it.}
  - {id: none, text: Morvia has it.}
players:
  - actor: kestria
    side: first
    cost: {low: 0.1, high: 0.3, source: K02}
    order: {order: all > half > none, assumed_by: the compilers}
  - actor: morvia
    side: second
    cost: {low: 0.1, high: 0.3, source: [M01, MM02, morv-mod], assumed_by: the compilers}
    utilities:
      all: {low: 0, high: 0.1, assumed_by: the compilers}
      half: {low: 0.3, high: 0.9, assumed_by: the compilers}
      none: {low: 1, high: 1, assumed_by: the compilers}
war:
  chance: {low: 0.4, high: 0.8, assumed_by: the compilers}
  first_wins: all
  second_wins: none
commitment:
  between: [kestria, morvia]
  later: {low: 0.5, high: 0.9, assumed_by: the compilers}
  discount: {low: 0.9, high: 1, assumed_by: the compilers}
private:
  asks: kestria
  answers: morvia
  highest_cost: {low: 0.2, high: 0.6, assumed_by: the compilers}
"""

RESTRAIN = """\
sheet: guns
kind: restraint
title: Can Aurelia hold Kestria back?
date: 2011-05-10
patron: aurelia
client: kestria
scale: 1 is all that it has
gain: {low: 0.1, high: 0.2, assumed_by: the compilers}
loss: {low: 0.1, high: 0.4, assumed_by: the compilers}
entrapment: {low: 0.1, high: 0.4, assumed_by: the compilers}
capabilities:
  - capability: arms
    value: {low: 0.2, high: 0.4, source: G06}
    substitutable: {low: 0, high: 0.5, assumed_by: the compilers}
    withdrawal: {low: 0, high: 0.5, assumed_by: the compilers}
"""

AFTER = """\
sheet: ford
kind: after
title: What became of it
date: 2011-05-20
happened:
  - {source: [Q1, R04], bears: for, text: The guns still stand there.}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    target = tmp_path / "ilde-2011"
    shutil.copytree(SOURCE, target)
    (target / "scenarios").mkdir()
    put(target, "ford", BARGAIN)
    return target


def put(case: Path, name: str, text: str) -> None:
    (case / "scenarios" / f"{name}.yaml").write_text(text, "utf-8")


def faults(case: Path) -> list[str]:
    return [str(fault) for fault in inspect_folder(case)[1]]


def test_right_sheets_are_read(case: Path):
    put(case, "guns", RESTRAIN)
    put(case, "ford.after", AFTER)
    assert faults(case) == []
    kinds = {placed.file: placed.sheet.kind for placed in read_sheets(case)}
    assert kinds == {
        "scenarios/ford.after.yaml": "after",
        "scenarios/ford.yaml": "bargaining",
        "scenarios/guns.yaml": "restraint",
    }
    assert read_sheet(case / "scenarios" / "guns.yaml").sheet.sheet == "guns"


WRONG = [
    ("low: 0.4, high: 0.8", "low: 0.8, high: 0.4", 23, "war.chance", "upside down"),
    ("low: 0.4, high: 0.8", "low: 0.4, high: 1.8", 23, "war.chance", "no probability"),
    ("low: 0.4, high: 0.8", "low: yes, high: 0.8", 23, "war.chance.low", "valid number"),
    ("low: 0.4, high: 0.8", "low: 0.4, high: .nan", 23, "war.chance.high",
     "'nan': input should be a finite number"),
    ("low: 0.1, high: 0.3, source: K02", "low: -0.1, high: 0.3, source: K02", 13,
     "players.0.cost", "less than nothing"),
    ("low: 0.1, high: 0.3, source: K02", "low: 0.1, high: 0.3", 13, "players.0.cost",
     "nothing says where it is from"),
    ("source: K02", "source: K92", 13, "players.0.cost.source", "no such source 'K92'"),
    ("source: K02", "source: Q1", 13, "players.0.cost.source", "no such source 'Q1'"),
    ("tests: A01", "tests: A91", 5, "tests", "no such source 'A91'"),
    ("all > half > none", "all > halve > none", 14, "players.0.order.order",
     "no such package 'halve'. Mend: write 'half'"),
    ("all > half > none", "all > none", 14, "players.0.order.order", "nothing is said of half"),
    ("all > half > none", "all > half > half > none", 14, "players.0.order.order", "stands twice"),
    ("      half: {low", "      halve: {low", 18, "players.1.utilities", "no such package 'halve'"),
    ("first_wins: all", "first_wins: al", 24, "war.first_wins", "write 'all'"),
    ("first_wins: all", "first_wins: none", 22, "war", "the same package"),
    ("side: second", "side: third", 16, "players.1.side", "'third'"),
    ("side: second", "side: first", 10, "players", "nobody is on the second side"),
    ("between: [kestria, morvia]", "between: [morvia, kestria]", 27, "commitment.between",
     "name the player of the first side first"),
    ("between: [kestria, morvia]", "between: [kestria]", 27, "commitment.between",
     "is not two ids. Mend: write two"),
    ("between: [kestria, morvia]", "between: kestria", 27, "commitment.between", "is not two ids"),
    ("answers: morvia", "answers: aurelia", 30, "private", "no such player 'aurelia'"),
    ("asks: kestria", "askes: kestria", 31, "private.askes", "unknown entry. Mend: write 'asks'"),
    ("    side: first\n", "", 11, "players.0.side", "is missing. Mend: add it"),
    ("title: Who", "title: Who\ntitle: Whose", 4, "", "title stands twice"),
    ("kind: bargaining", "kind: bargain", 2, "kind", "write 'bargaining'"),
    ("kind: bargaining\n", "", 0, "kind", "is missing"),
    ("sheet: ford", "sheet: fort", 1, "sheet", "write 'ford'"),
    ("date: 2011-05-10", "date: 2011-05-32", 4, "date", "2011-05-32"),
    ("  - {id: half", "  - {id: all", 8, "packages.1.id", "'all' stands twice"),
    ("They share it.}", "They share it., position: {low: 1, high: 1, source: K02}}", 6, "packages",
     "without all the others"),
    ("war:", "war: [", 24, "", "not YAML"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "line", "entry", "says"), WRONG)
def test_a_wrong_sheet_names_line_entry_and_mend(case, right, wrong, line, entry, says):
    assert right in BARGAIN
    put(case, "ford", BARGAIN.replace(right, wrong, 1))
    found = faults(case)
    where = f"scenarios/ford.yaml{f':{line}' if line else ''}{f', {entry}' if entry else ''}: "
    told = [fault for fault in found if fault.startswith(where)]
    assert told, found
    assert any(says in fault for fault in told), told


def test_check_names_what_is_wrong_and_nothing_is_reckoned_from_it(case: Path):
    put(case, "ford", BARGAIN.replace("low: 0.4, high: 0.8", "low: 0.8, high: 0.4"))
    result = CliRunner().invoke(app, ["check", str(case)])
    assert result.exit_code == 1
    assert "scenarios/ford.yaml:23, war.chance: the interval is upside down" in result.output
    with pytest.raises(CaseError, match="1 fault in the assumption sheets"):
        read_sheets(case)


def test_a_player_who_is_no_actor_of_the_case_is_named(case: Path):
    put(case, "ford", BARGAIN.replace("morvia", "morvin"))
    assert faults(case) == [
        "scenarios/ford.yaml:15, players.1.actor: no such actor 'morvin'. Mend: write 'morvia' or "
        "'morvian-army'."
    ]


def test_a_restraint_sheet_is_checked_too(case: Path):
    put(case, "guns", RESTRAIN.replace("client: kestria", "client: aurelia"))
    assert any("is its own patron" in fault for fault in faults(case))
    put(case, "guns", RESTRAIN + RESTRAIN.partition("capabilities:\n")[2])
    assert any("guns.yaml:16, capabilities.1" in fault for fault in faults(case))


def test_what_happened_stands_apart(case: Path):
    put(case, "fort.after", AFTER.replace("ford", "fort"))
    assert any("there is no sheet 'fort'" in fault for fault in faults(case))
    (case / "scenarios" / "fort.after.yaml").unlink()
    put(case, "ford", AFTER)
    assert any("end the file's name with .after.yaml" in fault for fault in faults(case))


def test_a_file_that_would_not_be_read_is_named(case: Path):
    (case / "scenarios" / "ford.yaml").rename(case / "scenarios" / "ford.yml")
    assert faults(case) == ["scenarios/ford.yml: is not read. Mend: name it ford.yaml."]


def test_sheets_belong_to_the_case(case: Path, tmp_path: Path):
    before = digest_of(case)
    put(case, "ford", BARGAIN.replace("0.4", "0.5"))
    assert digest_of(case) != before
    copy_case(str(case), tmp_path / "copy")
    copied = (tmp_path / "copy" / "scenarios" / "ford.yaml").read_text("utf-8")
    assert copied == (case / "scenarios" / "ford.yaml").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_of_every_kind_is_described(kind: str):
    seen = set()

    def look(schema: dict, name: str) -> None:
        for entry, about in schema.get("properties", {}).items():
            assert about.get("description") or entry in {"kind", "source"}, f"{name}.{entry}"
            seen.add(entry)

    schema = KINDS[kind].model_json_schema()
    look(schema, kind)
    for name, part in schema.get("$defs", {}).items():
        look(part, name)
    assert seen


@pytest.mark.parametrize(
    "text",
    ["", "[]", "- a", "a: &a [*a]", "kind: [bargaining]", "kind: {a: b}", "\0", "kind: bargaining"],
)
def test_anything_else_is_refused_too(case: Path, text: str):
    put(case, "ford", text)
    assert faults(case)


def test_every_line_left_out_is_a_fault_or_a_sheet(case: Path):
    lines = BARGAIN.splitlines(keepends=True)
    for at in range(len(lines)):
        text = "".join(lines[:at] + lines[at + 1 :])
        put(case, "ford", text)
        try:
            (placed,) = read_sheets(case)
        except CaseError as error:
            assert all("ford.yaml" in fault for fault in error.faults)
        else:
            assert placed.sheet.sheet == yaml.safe_load(text)["sheet"]
