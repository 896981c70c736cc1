"""What every part of a brief is made of: actors, places and quantities with their names."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Item(BaseModel):
    """Anything in a brief."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ActorItem(Item):
    """An actor as the brief names it."""

    id: str
    name: str
    country: str = ""
    sector: str = ""
    root: str = Field("", description="Topmost actor of which it is a part.")


class PlaceItem(Item):
    """A place as the brief names it."""

    id: str
    name: str
    lat: float | None = None
    lon: float | None = None
    kind: str = ""


class QuantityItem(Item):
    """What was counted, of whom, how many; None means that nobody said."""

    what: str
    group: str = ""
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str = Field("", description="Empty for persons.")
    text: str
