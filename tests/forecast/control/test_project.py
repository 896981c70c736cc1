"""From claims on who holds a place to answers, through the real path, or why there are none."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from tests.assess.fled import AS_OF, CONTROL, day, holds, known

from foreshock.assess.picture import assess
from foreshock.core.answers import Answer, Refusal
from foreshock.core.answers_control import answer_control
from foreshock.core.control import NOBODY, ControlOutlook, Held
from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import ForecastRefused
from foreshock.core.outlook import Outlook
from foreshock.core.questions import Question
from foreshock.core.series import DailySeries
from foreshock.evidence.claim import Claim
from foreshock.evidence.records import Road
from foreshock.forecast.control.project import LONGEST, MEMBERS, project

ASKED = Question(
    id="Q", text="?", opens=AS_OF, closes=AS_OF + timedelta(days=20), variable="holds",
    actors=("gondal",), place="eastton", statistic="at-close", comparison="yes",
)  # fmt: skip
NEW = [holds("gate", "gondal", since=58), *CONTROL[1:]]
NAMED = Road(a="gate", b="eastton", road="R1")
LONG = Road(a="eastton", b="customs", road="R2")


def forecast(claims: Iterable[Claim] = NEW, entries=(), **how) -> ControlOutlook:
    return project(assess(known(claims, AS_OF, entries)), **{"members": 400} | how)


def chance(outlook: ControlOutlook, question: Question = ASKED, method: str | None = None) -> float:
    told = answer_control(question, outlook, method)
    assert isinstance(told, Answer), told
    assert told.probability is not None
    return told.probability


def same(one: Held, other: Held) -> bool:
    return np.array_equal(one.holder, other.holder) and np.array_equal(one.rival, other.rival)


@pytest.fixture(scope="module")
def outlook() -> ControlOutlook:
    return forecast()


def test_what_lies_next_on_the_road_is_likelier_to_fall_than_what_lies_behind_it(outlook):
    near, far = chance(outlook), chance(outlook, replace(ASKED, place="westton"))
    assert near > far > 0
    stale = forecast([holds("gate", "gondal", since=5), *CONTROL[1:]])
    assert near > chance(stale)


def test_futures_begin_with_what_is_believed(outlook):
    holder = outlook.ahead.outright()[:, 0, outlook.places.index("eastton")]
    believed = assess(known(NEW)).belief
    zenda = believed.at()[believed.index["eastton"], believed.holders.index("zenda")]
    assert (holder == outlook.sides.index("zenda")).mean() == pytest.approx(zenda, abs=0.06)
    assert outlook.known.last == AS_OF - timedelta(days=1)
    assert len(outlook.known.holder) == 1


def test_the_same_seed_gives_the_same_bits_and_another_one_others(outlook):
    again, other = forecast(), forecast(seed=1)
    assert same(again.ahead, outlook.ahead)
    assert again.config == outlook.config
    assert all(same(again.baselines[name], held) for name, held in outlook.baselines.items())
    assert not same(other.ahead, outlook.ahead)


def test_what_becomes_known_later_changes_no_bit(outlook):
    late = holds("eastton", "gondal", since=59, known_at=AS_OF + timedelta(days=1))
    assert same(forecast([*NEW, late]).ahead, outlook.ahead)


def test_a_path_of_ones_changes_no_bit_and_one_of_zeros_stops_every_change(outlook):
    days = outlook.ahead.holder.shape[1] - 1
    assert same(forecast(paths=np.ones((1, days, 1, 1))).ahead, outlook.ahead)
    stopped = forecast(paths=np.zeros((1, days, 1, 1)))
    assert same(stopped.ahead, outlook.baselines["no change"])
    assert not stopped.baselines


def test_simple_methods_answer_beside_it(outlook):
    assert set(outlook.baselines) == {"no change", "last fortnight's pace"}
    # Nobody knows who held the gate a fortnight ago: nothing was seen to be taken.
    assert chance(outlook, method="last fortnight's pace") == chance(outlook, method="no change")
    before = holds("gate", "zenda", start=day(40), end=day(40), known_at=day(40))
    moving = forecast([before, *NEW])
    still, pace = (chance(moving, method=name) for name in moving.baselines)
    assert still < pace  # the advance goes on with the next town
    assert any("took 1 place by road" in note for note in moving.notes)


def fighting(daily: int) -> Outlook:
    pair = ("gondal>zenda",)
    past = DailySeries(AS_OF - timedelta(days=29), pair, [[1]] * 30, [[0.0]] * 30)
    ahead = Ensemble(np.full((400, 30, 1), daily), AS_OF + timedelta(days=1), pair, "events")
    return Outlook(
        as_of=AS_OF, model="made up", config=f"c{daily}", seed=0, observed=past,
        ensembles={"events": ahead},
    )  # fmt: skip


def test_fiercer_futures_of_the_fighting_make_changes_likelier():
    battle = [
        replace_place(each) for each in
        (holds("eastton", "zenda", known_at=AS_OF - timedelta(days=n)) for n in range(1, 25, 6))
    ]  # fmt: skip
    calm, fierce = (forecast([*NEW, *battle], escalation=fighting(n)) for n in (0, 9))
    everywhere = [(each.ahead.holder[:, -1] != each.ahead.holder[:, 0]).sum()
                  for each in (calm, fierce)]  # fmt: skip
    assert everywhere[0] < everywhere[1]
    assert calm.config != fierce.config


def replace_place(claim: Claim) -> Claim:
    from tests.assess.relations.made import claim as made

    on = claim.known_at or AS_OF
    return made(f"fight {on}", "ASSAULT", on, "gondal", "zenda", place="eastton")


def test_a_contested_place_is_held_by_nobody_and_has_both_in_it():
    fought = holds("eastton", ("gondal", "zenda"), mode="contests")
    others = [each for each in NEW if each.place != "eastton"]
    outlook = forecast([*others, fought])
    at = outlook.places.index("eastton")
    contested = outlook.ahead.rival[:, 0, at] != NOBODY
    assert contested.mean() > 0.5
    parties = {outlook.ahead.holder[:, 0, at][contested][0],
               outlook.ahead.rival[:, 0, at][contested][0]}  # fmt: skip
    assert {outlook.sides[each] for each in parties} == {"gondal", "zenda"}
    tomorrow = replace(ASKED, closes=AS_OF + timedelta(days=1), variable="present")
    assert chance(outlook, tomorrow) > chance(outlook, replace(tomorrow, variable="holds"))


def test_a_declared_question_stretches_the_horizon_up_to_its_limit():
    assert forecast(horizon=10).ahead.last == AS_OF + timedelta(days=10)
    late = replace(ASKED, closes=AS_OF + timedelta(days=50))
    assert forecast(entries=[late], horizon=10).ahead.last == late.closes
    never = replace(ASKED, closes=AS_OF + timedelta(days=500))
    outlook = forecast(entries=[never], horizon=10, members=20)
    assert outlook.ahead.last == AS_OF + timedelta(days=LONGEST)
    refused = answer_control(never, outlook)
    assert isinstance(refused, Refusal)
    assert "the forecast ends on" in refused.reason


def test_a_road_is_answered_for_where_every_place_on_it_is_spoken_of():
    outlook = forecast(entries=[NAMED, LONG])
    road = replace(ASKED, variable="holds-road[R1]", place="")
    assert 0 < chance(outlook, road) <= chance(outlook)
    refused = answer_control(replace(road, variable="holds-road[R2]"), outlook)
    assert isinstance(refused, Refusal)
    assert refused.reason == "customs: nobody says who holds it"


def test_there_are_no_more_futures_than_a_share_needs():
    assert forecast(members=MEMBERS + 1).members == MEMBERS


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ([], "nobody says who holds any place"),
        (CONTROL[:1], "all places are said to be held by gondal"),
    ],
)
def test_without_two_sides_there_is_no_forecast(claims, reason):
    with pytest.raises(ForecastRefused, match=reason):
        forecast(claims)


def test_no_day_of_the_past_is_later_than_the_as_of(outlook):
    assert outlook.known.first < outlook.known.last < date(2031, 6, 30) == outlook.ahead.first
