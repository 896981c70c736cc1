r"""Forward–backward over days, for many places at once.

The belief of a place on a day is what all words say together, those of later days included:

.. math:: P(z_t \mid w) \propto
   \Big[\sum_{z_{t-1}} \alpha_{t-1}(z_{t-1}) A_t(z_{t-1}, z_t)\Big] P(w_t \mid z_t)\, \beta_t(z_t)

(Rabiner 1989, doi:10.1109/5.18626; scaled day by day, so that nothing underflows.)
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Smoothed(NamedTuple):
    """What the chain says.

    Attributes
    ----------
    belief : ndarray, (day, place, state)
        Probability of each state given all words.
    steps : ndarray, (day - 1, place, state, state)
        Probability of each pair of states on a day and the next.
    filtered : ndarray, (day, place, state)
        Probability given the words of that day and earlier ones.
    log_likelihood : float
        Of all words.
    """

    belief: Array
    steps: Array
    filtered: Array
    log_likelihood: float


def smooth(initial: Array, moves: Array, log_words: Array) -> Smoothed:
    """Run forward and backward.

    Parameters
    ----------
    initial : ndarray, (state,)
        Probabilities on the first day.
    moves : ndarray, (day - 1, place, state, state)
        Probabilities of going from the first state to the second; rows sum to one.
    log_words : ndarray, (day, place, state)
        Log-likelihood of each day's words by state; 0 where nobody spoke.

    Examples
    --------
    >>> half = np.full((1, 1, 2, 2), 0.5)
    >>> heard = np.log([[[0.9, 0.1]], [[1.0, 1.0]]])
    >>> smooth(np.array([0.5, 0.5]), half, heard).belief[0, 0].round(2).tolist()
    [0.9, 0.1]
    """
    top = log_words.max(axis=2, keepdims=True)
    heard = np.exp(log_words - top)
    days, places, states = heard.shape
    filtered = np.empty_like(heard)
    scale = np.empty((days, places))
    ahead = np.broadcast_to(initial, (places, states))
    for day in range(days):
        joint = ahead * heard[day]
        scale[day] = joint.sum(axis=1)
        filtered[day] = joint / scale[day][:, None]
        if day + 1 < days:
            ahead = np.matmul(filtered[day][:, None, :], moves[day])[:, 0]
    back = np.ones_like(heard)
    for day in range(days - 2, -1, -1):
        seen = heard[day + 1] * back[day + 1] / scale[day + 1][:, None]
        back[day] = np.matmul(moves[day], seen[:, :, None])[:, :, 0]
    belief = filtered * back
    belief /= belief.sum(axis=2, keepdims=True)
    onward = heard[1:] * back[1:] / scale[1:, :, None]
    steps = filtered[:-1, :, :, None] * moves * onward[:, :, None, :]
    return Smoothed(belief, steps, filtered, float(np.log(scale).sum() + top.sum()))


def between(smoothed: Smoothed, place: int, first: int, last: int, a: int, b: int) -> float:
    """Give the probability that a place was in state `a` on one day and in `b` on a later one."""
    reached = np.zeros(smoothed.belief.shape[2])
    reached[a] = smoothed.belief[first, place, a]
    for day in range(first, last):
        steps = smoothed.steps[day, place]
        leaving = steps.sum(axis=1)
        share = np.divide(reached, leaving, out=np.zeros_like(reached), where=leaving > 0)
        reached = share @ steps
    return float(reached[b])
