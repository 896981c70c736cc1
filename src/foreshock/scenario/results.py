"""What comes out of an assumption sheet: how far a conclusion holds, never how likely it is.

A share here is a share of draws from the intervals that somebody entered. It tells how robust a
conclusion is to what is not known of its inputs, and nothing of the world: it must never be shown
as a forecast, nor beside one without the words of `LABEL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from foreshock.core.probability import Probability

LABEL = "conditional on entered intervals; not evidence about the world"
"""Stands beside every result."""

WIDEST_SPREAD = 0.3
"""Where defensible priors differ by more than this, the answer is "indeterminate"."""

MATTERS = 0.1
"""First-order index from which a conclusion is said to rest on an input, a convention."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a sheet says of itself.

    Attributes
    ----------
    name, kind, title, note : str
    date : datetime.date
        Day from which it speaks.
    tests : str
        Key of the claim that it puts to the test; empty if there is none.
    file : str
        Where it lies, from the case's folder.
    """

    name: str
    kind: str
    title: str
    note: str
    date: date
    tests: str
    file: str


@dataclass(frozen=True, slots=True)
class Entered:
    """One thing entered, as it stands in the sheet.

    Attributes
    ----------
    name : str
        The entry, its names joined by dots: ``players.0.cost``.
    actor, package : str
        Whose and of which package it is; empty if of none.
    what : str
        What it is, in words.
    low, high : float or None
        The interval; None where an order is entered.
    order : str
        What is preferred to what; empty where it is an interval.
    sources : tuple of str
        Claims, reports, ties or sources of the case.
    assumed_by, note : str
    date : datetime.date
    line : int
        Of the file.
    """

    name: str
    actor: str
    package: str
    what: str
    low: float | None
    high: float | None
    order: str
    sources: tuple[str, ...]
    assumed_by: str
    note: str
    date: date
    line: int

    @property
    def label(self) -> str:
        """Say whose it is and what, by ids."""
        return ", ".join(part for part in (self.actor, self.what, self.package) if part)


@dataclass(frozen=True, slots=True)
class Range:
    """A number with the interval that holds nine draws, or nine re-draws, in ten."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Influence:
    """How much one input decides a conclusion.

    Attributes
    ----------
    name : str
        The input (`Entered.name`).
    first : Range
        First-order Sobol index: the share of the variance of the conclusion (it holds or not) that
        goes when this input alone is known.
    total : Range
        Total index: the share that stays as long as this input alone is unknown.
    at_low, at_high : float
        Share of draws in which the conclusion holds, of the fifth of them with the lowest and of
        that with the highest value of this input; of an order, by how much what lies between its
        best and its worst is worth on average.
    """

    name: str
    first: Range
    total: Range
    at_low: float
    at_high: float

    @property
    def flips(self) -> bool:
        """Whether most draws at one end of its interval say otherwise than most at the other."""
        return (self.at_low - 0.5) * (self.at_high - 0.5) < 0


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far a conclusion holds over the intervals.

    Attributes
    ----------
    conclusion : str
        What it says, in words.
    share : Probability
        Share of draws in which it holds, inputs uniform over their intervals.
    by_prior : mapping of str to float
        The same share for each prior: uniform, mid-weighted, ends-weighted.
    influences : tuple of Influence
        The most influential first, without those that change it in no draw; empty where none was
        reckoned.
    """

    conclusion: str
    share: Probability
    by_prior: Mapping[str, float]
    influences: tuple[Influence, ...] = ()

    @property
    def spread(self) -> float:
        """How far the priors differ."""
        return max(self.by_prior.values()) - min(self.by_prior.values())

    @property
    def indeterminate(self) -> bool:
        """Whether the priors differ by too much for any answer."""
        return self.spread > WIDEST_SPREAD

    @property
    def rests_on(self) -> tuple[Influence, ...]:
        """The inputs on which the conclusion rests."""
        return tuple(each for each in self.influences if each.first.value >= MATTERS)

    @property
    def flipped_by(self) -> tuple[Influence, ...]:
        """The inputs that flip it between the ends of their intervals."""
        return tuple(each for each in self.influences if each.flips)


@dataclass(frozen=True, slots=True)
class Form:
    """One of the three ways in which there can be no middle course.

    Attributes
    ----------
    name : str
        indivisible, commitment or private.
    condition : str
        When it holds, as a formula in words.
    robust : Robustness
    """

    name: Literal["indivisible", "commitment", "private"]
    condition: str
    robust: Robustness


@dataclass(frozen=True, slots=True)
class Survival:
    """How often a package is one that everybody prefers to fighting on.

    Attributes
    ----------
    package, text : str
    share : Probability
        Share of draws in which it lies in the zone.
    chosen : Probability
        Share of draws in which it is, of all in the zone, the one with the greatest product of
        gains over fighting on (Nash 1950).
    vetoes : mapping of str to float
        Share of draws in which each player would rather fight on.
    """

    package: str
    text: str
    share: Probability
    chosen: Probability
    vetoes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Compromise:
    """The mean of positions by salience and power: the line that finer models must beat.

    Attributes
    ----------
    scale : str
        What it is measured on.
    mean, median : Range
        Over the draws.
    nearest : mapping of str to float
        Share of draws in which each package lies nearest to the mean, the most frequent first.
    """

    scale: str
    mean: Range
    median: Range
    nearest: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Bargaining:
    """Result of a bargaining sheet.

    Attributes
    ----------
    empty : Robustness
        That no package is preferred to fighting on by everybody.
    no_middle : Robustness
        That no package short of both victories is: "no split-the-difference path".
    forms : tuple of Form
        Those that the sheet lets reckon; the indivisible one always.
    survival : tuple of Survival
        Every package, the most frequent first.
    demand, risk : Range or None
        Where something is private: what the best demand asks, and the share of the answerer's
        possible costs at which it is refused.
    compromise : Compromise or None
    """

    empty: Robustness
    no_middle: Robustness
    forms: tuple[Form, ...]
    survival: tuple[Survival, ...]
    demand: Range | None = None
    risk: Range | None = None
    compromise: Compromise | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a tornado: the critical q with one input at either end, all others midway."""

    name: str
    at_low: float
    at_high: float


