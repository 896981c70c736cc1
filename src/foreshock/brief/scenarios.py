"""Scenarios in a brief: what follows from intervals that somebody entered. Assumed, not forecast.

Every share here is a share of draws from those intervals: how far a conclusion holds whatever the
inputs are within them. None is a probability of anything in the world.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from foreshock.brief.items import ActorItem, Item, PlaceItem


class LeanItem(Item):
    """Something of the case on which an entry leans."""

    key: str
    kind: str = Field(description="claim, report, tie, source or outcome; empty: not known then.")
    id: str = Field(description="By which the brief holds it; empty if it does not.")


class EnteredItem(Item):
    """One thing that was entered, as it stands in the sheet."""

    name: str = Field(description="The entry, its names joined by dots.")
    label: str = Field(description="Whose it is and what, in words.")
    low: float | None = Field(description="The interval; null where an order is entered.")
    high: float | None
    order: str = Field(description="What is preferred to what; empty where it is an interval.")
    leans: list[LeanItem]
    assumed_by: str
    note: str
    date: date
    line: int = Field(description="Of the sheet's file.")


class RangeItem(Item):
    """A number with the interval that holds nine draws, or nine re-draws, in ten."""

    value: float | None = Field(description="Null: beyond any number.")
    low: float | None
    high: float | None


class InfluenceItem(Item):
    """How much one input decides a conclusion."""

    name: str = Field(description="The entry.")
    label: str
    first: RangeItem = Field(
        description="First-order Sobol' index: share of the conclusion's variance that goes when "
        "this input alone is known."
    )
    total: RangeItem = Field(description="Share that stays as long as it alone is unknown.")
    at_low: float = Field(
        description="Share of draws in which the conclusion holds, of the fifth of them with the "
        "lowest values of it; of an order, with what lies in between worth least."
    )
    at_high: float
    rests: bool = Field(description="Whether the conclusion is said to rest on it.")
    flips: bool = Field(description="Whether its ends say opposite things.")


class RobustItem(Item):
    """How far a conclusion holds over the intervals."""

    conclusion: str
    share: float = Field(description="Share of draws in which it holds, all inputs uniform.")
    low: float = Field(description="95 % interval: how far other draws would move the share.")
    high: float
    by_prior: dict[str, float] = Field(description="The same share with each weighting.")
    indeterminate: bool = Field(description="Whether the weightings differ by more than 0.3.")
    influences: list[InfluenceItem] = Field(description="The most influential first.")


class FormItem(Item):
    """One of the three ways in which there can be no middle course."""

    name: str
    condition: str
    robust: RobustItem


class VetoItem(Item):
    """How often one player would rather fight on than take a package."""

    player: ActorItem
    share: float


class PackageItem(Item):
    """How often a package is preferred to fighting on by all."""

    id: str
    text: str
    share: float = Field(description="Share of draws.")
    chosen: float = Field(description="Share of draws in which its product of gains is greatest.")
    vetoes: list[VetoItem]
    nearest: float | None = Field(
        description="Share of draws in which it lies nearest to the compromise mean."
    )


class CompromiseItem(Item):
    """The mean of positions by salience and power: the line that finer models must beat."""

    scale: str
    mean: RangeItem
    median: RangeItem


class BargainingItem(Item):
    """What comes of a bargaining sheet; its conclusion is of packages short of both victories."""

    empty: RobustItem = Field(description="That no package at all is preferred by all.")
    forms: list[FormItem]
    packages: list[PackageItem] = Field(description="The most frequent first.")
    demand: RangeItem | None
    risk: RangeItem | None = Field(
        description="Share of the possible costs of the one who answers at which the best demand "
        "is refused."
    )
    compromise: CompromiseItem | None


class BarItem(Item):
    """The critical chance with one input at either end, all others midway; null: no chance."""

    label: str
    at_low: float | None
    at_high: float | None


class CapabilityItem(Item):
    """What comes of one thing that the patron gives."""

    capability: str
    defies: RobustItem
    credible: float
    could: float = Field(description="Share of draws: losing it would be enough, and is credible.")
    binding: dict[str, float] = Field(
        description="Share of draws in which restraint fails for want of support, will, both, "
        "or does not fail."
    )
    critical: RangeItem = Field(
        description="Chance of losing it from which the client stops; above 1 no threat is enough."
    )
    tornado: list[BarItem]


class SignItem(Item):
    """A day on which the patron may have held its client back."""

    day: date
    kind: str
    event: str = Field(description="Id of the act.")
    text: str


class SlowingItem(Item):
    """Acts of the client after such days against acts before them."""

    kind: str
    span: int = Field(description="Days before and days after that were compared.")
    episodes: int
    before: int
    after: int
    ratio: RangeItem | None
    usual: RangeItem | None = Field(description="The same at days drawn at random.")
    rank: float | None = Field(description="Share of random days that slow at least as much.")
    rank_alike: float | None = Field(description="The same among days as busy beforehand.")
    thin: str = Field(description="Why it is too little to say anything; empty: it is enough.")


class ReactionItem(Item):
    """Whether the client holds back after signs of restraint: what can be looked for, and was."""

    first: date | None = Field(description="Days that were looked at; null: none.")
    last: date | None
    acts: list[str] = Field(description="Ids of the client's offensive acts in those days.")
    vague: int = Field(description="Offensive acts that nobody gives a day.")
    signs: list[SignItem]
    slowing: list[SlowingItem]
    by_hand: bool
    refused: str = Field(description="Why nothing was looked for; empty if something was.")


class RestraintItem(Item):
    """What comes of a restraint sheet."""

    patron: ActorItem
    client: ActorItem
    scale: str
    capabilities: list[CapabilityItem]
    reaction: ReactionItem


class AdvanceItem(Item):
    """What comes of a sheet on an advance."""

    place: PlaceItem
    attacker: ActorItem
    defender: ActorItem
    reached: float = Field(description="Share of draws in which the attacker gets there in time.")
    needed: RangeItem = Field(description="Kilometres a day that it needs.")
    saved: RangeItem = Field(
        description="Chance, from what was entered, that somebody comes and the place is held."
    )


class HappenedItem(Item):
    """What happened after the sheet was drawn up. The sheet knew nothing of it."""

    text: str
    bears: str = Field(description="for, against or both: on the claim that the sheet tests.")
    leans: list[LeanItem]
    known_at: date


class ScenarioItem(Item):
    """An assumption sheet and what comes of it: assumed, not forecast."""

    name: str
    kind: str
    title: str
    note: str
    label: str = Field(description="Belongs beside every number of it.")
    date: date
    file: str
    tests: str = Field(description="Id of the claim that it puts to the test; empty: none.")
    said: str = Field(description="What that claim says.")
    refused: str = Field(description="Why nothing was reckoned; empty if something was.")
    conclusion: RobustItem | None
    bargaining: BargainingItem | None
    restraint: RestraintItem | None
    advance: AdvanceItem | None
    entered: list[EnteredItem]
    happened: list[HappenedItem]


class WhatIfItem(Item):
    """A what-if of the case; its results are told by the command whatif."""

    name: str
    title: str
    note: str
    date: date
    file: str
    tests: str
    entered: list[EnteredItem]


class Scenarios(Item):
    """All that is assumed in a brief, apart from all that is told or forecast."""

    sheets: list[ScenarioItem]
    whatifs: list[WhatIfItem]
