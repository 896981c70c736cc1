"""Lines of the page: fewer points, the same look."""

import re
from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.brief.page.lines import FINE, path, simplified

places = st.floats(0, 500, allow_nan=False).map(lambda value: round(value, 2))


@given(st.lists(places, min_size=2, max_size=60))
def test_what_is_left_out_lies_on_the_line_that_stays(heights):
    points = [(4.0 * index, y) for index, y in enumerate(heights)]
    kept = simplified(points)
    assert kept[0] == points[0] and kept[-1] == points[-1]
    assert set(kept) <= set(points)
    for x, y in points:
        (x1, y1), (x2, y2) = next((a, b) for a, b in pairwise(kept) if a[0] <= x <= b[0])
        away = abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / hypot(x2 - x1, y2 - y1)
        assert away <= FINE + 1e-9


@given(st.lists(st.tuples(places, places), min_size=1, max_size=40))
def test_a_path_leads_where_the_points_are_and_errors_never_add_up(points):
    text = path(points)
    assert re.fullmatch(r"M[^a-z]+([lhv][^a-zM]+)*", text)
    x = y = 0.0
    for letter, told in re.findall(r"([Mlhv])([^Mlhvz]*)", text):
        numbers = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+", told)]
        if letter == "M":
            x, y = numbers
        elif letter == "l":
            x, y = x + numbers[0], y + numbers[1]
        elif letter == "h":
            x += numbers[0]
        else:
            y += numbers[0]
    assert (x, y) == pytest.approx(points[-1], abs=0.11)


def test_a_straight_line_needs_two_points():
    assert simplified([(x, 2.0 * x) for x in range(50)]) == [(0, 0.0), (49, 98.0)]


def test_a_line_that_turns_back_keeps_its_turn():
    points = [(0.0, 0.0), (10.0, 0.0), (0.0, 0.0)]
    assert simplified(points) == points


def test_no_points_make_no_path():
    assert path([]) == "" and path([(1, 2)], closed=True) == "M1 2z"
