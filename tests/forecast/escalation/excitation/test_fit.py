"""Fitting: the published example, sparse series, priors, and posteriors that hold the truth."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize
from tests.forecast.escalation.excitation.made import excited, hhh4_example

from foreshock.core.errors import EnsembleError
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.likelihood import observations
from foreshock.forecast.escalation.excitation.model import (
    Design,
    Edge,
    Excitation,
    MovingLevel,
    pair_edges,
)
from foreshock.forecast.escalation.excitation.objective import Objective
from foreshock.forecast.escalation.excitation.prior import FLAT, Belief, ExcitationPrior

ONE = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))
PAIR = Excitation(names=("a>b", "b>a"), edges=pair_edges(["a>b", "b>a"]))


def test_the_published_example_of_hhh4(shared: Path):
    """R surveillance 1.20: hhh4 of influenza and meningococcal disease, 15 parameters."""
    file = shared / "data" / "reference" / "influenza_meningococcus_weekly.csv"
    counts = np.loadtxt(file, delimiter=",", skiprows=1)
    model = hhh4_example(len(counts))
    found = fit(counts, model, prior=FLAT, draws=0)
    assert counts.shape == (312, 2)
    assert found.parameters == 15
    assert found.log_likelihood == pytest.approx(-1880.968, abs=0.001)
    assert np.log(found.mode.weight) == pytest.approx([-0.3044, -2.3523, -5.2167], abs=2e-4)
    assert found.mode.dispersion == pytest.approx([0.2946, 0.0395], abs=1e-4)
    assert found.mode.endemic[0] == pytest.approx([1.0883, 2.1186], abs=2e-3)


def test_maximum_likelihood_may_stand_at_the_bound():
    """Counts that alternate: yesterday's events mean fewer today, so no weight above 0 helps."""
    counts = np.tile([[0], [3]], (60, 1))
    flat = Excitation(names=ONE.names, edges=ONE.edges, baseline=Design(np.ones((120, 1))))
    found = fit(counts, flat, prior=FLAT, draws=0)
    assert found.mode.weight.tolist() == [0.0]
    assert np.exp(found.mode.endemic[0, 0]) == pytest.approx(counts[1:].mean(), rel=1e-4)


@pytest.mark.parametrize("bounded", [True, False])
@pytest.mark.parametrize("pooling", ["shared", "own"])
def test_the_gradient_of_the_density(bounded, pooling):
    random = np.random.default_rng(2)
    counts = random.poisson(1.0, (60, 2))
    model = Excitation(names=PAIR.names, edges=PAIR.edges, pooling=pooling, decay={"reverse": 0.3})
    design = model.baseline.laid(60)
    seen = observations(counts, model.source, model.target, columns=design.columns)
    prior = ExcitationPrior(weight={"self": Belief(-1.0, 0.5), "other": Belief(-2.0, 2.0)})
    objective = Objective(model, design, seen, random.random((60, 2, 1)), prior, bounded=bounded)
    x = objective.start() + random.uniform(0, 0.3, objective.layout.size)
    value, slope = objective.value_and_gradient(x)
    assert value == pytest.approx(objective.value(x), rel=1e-13)
    for k, step in enumerate(1e-6 * np.eye(len(x))):
        change = (objective.value(x + step) - objective.value(x - step)) / 2e-6
        assert change == pytest.approx(slope[k], rel=1e-4, abs=1e-4)


def test_no_other_search_finds_more():
    counts = excited(np.random.default_rng(4), 200, weight=np.array([[0.4, 0.1], [0.2, 0.3]]))
    found = fit(counts, PAIR, draws=0)
    design = PAIR.baseline.laid(200)
    seen = observations(counts, PAIR.source, PAIR.target, columns=design.columns)
    objective = Objective(
        PAIR, design, seen, np.zeros((200, 2, 0)), ExcitationPrior(), bounded=True
    )
    tops = []
    for seed in range(3):
        start = objective.start() + np.random.default_rng(seed).uniform(
            0, 0.5, objective.layout.size
        )
        tops.append(
            minimize(objective.falling, start, jac=True, method="L-BFGS-B",
                     bounds=objective.bounds(), options={"maxiter": 5000, "ftol": 1e-14})
        )  # fmt: skip
    best = min(tops, key=lambda top: top.fun)
    assert objective.parameters(best.x).weight == pytest.approx(found.mode.weight, abs=2e-3)


