"""Deaths of one event: the hurdle and its tail, what the posterior tends to, and its draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.forecast.escalation.marks import (
    MOST,
    MarkPrior,
    fit_marks,
    log_probability,
    posterior,
)

whole_deaths = st.lists(st.integers(0, 5000).map(float), max_size=40)


def drawn(scale: float, shape: float, number: int, *names: str) -> np.ndarray:
    """Deaths of deadly events, by inverting the survival function."""
    random = stream(7, "marks", *names)
    return 1 + np.floor(((1 - random.random(number)) ** -shape - 1) * scale / shape)


def test_without_any_event_the_prior_stands():
    prior = MarkPrior()
    found = posterior(np.zeros(0), prior)
    assert (found.alpha, found.beta) == (1.0, 1.0)
    mean = float((np.log(found.scales) * found.weights).sum())
    deviation = np.sqrt(((np.log(found.scales) - mean) ** 2 * found.weights).sum())
    assert mean == pytest.approx(prior.log_scale)
    assert deviation == pytest.approx(prior.log_scale_deviation, rel=0.03)
    assert np.isfinite(found.draw(np.full(50, 3), stream(7, "empty"))).all()


@given(whole_deaths)
def test_a_posterior_is_a_distribution_whatever_was_seen(deaths):
    told = np.array(deaths)
    found = posterior(told, MarkPrior())
    assert np.isfinite(found.weights).all() and (found.weights >= 0).all()
    assert found.weights.sum() == pytest.approx(1.0)
    assert found.alpha + found.beta == pytest.approx(len(told) + 2)
    ahead = found.draw(np.arange(8), stream(7, "any"))
    assert ahead.shape == (28,)
    assert ((ahead >= 0) & (ahead <= MOST) & (ahead == np.floor(ahead))).all()


def test_a_part_of_a_death_does_not_spoil_the_posterior():
    with np.errstate(invalid="ignore"):
        found = posterior(np.array([0.5, 3.0]), MarkPrior(shape=0.6, log_scale=-1.0))
    assert np.isfinite(found.weights).all()


def test_many_events_overrule_the_prior():
    deaths = np.where(stream(7, "hurdle").random(4000) < 0.8, drawn(9.0, 0.5, 4000), 0.0)
    found = posterior(deaths, MarkPrior())
    scale = float((found.scales * found.weights).sum())
    assert scale == pytest.approx(9.0, rel=0.12)
    assert found.alpha / (found.alpha + found.beta) == pytest.approx(0.8, abs=0.02)


def test_a_few_events_lie_between_the_prior_and_what_they_say():
    prior = MarkPrior(log_scale=0.0)
    scales = []
    for events in (0, 3, 30, 1000):
        found = posterior(drawn(12.0, prior.shape, events), prior)
        scales.append(float((np.log(found.scales) * found.weights).sum()))
    # A grid of three deviations either side holds the scale of 12.
    assert scales == sorted(scales)
    assert scales[0] == pytest.approx(0.0, abs=1e-9)
    assert scales[-1] == pytest.approx(min(np.log(12.0), 3 * prior.log_scale_deviation), abs=0.15)


def test_events_without_dead_lower_the_share_of_deadly_ones_alone():
    few, many = (posterior(np.r_[4.0, 7.0, np.zeros(n)], MarkPrior()) for n in (0, 50))
    np.testing.assert_array_equal(few.weights, many.weights)
    assert few.alpha == many.alpha and many.beta == few.beta + 50


@given(st.floats(0.05, 0.9), st.floats(0.2, 50.0))
def test_probabilities_add_up_to_what_the_tail_leaves(shape, scale):
    grid = np.arange(1.0, 3001.0)
    total = np.exp(log_probability(grid, shape, scale)).sum()
    assert total == pytest.approx(1 - (1 + shape * 3000 / scale) ** (-1 / shape), abs=1e-9)


def test_draws_follow_the_probabilities():
    found = posterior(drawn(3.0, 0.4, 5000), MarkPrior(shape=0.4))
    ahead = found.draw(np.full(200, 400), stream(7, "follow"))
    killed = ahead[ahead > 0]
    for deaths in (1.0, 2.0, 5.0):
        chance = np.exp(log_probability(np.array(deaths), 0.4, 3.0))
        assert (killed == deaths).mean() == pytest.approx(chance, abs=0.02)
    np.testing.assert_array_equal(ahead, found.draw(np.full(200, 400), stream(7, "follow")))


def test_futures_without_events_have_no_dead():
    assert posterior(np.zeros(0), MarkPrior()).draw(np.zeros(9, int), stream(7, "no")).size == 0


def test_no_event_is_let_kill_more_than_the_most():
    wild = posterior(np.full(50, 4000.0), MarkPrior(shape=0.9, log_scale=8.0))
    assert wild.draw(np.full(500, 100), stream(7, "wild")).max() == MOST


def test_what_many_series_say_is_found_again():
    wars = {
        f"war {n}": drawn(scale, 0.4, 400, str(n)) for n, scale in enumerate((2.0, 4.0, 8.0, 4.0))
    }
    found = fit_marks({**wars, "peace": np.zeros(50)})
    assert 0.2 < found.shape < 0.65
    assert np.exp(found.log_scale) == pytest.approx(4.0, rel=0.4)
    assert 0.3 <= found.log_scale_deviation < 1.2
    again = fit_marks({name: wars[name] for name in sorted(wars, reverse=True)})
    assert again == found


def test_too_few_deadly_events_are_refused():
    with pytest.raises(ForecastRefused, match="too few series"):
        fit_marks({"a": np.full(50, 3.0), "b": np.full(50, 2.0), "c": np.r_[np.zeros(99), 4.0]})
