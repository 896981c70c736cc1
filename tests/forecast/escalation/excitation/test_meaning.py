"""What is said of excitation: shares, the reproduction number and its placebo, half-lives."""

import numpy as np
import pytest
from tests.forecast.escalation.excitation.made import excited, shifted, tied

from foreshock.core.errors import EnsembleError, ForecastRefused
from foreshock.core.outlook import BACKGROUND, Reproduction
from foreshock.forecast.escalation.excitation import meaning
from foreshock.forecast.escalation.excitation.fit import Draws, fit
from foreshock.forecast.escalation.excitation.jumps import levels
from foreshock.forecast.escalation.excitation.meaning import (
    at_mode,
    companion,
    drivers,
    equilibrium,
    net_offspring,
    radius,
    refusal_of_horizon,
    reproduction,
    response,
)
from foreshock.forecast.escalation.excitation.model import Edge, Excitation, MovingLevel
from foreshock.forecast.escalation.excitation.placebo import placebo
from foreshock.forecast.escalation.excitation.simulate import simulate

CHAIN = Excitation(
    names=("a>b", "b>a", "c>b"),
    edges=(
        Edge("a>b", "a>b", "self"),
        Edge("a>b", "b>a", "reverse"),
        Edge("b>a", "c>b", "patron–client"),
    ),
)
ONE = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))


def draws_of(model: Excitation, weight: list[float], decay: float = 0.5, level: float = -1.0):
    series, edges = len(model.names), len(model.edges)
    return Draws(
        model, np.full((1, 1, series), level), np.array([weight]), np.full((1, edges), decay),
        np.full((1, series), 0.2), np.zeros((1, 0)),
    )  # fmt: skip


HISTORY = np.random.default_rng(1).poisson(2.0, (50, 3))


# ------------------------------------------------------------------ attribution


def test_shares_split_the_expected_week():
    draws = draws_of(CHAIN, [0.3, 0.4, 0.5])
    told = {(each.series, each.source): each for each in drivers(draws, HISTORY)}
    for name in CHAIN.names:
        assert sum(d.share for (series, _), d in told.items() if series == name) == pytest.approx(1)
    assert told["a>b", "a>b"].kind == "self"
    assert told["b>a", "a>b"].kind == "reverse"
    assert told["c>b", "a>b"].kind == "indirect"  # by way of b>a, within the week
    assert ("a>b", "b>a") not in told
    assert told["a>b", BACKGROUND].kind == "background"


def test_shares_are_those_that_simulation_finds():
    """Without a series' past events, exactly its share of the expected week is missing."""
    draws = draws_of(CHAIN, [0.3, 0.4, 0.5])
    without = HISTORY.copy()
    without[:, 0] = 0
    sized = {"members": 40_000, "days": 7, "drift": 0.0}
    whole, rest = (
        simulate(draws, past, seed=seed, **sized).counts.sum(1).mean(0)
        for seed, past in enumerate((HISTORY, without))
    )
    told = {each.series: each.share for each in drivers(draws, HISTORY) if each.source == "a>b"}
    for i, name in enumerate(CHAIN.names):
        assert (whole[i] - rest[i]) / whole[i] == pytest.approx(told[name], abs=0.02)


def test_small_drivers_can_be_left_out_but_never_the_background():
    draws = draws_of(CHAIN, [0.3, 0.4, 0.5])
    listed = drivers(draws, HISTORY, least=2.0)
    assert [each.source for each in listed] == [BACKGROUND] * 3


# ------------------------------------------------------------------ reproduction number


def test_the_radius_is_that_of_the_net_matrix():
    draws = draws_of(CHAIN, [0.3, 0.4, 0.5])
    assert radius(net_offspring(draws)) == pytest.approx([0.3])
    assert radius(net_offspring(draws, np.full(3, 0.5))) == pytest.approx([0.15])
    assert radius(net_offspring(draws_of(Excitation(names=("a",)), []))).tolist() == [0.0]


@pytest.mark.parametrize("weight", [0.5, 0.999, 1.001, 1.4])
def test_the_companion_matrix_passes_1_where_the_radius_does(weight):
    draws = draws_of(ONE, [weight], decay=0.7)
    assert (radius(companion(draws, 0, np.ones(1))[None])[0] < 1) == (weight < 1)


def test_a_shock_fades_by_half():
    # By hand: expected events fall by the factor d + (1 - d) a a day.
    for weight, decay in ((0.5, 0.5), (0.2, 0.0), (0.8, 0.9)):
        factor = decay + (1 - decay) * weight
        days = next(k for k in range(1, 500) if factor**k < 0.5)
        told = response(draws_of(ONE, [weight], decay=decay))
        assert told.half_life == (days, days, days)
        assert told.reactivity == pytest.approx((weight,) * 3)
    assert response(draws_of(ONE, [0.0])).half_life == (0.0, 0.0, 0.0)
    with pytest.raises(ForecastRefused, match="half"):
        response(draws_of(ONE, [1.1]))


def test_what_fades_can_grow_at_first():
    """Not a normal matrix: one series drives the other strongly, nothing feeds on itself much."""
    draws = draws_of(
        Excitation(
            names=("a", "b"),
            edges=(Edge("a", "a", "s"), Edge("b", "b", "s"), Edge("a", "b", "t")),
        ),
        [0.8, 0.8, 3.0],
    )
    told = response(draws)
    assert radius(net_offspring(draws))[0] == pytest.approx(0.8)
    assert told.reactivity[1] > 3
    assert told.peak[1] > told.reactivity[1]


