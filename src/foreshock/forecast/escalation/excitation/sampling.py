"""Draws from the posterior that stand at the boundary, where weights are near 0.

Hamiltonian dynamics (Neal 2011, arXiv:1206.1901) in coordinates that the Laplace approximation has
made round: it only sets the scales, every move is accepted or refused by the exact density. Moves
of everything together, which carry each series' own coordinates along the ridge of the shared
ones, take turns with moves of the series by themselves, all at once but each accepted by itself
and with a step of its own, since given what they share they are independent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.escalation.excitation.curvature import Curvature
from foreshock.forecast.escalation.excitation.objective import Objective

Numbers = NDArray[np.float64]

WIDENED = 1.1
"""Factor on the Laplace approximation's spread: a reference should not be narrower than its
target."""

BURN_IN = 80
"""Moves thrown away, in which the steps are set."""

_CHEAP, _MOST_APART = 60_000, 5
"""Draws lie several moves apart where there are few counts, so that moves cost little."""

_LEAPS_TOGETHER, _LEAPS_APART = 6, 3
_STEP_TOGETHER, _STEP_APART = 0.25, 0.5
_LEAST_STEP, _MOST_STEP = 0.02, 0.9
_ACCEPTED = 0.8
_UNSTEADY = 0.2


def sample(
    objective: Objective,
    mode: Numbers,
    bent: Curvature,
    draws: int,
    random: np.random.Generator,
    *,
    burn_in: int = BURN_IN,
) -> Numbers:
    """Draw coordinates from the posterior.

    Parameters
    ----------
    objective : Objective
        With softplus coordinates, so without bounds.
    mode : ndarray, shape (coordinate,)
    bent : Curvature
        At the mode.
    draws : int
    random : numpy.random.Generator
    burn_in : int
        Moves thrown away first.

    Returns
    -------
    ndarray, shape (draw, coordinate)
    """
    chain = _Chain(objective, mode, bent, random)
    apart = int(np.clip(_CHEAP // objective.seen.counts.size, 1, _MOST_APART))
    kept = np.empty((draws, len(mode)))
    # A trajectory may leave all sensible points; its density is then no number, and it is refused.
    with np.errstate(over="ignore", invalid="ignore"):
        for move in range(-burn_in, draws * apart):
            if move % 2 == 0:
                chain.move_together(learn=move < 0)
            else:
                chain.move_apart(learn=move < 0)
            if move >= 0:
                kept[move // apart] = chain.x
    return kept


class _Chain:
    """Where the chain stands: white coordinates, the density there, and its white gradients."""

    def __init__(
        self, objective: Objective, mode: Numbers, bent: Curvature, random: np.random.Generator
    ) -> None:
        self.objective, self.mode, self.bent, self.random = objective, mode, bent, random
        self.held = bent.own >= 0
        self.shared, self.own = np.zeros(len(bent.shared)), np.zeros(bent.own.shape)
        self.together, self.apart = _STEP_TOGETHER, np.full(len(bent.own), _STEP_APART)
        self.x = mode
        self.local, self.common, self.slant, self.slope = self._pulled(self.shared, self.own)

    def _at(self, shared: Numbers, own: Numbers) -> Numbers:
        ahead = WIDENED * self.bent.shared_root @ shared
        moved = WIDENED * (self.bent.root @ own[:, :, None])[:, :, 0] + self.bent.slope @ ahead
        x = self.mode.copy()
        x[self.bent.shared] += ahead
        x[self.bent.own[self.held]] += moved[self.held]
        return x

    def _pulled(self, shared: Numbers, own: Numbers) -> tuple[Numbers, float, Numbers, Numbers]:
        """Give the density by series and of what they share, and its white gradients."""
        x = self._at(shared, own)
        local, common, gradient = self.objective.by_series_and_gradient(x)
        pull = np.where(self.held, gradient[self.bent.own], 0.0)
        carried = gradient[self.bent.shared] + np.einsum("kag,ka->g", self.bent.slope, pull)
        by_own = WIDENED * (pull[:, None, :] @ self.bent.root)[:, 0]
        return local, common, WIDENED * carried @ self.bent.shared_root, by_own

    def move_together(self, *, learn: bool) -> None:
        """Move everything, accepted or refused as one."""
        own, shared = self.own.copy(), self.shared.copy()
        push, shove = (self.random.standard_normal(each.shape) for each in (own, shared))
        before = self.local.sum() + self.common - 0.5 * ((push**2).sum() + shove @ shove)
        # The length of a leap varies, lest a trajectory come back to where it began.
        leap = self.together * self.random.uniform(0.8, 1.2)
        slant, slope = self.slant, self.slope
        for _ in range(_LEAPS_TOGETHER):
            push, shove = push + 0.5 * leap * slope, shove + 0.5 * leap * slant
            own, shared = own + leap * push, shared + leap * shove
            local, common, slant, slope = self._pulled(shared, own)
            push, shove = push + 0.5 * leap * slope, shove + 0.5 * leap * slant
        after = local.sum() + common - 0.5 * ((push**2).sum() + shove @ shove)
        gained = after - before if np.isfinite(after) else -np.inf
        if np.log(self.random.random()) < gained:
            self.own, self.shared, self.local, self.common = own, shared, local, common
            self.slant, self.slope = slant, slope
            self.x = self._at(shared, own)
        if learn:
            better = np.exp(min(gained, 0.0)) - _ACCEPTED
            step = self.together * np.exp(_UNSTEADY * better)
            self.together = float(np.clip(step, _LEAST_STEP, _MOST_STEP))

    def move_apart(self, *, learn: bool) -> None:
        """Move each series' own coordinates, all at once and each by its own rule."""
        own, push = self.own.copy(), self.random.standard_normal(self.own.shape)
        before = self.local - 0.5 * (push**2).sum(axis=1)
        leap = (self.apart * self.random.uniform(0.8, 1.2, len(own)))[:, None]
        slant, slope = self.slant, self.slope
        for _ in range(_LEAPS_APART):
            push += 0.5 * leap * slope
            own += leap * push
            local, _, slant, slope = self._pulled(self.shared, own)
            push += 0.5 * leap * slope
        gained = local - 0.5 * (push**2).sum(axis=1) - before
        gained = np.where(np.isfinite(gained), gained, -np.inf)
        taken = np.log(self.random.random(len(own))) < gained
        self.own[taken], self.local[taken] = own[taken], local[taken]
        if taken.all():
            self.slant, self.slope = slant, slope
        elif taken.any():
            _, _, self.slant, self.slope = self._pulled(self.shared, self.own)
        self.x = self._at(self.shared, self.own)
        if learn:
            better = np.exp(np.minimum(gained, 0.0)) - _ACCEPTED
            self.apart = np.clip(self.apart * np.exp(_UNSTEADY * better), _LEAST_STEP, _MOST_STEP)
