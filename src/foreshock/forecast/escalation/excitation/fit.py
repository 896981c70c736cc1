"""Fitting: the mode by bounded search, the posterior by draws."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from foreshock.core.errors import EnsembleError
from foreshock.core.random import stream
from foreshock.forecast.compiling import single_threaded
from foreshock.forecast.escalation.excitation.curvature import climb, curvature, refused
from foreshock.forecast.escalation.excitation.likelihood import (
    Numbers,
    Observations,
    observations,
)
from foreshock.forecast.escalation.excitation.model import Design, Excitation
from foreshock.forecast.escalation.excitation.objective import Objective, Parameters
from foreshock.forecast.escalation.excitation.prior import ExcitationPrior
from foreshock.forecast.escalation.excitation.sampling import sample

DRAWS = 200

_ROUGH = 40
"""Iterations of the first search: enough to come near, where Newton steps are better."""

_LEAST = 0.005
"""Least weight of a class around which single edges are sought: around 0 none could be found."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Equally likely parameters, given what was seen.

    Attributes
    ----------
    model : Excitation
    endemic : ndarray, shape (draw, column, series)
        Coefficients of the baseline.
    weight, decay : ndarray, shape (draw, edge)
    dispersion : ndarray, shape (draw, series)
    inhibition : ndarray, shape (draw, covariate)
    """

    model: Excitation
    endemic: Numbers
    weight: Numbers
    decay: Numbers
    dispersion: Numbers
    inhibition: Numbers

    def __len__(self) -> int:
        """How many there are."""
        return len(self.weight)

    @property
    def offspring(self) -> Numbers:
        r"""Matrix :math:`A_{ij}` of events in i that an event in j brings forth, by draw.

        Shape (draw, series, series): direct offspring over all later days, without inhibition.
        """
        series = len(self.model.names)
        matrix = np.zeros((len(self), series, series))
        matrix[:, self.model.target, self.model.source] = self.weight
        return matrix


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What a fit found.

    Attributes
    ----------
    model : Excitation
    prior : ExcitationPrior
    mode : Parameters
        The most likely parameters; under `FLAT` those of maximum likelihood.
    log_likelihood : float
        At the mode.
    parameters : int
        How many were fitted.
    draws : Draws
        Empty if none were asked for.
    """

    model: Excitation
    prior: ExcitationPrior
    mode: Parameters
    log_likelihood: float
    parameters: int
    draws: Draws


@single_threaded
def fit(
    counts: NDArray[np.integer] | Numbers,
    model: Excitation,
    *,
    exposure: Numbers | None = None,
    covariates: Numbers | None = None,
    prior: ExcitationPrior | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    start: int = 1,
) -> Fitted:
    r"""Fit the model to daily counts.

    Parameters
    ----------
    counts : ndarray of int, shape (day, series)
        Events, without a hole.
    model : Excitation
    exposure : ndarray, shape (day, series), optional
        How much of what happens is seen; ones if not given.
    covariates : ndarray, shape (day, series, covariate), optional
        :math:`z`, which dampens the next day's events by :math:`e^{-g'z}` with :math:`g \ge 0`:
        a ceasefire in force, say. Row t acts on day t + 1.
    prior : ExcitationPrior, optional
        Weak if not given; `FLAT` for maximum likelihood.
    draws : int
        Draws from the posterior; 0 for the mode alone.
    seed : int
    start : int
        Rows that are history alone and not fitted, at least 1.

    Returns
    -------
    Fitted

    Raises
    ------
    EnsembleError
        If the data do not fit the model, no top is found, or draws are asked for under `FLAT`,
        whose posterior need not be a distribution.

    Notes
    -----
    The mode is found by bounded L-BFGS-B on the natural scale of weights (so that 0 is a point like
    any other) and by projected Newton steps from there. Draws come from the posterior with weights
    through a softplus, by elliptical slices around the Laplace approximation (`sampling`).

    Examples
    --------
    >>> from foreshock.forecast.escalation.excitation.model import Edge
    >>> days = np.random.default_rng(1).poisson(0.4, (200, 1))
    >>> one = Excitation(names=("a>b",), edges=(Edge("a>b", "a>b", "self"),))
    >>> found = fit(days, one, draws=50)
    >>> found.draws.weight.shape, bool(np.median(found.draws.weight) < 0.3)
    ((50, 1), True)
    """
    believed = prior or ExcitationPrior()
    if believed.flat and draws:
        raise EnsembleError(
            "draws without a prior", "excitation", mend="ask for draws=0, or give a prior"
        )
    if start < 1:
        raise EnsembleError(f"a start at row {start}", "excitation", "1 or more")
    if np.shape(counts)[1:] != (len(model.names),):
        raise EnsembleError(
            f"counts of shape {np.shape(counts)}", "excitation", f"(days, {len(model.names)})"
        )
    design = model.baseline.laid(len(counts))
    seen = observations(
        counts, model.source, model.target, columns=design.columns, exposure=exposure, start=start
    )
    bounded, x = _top_of(model, design, seen, _lagged(covariates, seen.counts.shape), believed)
    mode = bounded.parameters(x)
    likelihood = float(bounded.likelihood(mode).value.sum())
    return Fitted(
        model, bounded.prior, mode, likelihood, bounded.layout.size,
        _draws(bounded, x, draws, seed),
    )  # fmt: skip


