"""Features: log ratios that a big war and a small one share, and that see nothing ahead."""

import numpy as np
import pytest
from tests.forecast.escalation.histories import broken, from_counts, wandering

from foreshock.forecast.escalation.features import (
    COUNT_FEATURES,
    DEATH_FEATURES,
    count_features,
    death_features,
)
from foreshock.forecast.escalation.history import History

BOTH = [(count_features, COUNT_FEATURES), (death_features, DEATH_FEATURES)]


@pytest.mark.parametrize(("features", "names"), BOTH)
def test_one_column_a_feature_and_a_constant_first(features, names):
    history = History(wandering(90))
    design, base = features(history, np.array([40, 89, 89]), np.array([0, 1, 3]))
    assert design.shape == (3, len(names)) and len(set(names)) == len(names)
    assert np.isfinite(design).all()
    np.testing.assert_array_equal(design[:, names.index("usual")], 1.0)
    np.testing.assert_array_equal(design[:, names.index("level")], base)


@pytest.mark.parametrize(("features", "names"), BOTH)
def test_nothing_after_the_day_is_looked_at(features, names):
    whole = wandering(120)
    at = (np.array([30, 59, 60]), np.array([0, 2, 3]))
    design, base = features(History(whole), *at)
    for other in (broken(whole, 60), whole.until(whole.day(60))):
        again, level = features(History(other), *at)
        np.testing.assert_array_equal(design, again)
        np.testing.assert_array_equal(base, level)


@pytest.mark.parametrize(("features", "names"), BOTH)
def test_a_series_that_never_had_an_event_has_finite_features(features, names):
    design, base = features(History(from_counts(np.zeros((50, 1)))), np.array([49]), np.array([0]))
    assert np.isfinite(design).all() and np.isfinite(base).all()


def test_ratios_of_levels_are_the_same_in_a_war_ten_times_as_big():
    small = np.clip(wandering(150).counts[:, :1], 0, None) + 20
    at = (np.array([60, 100, 149]), np.zeros(3, dtype=int))
    designs = []
    for times in (1, 10):
        design, _ = count_features(History(from_counts(small * times)), *at)
        designs.append(design)
    ratios = [COUNT_FEATURES.index(f"{n} days") for n in (2, 5, 20, 40, 90, 180)]
    np.testing.assert_allclose(designs[0][:, ratios], designs[1][:, ratios], atol=0.003)
    level = COUNT_FEATURES.index("level")
    np.testing.assert_allclose(designs[1][:, level] - designs[0][:, level], np.log(10), atol=0.003)


def test_ratios_say_which_way_a_series_goes():
    rising = from_counts(np.repeat([1, 9], [80, 10])[:, None])
    falling = from_counts(np.repeat([9, 1], [80, 10])[:, None])
    at = (np.array([89]), np.array([0]))
    recent = COUNT_FEATURES.index("2 days")
    assert count_features(History(rising), *at)[0][0, recent] > 0.3
    assert count_features(History(falling), *at)[0][0, recent] < -0.3


def test_a_quiet_spell_tells_in_a_sparse_series_and_hardly_in_a_busy_one():
    sparse, busy = np.zeros((100, 1), int), np.full((100, 1), 20)
    sparse[40], busy[95:] = 1, 0
    spell = COUNT_FEATURES.index("quiet spell")
    at = (np.array([99]), np.array([0]))
    told = [count_features(History(from_counts(c)), *at)[0][0, spell] for c in (sparse, busy)]
    assert told[0] > 2 and told[1] < 0.1


def test_deadlier_events_raise_the_base_of_deaths_and_not_that_of_events():
    counts = np.ones((90, 1))
    mild, deadly = (History(from_counts(counts, counts * each)) for each in (1.0, 12.0))
    at = (np.array([89]), np.array([0]))
    rise = death_features(deadly, *at)[1] - death_features(mild, *at)[1]
    assert rise[0] == pytest.approx(np.log(12), rel=0.05)
    np.testing.assert_array_equal(count_features(deadly, *at)[0], count_features(mild, *at)[0])
