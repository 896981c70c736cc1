"""A declaration is read with the line of each entry, so that a fault is found where it stands."""

from pathlib import Path

import pytest

from foreshock.case.marked import LARGEST, read_marked
from foreshock.core.errors import TableError

TOML = """\
# a comment = 1
name = "incidents"
"quoted name" = 1

[file]
separator = ";"

[columns]
start = "Day"
type = { column = "Kind", means = { a = "ASSAULT" } }
columns.deep = 1

[columns.mode]   # by kind
column = "Kind"
means."two words" = "demo"
note = '''
start = no entry
'''
"""

YAML = """\
# a comment: 1
name: incidents
file:
  separator: ";"
columns:
  start: Day
  type:
    column: Kind
    means: {a: ASSAULT, 1: PROTEST}
"""


def marked(folder: Path, name: str, text: str | bytes):
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_marked(file)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_lines_of_toml(tmp_path: Path, start: str, end: str):
    found = marked(tmp_path, "a.toml", start + TOML.replace("\n", end))
    assert found.values["columns"]["type"]["means"] == {"a": "ASSAULT"}
    assert found.line("name") == 2 and found.line("quoted name") == 3
    assert found.line("file", "separator") == 6
    assert found.line("columns", "start") == 9
    assert found.line("columns", "type", "means", "a") == 10  # the line of what holds it
    assert found.line("columns", "mode", "means", "two words") == 15
    assert found.line("nothing") == 0


def test_lines_of_yaml(tmp_path: Path):
    found = marked(tmp_path, "a.yaml", YAML)
    assert found.line("file", "separator") == 4
    assert found.line("columns", "type", "means", 1) == 9
    assert found.line("columns", "end") == 5


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.json", "{}", "neither TOML nor YAML"),
        ("a.toml", "name = \nb = 1\n", "line 1"),
        ("a.toml", "a = 1\na = 2\n", "not TOML"),
        ("a.toml", b"a = 'caf\xe9'", "not UTF-8"),
        ("a.toml", "x" * (LARGEST + 1), "larger than"),
        ("a.toml", "a = " + "[" * 10_000, "not TOML"),
        ("a.yaml", "a: [1", "a.yaml:1: not YAML"),
        ("a.yaml", "a: 1\nb: 2\na: 3\n", "a.yaml:3: a stands twice"),
        ("a.yaml", "- 1\n- 2\n", "no names"),
        ("a.yaml", "", "no names"),
        ("a.yaml", "a: !!python/object/apply:os.getcwd []", "not YAML"),
        ("a.yaml", "a: " + "[" * 10_000, "not YAML"),
    ],
)
def test_what_is_no_declaration(tmp_path: Path, name: str, text: str | bytes, says: str):
    with pytest.raises(TableError, match=says):
        marked(tmp_path, name, text)


def test_aliases_are_not_multiplied(tmp_path: Path):
    """Each of thirty lines names the one before it nine times: nine to the thirtieth entries."""
    lines = ["a0: &a0 {x: 1}"]
    for n in range(1, 31):
        lines.append(f"a{n}: &a{n} {{" + ", ".join(f"k{m}: *a{n - 1}" for m in range(9)) + "}")
    found = marked(tmp_path, "a.yaml", "\n".join(lines))
    assert found.line("a30") == 31
