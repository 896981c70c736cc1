"""Simple methods against what can be worked out by hand, and what they never look at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.forecast.escalation.histories import broken, from_counts, wandering

from foreshock.core.random import stream
from foreshock.forecast.baselines import NAMES, totals, tune
from foreshock.forecast.baselines.past import BURN_IN, ended, tuning_cases
from foreshock.forecast.baselines.recent import negative_binomial, poisson
from foreshock.forecast.baselines.weighted_mean import (
    FLOOR,
    UNTUNED,
    Spread,
    tune_weighted_mean,
    weighted_mean,
)
from foreshock.forecast.baselines.windows import (
    WINDOWS,
    climatology,
    conflictology,
    levels,
    mixed,
    tune_conflictology,
    tune_weighted_windows,
    weighted_quantiles,
    weighted_windows,
)
from foreshock.forecast.escalation.history import History

ALL = np.arange(4)


def steady(rate: float, days: int, series: int = 6, excess: float = 0.0) -> History:
    """Series of one level, Poisson, or wider by a gamma factor a day."""
    random = stream(7, "steady")
    level = np.full((days, series), rate)
    if excess:
        level = random.gamma(1 / excess, rate * excess, (days, series))
    return History(from_counts(random.poisson(level), names=tuple("abcdefgh"[:series])))


# ---------------------------------------------------------------------- persistence


def test_persistence_is_a_poisson_distribution_with_the_mean_of_thirty_days():
    past = History(wandering())
    mean = past.counts[-30:].mean(axis=0) * 7
    found = poisson(past, ALL, "events", 7).members(500)
    np.testing.assert_array_equal(found, stats.poisson.ppf(levels(500), mean[:, None]))


def test_the_last_quarter_gives_mean_and_variance():
    past = History(wandering())
    found = negative_binomial(past, ALL, "deaths", 7)
    held = ended(past, "deaths", 7)[-84:]
    mean = past.deaths[-90:].mean(axis=0) * 7
    np.testing.assert_allclose(found.mean[:, 0], mean)
    variance = found.mean[:, 0] * (1 + found.mean[:, 0] / found.size[:, 0])
    np.testing.assert_allclose(variance, np.maximum(held.var(axis=0), mean), rtol=1e-6)


def test_a_quiet_series_may_wake_up():
    past = History(from_counts([[1, 0]] + [[0, 0]] * 199))
    for name, members in totals(
        past, np.arange(2), "events", 7, tuned=tune(past, "events", 7)
    ).items():
        awake = members[0] > 0
        assert awake.mean() < 0.1, name
    assert poisson(past, np.arange(2), "events", 7).expected.tolist() == [FLOOR, FLOOR]


# ---------------------------------------------------------------------- windows


def test_climatology_is_every_window_of_the_past():
    past = History(wandering(40, 1))
    held = ended(past, "events", 7)[:, 0]
    assert climatology(past, np.array([0]), "events", 7, len(held))[0].tolist() == sorted(held)


def test_conflictology_is_the_last_twelve_windows_that_do_not_overlap():
    past = History(wandering(300, 1))
    by_hand = [past.counts[300 - 7 * (k + 1) : 300 - 7 * k, 0].sum() for k in range(WINDOWS)]
    assert conflictology(past, np.array([0]), "events", 7, 12)[0].tolist() == sorted(by_hand)


def test_of_a_short_past_conflictology_is_all_windows_that_there_are():
    past = History(from_counts([[n] for n in range(30)]))
    assert conflictology(past, np.array([0]), "events", 7, 4)[0].tolist() == [35, 84, 133, 182]


def test_weighted_windows_forget():
    past = History(from_counts([[9]] * 100 + [[1]] * 20))
    short = weighted_windows(past, np.array([0]), "events", 1, 500, 2.0)
    long = weighted_windows(past, np.array([0]), "events", 1, 500, 365.0)
    assert (short == 9).mean() < 0.01 < 0.5 < (long == 9).mean()


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), min_size=1, max_size=8),
    st.integers(1, 12),
)
def test_a_weight_is_a_number_of_times(pairs, members):
    values, times = np.array(pairs).T
    found = weighted_quantiles(values[:, None].astype(float), times.astype(float), members)
    repeated = np.repeat(values, times)
    expected = np.quantile(repeated, levels(members), method="inverted_cdf")
    np.testing.assert_array_equal(found[0], expected)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=20), st.data())
def test_a_mixture_lies_half_in_each(first, data):
    size = len(first)
    second = data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    one, other = np.sort([first]).astype(float), np.sort([second]).astype(float)
    found = mixed(one, other)[0]
    assert len(found) == size
    for value in range(10):
        share = ((one <= value).mean() + (other <= value).mean()) / 2
        assert abs((found <= value).mean() - share) <= 0.5 / size + 1e-9


# ---------------------------------------------------------------------- weighted mean


def test_the_weighted_mean_is_what_it_says():
    past = History(wandering())
    spread = Spread(10.0, 0.0, 0.25)
    found = weighted_mean(past, ALL, "events", 14, spread)
    weight = 0.5 ** (np.arange(300)[::-1] / 10.0)
    mean = 14 * (weight @ past.counts) / weight.sum()
    np.testing.assert_allclose(found.mean[:, 0], mean, rtol=1e-9)
    np.testing.assert_allclose(found.size, 4.0)
    share = spread.sizes(mean) / (spread.sizes(mean) + mean)
    expected = stats.nbinom.ppf(levels(50), 4.0, share[:, None])
    np.testing.assert_array_equal(found.members(50), expected)


def test_where_nothing_changes_long_memory_and_little_spread_are_chosen():
    calm, wild = steady(2.0, 900), steady(2.0, 900, excess=4.0)
    of_calm = tune_weighted_mean(calm, "events", 7)
    of_wild = tune_weighted_mean(wild, "events", 7)
    assert of_calm.half_life >= 60
    assert of_calm.sizes(np.array([14.0])) > of_wild.sizes(np.array([14.0]))


def test_where_all_changes_short_memory_is_chosen():
    random = stream(7, "jumps")
    level = np.repeat(random.choice([0.2, 6.0], (15, 4)), 60, axis=0)
    past = History(from_counts(random.poisson(level)))
    assert tune_weighted_mean(past, "events", 7).half_life <= 7
    assert tune_weighted_windows(past, "events", 7) <= 20
    assert tune_conflictology(past, "events", 7) <= 4


def test_too_little_past_leaves_them_untuned():
    past = History(from_counts([[1]] * (BURN_IN + 30)))
    assert tune_weighted_mean(past, "deaths", 30) == UNTUNED["deaths"]
    assert tune_conflictology(past, "events", 30) == WINDOWS


@pytest.mark.parametrize("horizon", [7, 30])
def test_windows_that_count_in_tuning_are_over(horizon):
    days, columns = tuning_cases(History(wandering()), horizon)
    assert len(days) and days.max() + horizon <= 299
    assert (History(wandering()).so_far[days, columns] >= 20).all()


# ---------------------------------------------------------------------- all of them


@pytest.mark.parametrize(("measure", "horizon"), [("events", 7), ("deaths", 30)])
def test_nothing_after_the_origin_changes_a_simple_method(measure, horizon):
    series = wandering()
    day = series.day(219)
    plain, spoilt = (History(each).until(day) for each in (series, broken(series, 219)))
    assert tune(plain, measure, horizon) == tune(spoilt, measure, horizon)
    found, again = (
        totals(each, ALL, measure, horizon, tuned=tune(each, measure, horizon))
        for each in (plain, spoilt)
    )
    assert found.keys() == again.keys()
    for name in found:
        np.testing.assert_array_equal(found[name], again[name])


def test_names_and_order_of_series_change_nothing():
    series = wandering()
    turned = series.select(series.names[::-1])
    one, other = (
        totals(History(each), ALL, "events", 7, tuned=tune(History(each), "events", 7))
        for each in (series, turned)
    )
    for name in one:
        np.testing.assert_array_equal(one[name], other[name][::-1])


def test_every_method_gives_whole_totals_lowest_first():
    past = History(wandering())
    tuned = tune(past, "deaths", 14)
    found = totals(past, ALL, "deaths", 14, tuned=tuned, tuned_once=tuned, members=60)
    assert tuple(found) == NAMES
    for members in found.values():
        assert members.shape == (4, 60)
        assert (np.diff(members, axis=1) >= 0).all()
        assert (members == np.rint(members)).all() and (members >= 0).all()


def test_a_past_without_windows_leaves_methods_out():
    past = History(from_counts([[1]] * 100))
    found = totals(past, np.array([0]), "events", 30, tuned=tune(past, "events", 30))
    assert set(found) == {NAMES[0], NAMES[1], "weighted mean"}
