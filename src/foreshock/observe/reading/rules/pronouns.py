"""Pronouns back to those they stand for: the nearest subject before them that fits."""

from __future__ import annotations

from foreshock.observe.reading.record import Party
from foreshock.observe.reading.rules.parsing import Parse

_PERSON = frozenset({"he", "she", "him", "her"})
_BODY = frozenset({"it"})
_MANY = frozenset({"they", "them", "we", "us"})


class Referents:
    """Who was last the subject, as a person, as a body and as several."""

    def __init__(self) -> None:
        self._person: tuple[Party, ...] = ()
        self._body: tuple[Party, ...] = ()
        self._many: tuple[Party, ...] = ()

    def resolve(self, parse: Parse) -> None:
        """Give the pronouns of a sentence their parties, and remember its subjects."""
        waiting = [index for index, unit in enumerate(parse.units) if unit.tag == "PR"]
        for clause in parse.clauses:
            while waiting and waiting[0] < clause.verb.first:
                self._refer(parse, waiting.pop(0))
            for phrase in clause.subjects:
                unit = parse.units[phrase.head]
                if unit.tag == "AC":
                    self._remember(unit.value.kind, tuple(unit.value.parties))
                else:
                    owners = parse.owning(phrase)
                    if owners:
                        self._remember("agents", owners)
        for index in waiting:
            self._refer(parse, index)

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
