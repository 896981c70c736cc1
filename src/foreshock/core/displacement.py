"""The outlook of displacement: how many more will flee, and of those who do, from where to where.

A forecaster hands on how many leave on each day, and one table of shares a member; everything else
follows from the two: the running total, arrivals in a place by a day, flows over some days. Shares
stay the same over the horizon, because nothing that is known on the day tells how they will change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from foreshock.core.ensemble import Ensemble
from foreshock.core.errors import EnsembleError

ARRIVALS = "arrivals"
"""Variable of a forecast of people who reach a place."""

LEAST_DAYS_OF_A_FLOW = 3
"""Flows between sub-districts are told over no fewer days: shorter ones would point at people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A running total of people who fled, as somebody counted it.

    Attributes
    ----------
    day : datetime.date
        Day to whose end it counts.
    people : float
    claims : tuple of str
        Ids of the claims that tell it.
    weight : float
        How much it is believed beside rival totals, 0 to 1; those that nothing contradicts have 1.
    """

    day: date
    people: float
    claims: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A place that people leave or reach.

    Attributes
    ----------
    place : str
        Id of an area.
    people : float or None
        Who lived there, as far as the case knows; None if it does not.
    threat : float
        How near the fighting is, 0 to 1.
    claims : tuple of str
        Ids of the claims on who holds it.
    """

    place: str
    people: float | None
    threat: float
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Displacement:
    """What is forecast of displacement as of a day.

    Attributes
    ----------
    as_of : datetime.date
    model, config : str
        Name, and digest of everything that was set or fitted.
    seed : int
    area : str
        Place whose displaced people are counted.
    counter : str
        Source whose running total is forecast.
    since : datetime.date
        First day that the total counts.
    totals : tuple of Total
        What had been counted, oldest first; rivals of one day stand beside each other.
    start : ndarray, shape (member,)
        Total at the end of the day before the first one of `leaving`.
    leaving : Ensemble
        People who newly flee, by member and day; one series, the area.
    origins, destinations : tuple of Ground
    shares : ndarray, shape (member, origin, destination)
        Of those who leave: from where to where; sums to 1 in each member. Empty where nothing can
        be said of it; then a note says why.
    baselines : mapping of str to Ensemble
        `leaving` as simple methods have it, by their names.
    simple_shares : mapping of str to ndarray, shape (destination,)
        Shares of the destinations as simple methods have them.
    people : float or None
        Who live in the area, the most that could ever be displaced; None if nobody said.
    people_claims : tuple of str
    thresholds : tuple of int
        Numbers of arrivals whose probability is to be told.
    left_out : mapping of str to str
        Places that are neither, and why.
    thin : str
        How thin the evidence is; empty if it is not.
    notes : tuple of str
        What a reader must know.

    Examples
    --------
    >>> one = Ensemble(np.full((2, 3, 1), 100.0), date(2031, 5, 2), ("ruritania",), "leaving")
    >>> ground = Ground(place="mill", people=None, threat=0.0)
    >>> outlook = Displacement(
    ...     as_of=date(2031, 5, 1), model="demo", config="c", seed=1, area="ruritania",
    ...     counter="aid-office", since=date(2031, 4, 1), totals=(), start=np.array([500.0, 600.0]),
    ...     leaving=one, origins=(ground,), destinations=(ground, ground),
    ...     shares=np.array([[[0.5, 0.5]], [[0.9, 0.1]]]))
    >>> outlook.running()[:, -1].tolist()
    [800.0, 900.0]
    >>> outlook.arrivals(2).tolist()
    [[100.0, 100.0], [180.0, 20.0]]
    """

    as_of: date
    model: str
    config: str
    seed: int
    area: str
    counter: str
    since: date
    totals: tuple[Total, ...]
    start: NDArray[np.float64]
    leaving: Ensemble
    origins: tuple[Ground, ...]
    destinations: tuple[Ground, ...]
    shares: NDArray[np.floating]
    baselines: Mapping[str, Ensemble] = field(default_factory=dict)
    simple_shares: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    people: float | None = None
    people_claims: tuple[str, ...] = ()
    thresholds: tuple[int, ...] = (10_000,)
    left_out: Mapping[str, str] = field(default_factory=dict)
    thin: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse parts that do not fit each other."""
        shape = (self.leaving.members, len(self.origins), len(self.destinations))
        if self.start.shape != shape[:1] or self.shares.shape != shape:
            raise EnsembleError(
                f"totals of shape {self.start.shape} and shares of shape {self.shares.shape}",
                "outlook of displacement",
                expected=f"{shape[:1]} and {shape}",
            )
        if 0 not in shape and not np.allclose(self.shares.sum(axis=(1, 2)), 1, atol=1e-4):
            raise EnsembleError("shares that do not sum to 1", "outlook of displacement")

    @property
    def known_to(self) -> date:
        """Last day that had been counted."""
        return self.leaving.first - timedelta(days=1)

    def running(self, name: str | None = None) -> NDArray[np.float64]:
        """Give the running total by member and day.

        Parameters
        ----------
        name : str, optional
            Of a simple method; of the model if not given.
        """
        leaving = self.leaving if name is None else self.baselines[name]
        so_far = np.cumsum(leaving.values[:, :, 0], axis=1, dtype=np.float64)
        total: NDArray[np.float64] = self.start[: len(so_far), None] + so_far
        return total

    def days_to(self, day: date) -> int:
        """Count the forecast days up to the end of a day."""
        return (day - self.known_to).days

    def leaving_over(self, first: date, last: date) -> NDArray[np.float64]:
        """Give how many leave from a day to another, both included, by member."""
        found: NDArray[np.float64] = self.leaving.window(first, last).total()[:, 0].astype(float)
        return found

    def arrivals(self, days: int) -> NDArray[np.float64]:
        """Give arrivals over the first days after the as-of, shape (member, destination)."""
        first = self.as_of + timedelta(days=1)
        leaving = self.leaving_over(first, self.as_of + timedelta(days=days))
        arrived: NDArray[np.float64] = leaving[:, None] * self.shares.sum(axis=1)
        return arrived

    def flows(self, first: date, last: date) -> NDArray[np.float64]:
        """Give flows from a day to another, shape (member, origin, destination).

        Raises
        ------
        EnsembleError
            If it is fewer than three days: sites of displaced people are not told day by day.
        """
        if (last - first).days + 1 < LEAST_DAYS_OF_A_FLOW:
            raise EnsembleError(
                f"flows from {first} to {last}",
                "outlook of displacement",
                expected=f"{LEAST_DAYS_OF_A_FLOW} days or more",
            )
        flows: NDArray[np.float64] = self.leaving_over(first, last)[:, None, None] * self.shares
        return flows
