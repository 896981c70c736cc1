"""Whole phrases that name somebody, from the names and nouns of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from foreshock.observe.reading.actors.alone import abbreviation, hint, read_alone
from foreshock.observe.reading.actors.attached import PLACED, Owner, place_after
from foreshock.observe.reading.actors.bodies import read_body
from foreshock.observe.reading.actors.building import slug
from foreshock.observe.reading.actors.chains import (
    JOINERS,
    Chain,
    chain_at,
)
from foreshock.observe.reading.actors.describing import describes, is_one, tells_where, where
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.actors.parties import (
    NAMED,
    OF_THE_STATE,
    is_weak,
    may_hold,
    named,
    sector_of,
    told,
)
from foreshock.observe.reading.actors.senses import Sense
from foreshock.observe.reading.actors.sentence import Sentence
from foreshock.observe.reading.actors.units import STATE_LIKE, fitting
from foreshock.observe.reading.record import Party, Span

DEEPEST = 3
"""How many phrases may stand inside one another ("leaders of supporters of ...")."""


def mentions(sentence: Sentence) -> list[Mention]:
    """Give the phrases of a sentence from left to right."""
    found: list[Mention] = []
    floor = 0
    heir: tuple[Sense, str] | None = None
    for unit in sentence.units:
        if unit.first < floor:
            continue
        chain = chain_at(sentence, unit.first)
        if heir is not None and not (unit.first == floor + 1 and _bare(sentence, chain)):
            heir = None
        start = _left(sentence, chain, floor)
        mention = _core(sentence, chain, start, floor, 0, heir)
        heir = None
        if mention is not None:
            found.append(mention)
            floor = mention.last
            heir = _heritage(sentence, chain, mention)
    return found


def _heritage(sentence: Sentence, chain: Chain, mention: Mention) -> tuple[Sense, str] | None:
    """Give the state that "and police" takes over from "Peruvian soldiers" before it."""
    if mention.kind != "agents" or sentence.key(mention.last) not in ("and", "or"):
        return None
    owner = _owner(sentence, chain)
    if owner is None or owner.kind not in STATE_LIKE or chain.joined:
        return None
    return owner, mention.parties[0].sector


def _bare(sentence: Sentence, chain: Chain) -> bool:
    return bool(chain.nouns) and not chain.owners and chain.name is None and chain.person is None


def _left(sentence: Sentence, chain: Chain, floor: int) -> int:
    """Take in what stands before a chain: article, number, adjectives."""
    small = sentence.words
    first = chain.first
    while first > floor:
        word = sentence.keys[first - 1]
        if word in small.participle and not _is_adjective(sentence, first - 1, floor):
            break
        if word in small.former:
            chain.former = True
        elif word == "of" and sentence.key(first - 2) in small.number:
            pass
        elif not (
            word in small.before
            or word[0].isdigit()
            or ("-" in word and word.rpartition("-")[2] in small.joined)
        ) or (word in ("group", "number") and sentence.keys[first] != "of"):
            break
        chain.crossed.append(word)
        first -= 1
    if first > floor and sentence.keys[first - 1] in small.determiner:
        first -= 1
        chain.crossed.append(sentence.keys[first])
    return first


def _is_adjective(sentence: Sentence, at: int, floor: int) -> bool:
    """Whether a participle describes what follows ("the ousted president") and is no verb."""
    if at == floor:
        return at == 0
    before, small = sentence.key(at - 1), sentence.words
    return before in small.determiner or before in small.before or before in ("'s", "of", ",")


def _core(
    sentence: Sentence,
    chain: Chain,
    start: int,
    floor: int,
    depth: int,
    heir: tuple[Sense, str] | None = None,
) -> Mention | None:
    if chain.person is not None:
        return _person(sentence, chain, start)
    if chain.apposed:
        return _apposed(sentence, chain, start)
    if not chain.nouns:
        return read_alone(sentence, chain, start)
    if chain.name is not None:
        return _stranger(sentence, chain, start)
    if not any(unit.kind in NAMED for unit in chain.owners):
        body = read_body(sentence, chain, floor)
        if body is not None:
            return body
    return _people(sentence, chain, start, depth, heir)


# ---------------------------------------------------------------------- persons with a title


def _person(sentence: Sentence, chain: Chain, start: int) -> Mention | None:
    unit = chain.person
    if unit is None:
        return None
    owner = _owner(sentence, chain)
    country = owner.country if owner is not None else ""
    senses = [sense for sense in unit.senses if sense.kind == "person"]
    sense = next((s for s in senses if country and s.country == country), senses[0])
    nouns = [noun.sense for noun in chain.nouns]
    words, span = sentence.slice(start, unit.last), sentence.span(start, unit.last)
    foreign = bool(country) and sense.country not in (country, "IGO")
    if not sense.whole and (foreign or (sense.titled and not may_hold(sense, nouns))):
        name = sentence.slice(unit.first, unit.last)  # somebody else of that surname
        party = told(owner, nouns, words, span, name, _state(sentence, owner))
        party = replace(party, id=f"{owner.id}/{slug(name)}" if owner else slug(name), known=False)
    else:
        party = named(sense, sentence.day, words, span, nouns)
        if country == "IGO":
            party = replace(party, country=country)
    if chain.former and _office(nouns):
        party = replace(party, sector="ELI")
    return Mention(start, unit.last, (party,), "person")


def _stranger(sentence: Sentence, chain: Chain, start: int) -> Mention:
    """Somebody with a title and a name that no entry has."""
    first, last = chain.name or (chain.first, chain.last)
    name = sentence.slice(first, last)
    nouns = [noun.sense for noun in chain.nouns]
    owner = _owner(sentence, chain)
    if owner is None and sentence.key(last) == "of":
        placed = place_after(sentence, last + 1)
        if placed is not None:
            owner, last = placed.senses[0], placed.last
    words, span = sentence.slice(start, last), sentence.span(start, last)
    party = told(owner, nouns, words, span, name, _state(sentence, owner))
    home = f"{owner.id}/" if owner is not None else ""
    sector = "ELI" if chain.former and _office(nouns) else party.sector
    party = replace(party, id=home + slug(name), sector=sector, known=False)
    return Mention(start, last, (party,), "person")


def _apposed(sentence: Sentence, chain: Chain, start: int) -> Mention:
    """Read a name behind a noun: "the rebel group X", "the daily X"."""
    unit = chain.owners[-1]
    last, short = abbreviation(sentence, chain.last)
    words, span = sentence.slice(start, last), sentence.span(start, last)
    party = named(unit.sense, sentence.day, words, span, ())
    if short and sentence.aliases is not None:
        sentence.aliases[short] = party
    return Mention(start, last, (party,), unit.kind)


# ---------------------------------------------------------------------- people told by a noun


def _people(
    sentence: Sentence, chain: Chain, start: int, depth: int, heir: tuple[Sense, str] | None
) -> Mention | None:
    nouns = [noun.sense for noun in chain.nouns]
    last = chain.nouns[-1].last
    owners = _owners(sentence, chain)
    if tells_where(sentence, chain, start):
        return where(sentence, chain, owners)
    if describes(sentence, chain):
        sector = sector_of(nouns)
        return hint(sentence, tuple(owners), start, last, sector) if owners else None
    use = nouns[-1].agent.use if nouns[-1].agent is not None else frozenset()
    owners, inner, last = _attached(sentence, owners, nouns, last, depth)
    if heir is not None and not owners and inner is None:
        kin = (sector_of(nouns) in OF_THE_STATE) == (heir[1] in OF_THE_STATE)
        owners = [heir[0]] if kin else owners
    if not owners and inner is None:
        if not chain.crossed and is_one(chain):
            return None
        lone = "determined" in use and not chain.crossed and len(nouns) == 1
        if lone or "owner" in use or "of" in use:
            return None
    words, span = sentence.slice(start, last), sentence.span(start, last)
    if inner is not None:
        parties = tuple(_of_inner(party, inner, nouns, words, span) for party in inner.parties)
    elif chain.joined:
        parties = _of_joined(sentence, chain, owners, nouns, last)
    else:
        name = sentence.slice(chain.first, last)
        client = _client(sentence, chain, owners, nouns)
        whose: list[Sense | None] = [client] if client else [*owners] or [None]
        parties = tuple(_of_owner(sentence, one, nouns, words, span, name) for one in whose)
    if chain.former and _office(nouns):
        parties = tuple(replace(party, sector="ELI") for party in parties)
    grouped = bool(owners) and all(owner.kind == "group" for owner in owners)
    return Mention(start, last, parties, "group" if grouped else "agents")


def _of_joined(
    sentence: Sentence, chain: Chain, owners: list[Sense], nouns: list[Sense], last: int
) -> tuple[Party, ...]:
    """Give a party for each of the joined owners, each with its own words."""
    found = []
    for number, (unit, owner) in enumerate(zip(chain.joined, owners, strict=True)):
        end = unit.last if number + 1 < len(owners) else last
        words, span = sentence.slice(unit.first, end), sentence.span(unit.first, end)
        found.append(_of_owner(sentence, owner, nouns, words, span, words))
    return tuple(found)


def _of_inner(party: Party, inner: Mention, nouns: list[Sense], words: str, span: Span) -> Party:
    """Give the party of a phrase such as "members of X", "supporters of President X"."""
    sector = party.sector or nouns[-1].sector
    if inner.kind == "person" and nouns[-1].sector == "CVL":
        sector = "OPP" if party.sector in ("ELI", "OPP") else "CVL"
        return replace(
            party,
            id=f"{party.id}/{nouns[-1].id}",
            sector=sector,
            words=words,
            span=span,
            known=False,
        )
    return replace(party, sector=sector, words=words, span=span)


def _of_owner(
    sentence: Sentence,
    owner: Sense | None,
    nouns: list[Sense],
    words: str,
    span: Span,
    name: str,
) -> Party:
    if owner is not None and owner.kind in NAMED:
        return named(owner, sentence.day, words, span, nouns)
    common = _common(sentence, nouns, owner.country if owner is not None else "", words, span)
    return common or told(owner, nouns, words, span, name, _state(sentence, owner))


def _client(
    sentence: Sentence, chain: Chain, owners: list[Sense], nouns: list[Sense]
) -> Sense | None:
    """Give the case's only group that "X-backed rebels" can mean on the day."""
    clients = sentence.names.clients
    if not clients:
        return None
    sector = sector_of(nouns)
    country = owners[0].country if owners else ""
    possible = {
        client.id: client
        for unit in chain.owners
        if unit.kind == "backed"
        for client in fitting(tuple(clients.get(unit.sense.id, ())), sentence.day)
        if client.sector == sector and (not country or client.country in ("", country))
    }
    return next(iter(possible.values())) if len(possible) == 1 else None


