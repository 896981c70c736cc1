"""How the strain must change, or must not, when the acts behind it change in a known way."""

import dataclasses
import random
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.assess.relations.made import (
    PAIR,
    SURE,
    WEEK0,
    Told,
    act,
    acts_in,
    claim,
    dyad_of,
    figures,
    monday,
    numbers,
    seen,
    series,
)

from foreshock.assess.relations.acts import Act
from foreshock.assess.relations.discount import GRID, foretell, learned
from foreshock.assess.relations.share import Share, Span
from foreshock.assess.relations.strain import REFERENCE, Channel, Dyad, share_by_week, strain
from foreshock.evidence.claim import Claim, Polarity

LAST = 110
AS_OF = monday(LAST) + timedelta(days=3)
OTHER = ("gondal", "zenda")


@st.composite
def acts(draw: st.DrawFn, stem: str = "", least: int = 1) -> list[Act]:
    """Draw acts of two years in both channels."""
    return [
        act(
            draw(st.integers(0, LAST)),
            draw(st.sampled_from("+-")),
            event=f"{stem}{n}",
            channel=draw(st.sampled_from(["deed", "word"])),
            weight=draw(st.sampled_from([0.25, 1.0, 1.0])),
            probability=draw(st.sampled_from([0.3, 0.5, 0.9, SURE])),
            deaths=draw(st.sampled_from([None, 0.0, 3.0])),
            issue=draw(st.sampled_from(["", "arms", "river"])),
        )
        for n in range(draw(st.integers(least, 25)))
    ]


def _only(told: Sequence[Act], clients: Sequence[Act] = (), as_of: date = AS_OF) -> Dyad:
    (found,) = strain(Told({PAIR: told}, {PAIR: clients}), as_of)
    return found


def _channels(one: Dyad, other: Dyad) -> list[tuple[Channel, Channel]]:
    return [(one.deeds, other.deeds), (one.words, other.words)]


def _swapped(told: Sequence[Act]) -> list[Act]:
    return [dataclasses.replace(each, conflictual=not each.conflictual) for each in told]


def _mirrored(share: Share) -> tuple[float, float, float]:
    return share.cooperative, share.conflictual, share.mass


def _numbers(span: Span, sign: int = 1) -> list[float]:
    low, high = (span.low, span.high) if sign > 0 else (span.high, span.low)
    return [sign * span.mean, sign * low, sign * high]


@settings(max_examples=40)
@given(acts(), acts("client "))
def test_swapping_all_signs_mirrors_everything(told, clients):
    there, back = _only(told, clients), _only(_swapped(told), _swapped(clients))
    for one, other in _channels(there, back):
        assert other.discount == one.discount
        assert dataclasses.astuple(other.now) == pytest.approx(_mirrored(one.now))
        assert other.now.mean == pytest.approx(1 - one.now.mean)
        assert _numbers(other.now.log_odds) == pytest.approx(_numbers(one.now.log_odds, -1))
        assert dataclasses.astuple(other.reference) == pytest.approx(_mirrored(one.reference))
        assert _numbers(other.excess) == pytest.approx(_numbers(one.excess, -1), abs=1e-6)
        assert other.probability_up == pytest.approx(1 - one.probability_up, abs=1e-6)
        assert (other.with_clients is None) is (one.with_clients is None)
        if one.with_clients and other.with_clients:
            assert other.with_clients.mean == pytest.approx(1 - one.with_clients.mean)
        assert {m.act.event: -m.pull for m in other.moved} == pytest.approx(
            {m.act.event: m.pull for m in one.moved}, abs=1e-9
        )
        assert [w.share.mean for w in other.weeks] == pytest.approx(
            [1 - w.share.mean for w in one.weeks]
        )
        assert other.enough is one.enough
        if one.skill and other.skill:
            assert other.skill.gained == pytest.approx(one.skill.gained)


