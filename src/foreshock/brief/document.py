"""The brief as data: what ``--json`` prints, with its schema.

Every item names the claims that it rests on, by id, and ``claims`` holds each of them: so every
number leads to its source in three steps (item, claim, report).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from foreshock.brief.believed import BelievedControl
from foreshock.brief.displacement import DisplacementItem
from foreshock.brief.forecasts import (
    Afterwards,
    EarlierItem,
    ForecastItem,
    JudgementItem,
    RecordItem,
)
from foreshock.brief.items import ActorItem, Item, PlaceItem, QuantityItem
from foreshock.brief.relations import Relations
from foreshock.brief.scenarios import Scenarios

SCHEMA_ID = "https://foreshock.invalid/schema/brief-1.json"


class SpokenBy(Item):
    """One link of the chain of who says so."""

    source: str
    name: str
    cue: str = ""


class ReportItem(Item):
    """A report. One that was published after the as-of is withheld: only its id is given."""

    id: str
    key: str = ""
    source: str = ""
    title: str = ""
    url: str = ""
    published: date | None = None
    known_at: date | None = None
    withheld: bool = False


class ClaimItem(Item):
    """One thing that a report says."""

    id: str
    key: str
    report: str
    source: str = Field(description="Who says so: the innermost speaker, by source id.")
    origin: str = Field(description="The independent origin: a side's voices are one.")
    kind: str
    type: str
    mode: str
    context: list[str]
    modality: str
    polarity: str
    background: bool
    actors: list[ActorItem]
    recipients: list[ActorItem]
    start: date | None
    end: date | None
    precision: str
    place: PlaceItem | None
    quantities: list[QuantityItem]
    chain: list[SpokenBy] = Field(description="Innermost speaker first, publisher last.")
    evidence: dict[str, int] | None = Field(description="Span in the report's text, if any.")
    issue: str
    rating: int
    coder: str
    basis: str
    summary: str
    due: date | None
    consequence: str
    condition: str = Field("", description="Under which condition it is said to hold.")
    links: list[dict[str, str]]
    known_at: date | None
    known_basis: str
    recorded_at: datetime
    struck: dict[str, str | None] | None = Field(
        description="How, by which claim and when its own source took it back."
    )


class BeliefItem(Item):
    """Probability that the event took place, given who reports it."""

    probability: float
    low: float = Field(description="With all weights halved or doubled: the least.")
    high: float = Field(description="With all weights halved or doubled: the greatest.")
    words: str


class TellingItem(Item):
    """What one claim says of a quantity."""

    claim: str
    speaker: str
    text: str
    parts: list[QuantityItem]
    low: float | None
    high: float | None
    known_at: date | None
    loose: bool = Field(description="Only repeats an earlier figure less exactly.")


class VersionItem(Item):
    """One origin's tellings, oldest first; the last one stands."""

    origin: str
    side: str = Field(description="Actor whose voice it is; empty for a monitor or the press.")
    tellings: list[TellingItem]


class TallyItem(Item):
    """A quantity of one event by who tells it: side by side, never averaged."""

    event: str
    what: str
    of: str = Field(description="Actor whose people were counted; empty if nobody said.")
    of_name: str
    disputed: bool
    versions: list[VersionItem]
    claims: list[str]


class EventItem(Item):
    """What several claims say of one occasion."""

    id: str
    type: str
    type_name: str
    channel: str = Field(description="deed or word; empty where nobody says.")
    sign: str = Field(description="cooperative or conflictual; empty where nobody says.")
    mode: str
    actors: list[ActorItem]
    recipients: list[ActorItem]
    start: date | None
    end: date | None
    precision: str
    when: str
    place: PlaceItem | None
    headline: str = Field(description="Who did what to whom and where, in the lexicon's words.")
    summary: str = Field(description="The leading claim's line.")
    issue: str
    background: bool
    belief: BeliefItem
    reports: int
    origins: list[str]
    claims: list[str]
    denials: list[str]
    answers: list[str] = Field(description="Events to which this was a reply.")
    figures: list[TallyItem]


class SayItem(Item):
    """One origin's newest word on a place."""

    claim: str
    speaker: str
    how: str
    holders: list[ActorItem]
    on: date


class HoldingItem(Item):
    """Who is said to hold a place."""

    place: PlaceItem
    status: str
    holders: list[ActorItem]
    on: date
    says: list[SayItem]
    claims: list[str]


class ControlStepItem(Item):
    """From this day on, as far as the public could know, this is who was said to hold a place."""

    place: str
    day: date
    status: str
    holders: list[ActorItem]
    claims: list[str]


