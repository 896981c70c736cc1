"""The map's projection: everything stands in the picture, anywhere on the globe."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foreshock.brief.page.projection import Projection, fitted, shortest_arc, turned
from foreshock.core.places import Place, distance_km

lons = st.floats(-180, 180, exclude_max=True)
lats = st.floats(-90, 90)
spots = st.tuples(lons, lats)
HEIGHTS = (400.0, 640.0)


@given(st.lists(spots, min_size=1, max_size=12))
def test_a_fitted_map_shows_every_place_it_was_fitted_to(places):
    flat = fitted(places, 720, HEIGHTS)
    assert HEIGHTS[0] <= flat.height <= HEIGHTS[1]
    for lon, lat in places:
        x, y = flat(lon, lat)
        assert -1e-6 <= x <= flat.width + 1e-6
        assert -1e-6 <= y <= flat.height + 1e-6


@given(st.lists(spots, min_size=1, max_size=12))
def test_no_map_shows_the_globe_twice(places):
    flat = fitted(places, 720, HEIGHTS)
    west, _, east, _ = flat.bounds()
    assert east - west <= 360 + 1e-6


@given(spots, spots)
def test_a_point_of_the_picture_leads_back_to_its_place(middle, place):
    flat = Projection(*middle, scale=40.0, width=720.0, height=500.0)
    lon, lat = flat.back(*flat(*place))
    assert lat == pytest.approx(place[1], abs=1e-6)
    assert turned(lon - place[0]) == pytest.approx(0, abs=1e-6) or abs(
        turned(lon - place[0])
    ) == pytest.approx(360, abs=1e-6)


@given(lons, st.floats(-70, 70), st.floats(20, 4000))
def test_the_scale_bar_holds_in_the_middle_of_the_map(lon, lat, scale):
    flat = Projection(lon, lat, scale=scale, width=720.0, height=500.0)
    km, long = flat.bar(150)
    assert 0 < long <= 150 + 1e-6
    ends = [flat.back(360 + side * long / 2, 250) for side in (-1, 1)]
    assume(abs(ends[0][0] - ends[1][0]) < 90)
    a, b = (Place(id="x", name="x", lon=end[0], lat=end[1]) for end in ends)
    assert distance_km(a, b) == pytest.approx(km, rel=0.02)


def test_the_scale_bar_holds_along_a_meridian_anywhere():
    flat = fitted([(36.0, 35.0), (37.5, 36.6)], 720, HEIGHTS)
    km, long = flat.bar(150)
    top, low = flat.back(20, 30), flat.back(20, 30 + long)
    a, b = (Place(id="x", name="x", lon=end[0], lat=end[1]) for end in (top, low))
    assert distance_km(a, b) == pytest.approx(km, rel=1e-3)


def test_a_single_place_has_its_surroundings_on_the_map():
    flat = fitted([(10.0, 45.0)], 720, HEIGHTS)
    assert flat(10.0, 45.0) == pytest.approx((360, flat.height / 2))
    assert flat.height / flat.km >= 30


def test_without_places_the_map_is_the_world():
    flat = fitted([], 720, HEIGHTS)
    west, _, east, _ = flat.bounds()
    assert east - west == pytest.approx(360)


def test_places_on_both_sides_of_the_date_line_are_neighbours():
    flat = fitted([(179.0, -17.0), (-179.0, -17.5)], 720, HEIGHTS)
    left, right = flat(179.0, -17.0)[0], flat(-179.0, -17.5)[0]
    assert 0 < right - left < 720
    assert flat.width / flat.km < 400


@given(st.lists(lons, min_size=1, max_size=8), st.floats(-180, 180))
def test_the_shortest_arc_holds_all_longitudes_and_turns_with_them(given_lons, by):
    west, wide = shortest_arc(given_lons)
    assert 0 <= wide < 360
    for lon in given_lons:
        along = (lon - west) % 360
        assert along <= wide + 1e-6 or along >= 360 - 1e-6
    assert shortest_arc([turned(lon + by) for lon in given_lons])[1] == pytest.approx(
        wide, abs=1e-6
    )
