"""Curvature of the log density: one block a series, and a border of what all series share.

Given the shared coordinates, each series' own do not depend on those of the others. One difference
of gradients therefore gives a column of every series' block at once, and a system of a thousand
coordinates is solved as many small ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError

Numbers = NDArray[np.float64]

_STEP = 1e-4
_FLOOR = 1e-4
_ENOUGH = 1e-8
_SLOW = 0.3
_FARTHEST = 20.0


class Density(Protocol):
    """A log density with its gradient, bounds, and the series that owns each coordinate."""

    @property
    def owner(self) -> NDArray[np.int64]:
        """Give the series of each coordinate, -1 for a shared one."""
        ...

    def value_and_gradient(self, x: Numbers) -> tuple[float, Numbers]:
        """Give the log density and its gradient."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Curvature:
    """The negative second derivative in blocks, made positive.

    Attributes
    ----------
    own : ndarray of int, shape (series, coordinate)
        Places of each series' coordinates, -1 where it has fewer than others.
    shared : ndarray of int, shape (shared,)
        Places of the shared coordinates.
    covariance : ndarray, shape (series, coordinate, coordinate)
        Inverse of each block: covariance of the own coordinates, given the shared ones.
    root : ndarray, shape (series, coordinate, coordinate)
        Its square root.
    slope : ndarray, shape (series, coordinate, shared)
        Shift of the own coordinates' mean by the shared ones.
    shared_covariance, shared_root : ndarray, shape (shared, shared)
    """

    own: NDArray[np.int64]
    shared: NDArray[np.int64]
    covariance: Numbers
    root: Numbers
    slope: Numbers
    shared_covariance: Numbers
    shared_root: Numbers

    def solve(self, gradient: Numbers) -> Numbers:
        """Give the Newton step for a gradient."""
        held = self.own >= 0
        pull = np.where(held, gradient[self.own], 0.0)
        local = np.einsum("kab,kb->ka", self.covariance, pull)
        shared = gradient[self.shared] + np.einsum("kag,ka->g", self.slope, pull)
        ahead = self.shared_covariance @ shared
        local = local + self.slope @ ahead
        step = np.zeros_like(gradient)
        step[self.own[held]] = local[held]
        step[self.shared] = ahead
        return step


