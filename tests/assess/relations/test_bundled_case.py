"""What the relations of the bundled case must show, whichever way they are worked out."""

import os
from datetime import date

import pytest
from tests.assess.relations.made import dyad_of

from foreshock.assess.patrons import patrons
from foreshock.assess.relations.acts import Acts
from foreshock.assess.relations.strain import Channel, Dyad, strain
from foreshock.case.opening import Case, open_case
from foreshock.cycle import observe
from foreshock.evidence.reconcile import reconcile
from foreshock.evidence.view import Evidence

LAST = date(2020, 4, 1)
FOCUS = ("turkey", "syria", "russia", "iran", "rebels", "hts")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORESHOCK_HOME", os.fspath(tmp_path_factory.mktemp("home")))
        return open_case("idlib-2020")


@pytest.fixture(scope="module")
def evidence(case: Case) -> Evidence:
    return observe(case, LAST)


def _strain(evidence: Evidence) -> list[Dyad]:
    acts = Acts(evidence, reconcile(evidence), patrons(evidence))
    return strain(acts, evidence.as_of, FOCUS)


@pytest.fixture(scope="module")
def dyads(evidence: Evidence) -> list[Dyad]:
    return _strain(evidence)


def test_turkey_and_russia_are_foretold_better_than_by_a_constant_share(dyads):
    dyad = dyad_of(dyads, "turkey", "russia")
    deeds, words = dyad.deeds.skill, dyad.words.skill
    assert deeds is not None
    assert words is not None
    assert deeds.gained >= 6
    assert words.gained >= 12
    for skill in (deeds, words):
        assert skill.pit is not None
        assert skill.pit > 0.05


def test_where_nothing_changed_nothing_is_gained(dyads):
    dyad = dyad_of(dyads, "turkey", "syria")
    for channel in (dyad.deeds, dyad.words):
        assert channel.skill is not None
        assert channel.skill.gained <= 1


def test_no_tested_pair_is_badly_calibrated(dyads):
    tested = [
        channel.skill.pit
        for dyad in dyads
        for channel in (dyad.deeds, dyad.words)
        if channel.skill is not None and channel.skill.pit is not None
    ]
    assert len(tested) >= 6
    assert min(tested) > 0.02


def _at(channel: Channel, day: date) -> float:
    return next(week.share.mean for week in channel.weeks if week.end >= day)


def test_the_known_turns_between_turkey_and_russia(dyads):
    """Break of November 2015, thaw of summer 2016, clash of February 2020."""
    dyad = dyad_of(dyads, "turkey", "russia")
    for channel in (dyad.deeds, dyad.words):
        after_break, after_thaw = (
            _at(channel, day) for day in (date(2016, 1, 4), date(2016, 9, 5))
        )
        assert after_thaw < after_break - 0.25
        assert _at(channel, date(2020, 3, 2)) > _at(channel, date(2020, 1, 1)) + 0.15
    assert _at(dyad.words, date(2015, 11, 15)) < 0.5 < _at(dyad.words, date(2016, 1, 4))


def test_patrons_and_clients_speak_kindly_of_each_other(dyads):
    for patron in ("russia", "iran"):
        words = dyad_of(dyads, "syria", patron).words
        assert words.now.enough
        assert words.now.span.high < 0.3


def test_hostile_pairs_are_hostile(dyads):
    for other in ("turkey", "rebels", "hts"):
        assert dyad_of(dyads, "syria", other).deeds.now.span.low > 0.6


@pytest.mark.parametrize("day", [date(2016, 8, 31), date(2020, 2, 5)])
def test_an_earlier_day_is_seen_as_it_was_seen_then(case, evidence, day):
    assert _strain(evidence.earlier(day)) == _strain(observe(case, day))


def test_every_act_lies_before_it_was_known(dyads):
    acts = [act for d in dyads for c in (d.deeds, d.words) for act in c.acts]
    assert len(acts) > 500
    assert all(act.day <= act.known_at <= LAST for act in acts)
    assert all(0 < act.probability < 1 for act in acts)
    assert {act.weight for act in acts} == {0.25, 1.0}


def test_a_clients_strike_is_told_with_its_client(dyads):
    dyad = dyad_of(dyads, "turkey", "russia")
    through = [moved.act for moved in dyad.deeds.moved if moved.act.client]
    assert through
    clients = {act.client for act in through}
    assert "syria" in clients
    assert not clients & {"turkey", "russia"}
    assert not {act.event for act in through} & {act.event for act in dyad.deeds.acts}
    assert dyad.deeds.with_clients is not None
    assert dyad.deeds.with_clients.mean > dyad.deeds.now.mean
