"""The record that every coder writes: one claim as read, each with its exact words.

A record says what `foreshock.evidence.claim.Claim` says, before a case is known: parties, places
and speakers stand with their words and a gazetteer's id. `foreshock.observe.reading.filing` turns
records into claims of a case.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from foreshock.core.quantities import Quantity
from foreshock.core.time import Precision
from foreshock.evidence.claim import Kind, Modality, Polarity, Relation
from foreshock.observe.reading.document import Document

Span = tuple[int, int]
"""First character and the one after the last, as offsets into the original text."""


class Party(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Somebody who acts, is acted upon, or speaks.

    Parameters
    ----------
    id : str
        Slug of the gazetteer's entry (``peru``); for people whom no entry names, of the
        country and what they are (``nepal/protesters``, ``protesters``); never empty.
    name : str
        Usual name.
    country : str
        ISO 3166 alpha-3 code, of today's successor for states that are no more; ``IGO`` or ``NGO``
        for bodies of several states; empty if unknown.
    sector : str
        PLOVER sector code, empty for a state as a whole.
    words, span
        As the text says it, and where.
    known : bool
        Whether the gazetteer or the case has an entry for it.
    """

    id: str
    name: str
    country: str = ""
    sector: str = ""
    words: str = ""
    span: Span = (0, 0)
    known: bool = True


class Spoken(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One link of the chain of who says so.

    Parameters
    ----------
    id, name : str
        Slug and name of the speaker: a party's id where the speaker is one, else made from the
        name or from what the text calls them (``officials``).
    cue : str
        The word that tells it: ``said``, ``according to``, ``published``.
    words, span
        As the text names the speaker, and where; empty for the publisher.
    side : str
        Id of the party for whom they speak (``peru`` for its ministers), empty if none.
    kind : str
        ``person``, ``party``, ``media``, ``publisher``, ``social account`` or ``unnamed``.
    """

    id: str
    name: str
    cue: str = ""
    words: str = ""
    span: Span = (0, 0)
    side: str = ""
    kind: str = ""


class Where(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A place as the text tells it.

    Parameters
    ----------
    id, name : str
        Slug and usual name; the case's id where the case knows the place.
    country : str
        ISO 3166 alpha-3 code.
    lat, lon : float or None
        Degrees north and east; None if unknown.
    kind : str
        City, region, country ...
    precision : str
        ``exact``, ``near`` ("east of", "outside") or ``area``.
    words, span
        As the text says it, and where.
    """

    id: str
    name: str
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    kind: str = ""
    precision: str = "exact"
    words: str = ""
    span: Span = (0, 0)


class Tied(Struct, frozen=True):
    """How this record bears on another of the same document, named by its key."""

    relation: Relation
    key: str


class Record(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One thing that a document says. Field names are those of a claim where it has the field.

    Parameters
    ----------
    key : str
        ``c1``, ``c2`` ... in the order of the document.
    span, words
        The evidence: offsets into the original text and what stands there, verbatim.
    sentence : int
        Number of its sentence, from 0.
    when, when_span
        The words from which the interval was reckoned; empty if there are none.
    condition : str
        Verbatim words of the condition under which it is said to hold.
    due, consequence
        For a deadline.
    links : tuple of Tied
        How it bears on other records: ``alleges`` from an accusation to the act alleged,
        ``answers`` from a reply to what it replies to.
    confidence : float
        Probability that type, parties and kind are right, 0 to 1, as the coder sees it.
    coder : str
        Name and version.
    """

    key: str
    kind: Kind = Kind.EVENT
    type: str = ""
    mode: str = ""
    context: tuple[str, ...] = ()
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.ASSERTED
    background: bool = False
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.DAY
    when: str = ""
    when_span: Span = (0, 0)
    place: Where | None = None
    origins: tuple[Where, ...] = ()
    destinations: tuple[Where, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    chain: tuple[Spoken, ...] = ()
    span: Span = (0, 0)
    words: str = ""
    sentence: int = 0
    condition: str = ""
    due: date | None = None
    consequence: str = ""
    issue: str = ""
    rating: int = 6
    links: tuple[Tied, ...] = ()
    confidence: float = 0.5
    coder: str = ""

    @property
    def happened(self) -> bool:
        """Whether it is told as an event that took place: neither planned, feared nor denied."""
        return (
            self.kind is Kind.EVENT
            and self.modality is Modality.ACTUAL
            and self.polarity is Polarity.ASSERTED
        )


class Reading(Struct, frozen=True, kw_only=True):
    """What a coder read in one document.

    Parameters
    ----------
    document : Document
    records : tuple of Record
    sentences : int
        Number of sentences read.
    notes : tuple of str
        What the user should know: sentences cut or skipped, a model's refusal, dates that could
        not be reckoned because no day of publication was given.
    """

    document: Document
    records: tuple[Record, ...] = ()
    sentences: int = 0
    notes: tuple[str, ...] = ()
