"""Draws of what nobody knows beforehand: a rule of gravity, and what a site draws beyond it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foreshock.core.random import stream
from foreshock.forecast.displacement.destinations.taught import Taught

Floats = NDArray[np.float64]


def draw_rules(taught: Taught, draws: int, seed: int) -> NDArray[np.intp]:
    """Draw rules by their weights, on one even grid so that few draws stand for all.

    Examples
    --------
    >>> from foreshock.forecast.displacement.destinations.taught import bundled
    >>> chosen = draw_rules(bundled(), 50, seed=7)
    >>> len(chosen), bool((draw_rules(bundled(), 50, seed=7) == chosen).all())
    (50, True)
    """
    luck = stream(seed, "destinations", "rules")
    grid = (luck.random() + np.arange(draws)) / draws
    rising = np.cumsum(taught.weights)
    chosen = np.minimum(np.searchsorted(rising, grid * rising[-1], side="right"), len(rising) - 1)
    return luck.permutation(chosen)


def draw_pull(
    taught: Taught, names: Sequence[str], draws: int, seed: int, seen: Floats, expected: Floats
) -> Floats:
    r"""Draw how much each site draws beyond what gravity says.

    A priori :math:`x_j \sim \Gamma(\nu, \nu)`, with mean 1; what was observed at a site (`seen`)
    against what gravity expected there (`expected`) updates it as counts update a rate,
    :math:`x_j \sim \Gamma(\nu + s_j, \nu + e_j)`.

    Parameters
    ----------
    taught : Taught
    names : sequence of str
        Names of the sites; each has luck of its own, whatever the others.
    draws, seed : int
    seen : ndarray, shape (site,)
    expected : ndarray, shape (draw, site)

    Returns
    -------
    ndarray, shape (draw, site)
        Above 0.
    """
    found = np.empty((draws, len(names)))
    for at, name in enumerate(names):
        luck = stream(seed, "destinations", "pull", name)
        rate = taught.spread + expected[:, at]
        found[:, at] = luck.standard_gamma(taught.spread + seen[at], draws) / rate
    return np.maximum(found, np.finfo(np.float64).tiny)
