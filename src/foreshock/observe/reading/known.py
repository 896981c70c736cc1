"""What a case knows of people, places and voices, and who is new to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from foreshock.core.places import Place, distance_km
from foreshock.evidence.actors import Actor
from foreshock.evidence.claim import Report, Source
from foreshock.evidence.records import Entry
from foreshock.lexicon import gazetteer
from foreshock.observe.reading.names import fold, one_line, slug
from foreshock.observe.reading.record import Party, Record, Spoken, Where

APART_KM = 100.0
"""Two places of one name that lie farther apart are two places."""

_E = TypeVar("_E", Actor, Place, Source)

_KINDS = MappingProxyType(
    {
        "GOV": "government", "MIL": "armed force", "REB": "armed group",
        "PRM": "armed group", "IGO": "organisation", "NGO": "organisation", "PTY": "organisation",
        "OPP": "organisation", "CVL": "population", "REF": "population", "JRN": "media",
    }
)  # fmt: skip
"""What sort of actor the people of a sector are."""

OF_A_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "LEG", "JUD"})
"""Sectors of those who act for their state."""

_VOICES = MappingProxyType({"social account": "social account"})
"""Kind of a source by kind of speaker, where one follows from the other."""


@dataclass
class Known:
    """Actors, places, sources and reports of a case, found by id, name and alias.

    Parameters
    ----------
    day : datetime.date or None
        Aliases count that were in use by then; None: all do.
    actors, places, sources : dict by id
    reports : dict by key
    """

    day: date | None = None
    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the names."""
        self._new: dict[str, Entry] = {}
        self._actor_names: dict[str, str] = {}
        self._place_names: dict[str, str] = {}
        self._source_names: dict[str, str] = {}
        self._states: dict[str, str] = {}
        for actor in self.actors.values():
            self._learn_actor(actor)
        for place in self.places.values():
            self._learn_place(place)
        for source in self.sources.values():
            for name in filter(None, (source.name, _medium(source.name).name)):
                self._source_names.setdefault(_folded(name), source.id)

    @classmethod
    def of(cls, entries: Iterable[Entry], day: date | None = None) -> Known:
        """Gather what a case's entries tell.

        Parameters
        ----------
        entries : iterable of Entry
        day : datetime.date, optional
            As of which names count.
        """
        entries = list(entries)
        return cls(
            day,
            actors={each.id: each for each in entries if isinstance(each, Actor)},
            places={each.id: each for each in entries if isinstance(each, Place)},
            sources={each.id: each for each in entries if isinstance(each, Source)},
            reports={each.key or each.id: each for each in entries if isinstance(each, Report)},
        )

    def fresh(self) -> tuple[Entry, ...]:
        """Give what was not known before, in the order in which it came up."""
        return tuple(self._new.values())

    # ------------------------------------------------------------------ actors

    def actor(self, party: Party) -> str:
        """Give the actor that a party is: by id, by name or alias, a state by its country."""
        for found in (
            party.id if party.id in self.actors else "",
            self._actor_names.get(fold(party.name), ""),
            self._states.get(party.country, "") if not party.sector else "",
        ):
            if found:
                return found
        # "Peruvian soldiers" act for Peru: who is met first by what some of his are called keeps
        # his own name.
        party = named(party.id) if party.id in _lexicon() else party
        made = Actor(
            id=self._free(slug(party.id), self.actors),
            name=one_line(party.name or party.words or party.id),
            kind=_kind(party),
            parents=self._state_of(party),
            country=party.country,
            sector=party.sector,
        )
        self._learn_actor(made)
        return self._add(made, self.actors)

    def _state_of(self, party: Party) -> tuple[str, ...]:
        """Give the state of which its ministers, soldiers and offices are a part."""
        state = self._states.get(party.country, "")
        return (state,) if state and party.sector in OF_A_STATE else ()

    def actor_by_id(self, actor: str, record: Record) -> str:
        """Give the actor that a figure counts, named by a party's id."""
        parties = (*record.actors, *record.recipients)
        party = next((each for each in parties if each.id == actor), None)
        return self.actor(party or named(actor))

    def _learn_actor(self, actor: Actor) -> None:
        current = [
            alias.name for alias in actor.aliases
            if self.day is None or alias.since is None or alias.since <= self.day
        ]  # fmt: skip
        for name in (actor.name, *current):
            self._actor_names.setdefault(fold(name), actor.id)
        if actor.kind == "state" and actor.country:
            self._states.setdefault(actor.country, actor.id)

    # ------------------------------------------------------------------ places

    def place(self, where: Where) -> str:
        """Give the place that is meant: by id, name or other spelling, and not too far off."""
        for found in (where.id, self._place_names.get(fold(where.name), "")):
            if found in self.places and _near(where, self.places[found]):
                return found
        wanted = slug(where.id)
        if wanted in self.places:
            wanted = slug(f"{where.id} {where.country}")
            if wanted in self.places:
                return wanted
        made = Place(
            id=wanted,
            name=one_line(where.name),
            kind=where.kind or "town",
            lat=where.lat,
            lon=where.lon,
            coordinates_source="gazetteer" if where.lat is not None else "",
            basis="read",
        )
        self._learn_place(made)
        return self._add(made, self.places)

    def _learn_place(self, place: Place) -> None:
        for name in (place.name, *place.aliases):
            self._place_names.setdefault(fold(name), place.id)

    # ------------------------------------------------------------------ voices

    def publisher(self, name: str) -> str:
        """Give the source of this id or name; a new one if there is none."""
        found = next((each for each in (name, slug(name)) if each in self.sources), "")
        return found or self._source(name, Source(id="", name=name))

    @property
    def agencies(self) -> Mapping[str, str]:
        """Names under which an agency is credited, folded, and what it is called."""
        ours = {
            fold(source.name): source.name
            for source in self.sources.values()
            if source.kind in _AGENCIES
        }
        return {**_agencies(), **ours}

    def speaker(self, link: Spoken) -> str:
        """Give the source that speaks: by id or name, else by the last name of somebody known."""
        side = self._side(link)
        if link.id in self.sources and _one_side(side, self.sources[link.id]):
            return link.id
        if link.kind == "party" and side:
            # A state that speaks is its government.
            voices = [
                source.id
                for source in self.sources.values()
                if source.side == side and fold(source.name).endswith("government")
            ]
            if len(voices) == 1:
                return voices[0]
        told = fold(link.name)
        for source in self.sources.values():
            # "Foreign Minister A. B." may stand as "B, foreign minister of Angria".
            name = fold(source.name.partition(",")[0])
            minister = source.kind == "office-holder" and side == source.side
            if (
                name
                and link.kind == "person"
                and (told == name or (minister and (told.endswith(name) or name.endswith(told))))
            ):
                return source.id
        # Officials whom nobody names are voices of their side, and of no other.
        unnamed = link.kind == "unnamed" and side
        name = f"{link.name} ({self.actors[side].name})" if unnamed else link.name
        kind = _VOICES.get(link.kind, "")
        if link.kind == "person" and side:
            kind = "office-holder"
        return self._source(name, Source(id="", name=name, kind=kind, side=side))

    def _side(self, link: Spoken) -> str:
        if not link.side or "/" in link.side:
            return ""  # people told by what they are speak for nobody but themselves
        known = self.actors.get(link.side)
        if known is not None:
            # Who holds an office speaks for the state.
            return known.parents[0] if known.kind == "office" and known.parents else known.id
        party = named(link.side)
        return next(iter(self._state_of(party)), "") or self.actor(party)

    def _source(self, name: str, made: Source) -> str:
        medium = _medium(name)
        usual = medium.name or made.name
        found = self._source_names.get(_folded(name)) or self._source_names.get(_folded(usual))
        if found is not None:
            return found
        # All voices of a state's media are of its side.
        side = self._states.get(medium.country, "") if medium.kind == "state media" else made.side
        source = Source(
            id=self._free(slug(usual), self.sources),
            name=one_line(usual),
            kind=medium.kind or made.kind,
            side=side,
        )
        self._source_names[_folded(name)] = self._source_names[_folded(usual)] = source.id
        return self._add(source, self.sources)

    # ------------------------------------------------------------------ means

    def _add(self, entry: _E, book: dict[str, _E]) -> str:
        book[entry.id] = entry
        self._new[f"{type(entry).__name__}:{entry.id}"] = entry
        return entry.id

    @staticmethod
    def _free(wanted: str, book: dict[str, _E]) -> str:
        name, number = wanted, 2
        while name in book:
            name, number = f"{wanted}-{number}", number + 1
        return name


