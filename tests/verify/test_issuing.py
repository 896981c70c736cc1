"""Outlooks are put to the questions and written down whole, once, before anybody sees them."""

import os
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verify.drafts import ledger_in
from tests.verify.outlooks import AS_OF, PAIRS, outlook

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import StoreFull
from foreshock.core.questions import Question
from foreshock.verify.entries import Kind
from foreshock.verify.issuing import issue


def question(id: str = "Q1", **changes) -> Question:
    given_ = {
        "id": id, "text": "Will Gondal attack?", "opens": AS_OF, "closes": AS_OF + timedelta(7),
        "variable": "assault", "actors": ("gondal",), "recipients": ("ruritania",),
        "statistic": "any", "comparison": "yes", "resolver": "gazette",
    }  # fmt: skip
    return Question(**given_ | changes)


def test_an_answer_is_the_share_of_futures_and_stands_in_the_ledger(tmp_path):
    made = outlook()
    ledger = ledger_in(tmp_path)
    issued = issue(ledger, made, [question()], "e1")
    week = made.ensembles["events"].values[:, :7, 0]
    share = (week.sum(axis=1) >= 1).mean()
    assert issued.answers["Q1"].probability == pytest.approx(share)
    entry = issued.questions["Q1"]
    assert entry.probability == pytest.approx(share)
    assert entry in ledger.entries()
    assert (entry.model, entry.seed, entry.evidence, entry.resolver) == (
        "made up", 7, "e1", "gazette",
    )  # fmt: skip
    assert set(entry.baselines) == {"climatology", "persistence"}
    for name, ensembles in made.baselines.items():
        simple = (ensembles["events"].values[:, :7, 0].sum(axis=1) >= 1).mean()
        assert entry.baselines[name]["probability"] == pytest.approx(simple)


def test_totals_of_every_series_stand_in_the_ledger_asked_for_or_not(tmp_path):
    made = outlook()
    issued = issue(ledger_in(tmp_path), made, [], "e1")
    found = {(e.series, e.terms["variable"], e.terms["closes"]) for e in issued.series}
    closes = [(AS_OF + timedelta(days)).isoformat() for days in (7, 14, 30)]
    assert found == {(s, m, c) for s in PAIRS for m in ("events", "deaths") for c in closes}
    for entry in issued.series:
        days = (date.fromisoformat(entry.terms["closes"]) - AS_OF).days
        total = made.ensembles[entry.terms["variable"]].values[:, :days, PAIRS.index(entry.series)]
        low, high = entry.answer["interval"]
        held = ((total.sum(axis=1) >= low) & (total.sum(axis=1) <= high)).mean()
        assert 0.88 <= held <= 1  # counts are lumpy: the ends hold more than nine in ten


def test_what_is_withheld_is_neither_forecast_nor_answered(tmp_path):
    made = outlook(withheld={PAIRS[0]: "only 3 events on record"})
    issued = issue(ledger_in(tmp_path), made, [question()], "e1")
    assert {entry.series for entry in issued.series} == {PAIRS[1]}
    assert issued.questions == {} and issued.answers == {}
    text = issued.refusals["Q1"].text
    assert text.startswith("No model covers this: ") and "only 3 events on record" in text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"variable": "displaced"}, "no model forecasts 'displaced'"),
        ({"closes": AS_OF}, "its window closed"),
        ({"opens": AS_OF + timedelta(1)}, "it may be asked from"),
        ({"closes": AS_OF + timedelta(60)}, "before the window does"),
        ({"actors": ("fenwick",)}, "there is no such series"),
    ],
)
def test_a_question_that_no_model_covers_is_refused_and_leaves_no_entry(tmp_path, change, reason):
    ledger = ledger_in(tmp_path)
    issued = issue(ledger, outlook(), [question(**change)], "e1")
    assert issued.refusals["Q1"].text.startswith("No model covers this: ")
    assert reason in issued.refusals["Q1"].text
    assert all(not entry.question for entry in ledger.entries())


