"""Stocks without counts and carried on from reports: people are conserved, nothing is foreknown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.displacement.destinations.made import counted, network, taught

from foreshock.core.errors import ForecastRefused
from foreshock.core.network import Counted, CountedCamp, Reports
from foreshock.forecast.displacement.destinations.access import access
from foreshock.forecast.displacement.destinations.gravity import daily_shares
from foreshock.forecast.displacement.destinations.history import (
    arrivals_of,
    history,
    known_by,
    last_reported,
)
from foreshock.forecast.displacement.destinations.stocks import (
    compared,
    from_nothing,
    from_reports,
)
from foreshock.forecast.displacement.destinations.totals import (
    draw_total,
    expected_total,
    reported_arrivals,
)

NAMES = ("zedora", "alcona", "exina")
CASE = history(network(), counted())
DAILY = daily_shares(CASE.network, access(CASE.network, CASE.destinations, 119), taught().rules)
ARRIVALS = arrivals_of(CASE.total)


def carried(origin: int, how=None, case=CASE, draws: int = 200):
    daily, past = DAILY[:, : origin + 1], ARRIVALS[: origin + 1]
    reported = compared(daily, past, known_by(case.reports, origin))
    return from_reports(daily, past, reported, how or taught(), NAMES, draws=draws, seed=3)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30))
def test_arrivals_add_up_to_the_highest_total_and_nobody_leaves(total):
    found = arrivals_of(np.array(total))
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(max(total))


def test_camps_that_are_no_site_are_left_out_and_a_case_without_any_is_refused():
    stray = CountedCamp(name="nowhere", days=np.array([0]), people=np.array([5.0]))
    both = Counted(camps=(*counted().camps, stray))
    assert history(network(), both).names == NAMES
    with pytest.raises(ForecastRefused, match="gondal"):
        history(network(), Counted(camps=(stray,)))


def test_without_counts_everybody_who_arrives_is_somewhere():
    days = np.array([0, 30, 119])
    found = from_nothing(taught(), NAMES, draws=50, seed=3).after(DAILY, ARRIVALS, days)
    assert found.shape == (50, 3, 3)
    assert found.sum(axis=2) == pytest.approx(np.tile(np.cumsum(ARRIVALS)[days], (50, 1)))
    assert (np.diff(found, axis=1) >= 0).all(), "stock stays stock"


def test_fresh_reports_are_taken_as_they_are_where_registrations_find_nothing():
    found = carried(50, taught(registration=0.0))
    assert found.people == pytest.approx(np.tile([1500.0, 3000.0, 500.0], (200, 1)))


def test_an_old_report_is_carried_on_by_the_camp_s_share_of_who_came_since():
    found = carried(59, taught(registration=0.0)).people
    assert (found > np.array([1500.0, 3000.0, 500.0])).all()
    assert found.sum(axis=1) == pytest.approx(5000.0 + ARRIVALS[51:60].sum())


def test_where_more_came_than_gravity_said_more_come_later():
    usual = from_nothing(taught(), NAMES, draws=2000, seed=3).pull.mean(axis=0)
    learned = carried(100, draws=2000).pull.mean(axis=0)
    expected = DAILY.mean(axis=0)[50]
    told = np.array([3.0, 6.0, 1.0]) / 10
    assert usual == pytest.approx(1.0, abs=0.05)
    assert ((learned > 1) == (told > expected)).all()


def test_what_was_learned_fades():
    found = carried(100)
    far = np.array([10_000])
    now, later = (
        found.after(DAILY[:, -1:], np.r_[np.zeros(day), 1e6], np.array([day]))
        for day in (0, far[0])
    )
    usual = from_nothing(taught(), NAMES, draws=200, seed=3)
    plain = usual.after(DAILY[:, -1:], np.array([1e6]), np.array([0]))
    apart = [np.abs(each - found.people[:, None] - plain).max() for each in (now, later)]
    assert apart[1] < 1.0 < apart[0]


def test_registrations_find_other_numbers_and_the_median_stays():
    found = carried(50, taught(registration=0.2), draws=4000).people
    assert np.median(found, axis=0) == pytest.approx([1500, 3000, 500], rel=0.03)
    assert 0.2 < np.log(found[:, 1] / 3000).std() < 0.5


@pytest.mark.parametrize("origin", [40, 55])
def test_counts_after_an_origin_change_nothing_to_the_last_bit(origin):
    later = [
        replace(camp, people=np.where(camp.days > origin, camp.people * 9 + 5, camp.people))
        for camp in counted().camps
    ]
    other = history(network(), Counted(camps=tuple(later)))
    one, two = carried(origin), carried(origin, case=other)
    assert (one.people == two.people).all() and (one.pull == two.pull).all()
    told = (draw_total(c.reports, origin, 30, taught(), draws=9, seed=1) for c in (CASE, other))
    assert (next(told) == next(told)).all()
    first, second = (reported_arrivals(case.reports, origin) for case in (CASE, other))
    assert (first == second).all()


def test_before_the_first_report_nobody_is_there_and_all_are_carried_on():
    empty = tuple(Reports(days=np.array([99]), people=np.array([7.0])) for _ in NAMES)
    assert [each.tolist() for each in last_reported(known_by(empty, 50))] == [[0.0] * 3, [-1] * 3]
    daily, past = DAILY[:, :51], ARRIVALS[:51]
    reported = compared(daily, past, known_by(empty, 50))
    found = from_reports(daily, past, reported, taught(), NAMES, draws=20, seed=3)
    assert found.people.sum(axis=1) == pytest.approx(past.sum())


def test_totals_go_on_by_a_share_of_last_month_and_spread_as_they_did_elsewhere():
    assert expected_total(CASE.reports, 60, 30, growth=0.0) == 6000
    assert expected_total(CASE.reports, 60, 30, growth=0.5) == 7500
    drawn = draw_total(CASE.reports, 60, 30, taught(), draws=1001, seed=1)
    assert np.median(drawn) == pytest.approx(7500, rel=0.01)
    assert drawn.min() >= 7500 * np.exp(-0.2) and drawn.max() <= 7500 * np.exp(0.3)
