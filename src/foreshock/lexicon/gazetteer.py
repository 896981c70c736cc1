"""Who acts in the news: states, leaders, armed groups, organisations, media, and nouns for people.

The tables in ``lexicon/gazetteer/`` were written for this project from general knowledge. A list
inside a field is parted by ``;``. A name may carry the days on which it is in use:
``name@1997..2001`` (both ends included), ``name@2014`` (since), ``name@..1989`` (until). A day may
be a year, a month or a day. Rows earlier in a file are preferred where two claim one name.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from msgspec import Struct

from foreshock.core.errors import LexiconError
from foreshock.lexicon.ontology import load_ontology

BODIES = frozenset({"IGO", "NGO"})
"""Codes that stand in the place of a country for bodies that belong to none."""


class Name(NamedTuple):
    """A name and the days on which it is in use (None: open)."""

    text: str
    since: date | None = None
    until: date | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """Somebody with a name of their own.

    Parameters
    ----------
    id, name : str
        Slug, the same in no two entries, and usual name.
    country : str
        ISO 3166 alpha-3 code of today's state, ``IGO``, ``NGO``, or empty.
    sector : str
        PLOVER sector; empty for a state or a body as a whole.
    names : tuple of Name
        All names, the usual one first.
    since, until : datetime.date or None
        Days on which it exists, or on which a person holds the office.
    """

    id: str
    name: str
    country: str
    sector: str = ""
    names: tuple[Name, ...] = ()
    since: date | None = None
    until: date | None = None


class State(Entry, frozen=True, kw_only=True):
    """A state, a state that was, or a territory that acts like one.

    Parameters
    ----------
    adjectives, people : tuple of Name
        ``Peruvian``; ``Peruvians``.
    capitals : tuple of Name
        Cities whose bare name may stand for the state.
    bodies : tuple of tuple
        Names of its organs and palaces, each with a sector: (``Congress``, ``LEG``).
    places : tuple of Name
        Regions and towns that tell to which state people belong.
    """

    adjectives: tuple[Name, ...] = ()
    people: tuple[Name, ...] = ()
    capitals: tuple[Name, ...] = ()
    bodies: tuple[tuple[Name, str], ...] = ()
    places: tuple[Name, ...] = ()


class Person(Entry, frozen=True, kw_only=True):
    """An office-holder or leader.

    Parameters
    ----------
    office : str
        The office that the days and the sector speak of.
    short : tuple of Name
        Names that tell who it is without a title.
    titled : tuple of Name
        Names that do so only behind a title (``President Ford``).
    """

    office: str = ""
    short: tuple[Name, ...] = ()
    titled: tuple[Name, ...] = ()


class Group(Entry, frozen=True, kw_only=True):
    """An armed group; ``part_of`` is the id of the whole, ``sponsors`` are states with days."""

    part_of: str = ""
    sponsors: tuple[Name, ...] = ()


class Medium(Entry, frozen=True, kw_only=True):
    """A news agency, paper or broadcaster."""

    kind: str = ""


class People(Entry, frozen=True, kw_only=True):
    """A people or faith; the country is the one that is meant where the text names none.

    Parameters
    ----------
    adjectives : tuple of Name
        ``Tamil``; `names` are the nouns (``Tamils``).
    """

    adjectives: tuple[Name, ...] = ()


class Agent(Struct, frozen=True, kw_only=True):
    """A noun for those who do something, such as ``soldiers``.

    Parameters
    ----------
    forms : tuple of str
        Words of one kind, singular and plural.
    sector : str
        PLOVER sector, empty if the noun does not tell.
    yields : str
        Whose sector it takes from a noun before it: ``any`` (rebel leader), ``armed`` (rebel
        troops), ``social`` (student protesters), or empty for none.
    use : frozenset of str
        ``title``: stands before a name. ``owner``: means nobody without a country or owner.
        ``determined``: means nobody without an article, number, country or other word before it.
        ``of``: only with an "of". ``office``: its former holder is a notable (ELI).
        ``international``: sent by a body of states where the text names nobody (peacekeepers).
    """

    forms: tuple[str, ...]
    sector: str
    yields: str = ""
    use: frozenset[str] = frozenset()


USES = frozenset({"title", "owner", "determined", "of", "office", "international"})
YIELDS = frozenset({"", "any", "armed", "social"})


@cache
def states() -> tuple[State, ...]:
    """Give all states, the one that bears a code today before others of the same code.

    Examples
    --------
    >>> next(state for state in states() if state.id == "peru").adjectives[0].text
    'Peruvian'
    """
    return tuple(
        State(
            **row.entry(),
            adjectives=row.names("adjectives"),
            people=row.names("people"),
            capitals=row.names("capitals"),
            bodies=row.bodies(),
            places=row.names("places"),
        )
        for row in _rows("states", "adjectives people capitals bodies places")
    )


@cache
def people() -> tuple[Person, ...]:
    """Give all persons.

    Examples
    --------
    >>> {person.sector for person in people()} >= {"GOV", "REB"}
    True
    """
    return tuple(
        Person(
            **row.entry(),
            office=row["office"],
            short=row.names("short"),
            titled=row.names("titled"),
        )
        for row in _rows("people", "sector office short titled")
    )


@cache
def groups() -> tuple[Group, ...]:
    """Give all armed groups; a part comes after its whole or before it, as the file has it."""
    return tuple(
        Group(**row.entry(), part_of=row["part_of"], sponsors=row.names("sponsors"))
        for row in _rows("groups", "sector part_of sponsors")
    )


@cache
def organisations() -> tuple[Entry, ...]:
    """Give bodies of states, private organisations, parties, parliaments, courts and firms."""
    return tuple(Entry(**row.entry()) for row in _rows("organisations", "sector"))


@cache
def media() -> tuple[Medium, ...]:
    """Give the agencies, papers and broadcasters that speak as sources."""
    return tuple(
        Medium(**{**row.entry(), "sector": "JRN"}, kind=row["kind"])
        for row in _rows("media", "kind")
    )


@cache
def state_media() -> frozenset[str]:
    """Give the ids of media that speak for a state."""
    return frozenset(each.id for each in media() if each.kind == "state media")


@cache
def peoples() -> tuple[People, ...]:
    """Give peoples and faiths that are told apart inside states or across them."""
    return tuple(
        People(**row.entry(), adjectives=row.names("adjectives"))
        for row in _rows("peoples", "adjectives")
    )


@cache
def agents() -> tuple[Agent, ...]:
    """Give the nouns for those who act.

    Examples
    --------
    >>> {agent.sector for agent in agents() if "soldiers" in agent.forms}
    {'MIL'}
    """
    found = []
    seen: set[str] = set()
    for row in _table("agents", ("forms", "sector", "yields", "use")):
        forms = row.list("forms")
        use = frozenset(row.list("use"))
        row.check("forms", bool(forms), "at least one form")
        row.check("forms", seen.isdisjoint(forms), "forms that no other row has")
        row.check("yields", row["yields"] in YIELDS, f"one of {', '.join(sorted(YIELDS))}")
        row.check("use", use <= USES, f"words of {', '.join(sorted(USES))}")
        row.check_sector()
        seen.update(forms)
        found.append(Agent(forms=forms, sector=row["sector"], yields=row["yields"], use=use))
    return tuple(found)


@cache
def words(kind: str) -> frozenset[str]:
    """Give small words of one kind that stand in an actor's phrase.

    Parameters
    ----------
    kind : str
        Before a noun: ``modifier`` (senior), ``former`` (ousted), ``number`` (several),
        ``determiner``, ``participle`` (captured, which is a verb as often). Of places: ``place``
        (province), ``direction`` (northern). Of names: ``particle`` (bin), ``opener`` (When),
        ``calendar``, ``surname`` (states that are surnames), ``apposed`` (nouns before a name),
        ``body`` and ``collective`` (Front, government), ``armed-name`` (Liberation), ``worldwide``
        (International). In words with
        a hyphen: ``backing`` (*foreign-backed*), ``leading`` (*-led*). Behind: ``verbish`` (what
        shows that an adjective stood for people), ``thing`` and ``deed`` (what a noun only
        describes: *army base*, *rebel attack*), ``verb`` and ``helper`` (*to monitor*).

    Raises
    ------
    LexiconError
        If there is no such kind.

    Examples
    --------
    >>> "senior" in words("modifier")
    True
    """
    found = _words().get(kind)
    if found is None:
        raise LexiconError(
            f"no words of the kind {kind!r}", "lexicon/gazetteer/words.csv", ", ".join(_words())
        )
    return found


@cache
def _words() -> Mapping[str, frozenset[str]]:
    return {row["kind"]: frozenset(row.list("words")) for row in _table("words", ("kind", "words"))}


@dataclass(slots=True)
class _Row:
    """One line of a table, which knows where it stands."""

    file: str
    line: int
    fields: Mapping[str, str]

    def __getitem__(self, field: str) -> str:
        return self.fields[field]

    def check(self, field: str, right: bool, expected: str) -> None:
        if not right:
            raise LexiconError(
                f"{self[field]!r} cannot stand in {field!r}",
                f"lexicon/gazetteer/{self.file}.csv:{self.line}",
                expected,
            )

    def check_sector(self) -> None:
        if self["sector"] not in _sectors():
            self.check("sector", False, f"empty or one of {', '.join(sorted(_sectors()))}")

    def list(self, field: str) -> tuple[str, ...]:
        if not (text := self[field]):
            return ()
        return tuple(part for item in text.split(";") if (part := item.strip()))

    def names(self, field: str) -> tuple[Name, ...]:
        return tuple(self._name(field, item) for item in self.list(field))

    def bodies(self) -> tuple[tuple[Name, str], ...]:
        found = []
        for item in self.list("bodies"):
            text, _, sector = item.rpartition("=")
            self.check("bodies", bool(text) and sector in _sectors(), "name=SECTOR")
            found.append((self._name("bodies", text), sector))
        return tuple(found)

    def entry(self) -> dict[str, Any]:
        """Fields that every entry has, checked."""
        since, until = self.day("since", self["since"]), self.day("until", self["until"], last=True)
        self.check("id", bool(_SLUG.fullmatch(self["id"])), "a slug")
        self.check("name", bool(self["name"]), "a name")
        self.check("until", since is None or until is None or since <= until, "not before since")
        known = self["iso3"] in BODIES or _CODE.fullmatch(self["iso3"])
        self.check("iso3", bool(known), "an ISO 3166 alpha-3 code, IGO, NGO, or nothing")
        if "sector" in self.fields:
            self.check_sector()
        return {
            "id": self["id"],
            "name": self["name"],
            "country": self["iso3"],
            "sector": self.fields.get("sector", ""),
            "names": (Name(self["name"]), *self.names("names")),
            "since": since,
            "until": until,
        }

    def day(self, field: str, text: str, *, last: bool = False) -> date | None:
        """Read a year, a month or a day; the last day of it where an end is meant."""
        if not text:
            return None
        parts = text.split("-")
        try:
            year, month, day = (int(part) for part in (*parts, *("0", "0"))[:3])
            if len(parts) > 3:
                raise ValueError
            month = month or (12 if last else 1)
            return date(year, month, day or (monthrange(year, month)[1] if last else 1))
        except ValueError:
            raise LexiconError(
                f"{text!r} is no day",
                f"lexicon/gazetteer/{self.file}.csv:{self.line}: {field}",
                "YYYY, YYYY-MM or YYYY-MM-DD",
            ) from None

    def _name(self, field: str, item: str) -> Name:
        text, _, span = item.partition("@")
        if not span:
            return Name(text)
        start, _, end = span.partition("..")
        return Name(text.strip(), self.day(field, start), self.day(field, end, last=True))


_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"([A-Z]{3})?")
COMMON = ("id", "name", "iso3", "names", "since", "until")


def _rows(file: str, more: str) -> Iterator[_Row]:
    return iter(_table(file, (*COMMON, *more.split())))


def _table(file: str, columns: Iterable[str]) -> list[_Row]:
    """Read a table; every line must have all columns, and no others."""
    wanted = set(columns)
    where = f"lexicon/gazetteer/{file}.csv"
    path = files("foreshock.lexicon") / "gazetteer" / f"{file}.csv"
    try:
        reader = csv.reader(path.read_text(encoding="utf-8").splitlines(), strict=True)
        header = next(reader, [])
        if set(header) != wanted or len(header) != len(wanted):
            raise LexiconError("wrong columns", f"{where}:1", ", ".join(sorted(wanted)))
        rows = []
        for fields in filter(None, reader):
            if len(fields) != len(header):
                raise LexiconError(
                    "too many or too few fields",
                    f"{where}:{reader.line_num}",
                    f"{len(wanted)} fields; a name with a comma in quotation marks",
                )
            rows.append(_Row(file, reader.line_num, dict(zip(header, fields, strict=True))))
    except FileNotFoundError:
        raise LexiconError("no such table", where, mend="install Foreshock again") from None
    except csv.Error as fault:
        raise LexiconError(f"not readable as CSV: {fault}", where) from fault
    return rows


@cache
def _sectors() -> frozenset[str]:
    return frozenset({"", *load_ontology().sectors})
