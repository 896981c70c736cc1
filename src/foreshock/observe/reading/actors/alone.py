"""Names, nations and adjectives that stand without a noun for people."""

from __future__ import annotations

from msgspec.structs import replace

from foreshock.observe.reading.actors.attached import PLACED, place_after
from foreshock.observe.reading.actors.building import slug
from foreshock.observe.reading.actors.chains import QUALITIES, Chain
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.actors.parties import NAMED, named
from foreshock.observe.reading.actors.senses import Sense
from foreshock.observe.reading.actors.sentence import Sentence
from foreshock.observe.reading.actors.units import STATE_LIKE, Unit
from foreshock.observe.reading.record import Party

COLLECTIVE = ("ish", "ch", "ese", "iss")
"""Endings of adjectives that with an article mean a whole nation ("the Swiss")."""

DESCRIBING = frozenset({"state", "capital", "group", "organisation"})
"""Kinds whose bare name may describe what follows ("NATO air strikes")."""

STATES = frozenset({"state", "capital", "people", "place"})

LONGEST_OWNER = 4
"""Words of a nation's name before a party's."""

LONGEST_SHORT = 12
"""Letters that an abbreviation may have."""


def read_alone(sentence: Sentence, chain: Chain, start: int) -> Mention | None:
    """Read a chain without nouns.

    Parameters
    ----------
    start : int
        The first token of the phrase, with what stands before the chain.
    """
    units = [unit for unit in chain.owners if unit.kind != "backed"]
    if not units:
        return None
    index = next((n for n, unit in enumerate(units) if unit.kind not in QUALITIES), None)
    if index is None:
        return _adjective(sentence, units[0], start)
    unit, before = units[index], units[:index]
    behind = [one for one in units[index + 1 :] if one.kind not in QUALITIES]
    if unit.kind in STATES and behind:
        later = behind[0]
        if later.kind in NAMED or later.kind in ("body", "person", "people"):
            before = units[: units.index(later)]
            unit = later
    begin = start if before or unit.first == chain.first else unit.first
    if unit.kind in DESCRIBING and _describes(sentence, unit):
        return hint(sentence, (unit.sense,), begin, unit.last, "")
    if unit.kind == "person":
        return _person(sentence, unit, begin)
    if unit.kind == "people":
        return _nation(sentence, unit, before, begin)
    if unit.kind == "place":
        return None
    if unit.kind in NAMED:
        return _named(sentence, unit, begin)
    return _state(sentence, unit, before, begin)


def _state(sentence: Sentence, unit: Unit, before: list[Unit], start: int) -> Mention | None:
    """Read a state, its capital, or one of its organs."""
    sense = unit.sense
    if sentence.keys[unit.first] in sentence.words.surname and sentence.follows_a_name(unit.first):
        return None
    other = next((b.sense for b in before if b.sense.country not in ("", sense.country)), None)
    if unit.kind == "body" and other is not None:  # the "Congress" of another country
        sense = other._replace(kind="body", name=sense.name, sector=sense.sector)
    first = unit.first
    if before or sentence.key(first - 1) == "the":
        first = max(start, before[0].first if before else first - 1)
        if first > start and sentence.key(first - 1) == "the":
            first -= 1
    party = Party(
        id=sense.id,
        name=sense.name,
        country=sense.country,
        sector=sense.sector if unit.kind == "body" else "",
        words=sentence.slice(first, unit.last),
        span=sentence.span(first, unit.last),
    )
    return Mention(first, unit.last, (party,), "state" if unit.kind == "body" else unit.kind)


def _named(sentence: Sentence, unit: Unit, start: int) -> Mention | None:
    """Read a group, body or medium by its name, with the abbreviation behind it."""
    plain = unit.last - unit.first == 1 and not sentence.tokens[unit.first].text.isupper()
    if plain and sentence.keys[unit.first].endswith("s") and sentence.follows_a_name(unit.first):
        return None  # other Democrats than the known ones
    last, short = abbreviation(sentence, unit.last)
    words, span = sentence.slice(start, last), sentence.span(start, last)
    party = named(unit.sense, sentence.day, words, span, ())
    nation = _nation_before(sentence, unit) if party.sector == "PTY" else None
    if nation is not None and party.country != nation.country:
        party = replace(
            party, id=f"{nation.id}/{party.id}", country=nation.country, known=False
        )  # "Chile's Labour Party" is not the British one
    if short and sentence.aliases is not None:
        sentence.aliases[short] = party
    return Mention(start, last, (party,), unit.kind)


def _nation_before(sentence: Sentence, unit: Unit) -> Sense | None:
    """Give the state that owns what a name stands for: "Chile's", "the Chilean"."""
    end = unit.first - (unit.first > 0 and sentence.key(unit.first - 1) == "'s")
    for at in range(max(0, end - LONGEST_OWNER), end):
        owner = sentence.at.get(at)
        if owner is not None and owner.last == end and owner.kind in STATE_LIKE:
            return sentence.names.states.get(owner.sense.country)
    return None


