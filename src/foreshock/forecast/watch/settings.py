"""What is set and not fitted.

Chosen on years to 2019 alone. It is the second choice: the first, made on the challenge's windows
of 2010 to 2019, was frozen and scored on 2020 and 2021, where it fell short (``docs/watch.md``
tells both). The second was made on all April and October origins of 2007 to 2018, twice as many,
which showed that the first had looked better than it was.
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
    fading_months : int
        The country's own months from which its fading level is taken.
    half_life, half_life_by_horizon : float
        Months after which one of them counts half: the first, and so much more a month ahead.
    fading_spread, year_spread : float
        Standard deviation of the logarithm by which they are spread, and by which those of the last
        year are, all of which count the same.
    fading_share, year_share : float
        Their weights in the pool; the forests have the rest.
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
    fading_months: int = 36
    half_life: float = 2.0
    half_life_by_horizon: float = 0.4
    fading_spread: float = 0.7
    year_spread: float = 0.5
    fading_share: float = 2 / 7
    year_share: float = 3 / 7


FROZEN = Settings()
"""The settings that are evaluated and issued."""