@given(acts(), st.sampled_from(range(len(GRID))), st.integers(2, 4))
def test_twice_the_coverage_leaves_the_share_and_narrows_the_interval(told, place, times):
    # Every act told so many times, each in its own event that is in no doubt.
    certain = [dataclasses.replace(each, probability=SURE) for each in told]
    again = [
        dataclasses.replace(each, event=f"{each.event} {n}")
        for each in certain
        for n in range(times)
    ]
    used = np.array([place])
    (once,), (often,) = (share_by_week(each, used, WEEK0 + LAST) for each in (certain, again))
    assert often.mass == pytest.approx(times * once.mass)
    # The evidence share F / (F + C), without the prior, stays.
    if once.mass > 1e-6:
        shares = [(s.mean * (1 + s.mass) - 0.5) / s.mass for s in (once, often)]
        assert shares[1] == pytest.approx(shares[0], abs=1e-6)
        # The prior's half act of each sign pulls less.
        assert abs(often.mean - shares[0]) <= abs(once.mean - shares[0]) + 1e-9
    certain_of = [s.conflictual + s.cooperative for s in (once, often)]
    assert certain_of[1] >= certain_of[0] - 1e-9
    if once.mass > 1:
        assert often.log_odds.width < once.log_odds.width


def test_twice_the_coverage_changes_neither_direction_nor_reference():
    told = series([1, 0, 2] * 36, [0, 1, 1] * 36)
    again = [dataclasses.replace(each, event=f"{each.event} again") for each in told]
    once, often = _only(told).words, _only([*told, *again]).words
    assert often.reference.mean == pytest.approx(once.reference.mean, abs=0.01)
    assert often.now.mean == pytest.approx(once.now.mean, abs=0.05)
    assert often.reference.span.width < once.reference.span.width
    assert often.now.mass == pytest.approx(2 * once.now.mass, rel=0.4)


# ---------------------------------------------------------------------- contested claims

NOW = np.array([7])


def _with(others: Sequence[Act], *doubtful: Act) -> Share:
    (found,) = share_by_week([*others, *doubtful], NOW, WEEK0 + LAST)
    return found


def _deviation(share: Share) -> float:
    a, b = share.conflictual, share.cooperative
    return float(np.sqrt(a * b / (a + b + 1)) / (a + b))


def _doubted(probability: float, number: int = 6, **fields: object) -> list[Act]:
    return [
        act(LAST - 1, "-", event=f"doubted {n}", probability=probability, **fields)
        for n in range(number)
    ]


@pytest.mark.parametrize(("conflictual", "cooperative"), [(0, 8), (4, 4), (8, 0), (3, 12)])
def test_doubt_widens_beyond_counting_half_an_act(conflictual, cooperative):
    """Half of the worlds hold the acts: more spread than six acts that count half for sure."""
    others = series([0] * LAST + [conflictual], [0] * LAST + [cooperative])
    contested = _with(others, *_doubted(0.5))
    plugged_in = _with(others, *_doubted(SURE, weight=0.5))
    certain, left_out = _with(others, *_doubted(SURE)), _with(others)
    assert contested.mean == pytest.approx(plugged_in.mean, abs=0.04)
    assert _deviation(contested) > _deviation(plugged_in)
    # Between the two in level and in mass.
    assert left_out.mass < contested.mass < certain.mass
    low, high = sorted((left_out.mean, certain.mean))
    assert low < contested.mean < high


def test_doubt_about_what_fits_leaves_more_room_than_certainty_and_less_than_nothing():
    others = series([0] * LAST + [6], [0] * LAST + [2])
    certain, contested, left_out = (
        _with(others, *_doubted(SURE)),
        _with(others, *_doubted(0.5)),
        _with(others),
    )
    widths = [share.span.width for share in (certain, contested, left_out)]
    assert widths == sorted(widths)


def test_doubt_about_what_does_not_fit_leaves_more_room_than_not_having_heard():
    # A pair of good friends: whether six hostile acts took place makes all the difference.
    others = series([0] * (LAST + 1), [0] * LAST + [12])
    contested, left_out = _with(others, *_doubted(0.5)), _with(others)
    assert contested.span.width > 1.5 * left_out.span.width


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_more_belief_in_a_hostile_act_never_lowers_the_share(one, other):
    low, high = sorted((one, other))
    others = series([1, 0, 1, 2], [2, 2, 0, 1])
    means = [_with(others, *_doubted(p, 1)).mean for p in (low, high)]
    assert means[0] <= means[1]


