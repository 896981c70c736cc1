"""Which act a clause or a noun tells: the senses of the lexicon held against a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from foreshock.lexicon.acts import EVERY, Acts
from foreshock.lexicon.english import word_list
from foreshock.lexicon.senses import Sense
from foreshock.observe.reading.grammar.classes import word_class
from foreshock.observe.reading.grammar.clause import (
    CONTENT,
    GERUND,
    INFINITIVE,
    Clause,
)
from foreshock.observe.reading.grammar.phrases import NounPhrase, VerbGroup
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.roles import Roles, distinct, doers, undergoers

_DATED = frozenset({"on", "in", "at", "by", "for", "to"})
_SEPARABLE = frozenset({"up", "out", "off", "down", "away", "back", "apart"})
_FORETELLING = frozenset({"will", "would", "could", "may", "might", "can"})
_INDICATIVE = frozenset({"is", "are", "has", "does"})
COMPLEMENTS = frozenset({INFINITIVE, CONTENT, GERUND})


FAR = 16
"""Units behind a verb within which its particle stands."""


class Act:
    """An act that a verb or a noun tells, with its parties, before anybody is said to say so.

    Attributes
    ----------
    sense : Sense
    clause : Clause or None
        The clause whose verb tells it, or in which its noun stands.
    phrase : NounPhrase or None
        The noun phrase that tells it, if a noun does.
    actors, recipients : tuple of Party
    mode : str
    tolls : list of Act
        Clauses that only tell the toll of it.
    weak : bool
        Whether the recipients are only those who own what was acted upon, or a place.
    """

    __slots__ = ("actors", "clause", "mode", "phrase", "recipients", "sense", "tolls", "weak")

    def __init__(self, sense: Sense, clause: Clause | None, phrase: NounPhrase | None) -> None:
        self.sense = sense
        self.clause = clause
        self.phrase = phrase
        self.mode = sense.mode
        self.actors: tuple[Party, ...] = ()
        self.recipients: tuple[Party, ...] = ()
        self.weak = False
        self.tolls: list[Act] = []

    def take_in(self, toll: Act) -> None:
        """Take in what another clause tells of the same attack: who was killed or hurt."""
        self.tolls.append(toll)
        if not self.recipients or self.weak:
            self.recipients = toll.recipients or self.recipients
            self.weak = False
        else:
            self.recipients = distinct((*self.recipients, *toll.recipients))

    def __repr__(self) -> str:
        names = [[party.name for party in side] for side in (self.actors, self.recipients)]
        return f"Act({self.sense.type}/{self.mode} {self.sense.lemma}: {names[0]} -> {names[1]})"


class Matcher:
    """Holds the senses against a sentence."""

    def __init__(self, acts: Acts) -> None:
        self._verbs: Mapping[str, tuple[Sense, ...]] = acts.verbs
        self._nouns: Mapping[str, tuple[Sense, ...]] = acts.nouns

    # ------------------------------------------------------------------ verbs

    def of_verb(self, parse: Parse, clause: Clause) -> Act | None:
        """Give the act that a clause's verb tells; None if its words tell none that we know."""
        senses = self._verbs.get(clause.verb.lemma)
        if not senses:
            return None
        first = self._from(clause)
        lemmas = parse.span_lemmas(first, self._to(clause))
        alone = parse.span_lemmas(first, clause.last) if senses[0].lemma == EVERY else lemmas
        at = clause.verb.last
        near = {word for unit in parse.units[at : at + FAR] for word in (unit.lower, unit.lemma)}
        for sense in senses:
            if sense.particles and sense.particles[0] not in near:
                continue
            particle = self._particle(parse, clause, sense)
            if particle is None:
                continue
            # what is said of every verb is said of the clause itself, not of what hangs on it
            needed = alone if sense.lemma == EVERY else lemmas
            if sense.needs and not _meets(sense.needs, needed):
                continue
            if sense.bars and _meets(sense.bars, lemmas):
                continue
            objects = particle or undergoers(clause)
            if (
                sense.object
                and not any(self._is(parse, phrase, sense.object) for phrase in objects)
                and not (not objects and "@none" in sense.object)
            ):
                continue
            if sense.subject and not self._subject_fits(parse, clause, sense):
                continue
            if sense.complement and not self._complement_fits(parse, clause, sense):
                continue
            return self._act(parse, clause, sense, objects)
        return None

    def as_act(self, parse: Parse, clause: Clause, sense: Sense) -> Act:
        """Give a clause as an act of a sense that is not in the tables."""
        where = replace(
            sense, actor=("subject",), recipient=("object", "with", "to", "against", "on")
        )
        return self._act(parse, clause, where, undergoers(clause))

    def _from(self, clause: Clause) -> int:
        return min((phrase.first for phrase in clause.subjects), default=clause.verb.first)

    def _to(self, clause: Clause) -> int:
        last = clause.last
        for child in clause.children:
            if child.relation in COMPLEMENTS:
                last = max(last, child.last)
        return last

    def _particle(self, parse: Parse, clause: Clause, sense: Sense) -> list[NounPhrase] | None:
        """Find the words that must follow the verb; give what they govern, None if missing."""
        if not sense.particles:
            return []
        at = clause.verb.last
        units = parse.units
        # "called the strike off": at most the object stands between
        starts = [at, *(phrase.last for phrase in clause.objects[:1] if phrase.first >= at)]
        for start in starts:
            end = start
            for particle in sense.particles:
                while (
                    end < len(units)
                    and units[end].tag in {"RB", "DT"}
                    and (units[end].lower != particle)
                ):
                    end += 1
                if end >= len(units) or particle not in {units[end].lower, units[end].lemma}:
                    break
                end += 1
            else:
                last = sense.particles[-1]
                if end < len(units) and units[end].tag == "DA" and last in _DATED:
                    continue  # "was fired on Monday" is not "fired on"
                governs = any(phrase.first == end for phrase in parse.phrases)
                if start != at and last not in _SEPARABLE and governs:
                    continue  # "closed its consulate in the city" is not "closed in"
                return [
                    phrase
                    for _, group in clause.prepositions
                    for phrase in group
                    if phrase.first == end
                ] or [phrase for phrase in clause.objects if phrase.first >= end]
        return None

    def _subject_fits(self, parse: Parse, clause: Clause, sense: Sense) -> bool:
        return any(self._is(parse, phrase, sense.subject) for phrase in doers(clause))

    def _complement_fits(self, parse: Parse, clause: Clause, sense: Sense) -> bool:
        for child in clause.children:
            if child.relation not in COMPLEMENTS:
                continue
            if sense.content == "demand" and child.relation == CONTENT and tells(parse, child.verb):
                continue  # "told parliament that it would", "that it had": no demand
            if "@any" in sense.complement or child.verb.lemma in sense.complement:
                return True
        return False

    def _is(self, parse: Parse, phrase: NounPhrase, wanted: frozenset[str]) -> bool:
        """Whether a phrase's head is one of the words or classes wanted."""
        head = parse.units[phrase.head]
        if head.lemma in wanted or head.lower in wanted:
            return True
        if phrase.head > phrase.first and f"{parse.lemmas[phrase.head - 1]} {head.lemma}" in wanted:
            return True
        tag = head.tag
        if tag == "AC":
            if "@actor" in wanted:
                return True
            tokens = parse.sentence.tokens[head.first : head.last]
            if len(tokens) > 2 and tokens[1].lower == "of" and tokens[0].lower in _MEASURES:
                tokens = tokens[2:]  # "scores of troops" are troops
            if "@number" in wanted and tokens[0].text[0].isdigit():
                return True
            return any(
                token.lower in wanted or word_class(token.lower).noun in wanted for token in tokens
            )
        if tag == "PR":
            return "@actor" in wanted
        if tag == "PL":
            return "@place" in wanted
        if "@number" in wanted and any(
            unit.tag == "CD" for unit in parse.units[phrase.first : phrase.last]
        ):
            return True
        if head.tag == "CD" or head.lemma in _MEASURES:
            after = parse.attached.get(phrase.last)
            return after is not None and after[0] == "of" and self._is(parse, after[1], wanted)
        return False

    def _act(self, parse: Parse, clause: Clause, sense: Sense, objects: list[NounPhrase]) -> Act:
        act = Act(sense, clause, None)
        act.actors, act.recipients, act.weak = Roles(parse, clause, objects).fill(sense)
        return act

    # ------------------------------------------------------------------ nouns

    def of_noun(self, parse: Parse, phrase: NounPhrase, clause: Clause | None) -> Act | None:
        """Give the act that a noun phrase tells, such as "the shelling of the town by troops"."""
        head = parse.units[phrase.head]
        if head.tag != "NN":
            return None
        senses = self._nouns.get(head.lemma) or self._nouns.get(head.lower)
        if not senses:
            return None
        end = phrase.last
        for _, governed in parse.following(phrase):
            end = parse.together(governed)[-1].last
        lemmas = parse.span_lemmas(phrase.first, end)
        for sense in senses:
            if sense.particles and not _ends_with(parse, phrase, sense.particles):
                continue
            if sense.needs and not _meets(sense.needs, lemmas):
                continue
            if sense.bars and _meets(sense.bars, lemmas):
                continue
            if sense.kind == "none":
                return Act(sense, clause, phrase)
            act = Act(sense, clause, phrase)
            act.actors = self._noun_side(parse, phrase, sense.actor, ())
            act.recipients = self._noun_side(parse, phrase, sense.recipient, act.actors)
            return act
        return None

    def _noun_side(
        self, parse: Parse, phrase: NounPhrase, where: Iterable[str], beside: tuple[Party, ...]
    ) -> tuple[Party, ...]:
        for position in where:
            found: tuple[Party, ...] = ()
            if position == "possessive" and phrase.owner is not None:
                first, last = phrase.owner
                found = distinct(
                    party
                    for unit in parse.units[first:last]
                    if unit.tag in {"AC", "PL"} and hasattr(unit.value, "parties")
                    for party in unit.value.parties
                )
            elif position == "adjective" and phrase.owner is None:
                found = distinct(
                    party
                    for unit in parse.units[phrase.first : phrase.head]
                    if unit.tag in {"AJ", "AC"}
                    for party in unit.value.parties
                )
            else:
                for preposition, governed in parse.following(phrase):
                    if preposition == position:
                        found = distinct(
                            party
                            for each in parse.together(governed)
                            for party in parse.named(each) or parse.owning(each)
                        )
                        break
            found = tuple(party for party in found if party not in beside)
            if found:
                return found
        return ()


def tells(parse: Parse, verb: VerbGroup) -> bool:
    """Whether a clause tells what was, is or will be: "that it withdraw" only demands it."""
    if verb.modal:
        return verb.modal in _FORETELLING
    return verb.past or verb.perfect or parse.units[verb.first].lower in _INDICATIVE


def _ends_with(parse: Parse, phrase: NounPhrase, words: tuple[str, ...]) -> bool:
    start = phrase.head - len(words)
    return start >= phrase.first and all(
        word in {parse.units[start + index].lower, parse.lemmas[start + index]}
        for index, word in enumerate(words)
    )


def _meets(wanted: frozenset[str], lemmas: set[str]) -> bool:
    return not wanted.isdisjoint(lemmas)


_MEASURES = word_list("measures")
