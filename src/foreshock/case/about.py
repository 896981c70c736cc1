"""``case.yaml``: what a case is about."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from foreshock.case.columns import Key, MaybeSlug, Slug, Text
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
    region: MaybeSlug = Field("", description="Area that the case covers (places.csv).")
    language: Text = Field("en", description="Language of summaries.")
    licence: Text = Field("", description="Terms on which the case may be used.")
