"""Every score of every cell: one country, one month ahead, one method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.evaluate.watch.events import EVENTS
from foreshock.verify.distributions import (
    central_interval,
    crps_of_draws,
    crps_of_logarithms,
    interval_score_of_draws,
    randomised_transform,
)
from foreshock.verify.ignorance import ignorance, ignorance_as_official, repeated

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """A score that tables show.

    Attributes
    ----------
    column : str
        Its column among the cells.
    name : str
    note : str
        What a reader must know.
    decimals : int
    """

    column: str
    name: str
    note: str
    decimals: int


SCORES = (
    Score("log", "CRPS of logarithms",
          "of one more than the deaths: relative errors, small wars and large alike", 4),
    Score("crps", "CRPS", "in deaths, as the challenge scores: draws are the forecast itself", 2),
    Score("fair", "CRPS, fair", "in deaths, of the distribution behind the draws", 2),
    Score("ignorance", "ignorance", "in bits, every method brought to 1,000 draws by repeating", 4),
    Score("ignorance_raw", "ignorance, draws as they are",
          "in bits; not to be compared between methods that draw more or less", 4),
    Score("ignorance_official", "ignorance, as the challenge published it",
          "in bits; forecasts of other than 1,000 draws are Fourier-resampled", 4),
    Score("interval", "interval score", "in deaths, of the central 90 % interval", 1),
)  # fmt: skip
"""All smaller is better."""


def score(draws: Floats, came: Floats, last_year: Floats, chance: Floats) -> dict[str, Floats]:
    """Score the forecasts of one method from one origin.

    Parameters
    ----------
    draws : ndarray, shape (unit, horizon, draw)
    came : ndarray, shape (unit, horizon)
        Missing where nothing is known.
    last_year : ndarray, shape (unit, 12)
        Deaths of the last twelve months at the origin.
    chance : ndarray, shape (unit, horizon)
        Even numbers from 0 to 1 that spread the transform over equal draws.

    Returns
    -------
    dict of str to ndarray, shape (unit, horizon)
        The scores of `SCORES`; ``low`` and ``high`` of the 90 % interval, whether it ``held``,
        and the share that the forecast ``promised`` it; the ``transform``; the chance of each
        event of `EVENTS` and whether it came, missing where it is not asked.
    """
    enough = repeated(draws)
    low, high = central_interval(draws)
    found = {
        "log": crps_of_logarithms(draws, came),
        "crps": crps_of_draws(draws, came),
        # A single draw has no spread that could be corrected.
        "fair": crps_of_draws(draws, came, fair=draws.shape[-1] > 1),
        "ignorance": ignorance(enough, came),
        "ignorance_raw": ignorance(draws, came),
        "ignorance_official": ignorance_as_official(draws, came),
        "interval": interval_score_of_draws(draws, came),
        "low": low,
        "high": high,
        "held": _where((low <= came) & (came <= high), came),
        "promised": ((draws >= low[..., None]) & (draws <= high[..., None])).mean(axis=-1),
        "transform": randomised_transform(enough, came, chance),
    }
    for event in EVENTS:
        asked = event.came(came, last_year)
        found[event.chance_column] = _where(event.chance(draws, last_year), asked)
        found[event.came_column] = asked
    return found


def _where(told: NDArray[np.float64] | NDArray[np.bool_], known: Floats) -> Floats:
    return np.where(np.isnan(known), np.nan, told)
