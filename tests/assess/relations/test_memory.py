"""The arithmetic of the share: memory, moments, intervals, against twins and closed forms."""

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats
from tests.assess.relations.made import WEEK0, act, monday, series

from foreshock.assess.relations.acts import Act
from foreshock.assess.relations.discount import GRID
from foreshock.assess.relations.memory import PRIOR, Counts, columns, remember, sunday_of, week_of
from foreshock.assess.relations.share import Share, above, difference, shares
from foreshock.assess.relations.strain import WORLDS, imputed, share_by_week

SIGNS = st.sampled_from("+-")
WEIGHTS = st.sampled_from([0.25, 1.0, 1.0, 3.5])


@st.composite
def acts(draw: st.DrawFn, most: int = 25, weeks: int = 100) -> list[Act]:
    """Draw acts of two years, some known late, some light, some contested."""
    return [
        act(
            draw(st.integers(0, weeks)),
            draw(SIGNS),
            late=draw(st.sampled_from([0, 0, 0, 1, 7, weeks // 2])),
            event=f"event {n}",
            weight=draw(WEIGHTS),
            probability=draw(st.sampled_from([0.02, 0.5, 0.9, 0.9999])),
        )
        for n in range(draw(st.integers(1, most)))
    ]


# ---------------------------------------------------------------------- memory


@settings(max_examples=50)
@given(acts(10, 20), st.lists(st.sampled_from(GRID.tolist()), min_size=1, max_size=3), st.data())
def test_the_recursion_is_the_closed_form(told, discounts, data):
    weeks, entered, conflictual, weights = columns(told)
    worlds = np.array(
        [data.draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=3, max_size=3)) for _ in told]
    )
    weighed = weights[:, None] * worlds
    first, last = min(weeks), max(entered) + 3
    counts = remember(weeks, entered, conflictual, weighed, np.array(discounts), first, last)
    assert counts.conflictual.shape == (last - first + 1, len(discounts), 3)
    for d, discount in enumerate(discounts):
        for world in range(3):
            a = {True: PRIOR, False: PRIOR}
            squared = 0.0
            for week in range(first, last + 1):
                a = {sign: discount * old + (1 - discount) * PRIOR for sign, old in a.items()}
                squared *= discount**2
                for s, e, sign, weight in zip(
                    weeks, entered, conflictual, weighed[:, world], strict=True
                ):
                    if e == week:
                        a[sign] += discount ** (week - s) * weight
                        squared += discount ** (2 * (week - s)) * weight
                closed = {
                    sign: PRIOR
                    + sum(
                        discount ** (week - s) * weight
                        for s, e, own, weight in zip(
                            weeks, entered, conflictual, weighed[:, world], strict=True
                        )
                        if own is sign and e <= week
                    )
                    for sign in (True, False)
                }
                at = week - first, d, world
                assert PRIOR + counts.conflictual[at] == pytest.approx(a[True], abs=1e-9)
                assert PRIOR + counts.cooperative[at] == pytest.approx(a[False], abs=1e-9)
                assert a == pytest.approx(closed, abs=1e-9)
                assert counts.squared[at] == pytest.approx(squared, abs=1e-9)


@given(acts(), st.integers(1, 150))
def test_a_memory_that_starts_late_remembers_what_was_before(told, start):
    weeks, entered, conflictual, weights = columns(told)
    first, last = min(weeks), min(weeks) + 170
    discounts = np.array([0.7, 0.93, 1.0])
    whole = remember(weeks, entered, conflictual, weights[:, None], discounts, first, last)
    part = remember(weeks, entered, conflictual, weights[:, None], discounts, first + start, last)
    for name in ("conflictual", "cooperative", "squared"):
        np.testing.assert_allclose(getattr(part, name), getattr(whole, name)[start:], atol=1e-9)


def test_a_hand_made_series():
    told = [act(0, "-"), act(1, "+"), act(1, "+", late=1, weight=0.25), act(3, "-")]
    weeks, entered, conflictual, weights = columns(told)
    found = remember(
        weeks, entered, conflictual, weights[:, None], np.array([0.5, 1.0]), WEEK0, WEEK0 + 3
    )
    assert found.conflictual[:, 0, 0].tolist() == [1, 0.5, 0.25, 1.125]
    # The light act of week 1 enters in week 2, half faded already.
    assert found.cooperative[:, 0, 0].tolist() == [0, 1, 0.625, 0.3125]
    assert found.cooperative[:, 1, 0].tolist() == [0, 1, 1.25, 1.25]
    assert found.mass[:, 1, 0].tolist() == [1, 2, 2.25, 3.25]
    assert found.squared[:, 0, 0].tolist() == pytest.approx(
        [1, 1.25, 0.25 * 1.25 + 0.0625, (0.25 * 1.25 + 0.0625) / 4 + 1]
    )


@given(st.dates(date(1000, 1, 1), date(2999, 12, 1)))
def test_weeks_run_from_monday_to_sunday(day):
    assert sunday_of(week_of(day)).weekday() == 6
    assert 0 <= (sunday_of(week_of(day)) - day).days <= 6
    assert week_of(day + timedelta(weeks=1)) == week_of(day) + 1


# ---------------------------------------------------------------------- the share


def _twin(told, discount: float, week: int) -> tuple[float, float, float]:
    """Work the share of a week out in plain Python: parameters and mass."""
    worlds = imputed(told).tolist()
    means, variances, masses = [], [], []
    for world in range(WORLDS):
        conflictual = cooperative = squared = 0.0
        for each, happened in zip(told, worlds, strict=True):
            age = week - week_of(each.day)
            if age >= 0 and happened[world]:
                faded = each.weight * discount**age
                squared += each.weight * discount ** (2 * age)
                if each.conflictual:
                    conflictual += faded
                else:
                    cooperative += faded
        mass = conflictual + cooperative
        kish = min(mass / squared, 1 + discount) if squared > 0 else 1.0
        mean = (0.5 + conflictual) / (1 + mass)
        means.append(mean)
        variances.append(mean * (1 - mean) / (1 + kish * mass + 1))
        masses.append(mass)
    mean = math.fsum(means) / WORLDS
    second = math.fsum(v + m * m for v, m in zip(variances, means, strict=True)) / WORLDS
    total = mean * (1 - mean) / (second - mean**2) - 1
    return mean * total, (1 - mean) * total, math.fsum(masses) / WORLDS


@given(acts(), st.lists(st.integers(0, len(GRID) - 1), min_size=1, max_size=6))
def test_shares_are_those_of_the_plain_twin(told, discounts):
    last = max(week_of(each.day) for each in told) + 1
    found = share_by_week(told, np.array(discounts), last)
    for back, (share, discount) in enumerate(
        zip(reversed(found), reversed(discounts), strict=True)
    ):
        a, b, mass = _twin(told, GRID[discount], last - back)
        assert share.conflictual == pytest.approx(a, rel=1e-6)
        assert share.cooperative == pytest.approx(b, rel=1e-6)
        assert share.mass == pytest.approx(mass, rel=1e-9)


def test_nothing_known_is_the_prior():
    for share in share_by_week([], np.array([3, 8]), WEEK0):
        assert (share.conflictual, share.cooperative) == pytest.approx((PRIOR, PRIOR))
        assert share.mass == 0


def test_fresh_acts_count_one_by_one_and_a_steady_flow_more():
    (fresh,) = share_by_week(series([6], [2]), np.array([5]), WEEK0)
    assert fresh.conflictual == pytest.approx(6.5, rel=1e-6)
    assert fresh.cooperative == pytest.approx(2.5, rel=1e-6)
    # A discounted count is estimated from more acts than its mass says: at most 1 + discount times.
    discount = float(GRID[5])
    (steady,) = share_by_week(series([1] * 300, [1] * 300), np.array([5]), WEEK0 + 299)
    mass = 2 / (1 - discount)
    assert steady.mass == pytest.approx(mass)
    assert steady.conflictual + steady.cooperative == pytest.approx(1 + (1 + discount) * mass)
    (old,) = share_by_week(series([6], [2]), np.array([5]), WEEK0 + 40)
    assert old.conflictual + old.cooperative <= 1 + (1 + discount) * old.mass + 1e-9


SHARES = st.builds(
    Share, st.floats(0.3, 200), st.floats(0.3, 200), st.just(10.0)
)  # fmt: skip


@given(SHARES)
def test_mean_interval_and_level_are_those_of_the_beta_distribution(share):
    beta = stats.beta(share.conflictual, share.cooperative)
    assert share.mean == pytest.approx(beta.mean())
    assert (share.span.low, share.span.high) == pytest.approx(beta.ppf([0.05, 0.95]), abs=1e-9)
    assert share.span.mean == share.mean
    assert share.span.width == pytest.approx(share.span.high - share.span.low)


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1, 1), (3.5, 0.5), (20, 7), (0.6, 40)])
def test_the_level_has_the_moments_of_the_log_odds(a, b):
    # log-odds x of a Beta have the density e^(ax) / (1+e^x)^(a+b) / B(a, b).
    norm = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)

    def density(x: float) -> float:
        return math.exp(a * x - (a + b) * np.logaddexp(0, x) - norm)

    def moment(power: int) -> float:
        return integrate.quad(lambda x: x**power * density(x), -90, 90, limit=400, points=[0])[0]

    level = Share(a, b, 9).log_odds
    assert level.mean == pytest.approx(moment(1), abs=1e-6)
    spread = math.sqrt(moment(2) - moment(1) ** 2)
    assert level.high - level.mean == pytest.approx(stats.norm.ppf(0.95) * spread, rel=1e-6)
    assert level.mean - level.low == pytest.approx(level.high - level.mean)


