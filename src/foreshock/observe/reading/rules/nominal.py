"""Clauses that say more of a noun: "the plan to attack", "rumours that Peru had attacked"."""

from __future__ import annotations

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.clause import CONTENT, GERUND, INFINITIVE, Clause
from foreshock.observe.reading.grammar.phrases import NounPhrase
from foreshock.observe.reading.rules.parsing import Parse

_ABOUT = frozenset({"of", "for", "to", "about", "over"})
_NO = word_list("nobody")
_AT_LEAST = frozenset({"fewer", "less", "more", "later", "longer", "sooner", "doubt"})
_DISBELIEVED = word_list("disbelieved")
_DISPROVING = word_list("disproving")
_EXAMINING = word_list("examining")
_LINKING = word_list("linking") | {"prove"}


def noun_above(parse: Parse, clause: Clause) -> int:
    """Give the unit of the noun that a clause says more of; -1 if it says more of none."""
    if clause.relation == CONTENT:
        at = clause.first - 1 if clause.marker in {"that", "whether"} else -1
    elif clause.relation in {INFINITIVE, GERUND}:
        at = clause.verb.first - 1
        while at >= 0 and parse.units[at].tag == "NOT":
            at -= 1
        if clause.relation == GERUND:
            at = at - 1 if clause.marker in _ABOUT else -1
    else:
        return -1
    return at if at >= 0 and parse.units[at].tag == "NN" else -1


def phrase_of(parse: Parse, at: int) -> NounPhrase | None:
    """Give the phrase whose head a unit is."""
    return next((phrase for phrase in parse.phrases if phrase.head == at), None)


def denies(parse: Parse, phrase: NounPhrase) -> bool:
    """Whether a phrase says that there is nothing: "no soldiers", but not "no fewer than ten"."""
    tokens = parse.sentence.tokens
    at = parse.units[phrase.first].first
    if tokens[at].lower not in _NO:
        return False
    return not (at + 1 < len(tokens) and tokens[at + 1].lower in _AT_LEAST)


def is_certain(parse: Parse, phrase: NounPhrase) -> bool:
    """Whether it is beyond doubt: "there is no doubt that"."""
    return parse.opening(phrase) in _NO and parse.head(phrase) == "doubt"


def fate(parse: Parse, at: int) -> str:
    """Say what becomes of the content of a noun by what is told of the noun.

    Parameters
    ----------
    parse : Parse
    at : int
        Unit of the noun, "rumours" in "rumours of a coup proved false".

    Returns
    -------
    str
        ``denied``, ``hypothetical`` or empty.
    """
    phrase = phrase_of(parse, at)
    if phrase is None:
        return ""
    opening = parse.units[max(0, phrase.first - 2) : phrase.first]
    if [unit.lower for unit in opening] == ["contrary", "to"]:
        return "denied"
    if denies(parse, phrase):
        return "hypothetical"
    for clause in parse.clauses:
        verb = clause.verb
        if phrase in clause.objects and (verb.negated or verb.lemma in _EXAMINING):
            return "hypothetical"
        if clause.inherited or phrase not in clause.subjects:
            continue
        said = parse.units[verb.last : max(clause.last, verb.last) + 1]
        if verb.passive and verb.lemma in _DISPROVING:
            return "denied"
        if verb.lemma in _LINKING and any(unit.lower in _DISBELIEVED for unit in said):
            return "denied"
        if verb.negated or verb.modal:
            return "hypothetical"
    return ""
