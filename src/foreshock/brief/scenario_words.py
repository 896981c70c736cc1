"""How scenarios are told: shares of draws and what they rest on, never as a forecast."""

from __future__ import annotations

from foreshock.brief.scenarios import (
    AdvanceItem,
    CapabilityItem,
    EnteredItem,
    FormItem,
    HappenedItem,
    InfluenceItem,
    RangeItem,
    ReactionItem,
    RobustItem,
    ScenarioItem,
    SlowingItem,
)
from foreshock.brief.words import counted, joined
from foreshock.core.time import say_day

HEADING = "Assumed, not forecast"

WHAT_IT_IS = (
    "What follows from intervals that somebody entered, each with its source or whose guess it is. "
    "A share is one of draws from these intervals: it tells how robust a conclusion is to what is "
    "not known, and is no probability of anything in the world."
)

FORMS = {
    "indivisible": "it cannot be divided",
    "commitment": "promises would not be kept",
    "private": "one side does not know how much the other can bear",
}
"""The three ways in which there can be no middle course."""

BEARS = {"for": "speaks for it", "against": "speaks against it", "both": "cuts both ways"}

SLOW = 0.05
"""Rank up to which a slowing is called one."""


def in_draws(share: float) -> str:
    """Tell a share of draws.

    Examples
    --------
    >>> in_draws(0.834), in_draws(1.0), in_draws(0.0), in_draws(0.002)
    ('in 83 % of draws', 'in every draw', 'in no draw', 'in under 1 % of draws')
    """
    if share in {0.0, 1.0}:
        return "in every draw" if share else "in no draw"
    return f"in {percent_of(share)} of draws"


def percent_of(share: float) -> str:
    """Write a share in per cent; only all is 100 % and only none is 0 %.

    Examples
    --------
    >>> percent_of(0.834), percent_of(1.0), percent_of(0.001)
    ('83 %', '100 %', 'under 1 %')
    """
    if 0 < share < 0.01:
        return "under 1 %"
    return "over 99 %" if 0.99 < share < 1 else f"{100 * share:.0f} %"


def verdict(found: RobustItem) -> str:
    """Tell in how many draws a conclusion holds, or that the answer hangs on how they are drawn."""
    conclusion = f"{found.conclusion[0].upper()}{found.conclusion[1:]}"
    if found.indeterminate:
        low, high = min(found.by_prior.values()), max(found.by_prior.values())
        return (
            f"Indeterminate: {found.conclusion} {in_draws(low)} or {in_draws(high)}, by how the "
            "same intervals are weighted"
        )
    return f"{conclusion} {in_draws(found.share)}"


def rests_on(found: RobustItem, most: int = 3) -> str:
    """Tell on which inputs a conclusion rests; empty if on none."""
    names = [each.label for each in found.influences if each.rests][:most]
    if names:
        return f"It rests on {joined(names)}."
    if found.influences and 0 < found.share < 1:
        return "No single input decides it."
    return ""


def flipped_by(found: RobustItem, most: int = 2) -> str:
    """Tell which inputs would flip a conclusion, and how far; empty if it holds in every draw."""
    flips = [each for each in found.influences if each.flips][:most]
    if flips:
        return f"It would be flipped by {joined([_flip(each) for each in flips])}."
    if found.share in {0.0, 1.0}:
        return "Nothing within the intervals flips it."
    return "No input alone would flip it." if found.influences else ""


def _flip(each: InfluenceItem) -> str:
    low, high = percent_of(each.at_low), percent_of(each.at_high)
    return f"{each.label} ({low} of draws at its low end, {high} at its high end)"


def interval(each: EnteredItem) -> str:
    """Write what was entered.

    Examples
    --------
    >>> from datetime import date
    >>> entry = EnteredItem(name="a", label="b", low=0.1, high=0.25, order="", leans=[],
    ...                     assumed_by="x", note="", date=date(2031, 5, 1), line=3)
    >>> interval(entry), interval(entry.model_copy(update={"low": 2.0, "high": 2.0}))
    ('0.1 to 0.25', '2')
    """
    if each.low is None or each.high is None:
        return each.order
    return f"{each.low:g}" if each.low == each.high else f"{each.low:g} to {each.high:g}"


def basis(each: EnteredItem) -> str:
    """Say where an entry is from, without its sources.

    Examples
    --------
    >>> from datetime import date
    >>> basis(EnteredItem(name="a", label="b", low=0, high=1, order="", leans=[],
    ...                   assumed_by="the compilers", note="", date=date(2031, 5, 1), line=3))
    'assumed by the compilers'
    """
    return f"assumed by {each.assumed_by}" if each.assumed_by else "from its sources"


