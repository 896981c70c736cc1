"""The pool: no leak, no order, no names; what another series changes, and what it does not."""

import numpy as np
import pytest
from tests.forecast.escalation.histories import (
    FIRST,
    NAMES,
    broken,
    from_counts,
    learned,
    wandering,
)

from foreshock.core.errors import ForecastRefused
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.history import History
from foreshock.forecast.escalation.pool import (
    FROZEN,
    MEASURES,
    Configuration,
    components_of,
    forecast_totals,
    learn,
    names_of,
    weak_prior,
)
from foreshock.forecast.escalation.regression import spread_names

DAY = 149
AT = (range(4), "events", 7)


def same(one, other) -> None:
    for part in ("weight", "mean", "size"):
        np.testing.assert_array_equal(getattr(one, part), getattr(other, part))


@pytest.mark.parametrize(("measure", "horizon"), [("events", 7), ("deaths", 30)])
def test_nothing_after_the_origin_changes_a_forecast(measure, horizon):
    """Learned and forecast anew from what was known by the day: the same to the last bit."""
    whole = wandering(200)
    origin = whole.day(DAY)
    found = []
    for series in (whole, broken(whole, DAY), whole.until(origin)):
        history = History(series).until(origin)
        fitted = learn(history, measure, horizon, weak_prior(measure))
        found.append((
            fitted, forecast_totals(history, range(4), measure, horizon, learned=fitted).whole
        ))  # fmt: skip
    for fitted, forecast in found[1:]:
        np.testing.assert_array_equal(fitted.parameters, found[0][0].parameters)
        same(forecast, found[0][1])


def test_only_windows_that_are_over_are_learned_from():
    series = wandering(150)
    history = History(series)
    fitted = learn(history, "events", 14, weak_prior("events"))
    origins = range(FROZEN.burn_in, 150 - 14, FROZEN.step)
    enough = sum(int((history.so_far[day] >= FROZEN.least_events).sum()) for day in origins)
    assert fitted.rows == pytest.approx(enough * FROZEN.step / 14)


def test_a_past_without_a_completed_window_is_refused():
    with pytest.raises(ForecastRefused, match="no window of 30 days"):
        learn(History(wandering(85)), "events", 30, weak_prior("events"))
    with pytest.raises(ForecastRefused, match="20 events"):
        learn(History(from_counts(np.eye(120, 1))), "events", 7, weak_prior("events"))


@pytest.mark.parametrize("measure", MEASURES)
def test_names_change_nothing_and_order_hardly_a_bit(measure):
    series = wandering(200)
    renamed = DailySeries(FIRST, ("d", "c", "b", "a"), series.counts, series.deaths)
    turned = series.select(NAMES[::-1])
    found = []
    for each in (series, renamed, turned):
        history = History(each)
        fitted = learn(history, measure, 7, weak_prior(measure))
        found.append(forecast_totals(history, range(4), measure, 7, learned=fitted).whole)
    same(found[0], found[1])
    np.testing.assert_allclose(found[0].expected, found[2].expected[::-1], rtol=2e-3)


def test_days_before_the_first_one_are_no_matter_of_the_calendar():
    series = wandering(200)
    later = DailySeries(FIRST.replace(year=2050), series.names, series.counts, series.deaths)
    fitted = learned("events", 7)
    same(
        forecast_totals(History(series), *AT, learned=fitted).whole,
        forecast_totals(History(later), *AT, learned=fitted).whole,
    )


def test_a_war_ten_times_as_big_is_forecast_about_ten_times_as_big():
    """Floors and the learned drift to the usual level keep it from being exact."""
    small = wandering(200).counts + 10
    fitted = learned("events", 7)
    expected = [
        forecast_totals(History(from_counts(small * times)), *AT, learned=fitted)
        .parts["averaged filters"].expected
        for times in (1, 10)
    ]  # fmt: skip
    np.testing.assert_allclose(expected[1] / expected[0], 10, rtol=0.15)


@pytest.mark.parametrize("measure", MEASURES)
def test_another_series_changes_a_forecast_only_through_what_is_learned(measure):
    """With the same learner its part stays, bit by bit; of the filters only the weights move."""
    series = wandering(200)
    pair, four = History(series.select(NAMES[:2])), History(series)
    alone, beside = (
        forecast_totals(each, range(2), measure, 14, learned=learned(measure, 14))
        for each in (pair, four)
    )
    same(alone.parts["ratio learner"], beside.parts["ratio learner"])
    one, other = alone.parts["averaged filters"], beside.parts["averaged filters"]
    np.testing.assert_array_equal(one.mean, other.mean)
    np.testing.assert_array_equal(one.size, other.size)
    assert np.abs(one.weight - other.weight).max() > 1e-4


@pytest.mark.parametrize("measure", MEASURES)
def test_the_pool_weighs_its_parts_as_configured(measure):
    history = History(wandering(200))
    fitted = learned(measure, 7)
    found = forecast_totals(history, range(4), measure, 7, learned=fitted)
    share = FROZEN.learner_share[measure]
    parts = found.parts
    np.testing.assert_allclose(
        found.whole.expected,
        share * parts["ratio learner"].expected + (1 - share) * parts["averaged filters"].expected,
    )
    alone = Configuration(learner_share=dict.fromkeys(MEASURES, 1.0))
    only = forecast_totals(history, range(4), measure, 7, learned=fitted, configuration=alone).whole
    np.testing.assert_array_equal(only.members(50), parts["ratio learner"].members(50))


def test_a_longer_window_holds_more_and_a_busier_past_foretells_more():
    history = History(wandering(200))
    week, month = (
        forecast_totals(history, range(4), "events", h, learned=learned("events", h)).whole
        for h in (7, 30)
    )
    assert (month.expected > week.expected).all()
    counts = history.counts.copy()
    counts[-7:] += 5
    busier = History(from_counts(counts, history.deaths))
    more = forecast_totals(busier, *AT, learned=learned("events", 7)).whole
    assert (more.expected > week.expected).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_the_weak_prior_believes_that_every_ratio_is_one(measure):
    prior = weak_prior(measure)
    width = len(names_of(measure))
    assert len(prior.mean) == width + len(spread_names(components_of(measure)))
    assert not prior.mean[:width].any() and (prior.deviation > 0).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_a_series_without_any_event_is_forecast_lower_than_all_others(measure):
    counts, deaths = wandering(200).counts.copy(), wandering(200).deaths.copy()
    counts[:, 3] = deaths[:, 3] = 0
    history = History(from_counts(counts, deaths))
    found = forecast_totals(history, range(4), measure, 7, learned=learned(measure, 7))
    assert np.isfinite(found.whole.members(50)).all()
    assert (found.whole.expected[3] < 0.3 * found.whole.expected[:3]).all()
    assert found.parts["averaged filters"].expected[3] < 0.05
