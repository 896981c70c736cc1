"""Who is believed to hold what, as the brief tells it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from foreshock.brief.items import ActorItem, Item, PlaceItem


class ShareItem(Item):
    """A holder and the belief in it: an actor, or contested, or nobody known."""

    state: str = Field(description="Actor id, 'contested' or 'unknown'.")
    name: str
    probability: float


class BelievedItem(Item):
    """Who is believed to hold a place."""

    place: PlaceItem
    within: list[ShareItem] = Field(
        description="The fewest holders that together have at least 90 %, likeliest first."
    )
    hazard: float = Field(description="Probability that this changes within a day.")
    groups: list[ShareItem] = Field(description="Parts of the likeliest side, by its words.")
    thin: str = Field("", description="Why little is known of it; empty if enough is.")
    claims: list[str]


class TurnItem(Item):
    """A change of hands between two days."""

    place: PlaceItem
    first: date
    last: date
    before: str
    after: str
    probability: float
    claims: list[str]


class FrontItem(Item):
    """The line where belief in a side passes one half, and the edges of its band."""

    side: ActorItem
    middle: list[list[tuple[float, float]]] = Field(description="Degrees east and north.")
    near: list[list[tuple[float, float]]] = Field(description="Where belief is one quarter.")
    far: list[list[tuple[float, float]]] = Field(description="Where belief is three quarters.")


class BelievedControl(Item):
    """Who is believed to hold each place, and from how little that was estimated."""

    places: list[BelievedItem]
    turns: list[TurnItem]
    front: FrontItem | None
    basis: list[str]