@dataclass(frozen=True, slots=True)
class Capability:
    """What comes of one thing that the patron gives.

    Attributes
    ----------
    capability : str
        air, ground, arms, money or veto.
    defies : Robustness
        That the client goes on at the chance of withdrawal that was entered, G > q (1-s) V.
    credible : Probability
        Share of draws in which taking it away is credible, L < K.
    could : Probability
        Share of draws in which taking it away would be enough and is credible.
    binding : mapping of str to float
        Share of draws in which restraint fails for want of ``support`` (G > (1-s) V: what would be
        taken away is too little), of ``will`` (L >= K: the patron would hurt itself more), of
        ``both``, of ``neither``.
    critical : Range
        The chance of withdrawal from which the client stops, q* = G / ((1-s) V); above 1 no threat
        is enough; infinite where others would make all of it good.
    tornado : tuple of Bar
        The longest first.
    """

    capability: str
    defies: Robustness
    credible: Probability
    could: Probability
    binding: Mapping[str, float]
    critical: Range
    tornado: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Restraint:
    """Result of a restraint sheet.

    Attributes
    ----------
    patron, client, scale : str
    unrestrained : Robustness
        That the client would go on even if all went that the patron can credibly take away.
    capabilities : tuple of Capability
        In the order of the sheet.
    """

    patron: str
    client: str
    scale: str
    unrestrained: Robustness
    capabilities: tuple[Capability, ...]


@dataclass(frozen=True, slots=True)
class Advance:
    """Result of an advance sheet.

    Attributes
    ----------
    place, attacker, defender : str
    lost : Robustness
        That the attacker gets there in time, and the odds are against help.
    reached : Probability
        Share of draws in which the attacker gets there in time, whoever comes.
    needed : Range
        Kilometres a day that it needs.
    saved : Range
        Chance, from what was entered, that somebody comes and the place is then held.
    """

    place: str
    attacker: str
    defender: str
    lost: Robustness
    reached: Probability
    needed: Range
    saved: Range


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened after a sheet was drawn up, known on a day.

    Attributes
    ----------
    text : str
    bears : str
        for, against or both: how it bears on the claim that the sheet tests.
    sources : tuple of str
        Claims, reports or outcomes of the case.
    known_at : datetime.date
        From when all of these could be known.
    """

    text: str
    bears: str
    sources: tuple[str, ...]
    known_at: date


@dataclass(frozen=True, slots=True)
class Scenario:
    """A sheet and what comes of it.

    Attributes
    ----------
    head : Head
    entered : tuple of Entered
        Everything entered, in the order of the sheet.
    result : Bargaining, Restraint, Advance or None
        None if it was refused.
    refused : str
        Why nothing was reckoned; empty if something was.
    happened : tuple of Happened
        What could be known of it by the later day that was asked for; to be shown apart.
    packages : mapping of str to str
        What each package of a bargaining sheet means.
    """

    head: Head
    entered: tuple[Entered, ...]
    result: Bargaining | Restraint | Advance | None
    refused: str = ""
    happened: tuple[Happened, ...] = ()
    packages: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> Entered:
        """Give what was entered under a name."""
        return next(each for each in self.entered if each.name == name)
