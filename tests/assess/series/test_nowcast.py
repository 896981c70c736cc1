"""What is not known yet is drawn, so that a delay does not read as peace."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.assess.series.made import AS_OF, FEED, FIRST, counted, day, shelling

from foreshock.assess.series.delay import estimated_delay, measured_delay
from foreshock.assess.series.nowcast import nowcast, nowcast_of
from foreshock.case.feeds import Delay, Feed
from foreshock.core.errors import ForecastRefused, QuantityError, TimeError
from foreshock.core.random import stream
from foreshock.core.series import DailySeries

DELAY = Delay((0, 1, 3, 7, 14), (0.2, 0.45, 0.7, 0.9, 1.0))
DAYS = 120


def series(counts, names=("gondal>ruritania",), deaths=None) -> DailySeries:
    counts = np.asarray(counts).reshape(-1, len(names))
    return DailySeries(FIRST, names, counts, 2.0 * counts if deaths is None else deaths)


def thinned(truth: np.ndarray, delay: Delay, random: np.random.Generator) -> np.ndarray:
    """Cut a series as a delay cuts it, seen at the end of its last day."""
    ages = np.arange(len(truth))[::-1]
    return random.binomial(truth, delay.known(ages))


def simulated(level: float, dispersion: float, times: int = 300) -> tuple[np.ndarray, ...]:
    """Give by simulation the last week: the truth, what is known of it, and the nowcast's draws."""
    truths, known, draws = [], [], []
    for time in range(times):
        random = stream(11, "nowcast test", time)
        shape = DAYS if dispersion == 0 else random.gamma(1 / dispersion, dispersion, DAYS)
        truth = random.poisson(level * (np.ones(DAYS) if dispersion == 0 else shape))
        seen = thinned(truth, DELAY, random)
        last = FIRST + timedelta(days=DAYS - 1)
        found = nowcast([series(seen)], DELAY, last, draws=400, seed=time)
        truths.append(truth[-7:].mean())
        known.append(seen[-7:].mean())
        draws.append(found.counts[:, -7:, 0].mean(1))
    return np.array(truths), np.array(known), np.array(draws)


@pytest.mark.parametrize(("level", "dispersion"), [(5.0, 0.0), (1.0, 0.0), (5.0, 0.5)])
def test_a_delay_cut_at_the_right_edge_does_not_read_as_dying_down(level, dispersion):
    truth, known, draws = simulated(level, dispersion)
    # Read as it stands, a steady conflict has lost over a third of its acts in the last week.
    assert known.mean() < 0.65 * level
    error = (draws.mean(1) - truth).std() / np.sqrt(len(truth))
    assert abs((draws.mean(1) - truth).mean()) < 3.5 * error + 0.02 * level
    low, high = np.quantile(draws, [0.05, 0.95], axis=1)
    assert 0.85 <= np.mean((low <= truth) & (truth <= high)) <= 0.98


def test_days_known_in_part_say_as_much_of_the_level_as_is_known_of_them():
    share = DELAY.known(np.arange(60)[::-1])
    known = series(np.round(200 * share).astype(int))
    found = nowcast([known], DELAY, known.last, draws=4000)
    assert found.counts[:, :, 0].mean(0) == pytest.approx(np.full(14, 200.0), rel=0.015)


def test_where_nothing_comes_late_nothing_changes():
    known = series(np.arange(30) % 4)
    found = nowcast([known], Delay.after(0), known.last, draws=5)
    assert found.days == 0
    assert found.completed(3) == known


def test_days_that_are_old_enough_are_left_as_they_are():
    known = series(np.arange(30) % 4)
    found = nowcast([known], DELAY, known.last, draws=5)
    assert found.first == known.last - timedelta(days=13)
    for draw in range(5):
        full = found.completed(draw)
        assert full.until(day(15)) == known.until(day(15))
        assert (full.counts >= known.counts).all()
        assert (full.deaths >= known.deaths).all()
    late = nowcast([known], DELAY, known.last + timedelta(days=14), draws=5)
    assert late.completed(0) == known


def test_an_unknown_act_kills_as_a_known_one_did():
    deaths = np.array([[0.0], [7.0]] * 30)
    known = series(np.ones(60, int), deaths=deaths)
    found = nowcast([known], DELAY, known.last, draws=3000)
    added = found.deaths - known.deaths[-found.days :]
    missing = (found.counts - 1).sum()
    assert missing > 1000
    assert (added % 7 == 0).all()
    assert abs(added.sum() / missing - 3.5) < 0.15


def test_a_level_that_rose_is_completed_to_the_new_level_in_time():
    rise = np.r_[np.full(90, 1), np.full(30, 8)]
    seen = thinned(rise, DELAY, stream(3, "rise"))
    known = series(seen)
    found = nowcast([known], DELAY, known.last, draws=2000)
    assert 6 < found.counts[:, -7:, 0].mean() < 10


