"""Sentences taken apart without any gazetteer: a few invented names stand for all."""

from foreshock.observe.reading.grammar.clause import Clause
from foreshock.observe.reading.grammar.phrases import NounPhrase
from foreshock.observe.reading.grammar.units import ACTOR, ADJECTIVE, DATE, PLACE
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.text.tokens import tokens
from foreshock.observe.reading.text.words import Sentence

NAMES = {
    "Gondal": ACTOR, "Angria": ACTOR, "Morvia": ACTOR, "Kestria": ACTOR,
    "Gondalian": ADJECTIVE, "Angrian": ADJECTIVE,
    "Zamorna": PLACE, "Exina": PLACE, "Monday": DATE, "Friday": DATE,
}  # fmt: skip


def parse(text: str) -> Parse:
    """Take a sentence apart; names of the list above are known, all else is plain English."""
    words = tuple(tokens(text))
    sentence = Sentence(0, 0, words[0].start, words[-1].end, words)
    spans = [
        (at, at + 1, NAMES[word.text], None) for at, word in enumerate(words) if word.text in NAMES
    ]
    return Parse(sentence, spans)


def tags(text: str) -> dict[str, str]:
    """Give the tag of every word."""
    return {unit.lower: unit.tag for unit in parse(text).units}


def told(found: Parse, phrases: list[NounPhrase]) -> list[str]:
    """Give phrases as words."""
    return [
        " ".join(unit.lower for unit in found.units[each.first : each.last]) for each in phrases
    ]


def clause(found: Parse, lemma: str) -> Clause:
    """Give the clause of a verb."""
    return next(each for each in found.clauses if each.verb.lemma == lemma)


def doing(text: str, lemma: str) -> tuple[list[str], list[str]]:
    """Give subjects and objects of a verb as words."""
    found = parse(text)
    each = clause(found, lemma)
    return told(found, each.subjects), told(found, each.objects)
