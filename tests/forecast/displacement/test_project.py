"""A declared flight forecast through the real path: how many, whence and where to, or why not."""

from datetime import date, timedelta

import numpy as np
import pytest
from tests.assess.fled import AS_OF, CONTROL, COUNTS, SINCE, case, day, fled, holds, known

from foreshock.assess.picture import Picture, assess
from foreshock.case.opening import Case
from foreshock.core.answers import Answer
from foreshock.core.answers_displaced import answer_displaced
from foreshock.core.displacement import Displacement, Ground
from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import ForecastRefused, StaleFeed
from foreshock.core.outlook import Outlook
from foreshock.core.series import DailySeries
from foreshock.evidence.claim import Kind
from foreshock.evidence.figures import parse_quantities
from foreshock.forecast.displacement.leaving import intervals, thinned
from foreshock.forecast.displacement.project import project
from foreshock.forecast.displacement.tables import simple_shares

MEMBERS = 600


def picture(claims, as_of=AS_OF) -> Picture:
    return assess(known(claims, as_of))


def forecast(claims=(*CONTROL, *COUNTS), about=None, **how) -> Displacement:
    return project(picture(claims), about or case(), **{"members": MEMBERS} | how)


@pytest.fixture(scope="module")
def outlook() -> Displacement:
    return forecast()


def place_of(outlook: Displacement, name: str) -> int:
    return [ground.place for ground in outlook.destinations].index(name)


def test_the_total_goes_on_from_the_last_count_and_never_falls(outlook: Displacement):
    assert outlook.known_to == day(55) and set(outlook.start) == {90_000.0}
    assert outlook.leaving.last == AS_OF + timedelta(days=30)
    assert (np.diff(outlook.running(), axis=1) >= 0).all()
    assert set(outlook.baselines) == {"last rate", "mean rate", "past weeks"}


def test_people_leave_what_is_threatened_and_go_where_it_is_less_so(outlook: Displacement):
    left, reached = outlook.shares.sum(axis=2).mean(axis=0), outlook.shares.sum(axis=1).mean(axis=0)
    east, west = place_of(outlook, "sd-east"), place_of(outlook, "sd-west")
    assert left[east] == left.max() and reached[east] == reached.min()
    assert left[west] == left.min()
    assert np.allclose(outlook.shares.sum(axis=(1, 2)), 1, atol=1e-5)
    assert (outlook.shares[:, range(3), range(3)] == 0).all(), "who stays is no flow"


def test_the_same_seed_gives_the_same_bits_and_another_one_others(outlook: Displacement):
    again, other = forecast(), forecast(seed=1)
    assert np.array_equal(again.leaving.values, outlook.leaving.values)
    assert np.array_equal(again.shares, outlook.shares) and again.config == outlook.config
    assert not np.array_equal(other.leaving.values, outlook.leaving.values)


def test_what_becomes_known_later_changes_no_bit(outlook: Displacement):
    later = [
        fled(500_000, 58, known_at=AS_OF + timedelta(days=1)),
        holds("middleton", "gondal", since=59, known_at=AS_OF + timedelta(days=2)),
    ]
    again = forecast((*CONTROL, *COUNTS, *later))
    assert np.array_equal(again.leaving.values, outlook.leaving.values)
    assert np.array_equal(again.shares, outlook.shares)


def test_a_higher_last_count_forecasts_more(outlook: Displacement):
    more = forecast((*CONTROL, *COUNTS[:-1], fled(160_000, 55)))
    assert np.median(more.leaving.total()) > np.median(outlook.leaving.total())


def test_rival_counts_each_have_their_futures():
    rivals = forecast((*CONTROL, *COUNTS, fled(70_000, 57)))
    assert len(set(rivals.start)) == 2
    share = (rivals.start == 90_000).mean()
    assert 0.3 < share < 0.7
    assert rivals.running()[rivals.start < 90_000, 1] == pytest.approx(70_000)


def test_nobody_can_leave_twice():
    people = holds(
        "vale", "zenda", 1, mode="present", end=AS_OF, kind=Kind.STATE,
        quantities=parse_quantities("population[people]=120000"),
    )  # fmt: skip
    bounded = forecast((*CONTROL, *COUNTS, people))
    assert bounded.people == 120_000 and bounded.people_claims == (people.id,)
    assert bounded.running().max() <= 120_000
    assert bounded.running("last rate").max() <= 120_000
    free = np.array([[100.0, 200.0]])
    assert thinned(free, 1e12) == pytest.approx(free)
    assert not thinned(free, 0.0).any()


def test_where_people_are_counted_or_named_their_share_grows(outlook: Displacement):
    west = place_of(outlook, "sd-west")
    named = fled(1, 30, destinations=("sd-west",), quantities=())
    counted = fled(1, 30, destinations=("sd-west",), place="sd-west",
                   quantities=parse_quantities("arrivals[people]=19000"))  # fmt: skip
    before = outlook.shares.sum(axis=1)[:, west].mean()
    by_name = forecast((*CONTROL, *COUNTS, named)).shares.sum(axis=1)[:, west].mean()
    by_count = forecast((*CONTROL, *COUNTS, counted)).shares.sum(axis=1)[:, west].mean()
    assert before < by_name < by_count


