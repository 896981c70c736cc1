"""The forecast of a brief as data: pairs with their fans, questions' company, the track record.

All probabilities are shares of equally likely futures, 0 to 1. Nothing in it can be computed from
a later day than the brief's own, but for what `Afterwards` holds: that was looked up on purpose.
"""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from foreshock.brief.items import ActorItem, Item


class BandItem(Item):
    """A central share of the futures by day."""

    share: float = Field(description="Share of the futures within it: 0.5, 0.8 or 0.95.")
    low: list[float]
    high: list[float]


class FanItem(Item):
    """Quantiles of the futures by day, from the first day of the forecast on."""

    median: list[float]
    bands: list[BandItem]


class SpanItem(Item):
    """The middle of a total and its interval."""

    median: float
    low: float = Field(description="Lower end of the interval that holds nine futures in ten.")
    high: float
    any: float = Field(description="Probability that it is one or more.")


class EarlierItem(Item):
    """What an earlier entry of the ledger said of the same."""

    as_of: date
    issued_at: datetime
    standing: str = Field(description="live or hindcast.")
    probability: float | None = Field(description="Of a yes; None for a number.")
    median: float | None = Field(description="Of a number; None for a yes or no.")
    any: float | None = Field(
        None, description="Of a number: that it is one or more, from the ledger's hundred values."
    )
    again: bool = Field(
        False, description="It spoke of the same day, on other evidence or with other draws."
    )


class CameItem(Item):
    """What was counted afterwards over the same days. The forecast did not know it."""

    value: float
    covered: bool = Field(description="Whether nine futures in ten held it.")
    crps: float = Field(description="Score of the forecast, in its units; smaller is better.")
    baselines: dict[str, float] = Field(description="The same of each simple method.")


class TotalItem(SpanItem):
    """A total over the first days of the forecast, written into the ledger."""

    days: int
    last: date
    entry: int = Field(description="Number of its entry in the ledger.")
    baselines: dict[str, SpanItem] = Field(description="What simple methods say, by name.")
    earlier: EarlierItem | None = Field(description="Last forecast of as many days before this.")
    came: CameItem | None = Field(None, description="Only with --then, and only once settled.")


class MeasureItem(Item):
    """Events or deaths of a pair: what was counted day by day, and what may follow."""

    measure: str = Field(description="events or deaths.")
    observed: list[float] = Field(description="By day, from `SeriesItem.since` on.")
    week: FanItem = Field(description="Sum of the seven days up to each day, known days included.")
    running: FanItem = Field(description="Total from the first day of the forecast on.")
    any_by_day: list[float] = Field(description="Probability of one or more by each day.")
    totals: list[TotalItem]
    fading: float | None = Field(
        description="Probability that the last week stays under half of the first; None where the "
        "forecast is shorter than two weeks."
    )
    afterwards: list[float] = Field(
        default_factory=list, description="Only with --then: what was counted day by day since."
    )


class DriverItem(Item):
    """Share of the acts expected in the next week that descend from recent acts of a pair.

    It says what carries the forecast, not what causes what.
    """

    source: str = Field(description="Id of the pair; 'background' for none.")
    name: str
    kind: str
    share: float
    low: float
    high: float


class ShiftItem(Item):
    """What the forecast would be if the evidence were different in one point."""

    condition: str
    what: str = Field(description="Of what the probability is, in words.")
    before: float
    after: float


class SeriesItem(Item):
    """What one actor does to another, day by day."""

    id: str
    a: ActorItem
    b: ActorItem
    acts: str = Field("", description="Class of act; empty for assaults.")
    since: date = Field(description="First day of `MeasureItem.observed`.")
    until: date = Field(description="Last day that was counted.")
    first: date = Field(description="First day of the forecast.")
    measures: list[MeasureItem]
    quiet: float | None = Field(description="Probability of no event in the first seven days.")
    quiet_baselines: dict[str, float]
    thin: str = Field(description="How thin the evidence is; empty where it is not.")
    drivers: list[DriverItem]
    shifts: list[ShiftItem]
    events: list[str] = Field(description="Events that were counted, newest first.")
    reports: int
    origins: int = Field(description="Independent origins of these events.")


