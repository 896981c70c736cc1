"""The map of the world: every country of the panel is on it, in its place and as large as it is."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.brief.watch.world import (
    WIDTH,
    countries,
    credit,
    equal_earth,
    geometry,
    height,
    outline,
    place,
    small_countries,
)
from foreshock.lexicon.countries import countries as all_countries

LON, LAT = st.floats(-179, 179), st.floats(-84, 84)


def areas():
    return {code: geometry(code)["coordinates"] for code in countries()}


def signed(ring):
    x, y = np.array(ring).T
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2


def test_every_country_of_the_panel_is_on_the_map_once():
    codes = {each.iso_numeric for each in all_countries() if each.in_panel and not each.until}
    assert codes <= set(countries()) | set(small_countries())
    assert not set(countries()) & set(small_countries())
    assert len(codes) == 191


def test_areas_lie_in_the_picture_and_spots_in_it_too():
    for x, y in small_countries().values():
        assert 0 < x < WIDTH and 0 < y < height()
    held = areas()
    for code, drawn in countries().items():
        assert re.fullmatch(r"(M[-\d. ]+l[-\d. ]+z)+", drawn), code
        for polygon in held[code]:
            corners = place(np.array(polygon[0]))
            assert corners.min() > -0.1, code
            assert corners[:, 0].max() < WIDTH + 0.1 and corners[:, 1].max() < height(), code
    assert outline().startswith("M") and outline().endswith("z")


def test_geojson_rings_are_closed_and_turned_as_the_standard_asks():
    for code, polygons in areas().items():
        for outer, *holes in polygons:
            for ring in (outer, *holes):
                assert ring[0] == ring[-1] and len(ring) > 3, code
                east = [corner[0] for corner in ring]
                assert max(map(abs, east)) <= 180, code
            assert signed(outer) > 0, code
            assert all(signed(hole) < 0 for hole in holes), code


@pytest.mark.parametrize(
    ("iso3", "lon", "lat"),
    [("PER", -74, -10), ("FRA", 2, 47), ("ETH", 40, 9), ("MNG", 103, 47), ("XKX", 20.9, 42.6),
     ("SOM", 44.5, 9.5), ("CYP", 33.3, 35.25), ("ZAF", 24, -30), ("RUS", 100, 60)],
)  # fmt: skip
def test_places_lie_in_their_countries(iso3, lon, lat):
    found = [
        each.iso3
        for each in all_countries()
        if not each.until and _holds(geometry(each.iso_numeric), lon, lat)
    ]
    assert found == [iso3]


def test_a_country_within_a_country_is_a_hole_of_it():
    assert not _holds(geometry("710"), 28.2, -29.6)
    assert _holds(geometry("426"), 28.2, -29.6)


def _holds(area, lon, lat):
    if area is None or area["type"] == "Point":
        return False
    crossings = 0
    for polygon in area["coordinates"]:
        for ring in polygon:
            x, y = np.array(ring).T
            over = (y[:-1] > lat) != (y[1:] > lat)
            at = x[:-1][over] + (lat - y[:-1][over]) / (y[1:] - y[:-1])[over] * np.diff(x)[over]
            crossings += int((at > lon).sum())
    return crossings % 2 == 1


@given(LON, LAT)
def test_no_country_looks_larger_than_it_is(lon, lat):
    """A small square of degrees has on the map the area that it has on the globe."""
    step = 1e-3
    corners = [(lon, lat), (lon + step, lat), (lon + step, lat + step), (lon, lat + step)]
    drawn = signed(equal_earth(np.array(corners)))
    north, south = np.sin(np.radians([lat + step, lat]))
    assert drawn == pytest.approx(np.radians(step) * (north - south), rel=1e-4)


@given(LON, LAT)
def test_north_is_up_east_is_right_and_the_middle_is_the_middle(lon, lat):
    (x, y), (further, _), (_, higher), (mirrored, _) = place(
        np.array([(lon, lat), (lon + 0.5, lat), (lon, lat + 0.5), (-lon, lat)])
    )
    assert further > x and higher < y
    assert x + mirrored == pytest.approx(WIDTH)


def test_the_credit_says_where_the_areas_are_from():
    assert "Natural Earth" in credit() and "public domain" in credit()
