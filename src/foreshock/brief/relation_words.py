"""Words for relations: what a pair is suffering, and whether a thesis is borne out."""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.assess.relations.network import Edge
from foreshock.assess.relations.share import LEAST_MASS, WIDEST, Share, Span
from foreshock.assess.relations.strain import Channel, Dyad, is_deadly
from foreshock.assess.relations.theses import THAW, Verdict
from foreshock.brief.naming import Names
from foreshock.brief.words import counted, joined, likelihood
from foreshock.core.theses import Imperilled
from foreshock.core.time import say_day

CAVEAT = (
    "The acts were gathered by people, not drawn at random: who reports a relation decides what is "
    "in it, and routine deeds are missing. Compare a pair with its own past, not with other pairs. "
    "A share says how often, not how hard: deadly acts are counted beside it."
)

UP, DOWN = 0.8, 0.2
LEANING = 0.55
"""From here on it is likely, but no more than that."""


def direction(channel: Channel) -> str:
    """Say in a few words which way the share went against the reference."""
    if not channel.enough:
        return "insufficient evidence"
    if channel.probability_up >= UP:
        return "up"
    return "down" if channel.probability_up <= DOWN else "no clear change"


def share_in_words(share: Share) -> str:
    """Say a share with its interval in per cent."""
    return f"{_percent(share.mean)} ({_range(share.span)})"


def sentence(dyad: Dyad, a: str, b: str) -> str:
    """Say in a sentence what the relation of a pair is suffering, with how sure that is."""
    return f"{a} and {b}: {_channel(dyad.deeds)}; {_channel(dyad.words)}."


def _channel(channel: Channel) -> str:
    name = "in deeds" if channel.name == "deed" else "in words"
    if not channel.now.enough:
        return f"{name} insufficient evidence ({_too_little(channel)})"
    level = f"{name} {_percent(channel.now.mean)} conflictual ({_range(channel.now.span)})"
    if not channel.reference.enough:
        return f"{level}, with too little of its own past on record to compare"
    was = f"its own past was {_percent(channel.reference.mean)}"
    up = channel.probability_up
    if up >= UP:
        return f"{level}, up: {_sure(up)}; {was}"
    if up <= DOWN:
        return f"{level}, down: {_sure(1 - up)}; {was}"
    lean = f"{_sure(up)} that it is up" if up >= LEANING else f"{_percent(up)} that it is up"
    return f"{level}, no clear change ({was}; {lean})"


def _too_little(channel: Channel) -> str:
    if not channel.acts:
        return "no act on record"
    if channel.now.mass < LEAST_MASS:
        return f"memory holds {channel.now.mass:.1f} acts"
    return f"the share could be anything from {_range(channel.now.span)}"


def verdict_in_words(verdict: Verdict, a: str, b: str) -> list[str]:
    """Say whether a thesis is borne out: first in a few words, then a reason a sentence."""
    dyad = verdict.dyad
    found = {
        name: _borne_out(channel)
        for name, channel in (("words", dyad.words), ("deeds", dyad.deeds))
    }
    said = "; ".join(f"in {name}, {what}" for name, what in found.items())
    reasons = []
    if verdict.thesis.imperils is Imperilled.ALLIANCE:
        reasons.append(
            {
                "cooperative": f"{a} and {b} had a mostly cooperative relation to lose.",
                "conflictual": f"{a} and {b} had no cooperative relation to lose: their own past "
                "is mostly conflictual.",
                "mixed": f"{a} and {b} had a mixed relation before.",
                "": f"Too little is on record to say what {a} and {b} had to lose.",
            }[verdict.was]
        )
    else:
        reasons.append(_thaw(verdict))
    reasons += [_reason(channel) for channel in (dyad.words, dyad.deeds)]
    return [f"{said[0].upper()}{said[1:]}.", *reasons]


def _borne_out(channel: Channel) -> str:
    if not channel.enough:
        return "insufficient evidence"
    up = channel.probability_up
    if up >= UP:
        return f"borne out: {_sure(up)}"
    if up <= DOWN:
        return f"not borne out: {_sure(1 - up)} that it eased"
    if up >= LEANING:
        return f"points that way, no more: {_sure(up)}"
    return f"not shown ({_percent(up)} that strain is up)"


def _thaw(verdict: Verdict) -> str:
    steps, against = verdict.steps, verdict.against
    total = len(steps) + len(against)
    if not steps:
        return (
            f"No step towards each other is on record in the last {THAW.days} days: there was no "
            "thaw to lose."
        )
    last = say_day(steps[0].day)
    what = counted(len(steps), "cooperative act")
    few = "thin ground for a thaw" if len(steps) < len(against) else "a thaw to lose"
    return f"{what} among {total} of the last {THAW.days} days, the last on {last}: {few}."


def _reason(channel: Channel) -> str:
    name = "Deeds" if channel.name == "deed" else "Words"
    own = [moved.act for moved in channel.moved if not moved.act.client]
    conflict = sum(act.conflictual for act in own)
    acts = f"{conflict} of {counted(len(own), 'act')} in 30 days conflictual" if own else "no act"
    deadly = sum(is_deadly(act) for act in own)
    if deadly:
        acts += f", {deadly} of them deadly (own past: {channel.deadly_before:.1f} in 30 days)"
    level = f"share {share_in_words(channel.now)}, was {share_in_words(channel.reference)}"
    mass = f"evidence mass {channel.now.mass:.1f} and {channel.reference.mass:.1f}"
    through = (
        f"; with clients' acts counted too, {share_in_words(channel.with_clients)}"
        if channel.with_clients
        else ""
    )
    return f"{name}: {level} ({mass}); {acts}{through}."


def triad_sentence(edges: Sequence[Edge], names: Names) -> str:
    """Say which relations of three actors do not fit together."""

    def pair(edge: Edge) -> str:
        return f"{names.actor(edge.a).name} with {names.actor(edge.b).name}"

    tied = joined([pair(edge) for edge in edges if edge.sign == "positive"])
    at_odds = joined([pair(edge) for edge in edges if edge.sign == "negative"])
    return f"Tied: {tied}. At odds: {at_odds}."


def insufficient() -> str:
    """Explain when evidence is called insufficient."""
    return (
        f"Insufficient evidence: less than {LEAST_MASS:g} acts in memory, or a 90 % interval wider "
        f"than {_percent(WIDEST)}."
    )


def _sure(probability: float) -> str:
    return f"{likelihood(probability)} ({_percent(probability)})"


def _percent(share: float) -> str:
    # Never certain: 1 is a number too near to it to be told apart.
    if share >= 0.995:
        return "over 99 %"
    return "under 1 %" if share < 0.005 else f"{100 * share:.0f} %"


def _range(span: Span) -> str:
    return f"{100 * span.low:.0f}–{100 * span.high:.0f} %"
