"""What stays the same over a document, and the way back from plain text to the original."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Party, Span, Spoken, Where
from foreshock.observe.reading.rules.linking import Recent
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.speaking import Voice
from foreshock.observe.reading.rules.status import Status
from foreshock.observe.reading.text.normal import Normal

_FOR_A_STATE = frozenset({"GOV", "MIL", "LEG", "COP", "SPY", "JUD", ""})
"""Sectors whose people speak for their state."""


@dataclass
class Context:
    """What stays the same over a document, and what the last sentences leave for the next."""

    document: Document
    normal: Normal
    publisher: Spoken
    coder: str
    state: Callable[[str], Party | None]
    near: str = ""
    aliases: dict[str, Party] = field(default_factory=dict)
    recent: Recent = field(default_factory=Recent)
    speaking: Mapping[str, Party] = field(default_factory=dict)

    @property
    def published(self) -> date | None:
        """Day of publication."""
        return self.document.published

    def words(self, span: Span) -> str:
        """Give what stands in the original, verbatim."""
        return self.document.text[span[0] : span[1]]

    def parties(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """Give parties with their places in the original."""
        if not self.normal.edits:
            return parties
        return tuple(self._traced(party) if party.words else party for party in parties)

    def _traced(self, party: Party) -> Party:
        span = self.normal.span(*party.span)
        return replace(party, span=span, words=self.words(span))

    def where(self, where: Where) -> Where:
        """Give a place with its place in the original."""
        if not self.normal.edits:
            return where
        span = self.normal.span(*where.span)
        return replace(where, span=span, words=self.words(span))

    def traced(self, spoken: Spoken, party: Party | None) -> Spoken:
        """Give a speaker with the place in the original, and for whom he speaks.

        ``party`` is who the gazetteer takes the speaker for: an office-holder speaks for his state.
        """
        if party is not None and spoken.kind == "person" and party.sector in _FOR_A_STATE:
            home = self.state(party.country)
            spoken = replace(spoken, side=home.id) if home is not None else spoken
        if not self.normal.edits or not spoken.words:
            return spoken
        span = self.normal.span(*spoken.span)
        return replace(spoken, span=span, words=self.words(span))

    def chain(self, voices: tuple[Voice, ...], speaking: Mapping[str, Party]) -> tuple[Spoken, ...]:
        """Give the chain of who says so, innermost first, the publisher last."""
        chain: list[Spoken] = []
        for voice in voices:
            spoken = voice.speakers[0]
            if chain and chain[-1].id == spoken.id:
                continue  # "said ..., adding that": one and the same speaks
            chain.append(self.traced(spoken, speaking.get(spoken.id)))
        chain.append(self.publisher)
        return tuple(chain)

    def condition(self, parse: Parse, status: Status) -> str:
        """Give the words of the condition of a status; empty if there is none."""
        if status.condition is None:
            return ""
        return self.words(self.normal.span(*parse.text(*status.condition)))
