"""Splitting: of those who leave a place on a day, how many go to each open destination."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import ForecastRefused
from foreshock.core.network import Network
from foreshock.forecast.displacement.destinations.access import access
from foreshock.forecast.displacement.destinations.drawing import draw_pull, draw_rules
from foreshock.forecast.displacement.destinations.gravity import even_out, onset, pull
from foreshock.forecast.displacement.destinations.taught import Taught

Floats = NDArray[np.float64]


def shares(
    network: Network,
    taught: Taught,
    *,
    day: int,
    origins: Collection[int] | None = None,
    open_sites: Collection[int] | None = None,
    draws: int,
    seed: int,
) -> Floats:
    """Give the shares of destinations among those who leave each site on a day.

    Parameters
    ----------
    network : Network
        Of any sites and roads, not only of camps; what is shut on that day is shut.
    taught : Taught
    day : int
        From 0; nothing that comes after it has any effect.
    origins : collection of int, optional
        Sites that people leave, in the order of the result; else those that fighting has reached by
        that day, as they stand in the network.
    open_sites : collection of int, optional
        Destinations, in the order of the result; else the camps. A site is no destination of its
        own people.
    draws, seed : int

    Returns
    -------
    ndarray, shape (draw, origin, destination)
        Each row sums to 1, or to 0 where no destination can be reached. A draw is one rule of
        gravity and one pull of each destination beyond it, the same for all origins.

    Raises
    ------
    ForecastRefused
        If there is no destination, no origin, no draw, or no such day.

    Examples
    --------
    Two camps, one of them twice as far:

    >>> from datetime import date
    >>> from foreshock.core.network import Road, Site, SiteKind
    >>> from foreshock.forecast.displacement.destinations.taught import bundled
    >>> sites = (Site(name="gondal", kind=SiteKind.CONFLICT),
    ...          Site(name="glasstown", kind=SiteKind.CAMP),
    ...          Site(name="ruritania", kind=SiteKind.CAMP))
    >>> network = Network(
    ...     name="northford", start=date(2031, 1, 1), days=1, sites=sites, closures=(),
    ...     roads=(Road(first=0, second=1, km=40.0), Road(first=0, second=2, km=80.0)),
    ...     conflict=np.array([[1.0, 0.0, 0.0]]),
    ... )
    >>> found = shares(network, bundled(), day=0, draws=500, seed=7)
    >>> found.shape, bool(np.allclose(found.sum(axis=2), 1.0))
    ((500, 1, 2), True)
    >>> near, far = found.mean(axis=(0, 1))
    >>> bool(near > far)
    True
    """
    _check(network, day, draws)
    destinations = _listed(network, network.camps if open_sites is None else open_sites, "open")
    started = onset(network.conflict[: day + 1])
    fought = np.flatnonzero(started <= day) if origins is None else origins
    starts = _listed(network, [int(at) for at in fought], "left")
    ways = access(network, destinations, day)
    km = ways.km[-1][starts].copy()
    km[np.array(starts)[:, None] == np.array(destinations)[None, :]] = np.inf
    rules, names = taught.rules, [network.sites[at].name for at in destinations]
    chosen = draw_rules(taught, draws, seed)
    nothing = np.zeros(len(names))
    extra = draw_pull(taught, names, draws, seed, nothing, np.zeros((draws, len(names))))
    near, opening, _, _ = np.unravel_index(chosen, rules.shape)
    found = np.empty((draws, len(starts), len(destinations)))
    for g, distance in enumerate(rules.distance):
        for m, weight in enumerate(rules.opening):
            mine = (near == g) & (opening == m)
            found[mine] = pull(km, ways.newest[-1], distance, weight)
    found *= extra[:, None, :]
    return even_out(found, found)  # there are many: a second table of them would take long to fill


def _check(network: Network, day: int, draws: int) -> None:
    if not 0 <= day < len(network.conflict):
        raise ForecastRefused(
            f"there is no day {day}", network.name, f"0 to {len(network.conflict) - 1}"
        )
    if draws < 1:
        raise ForecastRefused(f"{draws} draws", network.name, "at least 1")


def _listed(network: Network, sites: Collection[int], what: str) -> list[int]:
    found = [int(at) for at in sites]
    if not found:
        raise ForecastRefused(f"no site is {what}", network.name)
    if len(set(found)) != len(found) or not all(0 <= at < len(network.sites) for at in found):
        raise ForecastRefused(f"the sites that are {what} are not sites, each once", network.name)
    return found
