"""Clauses that hold only if another does, and clauses that share what another stands under."""

from __future__ import annotations

from foreshock.observe.reading.grammar.clause import (
    ADVERBIAL,
    CONTENT,
    GERUND,
    INFINITIVE,
    JOINED,
    MAIN,
    RELATIVE,
    Clause,
    below,
)
from foreshock.observe.reading.grammar.openings import INVERTED
from foreshock.observe.reading.rules.parsing import Parse

IN_CONDITION = INVERTED | {"if", "unless", "lest"}
CONDITIONS = INVERTED | {"if", "unless", "once"}
SUPPOSED = IN_CONDITION | {"until"}
"""What opens a clause that is only supposed."""


def leading(clause: Clause) -> Clause:
    """Give the clause by which one is governed: "denied that police had beaten or shot them"."""
    at = clause
    while at.relation == JOINED and at.inherited and at.parent is not None:
        at = at.parent
    return at if at.relation == CONTENT else clause


def after_nor(parse: Parse, clause: Clause) -> bool:
    """Whether "nor" stands before the verb: "nor closed the border"."""
    at = clause.verb.first - 1
    return at >= 0 and parse.units[at].lower == "nor"


def as_though(parse: Parse, clause: Clause) -> bool:
    """Whether it is only as if: "acted as though it had won"."""
    at = clause.first - 1
    return clause.marker == "though" and at >= 0 and parse.units[at].lower == "as"


def whole(clause: Clause) -> tuple[int, int]:
    """Give the units [first, last) of a clause with all that hangs on it."""
    last = max([clause.last, clause.verb.last, *(child.last for child in below(clause))])
    return clause.first, last


def dependent(parse: Parse, clause: Clause) -> Clause | None:
    """Give the clause that depends on an adverbial one: that which it opens, else its parent."""
    for other in parse.clauses[clause.number + 1 :]:
        opened = other.first <= clause.first and other.verb.first >= clause.last
        if opened and other.relation in {MAIN, CONTENT}:
            return other
        if clause.parent is None and other.parent in {None, clause}:
            return other
    return clause.parent


def in_condition(clause: Clause) -> bool:
    """Whether a clause stands in a condition: "if rebels leave", "as if it could"."""
    at: Clause | None = clause
    while at is not None:
        if at.relation == ADVERBIAL and at.marker in IN_CONDITION:
            return True
        at = at.parent if at.relation in {INFINITIVE, GERUND, JOINED, RELATIVE, CONTENT} else None
    return False
