"""The world's countries as VIEWS numbers them, those that came and went included.

VIEWS gives a country a new number when its land changes: Sudan is 59 until the south left it in
July 2011, and 245 from then on. A count of zero under 245 in 2003 says nothing about a war in
Darfur; nobody was counted under that number. So every row has the days on which its number holds.

The table ``countries_views.csv`` is of facts. Numbers, names, Gleditsch and Ward's numbers and ISO
codes are those that VIEWS uses (https://viewsforecasting.org); the days are those of Gleditsch and
Ward's list of independent states (Gleditsch, Ward 1999, International Interactions 25(4), 393-413)
and, where only a border or a capital moved, of that move; their months are those of VIEWS's panel
of 1990 to 2021. FIPS codes are GeoNames'. What is simplified:

- the union that ended in December 1991 and the federation that ended in April 1992 keep one number
  each (189, 188) while republics left them, where VIEWS has a number for every step;
- Kosovo has no ISO code; XKX and 983 are codes that ISO leaves to its users;
- a territory counts with the state whose VIEWS area holds it, as UCDP counts it: the West Bank and
  Gaza with 218, the Western Sahara with 243;
- four states of a few square kilometres have numbers and no place in VIEWS's own panel.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from foreshock.core.errors import LexiconError
from foreshock.lexicon.gazetteer_places import fold

KINDS = {
    "id": "VIEWS country_id",
    "gwcode": "Gleditsch-Ward number",
    "iso3": "ISO 3166 alpha-3 code",
    "iso_numeric": "ISO 3166 numeric code",
    "fips": "FIPS 10-4 code",
    "name": "country name",
}
"""By what a country can be found, and what that is."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country under one VIEWS number.

    Attributes
    ----------
    id, gwcode : str
        Number in VIEWS; in Gleditsch and Ward's list, which UCDP uses.
    name : str
        As VIEWS has it.
    iso3, iso_numeric : str
        ISO 3166 codes; the numeric one with its leading zeros.
    since, until : datetime.date or None
        First and last day on which the number holds; None: since before 1989, or still.
    in_panel : bool
        Whether it is in VIEWS's panels.
    lat, lon : float or None
        A point of it, in degrees, where it is too small for a map of the world.
    fips, names : tuple of str
        FIPS 10-4 codes, as GDELT has them; other names.
    """

    id: str
    gwcode: str
    name: str
    iso3: str
    iso_numeric: str
    since: date | None = None
    until: date | None = None
    in_panel: bool = True
    lat: float | None = None
    lon: float | None = None
    fips: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def existed(self, first: date, last: date) -> bool:
        """Whether it did on any of some days, both ends included.

        Examples
        --------
        >>> country("246").existed(date(2011, 6, 1), date(2011, 6, 30))
        False
        >>> country("246").existed(date(2011, 7, 1), date(2011, 7, 31))
        True
        """
        return (self.since or first) <= last and (self.until or last) >= first


@cache
def countries() -> tuple[Country, ...]:
    """Give them all, by number.

    Examples
    --------
    >>> now = [each for each in countries() if each.in_panel and each.until is None]
    >>> len(now), now[0].name
    (191, 'Guyana')
    """
    table = files("foreshock.lexicon") / "countries_views.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return tuple(_country(row) for row in rows)


def country(number: str) -> Country:
    """Give the country of a VIEWS number.

    Raises
    ------
    LexiconError
        If no country has it.

    Examples
    --------
    >>> country("220").gwcode
    '652'
    """
    return bearing("id", number)[0]


def bearing(kind: str, word: str) -> tuple[Country, ...]:
    """Give the countries that ever bore a name or code, in the order of time.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    word : str
        Codes as they are written, a number with or without leading zeros; of names neither case,
        accents nor hyphens matter.

    Raises
    ------
    LexiconError
        If none did.

    Examples
    --------
    >>> [each.id for each in bearing("name", "Indonesia")]
    ['208', '209']
    >>> bearing("name", "Côte d’Ivoire") == bearing("name", "Ivory Coast")
    True
    """
    try:
        return _index()[kind, _key(kind, word)]
    except KeyError:
        raise LexiconError(f"no {KINDS[kind]} {word[:80]!r} is known") from None


def spans(found: Sequence[Country]) -> list[tuple[Country, date, date]]:
    """Part all time between countries that bore one name: each with its first and last day.

    A day before the first or after the last of them is nearest to that one; what was told of a
    country before it was one is told of its land.

    Examples
    --------
    >>> [(each.id, str(last)) for each, first, last in spans(bearing("iso3", "SDN"))]
    [('59', '2011-07-08'), ('245', '9999-12-31')]
    """
    starts = [date.min, *(each.since or date.min for each in found[1:])]
    ends = [*(start - _DAY for start in starts[1:]), date.max]
    return list(zip(found, starts, ends, strict=True))


def on(found: Sequence[Country], day: date) -> Country:
    """Give the one of the countries of a name or code that bore it on a day, or the nearest to it.

    Examples
    --------
    >>> on(bearing("gwcode", "530"), date(1990, 1, 1)).id
    '191'
    """
    return next(each for each, first, last in spans(found) if first <= day <= last)


def _country(row: dict[str, str]) -> Country:
    return Country(
        id=row["views_id"],
        gwcode=row["gwcode"],
        name=row["name"],
        iso3=row["iso3"],
        iso_numeric=row["iso_numeric"],
        since=date.fromisoformat(row["since"]) if row["since"] else None,
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        in_panel=row["in_panel"] == "yes",
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        fips=_several(row["fips"]),
        names=_several(row["names"]),
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _key(kind: str, word: str) -> str:
    if kind == "name":
        return " ".join(fold(word).replace(".", "").split())
    return word.strip().lstrip("0") if word.strip().isdigit() else word.strip().upper()


@cache
def _index() -> dict[tuple[str, str], tuple[Country, ...]]:
    found: dict[tuple[str, str], list[Country]] = {}
    for each in sorted(countries(), key=lambda one: one.since or date.min):
        told = {(kind, getattr(each, kind)) for kind in ("id", "gwcode", "iso3", "iso_numeric")}
        told |= {("fips", code) for code in each.fips}
        told |= {("name", name) for name in (each.name, *each.names)}
        for key in {(kind, _key(kind, word)) for kind, word in told}:
            found.setdefault(key, []).append(each)
    return {key: tuple(several) for key, several in found.items()}