def _common(
    sentence: Sentence, nouns: list[Sense], country: str, words: str, span: Span
) -> Party | None:
    """Give the case's actor that goes by such a plain name ("rebels")."""
    if not sentence.names.common:
        return None
    plain = " ".join(noun.name for noun in nouns).lower()
    for sense in fitting(tuple(sentence.names.common.get(plain, ())), sentence.day):
        if not country or sense.country in ("", country):
            return named(sense, sentence.day, words, span, ())
    return None


def _owners(sentence: Sentence, chain: Chain) -> list[Sense]:
    """Give those to whom the chain's people belong; several where they are joined."""
    if chain.joined:
        return [unit.sense for unit in chain.joined]
    owner = _owner(sentence, chain)
    return [owner, *owner.others] if owner is not None else []


def _owner(sentence: Sentence, chain: Chain) -> Sense | None:
    """Give the owner that tells most: a named body, a person's state, a state, a people."""
    senses = [unit.sense for unit in chain.owners if unit.kind != "backed"]
    for sense in senses:
        if sense.kind in NAMED:
            return sense
    for sense in senses:
        if sense.kind == "person":
            return sentence.names.states.get(sense.country, sense)
    nations = [sense for sense in senses if sense.kind != "ethnic"]
    if nations:  # in "Peru's Chilean allies" the nearer one tells who they are
        return nations[-1] if nations[-1].kind == "adjective" else nations[0]
    return senses[0] if senses else None


