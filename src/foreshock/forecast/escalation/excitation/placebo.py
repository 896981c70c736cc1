"""The placebo: what the same fit finds on data in which nothing excites anything.

A baseline that moves faster than the model lets it looks like excitation, so a reproduction number
alone says little (Filimonov & Sornette 2015, arXiv:1308.6756). The placebo's data come from two
baselines fitted without excitation: one that moves by the week, and one that stays and jumps.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError
from foreshock.core.random import stream
from foreshock.forecast.escalation.excitation.fit import fit
from foreshock.forecast.escalation.excitation.jumps import levels
from foreshock.forecast.escalation.excitation.likelihood import Numbers
from foreshock.forecast.escalation.excitation.meaning import radius
from foreshock.forecast.escalation.excitation.model import Excitation, MovingLevel
from foreshock.forecast.escalation.excitation.prior import ExcitationPrior

WEEK = 7
FARTHER = 2.0
"""Factor on the drift of the weekly level from which half of the placebo's data come."""


def placebo(
    counts: NDArray[np.integer] | Numbers,
    model: Excitation,
    *,
    exposure: Numbers | None = None,
    prior: ExcitationPrior | None = None,
    replicates: int = 40,
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
    Every second replicate comes from a level of its own each week, with twice the model's drift
    (`FARTHER`); the others from levels that stay for two weeks or longer and then jump (`jumps`).
    Both are fitted to the counts without any edge, with a dispersion of their own. They take up
    what lasts, sudden shifts included, and some true excitation too: the placebo errs towards "no
    sign of excitation". Being the 95 % point of what is found without excitation, it still lets one
    such series in twenty pass where its baseline is right, and more where that is not: see the
    study in ``docs/excitation.md``. A `Design` baseline stands in for the weekly one as it is.

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
    weight = np.ones(np.shape(counts)) if exposure is None else np.asarray(exposure)
    moving = np.exp(baseline.laid(len(counts)).columns @ found.mode.endemic)
    still = [levels(column, by) for column, by in zip(np.transpose(counts), weight.T, strict=True)]
    jumping = np.stack([each.mean for each in still], axis=1)
    from_either = (
        (moving * weight, found.mode.dispersion),
        (jumping * weight, np.array([each.dispersion for each in still])),
    )
    jobs = [(*from_either[k % 2], model, exposure, prior, seed, k) for k in range(replicates)]
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