def test_silence_is_never_certain():
    known = series(np.zeros(60, int))
    found = nowcast([known], DELAY, known.last, draws=20_000)
    assert 0 < (found.counts.sum((1, 2)) > 0).mean() < 0.2
    assert found.deaths.sum() == 0  # of acts like none on record nobody knows how they kill


def test_worlds_are_completed_in_turn():
    worlds = [series(np.full(30, n)) for n in (0, 5)]
    found = nowcast(worlds, DELAY, worlds[0].last, draws=4)
    assert [found.completed(k).counts[0, 0] for k in range(4)] == [0, 5, 0, 5]


counts = st.lists(st.integers(0, 6), min_size=20, max_size=60)


@settings(max_examples=30)
@given(counts, st.integers(0, 5))
def test_another_series_changes_no_draw(values, other):
    alone = series(values)
    both = series(np.c_[values, np.full(len(values), other)], (*alone.names, "a>b"))
    first = nowcast([alone], DELAY, alone.last, draws=20)
    second = nowcast([both], DELAY, both.last, draws=20)
    if sum(values):  # a series without any act takes the dead per act from the others
        assert (second.deaths[:, :, 0] == first.deaths[:, :, 0]).all()
    assert (second.counts[:, :, 0] == first.counts[:, :, 0]).all()


@settings(max_examples=30)
@given(counts)
def test_a_longer_delay_leaves_more_to_be_known(values):
    known = series(values)
    slow = Delay((0, 1, 3, 14), (0.1, 0.2, 0.4, 1.0))
    quick, slower = (
        nowcast([known], delay, known.last, draws=400).completed for delay in (DELAY, slow)
    )
    mean = [np.mean([make(k).counts.sum() for k in range(400)]) for make in (quick, slower)]
    assert mean[0] <= mean[1] + 0.3


def test_a_feed_that_declares_no_delay_is_refused():
    found = counted([shelling("a", 3)], feed=Feed(name="border", since=FIRST, pairs=FEED.pairs))
    with pytest.raises(ForecastRefused, match=r"how late.*Mend: add known_within"):
        nowcast_of(found, draws=10)
    assert nowcast_of(counted([shelling("a", 3)]), draws=80).days == 3


def test_what_cannot_be_completed_is_refused():
    known = series(np.ones(10, int))
    with pytest.raises(TimeError, match="after the as-of"):
        nowcast([known], DELAY, day(5), draws=1)
    with pytest.raises(TimeError, match="differ"):
        nowcast([known, known.until(day(5))], DELAY, AS_OF, draws=1)
    with pytest.raises(TimeError, match="no world"):
        nowcast([], DELAY, AS_OF, draws=1)
    with pytest.raises(ForecastRefused, match="can be known by"):
        nowcast([known], Delay.after(10), known.last, draws=1)


# ---------------------------------------------------------------------- delays


@pytest.mark.parametrize(
    ("days", "shares"),
    [((), ()), ((0,), (0.5,)), ((0, 1), (0.9, 0.5)), ((1, 0), (0.5, 1.0)), ((-1,), (1.0,)),
     ((0, 1), (-0.1, 1.0)), ((0,), (0.5, 1.0)), ((0, 1), (float("nan"), 1.0))],
)  # fmt: skip
def test_what_is_no_delay_is_refused(days, shares):
    with pytest.raises(QuantityError, match="no delay"):
        Delay(days, shares)


def test_a_measured_delay_is_not_fooled_by_what_is_not_known_yet():
    random = stream(5, "delays")
    truth = Delay(tuple(range(15)), tuple(DELAY.known(np.arange(15)).tolist()))
    happened = random.integers(0, 20, 20_000)
    steps = np.diff(np.r_[0, truth.shares])
    late = random.choice(15, 20_000, p=steps / steps.sum())
    seen = 20 - happened
    known = late <= seen
    measured = estimated_delay(late[known], seen[known])
    assert np.abs(measured.known(np.arange(15)) - truth.known(np.arange(15))).max() < 0.02
    plain = np.mean(late[known][:, None] <= np.arange(15), axis=0)
    assert np.abs(plain - truth.known(np.arange(15))).max() > 0.05


@settings(max_examples=50)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=30))
def test_of_acts_long_past_the_plain_share_is_the_delay(late):
    found = estimated_delay(late, np.full(len(late), 50))
    ages = np.arange(max(late) + 1)
    assert found.known(ages) == pytest.approx([np.mean(np.array(late) <= age) for age in ages])


def test_an_act_of_an_open_day_measures_no_delay():
    open_day = {"start": day(0), "end": day(6)}
    found = counted([shelling("a", 3, known_at=day(5)), shelling("b", known_at=day(8), **open_day)])
    measured = measured_delay([act for acts in found.acts.values() for act in acts], AS_OF)
    assert (measured.acts, measured.dateless) == (1, 1)
    assert measured.delay is not None
    assert measured.delay.known([1, 2]).tolist() == [0.0, 1.0]
    assert measured_delay([], AS_OF).delay is None


def test_delays_that_cannot_be_are_refused():
    with pytest.raises(QuantityError, match="no delays"):
        estimated_delay([3], [2])
