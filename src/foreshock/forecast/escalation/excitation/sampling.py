"""Draws from the posterior that stand at the boundary, where weights are near 0.

Elliptical slice sampling (Murray, Adams & MacKay 2010, arXiv:1001.0175) around the Laplace
approximation, as in Nishihara, Murray & Adams 2014 (arXiv:1210.7477): the approximation only
proposes, the slice is of the exact density, and nothing needs tuning. Shared coordinates move
first and take each series' own along the ridge; then the series move, all at once and each by
itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foreshock.forecast.escalation.excitation.curvature import Curvature
from foreshock.forecast.escalation.excitation.objective import Objective

Numbers = NDArray[np.float64]

WIDENED = 1.15
"""Factor on the Laplace approximation's spread: a reference should not be narrower than its target."""

BURN_IN = 30
_TRIES = 60


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
        Sweeps thrown away first.

    Returns
    -------
    ndarray, shape (draw, coordinate)
    """
    chain = _Chain(objective, mode, bent, random)
    kept = np.empty((draws, len(mode)))
    for sweep in range(-burn_in, draws):
        chain.move_shared()
        chain.move_own()
        if sweep >= 0:
            kept[sweep] = chain.x
    return kept


class _Chain:
    """Where the chain stands: white coordinates, shared and own, and the density there."""

    def __init__(
        self, objective: Objective, mode: Numbers, bent: Curvature, random: np.random.Generator
    ) -> None:
        self.objective, self.mode, self.bent, self.random = objective, mode, bent, random
        self.held = bent.own >= 0
        self.shared, self.own = np.zeros(len(bent.shared)), np.zeros(bent.own.shape)
        self.x = mode
        self.local, self.common = objective.by_series(mode)

    def _at(self, shared: Numbers, own: Numbers) -> Numbers:
        ahead = WIDENED * self.bent.shared_root @ shared
        moved = WIDENED * np.einsum("kab,kb->ka", self.bent.root, own) + self.bent.slope @ ahead
        x = self.mode.copy()
        x[self.bent.shared] += ahead
        x[self.bent.own[self.held]] += moved[self.held]
        return x

    def move_shared(self) -> None:
        """Move what all series share."""
        if not len(self.shared):
            return
        beside = self.random.standard_normal(len(self.shared))
        height = self.local.sum() + self.common + 0.5 * self.shared @ self.shared
        slice_ = height + np.log(self.random.random())
        angle = 2 * np.pi * self.random.random()
        low, high = angle - 2 * np.pi, angle
        for _ in range(_TRIES):
            shared = np.cos(angle) * self.shared + np.sin(angle) * beside
            x = self._at(shared, self.own)
            local, common = self.objective.by_series(x)
            if local.sum() + common + 0.5 * shared @ shared > slice_:
                self.shared, self.x, self.local, self.common = shared, x, local, common
                return
            low, high = (angle, high) if angle < 0 else (low, angle)
            angle = low + (high - low) * self.random.random()

    def move_own(self) -> None:
        """Move each series' own coordinates, all series at once and each to its own slice."""
        series = len(self.own)
        beside = self.random.standard_normal(self.own.shape)
        slices = self.local + 0.5 * (self.own**2).sum(1) + np.log(self.random.random(series))
        angle = 2 * np.pi * self.random.random(series)
        low, high = angle - 2 * np.pi, angle.copy()
        waiting = np.ones(series, dtype=bool)
        for _ in range(_TRIES):
            turned = np.cos(angle)[:, None] * self.own + np.sin(angle)[:, None] * beside
            own = np.where(waiting[:, None], turned, self.own)
            x = self._at(self.shared, own)
            local, _ = self.objective.by_series(x, waiting)
            there = waiting & (local + 0.5 * (own**2).sum(1) > slices)
            self.own[there], self.local[there] = own[there], local[there]
            waiting &= ~there
            if not waiting.any():
                break
            low = np.where(waiting & (angle < 0), angle, low)
            high = np.where(waiting & (angle >= 0), angle, high)
            angle = low + (high - low) * self.random.random(series)
        self.x = self._at(self.shared, self.own)
