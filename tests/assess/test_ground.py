"""Whose ground it is, where the front moves, and who is under threat."""

import math
from datetime import timedelta

import pytest
from tests.assess.fled import AS_OF, CONTROL, DECLARED, SINCE, SPOTS, holds, known

from foreshock.assess.control.said import control
from foreshock.assess.ground import RECENT, living, terrain
from foreshock.evidence.claim import Kind, Modality
from foreshock.evidence.figures import parse_quantities


def ground(claims, declared=DECLARED):
    evidence = known(claims)
    return terrain(evidence, control(evidence), declared)


def threats(found):
    return {each.place: each.threat for each in found.grounds}


def test_the_front_is_where_ground_was_taken_of_late_and_threat_falls_with_distance():
    found = ground(CONTROL)
    assert [front.place for front in found.fronts] == ["gate"]
    near = threats(found)
    assert near["sd-east"] > near["sd-middle"] > near["sd-west"] > 0
    km = 0.05 * 111.195  # gate to eastton, on the equator
    assert near["sd-east"] == pytest.approx(math.exp(-km / DECLARED.reach_km), rel=1e-3)


def test_ground_taken_long_ago_or_held_on_one_day_only_is_no_front():
    old = (AS_OF - RECENT - timedelta(days=1) - SINCE).days
    for gate in (holds("gate", "gondal", since=old), holds("gate", "gondal")):
        found = ground([gate, *CONTROL[1:]])
        assert found.fronts == () and set(threats(found).values()) == {0.0}
        assert "gate" in found.barred


def test_a_town_that_both_sides_fight_over_is_a_front_and_still_shelter():
    both = holds("eastton", ("gondal", "zenda"), mode="contests")
    found = ground([both, *CONTROL[2:]])
    assert [front.place for front in found.fronts] == ["eastton"]
    assert threats(found)["sd-east"] == 1.0
    assert "eastton" not in found.barred


def test_every_ground_leads_to_its_claims_and_what_is_left_out_says_why():
    found = ground(CONTROL)
    ids = {claim.id for claim in CONTROL}
    assert all(set(each.claims) <= ids and each.claims for each in found.grounds)
    assert found.left_out == {"sd-empty": "nobody says who holds a place in it"}
    lost = ground([holds("westton", "gondal"), *CONTROL[:3]])
    assert "is said to be held by those who shelter" in lost.left_out["sd-west"]


def test_people_are_those_of_the_towns_that_are_held_and_unknown_is_not_zero():
    found = ground(CONTROL)
    assert {each.people for each in found.grounds} == {9000.0}
    only = ground([holds("gate", "zenda")])
    assert [each.people for each in only.grounds] == [None]


def test_a_longer_reach_threatens_more():
    wide = threats(ground(CONTROL, DECLARED.model_copy(update={"reach_km": 60.0})))
    assert all(wide[place] > threat for place, threat in threats(ground(CONTROL)).items())


def test_the_newest_word_on_who_lives_there_counts_and_plans_do_not():
    def people(number, since, **fields):
        made = {"kind": Kind.STATE, "quantities": parse_quantities(f"population[people]={number}")}
        return holds("vale", f"zenda{number}", since, mode="present", **made | fields)

    told = [people(100, 1, end=AS_OF), people(90, 1, end=SINCE)]
    assert living(known(told), "vale") == (100.0, (told[0].id,))
    assert living(known(CONTROL), "vale") is None
    assert len(SPOTS) == len(ground(CONTROL).grounds)
    assert Modality.PLANNED not in {claim.modality for claim in told}