def test_an_equilibrium_is_told_only_below_1():
    found = equilibrium(draws_of(ONE, [0.6]), np.zeros((1, 1)))
    assert found[1] == pytest.approx([2.5])
    with pytest.raises(ForecastRefused, match=r"1\.02"):
        equilibrium(draws_of(ONE, [1.02]), np.zeros((1, 1)))


def test_a_long_horizon_is_refused_unless_the_interval_is_below_1():
    told = {"value": 0.8, "low": 0.6, "placebo": (0.0, 0.1, 0.2), "distinct": True}
    assert refusal_of_horizon(31, Reproduction(high=0.99, **told)) is None
    assert "0.60 to 1.00" in refusal_of_horizon(31, Reproduction(high=1.0, **told))
    assert refusal_of_horizon(30, Reproduction(high=1.5, **told)) is None


def test_no_number_without_its_placebo():
    with pytest.raises(EnsembleError, match="placebo"):
        reproduction(draws_of(ONE, [0.5]), [])


def test_the_likeliest_value_must_pass_the_placebo_too():
    draws = draws_of(ONE, [0.5])
    assert reproduction(draws, [0.1, 0.2], mode=0.4).distinct
    assert not reproduction(draws, [0.1, 0.2], mode=0.1).distinct
    assert not reproduction(draws, [0.1, 0.6], mode=0.7).distinct


# ------------------------------------------------------------------ pitfalls


@pytest.mark.parametrize("seed", range(6))
def test_a_shift_of_regime_is_no_excitation(seed):
    """Poisson counts, 1 → 8 → 2 a day over a year: the number is large, and its placebo too."""
    counts = shifted(np.random.default_rng(seed))
    found = fit(counts, ONE, draws=150)
    beside = placebo(counts, ONE, replicates=30, seed=seed)
    told = reproduction(found.draws, beside, mode=at_mode(found))
    assert told.value > 0.2  # what would be reported without the placebo
    assert not told.distinct


@pytest.mark.parametrize("seed", range(4))
def test_excitation_is_found(seed):
    counts = excited(
        np.random.default_rng(seed), 730, weight=np.array([[0.6]]), fresh=0.6, dispersion=0.1
    )
    found = fit(counts, ONE, draws=150)
    beside = placebo(counts, ONE, replicates=30, seed=seed)
    told = reproduction(found.draws, beside, mode=at_mode(found))
    assert told.distinct
    assert told.low < 0.6 < 1.2 * told.high
    assert told.high < 1


def test_levels_that_stay_are_found_and_bursts_are_not_taken_for_them():
    found = levels(shifted(np.random.default_rng(1))[:, 0])
    assert found.spans == 3
    assert found.mean[[60, 180, 300]] == pytest.approx([1, 8, 2], rel=0.2)
    assert levels(np.random.default_rng(1).poisson(1.0, 400)).spans == 1
    burst = np.zeros(100, dtype=int)
    burst[50:53] = 1
    assert levels(burst).spans == 1
    assert levels(np.zeros(30, dtype=int)).mean.tolist() == [0.0] * 30
    # Where half is seen, twice as much happened.
    assert levels(np.full(40, 2), np.full(40, 0.5)).mean == pytest.approx(np.full(40, 4.0))


def test_a_placebo_is_the_same_in_any_executor():
    from concurrent.futures import ThreadPoolExecutor

    counts = np.random.default_rng(2).poisson(0.8, (150, 1))
    alone = placebo(counts, ONE, replicates=6, seed=3)
    with ThreadPoolExecutor(2) as executor:
        assert placebo(counts, ONE, replicates=6, seed=3, executor=executor).tolist() == (
            alone.tolist()
        )
    with pytest.raises(EnsembleError, match="replicates"):
        placebo(counts, ONE, replicates=0)


def test_events_that_share_a_day():
    """Branching 0.6 within hours: a day-lag number is smaller, and the forecast is unbiased."""
    numbers, expected, happened = [], [], []
    steady = Excitation(names=ONE.names, edges=ONE.edges, baseline=MovingLevel(drift=0.1))
    for seed in range(6):
        counts = tied(np.random.default_rng(seed), 500, branching=0.6, fresh=1.0)
        draws = fit(counts[:-7], steady, draws=50).draws
        numbers.append(np.median(radius(net_offspring(draws))))
        ahead = simulate(draws, counts[:-7], members=2000, days=7).counts
        expected.append(ahead.sum((1, 2)).mean())
        happened.append(counts[-7:].sum())
    assert 0.1 < np.mean(numbers) < 0.55
    # 1 / (1 - 0.6) = 2.5 events a day in the long run
    assert np.mean(expected) == pytest.approx(7 * 2.5, rel=0.15)
    gap = np.subtract(expected, happened)
    assert abs(gap.mean()) < 2.5 * gap.std() / np.sqrt(len(gap))


def test_it_is_never_called_what_it_is_not():
    assert "day-lag reproduction number" in meaning.__doc__
    assert "**not** the branching ratio" in meaning.__doc__
    assert "Day-lag" in Reproduction.__doc__


def test_the_first_days_do_not_make_excitation():
    """A history that is cut off at the left: the events before it stand in by their mean."""
    counts = np.random.default_rng(11).poisson(3.0, (400, 1))
    slow = Excitation(
        names=ONE.names, edges=ONE.edges, decay={"self": 0.95}, baseline=MovingLevel(drift=0.1)
    )
    level = fit(counts, slow, draws=0)
    total = np.exp(level.mode.endemic[0, 0]) + level.mode.weight[0] * 3.0
    assert total == pytest.approx(3.0, rel=0.2)  # no jump of the baseline in the first month
