"""Words for the belief in who holds what."""

from __future__ import annotations

from foreshock.brief.believed import BelievedControl
from foreshock.brief.words import plain

SURE = 0.9


def doubts_in_words(belief: BelievedControl) -> str:
    """Say how many places are surely held, and which is least sure; empty where none is known.

    Examples
    --------
    >>> doubts_in_words(BelievedControl(places=[], turns=[], front=None, basis=[]))
    ''
    """
    if not belief.places:
        return ""
    least = min(belief.places, key=lambda each: each.within[0].probability)
    sure = sum(each.within[0].probability >= SURE for each in belief.places)
    return (
        f"90 % sure: {sure} of {len(belief.places)}; "
        f"least: {plain(least.place.name)}, {100 * least.within[0].probability:.0f} %."
    )