def test_an_act_happens_in_the_same_worlds_for_every_pair():
    doubtful = [act(LAST, "-", event="joint", probability=0.5)]
    acts = Told({PAIR: doubtful, OTHER: doubtful})
    here, there = strain(acts, AS_OF)
    assert here.words.now == there.words.now


# ---------------------------------------------------------------------- who and in which order

TYPES = ["ASSAULT", "COERCE", "AID", "RETREAT", "CONSULT", "AGREE", "ACCUSE", "THREATEN"]
DAY = date(2020, 6, 1)


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    """Draw claims among three actors, each with a fixed id, some of them denied by another."""
    told = []
    for n in range(draw(st.integers(3, 14))):
        doer, other = draw(st.permutations(["gondal", "ruritania", "zenda"]))[:2]
        day = DAY - timedelta(days=draw(st.integers(0, 600)))
        type = draw(st.sampled_from(TYPES))
        told.append(claim(f"C{n}", type, day, doer, other, f"s{n % 6}", id=f"{n:020x}"))
        if draw(st.integers(0, 3)) == 0:
            told.append(
                claim(
                    f"D{n}", type, day, doer, other, f"s{(n + 1) % 6}", id=f"{n + 100:020x}",
                    polarity=Polarity.DENIED,
                )
            )  # fmt: skip
    return told


@settings(max_examples=25)
@given(claims(), st.permutations(["gondal", "ruritania", "zenda"]))
def test_other_names_give_the_same_numbers(told, permuted):
    names = dict(zip(["gondal", "ruritania", "zenda"], permuted, strict=True))
    renamed = [
        replace(
            each,
            actors=tuple(names[a] for a in each.actors),
            recipients=tuple(names[a] for a in each.recipients),
        )
        for each in told
    ]
    before = strain(acts_in(seen(told, DAY)), DAY)
    after = strain(acts_in(seen(renamed, DAY)), DAY)
    assert len(after) == len(before) > 0
    for dyad in before:
        for one, other in _channels(dyad, dyad_of(after, names[dyad.a], names[dyad.b])):
            assert [act.event for act in other.acts] == [act.event for act in one.acts]
            assert numbers(other) == pytest.approx(numbers(one))


