"""A clause: a verb with what belongs to it, and how it hangs on another clause."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.observe.reading.grammar.phrases import NounPhrase, VerbGroup
from foreshock.observe.reading.grammar.units import Unit

MAIN, JOINED, CONTENT, RELATIVE, ADVERBIAL, INFINITIVE, GERUND, PARTICIPLE = (
    "main", "joined", "content", "relative", "adverbial", "infinitive", "gerund", "participle",
)  # fmt: skip


class Clause:
    """A verb with what belongs to it.

    Attributes
    ----------
    number : int
        Place in the list of the sentence's clauses.
    verb : VerbGroup
    relation : str
        How it hangs on its parent: main, joined, content, relative, adverbial, infinitive, gerund,
        participle.
    parent : Clause or None
    marker : str
        The subordinator, conjunction, relative pronoun or preposition that leads to it.
    subjects, objects : list of NounPhrase
    prepositions : list of (str, list of NounPhrase)
        Prepositions after (or, of the whole sentence, before) the verb with what they govern.
    adverbs : list of int
        Units that stand alone beside the verb: adverbs, particles, adjectives of a predicate.
    inherited : bool
        Whether the subject was taken over from another clause.
    first, last : int
        Units [first, last) that the clause covers.
    """

    __slots__ = (
        "adverbs", "children", "first", "inherited", "last", "marker", "number", "objects",
        "parent", "prepositions", "relation", "subjects", "verb",
    )  # fmt: skip

    def __init__(
        self, number: int, verb: VerbGroup, relation: str, parent: Clause | None, marker: str
    ) -> None:
        self.number = number
        self.verb = verb
        self.relation = relation
        self.parent = parent
        self.marker = marker
        self.subjects: list[NounPhrase] = []
        self.objects: list[NounPhrase] = []
        self.prepositions: list[tuple[str, list[NounPhrase]]] = []
        self.adverbs: list[int] = []
        self.children: list[Clause] = []
        self.inherited = False
        self.first = verb.first
        self.last = verb.last

    def __repr__(self) -> str:
        return (
            f"<{self.number} {self.relation}/{self.marker} {self.verb} subjects={self.subjects} "
            f"objects={self.objects} prepositions={self.prepositions}>"
        )


def is_present(units: list[Unit], clause: Clause) -> bool:
    """Whether a clause speaks in the simple present: "supports", "is opposed to"."""
    verb = clause.verb
    if verb.form != "finite" or verb.past or verb.perfect or verb.modal:
        return False
    return units[verb.head].tag not in {"VBG", "VBD", "VBX"} or verb.passive


def below(clause: Clause) -> Iterator[Clause]:
    """Give the infinitives, gerunds and content clauses that hang on a clause, however deep."""
    for child in clause.children:
        if child.relation in {INFINITIVE, CONTENT, GERUND}:
            yield child
            yield from below(child)
