"""Scales and labels: where numbers, days and words stand in a picture."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.brief.page.labels import Box, Wanted, place
from foreshock.brief.page.scales import (
    Days,
    Scale,
    cut,
    number_in_words,
    round_numbers,
    spread,
    text_width,
)

numbers = st.floats(0, 1e7)


@given(numbers, numbers, st.booleans())
def test_a_greater_number_never_stands_before_a_smaller_one(a, b, bent):
    scale = Scale(0, 1e6, 10, 700, bent=bent)
    low, high = sorted((a, b))
    assert 10 <= scale(low) <= scale(high) <= 700


def test_a_bent_scale_holds_0_and_keeps_small_figures_apart():
    bent, straight = (Scale(0, 300, 0, 600, bent=bent) for bent in (True, False))
    assert bent(0) == 0
    assert bent(5) - bent(3) > 5 * (straight(5) - straight(3))


@given(numbers, st.floats(1e-6, 1e7), st.integers(1, 12))
def test_ticks_are_round_few_and_inside(low, length, about):
    high = low + length
    ticks = round_numbers(low, high, about)
    assert len(ticks) <= 2 * about + 2
    slack = 1e-6 * max(length, high)
    assert all(low - slack <= tick <= high + slack for tick in ticks)


@given(st.floats(0.5, 1e7), st.integers(4, 9))
def test_ticks_of_a_bent_scale_are_inside_and_begin_at_0(high, about):
    ticks = Scale(0, high, 0, 500, bent=True).ticks(about)
    assert ticks[0] == 0
    assert ticks == sorted(set(ticks))
    assert ticks[-1] <= high


def test_a_scale_of_one_number_has_one_tick():
    assert Scale(4, 4, 0, 10).ticks() == [4]
    assert Scale(4, 4, 0, 10)(4) == 5


@given(st.dates(date(1000, 1, 1), date(2900, 1, 1)), st.integers(0, 40_000), st.integers(2, 9))
def test_days_have_few_ticks_however_long_they_are(first, length, about):
    last = min(first + timedelta(days=length), date(2999, 12, 31))
    days = Days(first, last, 0, 500)
    ticks = days.ticks(about)
    assert len(ticks) <= 2 * about + 1
    assert all(first <= day <= last for day, _ in ticks)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2015, 3, 1), date(2020, 2, 5), ["2016", "2017", "2018", "2019", "2020"]),
        (date(2019, 11, 6), date(2020, 2, 5), ["Dec 2019", "Jan 2020", "Feb"]),
        (date(2020, 2, 3), date(2020, 2, 6), ["3 Feb", "4 Feb", "5 Feb", "6 Feb"]),
    ],
)
def test_ticks_of_days_say_years_months_or_days(first, last, labels):
    assert [label for _, label in Days(first, last, 0, 1).ticks(5)] == labels


def test_a_day_outside_stands_at_the_nearer_end():
    days = Days(date(2020, 1, 1), date(2020, 2, 1), 5, 9)
    assert days(date(1900, 1, 1)) == 5
    assert days(date(2900, 1, 1)) == 9


@given(st.lists(st.floats(-50, 150), max_size=30), st.floats(1, 20))
def test_spread_labels_do_not_touch_and_stay_in_order(places, gap):
    found = spread(places, gap, 0, 100)
    fits = min(gap, 100 / max(len(places) - 1, 1))
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    moved = [found[index] for index in order]
    assert all(b - a >= fits - 1e-6 for a, b in pairwise(moved))
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in found)


def test_labels_that_do_not_touch_stay_where_they_are():
    assert spread([10, 90, 50], 8, 0, 100) == [10, 90, 50]


@given(
    st.lists(
        st.builds(Wanted, st.floats(0, 300), st.floats(0, 300), st.floats(5, 80), st.just(12.0)),
        max_size=25,
    )
)
def test_placed_labels_cover_neither_one_another_nor_a_point_nor_leave_the_picture(wanted):
    bounds = Box(0, 0, 300, 300)
    found = [box for box in place(wanted, bounds) if box]
    for index, box in enumerate(found):
        assert box.within(bounds)
        assert not any(box.meets(other) for other in found[:index])
        assert not any(box.left < w.x < box.right and box.top < w.y < box.bottom for w in wanted)


def test_a_label_without_room_is_left_out_and_an_obstacle_is_kept_free():
    tight = Box(40, 40, 60, 60)
    assert place([Wanted(50, 50, 100, 12)], tight) == [None]
    (box,) = place([Wanted(50, 50, 20, 10)], Box(0, 0, 100, 100), [Box(56, 0, 100, 100)])
    assert box.right < 50


@given(st.text(max_size=80), st.floats(20, 300))
def test_a_cut_text_fits_and_an_uncut_one_is_whole(text, width):
    short = cut(text, width)
    assert text_width(short) <= width
    assert short == text or short.endswith("…")


def test_numbers_read_as_people_write_them():
    assert [number_in_words(n) for n in (0, 1000, 2e6, 0.25)] == ["0", "1,000", "2 million", "0.25"]
