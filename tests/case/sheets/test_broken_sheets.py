"""However a sheet is broken, it is refused with faults or read: nothing else is ever raised."""

import copy
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from foreshock.case.marked import read_marked
from foreshock.case.sheets.reading import check_sheets, inspect_sheet

CASES = Path(str(resources.files("foreshock") / "cases"))
SHEETS = {file.name: read_marked(file).values for file in CASES.glob("*/scenarios/*.yaml")}
KNOWN: dict[str, list[str]] = {"actor": [], "place": [], "country": []}
ENDLESS = "without end"
"""Stands for a number too long to be written out."""

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.just(ENDLESS),
    st.text(st.characters(exclude_categories=["C"]), max_size=5),
    st.sampled_from([[], {}, ["a"], ["a", "a"], ["a", "b", "c"], [["a"]], {"a": "b"}, {1: 2}]),
)


def entries(value: Any) -> Iterator[tuple[Any, Any]]:
    """Give every list and mapping within a sheet, once for each of its keys."""
    if isinstance(value, dict | list):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield value, key
            yield from entries(below)


def tell(folder: Path, name: str, values: object) -> list[str]:
    """Write a sheet, read it and tell its faults."""
    file = folder / name
    file.write_text(yaml.safe_dump(values).replace(ENDLESS, f"0x{16**5000:x}"), "utf-8")
    placed, faults = inspect_sheet(file, name)
    assert placed or faults
    faults += check_sheets([placed], KNOWN, [], []) if placed else []
    return [str(each) for each in faults]


@given(data=st.data(), name=st.sampled_from(sorted(SHEETS)))
def test_any_entry_may_be_anything(tmp_path_factory, data, name):
    values = copy.deepcopy(SHEETS[name])
    for _ in range(data.draw(st.integers(1, 3))):
        within, key = data.draw(st.sampled_from(list(entries(values))))
        if data.draw(st.booleans()):
            within[key] = copy.deepcopy(data.draw(VALUES))
        elif isinstance(within, list):
            within.insert(key, copy.deepcopy(within[key]))
        else:
            within[data.draw(st.text("abc", max_size=2))] = within.pop(key)
    tell(tmp_path_factory.getbasetemp(), name, values)


def test_every_list_may_be_shorter_or_longer(tmp_path):
    for name, values in SHEETS.items():
        lists = [at for at, (within, key) in enumerate(entries(values))
                 if isinstance(within[key], list)]  # fmt: skip
        for at in lists:
            for change in (list.pop, list.clear, lambda each: each.append(each[0])):
                broken = copy.deepcopy(values)
                within, key = list(entries(broken))[at]
                change(within[key])
                assert tell(tmp_path, name, broken)


def test_aliases_that_stand_for_millions_of_entries_are_not_written_out(tmp_path):
    lines = ["x0: &x0 [a, a, a, a, a, a, a, a, a, a]"]
    lines += [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, 10)]
    file = tmp_path / "endless.yaml"
    file.write_text("\n".join([*lines, "kind: what-if", "title: *x9"]), "utf-8")
    _, faults = inspect_sheet(file, file.name)
    assert any("title: a list: input should be a valid string" in str(each) for each in faults)
