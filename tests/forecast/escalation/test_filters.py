"""Averaged filters: weights as on paper, fast for series that jump, nothing seen ahead."""

import math

import numpy as np
import pytest
from tests.forecast.escalation.histories import broken, from_counts, wandering

from foreshock.core.random import stream
from foreshock.forecast.escalation.filters import (
    DEATH_SPREADS,
    FILTER_HALF_LIVES,
    FLOOR,
    SPREADS,
    START,
    Averaging,
    FilterBank,
    window_totals,
)
from foreshock.forecast.escalation.history import History

FILTERS = [(half_life, spread) for half_life in FILTER_HALF_LIVES for spread in SPREADS]


def on_paper(counts: list[list[int]], horizon: int, averaging: Averaging) -> list[list[float]]:
    """Weights by series and filter, in plain Python: what `FilterBank.forecast` should give."""
    days, series = len(counts), len(counts[0])
    column = [[row[s] for row in counts] for s in range(series)]

    def level(s: int, day: int, half_life: float) -> float:
        above = below = 0.0
        for age in range(day + 1):
            above += 0.5 ** (age / half_life) * column[s][day - age]
            below += 0.5 ** (age / half_life)
        return above / below

    def log_chance(y: int, mean: float, spread: tuple[float, float]) -> float:
        size = mean / (spread[0] + spread[1] * mean)
        return (
            math.lgamma(y + size) - math.lgamma(size) - math.lgamma(y + 1)
            + size * math.log(size / (size + mean)) + y * math.log(mean / (size + mean))
        )  # fmt: skip

    last, own, windows = days - 1, [], []
    for s in range(series):
        scores, told = [0.0] * len(FILTERS), 0.0
        for day in range(START, last - horizon + 1):
            if sum(column[s][: day + 1]) < averaging.least_events:
                continue
            fade = 0.5 ** ((last - horizon - day) / averaging.memory)
            total = sum(column[s][day + 1 : day + 1 + horizon])
            told += fade / horizon
            for f, (half_life, spread) in enumerate(FILTERS):
                mean = max(level(s, day, half_life), FLOOR) * horizon
                scores[f] += fade / horizon * log_chance(total, mean, spread)
        own.append(scores)
        windows.append(told)
    share = [min(1.0, averaging.most_windows / max(w, 1e-9)) for w in windows]
    all_told = max(sum(w * k for w, k in zip(windows, share, strict=True)), 1e-9)
    common = [
        sum(own[s][f] * share[s] for s in range(series)) / all_told for f in range(len(FILTERS))
    ]
    weights = []
    for s in range(series):
        score = [own[s][f] + averaging.prior_windows * common[f] for f in range(len(FILTERS))]
        raw = [math.exp(each - max(score)) for each in score]
        part = [each / sum(raw) for each in raw]
        kept = [each if each >= 1e-4 else 0.0 for each in part]
        weights.append([each / sum(kept) for each in kept])
    return weights


@pytest.mark.parametrize(
    "averaging",
    [Averaging(), Averaging(memory=20.0, prior_windows=2.0, most_windows=1.0, least_events=3)],
)
def test_weights_are_those_on_paper(averaging):
    series = wandering(60, 2, seed=3)
    history = History(series)
    bank = FilterBank.of(history, "events", 7)
    found = bank.forecast(history, history.days - 1, np.array([0, 1]), averaging)
    expected = on_paper(series.counts.tolist(), 7, averaging)
    np.testing.assert_allclose(found.weight, expected, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found.weight.sum(axis=1), 1.0)


def half_life_of(history: History, column: int) -> float:
    """Weighted mean of the half-lives that a series is followed with."""
    bank = FilterBank.of(history, "events", 7)
    found = bank.forecast(history, history.days - 1, np.array([column]), Averaging())
    each = np.repeat(FILTER_HALF_LIVES, len(SPREADS))
    return float(found.weight[0] @ each)


@pytest.mark.parametrize("seed", range(3))
def test_a_series_that_jumps_is_followed_faster_than_a_steady_one(seed):
    random = stream(seed, "jumps")
    steady = random.poisson(4.0, 400)
    jumping = random.poisson(np.repeat([1.0, 20.0, 2.0, 12.0, 0.5], 80))
    alone = [History(from_counts(each[:, None])) for each in (jumping, steady)]
    assert half_life_of(alone[0], 0) < 0.5 * half_life_of(alone[1], 0)
    # The record over both weighs as much as 30 windows, so together they are less far apart.
    beside = History(from_counts(np.column_stack([jumping, steady])))
    assert half_life_of(beside, 0) <= half_life_of(beside, 1) + 1.0


