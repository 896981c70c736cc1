"""The daily model handed on member by member: what the template was simulated from."""

import numpy as np
import pytest
from tests.forecast.escalation.histories import from_counts

from foreshock.core.random import stream
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.handing_on import following
from foreshock.forecast.escalation.excitation.model import Excitation, pair_edges
from foreshock.forecast.escalation.excitation.simulate import begin, simulate

NAMES = ("a>b", "b>a", "c>b")


@pytest.fixture(scope="module")
def fitted():
    seen = stream(7, "handing on").poisson(0.8, (300, 3))
    world = from_counts(seen)
    model = Excitation(names=NAMES, edges=pair_edges(NAMES, ties=[("a", "c")]))
    return world, fit(seen, model, draws=40, seed=1).draws


def test_the_first_day_is_expected_as_the_simulation_expects_it(fitted):
    world, draws = fitted
    members = 400
    handed = following(draws, [world], NAMES, members)
    begun = begin(draws, world.counts, 1)
    which = np.arange(members) % len(draws)
    excited = np.zeros((members, 3))
    np.add.at(excited.T, draws.model.target, (draws.weight * begun.past)[which].T)
    assert handed.rate(handed.past) == pytest.approx(np.exp(begun.level[which, 0]) + excited)


def test_simulated_days_are_as_many_as_expected(fitted):
    world, draws = fitted
    ahead = simulate(draws, world.counts, members=20_000, days=1, seed=3, drift=1e-9).counts[:, 0]
    expected = following(draws, [world], NAMES, 20_000)
    mean = expected.rate(expected.past).mean(axis=0)
    assert ahead.mean(axis=0) == pytest.approx(mean, rel=0.05)


def test_series_that_are_not_forecast_act_on_nobody(fitted):
    world, draws = fitted
    handed = following(draws, [world, world], NAMES[:2], 100)
    assert handed.series == NAMES[:2]
    assert handed.level.shape == (100, 2)
    assert set(handed.source.tolist()) | set(handed.target.tolist()) == {0, 1}
    whole = following(draws, [world], NAMES, 100)
    assert len(handed.source) < len(whole.source)
