"""The tables of a case: every column, what it means and what it may hold.

This is the boundary. What comes from a person's file is validated here (pydantic, no unknown
columns); what is inside are frozen dataclasses. ``foreshock init`` writes these descriptions beside
the empty tables, so they are written for the person who fills them in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from foreshock.core.errors import ForeshockError
from foreshock.core.quantities import Quantity
from foreshock.core.time import parse_day, parse_period
from foreshock.evidence.claim import KnownBasis, Modality, Polarity, Relation
from foreshock.evidence.figures import parse_quantities

LONGEST_CELL = 4000
"""Characters in one cell; a longer text belongs into a document, not into a table."""

SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def fault(what: str, mend: str = "") -> PydanticCustomError:
    """Make a validation fault that carries its mend."""
    escaped = what.replace("{", "{{").replace("}", "}}")
    return PydanticCustomError("fault", escaped, {"mend": mend})  # type: ignore[arg-type]


def _read(reader: Callable[[str], Any]) -> BeforeValidator:
    """Turn a reader of text, which raises our errors, into a validator."""

    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return reader(value.strip())
        except ForeshockError as error:
            mend = "; ".join(
                p for p in (error.expected and f"expected {error.expected}", error.mend) if p
            )
            raise fault(error.what, mend) from None

    return BeforeValidator(validate)


def clean(text: str) -> str:
    """Refuse text that no person would type: control characters and cells without end."""
    if len(text) > LONGEST_CELL:
        raise ForeshockError(
            f"the cell has {len(text):,} characters, more than {LONGEST_CELL:,}", mend="shorten it"
        )
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} and character not in "\n\t":
            raise ForeshockError(
                f"the cell holds the control character U+{ord(character):04X}", mend="delete it"
            )
    return text


def _slug(text: str) -> str:
    if not SLUG.fullmatch(clean(text)) or len(text) > 100:
        raise ForeshockError(
            f"{text[:60]!r} is no id", expected="lower-case letters, digits and hyphens"
        )
    return text


def _key(text: str) -> str:
    if not KEY.fullmatch(clean(text)) or len(text) > 100:
        raise ForeshockError(
            f"{text[:60]!r} is no key", expected="letters, digits, '.', '_' and '-'"
        )
    return text


def _optional(reader: Callable[[str], Any], empty: Any) -> Callable[[str], Any]:
    return lambda text: reader(text) if text else empty


def _list_of(reader: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    return lambda text: tuple(
        reader(part.strip()) for part in clean(text).split(";") if part.strip()
    )


def _float(text: str) -> float:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        raise ForeshockError(
            f"{text[:40]!r} is no number", mend="write digits, as in 12500"
        ) from None
    if not abs(value) < 1e12:
        raise ForeshockError(f"{text[:40]!r} is no usable number", expected="below 1e12")
    return value


def _yes(text: str) -> bool:
    if text.lower() not in {"yes", "no", "true", "false", ""}:
        raise ForeshockError(f"{text[:40]!r} is neither yes nor no", mend="write yes or no")
    return text.lower() in {"yes", "true"}


def _chain(text: str) -> tuple[tuple[str, str], ...]:
    links = []
    for part in clean(text).split(">"):
        if part.strip():
            source, _, cue = part.partition(":")
            links.append((_slug(source.strip()), cue.strip()))
    if len({source for source, _ in links}) < len(links):
        raise ForeshockError(
            "the chain names a source twice, so it would quote itself",
            mend="name each speaker once, innermost first",
        )
    return tuple(links)


def _links(text: str) -> tuple[tuple[Relation, str], ...]:
    links = []
    for part in clean(text).split(";"):
        if part.strip():
            relation, _, target = part.partition(":")
            if relation.strip() not in set(Relation):
                raise ForeshockError(
                    f"unknown relation {relation.strip()[:40]!r}",
                    expected="relation:KEY with one of " + ", ".join(Relation),
                )
            links.append((Relation(relation.strip()), _key(target.strip())))
    return tuple(links)


def _alias(text: str) -> tuple[str, date | None]:
    name, at, since = text.rpartition("@")
    return (name.strip(), parse_day(since)) if at and name else (text, None)


def _first_day(text: str) -> date:
    return parse_period(text)[0][0]


def _last_day(text: str) -> date:
    return parse_period(text)[0][1]


def _threshold(text: str) -> tuple[str, float | None]:
    if text in {"", "yes", "number"}:
        return text, None
    match = re.fullmatch(r"(>=|>|<=|<|=)?\s*(\d[\d,]*(?:\.\d+)?)", text)
    if match is None:
        raise ForeshockError(
            f"{text[:40]!r} is no threshold",
            expected=">=10, <5, =0, yes, or number where one is asked for",
        )
    return match[1] or ">=", _float(match[2])


def _quantities(text: str) -> tuple[Quantity, ...]:
    return parse_quantities(clean(text))


Text = Annotated[str, _read(clean)]
Slug = Annotated[str, _read(_slug)]
MaybeSlug = Annotated[str, _read(_optional(_slug, ""))]
Key = Annotated[str, _read(_key)]
MaybeKey = Annotated[str, _read(_optional(_key, ""))]
Slugs = Annotated[tuple[str, ...], _read(_list_of(_slug))]
Words = Annotated[tuple[str, ...], _read(_list_of(clean))]
Day = Annotated[date, _read(parse_day)]
MaybeFirstDay = Annotated[date | None, _read(_optional(_first_day, None))]
MaybeLastDay = Annotated[date | None, _read(_optional(_last_day, None))]
MaybeDay = Annotated[date | None, _read(_optional(parse_day, None))]
Number = Annotated[float | None, _read(_optional(_float, None))]
YesNo = Annotated[bool, _read(_yes)]
Basis = Literal["read", "recalled", "inferred", "computed", ""]


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
    known_basis: Annotated[KnownBasis | None, _read(_optional(KnownBasis, None))] = Field(
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
    aliases: Annotated[tuple[tuple[str, date | None], ...], _read(_list_of(_alias))] = Field(
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
    known_basis: Annotated[KnownBasis | None, _read(_optional(KnownBasis, None))] = Field(
        None, description="source, declared or unknown."
    )
    basis: Basis = Field("", description="read or recalled.")
    summary: Text = Field("", description="One line in your own words.")


class PlaceRow(Row):
    """A named place."""

    table = "places"
    purpose = "Places, where they are and which area holds them."

    id: Slug = Field(description="Your handle for the place.")
    name: Text = Field(min_length=1, description="Usual English spelling.")
    aliases: Words = Field((), description="Other spellings.")
    lat: Annotated[float | None, _read(_optional(_float, None)), Field(ge=-90, le=90)] = Field(
        None, description="Degrees north."
    )
    lon: Annotated[float | None, _read(_optional(_float, None)), Field(ge=-180, le=180)] = Field(
        None, description="Degrees east."
    )
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
    km: Annotated[float | None, _read(_optional(_float, None)), Field(gt=0)] = Field(
        None, description="Length in km."
    )
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
    start: Text = Field("", description="When: YYYY-MM-DD, YYYY-MM, YYYY or YYYY-Www.")
    end: Text = Field("", description="Last possible day, if not the same.")
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
    modality: Annotated[Modality, _read(_optional(str, "actual"))] = Field(
        Modality.ACTUAL, description="actual, planned or hypothetical."
    )
    polarity: Annotated[Polarity, _read(_optional(str, "asserted"))] = Field(
        Polarity.ASSERTED, description="asserted or denied."
    )
    background: YesNo = Field(False, description="yes if it is told as history.")
    chain: Annotated[tuple[tuple[str, str], ...], _read(_chain)] = Field(
        (),
        description="Who says so, innermost first: source:cue > source:cue. The publisher is "
        "added by itself.",
    )
    quantities: Annotated[tuple[Quantity, ...], _read(_quantities)] = Field(
        (), description="What was counted: killed[civilians]=7; wounded[actor/soldiers]=7..13."
    )
    issue: Text = Field("", description="Matter: syria, energy, arms ... as your case needs.")
    channel: Literal["", "deed", "word"] = Field("", description="If not the type's usual one.")
    sign: Literal["", "cooperative", "conflictual"] = Field(
        "", description="If not the type's usual one."
    )
    agency: Literal["", "deliberate", "accident", "non-state"] = Field(
        "", description="deliberate (also if empty), accident or non-state."
    )
    rating: Annotated[
        Literal[1, 2, 3, 4, 5, 6], _read(_optional(lambda t: int(t) if t.isdigit() else t, 6))
    ] = Field(
        6,
        description="The information itself: 1 confirmed, 2 probably true, 3 possibly true, "
        "4 doubtful, 5 improbable, 6 cannot be judged.",
    )
    summary: Text = Field("", description="One line in your own words; nothing known later.")
    due: MaybeDay = Field(None, description="For a deadline: the last day.")
    consequence: Text = Field("", description="For a deadline: what was said to follow.")
    links: Annotated[tuple[tuple[Relation, str], ...], _read(_links)] = Field(
        (),
        description="How it bears on an earlier claim: answers:KEY, alleges:KEY, updates:KEY "
        "(same side, newer figure), keeps:KEY, breaks:KEY (a deadline or truce), corrects:KEY, "
        "retracts:KEY (same source).",
    )
    known_at: MaybeDay = Field(
        None, description="Day from which the public could know it; empty: the report's."
    )
    known_basis: Annotated[KnownBasis | None, _read(_optional(KnownBasis, None))] = Field(
        None, description="source, declared or unknown; empty: the report's."
    )
    basis: Basis = Field("", description="read, recalled or inferred.")


class DisplacedRow(Row):
    """A count of displaced people."""

    table = "displaced"
    purpose = "Counts of people who fled, each with what it counts and since when."

    key: Key = Field(description="Your handle for the count.")
    report: Key = Field(description="Report that gives it (reports.csv).")
    chain: Annotated[tuple[tuple[str, str], ...], _read(_chain)] = Field(
        (), description="Who counts, innermost first."
    )
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
    women_children_percent: Annotated[
        float | None, _read(_optional(_float, None)), Field(ge=0, le=100)
    ] = Field(None, description="Share of women and children, per cent.")
    known_at: MaybeDay = Field(None, description="Day from which the public could know it.")
    known_basis: Annotated[KnownBasis | None, _read(_optional(KnownBasis, None))] = Field(
        None, description="source, declared or unknown; empty: the report's."
    )
    basis: Basis = Field("", description="read, recalled or inferred.")
    rating: Annotated[
        Literal[1, 2, 3, 4, 5, 6], _read(_optional(lambda t: int(t) if t.isdigit() else t, 6))
    ] = Field(6, description="Admiralty information rating 1-6.")
    summary: Text = Field("", description="What is counted, in words.")


class QuestionRow(Row):
    """A question with the rule that will settle it."""

    table = "questions"
    purpose = "Questions declared before they are asked, with the rule that settles them."

    id: Key = Field(description="Your handle for the question.")
    text: Text = Field(min_length=1, description="The question as asked.")
    open: Day = Field(description="First day on which it could be asked.")
    close: Day = Field(description="Last day of its window.")
    variable: Text = Field("", description="What it is about: killed, displaced, holds ...")
    actors: Slugs = Field((), description="By whom.")
    recipients: Slugs = Field((), description="To whom.")
    place: MaybeSlug = Field("", description="Where.")
    statistic: Text = Field("", description="any, sum, last ... over the window.")
    threshold: Annotated[tuple[str, float | None], _read(_threshold)] = Field(
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
    known_basis: Annotated[KnownBasis | None, _read(_optional(KnownBasis, None))] = Field(
        None, description="source, declared or unknown."
    )
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
    low: Annotated[float | None, _read(_optional(_float, None)), Field(ge=0, le=1)] = Field(
        None, description="Lower probability, if given."
    )
    high: Annotated[float | None, _read(_optional(_float, None)), Field(ge=0, le=1)] = Field(
        None, description="Upper probability, if given."
    )
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


class CaseFile(BaseModel):
    """``case.yaml``: what the case is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Slug = Field(description="Short name: lower-case letters, digits and hyphens.")
    title: Text = Field(min_length=1, description="What the case is about, in a few words.")
    description: Text = Field("", description="A few sentences for the reader.")
    as_of: date = Field(description="The day that a brief speaks of if none is given.")
    compiled: date | None = Field(
        None, description="Day on which the evidence was put together; empty: when first read in."
    )
    focus: list[Slug] = Field(default_factory=list, description="Actors that matter most.")
    region: MaybeSlug = Field("", description="Area that the case covers (places.csv).")
    language: Text = Field("en", description="Language of summaries.")
    licence: Text = Field("", description="Terms on which the case may be used.")
