"""Gold of other makers, read as ours: PLOVER's gold standard records, and labelled sentences."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from foreshock.core.errors import ReadingError
from foreshock.evidence.claim import Modality, Polarity
from foreshock.observe.reading.classifier.labelled import Labelled
from foreshock.observe.reading.scoring.gold import GoldRecord, GoldRow, json_lines, some

PLOVER_CODES = {"JAP": "JPN"}
"""Country codes of the gold standard records that are not those of ISO 3166."""

LINES = ("all", "odd", "even")


def read_plover(path: Path, lines: str = "all") -> list[GoldRow]:
    """Read PLOVER's gold standard records: one sentence and its event a line.

    Parameters
    ----------
    path : pathlib.Path
        JSON Lines with ``text`` and ``events`` (``plover16``, ``source``, ``target``).
    lines : {'all', 'odd', 'even'}
        Which lines of the file, the first being 1: a half may be kept unseen.

    Notes
    -----
    Where a party has no code, its country is not asked for. The records' dates are placeholders,
    and are left out.
    """
    if lines not in LINES:
        raise ReadingError(f"no such lines {lines[:20]!r}", expected=" or ".join(LINES))
    rows = []
    for line, given in json_lines(path):
        if lines != "all" and (line % 2 == 1) is not (lines == "odd"):
            continue
        try:
            records = tuple(_plover_record(event) for event in given["events"])
            rows.append(GoldRow(id=str(given.get("id", line)), text=given["text"], records=records))
        except (KeyError, TypeError, ValueError) as error:
            raise ReadingError(
                f"not a gold standard record: {type(error).__name__} {error}"[:160],
                where=f"{path}:{line}",
            ) from None
    return some(rows, path)


def _plover_record(event: Mapping[str, Any]) -> GoldRecord:
    return GoldRecord(
        type=event["plover16"],
        actor_countries=_plover_codes(event["source"]),
        recipient_countries=_plover_codes(event["target"]),
    )


def _plover_codes(parties: list[Mapping[str, Any] | str]) -> tuple[str, ...]:
    # a party that nobody coded stands as its bare words
    codes = ["" if isinstance(party, str) else str(party["code"] or "") for party in parties]
    return tuple(dict.fromkeys(PLOVER_CODES.get(code, code) for code in codes))


def read_sentences(path: Path) -> list[GoldRow]:
    """Read labelled sentences in the form of the training sentences: one a line.

    A sentence without an event has no record. ``others``, further acts in the sentence, are not
    scored: their labels are less complete.
    """
    rows = []
    for line, given in json_lines(path):
        try:
            rows.append(labelled_row(msgspec.convert(given, Labelled)))
        except (msgspec.ValidationError, ValueError) as error:
            raise ReadingError(
                f"not a labelled sentence: {error}"[:160], where=f"{path}:{line}"
            ) from None
    return some(rows, path)


def labelled_row(sentence: Labelled) -> GoldRow:
    """Give a labelled sentence as gold."""
    records = (_labelled(sentence),) if sentence.event else ()
    return GoldRow(id=sentence.id, text=sentence.text, records=records)


def _labelled(sentence: Labelled) -> GoldRecord:
    return GoldRecord(
        type=sentence.type,
        mode=sentence.mode,
        modality=Modality(sentence.modality),
        polarity=Polarity(sentence.polarity),
        background=sentence.background,
        actors=sentence.actors,
        actor_countries=sentence.actor_countries,
        recipients=sentence.recipients,
        recipient_countries=sentence.recipient_countries,
        chain=sentence.attribution,
        words=sentence.act,
    )
