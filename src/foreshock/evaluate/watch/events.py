"""Events that are scored: what a watch warns of, and onsets that are bloody from the start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.watch import Warning, reached

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may come in one country and month.

    Attributes
    ----------
    column : str
        What its columns among the scores are called.
    name : str
        What tables call it.
    warning : Warning
    after_a_quiet_year : bool
        Whether it is asked only where nobody was killed in the last twelve months.
    """

    column: str
    name: str
    warning: Warning
    after_a_quiet_year: bool = False

    def came(self, deaths: Floats, last_year: Floats) -> Floats:
        """Tell whether it came: 1, 0, or missing where it is not asked or nobody knows.

        Parameters
        ----------
        deaths : ndarray, shape (unit, ...)
            Counted or drawn.
        last_year : ndarray, shape (unit, 12)

        Examples
        --------
        >>> quiet, fought = np.zeros(12), np.full(12, 9.0)
        >>> EVENTS[3].came(np.array([[30.0, 3.0]] * 2), np.stack([quiet, fought])).tolist()
        [[1.0, 0.0], [nan, nan]]
        """
        found = reached(self.warning, deaths, last_year)
        if self.after_a_quiet_year:
            found = np.where(np.isnan(reached(Warning.ONSET, deaths, last_year)), np.nan, found)
        return found

    def chance(self, draws: Floats, last_year: Floats) -> Floats:
        """Give the share of draws, on the last axis, in which it comes; missing if not asked."""
        return np.asarray(self.came(draws, last_year).mean(axis=-1))

    @property
    def chance_column(self) -> str:
        """Column of its chance."""
        return f"chance_{self.column}"

    @property
    def came_column(self) -> str:
        """Column that tells whether it came."""
        return f"came_{self.column}"


EVENTS = (
    Event("deadly", "25 deaths or more", Warning.DEADLY),
    Event("war", "1,000 deaths or more", Warning.WAR),
    Event("onset", "onset: 1 death or more after a year of none", Warning.ONSET),
    Event("deadly_onset", "onset: 25 or more after a year of none", Warning.DEADLY, True),
    Event(
        "doubled",
        "escalation: twice the mean month of the last year or more, and 25 or more",
        Warning.DOUBLED,
    ),
)
