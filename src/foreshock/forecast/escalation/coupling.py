"""Daily futures whose totals are forecast directly: a template gives the days, the pool the totals.

The excitation model knows how events follow each other from day to day, the pool knows how many
there will be in all. Each member of the template keeps its rank: the member with the most events in
seven days gets the largest total that the pool holds possible, and so on, so that days, series and
measures keep the template's dependence (ensemble copula coupling: Schefzik, Thorarinsdottir &
Gneiting 2013, doi:10.1214/13-STS443). A new total is spread over its days in proportion to what
the template had on them.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import EnsembleError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

TRACE = 1e-3
"""Share of a day's expected value that is added to it, so that an empty template can be filled."""


def couple(
    template: NDArray[np.generic],
    totals: Mapping[int, Floats],
    random: np.random.Generator,
    *,
    most: NDArray[np.bool_] | None = None,
) -> Whole:
    """Give a template's days the totals of another forecast.

    Parameters
    ----------
    template : ndarray, shape (member, day)
        Daily values of one series, whole numbers.
    totals : mapping of int to ndarray, shape (member,)
        By horizon in days: equally likely totals of the first days, rising. A total of more days is
        never less than that of fewer, which is seen to here.
    random : numpy.random.Generator
        Breaks ties, and says where a day's fraction falls.
    most : ndarray of bool, shape (member, day), optional
        Days on which there may be anything; any if not given. A member without such a day in a
        block keeps nothing in it.

    Returns
    -------
    ndarray of int, shape (member, day)
        Up to the longest horizon with its totals; later days as the template has them.

    Examples
    --------
    >>> from foreshock.core.random import stream
    >>> days = np.array([[0, 0], [3, 1]])
    >>> couple(days, {2: np.array([1.0, 8.0])}, stream(7, "coupling")).tolist()
    [[1, 0], [6, 2]]
    """
    values = np.asarray(template, dtype=np.float64)
    members, days = values.shape
    out = np.empty(values.shape, dtype=np.int64)
    so_far, start = np.zeros(members, dtype=np.int64), 0
    usual = values.mean(axis=0)
    order_of_ties = random.random(members)
    for horizon in sorted(totals):
        asked = np.sort(np.asarray(totals[horizon], dtype=np.float64))
        if len(asked) != members or not start < horizon <= days:
            raise EnsembleError(
                f"{len(asked)} totals of {horizon} days for {members} members of {days} days"
            )
        # Totals are whole, so a fraction breaks their ties and nothing else.
        rank = np.argsort(values[:, :horizon].sum(axis=1) + order_of_ties)
        total = np.empty(members, dtype=np.int64)
        total[rank] = np.rint(asked).astype(np.int64)
        total = np.maximum(total, so_far)
        block = slice(start, horizon)
        weight = values[:, block] + TRACE * np.maximum(usual[block], 1e-9)
        if most is not None:
            weight = np.where(most[:, block], weight, 0.0)
            total = np.where(most[:, block].any(axis=1), total, so_far)
        out[:, block] = spread(total - so_far, weight, random)
        so_far, start = total, horizon
    out[:, start:] = values[:, start:]
    return out


def spread(total: Whole, weight: Floats, random: np.random.Generator) -> Whole:
    """Spread whole totals over days in proportion to weights, exactly and without bias.

    Systematic sampling (Madow 1949, doi:10.1214/aoms/1177729988): the running shares are rounded
    down from a common random start, so each day gets its share, rounded up or down.

    Examples
    --------
    >>> from foreshock.core.random import stream
    >>> spread(np.array([4, 1]), np.array([[1.0, 1.0], [0.0, 2.0]]), stream(7, "spread")).tolist()
    [[2, 2], [0, 1]]
    """
    sums = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, sums, out=np.zeros_like(weight), where=sums > 0)
    running = np.cumsum(share, axis=1)
    running[:, -1] = np.where(sums[:, 0] > 0, 1.0, 0.0)
    start = random.random((len(total), 1))
    # The largest start and a whole total may round up to one more than there is.
    edges = np.minimum(np.floor(start + total[:, None] * running), total[:, None]).astype(np.int64)
    daily: Whole = np.diff(edges, axis=1, prepend=np.int64(0))
    return daily
