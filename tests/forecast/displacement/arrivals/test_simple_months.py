"""Simple forecasts of monthly arrivals."""

from datetime import date

import numpy as np
from tests.evaluate.arrivals import monthly

from foreshock.core.months import MonthlyCounts
from foreshock.forecast.displacement.arrivals.simple_months import (
    LOG_AR,
    SIMPLE,
    climatology,
    conflictology,
    last_month,
    log_autoregression,
)

NAN = np.nan


def test_what_was_listed_is_drawn_from():
    people = np.array([[5.0, 1], [7, NAN], [NAN, NAN]])
    past = MonthlyCounts(date(2031, 1, 1), ("gondal", "glasstown"), people)
    assert last_month(past, 2, 9)[2, 0].tolist() == [7]
    assert climatology(past, 1, 9)[1, 0].tolist() == [5, 7]
    assert conflictology(past, 1, 9)[1, 1].tolist() == [1]


def test_conflictology_looks_back_a_year_if_anything_was_listed_in_it():
    people = np.array([9.0, *[NAN] * 11, 3.0])[:, None]
    past = MonthlyCounts(date(2031, 1, 1), ("gondal",), people)
    assert conflictology(past, 1, 9)[1, 0].tolist() == [3]
    gone = MonthlyCounts(date(2031, 1, 1), ("gondal",), people[:12].copy())
    assert conflictology(gone, 1, 9)[1, 0].tolist() == [9]


def test_a_place_never_listed_gets_no_simple_forecast():
    made = monthly.counts().people.copy()
    made[:, 2] = NAN
    past = MonthlyCounts(date(2031, 1, 1), monthly.PLACES, made)
    for each in SIMPLE:
        assert (1, 2) not in each.forecast(past, 1, 50), each.name
        assert (1, 1) in each.forecast(past, 1, 50), each.name


def test_log_ar_is_the_least_squares_it_says():
    counts = monthly.counts(months=30, listed=1.0)
    x = np.log1p(counts.people)
    before, after = [], []
    for row in range(29):
        for place in range(5):
            past = x[: row + 1, place]
            before.append([1, past[-1], past[-3:].mean(), past[-12:].mean()])
            after.append(x[row + 1, place])
    weights = np.linalg.lstsq(np.array(before), np.array(after), rcond=None)[0]
    expected = np.dot([1, x[-1, 0], x[-3:, 0].mean(), x[-12:, 0].mean()], weights)
    middle = np.median(np.log1p(log_autoregression(counts, 1, 501)[1, 0]))
    np.testing.assert_allclose(middle, expected)
    assert LOG_AR in {each.name for each in SIMPLE}
