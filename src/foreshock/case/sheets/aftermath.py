"""What happened afterwards, apart from the sheet that was drawn up before it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from foreshock.case.columns import Text
from foreshock.case.sheets.entries import Sheet, Stated


class AfterwardsRow(Stated):
    """One thing that happened, known from the day of the latest of its sources."""

    bears: Literal["for", "against", "both"] = Field(
        description="Whether it speaks for the claim that the sheet tests, against it, or both."
    )
    text: Text = Field(min_length=1, description="What happened, in a sentence.")


class Aftermath(Sheet):
    """What happened after the day of the sheet of the same name."""

    kind: Literal["after"]
    happened: Annotated[list[AfterwardsRow], Field(min_length=1)] = Field(
        description="What happened; sources may be outcomes too."
    )
