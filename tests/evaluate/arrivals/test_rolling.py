"""The study of arrivals: nothing later is looked at, and its bars are those of the trial."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from tests.evaluate.arrivals import monthly

from foreshock.core.errors import ForecastRefused, TimeError
from foreshock.core.months import MonthlyCounts, month_after
from foreshock.evaluate.arrivals.by_day import by_day
from foreshock.evaluate.arrivals.inputs import ARMS, errors_of
from foreshock.evaluate.arrivals.report import against, as_json, as_markdown, as_text
from foreshock.evaluate.arrivals.rolling import (
    MODEL,
    STANDARD,
    Plan,
    forecasts,
    look,
    roll,
    usual_plan,
)
from foreshock.forecast.displacement.arrivals.simple_months import LOG_AR, SIMPLE
from foreshock.forecast.displacement.arrivals.violence import Violence
from foreshock.observe.readers.displaced_monthly import read_monthly

COUNTS = monthly.counts(months=36)
PLAN = Plan(first=date(2033, 1, 1), last=date(2033, 12, 1))
ORIGIN = date(2033, 6, 1)


def fought(counts: MonthlyCounts = COUNTS, seed: int = 7) -> Violence:
    random = np.random.default_rng(seed)
    shape = counts.people.shape
    return Violence(
        **{n: random.poisson(9.0, shape).astype(float) for n in Violence.__dataclass_fields__}
    )


def spoiled(values: np.ndarray, row: int) -> np.ndarray:
    """Turn everything after a row into something else."""
    found = values.copy()
    found[row + 1 :] = 7e6 - 3 * np.nan_to_num(found[row + 1 :])
    return found


def test_what_comes_after_an_origin_changes_no_bit_of_a_forecast():
    row = COUNTS.row(ORIGIN)
    other = MonthlyCounts(COUNTS.first, COUNTS.places, spoiled(COUNTS.people, row))
    violence = fought()
    changed = Violence(
        **{n: spoiled(getattr(violence, n), row) for n in Violence.__dataclass_fields__}
    )
    ours = forecasts(COUNTS, ORIGIN, PLAN, violence, errors_of(COUNTS, 3))
    theirs = forecasts(other, ORIGIN, PLAN, changed, errors_of(other, 3))
    told_ahead = ARMS[-1].name
    assert set(ours) == {MODEL, *(each.name for each in (*SIMPLE, *ARMS))}
    for name, members in ours.items():
        alike = [np.array_equal(members[cell], theirs[name][cell]) for cell in members]
        assert all(alike) or name == told_ahead, name
    assert not np.array_equal(ours[told_ahead][1, 0], theirs[told_ahead][1, 0])


def test_listed_cells_alone_are_scored_and_each_for_everybody():
    rolled = roll(COUNTS, PLAN)
    names = {MODEL, *(each.name for each in SIMPLE)}
    assert set(rolled.forecasters) == names
    cells = rolled.scores.group_by("origin", "ahead", "place").len()
    assert set(cells["len"]) == {len(names)}
    expected = sum(
        int(np.isfinite(COUNTS.people[COUNTS.row(origin) + ahead]).sum())
        for origin in PLAN.origins
        for ahead in (1, 2, 3)
        if month_after(origin, ahead) <= PLAN.last
    )
    assert len(cells) + rolled.left_out == expected


def test_the_same_table_gives_the_same_study():
    few = Plan(first=date(2033, 8, 1), last=PLAN.last)
    first, second = (roll(COUNTS, few, fought()) for _ in range(2))
    assert first.scores.equals(second.scores)
    assert as_json(first, "x") == as_json(second, "x")


def test_every_forecaster_stands_in_every_face_of_the_study():
    rolled = roll(COUNTS, PLAN, fought())
    text, page, told = (make(rolled, "A table.") for make in (as_text, as_markdown, as_json))
    for name in rolled.forecasters:
        assert name in text
        assert name in page
        assert told["forecasters"][name]["crps"] > 0
    assert told["forecasters"][MODEL]["less"][LOG_AR]["log"]["units"] == 11


def test_fighting_that_drives_arrivals_is_worth_something_if_told_ahead():
    random = np.random.default_rng(3)
    events = np.round(np.exp(random.normal(3, 1, (36, 8))))
    level = random.normal(8, 1, 8)
    people = np.expm1(level + 0.8 * (np.log1p(events) - 3) + random.normal(0, 0.3, (36, 8)))
    counts = MonthlyCounts(date(2031, 1, 1), tuple("abcdefgh"), np.maximum(people, 0))
    plan = Plan(first=date(2032, 10, 1), last=date(2033, 12, 1), months=1)
    rolled = roll(counts, plan, replace(fought(counts), events=events))
    assert against(rolled, "told the events ahead", MODEL, "log").high < -0.05
    assert abs(against(rolled, "with events", MODEL, "log").value) < 0.03


def test_a_place_can_be_looked_at():
    found = look(COUNTS, "gondal", [ORIGIN], 5_000, PLAN)
    assert {each.forecaster for each in found} == {MODEL, *(each.name for each in SIMPLE)}
    for each in found:
        assert each.low <= each.middle <= each.high
        assert 0 <= each.over <= 1
    trials = look(COUNTS, "gondal", [ORIGIN], 5_000, PLAN, fought())
    told = {each.forecaster for each in trials} - {each.forecaster for each in found}
    assert told == {arm.name for arm in ARMS if not arm.foresees}
    late = look(COUNTS, "gondal", [COUNTS.last], 5_000, PLAN)
    assert all(np.isnan(each.came) for each in late)


def test_the_daily_model_is_scored_on_the_months():
    two = MonthlyCounts(COUNTS.first, COUNTS.places[:2], COUNTS.people[:, :2])
    found = by_day(two, Plan(first=date(2033, 9, 1), last=date(2033, 12, 1), members=100))
    assert found["ahead"].unique().sort().to_list() == [1, 2, 3]
    assert (found["log"] < 5).all()


def test_usual_plan_is_the_standard_or_what_the_table_has():
    assert usual_plan(COUNTS).first == date(2031, 12, 1)
    assert usual_plan(COUNTS).last == COUNTS.last
    long = MonthlyCounts(date(2016, 1, 1), ("a",), np.ones((72, 1)))
    assert (usual_plan(long).first, usual_plan(long).last) == STANDARD


def test_a_study_that_cannot_be_is_refused():
    with pytest.raises(TimeError, match="no month between"):
        Plan(first=ORIGIN, last=ORIGIN)
    with pytest.raises(TimeError, match="among the months"):
        roll(COUNTS, Plan(first=date(2030, 1, 1), last=ORIGIN))
    nobody = MonthlyCounts(COUNTS.first, ("a",), np.full((36, 1), np.nan))
    with pytest.raises(ForecastRefused):
        roll(nobody, PLAN)


@pytest.mark.shared
def test_what_must_show_on_the_shared_table(shared):
    counts = read_monthly(shared / "data" / "ocha" / "syria_idp_monthly_by_gov_2016_2021.csv")
    rolled = roll(counts, usual_plan(counts))
    means = {
        name: rolled.scores.filter(forecaster=name)[["log", "crps", "within"]].mean().row(0)
        for name in rolled.forecasters
    }
    assert len(rolled.scores.filter(forecaster=MODEL)) == 1155
    assert means[LOG_AR][0] == pytest.approx(0.816, abs=0.004)
    assert means["conflictology, 12 months"][0] == pytest.approx(0.901, abs=0.004)
    assert means["climatology"][:2] == pytest.approx((0.925, 8614), rel=0.001)
    assert means["last month"][:2] == pytest.approx((1.138, 12362), rel=0.001)
    assert means[MODEL][0] <= 0.78
    assert 0.86 <= means[MODEL][2] <= 0.94
    assert against(rolled, MODEL, LOG_AR, "log").high < 0
