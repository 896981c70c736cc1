"""Destinations scored: nothing is foreknown, what leaks is marked, losses are told."""

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.evaluate.displacement.folders import long
from tests.forecast.displacement.destinations.made import counted, network, shut
from typer.testing import CliRunner

from foreshock.cli import app
from foreshock.core.errors import ForecastRefused
from foreshock.core.network import Counted
from foreshock.evaluate.displacement import report
from foreshock.evaluate.displacement.protocol import (
    AHEAD_ALONE,
    AHEAD_GIVEN,
    CAPACITY,
    EVENLY,
    EVENLY_TOLD,
    EVERYWHERE,
    FROM_THIRTY,
    FROZEN,
    HARD,
    LEAKY,
    OURS,
    PERSISTENCE,
    PLAIN,
    QUESTIONS,
    TOLD,
    TRUE_FROZEN,
    UNAIDED,
    Forecast,
    forecasts,
)
from foreshock.evaluate.displacement.scoring import scores
from foreshock.evaluate.displacement.study import study
from foreshock.forecast.displacement.destinations.history import history
from foreshock.forecast.displacement.destinations.taught import bundled, bundled_lessons
from foreshock.observe.readers.flee.folder import read_folder

CASE = history(network(), counted())
CASES = ("mali2012", "burundi2015", "car2013", "ssudan2013", "tigray2020")


def foretold(case=CASE) -> dict[tuple[str, str, int], np.ndarray]:
    """Every forecast, by question, method and day."""
    return {
        (told.question, told.method, int(day)): told.people[:, at]
        for told in forecasts(case, bundled(), draws=60, seed=2)
        for at, day in enumerate(told.days)
    }


def with_total(case, truth):
    """Change what is true of each camp and leave the total as it is."""
    return replace(case, truth=truth * (case.total / truth.sum(axis=1).clip(1e-9))[:, None])


BEFORE = foretold()


def test_every_question_is_asked_of_every_method_that_can_answer():
    asked = {(question, method) for question, method, _ in BEFORE}
    assert {question for question, _ in asked} == set(QUESTIONS)
    for question in QUESTIONS:
        assert {(question, OURS), (question, HARD[question])} <= asked
    for method in (EVENLY, EVERYWHERE, PLAIN, CAPACITY):
        assert (UNAIDED, method) in asked
    assert {(AHEAD_GIVEN, PLAIN), (AHEAD_ALONE, PERSISTENCE), (FROM_THIRTY, FROZEN)} <= asked


def test_without_counts_no_count_is_seen_but_by_what_is_marked_leaky():
    shaken = with_total(CASE, CASE.truth[:, ::-1] ** 1.3)
    reports = tuple(replace(each, people=each.people[::-1] * 3) for each in CASE.reports)
    after = foretold(replace(shaken, reports=reports))
    same = [key for key in BEFORE if key[0] == UNAIDED]
    assert same
    for key in same:
        assert BEFORE[key] == pytest.approx(after[key], rel=1e-9), key


def test_capacity_is_read_by_one_method_alone():
    sites = [
        replace(s, population=5 + at) if s.is_camp else s for at, s in enumerate(network().sites)
    ]
    after = foretold(replace(CASE, network=replace(CASE.network, sites=tuple(sites))))
    for key, before in BEFORE.items():
        assert (before == after[key]).all() == (key[1] != CAPACITY), key


@pytest.mark.parametrize("origin", [35, 63])
def test_what_is_published_shut_or_fought_over_after_an_origin_leaves_its_forecasts(origin):
    later = [
        replace(camp, people=np.where(camp.days > origin, camp.people * 5 + 9, camp.people))
        for camp in counted().camps
    ]
    conflict = CASE.network.conflict.copy()
    conflict[origin + 1 :] = 1.0
    where = replace(
        CASE.network, conflict=conflict, closures=(shut("camp", "exina", start=origin + 1),)
    )
    other = history(where, Counted(camps=tuple(later)))
    # The total is given where it is given; what is forecast alone sees not even that.
    given_total = replace(other, truth=CASE.truth)
    after, alone = foretold(given_total), foretold(other)
    day = origin + 30
    for method in (OURS, PLAIN, PERSISTENCE):
        assert (BEFORE[AHEAD_GIVEN, method, day] == after[AHEAD_GIVEN, method, day]).all(), method
        assert (BEFORE[AHEAD_ALONE, method, day] == alone[AHEAD_ALONE, method, day]).all(), method
    for key in BEFORE:
        if key[0] == FROM_THIRTY and key[1] not in TOLD | LEAKY:
            assert (BEFORE[key] == after[key]).all(), key


def test_truth_enters_forecasts_by_its_total_alone():
    after = foretold(with_total(CASE, CASE.truth[:, ::-1] + 3.0))
    for key, before in BEFORE.items():
        if key[1] != TRUE_FROZEN:
            assert before == pytest.approx(after[key], rel=1e-6, abs=1e-6), key


def told(people, question=UNAIDED, days=(50,)) -> Forecast:
    people = np.asarray(people, float)
    return Forecast(question=question, method="x", days=np.array(days), people=people)