def range_in_words(found: RangeItem, *, percent: bool = False) -> str:
    """Write a number with its interval.

    Examples
    --------
    >>> range_in_words(RangeItem(value=0.4277, low=0.1589, high=None))
    '0.43 (0.16 to any number)'
    >>> range_in_words(RangeItem(value=0.3, low=0.1, high=0.5), percent=True)
    '30 % (10 % to 50 %)'
    """
    value, low, high = (_number(each, percent) for each in (found.value, found.low, found.high))
    return f"{value} ({low} to {high})"


def _number(number: float | None, percent: bool) -> str:
    if number is None:
        return "any number"
    return percent_of(number) if percent else f"{number:.2g}" if number < 10 else f"{number:,.0f}"


def capability_in_words(found: CapabilityItem) -> str:
    """Tell of one thing that the patron gives whether losing it would make the client stop."""
    little, unwilling = failing(found)
    return (
        f"losing it would be enough, and is credible, {in_draws(found.could)}. Too little would be "
        f"lost {in_draws(little)}, and the patron would hurt itself more {in_draws(unwilling)}: "
        f"what binds is {'the worth of it' if little > unwilling else 'the will to take it away'}. "
        f"The client stops from a chance of {range_in_words(found.critical)} of losing it"
    )


def failing(found: CapabilityItem) -> tuple[float, float]:
    """Give the shares of draws in which too little would be lost, and in which will is wanting."""
    support, will, both = (found.binding.get(name, 0.0) for name in ("support", "will", "both"))
    return support + both, will + both


def bearing(found: HappenedItem) -> str:
    """Say how what happened bears on the claim that was put to the test."""
    return BEARS.get(found.bears, found.bears)


def form_in_words(found: FormItem) -> str:
    """Tell in how many draws one of the three ways bars a middle course."""
    shares = found.robust.by_prior.values()
    told = in_draws(found.robust.share)
    if found.robust.indeterminate:
        told = (
            f"indeterminate, {in_draws(min(shares))} or {in_draws(max(shares))} by how the same "
            "intervals are weighted"
        )
    return f"{told}, that is, where {found.condition}"


def advance_in_words(found: AdvanceItem) -> str:
    """Tell what an advance needs, and what might stop it."""
    return (
        f"{found.attacker.name} gets to {found.place.name} in time {in_draws(found.reached)}; it "
        f"needs {range_in_words(found.needed)} km a day. Chance, from what was entered, that "
        f"somebody comes and the place is held: {range_in_words(found.saved, percent=True)}"
    )


def afterwards_in_short(scenario: ScenarioItem) -> str:
    """Count what happened afterwards by how it bears on the claim."""
    bears = [each.bears for each in scenario.happened]
    told = [(bears.count("for"), "speaks for it"), (bears.count("against"), "against it")]
    told.append((bears.count("both"), "both ways"))
    return joined([f"{number} {word}" for number, word in told if number])


def reaction_in_words(found: ReactionItem, patron: str, client: str) -> str:
    """Tell whether the client was seen to hold back."""
    if found.first is None or found.last is None:
        return f"Whether {client} holds back could not be looked for: {found.refused}."
    acts, days = counted(len(found.acts), "offensive act"), counted(len(found.signs), "such day")
    told = (
        f"Attacks by the {client} side after {patron} disagreed with it in public or dealt with "
        f"others over the war: {acts} and {days} are known from {say_day(found.first)} to "
        f"{say_day(found.last)}"
    )
    study = next((each for each in found.slowing if each.kind == "both"), None)
    return f"{told}; {slowing_in_words(study)}." if study else f"{told}."


def slowing_in_words(found: SlowingItem) -> str:
    """Tell whether acts slowed after some days."""
    counts = f"{found.before} in the {found.span} days before, {found.after} in those after"
    if found.thin:
        shown = f" ({counts})" if found.episodes else ""
        return f"too thin to say, with {found.thin}{shown}"
    rank = found.rank if found.rank is not None else 1.0
    slowed = "they slowed" if rank <= SLOW else "no sign that they slowed"
    return f"{slowed}: {counts}; {percent_of(rank)} of random days show as much"


def tested(scenario: ScenarioItem) -> str:
    """Say which claim a sheet puts to the test; empty if none."""
    return f"It tests the claim: {scenario.said}" if scenario.said else ""
