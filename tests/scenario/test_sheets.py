"""A sheet speaks from its day on and leans on nothing not yet known; what followed stands apart."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from foreshock.case.opening import Case, open_case
from foreshock.scenario.results import Advance, Bargaining, Restraint
from foreshock.scenario.sheets import scenarios_of

SOURCE = Path(__file__).parents[1] / "cases" / "ilde-2011"

GUNS = """\
sheet: guns
kind: restraint
title: Can Aurelia hold Kestria back?
date: {date}
tests: A01
patron: aurelia
client: kestria
scale: 1 is all that it has
gain: {{low: 0.1, high: 0.3, source: {source}, note: As told.}}
loss: {{low: 0.1, high: 0.4, assumed_by: the compilers}}
entrapment: {{low: 0.1, high: 0.4, assumed_by: the compilers, date: 2011-05-09}}
capabilities:
  - capability: arms
    value: {{low: 0.2, high: 0.4, source: GW09}}
    substitutable: {{low: 0, high: 0.5, assumed_by: the compilers}}
    withdrawal: {{low: 0, high: 0.5, assumed_by: the compilers}}
"""

AFTER = """\
sheet: guns
kind: after
title: What became of it
date: 2011-05-20
happened:
  - {source: [Q1, S04], bears: against, text: The question is settled.}
  - {source: R05, bears: for, text: Shots at the bridge.}
"""


def opened(folder: Path, source: str = "G05", drawn_up: str = "2011-05-10") -> Case:
    case = folder / "ilde-2011"
    shutil.copytree(SOURCE, case)
    (case / "scenarios").mkdir()
    (case / "scenarios" / "guns.yaml").write_text(GUNS.format(source=source, date=drawn_up))
    (case / "scenarios" / "guns.after.yaml").write_text(AFTER)
    return open_case(str(case))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORESHOCK_HOME", str(tmp_path / "home"))
    return tmp_path


def seen(case: Path | Case, day: str, later: str | None = None):
    view = case.store.view(case.name, date.fromisoformat(day))
    after = case.store.view(case.name, date.fromisoformat(later)) if later else None
    return scenarios_of(case.path, view, after, draws=64)


def test_a_sheet_speaks_from_its_own_day_on(home: Path):
    case = opened(home)
    assert seen(case, "2011-05-09") == []
    (guns,) = seen(case, "2011-05-10")
    assert isinstance(guns.result, Restraint) and not guns.refused


def test_everything_entered_is_told_as_it_stands(home: Path):
    (guns,) = seen(opened(home), "2011-05-10")
    gain = guns.of("gain")
    assert (gain.actor, gain.low, gain.high) == ("kestria", 0.1, 0.3)
    assert (gain.sources, gain.note, gain.line) == (("G05",), "As told.", 9)
    assert gain.date == date(2011, 5, 10)
    assert guns.of("entrapment").date == date(2011, 5, 9)
    value = guns.of("capabilities.0.value")
    assert (value.package, value.what, value.label) == (
        "arms",
        "worth of",
        "kestria, worth of, arms",
    )
    assert {each.name for each in guns.result.unrestrained.influences} <= {
        each.name for each in guns.entered
    }


def test_what_leans_on_the_unknown_is_refused(home: Path):
    case = opened(home, source="S04")  # known on 13 May
    (guns,) = seen(case, "2011-05-12")
    assert guns.result is None and "not known by 2011-05-12: S04" in guns.refused
    assert guns.entered
    (guns,) = seen(case, "2011-05-13")
    assert guns.result is not None


def test_what_leans_on_words_taken_back_is_refused(home: Path):
    (guns,) = seen(opened(home, source="L01"), "2011-05-10")
    assert guns.result is None and "took back by 2011-05-10: L01" in guns.refused


def test_what_happened_is_told_only_once_it_is_known(home: Path):
    case = opened(home)
    (guns,) = seen(case, "2011-05-16")
    assert guns.happened == ()
    (guns,) = seen(case, "2011-05-17")
    assert [each.text for each in guns.happened] == ["The question is settled."]
    assert guns.happened[0].known_at == date(2011, 5, 17)
    (early,) = seen(case, "2011-05-10", "2011-05-24")
    assert [each.bears for each in early.happened] == ["against", "for"]
    (plain,) = seen(case, "2011-05-10")
    assert plain.result == early.result


def test_the_three_sentences_of_the_article(idlib: Case):
    day = "2020-02-05"
    found = {each.head.name: each for each in seen(idlib, day)}
    assert set(found) == {"no-middle-course", "moscow-cannot-force", "saraqib-lost"}
    kinds = {name: type(each.result) for name, each in found.items()}
    assert kinds == {
        "no-middle-course": Bargaining,
        "moscow-cannot-force": Restraint,
        "saraqib-lost": Advance,
    }
    for each in found.values():
        assert each.head.tests and not each.refused and each.happened == ()
        assert all(entry.sources or entry.assumed_by for entry in each.entered)
    later = {each.head.name: each for each in seen(idlib, day, "2020-04-05")}
    assert all(each.happened for each in later.values())
    assert {name: each.result for name, each in later.items()} == {
        name: each.result for name, each in found.items()
    }
    assert seen(idlib, "2020-02-04") == []


def test_every_row_of_what_happened_can_be_told_in_the_end(idlib: Case):
    from foreshock.case.sheets.aftermath import Aftermath
    from foreshock.case.sheets.reading import read_sheets

    rows = {
        placed.sheet.sheet: len(placed.sheet.happened)
        for placed in read_sheets(idlib.path)
        if isinstance(placed.sheet, Aftermath)
    }
    told = {s.head.name: len(s.happened) for s in seen(idlib, "2020-02-05", "2021-01-01")}
    assert told == rows
