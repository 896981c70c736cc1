"""What is open on a day, and how far it is over it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.forecast.displacement.destinations.made import ROADS, network, shut

from foreshock.core.errors import ForecastRefused
from foreshock.core.network import Road
from foreshock.forecast.displacement.destinations.access import access

ANGORA, ELBE, REGINA, ZEDORA, ALCONA, EXINA = range(6)
CAMPS = (ZEDORA, ALCONA, EXINA)


def km(found, site: int, camp: int, day: int) -> float:
    return found.km[found.spell[day], site, CAMPS.index(camp)]


def test_the_shortest_way_counts():
    found = access(network(), CAMPS, 5)
    assert [km(found, ANGORA, camp, 0) for camp in CAMPS] == [215.0, 185.0, 300.0]
    assert km(found, ZEDORA, ZEDORA, 0) == 0.0
    shorter = [*ROADS, Road(first=5, second=0, km=10.0)]
    assert km(access(network(roads=shorter), CAMPS, 0), ANGORA, EXINA, 0) == 10.0


def test_a_road_of_no_length_is_a_road():
    found = access(network(roads=[*ROADS[:4], Road(first=0, second=5, km=0.0)]), CAMPS, 0)
    assert km(found, ANGORA, EXINA, 0) == 0.0


@pytest.mark.parametrize(
    ("closure", "blocked"),
    [
        (shut("camp", "alcona", start=3, end=6), {ALCONA}),
        (shut("idpcamp", "alcona", start=3, end=6), {ALCONA}),
        (shut("location", "regina", start=3, end=6), {ZEDORA, ALCONA}),
        (shut("link", "alcona", "regina", start=3, end=6), {ALCONA}),
        (shut("country", "gondal", "gaaldine", start=3, end=6), {ZEDORA, ALCONA}),
        (shut("country", "gaaldine", "gondal", start=3, end=6), {ZEDORA, ALCONA}),
        (shut("country", "gondal", start=3, end=6), set(CAMPS)),
        (shut("remove_forced_redirection", "angora", "exina", start=3, end=6), set()),
    ],
)
def test_what_is_shut_is_shut_from_its_first_day_until_it_opens(closure, blocked):
    found = access(network(closures=[closure]), CAMPS, 10)
    for day in range(11):
        shut_now = {camp for camp in CAMPS if not np.isfinite(km(found, ANGORA, camp, day))}
        assert shut_now == (blocked if 3 <= day < 6 else set()), day


def test_people_leave_a_place_that_is_shut_but_nobody_passes_it():
    found = access(network(closures=[shut("location", "elbe")]), CAMPS, 0)
    assert km(found, ELBE, ALCONA, 0) == 145.0
    assert not np.isfinite(km(found, ANGORA, ALCONA, 0))


def test_the_newest_of_a_country_is_the_one_that_opened_last_of_those_shut_at_first():
    closures = [
        shut("camp", "zedora", end=10),
        shut("camp", "alcona", end=30),
        shut("camp", "exina", start=5, end=15),
    ]
    found = access(network(closures=closures), CAMPS, 40)
    newest = [found.newest[found.spell[day]].tolist() for day in (9, 10, 29, 30, 40)]
    first, second = [True, False, False], [False, True, False]
    assert newest == [[False] * 3, first, first, second, second]


def test_later_closures_change_nothing_before_them():
    before = access(network(), CAMPS, 20)
    after = access(network(closures=[shut("camp", "alcona", start=21)]), CAMPS, 20)
    assert (before.km == after.km).all() and (before.spell == after.spell).all()


@pytest.mark.parametrize(
    ("destinations", "closure"),
    [
        ((), None),
        ((3, 3), None),
        ((99,), None),
        ((-1,), None),
        (CAMPS, shut("camp", "nowhere")),
        (CAMPS, shut("link", "angora", "nowhere")),
        (CAMPS, shut("country", "gondal", "nowhere")),
    ],
)
def test_what_is_not_in_the_network_is_refused(destinations, closure):
    where = network(closures=[closure] if closure else [])
    with pytest.raises(ForecastRefused, match="gondal"):
        access(where, destinations, 3)


def test_names_of_places_say_nothing():
    renamed = tuple(replace(site, name=site.name[::-1]) for site in network().sites)
    one, other = access(network(), CAMPS, 0), access(network(sites=renamed), CAMPS, 0)
    assert (one.km == other.km).all()
