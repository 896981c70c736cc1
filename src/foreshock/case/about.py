"""``case.yaml``: what a case is about."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from foreshock.case.columns import Key, MaybeSlug, Slug, Text, fault
from foreshock.case.displacing import DisplacementRow
from foreshock.case.faults import nearest
from foreshock.case.feeds import ACT_CLASSES, ASSAULT, Delay, Feed
from foreshock.core.errors import QuantityError
from foreshock.core.theses import Imperilled, Thesis
from foreshock.core.time import EARLIEST, LATEST


class ThesisRow(BaseModel):
    """What somebody says of a relation, to be put to the test."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: Key = Field(description="Key of the claim that says it.")
    pair: tuple[Slug, Slug] = Field(description="The two actors.")
    imperils: Imperilled = Field(
        description="What is said to be in danger: an alliance that stands, or a thaw that began."
    )

    def thesis(self) -> Thesis:
        """Give it as the picture takes it."""
        return Thesis(self.claim, self.pair, self.imperils)


def _act_class(name: str) -> str:
    if name not in ACT_CLASSES:
        mend = nearest(name, ACT_CLASSES) or "write one of: " + ", ".join(ACT_CLASSES)
        raise fault(f"no class of act is called {name!r}", mend)
    return name


def _delay(known_within: dict[int, float]) -> dict[int, float]:
    days = sorted(known_within)
    try:
        Delay(tuple(days), tuple(known_within[day] for day in days))
    except QuantityError as error:
        raise fault(error.what, error.mend or "") from None
    return known_within


class FeedRow(BaseModel):
    """Acts of some pairs that the case collects, to be counted by day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    feed: Slug = Field(description="Your handle for the feed.")
    acts: Annotated[str, AfterValidator(_act_class)] = Field(
        ASSAULT,
        description="Class of act: "
        + "; ".join(f"{name}: {each.about}" for name, each in ACT_CLASSES.items())
        + ".",
    )
    pairs: Annotated[list[tuple[Slug, Slug]], Field(min_length=1)] = Field(
        description="Who does it, to whom: [[ruritania, gondal], [gondal, ruritania]] is both "
        "directions. Acts of a part of an actor count for the actor."
    )
    since: Annotated[date, Field(ge=EARLIEST, le=LATEST)] = Field(
        description="Day from which the acts of these pairs were collected. Days before it were "
        "not observed, which is not the same as without acts."
    )
    collected: Literal["by hand", "in full"] = Field(
        description="by hand: people chose what to collect, so it is no sample; in full: all that "
        "the sources tell."
    )
    grain: Text = Field(
        min_length=1, description="What counts as one act: an incident, a day of shelling, a raid."
    )
    known_within: Annotated[dict[int, float], AfterValidator(_delay)] | None = Field(
        None,
        description="How late acts become known: days after the act, and the share known by then, "
        "such as {0: 0.7, 1: 0.9, 7: 1}; {0: 1} if all is known the same day. Without it no "
        "forecast is made: the last days would look like peace.",
    )
    delay_basis: Text = Field("", description="Where that is from: measured on what, or judged.")
    stale_after: Annotated[int, Field(ge=1, le=366)] = Field(
        14, description="Days without news of these actors after which no forecast is made."
    )
    note: Text = Field("", description="What a reader of the numbers must know.")

    @model_validator(mode="after")
    def _says_where_the_delay_is_from(self) -> Self:
        if self.known_within is not None and not self.delay_basis:
            raise fault("a delay without a basis", "say in delay_basis where it is from")
        return self

    def told(self) -> Feed:
        """Give it as the picture takes it."""
        known = self.known_within
        days = tuple(sorted(known or {}))
        return Feed(
            name=self.feed,
            acts=self.acts,
            since=self.since,
            pairs=tuple(self.pairs),
            by_hand=self.collected == "by hand",
            grain=self.grain,
            delay=None if known is None else Delay(days, tuple(known[day] for day in days)),
            delay_basis=self.delay_basis,
            stale_after=self.stale_after,
            note=self.note,
        )


class CaseFile(BaseModel):
    """``case.yaml``: what the case is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Slug = Field(description="Short name: lower-case letters, digits and hyphens.")
    title: Text = Field(min_length=1, description="What the case is about, in a few words.")
    description: Text = Field("", description="A few sentences for the reader.")
    as_of: Annotated[date, Field(ge=EARLIEST, le=LATEST)] = Field(
        description="The day that a brief speaks of if none is given."
    )
    compiled: Annotated[date | None, Field(ge=EARLIEST, le=LATEST)] = Field(
        None, description="Day on which the evidence was put together; empty: when first read in."
    )
    focus: list[Slug] = Field(default_factory=list, description="Actors that matter most.")
    theses: list[ThesisRow] = Field(
        default_factory=list, description="What is said of relations, to be put to the test."
    )
    series: list[FeedRow] = Field(
        default_factory=list, description="Acts that are counted by day, for forecasts."
    )
    displacement: DisplacementRow | None = Field(
        None, description="Whose flight is forecast, from whom and where to."
    )
    region: MaybeSlug = Field("", description="Area that the case covers (places.csv).")
    language: Text = Field("en", description="Language of summaries.")
    licence: Text = Field("", description="Terms on which the case may be used.")


PARTS: dict[str, type[BaseModel]] = {
    "theses": ThesisRow,
    "series": FeedRow,
    "displacement": DisplacementRow,
}
"""Entries of ``case.yaml`` that have entries of their own: lists of them, and one single one."""
