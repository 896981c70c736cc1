r"""The posterior density of all parameters, in coordinates that suit the search for it.

Coordinates: the baseline's coefficients whitened by series, weights and inhibition either as they
are (with 0 as their bound) or through a softplus, :math:`a = c \log(1 + e^u)`, the logit of a decay
and the log of a dispersion. Given what all series share, each series' own coordinates are
independent of those of the others, which the sampler makes use of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from foreshock.core.errors import EnsembleError
from foreshock.forecast.escalation.excitation.likelihood import (
    Evaluation,
    Numbers,
    Observations,
    Places,
    evaluate,
)
from foreshock.forecast.escalation.excitation.model import Design, Excitation
from foreshock.forecast.escalation.excitation.prior import ExcitationPrior, Gamma

LARGEST_UNIT = 0.2
"""Weights are measured in units of their rough standard error at 0, or of this where it is larger.
Below a unit the softplus works like a logarithm, above it like the weight itself."""

_BENT, _NEAR = 0.01, 1e-3

LOGIT_BOUND = 4.0
LOG_DISPERSION_BOUNDS = (-14.0, 6.0)


class Parameters(NamedTuple):
    """All parameters, as the likelihood takes them.

    Attributes
    ----------
    endemic : ndarray, shape (column, series)
    weight, decay : ndarray, shape (edge,)
    dispersion : ndarray, shape (series,)
    inhibition : ndarray, shape (covariate,)
    """

    endemic: Numbers
    weight: Numbers
    decay: Numbers
    dispersion: Numbers
    inhibition: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where each parameter stands in the vector of coordinates.

    Attributes
    ----------
    endemic, weight, decay, dispersion, inhibition : slice
    size : int
    weight_of : ndarray of int, shape (edge,)
        Which weight an edge takes.
    decay_of : ndarray of int, shape (edge,)
        Which decay, -1 for one that is given.
    given : ndarray, shape (edge,)
        The given decays.
    local : ndarray of int, shape (coordinate,)
        Series to which a coordinate belongs, -1 for one that all share.
    """

    endemic: slice
    weight: slice
    decay: slice
    dispersion: slice
    inhibition: slice
    size: int
    weight_of: Places
    decay_of: Places
    given: Numbers
    local: Places


def lay_out(model: Excitation, uses: NDArray[np.bool_], covariates: int) -> Layout:
    """Give every parameter its place.

    Parameters
    ----------
    model : Excitation
    uses : ndarray of bool, shape (column, series)
    covariates : int
        Number of covariates of inhibition.
    """
    kinds = model.kinds
    classes = np.array([kinds.index(edge.kind) for edge in model.edges], dtype=np.int64)
    alone = model.pooling != "shared"
    # A class with one edge is that edge's own: its weight can then move with its series.
    single = np.bincount(classes, minlength=len(kinds)) == 1
    free = [kind for kind in kinds if kind not in model.decay]
    weights = len(model.edges) if alone else len(kinds)
    weight_of = np.arange(weights) if alone else classes
    decay_of = np.array(
        [free.index(e.kind) if e.kind in free else -1 for e in model.edges], dtype=np.int64
    )
    given = np.array([model.decay.get(edge.kind, 0.0) for edge in model.edges], dtype=np.float64)
    sizes = (int(uses.sum()), weights, len(free), uses.shape[1], covariates)
    ends = np.cumsum(sizes)
    places = [slice(int(end - size), int(end)) for end, size in zip(ends, sizes, strict=True)]
    local = np.full(int(ends[-1]), -1, dtype=np.int64)
    local[places[0]] = np.nonzero(uses.T)[0]
    for which, target in zip(weight_of, model.target, strict=True):
        if alone or single[which]:
            local[places[1].start + which] = target
    local[places[3]] = np.arange(uses.shape[1])
    return Layout(
        places[0], places[1], places[2], places[3], places[4], int(ends[-1]),
        weight_of, decay_of, given, local,
    )  # fmt: skip