def test_a_short_past_weighs_every_filter_alike():
    history = History(wandering(20, 2))
    found = FilterBank.of(history, "events", 7).forecast(history, 19, np.array([0, 1]), Averaging())
    np.testing.assert_allclose(found.weight, 1 / len(FILTERS))


@pytest.mark.parametrize("measure", ["events", "deaths"])
def test_nothing_after_the_day_changes_a_forecast_of_it(measure):
    """The bank may hold later days: the forecast of a day takes none of them in."""
    whole, day = wandering(150), 99
    columns = np.array([0, 1, 3])
    forecasts = []
    for series in (whole, broken(whole, day), whole.until(whole.day(day))):
        history = History(series)
        bank = FilterBank.of(history, measure, 14)
        forecasts.append(bank.forecast(history, day, columns, Averaging()))
    for other in forecasts[1:]:
        for part in ("weight", "mean", "size"):
            np.testing.assert_array_equal(getattr(forecasts[0], part), getattr(other, part))


def test_the_order_of_series_does_not_matter():
    series = wandering(150)
    one, turned = History(series), History(series.select(series.names[::-1]))
    straight = FilterBank.of(one, "events", 7).forecast(one, 149, np.arange(4), Averaging())
    back = FilterBank.of(turned, "events", 7).forecast(turned, 149, np.arange(4)[::-1], Averaging())
    np.testing.assert_array_equal(straight.mean, back.mean)
    np.testing.assert_allclose(straight.weight, back.weight, rtol=1e-8, atol=1e-12)


def test_another_series_moves_weights_by_the_common_record_alone():
    series = wandering(150)
    pair, four = History(series.select(series.names[:2])), History(series)
    columns = np.array([0, 1])

    def both(averaging: Averaging) -> list:
        return [
            FilterBank.of(each, "events", 7).forecast(each, 149, columns, averaging)
            for each in (pair, four)
        ]

    for with_record in (Averaging(), Averaging(prior_windows=0.0)):
        alone, beside = both(with_record)
        np.testing.assert_array_equal(alone.mean, beside.mean)
        np.testing.assert_array_equal(alone.size, beside.size)
        moved = np.abs(alone.weight - beside.weight).max()
        assert (moved > 1e-3) if with_record.prior_windows else (moved < 1e-12)


@pytest.mark.parametrize(("measure", "spreads"), [("events", SPREADS), ("deaths", DEATH_SPREADS)])
def test_every_filter_says_that_its_level_goes_on(measure, spreads):
    steady = History(from_counts(np.full((80, 1), 5), np.full((80, 1), 20.0)))
    bank = FilterBank.of(steady, measure, 14)
    level = 5.0 if measure == "events" else 20.0
    np.testing.assert_allclose(bank.mean[-1, :, 0], 14 * level)
    assert bank.mean.shape == (80, len(FILTER_HALF_LIVES) * len(spreads), 1)
    variance = bank.mean + bank.mean**2 / bank.size
    linear, quadratic = np.tile(np.array(spreads).T, len(FILTER_HALF_LIVES))
    m = bank.mean[-1, :, 0]
    np.testing.assert_allclose(variance[-1, :, 0], m * (1 + linear) + quadratic * m**2)


def test_windows_that_are_not_over_have_no_record():
    history = History(wandering(80))
    bank = FilterBank.of(history, "events", 14)
    assert not bank.record[66:].any() and not bank.record[:START].any()
    busy = history.so_far[START:66] >= 1
    assert (bank.record[START:66].max(axis=1)[busy] < 0).all()


def test_totals_of_windows_by_hand():
    history = History(from_counts([[1], [2], [0], [4], [1]], [[0.4], [2.6], [0], [1], [9]]))
    assert window_totals(history, "events", 2)[:, 0].tolist() == [2, 4, 5]
    assert window_totals(history, "deaths", 2)[:, 0].tolist() == [3, 1, 10]
    assert window_totals(history, "events", 5).shape == (0, 1)
    assert window_totals(history, "events", 9).shape == (0, 1)
