"""Splitting those who leave a place over destinations of any kind."""

from dataclasses import replace

import pytest
from tests.forecast.displacement.destinations.made import network, shut, taught

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.displacement.destinations.splitting import shares

ANGORA, ELBE, REGINA, ZEDORA, ALCONA, EXINA = range(6)


def split(where=None, **changed):
    told = {"day": 30, "draws": 300, "seed": 7} | changed
    return shares(network() if where is None else where, taught(), **told)


def test_each_draw_says_where_those_of_each_fighting_place_go():
    found = split()
    assert found.shape == (300, 2, 3)
    assert found.sum(axis=2) == pytest.approx(1.0)
    assert split(day=10).shape == (300, 1, 3), "elbe is fought over from day 20 on"


def test_the_nearer_the_more():
    near = split().mean(axis=0)
    assert near[0, 1] > near[0, 0] > near[0, 2], "from angora: 185, 215 and 300 km"


def test_origins_and_destinations_may_be_any_places_in_any_order():
    found = split(origins=[REGINA, ANGORA], open_sites=[ELBE, EXINA, ZEDORA, REGINA])
    assert found.shape == (300, 2, 4)
    assert (found[:, 0, 3] == 0).all(), "nobody of regina goes to regina"
    assert found.sum(axis=2) == pytest.approx(1.0)
    swapped = split(origins=[ANGORA, REGINA], open_sites=[REGINA, ZEDORA, EXINA, ELBE])
    assert swapped[:, ::-1, ::-1] == pytest.approx(found, abs=1e-12)


def test_nobody_goes_where_it_is_shut_or_where_no_road_leads():
    where = network(closures=[shut("camp", "alcona", start=25, end=35)])
    assert (split(where)[:, :, 1] == 0).all()
    assert (split(where, day=40)[:, :, 1] > 0).all()
    cut = network(closures=[shut("country", "gondal")])
    assert (split(cut) == 0).all(), "rows of nobody, not of somebody somewhere"


def test_a_destination_more_leaves_the_luck_of_the_others():
    few, more = split(open_sites=[ZEDORA, ALCONA]), split(open_sites=[ZEDORA, ALCONA, EXINA])
    ratio = more[:, :, 0] / more[:, :, 1]
    assert ratio == pytest.approx(few[:, :, 0] / few[:, :, 1])


def test_same_seed_same_bits_and_another_seed_others():
    assert (split() == split()).all()
    assert not (split() == split(seed=8)).any()


def test_what_comes_later_and_capacity_change_nothing():
    where = network()
    conflict = where.conflict.copy()
    conflict[31:] = 1.0
    sites = [replace(s, population=77) if s.is_camp else s for s in where.sites]
    later = replace(
        where, conflict=conflict, sites=tuple(sites), closures=(shut("camp", "alcona", start=31),)
    )
    assert (split(later) == split(where)).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": -1},
        {"day": 120},
        {"draws": 0},
        {"origins": []},
        {"origins": [99]},
        {"origins": [ANGORA, ANGORA]},
        {"open_sites": []},
        {"open_sites": [99]},
    ],
)
def test_what_cannot_be_asked_is_refused(wrong):
    with pytest.raises(ForecastRefused):
        split(**wrong)
