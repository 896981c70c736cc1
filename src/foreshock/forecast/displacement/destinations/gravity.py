r"""Gravity: places where there is fighting push, open destinations pull, the nearer the more.

Of those who leave in a day, the share from site *s* is

.. math:: w_s \propto \max(n_s, 1000)^b\,(1 + a_s / 30)^{-r}

with :math:`n` who live there and :math:`a` days since fighting first reached it, and of those from
*s* the share to destination *j*, *d* kilometres away over what is open, is

.. math:: p_{sj} \propto (10 + d_{sj})^{-g}\,m^{\,\mathrm{newest}_j}

A site that was shut and then opened is opened to take those who come: in its country, the one that
opened last is weighted by *m*. Where there is no open way, nobody goes. Capacity is never read: it
is told from the very counts that are to be forecast.

Gravity of migration: Zipf 1946, doi:10.2307/2087063; how the exponents are found: `training`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from foreshock.core.network import Network
from foreshock.forecast.displacement.destinations.access import Access, access

Floats = NDArray[np.float64]

SOFT_KM = 10.0
"""Added to every distance, so that the next place does not take all."""

LEAST_PEOPLE = 1000.0
"""A site counts as having so many people, at least."""

MONTH = 30.0

OPENS = 90.0
"""Days after which half of what was shut is taken to be open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules of gravity: every combination of some exponents and weights.

    Attributes
    ----------
    distance : tuple of float
        Exponents *g* of distance.
    opening : tuple of float
        Weights *m* of the destination that opened last.
    population : tuple of float
        Exponents *b* of the people of a site.
    recency : tuple of float
        Exponents *r* of the time since fighting came to a site.

    Examples
    --------
    >>> rules = Rules(distance=(0.0, 1.0), opening=(1.0,), population=(0.5,), recency=(0.0, 1.0))
    >>> len(rules), rules.shape
    (4, (2, 1, 1, 2))
    """

    distance: tuple[float, ...] = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
    opening: tuple[float, ...] = (1.0, 4.0, 16.0)
    population: tuple[float, ...] = (0.0, 0.5, 1.0)
    recency: tuple[float, ...] = (0.0, 1.0, 2.0)

    def __len__(self) -> int:
        """Count the rules."""
        return int(np.prod(self.shape))

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Number of values of distance, opening, population and recency."""
        values = (self.distance, self.opening, self.population, self.recency)
        return len(values[0]), len(values[1]), len(values[2]), len(values[3])


ONE = Rules(distance=(1.0,), opening=(1.0,), population=(0.5,), recency=(0.0,))
"""Plain gravity, a baseline: as one over distance, as the root of people."""

EVEN = Rules(distance=(0.0,), opening=(1.0,), population=(0.0,), recency=(0.0,))
"""No gravity at all: evenly over the destinations that are open, as seen from each site."""


def pull(km: Floats, newest: NDArray[np.bool_], distance: float, opening: float) -> Floats:
    """Give the share of each destination among those who leave each site, by one rule.

    Parameters
    ----------
    km : ndarray, shape (site, destination)
        Infinite where there is no open way.
    newest : ndarray of bool, shape (destination,)
    distance, opening : float

    Returns
    -------
    ndarray, shape (site, destination)
        Each row sums to 1, or to 0 where no destination can be reached.

    Examples
    --------
    >>> pull(np.array([[10.0, 30.0, np.inf]]), np.array([False] * 3), 1.0, 1.0).round(3).tolist()
    [[0.667, 0.333, 0.0]]
    """
    reached = np.isfinite(km)
    force = np.where(reached, (SOFT_KM + np.where(reached, km, 0.0)) ** -distance, 0.0)
    force *= np.where(newest, opening, 1.0)
    return even_out(force)


