"""The tables of a case: every column, what it means and what it may hold.

This is the boundary. What comes from a person's file is validated here (pydantic, no unknown
columns); what is inside are frozen dataclasses. ``foreshock init`` writes these descriptions beside
the empty tables, so they are written for the person who fills them in.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from foreshock.case.columns import (
    Aliases,
    Basis,
    Chain,
    Day,
    Key,
    KnownBasisWord,
    Latitude,
    Links,
    Longitude,
    MaybeDay,
    MaybeFirstDay,
    MaybeKey,
    MaybeLastDay,
    MaybeSlug,
    ModalityWord,
    Number,
    PerCent,
    Period,
    PolarityWord,
    Positive,
    Quantities,
    Rating,
    Share,
    Slug,
    Slugs,
    Span,
    Text,
    Threshold,
    Words,
    YesNo,
)
from foreshock.evidence.claim import Modality, Polarity


class Row(BaseModel):
    """A row of a table."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
    table: ClassVar[str]
    purpose: ClassVar[str]

    @classmethod
    def required(cls) -> list[str]:
        """Columns that every row must fill."""
        return [name for name, field in cls.model_fields.items() if field.is_required()]


class SourceRow(Row):
    """Who speaks or publishes."""

    table = "sources"
    purpose = "Who speaks or publishes, and how far each can be trusted."

    id: Slug = Field(description="Your handle for the source.")
    name: Text = Field(min_length=1, description="Its name as a reader knows it.")
    kind: Literal[
        "news agency",
        "newspaper",
        "broadcaster",
        "state media",
        "government",
        "ministry",
        "military",
        "office-holder",
        "armed group",
        "monitor",
        "un",
        "aid organisation",
        "research",
        "analyst",
        "social account",
        "encyclopedia",
        "blog",
        "aggregator",
        "compiler",
        "",
    ] = Field("", description="What sort of source it is.")
    side: MaybeSlug = Field(
        "",
        description="Actor whose voice it is, if it speaks for a party (all voices of one side "
        "count as one origin); else empty.",
    )
    reliability: Literal["A", "B", "C", "D", "E", "F"] = Field(
        "F",
        description="Admiralty letter: A completely, B usually, C fairly, D not usually "
        "reliable, E unreliable, F cannot be judged.",
    )
    lean: Text = Field("", description="Known leaning, in words.")


class ReportRow(Row):
    """One publication by a source."""

    table = "reports"
    purpose = "What was published, by whom, and from which day the public could know it."

    key: Key = Field(description="Your handle for the report.")
    source: Slug = Field(description="Who published it (sources.csv).")
    title: Text = Field("", description="Headline, or a description of the page in your words.")
    url: Text = Field("", description="Address, if there is one.")
    published: MaybeLastDay = Field(
        None, description="Day of publication; a month or year stands for its last day."
    )
    known_at: MaybeDay = Field(
        None, description="UTC day from which the public could know it; empty: as published."
    )
    known_basis: KnownBasisWord = Field(
        None,
        description="source (the report's own date), declared (you vouch for the day) or "
        "unknown (no as-of will see it); empty: source if there is a day, else unknown.",
    )
    language: Text = Field("", description="Language code such as en, ar, tr.")
    copy_of: MaybeSlug = Field(
        "",
        description="The source whose words it copies, if it is a syndicated copy: it then adds "
        "no independent voice.",
    )
    basis: Basis = Field("", description="read or recalled.")
    text_digest: Text = Field(
        "", description="Written by reading a text: by it, copies of the text are recognised."
    )


class ActorRow(Row):
    """Somebody who can act or be acted upon."""

    table = "actors"
    purpose = "Who can act or be acted upon, under which names, as part of whom."

    id: Slug = Field(description="Your handle for the actor.")
    name: Text = Field(min_length=1, description="Usual name.")
    kind: Text = Field(
        "",
        description="state, government, armed force, unit, armed group, "
        "coalition, organisation, population, office or media.",
    )
    parent: Slugs = Field(
        (), description="Actors of which it is a part; dated memberships are ties of kind part_of."
    )
    country: Text = Field("", description="ISO code of three letters, if any.")
    sector: Text = Field("", description="PLOVER sector: GOV, MIL, REB, CVL ...")
    aliases: Aliases = Field(
        (),
        description="Other names, metonyms among them; a name that came up on a day: "
        "NAME@2019-10-04.",
    )
    known_at: MaybeDay = Field(None, description="Day from which it was known to exist, if late.")
    summary: Text = Field("", description="One line on who it is.")