def test_the_same_evidence_seed_and_size_add_nothing(tmp_path):
    ledger = ledger_in(tmp_path)
    first = issue(ledger, outlook(), [question()], "e1")
    before = ledger.path.read_bytes()
    again = issue(ledger_in(tmp_path), outlook(), [question()], "e1")
    assert again.questions == first.questions and again.series == first.series
    assert ledger.path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [{"seed": 8}, {"members": 500}, {"horizon": 20}, {"config": "c2"}],
    ids=lambda change: next(iter(change)),
)
def test_another_seed_size_or_configuration_is_another_forecast(tmp_path, change):
    ledger = ledger_in(tmp_path)
    first = issue(ledger, outlook(), [question()], "e1")
    other = issue(ledger, outlook(**change), [question()], "e1")
    assert other.questions["Q1"].number != first.questions["Q1"].number
    assert other.questions["Q1"].answer["members"] == change.get("members", 1000)


def test_the_order_of_questions_changes_no_answer(tmp_path):
    asked = [question(), question("Q2", comparison=">=", threshold=3, statistic="sum")]
    one = issue(ledger_in(tmp_path / "a"), outlook(), asked, "e1")
    other = issue(ledger_in(tmp_path / "b"), outlook(), asked[::-1], "e1")
    assert one.answers == other.answers and one.baselines == other.baselines


@given(counts=st.lists(st.integers(0, 3), min_size=20, max_size=60), least=st.integers(1, 4))
def test_whatever_the_futures_the_probability_is_their_share(tmp_path_factory, counts, least):
    values = np.zeros((len(counts), 14, 1), int)
    values[:, 3, 0] = counts
    made = outlook(names=PAIRS)
    ahead = Ensemble(values, AS_OF + timedelta(1), PAIRS[:1], "events")
    made = replace(made, ensembles={"events": ahead}, baselines={}, observed=made.observed)
    asked = question(comparison=">=", threshold=float(least), statistic="sum")
    issued = issue(ledger_in(tmp_path_factory.mktemp("ledger")), made, [asked], "e1")
    expected = sum(count >= least for count in counts) / len(counts)
    assert issued.questions["Q1"].probability == pytest.approx(expected)


def test_a_window_that_is_over_when_data_end_early_is_no_forecast(tmp_path):
    late = AS_OF - timedelta(8)
    made = outlook()
    early = {
        name: Ensemble(each.values, late, each.series, name)
        for name, each in made.ensembles.items()
    }
    issued = issue(ledger_in(tmp_path), replace(made, ensembles=early, baselines={}), [], "e1")
    assert {(date.fromisoformat(e.terms["closes"]) - late).days + 1 for e in issued.series} == {
        14, 30,
    }  # fmt: skip


def test_a_disk_that_fills_up_leaves_nothing_behind_and_nothing_to_show(tmp_path, monkeypatch):
    ledger = ledger_in(tmp_path)
    issue(ledger, outlook(), [question()], "e1")
    before = ledger.path.read_bytes()
    real = os.write

    def full(descriptor, data):
        if len(data) > 500:
            real(descriptor, bytes(data[:200]))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("foreshock.verify.ledger.os.write", full)
    with pytest.raises(StoreFull):
        issue(ledger, outlook(seed=9), [question()], "e1")
    monkeypatch.undo()
    assert ledger.path.read_bytes() == before
    assert ledger.examine().faults == ()


def test_a_writer_that_dies_while_issuing_leaves_the_ledger_valid(tmp_path):
    ledger = ledger_in(tmp_path)
    issue(ledger, outlook(), [question()], "e1")
    whole = ledger.path.read_bytes()
    issue(ledger, outlook(seed=9), [question()], "e1")
    longer = ledger.path.read_bytes()
    anchor = ledger.anchor_path.read_bytes()
    # Died after some bytes of the second issue, before the anchor moved.
    first_anchor = _anchor_of(tmp_path / "first")
    for cut in (len(whole) + 1, (len(whole) + len(longer)) // 2, len(longer) - 1):
        ledger.path.write_bytes(longer[:cut])
        ledger.anchor_path.write_bytes(first_anchor)
        assert ledger.examine().faults == ()
        again = issue(ledger, outlook(seed=9), [question()], "e1")
        assert len(again.series) == 12
        kinds = [entry.kind for entry in ledger.entries()]
        assert kinds.count(Kind.FORECAST) == 26
    assert anchor != first_anchor


def _anchor_of(folder):
    ledger = ledger_in(folder)
    issue(ledger, outlook(), [question()], "e1")
    return ledger.anchor_path.read_bytes()
