"""What has been counted: settled days only, and nothing that became known later."""

from datetime import date, timedelta

import pytest

from foreshock.case.opening import open_case
from foreshock.verify.counting import settled_counts


@pytest.fixture
def case():
    return open_case("idlib-2020")


def test_only_days_are_counted_of_which_everything_is_known(case):
    day = date(2020, 2, 5)
    counted = settled_counts(case, day)
    longest = max(row.told().delay.longest for row in case.about.series)
    assert counted.last == day - timedelta(days=longest)
    assert set(counted.names) == {n for row in case.about.series for n in row.told().names}


def test_later_days_leave_what_was_settled_as_it_was_but_for_late_reports(case):
    early = settled_counts(case, date(2020, 3, 15))
    late = settled_counts(case, date(2020, 4, 30)).until(early.last)
    # The case collects by hand, so a handful may come in later than it declares.
    changed = int(abs(late.counts - early.counts).sum())
    assert changed <= 0.05 * early.counts.sum() + 1


def test_before_anything_is_settled_there_is_nothing(case):
    first = min(row.since for row in case.about.series)
    assert settled_counts(case, first) is None