def places_of(owner: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """List the coordinates of each series in a row, filled up with -1, and the shared ones.

    Examples
    --------
    >>> places_of(np.array([0, 1, 0, -1]))
    (array([[ 0,  2], [ 1, -1]]), array([3]))
    """
    series = int(owner.max(initial=-1)) + 1
    rows = [np.nonzero(owner == i)[0] for i in range(series)]
    own = np.full((series, max((len(row) for row in rows), default=0)), -1, dtype=np.int64)
    for i, row in enumerate(rows):
        own[i, : len(row)] = row
    return own, np.nonzero(owner < 0)[0]


def curvature(
    density: Density,
    x: Numbers,
    fixed: NDArray[np.bool_] | None = None,
    gradient: Numbers | None = None,
) -> Curvature:
    """Find the curvature at a point by differences of the gradient.

    Parameters
    ----------
    density : Density
    x : ndarray, shape (coordinate,)
    fixed : ndarray of bool, shape (coordinate,), optional
        Coordinates that stay where they are: at a bound.
    gradient : ndarray, shape (coordinate,), optional
        That at `x`, if it is known already.

    Notes
    -----
    Eigenvalues are taken without their sign and from 0.0001 upwards, so that a step along them goes
    uphill where the density is not concave.
    """
    own, shared = places_of(density.owner)
    held = own >= 0
    free = np.ones(len(x), dtype=bool) if fixed is None else ~fixed
    moving = held & free[own]
    series, most = own.shape
    block = np.zeros((series, most, most))
    cross = np.zeros((series, most, len(shared)))
    border = np.zeros((len(shared), len(shared)))
    here = density.value_and_gradient(x)[1] if gradient is None else gradient
    for a in range(most):
        if not moving[:, a].any():
            continue
        moved = x.copy()
        moved[own[moving[:, a], a]] += _STEP
        change = (here - density.value_and_gradient(moved)[1]) / _STEP
        block[:, :, a] = np.where(moving & moving[:, a : a + 1], change[own], 0.0)
    for g, place in enumerate(shared):
        if not free[place]:
            continue
        moved = x.copy()
        moved[place] += _STEP
        change = (here - density.value_and_gradient(moved)[1]) / _STEP
        cross[:, :, g] = np.where(moving, change[own], 0.0)
        border[:, g] = np.where(free[shared], change[shared], 0.0)
    unmoved = np.zeros_like(block)
    unmoved[:, np.arange(most), np.arange(most)] = ~moving
    covariance, root = _inverted(block + unmoved)
    covariance = covariance * (moving[:, :, None] & moving[:, None, :])
    root = root * moving[:, :, None]
    slope = -covariance @ cross
    rest = border + np.einsum("kag,kah->gh", cross, slope) + np.diag((~free[shared]).astype(float))
    shared_covariance, shared_root = _inverted(rest)
    still = free[shared]
    return Curvature(
        own, shared, covariance, root, slope,
        shared_covariance * np.outer(still, still), shared_root * still[:, None],
    )  # fmt: skip


def _inverted(matrices: Numbers) -> tuple[Numbers, Numbers]:
    """Give inverse and square root of the inverse of symmetric matrices, made positive."""
    values, vectors = np.linalg.eigh((matrices + np.swapaxes(matrices, -1, -2)) / 2)
    root = vectors / np.sqrt(np.maximum(np.abs(values), _FLOOR))[..., None, :]
    return root @ np.swapaxes(root, -1, -2), root


def climb(
    density: Density,
    x: Numbers,
    lower: Numbers,
    upper: Numbers,
    *,
    steps: int = 40,
) -> tuple[Numbers, float, bool]:
    """Climb to the top by projected Newton steps.

    Parameters
    ----------
    density : Density
    x : ndarray, shape (coordinate,)
    lower, upper : ndarray, shape (coordinate,)
        Bounds, infinite for none.
    steps : int
        At most so many.

    Returns
    -------
    x : ndarray, shape (coordinate,)
    value : float
    found : bool
        Whether the last step promised less than 1e-8 of log density.

    Notes
    -----
    Coordinates at a bound that the gradient pushes against stay there (Bertsekas 1982,
    doi:10.1137/0320018). The curvature is found anew only where the old one no longer serves.
    """
    # A step may try a point without a density; its value is then no number, and it is shortened.
    with np.errstate(over="ignore", invalid="ignore"):
        return _climb(density, np.clip(x, lower, upper), lower, upper, steps)


def _climb(
    density: Density, x: Numbers, lower: Numbers, upper: Numbers, steps: int
) -> tuple[Numbers, float, bool]:
    value, gradient = density.value_and_gradient(x)
    bent: Curvature | None = None
    promised = np.inf
    held_before = np.zeros(len(x), dtype=bool)
    for _ in range(steps):
        held = ((x <= lower) & (gradient < 0)) | ((x >= upper) & (gradient > 0))
        fresh = bent is None or bool((held != held_before).any())
        if fresh or bent is None:
            bent, held_before = curvature(density, x, held, gradient), held
        step = bent.solve(np.where(held, 0.0, gradient))
        step *= min(1.0, _FARTHEST / float(np.abs(step).max(initial=_FARTHEST)))
        promised, before = float(gradient @ step), promised
        if promised < _ENOUGH:
            return x, value, True
        if not fresh and promised > _SLOW * before:
            bent = None
            continue
        moved = _line(density, x, step, value, promised, lower, upper)
        if moved is None:
            if fresh:  # nothing better along a fresh direction: rounding, or a ridge
                return x, value, promised < 1e-6
            bent = None
            continue
        x, value, gradient = moved
    return x, value, False


def _line(
    density: Density, x: Numbers, step: Numbers, value: float, promised: float, lower: Numbers,
    upper: Numbers,
) -> tuple[Numbers, float, Numbers] | None:  # fmt: skip
    """Shorten a step until it gains what it should; give where it ends, and the density there."""
    length = 1.0
    for _ in range(12):
        moved = np.clip(x + length * step, lower, upper)
        reached, gradient = density.value_and_gradient(moved)
        if reached - value > 1e-4 * length * promised:
            return moved, reached, gradient
        length /= 2 if length > 0.1 else 4
    return None


def refused(reason: str) -> EnsembleError:
    """Say that a search ended nowhere."""
    return EnsembleError(
        f"the fit found no top ({reason})",
        "excitation",
        mend="fewer edges or columns, or a prior in place of none",
    )
