"""The forecast of displacement as data: a running total, and shares from where to where.

People are whole futures' numbers, rounded to tens. Flows are told between sub-districts and over
three days or more, never finer: a brief must not point at people who flee.
"""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from foreshock.brief.forecasts import CameItem, FanItem
from foreshock.brief.items import Item, PlaceItem


class AmountItem(Item):
    """The middle of a number and the interval that holds nine futures in ten."""

    median: float
    low: float
    high: float


class TotalCountItem(Item):
    """The running total as it had been counted to the end of a day."""

    day: date
    people: float
    weight: float = Field(description="How much it is believed; below 1 where a rival stands.")
    claims: list[str]


class RunningTotalItem(AmountItem):
    """The running total on a day ahead, as it stands in the ledger."""

    days: int
    last: date
    entry: int
    baselines: dict[str, AmountItem] = Field(description="What simple methods say, by name.")
    came: CameItem | None = Field(None, description="Only with --then, and only once counted.")


class PlaceShareItem(Item):
    """A sub-district and its share of all who leave."""

    place: PlaceItem
    share: AmountItem = Field(description="Of all who leave, 0 to 1.")


class LeavingItem(PlaceShareItem):
    """A sub-district that people leave."""

    threat: float = Field(description="How near the fighting is, 0 to 1.")
    people: float | None = Field(description="Who lived there, as far as known.")
    claims: list[str] = Field(description="Who is said to hold the places in it.")


class ReachedItem(PlaceShareItem):
    """A sub-district that people reach."""

    simple: dict[str, float] = Field(description="The same as simple methods have it.")
    arrivals: AmountItem = Field(description="People over `DisplacementItem.horizon` days.")
    entry: int | None = Field(description="Number of its entry in the ledger.")
    chances: dict[str, list[float]] = Field(
        description="By threshold: probability of so many arrivals or more by each day of "
        "`DisplacementItem.by`."
    )
    lead: dict[str, int | None] = Field(
        description="By threshold: days until so many arrivals are as likely as not; None where "
        "that lies beyond the horizon."
    )
    came: float | None = Field(
        None, description="Only with --then: share of arrivals that was counted."
    )
    came_claims: list[str] = Field(default_factory=list)


class FlowItem(Item):
    """People on the way from one sub-district to another."""

    origin: str
    destination: str
    share: AmountItem = Field(description="Of all who leave, 0 to 1.")
    people: AmountItem = Field(description="Over the first three days.")


class SpanOfFlowItem(Item):
    """All who leave over three days."""

    first: date
    last: date
    people: AmountItem


class DisplacementItem(Item):
    """The forecast of displacement, or why there is none."""

    issued: bool
    reason: str = Field(description="Why there is none; empty where there is one.")
    model: str = ""
    config: str = Field("", description="Digest of all that was set or fitted, and its size.")
    seed: int | None = None
    members: int = 0
    standing: str = Field("", description="live or hindcast.")
    issued_at: datetime | None = None
    area: PlaceItem | None = None
    counter: str = Field("", description="Whose running total is forecast.")
    since: date | None = Field(None, description="First day that the total counts.")
    known_to: date | None = Field(None, description="Last day that had been counted.")
    horizon: int = Field(0, description="Days after the as-of over which arrivals are told.")
    by: list[int] = Field(default_factory=list, description="Days after the as-of, of chances.")
    counts: list[TotalCountItem] = Field(default_factory=list)
    people: float | None = Field(
        None, description="Who live in the area, the most that could flee; None if nobody said."
    )
    people_claims: list[str] = Field(default_factory=list)
    running: FanItem | None = Field(
        None, description="Running total by day, from the day after `known_to` on."
    )
    totals: list[RunningTotalItem] = Field(default_factory=list)
    afterwards: list[TotalCountItem] = Field(
        default_factory=list, description="Only with --then: what was counted since."
    )
    origins: list[LeavingItem] = Field(default_factory=list, description="Most leave first.")
    destinations: list[ReachedItem] = Field(default_factory=list, description="Most reach first.")
    flows: list[FlowItem] = Field(default_factory=list, description="The largest, largest first.")
    spans: list[SpanOfFlowItem] = Field(default_factory=list, description="Every three days.")
    left_out: dict[str, str] = Field(
        default_factory=dict, description="Sub-districts that are neither, and why."
    )
    thin: str = ""
    notes: list[str] = Field(default_factory=list)
