"""Futures: the pool's totals on simulated days, the same in any executor, whole in every member."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import numpy as np
import pytest
from tests.forecast.escalation.histories import NAMES, draws, from_counts, taught, wandering

from foreshock.core.errors import ForeshockError, LexiconError
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.futures import (
    MEMORY,
    Futures,
    futures,
    learners,
    pasts,
    totals,
)
from foreshock.forecast.escalation.pool import HORIZONS, MEASURES

MEMBERS = 1200
"""More than two of the chunks in which members are simulated."""


def made(
    worlds: list[DailySeries] | None = None,
    names: tuple[str, ...] = NAMES[:2],
    *,
    members: int = MEMBERS,
    days: int = 30,
    seed: int = 5,
    executor: object = None,
) -> Futures:
    return futures(
        worlds or [wandering(200)], names, taught(), taught().learned, draws(),
        members=members, days=days, seed=seed, executor=executor,
    )  # fmt: skip


def same(one: Futures, other: Futures) -> None:
    for measure in MEASURES:
        a, b = one.ensembles[measure], other.ensembles[measure]
        assert (a.first, a.series) == (b.first, b.series)
        np.testing.assert_array_equal(a.values, b.values)
        if a.largest is not None:
            np.testing.assert_array_equal(a.largest, b.largest)
    assert one.capped == other.capped


def test_the_same_seed_gives_the_same_bits_and_another_seed_others():
    same(made(), made())
    one, other = made(seed=5), made(seed=6)
    assert (one.ensembles["events"].values != other.ensembles["events"].values).any()


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_an_executor_changes_nothing(kind):
    pool = (
        ThreadPoolExecutor(2)
        if kind == "threads"
        else ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    )
    with pool:
        same(made(), made(executor=pool))


def test_it_begins_on_the_day_after_the_last_and_names_what_was_asked():
    found = made(names=(NAMES[2], NAMES[0]))
    for measure in MEASURES:
        ensemble = found.ensembles[measure]
        assert ensemble.first == wandering(200).last + timedelta(days=1)
        assert ensemble.series == (NAMES[2], NAMES[0])
        assert ensemble.shape == (MEMBERS, 30, 2) and ensemble.variable == measure


@pytest.mark.parametrize("horizon", HORIZONS)
def test_totals_of_the_days_are_those_of_the_pool(horizon):
    """Of seven days exactly; of more days a member keeps what it already had."""
    found = made().ensembles["events"].total(horizon)
    levels = (np.arange(MEMBERS) + 0.5) / MEMBERS
    before = pasts([wandering(200)], NAMES[:2])
    told = totals(before, taught().learned, "events", horizon, seed=5).quantiles(levels)
    for column in range(2):
        held = np.sort(found[:, column])
        assert (held >= told[column]).all()
        if horizon == 7:
            np.testing.assert_array_equal(held, told[column])
        assert held.mean() == pytest.approx(told[column].mean(), rel=0.1)


def test_nobody_dies_where_nothing_happens_and_one_event_has_all_the_dead_of_its_day():
    found = made()
    events, deaths = found.ensembles["events"].values, found.ensembles["deaths"].values
    largest = found.ensembles["deaths"].largest
    assert largest is not None
    assert not deaths[events == 0].any()
    assert (largest <= deaths).all() and ((largest > 0) == (deaths > 0)).all()
    np.testing.assert_array_equal(largest[events == 1], deaths[events == 1])
    several = events > 1
    assert (largest[several] * events[several] >= deaths[several]).all()


def test_a_sparse_series_has_whole_and_possible_deaths_too():
    """Below 20 events deaths come from the hurdle alone."""
    counts = wandering(200).counts.copy()
    counts[:, 1] = 0
    counts[[40, 90, 140], 1] = 1
    series = from_counts(counts, counts * 3.0)
    found = made([series])
    events = found.ensembles["events"].values[:, :, 1]
    deaths = found.ensembles["deaths"].values[:, :, 1]
    assert deaths.sum() > 0 and not deaths[events == 0].any()


def test_members_are_shared_out_evenly_among_worlds():
    """Half of the members start from a world that was wild lately, half from a calm one."""
    counts = wandering(200).counts.copy()
    calm, wild = counts.copy(), counts.copy()
    calm[-10:], wild[-10:] = 0, 12
    worlds = [from_counts(each) for each in (calm, wild)]
    found = made(worlds).ensembles["events"].total(7)[:, 0]
    assert found[: MEMBERS // 2].mean() < 0.6 * found[MEMBERS // 2 :].mean()
    alone = [made([each]).ensembles["events"].total(7)[:, 0].mean() for each in worlds]
    assert found.mean() == pytest.approx(sum(alone) / 2, rel=0.1)


def test_worlds_that_are_alike_give_about_the_totals_of_one():
    """Each world draws parameters of its own, which is all that may differ."""
    one = made().ensembles["events"].total(7).mean(axis=0)
    thrice = made([wandering(200)] * 3).ensembles["events"].total(7).mean(axis=0)
    np.testing.assert_allclose(one, thrice, rtol=0.15)


def test_fewer_members_than_worlds_work():
    found = made([wandering(200)] * 5, members=2)
    assert found.ensembles["events"].shape == (2, 30, 2)


@pytest.mark.parametrize("days", [1, 5])
def test_a_short_horizon_is_the_beginning_of_a_long_one(days):
    short, long = made(days=days), made(days=30)
    for measure in MEASURES:
        np.testing.assert_array_equal(
            short.ensembles[measure].values, long.ensembles[measure].values[:, :days]
        )


def test_beyond_the_pool_s_reach_days_follow_the_template():
    found = made(days=45).ensembles
    assert found["events"].days == found["deaths"].days == 45
    assert found["events"].values[:, 30:].sum() > 0
    assert found["deaths"].values[:, 30:].sum() > 0
    assert not found["deaths"].values[found["events"].values == 0].any()


def test_the_order_in_which_series_are_asked_for_changes_nothing():
    """Streams are named by series, so none of them draws from another's."""
    one, other = made(members=300), made(names=NAMES[:2][::-1], members=300)
    for measure in MEASURES:
        np.testing.assert_array_equal(
            one.ensembles[measure].values, other.ensembles[measure].values[:, :, ::-1]
        )


