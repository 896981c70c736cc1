"""The coder that asks a language model: two questions for each stretch of a text.

First what the text says, each thing with its words; then, of what was found to stand there, the
codes. A model is never believed: words that are not in the text are dropped, codes that the
ontology does not know are refused, and who, when, where and how many is read by our own code.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from foreshock.core.errors import (
    AnswerUnusable,
    BudgetSpent,
    ModelError,
    ModelNotSet,
    ModelTooSlow,
    ModelUnreachable,
)
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.llm.answers import (
    Coded,
    Coding,
    CutOff,
    Proposition,
    Propositions,
    faults_of_codes,
)
from foreshock.observe.reading.llm.asking import Asking
from foreshock.observe.reading.llm.cache import AnswerCache
from foreshock.observe.reading.llm.chunks import chunks, halves
from foreshock.observe.reading.llm.consent import require_consent
from foreshock.observe.reading.llm.grounding import Ground
from foreshock.observe.reading.llm.prompt import ask_coding, ask_propositions, version
from foreshock.observe.reading.llm.recording import Recorder
from foreshock.observe.reading.llm.settings import Limits, Settings
from foreshock.observe.reading.record import Reading, Record, Span, Tied
from foreshock.observe.reading.resolver import Resolver

if TYPE_CHECKING:
    from foreshock.observe.reading.llm.endpoint import Endpoint

SHORTEST = 400
"""Characters of a stretch that is not cut further when a model cannot finish its answer."""

_HOPELESS = (ModelUnreachable, ModelTooSlow, BudgetSpent)

Progress = Callable[[int, int], None]
"""Told after each stretch: characters read so far, and characters in all."""


class LLMCoder:
    """Reads documents through a language model; writes the record that every coder writes.

    The same document gives the same records as long as the cache holds its answers. One document
    is read at a time.

    Parameters
    ----------
    settings : Settings
        Which model, where.
    resolving : callable
        Gives for a document what turns its words into parties, days, places and numbers.
    limits : Limits, optional
        How much a document may take; as the environment says if left out.
    cache : AnswerCache, optional
        Where answers are kept; the user's data folder if left out.
    progress : callable, optional

    Raises
    ------
    HostNotConfirmed
        If the user has not agreed to the host (`foreshock.observe.reading.llm.consent`).
    ModelNotSet
        If the package ``openai`` is missing, or a limit in the environment is none.
    """

    def __init__(
        self,
        settings: Settings,
        resolving: Callable[[Document], Resolver],
        *,
        limits: Limits | None = None,
        cache: AnswerCache | None = None,
        progress: Progress | None = None,
    ) -> None:
        require_consent(settings.host)
        self._endpoint = _endpoint(settings, limits or Limits.from_environment())
        self._resolving = resolving
        self._cache = cache or AnswerCache()
        self._progress = progress or (lambda done, whole: None)

    @property
    def name(self) -> str:
        """Name and version: that of the questions, and the model."""
        return f"llm {version()} {self._endpoint.settings.model}"

    def read(self, document: Document) -> Reading:
        """Read one document.

        Parameters
        ----------
        document : Document

        Returns
        -------
        Reading
            Its notes say what was left out and why, what stayed unread, and what it took.

        Raises
        ------
        ModelError
            Where nothing usable came back: of the class of what went wrong first. A document of
            which the model says that nothing political is in it gives an empty reading instead.
        """
        return _Session(
            document,
            Ground(document.text),
            Asking(self._endpoint, self._cache),
            self._resolving(document),
            self.name,
        ).read(self._progress)


@dataclass(frozen=True, slots=True)
class _Found:
    """A proposition whose words stand in the text."""

    number: int
    proposition: Proposition
    span: Span


@dataclass
class _Session:
    """The reading of one document."""

    document: Document
    ground: Ground
    asking: Asking
    resolver: Resolver
    coder: str
    dropped: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[Span, ModelError]] = field(default_factory=list)

    def read(self, progress: Progress) -> Reading:
        starts = self.ground.sentence_starts()
        recorder = Recorder(self.ground, self.resolver, self.coder, starts)
        whole = len(self.document.text)
        waiting = deque(chunks(self.document.text, self.asking.limits.chunk_characters))
        records: list[Record] = []
        while waiting and not self._hopeless:
            span = waiting.popleft()
            try:
                records += self._stretch(span, recorder)
            except ModelError as error:
                if isinstance(error, CutOff) and span[1] - span[0] > SHORTEST:
                    waiting.extendleft(reversed(halves(self.document.text, span)))
                    continue
                self.failures.append((span, error))
            progress(span[1], whole)
        if waiting:
            self.failures.append(((waiting[0][0], whole), self.failures[-1][1]))
        if not records:
            self._refuse_nothing()
        return Reading(
            document=self.document,
            records=_in_order(records),
            sentences=len(starts),
            notes=self._notes(recorder.left_out),
        )

    @property
    def _hopeless(self) -> bool:
        """Whether the next question would fare no better than the last."""
        return any(isinstance(error, _HOPELESS) for _, error in self.failures)

    def _stretch(self, span: Span, recorder: Recorder) -> list[Record]:
        text = self.document.text[slice(*span)]
        said = self.asking.ask(ask_propositions(self.document, text), Propositions)
        found = self._verified(said.propositions, span)
        coded = self._coded(text, found)
        keys = {one.number: f"{span[0]}.{one.number}" for one in found if one.number in coded}
        return [
            recorder.record(coded[one.number], one.span, span, keys)
            for one in found
            if one.number in coded
        ]

    def _verified(self, propositions: Sequence[Proposition], span: Span) -> list[_Found]:
        """Keep the propositions whose evidence the stretch has, word for word."""
        found: list[_Found] = []
        last = span[0]
        for proposition in propositions:
            where = self.ground.find(proposition.evidence, span, after=last)
            if where is None:
                self.dropped["their words are not in the text"] += 1
                continue
            last = where[0]
            found.append(_Found(len(found) + 1, proposition, where))
        return found

    def _coded(self, text: str, found: Sequence[_Found]) -> dict[int, Coded]:
        """Have statements coded in batches; a batch that is too much is cut in two."""
        size = self.asking.limits.batch
        waiting = deque(found[place : place + size] for place in range(0, len(found), size))
        coded: dict[int, Coded] = {}
        while waiting and not self._hopeless:
            batch = waiting.popleft()
            try:
                coded |= self._batch(text, batch)
            except ModelError as error:
                if isinstance(error, CutOff) and len(batch) > 1:
                    half = len(batch) // 2
                    waiting.extendleft([batch[half:], batch[:half]])
                    continue
                spans = [one.span for one in batch]
                self.failures.append(((min(spans)[0], max(span[1] for span in spans)), error))
        return coded

    def _batch(self, text: str, batch: Sequence[_Found]) -> dict[int, Coded]:
        asked = {one.number for one in batch}

        def faults(answer: Coding) -> str:
            given = {one.number for one in answer.coded}
            found = [
                f"statement {one.number}: {fault}"
                for one in answer.coded
                for fault in faults_of_codes(one)
            ]
            found += [f"statement {number} is not coded" for number in sorted(asked - given)]
            return "; ".join(found)

        question = ask_coding(self.document, text, [(one.number, one.proposition) for one in batch])
        known: dict[int, Coded] = {}
        for one in self.asking.ask(question, Coding, faults).coded:
            if one.number in asked:
                known.setdefault(one.number, one)
        coded = {number: one for number, one in known.items() if not faults_of_codes(one)}
        self.dropped["codes that the ontology does not know"] += len(known) - len(coded)
        self.dropped["the model did not code them"] += len(asked) - len(known)
        return coded

    def _refuse_nothing(self) -> None:
        """Raise where silence would look like peace."""
        if self.failures:
            raise self.failures[0][1]
        lost = +self.dropped
        if lost:
            raise AnswerUnusable(
                f"none of the {lost.total()} statements of the model can be used:"
                f" {lost.most_common(1)[0][0]}",
                self.document.id or None,
                mend="ask a more able model",
            )

    def _notes(self, left_out: Mapping[str, int]) -> tuple[str, ...]:
        notes = [f"statements dropped: {n} ({why})" for why, n in sorted(self.dropped.items()) if n]
        notes += [
            f"left out of statements: {n} {what}" for what, n in sorted(left_out.items()) if n
        ]
        notes += [f"characters {a} to {b} not read: {error}" for (a, b), error in self.failures]
        if self.asking.unkept:
            notes.append("the answers could not be kept: reading again will ask again")
        notes.append(f"requests: {self.asking.requests}, tokens: {self.asking.tokens}")
        return tuple(notes)


def _endpoint(settings: Settings, limits: Limits) -> Endpoint:
    try:
        from foreshock.observe.reading.llm.endpoint import Endpoint
    except ModuleNotFoundError as error:
        if error.name != "openai":
            raise
        raise ModelNotSet(
            "asking a language model needs the package openai",
            mend="pip install 'foreshock[llm]'",
        ) from None
    return Endpoint(settings, limits)


def _in_order(records: Sequence[Record]) -> tuple[Record, ...]:
    """Put records in the order of the text, drop repetitions, and number what is left."""
    ordered = sorted(records, key=lambda record: record.span)
    first: dict[Record, str] = {}
    same: dict[str, str] = {}  # each key to that of the first record which says the same
    for record in ordered:
        bare = replace(record, key="", links=(), confidence=0.0)
        same[record.key] = first.setdefault(bare, record.key)
    names = {key: f"c{number}" for number, key in enumerate(first.values(), 1)}

    def tied(record: Record) -> tuple[Tied, ...]:
        ties = ((tie.relation, same[tie.key]) for tie in record.links)
        return tuple(Tied(how, names[key]) for how, key in dict.fromkeys(ties) if key != record.key)

    return tuple(
        replace(record, key=names[record.key], links=tied(record))
        for record in ordered
        if record.key in names
    )
