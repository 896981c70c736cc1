"""People newly displaced day by day: what was counted is learned from, what comes later is not."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.forecast.displacement.arrivals.daily import Interval, departures
from foreshock.forecast.displacement.arrivals.levels import WIDER
from foreshock.forecast.displacement.arrivals.prior import Taught, bundled
from foreshock.forecast.displacement.arrivals.simple_days import simple_departures

FIRST = date(2031, 5, 1)


def history(*told: tuple[float, int], spread: float = 0.05) -> list[Interval]:
    """Lay counts of so many people in so many days end to end."""
    found, day = [], FIRST
    for people, days in told:
        found.append(
            Interval(first=day, last=day + timedelta(days=days - 1), people=people, spread=spread)
        )
        day = found[-1].last + timedelta(days=1)
    return found


COUNTED = history((30_000, 29), (2_000, 3), (1_500, 8), (5_000, 5))
NEXT = COUNTED[-1].last + timedelta(days=1)


def ahead(past=COUNTED, first=NEXT, days=14, members=1000, seed=7, **more):
    return departures(past, bundled(), first=first, days=days, members=members, seed=seed, **more)


def test_same_seed_same_bits():
    np.testing.assert_array_equal(ahead(), ahead())
    assert not np.array_equal(ahead(), ahead(seed=8))


def test_a_higher_last_rate_gives_higher_forecasts():
    sums = [
        np.quantile(ahead(history((30_000, 29), (last, 6)), FIRST + timedelta(days=35)).sum(1), q)
        for last in (1_000, 6_000, 60_000)
        for q in (0.25, 0.5, 0.75)
    ]
    quartiles = np.reshape(sums, (3, 3))
    assert (np.diff(quartiles, axis=0) > 0).all()


def test_ten_times_the_people_give_ten_times_the_forecast():
    tenfold = [replace(each, people=10 * each.people) for each in COUNTED]
    ours, theirs = ahead().sum(axis=1), ahead(tenfold).sum(axis=1)
    for level in (0.25, 0.5, 0.75):
        assert np.quantile(theirs, level) == pytest.approx(10 * np.quantile(ours, level), rel=0.15)


def test_a_count_of_days_ahead_changes_nothing():
    later = [*COUNTED, Interval(first=NEXT, last=NEXT, people=1e6, spread=0.0)]
    np.testing.assert_array_equal(ahead(), ahead(later))


def test_a_blunt_count_moves_the_forecast_less_than_a_sharp_one():
    def middle(spread: float) -> float:
        past = [
            *history((30_000, 30)),
            replace(history((30_000, 30), (70_000, 7))[1], spread=spread),
        ]
        return float(np.median(ahead(past, FIRST + timedelta(days=37)).sum(axis=1)))

    usual = float(np.median(ahead(history((30_000, 30)), FIRST + timedelta(days=37)).sum(axis=1)))
    assert usual < middle(0.7) < middle(0.05)


def test_days_without_a_count_widen_the_forecast():
    def width(first: date) -> float:
        low, high = np.quantile(np.log(ahead(first=first, days=7).sum(axis=1)), [0.05, 0.95])
        return float(high - low)

    assert width(NEXT) < width(NEXT + timedelta(days=60))


def simulated(taught: Taught, days: int, random: np.random.Generator) -> np.ndarray:
    """Make people by day as the model is written, by a loop of its own."""
    levels = taught.levels
    month = 365.25 / 12
    fade, tau = levels.kept ** (1 / month), np.exp(random.uniform(np.log(2), np.log(15)))
    averaged = 2 * tau / month * (1 - tau / month * (1 - np.exp(-month / tau)))
    restless, bursty = np.sqrt(levels.patience / random.chisquare(levels.patience, 2))
    level = random.normal(7, 1)
    wild = np.sqrt(levels.freedom / random.chisquare(levels.freedom))
    swing = WIDER * np.sqrt(levels.swing)
    burst = WIDER * np.sqrt(levels.noise / averaged) * min(bursty, 3)
    deviation = swing * min(restless * wild, 3) * random.normal()
    bursts, left = burst * random.normal(), np.exp(-1 / tau)
    people = []
    for _ in range(days):
        if random.random() < 1 / month:
            wild = np.sqrt(levels.freedom / random.chisquare(levels.freedom))
        scale = swing * min(restless * wild, 3)
        level += WIDER * np.sqrt(levels.drift / month) * random.normal()
        deviation = fade * deviation + np.sqrt(1 - fade**2) * scale * random.normal()
        bursts = left * bursts + np.sqrt(1 - left**2) * burst * random.normal()
        people.append(np.exp(level + deviation + bursts))
    return np.array(people)


def test_intervals_hold_on_what_the_model_makes():
    taught, inside = bundled(), []
    lengths = (20, 3, 8, 5, 13)
    for world in range(40):
        random = stream(world, "tests", "daily")
        people = simulated(taught, sum(lengths) + 14, random)
        sums = np.add.reduceat(people, np.cumsum((0, *lengths)))
        past = history(
            *((float(each * np.exp(random.normal(0, 0.05))), days)
              for each, days in zip(sums, lengths, strict=False))
        )  # fmt: skip
        found = ahead(past, past[-1].last + timedelta(days=1), members=400, seed=world).sum(axis=1)
        low, high = np.quantile(found, [0.05, 0.95])
        inside.append(low <= sums[-1] <= high)
    assert 0.83 <= np.mean(inside) <= 0.97


def test_fighting_ahead_moves_arrivals_by_the_learned_slope():
    doubled = np.full((1000, 14), np.log(2.0))
    ratio = ahead(fighting=doubled) / ahead()
    assert np.median(ratio) == pytest.approx(2 ** bundled().coupling.slope, rel=0.02)
    np.testing.assert_allclose(ahead(fighting=np.zeros((1000, 14))), ahead())


def test_without_a_learned_slope_fighting_changes_nothing():
    taught = replace(bundled(), coupling=None)
    told = {"first": NEXT, "days": 5, "members": 100, "seed": 7}
    np.testing.assert_array_equal(
        departures(COUNTED, taught, fighting=np.ones((100, 5)), **told),
        departures(COUNTED, taught, **told),
    )


@pytest.mark.parametrize(
    ("past", "says"),
    [
        ([], "nobody was counted"),
        (history((0, 5)), "nobody was counted"),
        ([*COUNTED, replace(COUNTED[1], people=7.0)], "overlap"),
        ([replace(COUNTED[0], last=NEXT)], "past the first day"),
    ],
)
def test_counts_that_carry_no_forecast_are_refused(past, says):
    for make in (
        ahead,
        lambda past: simple_departures(past, first=NEXT, days=3, members=9, seed=1),
    ):
        with pytest.raises(ForecastRefused, match=says):
            make(past)


@pytest.mark.parametrize("wrong", [{"people": -1.0}, {"spread": float("nan")}, {"last": FIRST}])
def test_an_interval_that_nobody_can_count_is_refused(wrong):
    with pytest.raises(ForecastRefused):
        replace(COUNTED[1], **wrong)


def test_fighting_of_another_shape_is_refused():
    with pytest.raises(ForecastRefused, match="fighting of shape"):
        ahead(fighting=np.zeros((3, 3)))


@settings(max_examples=12)
@given(
    told=st.lists(
        st.tuples(st.one_of(st.just(0.0), st.floats(1, 1e7)), st.integers(1, 20)),
        min_size=1,
        max_size=5,
    ),
    spread=st.floats(0, 50),
)
def test_any_history_gives_finite_people(told, spread):
    past = history(*told, spread=spread)
    if not any(each.people for each in past):
        return
    people = ahead(past, past[-1].last + timedelta(days=1), days=3, members=50)
    assert np.isfinite(people).all()
    assert (people >= 0).all()


def test_simple_methods_go_on_as_it_was():
    found = simple_departures(COUNTED, first=NEXT, days=7, members=2000, seed=7)
    assert found["last rate"].mean() == pytest.approx(1_000, rel=0.01)
    assert found["mean rate"].mean() == pytest.approx(38_500 / 45, rel=0.01)
    assert found["past weeks"].mean() == pytest.approx(38_500 / 45, rel=0.1)
