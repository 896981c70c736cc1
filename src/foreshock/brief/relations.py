"""Relations in a brief: what each pair of actors is suffering, in deeds and in words."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from foreshock.brief.items import ActorItem, Item


class PatronItem(Item):
    """What one patron is said to give one client."""

    patron: ActorItem
    client: ActorItem
    support: list[str]
    ties: list[str]


class TieItem(Item):
    """A standing tie."""

    key: str
    a: ActorItem
    b: ActorItem
    kind: str
    support: list[str]
    sign: str
    start: date | None
    known_at: date | None
    report: str
    basis: str
    summary: str


class SpanItem(Item):
    """A number with its 90 % interval."""

    mean: float
    low: float
    high: float


class ShareItem(Item):
    """The conflict share: of a pair's acts, the share that is conflictual."""

    share: SpanItem = Field(description="From 0 (all cooperative) to 1 (all conflictual).")
    mass: float = Field(description="Evidence mass: how many fresh acts the memory amounts to.")
    enough: bool = Field(description="False: insufficient evidence, read the dated acts instead.")


class IssueItem(ShareItem):
    """The conflict share in one matter."""

    issue: str


class WeekItem(ShareItem):
    """The conflict share at the end of a week."""

    end: date


class ActItem(Item):
    """One act of a pair, as it counts for their relation."""

    event: str
    on: date
    headline: str
    summary: str
    sign: str = Field(description="cooperative or conflictual")
    weight: float = Field(description="Below 1 for accidents and acts of no state.")
    probability: float = Field(description="Belief that it took place.")
    pull: float = Field(description="By how much the share would differ without it.")
    deaths: float | None = Field(description="Most deaths that anybody tells, None if none told.")
    issue: str
    client: str = Field(description="Client that acted or suffered for its patron; else empty.")
    claims: list[str]


class SkillItem(Item):
    """How well the index foretold the sign of each next act of this pair."""

    acts: int
    gained: float = Field(description="Log-likelihood gained over a constant share, in nats.")
    per_act: float
    pit: float | None = Field(description="p of a test that its predictions are calibrated.")


class ChannelItem(ShareItem):
    """One pair of actors in deeds or in words."""

    channel: str = Field(description="deed or word")
    discount: float = Field(description="What a week leaves of the memory of an act, 0–1.")
    log_odds: SpanItem = Field(description="The same level as log-odds, closed form.")
    reference: ShareItem | None = Field(description="The pair's own past, see reference_days.")
    excess: SpanItem | None = Field(description="Share now less the reference share.")
    probability_up: float | None = Field(
        description="That the share is above the reference; None where there is no reference."
    )
    direction: str = Field(description="up, down, no clear change, or insufficient evidence")
    with_clients: ShareItem | None = Field(description="The same with clients' acts counted too.")
    cooperative: int = Field(description="Acts of the last 30 days.")
    conflictual: int = Field(description="Acts of the last 30 days.")
    deadly: int = Field(description="Conflictual acts of the last 30 days that killed.")
    deadly_before: float | None = Field(description="The same per 30 days in the reference.")
    acts: list[ActItem] = Field(description="Of the last 30 days, strongest pull first.")
    issues: list[IssueItem]
    skill: SkillItem | None


class SeriesItem(Item):
    """One pair over the weeks, in one channel."""

    channel: str
    weeks: list[WeekItem]
    acts: list[ActItem] = Field(description="All acts of the pair, oldest first.")


class DyadItem(Item):
    """A pair of actors: what their relation is suffering."""

    a: ActorItem
    b: ActorItem
    sentence: str = Field(description="The finding in words, with how sure it is.")
    deeds: ChannelItem
    words: ChannelItem
    series: list[SeriesItem]


class ThesisItem(Item):
    """What somebody says of a relation, put to the test of the day's evidence."""

    claim: str
    text: str
    speaker: str
    a: ActorItem
    b: ActorItem
    imperils: str = Field(description="alliance or rapprochement")
    verdict: str = Field(description="In a few words: borne out or not, and in which channel.")
    reasons: list[str] = Field(description="A sentence each.")
    acts: list[str] = Field(description="Events that speak for it, strongest first.")
    steps: list[str] = Field(description="Cooperative events that speak against it, newest first.")


class EdgeItem(Item):
    """One edge of the signed network: a tie, or what two actors did to each other lately."""

    a: ActorItem
    b: ActorItem
    sign: str = Field(description="positive, negative or mixed")
    acts_sign: str = Field(description="Of the acts alone; empty below three acts.")
    ties: list[str] = Field(description="Keys of standing ties.")
    cooperative: int = Field(description="Acts of the last 90 days.")
    conflictual: int = Field(description="Acts of the last 90 days.")
    events: list[str] = Field(description="Those acts, newest first.")
    claims: list[str]


class TriadItem(Item):
    """Three actors whose relations do not fit together. No probability is drawn from it."""

    actors: list[ActorItem]
    sentence: str
    edges: list[int] = Field(description="Positions in edges.")


class IntentItem(Item):
    """One announced intent, and whether it was carried out."""

    recipients: list[ActorItem]
    on: date
    due: date | None
    text: str
    status: str
    claims: list[str]


class FollowThroughItem(Item):
    """How often an actor did what it had announced."""

    actor: ActorItem
    kind: str = Field(description="threat, undertaking or deadline")
    kept: int
    broken: int
    unsettled: int
    rate: SpanItem | None = Field(description="None where fewer than five were settled.")
    intents: list[IntentItem]


class Relations(Item):
    """Standing ties between actors."""

    patrons: list[PatronItem]
    ties: list[TieItem]
    window: int = Field(description="Days of acts that the pairs list.")
    reference_days: list[int] = Field(description="The reference: from so many days ago to.")
    caveat: str
    theses: list[ThesisItem]
    dyads: list[DyadItem] = Field(description="Pairs of actors in focus that have acts.")
    edges: list[EdgeItem]
    triads: list[TriadItem]
    intents: list[FollowThroughItem]
