"""A stretch of a sentence that waits for its verb, or has it and may still get more."""

from __future__ import annotations

from foreshock.observe.reading.grammar.clause import Clause
from foreshock.observe.reading.grammar.phrases import NounPhrase


class Opened:
    """A stretch that waits for its verb, or has it and may still get more after it."""

    __slots__ = (
        "adverbs", "antecedent", "clause", "first", "kind", "marker", "parent", "phrases",
        "prepositions",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        marker: str,
        parent: Clause | None,
        antecedent: NounPhrase | None,
        first: int,
    ) -> None:
        self.kind = kind
        self.marker = marker
        self.parent = parent
        self.antecedent = antecedent
        self.first = first
        self.clause: Clause | None = None
        self.phrases: list[NounPhrase] = []
        self.prepositions: list[tuple[str, list[NounPhrase]]] = []
        self.adverbs: list[int] = []
