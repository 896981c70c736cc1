"""Simulation: kernel and twin, executors, parameter uncertainty, explosions, what-ifs."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom
from tests.forecast.escalation.excitation.made import excited

from foreshock.core.errors import EnsembleError
from foreshock.forecast.escalation.excitation.fit import Draws, fit
from foreshock.forecast.escalation.excitation.model import (
    Design,
    Edge,
    Excitation,
    MovingLevel,
    pair_edges,
)
from foreshock.forecast.escalation.excitation.simulate import (
    CHUNK,
    _chunk,
    begin,
    count_at,
    simulate,
)

NAMES = ("a>b", "b>a")
PAIR = Excitation(names=NAMES, edges=pair_edges(NAMES))


def some_draws(seed: int = 0, number: int = 7, largest: float = 0.4) -> Draws:
    random = np.random.default_rng(seed)
    return Draws(
        PAIR,
        random.normal(-0.5, 0.5, (number, 3, 2)),
        random.uniform(0, largest, (number, 4)),
        random.uniform(0, 0.9, (number, 4)),
        np.exp(random.uniform(-2, 0.5, (number, 2))),
        np.abs(random.normal(0, 0.5, (number, 1))),
    )


HISTORY = np.random.default_rng(3).poisson(1.5, (60, 2))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("tails", [None, 4.0])
def test_kernel_and_twin_give_the_same_counts(seed, tails):
    damping = np.random.default_rng(seed).uniform(0, 1, (9, 2, 1))
    begun = begin(some_draws(seed), HISTORY, 9, damping=damping)
    job = (begun, 200, 9, seed, 3, 0.1, tails, 40.0)
    kernel, twin = _chunk(job), _chunk(job, plain=True)
    assert (kernel[0] == twin[0]).all()
    assert kernel[1] == twin[1]


@given(
    uniform=st.floats(0, 1, exclude_max=True, allow_subnormal=False),
    mean=st.floats(1e-3, 400),
    dispersion=st.floats(0.01, 5),
)
def test_a_count_is_the_quantile_of_its_distribution(uniform, mean, dispersion):
    count = count_at(uniform, mean, dispersion)
    size = 1 / dispersion
    chance = size / (size + mean)
    assert nbinom.cdf(count, size, chance) >= uniform - 1e-9
    assert count == 0 or nbinom.cdf(count - 1, size, chance) <= uniform + 1e-9


def test_counts_of_means_so_large_that_the_chance_of_none_is_no_number():
    count = [count_at(u, 5000.0, 1e-6) for u in (0.05, 0.5, 0.95)]
    assert count == pytest.approx(nbinom.ppf([0.05, 0.5, 0.95], 1e6, 1e6 / 1.005e6), abs=2)


def test_the_first_day_has_the_mean_and_variance_of_the_formula():
    draws = some_draws(number=1)
    counts = simulate(draws, HISTORY, members=40_000, days=1, drift=0.0).counts[:, 0]
    past = HISTORY[:28].mean(0)[[0, 1, 1, 0]]
    for day in HISTORY:
        past = (1 - draws.decay[0]) * day[PAIR.source] + draws.decay[0] * past
    mean = np.exp(draws.endemic[0, -1])
    np.add.at(mean, PAIR.target, draws.weight[0] * past)
    assert counts.mean(0) == pytest.approx(mean, rel=0.03)
    variance = mean + draws.dispersion[0] * mean**2
    assert counts.var(0) == pytest.approx(variance, rel=0.06)


def test_any_executor_gives_the_same_bits():
    draws, members = some_draws(), 2 * CHUNK + 17
    alone = simulate(draws, HISTORY, members=members, days=5, seed=4)
    with ThreadPoolExecutor(3) as executor:
        shared_out = simulate(draws, HISTORY, members=members, days=5, seed=4, executor=executor)
    assert alone.counts.tobytes() == shared_out.counts.tobytes()
    fewer = simulate(draws, HISTORY, members=CHUNK, days=5, seed=4).counts
    assert (fewer == alone.counts[:CHUNK]).all()
    other = simulate(draws, HISTORY, members=members, days=5, seed=5).counts
    assert (other != alone.counts).any()


def test_each_member_has_parameters_of_its_own():
    """Half of the draws expect nothing, half expect 20 events a day: members differ accordingly."""
    one = Excitation(names=("a>b",))
    level = np.array([[[-30.0]], [[np.log(20)]]])
    draws = Draws(
        one, level, np.zeros((2, 0)), np.zeros((2, 0)), np.full((2, 1), 1e-6), np.zeros((2, 0))
    )
    totals = simulate(draws, np.zeros((5, 1)), members=1000, days=4, drift=0.0).counts.sum((1, 2))
    assert (totals[::2] == 0).all()
    assert (totals[1::2] > 40).all()


def test_members_that_explode_are_held_and_counted():
    draws = some_draws(largest=4.0)
    futures = simulate(draws, HISTORY, members=300, days=40, ceiling=500.0)
    assert 0 < futures.capped <= 300
    assert futures.ceiling == 500.0
    assert np.isfinite(futures.counts).all()
    assert simulate(some_draws(), HISTORY, members=300, days=40).capped == 0


def test_what_if_an_attack_more():
    """Common random numbers: with one event more no member ever has fewer."""
    more = HISTORY.copy()
    more[-1, 0] += 5
    draws = some_draws()
    before = simulate(draws, HISTORY, members=2000, days=10, seed=1).counts
    after = simulate(draws, more, members=2000, days=10, seed=1).counts
    assert (after >= before).all()
    assert after.mean() > before.mean()
    calm = simulate(draws, HISTORY, members=2000, days=10, seed=1, damping=np.ones((10, 2, 1)))
    assert (calm.counts <= before).all()


def test_heavy_tails_of_the_drift_leave_the_middle_and_widen_the_ends():
    bare = Excitation(names=("a>b",), baseline=MovingLevel(drift=0.5))
    draws = Draws(
        bare, np.full((1, 2, 1), np.log(5.0)), np.zeros((1, 0)), np.zeros((1, 0)),
        np.full((1, 1), 1e-4), np.zeros((1, 0)),
    )  # fmt: skip
    past, sized = np.zeros((5, 1)), {"members": 4000, "days": 30}
    narrow, wide = (
        simulate(draws, past, **sized, tails=tails).counts[:, -7:, 0].mean(1)
        for tails in (None, 2.5)
    )
    assert np.median(wide) == pytest.approx(np.median(narrow), rel=0.1)
    assert np.quantile(wide, 0.999) > np.quantile(narrow, 0.999)


def test_the_coming_week_is_not_biased():
    """The mean forecast of the next week against what the true process did, over many weeks."""
    weight = np.array([[0.45, 0.1], [0.2, 0.3]])
    model = Excitation(names=NAMES, edges=pair_edges(NAMES), baseline=MovingLevel(drift=0.2))
    expected, happened = [], []
    for seed in range(12):
        counts = excited(np.random.default_rng(seed), 407, weight=weight)
        draws = fit(counts[:400], model, draws=40).draws
        ahead = simulate(draws, counts[:400], members=1000, days=7).counts
        expected.append(ahead.sum((1, 2)).mean())
        happened.append(counts[400:].sum())
    gap = np.mean(expected) - np.mean(happened)
    assert abs(gap) < 2.5 * np.std(np.subtract(expected, happened)) / np.sqrt(len(expected))
    assert np.mean(expected) == pytest.approx(np.mean(happened), rel=0.25)


def test_a_design_must_be_given_for_the_days_ahead():
    past = np.random.default_rng(0).poisson(2.0, (104, 1))
    seasons = Design.harmonics(104, period=52, pairs=(1,))
    model = Excitation(names=("a",), edges=(Edge("a", "a", "self"),), baseline=seasons)
    draws = fit(past, model, draws=30).draws
    ahead = Design.harmonics(8, period=52, pairs=(1,), first=104).columns
    futures = simulate(draws, past, members=100, days=8, design=ahead)
    assert futures.counts.shape == (100, 8, 1)
    with pytest.raises(EnsembleError, match="days ahead"):
        simulate(draws, past, members=100, days=8)


@pytest.mark.parametrize(
    "change",
    [{"members": 0}, {"days": 0}, {"tails": 2.0}, {"exposure": np.ones((3, 1))},
     {"damping": np.ones((2, 2, 2))}],
)  # fmt: skip
def test_what_does_not_fit_is_refused(change):
    with pytest.raises(EnsembleError):
        simulate(some_draws(), HISTORY, **({"members": 10, "days": 2} | change))
    with pytest.raises(EnsembleError, match="history"):
        simulate(some_draws(), HISTORY[:, :1], members=10, days=2)
