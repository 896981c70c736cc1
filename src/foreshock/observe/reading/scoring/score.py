"""Scoring a coder by a gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

from foreshock.evidence.claim import Kind, Modality, Polarity
from foreshock.lexicon import load_ontology
from foreshock.observe.reading.coder import Coder
from foreshock.observe.reading.record import Reading, Record
from foreshock.observe.reading.scoring import main_record
from foreshock.observe.reading.scoring.comparing import (
    days_of,
    evidence_shared,
    gold_days,
    innermost_right,
    likeness,
    overlaps,
    right,
)
from foreshock.observe.reading.scoring.gold import GoldRecord, GoldRow
from foreshock.observe.reading.scoring.matching import match
from foreshock.observe.reading.scoring.totals import (
    UNTIMED,
    Counted,
    Critical,
    Miss,
    Pace,
    Scores,
    Tally,
)

NONE = "-"
_LEVELS: Mapping[str, tuple[str, ...] | None] = {
    "mention": ("actors", "type"),
    "triple": ("actors", "type", "recipients"),
    "full": None,
}


def score(
    gold: Sequence[GoldRow],
    coder: Coder,
    *,
    single: bool = False,
    progress: Callable[[str], None] = lambda _step: None,
) -> Scores:
    """Read the documents of a gold and say how well.

    Parameters
    ----------
    gold : sequence of GoldRow
    coder : Coder
    single : bool
        Whether each row is a sentence of which only the main record is given; then the main record
        of the reading is scored too.
    progress : callable
        Told what is being read.

    Returns
    -------
    Scores
    """
    readings, pace = [], Pace(0, 0.0)
    for number, row in enumerate(gold):
        progress(f"reading document {number + 1:,} of {len(gold):,}")
        document = row.document
        began = perf_counter()
        reading = coder.read(document)
        if number:  # with the first a coder may load what it needs
            pace = Pace(pace.sentences + reading.sentences, pace.seconds + perf_counter() - began)
        readings.append(reading)
    return compare(gold, readings, coder=coder.name, pace=pace, single=single)


def compare(
    gold: Sequence[GoldRow],
    readings: Sequence[Reading],
    *,
    coder: str = "",
    pace: Pace = UNTIMED,
    single: bool = False,
) -> Scores:
    """Score readings that were made already, one for each row of the gold."""
    counting = _Counting()
    for row, reading in zip(gold, readings, strict=True):
        counting.document(row, reading.records)
    main, main_by_type = main_record.rates(gold, readings) if single else ({}, {})
    return Scores(
        coder=coder,
        documents=len(gold),
        sentences=sum(reading.sentences for reading in readings),
        pace=pace,
        levels={
            name: Counted(counting.right[name], counting.read, counting.gold) for name in _LEVELS
        },
        fields=counting.fields.rates(),
        rates=counting.rates.rates(),
        critical=tuple(counting.critical),
        could_be_critical=counting.harmless,
        brier=counting.brier(),
        brier_reference=counting.brier_reference(),
        by_type=counting.by_type(),
        confusion=dict(counting.confusion),
        main=main,
        main_by_type=main_by_type,
        misses=tuple(counting.misses),
    )


class _Counting:
    """The counts of one scoring, document by document."""

    def __init__(self) -> None:
        self.gold = self.read = self.harmless = 0
        self.right: Counter[str] = Counter()
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.fields, self.rates = Tally(), Tally()
        self.critical: list[Critical] = []
        self.misses: list[Miss] = []
        self.sure: list[tuple[float, bool]] = []

    def document(self, row: GoldRow, read: Sequence[Record]) -> None:
        """Count one document."""
        pairs = match(row, read)
        self.gold += len(row.records)
        self.read += len(read)
        verdicts = {j: right(row.records[i], read[j]) for i, j in pairs.items()}
        for i, j in pairs.items():
            self._pair(row, row.records[i], read[j], verdicts[j])
        for i, told in enumerate(row.records):
            if i not in pairs:
                self.confusion[told.type or NONE, NONE] += 1
                self._miss(row, "missed", told, None)
        for j, record in enumerate(read):
            if j not in verdicts:
                self.confusion[NONE, record.type or NONE] += 1
                self._miss(row, "too many", None, record)
            told_right = verdicts.get(j)
            self.sure.append((record.confidence, told_right is not None and _sound(told_right)))
        self._critical(row, read, pairs)

    def _pair(
        self, row: GoldRow, gold: GoldRecord, read: Record, verdict: Mapping[str, bool]
    ) -> None:
        if "type" in gold.given:
            self.confusion[gold.type or NONE, read.type or NONE] += 1
        for level, names in _LEVELS.items():
            self.right[level] += all(
                hit for name, hit in verdict.items() if names is None or name in names
            )
        for name, hit in verdict.items():
            self.fields.add(name, hit)
        if "chain" in gold.given:
            self.rates.add("attribution, whole chain", verdict["chain"])
            self.rates.add("attribution, innermost", innermost_right(gold, read))
        if "quantities" in gold.given:
            for part in overlaps(gold, read):
                self.rates.add("quantities, overlap", part)
                self.rates.add("quantities, exact", part == 1.0)
        told, found = gold_days(gold), days_of(read)
        if told is not None:
            overlapping = found is not None and found[0] <= told[1] and told[0] <= found[1]
            self.rates.add("days, exact", verdict["date"])
            self.rates.add("days, overlapping", overlapping)
        wrong = [name for name, hit in verdict.items() if not hit]
        if wrong:
            self._miss(row, "wrong: " + ", ".join(wrong), gold, read)

    def _critical(self, row: GoldRow, read: Sequence[Record], pairs: Mapping[int, int]) -> None:
        if not row.records:
            self.harmless += 1
            for record in read:
                if record.happened:
                    self._name(row, "the text tells of no event", record)
        taken = set(pairs.values())
        for i, told in enumerate(row.records):
            if not told.no_event:
                continue
            self.harmless += 1
            j = pairs.get(i)
            alike = [read[j]] if j is not None else []
            # One thing may be read twice, once as what it is and once as an event.
            alike += [
                record
                for k, record in enumerate(read)
                if k not in taken and _same_thing(told, record, row.text)
            ]
            for record in alike:
                if _came_out(told, record) and not _told_elsewhere(told, record, row):
                    self._name(row, _no_event(told), record)

    def _name(self, row: GoldRow, why: str, record: Record) -> None:
        self.critical.append(Critical(row.id, why, record.type, record.words))

    def _miss(self, row: GoldRow, what: str, gold: GoldRecord | None, read: Record | None) -> None:
        words = read.words if read is not None else gold.words if gold is not None else ""
        self.misses.append(
            Miss(row.id, what, _told(gold) if gold else "", _read(read) if read else "", words)
        )

    def by_type(self) -> dict[str, Counted]:
        """Count each type by itself."""
        types = sorted({name for pair in self.confusion for name in pair} - {NONE})
        return {
            name: Counted(
                right=self.confusion[name, name],
                read=sum(n for (_, read), n in self.confusion.items() if read == name),
                gold=sum(n for (gold, _), n in self.confusion.items() if gold == name),
            )
            for name in types
        }

    def brier(self) -> float | None:
        """Mean squared distance of the confidences from what came out."""
        if not self.sure:
            return None
        return sum((p - came_out) ** 2 for p, came_out in self.sure) / len(self.sure)

    def brier_reference(self) -> float | None:
        """Likewise of one who always gives the share that came out right."""
        if not self.sure:
            return None
        share = sum(came_out for _, came_out in self.sure) / len(self.sure)
        return share * (1 - share)


def _sound(verdict: Mapping[str, bool]) -> bool:
    """Whether what a confidence is about is right: kind, type and parties."""
    return all(verdict.get(name, True) for name in ("kind", "type", "actors", "recipients"))


def _same_thing(gold: GoldRecord, read: Record, text: str) -> bool:
    if gold.type != read.type:
        return False
    if gold.words or gold.span:
        return evidence_shared(gold, text, read.span) > 0
    parts = likeness(gold, read).parts
    return bool(parts.get("actors", 1.0) and parts.get("recipients", 1.0))


def _came_out(gold: GoldRecord, read: Record) -> bool:
    """Whether it came out as an event; a remark only if it came out as a deed."""
    if not read.happened:
        return False
    if gold.kind is not Kind.STATEMENT or gold.polarity is Polarity.DENIED:
        return True
    kind = load_ontology().types.get(read.type)
    return kind is not None and kind.channel == "deed"


def _told_elsewhere(gold: GoldRecord, read: Record, row: GoldRow) -> bool:
    """Whether the evidence is that of the same deed told as having happened, not of this."""
    return evidence_shared(gold, row.text, read.span) == 0 and any(
        told.happened and told.type == read.type and evidence_shared(told, row.text, read.span) > 0
        for told in row.records
    )


def _no_event(gold: GoldRecord) -> str:
    if gold.polarity is Polarity.DENIED:
        return "denied"
    if gold.modality is not Modality.ACTUAL:
        return str(gold.modality)
    return "an opinion or remark" if gold.kind is Kind.STATEMENT else f"a {gold.kind}"


def _told(gold: GoldRecord) -> str:
    who = ", ".join(gold.actors or gold.actor_countries)
    whom = ", ".join(gold.recipients or gold.recipient_countries)
    return f"{gold.type or gold.kind}: {who or NONE} > {whom or NONE}"


def _read(read: Record) -> str:
    who = ", ".join(party.name for party in read.actors)
    whom = ", ".join(party.name for party in read.recipients)
    return f"{read.type or read.kind}: {who or NONE} > {whom or NONE}"
