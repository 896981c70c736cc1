"""What the classifier is told of a sentence: its words, masked, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.observe.reading.record import Party, Record
from foreshock.observe.reading.rules.parsing import Parse

_MASKS = {"AC": "actor", "AJ": "actorly", "DA": "day", "PL": "place", "CD": "number"}


def masked(parse: Parse) -> list[str]:
    """Give the words of a sentence in lower case, with names masked.

    What stands in quotation marks, and marks themselves, count like the rest; a capitalised word
    inside the sentence that nobody knows is a name.
    """
    words: list[str] = []
    for index, unit in enumerate(parse.units):
        mask = _MASKS.get(unit.tag)
        if mask is None and unit.capital and index and unit.tag == "NN" and not unit.word.verb:
            mask = "name"
        words.append(mask or unit.lower)
    return words


def told(parse: Parse, records: Sequence[Record]) -> list[str]:
    """Give the masked words with signs of the acts that the rules find and of the verbs.

    A sign begins with "~", which no word does: ``~first:REJECT`` for the type that the rules are
    surest of, ``~act:CONSULT`` for every type, ``~verb:meet`` for every finite verb,
    ``~actor:MIL`` for what sort of party acts.
    """
    signs = [f"~verb:{clause.verb.lemma}" for clause in parse.clauses]
    typed = [record for record in records if record.type]
    if typed:
        first = max(typed, key=lambda record: record.confidence)
        sign = f"~first:{first.type}"
        signs += [sign, sign, sign, f"~{first.modality}:{first.type}", f"~mode:{first.mode}"]
        signs += sorted({f"~act:{record.type}" for record in typed})
        actor, recipient = _sort(first.actors), _sort(first.recipients)
        signs += [
            f"~actor:{actor}",
            f"~recipient:{recipient}",
            f"~{first.type}:{actor}>{recipient}",
            f"~sure:{first.confidence:.1f}",
            f"~{first.type}:{first.confidence:.1f}",
        ]
        signs += [f"~{first.type}:{clause.verb.lemma}" for clause in parse.clauses[:3]]
    else:
        signs += ["~first:", "~first:", "~first:"]
    return masked(parse) + signs


def _sort(parties: Sequence[Party]) -> str:
    """Tell what sort of party the first is: its sector or a state; "?" for no known country."""
    if not parties:
        return "none"
    first = parties[0]
    return f"{first.sector or 'state'}" if first.country else f"{first.sector}?"
