"""Who does it to whom: the parties that stand where a sense looks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from foreshock.lexicon.english import word_list
from foreshock.lexicon.senses import Sense
from foreshock.observe.reading.grammar.clause import ADVERBIAL, PARTICIPLE, Clause, below
from foreshock.observe.reading.grammar.phrases import NounPhrase
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.rules.parsing import Parse

_PLACED = frozenset(
    {"subject", "object", "indirect", "complement-subject", "complement-object", "possessive",
     "adjective", "object-doer"}
)  # fmt: skip
"""Positions of a sense that are not prepositions."""

_REACHING = frozenset({"with", "to", "for", "against", "from", "on", "over", "of", "between"})
_WHERE = frozenset({"in", "on", "at", "near", "into", "to", "outside", "across", "along"})
_DONE_SOMEWHERE = frozenset(
    {"ASSAULT", "COERCE", "CONCEDE", "THREATEN", "MOBILIZE", "AID", "SANCTION", "PROTEST"}
)
"""Acts that are done to the people of a place if to nobody else."""

_WORDS = frozenset({"ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Acts of speaking: what a minister says is not said to the people of his own towns."""

_OTHERWISE = {
    "PROTEST": ("complement-object", "against", "at", "over", "of"),
    "ACCUSE": ("object", "complement-object", "against", "of", "over", "to"),
    "REJECT": ("complement-object", "object", "from", "to", "of"),
    "REQUEST": ("complement-subject", "to", "from", "complement-object", "object"),
    "THREATEN": ("complement-object", "against", "on", "with"),
    "AGREE": ("complement-object", "with", "to", "for"),
    "SUPPORT": ("object", "complement-object", "for", "to", "of"),
    "AID": ("to", "for", "complement-object", "from"),
    "SANCTION": ("complement-object", "to", "with", "from", "of"),
    "COERCE": ("complement-object", "object-doer", "of", "from"),
    "RETREAT": ("from", "to", "of"),
}
"""Where recipients stand if a sense finds none where it looks."""

_BETWEEN_STATES = {"SANCTION": {"withdraw", "expel"}, "RETREAT": {"withdraw"}}
"""Modes that a state does to another, not to its own officials and soldiers."""

_FIGHTS = word_list("fights")
_ELSEWHERE = word_list("elsewhere")


