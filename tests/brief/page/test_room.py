"""Room in a picture: nothing hides another that is shown on the same day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.brief.page.room import Label, Room, place_labels

FIRST, LAST = date(2020, 1, 1), date(2020, 2, 5)


def room() -> Room:
    return Room(300, 200, (FIRST, LAST))


def days(start: int, length: int):
    return FIRST + timedelta(days=start), FIRST + timedelta(days=start + length)


marks = st.tuples(
    st.floats(20, 280), st.floats(20, 180), st.floats(2, 8), st.integers(0, 30), st.integers(0, 9)
)


@given(st.lists(marks, max_size=12))
def test_marks_shown_on_one_day_keep_clear_of_each_other(wanted):
    picture = room()
    placed = [
        (*picture.settle(x, y, radius, days=days(start, length)), radius, start, start + length)
        for x, y, radius, start, length in wanted
    ]
    for index, (x, y, radius, start, end) in enumerate(placed):
        assert x - radius * 0.9 >= 0 and x + radius * 0.9 <= 300
        for x2, y2, radius2, start2, end2 in placed[:index]:
            if start <= end2 and start2 <= end:
                apart = max(abs(x - x2), abs(y - y2))
                assert apart >= (radius + radius2) * 0.95 - 1


@given(marks)
def test_a_mark_that_is_alone_stands_where_it_belongs(mark):
    x, y, radius, *_ = mark
    assert room().settle(x, y, radius) == pytest.approx((x, y), abs=0.06)


def test_a_mark_keeps_clear_of_the_sign_of_its_place():
    x, y = room().settle(100, 100, 4, clear=6)
    assert ((x - 100) ** 2 + (y - 100) ** 2) ** 0.5 >= 10


def test_what_is_shown_on_other_days_is_no_obstacle():
    picture = room()
    assert picture.settle(50, 50, 5, days=days(0, 6)) == (50, 50)
    assert picture.settle(50, 50, 5, days=days(10, 6)) == (50, 50)
    assert picture.settle(50, 50, 5, days=days(16, 3)) != (50, 50)


def test_days_beyond_the_window_do_no_harm():
    picture = room()
    picture.settle(50, 50, 5, days=(FIRST - timedelta(days=90), LAST + timedelta(days=90)))
    assert not picture.free((45, 45, 55, 55), (LAST, LAST))
    gone = (FIRST - timedelta(days=9), FIRST - timedelta(days=2))
    assert picture.settle(50, 50, 5, days=gone) == (50, 50)


def test_a_full_picture_still_places_a_mark_inside():
    picture = room()
    picture.take((0, 0, 300, 200))
    x, y = picture.settle(5, 5, 4)
    assert 0 <= x <= 300 and 0 <= y <= 200


def test_a_name_stays_inside_and_off_what_stands_there():
    picture = room()
    picture.take((104, 80, 300, 120))
    (placed,) = place_labels([Label(text="Ruritania", x=100, y=100, gap=4)], picture)
    assert placed.anchor == "end"
    assert place_labels([Label(text="x" * 90, x=100, y=100, gap=4)], room()) == []


def test_the_first_of_two_names_wins():
    picture = room()
    picture.take((0, 0, 300, 90))
    picture.take((0, 110, 300, 200))
    picture.take((0, 80, 150, 120))
    labels = [Label(text=name, x=150, y=100, gap=4) for name in ("A long name", "Another name")]
    assert [one.label.text for one in place_labels(labels, picture)] == ["A long name"]
