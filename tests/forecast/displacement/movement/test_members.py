"""Ensembles: the same members in any executor, and none of them twice."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from tests.forecast.displacement.movement.made import CALM, gondal

from foreshock.forecast.displacement.movement import members as keeping
from foreshock.forecast.displacement.movement.members import ensemble, forget, key
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.pushing import given
from foreshock.forecast.displacement.movement.run import Plan, plan


@pytest.fixture(scope="module")
def planned() -> Plan:
    """Give a small plan."""
    return plan(gondal(), CALM, Mode.FIXED, given(gondal(), np.full(20, 30)))


def test_the_same_bits_in_any_executor(planned: Plan):
    """One after the other, in threads, or in other processes."""
    alone = list(ensemble(planned, members=3, seed=5))
    with ThreadPoolExecutor(2) as threads:
        together = list(ensemble(planned, members=3, seed=5, executor=threads))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        elsewhere = list(ensemble(planned, members=3, seed=5, executor=processes))
    for one, two, three in zip(alone, together, elsewhere, strict=True):
        assert np.array_equal(one.camps, two.camps) and np.array_equal(one.camps, three.camps)
    assert not np.array_equal(alone[0].camps, alone[1].camps)


def test_an_interrupted_ensemble_goes_on(
    planned: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Members that were finished are read, the others run; in the end nothing is left beside."""
    out = tmp_path / "out.csv"
    whole = list(ensemble(planned, members=4))
    begun = ensemble(planned, members=4, beside=out)
    next(begun), next(begun)
    begun.close()
    ran = []
    move = keeping.move

    def told(planned: Plan, *, seed: int, member: int):
        ran.append(member)
        return move(planned, seed=seed, member=member)

    monkeypatch.setattr(keeping, "move", told)
    again = list(ensemble(planned, members=4, beside=out))
    assert ran == [2, 3]
    assert all(np.array_equal(a.camps, b.camps) for a, b in zip(whole, again, strict=True))
    forget(out, planned, 0)
    assert list(tmp_path.iterdir()) == []


def test_another_run_reads_no_members_of_this_one(planned: Plan):
    """Whatever a member hangs on is in its key."""
    others = [
        planned._replace(mode=Mode.COHORT),
        planned._replace(rules=replace(planned.rules, softening=11.0)),
        planned._replace(arrivals=planned.arrivals._replace(daily=planned.arrivals.daily + 1)),
        planned._replace(network=replace(planned.network, conflict=planned.network.conflict / 2)),
    ]
    keys = {key(planned, 0), key(planned, 1), *(key(other, 0) for other in others)}
    assert len(keys) == 6
    assert key(planned, 0) == key(planned, 0)
