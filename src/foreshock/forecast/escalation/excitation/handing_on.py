"""The daily model handed on: its parameters and pasts, member by member."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foreshock.core.following import Following
from foreshock.core.series import DailySeries
from foreshock.forecast.escalation.excitation.fit import Draws
from foreshock.forecast.escalation.excitation.simulate import begin


def following(
    draws: Draws, worlds: Sequence[DailySeries], names: Sequence[str], members: int
) -> Following:
    """Give how acts follow acts in every member of a forecast.

    Member by member these are the draw and the world that the template of
    `foreshock.forecast.escalation.futures` simulated it from.

    Parameters
    ----------
    draws : Draws
    worlds : sequence of DailySeries
        What happened, as it may have been.
    names : sequence of str
        Series that are forecast: edges from or to any other are left out, as nothing is said of
        what these will do.
    members : int

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.forecast.escalation.excitation.fit import fit
    >>> from foreshock.forecast.escalation.excitation.model import Excitation, pair_edges
    >>> both = ("a>b", "b>a")
    >>> seen = DailySeries(date(2031, 5, 1), both, [[1, 0], [0, 2]] * 60, [[0.0, 0.0]] * 120)
    >>> model = Excitation(names=both, edges=pair_edges(both))
    >>> handed = following(fit(seen.counts, model, draws=40).draws, [seen], ["b>a"], members=100)
    >>> handed.series, handed.level.shape, handed.weight.shape
    (('b>a',), (100, 1), (100, 1))
    """
    model = draws.model
    columns = [model.names.index(name) for name in names]
    kept = [
        edge for edge, (source, target) in enumerate(zip(model.source, model.target, strict=True))
        if source in columns and target in columns
    ]  # fmt: skip
    levels, pasts, which = [], [], []
    for world, mine in zip(worlds, np.array_split(np.arange(members), len(worlds)), strict=True):
        begun = begin(draws, world.counts, 1)
        chosen = np.arange(len(mine)) % len(draws)  # a world's members take them in turn
        levels.append(np.exp(begun.level[chosen, 0])[:, columns])
        pasts.append(begun.past[chosen][:, kept])
        which.append(chosen)
    taken = np.concatenate(which)
    at = {column: place for place, column in enumerate(columns)}
    return Following(
        series=tuple(names),
        level=np.concatenate(levels),
        source=np.array([at[int(model.source[edge])] for edge in kept], dtype=np.int64),
        target=np.array([at[int(model.target[edge])] for edge in kept], dtype=np.int64),
        weight=draws.weight[taken][:, kept],
        decay=draws.decay[taken][:, kept],
        past=np.concatenate(pasts),
        dispersion=draws.dispersion[taken][:, columns],
    )
