"""How clauses open: with the auxiliary before its subject, with a gerund, with "neither"."""

from __future__ import annotations

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.units import Unit

NOMINAL = frozenset({"NN", "AC", "PL", "PR"})
AUXILIARY = frozenset({"BE", "HV", "DO", "MD"})
VERBAL = frozenset({"VB", "VBZ", "VBD", "VBN", "VBG", "VBX"})
IN_PHRASE = frozenset({"NN", "AC", "AJ", "JJ", "CD", "DT", "PL", "POS", "DA"})
_DEMANDING = word_list("demanding")
INVERTED = frozenset({"had", "should", "were"})
"""Auxiliaries that may stand before their subject in a condition."""


def denies(units: list[Unit], index: int, count: int) -> bool:
    """Whether "neither" stands before a verb: "has neither shelled nor entered the town"."""
    return (
        0 < index < count - 1
        and units[index - 1].tag in NOMINAL | AUXILIARY
        and units[index + 1].tag == "?"
        and bool(units[index + 1].word.forms)
    )


def inverts(units: list[Unit], index: int) -> bool:
    """Whether an auxiliary stands before its subject and makes a condition of the clause.

    "Had Peru attacked, ...", "should Chile refuse, ...", "... would have failed had it stayed".
    """
    if units[-1].tag == "?" or units[-1].lower == "?" or index + 2 >= len(units):
        return False
    before = units[index - 1].tag if index else ""
    opens = before in {"", '"', ",", "CC", "DL"} or (
        units[index].lower == "had" and before in VERBAL and _has_modal(units, index)
    )
    return opens and units[index + 1].tag in {"AC", "PR", "DT", "AJ", "PL"}


def _has_modal(units: list[Unit], index: int) -> bool:
    return any(unit.tag == "MD" for unit in units[max(0, index - 6) : index])


def leading(units: list[Unit], back: int) -> int:
    """Give the unit before the phrase that ends at a unit; -1 if the phrase opens the sentence."""
    at = back
    while at >= 0 and units[at].tag in IN_PHRASE:
        at -= 1
    return at


def asked(units: list[Unit], back: int) -> bool:
    """Whether the subject stands behind its auxiliary: "did Peru attack", "should it attack"."""
    at = leading(units, back)
    if at < 0 or units[at].tag not in {"MD", "DO", "SC"}:
        return False
    inverted = units[at].tag != "SC" or units[at].lower == "should"
    return inverted and (at == 0 or units[at - 1].tag in {"WP", '"', ",", "CC", "DL"})


def demanded(units: list[Unit], back: int) -> bool:
    """Whether the clause of a subject tells what is demanded: "a demand that Peru grant"."""
    at = leading(units, back)
    return at > 0 and units[at].lower == "that" and units[at - 1].lemma in _DEMANDING


def introduces(units: list[Unit]) -> bool:
    """Whether the sentence opens with what its subject did: "Speaking in Lima, the minister"."""
    comma = next((at for at, unit in enumerate(units[:12]) if unit.lower == ","), 0)
    following = units[comma + 1 : comma + 3]
    return (
        comma > 0
        and len(following) == 2
        and (following[0].tag in {"AC", "AJ", "PR"} or following[0].lower in {"the", "a", "an"})
        and following[1].lower != ","
    )
