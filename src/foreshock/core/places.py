"""Places on the map, which place lies in which, and how far apart they are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG, 1980)."""

AREA_KINDS = frozenset({"subdistrict", "district", "governorate", "province", "region", "country"})
"""Kinds of place that hold other places; every other kind is a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place.

    Parameters
    ----------
    id, name : str
        Slug and name in reports' usual English spelling.
    kind : str
        One of `AREA_KINDS`, or a kind of point (city, town, village, camp, crossing ...).
    lat, lon : float or None
        Degrees north and east (WGS 84); the centre of an area; None if unknown.
    parents : tuple of str
        The areas that directly hold it.
    aliases : tuple of str
        Other spellings.
    population : float or None
        Persons, None if unknown.
    """

    id: str
    name: str
    kind: str = "town"
    lat: float | None = None
    lon: float | None = None
    parents: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    population: float | None = None
    population_basis: str = ""
    coordinates_source: str = ""
    code: str = ""
    basis: str = ""

    @property
    def is_area(self) -> bool:
        """Whether the place holds other places."""
        return self.kind in AREA_KINDS


def distance_km(a: Place, b: Place) -> float | None:
    r"""Great-circle distance by the haversine formula, in km; None if a position is unknown.

    .. math:: d = 2R \arcsin\sqrt{\sin^2\tfrac{\Delta\phi}{2}
              + \cos\phi_a\cos\phi_b\sin^2\tfrac{\Delta\lambda}{2}}

    Examples
    --------
    >>> a, b = Place(id="a", name="A", lat=0.0, lon=0.0), Place(id="b", name="B", lat=0.0, lon=1.0)
    >>> round(distance_km(a, b), 2)
    111.2
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    phi_a, phi_b = math.radians(a.lat), math.radians(b.lat)
    half_phi = math.sin((phi_b - phi_a) / 2) ** 2
    half_lambda = math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    root = math.sqrt(half_phi + math.cos(phi_a) * math.cos(phi_b) * half_lambda)
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, root))


@dataclass(frozen=True)
class Gazetteer(Mapping[str, Place]):
    """The places of a case, by id, with containment.

    Examples
    --------
    >>> gazetteer = Gazetteer({"north": Place(id="north", name="North", kind="region"),
    ...                        "ford": Place(id="ford", name="Ford", parents=("north",))})
    >>> gazetteer.holds("north", "ford"), gazetteer.same("ford", "north", within_km=15)
    (True, True)
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, key: str) -> Place:
        """Look a place up by id."""
        return self.places[key]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self.places)

    def __len__(self) -> int:
        """Count the places."""
        return len(self.places)

    def name(self, place: str) -> str:
        """Name of a place; its id where the gazetteer does not know it."""
        return self.places[place].name if place in self.places else place

    def above(self, place: str) -> frozenset[str]:
        """Ids of all areas that hold a place, however indirectly."""
        known = self._above.get(place)
        if known is None:
            seen: set[str] = set()
            queue = [place]
            while queue:
                here = self.places.get(queue.pop())
                fresh = [p for p in here.parents if p not in seen] if here else []
                seen.update(fresh)
                queue.extend(fresh)
            known = self._above[place] = frozenset(seen)
        return known

    def holds(self, area: str, place: str) -> bool:
        """Whether an area holds a place."""
        return area in self.above(place)

    def same(self, a: str, b: str, within_km: float) -> bool:
        """Whether two tellings of a place can mean one: equal, contained, or points close by."""
        if a == b or self.holds(a, b) or self.holds(b, a):
            return True
        first, second = self.places.get(a), self.places.get(b)
        if first is None or second is None or first.is_area or second.is_area:
            return False
        apart = distance_km(first, second)
        return apart is not None and apart <= within_km
