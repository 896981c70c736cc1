"""A sentence taken apart: units, phrases and clauses, with who and where each phrase names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from foreshock.lexicon.english import word_list
from foreshock.observe.reading.grammar.clauses import clauses_of
from foreshock.observe.reading.grammar.phrases import NounPhrase, pieces_of
from foreshock.observe.reading.grammar.tagging import tag
from foreshock.observe.reading.grammar.units import Unit, units_of
from foreshock.observe.reading.record import Party
from foreshock.observe.reading.text.words import Sentence

LONGEST_LIST = 8
"""Parties that may be named one beside the other."""


class Parse:
    """A sentence taken apart.

    Attributes
    ----------
    sentence : Sentence
    units : list of Unit
    clauses : list of Clause
    attached : dict
        For the unit where a noun phrase ends, the preposition that follows it at once and what
        that governs: "the shelling | of the town".
    lemmas : list of str
        Of every unit.
    joined : dict
        For the unit where a noun phrase ends, the phrase that "and" or a comma joins to it.
    referred : dict
        Parties that pronouns, "its troops" and "his country" stand for, by unit; filled by
        the reader of the document.
    """

    __slots__ = (
        "_beside",
        "attached",
        "clauses",
        "joined",
        "lemmas",
        "phrases",
        "referred",
        "sentence",
        "units",
    )

    def __init__(self, sentence: Sentence, spans: Sequence[tuple[int, int, str, Any]]) -> None:
        self.sentence = sentence
        self.units = units_of(sentence.tokens, spans)
        tag(self.units)
        pieces = pieces_of(self.units)
        self.clauses, self._beside = clauses_of(self.units, pieces)
        self.lemmas = [unit.lemma for unit in self.units]
        self.phrases = [piece for piece in pieces if isinstance(piece, NounPhrase)]
        self.attached: dict[int, tuple[str, NounPhrase]] = {}
        self.joined: dict[int, NounPhrase] = {}
        for index in range(1, len(pieces) - 1):
            link, phrase, governed = pieces[index], pieces[index - 1], pieces[index + 1]
            if (
                isinstance(link, int)
                and isinstance(phrase, NounPhrase)
                and isinstance(governed, NounPhrase)
            ):
                unit = self.units[link]
                if unit.tag in {"IN", "TO"}:
                    self.attached[phrase.last] = (unit.lower, governed)
                elif unit.tag in {"CC", ","}:
                    self.joined[phrase.last] = governed
        self.referred: dict[int, tuple[Party, ...]] = {}

    def text(self, first: int, last: int) -> tuple[int, int]:
        """Give the offsets, in the plain text, of units [first, last)."""
        tokens = self.sentence.tokens
        return tokens[self.units[first].first].start, tokens[self.units[last - 1].last - 1].end

    def opening(self, phrase: NounPhrase) -> str:
        """First word of a phrase, in lower case."""
        return self.sentence.tokens[self.units[phrase.first].first].lower

    def head(self, phrase: NounPhrase) -> str:
        """Lemma of the noun that a phrase is about."""
        return self.units[phrase.head].lemma

    def named(self, phrase: NounPhrase) -> tuple[Party, ...]:
        """Parties that a phrase stands for by its head: a name, a pronoun, some of a group."""
        unit = self.units[phrase.head]
        found = self._by_head(phrase, unit)
        if not any(party.known for party in found):
            beside = self._beside.get(phrase.first)
            if beside is not None:
                other = self._by_head(beside, self.units[beside.head])
                if any(party.country for party in other) or not found:
                    return other or found
        return found

    def beside(self, phrase: NounPhrase) -> NounPhrase | None:
        """Give the phrase in apposition to one: "the minister, Jorge Ejemplo"."""
        return self._beside.get(phrase.first)

    def _by_head(self, phrase: NounPhrase, unit: Unit) -> tuple[Party, ...]:
        referred = self.referred.get(phrase.head)
        if referred is not None:
            return referred
        if unit.tag == "AC":
            return tuple(unit.value.parties)
        following = self.attached.get(phrase.last)
        if (
            following is not None
            and following[0] == "of"
            and (unit.tag == "CD" or unit.lemma in _SOME)
        ):
            return self.named(following[1])
        return ()

    def owning(self, phrase: NounPhrase) -> tuple[Party, ...]:
        """Parties that own what a phrase is about: "Peru's positions", "Peruvian positions"."""
        found: list[Party] = []
        about = self.units[phrase.head]
        for unit in self.units[phrase.first : phrase.last] if about.lemma not in _OF_NOBODY else ():
            if unit.tag in {"AC", "AJ"} and unit is not about:
                found.extend(unit.value.parties)
        if found:
            return tuple(found)
        head = self.units[phrase.head]
        if head.tag == "PL":
            return tuple(head.value.parties)
        for preposition, governed in self.following(phrase):
            if preposition not in _OWNING:
                break
            named = self.named(governed)
            if named:
                return named
        return ()

    def following(self, phrase: NounPhrase) -> Iterator[tuple[str, NounPhrase]]:
        """Prepositions that follow a phrase one upon the other, with what each governs."""
        for _ in range(6):
            after = self.attached.get(phrase.last)
            if after is None or after[0] in _ELSEWHERE:
                return
            yield after
            phrase = self.together(after[1])[-1]

    def together(self, phrase: NounPhrase) -> list[NounPhrase]:
        """Give a phrase that names somebody with all that are named beside it: "A, B and C"."""
        found = [phrase]
        while len(found) < LONGEST_LIST:
            beside = self.joined.get(found[-1].last)
            if beside is None or self.units[beside.head].tag not in {"AC", "PL"}:
                break
            found.append(beside)
        while len(found) > 1 and self.units[found[-1].first - 1].tag == ",":
            found.pop()  # no list: nothing is joined by "and"
        return found

    def span_lemmas(self, first: int, last: int) -> set[str]:
        """Lemmas and words of units [first, last), single and in pairs."""
        found = set(self.lemmas[first:last])
        for unit in self.units[first:last]:
            found.add(unit.lower)
            if unit.tag == "AC":
                found.update(token.lower for token in self.sentence.tokens[unit.first : unit.last])
        pairs = self.lemmas[first:last]
        found.update(f"{a} {b}" for a, b in pairwise(pairs))
        words = [unit.lower for unit in self.units[first:last]]
        found.update(f"{a} {b}" for a, b in pairwise(words))
        return found


_OF_NOBODY = frozenset({"language", "dialect", "origin", "descent", "speaker", "accent"})
"""What belongs to no state though its adjective says so: "the Russian language"."""

_OWNING = frozenset({"of", "by", "from"})
_ELSEWHERE = word_list("elsewhere")
_SOME = word_list("some")
"""Heads that count or group those named after "of"."""