def _draws(bounded: Objective, x: Numbers, draws: int, seed: int) -> Draws:
    """Draw from the posterior; without draws, none."""
    held = [np.zeros((draws, *each.shape)) for each in bounded.parameters(x)]
    if draws:
        loose = bounded.loose()
        wide = np.full(len(x), np.inf)
        mode, _, found = climb(loose, bounded.loosened(x), -wide, wide)
        if not found:
            raise refused("the posterior has no mode that can be reached")
        random = stream(seed, "excitation", "posterior")
        for row, at in enumerate(sample(loose, mode, curvature(loose, mode), draws, random)):
            for array, value in zip(held, loose.parameters(at), strict=True):
                array[row] = value
    return Draws(bounded.model, *held)


def _top_of(
    model: Excitation,
    design: Design,
    seen: Observations,
    covariates: Numbers,
    prior: ExcitationPrior,
) -> tuple[Objective, Numbers]:
    """Find the mode; to shrink single edges to their class, first with one weight a class."""
    if model.pooling != "shrunk":
        objective = Objective(model, design, seen, covariates, prior, bounded=True)
        return objective, _top(objective, objective.start())
    pooled = replace(model, pooling="shared")
    before, top = _top_of(pooled, design, seen, covariates, prior)
    weight = before.parameters(top).weight
    around = {
        edge.kind: max(float(weight[e]) / edge.scale, _LEAST) for e, edge in enumerate(model.edges)
    }
    objective = Objective(model, design, seen, covariates, prior.centred(around), bounded=True)
    x, old, new = objective.start(), before.layout, objective.layout
    for place in ("endemic", "decay", "dispersion", "inhibition"):
        x[getattr(new, place)] = top[getattr(old, place)]
    x[new.weight] = (np.maximum(weight, _LEAST) / objective.scale) / objective.unit
    return objective, _top(objective, x)


def _top(objective: Objective, start: Numbers) -> Numbers:
    """Find the mode from a start."""
    bounds = objective.bounds()
    rough = minimize(
        objective.falling, start, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": _ROUGH, "maxcor": 20},
    )  # fmt: skip
    lower = np.array([-np.inf if low is None else low for low, _ in bounds])
    upper = np.array([np.inf if high is None else high for _, high in bounds])
    x, _, found = climb(objective, rough.x, lower, upper)
    if not found:
        raise refused("neither gradient nor curvature leads there")
    return x


def _lagged(covariates: Numbers | None, shape: tuple[int, ...]) -> Numbers:
    """Move covariates on by a day."""
    if covariates is None:
        return np.zeros((*shape, 0))
    given = np.asarray(covariates, dtype=np.float64)
    if given.ndim != 3 or given.shape[:2] != shape or not np.isfinite(given).all():
        raise EnsembleError(
            f"covariates of shape {given.shape}", "excitation", f"{shape} and a third dimension"
        )
    return np.concatenate([np.zeros_like(given[:1]), given[:-1]])
