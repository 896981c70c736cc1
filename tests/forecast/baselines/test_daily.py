"""Simple methods by day: the same distributions, and silence where there is nothing to say."""

from datetime import timedelta

import numpy as np
import pytest
from tests.forecast.escalation.histories import from_counts, wandering

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.baselines import outlook
from foreshock.forecast.baselines.past import ended
from foreshock.forecast.baselines.weighted_mean import tune_weighted_mean, weighted_mean
from foreshock.forecast.escalation.history import History

NAMES = {"climatology", "persistence", "conflictology", "weighted mean"}


@pytest.fixture(scope="module")
def made():
    return outlook(wandering(), 14, members=4000, seed=7)


def test_every_method_spans_the_same_days_and_series(made):
    series = wandering()
    assert set(made) == NAMES
    for by_measure in made.values():
        assert set(by_measure) == {"events", "deaths"}
        for measure, ensemble in by_measure.items():
            assert ensemble.shape == (4000, 14, 4)
            assert ensemble.first == series.last + timedelta(days=1)
            assert (ensemble.series, ensemble.variable) == (series.names, measure)


def test_totals_of_the_weighted_mean_are_its_distribution(made):
    past = History(wandering())
    exact = weighted_mean(past, np.arange(4), "events", 14, tune_weighted_mean(past, "events", 14))
    found = made["weighted mean"]["events"].total().astype(float)
    np.testing.assert_allclose(found.mean(axis=0), exact.expected, rtol=0.05)
    median = exact.quantiles([0.5])[:, 0]
    below = (found < median).mean(axis=0)
    upto = (found <= median).mean(axis=0)
    assert (below <= 0.53).all() and (upto >= 0.47).all()


def test_days_of_persistence_have_the_mean_of_a_month(made):
    expected = wandering().counts[-30:].mean(axis=0)
    found = made["persistence"]["events"].values.mean(axis=(0, 1))
    np.testing.assert_allclose(found, expected, rtol=0.1)


def test_conflictology_repeats_its_stretches_equally_often(made):
    series = wandering()
    held = ended(History(series), "events", 14)[::-1][::14][:12]
    found = made["conflictology"]["events"].total()
    for column in range(4):
        values, times = np.unique(held[:, column], return_counts=True)
        got, often = np.unique(found[:, column], return_counts=True)
        assert got.tolist() == values.tolist()
        np.testing.assert_allclose(often / 4000, times / 12, atol=0.002)


@pytest.mark.parametrize("name", ["climatology", "conflictology"])
def test_stretches_keep_days_series_and_measures_together(made, name):
    series = wandering()
    days = {
        (series.counts[row : row + 14].tobytes(), series.deaths[row : row + 14].tobytes())
        for row in range(300 - 13)
    }
    for member in range(0, 4000, 400):
        events = made[name]["events"].values[member].astype(np.int64)
        deaths = made[name]["deaths"].values[member].astype(float)
        assert (np.ascontiguousarray(events).tobytes(), deaths.tobytes()) in days


def test_the_same_seed_gives_the_same_bits_and_another_one_others(made):
    again = outlook(wandering(), 14, members=4000, seed=7)
    other = outlook(wandering(), 14, members=4000, seed=8)
    for name in NAMES:
        same, differs = (each[name]["events"].values for each in (again, other))
        np.testing.assert_array_equal(made[name]["events"].values, same)
        assert (made[name]["events"].values != differs).any()


def test_eight_events_in_five_years():
    counts = np.zeros((1826, 2), np.int64)
    counts[[10, 400, 401, 900, 1300, 1500, 1790, 1800], 0] = 1
    found = outlook(from_counts(counts), 30, members=2000, seed=7)
    assert set(found) == NAMES
    for name, by_measure in found.items():
        some = by_measure["events"].at_least(1, series="gondal>ruritania").value
        assert 0 < some < 0.9, name
    assert found["climatology"]["events"].quiet(30, series="ruritania>gondal").value == 1.0


def test_where_the_past_is_short_there_are_fewer_stretches_or_none():
    some = outlook(from_counts([[n] for n in range(130)]), 30, members=400, seed=7)
    assert set(np.unique(some["conflictology"]["events"].values[:, -1])) == {39, 69, 99, 129}
    none = outlook(from_counts([[1]] * 100), 30, members=400, seed=7)
    assert set(none) == {"persistence", "weighted mean"}


@pytest.mark.parametrize(("members", "days"), [(0, 7), (100, 0)])
def test_nothing_asked_for_is_refused(members, days):
    with pytest.raises(ForecastRefused, match="at least 1 each"):
        outlook(wandering(), days, members=members, seed=7)
