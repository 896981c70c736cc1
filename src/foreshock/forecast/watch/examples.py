"""What the forests learn from: months that are over, as they looked from months before them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.core.random import stream
from foreshock.core.watch import YEAR
from foreshock.forecast.watch.features import Features
from foreshock.forecast.watch.settings import Settings

Floats = NDArray[np.float64]

LEAST = 1_000
"""Rows below which nothing is learned."""


class Examples(NamedTuple):
    """Rows to learn from.

    Parameters
    ----------
    inputs : ndarray of float32, shape (row, feature)
        Features at the origin, and the months ahead as the last of them.
    deaths, levels, weights : ndarray, shape (row,)
        What came, what was usual at the origin, and how many rows each stands for.
    """

    inputs: NDArray[np.float32]
    deaths: Floats
    levels: Floats
    weights: Floats


def established(deaths: Floats) -> NDArray[np.bool_]:
    """Tell where the last twelve months are all known, so that a forecast can begin there.

    Returns
    -------
    ndarray of bool, shape (unit, month)
    """
    known = np.cumsum(np.isfinite(deaths), axis=1)
    before = np.pad(known, ((0, 0), (YEAR, 0)))[:, : known.shape[1]]
    return np.asarray(known - before == YEAR)


def inputs_at(features: Features, origin: int, horizon: int) -> NDArray[np.float32]:
    """Give the inputs of all countries at one origin, for one number of months ahead.

    Returns
    -------
    ndarray of float32, shape (unit, feature)
    """
    at = features.values[:, origin]
    return np.column_stack([at, np.full(len(at), horizon, np.float32)])


def examples(
    deaths: Floats, features: Features, last: int, settings: Settings, seed: int
) -> Examples:
    """Collect what can be learned by the end of a month: no row's target lies after it.

    Parameters
    ----------
    deaths : ndarray, shape (unit, month)
    features : Features
        Of the same panel.
    last : int
        Place of the last month that may be seen.
    settings : Settings
    seed : int
        Of the draw among rows of countries that have been quiet for ten years.

    Raises
    ------
    ForecastRefused
        If there are fewer rows than `LEAST`.
    """
    draw = stream(seed, "watch", "quiet rows")
    share = features.values[:, :, features.column("share 120")]
    begins, known = established(deaths), np.isfinite(deaths)
    found: list[Examples] = []
    for origin in range(last - 1, settings.burn_in - 1, -settings.stride):
        quiet = share[:, origin] == 0
        for horizon in settings.learned_horizons:
            if origin + horizon > last:
                break
            kept = draw.random(len(deaths)) < np.where(quiet, settings.quiet_share, 1.0)
            kept &= begins[:, origin] & known[:, origin + horizon]
            found.append(
                Examples(
                    inputs_at(features, origin, horizon)[kept],
                    deaths[kept, origin + horizon],
                    features.level[kept, origin],
                    np.where(quiet[kept], 1 / settings.quiet_share, 1.0),
                )
            )
    many = sum(len(each.deaths) for each in found)
    if many < LEAST:
        raise ForecastRefused(
            f"the panel holds {many} rows to learn from",
            expected=f"{LEAST:,} or more: some countries over {settings.burn_in + YEAR * 2} months "
            "or longer, of which the last twelve are known",
        )
    return Examples(*(np.concatenate(each) for each in zip(*found, strict=True)))
