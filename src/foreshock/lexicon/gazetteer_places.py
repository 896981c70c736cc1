"""Where: countries, regions and towns by name, for the reader of places.

Towns are GeoNames' (``cities.csv``, made by ``docs/cities.py``); regions, provinces, seas and
straits are our own list (``regions.csv``).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from foreshock.core.errors import LexiconError
from foreshock.lexicon.gazetteer import states

ARABIC = frozenset(
    {
        "DZA", "BHR", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MRT", "MAR", "OMN", "PSE", "QAT",
        "SAU", "SDN", "SYR", "TUN", "ARE", "YEM", "TCD", "SOM", "DJI", "ESH",
    }
)  # fmt: skip
"""Countries whose towns may have an article that writers spell in many ways or leave out."""

_ARTICLES = frozenset(
    ("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ez", "es", "ed", "et")
)
_APOSTROPHES = str.maketrans(dict.fromkeys("'‘’ʻʼʽʾʿ`ʹ", None) | {"-": " "})
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ə": "e",
                          "þ": "th", "ð": "d", "œ": "oe"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A place of the world.

    Parameters
    ----------
    id, name : str
        Slug and usual name.
    country : str
        ISO 3166 alpha-3 code; empty for seas and what lies in several countries.
    kind : str
        ``country``, ``city``, ``province``, ``region``, ``sea`` ...
    lat, lon : float or None
        Degrees north and east.
    population : int
        Of a town; 0 if unknown or no town.
    """

    id: str
    name: str
    country: str
    kind: str
    lat: float | None = None
    lon: float | None = None
    population: int = 0


def fold(name: str) -> str:
    """Write a name as it is looked up: small letters, no accents or apostrophes, no hyphens.

    Examples
    --------
    >>> fold("São Tomé"), fold("Sana'a"), fold("Al-Fasher")
    ('sao tome', 'sanaa', 'al fasher')
    """
    name = name.translate(_APOSTROPHES).lower()
    if not name.isascii():
        parted = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        name = "".join(letter for letter in parted if not unicodedata.combining(letter)).lower()
    return name


def without_articles(key: str) -> str:
    """Leave the Arabic articles out of a folded name.

    Examples
    --------
    >>> without_articles("al fasher"), without_articles("umm el qasr")
    ('fasher', 'umm qasr')
    """
    words = key.split()
    return " ".join(word for word in words if word not in _ARTICLES) if len(words) > 1 else key


class World:
    """The places of the world, found by folded name.

    Examples
    --------
    >>> place = world().find("lima")[0]
    >>> place.name, place.country, place.kind
    ('Lima', 'PER', 'city')
    >>> [place.country for place in world().find("valencia")][:2]
    ['VEN', 'ESP']
    """

    def __init__(self) -> None:
        self._places: list[Known | tuple[str, ...]] = []
        self._index: dict[str, int | tuple[int, ...]] = {}
        self.ordinary: set[str] = set()
        """Folded names of towns that are ordinary words or people's names as well."""
        self.countries: dict[str, str] = {}
        """Codes by folded name of the country."""
        self.peoples = frozenset(
            fold(name.text) for state in states() for name in (*state.adjectives, *state.people)
        )
        """Folded adjectives and names of peoples."""
        self._add_states()
        self._add_regions()
        self._add_cities()
        self._add_spellings()

    def find(self, key: str) -> tuple[Known, ...]:
        """Give the places of a folded name, the one that is usually meant first."""
        found = self._index.get(key)
        if found is None:
            return ()
        numbers = (found,) if isinstance(found, int) else found
        return tuple(self._place(number) for number in numbers)

    def __contains__(self, key: str) -> bool:
        """Whether any place has this folded name."""
        return key in self._index

    def _place(self, number: int) -> Known:
        place = self._places[number]
        if isinstance(place, Known):
            return place
        key, country, lat, lon, population = place
        name = key.title()
        first = self._index.get(key)
        namesake = first != number and not (isinstance(first, tuple) and first[0] == number)
        slug = key.replace(" ", "-") + (f"-{country.lower()}" if namesake else "")
        made = Known(slug, name, country, "city", float(lat), float(lon), int(population))
        self._places[number] = made
        return made

    def _file(self, keys: Iterable[str], place: Known | tuple[str, ...]) -> None:
        number = len(self._places)
        self._places.append(place)
        index = self._index
        for key in keys:
            found = index.setdefault(key, number)
            if found != number:
                index[key] = (*(found if isinstance(found, tuple) else (found,)), number)

    def _add_states(self) -> None:
        for state in states():
            if not state.country or (state.until is not None):
                continue
            names = [fold(name.text) for name in state.names if len(name.text) > 3]
            for name in names:
                self.countries.setdefault(name, state.country)
            place = Known(state.id, state.name, state.country, "country")
            self._file(dict.fromkeys(names), place)

    def _add_regions(self) -> None:
        for number, row in enumerate(_rows("regions.csv"), start=2):
            try:
                name, country, kind, lat, lon, aliases = row
                place = Known(
                    fold(name).replace(" ", "-"), name, country, kind, float(lat), float(lon)
                )
            except ValueError as fault:
                raise LexiconError(
                    f"not a region: {fault}",
                    f"lexicon/gazetteer/regions.csv:{number}",
                    expected="name,iso3,kind,lat,lon,aliases",
                ) from fault
            names = [name, *filter(None, aliases.split(";"))]
            self._file(dict.fromkeys(map(fold, names)), place)

    def _add_cities(self) -> None:
        for name, country, lat, lon, population, keys, ordinary in _rows("cities.csv"):
            if ordinary:
                self.ordinary.update(ordinary.split(";"))
            self._file(
                [key for key in keys.split(";") if key not in self.peoples],
                (name, country, lat, lon, population),
            )

    def _add_spellings(self) -> None:
        for written, usual in _rows("spellings.csv"):
            found = self._index.get(fold(usual))
            if found is not None:
                self._index.setdefault(fold(written), found)


def _rows(file: str) -> Iterable[list[str]]:
    path = files("foreshock.lexicon") / "gazetteer" / file
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    next(rows)
    return rows


@cache
def world() -> World:
    """Load the places of the world, once."""
    return World()
