"""Ignorance as the VIEWS challenge defines it, worked by hand and as it was published."""

import math

import numpy as np
import pytest

from foreshock.core.random import stream
from foreshock.verify import distributions
from foreshock.verify.distributions import crps_of_draws
from foreshock.verify.ignorance import (
    DRAWS,
    EDGES,
    ignorance,
    ignorance_as_official,
    repeated,
)


@pytest.mark.parametrize(
    ("came", "alike"), [(0, 3), (0.4, 3), (0.5, 2), (1, 2), (2.5, 1), (7, 0), (1001, 1), (1e6, 1)]
)
def test_by_hand(came, alike):
    draws = [0, 0, 0.49, 1, 2.4, 2.5, 1000.5]
    assert float(ignorance(draws, came)) == pytest.approx(-math.log2((alike + 1) / (7 + 11)))


def test_every_class_is_counted_once():
    """The chances that a forecast gives its eleven classes sum to one."""
    draws = stream(2, "classes").pareto(0.5, 300) * 5
    chances = [2 ** -float(ignorance(draws, edge)) for edge in EDGES]
    assert math.fsum(chances) == pytest.approx(1)


def test_proper_but_for_the_added_draws():
    random = stream(4, "ignorance")
    values = random.poisson(4.0, 3_000).astype(float)
    mean = {
        rate: float(ignorance(random.poisson(rate, (3_000, DRAWS)), values).mean())
        for rate in (2.0, 3.3, 4.0, 4.8, 8.0)
    }
    assert min(mean, key=mean.__getitem__) == 4.0


def test_few_draws_are_repeated_without_changing_the_forecast():
    draws = stream(5, "few").poisson(9.0, (4, 12)).astype(float)
    many = repeated(draws)
    assert many.shape == (4, 1008)
    assert crps_of_draws(many, [9] * 4) == pytest.approx(crps_of_draws(draws, [9] * 4))
    assert repeated(many) is many
    assert (ignorance(many, draws[:, 0]) < ignorance(draws, draws[:, 0])).all()


def test_a_thousand_draws_are_scored_as_they_are():
    draws = stream(6, "thousand").poisson(9.0, (3, DRAWS)).astype(float)
    assert (
        ignorance_as_official(draws, [3, 9, 30]).tolist() == ignorance(draws, [3, 9, 30]).tolist()
    )


def test_the_official_resampling_hangs_on_the_order_of_the_draws():
    months = np.array([0.0] * 6 + [40.0] * 6)
    mixed = np.array([0.0, 40.0] * 6)
    assert float(ignorance(months, 0)) == float(ignorance(mixed, 0))
    assert abs(float(ignorance_as_official(months, 0) - ignorance_as_official(mixed, 0))) > 0.2


def test_blocks_and_gaps(monkeypatch):
    draws = stream(7, "blocks").poisson(2.0, (9, 12)).astype(float)
    values = np.arange(9.0)
    values[3] = np.nan
    whole = ignorance(draws, values), ignorance_as_official(draws, values)
    monkeypatch.setattr(distributions, "AT_ONCE", 2 * DRAWS)
    parts = ignorance(draws, values), ignorance_as_official(draws, values)
    np.testing.assert_array_equal(np.isnan(whole[0]), np.arange(9) == 3)
    np.testing.assert_allclose(parts, whole)