class WithheldItem(Item):
    """A pair for which no forecast is issued, and why."""

    id: str
    name: str
    reason: str


class ReproductionItem(Item):
    """How many acts one act is expected to bring forth, day by day, and what chance would show."""

    value: float
    low: float
    high: float
    placebo: tuple[float, float, float] = Field(
        description="5, 50 and 95 % of the same fit on series without any excitation."
    )
    distinct: bool = Field(description="Whether the lower end lies above the placebo's upper one.")


class JudgementItem(Item):
    """What a person judged of a question, signed, beside the model's answer."""

    who: str
    reason: str
    probability: float
    as_of: date
    issued_at: datetime
    standing: str


class ForecastItem(Item):
    """The forecast, or why there is none."""

    issued: bool
    reason: str = Field(description="Why there is none; empty where there is one.")
    model: str = ""
    config: str = Field("", description="Digest of all that was set or fitted, and its size.")
    seed: int | None = None
    members: int = Field(0, description="Equally likely futures.")
    horizon: int = Field(0, description="Days ahead.")
    standing: str = Field("", description="live or hindcast.")
    issued_at: datetime | None = None
    series: list[SeriesItem] = Field(default_factory=list, description="Most acts expected first.")
    withheld: list[WithheldItem] = Field(default_factory=list)
    reproduction: ReproductionItem | None = None
    notes: list[str] = Field(default_factory=list)


class SkillItem(Item):
    """How much better than a simple method, 1 for perfect and below 0 for worse."""

    value: float | None
    low: float | None = Field(description="Of the 95 % interval; None where too few to tell.")
    high: float | None
    units: int
    cases: int


class BinItem(Item):
    """Forecasts that said about the same, and how often it happened."""

    low: float
    high: float
    count: int
    said: float
    frequency: float
    bar: tuple[float, float] = Field(description="Where it should lie, nine times in ten.")
    enough: bool
    consistent: bool


class ResolvedItem(Item):
    """A forecast that was scored."""

    entry: int
    about: str
    as_of: date
    said: str
    came: str
    score: float = Field(description="Brier score of a yes or no, CRPS of a number's logarithm.")


class VoiceRecordItem(Item):
    """The record of one voice, live or in hindsight: the two are never mixed."""

    who: str = Field(description="Empty for the model, else who judged.")
    standing: str
    forecasts: int
    open: int
    awaiting: int
    resolved: int
    void: int
    things: int = Field(description="Different things that were resolved.")
    enough: bool = Field(description="Whether that is enough to speak of a record.")
    chances: int = Field(description="Resolved forecasts of a yes or no.")
    brier: float | None
    log: float | None
    numbers: int = Field(description="Resolved forecasts of a number.")
    covered: int = Field(description="Numbers within the interval that should hold nine in ten.")
    skill: dict[str, SkillItem]
    number_skill: dict[str, SkillItem]
    reliability: list[BinItem]
    misses: list[ResolvedItem] = Field(description="The biggest, worst first.")


class SaidItem(Item):
    """A public forecast by a person that gave odds, and its Brier score if it has come out."""

    id: str
    source: str
    question: str
    low: float | None
    high: float | None
    outcome: str
    brier: float | None


class RecordItem(Item):
    """How good forecasts were, by what could be known on a day."""

    as_of: date
    live: VoiceRecordItem
    hindcast: VoiceRecordItem
    judgements: list[VoiceRecordItem]
    people: list[SaidItem]


class Afterwards(Item):
    """A later day that was looked up on purpose; the forecast knew nothing of it."""

    day: date
    settled: date | None = Field(description="Last day whose count is settled; None for none.")
