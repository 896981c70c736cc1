"""What would change a forecast: each condition moves it the way that sense says."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import nbinom
from tests.forecast.escalation.histories import NAMES, from_counts, learned, wandering

from foreshock.core.random import stream
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.futures import pasts, totals
from foreshock.forecast.escalation.negative_binomial import Mixture
from foreshock.forecast.escalation.regression import Fitted
from foreshock.forecast.escalation.shifts import MEASURE, shifts_of

MORE, LESS, QUIET = (
    "one more act on the last day",
    "the latest act had not taken place",
    "a week goes by without any act of any pair",
)


def sparse(days: int = 200) -> DailySeries:
    """Two pairs with an act every few days, the last one within the last days."""
    counts = stream(7, "sparse").poisson(0.25, (days, 2))
    counts[-2] = 1
    return from_counts(counts)


def told(worlds: Sequence[DailySeries]) -> dict[tuple[str, str], tuple[float, float]]:
    names = worlds[0].names
    top = learned("events", 7)  # of the posterior: one draw from it might go against the rule
    sure = Fitted(top.parameters, np.zeros_like(top.deviation), top.components, top.rows)
    fitted = {("events", 7): sure}

    def next_week(each: Sequence[DailySeries]) -> Mixture:
        return totals(pasts(each, names), fitted, "events", 7, seed=7)

    return {
        (s.series, s.condition): (s.before, s.after) for s in shifts_of(worlds, names, next_week)
    }


def test_more_acts_raise_the_chance_and_fewer_or_none_lower_it():
    found = told([sparse()])
    assert len(found) == 6
    for name in NAMES[:2]:
        before, more = found[name, MORE]
        _, less = found[name, LESS]
        _, quiet = found[name, QUIET]
        assert 0 < less < before < more < 1
        assert 0 < quiet < before


def test_the_chance_is_that_of_the_distribution():
    mixture = Mixture(np.array([[0.4, 0.6]]), np.array([[0.5, 3.0]]), np.array([[1.0, 0.3]]))
    (first, *_) = shifts_of([sparse().select(NAMES[:1])], NAMES[:1], lambda _worlds: mixture)
    zero = nbinom.pmf(0, mixture.size, mixture.size / (mixture.size + mixture.mean))
    assert first.before == first.after == pytest.approx(1 - float((mixture.weight * zero).sum()))
    assert first.measure == MEASURE


def test_each_condition_changes_its_own_point_of_the_past_alone():
    seen: list[DailySeries] = []
    series = from_counts([[0, 1], [2, 0], [0, 3]], [[0, 4], [10, 0], [0, 6]])
    flat = Mixture(np.ones((2, 1)), np.ones((2, 1)), np.ones((2, 1)))

    def forecast(worlds: Sequence[DailySeries]) -> Mixture:
        seen.extend(worlds)
        return flat

    shifts_of([series], series.names, forecast)
    now, quiet, more, less, *_ = seen
    assert now == series
    assert quiet.days == 10 and quiet.until(series.last) == series
    assert not quiet.counts[3:].any() and not quiet.deaths[3:].any()
    assert more.counts.tolist() == [[0, 1], [2, 0], [1, 3]]
    assert less.counts.tolist() == [[0, 1], [1, 0], [0, 3]]
    assert less.deaths.tolist() == [[0, 4], [5, 0], [0, 6]]  # half of two acts' dead
    assert all(each.names == series.names for each in seen)


def test_without_an_act_there_is_none_to_leave_out():
    counts = sparse().counts.copy()
    counts[:, 1] = 0
    before, after = told([from_counts(counts)])[NAMES[1], LESS]
    assert before == after


def test_several_worlds_are_mixed():
    one, other = sparse(), wandering(200, 2)
    alone = [told([each])[NAMES[0], MORE][0] for each in (one, other)]
    both = told([one, other])[NAMES[0], MORE][0]
    assert both == pytest.approx(sum(alone) / 2)
    assert told([other, one])[NAMES[0], MORE][0] == pytest.approx(both)


def test_the_longer_the_quiet_the_lower_the_chance():
    chances = []
    for more in (0, 7, 14, 28):
        counts = np.concatenate([sparse().counts, np.zeros((more, 2), dtype=int)])
        chances.append(told([from_counts(counts)])[NAMES[0], MORE][0])
    assert all(later < earlier for earlier, later in pairwise(chances))
