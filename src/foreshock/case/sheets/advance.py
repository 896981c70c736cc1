"""The sheet of an advance: how far it still has to go, how fast, and who might stop it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from foreshock.case.columns import Slug
from foreshock.case.sheets.entries import Amount, Chance, Complaint, Named, Sheet

MOST_HELPERS = 8


class HelperRow(BaseModel):
    """Somebody who might come to the defender's help."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    actor: Slug = Field(description="Who (actors.csv).")
    comes: Chance = Field(description="Chance that it comes in force within the days.")
    holds: Chance = Field(
        description="Chance that the place is held at the end of the days, if it does."
    )


class AdvanceSheet(Sheet):
    """Asks whether a place that is being attacked is lost within some days."""

    kind: Literal["advance"]
    place: Slug = Field(description="Which (places.csv).")
    attacker: Slug = Field(description="Who attacks (actors.csv).")
    defender: Slug = Field(description="Who holds it (actors.csv).")
    days: Amount = Field(description="Days within which it is asked.")
    distance: Amount = Field(description="Kilometres that the attacker still has to go.")
    pace: Amount = Field(description="Kilometres a day that the attacker makes.")
    help: Annotated[list[HelperRow], Field(max_length=MOST_HELPERS)] = Field(
        default_factory=list, description="Who might come to the defender's help."
    )

    def named(self) -> Iterator[Named]:
        """Give the place and the actors."""
        yield Named(("place",), "place", self.place)
        yield Named(("attacker",), "actor", self.attacker)
        yield Named(("defender",), "actor", self.defender)
        for at, row in enumerate(self.help):
            yield Named(("help", at, "actor"), "actor", row.actor)

    def complaints(self) -> Iterator[Complaint]:
        """Find an actor that fights itself, or is counted twice."""
        if self.attacker == self.defender:
            yield Complaint(("defender",), f"{self.defender!r} attacks itself", "name two actors")
        names = [row.actor for row in self.help]
        for at, name in enumerate(names):
            if name in names[:at]:
                yield Complaint(("help", at, "actor"), f"{name!r} stands twice", "keep one")
