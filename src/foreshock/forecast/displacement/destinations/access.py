"""Access: how far it is by road to each destination, over what is open on a day.

What is shut cannot be entered or passed; whoever is in it may leave, for that people left is what a
count of arrivals says. A shut border is crossed neither way. Decrees that send people along a road
say nothing of distance and are not looked at here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from foreshock.core.errors import ForecastRefused
from foreshock.core.network import Closure, ClosureKind, Network

Floats = NDArray[np.float64]

OF_A_SITE = {ClosureKind.SITE, ClosureKind.CAMP, ClosureKind.IDP_CAMP}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Access:
    """Roads to some destinations, spell by spell: within a spell, the same is open.

    Attributes
    ----------
    destinations : tuple of int
        Positions in the network.
    spell : ndarray of int, shape (day,)
        The spell of each day.
    km : ndarray, shape (spell, site, destination)
        Length of the shortest open way; infinite where there is none.
    open : ndarray of bool, shape (spell, destination)
        Whether a destination may be entered at all.
    newest : ndarray of bool, shape (spell, destination)
        Whether it is the one of its country that opened last, of those first shut and opened since.
    """

    destinations: tuple[int, ...]
    spell: NDArray[np.int64]
    km: Floats
    open: NDArray[np.bool_]
    newest: NDArray[np.bool_]


def access(network: Network, destinations: Sequence[int], last: int) -> Access:
    """Measure the open ways to some destinations, for the days up to one.

    Nothing that shuts or opens after that day has any effect.

    Parameters
    ----------
    network : Network
    destinations : sequence of int
        Positions of sites, each once.
    last : int
        The last day, from 0.

    Returns
    -------
    Access

    Raises
    ------
    ForecastRefused
        If a destination is no site or stands twice, if there is none, or if a closure names what is
        not in the network.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.network import Road, Site, SiteKind
    >>> network = Network(
    ...     name="gondal", start=date(2031, 1, 1), days=3,
    ...     sites=(Site(name="glasstown", kind=SiteKind.TOWN),
    ...            Site(name="ruritania", kind=SiteKind.CAMP)),
    ...     roads=(Road(first=0, second=1, km=40.0),),
    ...     closures=(
    ...         Closure(kind=ClosureKind.CAMP, first="ruritania", second="", start=0, end=1),
    ...     ),
    ...     conflict=np.zeros((3, 2)),
    ... )
    >>> found = access(network, [1], last=2)
    >>> found.spell.tolist(), found.km[:, 0, 0].tolist(), found.newest[:, 0].tolist()
    ([0, 1, 1], [inf, 40.0], [False, True])
    """
    wanted = tuple(int(site) for site in destinations)
    if not wanted or len(set(wanted)) != len(wanted):
        raise ForecastRefused("there is no destination, or one stands twice", network.name)
    if not all(0 <= site < len(network.sites) for site in wanted):
        raise ForecastRefused("a destination is no site of the network", network.name)
    at = {site.name: number for number, site in enumerate(network.sites)}
    _check(network, at)
    changes = {edge for each in network.closures for edge in (each.start, each.end) if edge}
    firsts = [0, *sorted(day for day in changes if 0 < day <= last)]
    spell = np.searchsorted(firsts, np.arange(last + 1), side="right") - 1
    ways = _Ways(network, wanted, at)
    found = [ways.on(day) for day in firsts]
    return Access(
        destinations=wanted,
        spell=spell.astype(np.int64),
        km=np.stack([km for km, _ in found]),
        open=np.stack([open_ for _, open_ in found]),
        newest=np.stack([_newest(network, wanted, at, day) for day in firsts]),
    )


def in_force(closure: Closure, day: int) -> bool:
    """Tell whether something is shut on a day."""
    return closure.start <= day and (closure.end is None or day < closure.end)


class _Ways:
    """The roads of a network as arrays, and distances over those that are open."""

    def __init__(self, network: Network, destinations: tuple[int, ...], at: dict[str, int]) -> None:
        self.network, self.destinations, self.at = network, destinations, at
        self.first = np.array([road.first for road in network.roads], np.int64)
        self.second = np.array([road.second for road in network.roads], np.int64)
        self.km = np.array([road.km for road in network.roads], np.float64)
        names = sorted({site.country for site in network.sites})
        self.countries = {name: number for number, name in enumerate(names)}
        self.country = np.array([self.countries[site.country] for site in network.sites], np.int64)
        self.known: dict[frozenset[Closure], tuple[Floats, NDArray[np.bool_]]] = {}

    def on(self, day: int) -> tuple[Floats, NDArray[np.bool_]]:
        """Give distances, shape (site, destination), and which destinations may be entered."""
        now = frozenset(each for each in self.network.closures if in_force(each, day))
        if now not in self.known:
            self.known[now] = self._measured(now)
        return self.known[now]

    def _measured(self, now: frozenset[Closure]) -> tuple[Floats, NDArray[np.bool_]]:
        sites = len(self.network.sites)
        shut = np.zeros(sites, bool)
        open_road = np.ones(len(self.km), bool)
        for each in now:
            if each.kind in OF_A_SITE:
                shut[self.at[each.first]] = True
            elif each.kind is ClosureKind.ROAD:
                ends = {self.at[each.first], self.at[each.second]}
                open_road &= ~(np.isin(self.first, list(ends)) & np.isin(self.second, list(ends)))
            elif each.kind is ClosureKind.COUNTRY:
                open_road &= ~self._crosses(each)
        # Searched backwards, from the destinations: whoever leaves a for b needs b to be open.
        end = np.concatenate([self.second, self.first])
        start = np.concatenate([self.first, self.second])
        length = np.tile(self.km, 2)
        usable = np.tile(open_road, 2) & ~shut[end]
        graph = _shortest(end[usable], start[usable], length[usable], sites)
        km = np.asarray(dijkstra(graph, directed=True, indices=self.destinations), np.float64).T
        entered = ~shut[list(self.destinations)]
        km[:, ~entered] = np.inf
        return km, entered

    def _crosses(self, closure: Closure) -> NDArray[np.bool_]:
        """Tell which roads cross a shut border; one name alone shuts all borders of a country."""
        one, other = self.country[self.first], self.country[self.second]
        first = self.countries[closure.first]
        crossing: NDArray[np.bool_] = (one == first) != (other == first)
        if closure.second:
            second = self.countries[closure.second]
            crossing &= (one == second) | (other == second)
        return crossing


def _shortest(
    end: NDArray[np.int64], start: NDArray[np.int64], km: Floats, sites: int
) -> coo_array:
    """Put roads into a matrix, of several between the same sites the shortest."""
    order = np.lexsort((km, start, end))
    end, start, km = end[order], start[order], km[order]
    first = np.ones(len(km), bool)
    first[1:] = (end[1:] != end[:-1]) | (start[1:] != start[:-1])
    return coo_array((km[first], (end[first], start[first])), shape=(sites, sites))


def _newest(
    network: Network, destinations: tuple[int, ...], at: dict[str, int], day: int
) -> NDArray[np.bool_]:
    """Tell which destinations opened last in their country, of those that were shut at first."""
    opened: dict[int, int] = {}
    for each in network.closures:
        if each.kind in OF_A_SITE and each.start <= 0 and each.end is not None and each.end <= day:
            opened[at[each.first]] = max(each.end, opened.get(at[each.first], 0))
    latest: dict[str, int] = {}
    for site in destinations:
        if opened.get(site, 0) > 0:
            country = network.sites[site].country
            latest[country] = max(latest.get(country, 0), opened[site])
    return np.array([
        opened.get(site, 0) > 0 and opened[site] == latest[network.sites[site].country]
        for site in destinations
    ])  # fmt: skip


def _check(network: Network, at: dict[str, int]) -> None:
    countries = {site.country for site in network.sites}
    for each in network.closures:
        if each.kind is ClosureKind.REDIRECTION:
            continue
        known = countries if each.kind is ClosureKind.COUNTRY else set(at)
        pair = each.kind is ClosureKind.ROAD or (each.kind is ClosureKind.COUNTRY and each.second)
        for name in (each.first, each.second) if pair else (each.first,):
            if name not in known:
                raise ForecastRefused(
                    f"a closure names {name!r}, which is not in the network",
                    where=network.name,
                    mend="correct the name, or leave the closure out",
                )
