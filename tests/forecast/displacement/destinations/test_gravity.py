"""Gravity: the nearer the more, nobody where nothing is open, nothing from after the day."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.displacement.destinations.made import network, shut

from foreshock.forecast.displacement.destinations.access import access
from foreshock.forecast.displacement.destinations.gravity import (
    EVEN,
    ONE,
    Rules,
    daily_shares,
    foreseen_shares,
    pull,
    push,
)

CAMPS = (3, 4, 5)
FEW = Rules(distance=(0.0, 1.0, 3.0), opening=(1.0, 4.0), population=(0.0, 1.0), recency=(0.0, 2.0))
lengths = st.lists(
    st.one_of(st.floats(0, 5000), st.just(float("inf"))), min_size=2, max_size=8
)  # fmt: skip


def daily(where, rules=FEW, last=None):
    last = where.days - 1 if last is None else last
    return daily_shares(where, access(where, CAMPS, last), rules)


@given(lengths, st.floats(0, 6))
def test_shares_of_an_origin_sum_to_one_and_fall_with_distance(km, exponent):
    km = np.array([km])
    found = pull(km, np.zeros(km.shape[1], bool), exponent, 1.0)[0]
    reached = np.isfinite(km[0])
    assert found.sum() == pytest.approx(1.0 if reached.any() else 0.0)
    assert (found[~reached] == 0).all()
    order = np.argsort(km[0][reached], kind="stable")
    assert (np.diff(found[reached][order]) <= 1e-12).all()


@given(st.floats(1, 500), st.floats(0.01, 2))
def test_shares_change_little_where_distance_changes_little(km, step):
    one, other = (
        pull(np.array([[km + more, 100.0]]), np.zeros(2, bool), 2.0, 1.0) for more in (0.0, step)
    )
    assert np.abs(one - other).max() <= 2.0 * step / 10.0


def test_who_is_newest_draws_more_and_only_by_its_weight():
    km, newest = np.array([[50.0, 50.0, 50.0]]), np.array([False, True, False])
    assert pull(km, newest, 1.0, 4.0)[0].tolist() == pytest.approx([1 / 6, 4 / 6, 1 / 6])
    assert pull(km, newest, 1.0, 1.0)[0].tolist() == pytest.approx([1 / 3] * 3)


def test_where_there_are_more_people_and_fighting_is_newer_more_leave():
    found = push(network(), 80, FEW)[:, :, :3]
    angora, elbe = found[0, 0, :2]
    assert angora == elbe == 1.0
    assert found[1, 0, 0] / found[1, 0, 1] == pytest.approx(40 / 9)
    assert found[0, 1, 0] / found[0, 1, 1] == pytest.approx(((1 + 2) / (1 + 80 / 30)) ** 2)
    assert (found[:, :, 2] == 0).all(), "nobody fights at regina"


def test_before_anybody_fights_all_places_at_home_push():
    quiet = replace(network(), conflict=np.zeros((120, 6)))
    assert (push(quiet, 3, ONE)[0, 0] > 0).tolist() == [True, True, True, False, False, False]
    assert daily(quiet).sum(axis=2) == pytest.approx(1.0)


def test_a_camp_that_is_shut_gets_nobody_and_gets_people_again_when_it_opens():
    found = daily(network(closures=[shut("camp", "alcona", start=10, end=20)]))
    got = found[:, :, 1] > 0
    assert not got[:, 10:20].any()
    assert got[:, :10].all() and got[:, 20:].all()
    assert found.sum(axis=2) == pytest.approx(1.0)


def test_where_no_way_is_open_people_go_evenly_to_what_may_be_entered():
    closures = [shut("country", "gondal"), shut("camp", "exina")]
    found = daily(network(closures=closures))
    assert found[0, 0].tolist() == [0.5, 0.5, 0.0]
    closures = [shut("camp", name) for name in ("zedora", "alcona", "exina")]
    assert daily(network(closures=closures))[0, 0].tolist() == pytest.approx([1 / 3] * 3)


def test_evenly_is_even_and_plain_is_one_over_distance():
    assert daily(network(), EVEN)[0, 0].tolist() == pytest.approx([1 / 3] * 3)
    near = 1 / (10 + np.array([215.0, 185.0, 300.0]))
    assert daily(network(), ONE)[0, 0].tolist() == pytest.approx((near / near.sum()).tolist())


@pytest.mark.parametrize("day", [0, 19, 50])
def test_what_comes_after_a_day_leaves_it_as_it_is_to_the_last_bit(day):
    where = network(closures=[shut("camp", "zedora", end=5)])
    conflict = where.conflict.copy()
    conflict[day + 1 :] = np.random.default_rng(1).random((len(conflict) - day - 1, 6))
    later = [shut("camp", "alcona", start=day + 1), shut("country", "gondal", start=day + 2)]
    other = replace(where, conflict=conflict, closures=(*where.closures, *later))
    assert (daily(where)[:, : day + 1] == daily(other)[:, : day + 1]).all()
    one, two = (foreseen_shares(each, CAMPS, FEW, day, 30) for each in (where, other))
    assert (one == two).all()


def test_capacity_changes_nothing():
    where = network()
    larger = [
        replace(site, population=site.population * 100) if site.is_camp else site
        for site in where.sites
    ]
    assert (daily(where) == daily(replace(where, sites=tuple(larger)))).all()


def test_neither_names_nor_the_order_of_places_matter():
    where = network(closures=[shut("camp", "alcona", end=30)])
    new = [5, 3, 0, 4, 2, 1]
    place = {old: at for at, old in enumerate(new)}
    sites = tuple(where.sites[old] for old in new)
    # Home is the country of the first site, which no rule reads while there is fighting.
    roads = [
        replace(road, first=place[road.second], second=place[road.first]) for road in where.roads
    ]
    other = replace(where, sites=sites, roads=tuple(roads[::-1]), conflict=where.conflict[:, new])
    ways = access(other, [place[camp] for camp in CAMPS], 119)
    assert daily_shares(other, ways, FEW) == pytest.approx(daily(where), abs=1e-12)


def test_as_seen_from_a_day_what_is_shut_opens_by_halves():
    where = network(closures=[shut("camp", "alcona", start=10, end=12)])
    found = foreseen_shares(where, CAMPS, ONE, 10, 900)[0]
    assert found.sum(axis=1) == pytest.approx(1.0)
    free = daily(network(), ONE)[0, 10]
    assert found[89, 1] == pytest.approx(free[1] / 2)
    assert found[-1] == pytest.approx(free, abs=1e-3)
    steady = foreseen_shares(network(), CAMPS, ONE, 10, 5)[0]
    assert steady == pytest.approx(np.tile(free, (5, 1)))
