"""The main record of a sentence beside a gold that knows one act a sentence.

Older collections code one event a sentence: the act that the sentence is about. A reading has every
act, so its **main record** is set beside the gold: of the acts that took place (words that are acts
among them), else of those planned or feared, the one of highest confidence, the first of equals.
Mere remarks (STATEMENT) come last.
"""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.lexicon import load_ontology
from foreshock.observe.reading.record import Reading, Record
from foreshock.observe.reading.scoring.gold import GoldRecord, GoldRow
from foreshock.observe.reading.scoring.naming import countries, shared
from foreshock.observe.reading.scoring.totals import Rate, Tally

REMARK = "STATEMENT"


def main_of(records: Sequence[Record]) -> Record | None:
    """Choose the main record; None if there is none with a type."""
    typed = [record for record in records if record.type]
    return max(typed, key=_rank, default=None)


def _rank(record: Record) -> tuple[bool, bool, float]:
    return record.type != REMARK, record.happened, record.confidence


def rates(
    gold: Sequence[GoldRow], readings: Sequence[Reading]
) -> tuple[dict[str, Rate], dict[str, Rate]]:
    """Rates over all sentences, and of the right type by type of the gold.

    An event is found where the main record is more than a remark, or the gold itself is one.
    Countries of a party whom the gold leaves open are not asked for.
    """
    tally, by_type = Tally(), Tally()
    for row, reading in zip(gold, readings, strict=True):
        if not row.records:
            tally.add(
                "false events, of texts without one",
                any(record.happened for record in reading.records),
            )
            continue
        told, main = row.records[0], main_of(reading.records)
        found = main is not None and (main.type != REMARK or told.type == REMARK)
        tally.add("event found", found)
        typed = found and main is not None and main.type == told.type
        tally.add("type, of all", typed)
        tally.add(
            "type by any record, of all", any(told.type == each.type for each in reading.records)
        )
        by_type.add(told.type, typed)
        if main is None or not found:
            continue
        tally.add("type, where found", typed)
        same_quad = _quad(main.type) == _quad(told.type)
        tally.add("cooperation or conflict, word or deed, where found", same_quad)
        _parties(tally, told, main, reading.records)
    order = sorted(by_type.rates().items())
    return tally.rates(), dict(order)


def _parties(tally: Tally, told: GoldRecord, main: Record, records: Sequence[Record]) -> None:
    if not told.given & {"actor_countries", "recipient_countries"}:
        return
    read = countries((*main.actors, *main.recipients))
    for code in _codes(told):
        tally.add("country of a party in the main record, where found", code in read)
    for name, gold, found in (
        ("actor", told.actor_countries, countries(main.actors)),
        ("recipient", told.recipient_countries, countries(main.recipients)),
    ):
        if any(gold):
            tally.add(f"country of the {name}, where found", bool(found & set(gold)))
            tally.add(f"countries of the {name}, all and no other", shared(gold, found) == 1.0)
    tally.add("directed pair, where found", pair_right(told, main))
    tally.add(
        "directed pair by any record, where found", any(pair_right(told, each) for each in records)
    )


def pair_right(gold: GoldRecord, read: Record) -> bool:
    """Whether actors and recipients have the countries of the gold, each side whole.

    Where both do the same together (a meeting, a deal, a clash told as "X and Y"), who stands on
    which side makes no difference: the gold then lists both as actors, or the type is symmetric.
    """
    who, whom = _known(gold.actor_countries), _known(gold.recipient_countries)
    did, suffered = countries(read.actors), countries(read.recipients)
    if (who, whom) == (did, suffered):
        return True
    kind = load_ontology().types.get(gold.type)
    together = (len(who) > 1 and not whom) or gold.undirected or (kind and kind.symmetric)
    return bool(together) and who | whom == did | suffered


def _known(codes: Sequence[str]) -> frozenset[str]:
    return frozenset(codes) - {""}


def _codes(gold: GoldRecord) -> list[str]:
    return sorted(_known((*gold.actor_countries, *gold.recipient_countries)))


def _quad(name: str) -> tuple[int | None, str]:
    kind = load_ontology().types.get(name)
    return (kind.quad, kind.channel) if kind else (None, "")