class TieRow(Row):
    """A standing relation between two actors."""

    table = "ties"
    purpose = "Standing relations: patrons and clients, treaties, alliances, rivalries, membership."

    key: Key = Field(description="Your handle for the tie.")
    a: Slug = Field(description="The patron, the member (part_of), or the first party.")
    b: Slug = Field(description="The client, the whole (part_of), or the second party.")
    kind: Literal[
        "patron",
        "alliance",
        "treaty",
        "economic",
        "rivalry",
        "hostility",
        "host",
        "part_of",
        "contact",
        "leverage",
    ] = Field(description="What sort of tie it is.")
    support: Words = Field((), description="Kinds of support: air power; arms; money ...")
    sign: Literal["positive", "negative", "mixed", ""] = Field("", description="Its sign.")
    strength: Text = Field("", description="strong, medium, weak, in your judgement.")
    start: MaybeFirstDay = Field(
        None, description="First day; a month or year stands for its first day."
    )
    end: MaybeLastDay = Field(
        None, description="Last day, if over; a month or year stands for its last day."
    )
    report: MaybeKey = Field("", description="Report that tells it (reports.csv).")
    known_at: MaybeDay = Field(None, description="Day from which the public could know it.")
    known_basis: KnownBasisWord = Field(None, description="source, declared or unknown.")
    basis: Basis = Field("", description="read or recalled.")
    summary: Text = Field("", description="One line in your own words.")


class PlaceRow(Row):
    """A named place."""

    table = "places"
    purpose = "Places, where they are and which area holds them."

    id: Slug = Field(description="Your handle for the place.")
    name: Text = Field(min_length=1, description="Usual English spelling.")
    aliases: Words = Field((), description="Other spellings.")
    lat: Latitude = Field(None, description="Degrees north.")
    lon: Longitude = Field(None, description="Degrees east.")
    kind: Text = Field(
        "town",
        description="city, town, village, camp, crossing, base, suburb (points); "
        "subdistrict, district, governorate, province, region, country (areas).",
    )
    parent: Slugs = Field((), description="Areas that directly hold it.")
    population: Number = Field(None, description="Persons.")
    population_basis: Text = Field("", description="Where the number comes from.")
    coordinates_source: Text = Field("", description="Where the position comes from.")
    basis: Text = Field("", description="read or recalled.")
    pcode: Text = Field("", description="Official code of an area.")


class RoadRow(Row):
    """A road between two places."""

    table = "roads"
    purpose = "Roads and their length, for who can flee where."

    a: Slug = Field(description="One end (places.csv).")
    b: Slug = Field(description="Other end (places.csv).")
    road: Text = Field("", description="Its name or number.")
    km: Positive = Field(None, description="Length in km.")
    km_basis: Text = Field("", description="How the length is known.")
    in_graph: YesNo = Field(
        True, description="yes if it is part of the network, no for a check only."
    )
    basis: Text = Field("", description="read or computed.")