def _state(sentence: Sentence, owner: Sense | None) -> Sense | None:
    """Give the state for which an owner's people act."""
    if owner is None:
        return None
    if owner.kind in STATE_LIKE or owner.kind in ("body", "people"):
        return owner
    return sentence.names.states.get(owner.country)


def _attached(
    sentence: Sentence, owners: list[Sense], nouns: list[Sense], last: int, depth: int
) -> tuple[list[Sense], Mention | None, int]:
    """Read what follows a noun: owners, a phrase whose party it is, the token after it."""
    word = sentence.key(last)
    weak = is_weak(nouns[-1])
    if depth >= DEEPEST or not (word in PLACED or (word == "for" and weak)):
        return owners, None, last
    owned = any(owner.country or owner.kind in NAMED for owner in owners)
    if word != "of" and nouns[-1].agent is not None and "owner" in nouns[-1].agent.use:
        return owners, None, last
    if word in ("of", "for") or (word == "from" and not owned):
        inner = _inner(sentence, last + 1, depth + 1)
        if inner is not None and inner.kind == "organisation" and nouns[-1].id == "members":
            return owners, None, last  # a state that is a member of a body is not the body
        if inner is not None:
            if word != "from" and weak and (not owned or inner.kind in NAMED):
                return owners, inner, inner.last
            if not owned:
                return _base(sentence, inner), None, inner.last
    if owned or word == "for":
        return owners, None, last
    placed: Owner | None = place_after(sentence, last + 1)
    if placed is None:
        return owners, None, last
    found, end = list(placed.senses), placed.last
    while word in ("of", "from") and nouns[-1].name.endswith("s") and sentence.key(end) in JOINERS:
        here = end + 2 if sentence.key(end + 1) in JOINERS else end + 1
        unit = sentence.at.get(here + 1 if sentence.key(here) == "the" else here)
        if unit is None or unit.kind not in ("state", "capital"):
            break
        found.append(unit.sense)
        end = unit.last
    return found, None, end


