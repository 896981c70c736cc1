r"""How fast a relation forgets: the discount of each pair, learned from its own past.

Each week's acts are foretold from the weeks before, with what was known then:
:math:`F_t \mid n_t \sim \mathrm{BetaBinomial}(n_t, \delta$-discounted :math:`a_F, a_C)`. The sum of
the logarithms is the prequential likelihood of a discount (Dawid 1984, doi:10.2307/2981683). The
discount in use is the mean of a grid, weighed by it; the evidence of all other pairs counts as much
as ten of the pair's own weeks, so that a pair with few acts takes the common value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln

from foreshock.assess.relations.acts import Act
from foreshock.assess.relations.memory import PRIOR, Floats, columns, remember

GRID: Floats = np.array(
    [
        0.70,
        0.75,
        0.80,
        0.84,
        0.86,
        0.88,
        0.90,
        0.91,
        0.92,
        0.93,
        0.94,
        0.95,
        0.96,
        0.97,
        0.98,
        0.985,
        0.99,
        0.995,
        1.0,
    ]
)
"""Discounts per week that are weighed: memories of three weeks up to endless."""

POOLED_WEEKS = 10.0
"""How many of its own weeks with acts the other pairs' evidence is worth to a pair."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """How well each discount foretold each week of one pair.

    Attributes
    ----------
    weeks : ndarray of int, shape (weeks,)
        Weeks in which the pair acted, in order.
    scores : ndarray of float64, shape (weeks, discounts)
        Log-likelihood of the week's signs, in nats, at most 0.
    conflictual, cooperative : ndarray of float64, shape (weeks,)
        What happened: weight of the acts of each sign.
    a_conflictual, a_cooperative : ndarray of float64, shape (weeks, discounts)
        Parameters of the prediction.
    opened : ndarray of int, shape (weeks,)
        Week in which the first act of each week became known.
    known : ndarray of int, shape (parts,)
        Week in which each part of the scores became known.
    parts : ndarray of float64, shape (parts, discounts)
        What the acts of one week that became known in one week add to its score.
    """

    weeks: NDArray[np.int64]
    scores: Floats
    conflictual: Floats
    cooperative: Floats
    a_conflictual: Floats
    a_cooperative: Floats
    opened: NDArray[np.int64]
    known: NDArray[np.int64]
    parts: Floats


def foretell(acts: Sequence[Act], discounts: Floats = GRID) -> Foretold:
    """Foretell every week of a pair from what was known before it."""
    weeks, entered, conflictual, weights = columns(acts)
    active = np.unique(np.array(weeks, dtype=np.int64))
    if not len(active):
        none, empty = np.empty(0), np.empty((0, len(discounts)))
        return Foretold(active, empty, none, none, empty, empty, active, active, empty)
    first = int(active[0]) - 1
    counts = remember(
        weeks, entered, conflictual, weights[:, None], discounts, first, int(active[-1])
    )
    # The state at the end of the week before, one step further faded.
    ended = active - 1 - first
    a_conflictual = PRIOR + discounts * counts.conflictual[ended, :, 0]
    a_cooperative = PRIOR + discounts * counts.cooperative[ended, :, 0]
    place = {int(week): index for index, week in enumerate(active)}
    batches: dict[tuple[int, int], Floats] = {}
    for week, entry, is_conflict, weight in zip(weeks, entered, conflictual, weights, strict=True):
        batch = batches.setdefault((entry, place[week]), np.zeros(2))
        batch[0 if is_conflict else 1] += weight
    known, rows = np.array(sorted(batches), dtype=np.int64).T
    added = np.array([batches[key] for key in sorted(batches)])
    happened, after = np.zeros((len(active), 2)), np.empty_like(added)
    for part, row in enumerate(rows):
        happened[row] += added[part]
        after[part] = happened[row]
    a, b = a_conflictual[rows], a_cooperative[rows]
    before = after - added
    parts = betaln(a + after[:, :1], b + after[:, 1:])
    parts -= betaln(a + before[:, :1], b + before[:, 1:])
    scores = np.zeros_like(a_conflictual)
    np.add.at(scores, rows, parts)
    return Foretold(
        weeks=active,
        scores=scores,
        conflictual=happened[:, 0],
        cooperative=happened[:, 1],
        a_conflictual=a_conflictual,
        a_cooperative=a_cooperative,
        opened=known[np.unique(rows, return_index=True)[1]],
        known=known,
        parts=parts,
    )


def learned(own: Foretold, others: Sequence[Foretold], at: Sequence[int]) -> NDArray[np.int64]:
    """Give the discount in use in each of some weeks, by what was known before them.

    Parameters
    ----------
    own : Foretold
        The pair.
    others : sequence of Foretold
        The other pairs, in the same channel.
    at : sequence of int
        Weeks; only acts known in earlier weeks count.

    Returns
    -------
    ndarray of int, shape (len(at),)
        Positions in `GRID`.
    """
    nothing = np.empty((0, own.scores.shape[1]))
    opened = np.concatenate([own.opened[:0], *(each.opened for each in others)])
    known = np.concatenate([own.known[:0], *(each.known for each in others)])
    parts = np.concatenate([nothing, *(each.parts for each in others)])
    log = _before(own.known, own.parts, at)
    number = np.searchsorted(np.sort(opened), at)[:, None]
    log = log + POOLED_WEEKS * _before(known, parts, at) / np.maximum(number, POOLED_WEEKS)
    weights = np.exp(log - log.max(1, keepdims=True))
    mean = weights @ GRID / weights.sum(1)
    return np.asarray(np.abs(GRID - mean[:, None]).argmin(1), dtype=np.int64)


def _before(weeks: NDArray[np.int64], scores: Floats, at: Sequence[int]) -> Floats:
    """Sum the scores that were known before each of some weeks."""
    order = np.argsort(weeks, kind="stable")
    sums = np.concatenate([np.zeros((1, scores.shape[1])), np.cumsum(scores[order], axis=0)])
    return np.asarray(sums[np.searchsorted(weeks[order], at)])