class ClaimRow(Row):
    """One thing that a report says."""

    table = "claims"
    purpose = "What reports say: one row for each speaker, occasion and figure."

    key: Key = Field(description="Your handle for the claim.")
    report: Key = Field(description="Report that says it (reports.csv).")
    kind: Literal["event", "figure", "statement", "forecast", "state"] = Field(
        "event",
        description="event: something done or said; figure: a count over a time; "
        "statement: words that are no act; forecast: a prediction or plan; state: how things are.",
    )
    type: Text = Field(
        "",
        description="PLOVER type (ASSAULT, CONSULT ...), STATEMENT or DISPLACE; empty for a state.",
    )
    mode: Text = Field(
        "",
        description="Mode of the type (aerial, phone ...); for a state: holds, "
        "contests, surrounds, present, hosts, lacks-service.",
    )
    context: Words = Field((), description="PLOVER contexts: military; diplomatic ...")
    actors: Slugs = Field((), description="Who did it (actors.csv).")
    recipients: Slugs = Field((), description="To whom (actors.csv).")
    start: Period = Field("", description="When: YYYY-MM-DD, YYYY-MM, YYYY or YYYY-Www.")
    end: Period = Field("", description="Last possible day, if not the same.")
    precision: Literal["", "day", "week", "month", "year", "within", "by", "span"] = Field(
        "",
        description="within: some time between start and end; span: lasted, or was counted, "
        "throughout; by: no later than end; else as the dates are written.",
    )
    place: MaybeSlug = Field("", description="Where (places.csv).")
    place_precision: Literal["", "exact", "near", "area"] = Field(
        "", description="exact, near or area."
    )
    origins: Slugs = Field((), description="For movements: from where (places.csv).")
    destinations: Slugs = Field((), description="For movements: to where (places.csv).")
    modality: ModalityWord = Field(Modality.ACTUAL, description="actual, planned or hypothetical.")
    polarity: PolarityWord = Field(Polarity.ASSERTED, description="asserted or denied.")
    background: YesNo = Field(False, description="yes if it is told as history.")
    chain: Chain = Field(
        (),
        description="Who says so, innermost first: source:cue > source:cue. The publisher is "
        "added by itself.",
    )
    quantities: Quantities = Field(
        (), description="What was counted: killed[civilians]=7; wounded[actor/soldiers]=7..13."
    )
    issue: Text = Field("", description="Matter: energy, arms, refugees ... as your case needs.")
    channel: Literal["", "deed", "word"] = Field("", description="If not the type's usual one.")
    sign: Literal["", "cooperative", "conflictual"] = Field(
        "", description="If not the type's usual one."
    )
    agency: Literal["", "deliberate", "accident", "non-state"] = Field(
        "", description="deliberate (also if empty), accident or non-state."
    )
    rating: Rating = Field(
        6,
        description="The information itself: 1 confirmed, 2 probably true, 3 possibly true, "
        "4 doubtful, 5 improbable, 6 cannot be judged.",
    )
    summary: Text = Field("", description="One line in your own words; nothing known later.")
    due: MaybeDay = Field(None, description="For a deadline: the last day.")
    consequence: Text = Field("", description="For a deadline: what was said to follow.")
    condition: Text = Field("", description="Under which condition it is said to hold.")
    links: Links = Field(
        (),
        description="How it bears on an earlier claim: answers:KEY, alleges:KEY, updates:KEY "
        "(same side, newer figure), keeps:KEY, breaks:KEY (a deadline or truce), corrects:KEY, "
        "retracts:KEY (same source).",
    )
    known_at: MaybeDay = Field(
        None, description="Day from which the public could know it; empty: the report's."
    )
    known_basis: KnownBasisWord = Field(
        None, description="source, declared or unknown; empty: the report's."
    )
    basis: Basis = Field("", description="read, recalled or inferred.")
    span: Span = Field(None, description="Where in the report's text it stands: 120..180.")
    coder: Text = Field("hand", description="Who coded it, with version; empty: a person.")


class DisplacedRow(Row):
    """A count of displaced people."""

    table = "displaced"
    purpose = "Counts of people who fled, each with what it counts and since when."

    key: Key = Field(description="Your handle for the count.")
    report: Key = Field(description="Report that gives it (reports.csv).")
    chain: Chain = Field((), description="Who counts, innermost first.")
    what: Text = Field(
        min_length=1,
        description="displaced, moving-to-border, preparing-to-leave, "
        "at-risk, arrivals, departures, stock ...",
    )
    unit: Literal["persons", "moves", "sites", ""] = Field(
        "persons", description="persons, or moves (which count a person twice who moves twice)."
    )
    since: MaybeDay = Field(None, description="First day counted; empty if nobody said.")
    until: Day = Field(description="Day to which the count refers.")
    origin: Slugs = Field((), description="From where (places.csv).")
    destination: Slugs = Field((), description="To where (places.csv).")
    place: MaybeSlug = Field("", description="Area that the count covers (places.csv).")
    low: Number = Field(None, description="At least.")
    best: Number = Field(None, description="The figure.")
    high: Number = Field(None, description="At most.")
    women_children_percent: PerCent = Field(
        None, description="Share of women and children, per cent."
    )
    known_at: MaybeDay = Field(None, description="Day from which the public could know it.")
    known_basis: KnownBasisWord = Field(
        None, description="source, declared or unknown; empty: the report's."
    )
    basis: Basis = Field("", description="read, recalled or inferred.")
    rating: Rating = Field(6, description="Admiralty information rating 1-6.")
    summary: Text = Field("", description="What is counted, in words.")


