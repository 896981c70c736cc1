"""Two forests for all countries: whether anybody dies, and how many times the usual level.

A forest does not forecast a number but a distribution: what came, in all of history, of the rows
that lie in the same leaves (Meinshausen 2006, Quantile Regression Forests, Journal of Machine
Learning Research 7, 983-999). How many is told as a ratio to the country's own level, so that
a small war can learn from a large one and still keep its own size.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.forecast.watch.examples import Examples
from foreshock.forecast.watch.settings import Settings

Floats = NDArray[np.float64]
Inputs = NDArray[np.float32]

RATIOS = np.linspace(-8.0, 8.0, 321)
"""Logarithms of the ratio that are told apart, natural."""

LEAST_LEVEL = 0.3
"""Deaths a month that a ratio is taken to where the usual level is lower."""


@dataclass(frozen=True, slots=True)
class Forests:
    """The two forests, grown.

    Parameters
    ----------
    whether, ratio : lightgbm.Booster
    leaves : tuple of ndarray, each of shape (leaf, ratio)
        For each tree of the second: distribution of the rows of each leaf over `RATIOS`.
    """

    whether: Any
    ratio: Any
    leaves: tuple[Floats, ...]

    def share_with_deaths(self, inputs: Inputs) -> Floats:
        """Give the probability that anybody dies, shape (row,)."""
        share: Floats = np.clip(self.whether.predict(inputs, num_threads=1), 0.0, 1.0)
        return share

    def ratios(self, inputs: Inputs) -> Floats:
        """Give the distribution over `RATIOS` where anybody dies, shape (row, ratio)."""
        found = self.ratio.predict(inputs, pred_leaf=True, num_threads=1).astype(np.intp)
        total = np.zeros((len(inputs), len(RATIOS)))
        for tree, leaves in enumerate(self.leaves):
            total += leaves[found[:, tree]]
        return total / len(self.leaves)

    def distribution(self, inputs: Inputs, levels: Floats) -> tuple[Floats, Floats]:
        """Give values and their probabilities, both of shape (row, 1 + ratio); none comes first.

        Parameters
        ----------
        inputs : ndarray of float32, shape (row, feature)
        levels : ndarray, shape (row,)
            Usual deaths a month.
        """
        some = self.share_with_deaths(inputs)[:, None]
        level = np.maximum(levels, LEAST_LEVEL)[:, None]
        values = np.maximum(np.rint(np.exp(RATIOS) * level), 1.0)
        return (
            np.column_stack([np.zeros(len(inputs)), values]),
            np.column_stack([1 - some, some * self.ratios(inputs)]),
        )


def grow(learned: Examples, settings: Settings, seed: int) -> Forests:
    """Grow both forests; the same rows, settings and seed give the same bits.

    Raises
    ------
    ForecastRefused
        If LightGBM is not installed, or not one row has a death in it.
    """
    lightgbm = _library()
    deadly = learned.deaths > 0
    if not deadly.any():
        raise ForecastRefused("in no month of the panel did anybody die", mend="look at its column")
    common = {
        "objective": "l2", "boosting": "rf", "bagging_freq": 1, "verbose": -1,
        "bagging_fraction": settings.rows_of_tree, "feature_fraction": settings.features_of_tree,
        "feature_fraction_bynode": settings.features_of_split, "seed": seed,
        # One thread a forest: sums in one order, and none that waits for another on a busy machine.
        "num_threads": 1, "deterministic": True, "force_row_wise": True,
    }  # fmt: skip

    def forest(rows: NDArray[np.bool_] | slice, target: Floats, leaves: int, least: int) -> Any:
        data = lightgbm.Dataset(learned.inputs[rows], target, weight=learned.weights[rows])
        shape = {"num_leaves": leaves, "min_data_in_leaf": least}
        return lightgbm.train(common | shape, data, settings.trees)

    ratio = np.log(learned.deaths[deadly] / np.maximum(learned.levels[deadly], LEAST_LEVEL))
    with ThreadPoolExecutor(2) as both:  # LightGBM works outside Python's lock
        whether = both.submit(
            forest,
            slice(None),
            deadly.astype(float),
            settings.whether_leaves,
            settings.whether_least,
        )
        how_many = both.submit(forest, deadly, ratio, settings.ratio_leaves, settings.ratio_least)
    grown = how_many.result()
    found = grown.predict(learned.inputs[deadly], pred_leaf=True, num_threads=1).astype(np.intp)
    leaves = leaf_distributions(found, _places(ratio), learned.weights[deadly])
    return Forests(whether.result(), grown, leaves)


def leaf_distributions(
    found: NDArray[np.intp], places: NDArray[np.intp], weights: Floats
) -> tuple[Floats, ...]:
    """Collect, for each tree, how the rows of each leaf are spread over the ratios.

    Parameters
    ----------
    found : ndarray of int, shape (row, tree)
        The leaf in which each row lies.
    places : ndarray of int, shape (row,)
        The place of its ratio among `RATIOS`.
    weights : ndarray, shape (row,)

    Examples
    --------
    >>> leaf_distributions(np.array([[0], [0], [1]]), np.array([0, 2, 2]), np.ones(3))[0][:, :3]
    array([[0.5, 0. , 0.5],
           [0. , 0. , 1. ]])
    """
    made = []
    for leaf in found.T:
        many = int(leaf.max()) + 1
        flat = np.bincount(leaf * len(RATIOS) + places, weights, many * len(RATIOS))
        sums = flat.reshape(many, len(RATIOS))
        made.append(sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-12))
    return tuple(made)


def _places(ratio: Floats) -> NDArray[np.intp]:
    return np.clip(np.searchsorted(RATIOS, ratio), 0, len(RATIOS) - 1)


def _library() -> Any:
    try:
        import lightgbm
    except (ImportError, OSError) as error:  # OSError: its OpenMP library is missing
        raise ForecastRefused(
            f"the watch needs LightGBM, which does not load ({error})",
            mend="pip install 'foreshock[watch]'; on Debian, apt-get install libgomp1, too",
        ) from error
    return lightgbm