def test_no_days_at_all_are_refused():
    with pytest.raises(ForeshockError):
        made(days=0)


@pytest.mark.parametrize("wrong", [{"members": 0}, {"days": -3}])
def test_impossible_numbers_are_refused_in_words(wrong):
    with pytest.raises(ForeshockError):
        made(**wrong)


def test_a_series_that_is_not_there_is_named():
    with pytest.raises(LexiconError, match="nobody"):
        made(names=("nobody>nobody",))


def test_the_past_reaches_back_as_far_as_any_filter_remembers():
    long = from_counts(np.ones((MEMORY + 50, 2)))
    (past,) = pasts([long], NAMES[:1])
    assert (past.days, past.last, past.names) == (MEMORY, long.last, NAMES[:1])
    short = from_counts(np.ones((20, 2)))
    assert pasts([short, short], NAMES[:2])[1].days == 20


def test_learners_adapt_to_a_case_and_keep_the_prior_where_no_window_is_over():
    kept = learners(wandering(40), taught())
    assert all(kept[key] is taught().learned[key] for key in taught().learned)
    found = learners(from_counts(wandering(120).counts[:, :2] * 6), taught())
    assert set(found) == set(taught().learned)
    for key, fitted in found.items():
        prior = taught().prior(*key)
        assert (fitted.deviation <= prior.deviation).all()
        apart = np.abs(fitted.parameters - prior.mean) / prior.deviation
        assert 0 < apart.max() < 8
