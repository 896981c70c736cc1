"""The placebo: what the same fit finds on data in which nothing excites anything.

A baseline that moves faster than the model lets it looks like excitation, so a reproduction number
alone says little (Filimonov & Sornette 2015, arXiv:1308.6756). The placebo's data come from a
baseline fitted without excitation that may move by the week, and twice as far.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError
from foreshock.core.random import stream
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.likelihood import Numbers
from foreshock.forecast.escalation.excitation.meaning import radius
from foreshock.forecast.escalation.excitation.model import Excitation, MovingLevel
from foreshock.forecast.escalation.excitation.prior import ExcitationPrior

WEEK = 7
FARTHER = 2.0
"""Factor on the drift of the level from which the placebo's data come."""


def placebo(
    counts: NDArray[np.integer] | Numbers,
    model: Excitation,
    *,
    exposure: Numbers | None = None,
    prior: ExcitationPrior | None = None,
    replicates: int = 39,
    seed: int = 0,
    executor: Executor | None = None,
) -> Numbers:
    """Fit the model to data that were simulated without any excitation.

    Parameters
    ----------
    counts, model, exposure, prior
        As in `fit.fit`; a model of its kind and size is fitted to each replicate.
    replicates : int
    seed : int
    executor : concurrent.futures.Executor, optional
        Runs the replicates; the outcome is the same, bit by bit.

    Returns
    -------
    ndarray, shape (replicate,)
        Day-lag reproduction number at each replicate's mode, in no order.

    Notes
    -----
    The data come from a baseline alone: a level of its own each week, with twice the model's drift
    (`FARTHER`), and a dispersion, fitted to the counts without any edge. That baseline takes up
    whatever lasts a week or longer, sudden shifts included, and some true excitation too: the
    placebo errs towards "no sign of excitation". A `Design` baseline stays as it is.

    Examples
    --------
    >>> from foreshock.forecast.escalation.excitation.model import Edge
    >>> days = stream(7, "example").poisson(0.7, (200, 1))
    >>> alone = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))
    >>> found = placebo(days, alone, replicates=5)
    >>> found.shape, bool((found < 0.5).all())
    ((5,), True)
    """
    if replicates < 1:
        raise EnsembleError(f"{replicates} replicates", "placebo", "at least 1")
    baseline = model.baseline
    if isinstance(baseline, MovingLevel):
        baseline = MovingLevel(min(WEEK, baseline.knots), FARTHER * baseline.drift)
    bare = replace(model, edges=(), baseline=baseline, pooling="shared", decay={})
    found = fit(counts, bare, exposure=exposure, prior=prior, draws=0)
    mean = np.exp(baseline.laid(len(counts)).columns @ found.mode.endemic)
    if exposure is not None:
        mean = mean * exposure
    jobs = [
        (mean, found.mode.dispersion, model, exposure, prior, seed, k) for k in range(replicates)
    ]
    run = map if executor is None else executor.map
    return np.array(list(run(_replicate, jobs)))


_Job = tuple[Numbers, Numbers, Excitation, Numbers | None, ExcitationPrior | None, int, int]


def _replicate(job: _Job) -> float:
    mean, dispersion, model, exposure, prior, seed, number = job
    random = stream(seed, "excitation", "placebo", number)
    size = 1.0 / dispersion
    counts = random.poisson(mean * random.gamma(size, 1.0 / size, mean.shape))
    weight = fit(counts, model, exposure=exposure, prior=prior, draws=0).mode.weight
    matrix = np.zeros((1, mean.shape[1], mean.shape[1]))
    matrix[0, model.target, model.source] = weight
    return float(radius(matrix)[0])
