"""Who does what an infinitive or a gerund says: "urged Peru to leave" is Peru's leaving."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.clause import (
    GERUND,
    INFINITIVE,
    JOINED,
    MAIN,
    PARTICIPLE,
    Clause,
)
from foreshock.observe.reading.grammar.phrases import NounPhrase

_OBJECT_CONTROL = word_list("object_control")
_OBJECT_GERUND = word_list("object_gerund")


def controller(parent: Clause, kind: str, preposition: str) -> list[NounPhrase]:
    """Who does what the infinitive or gerund says: "urged Peru to leave" is Peru's leaving."""
    if kind == INFINITIVE and not parent.verb.passive:
        if parent.objects and parent.verb.lemma in _OBJECT_CONTROL:
            return list(parent.objects)
        called = _named(parent.prepositions, {"on", "upon", "for"})
        if called and parent.verb.lemma in {"call", "appeal", "wait", "press", "push", "plead"}:
            return called
        appealed = _named(parent.prepositions, {"to", "with"})
        if appealed and parent.verb.lemma in {"appeal", "plead", "shout"}:
            return appealed
    if kind == INFINITIVE and parent.verb.passive:
        return list(parent.subjects)
    if (
        kind == GERUND
        and preposition in {"of", "for", "from", "with", "over"}
        and (parent.verb.lemma in _OBJECT_GERUND)
    ):
        held = parent.subjects if parent.verb.passive else parent.objects
        if held:
            return list(held[-1:])
    return list(parent.subjects)


def share(clauses: Sequence[Clause]) -> None:
    """Give clauses what they share with others: objects, and the subject of what they introduce."""
    for clause in reversed(clauses):
        _share_object(clause)
    for clause in clauses:
        if clause.relation not in {GERUND, PARTICIPLE, INFINITIVE} or clause.subjects:
            continue
        if clause.parent is not None:
            clause.subjects = list(clause.parent.subjects)
        else:
            clause.subjects = _introduced(clauses, clause)
        clause.inherited = True


def _introduced(clauses: Sequence[Clause], opening: Clause) -> list[NounPhrase]:
    """Who did what opens a sentence: "Rejecting the offer, Peru ..." is Peru's rejecting."""
    for clause in clauses[opening.number + 1 :]:
        if clause.relation == MAIN:
            return list(clause.subjects)
    return []


def _share_object(clause: Clause) -> None:
    """Give the first of two verbs the object of both: "attacked and burned the post"."""
    first = clause.parent
    if (
        first is not None
        and clause.relation == JOINED
        and clause.inherited
        and clause.verb.first == first.verb.last + 1
        and not (first.objects or first.verb.passive or clause.verb.passive)
    ):
        first.objects = list(clause.objects)
        first.last = max([first.last, *(phrase.last for phrase in clause.objects)])


def _named(prepositions: list[tuple[str, list[NounPhrase]]], wanted: set[str]) -> list[NounPhrase]:
    for preposition, phrases in reversed(prepositions):
        if preposition in wanted:
            return list(phrases)
    return []
