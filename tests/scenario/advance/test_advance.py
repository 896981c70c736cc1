"""A place is lost where the attacker gets there in time and help more likely fails than not."""

import math

import pytest

from foreshock.case.sheets.advance import AdvanceSheet
from foreshock.scenario.advance.project import advance


def entry(low: float, high: float | None = None) -> dict:
    return {"low": low, "high": low if high is None else high, "assumed_by": "the tests"}


def sheet(days=7.0, distance=7.0, pace=1.0, help=()) -> AdvanceSheet:
    helpers = [
        {"actor": who, "comes": entry(comes), "holds": entry(holds)} for who, comes, holds in help
    ]
    return AdvanceSheet.model_validate({
        "sheet": "s", "kind": "advance", "title": "t", "date": "2011-05-05", "place": "long-ford",
        "attacker": "kestria", "defender": "morvia", "days": entry(days), "help": helpers,
        "distance": entry(distance), "pace": entry(pace),
    })  # fmt: skip


@pytest.mark.parametrize(
    ("given", "lost", "reached"),
    [
        ({}, 1, 1),
        ({"pace": 0.99}, 0, 0),
        ({"help": [("aurelia", 1.0, 0.4)]}, 1, 1),
        ({"help": [("aurelia", 1.0, 0.5)]}, 0, 1),
        ({"help": [("aurelia", 0.5, 0.7), ("lakeland", 0.5, 0.7)]}, 0, 1),
        ({"days": 0.0}, 0, 0),
        ({"days": 0.0, "distance": 0.0}, 1, 1),
    ],
)
def test_by_hand(given, lost, reached):
    found = advance(sheet(**given), draws=16)
    assert (found.lost.share.value, found.reached.value) == (lost, reached)


def test_what_it_takes_is_told():
    found = advance(sheet(help=[("aurelia", 0.5, 0.5)]), draws=16)
    assert found.needed.value == 1 and found.saved.value == 0.25
    assert advance(sheet(days=0.0), draws=16).needed.value == math.inf


def test_what_it_hangs_on_is_told():
    wide = sheet(help=[("aurelia", 1.0, 0.3)])
    wide = wide.model_copy(update={"pace": wide.pace.model_copy(update={"low": 0.5, "high": 1.5})})
    found = advance(wide, draws=1024)
    assert found.lost.share.value == pytest.approx(0.5, abs=0.01)
    assert [each.name for each in found.lost.flipped_by] == ["pace"]
