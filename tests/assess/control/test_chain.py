"""Forward–backward says what going through every course by hand says."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from foreshock.assess.control.chain import between, smooth

DAYS, PLACES, STATES = 4, 2, 3
weights = st.floats(0.01, 1.0)


def by_hand(initial, moves, words):
    """Add up the weight of every course of states."""
    belief, steps = np.zeros((DAYS, STATES)), np.zeros((DAYS - 1, STATES, STATES))
    for course in product(range(STATES), repeat=DAYS):
        weight = initial[course[0]] * words[0, course[0]]
        for day in range(1, DAYS):
            weight *= moves[day - 1, course[day - 1], course[day]] * words[day, course[day]]
        for day in range(DAYS):
            belief[day, course[day]] += weight
        for day in range(DAYS - 1):
            steps[day, course[day], course[day + 1]] += weight
    return belief / belief[0].sum(), steps / belief[0].sum(), belief[0].sum()


@given(
    arrays(float, STATES, elements=weights),
    arrays(float, (DAYS - 1, PLACES, STATES, STATES), elements=weights),
    arrays(float, (DAYS, PLACES, STATES), elements=weights),
)
def test_smoothing_equals_the_sum_over_all_courses(initial, moves, words):
    initial = initial / initial.sum()
    found = smooth(initial, moves, np.log(words))
    whole = 0.0
    for place in range(PLACES):
        belief, steps, weight = by_hand(initial, moves[:, place], words[:, place])
        whole += np.log(weight)
        np.testing.assert_allclose(found.belief[:, place], belief, atol=1e-10)
        np.testing.assert_allclose(found.steps[:, place], steps, atol=1e-10)
    assert np.isclose(found.log_likelihood, whole)


def test_filtering_knows_nothing_of_later_days():
    random = np.random.default_rng(1)
    moves = random.dirichlet(np.ones(STATES), (DAYS - 1, PLACES, STATES))
    words = np.log(random.random((DAYS, PLACES, STATES)))
    later = words.copy()
    later[-1] = np.log(random.random((PLACES, STATES)))
    first, second = (smooth(np.full(STATES, 1 / STATES), moves, each) for each in (words, later))
    np.testing.assert_allclose(first.filtered[:-1], second.filtered[:-1])
    assert not np.allclose(first.belief[0], second.belief[0])


def test_the_chance_of_a_change_between_two_days_is_that_of_all_courses_that_make_it():
    random = np.random.default_rng(2)
    moves = random.random((DAYS - 1, 1, STATES, STATES))
    words = random.random((DAYS, 1, STATES))
    initial = np.full(STATES, 1 / STATES)
    found = smooth(initial, moves, np.log(words))
    total = made = 0.0
    for course in product(range(STATES), repeat=DAYS):
        weight = initial[course[0]] * words[0, 0, course[0]]
        for day in range(1, DAYS):
            weight *= moves[day - 1, 0, course[day - 1], course[day]] * words[day, 0, course[day]]
        total += weight
        made += weight * (course[1] == 0 and course[3] == 2)
    assert np.isclose(between(found, 0, 1, 3, 0, 2), made / total)


def test_a_thousand_days_do_not_underflow():
    words = np.full((1000, 1, 2), -50.0)
    words[:, :, 0] = -49.0
    found = smooth(np.array([0.5, 0.5]), np.full((999, 1, 2, 2), 0.5), words)
    assert np.isfinite(found.log_likelihood)
    np.testing.assert_allclose(found.belief.sum(axis=2), 1.0)
