"""The two sides of an event as one name, whichever of them comes first."""

from __future__ import annotations

import polars as pl


def pair(first: pl.Expr | None = None, second: pl.Expr | None = None) -> pl.Expr:
    """Name two sides together, in the order of the alphabet; a side alone by its own name.

    Parameters
    ----------
    first, second : polars.Expr, optional
        ``actor_a`` and ``actor_b`` unless given.

    Examples
    --------
    >>> sides = pl.DataFrame({"actor_a": ["Ruritania", "Gondal", "Crowd"],
    ...                       "actor_b": ["Gondal", "Ruritania", None]})
    >>> sides.select(dyad=pair())["dyad"].to_list()
    ['Gondal - Ruritania', 'Gondal - Ruritania', 'Crowd']
    """
    one = (pl.col("actor_a") if first is None else first).fill_null("")
    other = (pl.col("actor_b") if second is None else second).fill_null("")
    ahead = pl.when(one <= other).then(one).otherwise(other)
    behind = pl.when(one <= other).then(other).otherwise(one)
    alone = (one == "") | (other == "")
    return pl.when(alone).then(one + other).otherwise(ahead + " - " + behind)