def test_a_mixture_is_matched_in_mean_and_variance():
    random = np.random.default_rng(3)
    for _ in range(50):
        counts = Counts(*random.gamma(1.5, 3.0, (2, 1, WORLDS)), np.zeros((1, WORLDS)))
        counts = Counts(counts.conflictual, counts.cooperative, counts.mass * 0.8)
        (share,) = shares(counts, np.array([0.9]))
        mixed = _components(counts, 0.9)
        draws = stats.beta(*mixed)
        mean = draws.mean().mean()
        variance = (draws.var() + draws.mean() ** 2).mean() - mean**2
        matched = stats.beta(share.conflictual, share.cooperative)
        assert matched.mean() == pytest.approx(mean)
        assert matched.var() == pytest.approx(variance)


def _components(counts: Counts, discount: float) -> tuple[np.ndarray, np.ndarray]:
    """Give the parameters of the share in each world."""
    mass, squared = counts.mass[0], counts.squared[0]
    kish = np.where(squared > 0, mass / np.where(squared > 0, squared, 1), 1)
    number = 2 * PRIOR + np.minimum(kish, 1 + discount) * mass
    mean = (PRIOR + counts.conflictual[0]) / (2 * PRIOR + mass)
    return mean * number, (1 - mean) * number


@pytest.mark.parametrize("seed", range(40))
def test_the_one_beta_has_nearly_the_mixtures_quantiles(seed):
    """Pairs as they occur: acts of a year or two, one in four contested, some believed little."""
    random = np.random.default_rng(seed)
    share, number = random.uniform(0.05, 0.95), random.integers(4, 80)
    told = [
        act(
            int(random.integers(0, 80)),
            "-" if random.random() < share else "+",
            event=f"{seed} {n}",
            probability=float(random.choice([0.35, 0.5, 0.75, 0.9, 0.95, 0.99], p=PROBABILITIES)),
        )
        for n in range(number)
    ]
    weeks, _, conflictual, weights = columns(told)
    last = WEEK0 + 80
    for discount in (3, 9, 15, len(GRID) - 1):
        counts = remember(
            weeks,
            weeks,
            conflictual,
            weights[:, None] * imputed(told),
            GRID[[discount]],
            last,
            last,
        )
        chosen = Counts(
            *(getattr(counts, n)[:, 0] for n in ("conflictual", "cooperative", "squared"))
        )
        (matched,) = share_by_week(told, np.array([discount]), last)
        worlds = stats.beta(*_components(chosen, GRID[discount]))
        for level in (0.05, 0.5, 0.95):
            exact = _quantile(worlds, level)
            found = stats.beta(matched.conflictual, matched.cooperative).ppf(level)
            assert found == pytest.approx(exact, abs=0.03)


