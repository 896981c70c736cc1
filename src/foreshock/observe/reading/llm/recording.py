"""From a coded statement to a record: words are found in the text, then read by our own code.

The model says which words; what they mean (who, when, where, how many) is ours to say. Words that
the text does not have are left out and counted, whatever they would have meant.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from foreshock.core.quantities import Quantity
from foreshock.core.time import Interval, Precision
from foreshock.evidence.claim import Kind, Modality
from foreshock.observe.reading.llm.answers import Coded, Count, Speaker
from foreshock.observe.reading.llm.grounding import Ground
from foreshock.observe.reading.record import Party, Record, Span, Spoken, Tied, Where
from foreshock.observe.reading.resolver import Resolver

Placed = TypeVar("Placed", Party, Spoken, Where)

NOWHERE: Span = (0, 0)


class Recorder:
    """Makes the records of one document.

    Parameters
    ----------
    ground : Ground
        The text.
    resolver : Resolver
        What reads words.
    coder : str
        Name that stands in every record.
    starts : sequence of int
        Offsets at which the sentences begin.
    """

    def __init__(
        self, ground: Ground, resolver: Resolver, coder: str, starts: tuple[int, ...]
    ) -> None:
        self._ground = ground
        self._resolver = resolver
        self._coder = coder
        self._starts = starts
        self.left_out: Counter[str] = Counter()

    def record(self, coded: Coded, evidence: Span, chunk: Span, keys: Mapping[int, str]) -> Record:
        """Make the record of a statement.

        Parameters
        ----------
        coded : Coded
            As the model coded it, its codes known to the ontology.
        evidence : tuple of int
            Where the words that say it stand.
        chunk : tuple of int
            The stretch that the model was shown.
        keys : mapping of int to str
            Keys of the records of that stretch, by the numbers of their statements.
        """
        places = (evidence, chunk, (0, len(self._ground.original)))
        ahead = coded.kind is Kind.FORECAST or coded.modality is not Modality.ACTUAL
        when, when_span = self._when(coded.date, places, ahead=ahead)
        due, _ = self._when(coded.deadline, places, ahead=True)
        chain = [spoken for said in coded.attribution for spoken in self._spoken(said, places)]
        return Record(
            key=keys[coded.number],
            kind=coded.kind,
            type="" if coded.kind is Kind.STATE else coded.type,
            mode=coded.mode,
            context=tuple(dict.fromkeys(coded.context)),
            modality=coded.modality,
            polarity=coded.polarity,
            background=coded.background,
            actors=self._parties(coded.actors, places),
            recipients=self._parties(coded.recipients, places),
            start=when.start if when else None,
            end=when.end if when else None,
            precision=when.precision if when else Precision.DAY,
            when=self._ground.original[slice(*when_span)],
            when_span=when_span,
            place=next(iter(self._where([coded.place], places)), None),
            origins=self._where(coded.origins, places),
            destinations=self._where(coded.destinations, places),
            quantities=tuple(
                found for count in coded.quantities for found in self._quantities(count, places)
            ),
            chain=(*chain, self._resolver.publisher()),
            span=evidence,
            words=self._ground.original[slice(*evidence)],
            sentence=max(0, bisect_right(self._starts, evidence[0]) - 1),
            condition=self._verbatim(coded.condition, places, "conditions"),
            due=due.end if due else None,
            consequence=self._verbatim(coded.consequence, places, "consequences"),
            links=self._links(coded, keys),
            confidence=coded.confidence,
            coder=self._coder,
        )

    def _stand(self, words: str, places: Iterable[Span], what: str) -> Span | None:
        """Find words: in the evidence, else in what the model was shown, else in the text."""
        if not words:
            return None
        for within in places:
            if span := self._ground.find(words, within):
                return span
        self.left_out[what] += 1
        return None

    def _verbatim(self, words: str, places: Iterable[Span], what: str) -> str:
        span = self._stand(words, places, what)
        return self._ground.original[slice(*span)] if span else ""

    def _parties(self, listed: Iterable[str], places: Iterable[Span]) -> tuple[Party, ...]:
        found = self._placed(listed, places, "parties", self._resolver.parties)
        return tuple({party.id: party for party in reversed(found)}.values())[::-1]

    def _where(self, listed: Iterable[str], places: Iterable[Span]) -> tuple[Where, ...]:
        def read(words: str) -> tuple[Where, ...]:
            where = self._resolver.place(words)
            return (where,) if where else ()

        return tuple(self._placed(listed, places, "places", read))

    def _spoken(self, said: Speaker, places: Iterable[Span]) -> list[Spoken]:
        def read(words: str) -> tuple[Spoken, ...]:
            spoken = self._resolver.speaker(words, cue)
            return (spoken,) if spoken else ()

        cue = self._verbatim(said.cue, places, "cues of speech")
        return self._placed([said.words], places, "speakers", read)

    def _placed(
        self,
        listed: Iterable[str],
        places: Iterable[Span],
        what: str,
        read: Callable[[str], tuple[Placed, ...]],
    ) -> list[Placed]:
        """Read words that the text has, and set them where they stand."""
        found: list[Placed] = []
        for words in listed:
            if span := self._stand(words, places, what):
                verbatim = self._ground.original[slice(*span)]
                found += [replace(one, words=verbatim, span=span) for one in read(verbatim)]
        return found

    def _when(
        self, words: str, places: Iterable[Span], *, ahead: bool
    ) -> tuple[Interval | None, Span]:
        span = self._stand(words, places, "dates")
        if span is None:
            return None, NOWHERE
        interval = self._resolver.when(self._ground.original[slice(*span)], ahead=ahead)
        if interval is None:
            self.left_out["dates that cannot be reckoned"] += 1
        return interval, span

    def _quantities(self, count: Count, places: Iterable[Span]) -> tuple[Quantity, ...]:
        words = self._verbatim(count.words, places, "numbers")
        return self._resolver.quantities(words, count.what) if words else ()

    def _links(self, coded: Coded, keys: Mapping[int, str]) -> tuple[Tied, ...]:
        good = [link for link in coded.links if link.number in keys and link.number != coded.number]
        self.left_out["links to nothing"] += len(coded.links) - len(good)
        return tuple(dict.fromkeys(Tied(link.relation, keys[link.number]) for link in good))
