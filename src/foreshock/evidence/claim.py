"""Claims, and who makes them: the one kind of thing that Foreshock believes in.

Nothing is a fact. A `Source` speaks, a `Report` is one of its publications, a `Claim` is one thing
that a report says, with the chain of who says so. Events are derived from claims
(`foreshock.evidence.reconcile`) and never stored as truth.

Claims are msgspec structures, not dataclasses: thousands are read at a time, and these are made
from their text without a Python call each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import force_setattr

from foreshock.core.digest import canonical, digest
from foreshock.core.quantities import Quantity
from foreshock.core.time import Interval, Precision


class Kind(StrEnum):
    """What kind of thing a report says."""

    EVENT = "event"
    FIGURE = "figure"
    STATEMENT = "statement"
    FORECAST = "forecast"
    STATE = "state"


class Modality(StrEnum):
    """Whether it is told as having happened."""

    ACTUAL = "actual"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class Polarity(StrEnum):
    """Whether it is asserted or denied."""

    ASSERTED = "asserted"
    DENIED = "denied"


class KnownBasis(StrEnum):
    """How we know when the public could know.

    ``source``: the report's own date. ``declared``: the coder vouches that it was public then,
    though the report that we read is later. ``unknown``: nobody knows; no as-of ever sees it.
    """

    SOURCE = "source"
    DECLARED = "declared"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """How one claim bears on an earlier one."""

    ANSWERS = "answers"
    ALLEGES = "alleges"
    UPDATES = "updates"
    KEEPS = "keeps"
    BREAKS = "breaks"
    CORRECTS = "corrects"
    RETRACTS = "retracts"


STRIKING = frozenset({Relation.CORRECTS, Relation.RETRACTS})
"""Relations by which a source takes back what it said."""

SAME_SPEAKER = STRIKING | {Relation.UPDATES}
"""Relations that only the speaker of the earlier claim, or its side, may use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who speaks: an agency, a ministry, a monitor, a person in office.

    Parameters
    ----------
    id, name : str
        Slug and name.
    kind : str
        What sort of source (see `foreshock.case.schema.SourceRow`).
    side : str
        Actor id whose voice the source is, empty if it is no party's.
    reliability : str
        Admiralty letter A–F; F means that it cannot be judged.
    lean : str
        Known leaning, in words.
    """

    id: str
    name: str
    kind: str = ""
    side: str = ""
    reliability: str = "F"
    lean: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One publication by a source.

    Its identity is what was published by whom and when; ``known_at`` and the like may be mended.
    """

    source: str
    title: str = ""
    url: str = ""
    published: date | None = None
    language: str = ""
    text_digest: str = ""
    known_at: date | None = None
    known_basis: KnownBasis = KnownBasis.SOURCE
    copy_of: str = ""
    basis: str = ""
    key: str = ""

    @property
    def id(self) -> str:
        """Digest of source, title, address, day, text and handle."""
        return digest(
            "report", self.source, self.title, self.url, self.published, self.text_digest, self.key
        )

    @property
    def origin(self) -> str:
        """The source whose words these are: the original's where this is a syndicated copy."""
        return self.copy_of or self.source


class Attribution(Struct, frozen=True, gc=False, omit_defaults=True):
    """One link in the chain of who says so: a source and the word by which it is cued."""

    source: str
    cue: str = ""


class Link(Struct, frozen=True, gc=False, omit_defaults=True):
    """How this claim bears on another, named by the other's id."""

    relation: Relation
    target: str


class Claim(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """One thing that a report says.

    Parameters
    ----------
    report : str
        Report id.
    kind, type, mode, context
        What kind of thing; PLOVER 0.8 type, mode and contexts, or our STATEMENT and DISPLACE; a
        state has no type and its mode says which state.
    actors, recipients : tuple of str
        Who did it to whom, as actor ids; empty where nobody said.
    start, end, precision
        When it happened (see `foreshock.core.time.Interval`); None where nobody said.
    place, place_precision : str
        Place id and whether the place is exact, near or an area.
    origins, destinations : tuple of str
        For movements, place ids from and to where.
    modality, polarity, background
        Happened, planned or hypothetical; asserted or denied; told as history.
    chain : tuple of Attribution
        Who says so, innermost first, the publisher last.
    quantities : tuple of Quantity
        What was counted.
    span : tuple of int or None
        Where in the report's text it stands, as offsets.
    issue, channel, sign, agency
        Matter; deed or word; cooperative or conflictual; deliberate, accident or non-state. Empty
        for the default of the type.
    rating : int
        Admiralty information rating 1–6; 6 cannot be judged.
    summary : str
        One line in the coder's own words, with nothing known later than `known_at`.
    due, consequence
        For a deadline: the last day, and what was said to follow.
    condition : str
        Under which condition it is said to hold, in the report's words or the coder's.
    links : tuple of Link
        How it bears on earlier claims.
    known_at, known_basis
        UTC day on which the public could know it, and how we know that.
    basis, coder : str
        Read, recalled or inferred; who coded it, with version.
    key : str
        The coder's handle, unique in its case.
    """

    report: str
    kind: Kind = Kind.EVENT
    type: str = ""
    mode: str = ""
    context: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.DAY
    place: str = ""
    place_precision: str = ""
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.ASSERTED
    background: bool = False
    chain: tuple[Attribution, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    span: tuple[int, int] | None = None
    issue: str = ""
    channel: str = ""
    sign: str = ""
    agency: str = ""
    rating: int = 6
    summary: str = ""
    due: date | None = None
    consequence: str = ""
    condition: str = ""
    links: tuple[Link, ...] = ()
    known_at: date | None = None
    known_basis: KnownBasis = KnownBasis.SOURCE
    basis: str = ""
    coder: str = "hand"
    key: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        """Take the identity from the content, unless it was read back from a store."""
        if not self.id:
            force_setattr(self, "id", self._identity())

    def _identity(self) -> str:
        # Not the coder or the rating: reading a report twice adds nothing. Where no span of text is
        # at hand, the coder's wording stands for it, or two remarks of one speaker would be one.
        return digest(
            "claim",
            self.report,
            self.span if self.span is not None else self.summary,
            self.kind,
            self.type,
            self.mode,
            sorted(self.actors),
            sorted(self.recipients),
            self.start,
            self.end,
            self.precision,
            self.place,
            self.origins,
            self.destinations,
            self.modality,
            self.polarity,
            self.background,
            self.due,
            sorted(
                canonical([q.what, q.group, q.low, q.best, q.high, q.unit]) for q in self.quantities
            ),
            [(link.source, link.cue) for link in self.chain],
            # Two branches of one outlook differ in nothing else; without a condition, claims keep
            # the ids that they had before there was one.
            *((self.condition,) if self.condition else ()),
        )

    @property
    def when(self) -> Interval | None:
        """When it happened, None where nobody said."""
        if self.start is None or self.end is None:
            return None
        return Interval(self.start, self.end, self.precision)

    @property
    def speaker(self) -> str:
        """The source that says so: the innermost of the chain."""
        return self.chain[0].source if self.chain else ""

    def voice(self, report: Report | None) -> str:
        """Id of the source whose words this is, given the report that tells it.

        The innermost speaker of the chain; for a report that quotes nobody, its publisher, or the
        publisher that it copies.
        """
        if report is not None and self.speaker in {"", report.source}:
            return report.origin
        return self.speaker

    def linked(self, relation: Relation) -> tuple[str, ...]:
        """Ids of the claims that this one bears on in a given way."""
        return tuple(link.target for link in self.links if link.relation is relation)