class Objective:
    """Log posterior density and its gradient in coordinates.

    Parameters
    ----------
    model : Excitation
    design : Design
        Of the baseline over the days that were seen.
    seen : Observations
    covariates : ndarray, shape (day, series, covariate)
        As they enter, so of the day before.
    prior : ExcitationPrior
    bounded : bool
        Weights and inhibition as they are, with 0 as a bound; else through the softplus, with the
        density that belongs to that.
    """

    def __init__(
        self,
        model: Excitation,
        design: Design,
        seen: Observations,
        covariates: Numbers,
        prior: ExcitationPrior,
        *,
        bounded: bool,
    ) -> None:
        series = seen.counts.shape[1]
        self.model, self.seen, self.prior, self.bounded = model, seen, prior, bounded
        self.covariates = covariates
        self.design = design
        columns = design.columns.shape[1]
        given = self.design.uses
        self.uses = np.ones((columns, series), dtype=bool) if given is None else given
        if self.uses.shape != (columns, series):
            raise EnsembleError(
                f"uses of shape {self.uses.shape}", "excitation", f"{(columns, series)}"
            )
        self.used = np.ascontiguousarray(self.uses.T)
        self.layout = lay_out(model, self.uses, covariates.shape[2])
        self.own = self.layout.local >= 0
        self.scale = np.array([edge.scale for edge in model.edges], dtype=np.float64)
        kinds = [edge.kind for edge in model.edges]
        gammas = {kind: prior.of_weight(kind) for kind in model.kinds}
        first = [int(np.argmax(self.layout.weight_of == w)) for w in range(self._weights)]
        self.shape = np.array([gammas[kinds[e]].shape for e in first])
        self.rate = np.array([gammas[kinds[e]].rate for e in first])
        free = [kind for kind in model.kinds if kind not in model.decay]
        self.logit = np.array([prior.of_decay(kind) for kind in free]).reshape(-1, 2)
        self.mean_count = self._whiten()
        self.unit = self._units()

    @property
    def _weights(self) -> int:
        return int(self.layout.weight.stop - self.layout.weight.start)

    def _units(self) -> Numbers:
        """Rough standard error of each weight, from the information: squares over variance."""
        seen, at = self.seen, self.layout
        past = seen.counts[seen.start - 1 : -1, seen.source] if seen.start else seen.counts
        mean = self.mean_count[seen.target]
        edge = self.scale**2 * (past**2).sum(axis=0) / (mean * (1.0 + 0.5 * mean))
        information = np.bincount(at.weight_of, edge, self._weights)
        unit: Numbers = 1.0 / np.sqrt(information + 1.0 / LARGEST_UNIT**2)
        return unit

    def _whiten(self) -> Numbers:
        """Prepare each series' Gaussian prior, and coordinates in which its baseline is round."""
        seen, columns = self.seen, self.design.columns[self.seen.start :]
        size = columns.shape[1]
        rows = seen.counts[seen.start :]
        mean: Numbers = np.maximum(
            rows.sum(0) / seen.exposure[seen.start :].sum(0), 1.0 / len(rows)
        )
        self.mean = np.zeros((size, rows.shape[1]))
        self.precision = np.zeros((rows.shape[1], size, size))
        self.half = np.zeros_like(self.precision)
        gram = columns.T @ columns
        for i in range(rows.shape[1]):
            used = np.nonzero(self.uses[:, i])[0]
            block = np.ix_(used, used)
            # The prior of the level: of the mean of all coefficients, or of the intercept alone.
            moving = self.design.precision is not None
            self.mean[used if moving else used[:1], i] = np.log(mean[i])
            if self.design.precision is not None:
                self.precision[i][block] = self.design.precision[block]
            if self.prior.level > 0 and moving:
                self.precision[i][block] += 1.0 / (len(used) * self.prior.level) ** 2
            elif self.prior.level > 0:
                self.precision[i][used[0], used[0]] += 1.0 / self.prior.level**2
            informed = mean[i] / (1.0 + 0.5 * mean[i])
            curved = self.precision[i][block] + informed * gram[block] + 1e-6 * np.eye(len(used))
            self.half[i][block] = np.linalg.inv(np.linalg.cholesky(curved)).T
        return mean

    def loose(self) -> Objective:
        """Give the same without bounds."""
        return Objective(
            self.model, self.design, self.seen, self.covariates, self.prior, bounded=False
        )

    # ------------------------------------------------------------------ coordinates

    def start(self) -> Numbers:
        """Give coordinates to begin at: the mean level, and a little excitation."""
        x = np.zeros(self.layout.size)
        x[self.layout.weight] = 1.0
        x[self.layout.decay] = self.logit[:, 0]
        # By differences of neighbours, so that a level that moves does not count as dispersion.
        y = self.seen.counts
        beyond = 0.5 * (np.diff(y, axis=0) ** 2).sum(axis=0) - y.sum(axis=0)
        rough = beyond / np.maximum((y**2).sum(axis=0), 1.0)
        x[self.layout.dispersion] = np.log(np.clip(rough, 0.02, 2.0))
        x[self.layout.inhibition] = 0.5
        return x

    def bounds(self) -> list[tuple[float | None, float | None]]:
        """Give the bounds of each coordinate."""
        at = self.layout
        lower: list[tuple[float | None, float | None]] = [(None, None)] * at.size
        if self.bounded:
            # With a shape above 1 the density is 0 at a weight of 0, and its slope infinite.
            inward = np.zeros(self._weights) if self.prior.flat else self.shape > 1 + _BENT
            for place, bent in zip(range(at.size)[at.weight], inward, strict=True):
                lower[place] = (_NEAR if bent else 0.0, None)
            for place in range(at.size)[at.inhibition]:
                lower[place] = (0.0, None)
        for place in range(at.size)[at.decay]:
            lower[place] = (-LOGIT_BOUND, LOGIT_BOUND)
        for place in range(at.size)[at.dispersion]:
            lower[place] = LOG_DISPERSION_BOUNDS
        return lower

    def loosened(self, x: Numbers) -> Numbers:
        """Give the softplus coordinates of bounded ones; a weight of 0 becomes a small one."""
        soft = x.copy()
        for place in (self.layout.weight, self.layout.inhibition):
            above = np.maximum(x[place], 0.1)
            soft[place] = above + np.log(-np.expm1(-above))
        return soft

    def _positive(self, x: Numbers, unit: Numbers | float) -> Numbers:
        positive: Numbers = unit * (x if self.bounded else np.logaddexp(0.0, x))
        return positive

    def _stretch(self, x: Numbers, unit: Numbers | float) -> Numbers:
        stretch: Numbers = unit * (np.ones_like(x) if self.bounded else expit(x))
        return stretch

    def parameters(self, x: Numbers) -> Parameters:
        """Give the parameters at some coordinates."""
        at = self.layout
        white = np.zeros(self.used.shape)
        white[self.used] = x[at.endemic]
        endemic = self.mean + (self.half @ white[:, :, None])[:, :, 0].T
        weight = self._positive(x[at.weight], self.unit)
        decay = at.given.copy()
        fitted = at.decay_of >= 0
        decay[fitted] = expit(x[at.decay])[at.decay_of[fitted]]
        return Parameters(
            endemic, self.scale * weight[at.weight_of], decay, np.exp(x[at.dispersion]),
            self._positive(x[at.inhibition], LARGEST_UNIT),
        )  # fmt: skip

    def _evaluate(self, p: Parameters, gradient: bool) -> Evaluation:
        damping = self.covariates @ p.inhibition if len(p.inhibition) else None
        return evaluate(
            self.seen, p.endemic, damping, p.weight, p.decay, p.dispersion,
            gradient=gradient,
        )  # fmt: skip

    # ------------------------------------------------------------------ density

    @property
    def owner(self) -> Places:
        """Series of each coordinate, -1 for what all share."""
        return self.layout.local

    def likelihood(self, p: Parameters) -> Evaluation:
        """Give the log-likelihood of some parameters, without derivatives."""
        return self._evaluate(p, False)

    def falling(self, x: Numbers) -> tuple[float, Numbers]:
        """Give minus the log density and its gradient, for what seeks a minimum."""
        value, gradient = self.value_and_gradient(x)
        return -value, -gradient

    def value(self, x: Numbers) -> float:
        """Give the log density, at half the cost of its gradient."""
        p = self.parameters(x)
        local, shared = self._split(self.likelihood(p), self._prior(x)[0], self._rough(p)[0])
        return float(local.sum()) + shared

    def value_and_gradient(self, x: Numbers) -> tuple[float, Numbers]:
        """Give the log density and its gradient by the coordinates."""
        local, shared, slope = self.by_series_and_gradient(x)
        return float(local.sum()) + shared, slope

    def by_series_and_gradient(self, x: Numbers) -> tuple[Numbers, float, Numbers]:
        """Give the log density by series and of what they share, and the gradient of the whole.

        Returns
        -------
        local : ndarray, shape (series,)
            Likelihood, and prior of the series' own coordinates.
        shared : float
            Prior of the shared coordinates.
        gradient : ndarray, shape (coordinate,)
        """
        at, p = self.layout, self.parameters(x)
        found = self._evaluate(p, True)
        prior, slope = self._prior(x)
        rough, pull = self._rough(p)
        by_endemic = found.endemic + pull
        slope[at.endemic] += (by_endemic.T[:, None, :] @ self.half)[:, 0][self.used]
        by_weight = np.bincount(at.weight_of, found.weight * self.scale, self._weights)
        slope[at.weight] += by_weight * self._stretch(x[at.weight], self.unit)
        fitted = at.decay_of >= 0
        by_decay = np.bincount(at.decay_of[fitted], found.decay[fitted], len(self.logit))
        decay = expit(x[at.decay])
        slope[at.decay] += by_decay * decay * (1 - decay)
        slope[at.dispersion] += found.dispersion * p.dispersion
        if len(p.inhibition):
            by_inhibition = np.einsum("ti,tic->c", found.damping, self.covariates)
            slope[at.inhibition] += by_inhibition * self._stretch(x[at.inhibition], LARGEST_UNIT)
        return *self._split(found, prior, rough), slope

    def _split(self, found: Evaluation, prior: Numbers, rough: Numbers) -> tuple[Numbers, float]:
        local: Numbers = found.value + rough
        local += np.bincount(self.owner[self.own], prior[self.own], len(local))
        return local, float(prior[~self.own].sum())

    def _rough(self, p: Parameters) -> tuple[Numbers, Numbers]:
        """Log prior of each series' baseline, and its derivative by the coefficients."""
        away = p.endemic - self.mean
        pull: Numbers = -(self.precision @ away.T[:, :, None])[:, :, 0].T
        rough: Numbers = 0.5 * (away * pull).sum(axis=0)
        return rough, pull

    def _prior(self, x: Numbers) -> tuple[Numbers, Numbers]:
        """Log prior of every other coordinate, and its derivative, each by coordinate."""
        at = self.layout
        value, slope = np.zeros(at.size), np.zeros(at.size)
        if self.prior.flat:
            return value, slope
        self._gamma(value, slope, at.weight, x, Gamma(self.shape, self.rate), self.unit)
        if self.prior.inhibition > 0 and self.covariates.shape[2]:
            gamma = Gamma(1.0, 1.0 / self.prior.inhibition)
            self._gamma(value, slope, at.inhibition, x, gamma, LARGEST_UNIT)
        for place, mean, spread in (
            (at.decay, self.logit[:, 0], self.logit[:, 1]),
            (at.dispersion, self.prior.dispersion.mean, self.prior.dispersion.spread),
        ):
            away = (x[place] - mean) / spread
            value[place] = -0.5 * away**2
            slope[place] = -away / spread
        return value, slope

    def _gamma(
        self, value: Numbers, slope: Numbers, place: slice, x: Numbers, belief: Gamma,
        unit: Numbers | float,
    ) -> None:  # fmt: skip
        a = self._positive(x[place], unit)
        power = belief.shape - np.ones_like(a)
        if self.bounded:  # a shape below 1 would put an infinite density at the bound
            power = np.where(power > _BENT, power, 0.0)
        safe = np.maximum(a, 1e-300)
        value[place] = np.where(power == 0, 0.0, power * np.log(safe)) - belief.rate * a
        by_weight = np.where(power == 0, 0.0, power / safe) - belief.rate
        slope[place] = by_weight * self._stretch(x[place], unit)
        if not self.bounded:  # the softplus' own density, log of da/du
            value[place] -= np.logaddexp(0.0, -x[place])
            slope[place] += expit(-x[place])
