"""Futures of control: their twin in plain loops, and what must hold whatever the rates."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.core.control import NOBODY
from foreshock.core.random import stream
from foreshock.forecast.control.plain import simulate_plainly
from foreshock.forecast.control.simple import Advance, advance, at_pace, unchanged
from foreshock.forecast.control.simulate import simulate
from foreshock.forecast.control.world import LONG_AGO, Ground, Rates, Start, uniforms

AS_OF = date(2031, 5, 1)
SIDES = ("gondal", "ruritania", "strelsau")
GONDAL, RURITANIA, STRELSAU = range(3)


def row(count: int, fresh: int = 5) -> Ground:
    """Places in a row along one road."""
    apart = np.abs(np.subtract.outer(np.arange(count), np.arange(count)))
    return Ground(
        places=tuple(f"p{number}" for number in range(count)), sides=SIDES, joined=apart == 1,
        fresh=fresh,
    )  # fmt: skip


def stand(members: int, *holders: int, ages: dict[int, int] | None = None) -> Start:
    """The same in every future; a pair is a holder and who contests it."""
    pairs = [each if isinstance(each, tuple) else (each, NOBODY) for each in holders]
    table = np.tile(np.array(pairs, np.int8), (members, 1, 1))
    age = np.full((members, len(holders)), LONG_AGO, np.int16)
    for place, days in (ages or {}).items():
        age[:, place] = days
    return Start(holder=table[..., 0], rival=table[..., 1], age=age)


def rates(members: int, *, base=0.0, fighting=0.0, road=0.0, contest=0.0, through=0.0,
          to=(1 / 3, 1 / 3, 1 / 3)) -> Rates:  # fmt: skip
    each = [np.full(members, value) for value in (base, fighting, road, contest, through)]
    return Rates(*each, np.tile(np.array(to), (members, 1)))


def quiet(days: int, places: int) -> np.ndarray:
    return np.zeros((1, days, places))


def same(one, other) -> bool:
    return bool((one.holder == other.holder).all() and (one.rival == other.rival).all())


def world(seed: int, members: int = 4, days: int = 12, places: int = 7):
    """A made-up war in which everything happens often."""
    draw = stream(seed, "world")
    joined = np.triu(draw.random((places, places)) < 0.3, 1)
    ground = Ground(
        places=tuple(f"p{number}" for number in range(places)), sides=SIDES,
        joined=joined | joined.T, fresh=3,
    )  # fmt: skip
    holder = draw.integers(-1, 3, (members, places)).astype(np.int8)
    against = ((holder + 1 + draw.integers(0, 2, holder.shape)) % 3).astype(np.int8)
    contested = (draw.random(holder.shape) < 0.2) & (holder != NOBODY)
    start = Start(
        holder=holder, rival=np.where(contested, against, NOBODY).astype(np.int8),
        age=draw.integers(0, 9, holder.shape).astype(np.int16),
    )  # fmt: skip
    quick = Rates(
        *(draw.gamma(1.0, scale, members) for scale in (0.1, 0.2, 0.5, 0.5)),
        draw.random(members), draw.dirichlet([1.0, 1.0, 1.0], members),
    )  # fmt: skip
    return ground, start, quick, draw.random((members, days, places))


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_the_twin_in_plain_loops_draws_the_same_futures(seed):
    given_ = *world(seed), AS_OF, seed
    paths = stream(seed, "paths").random((1, 12, 7, 3))
    assert same(simulate(*given_), simulate_plainly(*given_))
    assert same(simulate(*given_, paths=paths), simulate_plainly(*given_, paths=paths))


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_one_seed_gives_the_same_bits_and_a_path_of_ones_changes_none(seed):
    given_ = *world(seed), AS_OF, seed
    once = simulate(*given_)
    assert same(once, simulate(*given_))
    assert same(once, simulate(*given_, paths=np.ones((1, 12, 1, 1))))
    assert not same(once, simulate(*world(seed), AS_OF, seed + 1))


def test_the_first_futures_and_days_of_a_larger_run_are_those_of_a_smaller_one():
    ground, start, quick, fought = world(3, members=6)
    few = Start(holder=start.holder[:4], rival=start.rival[:4], age=start.age[:4])
    small = simulate(ground, few, Rates(*(each[:4] for each in quick)), fought[:4, :8], AS_OF, 3)
    large = simulate(ground, start, quick, fought, AS_OF, 3)
    assert (large.holder[:4, :9] == small.holder).all()
    assert (uniforms(3, 2, 6, 7)[:4] == uniforms(3, 2, 4, 7)).all()


def test_without_any_hazard_nothing_changes():
    ground, start, quick, fought = world(5)
    none = quick._replace(**{name: 0 * getattr(quick, name) for name in Rates._fields[:4]})
    ahead = simulate(ground, start, none, fought, AS_OF, 5)
    assert same(ahead, unchanged(start, 12, AS_OF))
    stopped = simulate(ground, start, quick, fought, AS_OF, 5, paths=np.zeros((1, 1, 1, 1)))
    assert same(stopped, unchanged(start, 12, AS_OF))


@pytest.mark.parametrize("name", ["base", "fighting", "road"])
def test_the_higher_a_rate_the_more_places_fall(name):
    ground, start = row(6, fresh=99), stand(400, GONDAL, *[RURITANIA] * 5, ages={0: 1})
    fought = np.full((1, 10, 6), 0.5)

    def fallen(rate: float) -> np.ndarray:
        given_ = rates(400, **{"base": 0.001, name: rate, "to": (1.0, 0.0, 0.0)})
        return simulate(ground, start, given_, fought, AS_OF, 2).holder[:, -1] == GONDAL

    # Where one side alone can gain and its captures stay fresh, what has fallen under a rate has
    # fallen under any higher one.
    steps = [fallen(rate) for rate in (0.0, 0.05, 0.2, 0.8)]
    assert all((less <= more).all() for less, more in pairwise(steps))
    assert [step.sum() for step in steps] == sorted({step.sum() for step in steps})


def test_a_place_falls_as_often_as_its_rate_says():
    ground, start = row(1), stand(20_000, GONDAL)
    ahead = simulate(
        ground, start, rates(20_000, base=0.02, fighting=0.08, to=(0.5, 0.1, 0.4)),
        np.full((1, 1, 1), 0.5), AS_OF, 4,
    )  # fmt: skip
    fell = ahead.holder[:, 1, 0]
    assert (fell != GONDAL).mean() == pytest.approx(1 - np.exp(-0.06), abs=0.005)
    assert (fell == STRELSAU).sum() / (fell != GONDAL).sum() == pytest.approx(0.8, abs=0.04)


def test_an_advance_goes_along_the_road_place_by_place():
    # Gondal has just taken the first of four places in a row; nothing else drives changes.
    ground, start = row(4, fresh=2), stand(1, GONDAL, *[RURITANIA] * 3, ages={0: 0})
    ahead = simulate(ground, start, rates(1, road=99.0), quiet(4, 4), AS_OF, 1)
    assert ahead.holder[0].tolist() == [
        [0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0],
    ]  # fmt: skip
    # What was taken too long ago drives nothing, and where no road leads nothing falls.
    stale = simulate(ground, stand(1, GONDAL, RURITANIA, RURITANIA, RURITANIA, ages={0: 2}),
                     rates(1, road=99.0), quiet(4, 4), AS_OF, 1)  # fmt: skip
    assert (stale.holder == stale.holder[:, :1]).all()
    island = replace(ground, joined=np.zeros((4, 4), bool))
    alone = simulate(island, start, rates(1, road=99.0), quiet(4, 4), AS_OF, 1)
    assert (alone.holder == alone.holder[:, :1]).all()


def test_a_place_can_be_taken_back():
    ground = row(3, fresh=3)
    start = stand(1, GONDAL, RURITANIA, RURITANIA, ages={0: 0, 2: 0})
    ahead = simulate(ground, start, rates(1, road=99.0), quiet(2, 3), AS_OF, 1)
    # Both neighbours are new: each side takes what the other has just taken, or is about to.
    assert ahead.holder[0, 1].tolist() == [0, 0, 1]
    assert ahead.holder[0, 2].tolist() == [0, 1, 0]


def test_a_change_may_begin_with_a_contest_that_one_of_the_two_wins():
    ground, start = row(1), stand(4000, GONDAL)
    ahead = simulate(
        ground, start, rates(4000, base=9.0, contest=0.5, through=1.0, to=(0.6, 0.2, 0.2)),
        quiet(2, 1), AS_OF, 6,
    )  # fmt: skip
    fought = ahead.rival[:, 1, 0] != NOBODY
    assert fought.mean() > 0.99
    assert (ahead.holder[fought, 1, 0] == GONDAL).all()
    over = fought & (ahead.rival[:, 2, 0] == NOBODY)
    assert over.mean() == pytest.approx(1 - np.exp(-0.5), abs=0.03)
    won = ahead.holder[over, 2, 0]
    rival = ahead.rival[over, 1, 0]
    assert ((won == GONDAL) | (won == rival)).all()
    assert (won == GONDAL).mean() == pytest.approx(0.75, abs=0.03)


def test_a_path_holds_one_side_back_on_some_days():
    ground, start = row(1), stand(1000, GONDAL)
    paths = np.ones((1, 4, 1, 3))
    paths[:, :2, :, RURITANIA] = 0.0
    given_ = rates(1000, base=0.5), quiet(4, 1), AS_OF, 8
    held = simulate(ground, start, *given_, paths=paths).holder[:, :, 0]
    assert not (held[:, :3] == RURITANIA).any()
    assert (held[:, 3] == RURITANIA).any()


def test_the_advance_of_the_last_fortnight_is_counted_by_road():
    ground = row(5)
    then = np.array([GONDAL, RURITANIA, RURITANIA, RURITANIA, NOBODY], np.int8)
    now = np.array([GONDAL, GONDAL, GONDAL, RURITANIA, STRELSAU], np.int8)
    assert advance(then, now, ground) == Advance(GONDAL, 2 / 14)
    cut = ground.joined.copy()
    cut[2, :] = cut[:, 2] = False
    assert advance(then, now, replace(ground, joined=cut)) == Advance(GONDAL, 1 / 14)
    assert advance(now, now, ground) == Advance(NOBODY, 0.0)


def test_an_advance_at_pace_takes_what_lies_next_and_as_much_as_the_pace_says():
    ground = row(30)
    start = stand(2000, GONDAL, *[RURITANIA] * 29)
    ahead = at_pace(ground, start, Advance(GONDAL, 0.5), 8, AS_OF, 3)
    taken = (ahead.holder == GONDAL).sum(axis=2) - 1
    assert taken[:, -1].mean() == pytest.approx(4.0, abs=0.15)
    assert taken[:, -1].var() == pytest.approx(4.0, abs=0.5)
    # Along one road what has fallen has no gap.
    assert (np.diff((ahead.holder != GONDAL).astype(int), axis=2) >= 0).all()
    still = at_pace(ground, start, Advance(NOBODY, 0.0), 8, AS_OF, 3)
    assert same(still, unchanged(start, 8, AS_OF))