def _quantile(worlds: Any, level: float) -> float:
    return float(optimize.brentq(lambda x: worlds.cdf(x).mean() - level, 0, 1))


PROBABILITIES = [0.05, 0.1, 0.1, 0.25, 0.25, 0.25]


# ---------------------------------------------------------------------- comparing two shares

PAIRS = [
    (Share(5, 5, 9), Share(5, 5, 9)),
    (Share(0.5, 0.5, 0), Share(20, 3, 22)),
    (Share(6.1, 9.4, 14.5), Share(3.6, 41, 43.6)),
    (Share(2.7, 0.8, 2.5), Share(1.1, 3.9, 4)),
    (Share(60, 40, 99), Share(38, 62, 99)),
    (Share(1.2, 0.5, 0.7), Share(0.5, 11, 10.5)),
]


@pytest.mark.parametrize(("now", "before"), PAIRS)
def test_comparisons_agree_with_a_simulation(now, before):
    random = np.random.default_rng(11)
    one = random.beta(now.conflictual, now.cooperative, 400_000)
    other = random.beta(before.conflictual, before.cooperative, 400_000)
    span = difference(now, before)
    assert above(now, before) == pytest.approx((one > other).mean(), abs=0.005)
    low, high = np.quantile(one - other, [0.05, 0.95])
    assert (span.low, span.high) == pytest.approx((low, high), abs=0.008)
    assert span.mean == pytest.approx((one - other).mean(), abs=0.003)


