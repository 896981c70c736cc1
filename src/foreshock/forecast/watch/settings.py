"""What is set and not fitted.

Chosen on years to 2019 alone, on all April and October origins of 2007 to 2018, for the share of
countries in which the forecast is better than conflictology. It is the third choice: two before it
were frozen and scored on 2020 and 2021, where they fell short (``docs/watch.md`` tells all three).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything about the watch model that is set.

    Parameters
    ----------
    trees : int
        Of each of the two forests.
    whether_leaves, whether_least : int
        Leaves of a tree, and rows a leaf holds at least, where it is asked whether anybody dies.
    ratio_leaves, ratio_least : int
        The same where it is asked how many.
    features_of_tree, features_of_split, rows_of_tree : float
        Shares that are drawn for each tree and each split.
    stride : int
        Months between the origins that are learned from.
    burn_in : int
        Months of the panel before the first of them.
    learned_horizons : tuple of int
        Months ahead that are learned from; those between are filled in by the trees.
    quiet_share : float
        Share of the rows of countries without a death in ten years that is kept; each of them then
        stands for several.
    year_spread : float
        Mean absolute change of the logarithm by which the months of the last year are spread.
    forest_steps : tuple of float
        Deaths in the last twelve months at which the next of the following weights begins to hold.
    forest_shares : tuple of float
        Weights of the forests in the pool; the last year's months have the rest. Where nobody died
        these say that nobody ever will, so the forests have much of the say; where very many did,
        levels move further than one year shows; in between a year's months are hard to beat.
    """

    trees: int = 100
    whether_leaves: int = 64
    whether_least: int = 100
    ratio_leaves: int = 64
    ratio_least: int = 60
    features_of_tree: float = 0.6
    features_of_split: float = 0.5
    rows_of_tree: float = 0.4
    stride: int = 2
    burn_in: int = 60
    learned_horizons: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 8, 10, 12, 14)
    quiet_share: float = 0.15
    year_spread: float = 0.45
    forest_steps: tuple[float, ...] = (1.0, 1_000.0)
    forest_shares: tuple[float, ...] = (0.5, 0.15, 0.3)


FROZEN = Settings()
"""The settings that are evaluated and issued."""