def test_the_same_seed_gives_the_same_draws():
    counts = np.random.default_rng(1).poisson(0.6, (150, 1))
    one, again, other = (fit(counts, ONE, draws=30, seed=seed).draws for seed in (1, 1, 2))
    assert one.weight.tobytes() == again.weight.tobytes()
    assert one.endemic.tobytes() == again.endemic.tobytes()
    assert one.weight.tobytes() != other.weight.tobytes()


@pytest.mark.parametrize("events", [0, 1, 3, 10])
def test_hardly_any_events_leave_the_prior(events):
    counts = np.zeros((1500, 1), dtype=int)
    counts[np.random.default_rng(events).choice(1500, events, replace=False)] = 1
    draws = fit(counts, ONE, draws=60).draws
    low, high = np.quantile(draws.weight, (0.05, 0.95))
    assert np.isfinite(draws.endemic).all()
    assert low < 0.15
    assert high > low
    assert np.exp(draws.endemic[:, -1]).mean() < 0.1  # and no more events are expected than that


def test_days_without_number_of_few_series_and_one_that_is_silent():
    counts = np.zeros((400, 2), dtype=int)
    counts[:, 0] = np.random.default_rng(0).poisson(1.0, 400)
    draws = fit(counts, PAIR, draws=60).draws
    assert np.exp(draws.endemic[:, -1, 1]).mean() < 0.05 < np.exp(draws.endemic[:, -1, 0]).mean()


def test_intervals_hold_the_truth():
    """A small version of benchmarks/escalation_coverage.py: 20 fits, truth drawn from the prior."""
    prior = ExcitationPrior(
        weight={"self": Belief(-1.2, 0.6)}, decay={"self": Belief(0.3, 0.6)},
        dispersion=Belief(-0.9, 0.5),
    )  # fmt: skip
    baseline = MovingLevel(drift=0.3)
    model = Excitation(names=ONE.names, edges=ONE.edges, baseline=baseline)
    columns = baseline.laid(300).columns
    held = np.zeros(4)
    for number in range(20):
        random = np.random.default_rng(number)
        shape, rate = prior.of_weight("self")
        weight = 1.0
        while weight > 0.9:
            weight = random.gamma(shape, 1 / rate)
        decay = 1 / (1 + np.exp(-random.normal(0.3, 0.6)))
        dispersion = np.exp(random.normal(-0.9, 0.5))
        level = np.cumsum(random.normal(0, 0.3, columns.shape[1]))
        level -= level.mean()
        counts, past = np.zeros((300, 1), dtype=int), 1.0
        for t in range(300):
            past = (1 - decay) * counts[t - 1, 0] + decay * past if t else 1.0
            mean = np.exp(columns[t] @ level) + weight * past
            counts[t] = random.poisson(mean * random.gamma(1 / dispersion, dispersion))
        draws = fit(counts, model, prior=prior, draws=100, seed=number).draws
        for k, (truth, drawn) in enumerate(
            (
                (weight, draws.weight[:, 0]), (decay, draws.decay[:, 0]),
                (dispersion, draws.dispersion[:, 0]), (level[-1], draws.endemic[:, -1, 0]),
            )
        ):  # fmt: skip
            low, high = np.quantile(drawn, (0.05, 0.95))
            held[k] += low <= truth <= high
    # Binomial(20, 0.9) is below 15 once in ninety; intervals that always hold would be too wide.
    assert (held >= 15).all(), held
    assert 64 <= held.sum() < 80, held


