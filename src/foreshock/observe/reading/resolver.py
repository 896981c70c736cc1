"""What turns the words of a text into parties, days, places and numbers.

A coder that finds words by other means than ours (a language model) hands them to a resolver, so
that a name, a date or a toll means the same whoever read it. `foreshock.observe.reading.resolving`
has the one that works with the gazetteer.
"""

from __future__ import annotations

from typing import Protocol

from foreshock.core.quantities import Quantity
from foreshock.core.time import Interval
from foreshock.observe.reading.record import Party, Spoken, Where


class Resolver(Protocol):
    """Knows one document's day and language; spans in what it gives are for the caller to set."""

    def parties(self, words: str) -> tuple[Party, ...]:
        """Say who is meant by the words for an actor: several for "French and British troops"."""

    def speaker(self, words: str, cue: str) -> Spoken | None:
        """Say who speaks; None for words that name nobody."""

    def when(self, words: str, *, ahead: bool = False) -> Interval | None:
        """Reckon the days that words tell; None where they tell none that can be reckoned.

        ``ahead``: they speak of what is to come, so that "Friday" is the coming one.
        """

    def place(self, words: str) -> Where | None:
        """Say which place is meant; None for words that name none."""

    def quantities(self, words: str, what: str) -> tuple[Quantity, ...]:
        """Read the numbers and groups in words that count a thing of the ontology (``killed``)."""

    def publisher(self) -> Spoken:
        """Give the last link of every chain."""
