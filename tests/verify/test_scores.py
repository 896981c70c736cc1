"""Scores, skill and reliability against arithmetic of our own, known tables and simulation."""

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foreshock.core.errors import LedgerError
from foreshock.core.random import stream
from foreshock.verify.reliability import reliability
from foreshock.verify.scores import SURE, brier, crps, interval_score, log_score
from foreshock.verify.skill import FEWEST, skill

NUMBERS = st.floats(0, 1000).map(lambda value: round(value, 3))


# ---------------------------------------------------------------------- single scores


@given(st.floats(0, 1), st.booleans())
def test_scores_of_a_chance(p, happened):
    y = float(happened)
    assert float(brier(p, y)) == pytest.approx((p - y) ** 2, abs=1e-12)
    sure = min(max(p, SURE), 1 - SURE)
    assert float(log_score(p, y)) == pytest.approx(-math.log(sure if happened else 1 - sure))


@given(st.lists(NUMBERS, min_size=1, max_size=12), NUMBERS)
def test_crps_is_the_energy_form_over_all_pairs(members, value):
    spread = sum(abs(a - b) for a in members for b in members) / len(members) ** 2
    near = sum(abs(a - value) for a in members) / len(members)
    assert float(crps(members, value)) == pytest.approx(near - spread / 2, abs=1e-9)


def test_crps_of_many_at_once_is_that_of_each():
    members = stream(1, "crps").poisson(3.0, (5, 40))
    values = np.array([0, 1, 3, 7, 50])
    each = [float(crps(members[n], values[n])) for n in range(5)]
    assert crps(members, values).tolist() == pytest.approx(each)


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_interval_score(a, b, value, share):
    low, high = sorted((a, b))
    miss = max(low - value, 0) + max(value - high, 0)
    told = float(interval_score(low, high, value, share))
    assert told == pytest.approx(high - low + 2 / (1 - share) * miss)


@pytest.mark.parametrize("score", [brier, log_score])
@given(truth=st.floats(0.05, 0.95), said=st.floats(0.0, 1.0))
def test_nobody_scores_better_in_expectation_than_by_saying_what_he_believes(score, truth, said):
    def expected(p: float) -> float:
        return truth * float(score(p, 1.0)) + (1 - truth) * float(score(p, 0.0))

    assert expected(truth) <= expected(said) + 1e-12


def test_the_library_is_loaded_without_compiling_and_numba_is_left_as_it_was():
    pytest.importorskip("numba")
    code = (
        "import sys; {first}from foreshock.verify.scores import crps; crps([1.0, 2.0], 1.0);"
        "assert 'scoringrules.core.crps._gufuncs' not in sys.modules or"
        " not hasattr(sys.modules['scoringrules.core.crps._gufuncs'], 'estimator_gufuncs');"
        "assert {loaded} is ('numba' in sys.modules); import numba;"
        "assert numba.njit(lambda x: x + 1)(1) == 2"
    )
    for first, loaded in (("", False), ("import numba; ", True)):
        told = code.format(first=first, loaded=loaded)
        subprocess.run([sys.executable, "-c", told], check=True)


# ---------------------------------------------------------------------- skill


def test_skill_is_one_minus_the_ratio_of_mean_scores():
    found = skill([1.0, 2.0, 3.0], [2.0, 2.0, 4.0], ["a", "b", "c"], seed=1)
    assert found.value == pytest.approx(1 - 6 / 8)
    assert (found.low, found.high, found.units, found.cases) == (None, None, 3, 3)
    assert skill([1.0], [0.0], ["a"], seed=1).value is None


def test_few_units_give_no_interval_however_many_cases():
    ours = stream(2, "few").gamma(2.0, 1.0, 900)
    for units, told in ((FEWEST - 1, False), (FEWEST, True)):
        found = skill(ours, ours[::-1], np.arange(900) % units, seed=1)
        assert (found.low is not None) is told


