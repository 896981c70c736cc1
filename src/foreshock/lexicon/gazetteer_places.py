"""Where: countries, regions and towns by name, for the reader of places.

Towns are GeoNames' (``cities.csv`` and, sorted, their names in ``city_names.csv``, made by
``docs/cities.py``); regions, provinces, seas and straits are our own list (``regions.csv``).
"""

from __future__ import annotations

import csv
import unicodedata
from bisect import bisect_left
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
        self.countries: dict[str, str] = {}
        """Codes by folded name of the country."""
        self.peoples = frozenset(
            fold(name.text) for state in states() for name in (*state.adjectives, *state.people)
        )
        """Folded adjectives and names of peoples."""
        self._areas: dict[str, tuple[Known, ...]] = {}
        self._add_states()
        self._add_regions()
        # Tens of thousands of lines stay text: a reader needs few of them, and at once.
        self._towns = _lines("cities.csv")
        self._names = _lines("city_names.csv")
        self._made: dict[int, Known] = {}
        self._spellings = {fold(written): fold(usual) for written, usual in _rows("spellings.csv")}

    def find(self, key: str) -> tuple[Known, ...]:
        """Give the places of a folded name, the one that is usually meant first."""
        found = self._areas.get(key, ()) + tuple(map(self._town, self._numbers(key)))
        if not found and key in self._spellings:
            return self.find(self._spellings[key])
        return found

    def __contains__(self, key: str) -> bool:
        """Whether any place has this folded name."""
        return key in self._areas or key in self._spellings or bool(self._numbers(key))

    def is_ordinary(self, key: str) -> bool:
        """Whether the folded name of a town is an ordinary word or a person's name as well."""
        return self._name(key)[1:] == ["1"]

    def _name(self, key: str) -> list[str]:
        """Give what is known of a town's name: which towns bear it, whether it is ordinary."""
        start = f"{key},"
        at = bisect_left(self._names, start)
        known = at < len(self._names) and self._names[at].startswith(start)
        return self._names[at][len(start) :].split(",") if known else []

    def _numbers(self, key: str) -> list[int]:
        if key in self.peoples or not (name := self._name(key)):
            return []
        return [int(number) for number in name[0].split(";")]

    def _town(self, number: int) -> Known:
        made = self._made.get(number)
        if made is None:
            key, country, lat, lon, population = self._towns[number].split(",")
            namesake = key in self._areas or self._numbers(key)[:1] != [number]
            slug = key.replace(" ", "-") + (f"-{country.lower()}" if namesake else "")
            made = Known(
                slug, key.title(), country, "city", float(lat), float(lon), int(population)
            )
            self._made[number] = made
        return made

    def _file(self, names: Iterable[str], place: Known) -> None:
        for key in dict.fromkeys(map(fold, names)):
            self._areas[key] = (*self._areas.get(key, ()), place)

    def _add_states(self) -> None:
        for state in states():
            if not state.country or (state.until is not None):
                continue
            names = [name.text for name in state.names if len(name.text) > 3]
            for name in names:
                self.countries.setdefault(fold(name), state.country)
            self._file(names, Known(state.id, state.name, state.country, "country"))

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
            self._file([name, *filter(None, aliases.split(";"))], place)


def _lines(file: str) -> list[str]:
    """Give the lines of a table that ``docs/cities.py`` wrote, of which no field is quoted."""
    text = (files("foreshock.lexicon") / "gazetteer" / file).read_text(encoding="utf-8")
    return text.splitlines()[1:]


def _rows(file: str) -> Iterable[list[str]]:
    path = files("foreshock.lexicon") / "gazetteer" / file
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    next(rows)
    return rows


@cache
def world() -> World:
    """Load the places of the world, once."""
    return World()
