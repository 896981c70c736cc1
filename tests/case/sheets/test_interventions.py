"""What is wrong in a what-if is told with file, line, entry and how to mend it."""

from pathlib import Path

import pytest

from foreshock.case.sheets.interventions import WhatIf
from foreshock.case.sheets.reading import check_sheets, inspect_sheet

GOOD = """\
sheet: whatif-truce
kind: what-if
title: What if there were a truce?
date: 2031-05-01
interventions:
  - id: truce
    text: A truce is called.
    from_day: 5
    holds: {low: 0.2, high: 0.6, source: [C7], estimated: two of five held}
    fighting:
      - pairs: [[gondal, ruritania]]
        factor: {low: 0.2, high: 0.5, assumed_by: the compilers}
    control:
      - by: [gondal]
        factor: {low: 0, high: 0.5, assumed_by: the compilers}
    border:
      - to: angria
        share: {low: 0.1, high: 0.3, assumed_by: the compilers}
"""
KNOWN = {
    "actor": ["gondal", "ruritania"],
    "place": ["angria", "verdopolis"],
    "country": ["angria"],
}


def faults(folder: Path, text: str) -> list[str]:
    file = folder / "whatif-truce.yaml"
    file.write_text(text, "utf-8")
    placed, found = inspect_sheet(file, "scenarios/whatif-truce.yaml")
    return [
        str(each) for each in (*found, *check_sheets([placed] if placed else [], KNOWN, ["C7"], []))
    ]


def test_a_good_one_has_no_fault(tmp_path: Path):
    assert faults(tmp_path, GOOD) == []
    placed, _ = inspect_sheet(tmp_path / "whatif-truce.yaml", "whatif-truce.yaml")
    assert isinstance(placed.sheet, WhatIf)
    assert placed.sheet.interventions[0].fighting[0].series == ("gondal>ruritania",)


@pytest.mark.parametrize(
    ("old", "new", "line", "entry", "what", "mend"),
    [
        ("low: 0.2, high: 0.5", "low: 0.5, high: 0.2", 12, "fighting.0.factor",
         "upside down", "exchange low and high"),
        ("low: 0.1, high: 0.3", "low: 0.1, high: 1.3", 18, "border.0.share",
         "no probability", "from 0 to 1"),
        ("low: 0.2, high: 0.5", "low: 0.2, high: 50", 12, "fighting.0.factor",
         "a factor of 50", "from 0 to 20"),
        ("low: 0, high", "low: -1, high", 15, "control.0.factor", "less than nothing", "0 or more"),
        ("high: 0.5, assumed_by: the compilers}\n    border", "high: 0.5}\n    border", 15,
         "control.0.factor", "nothing says where it is from", "source or assumed_by"),
        ("source: [C7], estimated", "assumed_by: us, estimated", 9, "holds",
         "estimated from no source", "give it source"),
        ("[[gondal, ruritania]]", "[[gondal, ruritnia]]", 11, "fighting.0.pairs.0.1",
         "no such actor 'ruritnia'", "write 'ruritania'"),
        ("to: angria", "to: angra", 17, "border.0.to", "no such country 'angra'", "'angria'"),
        ("to: angria", "to: verdopolis", 17, "border.0.to", "no such country 'verdopolis'",
         "name a place of kind country"),
        ("[[gondal, ruritania]]", "[[gondal]]", 11, "pairs.0", "is not two ids", "write two"),
        ("[[gondal, ruritania]]", "[gondal]", 11, "pairs.0", "is not two ids", "write two"),
        ("[[gondal, ruritania]]", "[[gondal, a, b]]", 11, "pairs.0", "is not two ids", ""),
        ("[[gondal, ruritania]]", "[[gondal, gondal]]", 11, "pairs.0",
         "'gondal' stands on both sides", "name two"),
        ("from_day: 5", "from_day: 5\n    when: {pairs: [[gondal]], measure: deaths, at_least: 1}",
         9, "when.pairs.0", "is not two ids", "write two"),
        ("low: 0.1", "low: .nan", 18, "border.0.share.low", "a finite number", ""),
        ("source: [C7]", "source: [C8]", 9, "holds.source", "no such source 'C8'", "name a claim"),
        ("from_day: 5", "from_day: 0", 8, "from_day", "greater than or equal to 1", ""),
        ("from_day: 5", "form_day: 5", 8, "form_day", "unknown entry", "write 'from_day'"),
        ("kind: what-if", "kind: whatif", 2, "kind", "unknown kind", "write 'what-if'"),
        ("    text: A truce is called.\n", "", 6, "text", "is missing", "add it"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(
    tmp_path: Path, old: str, new: str, line: int, entry: str, what: str, mend: str
):
    assert old in GOOD
    found = faults(tmp_path, GOOD.replace(old, new, 1))
    told = [each for each in found if f":{line}, " in each and entry in each]
    assert told, found
    assert what in told[0].lower() or what in told[0]
    assert mend in told[0]


def test_shares_across_borders_may_not_exceed_all(tmp_path: Path):
    twice = GOOD + "      - to: angria\n        share: {low: 0.5, high: 0.8, assumed_by: us}\n"
    assert any("1.1 of those who leave" in each for each in faults(tmp_path, twice))


def test_what_changes_nothing_is_refused(tmp_path: Path):
    nothing = GOOD[: GOOD.index("    fighting:")]
    assert any("changes nothing" in each for each in faults(tmp_path, nothing))


def test_interventions_are_told_apart(tmp_path: Path):
    block = GOOD[GOOD.index("  - id: truce") :]
    assert any("'truce' stands twice" in each for each in faults(tmp_path, GOOD + block))
