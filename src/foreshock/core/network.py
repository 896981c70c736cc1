"""A network that people move over: sites, roads, what is closed when, and where there is fighting.

It holds what was said of a country and of a span of days, and no rule of movement. Readers make it
from files, a case makes it from its places and roads, and models of displacement read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray


class SiteKind(StrEnum):
    """What a site is to people who flee."""

    CONFLICT = "conflict_zone"
    TOWN = "town"
    CAMP = "camp"
    IDP_CAMP = "idpcamp"
    HUB = "forwarding_hub"
    MARKER = "marker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place that people leave, pass or reach.

    Attributes
    ----------
    name : str
    kind : SiteKind
    country, region : str
        Empty where nobody said.
    lat, lon : float
        Degrees north and east; not a number where nobody said.
    population : int
        Persons who live there, of a camp its capacity; 0 if unknown, for a camp unlimited.
    conflict_day : int or None
        Day on which fighting first reaches it, where the file of sites says so.
    attributes : mapping of str to str
        Further columns, as they were written.
    """

    name: str
    kind: SiteKind
    country: str = ""
    region: str = ""
    lat: float = float("nan")
    lon: float = float("nan")
    population: int = 0
    conflict_day: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_camp(self) -> bool:
        """Whether people who reach it are counted as having arrived."""
        return self.kind in {SiteKind.CAMP, SiteKind.IDP_CAMP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A way between two sites, open both ways.

    Attributes
    ----------
    first, second : int
        Sites, as positions in the network.
    km : float
        Length, at least 0.
    redirection : int
        People at an end are sent along it by decree: 0 at neither, 1 at the first, 2 at the second.
    attributes : mapping of str to str
        Further columns, as they were written.
    """

    first: int
    second: int
    km: float
    redirection: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)


class ClosureKind(StrEnum):
    """What a closure shuts."""

    COUNTRY = "country"
    SITE = "location"
    ROAD = "link"
    CAMP = "camp"
    IDP_CAMP = "idpcamp"
    REDIRECTION = "remove_forced_redirection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Something shut for some days.

    Attributes
    ----------
    kind : ClosureKind
    first, second : str
        Names of the countries or sites; the second is empty where one name is enough.
    start : int
        Day on which it shuts.
    end : int or None
        Day on which it opens again; None for never.
    """

    kind: ClosureKind
    first: str
    second: str
    start: int
    end: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """All that is known of where people can go, over some days.

    Attributes
    ----------
    name : str
    start : datetime.date
        Day 0.
    days : int
        Number of days.
    sites : tuple of Site
        Names are unique; the first one's country is home.
    roads : tuple of Road
    closures : tuple of Closure
    conflict : ndarray, shape (day, site)
        Intensity of fighting, 0 to 1.
    """

    name: str
    start: date
    days: int
    sites: tuple[Site, ...]
    roads: tuple[Road, ...]
    closures: tuple[Closure, ...]
    conflict: NDArray[np.float64]

    @property
    def home(self) -> str:
        """Country that people flee within or from."""
        return self.sites[0].country

    @property
    def camps(self) -> tuple[int, ...]:
        """Positions of the camps, in the order of the sites."""
        return tuple(at for at, site in enumerate(self.sites) if site.is_camp)

    def position(self, name: str) -> int:
        """Give the position of a site; KeyError if there is none of that name."""
        for at, site in enumerate(self.sites):
            if site.name == name:
                return at
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reports:
    """Counts as one file gives them.

    Attributes
    ----------
    days : ndarray of int
        Days of the reports, from day 0 of the network, ascending; before day 0 is negative.
    people : ndarray of float
        Persons on those days.
    """

    days: NDArray[np.int64]
    people: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountedCamp:
    """What was counted at a camp.

    Attributes
    ----------
    name : str
    days : ndarray of int
        Days of the reports, from day 0 of the network, ascending; before day 0 is negative.
    people : ndarray of float
        Persons there on those days, of several files in the sum that the field makes of them.
    corrections : tuple of int
        Days of registrations that showed all earlier counts to be off by a factor, in the order in
        which they are applied.
    parts : tuple of Reports
        The files of which `people` is the sum; empty where there is one.

    Examples
    --------
    >>> camp = CountedCamp(
    ...     name="glasstown", days=np.array([0, 10, 20]), people=np.array([0.0, 50.0, 25.0]),
    ...     corrections=(20,),
    ... )
    >>> camp.interpolated([0, 5, 10, 15, 99]).tolist()
    [0, 12, 25, 25, 25]
    >>> camp.reported([-1, 5, 10, 19, 99]).tolist()
    [nan, 0.0, 50.0, 50.0, 25.0]
    """

    name: str
    days: NDArray[np.int64]
    people: NDArray[np.float64]
    corrections: tuple[int, ...] = ()
    parts: tuple[Reports, ...] = ()

    def interpolated(self, days: ArrayLike, scale: int = 1) -> NDArray[np.int64]:
        """Give the count of each day as published scores take it for true.

        Corrected, straight between two reports, the first and the last report held on outside of
        them, and cut to whole persons. It knows the next report and later registrations: something
        to score against, and no input of a forecast.

        Parameters
        ----------
        days : array_like of int
        scale : int
            One person of the result stands for as many people.

        Returns
        -------
        ndarray of int, shape of `days`
        """
        at = np.asarray(days, dtype=np.int64)
        people = self._corrected(self.people / scale)
        last = len(people) - 1
        after = np.minimum(np.searchsorted(self.days, at, side="right"), last)
        before = np.maximum(after - 1, 0)
        width = np.maximum(self.days[after] - self.days[before], 1)
        share = np.clip((at - self.days[before]) / width, 0.0, 1.0)
        between = people[before] + share * (people[after] - people[before])
        held = np.where(at >= self.days[-1], people[-1], between)
        held = np.where(at <= self.days[0], people[0], held)
        whole: NDArray[np.int64] = np.trunc(held).astype(np.int64)
        return whole

    def reported(self, days: ArrayLike) -> NDArray[np.float64]:
        """Give what had last been reported by the end of each day, as it was published.

        No correction, nothing between reports: all that a forecast of that day may know. A part of
        a sum counts from its first report on.

        Parameters
        ----------
        days : array_like of int

        Returns
        -------
        ndarray of float, shape of `days`
            Not a number before the first report.
        """
        at = np.asarray(days, dtype=np.int64)
        total = np.full(at.shape, np.nan)
        for part in self.parts or (Reports(days=self.days, people=self.people),):
            last = np.searchsorted(part.days, at, side="right") - 1
            begun = last >= 0
            total[begun] = np.nan_to_num(total[begun]) + part.people[last[begun]]
        return total

    def _corrected(self, people: NDArray[np.float64]) -> NDArray[np.float64]:
        corrected = people.copy()
        for day in self.corrections:
            for at in np.flatnonzero(self.days == day):
                if at > 0 and corrected[at - 1] > 0:
                    corrected[:at] *= corrected[at] / corrected[at - 1]
        return corrected


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """Counts beside a network: what a forecast is scored against.

    Attributes
    ----------
    camps : tuple of CountedCamp
        In the order of the file that lists them.
    total : CountedCamp or None
        All refugees, as reported apart from the camps.
    """

    camps: tuple[CountedCamp, ...]
    total: CountedCamp | None = None
