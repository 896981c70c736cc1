"""Study: how often the 90 % intervals of the excitation model hold the truth.

``python -m benchmarks.escalation_coverage [REPLICATES]``. Each replicate draws parameters from the
prior and a baseline from its random walk, simulates four series (two pairs, each series exciting
itself and its reverse), fits, and asks of every parameter whether its 5 % to 95 % interval holds
the truth. The weak prior puts many weights at or near the boundary.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from threadpoolctl import threadpool_limits

from foreshock.core.random import stream
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.meaning import net_offspring, radius
from foreshock.forecast.escalation.excitation.model import Excitation, MovingLevel, pair_edges
from foreshock.forecast.escalation.excitation.prior import Belief, ExcitationPrior

NAMES = ("a>b", "b>a", "c>d", "d>c")
DAYS = 600
TOLD = ExcitationPrior(
    weight={"self": Belief(-1.2, 0.6), "reverse": Belief(-2.3, 0.9)},
    decay={"other": Belief(0.3, 0.8)},
    dispersion=Belief(-0.9, 0.7),
)
WEAK = ExcitationPrior()
"""Half of its weights are below 0.21, every tenth below 0.03: it holds the boundary."""

BASELINE = MovingLevel(drift=0.4)

Truth = Mapping[str, np.ndarray]


def drawn(random: np.random.Generator, prior: ExcitationPrior, pooling: str) -> Truth:
    """Draw parameters from the prior; again where the process would explode."""
    edges = pair_edges(NAMES)
    while True:
        kinds = ["self", "reverse"]
        by_kind = {}
        for kind in kinds:
            shape, rate = prior.of_weight(kind)
            by_kind[kind] = random.gamma(shape, 1 / rate, len(edges))
        weight = np.array(
            [by_kind[e.kind][k if pooling == "own" else 0] for k, e in enumerate(edges)]
        )
        belief = prior.of_decay("self")
        logit = {kind: random.normal(*belief) for kind in kinds}
        decay = np.array([1 / (1 + np.exp(-logit[edge.kind])) for edge in edges])
        matrix = np.zeros((4, 4))
        for a, edge in zip(weight, edges, strict=True):
            matrix[NAMES.index(edge.target), NAMES.index(edge.source)] = a
        if radius(matrix[None])[0] < 0.9:
            break
    dispersion = np.exp(random.normal(*prior.dispersion, 4))
    return {"weight": weight, "decay": decay, "dispersion": dispersion}


def simulated(truth: Truth, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Give counts, and the level of the last day."""
    edges, columns = pair_edges(NAMES), BASELINE.laid(DAYS).columns
    steps = random.normal(0, BASELINE.drift, (columns.shape[1], 4))
    coefficients = np.cumsum(steps, axis=0)
    coefficients += random.normal(-1.0, 0.5, 4) - coefficients.mean(axis=0)
    level = columns @ coefficients
    source = [NAMES.index(edge.source) for edge in edges]
    target = np.array([NAMES.index(edge.target) for edge in edges])
    counts, size = np.zeros((DAYS, 4)), 1 / truth["dispersion"]
    past = np.exp(level[0])[source]
    for t in range(DAYS):
        if t:
            past = (1 - truth["decay"]) * counts[t - 1, source] + truth["decay"] * past
        mean = np.exp(level[t]) + np.bincount(target, truth["weight"] * past, 4)
        counts[t] = random.poisson(mean * random.gamma(size, 1 / size))
    return counts, coefficients[-1]


def study(
    prior: ExcitationPrior, pooling: str, replicates: int, draws: int = 300, seed: int = 0
) -> dict[str, tuple[int, int, int]]:
    """Count, by parameter, intervals that lie below, hold, and lie above the truth."""
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    edges = pair_edges(NAMES)
    model = Excitation(names=NAMES, edges=edges, baseline=BASELINE, pooling=pooling)
    for number in range(replicates):
        random = stream(seed, "coverage", pooling, number)
        truth = drawn(random, prior, pooling)
        counts, last = simulated(truth, random)
        sampled = fit(counts, model, prior=prior, draws=draws, seed=number).draws
        matrix = np.zeros((1, 4, 4))
        matrix[0, model.target, model.source] = truth["weight"]
        pairs = {
            "dispersion": (truth["dispersion"], sampled.dispersion),
            "level of the last day": (last, sampled.endemic[:, -1]),
            "reproduction number": (radius(matrix), radius(net_offspring(sampled))[:, None]),
        }
        for kind in model.kinds:
            at = [k for k, edge in enumerate(edges) if edge.kind == kind]
            one = at if pooling == "own" else at[:1]
            pairs[f"weight, {kind}"] = (truth["weight"][one], sampled.weight[:, one])
            pairs[f"decay, {kind}"] = (truth["decay"][at[:1]], sampled.decay[:, at[:1]])
        for name, (true, drew) in pairs.items():
            low, high = np.quantile(drew, (0.05, 0.95), axis=0)
            found[name].append(np.where(high < true, -1, np.where(low > true, 1, 0)))
    told = {}
    for name, sides in found.items():
        side = np.concatenate(sides)
        told[name] = (int((side < 0).sum()), int((side == 0).sum()), int((side > 0).sum()))
    return told


def main() -> int:
    """Run the study and print its tables."""
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with threadpool_limits(1):
        for what, prior, pooling in (
            ("a prior that says something, one weight a class", TOLD, "shared"),
            ("a prior that says something, one weight an edge", TOLD, "own"),
            ("the weak prior, with weights near 0, one weight a class", WEAK, "shared"),
        ):
            print(f"\n{what}; {replicates} replicates of {DAYS} days, 4 series")
            for name, (below, within, above) in sorted(study(prior, pooling, replicates).items()):
                n = below + within + above
                error = np.sqrt(0.09 / replicates)
                print(
                    f"  {name:<24} {100 * within / n:5.1f} % ± {100 * error:.0f} "
                    f"(below {below}, above {above}, n {n})",
                    flush=True,
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
