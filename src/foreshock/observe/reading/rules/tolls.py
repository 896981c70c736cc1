"""How many, of whom: counts joined to the act that they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.core.errors import QuantityError
from foreshock.core.quantities import Quantity
from foreshock.lexicon.english import counted_by
from foreshock.lexicon.ontology import load_ontology
from foreshock.observe.reading.expressions.quantities import Amount, counted
from foreshock.observe.reading.rules.parsing import Parse

_OF_TYPE = {"DISPLACE": "displaced", "MOBILIZE": "troops", "RETREAT": "troops", "AID": "troops"}
"""What people count as where no word of the act counts them; soldiers as troops."""

_PEOPLE = frozenset({"killed", "wounded", "captured", "abducted", "missing"})


def quantities_of(
    parse: Parse, amounts: Sequence[Amount], first: int, last: int, type: str, modality: str
) -> tuple[Quantity, ...]:
    """Give what is counted between two tokens of a sentence.

    Parameters
    ----------
    parse : Parse
    amounts : sequence of Amount
        All counts of the sentence.
    first, last : int
        Tokens [first, last) that tell the act.
    type, modality : str
        Of the act: those who are to flee are not those who fled.
    """
    ontology = load_ontology()
    found: list[Quantity] = []
    for amount in amounts:
        if not first <= amount.first < last or (
            amount.unit not in {"", "persons"} and amount.unit not in ontology.units
        ):
            continue
        noun = [
            token.lower for token in parse.sentence.tokens[amount.noun_first : amount.noun_last]
        ]
        what = _what(parse, amount, noun, first, last, type, modality)
        if what is None:
            continue
        group = counted(noun)
        party = _party(parse, amount)
        if party and group in ontology.groups:
            group = f"{party}/{group}"
        unit = "" if amount.unit in {"", "persons"} else amount.unit
        try:
            found.append(Quantity(what, group, amount.low, amount.best, amount.high, unit))
        except QuantityError:
            continue
    return tuple(dict.fromkeys(found))


def _what(
    parse: Parse, amount: Amount, noun: list[str], first: int, last: int, type: str, modality: str
) -> str | None:
    """Say what a count counts: by the word of the act nearest to it."""
    ontology = load_ontology()
    if amount.unit and amount.unit != "persons":
        return amount.unit if amount.unit in ontology.quantities else None
    counts = counted_by()
    for unit in parse.units:
        if unit.first == amount.noun_last and unit.tag in {"JJ", "VBN", "VBX"}:
            if unit.lemma in counts or unit.lower in counts:  # "left four officers dead"
                return counts.get(unit.lemma) or counts[unit.lower]
            break
    nearest, distance = None, 99
    for unit in parse.units:
        if not first - 2 <= unit.first < last + 4:
            continue
        what = counts.get(unit.lemma)
        if what is None or (unit.tag in {"AC", "PL"} and unit.lemma != "refugee"):
            continue
        gap = abs(unit.first - amount.first) + (2 if unit.first > amount.last + 6 else 0)
        if gap < distance:
            nearest, distance = what, gap
    if nearest in _PEOPLE and type not in {"ASSAULT", "COERCE", "ACCUSE", ""}:
        return None
    if type == "DISPLACE" and modality != "actual":
        if nearest in {"departures", None}:
            return "preparing-to-leave" if modality == "planned" else "at-risk"
        return nearest
    if nearest is None:
        return _OF_TYPE.get(type) if type == "DISPLACE" or counted(noun) == "soldiers" else None
    return nearest


def _party(parse: Parse, amount: Amount) -> str:
    """Give the id of the party whose people are counted, empty if nobody says."""
    for unit in parse.units:
        if (
            unit.tag == "AC"
            and unit.first < max(amount.noun_last, amount.last)
            and (unit.last > amount.first)
        ):
            party = unit.value.parties[0]
            return (
                ""
                if party.sector in {"CVL", "REF", ""} and unit.value.kind != "state"
                else (str(party.id).partition("/")[0] if party.known else "")
            )
    return ""
