"""Chains of owners and nouns: "Peru's new defence minister", "Peruvian and Chilean troops"."""

from __future__ import annotations

from dataclasses import dataclass, field

from foreshock.observe.reading.actors.sentence import Sentence
from foreshock.observe.reading.actors.units import Unit

OWNERS = frozenset(
    {"state", "capital", "adjective", "place", "ethnic", "people", "body"}
    | {"group", "organisation", "media", "person", "backed"}
)
QUALITIES = frozenset({"adjective", "ethnic", "backed"})
"""Kinds that stand before a name or noun without anything between."""

REACHED = frozenset({"group", "organisation", "ethnic", "body", "media"})
"""Kinds that an adjective or a possessive reaches over other words."""

BODIES = frozenset(
    {"army", "party", "group", "union", "court", "bank", "company", "firm", "hospital", "school"}
    | {"university", "college", "newspaper", "station", "movement", "organisation", "faction"}
    | {"organization", "agency", "coalition", "ministry", "embassy", "airline", "church", "gang"}
)
"""Nouns for bodies, before whose names nobody is a person."""

APPOSED = frozenset({"group", "organisation", "media"})
ONES = frozenset(
    {"CVL", "REB", "OPP", "JRN", "EDU", "MED", "REL", "BUS", "UAF", "CRM", "ELI", "SOC", "LAB"}
)
"""Sectors whose nouns in the singular may stand before a name ("activist X")."""

NATIONS = frozenset({"state", "capital", "place", "people"})
JOINED = frozenset({"adjective", "ethnic", "organisation", "group"})
JOINERS = frozenset({",", "and", "or", "&", "/"})
VERBS = frozenset({"forces", "force", "heads", "head", "guards", "monitors", "monitor"})
PRONOUNS = frozenset({"them", "him", "us", "it", "her", "his", "their", "its", "into", "out"})

LONGEST_CHAIN = 10
"""Owners and nouns that one phrase may have: bounds the work on lists of nonsense."""

LONGEST_TITLE = 6
"""Letters that a title written short may have ("Brig.")."""

REACH = 6
"""How many words may stand between an owner and its noun."""


@dataclass(slots=True)
class Chain:
    """Owners and nouns that belong together, up to the token ``last``.

    Parameters
    ----------
    owners, nouns : list of Unit
    joined : list of Unit
        Owners joined by "and" before one noun; the last of them also stands in `owners`.
    person : Unit or None
        A known person behind a title.
    name : tuple of int or None
        Tokens of an unknown name behind a title.
    former : bool
        Whether the phrase says that an office was held before.
    apposed : bool
        Whether a name follows its noun: "the rebel group X"; the name then is the last owner.
    crossed : list of str
        Words of the phrase that are neither owner nor noun.
    """

    first: int
    last: int
    owners: list[Unit] = field(default_factory=list)
    joined: list[Unit] = field(default_factory=list)
    nouns: list[Unit] = field(default_factory=list)
    person: Unit | None = None
    name: tuple[int, int] | None = None
    former: bool = False
    apposed: bool = False
    crossed: list[str] = field(default_factory=list)


def chain_at(sentence: Sentence, at: int) -> Chain:
    """Read the chain that starts at a token where a unit starts."""
    chain = Chain(at, at)
    chain.joined = _joined(sentence, at)
    if chain.joined:
        at = chain.last = chain.joined[-1].last
        chain.owners.append(chain.joined[-1])
    while True:
        unit = sentence.at.get(at)
        if unit is not None:
            if not _take(sentence, chain, unit):
                break
            at = chain.last
            if unit.kind == "agent" and before_a_name(unit, sentence.keys[at - 1]):
                at = _after_title(sentence, chain, at)
            if chain.person is not None and _owns(sentence, chain, chain.person):
                continue
            if chain.person or chain.name or chain.apposed:
                break
            continue
        if chain.nouns or not chain.owners:
            break
        reached = _cross(sentence, at, chain)
        if reached is None:
            break
        at = reached
    return chain


def _owns(sentence: Sentence, chain: Chain, person: Unit) -> bool:
    """Whether a person's people are meant: "President X's police"; the chain then goes on."""
    if sentence.key(person.last) not in ("'s", "'"):
        return False
    probe = Chain(person.first, person.last, owners=[person])
    reached = _cross(sentence, person.last, probe)
    if reached is None or sentence.at[reached].kind != "agent":
        return False
    chain.owners, chain.nouns, chain.joined, chain.person = [person], [], [], None
    return True


def before_a_name(unit: Unit, word: str) -> bool:
    """Whether a noun may stand before a name: a title, or a word for one person."""
    agent = unit.sense.agent
    if agent is None:
        return False
    return "title" in agent.use or (is_counted(unit) and word not in BODIES)


def is_counted(unit: Unit) -> bool:
    """Whether a noun means one person of many: *rebel*, *policeman*."""
    agent, form = unit.sense.agent, unit.sense.name
    if agent is None:
        return False
    return form + "s" in agent.forms or (form.endswith("man") and form[:-2] + "en" in agent.forms)


