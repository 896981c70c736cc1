"""Land, coasts and borders under the map."""

from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brief.page.map_makers import pieces_of

from foreshock.brief.page.borders import basemap, credit
from foreshock.brief.page.clipping import holds
from foreshock.brief.page.projection import Projection, fitted

HEIGHTS = (400.0, 640.0)


def on_land(ground, flat, lon, lat) -> bool:
    """Tell whether a point is land: inside an odd number of rings."""
    point = np.array([flat(lon, lat)])
    rings = [np.array(piece) for piece in pieces_of(ground.land)]
    return sum(bool(holds(ring, point)[0]) for ring in rings if len(ring) > 2) % 2 == 1


def map_of(lon, lat, scale=60.0) -> Projection:
    return Projection(lon, lat, scale=scale, width=720.0, height=500.0)


@pytest.mark.parametrize(
    ("lon", "lat", "land"),
    [
        (15.0, 48.0, True),  # Central Europe
        (-100.0, 40.0, True),  # North America
        (134.0, -25.0, True),  # Australia
        (178.0, 66.5, True),  # Asia just before the date line
        (-175.0, 66.5, True),  # and behind it
        (179.5, -18.2, False),  # between islands on the date line
        (0.0, -88.0, True),  # the south pole's continent
        (0.0, 89.0, False),  # the north pole's sea
        (-30.0, 0.0, False),  # Atlantic
        (-150.0, 0.0, False),  # Pacific
        (51.0, 42.0, False),  # Caspian Sea, a hole in the land
    ],
)
def test_land_is_land_and_sea_is_sea(lon, lat, land):
    flat = map_of(lon, lat)
    assert on_land(basemap(flat), flat, lon, lat) is land


@pytest.mark.parametrize("lon", [-180.0, 100.0, 179.9])
def test_the_world_looks_the_same_from_any_middle(lon):
    flat = map_of(lon, 0.0, scale=2.0)
    ground = basemap(flat)
    assert on_land(ground, flat, 15.0, 48.0)
    assert on_land(ground, flat, -100.0, 40.0)
    assert not on_land(ground, flat, -30.0, 0.0)


@pytest.mark.parametrize("middle", [(179.9, -17.0), (-179.9, 66.0), (180.0, -80.0), (0.0, -75.0)])
def test_no_line_runs_across_the_map_where_the_flat_map_was_cut(middle):
    ground = basemap(map_of(*middle))
    steps = [
        np.abs(np.diff(np.array(piece), axis=0))
        for lines in (ground.coasts, ground.borders)
        for piece in pieces_of(lines)
    ]
    assert steps
    assert max(float(step.max()) for step in steps if len(step)) < 150
    # An island that the date line crosses has no coast on it.
    x = map_of(*middle)(180.0, 0.0)[0]
    along = [
        step
        for piece in pieces_of(ground.coasts)
        for (ax, ay), (bx, by) in pairwise(piece)
        for step in [abs(by - ay)]
        if abs(ax - x) < 0.3 and abs(bx - x) < 0.3
    ]
    assert max(along, default=0.0) < 5


@settings(max_examples=20, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from([15.0, 60.0, 800.0]))
def test_nothing_is_drawn_beyond_the_edge(lon, lat, scale):
    flat = map_of(lon, lat, scale)
    ground = basemap(flat)
    for lines in (ground.land, ground.coasts, ground.borders):
        for piece in pieces_of(lines):
            for x, y in piece:
                assert -0.11 <= x <= 720.11
                assert -0.11 <= y <= 500.11


def test_a_border_lies_between_two_countries_and_both_are_named():
    flat = fitted([(7.0, 45.5), (14.0, 50.0)], 720, HEIGHTS)
    ground = basemap(flat)
    assert ground.borders
    names = [country.name for country in ground.countries]
    assert len(names) >= 2 and names == sorted(names)
    for country in ground.countries:
        for x, y in country.spots:
            assert 0 <= x <= flat.width and 0 <= y <= flat.height
            assert on_land(ground, flat, *flat.back(x, y))


def test_the_open_sea_has_nothing():
    ground = basemap(map_of(-120.0, -45.0))
    assert (ground.land, ground.coasts, ground.borders, ground.countries) == ("", "", "", ())


def test_a_map_inland_is_all_land():
    flat = map_of(30.0, 0.0, scale=2000.0)
    ground = basemap(flat)
    assert on_land(ground, flat, 30.0, 0.0)
    assert ground.coasts == ""


def test_the_same_map_is_drawn_the_same():
    assert basemap(map_of(36.0, 36.0, 300.0)) == basemap(map_of(36.0, 36.0, 300.0))


def test_a_page_stays_small():
    near = basemap(fitted([(36.0, 35.4), (37.5, 36.6)], 720, HEIGHTS))
    assert 500 < len(near.land + near.coasts + near.borders) < 8_000
    world = basemap(fitted([], 720, HEIGHTS))
    assert len(world.land + world.coasts + world.borders) < 150_000


def test_what_ships_is_small_and_says_where_it_comes_from():
    data = files("foreshock.brief.page").joinpath("borders.npz").read_bytes()
    assert len(data) < 1_000_000
    assert "Natural Earth 4.1.0" in credit()
    assert "public domain" in credit()