def test_the_difference_of_shares_is_twice_their_variation_distance():
    true = CASE.truth[50]
    assert scores(CASE, told([[true * 7]]))["difference"] == pytest.approx(0.0)
    nobody = scores(CASE, told([[[1.0, 0.0, 0.0]]]))
    assert nobody["difference"] == pytest.approx(2 * 0.7)
    assert nobody["crps"] == nobody["difference"]
    assert np.isnan(nobody["covered"]).all()


def test_where_the_total_is_forecast_a_wrong_total_counts():
    true = CASE.truth[50]
    found = scores(CASE, told([[true * 1.2]], AHEAD_ALONE))
    assert found["difference"] == pytest.approx(0.2)
    assert found["total"] == pytest.approx(0.2)
    spread = true * np.linspace(0.5, 1.5, 101)[:, None, None]
    wide = scores(CASE, told(spread, AHEAD_ALONE))
    assert wide["covered"] == wide["total_covered"] == 1.0
    assert wide["difference"] == pytest.approx(0.0, abs=1e-9)
    assert 0 < wide["crps"][0] < found["crps"][0]


def test_a_study_tells_means_intervals_and_losses():
    other = history(network(name="glasstown"), counted(growth=(1.0, 1.0, 9.0)))
    found = study([CASE, other], draws=60)
    assert found.cases == ("gondal", "glasstown")
    for question in QUESTIONS:
        hard = found.comparison(question)
        assert hard.other == HARD[question]
        ours, theirs = (
            next(row for row in found.rows[question] if row.method == method)
            for method in (OURS, hard.other)
        )
        assert hard.over_cases.value == pytest.approx(ours.difference - theirs.difference)
        assert hard.over_cases.low <= hard.over_cases.value <= hard.over_cases.high
        for case, gap in hard.by_case.items():
            assert gap.value == pytest.approx(ours.by_case[case] - theirs.by_case[case])
    lost = report.losses(found)
    assert not any(method in each for each in lost for method in LEAKY | {EVENLY_TOLD})
    assert json.loads(json.dumps(report.as_json(found)))["losses"] == lost
    for text in (report.as_text(found), report.as_markdown(found)):
        assert all(each in text for each in [*lost, "(leaky)", "resample whole cases"])
    again = study([CASE, other], draws=60)
    assert report.as_json(again) == report.as_json(found)


@pytest.mark.parametrize(
    "cases", [[], [CASE, CASE], [history(network(days=50), counted(days=50))]]
)  # fmt: skip
def test_cases_that_cannot_be_scored_are_refused(cases):
    with pytest.raises(ForecastRefused):
        study(cases, draws=60)


def test_commands_train_and_score(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    names = ["gondal", "angria", "gaaldine"]
    for at, name in enumerate(names):
        long(tmp_path / name, home=name, rates=(3 + at, 6, 1))
    done = runner.invoke(app, ["train", "destinations", *names, "-o", "lessons.json", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["cases"] == names
    asked = ["evaluate", "displacement", "gondal", "--lessons", "lessons.json", "--draws", "50"]
    scored = runner.invoke(app, [*asked, "-o", "page.md", "--json"])
    assert scored.exit_code == 0, scored.output
    assert json.loads(scored.stdout)["taught_by"] == {"gondal": ["angria", "gaaldine"]}
    page = (tmp_path / "page.md").read_text("utf-8")
    assert page.startswith("# Where to") and "| gravity, averaged |" in page
    plain = runner.invoke(app, asked)
    assert plain.exit_code == 0 and "Where a simple method did better" in plain.stdout
    long(tmp_path / "brief", days=20)
    short = runner.invoke(app, ["evaluate", "displacement", "brief"])
    assert short.exit_code == 1 and "brief" in short.output


def test_the_five_cases_reach_what_was_aimed_at(shared):
    """Aims that were set before: at most 0.53 without counts and 0.18 thirty days ahead."""
    read = [read_folder(shared / "data" / "flee" / name) for name in CASES]
    found = study([history(each.network, each.counted) for each in read], draws=100)
    for case, taught in found.taught.items():
        assert case not in taught.cases and len(taught.cases) == 4
    error = {
        (question, row.method): row.difference
        for question in QUESTIONS
        for row in found.rows[question]
    }
    assert error[UNAIDED, OURS] <= 0.53
    assert found.comparison(UNAIDED).over_cases.high < 0
    assert error[AHEAD_GIVEN, OURS] <= 0.18
    assert found.comparison(AHEAD_GIVEN).over_cases.high < 0
    # A trial before this one, which allotted week by week: 0.818, 0.661, 0.538.
    assert error[UNAIDED, EVERYWHERE] == pytest.approx(0.818, abs=0.01)
    assert error[UNAIDED, EVENLY] == pytest.approx(0.661, abs=0.02)
    assert error[UNAIDED, PLAIN] == pytest.approx(0.538, abs=0.02)
    assert {each.name for each in bundled_lessons().each} == set(CASES)
