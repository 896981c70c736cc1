"""Flight under a what-if: the forecast's own luck, its factor on the days ahead, nobody twice."""

from datetime import timedelta

import numpy as np
import pytest
from tests.assess.fled import AS_OF, CONTROL, COUNTS, case, holds, known

from foreshock.assess.picture import assess
from foreshock.core.displacement import Displacement
from foreshock.evidence.claim import Kind
from foreshock.evidence.figures import parse_quantities
from foreshock.forecast.displacement.leaving import Supposed
from foreshock.forecast.displacement.project import project

MEMBERS, DAYS = 400, 30


@pytest.fixture(scope="module")
def picture():
    return assess(known((*CONTROL, *COUNTS), AS_OF))


def flight(picture, factor: float | None, *, since: int = 1) -> Displacement:
    supposed = None
    if factor is not None:
        path = np.ones((MEMBERS, DAYS))
        path[:, since - 1 :] = factor
        supposed = Supposed(AS_OF + timedelta(days=1), path)
    return project(picture, case(), members=MEMBERS, seed=3, horizon=DAYS, supposed=supposed)


def test_a_factor_of_one_moves_no_bit(picture):
    one, other = flight(picture, None), flight(picture, 1.0)
    assert one.leaving.values.tobytes() == other.leaving.values.tobytes()
    assert one.shares.tobytes() == other.shares.tobytes()


def test_days_before_it_sets_in_are_those_of_the_forecast(picture):
    one, other = flight(picture, None), flight(picture, 0.5, since=11)
    before = one.days_to(AS_OF + timedelta(days=10))
    assert (one.leaving.values[:, :before] == other.leaving.values[:, :before]).all()
    assert (one.leaving.values[:, before:] * 0.5 == other.leaving.values[:, before:]).all()


def test_nobody_leaves_twice_however_many_would_go():
    people = holds(
        "vale", "zenda", 1, mode="present", end=AS_OF, kind=Kind.STATE,
        quantities=parse_quantities("population[people]=120000"),
    )  # fmt: skip
    counted = assess(known((*CONTROL, *COUNTS, people), AS_OF))
    few, many = flight(counted, 0.5), flight(counted, 20.0)
    assert few.running()[:, -1].mean() < many.running()[:, -1].mean()
    assert many.running().max() <= 120_000