def test_a_declared_question_stretches_the_horizon_and_a_shut_place_takes_nobody():
    longer = project(picture([*CONTROL, *COUNTS]), case(), members=MEMBERS, horizon=45)
    assert longer.leaving.last == AS_OF + timedelta(days=45)
    lost = forecast([*CONTROL[:3], holds("westton", "gondal", since=1), *COUNTS])
    assert "sd-west" in lost.left_out
    assert "sd-west" not in {ground.place for ground in lost.destinations}


def test_without_a_front_the_total_is_told_and_flows_are_not():
    calm = forecast([holds("gate", "gondal"), *CONTROL[1:], *COUNTS])
    assert calm.shares.shape == (MEMBERS, 0, 0) and calm.leaving.members == MEMBERS
    assert any("No front" in note for note in calm.notes)


def test_without_a_way_to_shelter_the_total_is_told_and_flows_are_not():
    lone = forecast([CONTROL[0], holds("eastton", "zenda"), *COUNTS])
    assert lone.shares.shape == (MEMBERS, 0, 0) and not lone.destinations
    assert any("No open way" in note for note in lone.notes)


def test_more_fighting_ahead_moves_more_people(outlook: Displacement):
    def fought(rate):
        series = ("gondal>zenda",)
        observed = DailySeries(SINCE, series, [[1]] * 61, [[0.0]] * 61)
        ahead = Ensemble(
            np.full((MEMBERS, 30, 1), rate), AS_OF + timedelta(days=1), series, "events"
        )
        return Outlook(
            as_of=AS_OF, model="m", config="c", seed=0, observed=observed,
            ensembles={"events": ahead},
        )  # fmt: skip

    calm, fierce = (forecast(escalation=fought(rate)) for rate in (0.1, 10.0))
    assert np.median(fierce.leaving.total()) > 1.3 * np.median(calm.leaving.total())
    assert calm.config != forecast().config, "how fighting was forecast is part of how flight is"


def test_its_configuration_names_what_the_belief_in_control_takes_for_granted(
    outlook: Displacement, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as surer:
        surer.setattr("foreshock.forecast.displacement.project.SURE", 0.99)
        assert forecast().config != outlook.config
    assert forecast().config == outlook.config


@pytest.mark.parametrize(
    ("claims", "error", "says"),
    [
        ([*CONTROL, *COUNTS[:2]], ForecastRefused, "only 2 counts"),
        ([*CONTROL, *(fled(n, u) for n, u in [(1000, 5), (2000, 9), (3000, 30)])], StaleFeed,
         "30 days ago"),
    ],
)  # fmt: skip
def test_thin_and_stale_counts_are_refused(claims, error, says):
    with pytest.raises(error) as refused:
        forecast(claims)
    assert says in str(refused.value)


def test_a_case_that_declares_nothing_is_refused():
    with pytest.raises(ForecastRefused, match="declares no displacement"):
        forecast(about=case().model_copy(update={"displacement": None}))


def test_a_day_on_which_nobody_had_what_it_learned_from_is_refused(idlib: Case):
    day = date(2019, 11, 20)
    seen = assess(idlib.store.view(idlib.name, day), idlib.about.focus)
    with pytest.raises(ForecastRefused, match="which nobody knew"):
        project(seen, idlib.about, members=MEMBERS)


def test_a_place_of_which_nobody_said_who_lives_there_is_not_empty():
    unknown = simple_shares((Ground(place="a", people=None, threat=0.1),
                             Ground(place="b", people=50.0, threat=0.1)))  # fmt: skip
    assert unknown["population"].tolist() == [0.5, 0.5]


def test_intervals_lie_between_the_counts_and_add_up_to_their_difference(outlook: Displacement):
    found = intervals(outlook.totals)
    assert [each.last for each in found] == [day(30), day(45), day(55)]
    assert sum(each.people for each in found) == 80_000


# ---------------------------------------------------------------------- the bundled case


@pytest.fixture(scope="module")
def real(idlib: Case) -> tuple[Picture, Displacement]:
    seen = assess(idlib.store.view(idlib.name, date(2020, 2, 5)), idlib.about.focus)
    return seen, project(seen, idlib.about, members=2_000)


def test_the_questions_about_the_total_are_answered(real: tuple[Picture, Displacement]):
    seen, outlook = real
    told = {key: answer_displaced(seen.evidence.questions[key], outlook) for key in (
        "Q14", "Q15", "Q16", "Q17")}  # fmt: skip
    assert all(isinstance(each, Answer) for each in told.values())
    assert told["Q14"].probability >= told["Q15"].probability
    assert told["Q17"].first == date(2020, 2, 3)


def test_nobody_is_sent_over_the_shut_border_or_into_ground_that_attackers_hold(real):
    seen, outlook = real
    places = {ground.place for ground in outlook.destinations}
    assert places and all(seen.evidence.places.holds("nw-syria", each) for each in places)
    assert "sd-maarrat-an-numan" in outlook.left_out
    assert {each.place for each in outlook.origins} == places
