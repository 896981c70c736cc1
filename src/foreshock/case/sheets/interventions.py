"""The what-if: what is supposed to be done, when, whether it holds, and what it would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from foreshock.case.columns import Slug, Text, fault
from foreshock.case.feeds import series_name
from foreshock.case.sheets.entries import (
    Amount,
    Chance,
    Complaint,
    Interval,
    Named,
    Pair,
    Sheet,
)

MOST_INTERVENTIONS = 8
MOST_EFFECTS = 12
LONGEST = 90
"""Days ahead beyond which nothing is forecast, so nothing can be supposed."""

LARGEST_FACTOR = 20.0


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Size(Interval):
    """A number that was estimated from its sources, or assumed."""

    estimated: Text = Field(
        "",
        description="From which numbers of its sources it was reckoned, and how; empty: assumed.",
    )

    @model_validator(mode="after")
    def _is_estimated_from_something(self) -> Self:
        if self.estimated and not self.source:
            raise fault("estimated from no source", "give it source, or leave estimated out")
        return self


class Factor(Size, Amount):
    """By how much something is multiplied: 1 changes nothing, 0.5 halves it."""

    @model_validator(mode="after")
    def _is_within_reason(self) -> Self:
        if self.high > LARGEST_FACTOR:
            raise fault(
                f"a factor of {self.high:g}", f"write a number from 0 to {LARGEST_FACTOR:g}"
            )
        return self


class Share(Size, Chance):
    """A probability, or a part of a whole."""


class FightingEffect(_Part):
    """Acts of some pairs become more or fewer."""

    pairs: list[Pair] = Field(
        default_factory=list,
        description="Who does it, to whom: [[ruritania, gondal]]; empty: every pair that is "
        "forecast.",
    )
    factor: Factor = Field(description="By what the rate of their acts is multiplied.")

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the pairs' series; none stands for all of them."""
        return tuple(series_name(*pair) for pair in self.pairs)


class AdvanceEffect(_Part):
    """Places change hands faster or more slowly."""

    by: list[Slug] = Field(
        default_factory=list, description="Who takes them (actors.csv); empty: whoever does."
    )
    factor: Factor = Field(
        description="By what the rate at which they take places, or win contested ones, is "
        "multiplied."
    )


class FlightEffect(_Part):
    """People leave faster or more slowly, beyond what the fighting has them do."""

    factor: Factor = Field(description="By what the number who leave in a day is multiplied.")


class BorderEffect(_Part):
    """A border opens to those who flee."""

    to: Slug = Field(description="Country on the other side (places.csv, of kind country).")
    share: Share = Field(description="Share of those who leave from then on who cross it.")


class Condition(_Part):
    """Something that must have come about in a future first, as it is forecast."""

    pairs: Annotated[list[Pair], Field(min_length=1)] = Field(
        description="Whose acts or dead are counted: who does it, to whom."
    )
    measure: Literal["events", "deaths"] = Field(description="What is counted.")
    within: Annotated[int, Field(ge=1, le=LONGEST)] = Field(
        7, description="Over how many days before; days before the forecast are not counted."
    )
    at_least: Annotated[int, Field(ge=1)] = Field(description="How many of them it takes.")

    @property
    def series(self) -> tuple[str, ...]:
        """Names of the pairs' series."""
        return tuple(series_name(*pair) for pair in self.pairs)


class InterventionRow(_Part):
    """One thing that is supposed to be done."""

    id: Slug = Field(description="Your handle for it; what-ifs that share it share its luck.")
    text: Text = Field(min_length=1, description="What is done, by whom, in a sentence.")
    from_day: Annotated[int, Field(ge=1, le=LONGEST)] = Field(
        description="First day on which it can set in; 1 is the day after the as-of."
    )
    days: Annotated[int | None, Field(ge=1, le=LONGEST)] = Field(
        None, description="How long it lasts, if it holds; empty: as far as the forecast goes."
    )
    when: Condition | None = Field(
        None, description="What must have come about first; empty: nothing."
    )
    chance: Share | None = Field(
        None, description="Chance that it comes about at all; empty: it does."
    )
    holds: Share | None = Field(
        None,
        description="Chance that it holds to its last day; it may fail on any day alike. Empty: "
        "it does.",
    )
    fighting: Annotated[list[FightingEffect], Field(max_length=MOST_EFFECTS)] = Field(
        default_factory=list, description="Acts of which pairs it makes more or fewer."
    )
    control: Annotated[list[AdvanceEffect], Field(max_length=MOST_EFFECTS)] = Field(
        default_factory=list, description="Whose advance it speeds up or slows down."
    )
    flight: FlightEffect | None = Field(
        None, description="By how much more or fewer people leave, beyond what fighting does."
    )
    border: Annotated[list[BorderEffect], Field(max_length=MOST_EFFECTS)] = Field(
        default_factory=list, description="Which borders open to those who flee."
    )

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not (self.fighting or self.control or self.flight or self.border):
            raise fault(
                "it changes nothing", "give it an effect on fighting, control, flight or border"
            )
        return self


class WhatIf(Sheet):
    """Supposes that something is done, and follows it through fighting, control and flight."""

    kind: Literal["what-if"]
    carried_on: bool = Field(
        True,
        description="Whether acts that are taken away or added are followed on: they then bring "
        "forth no more acts, or more. no: factors hold for acts all told, those brought forth "
        "included.",
    )
    interventions: Annotated[
        list[InterventionRow], Field(min_length=1, max_length=MOST_INTERVENTIONS)
    ] = Field(
        description="What is supposed to be done. Each of its numbers may say in `estimated` how "
        "it was reckoned from its sources; else it is assumed."
    )

    def named(self) -> Iterator[Named]:
        """Pairs and takers are actors of the case, borders lead to countries among its places."""
        for number, row in enumerate(self.interventions):
            at = ("interventions", number)
            for place, pair in enumerate(row.when.pairs if row.when else ()):
                for side, actor in enumerate(pair):
                    yield Named((*at, "when", "pairs", place, side), "actor", actor)
            for which, fighting in enumerate(row.fighting):
                for place, pair in enumerate(fighting.pairs):
                    for side, actor in enumerate(pair):
                        yield Named((*at, "fighting", which, "pairs", place, side), "actor", actor)
            for which, advance in enumerate(row.control):
                for place, actor in enumerate(advance.by):
                    yield Named((*at, "control", which, "by", place), "actor", actor)
            for which, border in enumerate(row.border):
                yield Named((*at, "border", which, "to"), "country", border.to)

    def complaints(self) -> Iterator[Complaint]:
        """Find interventions that stand twice, and shares across borders that exceed one."""
        names = [row.id for row in self.interventions]
        for number, row in enumerate(self.interventions):
            if row.id in names[:number]:
                yield Complaint(
                    ("interventions", number, "id"), f"{row.id!r} stands twice", "give each its own"
                )
        crossing = sum(border.share.high for row in self.interventions for border in row.border)
        if crossing > 1:
            yield Complaint(
                ("interventions",),
                f"up to {crossing:g} of those who leave would cross borders",
                "lower the shares: together they may be at most 1",
            )
