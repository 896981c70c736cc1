"""The sheet of patron restraint: what a client gets from whom, and what losing it would cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from foreshock.case.columns import Slug, Text
from foreshock.case.sheets.entries import Amount, Chance, Complaint, Named, Sheet


class CapabilityRow(BaseModel):
    """One thing with which a patron keeps its client going."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    capability: Literal["air", "ground", "arms", "money", "veto"] = Field(
        description="What the patron gives."
    )
    value: Amount = Field(description="V: what it is worth to the client, on the sheet's scale.")
    substitutable: Chance = Field(description="s: share of it that others would make good.")
    withdrawal: Chance = Field(
        description="q: chance, as the client sees it, that the patron takes it away if defied."
    )
    loss: Amount | None = Field(
        None,
        description="L, where it differs from the sheet's: what taking this away would lose "
        "the patron.",
    )
    entrapment: Amount | None = Field(
        None,
        description="K, where it differs from the sheet's: what going on giving it costs the "
        "patron.",
    )


class RestraintSheet(Sheet):
    """Asks whether a patron can make its client stop."""

    kind: Literal["restraint"]
    patron: Slug = Field(description="Who is to restrain (actors.csv).")
    client: Slug = Field(description="Who is to be restrained (actors.csv).")
    scale: Text = Field(
        min_length=1, description="What 1 stands for, in gain, value, loss and entrapment."
    )
    gain: Amount = Field(description="G: what the client gains by going on.")
    loss: Amount = Field(description="L: what the patron would lose with its client.")
    entrapment: Amount = Field(
        description="K: what it costs the patron to be drawn on by its client."
    )
    capabilities: Annotated[list[CapabilityRow], Field(min_length=1, max_length=5)] = Field(
        description="What the patron gives its client."
    )

    def named(self) -> Iterator[Named]:
        """Patron and client are actors of the case."""
        yield Named(("patron",), "actor", self.patron)
        yield Named(("client",), "actor", self.client)

    def complaints(self) -> Iterator[Complaint]:
        """Find a patron of itself, and capabilities that stand twice."""
        if self.patron == self.client:
            yield Complaint(("client",), f"{self.client!r} is its own patron", "name two actors")
        names = [row.capability for row in self.capabilities]
        for at, name in enumerate(names):
            if name in names[:at]:
                yield Complaint(
                    ("capabilities", at, "capability"), f"{name!r} stands twice", "keep one"
                )
