"""The bundled case forecast through the real path: what is issued, refused, and never seen."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import numpy as np
import pytest

from foreshock.assess.picture import Picture, assess
from foreshock.case.opening import Case
from foreshock.core.answers import Answer, Refusal, answer
from foreshock.core.errors import ForecastRefused
from foreshock.core.outlook import Outlook
from foreshock.forecast.escalation.prior import bundled
from foreshock.forecast.escalation.project import project

DAY = date(2020, 2, 5)
MEMBERS = 2_000
SYRIA_TURKEY, TURKEY_SYRIA = "syria>turkey", "turkey>syria"


@pytest.fixture(scope="module")
def picture(idlib: Case) -> Picture:
    return assess(idlib.store.view(idlib.name, DAY), idlib.about.focus)


@pytest.fixture(scope="module")
def outlook(idlib: Case, picture: Picture) -> Outlook:
    return project(picture, idlib.about, members=MEMBERS)


def same(one: Outlook, other: Outlook) -> bool:
    return all(
        np.array_equal(one.ensembles[m].values, other.ensembles[m].values) for m in one.ensembles
    )


def answered(picture: Picture, outlook: Outlook, question: str) -> Answer | Refusal:
    return answer(
        picture.evidence.questions[question],
        outlook.ensembles,
        outlook.as_of,
        observed=outlook.observed,
        places=outlook.places,
        withheld=outlook.withheld,
    )


def test_pairs_with_evidence_are_forecast_and_all_others_say_why_not(outlook: Outlook):
    assert outlook.series == (SYRIA_TURKEY, TURKEY_SYRIA)
    assert set(outlook.observed.names) == set(outlook.series) | set(outlook.withheld)
    assert "only 1 act on record" in outlook.withheld["russia>turkey"]
    assert "67 days were collected" in outlook.withheld["syria>rebels"]
    assert set(outlook.thin) == set(outlook.series)


def test_ensembles_begin_the_day_after_and_deaths_need_events(outlook: Outlook):
    events, deaths = outlook.ensembles["events"], outlook.ensembles["deaths"]
    assert events.first == DAY + timedelta(days=1)
    assert events.shape == deaths.shape == (MEMBERS, 30, 2)
    assert not deaths.values[events.values == 0].any()
    assert (deaths.largest <= deaths.values).all()


def test_simple_methods_stand_beside(outlook: Outlook):
    assert {"climatology", "persistence", "conflictology", "weighted mean"} <= set(
        outlook.baselines
    )
    for each in outlook.baselines.values():
        assert each["events"].series == outlook.series
        assert each["events"].first == outlook.ensembles["events"].first


def test_questions_one_to_four_are_answered_and_no_other(picture: Picture, outlook: Outlook):
    found = {q: answered(picture, outlook, q) for q in picture.evidence.questions}
    told = {q for q, each in found.items() if isinstance(each, Answer)}
    assert told == {"Q01", "Q02", "Q03", "Q04"}
    # Wide ranges: these are what the evidence of the day gives, not what then came about.
    assert 0.05 < found["Q01"].probability < 0.5
    assert 0.01 < found["Q02"].probability < 0.25
    assert found["Q03"].observed == 8 and found["Q03"].median >= 8
    assert 0.4 < found["Q04"].probability < 0.9


def test_any_death_takes_an_act(outlook: Outlook):
    for name in outlook.series:
        acts = outlook.ensembles["events"].at_least(1, 7, series=name).value
        deaths = outlook.ensembles["deaths"].at_least(1, 7, series=name).value
        assert deaths <= acts


def test_same_seed_same_bits_in_any_executor(idlib: Case, picture: Picture, outlook: Outlook):
    with ThreadPoolExecutor(2) as threads:
        again = project(picture, idlib.about, members=MEMBERS, executor=threads)
    assert same(outlook, again)
    assert again.config == outlook.config
    assert again.drivers == outlook.drivers
    assert not same(outlook, project(picture, idlib.about, members=MEMBERS, seed=1))


def test_nothing_known_later_changes_a_forecast(idlib: Case, outlook: Outlook):
    """The whole store holds March; a view of an earlier view of it is the day's own."""
    later = idlib.store.view(idlib.name, date(2020, 3, 20))
    assert len(later.claims) > len(idlib.store.view(idlib.name, DAY).claims)
    back = assess(later.earlier(DAY), idlib.about.focus)
    assert same(outlook, project(back, idlib.about, members=MEMBERS))


def test_drivers_and_reproduction_come_with_their_intervals(outlook: Outlook):
    assert outlook.reproduction is not None
    assert outlook.reproduction.low <= outlook.reproduction.value <= outlook.reproduction.high
    low, middle, high = outlook.reproduction.placebo
    assert low <= middle <= high
    for driver in outlook.drivers:
        assert driver.series in outlook.series
        assert 0 <= driver.low <= driver.share <= driver.high <= 1


def test_one_more_act_raises_the_chance_and_one_fewer_lowers_it(outlook: Outlook):
    for shift in outlook.shifts:
        if shift.condition.startswith("one more"):
            assert shift.after > shift.before
        else:
            assert shift.after < shift.before


def test_what_was_counted_leads_to_its_events(picture: Picture, outlook: Outlook):
    for name in outlook.series:
        assert outlook.sources[name]
        assert set(outlook.sources[name]) <= set(picture.events)


def test_a_case_without_series_is_refused(idlib: Case, picture: Picture):
    bare = idlib.about.model_copy(update={"series": []})
    with pytest.raises(ForecastRefused, match="declares no series"):
        project(picture, bare, members=10)


def test_too_little_evidence_is_refused(idlib: Case, picture: Picture):
    thin = [row for row in idlib.about.series if row.feed == "north-west"]
    with pytest.raises(ForecastRefused, match="too little evidence"):
        project(picture, idlib.about.model_copy(update={"series": thin}), members=10)


def test_a_stale_feed_is_refused(idlib: Case):
    evidence = idlib.store.view(idlib.name, date(2021, 6, 1))
    with pytest.raises(ForecastRefused, match="stale"):
        project(assess(evidence, idlib.about.focus), idlib.about, members=10)


def test_no_as_of_within_what_the_method_learned_from(idlib: Case):
    inside = date.fromisoformat(bundled().provenance.last)
    evidence = idlib.store.view(idlib.name, inside)
    with pytest.raises(ForecastRefused, match="learned from events up to"):
        project(assess(evidence, idlib.about.focus), idlib.about, members=10)


def test_a_long_horizon_is_told_only_where_the_past_allows(idlib: Case, picture: Picture):
    try:
        long = project(picture, idlib.about, members=200, horizon=60)
    except ForecastRefused as refused:
        assert "reproduction number" in str(refused)
    else:
        assert long.reproduction is not None
        assert long.reproduction.high < 1
        assert long.ensembles["events"].days == 60


def test_a_short_horizon_holds_the_first_days_of_the_long_one(
    idlib: Case, picture: Picture, outlook: Outlook
):
    short = project(picture, idlib.about, members=MEMBERS, horizon=7)
    assert np.array_equal(
        short.ensembles["events"].values, outlook.ensembles["events"].values[:, :7]
    )


def test_another_prior_is_another_configuration(idlib: Case, picture: Picture, outlook: Outlook):
    other = dataclasses.replace(
        bundled(), marks=dataclasses.replace(bundled().marks, deadly_weight=50.0)
    )
    found = project(picture, idlib.about, members=200, taught=other)
    assert found.config != outlook.config