class RoadItem(Item):
    """A road between two places."""

    a: PlaceItem
    b: PlaceItem
    road: str


class CountItem(Item):
    """The newest of one speaker's counts of displaced people. Counts are never added up."""

    claim: str
    speaker: str
    quantity: QuantityItem
    since: date | None
    until: date
    place: PlaceItem | None
    ahead: bool = Field(description="Of people who have not fled yet: a forecast, not a count.")
    known_at: date | None
    summary: str
    claims: list[str] = Field(description="This count and the speaker's earlier ones.")


class DeadlineItem(Item):
    """A day by which somebody is to do something."""

    actors: list[ActorItem]
    recipients: list[ActorItem]
    due: date
    demand: str
    consequence: str
    status: str
    claims: list[str]
    kept: list[str]
    broken: list[str]


class ChangeItem(Item):
    """One thing that is different from a week before."""

    kind: str
    about: str
    on: date
    text: str
    claims: list[str]


class PersonItem(Item):
    """What a person or an institution predicted in public."""

    id: str
    source: str
    made: date
    report: str = Field("", description="Report that tells it, by id; empty where unknown.")
    text: str
    low: float | None
    high: float | None
    wording: str


class QuestionItem(Item):
    """A question, who answers it, and how it turned out if that is known."""

    id: str
    text: str
    opens: date
    closes: date
    rule: str
    resolver: str
    answered_by: str | None = Field(description="Name of the model; None: no model covers this.")
    reason: str = Field("", description="Why there is no answer; empty where there is one.")
    probability: float | None = Field(description="Of a yes; None where a number is asked for.")
    median: float | None = Field(None, description="Of a number; None for a yes or no.")
    interval: list[float] | None = Field(
        description="Of a probability: 95 %, how far other random numbers would move it. Of a "
        "number: what holds nine futures in ten."
    )
    baselines: dict[str, float] = Field(description="What simple methods answer, by name.")
    people: list[str] = Field(description="Ids of people's forecasts that bear on it.")
    judgements: list[JudgementItem] = Field(default_factory=list)
    earlier: EarlierItem | None = Field(None, description="Last answer before this one.")
    entry: int | None = Field(None, description="Number of its entry in the ledger.")
    series: list[str] = Field(default_factory=list, description="Pairs that were counted, by id.")
    first: date | None = Field(None, description="First day that counts.")
    last: date | None = None
    observed: float = Field(0.0, description="What had been counted already.")
    notes: list[str] = Field(default_factory=list, description="How it was counted.")
    outcome: str | None
    value: str = Field("", description="The number that came out, where one was asked for.")
    score: float | None = Field(
        description="Of the last answer: Brier score of a yes or no, CRPS of a number."
    )
    baseline_scores: dict[str, float] = Field(default_factory=dict)
    afterwards: bool = Field(
        False, description="Outcome and score were looked up on a later day (--then)."
    )


class Ledger(Item):
    """What stands in the ledger behind the brief, and how good earlier forecasts were."""

    entries: list[dict[str, Any]] = Field(
        description="This forecast's and people's judgements; distributions are left out, and "
        "given by the command ledger."
    )
    note: str
    record: RecordItem | None = None


class Brief(Item):
    """All that there is to tell of a case on a day."""

    case: str
    title: str
    as_of: date
    recorded_by: datetime | None
    focus: list[str] = Field(description="Actors that matter most in the case, by id.")
    version: str = Field(description="Version of Foreshock.")
    evidence_digest: str
    data_to: date | None = Field(description="Last day on which anything in it became known.")
    counts: dict[str, int]
    changed: list[ChangeItem]
    events: list[EventItem]
    disputes: list[TallyItem]
    relations: Relations
    control: list[HoldingItem]
    control_history: list[ControlStepItem] = Field(description="Day by day, in the window.")
    believed: BelievedControl = Field(description="Who is believed to hold what, how surely.")
    window: int = Field(description="Days that the map and the timeline go back.")
    roads: list[RoadItem]
    surrounded: list[SayItem]
    displaced: list[CountItem]
    deadlines: list[DeadlineItem]
    questions: list[QuestionItem]
    people: list[PersonItem]
    forecast: ForecastItem
    displacement: DisplacementItem
    afterwards: Afterwards | None = Field(
        None, description="A later day that was looked up beside the forecast (--then)."
    )
    scenarios: Scenarios = Field(description="What is assumed, apart from all that is forecast.")
    ledger: Ledger
    claims: dict[str, ClaimItem]
    reports: dict[str, ReportItem]
    sources: dict[str, str] = Field(description="Names of the sources, by id.")


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a brief."""
    return {"$id": SCHEMA_ID} | Brief.model_json_schema()
