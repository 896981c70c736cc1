"""Words for the belief in who holds what."""

from __future__ import annotations

from foreshock.brief.believed import BelievedControl
from foreshock.brief.words import joined, plain

LEAST_SURE = 3
SURE = 0.9


def doubts_in_words(belief: BelievedControl) -> str:
    """Say how many places are surely held, and which are least sure; empty where none is known.

    Examples
    --------
    >>> doubts_in_words(BelievedControl(places=[], turns=[], front=None, basis=[]))
    ''
    """
    if not belief.places:
        return ""
    ranked = sorted(belief.places, key=lambda each: each.within[0].probability)
    sure = sum(each.within[0].probability >= SURE for each in ranked)
    told = [
        f"{plain(each.place.name)} ({plain(each.within[0].name)} "
        f"{100 * each.within[0].probability:.0f} %)"
        for each in ranked[:LEAST_SURE]
        if each.within[0].probability < SURE
    ]
    doubtful = f"; least sure: {joined(told)}" if told else ""
    return f"Believed with 90 % or more: {sure} of {len(ranked)} places{doubtful}."
