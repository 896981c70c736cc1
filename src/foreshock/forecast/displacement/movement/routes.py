"""Where people at a site can go: roads one way, and the ways made of them that people know of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foreshock.core.errors import MovementError
from foreshock.core.network import Network, Road, SiteKind
from foreshock.core.rules import MovementRules
from foreshock.forecast.displacement.movement.modes import Mode

Whole = NDArray[np.int32]
Numbers = NDArray[np.float64]

MOST_WAYS = 20_000_000
"""Ways that are held at most; a network and an awareness that make more are refused."""


class Lanes(NamedTuple):
    """Roads, each direction by itself.

    Attributes
    ----------
    start, end : ndarray of int, shape (lane,)
        Sites.
    km : ndarray, shape (lane,)
    speed : ndarray, shape (lane,)
        Kilometres a day.
    walking : ndarray, shape (lane,)
        Probability a day of making the way on foot.
    """

    start: Whole
    end: Whole
    km: Numbers
    speed: Numbers
    walking: Numbers


class Ways(NamedTuple):
    """Ways that people may choose, in the order of the sites where they start.

    Attributes
    ----------
    first : ndarray of int, shape (site + 1,)
        Where the ways of a site begin.
    end : ndarray of int, shape (way,)
        Site that a way leads to.
    nearness : ndarray, shape (way,)
        ``(softening + km) ** -distance_power``, of the whole way.
    first_leg : ndarray of int, shape (way + 1,)
        Where the lanes of a way begin.
    legs : ndarray of int
        Lanes, in the order in which they are travelled.
    first_feeder : ndarray of int, shape (site + 1,)
        Where the sites from which a way leads to a site begin.
    feeders : ndarray of int
        These sites.
    """

    first: Whole
    end: Whole
    nearness: Numbers
    first_leg: Whole
    legs: Whole
    first_feeder: Whole
    feeders: Whole


class Routes(NamedTuple):
    """Lanes, the road that each is a direction of, and ways."""

    lanes: Lanes
    road: tuple[int, ...]
    ways: Ways


def routes(network: Network, rules: MovementRules, mode: Mode) -> Routes:
    r"""List all ways that people know of.

    From a site they know each site that they can reach over up to `awareness_level` roads without
    coming to a site twice; forwarding markers are passed and not counted.

    Parameters
    ----------
    network : Network
    rules : MovementRules
    mode : Mode
        As published, a road with a decree at its first end is there twice, and of several roads
        between two sites all are weighed but the first is taken; otherwise each is itself.

    Returns
    -------
    Routes

    Raises
    ------
    MovementError
        If a length, speed or probability of a road is none, or there are more ways than can be
        held.

    Examples
    --------
    >>> from datetime import date
    >>> from foreshock.core.network import Network, Road, Site, SiteKind
    >>> gondal = Network(
    ...     name="gondal", start=date(2000, 1, 1), days=1, closures=(), conflict=np.zeros((1, 3)),
    ...     sites=tuple(Site(name=name, kind=SiteKind.TOWN) for name in "abc"),
    ...     roads=(Road(first=0, second=1, km=40.0), Road(first=1, second=2, km=50.0)),
    ... )
    >>> known = routes(gondal, MovementRules(awareness_level=2), Mode.FIXED).ways
    >>> known.first.tolist(), known.end.tolist()  # a: b, c; b: a, c; c: b, a
    ([0, 2, 4, 6], [1, 2, 0, 2, 1, 0])
    >>> known.nearness[:2].tolist()  # 1 / (10 + 40), 1 / (10 + 40 + 50)
    [0.02, 0.01]
    """
    roads: list[int] = []
    for at, road in enumerate(network.roads):
        doubled = mode.as_published and road.redirection == 1
        roads += [at, at] if doubled else [at]
    lanes = _lanes(network, roads, rules)
    of_road = tuple(road for at in roads for road in (at, at))
    return Routes(lanes, of_road, _ways(network, lanes, rules, mode))


def _lanes(network: Network, roads: Sequence[int], rules: MovementRules) -> Lanes:
    ends = [(network.roads[at].first, network.roads[at].second) for at in roads]
    both = np.array([site for a, b in ends for site in (a, b, b, a)], np.int32).reshape(-1, 2)
    each = [network.roads[at] for at in roads for _ in range(2)]
    km = np.array([road.km for road in each], np.float64)
    if not np.all(km >= 0) or not np.all(np.isfinite(km)):
        bad = each[int(np.argmin(np.isfinite(km) & (km >= 0)))]
        raise MovementError(
            f"the road is {bad.km} km long", where=_named(network, bad), expected="0 or more"
        )
    if rules.softening <= 0 and np.any(km == 0):
        raise MovementError(
            "a road of no length and no softening make an endless weight",
            where=_named(network, each[int(np.argmin(km))]),
            mend="set move_rules.softening above 0",
        )
    return Lanes(
        start=np.ascontiguousarray(both[:, 0]),
        end=np.ascontiguousarray(both[:, 1]),
        km=km,
        speed=np.array(
            [_number(network, r, "max_move_speed", rules.max_move_speed) for r in each], np.float64
        ),
        walking=np.array([_number(network, r, "walk_probability", 0.0) for r in each], np.float64),
    )


def _number(network: Network, road: Road, attribute: str, usual: float) -> float:
    text = road.attributes.get(attribute, "").strip()
    if not text:
        return usual
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not 0 <= number < float("inf"):
        raise MovementError(
            f"{attribute} of the road is {text!r}",
            where=_named(network, road),
            expected="a number from 0 on",
        )
    return number


def _named(network: Network, road: Road) -> str:
    return f"{network.name}: {network.sites[road.first].name} - {network.sites[road.second].name}"


def _ways(network: Network, lanes: Lanes, rules: MovementRules, mode: Mode) -> Ways:
    sites = len(network.sites)
    out: list[list[int]] = [[] for _ in range(sites)]
    taken: dict[tuple[int, int], int] = {}
    starts, ends, km = lanes.start.tolist(), lanes.end.tolist(), lanes.km.tolist()
    for lane, (start, end) in enumerate(zip(starts, ends, strict=True)):
        out[start].append(lane)
        taken.setdefault((start, end), lane)
    passed = [site.kind is SiteKind.MARKER for site in network.sites]

    def beyond(at: int, behind: tuple[int, ...], left: int) -> Iterator[tuple[int, ...]]:
        """Give the ways on from a site as lanes; `left` roads to unmarked sites are in view."""
        for lane in out[at]:
            end = ends[lane]
            if end in behind:
                continue
            here = taken[at, end] if mode.as_published else lane
            length = (lane, here)
            if not passed[end]:
                yield (*length,)
            after = left if passed[end] else left - 1
            if after > 0:
                for more in beyond(end, (*behind, at), after):
                    yield (*length, *more)

    first, end_of = [0], list[int]()
    distance: list[float] = []
    first_leg: list[int] = [0]
    legs: list[int] = []
    for site in range(sites):
        for way in beyond(site, (), rules.awareness_level):
            weighed, travelled = way[::2], way[1::2]
            end_of.append(ends[weighed[-1]])
            distance.append(sum(km[lane] for lane in weighed))
            legs += travelled
            first_leg.append(len(legs))
        first.append(len(end_of))
        if len(end_of) > MOST_WAYS:
            raise MovementError(
                f"more than {MOST_WAYS:,} ways are known to people",
                where=network.name,
                mend="set move_rules.awareness_level lower",
            )
    end = np.array(end_of, np.int32)
    feeders_first, feeders = _feeders(end, np.repeat(np.arange(sites), np.diff(first)), sites)
    return Ways(
        first=np.array(first, np.int32),
        end=end,
        nearness=(rules.softening + np.array(distance, np.float64)) ** -rules.distance_power,
        first_leg=np.array(first_leg, np.int32),
        legs=np.array(legs, np.int32),
        first_feeder=feeders_first,
        feeders=feeders,
    )


def _feeders(end: Whole, origin: NDArray[np.intp], sites: int) -> tuple[Whole, Whole]:
    """Group the origins of ways by their end, each origin once."""
    pairs = np.unique(end.astype(np.int64) * sites + origin)
    first = np.searchsorted(pairs, np.arange(sites + 1, dtype=np.int64) * sites)
    return first.astype(np.int32), (pairs % max(sites, 1)).astype(np.int32)