def _inner(sentence: Sentence, at: int, depth: int) -> Mention | None:
    """Read a phrase inside a phrase, behind an "of"."""
    small = sentence.words
    here = at
    former = False
    while here - at < 4 and here not in sentence.at:
        word = sentence.key(here)
        former = former or word in small.former
        if word not in small.determiner and word not in small.before:
            return None
        here += 1
    if here not in sentence.at:
        return None
    chain = chain_at(sentence, here)
    chain.former = chain.former or former
    chain.crossed.append("the")
    if not chain.nouns and not any(
        unit.kind in NAMED or unit.kind == "person" for unit in chain.owners
    ):
        return None
    mention = _core(sentence, chain, at, at, depth)
    return mention if mention is not None and mention.kind != "adjective" else None


def _base(sentence: Sentence, inner: Mention) -> list[Sense]:
    """Give the owners that the parties of an inner phrase make."""
    return [
        sentence.names.states[party.country]
        if inner.kind not in NAMED and party.country in sentence.names.states
        else Sense(
            inner.kind if inner.kind in NAMED else "ethnic",
            party.id,
            party.name,
            party.country,
            party.sector,
        )
        for party in inner.parties
    ]


def _office(nouns: Sequence[Sense]) -> bool:
    return any(noun.agent is not None and "office" in noun.agent.use for noun in nouns)
