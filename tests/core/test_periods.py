"""Weeks, months, quarters and years follow each other without a gap and are read as written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import TimeError
from foreshock.core.periods import (
    PERIODS,
    after,
    last_day,
    periods_between,
    read_period,
    start_of,
    unbroken,
    write_period,
)

DAYS = st.dates(date(1946, 1, 1), date(2099, 12, 31))
KINDS = st.sampled_from(PERIODS)


@given(DAYS, KINDS)
def test_a_day_lies_in_its_period_and_in_no_other(day, period):
    start = start_of(day, period)
    assert start <= day <= last_day(start, period)
    assert start_of(start, period) == start
    assert after(start, period) == last_day(start, period) + timedelta(days=1)
    assert after(after(start, period), period, -1) == start


@given(DAYS, KINDS)
def test_a_period_is_read_as_it_is_written(day, period):
    start = start_of(day, period)
    assert read_period(write_period(start, period), period) == start
    assert read_period(start.isoformat(), period) == start


@given(DAYS, st.integers(0, 1500), KINDS)
def test_periods_between_leave_no_gap(day, length, period):
    starts = periods_between(day, day + timedelta(days=length), period)
    assert unbroken(starts, period)
    assert starts[0] <= day
    assert starts[-1] <= day + timedelta(days=length) <= last_day(starts[-1], period)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("", "month"), ("2031-13", "month"), ("2031-05-02", "month"), ("2031-Q5", "quarter"),
        ("2031-W54", "week"), ("2031-05-27", "week"), ("31", "year"), ("2031", "fortnight"),
        ("9999", "year"), ("0001-01", "month"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(text, period):
    with pytest.raises(TimeError):
        read_period(text, period)
