"""Pronouns back to those they stand for: the nearest subject before them that fits."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.clause import CONTENT
from foreshock.observe.reading.grammar.phrases import NounPhrase
from foreshock.observe.reading.grammar.units import Unit
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.rules.parsing import Parse

_OWNED = {"its": "body", "their": "body", "his": "person", "her": "person"}
_COUNTRY = frozenset({"country", "homeland", "nation", "state"})
_HOLDERS = word_list("office_holders")
_PERSON = frozenset({"he", "she", "him", "her"})
_BODY = frozenset({"it"})
_MANY = frozenset({"they", "them", "we", "us"})


class Referents:
    """Who was last the subject, as a person, as a body and as several."""

    def __init__(self) -> None:
        self._person: tuple[Party, ...] = ()
        self._body: tuple[Party, ...] = ()
        self._many: tuple[Party, ...] = ()

    def resolve(self, parse: Parse, state: Callable[[str], Party | None]) -> None:
        """Give the pronouns of a sentence their parties, and remember its subjects.

        ``state`` gives the state of a country's code.
        """
        waiting = [index for index, unit in enumerate(parse.units) if unit.tag == "PR"]
        for clause in parse.clauses:
            while waiting and waiting[0] < clause.verb.first:
                self._refer(parse, waiting.pop(0))
            for phrase in clause.subjects:
                if not clause.inherited:
                    whose = self._body or self._person
                    self._own(parse, phrase, self._person, whose, state)
                unit = parse.units[phrase.head]
                if unit.tag == "AC":
                    holder = unit.value.kind == "agents" and _holds_office(parse, unit)
                    self._remember("person" if holder else unit.value.kind, parse.named(phrase))
                else:
                    owners = parse.named(phrase) or parse.owning(phrase)
                    if owners:
                        self._remember("agents", owners)
            if clause.relation == CONTENT and not clause.inherited:
                owners = tuple(p for phrase in clause.subjects for p in parse.named(phrase))
                for phrase in clause.objects:  # "demands that Peru withdraw its troops"
                    self._own(parse, phrase, (), owners, state)
        for index in waiting:
            self._refer(parse, index)

    def _own(
        self,
        parse: Parse,
        phrase: NounPhrase,
        his: tuple[Party, ...],
        its: tuple[Party, ...],
        state: Callable[[str], Party | None],
    ) -> None:
        """Say whose "its troops" and "his country" are."""
        owner = _OWNED.get(parse.opening(phrase))
        if owner is None:
            return
        whose = his if owner == "person" else its
        home = state(whose[0].country) if whose else None
        if home is None:
            return
        unit = parse.units[phrase.head]
        if unit.tag == "NN" and unit.lower in _COUNTRY:
            parse.referred[phrase.head] = (home,)
        elif unit.tag == "AC" and not any(party.country for party in unit.value.parties):
            parse.referred[phrase.head] = tuple(
                replace(party, country=home.country, id=f"{home.id}/{party.id}")
                for party in unit.value.parties
            )

    def _refer(self, parse: Parse, index: int) -> None:
        pronoun = parse.units[index].lower
        found: tuple[Party, ...] = ()
        if pronoun in _PERSON:
            found = self._person
        elif pronoun in _BODY:
            found = self._body
        elif pronoun in _MANY:
            found = self._many
        if found:
            parse.referred[index] = found

    def _remember(self, kind: str, parties: tuple[Party, ...]) -> None:
        if kind == "person":
            self._person = parties
            return
        self._many = parties
        if kind != "people" and len(parties) == 1:
            self._body = parties


def _holds_office(parse: Parse, unit: Unit) -> bool:
    """Whether one person is told by an office: "the Chilean president"."""
    return any(token.lower in _HOLDERS for token in parse.sentence.tokens[unit.first : unit.last])
