"""Cutting and simplifying lines and areas."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.brief.page.map_makers import pieces_of

from foreshock.brief.page.clipping import (
    clip_area,
    clip_line,
    distances,
    holds,
    path,
    simplified,
    thinned,
)

BOX = (0.0, 0.0, 100.0, 60.0)
number = st.floats(-300, 300, allow_nan=False)


def points(least: int, most: int = 12):
    size = st.tuples(st.integers(least, most), st.just(2))
    # Whole halves: corners often lie exactly on an edge of the box.
    return arrays.arrays(float, size, elements=number.map(lambda value: round(value * 2) / 2))


def inside(found) -> bool:
    low, high = found.min(axis=0), found.max(axis=0)
    return bool((low >= (-1e-9, -1e-9)).all() and (high <= (100 + 1e-9, 60 + 1e-9)).all())


def length(line) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


@given(points(2))
def test_every_piece_of_a_line_lies_in_the_box(line):
    assert all(inside(piece) and len(piece) > 1 for piece in clip_line(line, BOX))


@given(points(2))
def test_what_was_inside_stays_and_nothing_is_added(line):
    pieces = clip_line(line, BOX)
    steps = np.linspace(0, 1, 41)[:, None]
    dense = np.concatenate([a + steps * (b - a) for a, b in pairwise(line)])
    well_in = dense[((dense > (1, 1)) & (dense < (99, 59))).all(axis=1)]
    for point in well_in:
        near = min(distances(point[None], a, b)[0] for piece in pieces for a, b in pairwise(piece))
        assert near < 1e-6
    assert sum(length(piece) for piece in pieces) <= length(line) + 1e-6


@given(points(2))
def test_cutting_twice_is_cutting_once(line):
    once = clip_line(line, BOX)
    twice = [part for piece in once for part in clip_line(piece, BOX)]
    assert [piece.tolist() for piece in twice] == [piece.tolist() for piece in once]


def test_a_line_that_crosses_the_box_from_outside_to_outside_is_seen():
    (piece,) = clip_line(np.array([[-50.0, 30.0], [150.0, 30.0]]), BOX)
    assert piece.tolist() == [[0.0, 30.0], [100.0, 30.0]]


@given(points(3), points(1, 20))
def test_an_area_holds_the_same_points_of_the_box_after_cutting(ring, probes):
    cut = clip_area(ring, BOX)
    assert not len(cut) or inside(cut)
    inner = (probes % (98, 58)) + (1.003, 1.007)
    edges = list(zip(ring, np.roll(ring, -1, axis=0), strict=True))
    clear = np.min([distances(inner, a, b) for a, b in edges], axis=0) > 1e-3
    inner = inner[clear]
    expected = holds(ring, inner)
    found = holds(cut, inner) if len(cut) > 2 else np.zeros(len(inner), dtype=bool)
    assert found.tolist() == expected.tolist()


def test_an_area_round_the_whole_box_becomes_the_box():
    around = np.array([[-9.0, -9.0], [200.0, -9.0], [200.0, 99.0], [-9.0, 99.0]])
    corners = {tuple(corner) for corner in clip_area(around, BOX).tolist()}
    assert corners == {(0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0)}


@given(points(2, 30), st.floats(0.1, 20))
def test_a_simplified_line_is_nowhere_farther_off_than_allowed(line, tolerance):
    found = simplified(line, tolerance)
    assert found[0].tolist() == line[0].tolist() and found[-1].tolist() == line[-1].tolist()
    for point in line:
        near = min(distances(point[None], a, b)[0] for a, b in pairwise(found))
        assert near <= tolerance + 1e-6


@given(points(2, 30))
def test_thinning_keeps_the_ends(line):
    found = thinned(line, 5.0)
    assert found[0].tolist() == line[0].tolist() and found[-1].tolist() == line[-1].tolist()


@given(points(2, 12))
def test_path_data_leads_through_the_points(line):
    written = path(line)
    distinct = (np.abs(np.diff(line, axis=0)) > 0.04).any()
    if not distinct:
        assert written == ""
        return
    (found,) = pieces_of(written)
    repeated = [True, *(np.abs(np.diff(line, axis=0)) > 1e-9).any(axis=1)]
    assert found == [pytest.approx(tuple(point), abs=0.06) for point in line[repeated]]
