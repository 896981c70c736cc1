"""Several coders on one document: what they agree on is surer than what one of them says alone.

Two records of different coders are about the same thing if they rest on the same words (the shorter
evidence lies at least half within the longer) and are of one type, or both of one kind without a
type. How alike they are is a share from 0 to 1, the mean of six questions:

- the same type and mode? (the same type alone counts one half)
- the same kind?
- the same modality and polarity?
- the same actors? (shared ones as a share of all that either names; a half for a shared country)
- the same recipients? (likewise)
- the same numbers? (yes where either gives none)

The confidence of what is kept is the mean over all coders of how sure each is of it: the coder of
the kept record counts with its confidence, another with its own times how alike its record is, and
one that says nothing of the kind counts as zero. Two coders that agree wholly at 0.8 and 0.6 give
0.7; one of two alone at 0.8 gives 0.4. It is an agreement, not a probability; the scorer measures
by its Brier score how near to one it comes.

Where coders agree on the act but not on whether it happened, a record that doubts it (forecast,
planned, hypothetical, denied) is kept: taking a plan for a deed is the worse error. Otherwise the
surer record is kept, and where it says nothing (of day, place, toll or speaker) the others fill in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from msgspec.structs import replace

from foreshock.core.errors import ReadingError
from foreshock.core.quantities import Quantity
from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.observe.reading.coder import Coder
from foreshock.observe.reading.document import Document
from foreshock.observe.reading.record import Party, Reading, Record, Span, Tied

OVERLAP = 0.5
"""Share of the shorter evidence that must lie in the longer, for two records to be about one."""

_FILLED = (
    ("mode",),
    ("context",),
    ("start", "end", "precision", "when", "when_span"),
    ("place",),
    ("origins",),
    ("destinations",),
    ("quantities",),
    ("condition",),
    ("due", "consequence"),
)


class Policy(StrEnum):
    """What is kept: all that any coder says, or only what two of them say."""

    UNION = "union"
    AGREED = "agreed"


class _Said(NamedTuple):
    """A record and which coder it is of."""

    coder: int
    record: Record


@dataclass(frozen=True, slots=True)
class EnsembleCoder:
    """Reads with several coders and keeps one record of each thing.

    Parameters
    ----------
    coders : sequence of Coder
        Two or more; their order decides where nothing else does.
    policy : Policy

    Raises
    ------
    ReadingError
        If there is no coder.
    """

    coders: Sequence[Coder]
    policy: Policy = Policy.UNION

    def __post_init__(self) -> None:
        """Refuse to read with nobody."""
        if not self.coders:
            raise ReadingError("an ensemble of no coders reads nothing", mend="give it two")

    @property
    def name(self) -> str:
        """Names of the coders, joined by ``+``."""
        return " + ".join(coder.name for coder in self.coders)

    def read(self, document: Document) -> Reading:
        """Read one document with every coder.

        A coder that fails is left out, with a note, and counts neither for nor against.

        Parameters
        ----------
        document : Document

        Returns
        -------
        Reading
            Its records say in ``coder`` who said them, joined by ``+``.

        Raises
        ------
        ReadingError
            If every coder fails: the error of the first.
        """
        readings: list[Reading] = []
        notes: list[str] = []
        errors: list[ReadingError] = []
        for coder in self.coders:
            try:
                reading = coder.read(document)
            except ReadingError as error:
                errors.append(error)
                notes.append(f"{coder.name}: read nothing: {error}")
            else:
                readings.append(reading)
                notes += [f"{coder.name}: {note}" for note in reading.notes]
        if not readings:
            raise errors[0]
        return Reading(
            document=document,
            records=merged([reading.records for reading in readings], self.policy),
            sentences=max(reading.sentences for reading in readings),
            notes=tuple(notes),
        )


def merged(said: Sequence[Sequence[Record]], policy: Policy = Policy.UNION) -> tuple[Record, ...]:
    """Draw together what several coders say of one document.

    Parameters
    ----------
    said : sequence of sequence of Record
        The records of each coder; none may tie to a key that its coder has not.
    policy : Policy

    Returns
    -------
    tuple of Record
        In the order of the text, numbered anew, the same whatever order each coder's came in.

    Examples
    --------
    >>> shelled = Record(key="c1", type="ASSAULT", span=(0, 9), confidence=0.8, coder="a")
    >>> visited = Record(key="c2", type="CONSULT", span=(20, 30), confidence=0.8, coder="a")
    >>> also = replace(shelled, confidence=0.6, coder="b")
    >>> for record in merged([[shelled, visited], [also]]):
    ...     print(record.key, record.type, round(record.confidence, 2), record.coder)
    c1 ASSAULT 0.7 a + b
    c2 CONSULT 0.4 a
    """
    clusters: list[list[_Said]] = []
    for coder, records in enumerate(said):
        ordered = [_Said(coder, record) for record in sorted(records, key=_place)]
        _join(clusters, ordered)
    if policy is Policy.AGREED:
        clusters = [cluster for cluster in clusters if len(cluster) > 1]
    drawn = [(_draw(cluster, len(said)), cluster) for cluster in clusters]
    drawn.sort(key=lambda pair: _place(pair[0]))
    keys = {
        (one.coder, one.record.key): f"c{number}"
        for number, (_, cluster) in enumerate(drawn, 1)
        for one in cluster
    }
    return tuple(
        replace(record, key=f"c{number}", links=_ties(cluster, keys, f"c{number}"))
        for number, (record, cluster) in enumerate(drawn, 1)
    )


def likeness(one: Record, other: Record) -> float:
    """Say how alike two records are, 0 to 1; 0 where they are not about the same thing.

    Examples
    --------
    >>> a = Record(key="c1", type="ASSAULT", mode="aerial", span=(0, 9))
    >>> likeness(a, a), likeness(a, replace(a, span=(9, 20)))
    (1.0, 0.0)
    >>> likeness(a, replace(a, modality="planned", mode="")) == (0.5 + 0 + 4) / 6
    True
    """
    if _overlap(one.span, other.span) < OVERLAP or one.type != other.type:
        return 0.0
    if not one.type and one.kind is not other.kind:
        return 0.0
    answers = (
        1.0 if one.mode == other.mode else 0.5,
        float(one.kind is other.kind),
        float((one.modality, one.polarity) == (other.modality, other.polarity)),
        _shared(one.actors, other.actors),
        _shared(one.recipients, other.recipients),
        _counted(one.quantities, other.quantities),
    )
    return sum(answers) / len(answers)


def _join(clusters: list[list[_Said]], ordered: Sequence[_Said]) -> None:
    """Put each record of one more coder to what it is most like, the likest first."""
    pairs = sorted(_pairs(clusters, ordered), key=lambda pair: (-pair[0], pair[1], pair[2]))
    taken: set[int] = set()
    placed: set[int] = set()
    for _, cluster, record in pairs:
        if cluster not in taken and record not in placed:
            clusters[cluster].append(ordered[record])
            taken.add(cluster)
            placed.add(record)
    clusters += [[said] for index, said in enumerate(ordered) if index not in placed]


def _pairs(
    clusters: Sequence[Sequence[_Said]], ordered: Sequence[_Said]
) -> Iterator[tuple[float, int, int]]:
    """Give likeness, cluster and record wherever a record may belong to a cluster.

    Only what begins near by is looked at, so that the time grows with the records, not with
    their square.
    """
    rows: dict[str, list[tuple[int, int]]] = {}
    longest = 0
    for index, cluster in enumerate(clusters):
        for said in cluster:
            start, end = said.record.span
            rows.setdefault(said.record.type, []).append((start, index))
            longest = max(longest, end - start)
    for row in rows.values():
        row.sort()
    for index, said in enumerate(ordered):
        start, end = said.record.span
        row = rows.get(said.record.type, [])
        low, high = bisect_left(row, (start - longest,)), bisect_left(row, (end,))
        for cluster_index in dict.fromkeys(found for _, found in row[low:high]):
            alike = max(likeness(one.record, said.record) for one in clusters[cluster_index])
            if alike > 0:
                yield alike, cluster_index, index


def _draw(cluster: Sequence[_Said], coders: int) -> Record:
    """Make one record of those about the same thing."""
    best = max(
        cluster, key=lambda one: (_doubts(one.record), one.record.confidence, -one.coder)
    ).record
    others = [one.record for one in cluster if one.record is not best]
    sure = best.confidence + sum(other.confidence * likeness(best, other) for other in others)
    filled: dict[str, object] = {}
    for names in _FILLED:
        giver = next((record for record in (best, *others) if getattr(record, names[0])), best)
        filled |= {name: getattr(giver, name) for name in names}
    if not any(link.words for link in best.chain):  # none but the publisher
        filled["chain"] = max([best.chain, *(other.chain for other in others)], key=len)
    filled["confidence"] = sure / coders
    filled["coder"] = " + ".join(dict.fromkeys(one.record.coder for one in cluster))
    return replace(best, **filled)


def _doubts(record: Record) -> bool:
    """Whether a record tells an act as not, or not yet, done."""
    return (
        record.kind is Kind.FORECAST
        or record.modality is not Modality.ACTUAL
        or record.polarity is Polarity.DENIED
    )


def _ties(cluster: Iterable[_Said], keys: dict[tuple[int, str], str], own: str) -> tuple[Tied, ...]:
    found = {
        Tied(tie.relation, keys[one.coder, tie.key]): None
        for one in cluster
        for tie in one.record.links
        if keys.get((one.coder, tie.key), own) != own
    }
    return tuple(found)


def _overlap(one: Span, other: Span) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return shared / shorter if shorter > 0 else 0.0


def _shared(one: Sequence[Party], other: Sequence[Party]) -> float:
    """Share of the parties that both name, of those that either names; 1 where neither does."""
    if not one and not other:
        return 1.0
    ids, others = {party.id for party in one}, {party.id for party in other}
    if same := len(ids & others):
        return same / len(ids | others)
    countries = {party.country for party in one if party.country}
    return 0.5 if countries & {party.country for party in other} else 0.0


def _counted(one: Sequence[Quantity], other: Sequence[Quantity]) -> float:
    """Share of the numbers that both give, of those that either gives; 1 where one gives none."""
    if not one or not other:
        return 1.0
    numbers, others = ({(q.what, q.low, q.best, q.high) for q in given} for given in (one, other))
    return len(numbers & others) / len(numbers | others)


def _place(record: Record) -> tuple[object, ...]:
    return (record.span, record.type, record.mode, record.kind, record.confidence, record.key)