class Roles:
    """Finds the parties of a verb's act.

    Parameters
    ----------
    parse : Parse
    clause : Clause
    objects : sequence of NounPhrase
        What is acted upon, as in the active voice.
    """

    def __init__(self, parse: Parse, clause: Clause, objects: Sequence[NounPhrase]) -> None:
        self._parse = parse
        self._clause = clause
        self._objects = list(objects)
        self._below = list(below(clause))
        self._by_word = False
        self._abroad = False

    def fill(self, sense: Sense) -> tuple[tuple[Party, ...], tuple[Party, ...], bool]:
        """Give actors and recipients, and whether the recipients are only owners or inhabitants."""
        self._by_word = sense.type in _WORDS
        self._abroad = sense.mode in _BETWEEN_STATES.get(sense.type, ())
        actors, _ = self._first(sense.actor, ())
        if not actors and sense.type == "ASSAULT":
            # "army shells killed": the army's
            actors = self._first(("subject",), ())[0] or self._other_side()
        recipients, weak = self._first(sense.recipient, actors)
        if weak and self._only_owners(actors, recipients):
            recipients = ()  # "he and his Peruvian counterpart": Peru is no third party
        if not recipients or (weak and _all_of(recipients, actors)):
            # "blocked a road in Gondal to protest against Angria": Gondal is but the place
            others, owning = self._first(_OTHERWISE.get(sense.type, ()), actors)
            if not recipients or (others and not _all_of(others, actors)):
                recipients, weak = others, owning
        if not recipients and sense.type in {"THREATEN", "REQUEST"}:
            recipients, weak = self._conditioned(actors), True
        if not recipients and (sense.type in _DONE_SOMEWHERE or sense.mode == "visit"):
            recipients, weak = self._people_there(actors), True
        return actors, recipients, weak

    def _other_side(self) -> tuple[Party, ...]:
        """Give those with whom the victims fought: "killed in clashes with rebels"."""
        for preposition, group in self._clause.prepositions:
            for phrase in group if preposition == "in" else ():
                if self._parse.head(phrase) in _FIGHTS:
                    for link, governed in self._parse.following(phrase):
                        if link == "with":
                            return self._parse.named(governed)
        return ()

    def _first(
        self, where: Sequence[str], beside: tuple[Party, ...]
    ) -> tuple[tuple[Party, ...], bool]:
        """Give the parties of the first position that names any, and whether only by owning.

        Prepositions listed one after another count as they stand in the text.
        """
        for phrases in self._candidates(where):
            for find, weak in ((self._parse.named, False), (self._parse.owning, True)):
                found = distinct(party for phrase in phrases for party in find(phrase))
                found = _others(found, beside)
                if found and self._abroad and _own_people(found, beside):
                    continue  # "called off a visit of its minister to Lima"
                if found and not (weak and self._speaks_for(beside, found)):
                    return found, weak
        return (), False

    def _speaks_for(self, beside: tuple[Party, ...], owners: tuple[Party, ...]) -> bool:
        """Whether words are said by those whom they would be said to: a minister to his state."""
        speaking = {party.country for party in beside if party.sector == "GOV"}
        return self._by_word and all(
            not party.sector and party.country in speaking for party in owners
        )

    def _candidates(self, where: Sequence[str]) -> Iterator[list[NounPhrase]]:
        at = 0
        while at < len(where):
            if where[at] in _PLACED:
                yield from self._at(where[at])
                at += 1
                continue
            together: set[str] = set()
            while at < len(where) and where[at] not in _PLACED:
                together.add(where[at])
                at += 1
            yield from sorted(self._behind(together), key=lambda phrases: phrases[0].first)

    def _at(self, position: str) -> Iterator[list[NounPhrase]]:
        clause = self._clause
        if position == "subject":
            yield doers(clause)
        elif position == "object":
            yield self._objects
            if clause.verb.passive:
                yield clause.subjects
        elif position == "indirect":
            if len(clause.objects) > 1:
                yield clause.objects[:1]
        elif position == "complement-subject":
            for child in self._below:
                if not child.inherited or child.subjects != clause.subjects:
                    yield doers(child)
        elif position == "complement-object":
            for child in self._below:
                yield undergoers(child)
                for preposition, group in child.prepositions:
                    if preposition in _REACHING:
                        yield group
        elif position == "object-doer":  # "banned a march planned by students"
            for child in clause.children:
                if child.relation == PARTICIPLE and any(o in self._objects for o in child.subjects):
                    yield doers(child)
        else:
            yield from ([phrase] for phrase in self._objects if self._parse.owning(phrase))

    def _behind(self, prepositions: set[str]) -> Iterator[list[NounPhrase]]:
        """Give what stands behind these prepositions, in the clause and in what hangs on it."""
        for each in (self._clause, *self._below):
            for preposition, group in own(each):
                before = self._parse.units[max(0, group[0].first - 2)].lower
                out = "from" if before == "out" else ""  # "pulled troops out of Peru"
                if (preposition if preposition != "of" else out) in prepositions:
                    yield group
        for phrase in self._objects:
            for preposition, governed in self._parse.following(phrase):
                if preposition in prepositions:
                    yield [governed]

    def _conditioned(self, beside: tuple[Party, ...]) -> tuple[Party, ...]:
        """Give those on whom it depends: "a strike unless the ministry gives in"."""
        for clause in (self._clause, *self._below):
            for child in clause.children:
                if child.relation == ADVERBIAL and child.marker in {"unless", "if", "until"}:
                    found = distinct(
                        party for phrase in child.subjects for party in self._parse.named(phrase)
                    )
                    return _others(found, beside)
        return ()

    def _people_there(self, beside: tuple[Party, ...]) -> tuple[Party, ...]:
        """Give the state of the place where an act was done."""
        for each in (self._clause, *self._below):
            for preposition, group in own(each):
                if preposition not in _WHERE:
                    continue
                for phrase in group:
                    unit = self._parse.units[phrase.head]
                    there = tuple(unit.value.parties) if unit.tag in {"PL", "AC"} else ()
                    there = _others(there, beside)
                    if there:
                        return there
        return ()

    def _only_owners(self, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
        """Whether the recipients are but the states of those who act together."""
        acting = {party.country for party in actors if party.sector}
        return len(acting) > 1 and all(
            not party.sector and party.country in acting for party in recipients
        )


def _others(parties: tuple[Party, ...], beside: tuple[Party, ...]) -> tuple[Party, ...]:
    """Give those of the parties who do not stand on the other side."""
    names = {(party.id, party.sector) for party in beside}
    return tuple(party for party in parties if (party.id, party.sector) not in names)


def _own_people(parties: tuple[Party, ...], actors: tuple[Party, ...]) -> bool:
    """Whether a state's officials or soldiers are those of the state that acts."""
    known = tuple(party for party in parties if party.country)
    return _all_of(known, actors) and all(party.sector in {"GOV", "MIL"} for party in parties)


def _all_of(parties: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    """Whether all parties are of the countries of others."""
    return {party.country for party in parties} <= {party.country for party in others}


def doers(clause: Clause) -> list[NounPhrase]:
    """Give who does what a clause's verb says, in either voice."""
    if not clause.verb.passive:
        return clause.subjects
    return [
        phrase
        for preposition, group in clause.prepositions
        if preposition == "by"
        for phrase in group
        if phrase.first >= clause.verb.last  # else it belongs to the subject: "an arrest by police"
    ]


def undergoers(clause: Clause) -> list[NounPhrase]:
    """Give to whom or to what it is done, in either voice."""
    return clause.subjects if clause.verb.passive else clause.objects


def own(clause: Clause) -> Iterator[tuple[str, list[NounPhrase]]]:
    """Give the prepositions of a clause up to one that leads to another happening.

    "Against" counts wherever it stands: "threw stones during marches against the ministry".
    """
    elsewhere = False
    for preposition, group in clause.prepositions:
        elsewhere = elsewhere or preposition in _ELSEWHERE
        if not elsewhere or preposition == "against":
            yield preposition, group


def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Give parties once each, in order."""
    found: dict[tuple[str, str, str], Party] = {}
    for party in parties:
        found.setdefault((party.id, party.sector, party.name), party)
    return tuple(found.values())