class QuestionRow(Row):
    """A question with the rule that will settle it."""

    table = "questions"
    purpose = "Questions declared before they are asked, with the rule that settles them."

    id: Key = Field(description="Your handle for the question.")
    text: Text = Field(min_length=1, description="The question as asked.")
    open: Day = Field(description="First day on which it could be asked.")
    close: Day = Field(description="Last day of its window.")
    since: MaybeDay = Field(None, description="First that counts; empty: the day after `open`.")
    variable: Text = Field(
        "",
        description="assault, attack, events; killed, deaths, killed[ACTOR/CATEGORY]; displaced; "
        "holds, holds-road[ROAD], present (holds or contests). Others no model answers.",
    )
    actors: Slugs = Field((), description="By whom; who holds or is present.")
    recipients: Slugs = Field((), description="To whom.")
    place: MaybeSlug = Field("", description="Where; of a road, the area in which it counts.")
    statistic: Text = Field(
        "",
        description="Of acts and deaths any, sum, max-per-incident, any-after-close; of displaced "
        "max, change; of who holds any (day), at-close, changes.",
    )
    threshold: Threshold = Field(
        ("", None),
        description=">=10, <5, =0: yes if it is reached; yes: yes if it happens at all; "
        "number: a number is asked for.",
    )
    resolver: Text = Field("", description="Who settles it.")
    rule: Text = Field("", description="By what rule.")
    origin: Text = Field("", description="Why it is asked.")


class OutcomeRow(Row):
    """How a question or a person's forecast turned out."""

    table = "outcomes"
    purpose = (
        "How questions and people's forecasts turned out; apart, so that no as-of sees them early."
    )

    id: Key = Field(description="Id of the question or of the person's forecast.")
    outcome: Text = Field("", description="yes, no, or in words.")
    outcome_date: MaybeDay = Field(None, description="Day on which it turned out so.")
    value: Text = Field("", description="Number or detail.")
    known_at: MaybeDay = Field(None, description="Day from which the public could know it.")
    known_basis: KnownBasisWord = Field(None, description="source, declared or unknown.")
    basis: Basis = Field("", description="read or recalled.")
    confidence: Text = Field("", description="high, medium or low.")
    summary: Text = Field("", description="One line in your own words.")


class PersonForecastRow(Row):
    """What a person or an institution predicted."""

    table = "people_forecasts"
    purpose = "What people and institutions predicted in public, to hold them and us to account."

    id: Key = Field(description="Your handle for the forecast.")
    source: Slug = Field(description="Who predicted it (sources.csv).")
    made: Day = Field(description="Day on which it was made.")
    report: MaybeKey = Field("", description="Report that gives it (reports.csv).")
    text: Text = Field(min_length=1, description="What was predicted, in your words.")
    low: Share = Field(None, description="Lower probability, if given.")
    high: Share = Field(None, description="Upper probability, if given.")
    wording: Text = Field("", description="How sure it sounded.")
    question: MaybeKey = Field("", description="Question on which it bears.")
    known_at: MaybeDay = Field(
        None, description="Day from which the public could know it; empty: made."
    )
    basis: Basis = Field("", description="read or recalled.")


TABLES: tuple[type[Row], ...] = (
    SourceRow,
    ReportRow,
    ActorRow,
    TieRow,
    PlaceRow,
    RoadRow,
    ClaimRow,
    DisplacedRow,
    QuestionRow,
    OutcomeRow,
    PersonForecastRow,
)
"""Every table that a case may hold, in the order in which a person fills them in."""
