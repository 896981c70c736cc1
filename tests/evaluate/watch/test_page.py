"""The page of the watch is written whole, from any study, and hides no loss."""

import importlib.util
from pathlib import Path

import pytest
from tests.evaluate.watch import wars

from foreshock.evaluate.watch.methods import benchmark_methods

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("evaluate_watch", DOCS / "evaluate_watch.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(script, monkeypatch, model) -> str:
    monkeypatch.setattr(script, "frozen", lambda: "a commit")
    panel = wars.panel(wars.world())
    years = (2032, 2033)
    study = script.studied(panel, panel, benchmark_methods()[model], years)
    return script.page(study, years[:1], years[1:])


def test_the_page_is_whole(script, monkeypatch):
    text = page(script, monkeypatch, "mixture of 6, 12, 24 months")
    assert "{" not in text
    assert "frozen in commit a commit, before its forecasts of\n2020–2021 were scored" in text
    for name in (script.MODEL, *benchmark_methods()):
        assert f"| {name} |" in text


def test_what_is_missed_and_lost_is_said(script, monkeypatch):
    text = page(script, monkeypatch, "zero")
    missed = text.split("Missed:")[1].split("The same on")[0]
    assert "**CRPS of logarithms, less conflictology**" in missed
    assert "1,000 or more deaths in the year before" in missed
    lost = text.split("Where another method is better")[1].split("###")[0]
    assert "2032, CRPS of logarithms" in lost
    assert "2033, interval score" in lost
