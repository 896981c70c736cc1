"""What a case declares of displacement: whose count is forecast, who is fled and where to."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from foreshock.case.columns import Slug, Text
from foreshock.core.time import EARLIEST, LATEST


class DisplacementRow(BaseModel):
    """Flight within an area: a running total that somebody counts, and the ground it crosses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    area: Slug = Field(description="Place whose displaced people are counted (places.csv).")
    counted_by: Slug = Field(
        description="Source whose running total is forecast (sources.csv); rivals stand beside it."
    )
    since: Annotated[date, Field(ge=EARLIEST, le=LATEST)] = Field(
        description="First day that the running total counts."
    )
    attackers: Annotated[list[Slug], Field(min_length=1)] = Field(
        description="Actors from whose advance people flee; nobody flees into ground they hold."
    )
    shelters: Annotated[list[Slug], Field(min_length=1)] = Field(
        description="Actors on whose ground people stay or seek shelter."
    )
    closed: list[Slug] = Field(
        default_factory=list, description="Countries whose border is shut to those who flee."
    )
    closed_basis: Text = Field("", description="Where that is from.")
    reach_km: Annotated[float, Field(gt=0, le=500)] = Field(
        20.0,
        description="Distance from the front over which the threat falls to about a third; 20 km "
        "is the reach of common artillery, a judgement.",
    )
    thresholds: Annotated[list[Annotated[int, Field(gt=0)]], Field(min_length=1)] = Field(
        [10_000, 50_000],
        description="Numbers of arrivals in a sub-district whose probability is told.",
    )
    stale_after: Annotated[int, Field(ge=1, le=366)] = Field(
        21, description="Days without a count after which no forecast is made."
    )
    note: Text = Field("", description="What a reader of the numbers must know.")
