"""The rule coder: offline, deterministic, a thousand sentences a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from foreshock.lexicon.acts import Acts, acts
from foreshock.lexicon.gazetteer import states
from foreshock.observe.reading.actors.gazetteer import Gazetteer
from foreshock.observe.reading.classifier.model import Classifier, classifier
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.expressions.dates import find_dates
from foreshock.observe.reading.expressions.places import Places
from foreshock.observe.reading.expressions.quantities import Amount, find_quantities
from foreshock.observe.reading.knowledge import knowledge
from foreshock.observe.reading.names import slug
from foreshock.observe.reading.record import Party, Reading, Record, Spoken
from foreshock.observe.reading.rules.assembly import Assembler
from foreshock.observe.reading.rules.context import Context
from foreshock.observe.reading.rules.factuality import Judge
from foreshock.observe.reading.rules.linking import renumbered
from foreshock.observe.reading.rules.matching import Matcher
from foreshock.observe.reading.rules.parsing import Parse
from foreshock.observe.reading.rules.pronouns import Referents
from foreshock.observe.reading.rules.reranking import judged
from foreshock.observe.reading.rules.spans import named_until, taken
from foreshock.observe.reading.rules.speaking import Attributor, Memory, Voice
from foreshock.observe.reading.text.normal import normalise
from foreshock.observe.reading.text.sentences import divide
from foreshock.observe.reading.text.tokens import tokens as tokenise
from foreshock.observe.reading.text.words import Sentence

if TYPE_CHECKING:
    from foreshock.case.opening import Case

VERSION = "1"

LONG = 2_000
"""Characters without which no sentence can be too long to read whole."""


class RuleCoder:
    """Reads a document by gazetteer, clauses, patterns and frames of attribution.

    Parameters
    ----------
    gazetteer : Gazetteer
    places : Places
    patterns : Acts
        What `foreshock.lexicon.acts.acts` gives, with a case's own added.
    classifier : Classifier, optional
        Gives a second opinion on the types; None for none.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        places: Places,
        patterns: Acts | None = None,
        classifier: Classifier | None = None,
    ) -> None:
        patterns = patterns or acts()
        self._classifier = classifier
        self._gazetteer = gazetteer
        self._places = places
        self._attributor = Attributor(patterns)
        self._states: dict[str, Party | None] = {}
        self._assembler = Assembler(Matcher(patterns), Judge(patterns))

    @property
    def name(self) -> str:
        """Name and version, as they stand in every record."""
        return f"rules {VERSION}"

    def read(self, document: Document) -> Reading:
        """Read one document."""
        records: list[Record] = []
        sentences = 0
        for _, found in self.sentences(document):
            records += found
            sentences += 1
        return Reading(
            document=document,
            records=tuple(records),
            sentences=sentences,
            notes=tuple(_notes(document, records)),
        )

    def sentences(self, document: Document) -> Iterator[tuple[Parse, list[Record]]]:
        """Read one document sentence by sentence."""
        normal = normalise(document.text)
        publisher = Spoken(
            id=slug(document.source) if document.source else "publisher",
            name=document.source or "publisher",
            cue="published",
            kind="publisher",
        )
        memory, referents = Memory(), Referents()
        context = Context(document, normal, publisher, self.name, self._state)
        read, acts, paragraph, quoted = 0, False, -1, False
        for sentence in divide(normal)[0]:
            quoted = quoted and sentence.paragraph == paragraph
            paragraph = sentence.paragraph
            parse, amounts = self._parse(sentence, document.published, context)
            inside, quoted = quoted, _mark_quotations(parse, quoted)
            referents.resolve(parse, self._state)
            own: dict[int, Voice] = {}
            voices = self._attributor.voices(parse, memory, own)
            if (inside or _is_quotation(parse)) and memory.speaker is not None:
                _give(voices, memory.speaker)
            context.near = _country(parse) or context.near
            records = self._assembler.records(context, parse, amounts, voices, own, read)
            if self._classifier is not None:
                kept, missing = judged(parse, records, self._classifier, among_acts=acts)
                records = renumbered(context.recent, records, kept, read)
                if missing:
                    records += self._assembler.guessed(
                        context, parse, amounts, voices, missing, read + len(records)
                    )
            read += len(records)
            acts = acts or any(record.happened for record in records)
            yield parse, records

    def _parse(
        self, sentence: Sentence, published: date | None, context: Context
    ) -> tuple[Parse, Sequence[Amount]]:
        tokens = sentence.tokens
        dates = find_dates(tokens, published)
        actors = self._gazetteer.find(tokens, published, context.aliases)
        spans = [
            (actor.first, named_until(actor, tokens))
            for actor in actors
            if actor.kind != "adjective"
        ]
        places = self._places.find(tokens, spans, context.near)
        amounts = find_quantities(tokens)
        parse = Parse(sentence, taken(tokens, dates, actors, places, amounts, self._state))
        return parse, amounts

    def _state(self, country: str) -> Party | None:
        """Give the state of a country's code, under the case's id if the case knows it."""
        if country not in self._states:
            name = next((each.name for each in states() if each.country == country), "")
            found = self._gazetteer.find(tokenise(name), None) if name else []
            party = found[0].parties[0] if found and found[0].parties else None
            # it stands nowhere in the text
            self._states[country] = party and replace(party, words="", span=(0, 0))
        return self._states[country]


def _notes(document: Document, records: Sequence[Record]) -> Iterator[str]:
    cut = divide(normalise(document.text))[1] if len(document.text) > LONG else 0
    if cut:
        yield f"{cut} sentence{'s' if cut != 1 else ''} too long to read whole; cut"
    if document.published is None and records:
        yield "no day of publication: relative dates could not be reckoned"


def rule_coder(case: Case | None = None) -> RuleCoder:
    """Build the rule coder: of the world alone, or with a case's actors, places and verbs.

    Raises
    ------
    LexiconError
        If the case's own ``acts.toml`` is at fault.
    """
    return RuleCoder(*knowledge(case), classifier())


def _mark_quotations(parse: Parse, inside: bool) -> bool:
    """Mark what stands in quotations; give whether one is open at its end."""
    number = 1 if inside else 0
    for unit in parse.units:
        if unit.tag == '"':
            inside = not inside
            number += inside
        else:
            unit.quoted = number if inside else 0
    return inside


def _is_quotation(parse: Parse) -> bool:
    """Whether nothing but a quotation stands in the sentence."""
    words = [unit for unit in parse.units if unit.tag not in {'"', ".", ",", "!", "?"}]
    return bool(words) and all(unit.quoted for unit in words)


def _give(voices: dict[int, tuple[Voice, ...]], speaker: Spoken) -> None:
    for number, found in voices.items():
        if not found:
            voices[number] = (Voice((speaker,), "assert", None),)


def _country(parse: Parse) -> str:
    """Give the country that a sentence speaks of first, to choose among towns of one name."""
    for unit in parse.units:
        if unit.tag == "PL":
            country = unit.value.mention.where.country
            if country:
                return str(country)
    for unit in parse.units:
        if unit.tag == "AC" and unit.value.parties:
            country = unit.value.parties[0].country
            if country and len(country) == 3 and country not in {"IGO", "NGO"}:
                return str(country)
    return ""
