"""Words of nobody in particular: "allegedly", "reports that", "the claim that"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from foreshock.lexicon.senses import Mark, Speech
from foreshock.observe.reading.grammar.clause import CONTENT, Clause
from foreshock.observe.reading.names import slug
from foreshock.observe.reading.record import Party, Spoken
from foreshock.observe.reading.rules.nominal import denies, is_certain, noun_above, phrase_of
from foreshock.observe.reading.rules.parsing import Parse

Naming = Callable[[Party, str, str, tuple[int, int]], Spoken]
"""Gives a party as a speaker: party, cue, words and span."""


def nominal_stance(parse: Parse, clause: Clause, speech: Mapping[str, tuple[Speech, ...]]) -> str:
    """Give how the noun before a that-clause stands to it: "the claim that"; empty if none."""
    at = noun_above(parse, clause) if clause.relation == CONTENT else -1
    if at < 0:
        return ""
    phrase = phrase_of(parse, at)
    if phrase is not None and (denies(parse, phrase) or is_certain(parse, phrase)):
        return ""  # "no doubt that", "no report that": nobody says so
    entries = speech.get(parse.lemmas[at], ())
    return next((e.stance for e in entries if e.part == "noun" and "that" in e.forms), "")


def noun_speaker(parse: Parse, clause: Clause, naming: Naming) -> Spoken | None:
    """Give whose claim or report a that-clause is: the noun's owner, else the noun itself."""
    at = noun_above(parse, clause)
    phrase = phrase_of(parse, at)
    if phrase is None:
        return None
    span = parse.text(phrase.first, phrase.last)
    cue = parse.units[at].lower
    owners = parse.owning(phrase)
    told = parse.sentence.tokens[parse.units[phrase.first].first : parse.units[at].last]
    words = " ".join(token.text for token in told)
    if owners:
        return naming(owners[0], cue, words, span)
    return Spoken(id=slug(cue), name=cue, cue=cue, words=words, span=span, kind="unnamed")


def hedged(parse: Parse, clause: Clause, marks: Mapping[str, tuple[Mark, ...]]) -> Spoken | None:
    """Give the unnamed source of what is told "allegedly" or "reportedly"; None if it is not."""
    verb = clause.verb
    for at in (*clause.adverbs, *range(verb.first, verb.last)):
        unit = parse.units[at]
        if unit.tag == "RB" and any(
            mark.part == "adverb" and mark.makes == "alleged" for mark in marks.get(unit.lower, ())
        ):
            return Spoken(
                id="unnamed", name="unnamed source", cue=unit.lower, words=unit.lower,
                span=parse.text(at, at + 1), kind="unnamed",
            )  # fmt: skip
    return None