def abbreviation(sentence: Sentence, at: int) -> tuple[int, str]:
    """Read "(RDF)" behind a name: the token after it, and the abbreviation."""
    if sentence.key(at) == "(" and sentence.key(at + 2) == ")":
        short = sentence.tokens[at + 1].text
        if 1 < len(short) <= LONGEST_SHORT and sum(c.isupper() for c in short) > 1:
            return at + 3, short
    return at, ""


def _person(sentence: Sentence, unit: Unit, start: int) -> Mention | None:
    senses = [s for s in unit.senses if s.kind == "person" and not s.titled]
    if not senses or sentence.name_goes_on(unit):
        return None
    if not senses[0].whole and sentence.follows_a_name(unit.first):
        return None
    if sentence.key(start) == "the":
        start = unit.first
    words, span = sentence.slice(start, unit.last), sentence.span(start, unit.last)
    return Mention(start, unit.last, (named(senses[0], sentence.day, words, span, ()),), "person")


def _nation(sentence: Sentence, unit: Unit, before: list[Unit], start: int) -> Mention:
    """Read people told by their nation: "thousands of Peruvians", "ethnic X in Peru"."""
    sense, last = unit.sense, unit.last
    ethnic = any(sentence.keys[at] == "ethnic" for at in range(start, unit.first))
    owner = next((one.sense for one in before if one.sense.country), None)
    if owner is None and sense.country and not ethnic:
        owner = sense
    word = sentence.key(last)
    if word == "of" or (owner is None and word in PLACED):
        placed = place_after(sentence, last + 1)
        if placed is not None:
            owner, last = placed.senses[0], placed.last
    name = sentence.slice(unit.first, unit.last)
    noun = slug(_plural(name))
    party = Party(
        id=f"{owner.id}/{noun}" if owner is not None else noun,
        name=name,
        country=owner.country if owner is not None else "",
        sector="CVL",
        words=sentence.slice(start, last),
        span=sentence.span(start, last),
        known=False,
    )
    return Mention(start, last, (party,), "people")


def _plural(name: str) -> str:
    """Give the noun for a people as a whole: *Britons*, *Dutchmen*."""
    if name.endswith("man"):
        return name[:-3] + "men"
    return name if name.endswith(("s", "men")) else name + "s"


def _adjective(sentence: Sentence, unit: Unit, start: int) -> Mention:
    """Read an adjective without a noun that we know: people, or a hint."""
    sense = unit.sense
    whole = sentence.key(unit.first - 1) == "the" and unit.sense.kind == "adjective"
    if _stands_alone(sentence, unit) and (whole or start < unit.first or unit.first == 0):
        text = sentence.slice(unit.first, unit.last)
        whole = whole and text.endswith(COLLECTIVE)
        start = min(start, unit.first - 1) if whole else start
        party = Party(
            id=sense.id if whole else f"{sense.id}/{slug(_plural(text))}",
            name=sense.name if whole else text,
            country=sense.country,
            sector="" if whole else "CVL",
            words=sentence.slice(start, unit.last),
            span=sentence.span(start, unit.last),
            known=whole,
        )
        return Mention(start, unit.last, (party,), "state" if whole else "people")
    return hint(sentence, (sense, *sense.others), unit.first, unit.last, "")


def hint(
    sentence: Sentence, senses: tuple[Sense, ...], first: int, last: int, sector: str
) -> Mention:
    """Give an adjective: whose something is, without naming anybody."""
    words, span = sentence.slice(first, last), sentence.span(first, last)
    parties = tuple(
        Party(id=s.id, name=s.name, country=s.country, sector=sector, words=words, span=span)
        for s in senses
    )
    return Mention(first, last, parties, "adjective")


def _describes(sentence: Sentence, unit: Unit) -> bool:
    """Whether a name only describes the thing or deed behind it ("US mediation")."""
    small = sentence.words
    at = unit.last
    while at < unit.last + 2 and sentence.key(at) in small.modifier and at not in sentence.at:
        at += 1
    word = sentence.key(at)
    return at not in sentence.at and (word in small.thing or word in small.deed)


def _stands_alone(sentence: Sentence, unit: Unit) -> bool:
    """Whether an adjective is used as a noun ("an Egyptian was hurt")."""
    if unit.last - unit.first > 1 or "-" in sentence.keys[unit.first]:
        return False
    after = sentence.key(unit.last)
    if after in ("and", "or", ",") and unit.last + 1 in sentence.at:
        return sentence.at[unit.last + 1].kind not in QUALITIES
    return not after[:1].isalnum() or after in sentence.words.verbish
