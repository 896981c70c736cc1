"""Where there is too little evidence, and where there is none: that is the answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.assess.relations.made import (
    PAIR,
    SURE,
    Told,
    act,
    acts_in,
    claim,
    dyad_of,
    monday,
    seen,
    series,
)

from foreshock.assess.relations.share import LEAST_MASS, WIDEST, Share
from foreshock.assess.relations.strain import HISTORY, Dyad, strain
from foreshock.brief.relation_words import direction, insufficient, sentence
from foreshock.evidence.actors import Actor

DAY = date(2020, 6, 1)
LAST = 110
AS_OF = monday(LAST)


def _only(told, as_of: date = AS_OF) -> Dyad:
    (found,) = strain(Told({PAIR: told}), as_of)
    return found


@given(st.floats(0, 30), st.floats(0.3, 40), st.floats(0.3, 40))
def test_enough_needs_both_mass_and_a_narrow_interval(mass, conflictual, cooperative):
    share = Share(conflictual, cooperative, mass)
    assert share.enough is (mass >= 2 and share.span.high - share.span.low <= 0.6)


def test_the_rule_is_the_one_that_is_told():
    assert (LEAST_MASS, WIDEST) == (2.0, 0.6)
    assert "less than 2 acts" in insufficient()
    assert "60 %" in insufficient()


def test_few_acts_are_not_enough_and_the_sentence_says_so():
    dyad = _only([act(LAST, "-", channel="deed")])
    assert dyad.deeds.now.mass < 2
    assert not dyad.deeds.now.enough
    assert direction(dyad.deeds) == direction(dyad.words) == "insufficient evidence"
    told = sentence(dyad, "Gondal", "Ruritania")
    assert told == (
        "Gondal and Ruritania: in deeds insufficient evidence (memory holds 1.0 acts); "
        "in words insufficient evidence (no act on record)."
    )


def test_a_wide_interval_is_not_enough_and_the_sentence_says_so():
    dyad = _only([act(LAST, sign, event=f"{sign}{n}") for sign in "+-" for n in range(1)])
    assert dyad.words.now.mass >= 1.99
    assert dyad.words.now.span.width > 0.6
    assert direction(dyad.words) == "insufficient evidence"
    assert "the share could be anything from" in sentence(dyad, "A", "B") or (
        "memory holds" in sentence(dyad, "A", "B")
    )
    wide = _only([act(LAST - 2, "+-"[n % 2], event=f"{n}") for n in range(3)])
    if wide.words.now.mass >= 2:
        assert "the share could be anything from" in sentence(wide, "A", "B")


def test_a_past_that_is_too_thin_gives_a_level_and_no_direction():
    dyad = _only(series([0] * LAST + [9], [0] * LAST + [1]))
    assert dyad.words.now.enough
    assert not dyad.words.reference.enough
    assert not dyad.words.enough
    assert direction(dyad.words) == "insufficient evidence"
    assert "with too little of its own past on record to compare" in sentence(dyad, "A", "B")


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [((0, 3), (3, 0), "up"), ((3, 0), (0, 3), "down"), ((1, 1), (1, 1), "no clear change")],
)
def test_directions(then, now, expected):
    told = series([then[0]] * 84 + [now[0]] * 27, [then[1]] * 84 + [now[1]] * 27)
    dyad = _only(told)
    assert dyad.words.enough
    assert direction(dyad.words) == expected
    assert expected in sentence(dyad, "A", "B")


def test_old_acts_fade_until_they_say_nothing():
    told = series([3] * 10, [0] * 10)
    fresh = _only(told, monday(10))
    assert fresh.words.now.enough
    later = _only(told, monday(10 + 52 * 15))
    assert later.words.now.mass < fresh.words.now.mass
    assert later.words.reference.mass == 0


# ---------------------------------------------------------------------- nothing at all


def test_no_evidence_no_pairs():
    assert strain(acts_in(seen([], DAY)), DAY) == []
    assert strain(acts_in(seen([], DAY)), DAY, ["gondal", "ruritania"]) == []


def test_a_day_before_all_acts_sees_none():
    told = [claim("C1", "ASSAULT", DAY)]
    before = DAY - timedelta(days=1)
    assert strain(acts_in(seen(told, before)), before) == []


def test_a_pair_in_focus_without_acts_is_left_out():
    acts = acts_in(seen([claim("C1", "ASSAULT", DAY)], DAY))
    found = strain(acts, DAY, ["gondal", "ruritania", "zenda"])
    assert [(dyad.a, dyad.b) for dyad in found] == [("gondal", "ruritania")]


def test_one_act_is_shown_with_a_wide_open_share():
    (dyad,) = strain(acts_in(seen([claim("C1", "ASSAULT", DAY)], DAY)), DAY)
    assert len(dyad.deeds.acts) == len(dyad.deeds.moved) == len(dyad.deeds.weeks) == 1
    assert dyad.deeds.now.span.width > 0.6
    assert dyad.deeds.skill is None
    assert dyad.words.acts == dyad.words.moved == dyad.words.weeks == ()
    assert dyad.words.now.mass == dyad.words.reference.mass == 0
    assert dyad.words.now.mean == pytest.approx(0.5)
    assert dyad.words.probability_up == pytest.approx(0.5)


def test_without_a_focus_all_pairs_are_told():
    told = [
        claim("C1", "ASSAULT", DAY),
        claim("C2", "AID", DAY, "zenda", "ruritania"),
        claim("C3", "CONSULT", DAY, "zenda", "gondal"),
    ]
    found = strain(acts_in(seen(told, DAY)), DAY)
    assert {frozenset((dyad.a, dyad.b)) for dyad in found} == {
        frozenset(pair)
        for pair in (("gondal", "ruritania"), ("ruritania", "zenda"), ("gondal", "zenda"))
    }


def test_a_pair_half_in_focus_is_told_only_with_enough_evidence():
    much = [claim(f"M{n}", "ASSAULT", DAY - timedelta(days=n), "gondal", "zenda")
            for n in range(8)]  # fmt: skip
    little = [claim("L1", "ASSAULT", DAY, "gondal", "ruritania")]
    acts = acts_in(seen([*much, *little], DAY))
    assert [(d.a, d.b) for d in strain(acts, DAY, ["gondal"])] == [("gondal", "zenda")]
    assert strain(acts, DAY, ["ruritania"]) == []


def test_an_unknown_actor_in_focus_changes_nothing():
    told = [claim("C1", "ASSAULT", DAY)]
    acts = acts_in(seen(told, DAY))
    focus = ["gondal", "ruritania"]
    assert strain(acts, DAY, [*focus, "atlantis"]) == strain(acts, DAY, focus)


def test_actors_that_the_case_does_not_know_still_have_relations():
    told = [claim("C1", "ASSAULT", DAY, "atlantis", "lemuria")]
    (dyad,) = strain(acts_in(seen(told, DAY)), DAY)
    assert (dyad.a, dyad.b) == ("atlantis", "lemuria")


def test_pairs_with_enough_come_first():
    told = [
        claim("L1", "ASSAULT", DAY, "gondal", "ruritania"),
        *(claim(f"M{n}", "ASSAULT", DAY - timedelta(days=n), "ruritania", "zenda")
          for n in range(8)),
    ]  # fmt: skip
    found = strain(acts_in(seen(told, DAY)), DAY, ["gondal", "ruritania", "zenda"])
    assert [(d.a, d.b) for d in found] == [("ruritania", "zenda"), ("gondal", "ruritania")]


# ---------------------------------------------------------------------- odd input


def test_acts_of_a_generation_ago_say_nothing():
    told = [
        *(claim(f"O{n}", "ASSAULT", date(1000 + 90 * n, 5, 29)) for n in range(8)),
        *(claim(f"N{n}", "AID", DAY - timedelta(days=9 * n)) for n in range(9)),
    ]
    dyad, lately = (
        strain(acts_in(seen(each, DAY)), DAY, ["gondal", "ruritania"])[0]
        for each in (told, told[8:])
    )
    assert len(dyad.deeds.acts) == 9
    assert dyad == lately
    assert strain(acts_in(seen(told[:8], DAY)), DAY) == []


@pytest.mark.parametrize(("back", "number"), [(0, 1), (1, 0)])
def test_a_generation_is_twenty_years(back, number):
    assert timedelta(weeks=52 * 20) == HISTORY
    day = DAY - HISTORY + timedelta(days=1 - back)
    assert len(strain(acts_in(seen([claim("C1", "AID", day)], DAY)), DAY)) == number


def test_many_acts_on_one_day():
    told = [act(LAST, "-", event=f"{n}") for n in range(3000)]
    words = _only(told).words
    assert words.now.mass == pytest.approx(3000)
    assert 0.999 < words.now.mean < 1
    assert words.now.span.low < words.now.mean < words.now.span.high <= 1


def test_huge_weights_and_tiny_probabilities_stay_numbers():
    told = [
        act(LAST - 1, "-", event="huge", weight=1e5),
        act(LAST, "+", event="tiny", probability=1e-11),
        act(LAST - 20, "+", event="old", weight=1e-9),
    ]
    words = _only(told).words
    numbers = [words.now.mean, words.now.span.low, words.now.span.high, words.excess.low,
               words.excess.high, words.probability_up, *(m.pull for m in words.moved)]  # fmt: skip
    assert all(-1 <= number <= 1 for number in numbers)
    assert words.now.mean > 0.99


def test_an_actor_with_two_wholes_acts_for_both():
    band = Actor(id="band", name="Band", parents=("gondal", "zenda"))
    told = [claim("C1", "ASSAULT", DAY, "band", "ruritania")]
    found = strain(acts_in(seen(told, DAY, [band])), DAY)
    assert len(found) == 2
    for other in ("gondal", "zenda"):
        assert len(dyad_of(found, other, "ruritania").deeds.acts) == 1


def test_certain_and_impossible_acts():
    for probability, mass in ((SURE, 1.0), (1e-12, 0.0)):
        words = _only([act(LAST, "-", probability=probability)]).words
        assert words.now.mass == pytest.approx(mass)
