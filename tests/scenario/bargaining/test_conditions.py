"""The conditions of each form of no middle course, at their boundaries and by brute force."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foreshock.scenario.bargaining.commitment import promises_fail, shift_margin
from foreshock.scenario.bargaining.compromise import compromise_mean, compromise_median
from foreshock.scenario.bargaining.screening import best_demand, refusal
from foreshock.scenario.bargaining.zone import (
    acceptable,
    chosen,
    empty_zone,
    in_zone,
    pie,
    within_the_hull,
    worth_of_war,
)

CHANCE = st.floats(0, 1)
COST = st.floats(0, 0.5)


@given(chance=CHANCE, first=COST, second=COST)
def test_a_pie_that_can_be_cut_leaves_as_much_room_as_fighting_costs(chance, first, second):
    low, high = pie(chance, first, second)
    assert high - low == pytest.approx(first + second)
    # The same from what fighting is worth to two who want all of the pie.
    cuts = np.linspace(0, 1, 1001)
    utility = np.stack([cuts, 1 - cuts])[None]
    war = worth_of_war(
        np.array([[1.0, 0]]), np.array([[0.0, 1]]), np.array([chance]), np.array([[first, second]])
    )
    zone = cuts[in_zone(utility, war)[0]]
    if len(zone):
        assert zone[0] == pytest.approx(max(low, 0), abs=1.1e-3)
        assert zone[-1] == pytest.approx(min(high, 1), abs=1.1e-3)
    else:
        assert first + second < 1e-3


@given(now=CHANCE, later=CHANCE, discount=st.floats(0.01, 0.99), rising=COST, declining=COST)
def test_promises_fail_where_fighting_now_pays_more_than_all_that_can_be_promised(
    now, later, discount, rising, declining
):
    margin = float(shift_margin(now, later, discount, rising, declining))
    fight = (1 - now - declining) / (1 - discount)
    promised = 1 + discount * (1 - later + rising) / (1 - discount)
    assert margin == pytest.approx((fight - promised) * (1 - discount), abs=1e-9)


def test_at_its_boundary_a_promise_just_holds():
    # 0.5 x 0.75 - 0.125 = 0.125 + 0.5 x 0.25, in numbers that floats hold exactly.
    at = {"now": 0.125, "later": 0.75, "discount": 0.5}
    assert float(shift_margin(**at, cost_rising=0.25, cost_declining=0.125)) == 0
    assert not promises_fail(**at, cost_first=0.25, cost_second=0.125)
    assert promises_fail(**at, cost_first=0.25, cost_second=0.1249)
    assert promises_fail(**{**at, "later": 0.7501}, cost_first=0.25, cost_second=0.125)


@given(now=CHANCE, later=CHANCE, discount=CHANCE, first=COST, second=COST)
def test_it_does_not_matter_which_side_is_called_the_first(now, later, discount, first, second):
    told = promises_fail(now, later, discount, first, second)
    rising = shift_margin(now, later, discount, first, second)
    falling = shift_margin(1 - now, 1 - later, discount, second, first)
    assume(min(abs(rising), abs(falling)) > 1e-12)  # 1 - (1 - x) is not always x
    assert told == promises_fail(1 - now, 1 - later, discount, second, first)


@given(chance=st.floats(0, 0.9), cost=COST, highest=st.floats(0.01, 1))
def test_the_best_demand_is_best(chance, cost, highest):
    demands = np.linspace(chance, 1, 4001)
    refused = np.clip((demands - chance) / highest, 0, 1)
    gain = demands * (1 - refused) + (chance - cost) * refused
    found = float(best_demand(chance, cost, highest))
    assert found == pytest.approx(demands[gain.argmax()], abs=4e-4)
    risk = float(refusal(chance, cost, highest))
    assert risk == pytest.approx(refused[gain.argmax()], abs=0.05 if highest < 0.02 else 0.02)
    if found < 1:
        assert risk == pytest.approx(max(0, (1 - cost / highest) / 2))


def test_a_demand_for_more_than_all_is_a_demand_for_all():
    assert float(best_demand(0.9, 0.0, 0.8)) == 1
    assert float(refusal(0.9, 0.0, 0.8)) == pytest.approx(0.125)
    assert float(refusal(0.5, 0.0, 0.0)) == 0


@settings(max_examples=30)
@given(
    utility=arrays(float, (3, 2, 4), elements=st.integers(0, 10).map(lambda x: x / 10)),
    worth=arrays(float, (3, 2), elements=st.integers(-2, 9).map(lambda x: x / 10 + 0.05)),
)
def test_a_mixture_that_would_do_is_found_where_there_is_one(utility, worth):
    share = np.linspace(0, 1, 501)[:, None, None, None]
    for each, war, found in zip(utility, worth, within_the_hull(utility, worth), strict=True):
        # For two players, a mixture of two packages is enough.
        mixed = share * each[:, :, None] + (1 - share) * each[:, None, :]
        best = (mixed - war[:, None, None]).min(axis=1).max()
        assert found == (best >= -1e-9) or abs(best) < 2e-3


@settings(max_examples=30)
@given(
    utility=arrays(float, (4, 3, 4), elements=st.floats(0, 1)),
    chance=arrays(float, (4,), elements=st.floats(0, 1)),
    cost=arrays(float, (4, 3), elements=st.floats(0, 0.3)),
)
def test_lots_cast_at_the_odds_of_war_are_never_worse_than_war(utility, chance, cost):
    worth = worth_of_war(utility[:, :, 0], utility[:, :, 1], chance, cost)
    assert within_the_hull(utility, worth).all()


def test_three_may_need_a_mixture_of_three():
    utility = np.eye(3)[None]
    assert within_the_hull(utility, np.full((1, 3), 0.33)).tolist() == [True]
    assert within_the_hull(utility, np.full((1, 3), 0.34)).tolist() == [False]
    assert within_the_hull(utility[:0], np.empty((0, 3))).tolist() == []


def test_the_zone_by_hand():
    utility = np.array([[[1.0, 0.6, 0.0], [0.0, 0.5, 1.0]]])
    assert acceptable(utility, np.array([[0.6, 0.4]])).tolist() == [
        [[True, True, False], [False, True, True]]
    ]
    assert in_zone(utility, np.array([[0.6, 0.4]])).tolist() == [[False, True, False]]
    assert chosen(utility, np.array([[0.5, 0.4]])).tolist() == [1]
    assert empty_zone(utility, np.array([[0.7, 0.4]])).tolist() == [True]
    assert chosen(utility, np.array([[0.7, 0.4]])).tolist() == [-1]
    # What is chosen does not change when something else is struck from the table.
    assert chosen(utility[:, :, 1:], np.array([[0.5, 0.4]])).tolist() == [0]


def test_positions_on_car_emissions_in_the_union():
    # Capability, position in years and salience of ten members: the data of Scholz, Calbert and
    # Smith 2011, with the mean and the median at which their model starts.
    power = np.array([0.08, 0.08, 0.03, 0.16, 0.16, 0.16, 0.16, 0.05, 0.05, 0.08])
    position = np.array([4.0, 7, 4, 4, 10, 10, 10, 7, 4, 7])
    salience = np.array([80.0, 40, 20, 80, 60, 60, 90, 10, 100, 70])
    assert float(compromise_mean(position, salience, power)) == pytest.approx(7.38996, abs=5e-6)
    assert float(compromise_median(position, salience, power)) == 7.0


def test_where_nobody_cares_all_positions_count_alike():
    nothing = np.zeros(2)
    assert float(compromise_mean(np.array([2.0, 4.0]), nothing, np.ones(2))) == 3.0