def test_draws_are_those_of_another_sampler():
    """Against a random walk of 12,000 steps on the same density, five parameters."""
    random = np.random.default_rng(2)
    counts = excited(random, 120, weight=np.array([[0.35]]), decay=0.6)
    prior = ExcitationPrior(
        weight={"self": Belief(-1.2, 0.6)}, decay={"self": Belief(0.3, 0.6)},
        dispersion=Belief(-0.9, 0.5),
    )  # fmt: skip
    model = Excitation(names=ONE.names, edges=ONE.edges, baseline=MovingLevel(knots=60))
    draws = fit(counts, model, prior=prior, draws=400).draws
    design = model.baseline.laid(120)
    seen = observations(counts, model.source, model.target, columns=design.columns)
    loose = Objective(model, design, seen, np.zeros((120, 1, 0)), prior, bounded=False)
    x = minimize(loose.falling, loose.start(), jac=True).x
    step = 1e-4 * np.eye(len(x))
    bent = [loose.falling(x + one)[1] - loose.falling(x - one)[1] for one in step]
    stride = np.linalg.cholesky(np.linalg.inv(np.array(bent) / 2e-4)) * 2.38 / np.sqrt(len(x))
    height, walked = loose.value(x), []
    for _ in range(12_000):
        ahead = x + stride @ random.standard_normal(len(x))
        if np.log(random.random()) < (there := loose.value(ahead)) - height:
            x, height = ahead, there
        walked.append(loose.parameters(x))
    for drawn, name in ((draws.weight, "weight"), (draws.decay, "decay"),
                        (draws.dispersion, "dispersion")):  # fmt: skip
        other = np.array([getattr(each, name)[0] for each in walked[500:]])
        for level in (0.05, 0.5, 0.95):
            share = (other < np.quantile(drawn, level)).mean()
            assert share == pytest.approx(level, abs=0.09 if level == 0.5 else 0.04), name


def test_single_edges_are_drawn_towards_their_class():
    weight = np.diag([0.1, 0.3, 0.5, 0.7])
    counts = excited(np.random.default_rng(8), 500, weight=weight, fresh=0.4)
    names = ("a", "b", "c", "d")
    edges = pair_edges(names)
    modes = {
        pooling: fit(counts, Excitation(names=names, edges=edges, pooling=pooling), draws=0).mode
        for pooling in ("shared", "shrunk", "own")
    }
    assert np.ptp(modes["shared"].weight) == 0
    assert 0 < np.ptp(modes["shrunk"].weight) < np.ptp(modes["own"].weight)
    assert (np.diff(modes["own"].weight) > 0).all()
    assert len(set(modes["own"].decay)) == 1  # a decay a class


def test_known_differences_between_rows_enter_as_scales():
    counts = excited(np.random.default_rng(3), 300, weight=np.array([[0.4]]))
    doubled = Excitation(names=ONE.names, edges=(Edge("a>b", "a>b", "self", 2.0),))
    weight = [fit(counts, m, prior=FLAT, draws=0).mode.weight[0] for m in (ONE, doubled)]
    assert weight[0] == pytest.approx(weight[1], rel=1e-3)


def test_exposure_divides_out():
    """Metamorphic: where half of everything is seen, twice as much has happened."""
    counts = np.random.default_rng(3).poisson(2.0, (300, 1))
    bare = Excitation(names=("a>b",), baseline=MovingLevel(drift=0.1))
    whole = fit(counts, bare, draws=0).mode.endemic
    half = fit(counts, bare, exposure=np.full((300, 1), 0.5), draws=0).mode.endemic
    assert half - whole == pytest.approx(np.full_like(whole, np.log(2)), abs=1e-3)


def test_a_ceasefire_that_quiets_is_found_and_one_that_does_not_stays_small():
    random = np.random.default_rng(5)
    in_force = (np.arange(600) % 100 < 40).astype(float)
    rate = np.where(np.roll(in_force, 1) > 0, 0.3, 2.0)
    rate[0] = 2.0
    bare = Excitation(names=("a>b",), baseline=MovingLevel(drift=0.1))
    z = in_force[:, None, None]
    for means, low, high in ((rate, 1.4, 2.4), (np.full(600, 2.0), 0.0, 0.2)):
        draws = fit(random.poisson(means)[:, None], bare, covariates=z, draws=80).draws
        assert low <= np.median(draws.inhibition) <= high


