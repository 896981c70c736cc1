"""Features see their own month and those before it, and nothing that nobody counted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.watch.world import deaths

from foreshock.forecast.watch.features import PARTS, features


@given(st.integers(0, 118), st.integers(0, 2**16))
def test_what_comes_after_a_month_does_not_move_its_features(month: int, seed: int):
    told = deaths()
    spoiled = told.copy()
    later = spoiled[:, month + 1 :]
    later[:] = np.random.default_rng(seed).integers(0, 10**6, later.shape)
    one, other = features(told), features(spoiled)
    assert np.array_equal(one.values[:, : month + 1], other.values[:, : month + 1])
    assert np.array_equal(one.level[:, : month + 1], other.level[:, : month + 1])


@pytest.mark.parametrize("months", [3, 6, 12, 24, 60, 120])
def test_means_are_those_of_the_months_behind(months: int):
    told = deaths()
    made = features(told)
    for at in (0, 5, 70, 119):
        window = told[:, max(0, at - months + 1) : at + 1]
        expected = np.log1p(window.mean(axis=1)).astype(np.float32)
        found = made.values[:, at, made.column(f"mean {months}")]
        assert np.allclose(found, expected, rtol=1e-5)


def test_months_before_a_country_existed_are_not_months_of_peace():
    told = np.full((1, 30), 8.0)
    told[0, :15] = np.nan
    made = features(told)
    assert made.values[0, -1, made.column("mean 24")] == pytest.approx(np.log(9))
    assert made.values[0, -1, made.column("share 36")] == 1


def test_a_part_that_is_taken_away_says_nothing_and_leaves_the_others():
    made = features(deaths())
    for part in PARTS:
        without = made.without(part)
        for column, name in enumerate(made.parts):
            if name == part:
                assert not without.values[:, :, column].any()
            else:
                assert np.array_equal(without.values[:, :, column], made.values[:, :, column])