def push(network: Network, day: int, rules: Rules) -> Floats:
    """Give how much each site pushes on a day, by each rule.

    Where nobody fights yet, every site of the home country pushes that is no camp.

    Parameters
    ----------
    network : Network
    day : int
        What comes after it has no effect.
    rules : Rules

    Returns
    -------
    ndarray, shape (population, recency, site)
    """
    since = onset(network.conflict[: day + 1])
    fought = since <= day
    if not fought.any():
        fought = np.array([s.country == network.home and not s.is_camp for s in network.sites])
    age = np.where(since <= day, day - since, 0) / MONTH
    people = np.maximum([site.population for site in network.sites], LEAST_PEOPLE)
    weights = [
        fought * people**population * (1 + age) ** -recency
        for population, recency in product(rules.population, rules.recency)
    ]
    return np.array(weights).reshape(len(rules.population), len(rules.recency), -1)


def onset(conflict: Floats) -> NDArray[np.int64]:
    """Give the day on which fighting first reached each site; one past the last if it did not."""
    fought = conflict > 0
    return np.where(fought.any(axis=0), fought.argmax(axis=0), len(fought)).astype(np.int64)


def kernels(km: Floats, newest: NDArray[np.bool_], rules: Rules) -> Floats:
    """Give `pull` by every rule, shape (distance, opening, site, destination)."""
    found = [pull(km, newest, g, m) for g, m in product(rules.distance, rules.opening)]
    return np.array(found).reshape(len(rules.distance), len(rules.opening), *km.shape)


def daily_shares(network: Network, ways: Access, rules: Rules) -> Floats:
    """Give the share of each destination among those who leave on each day, by each rule.

    Every day by itself, from what was known on it: a later closure or fight leaves the days before
    it as they are, to the last bit.

    Parameters
    ----------
    network : Network
    ways : Access
    rules : Rules

    Returns
    -------
    ndarray, shape (rule, day, destination)
        Rules in the order of `Rules.shape`; the shares of a day sum to 1. Where no site that pushes
        can reach any destination, people go evenly to those that are open, or to all if none is.
    """
    found = np.empty((len(ways.spell), len(rules), len(ways.destinations)))
    for spell in range(len(ways.km)):
        force = kernels(ways.km[spell], ways.newest[spell], rules)
        for day in np.flatnonzero(ways.spell == spell):
            found[day] = _shares(push(network, int(day), rules), force, ways.open[spell])
    return found.transpose(1, 0, 2)


def foreseen_shares(
    network: Network, destinations: Sequence[int], rules: Rules, origin: int, days: int
) -> Floats:
    """Give the shares of destinations on the days after an origin, as seen from it.

    Nothing that happens after the origin is known but that what is shut opens some day: by half of
    it in each `OPENS` days.

    Parameters
    ----------
    network : Network
    destinations : sequence of int
    rules : Rules
    origin : int
    days : int
        How many days, from the one after the origin.

    Returns
    -------
    ndarray, shape (rule, day, destination)
    """
    pushing = push(network, origin, rules)
    now, free = (
        _shares(pushing, kernels(ways.km[-1], ways.newest[-1], rules), ways.open[-1])
        for ways in (
            access(network, destinations, origin),
            access(replace(network, closures=()), destinations, origin),
        )
    )
    shut = 0.5 ** (np.arange(1, days + 1) / OPENS)[None, :, None]
    return shut * now[:, None] + (1 - shut) * free[:, None]


def _shares(pushing: Floats, force: Floats, enter: NDArray[np.bool_]) -> Floats:
    """Mix what each site sends by how much it pushes, shape (rule, destination)."""
    sites, destinations = force.shape[2:]
    mixed = pushing.reshape(-1, sites) @ force.reshape(-1, sites, destinations)
    mixed[mixed.sum(axis=2) <= 0] = enter if enter.any() else 1.0
    return even_out(mixed).reshape(-1, destinations)


def even_out(force: Floats, out: Floats | None = None) -> Floats:
    """Make the last axis sum to 1, where it does not sum to 0; in place if `out` is the same."""
    whole = force.sum(axis=-1, keepdims=True)
    given = np.zeros_like(force) if out is None else out
    shared: Floats = np.divide(force, whole, out=given, where=whole > 0)
    return shared
