"""Whole phrases that name somebody, from the names and nouns of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from foreshock.lexicon.gazetteer import words
from foreshock.observe.reading.actors.building import Names, slug
from foreshock.observe.reading.actors.chains import Chain, Sentence
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.actors.parties import NAMED, is_weak, named, told
from foreshock.observe.reading.actors.senses import Sense
from foreshock.observe.reading.actors.units import STATE_LIKE, Unit
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.text.words import Token

DEEPEST = 3
"""How many phrases may stand inside one another ("leaders of supporters of ...")."""

PLACED = frozenset({"in", "from", "of", "at", "across", "inside", "throughout", "outside", "near"})
COLLECTIVE = ("ish", "ch", "ese", "iss")
"""Endings of adjectives that with an article mean the whole nation ("the Swiss")."""


class Owner(NamedTuple):
    """To whom people belong, and where the phrase that says so ends."""

    senses: tuple[Sense, ...]
    last: int
    inner: tuple[Party, ...] = ()


class Phrases:
    """Reads the phrases of one sentence."""

    __slots__ = ("_aliases", "_day", "_names", "_sentence")

    def __init__(
        self,
        names: Names,
        tokens: Sequence[Token],
        keys: Sequence[str],
        units: list[Unit],
        day: date | None,
        aliases: dict[str, Party] | None,
    ) -> None:
        self._names = names
        self._sentence = Sentence(tokens, keys, units)
        self._day = day
        self._aliases = aliases

    def mentions(self) -> list[Mention]:
        """Give the phrases from left to right."""
        found: list[Mention] = []
        floor = 0
        for unit in self._sentence.units:
            if unit.first < floor:
                continue
            mention = self._phrase(unit, floor, found[-1] if found else None)
            if mention is not None:
                found.append(mention)
                floor = mention.last
        return found

    def _phrase(self, unit: Unit, floor: int, before: Mention | None) -> Mention | None:
        sentence = self._sentence
        chain = sentence.chain(unit.first)
        start = self._left(chain, floor)
        core = self._core(chain, start, 0)
        if core is None:
            return None
        return core

    def _left(self, chain: Chain, floor: int) -> int:
        """Take in what stands before a chain: article, number, adjectives."""
        sentence = self._sentence
        first = chain.first
        while first > floor:
            word = sentence.keys[first - 1]
            if word in words("former"):
                chain.former = True
            elif word == "of" and sentence.key(first - 2) in words("number"):
                first -= 1
            elif not (word in words("modifier") or word in words("number") or word[:1].isdigit()):
                break
            chain.crossed.append(word)
            first -= 1
        if first > floor and sentence.keys[first - 1] in words("determiner"):
            first -= 1
            chain.crossed.append(sentence.keys[first])
        return first

    def _core(self, chain: Chain, start: int, depth: int) -> Mention | None:
        if chain.person is not None:
            return self._person(chain, start)
        if chain.nouns:
            if chain.name is not None:
                return self._stranger(chain, start)
            return self._people(chain, start, depth)
        return self._owner_alone(chain, start, depth)

    # ------------------------------------------------------------------ persons

    def _person(self, chain: Chain, start: int) -> Mention | None:
        sentence = self._sentence
        unit = chain.person
        if unit is None:
            return None
        country = next((owner.sense.country for owner in chain.owners if owner.sense.country), "")
        senses = [sense for sense in unit.senses if sense.kind == "person"]
        sense = next((s for s in senses if country and s.country == country), senses[0])
        nouns = [noun.sense for noun in chain.nouns]
        party = named(
            sense,
            self._day,
            sentence.slice(start, unit.last),
            sentence.span(start, unit.last),
            nouns,
        )
        if chain.former and _office(nouns):
            party = _but(party, sector="ELI")
        return Mention(start, unit.last, (party,), "person")

    def _stranger(self, chain: Chain, start: int) -> Mention:
        """Somebody with a title and a name that no entry has."""
        sentence = self._sentence
        assert_name = chain.name
        first, last = assert_name if assert_name is not None else (chain.first, chain.last)
        name = sentence.slice(first, last)
        nouns = [noun.sense for noun in chain.nouns]
        owner = self._owner(chain)
        if owner is None and sentence.key(last) == "of":
            placed = self._place(last + 1)
            if placed is not None and placed.senses:
                owner, last = placed.senses[0], placed.last
        span = sentence.span(start, last)
        party = told(owner, nouns, sentence.slice(start, last), span, name, self._state(owner))
        sector = "ELI" if chain.former and _office(nouns) else party.sector
        home = f"{owner.id}/" if owner is not None else ""
        party = _but(party, id=home + slug(name), sector=sector, known=False)
        return Mention(start, last, (party,), "person")

    # ------------------------------------------------------------------ people told by a noun

    def _people(self, chain: Chain, start: int, depth: int) -> Mention | None:
        sentence = self._sentence
        nouns = [noun.sense for noun in chain.nouns]
        head = nouns[-1].agent
        owners = self._owners(chain)
        last = chain.nouns[-1].last
        inner: tuple[Party, ...] = ()
        attached = self._attached(last, bool(owners), nouns, depth)
        if attached is not None:
            owners = owners or list(attached.senses)
            last = attached.last
            inner = attached.inner
        use = head.use if head is not None else frozenset()
        if not owners and not inner:
            if "owner" in use or "of" in use:
                return None
            if "determined" in use and not chain.crossed and len(nouns) == 1:
                return None
        former = chain.former and _office(nouns)
        text = sentence.slice(start, last)
        span = sentence.span(start, last)
        name = sentence.slice(chain.first, last)
        if inner and is_weak(nouns[-1]):
            weak = nouns[-1].sector
            parties = tuple(
                _but(party, words=text, span=span, sector=party.sector or weak) for party in inner
            )
        elif owners:
            parties = tuple(self._of_owner(owner, nouns, text, span, name) for owner in owners)
        else:
            parties = (self._unowned(nouns, text, span, name),)
        if former:
            parties = tuple(_but(party, sector="ELI") for party in parties)
        return Mention(start, last, parties, "group" if self._all_groups(owners) else "agents")

    def _of_owner(
        self, owner: Sense, nouns: list[Sense], text: str, span: tuple[int, int], name: str
    ) -> Party:
        if owner.kind in NAMED:
            return named(owner, self._day, text, span, nouns)
        common = self._common(nouns, owner.country, text, span)
        return common or told(owner, nouns, text, span, name, self._state(owner))

    def _unowned(self, nouns: list[Sense], text: str, span: tuple[int, int], name: str) -> Party:
        common = self._common(nouns, "", text, span)
        return common or told(None, nouns, text, span, name, None)

    def _common(
        self, nouns: list[Sense], country: str, text: str, span: tuple[int, int]
    ) -> Party | None:
        """Give the case's actor that goes by such a plain name."""
        if not self._names.common:
            return None
        plain = " ".join(noun.name for noun in nouns).lower()
        for sense in self._names.common.get(plain, ()):
            if not country or not sense.country or sense.country == country:
                return named(sense, self._day, text, span, ())
        return None

    @staticmethod
    def _all_groups(owners: list[Sense]) -> bool:
        return bool(owners) and all(owner.kind == "group" for owner in owners)

    def _owners(self, chain: Chain) -> list[Sense]:
        """Give those to whom the chain's people belong; several where they are joined."""
        if chain.joined:
            return [unit.sense for unit in chain.joined]
        owner = self._owner(chain)
        if owner is None:
            return []
        return [owner, *owner.others]

    def _owner(self, chain: Chain) -> Sense | None:
        senses = [unit.sense for unit in chain.owners if unit.kind != "backed"]
        for sense in senses:
            if sense.kind in NAMED:
                return sense
        for sense in senses:
            if sense.kind == "person":
                return self._names.states.get(sense.country, sense)
        for sense in senses:
            if sense.kind != "ethnic":
                return sense
        return senses[0] if senses else None

    def _state(self, owner: Sense | None) -> Sense | None:
        """Give the state for which an owner's people act."""
        if owner is None:
            return None
        if owner.kind in STATE_LIKE or owner.kind in ("body", "people"):
            return owner
        return self._names.states.get(owner.country)

    def _attached(self, at: int, owned: bool, nouns: list[Sense], depth: int) -> Owner | None:
        """Read what follows a noun: "of the army", "in Peru", "from the north of Peru"."""
        sentence = self._sentence
        word = sentence.key(at)
        if word not in PLACED or depth >= DEEPEST:
            return None
        weak = is_weak(nouns[-1])
        if owned and not (word == "of" and weak):
            return None
        if word == "of":
            inner = self._inner(at + 1, depth + 1)
            if inner is not None:
                senses = () if weak else self._base(inner)
                return Owner(senses, inner.last, inner.parties)
        return self._place(at + 1)

    def _inner(self, at: int, depth: int) -> Mention | None:
        """Read a phrase inside a phrase, behind an "of"."""
        sentence = self._sentence
        here = at
        former = False
        while here - at < 4 and here not in sentence.at:
            word = sentence.key(here)
            former = former or word in words("former")
            if not (
                word in words("determiner") or word in words("modifier") or word in words("former")
            ):
                return None
            here += 1
        if here not in sentence.at:
            return None
        chain = sentence.chain(here)
        chain.former = chain.former or former
        chain.crossed.append("the")
        if not chain.nouns and chain.owners and chain.owners[-1].kind in STATE_LIKE:
            return None
        return self._core(chain, at, depth)

    def _base(self, inner: Mention) -> tuple[Sense, ...]:
        return tuple(
            Sense("group" if inner.kind == "group" else "state", p.id, p.name, p.country)
            if p.country not in self._names.states
            else self._names.states[p.country]
            for p in inner.parties
        )

    def _place(self, at: int) -> Owner | None:
        """Read a place that tells the country: "the northern city of X", "South Y"."""
        sentence = self._sentence
        here = at
        while here - at <= 8:
            unit = sentence.at.get(here)
            if unit is not None:
                if unit.kind in STATE_LIKE:
                    last = self._place_end(unit)
                    return Owner((unit.sense, *unit.sense.others), last)
                if unit.kind == "people" and unit.has("state"):
                    return Owner((unit.sense,), unit.last)
                if unit.kind not in ("agent", "ethnic", "backed"):
                    return None
                if unit.kind == "agent" and sentence.key(unit.first) not in words("place"):
                    return None
                here = unit.last
                continue
            word = sentence.key(here)
            if not (
                word in words("determiner")
                or word in words("direction")
                or word in words("place")
                or word in words("modifier")
                or word == "of"
            ):
                return None
            here += 1
        return None

    def _place_end(self, unit: Unit) -> int:
        sentence = self._sentence
        last = unit.last
        if unit.kind == "adjective":
            here = last
            while here - last < 5:
                word = sentence.key(here)
                inside = sentence.at.get(here)
                if inside is not None and inside.kind in ("place", "capital", "state"):
                    return inside.last
                if not (word in words("place") or word in words("direction") or word == "of"):
                    break
                here += 1
            return here
        if sentence.key(last) in words("place"):
            last += 1
        return last

    # ------------------------------------------------------------------ owners without a noun

    def _owner_alone(self, chain: Chain, start: int, depth: int) -> Mention | None:
        """Read a name, a nation or an adjective that no noun follows."""
        sentence = self._sentence
        units = [unit for unit in chain.owners if unit.kind != "backed"]
        if not units:
            return None
        index = next((n for n, unit in enumerate(units) if unit.kind not in QUALITY), None)
        if index is None:
            return self._adjective(units[0], start)
        unit = units[index] if all(u.kind in QUALITY for u in units[:index]) else units[0]
        begin = start if start < chain.first and unit is units[index] else chain.first
        sense = unit.sense
        if unit.kind == "person":
            return self._bare_person(unit, begin)
        if unit.kind == "people":
            return self._nation(unit, begin)
        if unit.kind == "place":
            return None
        if unit.kind in NAMED:
            last, known = self._abbreviation(unit)
            party = named(
                sense, self._day, sentence.slice(begin, last), sentence.span(begin, last), ()
            )
            if known and self._aliases is not None:
                self._aliases[known] = party
            return Mention(begin, last, (party,), unit.kind)
        if start < unit.first and sentence.key(unit.first - 1) != "the":
            start = unit.first
        first = unit.first - 1 if sentence.key(unit.first - 1) == "the" else unit.first
        first = max(first, start)
        party = Party(
            id=sense.id,
            name=sense.name,
            country=sense.country,
            sector=sense.sector if unit.kind == "body" else "",
            words=sentence.slice(first, unit.last),
            span=sentence.span(first, unit.last),
        )
        return Mention(first, unit.last, (party,), "state" if unit.kind == "body" else unit.kind)

    def _bare_person(self, unit: Unit, start: int) -> Mention | None:
        sentence = self._sentence
        senses = [s for s in unit.senses if s.kind == "person" and not s.titled]
        if not senses:
            return None
        sense = senses[0]
        if not sense.whole and self._has_other_first_name(unit.first):
            return None
        if unit.first > start and unit.first == start + 1 and sentence.key(start) == "the":
            start = unit.first
        party = named(
            sense, self._day, sentence.slice(start, unit.last), sentence.span(start, unit.last), ()
        )
        return Mention(start, unit.last, (party,), "person")

    def _has_other_first_name(self, at: int) -> bool:
        """Whether a surname stands behind a name that is not the known person's."""
        sentence = self._sentence
        before = at - 1
        if before < 0 or not sentence.capital(before):
            return False
        word = sentence.keys[before]
        return not (
            word in words("opener")
            or word in words("calendar")
            or word in words("modifier")
            or any(unit.last == at for unit in sentence.units)
        )

    def _nation(self, unit: Unit, start: int) -> Mention:
        """Read people told by their nation: "thousands of Peruvians", "ethnic X in Peru"."""
        sentence = self._sentence
        sense, last = unit.sense, unit.last
        ethnic = any(sentence.key(at) == "ethnic" for at in range(start, unit.first))
        stated = sense.country if not ethnic else ""
        owner: Sense | None = sense if stated else None
        if owner is None and sentence.key(last) in PLACED:
            placed = self._place(last + 1)
            if placed is not None:
                owner, last = placed.senses[0], placed.last
        noun = slug(sense.name if sense.kind == "people" and not stated else unit.sense.name)
        text, span = sentence.slice(start, last), sentence.span(start, last)
        name = sentence.slice(unit.first, unit.last)
        noun = slug(name)
        party = Party(
            id=f"{owner.id}/{noun}" if owner is not None else noun,
            name=name,
            country=owner.country if owner is not None else "",
            sector="CVL",
            words=text,
            span=span,
            known=False,
        )
        return Mention(start, last, (party,), "people")

    def _adjective(self, unit: Unit, start: int) -> Mention:
        """Read an adjective without a noun that we know: people, or a hint."""
        sentence = self._sentence
        sense = unit.sense
        text, span = sentence.slice(unit.first, unit.last), sentence.span(unit.first, unit.last)
        after = sentence.key(unit.last)
        alone = not after[:1].isalnum() or after in words("verbish")
        if after in ("and", "or", ",") and unit.last + 1 in sentence.at:
            alone = sentence.at[unit.last + 1].kind not in QUALITY
        if alone and unit.last - unit.first == 1 and "-" not in sentence.keys[unit.first]:
            before = sentence.key(unit.first - 1)
            if before == "the" or start < unit.first or unit.first == 0:
                whole = before == "the" and sense.name and text.endswith(COLLECTIVE)
                start = min(start, unit.first)
                party = Party(
                    id=sense.id
                    if whole or (sense.kind == "adjective" and whole)
                    else f"{sense.id}/people",
                    name=text,
                    country=sense.country,
                    sector="" if whole else "CVL",
                    words=sentence.slice(start, unit.last),
                    span=sentence.span(start, unit.last),
                )
                return Mention(start, unit.last, (party,), "state" if whole else "people")
        parties = tuple(
            Party(id=s.id, name=s.name, country=s.country, words=text, span=span)
            for s in (sense, *sense.others)
        )
        return Mention(unit.first, unit.last, parties, "adjective")

    def _abbreviation(self, unit: Unit) -> tuple[int, str]:
        """Read "(RDF)" behind a name."""
        sentence = self._sentence
        at = unit.last
        if sentence.key(at) == "(" and sentence.key(at + 2) == ")":
            short = sentence.tokens[at + 1].text
            if short.isupper() and 1 < len(short) <= 12:
                return at + 3, short
        return at, ""


QUALITY = frozenset({"adjective", "ethnic", "backed"})


def _office(nouns: Sequence[Sense]) -> bool:
    return any(noun.agent is not None and "office" in noun.agent.use for noun in nouns)


def _but(party: Party, **changes: object) -> Party:
    """Give a party with some fields changed."""
    fields = {name: getattr(party, name) for name in party.__struct_fields__}
    return Party(**{**fields, **changes})