@given(SHARES, SHARES)
def test_comparing_the_other_way_round_mirrors(one, other):
    assert above(one, other) + above(other, one) == pytest.approx(1, abs=0.01)
    there, back = difference(one, other), difference(other, one)
    assert there.mean == pytest.approx(-back.mean)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=0.02)
    assert -1 <= there.low < there.high <= 1


@given(SHARES)
def test_a_share_is_above_itself_half_of_the_time(share):
    assert above(share, share) == pytest.approx(0.5, abs=1e-6)
    span = difference(share, share)
    assert span.mean == 0
    assert span.low == pytest.approx(-span.high, abs=0.005)


@pytest.mark.parametrize(("a", "b"), [(1, 1), (3, 1), (1, 4), (2, 7), (9, 8)])
def test_powers_of_uniforms_are_compared_exactly(a, b):
    # Beta(a, 1) is the a-th root of a uniform number: one is above the other in a / (a + b).
    assert above(Share(a, 1, 9), Share(b, 1, 9)) == pytest.approx(a / (a + b), abs=1e-3)
    assert above(Share(1, a, 9), Share(1, b, 9)) == pytest.approx(b / (a + b), abs=1e-3)


def test_the_difference_of_two_uniforms_is_the_triangle():
    span = difference(Share(1, 1, 9), Share(1, 1, 9))
    assert span.high == pytest.approx(1 - math.sqrt(0.1), abs=1e-3)
    assert span.low == pytest.approx(math.sqrt(0.1) - 1, abs=1e-3)


@given(SHARES, SHARES)
def test_swapping_the_signs_mirrors_a_comparison(one, other):
    def mirrored(share: Share) -> Share:
        return Share(share.cooperative, share.conflictual, share.mass)

    assert above(mirrored(one), mirrored(other)) == pytest.approx(1 - above(one, other), abs=1e-6)
    span, swapped = difference(one, other), difference(mirrored(one), mirrored(other))
    assert (swapped.low, swapped.high) == pytest.approx((-span.high, -span.low), abs=1e-6)
    assert mirrored(one).log_odds.mean == pytest.approx(-one.log_odds.mean)


def test_weeks_of_the_made_series_start_on_mondays():
    assert monday(0).weekday() == 0
    assert week_of(monday(5)) - WEEK0 == 5
