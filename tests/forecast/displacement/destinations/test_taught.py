"""Lessons: a file of parameters, read back as written; a case's own country is left out."""

import json
from dataclasses import fields
from datetime import date, timedelta

import numpy as np
import pytest
from tests.forecast.displacement.destinations.made import counted, network

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.displacement.destinations.drawing import draw_pull, draw_rules
from foreshock.forecast.displacement.destinations.gravity import Rules
from foreshock.forecast.displacement.destinations.history import history
from foreshock.forecast.displacement.destinations.taught import (
    SPREADS,
    Lessons,
    bundled,
    bundled_lessons,
    read_lessons,
)
from foreshock.forecast.displacement.destinations.training import lesson, train
from foreshock.observe.readers.flee.folder import read_folder

CASES = ("mali2012", "burundi2015", "car2013", "ssudan2013", "tigray2020")


def test_what_is_written_is_read_back():
    text = bundled_lessons().to_json()
    read = Lessons.from_json(text)
    assert read.to_json() == text
    assert read.digest == bundled_lessons().digest
    assert read.taught().digest == bundled().digest


def test_the_bundled_lessons_say_where_they_are_from_and_hold_no_count():
    lessons = bundled_lessons()
    assert tuple(one.name for one in lessons.each) == CASES
    assert "Scientific Reports" in lessons.provenance.citation and lessons.provenance.licence
    assert {field.name for field in fields(lessons.each[0])} == {
        *("name", "home", "last", "differences", "spreads", "reporting", "missed", "errors")
    }
    assert lessons.to_json().isascii()


def test_a_country_that_is_left_out_teaches_nothing():
    lessons = bundled_lessons()
    for one in lessons.each:
        rest = [each for each in lessons.each if each.home != one.home]
        alone = Lessons(rules=lessons.rules, each=tuple(rest), provenance=lessons.provenance)
        left_out = lessons.taught(leaving_out=[one.home])
        assert left_out.digest == alone.taught().digest
        assert one.name not in left_out.cases
        assert left_out.digest != bundled().digest
    with pytest.raises(ForecastRefused, match="1 cases"):
        lessons.taught(leaving_out=[one.home for one in lessons.each[1:]])


def test_a_case_that_had_not_ended_by_the_day_teaches_nothing():
    lessons = bundled_lessons()
    last = max(lessons.each, key=lambda one: one.last)
    before = lessons.taught(as_of=last.last)
    assert before.digest == lessons.taught(leaving_out=[last.home]).digest
    assert lessons.taught(as_of=last.last + timedelta(days=1)).digest == bundled().digest
    with pytest.raises(ForecastRefused, match="that had ended by then"):
        lessons.taught(as_of=date(2012, 1, 1))


def test_weights_are_those_of_an_even_mixture_of_cases():
    taught = bundled()
    assert taught.weights.sum() == pytest.approx(1.0)
    assert (taught.weights > 0).all(), "no rule is ruled out by a handful of cases"
    assert taught.spread in SPREADS


def damaged(change) -> str:
    told = json.loads(bundled_lessons().to_json())
    change(told)
    return json.dumps(told)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        damaged(lambda told: told.update(version=99)),
        damaged(lambda told: told.pop("rules")),
        damaged(lambda told: told["rules"].update(distance=["far"])),
        damaged(lambda told: told["rules"].update(distance=[1.0])),
        damaged(lambda told: told["lessons"][0].pop("errors")),
        damaged(lambda told: told["lessons"][0]["spreads"].append(1.0)),
        damaged(lambda told: told["lessons"][0].update(missed=[float("nan")] * 5)),
        damaged(lambda told: told["provenance"].update(author="somebody")),
    ],
)
def test_what_are_no_lessons_is_refused_with_its_name_and_the_mend(text, tmp_path):
    file = tmp_path / "lessons.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ForecastRefused, match=r"lessons\.json.*train destinations"):
        read_lessons(file)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ForecastRefused, match="gone"):
        read_lessons(tmp_path / "gone.json")


def test_rules_are_drawn_by_their_weights_and_pulls_have_mean_one():
    taught, draws = bundled(), 4000
    chosen = np.bincount(draw_rules(taught, draws, 5), minlength=len(taught.rules)) / draws
    assert np.abs(chosen - taught.weights).max() <= 1 / draws + 1e-12
    nothing = np.zeros((draws, 1))
    pull = draw_pull(taught, ["elbe"], draws, 5, nothing[0], nothing)
    assert pull.mean() == pytest.approx(1.0, abs=0.05)
    assert pull.var() == pytest.approx(1 / taught.spread, rel=0.15)


def test_a_case_teaches_the_rule_that_was_right_in_it():
    """People who go evenly over all camps teach that distance does not matter."""
    rules = Rules(distance=(0.0, 4.0), opening=(1.0,), population=(0.0,), recency=(0.0,))
    found = lesson(history(network(), counted(growth=(4.0, 4.0, 4.0))), rules)
    assert found.differences[0] == pytest.approx(0.0, abs=1e-3)
    assert found.differences[1] > 0.3
    near = lesson(history(network(), counted(growth=(4.0, 7.0, 0.6))), rules)
    assert near.differences[1] < near.differences[0]


def test_a_case_that_is_too_short_teaches_nothing():
    with pytest.raises(ForecastRefused, match="gondal"):
        lesson(history(network(days=20), counted(days=20)))


def test_training_names_its_cases_and_is_the_same_twice():
    rooms = [history(network(name=name), counted()) for name in ("gondal", "glasstown")]
    steps = []
    one = train(rooms, citation="somebody 2031", licence="free", progress=steps.append)
    assert one.to_json() == train(rooms, citation="somebody 2031", licence="free").to_json()
    assert steps == ["learning from gondal", "learning from glasstown"]
    assert one.provenance.citation == "somebody 2031" and one.provenance.digest


def test_the_bundled_lessons_are_what_training_gives(shared):
    """Of the shortest of the five cases: the others are learned in the same way."""
    folder = read_folder(shared / "data" / "flee" / "tigray2020")
    found = lesson(history(folder.network, folder.counted))
    kept = next(one for one in bundled_lessons().each if one.name == found.name)
    for name in ("differences", "spreads", "reporting", "missed", "errors"):
        np.testing.assert_allclose(getattr(found, name), getattr(kept, name), atol=2e-5)
