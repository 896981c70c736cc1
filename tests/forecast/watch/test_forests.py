"""The forests' distribution is that of the rows that lie in the same leaves."""

import numpy as np
import pytest
from scipy.stats import binom
from tests.forecast.watch.world import SMALL, deaths

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.watch.examples import established, examples, inputs_at
from foreshock.forecast.watch.features import features
from foreshock.forecast.watch.forests import LEAST_LEVEL, RATIOS, grow
from foreshock.forecast.watch.own_months import own_months, quantiles


@pytest.fixture(scope="module")
def grown():
    told = deaths()
    made = features(told)
    learned = examples(told, made, 119, SMALL, 0)
    return made, learned, grow(learned, SMALL, 0)


def test_ratios_are_those_of_the_rows_in_the_same_leaves(grown):
    made, learned, forests = grown
    rows = inputs_at(made, 119, 3)[:5]
    deadly = learned.deaths > 0
    ratio = np.log(learned.deaths[deadly] / np.maximum(learned.levels[deadly], LEAST_LEVEL))
    place = np.clip(np.searchsorted(RATIOS, ratio), 0, len(RATIOS) - 1)
    learned_in = forests.ratio.predict(learned.inputs[deadly], pred_leaf=True)
    asked_in = forests.ratio.predict(rows, pred_leaf=True)
    for row, leaves in enumerate(asked_in):
        twin = np.zeros(len(RATIOS))
        for tree, leaf in enumerate(leaves):
            same = learned_in[:, tree] == leaf
            weight = learned.weights[deadly] * same
            for at, much in zip(place, weight / weight.sum(), strict=True):
                twin[at] += much / len(leaves)
        assert np.allclose(forests.ratios(rows)[row], twin)


def test_no_row_learns_from_a_month_after_the_last():
    told = deaths()
    made = features(told)
    spoiled = told.copy()
    spoiled[:, 81:] = 1e6
    one, other = (examples(each, features(each), 80, SMALL, 0) for each in (told, spoiled))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert len(one.deaths) < len(examples(told, made, 119, SMALL, 0).deaths)


def test_quiet_rows_are_thinned_and_weigh_for_those_left_out():
    told = np.zeros((60, 120))
    told[:3] = 9.0
    made = features(told)
    learned = examples(told, made, 119, SMALL, 0)
    quiet = learned.deaths == 0
    many = 57 * (quiet.size - quiet.sum()) // 3
    kept = int(quiet.sum())
    assert (
        binom(many, SMALL.quiet_share).ppf(1e-6) < kept < binom(many, SMALL.quiet_share).isf(1e-6)
    )
    assert np.allclose(learned.weights[quiet], 1 / SMALL.quiet_share)
    assert np.allclose(learned.weights[~quiet], 1)


def test_a_panel_without_deaths_or_too_short_is_refused():
    with pytest.raises(ForecastRefused, match="anybody die"):
        told = np.zeros((60, 120))
        grow(examples(told, features(told), 119, SMALL, 0), SMALL, 0)
    with pytest.raises(ForecastRefused, match="rows to learn from"):
        short = deaths(months=30)
        examples(short, features(short), 29, SMALL, 0)


def test_a_country_needs_a_known_year():
    told = np.ones((1, 30))
    told[0, 14] = np.nan
    assert np.flatnonzero(established(told)[0]).tolist() == [11, 12, 13, 26, 27, 28, 29]


def test_own_months_without_spread_are_conflictology():
    told, levels = deaths()[:, -12:], (np.arange(120) + 0.5) / 120
    found = quantiles(*own_months(told, 0.0), levels)
    assert np.array_equal(found, np.repeat(np.sort(told), 10, axis=1))


def test_spread_keeps_months_without_deaths_and_the_middle_and_widens_the_rest():
    told = np.array([[0.0] * 6 + [100.0] * 6, [np.nan] * 12])
    values, weights = own_months(told, 0.45)
    assert weights.sum(axis=1).tolist() == pytest.approx([1.0, 0.0])
    assert weights[0, values[0] == 0].sum() == pytest.approx(0.5)
    some = values[0, values[0] > 0]
    assert np.median(some) == 100.0
    assert np.abs(np.log(some / 100)).mean() == pytest.approx(0.45, abs=0.02)


def test_quantiles_of_weights_are_those_of_repeated_values():
    random = np.random.default_rng(4)
    atoms, weights = random.integers(0, 50, (6, 9)).astype(float), random.integers(1, 5, (6, 9))
    levels = (np.arange(40) + 0.5) / 40
    for row, found in enumerate(quantiles(atoms, weights.astype(float), levels)):
        repeated = np.repeat(atoms[row], weights[row])
        assert np.array_equal(found, np.quantile(repeated, levels, method="inverted_cdf"))