def test_a_prior_survives_being_written_down(tmp_path):
    prior = ExcitationPrior(
        weight={"self": Belief(-1.25, 0.5), "patron–client": Belief(-3.0, 1.0)},
        source="made-up pairs, 2031",
    )
    prior.save(tmp_path / "prior.json")
    assert ExcitationPrior.load(tmp_path / "prior.json") == prior
    assert ExcitationPrior.from_json(FLAT.to_json()) == FLAT
    for text in ("", "[]", "{}", '{"weight": {"self": [1]}}'):
        with pytest.raises(EnsembleError, match="no prior"):
            ExcitationPrior.from_json(text)
    with pytest.raises(EnsembleError, match="spread"):
        ExcitationPrior(weight={"self": Belief(0.0, 0.0)})


def test_the_prior_of_a_weight_has_the_mean_and_spread_of_its_logarithm():
    for belief in (Belief(-1.0, 0.3), Belief(0.5, 1.2), Belief(-2.0, 2.5)):
        shape, rate = ExcitationPrior(weight={"self": belief}).of_weight("self")
        logs = np.log(np.random.default_rng(1).gamma(shape, 1 / rate, 200_000) + 1e-300)
        assert logs.mean() == pytest.approx(belief.mean, abs=0.03)
        assert logs.std() == pytest.approx(belief.spread, rel=0.02)


def test_a_prior_decides_where_there_is_little_and_gives_way_to_much():
    prior = ExcitationPrior(weight={"self": Belief(np.log(0.8), 0.4)})
    # A lag of one day alone: a slow kernel could pass for a level that stays.
    fast = Excitation(names=ONE.names, edges=ONE.edges, decay={"self": 0.0})
    weight = []
    for days in (20, 2000):
        counts = np.random.default_rng(1).poisson(1.0, (days, 1))
        weight.append(np.median(fit(counts, fast, prior=prior, draws=100).draws.weight))
    assert weight[1] < 0.1 < 0.3 < weight[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"prior": FLAT}, "draws without a prior"),
        ({"start": 0}, "start"),
        ({"covariates": np.ones((5, 1))}, "covariates"),
        ({"exposure": np.ones((4, 1))}, "exposure"),
    ],
)
def test_what_does_not_fit_is_refused(change, message):
    with pytest.raises(EnsembleError, match=message):
        fit(np.ones((5, 1), dtype=int), ONE, **change)


def test_a_wrong_number_of_series_is_refused():
    with pytest.raises(EnsembleError, match=r"counts of shape \(5, 2\)"):
        fit(np.ones((5, 2), dtype=int), ONE)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"names": ("a", "a")}, "one name"),
        ({"edges": (Edge("x", "a", "self"),)}, "'x'"),
        ({"edges": (Edge("a", "a", "self"), Edge("a", "a", "other"))}, "same way"),
        ({"edges": (Edge("a", "a", "self", 0.0),)}, "scale"),
        ({"pooling": "none"}, "pooling"),
        ({"decay": {"self": 1.0}}, "decay"),
    ],
)
def test_models_that_cannot_be(change, message):
    with pytest.raises(EnsembleError, match=message):
        Excitation(**({"names": ("a",)} | change))


def test_edges_among_pairs():
    names = ["gondal>ruritania", "ruritania>gondal", "angria>ruritania", "zedland>ruritania", "x"]
    edges = pair_edges(names, ties=[("angria", "gondal")], sides=[["gondal", "zedland"]])
    kinds = {(edge.source, edge.target): edge.kind for edge in edges}
    assert kinds["gondal>ruritania", "ruritania>gondal"] == "reverse"
    assert kinds["angria>ruritania", "gondal>ruritania"] == "patron–client"
    assert kinds["gondal>ruritania", "zedland>ruritania"] == "same side"
    assert ("angria>ruritania", "zedland>ruritania") not in kinds
    assert [kind for (_, target), kind in kinds.items() if target == "x"] == ["self"]