def named(party: str) -> Party:
    """Give the party of an id alone: as the lexicon has it, else named after its id.

    Examples
    --------
    >>> named("peru").country, named("free-guard").name
    ('PER', 'Free Guard')
    """
    entry = _lexicon().get(party)
    if entry is None:
        return Party(id=party, name=party.replace("-", " ").replace("/", " ").title())
    return Party(id=party, name=entry.name, country=entry.country, sector=entry.sector)


@cache
def _lexicon() -> Mapping[str, gazetteer.Entry]:
    books = (gazetteer.people(), gazetteer.organisations(), gazetteer.groups(), gazetteer.states())
    return {entry.id: entry for book in books for entry in book}


_AGENCIES = frozenset({"news agency", "state media"})
_NO_MEDIUM = gazetteer.Medium(id="", name="", country="")


@cache
def _media() -> Mapping[str, gazetteer.Medium]:
    return {fold(name.text): each for each in reversed(gazetteer.media()) for name in each.names}


@cache
def _agencies() -> Mapping[str, str]:
    return {name: each.name for name, each in _media().items() if each.kind in _AGENCIES}


def _folded(name: str) -> str:
    return fold(name) or name  # a name may hold no letter at all


def _medium(name: str) -> gazetteer.Medium:
    return _media().get(fold(name), _NO_MEDIUM)


def _kind(party: Party) -> str:
    if isinstance(_lexicon().get(party.id), gazetteer.Person):
        return "office" if party.sector in OF_A_STATE else ""
    if party.country in {"IGO", "NGO"}:
        return "organisation"
    return _KINDS.get(party.sector, "state" if party.country and not party.sector else "")


def _near(where: Where, place: Place) -> bool:
    apart = distance_km(Place(id="", name="", lat=where.lat, lon=where.lon), place)
    return place.is_area or apart is None or apart <= APART_KM


def _one_side(side: str, source: Source) -> bool:
    return not side or not source.side or side == source.side
