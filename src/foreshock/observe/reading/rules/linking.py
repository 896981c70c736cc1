"""How records of a document bear on one another: accusations, and replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from foreshock.core.time import Precision
from foreshock.evidence.claim import Relation
from foreshock.observe.reading.grammar.clause import Clause
from foreshock.observe.reading.record import Record, Tied
from foreshock.observe.reading.rules.finding import answers
from foreshock.observe.reading.rules.matching import Act

RECENT = 8
"""Records among which a reply looks for what it answers."""


@dataclass
class Recent:
    """The last records of a document."""

    records: list[Record] = field(default_factory=list)

    def answered(self, reply: Record) -> Record | None:
        """Give the last hostile deed against those who reply."""
        own = {party.country or party.id for party in reply.actors}
        for record in reversed(self.records):
            hit = {party.country or party.id for party in record.recipients}
            if record.type == "ASSAULT" and own & hit:
                return record
        return None


def linked(
    recent: Recent,
    made: list[tuple[Record, Clause | None]],
    keys: Mapping[int, str],
    by_clause: Mapping[int, Act],
) -> list[Record]:
    """Tie an accusation to what it alleges, and a reply to what it answers."""
    below: dict[str, list[Tied]] = {}
    for record, clause in made:
        if clause is None or clause.parent is None:
            continue
        act = by_clause.get(clause.parent.number)
        if act is not None and act.sense.content == "allegation" and (clause.parent.number in keys):
            above = keys[clause.parent.number]
            below.setdefault(above, []).append(Tied(Relation.ALLEGES, record.key))
    records: list[Record] = []
    for record, clause in made:
        ties = below.get(record.key, [])
        earlier = recent.answered(record) if clause is not None and answers(clause) else None
        if earlier is not None:
            ties = [*ties, Tied(Relation.ANSWERS, earlier.key)]
        dated = since(record, earlier) if earlier is not None else record
        recent.records.append(dated)
        if record.key in below:
            # Who accuses tells no toll of his own: it is the alleged deed's, on his word.
            dated = replace(dated, quantities=())
        records.append(replace(dated, links=tuple(ties)) if ties else dated)
    del recent.records[:-RECENT]
    return records


def renumbered(
    recent: Recent, made: Sequence[Record], kept: Sequence[Record], before: int
) -> list[Record]:
    """Give the records of a sentence that were kept the keys that follow on those before.

    Parameters
    ----------
    recent : Recent
        Forgets what was dropped, so that no reply answers it.
    made, kept : sequence of Record
        All of the sentence, and those of them that stay.
    before : int
        How many records the document has without the sentence.
    """
    if len(kept) == len(made):
        return list(kept)
    keys = {record.key: f"c{before + at}" for at, record in enumerate(kept, 1)}
    dropped = {record.key for record in made} - set(keys)
    found = [
        replace(
            record,
            key=keys[record.key],
            links=tuple(
                Tied(tie.relation, keys.get(tie.key, tie.key))
                for tie in record.links
                if tie.key not in dropped
            ),
        )
        for record in kept
    ]
    old = {record.key for record in made}
    recent.records = [record for record in recent.records if record.key not in old] + found
    return found


def since(record: Record, earlier: Record) -> Record:
    """Let a reply without a day of its own begin with what it answers."""
    if record.precision is not Precision.BY or record.end is None or earlier.start is None:
        return record
    if earlier.start > record.end:
        return record
    return replace(record, start=earlier.start, precision=Precision.WITHIN)
