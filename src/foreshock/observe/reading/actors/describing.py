"""Nouns that name nobody: they describe what follows, tell where, or are counted."""

from __future__ import annotations

from foreshock.observe.reading.actors.alone import hint
from foreshock.observe.reading.actors.attached import PLACED
from foreshock.observe.reading.actors.chains import ONES, QUALITIES, Chain, is_counted
from foreshock.observe.reading.actors.mentions import Mention
from foreshock.observe.reading.actors.parties import is_weak
from foreshock.observe.reading.actors.senses import Sense
from foreshock.observe.reading.actors.sentence import Sentence

WHERE = PLACED | {"into", "to", "around", "outside", "towards", "toward", "on", "over", "through"}
"""Words before a place."""


def is_one(chain: Chain) -> bool:
    """Whether a bare noun is one of a kind that is counted: "taken hostage" names nobody."""
    unit = chain.nouns[-1]
    agent = unit.sense.agent
    return (
        agent is not None and "title" not in agent.use and agent.sector in ONES and is_counted(unit)
    )


def describes(sentence: Sentence, chain: Chain) -> bool:
    """Whether the noun only describes what follows ("army base", "rebel attack")."""
    last = chain.nouns[-1].last
    after = sentence.key(last)
    if last in sentence.at:
        return False
    if chain.owners and chain.owners[-1].sense.others and is_weak(chain.nouns[-1].sense):
        return True  # the "Peru-Chile alliance" is neither of the two
    if after in sentence.words.thing:
        return True
    word = sentence.keys[last - 1]
    return after in sentence.words.deed and not (word.endswith("s") or word in ("police", "men"))


def tells_where(sentence: Sentence, chain: Chain, start: int) -> bool:
    """Whether a noun such as *town* tells where, not who ("in the Peruvian town of X")."""
    last = chain.nouns[-1].last
    if sentence.keys[last - 1] not in sentence.words.place:
        return False
    named = bool(chain.owners) and chain.owners[-1].kind in ("place", "capital", "state")
    return named or sentence.key(start - 1) in WHERE or sentence.key(last) == "of"


def where(sentence: Sentence, chain: Chain, owners: list[Sense]) -> Mention | None:
    """Leave a place to those who look for places; an adjective before it is a hint."""
    first = chain.owners[0] if chain.owners else None
    if first is None or first.kind not in QUALITIES:
        return None
    return hint(sentence, tuple(owners), first.first, first.last, "")
