"""The past of a case: its network, what was published of its camps and when, and what was true.

What is published by a day may be used by a forecast of that day. What was true, corrected and
interpolated between reports, holds the next report and later registrations: forecasts are scored
against it, and a protocol may give its total, but none of its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from foreshock.core.digest import digest
from foreshock.core.errors import ForecastRefused
from foreshock.core.network import Counted, CountedCamp, Network, Reports

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """A case whose camps were counted.

    Attributes
    ----------
    network : Network
    destinations : tuple of int
        Camps that were counted, as positions in the network.
    reports : tuple of Reports
        What was published of each, as it was published.
    truth : ndarray, shape (day, destination)
        What is held to be true.
    """

    network: Network
    destinations: tuple[int, ...]
    reports: tuple[Reports, ...]
    truth: Floats

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the destinations."""
        return tuple(self.network.sites[at].name for at in self.destinations)

    @property
    def digest(self) -> str:
        """Digest of all of it that a forecast or a score reads."""
        network = self.network
        sites = [(site.name, site.kind, site.country, site.population) for site in network.sites]
        ways = [(road.first, road.second, road.km) for road in network.roads]
        return digest(
            network.name, network.start, network.days, sites,
            ways, [asdict(each) for each in network.closures], network.conflict.tolist(),
            [(each.days.tolist(), each.people.tolist()) for each in self.reports],
            self.truth.tolist(),
        )  # fmt: skip

    @property
    def total(self) -> Floats:
        """What is held to be true of all of them together, shape (day,)."""
        whole: Floats = self.truth.sum(axis=1)
        return whole


def history(network: Network, counted: Counted) -> History:
    """Set the counts of a case beside its network.

    Camps that were counted but are no site are left out, as in published scores.

    Raises
    ------
    ForecastRefused
        If no camp of the network was counted.
    """
    known = {site.name: at for at, site in enumerate(network.sites)}
    camps = [camp for camp in counted.camps if camp.name in known and len(camp.days)]
    if not camps:
        raise ForecastRefused(
            "no camp of the network was counted", network.name, mend="give its counts"
        )
    days = np.arange(network.days)
    return History(
        network=network,
        destinations=tuple(known[camp.name] for camp in camps),
        reports=tuple(_published(camp) for camp in camps),
        truth=np.stack([camp.interpolated(days) for camp in camps], axis=1).astype(np.float64),
    )


def _published(camp: CountedCamp) -> Reports:
    parts = camp.parts or (Reports(days=camp.days, people=camp.people),)
    days = np.unique(np.concatenate([part.days for part in parts]))
    return Reports(days=days, people=camp.reported(days))


def arrivals_of(total: Floats) -> Floats:
    """Give the arrivals of each day that a total tells of.

    Where it falls nobody is taken to arrive until it has risen again to where it was; nobody is
    taken to leave.

    Parameters
    ----------
    total : ndarray, shape (day,)

    Returns
    -------
    ndarray, shape (day,)
        At least 0. On day 0 all who are there already.

    Examples
    --------
    >>> arrivals_of(np.array([5.0, 8.0, 6.0, 7.0, 9.0])).tolist()
    [5.0, 3.0, 0.0, 0.0, 1.0]
    """
    return np.diff(np.maximum.accumulate(total), prepend=0.0)


def known_by(reports: Sequence[Reports], day: int) -> tuple[Reports, ...]:
    """Give what had been published by the end of a day.

    Examples
    --------
    >>> camp = Reports(days=np.array([0, 9]), people=np.array([5.0, 70.0]))
    >>> [found.people.tolist() for found in known_by([camp], 8)]
    [[5.0]]
    """
    return tuple(
        Reports(days=each.days[each.days <= day], people=each.people[each.days <= day])
        for each in reports
    )


def last_reported(reports: Sequence[Reports]) -> tuple[Floats, NDArray[np.int64]]:
    """Give the last count of each camp and its day; 0 and -1 where nothing was published."""
    people = np.array([each.people[-1] if len(each.days) else 0.0 for each in reports])
    days = np.array([max(int(each.days[-1]), -1) if len(each.days) else -1 for each in reports])
    return people, days