def test_the_same_seed_gives_the_same_interval_whatever_the_order_of_cases():
    error = stream(3, "order").gamma(2.0, 1.0, (120, 2))
    units = np.arange(120) // 3
    order = stream(3, "shuffle").permutation(120)
    straight = skill(error[:, 0], error[:, 1], units, seed=5)
    shuffled = skill(error[order, 0], error[order, 1], units[order], seed=5)
    assert straight.low == pytest.approx(shuffled.low, abs=1e-12)
    assert skill(error[:, 0], error[:, 1], units, seed=6).low != straight.low


def _dependent(seed: int, units: int, cases: int = 6, memory: float = 0.6) -> tuple:
    """Make scores with true skill 0 whose units share shocks that last over neighbours."""
    draw = stream(seed, "dependent")
    shock = np.zeros((units, 2))
    for n in range(1, units):
        shock[n] = memory * shock[n - 1] + draw.normal(0, 0.3, 2)
    scores = np.exp(shock[:, None, :] + draw.normal(0, 0.3, (units, cases, 2)))
    index = np.repeat(np.arange(units), cases)
    return scores[:, :, 0].ravel(), scores[:, :, 1].ravel(), index


def test_the_interval_covers_when_neighbours_are_alike_and_a_naive_one_does_not():
    covered, naive = 0, 0
    for seed in range(200):
        ours, theirs, unit = _dependent(seed, 60)
        honest = skill(ours, theirs, unit, seed=seed, block=6, resamples=400)
        single = skill(ours, theirs, np.arange(len(ours)), seed=seed, block=1, resamples=400)
        covered += honest.low <= 0 <= honest.high
        naive += single.low <= 0 <= single.high
    assert covered / 200 >= 0.84
    assert naive / 200 < 0.7


@pytest.mark.parametrize(
    ("ours", "theirs", "unit"),
    [([], [], []), ([1.0], [1.0, 2.0], [1]), ([1.0], [1.0], []), ([[1.0]], [[1.0]], [1])],
)
def test_scores_that_do_not_fit_together_are_refused(ours, theirs, unit):
    with pytest.raises(LedgerError):
        skill(ours, theirs, unit, seed=1)


# ---------------------------------------------------------------------- reliability


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_every_forecast_is_in_one_bin(cases):
    said, came = zip(*cases, strict=True)
    bins = reliability(said, came)
    assert sum(one.count for one in bins) == len(cases)
    assert sum(one.happened for one in bins) == sum(came)
    for one in bins:
        assert one.low - 1e-12 <= one.said <= one.high + 1e-12
        assert 0 <= one.bar[0] <= one.bar[1] <= 1
        assert one.enough is (one.count >= 10)


def test_certainties_are_in_the_end_bins():
    first, last = reliability([0.0, 1.0], [0, 1])
    assert (first.low, first.bar, last.high, last.bar) == (0.0, (0.0, 0.0), 1.0, (1.0, 1.0))
    assert not reliability([1.0], [0])[0].consistent


@pytest.mark.parametrize(("p", "n"), [(0.75, 10), (0.75, 41), (0.05, 30), (0.5, 400)])
def test_the_bar_of_equal_forecasts_is_binomial(p, n):
    (one,) = reliability([p] * n, [0] * n, edges=(0.0, 1.0))
    ppf = stats.binom(n, p).ppf
    assert [round(end * n) for end in one.bar] == [ppf(0.05), ppf(0.95)]


def test_the_bar_holds_nine_tenths_of_right_forecasts():
    draw = stream(4, "bars")
    held = []
    for _ in range(400):
        said = draw.uniform(0, 1, 200)
        bins = reliability(said, draw.uniform(0, 1, 200) < said)
        held += [one.consistent for one in bins]
    assert 0.9 <= np.mean(held) <= 0.97  # counts are whole, so the bar holds a little more


@pytest.mark.parametrize(
    ("said", "came"), [([0.5], []), ([1.2], [1]), ([float("nan")], [1]), ([[0.5]], [[1]])]
)
def test_what_is_no_probability_is_refused(said, came):
    with pytest.raises(LedgerError):
        reliability(said, came)
