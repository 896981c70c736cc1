"""Where the belief says otherwise than the newest word: who is taken to hold a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foreshock.assess.control.belief import SURE, Control
from foreshock.assess.control.said import Holding
from foreshock.assess.control.sides import CONTESTED, UNKNOWN
from foreshock.evidence.view import Evidence


def heeded(said: Sequence[Holding], belief: Control, evidence: Evidence) -> list[Holding]:
    """Take over who is said to hold each place, but for places where it is surely another.

    Parameters
    ----------
    said : sequence of Holding
    belief : Control
        Of the same evidence.
    evidence : Evidence
    """
    return [_heeded(holding, belief, evidence) for holding in said]


def _heeded(holding: Holding, belief: Control, evidence: Evidence) -> Holding:
    if holding.place not in belief.index:
        return holding
    state, probability, _ = belief.holder(holding.place)
    named = {evidence.actors.root(actor) for actor in holding.holders}
    if state == UNKNOWN or probability < SURE:
        return holding
    if state == CONTESTED:
        return replace(holding, status="contested")
    if state in named and holding.status == "held":
        return holding
    return replace(
        holding,
        status="held",
        holders=tuple(a for a in holding.holders if evidence.actors.root(a) == state) or (state,),
    )
