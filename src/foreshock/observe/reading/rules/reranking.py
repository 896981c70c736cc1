"""A second opinion on what the rules found: the type classifier weighs each sentence.

The classifier drops what it takes for no political act at all, changes the type where it is sure
and the rules are not, and turns the rules' sureness into a probability.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from foreshock.observe.reading.classifier.model import NONE, Classifier
from foreshock.observe.reading.record import Record
from foreshock.observe.reading.rules.masking import told
from foreshock.observe.reading.rules.parsing import Parse

NO_ACT = 0.32
"""Probability of no political act from which on none is read in a sentence. Chosen on the training
sentences, each judged by a classifier that had not seen it: 5 in 100 sentences without an act keep
one, 2 in 100 acts are lost."""

SHARE = 0.3
"""Weight of the classifier's log-probability beside the rules' sureness, chosen likewise."""

UNREAD = 0.3
"""How much less sure a type is that no rule reads."""

_KEPT = frozenset({"STATEMENT", NONE})


def judged(
    parse: Parse, records: Sequence[Record], classifier: Classifier
) -> tuple[list[Record], str]:
    """Weigh the records of a sentence.

    Parameters
    ----------
    parse : Parse
    records : sequence of Record
        What the rules read in it.
    classifier : Classifier

    Returns
    -------
    records : list of Record
        Those that stay, with their probabilities.
    missing : str
        A type of which the classifier is sure though the rules read nothing; else empty.
    """
    shares = classifier.probabilities(told(parse, records))
    if shares[NONE] >= NO_ACT:
        records = [record for record in records if record.type in _KEPT]
    typed = [record for record in records if record.type and record.type != "STATEMENT"]
    missing = ""
    if typed:
        first = max(typed, key=lambda record: (record.happened, record.confidence))
        best = _best(shares, typed)
        if best != first.type and not any(record.type == best for record in typed):
            records = [_retyped(record, best) if record is first else record for record in records]
    elif shares[NONE] < NO_ACT:
        best = max(shares, key=lambda code: shares[code])
        missing = best if best not in _KEPT and shares[best] >= 0.5 else ""
    about = max(records, key=main_first, default=None)
    return [
        _weighed(record, shares if record is about else {}, classifier) for record in records
    ], missing


def main_first(record: Record) -> tuple[bool, bool, float]:
    """Rank records by how likely the sentence is mainly about them."""
    return record.type not in _KEPT, record.happened, record.confidence


def _best(shares: Mapping[str, float], typed: Sequence[Record]) -> str:
    sure: dict[str, float] = {}
    for record in typed:
        weight = record.confidence * (1.0 if record.happened else 0.8)
        sure[record.type] = max(sure.get(record.type, 0.0), weight)
    return max(
        (code for code in shares if code not in _KEPT),
        key=lambda code: SHARE * math.log(shares[code] + 1e-3) + sure.get(code, -UNREAD),
    )


def _retyped(record: Record, code: str) -> Record:
    return replace(record, type=code, mode="", context=())


def _weighed(record: Record, shares: Mapping[str, float], classifier: Classifier) -> Record:
    # the classifier judges what a sentence mainly tells; of all else it says nothing
    share = shares.get(record.type, 0.5)
    return replace(record, confidence=classifier.confidence(record.confidence, share))