def _take(sentence: Sentence, chain: Chain, unit: Unit) -> bool:
    """Add a unit to the chain if it can follow what is there."""
    if len(chain.nouns) + len(chain.owners) >= LONGEST_CHAIN:
        return False
    if unit.kind == "agent":
        before = chain.nouns[-1].sense.agent if chain.nouns else None
        if before is not None and "of" in before.use and "title" not in before.use:
            return False
        if _is_verb(sentence, chain, unit):
            return False
        chain.nouns.append(unit)
    elif chain.nouns:
        word = sentence.keys[chain.last - 1]
        if unit.kind in APPOSED and word in sentence.words.apposed:
            chain.owners.append(unit)
            chain.apposed = True
        elif unit.has("person") is not None and before_a_name(chain.nouns[-1], word):
            end = sentence.name_goes_on(unit)
            if end:
                chain.name, chain.last = (unit.first, end), end
                return True
            chain.person = unit
        else:
            return False
    elif unit.kind not in OWNERS:
        return False
    else:
        if chain.owners:
            owner = chain.owners[-1]
            possessed = sentence.key(owner.last) in ("'s", "'")
            if owner.last == unit.first:
                if owner.kind not in QUALITIES and owner.has("adjective") is None:
                    return False
            elif unit.kind in NATIONS and not (unit.kind == "people" and possessed):
                return False
        chain.owners.append(unit)
    chain.last = unit.last
    return True


def _is_verb(sentence: Sentence, chain: Chain, unit: Unit) -> bool:
    """Whether a noun is a verb instead ("to monitor", "Peru forces them")."""
    word = sentence.keys[unit.first]
    small = sentence.words
    if word in small.verb and sentence.key(unit.first - 1) in small.helper:
        return True
    if chain.nouns or not chain.owners:
        return False
    if unit.first != chain.last or sentence.keys[unit.first] not in VERBS:
        return False
    if chain.owners[-1].kind in QUALITIES:
        return False
    after = sentence.key(unit.last)
    return after in sentence.words.determiner or after in PRONOUNS or unit.last in sentence.at


def _after_title(sentence: Sentence, chain: Chain, at: int) -> int:
    """Read the name behind a title, known or not."""
    short = sentence.key(at) == "." and len(sentence.tokens[at - 1].text) <= LONGEST_TITLE
    if short and sentence.capital(at - 1) and sentence.capital(at + 1):
        at += 1
    unit = sentence.at.get(at)
    if unit is not None and (unit.has("person") or unit.kind == "agent"):
        return at
    end = sentence.name_end(at)
    if end > at:
        chain.name = (at, end)
        chain.last = end
    return chain.last


def _cross(sentence: Sentence, at: int, chain: Chain) -> int | None:
    """Give the next unit that an owner reaches over a possessive, adjectives and numbers."""
    owner = chain.owners[-1]
    possessive = sentence.key(at) in ("'s", "'")
    reaching = possessive or owner.kind in QUALITIES
    here = at + 1 if possessive else at
    limit = min(here + REACH, len(sentence.keys) - 1)
    small = sentence.words
    before = small.before if reaching or owner.has("adjective") else small.modifier
    barred = frozenset[str]() if reaching else small.barred
    crossed: list[str] = []
    proper = False
    while here <= limit:
        unit = sentence.at.get(here)
        word = sentence.keys[here]
        if unit is not None and unit.kind != "backed":
            if proper and unit.kind != "agent":
                return None
            if unit.kind == "agent" or (
                reaching
                and (
                    unit.kind in REACHED
                    or unit.kind == "adjective"
                    or unit.has("person") is not None
                    or (unit.kind == "people" and unit.has("state") is None)
                )
            ):
                break
            if unit.kind not in QUALITIES:
                return None
        elif unit is None and (
            word in barred
            or not (
                word in before
                or word.rpartition("-")[2] in small.joined
                or (reaching and word[0].isdigit())
                or (word == "and" and crossed and sentence.key(here + 1) in before)
            )
        ):
            if not sentence.capital(here) or word in small.calendar or word in small.opener:
                return None
            proper = True  # part of a body's name: "Peruvian Unity Front", "Peru Airways staff"
        crossed.append(word)
        here = unit.last if unit is not None else here + 1
    else:
        return None
    chain.crossed += crossed
    if not small.former.isdisjoint(crossed):
        chain.former = True
    return here


def _joined(sentence: Sentence, at: int) -> list[Unit]:
    """Read owners joined by "and" before one noun: *Peruvian, Chilean and UN troops*."""
    unit = sentence.at.get(at)
    if unit is None or sentence.key(unit.last) not in JOINERS:
        return []
    found: list[Unit] = []
    links: list[str] = []
    between = sentence.words.between
    while unit is not None and (unit.kind in JOINED or unit.has("adjective") is not None):
        found.append(unit)
        here = unit.last
        link = sentence.key(here)
        if link not in JOINERS or len(found) == LONGEST_CHAIN:
            break
        here += 1
        if sentence.key(here) in JOINERS:
            link = sentence.key(here)
            here += 1
        links.append(link)
        while here not in sentence.at and sentence.key(here) in between:
            here += 1
        unit = sentence.at.get(here)
    else:
        return []
    if len(found) < 2 or links[-1] == ",":
        return []
    here = found[-1].last
    after = sentence.at.get(here)
    if after is not None and after.kind == "agent":
        return found
    reached = _cross(sentence, here, Chain(here, here, owners=[found[-1]]))
    return found if reached is not None and sentence.at[reached].kind == "agent" else []