@settings(max_examples=25)
@given(claims(), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(told, order):
    shuffled = list(told)
    order.shuffle(shuffled)
    evidence = seen(told, DAY)
    assert strain(acts_in(seen(shuffled, DAY)), DAY) == strain(acts_in(evidence), DAY)


def test_the_order_of_the_focus_orders_the_pairs_only():
    told = [
        claim(f"C{n}", TYPES[n % 8], DAY - timedelta(days=9 * n), doer, other)
        for n in range(40)
        for doer, other in [random.Random(n).sample(["gondal", "ruritania", "zenda"], 2)]
    ]
    acts = acts_in(seen(told, DAY))
    orders = [
        strain(acts, DAY, focus)
        for focus in (["gondal", "ruritania", "zenda"], ["zenda", "gondal", "ruritania"], [])
    ]
    for one in orders[1:]:
        assert len(one) == 3
        for dyad in one:
            same = dyad_of(orders[0], dyad.a, dyad.b)
            assert (figures(dyad.deeds), figures(dyad.words)) == (
                figures(same.deeds),
                figures(same.words),
            )
    assert (orders[0][0].a, orders[0][0].b) == ("gondal", "ruritania")
    assert (orders[1][0].a, orders[1][0].b) == ("zenda", "gondal")


def test_naming_an_actor_twice_in_the_focus_changes_nothing():
    told = [claim(f"C{n}", TYPES[n], DAY - timedelta(days=9 * n)) for n in range(8)]
    acts = acts_in(seen(told, DAY))
    focus = ["gondal", "ruritania"]
    assert strain(acts, DAY, ["gondal", *focus, "gondal"]) == strain(acts, DAY, focus)


# ---------------------------------------------------------------------- other pairs


@settings(max_examples=40)
@given(acts("own "), acts("other "))
def test_another_pair_matters_through_the_discount_alone(told, others):
    alone = _only(told)
    beside = dyad_of(strain(Told({PAIR: told, OTHER: others}), AS_OF), *PAIR)
    for one, other in _channels(alone, beside):
        assert other.acts == one.acts
        assert other.reference == one.reference
        assert other.deadly_before == one.deadly_before
        if other.discount == one.discount:
            assert other.now == one.now
            assert other.excess == one.excess
            assert other.issues == one.issues
            assert other.moved == one.moved
        else:
            place = np.flatnonzero(other.discount == GRID)
            (now,) = share_by_week(list(one.acts), place, WEEK0 + LAST)
            assert other.now == now


def test_a_pair_without_a_past_takes_the_discount_of_the_others():
    slow = series([1, 0] * 52, [0, 1] * 52, "slow ")
    thin = [act(100, "-", event="thin")]
    discounts = {}
    for name, common in (("quick", _runs(12)), ("slow", slow)):
        dyads = strain(Told({PAIR: thin, OTHER: common, ("ruritania", "zenda"): common}), AS_OF)
        discounts[name] = dyad_of(dyads, *PAIR).words.discount
    assert discounts["quick"] < discounts["slow"] - 0.03


def _runs(length: int) -> list[Act]:
    """Make long runs of one sign, which only a short memory foretells."""
    hostile = [(week // length) % 2 == 0 for week in range(104)]
    return series([2 * h for h in hostile], [2 * (not h) for h in hostile], "runs ")


def test_a_pair_alone_learns_from_itself_once():
    told = _runs(6)[:20]
    (place,) = learned(foretell(told), [], [WEEK0 + LAST + 1])
    assert _only(told).words.discount == GRID[place]
    (twice,) = learned(foretell(told), [foretell(told)], [WEEK0 + LAST + 1])
    assert twice != place


def test_own_evidence_outweighs_the_others_in_the_end():
    steady = series([1, 1, 0] * 36, [1, 0, 1] * 36, "steady ")
    dyads = strain(Told({PAIR: _runs(8), OTHER: steady}), AS_OF)
    assert dyad_of(dyads, *PAIR).words.discount < dyad_of(dyads, *OTHER).words.discount - 0.05


# ---------------------------------------------------------------------- the reference window


@pytest.mark.parametrize(
    ("age", "counts"), [(182, False), (183, True), (400, True), (730, True), (731, False)]
)
def test_the_reference_is_from_two_years_to_half_a_year_ago(age, counts):
    assert REFERENCE == (730, 183)
    day = AS_OF - timedelta(days=age)
    told = [act(0, "-", event="x", day=day, known_at=day, deaths=2.0)]
    found = _only(told).words
    assert found.reference.mass == pytest.approx(1.0 if counts else 0.0)
    assert found.deadly_before == pytest.approx(30 / 548 if counts else 0.0)


@pytest.mark.parametrize(("age", "listed"), [(0, True), (29, True), (30, False)])
def test_the_acts_of_thirty_days_are_listed_with_their_pull(age, listed):
    day = AS_OF - timedelta(days=age)
    own, through = (act(0, "-", event=name, day=day, known_at=day) for name in ("own", "client"))
    words = _only([own], [dataclasses.replace(through, client="bandits")]).words
    assert [moved.act.event for moved in words.moved] == ["own", "client"] * listed


def test_excess_is_the_share_now_less_the_reference():
    told = series([0] * 40 + [0] * 55 + [3] * 16, [1] * 85 + [0] * 26)
    words = _only(told).words
    assert words.excess.mean == pytest.approx(words.now.mean - words.reference.mean)
    assert words.excess.low > 0.4
    assert words.probability_up > 0.99


def test_pulls_add_what_each_recent_act_moves():
    told = [
        *series([0] * 100, [1] * 100),
        act(109, "-", event="recent", probability=SURE),
        act(109, "+", event="kind", probability=SURE),
        act(110, "-", event="light", weight=0.25, probability=SURE),
    ]
    words = _only(told).words
    pulls = {moved.act.event: moved.pull for moved in words.moved}
    assert list(pulls) == ["recent", "light", "kind"]
    assert pulls["kind"] < 0 < pulls["light"] < pulls["recent"]
    for name, pull in pulls.items():
        place = np.flatnonzero(words.discount == GRID)
        rest = [each for each in told if each.event != name]
        (without,) = share_by_week(rest, place, WEEK0 + LAST)
        assert pull == pytest.approx(words.now.mean - without.mean, abs=1e-9)
