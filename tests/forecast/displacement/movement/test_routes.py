"""Ways that people know of."""

import numpy as np
import pytest
from tests.forecast.displacement.movement.made import network, site

from foreshock.core.errors import MovementError
from foreshock.core.network import Road
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.modes import Mode
from foreshock.forecast.displacement.movement.routes import routes
from foreshock.forecast.displacement.movement.stages import ARRIVED, stages

LINE = [site(name) for name in "abcd"]
ROADS = [(0, 1, 10.0), (1, 2, 20.0), (2, 3, 40.0)]


def ends(sites, roads, level: int, mode: Mode = Mode.FIXED) -> list[int]:
    """Give where the ways from the first site end."""
    ways = routes(network(sites, roads), MovementRules(awareness_level=level), mode).ways
    return ways.end[: ways.first[1]].tolist()


def test_people_know_as_many_roads_ahead_as_they_are_aware_of():
    """Each site on the way is one that they may choose."""
    assert ends(LINE, ROADS, 1) == [1]
    assert ends(LINE, ROADS, 2) == [1, 2]
    assert ends(LINE, ROADS, 3) == ends(LINE, ROADS, 9) == [1, 2, 3]


def test_markers_are_passed_and_do_not_count():
    """A marker is no end of a way, and the road to it none of those ahead."""
    sites = [LINE[0], site("m", "marker"), LINE[2], LINE[3]]
    assert ends(sites, ROADS, 1) == [2]
    assert ends(sites, ROADS, 2) == [2, 3]


def test_no_way_comes_to_a_site_twice():
    """Round a triangle there are two ways to each corner, and no way back."""
    assert sorted(ends(LINE[:3], [*ROADS[:2], (0, 2, 5.0)], 3)) == [1, 1, 2, 2]


def test_weights_fall_with_the_length_of_the_whole_way():
    """By the settings' power, softened."""
    rules = MovementRules(awareness_level=3, softening=50.0, distance_power=0.75)
    ways = routes(network(LINE, ROADS), rules, Mode.FIXED).ways
    assert np.allclose(ways.nearness[:3], np.array([60.0, 80.0, 120.0]) ** -0.75)


@pytest.mark.parametrize(
    ("road", "what"),
    [
        (Road(first=0, second=1, km=float("nan")), "nan km"),
        (Road(first=0, second=1, km=-1.0), "-1.0 km"),
        (Road(first=0, second=1, km=1.0, attributes={"walk_probability": "x"}), "'x'"),
        (Road(first=0, second=1, km=1.0, attributes={"max_move_speed": "-3"}), "'-3'"),
    ],
)
def test_a_road_that_is_none_is_an_error(road: Road, what: str):
    """The road is named."""
    with pytest.raises(MovementError, match=what) as error:
        ends(LINE, [road], 1)
    assert "a - b" in str(error.value)


def test_a_road_of_no_length_needs_softening():
    """Its weight would be without bounds."""
    over = network(LINE, [(0, 1, 0.0)])
    with pytest.raises(MovementError, match="softening"):
        routes(over, MovementRules(softening=0.0), Mode.FIXED)
    assert routes(over, MovementRules(), Mode.FIXED).ways.nearness.tolist() == [0.1, 0.1]


def test_stages_follow_riders_and_walkers():
    """On a road of 100 km at 60 or 35 a day people are at 60, at 35, 70 or 95, or there."""
    rules = MovementRules(max_move_speed=60.0, max_walk_speed=35.0)
    road = Road(first=0, second=1, km=100.0, attributes={"walk_probability": "0.5"})
    known = routes(network(LINE, [road]), rules, Mode.FIXED)
    found = stages(known.lanes, known.ways, rules)
    one = found.leg == 0
    assert sorted(found.made[one].tolist()) == [35.0, 60.0, 70.0, 95.0]
    last = int(np.flatnonzero(one & (found.made == 95.0))[0])
    assert found.riding[last] == found.walking[last] == ARRIVED
