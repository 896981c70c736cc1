"""Chains of owners and nouns: "Peru's new defence minister", "Peruvian and Chilean troops"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from foreshock.lexicon.gazetteer import words
from foreshock.observe.reading.actors.units import Unit
from foreshock.observe.reading.text.words import Token

OWNERS = frozenset(
    {"state", "capital", "adjective", "place", "ethnic", "people", "body"}
    | {"group", "organisation", "media", "person", "backed"}
)
QUALITIES = frozenset({"adjective", "ethnic", "backed"})
"""Kinds that stand before a name or noun without anything between."""

REACH = 6
"""How many words may stand between an owner and its noun."""

LONGEST_NAME = 6

INSIDE_NAMES = frozenset({"person", "place", "capital", "agent"})
"""Kinds that may be part of a longer unknown name."""


@dataclass(slots=True)
class Chain:
    """Owners and nouns that belong together, up to the token ``last``."""

    first: int
    last: int
    owners: list[Unit] = field(default_factory=list)
    joined: list[Unit] = field(default_factory=list)
    nouns: list[Unit] = field(default_factory=list)
    person: Unit | None = None
    name: tuple[int, int] | None = None
    former: bool = False
    crossed: list[str] = field(default_factory=list)


class Sentence:
    """A sentence with its known names, in which chains are looked for."""

    __slots__ = ("at", "day", "keys", "tokens", "units")

    def __init__(self, tokens: Sequence[Token], keys: Sequence[str], units: list[Unit]) -> None:
        self.tokens = tokens
        self.keys = keys
        self.units = units
        self.at = {unit.first: unit for unit in units}

    def key(self, at: int) -> str:
        """Give the key of a token; empty outside the sentence."""
        return self.keys[at] if 0 <= at < len(self.keys) else ""

    def capital(self, at: int) -> bool:
        """Whether a token starts with a capital letter."""
        return 0 <= at < len(self.tokens) and self.tokens[at].text[:1].isupper()

    def slice(self, first: int, last: int) -> str:
        """Give the words of ``[first, last)`` with single spaces where there was a gap."""
        parts: list[str] = []
        for number in range(first, last):
            token = self.tokens[number]
            if parts and token.start > self.tokens[number - 1].end:
                parts.append(" ")
            parts.append(token.text)
        return "".join(parts)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give the offsets of ``[first, last)`` into the normalised text."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def chain(self, at: int) -> Chain:
        """Read the chain that starts at a token where a unit starts."""
        chain = Chain(at, at)
        chain.joined = self._joined(at)
        if chain.joined:
            at = chain.last = chain.joined[-1].last
            chain.owners.append(chain.joined[-1])
        while True:
            unit = self.at.get(at)
            if unit is not None and not self._take(chain, unit):
                break
            if unit is not None:
                at = chain.last
                if unit.kind == "agent" and self._title(unit):
                    at = self._after_title(chain, at)
                if chain.person or chain.name:
                    break
                continue
            if chain.nouns or not chain.owners:
                break
            reached = self._cross(at, chain)
            if reached is None:
                break
            at = reached
        return chain

    def _take(self, chain: Chain, unit: Unit) -> bool:
        """Add a unit to the chain if it can follow what is there."""
        if unit.kind == "agent":
            if chain.nouns and self._apart(chain.nouns[-1], unit):
                return False
            if not chain.nouns and chain.owners and self._verb(chain, unit):
                return False
            chain.nouns.append(unit)
        elif chain.nouns:
            person = unit.has("person")
            if person is None or not self._title(chain.nouns[-1]):
                return False
            chain.person = unit._replace(kind="person", sense=person)
        elif unit.kind not in OWNERS:
            return False
        else:
            before = chain.owners[-1] if chain.owners else None
            if before is not None:
                direct = before.last == unit.first
                if direct and not (before.kind in QUALITIES or before.has("adjective")):
                    return False
                if not direct and unit.kind in ("state", "capital", "place", "people"):
                    return False
            chain.owners.append(unit)
        chain.last = unit.last
        return True

    def _apart(self, before: Unit, unit: Unit) -> bool:
        """Whether two nouns side by side are no chain: *police officers* is one, others not."""
        return before.sense.agent is not None and "of" in before.sense.agent.use

    def _verb(self, chain: Chain, unit: Unit) -> bool:
        """Whether a noun behind a bare name is a verb instead ("Peru forces them")."""
        if unit.last - unit.first > 1 or unit.first != chain.last:
            return False
        word = self.keys[unit.first]
        owner = chain.owners[-1]
        if word not in VERBS or owner.kind in QUALITIES:
            return False
        after = self.key(unit.last)
        return after in words("determiner") or after in PRONOUNS or unit.last in self.at

    @staticmethod
    def _title(unit: Unit) -> bool:
        agent = unit.sense.agent
        return agent is not None and "title" in agent.use

    def _after_title(self, chain: Chain, at: int) -> int:
        """Read the name behind a title, known or not."""
        if self.key(at) == "." and len(self.tokens[at - 1].text) <= 6 and self.capital(at - 1):
            at += 1
        unit = self.at.get(at)
        if unit is not None and (unit.has("person") or unit.kind == "agent"):
            return at
        end = self.name_end(at)
        if end > at:
            chain.name = (at, end)
            chain.last = end
            return end
        return chain.last

    def name_end(self, at: int) -> int:
        """Give the token after a name that starts here; the same token if there is none."""
        end = here = at
        while here < len(self.keys) and here - at < LONGEST_NAME:
            word = self.keys[here]
            text = self.tokens[here].text
            unit = self.at.get(here)
            if unit is not None and (end == at or unit.kind not in INSIDE_NAMES):
                break
            if text[:1].isupper() and word not in words("calendar") and word[:1].isalpha():
                if end == at and word in words("opener"):
                    break
                end = here = here + 1
                if len(text) == 1 and self.key(here) == ".":
                    end = here = here + 1
            elif word in words("particle") and self.capital(here + 1):
                here += 1
            else:
                break
        return end

    def _cross(self, at: int, chain: Chain) -> int | None:
        """Give the next unit that an owner reaches over a possessive, adjectives and numbers."""
        owner = chain.owners[-1]
        possessive = self.key(at) in ("'s", "'")
        here = at + 1 if possessive else at
        limit = here + REACH
        crossed: list[str] = []
        while here < len(self.keys) and here <= limit:
            unit = self.at.get(here)
            if unit is not None and unit.kind != "backed":
                if unit.kind == "agent":
                    break
                if unit.has("person") and (possessive or owner.kind in QUALITIES):
                    break
                if unit.kind in ("group", "organisation", "ethnic") and (
                    owner.kind in QUALITIES or possessive
                ):
                    break
                if unit.kind not in QUALITIES:
                    return None
            word = self.keys[here]
            if not (
                unit is not None
                or word in words("modifier")
                or word in words("former")
                or word in words("number")
                or word[:1].isdigit()
                or (word == "and" and crossed and self.key(here + 1) in words("modifier"))
                or (word == "-" and crossed)
            ):
                return None
            crossed.append(word)
            here = unit.last if unit is not None else here + 1
        else:
            return None
        chain.crossed += crossed
        if any(word in words("former") for word in crossed):
            chain.former = True
        return here

    def _joined(self, at: int) -> list[Unit]:
        """Read owners joined by "and" before one noun: *Peruvian, Chilean and UN troops*."""
        unit = self.at.get(at)
        found: list[Unit] = []
        while unit is not None and self._adjectival(unit):
            found.append(unit)
            here = unit.last
            if self.key(here) not in JOINERS:
                break
            here += 1
            if self.key(here) in JOINERS:
                here += 1
            if self.key(here) == "the":
                here += 1
            unit = self.at.get(here)
        else:
            return []
        if len(found) < 2:
            return []
        here = found[-1].last
        probe = Chain(here, here, owners=[found[-1]])
        if here in self.at and self.at[here].kind == "agent":
            return found
        reached = self._cross(here, probe)
        return found if reached is not None and self.at[reached].kind == "agent" else []

    def _adjectival(self, unit: Unit) -> bool:
        return (
            unit.kind in ("adjective", "ethnic", "organisation", "group")
            or unit.has("adjective") is not None
        )


JOINERS = frozenset({",", "and", "or", "&", "/"})
VERBS = frozenset({"forces", "force", "heads", "head", "guards", "monitors", "monitor", "fires"})
PRONOUNS = frozenset({"them", "him", "us", "it", "her", "his", "their", "its", "into", "out"})
